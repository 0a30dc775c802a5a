//! Rules: in comments that silence them, and in configurations.

use super::cursor::Place;
use super::insert::{Body, Insert};
use super::names::joined;
use super::site::{Offer, Site, Slot};
use super::{About, Completion, CompletionKind, Completions};
use crate::ide::View;
use crate::rules::{Group, RULES, Rule};
use crate::text::Span;
use crate::workspace::Severity;

/// How a comment begins that silences rules on a line, or in a whole file.
const BEGINNINGS: [&str; 2] = ["rolelint: ignore", "rolelint: ignore-file"];

/// What may be written in the comment that a place is in; `None` outside of comments.
pub(super) fn in_comment(view: &View<'_>, offset: u32) -> Option<Completions> {
    let text = view.text();
    let lines = view.source.tree.lines();
    let number = lines.line(offset);
    let line = lines.line_span(number, text);
    let content = line.slice(text).trim_end_matches(['\n', '\r']);
    let comment = super::token::comment_of(content)?;
    let at = (offset.saturating_sub(line.start)) as usize;
    let before = content
        .get(comment..at)
        .filter(|before| !before.is_empty())?;
    let own_line = content
        .get(..comment)
        .is_some_and(|before| before.trim().is_empty());
    let Some((said, whole_file)) = after_beginning(before) else {
        return Some(beginning(before, line, comment, own_line));
    };
    // Nothing is offered in the reason.
    if said.contains("--") {
        return Some(Completions::default());
    }
    let is_break = |one: char| matches!(one, ',' | ' ' | '\t' | ':');
    let start = said.rfind(is_break).map_or(0, |at| at + 1);
    let typed = said.get(start..).unwrap_or("");
    let is_of_name = |one: char| one.is_alphanumeric() || matches!(one, '-' | '_');
    if !typed.chars().all(is_of_name) {
        return Some(Completions::default());
    }
    let after = content.get(at..).unwrap_or("");
    let rest = after.find(|one| !is_of_name(one)).unwrap_or(after.len());
    let rest = match after.starts_with("--") {
        true => 0,
        false => rest,
    };
    let span = Span::new(offset as usize - typed.len(), offset as usize + rest);
    let there: Vec<&str> = said.get(..start).unwrap_or("").split(is_break).collect();
    let about = if whole_file {
        Span::new(0, text.len() + 1)
    } else if own_line {
        let mut next = number + 1;
        let is_nothing = |next: usize| {
            let line = lines.line_span(next, text).slice(text).trim();
            line.is_empty() || line.starts_with('#')
        };
        while next < lines.count() && is_nothing(next) {
            next += 1;
        }
        lines.line_span(next, text)
    } else {
        line
    };
    let glued = said.is_empty();
    let items = ranked(view, about)
        .into_iter()
        .filter(|(rule, _)| !there.contains(&rule.id))
        .map(|(rule, detail)| {
            let mut insert = Insert::default();
            insert.text(if glued { " " } else { "" });
            insert.text(rule.id);
            Completion {
                label: rule.id.to_owned(),
                detail,
                kind: CompletionKind::Rule,
                span,
                insert,
                filter: None,
                about: About::Rule(rule.id.to_owned()),
            }
        });
    Some(Completions {
        items: items.collect(),
        incomplete: false,
    })
}

/// What follows `rolelint: ignore` in a comment, and whether it is about the whole file.
fn after_beginning(comment: &str) -> Option<(&str, bool)> {
    let mut rest = comment.trim_start_matches('#');
    for word in ["rolelint", ":", "ignore"] {
        rest = rest.trim_start();
        let begins = rest.get(..word.len())?.eq_ignore_ascii_case(word);
        // The colon may be left out.
        match begins {
            true => rest = rest.get(word.len()..)?,
            false if word == ":" => {}
            false => return None,
        }
    }
    let file = rest.strip_prefix(['-', '_']).and_then(|rest| {
        let is_file = rest.get(..4)?.eq_ignore_ascii_case("file");
        rest.get(4..).filter(|_| is_file)
    });
    let whole_file = file.is_some();
    let rest = file.unwrap_or(rest);
    let goes_on = rest.starts_with(|next: char| next.is_alphanumeric() || next == '-');
    (!goes_on).then_some((rest, whole_file))
}

/// The beginning itself, as far as what is typed is a part of it.
fn beginning(before: &str, line: Span, comment: usize, own_line: bool) -> Completions {
    let typed = before.trim_start_matches('#').trim_start();
    let end = line.start as usize + comment + before.len();
    let mut items = Vec::new();
    for (whole_file, beginning) in [(false, BEGINNINGS[0]), (true, BEGINNINGS[1])] {
        let is_part = !typed.is_empty()
            && beginning
                .get(..typed.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(typed));
        if !is_part || (whole_file && !own_line) {
            continue;
        }
        let mut insert = Insert::default();
        insert.text(beginning);
        insert.text(" ");
        let (detail, says) = match whole_file {
            true => (
                "silence a rule in this file",
                "Silences a rule in the whole file. Say why after `--`:\n\n```yaml\n# rolelint: ignore-file missing-role -- a platform team, see ADR 9\n```",
            ),
            false => (
                "silence a rule here",
                "Silences a rule on this line, or on the line below where the comment stands alone. Say why after `--`:\n\n```yaml\nproduct-owner: TBD # rolelint: ignore placeholder -- hiring until June\n```",
            ),
        };
        items.push(Completion {
            label: beginning.to_owned(),
            detail: detail.to_owned(),
            kind: CompletionKind::Snippet,
            span: Span::new(end - typed.len(), end),
            insert,
            filter: None,
            about: About::Text(says.to_owned()),
        });
    }
    Completions {
        items,
        incomplete: false,
    }
}

/// The rules that may find something in a file, those that find something at a place first.
fn ranked(view: &View<'_>, line: Span) -> Vec<(&'static Rule, String)> {
    let settings = view.session.settings(view.file);
    let findings = view.session.findings(view.file);
    let here = |rule: &Rule| {
        findings
            .iter()
            // What is wrong with the comment is not what it is there to silence.
            .find(|one| {
                *one.rule == *rule && rule.id != "unused-ignore" && line.contains(one.span.start)
            })
    };
    let mut found = Vec::new();
    let mut others = Vec::new();
    for rule in RULES.iter().copied() {
        match here(rule) {
            Some(finding) => found.push((rule, format!("here: {}", finding.message))),
            None if settings.is_on(rule) => others.push((rule, rule.summary.to_owned())),
            None => {}
        }
    }
    found.extend(others);
    found
}

fn severity(rule: &Rule) -> &'static str {
    rule.severity.map_or("off", Severity::name)
}

/// Offers rules and groups of rules to be set in a configuration.
pub(super) fn keys(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    for group in Group::ALL {
        let name = group.name();
        if !place.there.contains(&name) {
            let offer = Offer {
                label: name.to_owned(),
                detail: "a group of rules".to_owned(),
                kind: CompletionKind::Group,
                body: Body::nothing(),
                about: About::Group(name.to_owned()),
            };
            site.add_key(place, slot, Body::nothing(), offer);
        }
    }
    for rule in RULES.iter().filter(|rule| !place.there.contains(&rule.id)) {
        let detail = joined(severity(rule), rule.summary);
        let offer = offer(rule, detail, Body::nothing());
        site.add_key(place, slot, Body::nothing(), offer);
    }
}

/// Offers rules as values.
pub(super) fn words(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    for rule in RULES.iter() {
        let detail = joined(severity(rule), rule.summary);
        let body = site.scalar(slot, rule.id);
        site.add(place, slot, offer(rule, detail, body));
    }
}

fn offer(rule: &Rule, detail: String, body: Body) -> Offer {
    Offer {
        label: rule.id.to_owned(),
        detail,
        kind: CompletionKind::Rule,
        body,
        about: About::Rule(rule.id.to_owned()),
    }
}
