//! A duty in free text: what it is read as, the words that made it so, and how to settle it.

use std::fmt::Write as _;

use super::super::View;
use super::super::target::Target;
use super::duty::{meaning, owner};
use super::parts::parts;
use crate::recognize::{Certainty, Explanation, Stance};
use crate::report::{percent, stance_words, work_words};
use crate::spec::Duty;
use crate::syntax::{nearest, plain_scalar};
use crate::text::Span;

/// A line of words: on a seat, or among the examples of a catalog.
pub(super) fn text(view: &View<'_>, target: &Target, words: &str) -> Option<String> {
    if words.is_empty() {
        return None;
    }
    let duty = view.duty(target.span).map(|(_, _, duty)| duty);
    if duty.is_some_and(|duty| duty.placeholder) {
        return Some("This only stands in for a duty: nobody can tell what is meant.".to_owned());
    }
    if let Some(pin) = duty.and_then(|duty| duty.pin.as_ref()) {
        // The words behind a pin are the writer's own, and the pin says what they mean.
        let known = view.catalog().find_duty(&pin.text)?;
        return Some(super::duty::text(view, target, known));
    }
    let read = view.knowledge.recognizer.explain(words);
    let is_id = !words.contains(char::is_whitespace) && words.contains(['-', '_']);
    Some(match read.duty {
        Some(_) if read.compound => compound(view, words, &read),
        Some(_) if !is_id => recognised(view, target, duty, words, &read),
        _ => unread(view, words, &read, is_id),
    })
}

fn recognised(
    view: &View<'_>,
    target: &Target,
    duty: Option<&Duty>,
    words: &str,
    read: &Explanation,
) -> String {
    let Some(best) = read.duty else {
        return String::new();
    };
    let catalog = view.catalog();
    let def = catalog.duty(best.duty);
    let reads = match best.certainty() {
        Certainty::Weak => "Perhaps",
        _ => "Reads as",
    };
    // Nobody can be wholly sure of somebody else's words.
    let sure = percent(best.confidence.min(0.99));
    let mut page = format!(
        "{reads} **{}** · `{}` · {} · {sure} sure",
        def.title,
        def.id,
        owner(catalog, def),
    );
    page.push_str(&deciding(words, &read.evidence));
    if read.stance != Stance::Owns {
        let said = read.stance_words.map_or("", |span| span.slice(words));
        let _ = write!(
            page,
            "\n\nBut *{said}* says that this seat {}.",
            match read.stance {
                Stance::Negated => "does not have it",
                stance => stance_words(stance),
            }
        );
    } else if duty.is_some_and(|duty| duty.about_other)
        && let Some(subject) = read.subject
    {
        let _ = write!(
            page,
            "\n\nBut the line is about the {}, and this is another seat.",
            catalog.role(subject).title
        );
    }
    page.push_str(&meaning(catalog, best.duty));
    if let Some(next) = read
        .runner_up
        .filter(|_| best.certainty() == Certainty::Weak)
    {
        let def = catalog.duty(next.duty);
        let _ = write!(
            page,
            "\n\nIt may as well be `{}`, {} ({}).",
            def.id,
            def.title,
            owner(catalog, def)
        );
    }
    if duty.is_some() {
        page.push_str(&parts(view, target, best.duty));
        page.push_str(&pin(view, target, &def.id, words));
    }
    page
}

/// A line with several duties in it: each part by itself.
fn compound(view: &View<'_>, words: &str, read: &Explanation) -> String {
    let catalog = view.catalog();
    let mut page = "Has several duties in it\n".to_owned();
    let mut lines = String::new();
    for part in &read.segments {
        let text = part.span.slice(words).trim();
        let what = match part.duty.map(|part| catalog.duty(part.duty)) {
            Some(def) => {
                let _ = write!(lines, "\n{}", pinned(&def.id, text));
                format!("**{}** · `{}` · {}", def.title, def.id, owner(catalog, def))
            }
            None => {
                let _ = write!(lines, "\n- {}", plain_scalar(text));
                "no duty that is clear".to_owned()
            }
        };
        let _ = write!(page, "\n- *{text}*: {what}");
    }
    let _ = write!(
        page,
        "\n\nTo settle it, make several lines of it, each with its id:\n\n```yaml{lines}\n```"
    );
    page
}

fn unread(view: &View<'_>, words: &str, read: &Explanation, is_id: bool) -> String {
    let catalog = view.catalog();
    if is_id {
        let ids = catalog.duties().map(|(_, duty)| duty.id.as_str());
        let near = nearest(words, ids);
        let near = near.map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
        return format!("The catalog has no duty `{words}`.{near}");
    }
    if let Some(work) = read.work {
        return format!(
            "Reads as no duty of this catalog: it is {}.{}",
            work_words(work),
            nearest_duty(view, words, read)
        );
    }
    format!(
        "Reads as no duty that is clear.{}",
        nearest_duty(view, words, read)
    )
}

/// The duty that comes nearest to a line, and how to say that it is meant.
fn nearest_duty(view: &View<'_>, words: &str, read: &Explanation) -> String {
    let Some(near) = read.runner_up else {
        return String::new();
    };
    let catalog = view.catalog();
    let def = catalog.duty(near.duty);
    format!(
        "\n\nNearest is **{}** · `{}` · {}, and that is too little to be sure.{}\n\nIf it is meant, put the id before it:\n\n```yaml\n{}\n```",
        def.title,
        def.id,
        owner(catalog, def),
        deciding(words, &read.evidence),
        pinned(&def.id, words)
    )
}

/// The words that decided.
fn deciding(line: &str, evidence: &[Span]) -> String {
    let words: Vec<String> = evidence
        .iter()
        .map(|span| format!("*{}*", span.slice(line).trim()))
        .collect();
    if words.is_empty() {
        return String::new();
    }
    format!("\n\nThe words that decided: {}", words.join(", "))
}

/// How to settle what a line means.
fn pin(view: &View<'_>, target: &Target, id: &str, words: &str) -> String {
    // In the long form the id has a key of its own.
    let entry = view.source.tree.entry(target.span);
    let is_long = entry.is_some_and(|entry| entry.key.text() == Some("text"));
    let lines = match is_long {
        true => format!("as: {id}"),
        false => pinned(id, words),
    };
    format!("\n\nTo settle it, name its id:\n\n```yaml\n{lines}\n```")
}

/// A line with its id before it; a single word says no more than the id.
fn pinned(id: &str, words: &str) -> String {
    match words.contains(char::is_whitespace) {
        true => format!("- {id}: {}", plain_scalar(words)),
        false => format!("- {id}"),
    }
}
