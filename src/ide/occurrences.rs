//! Where something is named: what references, highlights and renames share.

use super::target::{Subject, Target};
use super::targets::targets;
use super::thing::{Thing, has_word};
use super::{Place, View, target};
use crate::catalog::{Catalog, DutyIx};
use crate::recognize::Certainty;
use crate::spec::UnitKind;
use crate::syntax::{Step, Tree, parse};
use crate::text::Span;
use crate::workspace::{FileFacts, FileId, Seat};

/// A place where something is named.
#[derive(Clone, Debug)]
pub struct Occurrence {
    /// Where.
    pub place: Place,
    /// How.
    pub usage: Usage,
}

/// How something is named at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Usage {
    /// It is defined there.
    Defines,
    /// It is named there.
    Names,
    /// A line in free text means it.
    Means,
}

/// Where to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In the view's file.
    File,
    /// In all files of its organisation.
    Organisation,
}

/// Where the thing is named that stands at `offset`: a person, team, product, role, duty, catalog, model or rule.
/// What was found so far where `is_given_up` says that nobody waits any more.
pub fn references(
    view: &View<'_>,
    offset: u32,
    scope: Scope,
    is_given_up: &dyn Fn() -> bool,
) -> Vec<Occurrence> {
    match asked(view, offset) {
        Some(target) => occurrences(view, &target, scope, is_given_up),
        None => Vec::new(),
    }
}

/// What stands at `offset`; a line in free text stands for the duty that it means.
pub(super) fn asked(view: &View<'_>, offset: u32) -> Option<Target> {
    let target = view.meant(target(view, offset)?);
    let Subject::Line(_) = target.subject else {
        return Some(target);
    };
    let (_, _, duty) = view.duty(target.span)?;
    let reading = duty.reading?;
    (reading.certainty >= Certainty::Recognized).then(|| Target {
        subject: Subject::Duty(
            view.catalog().duty(reading.duty).id.as_str().into(),
            Some(reading.duty),
        ),
        ..target
    })
}

/// Every place where the thing is named that stands at a place of the view's file, in order of path and place. What
/// was found so far where `is_given_up` says that nobody waits any more.
pub fn occurrences(
    view: &View<'_>,
    target: &Target,
    scope: Scope,
    is_given_up: &dyn Fn() -> bool,
) -> Vec<Occurrence> {
    let Some(thing) = Thing::of(view, target) else {
        return Vec::new();
    };
    let session = view.session;
    let duty = match target.subject {
        Subject::Duty(_, Some(duty)) => Some(duty),
        _ => None,
    };
    let mut found = Vec::new();
    if scope == Scope::File {
        let facts = session.facts_of(view.file);
        in_file(view, &view.source.tree, view.file, &thing, &mut found);
        lines(&view.source.tree, facts, duty, &mut found);
    } else {
        let words = thing.words(view.catalog());
        for (file, facts) in files(view, &thing) {
            if is_given_up() {
                break;
            }
            let Some(text) = session.text(file) else {
                continue;
            };
            let is_meant =
                || duty.is_some_and(|duty| facts.is_some_and(|facts| means(facts, duty)));
            let is_named = || words.iter().any(|word| has_word(&text, word));
            if !is_meant() && !is_named() {
                continue;
            }
            let tree = parse(&text);
            in_file(view, &tree, file, &thing, &mut found);
            lines(&tree, facts, duty, &mut found);
        }
    }
    found
}

/// The files that may name something: the role files of the organisation, the files of its catalog, and its
/// configurations. Teams and products stand in few of them, and it is known in which.
fn files<'v>(view: &View<'v>, thing: &Thing<'_>) -> Vec<(FileId, Option<&'v FileFacts>)> {
    let session = view.session;
    let unit = match thing {
        Thing::Team(id) => Some((UnitKind::Team, id)),
        Thing::Product(id) => Some((UnitKind::Product, id)),
        _ => None,
    };
    if let Some((kind, id)) = unit {
        let near = session.facts_with_unit(view.file, kind, id).into_iter();
        return near.map(|facts| (facts.file, Some(facts))).collect();
    }
    let facts = session.facts(view.file).into_iter();
    let mut all: Vec<_> = facts.map(|facts| (facts.file, Some(facts))).collect();
    let configurations = session.configurations().into_iter();
    let own = configurations.filter(|file| session.are_together(*file, view.file));
    let catalogs = session.catalog_files(view.file).iter().copied();
    for file in own.chain(catalogs) {
        if session.facts_of(file).is_none() {
            all.push((file, None));
        }
    }
    let path = |file: FileId| session.files().path(file);
    all.sort_by(|(a, _), (b, _)| path(*a).cmp(path(*b)));
    all
}

fn in_file(
    view: &View<'_>,
    tree: &Tree,
    file: FileId,
    thing: &Thing<'_>,
    found: &mut Vec<Occurrence>,
) {
    let session = view.session;
    let is_configuration = session.is_configuration(file);
    let named = targets(tree, view.catalog(), is_configuration)
        .into_iter()
        .filter(|target| thing.is(target, file, session.files()));
    found.extend(named.map(|target| Occurrence {
        place: Place {
            file,
            span: target.span,
        },
        usage: match target.defines {
            true => Usage::Defines,
            false => Usage::Names,
        },
    }));
}

/// The lines in free text that mean a duty.
fn lines(
    tree: &Tree,
    facts: Option<&FileFacts>,
    duty: Option<DutyIx>,
    found: &mut Vec<Occurrence>,
) {
    let (Some(facts), Some(duty)) = (facts, duty) else {
        return;
    };
    let seats = facts.units.iter().flat_map(|unit| &unit.seats);
    let start = found
        .iter()
        .rposition(|one| one.place.file != facts.file)
        .map_or(0, |last| last + 1);
    let mut spans: Vec<Span> = seats.flat_map(|seat| meaning(seat, duty)).collect();
    spans.sort_unstable();
    spans.dedup();
    found.extend(spans.into_iter().map(|span| Occurrence {
        place: Place {
            file: facts.file,
            span: words_at(tree, span),
        },
        usage: Usage::Means,
    }));
    // In order of place within the file.
    if let Some(own) = found.get_mut(start..) {
        own.sort_by_key(|one| one.place.span);
    }
}

fn means(facts: &FileFacts, duty: DutyIx) -> bool {
    let mut seats = facts.units.iter().flat_map(|unit| &unit.seats);
    seats.any(|seat| meaning(seat, duty).next().is_some())
}

fn meaning(seat: &Seat, duty: DutyIx) -> impl Iterator<Item = Span> {
    let own = seat
        .duties
        .iter()
        .filter(move |line| line.duty == duty && line.certainty == Certainty::Recognized)
        .map(|line| line.span);
    let part = seat
        .near
        .iter()
        .filter(move |line| line.duty == duty && line.has_part)
        .map(|line| line.span);
    own.chain(part)
}

/// The words of a duty, without the other keys of its long form.
fn words_at(tree: &Tree, span: Span) -> Span {
    let text = match tree.steps(span).last() {
        Some(Step::Entry(entry)) if entry.key.text() == Some("text") => Some(entry.value),
        Some(step) => step.node().get("text"),
        None => None,
    };
    text.map_or(span, crate::syntax::Node::span)
}

/// Whether a name is one of the catalog that nobody but rolelint can change.
pub(super) fn is_built_in(catalog: &Catalog, origin: usize) -> bool {
    catalog
        .layers
        .get(origin)
        .is_some_and(|layer| layer.builtin)
}
