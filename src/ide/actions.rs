//! What can be done at a place: mends, and rewrites that nothing is wrong without.

use super::View;
use crate::rules::{Change, Finding, Fix, Safety, Target, ignoring};
use crate::text::{Span, TextEdit, apply};

/// What kind of action it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Mends a finding.
    Mend,
    /// Writes something in another way.
    Rewrite,
    /// Agrees with a finding.
    Ignore,
}

/// Something that can be done.
#[derive(Clone, Debug)]
pub struct Action {
    /// What it does, as the title of a menu entry.
    pub title: String,
    /// What kind of action it is.
    pub kind: ActionKind,
    /// The fingerprint of the finding that it mends.
    pub finding: Option<u64>,
    /// Whether it is the one to be taken without much thought.
    pub preferred: bool,
    /// What it changes.
    pub fix: Fix,
}

/// What can be done where `span` is.
pub fn actions(view: &View<'_>, span: Span) -> Vec<Action> {
    let mut actions = mends(view, span);
    actions.extend(pin(view, span));
    actions.extend(ignores(view, span));
    actions
}

/// Comments that agree with the findings at a place, one of each for a rule.
fn ignores(view: &View<'_>, span: Span) -> Vec<Action> {
    let Some(text) = view.session.text(view.file) else {
        return Vec::new();
    };
    let all = view.session.findings(view.file);
    let here = all
        .iter()
        .filter(|finding| touches(finding.span, span) && view.session.can_be_ignored(finding));
    let mut actions: Vec<Action> = Vec::new();
    for finding in here {
        for fix in ignoring(&text, finding) {
            if actions.iter().any(|known| known.title == fix.title) {
                continue;
            }
            actions.push(Action {
                title: fix.title.clone(),
                kind: ActionKind::Ignore,
                finding: Some(finding.fingerprint),
                preferred: false,
                fix,
            });
        }
    }
    actions
}

/// The mends of the findings at a place.
fn mends(view: &View<'_>, span: Span) -> Vec<Action> {
    let all = view.session.findings(view.file);
    let here: Vec<&Finding> = all
        .iter()
        .filter(|finding| touches(finding.span, span))
        .collect();
    let fixes = view.session.fixes(&here);
    let mut actions: Vec<Action> = Vec::new();
    for (finding, fixes) in here.iter().zip(fixes) {
        for (at, fix) in fixes.into_iter().enumerate() {
            // Two findings of one line may be mended in the same way.
            if actions.iter().any(|known| known.fix.changes == fix.changes) {
                continue;
            }
            actions.push(Action {
                title: fix.title.clone(),
                kind: ActionKind::Mend,
                finding: Some(finding.fingerprint),
                preferred: at == 0 && fix.safety == Safety::Safe,
                fix,
            });
        }
    }
    actions
}

/// Whether two places have something in common; a cursor touches what it stands at the end of.
fn touches(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// Writes the id before a line that is recognised, so that nobody has to guess any more.
pub(super) fn pin(view: &View<'_>, span: Span) -> Option<Action> {
    let units = view.source.spec.units();
    let roles = units.flat_map(|unit| &unit.roles);
    let mut duties = roles.flat_map(|role| role.duties.iter().flat_map(|duties| &duties.items));
    let duty = duties.find(|duty| {
        duty.span.start <= span.start && span.end <= duty.span.end && duty.pin.is_none()
    })?;
    let reading = duty.owned().filter(|_| duty.also.is_empty())?;
    let def = view.catalog().duty(reading.duty);
    let text = duty.text.as_ref()?;
    let item = view.source.tree.item(duty.span)?;
    if item.node.span() != duty.span || text.span != duty.span {
        return None;
    }
    let in_flow = matches!(
        item.list.kind(),
        crate::syntax::Kind::Sequence { flow: true }
    );
    let raw = duty.span.slice(view.text());
    if raw.contains(['\n', '\r']) {
        return None;
    }
    let plain = !raw.starts_with(['\'', '"']);
    let words = if plain {
        crate::syntax::Value::text(raw)
    } else {
        crate::syntax::Value::text(&*text.text)
    };
    let mut new = format!("{}: ", def.id);
    match (in_flow, plain) {
        (true, true) => new = format!("{{{new}{}}}", words.flow()),
        (true, false) => new = format!("{{{new}{raw}}}"),
        (false, true) => new.push_str(&crate::syntax::plain_scalar(raw)),
        (false, false) => new.push_str(raw),
    }
    let title = format!("Pin this line as {}", def.id);
    let fix = Fix::asked(title.clone()).edit(view.file, [TextEdit::replace(duty.span, new)]);
    Some(Action {
        title,
        kind: ActionKind::Rewrite,
        finding: None,
        preferred: false,
        fix,
    })
}

/// All mends of a file that may be made without asking, or with `all` the first mend of every finding, as far as
/// they do not get in each other's way. Only the file itself is changed.
pub fn fix_all(view: &View<'_>, all: bool) -> Option<Change> {
    let findings = view.session.findings(view.file);
    let findings: Vec<&Finding> = findings.iter().collect();
    let mut edits: Vec<TextEdit> = Vec::new();
    for fixes in view.session.fixes(&findings) {
        let mut fixes = fixes.into_iter();
        let Some(fix) = fixes.find(|fix| all || fix.safety == Safety::Safe) else {
            continue;
        };
        let [change] = fix.changes.as_slice() else {
            continue;
        };
        if change.target != Target::File(view.file) {
            continue;
        }
        let clash = edits.iter().any(|edit| {
            let mut new = change.edits.iter();
            new.any(|new| touches(edit.span, new.span))
        });
        if !clash {
            edits.extend(change.edits.iter().cloned());
        }
    }
    apply(view.text(), &edits).filter(|text| text != view.text())?;
    Some(Change {
        target: Target::File(view.file),
        edits,
    })
}
