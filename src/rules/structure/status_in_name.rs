use super::after;
use super::note::{Said, read};
use crate::rules::mend::Mend;
use crate::rules::{Check, FileContext, Finding, Fix, FixContext, Group, Rule};
use crate::spec::{Holder, Role, SourceFile, Status, Unit};
use crate::syntax::{Kind, Node, Step, Style, Value};
use crate::text::{Span, TextEdit};
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "status-in-name",
    group: Group::Structure,
    severity: Some(Severity::Warning),
    summary: "\"(Acting)\", \"(Interim)\", \"on leave\" or \"until Feb\" inside a holder's name",
    why: "A status in a name is for human eyes only. No tool can remind you when an interim runs out, and the same person \
          under two spellings looks like two people, so nobody sees that somebody holds four seats.",
    remedy: "Keep the name and move the rest to its own keys: `{person: Ana Lima, status: acting, until: 2026-09-30}`.",
    bad: "team: checkout\nroles:\n  product-manager: Ana Lima (Acting)\n  product-owner: ben\n",
    good: "team: checkout\nroles:\n  product-manager: {person: Ana Lima, status: acting, until: 2026-09-30}\n  product-owner: ben\n",
    misses: "Words that it does not know as a status. Brackets that belong to a name, such as a nickname or \"(she/her)\", are \
             left alone on purpose.",
    options: &[],
    check: Check::Unit(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(mend) = Mend::own(context) else {
        return Vec::new();
    };
    let span = context.finding.span;
    let Some((_, role)) = mend.seat(span) else {
        return Vec::new();
    };
    let vacant = role.vacant.as_ref();
    let cover = vacant.and_then(|vacant| vacant.cover.as_ref());
    let mut holders = role.holders.iter().chain(cover);
    let Some((holder, note)) = holders.find_map(|holder| {
        let note = holder.note.as_ref().filter(|note| note.span == span)?;
        Some((holder, note))
    }) else {
        return Vec::new();
    };
    let said = read(note, holder);
    let mut all = vec![said.clone()];
    if !said.is_clear && said.status.is_some() && said.rest.is_some() {
        // Perhaps the words do not mean the status that they name.
        all.push(Said {
            status: None,
            ..said
        });
    }
    all.iter()
        .filter_map(|said| split(context, &mend, role, holder, said))
        .collect()
}

/// Keeps the name, and writes what the words beside it say under keys of their own. Words without a key of their own
/// go into a comment.
fn split(
    context: &FixContext<'_>,
    mend: &Mend<'_>,
    role: &Role,
    holder: &Holder,
    said: &Said,
) -> Option<Fix> {
    let mut edits = Vec::new();
    if let Some(words) = &said.rest {
        // Where several are named on one line, a comment has to say whom it is about.
        let words = match role
            .holders
            .iter()
            .any(|other| is_beside(mend, holder, other))
        {
            true => format!("{}: {words}", holder.person.text),
            false => words.clone(),
        };
        edits.push(mend.editor().remark(holder.person.span, &words)?);
    }
    edits.extend(apart(mend, holder, &keys(said))?);
    let after = after(context, &mend.source, &edits)?;
    if notes(&after) >= notes(&mend.source) {
        // One more note stands before this one.
        return None;
    }
    let fix = match said.is_clear && mend.source.tree.errors().is_empty() {
        true => Fix::safe(title(said)),
        false => Fix::asked(title(said)),
    };
    Some(fix.edit(mend.file, edits))
}

/// How many names have words beside them.
fn notes(source: &SourceFile) -> usize {
    let roles = source.spec.units().flat_map(|unit| &unit.roles);
    let holders = roles.flat_map(|role| {
        let cover = role
            .vacant
            .as_ref()
            .and_then(|vacant| vacant.cover.as_ref());
        role.holders.iter().chain(cover)
    });
    holders.filter(|holder| holder.note.is_some()).count()
}

/// Whether another holder stands on the same line.
fn is_beside(mend: &Mend<'_>, holder: &Holder, other: &Holder) -> bool {
    let between = Span {
        start: holder.span.end.min(other.span.end),
        end: holder.span.start.max(other.span.start),
    };
    let text = between.slice(mend.source.text());
    holder.span != other.span && !text.contains(['\n', '\r'])
}

fn keys(said: &Said) -> Vec<(&'static str, Value)> {
    let status = said
        .status
        .map(|status| ("status", status.name().to_owned()));
    let since = said.since.map(|since| ("since", since.to_string()));
    let until = said.until.map(|until| ("until", until.to_string()));
    let keys = [status, since, until].into_iter().flatten();
    keys.map(|(key, text)| (key, Value::Text(text))).collect()
}

fn title(said: &Said) -> String {
    let keys: Vec<String> = keys(said)
        .iter()
        .map(|(key, value)| format!("`{key}: {}`", value.flow()))
        .collect();
    let keys = match keys.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    match (&said.rest, keys.as_str()) {
        (None, "") => "Keep only the name".to_owned(),
        (Some(words), "") => format!("Keep \"{words}\" as a comment"),
        (None, keys) => format!("Write {keys} beside the name"),
        (Some(words), keys) => {
            format!("Write {keys} beside the name, and keep \"{words}\" as a comment")
        }
    }
}

/// Writes the name alone, and the keys beside it.
fn apart(
    mend: &Mend<'_>,
    holder: &Holder,
    keys: &[(&'static str, Value)],
) -> Option<Vec<TextEdit>> {
    let steps = mend.source.tree.steps(holder.person.span);
    let step = steps.last()?;
    let node = step.node();
    let is_line = |node: Node<'_>| {
        let raw = node.span().slice(mend.source.text());
        matches!(node.kind(), Kind::Scalar(Style::Plain | Style::Quoted))
            && node.anchor().is_none()
            && !raw.contains(['\n', '\r'])
    };
    if node.span() != holder.person.span || !is_line(node) {
        return None;
    }
    let editor = mend.editor();
    let name = &holder.person.text;
    if keys.is_empty() || holder.long_form {
        let mut edits = vec![editor.replace(node, name)?];
        if let (Step::Entry(entry), false) = (step, keys.is_empty()) {
            edits.extend(editor.add(entry.mapping, Some("person"), keys)?);
        }
        return Some(edits);
    }
    let keys: Vec<String> = keys
        .iter()
        .map(|(key, value)| format!(", {key}: {}", value.flow()))
        .collect();
    let name = editor.in_braces(node, name)?;
    let text = format!("{{person: {name}{}}}", keys.concat());
    Some(vec![TextEdit::replace(node.span(), text)])
}

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    for role in &unit.roles {
        let cover = role
            .vacant
            .as_ref()
            .and_then(|vacant| vacant.cover.as_ref());
        for holder in role.holders.iter().chain(cover) {
            if let Some(finding) = of_holder(context, holder) {
                findings.push(finding.about(unit.label(), role.key.name.text.clone()));
            }
        }
    }
}

fn of_holder(context: &FileContext<'_>, holder: &Holder) -> Option<Finding> {
    let note = holder.note.as_ref()?;
    let person = &holder.person.text;
    let finding = RULE
        .finding(context.file, note.span, format!("\"{}\" stands inside the name of {person}", note.text))
        .label("no part of the name")
        .why("Nobody can be reminded when it ends, and the same person under two spellings looks like two people.");
    Some(match note.status {
        Some(status) => finding.help(format!(
            "Write `{{person: {person}, status: {}}}`, with `until:` and the day it ends.",
            status.name()
        )),
        None => finding.help(format!(
            "Write `person: {person}` and say the rest with `status:` ({}), `until:` or `notes:`.",
            Status::WORDS.join(", ")
        )),
    })
}
