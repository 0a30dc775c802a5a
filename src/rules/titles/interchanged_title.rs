use super::pick;
use super::words::{two_roles, words};
use crate::catalog::{Catalog, RoleIx};
use crate::rules::{Check, Evidence, FileContext, Finding, Group, Rule};
use crate::spec::{Duties, Duty, Role, Unit};
use crate::syntax::Name;
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "interchanged-title",
    group: Group::Titles,
    severity: Some(Severity::Warning),
    summary: "a name for two roles at once (\"Product Manager/Owner\"), or a role that its title or a line calls by another one's name",
    why: "Product Manager and Product Owner are two jobs: one looks outward and years ahead, the other inward and at the next \
          weeks. A title that says both, or the other one, leaves everybody to guess which of the two is done, and mostly \
          one side is not. The same goes for a line that begins with the other role's name: most often it was copied with its job \
          advertisement.",
    remedy: "Pick one. If one person does both on purpose, say so with `combines: [product-manager, product-owner]`; then both sides \
             are checked.",
    bad: "team: checkout\nroles:\n  product-owner:\n    title: Product Manager/Owner\n    holder: ben\n  product-manager: ana\n",
    good: "team: checkout\nroles:\n  product-owner:\n    title: Product Owner\n    holder: ben\n  product-manager: ana\n",
    misses: "A role whose duties are those of the other one: `wrong-role` and `lopsided-combined-role` look at those. A line about the \
             other role's own duty (\"The Product Owner orders the backlog\" on the Product Manager) says what this seat does not do, \
             and so does one about a duty that the other role lists as well. Lines that were not recognised with certainty. Several \
             names for one role in several files, as long as the catalog knows them all.",
    options: &[],
    check: Check::Unit(check),
    fix: Some(pick::fix),
};

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    for role in &unit.roles {
        let about = |finding: Finding| finding.about(unit.label(), role.key.name.text.clone());
        findings.extend(of_role(context, unit, role).map(about));
        let lines = role.duties.iter().flat_map(Duties::real);
        findings.extend(lines.filter_map(|duty| of_line(context, unit, role, duty)));
    }
}

fn of_role(context: &FileContext<'_>, unit: &Unit, role: &Role) -> Option<Finding> {
    let catalog = context.catalog();
    let known = role.key.role;
    let is_combined = !role.combines.is_empty()
        || known.is_some_and(|role| !catalog.role(role).combines.is_empty());
    if is_combined {
        return None;
    }
    let names = [Some(&role.key.name), role.title.as_ref()];
    for name in names.into_iter().flatten() {
        if let Some(two) = two_roles(&name.text, catalog) {
            return Some(both(context, unit, name, two));
        }
    }
    let title = role.title.as_ref()?;
    let known = known?;
    let other = titled(&title.text, known, catalog)?;
    match catalog.role(other).combines.as_slice() {
        [first, second, ..] => Some(both(context, unit, title, (*first, *second))),
        _ => Some(other_role(context, role, title, known, other)),
    }
}

/// The role that a title names, where it is not `known`.
fn titled(title: &str, known: RoleIx, catalog: &Catalog) -> Option<RoleIx> {
    if let Some(named) = catalog.find_role(title) {
        return (named != known).then_some(named);
    }
    // "Product Manager, Payments" on a Product Owner, and the reverse.
    let sides = [catalog.product_manager()?, catalog.product_owner()?];
    if !sides.contains(&known) {
        return None;
    }
    let words = words(title);
    let says = |second: &str| words.windows(2).any(|pair| pair == ["product", second]);
    sides.into_iter().find(|side| {
        let second = if Some(*side) == catalog.product_owner() {
            "owner"
        } else {
            "manager"
        };
        *side != known && says(second)
    })
}

fn both(
    context: &FileContext<'_>,
    unit: &Unit,
    name: &Name,
    (first, second): (RoleIx, RoleIx),
) -> Finding {
    let catalog = context.catalog();
    let [first, second] = [first, second].map(|role| catalog.role(role));
    let combined = catalog.roles().find(|(_, role)| {
        [first, second].iter().all(|side| {
            role.combines
                .iter()
                .any(|part| catalog.role(*part).id == side.id)
        })
    });
    let one_seat = match combined {
        Some((_, combined)) => format!("write `{}:` instead", combined.id),
        None => format!("add `combines: [{}, {}]` to it", first.id, second.id),
    };
    RULE.finding(
        context.file,
        name.span,
        format!("\"{}\" in {} names two roles at once", name.text, unit.label()),
    )
    .label(format!("{} or {}?", first.title, second.title))
    .why("They are two jobs, and nobody can tell whether this seat does one of them or both.")
    .help(format!(
        "If it is one of them, give it that name alone. If one person does both on purpose, {one_seat}; then both sides are checked."
    ))
}

fn other_role(
    context: &FileContext<'_>,
    role: &Role,
    title: &Name,
    known: RoleIx,
    other: RoleIx,
) -> Finding {
    let [known, other] = [known, other].map(|role| context.catalog().role(role));
    RULE.finding(
        context.file,
        title.span,
        format!("the {} has the title \"{}\"", known.title, title.text),
    )
    .label(format!("that is {}", article(&other.title)))
    .why("Whoever reads the title expects other duties of this seat than the file gives it.")
    .help(format!(
        "If the seat is that of the {}, write `{}:` as its key. If not, correct the title, or leave it out.",
        other.title, other.id
    ))
    .related(
        context.file,
        role.key.name.span,
        format!("the key says {}", known.title),
    )
}

/// A line about the seat's own duty that begins with the name of another role.
fn of_line(context: &FileContext<'_>, unit: &Unit, role: &Role, duty: &Duty) -> Option<Finding> {
    let catalog = context.catalog();
    let (named, reading) = unit.misnamed(role, duty, catalog)?;
    let named = catalog.role(named);
    let id = &catalog.duty(reading.duty).id;
    let title = context.role_title(role);
    let mut finding = RULE
        .finding(
            context.file,
            duty.span,
            format!("a line of the {title} is about the {}", named.title),
        )
        .label(format!("the {title}'s own: reads as `{id}`"))
        .why(format!(
            "`{id}` is what {} does, and the line gives it to the {}. One of the two names is wrong, or a line was copied.",
            article(title),
            named.title
        ))
        .help(format!(
            "If the {title} does it, begin with what is done, without the name. If the {} really does, move the line to `{}`. If the words mean something else, put the id that they mean before them: `- id: your words`.",
            named.title, named.id
        ))
        .about(
            unit.label(),
            format!("{} {id} {}", role.key.name.text, named.id),
        );
    if let Some(evidence) = Evidence::of(duty, context.source, &context.knowledge.recognizer) {
        finding.show(&evidence);
    }
    Some(finding)
}

fn article(title: &str) -> String {
    let vowel = title.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o']);
    format!("{} {title}", if vowel { "an" } else { "a" })
}
