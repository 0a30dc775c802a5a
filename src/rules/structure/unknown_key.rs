use crate::rules::{Check, FileContext, Finding, Group, Rule};
use crate::spec::PEOPLE_KEYS;
use crate::syntax::{Problem, ProblemKind};
use crate::workspace::{FileId, Severity};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "unknown-key",
    group: Group::Structure,
    severity: Some(Severity::Error),
    summary: "a key that the format does not have",
    why: "What stands under a key that nobody knows is read by nobody: the role, the date or the duty is lost without a \
          word, and everybody believes that it is written down.",
    remedy: "Correct the key, or move what it says to the key that means it. `notes:` takes anything that is only for \
             people.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holdr: ben\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n",
    misses: "A key that exists and is used for something else than it means.",
    options: &[],
    check: Check::File(check),
    fix: None,
};

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    for problem in &context.source.spec.problems {
        findings.extend(of_problem(context.file, problem));
    }
    for role in context.source.spec.units().flat_map(|unit| &unit.roles) {
        let Some(duties) = &role.duties else { continue };
        if &*duties.key.text != "duties" {
            let word = &duties.key.text;
            findings.push(
                RULE.finding(context.file, duties.key.span, format!("`{word}` is called `duties` here"))
                    .severity(Severity::Hint)
                    .label("write `duties`")
                    .why("It is read all the same; one word for one thing makes files easier to search and compare.")
                    .help(format!("Replace `{word}` with `duties`."))
                    .about(role.key.name.text.clone(), word.clone()),
            );
        }
    }
}

/// The finding for a problem of this kind, of any file that is read.
pub(in crate::rules) fn of_problem(file: FileId, problem: &Problem) -> Option<Finding> {
    let ProblemKind::UnknownKey { place, near, known } = &problem.kind else {
        return None;
    };
    let key = &problem.key;
    let finding = RULE
        .finding(file, problem.span, format!("{place} has no key `{key}`"))
        .why("What stands under it is read by nobody.")
        .about("", key.clone());
    Some(match near {
        // The other words for `duties` are accepted, and nothing to send anybody to.
        Some("responsibilities" | "accountabilities") => finding
            .label("it is called `duties` here")
            .help("Write `duties`."),
        Some(near) => finding
            .label(format!("did you mean `{near}`?"))
            .help(format!("Write `{near}`.")),
        None if *known == PEOPLE_KEYS => finding.help(format!(
            "A people document holds nothing but `people:`. Put `{key}:` in a document of its own, below a line with `---`."
        )),
        None => finding.help(format!(
            "Use one of these, or remove it: {}.",
            known.join(", ")
        )),
    })
}
