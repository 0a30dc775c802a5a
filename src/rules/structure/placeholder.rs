use crate::rules::mend::Mend;
use crate::rules::{Check, FileContext, Finding, Fix, FixContext, Group, Rule};
use crate::spec::{Duty, Holder, Role, Unit, is_placeholder};
use crate::syntax::Step;
use crate::text::{Span, TextEdit};
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "placeholder",
    group: Group::Structure,
    severity: Some(Severity::Warning),
    summary: "a stand-in where a name or a duty should be: TBD, TODO, n/a, ???, `[Full Name]`, `<name>`, xxx",
    why: "A stand-in looks like an answer. Whoever skims the file believes that the seat is filled or the duty is held, and \
          nobody is reminded to fill it, because \"TBD\" has no date and no owner.",
    remedy: "Write the name. If the seat is empty, say so: `vacant: {since: 2026-05-01}`, with `cover:` for who does the work \
             meanwhile. A duty that nobody can name yet is better left out.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: TBD\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    vacant: {since: 2026-06-01, cover: ana}\n",
    misses: "A name that was made up, and a real name that nobody has updated for years.",
    options: &[],
    check: Check::Unit(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(mend) = Mend::own(context) else {
        return Vec::new();
    };
    let span = context.finding.span;
    let stands = |holder: &&Holder| holder.placeholder && holder.person.span == span;
    if let Some((_, role)) = mend.seat(span)
        && let Some(holder) = role.holders.iter().find(stands)
    {
        return of_holder(&mend, role, holder).into_iter().collect();
    }
    if let Some((_, _, duty)) = mend.duty(span) {
        let only_id = only_id(context, &mend, duty);
        return only_id.into_iter().chain(without(&mend, duty)).collect();
    }
    without_entry(&mend, span).into_iter().collect()
}

/// Marks the seat as vacant; where others hold it, nobody is missing, and the stand-in goes.
fn of_holder(mend: &Mend<'_>, role: &Role, holder: &Holder) -> Option<Fix> {
    let text = &holder.person.text;
    let others = role.people().next().is_some();
    let (title, mut edits) = if others {
        let item = mend.source.tree.item(holder.span)?;
        let edits = (item.node.span() == holder.span).then(|| mend.editor().remove(item))?;
        (format!("Remove \"{text}\""), edits?)
    } else if role.vacant.is_some() {
        let entry = mend.source.tree.steps(holder.span).into_iter().rev();
        let entry = entry.into_iter().find_map(|step| match step {
            Step::Entry(entry) if matches!(entry.key.text(), Some("holder" | "holders")) => {
                Some(entry)
            }
            _ => None,
        })?;
        (
            format!("Remove \"{text}\""),
            mend.editor().remove_entry(entry)?,
        )
    } else {
        let since = holder.since.map(|since| since.date.to_string());
        let edits = mend.vacate(role, since.as_deref())?;
        let since = since.map(|since| format!(" since {since}"));
        (
            format!("Mark the seat vacant{}", since.unwrap_or_default()),
            edits,
        )
    };
    if says_more(text) {
        edits.push(mend.editor().remark(holder.span, text)?);
    }
    Some(Fix::asked(title).edit(mend.file, edits))
}

/// `roadmap: TBD` says whose duty the roadmap is, and so does `roadmap`.
fn only_id(context: &FixContext<'_>, mend: &Mend<'_>, duty: &Duty) -> Option<Fix> {
    let pin = duty.pin.as_ref()?;
    context.catalog().find_duty(&pin.text)?;
    let text = duty.text.as_ref()?;
    let entry = mend.source.tree.entry(text.span)?;
    let editor = mend.editor();
    let mut edits = if entry.key.span() == pin.span {
        let is_alone = entry.mapping.entries().count() == 1;
        let braces = entry
            .mapping
            .span()
            .slice(mend.source.text())
            .starts_with('{');
        let whole = match braces {
            true => entry.mapping.span(),
            false => entry.span(),
        };
        let id = entry.key.span().slice(mend.source.text());
        is_alone.then(|| vec![TextEdit::replace(whole, id)])?
    } else {
        editor.remove_entry(entry)?
    };
    if says_more(&text.text) {
        edits.push(editor.remark(text.span, &text.text)?);
    }
    let title = format!("Keep only `{}`", pin.text);
    Some(Fix::asked(title).edit(mend.file, edits))
}

/// Takes the line of a duty out. What more it says stays as a comment.
fn without(mend: &Mend<'_>, duty: &Duty) -> Option<Fix> {
    let item = mend.source.tree.item(duty.span)?;
    if item.node.span() != duty.span {
        return None;
    }
    let editor = mend.editor();
    let mut edits = editor.remove(item)?;
    let words = duty.words();
    if !says_more(words) {
        return Some(Fix::asked("Remove the line").edit(mend.file, edits));
    }
    edits.insert(0, editor.remark_above(duty.span, words)?);
    Some(Fix::asked("Make a comment of the line").edit(mend.file, edits))
}

fn without_entry(mend: &Mend<'_>, span: Span) -> Option<Fix> {
    let entry = mend.source.tree.entry(span)?;
    let key = entry
        .key
        .text()
        .filter(|key| ["name", "purpose"].contains(key))?;
    let keys = entry.mapping.entries().map(|(key, _)| key.text());
    if keys.filter(|other| *other == Some(key)).count() > 1 {
        return None;
    }
    let edits = mend.editor().remove_entry(entry)?;
    Some(Fix::asked(format!("Remove `{key}`")).edit(mend.file, edits))
}

/// Whether a stand-in says more than that something is missing: "TBD (starts in Q3)".
fn says_more(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut rest = ["tbd", "todo"]
        .iter()
        .filter_map(|word| lower.strip_prefix(word));
    rest.any(|rest| rest.contains(char::is_alphanumeric))
}

const WHY: &str = "It looks like an answer and is none: nobody is reminded to fill the seat.";

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    let texts = [
        ("purpose", &unit.purpose),
        ("name", &unit.name),
        (unit.kind.name(), &Some(unit.id.clone())),
    ];
    for (key, text) in texts {
        let Some(text) = text.as_ref().filter(|text| is_stand_in(&text.text)) else {
            continue;
        };
        findings.push(
            RULE.finding(
                context.file,
                text.span,
                format!("`{key}` says \"{}\"", text.text),
            )
            .why("It looks like an answer and is none.")
            .help(if key == unit.kind.name() {
                "Write a short id that will stay, like `checkout`.".to_owned()
            } else {
                format!("Write it, or remove the line `{key}:` until somebody knows.")
            })
            .about(unit.label(), key),
        );
    }
    for role in &unit.roles {
        let title = context.role_title(role);
        for holder in role.holders.iter().filter(|holder| holder.placeholder) {
            findings.push(
                RULE.finding(
                    context.file,
                    holder.person.span,
                    format!("\"{}\" holds the seat of {title}", holder.person.text),
                )
                .label("no name yet")
                .why(WHY)
                .help("Write the name, or say that the seat is empty: `vacant: true`, better with `since:` and `cover:`.")
                .about(unit.label(), role.key.name.text.clone()),
            );
        }
        for duty in role.duties.iter().flat_map(|duties| &duties.items) {
            if duty.placeholder {
                findings.push(
                    RULE.finding(
                        context.file,
                        duty.span,
                        format!("a duty of the {title} is only \"{}\"", duty.words()),
                    )
                    .why("A duty that nobody has named is held by nobody.")
                    .help("Write what the role does, or remove the line.")
                    .about(unit.label(), format!("{} duty", role.key.name.text)),
                );
            }
        }
    }
}

/// Words that stand for an empty seat may well be the name of a team: "Open", "NA" for North America.
fn is_stand_in(text: &str) -> bool {
    const NAMES: &[&str] = &["open", "na", "hiring"];
    is_placeholder(text) && !NAMES.contains(&text.trim().to_lowercase().as_str())
}
