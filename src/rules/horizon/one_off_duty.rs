use super::endings::{Ending, ending_in};
use crate::catalog::Model;
use crate::recognize::OtherWork;
use crate::rules::phrases::Phrases;
use crate::rules::{Check, Evidence, FileContext, Finding, Group, Line, Rule, lines};
use crate::spec::Unit;
use crate::syntax::flow_scalar;
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "one-off-duty",
    group: Group::Horizon,
    severity: Some(Severity::Hint),
    summary: "a project with an end, not ongoing work",
    why: "A role file says what a seat answers for, this year and next. \"Launch v2 by March\" is done in April, and from then on \
          the line says nothing, or something that is no longer true. Often the ongoing work behind it is nowhere: somebody \
          has to look after v2 when it is out.",
    remedy: "Write what goes on when the project is done. Where a seat does carry something for a time only, use the long form \
             and say until when, with `until:`. Projects themselves are better kept where the team keeps its plans.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  tech-lead:\n    holder: dmitri\n    duties:\n      \
          - Keep the code of the till in good health\n      - Migrate to the new card reader by March\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  tech-lead:\n    holder: dmitri\n    duties:\n      \
           - Keep the code of the till in good health\n      - text: Migrate to the new card reader by March\n        until: 2027-03-31\n",
    misses: "Projects without a date, a version or a \"to the new…\" in them, and lines in other languages than English. Anything with \
             a rhythm is left alone (\"by every Friday\", \"each quarter\", \"the yearly report by March\"), and so is a line with an \
             id before it: it says which ongoing duty it belongs to.",
    options: &[],
    check: Check::Unit(check),
    fix: None,
};

/// Whether this rule speaks of a line: then others need not.
pub(in crate::rules) fn speaks(context: &FileContext<'_>, line: Line<'_>) -> bool {
    let looked_at = context.model_of(line.unit) != Model::None;
    looked_at && context.settings.is_on(&RULE) && ending(context, line).is_some()
}

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    for line in lines(unit) {
        if let Some(ending) = ending(context, line) {
            findings.push(finding(context, line, &ending));
        }
    }
}

fn ending(context: &FileContext<'_>, line: Line<'_>) -> Option<Ending> {
    let duty = line.duty;
    // Who has been somewhere in 2024 tells of themselves.
    if duty.pin.is_some() || duty.until.is_some() || duty.other == Some(OtherWork::Trait) {
        return None;
    }
    ending_in(&Phrases::of(&line.text.text), context.today)
}

fn finding(context: &FileContext<'_>, line: Line<'_>, ending: &Ending) -> Finding {
    let words = Phrases::of(&line.text.text);
    let seat = context.called(line.role);
    let quoted = words.slice(ending.words.clone());
    let label = if ending.is_time {
        format!("ends \"{quoted}\"")
    } else {
        format!("\"{quoted}\" is done once")
    };
    let until = ending
        .last
        .map_or_else(|| "YYYY-MM-DD".to_owned(), |day| day.to_string());
    let text: Vec<&str> = line.text.text.split_whitespace().collect();
    let text = flow_scalar(&text.join(" "));
    let mut finding = RULE
        .finding(
            context.file,
            line.text.span,
            format!("a duty of {seat} is a project with an end"),
        )
        .label(label)
        .why("When it is done, the line says nothing any more, and the work that goes on after it has no owner.")
        .help(format!(
            "Write what goes on after it. If {seat} has it for a time only, say until when, such as:\n- {{text: {text}, until: {until}}}"
        ))
        .about(line.unit.label(), line.subject());
    let evidence = Evidence::at(
        line.text,
        &[words.span(ending.words.clone())],
        context.source,
    );
    finding.show(&evidence.silent());
    finding
}
