use super::problems;
use super::shape_mends::Reshape;
use crate::rules::{Check, FileContext, Finding, Fix, FixContext, Group, Rule};
use crate::spec::{Document, RoleForm};
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
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(source) = context.own_source() else {
        return Vec::new();
    };
    let finding = context.finding;
    let reshape = Reshape {
        context,
        source: &source,
    };
    // Several things may be wrong with one value; each has its own words.
    let problem = problems(context, &source).into_iter().find(|problem| {
        problem.span == finding.span
            && of_problem(finding.file, problem, source.text())
                .is_some_and(|found| found.message == finding.message)
    });
    match problem {
        Some(problem) => reshape.of_problem(&problem),
        None if &*finding.subject == "document" => reshape.unmarked().into_iter().collect(),
        None => reshape.list_of_one().into_iter().collect(),
    }
}

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    let spec = &context.source.spec;
    for problem in &spec.problems {
        findings.extend(of_problem(context.file, problem, context.text()));
    }
    for span in &spec.unmarked {
        findings.push(
            RULE.finding(context.file, *span, "this document does not say what it is")
                .why("A role file's document starts with `team:`, `product:`, `people:` or `catalog:`; without it nobody knows what the rest belongs to.")
                .help("Add `team:` with a short id as its first line (or `product:`, `people:`, `catalog:`).")
                .about("", "document"),
        );
    }
    catalog_duties(context, findings);
    for unit in spec.units() {
        for role in &unit.roles {
            let single = role
                .key
                .role
                .is_some_and(|role| context.catalog().role(role).single);
            let [holder] = role.holders.as_slice() else {
                continue;
            };
            // A bracket that is never closed is the mistake there.
            let is_broken = context
                .source
                .tree
                .errors()
                .iter()
                .any(|error| role.span.contains(error.span.start));
            if single && role.form == RoleForm::List && !is_broken {
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

/// The finding for a problem of this kind, of any file that is read; `text` is the file's.
pub(in crate::rules) fn of_problem(file: FileId, problem: &Problem, text: &str) -> Option<Finding> {
    let key = &problem.key;
    let finding = |message: String| RULE.finding(file, problem.span, message).about("", &**key);
    let whose = match &**key {
        "" => "this place".to_owned(),
        key => format!("`{key}`"),
    };
    Some(match &problem.kind {
        ProblemKind::UnknownKey { .. } => return None,
        // The syntax rule has said it.
        ProblemKind::WrongShape {
            found: "an alias to nothing",
            ..
        } => return None,
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
                    wanted if wanted.starts_with("a group of") && *found == "a list" => {
                        "Write each as a key of its own, without the dash: `product-owner: ben`.".to_owned()
                    }
                    "a list" => "Put each entry on a line of its own that starts with `- `, or write `[one, two]`.".to_owned(),
                    wanted => format!("Write {wanted} here."),
                }),
        },
        ProblemKind::WrongWord { near, known } => {
            let finding = finding(format!("{whose} cannot be `{}`", written(problem, text)))
                .why("Only a few words mean something here.")
                .help(format!("Write one of: {}.", known.join(", ")));
            match near {
                Some(near) => finding.label(format!("did you mean `{near}`?")),
                None => finding,
            }
        }
        ProblemKind::WrongDate => finding(format!("{whose} wants a date, and `{}` is none", written(problem, text)))
            .why("Without a date nobody can be reminded in time.")
            .help("Write year, month and day, like 2026-05-01."),
    })
}

/// The first line of what stands there.
fn written<'t>(problem: &Problem, text: &'t str) -> &'t str {
    let written = problem.span.slice(text).lines().next().unwrap_or("");
    written.trim_matches(['"', '\'', ' '])
}

/// Duties that a catalog brings and gives to nobody: they are known to no rule.
fn catalog_duties(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    let catalog = context.catalog();
    for document in &context.source.spec.documents {
        let Document::Catalog(document) = document else {
            continue;
        };
        let is_in_force = catalog
            .layers
            .iter()
            .any(|layer| layer.id == *document.id.text);
        for duty in &document.duties {
            let id = &duty.id.text;
            if is_in_force && duty.role.is_none() && catalog.find_duty(id).is_none() {
                findings.push(
                    RULE.finding(
                        context.file,
                        duty.id.span,
                        format!("duty `{id}` has no `role:`"),
                    )
                    .why("A duty that belongs to no role is passed over: no line is read as it, and nobody misses it.")
                    .help("Add `role:` with the role that answers for it.")
                    .about("duties", id.clone()),
                );
            }
        }
    }
}
