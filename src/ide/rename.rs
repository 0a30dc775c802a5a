//! Giving something another name, wherever it is named.

use std::collections::HashSet;

use ecow::EcoString;

use super::occurrences::{Scope, is_built_in, occurrences};
use super::people::{People, spelled};
use super::target::{Subject, Target};
use super::targets::targets;
use super::{Place, View, target};
use crate::catalog::simple_name;
use crate::spec::{UnitKind, is_placeholder, person_in};
use crate::syntax::{ScalarType, Step, Tree, parse, plain_scalar};
use crate::text::{Span, TextEdit, apply};
use crate::workspace::FileId;

/// What a rename starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The name, without quotes and without words that are no part of it.
    pub span: Span,
    /// The name.
    pub name: String,
}

/// The edits of a rename, by file.
pub type Renames = Vec<(FileId, Vec<TextEdit>)>;

/// What is renamed at `offset`; `None` where nothing has a name.
///
/// # Errors
/// Why what stands there keeps its name, in a sentence for people.
pub fn prepare(view: &View<'_>, offset: u32) -> Result<Option<Renamed>, String> {
    let Some(target) = target(view, offset).map(|target| view.meant(target)) else {
        return Ok(None);
    };
    let Some(name) = name_of(view, &target)? else {
        return Ok(None);
    };
    let span = written(&view.source.tree, target.span, &name)
        .ok_or("This name is written in a way that cannot be renamed. Please edit it by hand.")?;
    Ok(Some(Renamed {
        span,
        name: name.into(),
    }))
}

/// Gives what stands at `offset` another name, everywhere in its organisation.
///
/// # Errors
/// Why that cannot be, in a sentence for people.
pub fn rename(
    view: &View<'_>,
    offset: u32,
    name: &str,
    is_given_up: &dyn Fn() -> bool,
) -> Result<Renames, String> {
    let nothing = || "There is nothing here that has a name of its own.".to_owned();
    let target = target(view, offset).map(|target| view.meant(target));
    let target = target.ok_or_else(nothing)?;
    let old = name_of(view, &target)?.ok_or_else(nothing)?;
    let new = name.trim();
    if *old == *new {
        return Ok(Vec::new());
    }
    check_written(new)?;
    check_free(view, &target.subject, new)?;
    let found = occurrences(view, &target, Scope::Organisation, is_given_up);
    let mut places: Vec<(FileId, Vec<Span>)> = Vec::new();
    for Place { file, span } in found.into_iter().map(|one| one.place) {
        match places.last_mut() {
            Some((last, spans)) if *last == file => spans.push(span),
            _ => places.push((file, vec![span])),
        }
    }
    let mut done = Vec::new();
    for (file, places) in places {
        if is_given_up() {
            return Err("Nobody waits for this any more.".to_owned());
        }
        let edits = in_file(view, file, &places, &target.subject, &old, new)?;
        if !edits.is_empty() {
            done.push((file, edits));
        }
    }
    Ok(done)
}

/// The name that a rename changes: as it is written at the place.
fn name_of(view: &View<'_>, target: &Target) -> Result<Option<EcoString>, String> {
    let catalog = view.catalog();
    let layer = |origin: usize| {
        let layer = catalog.layers.get(origin);
        layer.map_or("popm", |layer| layer.id.as_str())
    };
    match &target.subject {
        Subject::Person(name) | Subject::Team(name) | Subject::Product(name) => {
            Ok(Some(name.clone()))
        }
        Subject::Role(name, known) => {
            let def = known.map(|role| catalog.role(role));
            match def.filter(|def| is_built_in(catalog, def.origin)) {
                Some(def) => Err(format!(
                    "`{}` is a role of the built-in catalog `{}` and keeps its id. To call it something else, give it an alias in your catalog, or the seat a `title:`.",
                    def.id,
                    layer(def.origin)
                )),
                None => Ok(Some(name.clone())),
            }
        }
        Subject::Duty(name, known) => {
            let def = known.map(|duty| catalog.duty(duty));
            match def.filter(|def| is_built_in(catalog, def.origin)) {
                Some(def) => Err(format!(
                    "`{}` is a duty of the built-in catalog `{}` and keeps its id. To say it in your own words, write them behind it: `{}: your words`.",
                    def.id,
                    layer(def.origin),
                    def.id
                )),
                None => Ok(Some(name.clone())),
            }
        }
        Subject::Line(_) => Err(
            "This line is in your own words and stands nowhere else. Just change it here."
                .to_owned(),
        ),
        Subject::Catalog(_) => Err(
            "A catalog goes by its file. Rename the file, and then its path where it is named."
                .to_owned(),
        ),
        Subject::Rule(_) | Subject::Group(_) | Subject::Model(_) | Subject::Key(..) => {
            Err("This word belongs to rolelint, so it has the same name for everybody.".to_owned())
        }
        Subject::Word(..) => Ok(None),
    }
}

/// Whether YAML reads a name as it is written, without quotes.
fn check_written(new: &str) -> Result<(), String> {
    if new.is_empty() {
        return Err("A name needs at least one letter.".to_owned());
    }
    if new.chars().any(char::is_control) {
        return Err("A name has to fit on one line.".to_owned());
    }
    let is_date = new.parse::<jiff::civil::Date>().is_ok();
    if plain_scalar(new) != new || is_date {
        return Err(misread(new));
    }
    Ok(())
}

fn misread(new: &str) -> String {
    format!("YAML would read `{new}` as something else than a name. Please choose another one.")
}

/// Whether a name is free, and fit for what it is to name.
fn check_free(view: &View<'_>, subject: &Subject, new: &str) -> Result<(), String> {
    let taken = |what: &str| {
        Err(format!(
            "There is already {what} `{new}`. Please choose another name."
        ))
    };
    let catalog = view.catalog();
    let facts = || view.session.facts(view.file).into_iter();
    let units = || facts().flat_map(|facts| facts.units.iter());
    let has_unit = |kind: UnitKind| {
        units().any(|unit| {
            let listed = unit.teams.iter().filter(|_| kind == UnitKind::Team);
            let product = unit.product.iter().filter(|_| kind == UnitKind::Product);
            let own = (unit.kind == kind).then_some(&unit.id);
            own.into_iter()
                .chain(listed)
                .chain(product)
                .any(|id| *id.text == *new)
        })
    };
    match subject {
        Subject::Person(old) => {
            if is_placeholder(new) || *person_in(new) != *new {
                return Err(format!("`{new}` does not read like the name of a person."));
            }
            let people = People::around(view);
            let is_other = |found: &str| people.find(old).is_none_or(|own| *own.id.text != *found);
            if let Some(known) = people.find(new).filter(|known| is_other(&known.id.text)) {
                return Err(format!(
                    "`{new}` is already somebody else: `{}`{}. Please choose another name.",
                    known.id.text,
                    known
                        .name
                        .as_ref()
                        .map_or_else(String::new, |name| format!(", {}", name.text))
                ));
            }
            let call = spelled(new);
            let seats = units().flat_map(|unit| &unit.seats);
            let mut named = seats.flat_map(|seat| {
                let holders = seat.holders.iter().map(|holder| &holder.person);
                holders.chain(seat.cover())
            });
            let is_named = spelled(old) != call
                && people.find(new).is_none()
                && named.any(|name| spelled(&name.text) == call);
            if is_named {
                taken("somebody called")
            } else {
                Ok(())
            }
        }
        Subject::Team(_) if has_unit(UnitKind::Team) => taken("a team"),
        Subject::Product(_) if has_unit(UnitKind::Product) => taken("a product"),
        Subject::Role(old, known) => {
            let simple = simple_name(new);
            if simple.is_empty() {
                return Err("A role needs at least one letter in its name.".to_owned());
            }
            let found = catalog.find_role(new);
            let same = found.is_some() && found == *known;
            let own = || units().any(|unit| unit.own_roles().iter().any(|role| **role == *simple));
            if (found.is_some() && !same) || (simple != simple_name(old) && (same || own())) {
                return taken("a role");
            }
            Ok(())
        }
        Subject::Duty(..) => {
            let is_id = new.starts_with(|first: char| first.is_ascii_lowercase())
                && new.bytes().all(|byte| {
                    byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte)
                });
            if !is_id {
                return Err(format!(
                    "The id of a duty has small letters, digits and hyphens only; `{new}` would be read as a line of text."
                ));
            }
            if catalog.find_duty(new).is_some() {
                return taken("a duty");
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The edits of one file. Places that name the same thing in another way (a person by id where it is the name that
/// changes, a role by an alias) stay as they are.
fn in_file(
    view: &View<'_>,
    file: FileId,
    places: &[Span],
    subject: &Subject,
    old: &str,
    new: &str,
) -> Result<Vec<TextEdit>, String> {
    let shown = view.session.files().shown(file).into_owned();
    let text = view.session.text(file).ok_or_else(|| gone(&shown))?;
    let tree = parse(&text);
    let by_hand = || {
        format!(
            "A name in {shown} is written in a way that cannot be renamed. Please edit it by hand first."
        )
    };
    let by_id = match subject {
        Subject::Role(_, Some(role)) => {
            simple_name(old) == simple_name(&view.catalog().role(*role).id)
        }
        _ => false,
    };
    let is_same = |target: &Target, name: &str| match subject {
        Subject::Person(_) => spelled(name) == spelled(old),
        // A title that reads like the id is a title all the same.
        Subject::Role(..) if by_id && name != old && is_title(&tree, target.span) => false,
        Subject::Role(..) => simple_name(name) == simple_name(old),
        _ => name == old,
    };
    let is_configuration = view.session.is_configuration(file);
    let before = targets(&tree, view.catalog(), is_configuration);
    let places: HashSet<Span> = places.iter().copied().collect();
    let mut renamed: HashSet<Span> = HashSet::new();
    let mut edits = Vec::new();
    for target in before.iter().filter(|target| places.contains(&target.span)) {
        let Some(name) = named(&target.subject).filter(|name| is_same(target, name)) else {
            continue;
        };
        // What an alias stands for is renamed where it is written.
        if target.span.slice(&text).starts_with('*') {
            continue;
        }
        let span = written(&tree, target.span, name).ok_or_else(by_hand)?;
        renamed.insert(target.span);
        edits.push(TextEdit::replace(span, escaped(&text, target.span, new)));
    }
    let after = apply(&text, &edits).ok_or_else(by_hand)?;
    let after = parse(&after.into());
    let read: Vec<_> = targets(&after, view.catalog(), is_configuration);
    let fits = after.errors().len() <= tree.errors().len()
        && read.len() == before.len()
        && before.iter().zip(&read).all(|(before, read)| {
            let is_renamed = renamed.contains(&before.span);
            let is_right = || named(&read.subject) == Some(new) && is_text(&after, read.span);
            !is_renamed || is_right()
        });
    if !fits {
        return Err(misread(new));
    }
    let mut others = before.iter().zip(&read);
    let is_other = others.any(|(before, read)| {
        let is_same = named(&read.subject) == named(&before.subject);
        !is_same && !places.contains(&before.span)
    });
    if is_other {
        return Err(format!(
            "A name in {shown} stands for something else as well, by an anchor. Please edit it by hand first."
        ));
    }
    Ok(edits)
}

/// Whether a place in a catalog is the title of a role, or one of its aliases.
fn is_title(tree: &Tree, span: Span) -> bool {
    let is_one = |step: &Step<'_>| match step {
        Step::Entry(entry) => {
            matches!(entry.key.text(), Some("title" | "aliases")) && entry.key.span() != span
        }
        _ => false,
    };
    tree.steps(span).iter().any(is_one)
}

fn gone(shown: &str) -> String {
    format!("{shown} cannot be read any more, so nothing was renamed.")
}

/// The name that a subject is written with.
fn named(subject: &Subject) -> Option<&str> {
    match subject {
        Subject::Person(name)
        | Subject::Team(name)
        | Subject::Product(name)
        | Subject::Role(name, _)
        | Subject::Duty(name, _)
        | Subject::Line(name) => Some(name),
        _ => None,
    }
}

fn is_text(tree: &Tree, span: Span) -> bool {
    let node = tree.steps(span).last().map(|step| match step {
        Step::Entry(entry) if entry.key.span() == span => entry.key,
        step => step.node(),
    });
    node.is_none_or(|node| node.scalar_type() == Some(ScalarType::Text))
}

/// Where a name stands in the scalar at a place: without quotes, and without what else stands there.
fn written(tree: &Tree, span: Span, name: &str) -> Option<Span> {
    let raw = span.slice(tree.text());
    if raw.starts_with('*') {
        return None;
    }
    let (inner, quote) = match raw.chars().next() {
        Some(quote @ ('\'' | '"')) if raw.len() >= 2 && raw.ends_with(quote) => {
            (raw.get(1..raw.len() - 1)?, Some(quote))
        }
        _ => (raw, None),
    };
    let start = usize::from(quote.is_some());
    let name = match quote {
        Some('\'') => name.replace('\'', "''"),
        Some(_) => in_double_quotes(name),
        None => name.to_owned(),
    };
    if let Some(at) = inner.find(&name).filter(|_| !name.is_empty()) {
        return Some(span.sub(start + at, start + at + name.len()));
    }
    // With escapes that nobody has to write: all of it is the name.
    let is_all = quote.is_some() && !inner.contains(['\n', '\r', '(', '[']);
    (is_all && !inner.is_empty()).then(|| span.sub(start, start + inner.len()))
}

fn in_double_quotes(name: &str) -> String {
    name.replace('\\', "\\\\").replace('"', "\\\"")
}

/// A name as it is written in the quotes that stand at a place.
fn escaped(text: &str, span: Span, name: &str) -> String {
    match span.slice(text).chars().next() {
        Some('\'') => name.replace('\'', "''"),
        Some('"') => in_double_quotes(name),
        _ => name.to_owned(),
    }
}
