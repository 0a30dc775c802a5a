use super::has_lost_words;
use crate::rules::mend::Mend;
use crate::rules::seats::SeatAt;
use crate::rules::{Check, FileContext, Finding, Fix, FixContext, Group, Rule};
use crate::spec::{Duties, Duty, Role, Unit};
use crate::syntax::Piece;
use crate::text::TextEdit;
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "empty-role",
    group: Group::Coverage,
    severity: Some(Severity::Warning),
    summary: "a role with no duties left but stand-ins, or with an empty list",
    why: "A role without a list of duties is assumed to hold those of the catalog. A role with an empty list says the \
          opposite: it answers for nothing. Most often somebody meant to fill the list later, and until then the work \
          belongs to nobody.",
    remedy: "Write down what the role answers for, in your own words or by the catalog's ids. If the catalog's duties are \
             right for you, remove the empty list: then they are assumed.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    duties: []\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n",
    misses: "A role whose duties are all there and that nobody carries out.",
    options: &[],
    check: Check::Unit(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    fixes(context).unwrap_or_default()
}

fn fixes(context: &FixContext<'_>) -> Option<Vec<Fix>> {
    let mend = Mend::own(context)?;
    let (_, role) = mend.seat(context.finding.span)?;
    let own = SeatAt::find(context, mend.file, role)?.own_duties(context);
    let ids: Vec<&str> = own.iter().map(|(_, def)| def.id.as_str()).collect();
    if ids.is_empty() {
        return None;
    }
    let fill = fill(&mend, role, &ids);
    let fill = fill.map(|edits| Fix::asked("Fill it from the catalog").edit(mend.file, edits));
    let assume = assume(&mend, role).map(|edits| {
        let title = "Remove the list, so that the catalog's duties are assumed";
        Fix::asked(title).edit(mend.file, edits)
    });
    Some(fill.into_iter().chain(assume).collect())
}

/// Writes the ids in place of the stand-ins, and what is left of them below. A stand-in with an id keeps it; nobody
/// knows what one with the id of another role is there for.
fn fill(mend: &Mend<'_>, role: &Role, ids: &[&str]) -> Option<Vec<TextEdit>> {
    let duties = role.duties.as_ref()?;
    let pinned: Vec<&str> = duties.items.iter().filter_map(id_of).collect();
    if !pinned.iter().all(|id| ids.contains(id)) {
        return None;
    }
    let mut ids = ids.iter().filter(|id| !pinned.contains(id));
    let mut edits = Vec::new();
    for stand_in in &duties.items {
        let is_one_line = !stand_in
            .span
            .slice(mend.source.text())
            .contains(['\n', '\r']);
        let item = mend
            .source
            .tree
            .item(stand_in.span)
            .filter(|_| is_one_line)?;
        if item.node.span() != stand_in.span || item.node.anchor().is_some() {
            return None;
        }
        match id_of(stand_in).or_else(|| ids.next().copied()) {
            Some(id) => edits.push(TextEdit::replace(stand_in.span, id)),
            None => edits.extend(mend.editor().remove(item)?),
        }
    }
    let rest: Vec<Piece> = ids.map(|id| Piece::text(id)).collect();
    if !rest.is_empty() {
        edits.extend(mend.add_duties(role, &rest, &[])?);
    }
    Some(edits)
}

/// The id of `roadmap: TBD`.
fn id_of(stand_in: &Duty) -> Option<&str> {
    stand_in.pin.as_ref().map(|pin| &*pin.text)
}

/// Takes the list out, unless nothing else says that there is a seat, or an id would be lost.
fn assume(mend: &Mend<'_>, role: &Role) -> Option<Vec<TextEdit>> {
    let duties = role.duties.as_ref()?;
    let entry = mend.source.tree.entry(duties.key.span)?;
    let is_alone = entry.mapping.entries().count() < 2;
    if is_alone || duties.items.iter().any(|duty| duty.pin.is_some()) {
        return None;
    }
    mend.editor().remove_entry(entry)
}

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    if has_lost_words(context, unit) {
        return;
    }
    for role in &unit.roles {
        let Some(duties) = &role.duties else { continue };
        if duties.real().next().is_some() || has_problems(context, duties) {
            continue;
        }
        let key = role.key.name.text.clone();
        findings.push(of_role(context, role, duties).about(unit.label(), key));
    }
}

/// Lines in a shape that cannot be read are lines all the same; `wrong-shape` speaks of them.
fn has_problems(context: &FileContext<'_>, duties: &Duties) -> bool {
    let problems = &context.source.spec.problems;
    problems
        .iter()
        .any(|problem| duties.span.range().contains(&(problem.span.start as usize)))
}

fn of_role(context: &FileContext<'_>, role: &Role, duties: &Duties) -> Finding {
    let combined = !role.combines.is_empty()
        || role
            .key
            .role
            .is_some_and(|known| !context.catalog().role(known).combines.is_empty());
    // The title of a combined seat reads like two.
    let name = if combined {
        format!("`{}`", role.key.name.text)
    } else {
        format!("the {}", context.role_title(role))
    };
    let stand_ins = duties.items.len();
    let key = &duties.key.text;
    let (message, label) = match stand_ins {
        0 => (format!("{name} answers for nothing"), "an empty list"),
        1 => (format!("{name} has no duty but a stand-in"), "no real duty"),
        _ => (
            format!("{name} has {stand_ins} duties, and all are stand-ins"),
            "no real duty",
        ),
    };
    let known = role.key.role.is_some_and(|known| {
        let catalog = context.catalog();
        let mut duties = catalog.duties();
        let combined = &catalog.role(known).combines;
        duties.any(|(_, duty)| duty.role == known || combined.contains(&duty.role))
    });
    let finding = RULE
        .finding(context.file, duties.key.span, message)
        .label(label)
        .why("A list, however short, says everything that the role answers for, so nothing is assumed here.");
    if known {
        finding.help(format!(
            "Write the duties, or remove `{key}:`; then the duties that the catalog gives to {name} are assumed."
        ))
    } else {
        finding.help(format!("Write the duties, or remove `{key}:`."))
    }
}
