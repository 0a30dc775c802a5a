//! The `sigs.yaml` of a community in groups: who chairs each, who leads its technical work, what it looks after.

use super::draft::{Draft, Holder, id_of, push_once};
use super::leaves::{Taken, at};
use crate::catalog::Catalog;
use crate::spec::UnitKind;
use crate::syntax::{Node, Tree};

/// The lists of groups.
const LISTS: &[&str] = &["sigs", "workinggroups", "usergroups", "committees"];
/// What leads a group, as the role is called here.
const LEADERS: &[(&str, &str)] = &[("chairs", "Chair"), ("tech_leads", "Tech Lead")];

/// Whether a stream is such a list.
pub(super) fn is_there(tree: &Tree) -> bool {
    let roots = tree
        .documents()
        .iter()
        .filter_map(|document| tree.root(document));
    let mut lists = roots.flat_map(|root| LISTS.iter().filter_map(move |key| root.get(key)));
    lists.any(|list| {
        list.items()
            .any(|group| group.get("leadership").is_some() || group.get("dir").is_some())
    })
}

/// Reads the groups of a stream.
pub(super) fn read(tree: &Tree, catalog: &Catalog, draft: &mut Draft) {
    for root in tree
        .documents()
        .iter()
        .filter_map(|document| tree.root(document))
    {
        for (key, value) in root.entries() {
            let name = key.text().unwrap_or_default();
            if LISTS.contains(&name) {
                for node in value.items() {
                    group(node, name, catalog, draft);
                }
            } else {
                let left = Taken::default().left(value);
                draft
                    .rest
                    .extend(left.into_iter().map(|text| format!("{name} {text}")));
            }
        }
    }
}

fn group(node: Node<'_>, list: &str, catalog: &Catalog, draft: &mut Draft) {
    let mut taken = Taken::default();
    let folder = taken.text(node, &["dir"]);
    let name = taken.text(node, &["name"]);
    let called = folder.as_deref().or(name.as_deref()).unwrap_or_default();
    let id = id_of(called, "group");
    let projects: Vec<Node<'_>> = at(node, &["subprojects"])
        .into_iter()
        .flat_map(Node::items)
        .collect();
    // A group with projects of its own is to them what a product is to its teams.
    let kind = if projects.is_empty() {
        UnitKind::Team
    } else {
        UnitKind::Product
    };
    let purpose = taken.text(node, &["mission_statement"]);
    let mut seats = Vec::new();
    for (key, title) in LEADERS {
        let people = at(node, &["leadership", key])
            .into_iter()
            .flat_map(Node::items);
        let people: Vec<String> = people
            .filter_map(|person| leader(person, &mut taken, draft))
            .collect();
        if !people.is_empty() {
            seats.push((*title, people));
        }
    }
    let teams: Vec<String> = projects
        .iter()
        .map(|project| subproject(*project, &id, &mut taken, draft))
        .collect();
    let unit = draft.unit(kind, &id);
    if list != "sigs" {
        push_once(&mut unit.above, list.to_owned());
    }
    if let Some(folder) = folder.filter(|folder| *folder != id) {
        push_once(&mut unit.above, folder);
    }
    if let Some(name) = &name {
        unit.call(name);
    }
    unit.purpose = purpose;
    // Such groups have neither Product Manager nor Product Owner.
    unit.model = Some("none");
    unit.teams.extend(teams);
    for (title, people) in seats {
        let seat = unit.seat(title, catalog);
        for person in people {
            seat.hold(Holder {
                person,
                ..Holder::default()
            });
        }
    }
    unit.rest.extend(taken.left(node));
}

/// Somebody who leads, by id.
fn leader(node: Node<'_>, taken: &mut Taken, draft: &mut Draft) -> Option<String> {
    let account = taken.text(node, &["github"]);
    let name = taken.text(node, &["name"]);
    let email = taken.text(node, &["email"]);
    let company = taken.text(node, &["company"]);
    let called = account
        .clone()
        .or_else(|| name.clone())
        .or_else(|| node.text().map(str::to_owned))?;
    if node.text().is_some() {
        taken.take(node);
    }
    let id = id_of(&called, "person");
    let person = draft.person(&id);
    if called != id {
        push_once(&mut person.above, called);
    }
    for (slot, text) in [(&mut person.name, name), (&mut person.email, email)] {
        match (&slot, text) {
            (Some(known), Some(text)) if *known != text => push_once(&mut person.above, text),
            (None, Some(text)) => *slot = Some(text),
            _ => {}
        }
    }
    if let Some(company) = company {
        push_once(&mut person.above, format!("Company: {company}"));
    }
    Some(id)
}

fn subproject(node: Node<'_>, group: &str, taken: &mut Taken, draft: &mut Draft) -> String {
    let name = taken
        .text(node, &["name"])
        .or_else(|| taken.take(node))
        .unwrap_or_default();
    let purpose = taken.text(node, &["description"]);
    let id = id_of(&name, "subproject");
    let is_free = |id: &str| {
        !draft
            .units
            .iter()
            .any(|unit| unit.kind == UnitKind::Team && unit.id == id)
    };
    let id = if is_free(&id) {
        id
    } else {
        id_of(&format!("{group} {name}"), "subproject")
    };
    let mut own = Taken::default();
    for path in [["name"], ["description"]] {
        own.text(node, &path);
    }
    let left = if node.is_mapping() {
        own.left(node)
    } else {
        Vec::new()
    };
    // They stand with the team.
    taken.all(node);
    let unit = draft.unit(UnitKind::Team, &id);
    unit.call(&name);
    unit.purpose = purpose;
    unit.product = Some(group.to_owned());
    unit.rest.extend(left);
    id
}
