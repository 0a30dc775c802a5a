use jiff::ToSpan;
use jiff::civil::Date;

use super::is_config;
use crate::rules::{Check, Finding, Fix, FixContext, Group, RULES, Rule, find};
use crate::spec::{Ignore, SourceFile};
use crate::syntax::{Editor, Entry, Item, Step, near, nearest};
use crate::text::{Span, TextEdit};
use crate::workspace::{Exception, FileId, Severity};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "unused-ignore",
    group: Group::Structure,
    severity: Some(Severity::Warning),
    summary: "an ignore comment or an exception that silences nothing, or that has expired",
    why: "A comment that silences nothing hides the next mistake that happens to land on its line, and it tells readers of \
          a problem that is gone. An exception with a date was a promise to come back.",
    remedy: "Remove the comment or the exception. Where it names the rule wrongly, correct the name. Where an exception \
             has expired, mend what it covered, or agree on a new date.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben # rolelint: ignore placeholder -- hiring\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n",
    misses: "A comment that still silences something and whose reason is no longer true.",
    options: &[],
    check: Check::Engine,
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(source) = context.own_source() else {
        return Vec::new();
    };
    if is_config(context) {
        return of_exception(context, &source);
    }
    let span = context.finding.span;
    let ignores = Ignore::all(&source.tree);
    let holds = |ignore: &&Ignore| ignore.span.start <= span.start && span.end <= ignore.span.end;
    ignores
        .iter()
        .find(holds)
        .map(|ignore| of_comment(context, &source, ignore))
        .unwrap_or_default()
}

fn of_comment(context: &FixContext<'_>, source: &SourceFile, ignore: &Ignore) -> Vec<Fix> {
    let span = context.finding.span;
    let file = context.finding.file;
    let mut fixes = Vec::new();
    let mut rules = ignore.rules.iter();
    let at = rules.position(|(_, place)| *place == span);
    let name = at
        .and_then(|at| ignore.rules.get(at))
        .map(|(name, _)| &**name);
    // Whoever names a rule wrongly, or none, wants something silenced.
    let is_known = name.is_some_and(|name| find(name).is_some());
    if let Some(name) = name.filter(|_| !is_known) {
        for rule in meant(name) {
            if ignore.rules.iter().all(|(known, _)| **known != *rule) {
                let edit = TextEdit::replace(span, rule);
                let fix = Fix::asked(format!("Write `{rule}`")).drops_comments();
                fixes.push(fix.edit(file, [edit]));
            }
        }
    }
    let (title, edit) = match (at, name) {
        (Some(at), Some(name)) if ignore.rules.len() > 1 => {
            let place = |at: usize| ignore.rules.get(at).map(|(_, place)| *place);
            let end = |span: Span| span.end;
            // With what parts it from the next name, or the last from the one before.
            let taken = match place(at + 1) {
                Some(next) => Span {
                    end: next.start,
                    ..span
                },
                None => Span {
                    start: at.checked_sub(1).and_then(place).map_or(span.start, end),
                    end: span.end,
                },
            };
            (
                format!("Remove `{name}` from the comment"),
                TextEdit::delete(taken),
            )
        }
        _ => {
            let edit = Editor::new(&source.tree).remove_comment(ignore.span);
            ("Remove the comment".to_owned(), edit)
        }
    };
    // What a comment silences cannot be told as long as lines cannot be read.
    let remove = match is_known && source.tree.errors().is_empty() {
        true => Fix::safe(title),
        false => Fix::asked(title),
    };
    fixes.push(remove.drops_comments().edit(file, [edit]));
    fixes
}

/// The rules that a name may have been meant to be, the closest first.
fn meant(name: &str) -> Vec<&'static str> {
    let near = near(name, RULES.iter().map(|rule| rule.id)).into_iter();
    near.map(|(_, rule)| rule).collect()
}

/// How many days longer an exception holds that has expired, from today on.
const EXTENSION: i64 = 90;

fn of_exception(context: &FixContext<'_>, source: &SourceFile) -> Vec<Fix> {
    let span = context.finding.span;
    let file = context.finding.file;
    let editor = Editor::new(&source.tree);
    let mut fixes = Vec::new();
    let Some(entry) = source
        .tree
        .entry(span)
        .filter(|entry| entry.value.span() == span)
    else {
        return fixes;
    };
    if entry.key.text() == Some("rule")
        && let Some(name) = entry.value.text().filter(|name| find(name).is_none())
    {
        for rule in meant(name) {
            let edit = editor.replace(entry.value, rule);
            fixes.extend(edit.map(|edit| Fix::asked(format!("Write `{rule}`")).edit(file, [edit])));
        }
    }
    let edits = exception_at(source, span).and_then(|(exceptions, item)| {
        // The last one takes the key along.
        let is_last = item.list.items().count() == 1;
        let whole = is_last.then(|| editor.remove_entry(exceptions)).flatten();
        whole.or_else(|| editor.remove(item))
    });
    fixes.extend(edits.map(|edits| Fix::asked("Remove the exception").edit(file, edits)));
    if entry.key.text() == Some("until")
        && let Ok(day) = context.today.checked_add(EXTENSION.days())
        && let Some(edit) = editor.replace(entry.value, &day.to_string())
    {
        let title = format!("Extend by {EXTENSION} days, to {day}");
        fixes.push(Fix::asked(title).edit(file, [edit]));
    }
    fixes
}

/// The exception that a place lies in, and the entry that holds all of them.
fn exception_at(source: &SourceFile, span: Span) -> Option<(Entry<'_>, Item<'_>)> {
    let steps = source.tree.steps(span);
    let [_, Step::Entry(exceptions), Step::Item(item), ..] = steps.as_slice() else {
        return None;
    };
    Some((*exceptions, *item))
}

/// Why something silences nothing.
pub(in crate::rules) enum Silent {
    /// There is no such rule.
    UnknownRule,
    /// Its last day is past.
    Expired(Date),
    /// There is nothing to silence.
    Nothing,
}

/// What is to be said of an ignore comment, given how many findings each of its rules silenced.
pub(in crate::rules) fn comment(
    file: FileId,
    ignore: &Ignore,
    used: &[usize],
    findings: &mut Vec<Finding>,
) {
    if ignore.rules.is_empty() {
        findings.push(
            RULE.finding(
                file,
                ignore.span,
                "this comment names no rule, so it silences nothing",
            )
            .help(format!(
                "Name the rule: `# rolelint: {} missing-role -- why`.",
                word(ignore)
            ))
            .about("", "comment"),
        );
    }
    for ((rule, span), used) in ignore.rules.iter().zip(used) {
        if *used > 0 {
            continue;
        }
        let finding = match find(rule) {
            None => unknown(file, *span, rule),
            Some(_) if ignore.whole_file => RULE
                .finding(
                    file,
                    *span,
                    format!("nothing in this file needs `ignore-file {rule}`"),
                )
                .label("silences nothing")
                .why("It would hide the next mistake of its kind, anywhere in this file.")
                .help("Remove it."),
            Some(_) => RULE
                .finding(file, *span, format!("nothing here needs `ignore {rule}`"))
                .label("silences nothing")
                .why("It would hide the next mistake on this line.")
                .help("Remove it."),
        };
        findings.push(finding.about("", &**rule));
    }
}

fn word(ignore: &Ignore) -> &'static str {
    if ignore.whole_file {
        "ignore-file"
    } else {
        "ignore"
    }
}

/// What is to be said of an exception of a configuration.
pub(in crate::rules) fn exception(file: FileId, exception: &Exception, why: &Silent) -> Finding {
    let rule = &exception.rule.text;
    let finding = match why {
        Silent::UnknownRule => unknown(file, exception.rule.span, rule),
        Silent::Expired(date) => {
            let reason = exception
                .reason
                .as_ref()
                .map(|reason| format!(" It was agreed because: {}.", reason.text));
            RULE.finding(
                file,
                exception.until.map_or(exception.span, |until| until.span),
                format!("this exception from `{rule}` ended on {date}"),
            )
            .label("in the past")
            .why(format!(
                "It holds no longer: whatever it covered and nobody has mended is reported again.{}",
                reason.unwrap_or_default()
            ))
            .help("Mend what it covered and remove it, or agree on a new date.")
        }
        Silent::Nothing => RULE
            .finding(
                file,
                exception.rule.span,
                format!("nothing needs this exception from `{rule}`"),
            )
            .label("silences nothing")
            .why("It would hide the next mistake of its kind.")
            .help("Remove it, or check the paths in `where:`."),
    };
    // One that has expired and one that silences nothing are two things.
    match why {
        Silent::Expired(date) => finding.about("exceptions", format!("{rule} until {date}")),
        _ => finding.about("exceptions", rule.clone()),
    }
}

fn unknown(file: FileId, span: crate::text::Span, rule: &str) -> Finding {
    let finding = RULE
        .finding(
            file,
            span,
            format!("there is no rule `{rule}`, so nothing is silenced"),
        )
        .why("The finding that was meant is still reported.");
    match nearest(rule, RULES.iter().map(|rule| rule.id)) {
        Some(near) => finding
            .label(format!("did you mean `{near}`?"))
            .help(format!("Write `{near}`.")),
        None => finding.help("`rolelint rules` lists the rules."),
    }
}
