use crate::rules::{Check, FileContext, Finding, Group, Rule};
use crate::spec::is_placeholder;
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
    check: Check::File(check),
    fix: None,
};

const WHY: &str = "It looks like an answer and is none: nobody is reminded to fill the seat.";

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    for unit in context.source.spec.units() {
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
}

/// Words that stand for an empty seat may well be the name of a team: "Open", "NA" for North America.
fn is_stand_in(text: &str) -> bool {
    const NAMES: &[&str] = &["open", "na", "hiring"];
    is_placeholder(text) && !NAMES.contains(&text.trim().to_lowercase().as_str())
}
