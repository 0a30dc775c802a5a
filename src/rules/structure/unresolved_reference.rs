use std::collections::HashMap;

use super::reference_mends;
use crate::catalog::{BUILTIN_NAMES, Catalog, simple_name};
use crate::rules::titles::jobs_meant;
use crate::rules::{Check, Finding, Group, OrganisationContext, Rule};
use crate::spec::UnitKind;
use crate::syntax::{Name, near, nearest};
use crate::text::Span;
use crate::workspace::{
    CatalogProblem, CatalogProblemKind, FileId, Group as Product, Index, Severity, UnitFacts,
    Unresolved, UnresolvedKind as Kind,
};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "unresolved-reference",
    group: Group::Structure,
    severity: Some(Severity::Error),
    summary: "a team, product, role, duty or catalog that is named and defined nowhere",
    why: "A name that leads nowhere cuts a thread: a team whose product does not exist has no Product Manager to look \
          up, and a duty pinned to an id that does not exist counts for nothing. Usually it is a slip of the keyboard, or \
          the other side was renamed.",
    remedy: "Correct the name, or define what it names: a document with `team:` or `product:`, or a role or duty in your \
             catalog.",
    bad: "product: storefront\nteams: [checkout]\nroles:\n  product-manager: ana\n---\nteam: checkout\nproduct: storefrnt\nroles:\n  product-owner: ben\n",
    good: "product: storefront\nteams: [checkout]\nroles:\n  product-manager: ana\n---\nteam: checkout\nproduct: storefront\nroles:\n  product-owner: ben\n",
    misses: "A name that exists and is not the one that was meant. Who is consulted and informed may be anybody, and a row of \
             `shared` may name a duty of the team's own, so only near misses of a catalog duty are reported there. People are \
             the business of `unknown-person`.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(reference_mends::fix),
};

/// How many names are compared in search of near ones before the search is given up: a run over a whole company with
/// a wrong folder must end, too.
const MAX_COMPARED: usize = 2_000_000;

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    let index = context.index;
    let mut near = Near::default();
    for (_, unit) in index.units() {
        if let Some(product) = &unit.product
            && !product.text.is_empty()
            && index.product(&product.text).is_none()
        {
            findings.extend(product_of(index, unit, product, &mut near));
        }
        for team in unit.teams.iter().filter(|team| !team.text.is_empty()) {
            if index.team(&team.text).is_none() {
                findings.extend(team_of(index, unit, team, &mut near));
            }
        }
    }
    for group in index.groups() {
        for unit in group.units(index) {
            for name in &unit.unresolved {
                findings.extend(in_unit(context, group, unit, name, &mut near));
            }
        }
    }
    for file in index.files() {
        for name in &file.other().unresolved {
            findings.push(in_catalog(context.catalog, file.file, name));
        }
    }
}

/// Near ids, each looked up once however many files name it.
#[derive(Default)]
struct Near<'a> {
    known: HashMap<(&'static str, &'a str), Option<&'a str>>,
    duties: HashMap<&'a str, Option<&'a str>>,
    compared: usize,
}

impl<'a> Near<'a> {
    fn unit(&mut self, index: &'a Index, kind: UnitKind, id: &'a str) -> Option<&'a str> {
        if let Some(known) = self.known.get(&(kind.name(), id)) {
            return *known;
        }
        let near = if self.compared < MAX_COMPARED {
            // In order of place, so that the answer is the same in every run.
            let ids = index
                .ids(kind)
                .filter(|known| known.len().abs_diff(id.len()) <= 2 + id.len() / 4);
            nearest(id, ids.inspect(|_| self.compared += 1))
        } else {
            None
        };
        self.known.insert((kind.name(), id), near);
        near
    }

    fn duty(&mut self, catalog: &'a Catalog, id: &'a str) -> Option<&'a str> {
        let near = || nearest(id, catalog.duties().map(|(_, duty)| duty.id.as_str()));
        *self.duties.entry(id).or_insert_with(near)
    }
}

fn product_of<'a>(
    index: &'a Index,
    unit: &'a UnitFacts,
    product: &'a Name,
    near: &mut Near<'a>,
) -> Option<Finding> {
    let id = &*product.text;
    if is_hidden(index, id) {
        return None;
    }
    let finding = RULE
        .finding(
            unit.file,
            product.span,
            format!("{} belongs to product `{id}`, which no file defines", unit.label()),
        )
        .why("The team's Product Manager is looked up in its product, so nobody can tell whether it has one.")
        .about(unit.label(), id);
    Some(match near.unit(index, UnitKind::Product, id) {
        Some(near) => finding
            .label(format!("did you mean `{near}`?"))
            .help(format!("Write `product: {near}`.")),
        None => finding.help(format!(
            "Correct the id, or add a document for the product that starts with `product: {id}` and names its Product Manager under `roles:`. A team that is its own product needs no `product:`."
        )),
    })
}

fn team_of<'a>(
    index: &'a Index,
    unit: &'a UnitFacts,
    team: &'a Name,
    near: &mut Near<'a>,
) -> Option<Finding> {
    let id = &*team.text;
    if is_hidden(index, id) {
        return None;
    }
    let finding = RULE
        .finding(
            unit.file,
            team.span,
            format!("{} lists team `{id}`, which no file defines", unit.label()),
        )
        .why("Whoever reads the list counts on a team of which nothing is written down, not even who orders its work.")
        .about(unit.label(), id);
    Some(match near.unit(index, UnitKind::Team, id) {
        Some(near) => finding
            .label(format!("did you mean `{near}`?"))
            .help(format!("Write `{near}`.")),
        None => finding.help(format!(
            "Correct the id, remove it from the list, or add a document for the team that starts with `team: {id}`."
        )),
    })
}

/// Whether the definition may stand in words that a syntax error hides.
fn is_hidden(index: &Index, id: &str) -> bool {
    let mut files = index.files().iter();
    files.any(|file| {
        file.other().may_hide(&[id]) || file.units.iter().any(|unit| unit.may_hide(&[id]))
    })
}

fn in_unit<'a>(
    context: &OrganisationContext<'a>,
    group: &Product,
    unit: &'a UnitFacts,
    unresolved: &'a Unresolved,
    near: &mut Near<'a>,
) -> Option<Finding> {
    let finding = match unresolved.kind {
        Kind::WorksWith | Kind::Combines | Kind::Shared => {
            role_in_unit(context, group, unit, unresolved)?
        }
        _ => duty_in_unit(context.catalog, unit, unresolved, near)?,
    };
    let subject = format!("{} {}", unresolved.place, unresolved.name.text);
    Some(finding.about(unit.label(), subject))
}

fn role_in_unit(
    context: &OrganisationContext<'_>,
    group: &Product,
    unit: &UnitFacts,
    unresolved: &Unresolved,
) -> Option<Finding> {
    let Unresolved { kind, name, place } = unresolved;
    let simple = simple_name(&name.text);
    let index = context.index;
    let own: Vec<&str> = group
        .units(index)
        .flat_map(|unit| unit.own_roles())
        .map(|key| &**key)
        .collect();
    // A name that may mean several roles is the business of `ambiguous-title`.
    if own.contains(&&*simple) || jobs_meant(&name.text, context.catalog).is_some() {
        return None;
    }
    let near = near_role(&name.text, context.catalog)
        .or_else(|| nearest(&name.text, own.iter().copied()).map(str::to_owned));
    if near.is_none() && context.catalog.roles().next().is_none() {
        return None;
    }
    let key = match kind {
        Kind::WorksWith => "`works_with` of the role",
        Kind::Combines => "`combines` of the role",
        _ => "the row about",
    };
    let text = &name.text;
    let finding = RULE
        .finding(
            unit.file,
            name.span,
            format!("{key} `{place}` names `{text}`, and there is no such role"),
        )
        .why(match kind {
            Kind::WorksWith => "Whoever looks for the other side finds no seat of that name.",
            Kind::Combines => "A role that does not exist brings no duties, so one side of the seat is not checked.",
            _ => "No seat has this name, so nobody knows that the work is theirs.",
        });
    let person = index.person_key(text);
    let held = group.seats(index).find(|(_, seat)| {
        seat.holders
            .iter()
            .any(|holder| index.person_key(&holder.person.text) == person)
    });
    Some(match (near, held) {
        (Some(near), _) => finding
            .label(format!("did you mean `{near}`?"))
            .help(format!("Write `{near}`.")),
        (None, Some((holds, seat))) => {
            let seat_id = match seat.role {
                Some(role) => format!("`{}`", context.catalog.role(role).id),
                None => "the role".to_owned(),
            };
            finding
                .label("a person, not a role")
                .help(format!("Name the seat, not who sits in it: {seat_id}. Then it stays true when the holder changes."))
                .related(holds.file, seat.key, format!("{text} holds this seat"))
        }
        (None, None) => finding.help(format!(
            "Correct the name, or add `{}` under `roles:` here or in your catalog.",
            simple_name(text)
        )),
    })
}

fn duty_in_unit<'a>(
    catalog: &'a Catalog,
    unit: &UnitFacts,
    unresolved: &'a Unresolved,
    near: &mut Near<'a>,
) -> Option<Finding> {
    let Unresolved { kind, name, place } = unresolved;
    let id = &name.text;
    // Where the catalog has no duties, ids are the organisation's own business.
    if catalog.duty_count() == 0 {
        return None;
    }
    let near = near.duty(catalog, id);
    if near.is_none() && *kind != Kind::Pin {
        return None;
    }
    let message = match kind {
        Kind::SharedDuty => format!("this row is about `{id}`, and the catalog has no such duty"),
        _ => format!("a duty of `{place}` names `{id}`, and the catalog has no such duty"),
    };
    let finding = RULE
        .finding(unit.file, name.span, message)
        .why("It counts for no duty, so the one that was meant looks as if nobody had it.");
    Some(match near {
        Some(near) => finding
            .label(format!("did you mean `{near}`?"))
            .help(format!("Write `{near}`.")),
        None => finding.label("no duty of the catalog").help(format!(
            "Name a duty of the catalog `{}`. For a duty of your own, add `{id}` to your catalog, or write the line as plain text; text with a colon goes in quotes.",
            catalog.id()
        )),
    })
}

fn in_catalog(catalog: &Catalog, file: FileId, unresolved: &Unresolved) -> Finding {
    let Unresolved { kind, name, place } = unresolved;
    let text = &name.text;
    let (message, near, help) = match kind {
        Kind::LookAlike => (
            format!("duty `{place}` is compared with `{text}`, and there is no such duty"),
            nearest(text, catalog.duties().map(|(_, duty)| duty.id.as_str())).map(str::to_owned),
            "Correct the id, or remove this look-alike.".to_owned(),
        ),
        _ => (
            match kind {
                Kind::DutyRole => {
                    format!("duty `{place}` belongs to role `{text}`, which is defined nowhere")
                }
                _ => format!("role `{place}` combines `{text}`, which is defined nowhere"),
            },
            // The name itself is among the catalog's roles: it was taken in so that the rest can be checked.
            near_roles_but(text, catalog).into_iter().next(),
            format!(
                "Correct the name, or add `{}:` under `roles:` of this catalog.",
                simple_name(text)
            ),
        ),
    };
    let finding = RULE
        .finding(file, name.span, message)
        .why(match kind {
            Kind::DutyRole => "No team has this role, so nobody can hold the duty.",
            Kind::LookAlike => "Without it nobody is told how to tell the two apart.",
            _ => "A role that does not exist brings no duties to the combined seat.",
        })
        .about(place.clone(), text.clone());
    match near {
        Some(near) => finding
            .label(format!("did you mean `{near}`?"))
            .help(format!("Write `{near}`.")),
        None => finding.help(help),
    }
}

/// The id of the role that a name was probably meant to be, by its id, title or an alias.
pub(in crate::rules) fn near_role(name: &str, catalog: &Catalog) -> Option<String> {
    near_roles(name, catalog).into_iter().next()
}

/// The ids of the roles that a name may have been meant to be, the closest first.
pub(in crate::rules) fn near_roles(name: &str, catalog: &Catalog) -> Vec<String> {
    near_roles_of(name, catalog.roles().map(|(_, role)| role))
}

/// The same without the role that the name itself makes: a catalog takes in what it only mentions.
pub(super) fn near_roles_but(name: &str, catalog: &Catalog) -> Vec<String> {
    let itself = catalog.find_role(name);
    let others = catalog
        .roles()
        .filter(|(role, _)| Some(*role) != itself)
        .map(|(_, role)| role);
    near_roles_of(name, others)
}

fn near_roles_of<'c>(
    name: &str,
    roles: impl Iterator<Item = &'c crate::catalog::RoleDef>,
) -> Vec<String> {
    struct Known<'c> {
        name: &'c str,
        id: &'c str,
    }
    impl AsRef<str> for Known<'_> {
        fn as_ref(&self) -> &str {
            self.name
        }
    }
    let names = roles.flat_map(|role| {
        let id = role.id.as_str();
        let aliases = role.aliases.iter().map(String::as_str);
        let names = [id, &role.title].into_iter().chain(aliases);
        names.map(move |name| Known { name, id })
    });
    let mut ids: Vec<String> = Vec::new();
    for (_, known) in near(name, names) {
        if ids.iter().all(|id| id != known.id) {
            ids.push(known.id.to_owned());
        }
    }
    ids
}

/// The finding for a catalog that cannot be read.
pub(in crate::rules) fn catalog(file: FileId, problem: &CatalogProblem) -> Finding {
    let name = &problem.name;
    let built_in = BUILTIN_NAMES.join(", ");
    let finding = |message: String| {
        RULE.finding(file, problem.span, message)
            .why("The built-in catalog `popm` takes its place, so your own roles and duties are not known.")
            .about("catalog", name.as_str())
    };
    match problem.kind {
        CatalogProblemKind::Missing(near) => {
            let finding = finding(format!("there is no catalog `{name}`"));
            match near {
                Some(near) => finding
                    .label(format!("did you mean `{near}`?"))
                    .help(format!("Write `{near}`, or the path of a catalog file.")),
                None => finding.help(format!(
                    "Name a built-in catalog ({built_in}), or the path of a catalog file, seen from the folder of this file."
                )),
            }
        }
        CatalogProblemKind::NoCatalog => {
            finding(format!("`{name}` holds no catalog")).help(format!(
                "A catalog file starts with `catalog:` and an id. Add that line to it, or name another file or a built-in catalog ({built_in})."
            ))
        }
        CatalogProblemKind::Cycle => {
            finding(format!("this catalog stands on `{name}`, which in the end stands on this one"))
                .label("goes round in a circle")
                .help(format!(
                    "Let one of them extend a built-in catalog ({built_in}), or nothing."
                ))
        }
    }
}

/// The same for a catalog that is none of the files checked, shown where it is named. `shown` is its path.
pub(in crate::rules) fn catalog_behind(
    file: FileId,
    span: Span,
    problem: &CatalogProblem,
    shown: &str,
) -> Finding {
    let name = &problem.name;
    let what = match problem.kind {
        CatalogProblemKind::Missing(_) => "and there is no such catalog",
        CatalogProblemKind::NoCatalog => "which holds no catalog",
        CatalogProblemKind::Cycle => "which in the end extends it",
    };
    RULE.finding(file, span, format!("`{shown}` extends `{name}`, {what}"))
        .why("The built-in catalog `popm` takes the place of what cannot be read.")
        .help(format!("Mend `extends:` in `{shown}`."))
        .about("catalog", name.as_str())
}
