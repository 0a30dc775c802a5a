//! What there is to say about what stands at a place, as Markdown.

mod duty;
mod line;
mod names;
mod parts;
mod person;
mod role;
mod unit;

use super::people::People;
use super::target::{Subject, Target, target};
use super::{View, format};
use crate::report::group_markdown;
use crate::rules::Rule;
use crate::spec::UnitKind;
use crate::text::Span;
use crate::workspace::{Seat, SeatState, Severity, UnitFacts};

/// What is shown at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about.
    pub span: Span,
    /// Markdown.
    pub text: String,
}

/// What there is to say about what stands at `offset`.
pub fn hover(view: &View<'_>, offset: u32) -> Option<Hover> {
    let target = view.meant(target(view, offset)?);
    Some(Hover {
        text: said(view, &target)?,
        span: target.span,
    })
}

/// What there is to say about a thing at a place.
pub(super) fn said(view: &View<'_>, target: &Target) -> Option<String> {
    let text = match &target.subject {
        Subject::Person(name) => {
            let own = target.entry.as_ref().map(|entry| &entry.id);
            person::text(view, own.unwrap_or(name))
        }
        Subject::Team(id) => unit::text(view, UnitKind::Team, id),
        Subject::Product(id) => unit::text(view, UnitKind::Product, id),
        Subject::Role(name, known) => role::text(view, target, name, *known),
        Subject::Duty(_, Some(duty)) => Some(duty::text(view, target, *duty)),
        Subject::Duty(id, None) => duty::unknown(view, target, id),
        Subject::Line(words) => line::text(view, target, words),
        Subject::Catalog(name) => names::catalog(view, name, target.defines),
        Subject::Model(model) => Some(names::model(*model)),
        Subject::Rule(rule) => Some(self::rule(view, rule)),
        Subject::Group(group) => Some(group_markdown(*group)),
        Subject::Key(place, key) => self::key(place, key),
        Subject::Word(key, word) => {
            format::word(key, word).map(|meaning| format!("`{key}: {word}`: {}", meaning))
        }
    }?;
    Some(text.trim_end().to_owned())
}

/// What a seat is called: by the catalog, else as its file calls it.
fn seat_title(view: &View<'_>, unit: &UnitFacts, seat: &Seat) -> String {
    match seat.role {
        Some(role) => view.catalog().role(role).title.clone(),
        None => {
            let text = view.session.text(unit.file);
            let key = text.as_ref().map_or("", |text| seat.key.slice(text));
            key.trim_matches(['\'', '"']).to_owned()
        }
    }
}

/// Who sits in a seat; nothing where somebody does who is not named.
fn sits(people: &People<'_>, seat: &Seat) -> Option<String> {
    if seat.state == SeatState::Vacant {
        return Some("vacant".to_owned());
    }
    let names: Vec<&str> = seat
        .holders
        .iter()
        .map(|holder| people.called(&holder.person.text))
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Lines, and how many more there are.
fn limited(mut lines: Vec<String>, most: usize) -> String {
    let more = lines.len().saturating_sub(most);
    if more > 1 {
        lines.truncate(most);
        lines.push(format!("- and {more} more"));
    }
    lines.join("\n")
}

/// A key: what the format says of it, and the words that it can have.
fn key(place: &'static str, key: &str) -> Option<String> {
    let said = format::key(place, key)?;
    let mut text = format!("**`{key}`** {said}\n");
    for (word, meaning) in format::words(key) {
        text.push_str(&format!("\n- `{word}`: {}", meaning));
    }
    Some(text)
}

/// A rule: what it finds, why, what to do, and how much it matters here. Its page says more.
fn rule(view: &View<'_>, rule: &'static Rule) -> String {
    let settings = view.session.settings(view.file);
    let configured = settings.severity(rule);
    let severity = match settings.is_on(rule) {
        true => configured.or(rule.severity).map_or("off", Severity::name),
        false => "off",
    };
    let here = match configured == rule.severity || (configured.is_none() && settings.is_on(rule)) {
        true => "",
        false => " here, by the configuration",
    };
    let mut text = format!(
        "**{}** · {} · {severity}{here}\n\nFinds {}.\n\n{}\n\n**What to do.** {}",
        rule.id,
        rule.group.name(),
        rule.summary,
        rule.why,
        rule.remedy
    );
    if !rule.options.is_empty() {
        text.push_str("\n\n**Options**\n");
    }
    for option in rule.options {
        text.push_str(&format!("\n- `{}`: {}", option.name, option.meaning));
        match (settings.option(rule, option.name), option.default) {
            (Some(set), Some(default)) if set != default => {
                text.push_str(&format!(" ({set} here, {default} by default)"));
            }
            (_, Some(default)) => text.push_str(&format!(" ({default} by default)")),
            (Some(set), None) => text.push_str(&format!(" ({set} here)")),
            (None, None) => {}
        }
    }
    text
}
