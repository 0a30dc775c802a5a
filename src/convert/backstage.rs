//! The catalog of Backstage: groups are teams, users are people, systems are products.

use super::draft::{Draft, id_of, one_line, push_once};
use super::leaves::{Taken, at};
use crate::spec::UnitKind;
use crate::syntax::{Node, Tree};

/// What groups are called that are teams, whatever lies below them.
const TEAM_TYPES: &[&str] = &["team", "squad", "crew"];

/// Whether a stream has entities of Backstage.
pub(super) fn is_there(tree: &Tree) -> bool {
    tree.documents()
        .iter()
        .filter_map(|document| tree.root(document))
        .any(is_entity)
}

fn is_entity(root: Node<'_>) -> bool {
    root.get("kind").is_some() && root.get("metadata").is_some()
}

fn kind(root: Node<'_>) -> &str {
    root.get("kind").and_then(Node::text).unwrap_or_default()
}

/// Reads the entities of several streams, which point to each other.
pub(super) fn read(trees: &[&Tree], draft: &mut Draft) {
    let documents = trees.iter().flat_map(|tree| {
        let roots = tree.documents().iter();
        roots.filter_map(|document| tree.root(document))
    });
    let documents: Vec<Node<'_>> = documents.collect();
    // Those that others point to come first.
    for root in documents.iter().filter(|root| kind(**root) == "Group") {
        group(*root, draft);
    }
    for root in documents
        .iter()
        .filter(|root| matches!(kind(**root), "System" | "Domain"))
    {
        system(*root, draft);
    }
    for root in &documents {
        match kind(*root) {
            "Group" | "System" | "Domain" => {}
            "User" => user(*root, draft),
            "Component" | "API" | "Resource" => component(*root, draft),
            _ => draft.rest.push(all_of(*root)),
        }
    }
}

/// The id at the end of a reference such as `group:default/checkout`.
fn reference(text: &str) -> String {
    id_of(text.rsplit([':', '/']).next().unwrap_or(text), "unnamed")
}

/// Whether a reference says more than its end and the usual.
fn says_more(text: &str) -> bool {
    let (before, _) = text.rsplit_once([':', '/']).unwrap_or_default();
    let parts = before.split([':', '/']).map(str::to_lowercase);
    parts
        .filter(|part| !part.is_empty())
        .any(|part| !["user", "group", "system", "default"].contains(&part.as_str()))
}

/// Id, name and purpose.
fn heading(root: Node<'_>, taken: &mut Taken) -> (String, Option<String>, Option<String>) {
    // What marks it as an entity says nothing of it.
    taken.text(root, &["apiVersion"]);
    taken.text(root, &["kind"]);
    let id = taken.text(root, &["metadata", "name"]).unwrap_or_default();
    let shown = taken.text(root, &["spec", "profile", "displayName"]);
    let title = match &shown {
        Some(_) => None,
        None => taken.text(root, &["metadata", "title"]),
    };
    let purpose = taken.text(root, &["metadata", "description"]);
    (id, shown.or(title), purpose)
}

fn group(root: Node<'_>, draft: &mut Draft) {
    let mut taken = Taken::default();
    let is_type = |node: Node<'_>| {
        node.text()
            .is_some_and(|text| TEAM_TYPES.contains(&text.to_lowercase().as_str()))
    };
    let filled = |path: &[&str]| at(root, path).is_some_and(|list| list.items().next().is_some());
    let is_team = at(root, &["spec", "type"]).is_some_and(is_type)
        || !filled(&["spec", "children"])
        || filled(&["spec", "members"]);
    if !is_team {
        // A department has no roles of its own.
        draft.rest.push(all_of(root));
        return;
    }
    let (name, shown, purpose) = heading(root, &mut taken);
    let unit = draft.unit(UnitKind::Team, &id_of(&name, "team"));
    unit.call(&name);
    if let Some(shown) = shown {
        unit.call(&shown);
    }
    unit.purpose = purpose;
    for member in taken.list(root, &["spec", "members"]) {
        if says_more(&member) {
            push_once(&mut unit.above, format!("Member: {member}"));
        }
        push_once(&mut unit.members, reference(&member));
    }
    for text in taken.left(root) {
        push_once(&mut unit.rest, text);
    }
}

fn user(root: Node<'_>, draft: &mut Draft) {
    let mut taken = Taken::default();
    let (name, shown, purpose) = heading(root, &mut taken);
    let email = taken.text(root, &["spec", "profile", "email"]);
    let groups = taken.list(root, &["spec", "memberOf"]);
    let id = id_of(&name, "person");
    let mut above: Vec<String> = purpose.into_iter().collect();
    if name != id {
        above.push(name);
    }
    for group in groups {
        let team = reference(&group);
        let known = draft
            .units
            .iter_mut()
            .find(|unit| unit.kind == UnitKind::Team && unit.id == team);
        match known.filter(|_| !says_more(&group)) {
            Some(unit) => push_once(&mut unit.members, id.clone()),
            None => above.push(format!("Member of {group}")),
        }
    }
    let person = draft.person(&id);
    person.name = shown.or(person.name.take());
    person.email = email.or(person.email.take());
    person
        .above
        .extend(above.into_iter().chain(taken.left(root)));
}

fn system(root: Node<'_>, draft: &mut Draft) {
    let mut taken = Taken::default();
    let (name, shown, purpose) = heading(root, &mut taken);
    let owner = taken.text(root, &["spec", "owner"]);
    let id = id_of(&name, "product");
    let team = owner.as_deref().map(reference);
    let is_team = team.as_ref().is_some_and(|team| {
        draft
            .units
            .iter()
            .any(|unit| unit.kind == UnitKind::Team && unit.id == *team)
    });
    let unit = draft.unit(UnitKind::Product, &id);
    unit.call(&name);
    if let Some(shown) = shown {
        unit.call(&shown);
    }
    match (&unit.purpose, purpose) {
        (Some(_), Some(more)) => push_once(&mut unit.above, more),
        (_, purpose) => unit.purpose = purpose.or(unit.purpose.take()),
    }
    if let (Some(owner), Some(team)) = (owner, team) {
        if is_team {
            push_once(&mut unit.teams, team);
        }
        if !is_team || says_more(&owner) {
            push_once(&mut unit.above, format!("Owner: {owner}"));
        }
    }
    for text in taken.left(root) {
        push_once(&mut unit.rest, text);
    }
}

fn component(root: Node<'_>, draft: &mut Draft) {
    let mut taken = Taken::default();
    let owner = taken.text(root, &["spec", "owner"]);
    let system = taken.text(root, &["spec", "system"]);
    let team = owner.as_deref().map(reference);
    let product = system.as_deref().map(reference);
    let place = |kind: UnitKind, id: &Option<String>, draft: &Draft| {
        let id = id.as_ref()?;
        draft
            .units
            .iter()
            .position(|unit| unit.kind == kind && unit.id == *id)
    };
    let (team_at, product_at) = (
        place(UnitKind::Team, &team, draft),
        place(UnitKind::Product, &product, draft),
    );
    if let (Some(_), Some(at), Some(team)) = (team_at, product_at, &team) {
        push_once(&mut draft.units[at].teams, team.clone());
    }
    // What it is itself has no place in a role file.
    let said = all_of(root);
    match team_at.or(product_at) {
        Some(at) => push_once(&mut draft.units[at].rest, said),
        None => push_once(&mut draft.rest, said),
    }
}

/// Everything that an entity says, on one line.
fn all_of(root: Node<'_>) -> String {
    let all = Taken::default().left(root);
    let all = all
        .iter()
        .filter(|text| !text.starts_with("apiVersion: backstage.io/"));
    let all: Vec<String> = all.map(|text| one_line(text)).collect();
    all.join(", ")
}
