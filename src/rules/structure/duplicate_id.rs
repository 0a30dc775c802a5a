use crate::rules::{Check, Finding, Group, OrganisationContext, Rule};
use crate::spec::UnitKind;
use crate::syntax::Name;
use crate::text::Span;
use crate::workspace::{FileId, Severity};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "duplicate-id",
    group: Group::Structure,
    severity: Some(Severity::Error),
    summary: "one team, product or person id defined twice, or two catalogs with nothing to say which applies",
    why: "An id is how files find each other. Where two documents have the same one, everybody who uses it means one of \
          them and may get the other. It happens when a file is copied as a start for the next team.",
    remedy: "Give the later one an id of its own, or join the two documents into one. Where there are two catalogs, name the \
             one that applies in `.rolelint.yaml`.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n---\nteam: checkout\nroles:\n  product-manager: carla\n  product-owner: dmitri\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n---\nteam: search\nroles:\n  product-manager: carla\n  product-owner: dmitri\n",
    misses: "One team under two ids, and one person under two ids (see `duplicate-person`). Two documents in different \
             organisations, each with a `.rolelint.yaml` that starts one, may use the same ids.",
    options: &[],
    check: Check::Organisation(check),
    fix: None,
};

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    let index = context.index;
    // The index knows the first of each id, so that no table of all ids is needed.
    for (at, unit) in index.units() {
        let first = match unit.kind {
            UnitKind::Team => index.team(&unit.id.text),
            UnitKind::Product => index.product(&unit.id.text),
        };
        if let Some(first) = first.filter(|first| *first != at) {
            let first = index.unit(first);
            let place = (first.file, first.id.span);
            findings.push(again(unit.kind.name(), unit.file, &unit.id, place));
        }
    }
    for person in index.people_to_check() {
        let first = index.person(&person.id.text);
        if let Some(first) = first.filter(|first| !std::ptr::eq(*first, person)) {
            let place = (first.file, first.id.span);
            findings.push(again("person", person.file, &person.id, place));
        }
    }
    catalogs(context, findings);
}

fn again(kind: &'static str, file: FileId, id: &Name, first: (FileId, Span)) -> Finding {
    let text = &id.text;
    let (why, help) = match kind {
        "person" => (
            "Whoever names this id as a holder may mean either of the two, and rolelint takes the first.",
            "Give one of them another id, or keep one entry if both are the same person.",
        ),
        _ => (
            "Whatever names this id may mean either of the two, and rolelint takes the first.",
            "Give one of them another id, or join the two documents into one.",
        ),
    };
    RULE.finding(
        file,
        id.span,
        format!("{kind} `{text}` is defined a second time"),
    )
    .label("here again")
    .why(why)
    .help(help)
    .related(first.0, first.1, format!("`{text}` is defined here first"))
    .about(kind, text.clone())
}

/// Two files with catalogs, and the one in force is none of them: no configuration names one.
fn catalogs(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    let layers = &context.catalog.layers;
    if layers.len() != 1 || context.catalog.id() != "popm" {
        return;
    }
    let mut files = context
        .index
        .files()
        .iter()
        .filter_map(|file| Some((file.file, file.other().catalogs.first()?)));
    let Some((first_file, first)) = files.next() else {
        return;
    };
    for (file, id) in files {
        findings.push(
            RULE.finding(
                file,
                id.span,
                format!(
                    "`{}` is one catalog more, and nothing says which one applies",
                    id.text
                ),
            )
            .why("As long as nobody says, none of them is used: the built-in catalog `popm` applies.")
            .help("Name the one that applies in `.rolelint.yaml`: `catalog:` with the path of its file. It may stand on the others with `extends:`.")
            .related(first_file, first.span, "the first catalog is here")
            .about("catalog", id.text.clone()),
        );
    }
}
