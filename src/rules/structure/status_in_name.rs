use crate::rules::{Check, FileContext, Finding, Group, Rule};
use crate::spec::{Holder, Status};
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
    check: Check::File(check),
    fix: None,
};

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    for unit in context.source.spec.units() {
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
