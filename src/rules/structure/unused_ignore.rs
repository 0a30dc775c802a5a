use jiff::civil::Date;

use crate::rules::{Check, Finding, Group, RULES, Rule, find};
use crate::spec::Ignore;
use crate::syntax::nearest;
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
    fix: None,
};

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
        findings.push(finding.about("", rule.clone()));
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
    finding.about("exceptions", rule.clone())
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
