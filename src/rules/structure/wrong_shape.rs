use crate::rules::{Check, FileContext, Finding, Group, Rule};
use crate::spec::RoleForm;
use crate::syntax::{Problem, ProblemKind};
use crate::workspace::{FileId, Severity};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "wrong-shape",
    group: Group::Structure,
    severity: Some(Severity::Error),
    summary: "a list where one value is needed or the reverse; a number, `true` or nothing where a name is needed; a word or date that is none",
    why: "The value cannot mean what it should, so it is passed over. A seat whose value is empty is the commonest case: \
          nobody can tell whether it is vacant, forgotten, or about to be filled.",
    remedy: "Write the value in the shape that the message asks for. An empty seat is written `vacant: true`.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    vacant: {since: 2026-06-01, cover: ana}\n",
    misses: "A value of the right shape with the wrong meaning, such as a team's id where a person's should be.",
    options: &[],
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    let spec = &context.source.spec;
    for problem in &spec.problems {
        findings.extend(of_problem(context.file, problem));
    }
    for span in &spec.unmarked {
        findings.push(
            RULE.finding(context.file, *span, "this document does not say what it is")
                .why("A role file's document starts with `team:`, `product:`, `people:` or `catalog:`; without it nobody knows what the rest belongs to.")
                .help("Add `team:` with a short id as its first line (or `product:`, `people:`, `catalog:`).")
                .about("", "document"),
        );
    }
    for unit in spec.units() {
        for role in &unit.roles {
            let single = role
                .key
                .role
                .is_some_and(|role| context.catalog().role(role).single);
            let [holder] = role.holders.as_slice() else {
                continue;
            };
            if single && role.form == RoleForm::List {
                let title = context.role_title(role);
                let name = &holder.person.text;
                findings.push(
                    RULE.finding(
                        context.file,
                        role.span,
                        format!("the seat of the {title} is written as a list, with one name in it"),
                    )
                    .severity(Severity::Warning)
                    .label("one seat, one name")
                    .why("A list says that several people may share the seat, and this seat wants one.")
                    .help(format!("Write the name without brackets: `{}: {name}`.", role.key.name.text))
                    .about(unit.label(), role.key.name.text.clone()),
                );
            }
        }
    }
}

/// The finding for a problem of this kind, of any file that is read.
pub(in crate::rules) fn of_problem(file: FileId, problem: &Problem) -> Option<Finding> {
    let key = &problem.key;
    let finding = |message: String| {
        RULE.finding(file, problem.span, message)
            .about("", key.clone())
    };
    let whose = match &**key {
        "" => "this place".to_owned(),
        key => format!("`{key}`"),
    };
    Some(match &problem.kind {
        ProblemKind::UnknownKey { .. } => return None,
        ProblemKind::WrongShape { wanted, found } => match (*wanted, *found) {
            ("a holder", "nothing" | "`null`" | "an empty list") => {
                finding(format!("{whose} names nobody: {found} stands where a holder should"))
                    .why("Nobody can tell whether the seat is vacant or somebody forgot to fill it in.")
                    .help("Name a person, or write `vacant: true` under it.")
            }
            ("a name", "a number" | "true or false" | "`null`") => {
                finding(format!("{whose} wants a name, and YAML reads this as {found}"))
                    .why("It is passed over, because it is no text.")
                    .help("If it is a name, put it in quotes.")
            }
            _ => finding(format!("{whose} wants {wanted}, and {found} stands here"))
                .why("It cannot be read as what it should be.")
                .help(match *wanted {
                    "a list" => "Put each entry on a line of its own that starts with `- `, or write `[one, two]`.".to_owned(),
                    wanted => format!("Write {wanted} here."),
                }),
        },
        ProblemKind::WrongWord { near, known } => {
            let finding = finding(format!("{whose} cannot be this word"))
                .why("Only a few words mean something here.")
                .help(format!("Write one of: {}.", known.join(", ")));
            match near {
                Some(near) => finding.label(format!("did you mean `{near}`?")),
                None => finding,
            }
        }
        ProblemKind::WrongDate => finding(format!("{whose} wants a date, and this is none"))
            .why("Without a date nobody can be reminded in time.")
            .help("Write year, month and day, like 2026-05-01."),
    })
}
