//! What stands at a place.

use ecow::EcoString;

use super::View;
use crate::catalog::{Catalog, DutyIx, Model, RoleIx};
use crate::rules::{Group, Rule, find};
use crate::spec::{DUTIES_WORDS, Ignore, person_in};
use crate::syntax::{Node, Step};
use crate::text::Span;

/// Something that a file names.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A person, by id or name as written.
    Person(EcoString),
    /// A team, by id.
    Team(EcoString),
    /// A product, by id.
    Product(EcoString),
    /// A role, as written, and what the catalog makes of it.
    Role(EcoString, Option<RoleIx>),
    /// A duty, by id as written, and what the catalog makes of it.
    Duty(EcoString, Option<DutyIx>),
    /// A duty in free text: its words.
    Line(EcoString),
    /// A catalog: a built-in name or a path.
    Catalog(EcoString),
    /// A model.
    Model(Model),
    /// A rule, in an ignore comment or in a configuration.
    Rule(&'static Rule),
    /// A group of rules, in a configuration.
    Group(Group),
    /// A key of the format; what it belongs to: `team`, `product`, `role`, `holder`, `vacancy`, `duty`, `shared`, `people`,
    /// `person`, `catalog`, `catalog role`, `catalog duty`, `look-alike`, `configuration`, `exception`.
    Key(&'static str, EcoString),
    /// A word that is the value of a key, such as a status or a horizon.
    Word(EcoString, EcoString),
}

/// What stands at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// What it is.
    pub subject: Subject,
    /// Where it stands, quotes included.
    pub span: Span,
    /// Whether this is where it is defined, and not only named.
    pub defines: bool,
    /// The key of the seat that it stands in, where it stands in one.
    pub seat: Option<Span>,
    /// The entry that has it as one of its own names, where one does.
    pub entry: Option<Entry>,
}

/// The entry of a person in a people document, or of a role in a catalog, at one of its own names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its key: the id.
    pub id: EcoString,
    /// Whether the name is that id, and not what stands beside it: a name, a title, an alias.
    pub by_id: bool,
}

impl Entry {
    fn of(path: &Path<'_>) -> Option<Self> {
        let (id, by_id) = match (path.keys.as_slice(), path.on_key) {
            (["people", "[]"], false) => (path.text(), true),
            (["people", id] | ["people", "[]", id] | ["roles", id], true) => (*id, true),
            (
                ["people", id]
                | ["people", "[]", id]
                | ["people", id, "name"]
                | ["people", "[]", id, "name"]
                | ["roles", id, "title" | "aliases"]
                | ["roles", id, "aliases", "[]"],
                false,
            ) => (*id, false),
            _ => return None,
        };
        Some(Self {
            id: id.trim().into(),
            by_id,
        })
    }
}

/// What stands at `offset`, if it is something to be said about.
pub fn target(view: &View<'_>, offset: u32) -> Option<Target> {
    let tree = &view.source.tree;
    let at = Span {
        start: offset,
        end: offset,
    };
    if let Some(found) = in_comment(view, offset) {
        return Some(found);
    }
    let steps = tree.steps(at);
    let Some(Step::Root(root)) = steps.first().copied() else {
        return None;
    };
    let path = Path::of(&steps, offset)?;
    let is_configuration = view.session.is_configuration(view.file);
    path.target(root, view.catalog(), is_configuration)
}

/// The keys that lead to a place, and the node at its end.
pub(super) struct Path<'a> {
    /// The keys from the top; `[]` for the item of a list.
    pub keys: Vec<&'a str>,
    /// Whether the place is in the last key and not in its value.
    pub on_key: bool,
    /// The scalar at the place.
    pub node: Node<'a>,
    /// The key of the role, under `roles:`.
    pub seat: Option<Span>,
}

impl<'a> Path<'a> {
    fn of(steps: &[Step<'a>], offset: u32) -> Option<Self> {
        let mut keys = Vec::new();
        let mut node = None;
        let mut on_key = false;
        let mut seat = None;
        for step in steps {
            match step {
                Step::Root(root) => node = Some(*root),
                Step::Item(item) => {
                    // A list of roles is read as if its dashes were not there.
                    if keys != ["roles"] {
                        keys.push("[]");
                    }
                    node = Some(item.node);
                }
                Step::Entry(entry) => {
                    let span = entry.key.span();
                    on_key = span.start <= offset && offset <= span.end;
                    keys.push(entry.key.text()?);
                    if keys.len() == 2 && keys.first() == Some(&"roles") {
                        seat = Some(span);
                    }
                    node = Some(if on_key { entry.key } else { entry.value });
                }
            }
        }
        let node = node?;
        // Between things there is nothing to be said about.
        let is_near = node.span().start <= offset && offset <= node.span().end;
        let is_scalar = node.text().is_some() && is_near;
        is_scalar.then_some(Self {
            keys,
            on_key,
            node,
            seat,
        })
    }

    /// What stands there, in the document whose top is `root`.
    pub fn target(
        &self,
        root: Node<'_>,
        catalog: &Catalog,
        is_configuration: bool,
    ) -> Option<Target> {
        let has = |key: &str| root.get(key).is_some();
        let (found, entry) = if is_configuration {
            (in_configuration(self), None)
        } else if has("team") || has("product") || (has("roles") && !has("catalog")) {
            (in_unit(catalog, root, self), None)
        } else if has("people") {
            (in_people(self), Entry::of(self))
        } else if has("catalog") {
            (in_catalog(catalog, self), Entry::of(self))
        } else {
            (None, None)
        };
        found.map(|(subject, span, defines)| Target {
            subject,
            span,
            defines,
            seat: self.seat,
            entry,
        })
    }

    fn text(&self) -> &'a str {
        self.node.text().unwrap_or_default().trim()
    }

    fn name(&self) -> EcoString {
        self.text().into()
    }
}

type Found = Option<(Subject, Span, bool)>;

fn in_unit(catalog: &Catalog, root: Node<'_>, path: &Path<'_>) -> Found {
    let span = path.node.span();
    let is_team = root.get("team").is_some();
    let place = if is_team { "team" } else { "product" };
    let name = path.name();
    let names = |subject: Subject| Some((subject, span, false));
    let key = |place: &'static str| Some((Subject::Key(place, path.name()), span, false));
    let role = |name: EcoString| {
        let known = catalog.find_role(&name);
        Subject::Role(name, known)
    };
    let duty = |name: EcoString| {
        let known = catalog.find_duty(&name);
        Subject::Duty(name, known)
    };
    let keys = path.keys.as_slice();
    if path.on_key {
        return match keys {
            [_] => key(place),
            ["roles", _] => names(role(name)),
            ["roles", _, "holder" | "holders", _, ..] | ["roles", _, "[]", _] => key("holder"),
            ["roles", _, "vacant", "cover", _] => key("holder"),
            ["roles", _, "vacant", _] => key("vacancy"),
            ["roles", _, word, "[]", one] if is_duties(word) => match *one {
                "text" | "as" | "horizon" | "until" | "notes" => key("duty"),
                _ => names(duty(name)),
            },
            ["roles", _, word, _] if is_duties(word) => names(duty(name)),
            ["roles", _, one] if crate::spec::HOLDER_KEYS.contains(one) => key("holder"),
            ["roles", _, _] => key("role"),
            ["shared", "[]", _] => key("shared"),
            _ => None,
        };
    }
    match keys {
        ["team"] => Some((Subject::Team(name), span, true)),
        ["product"] => Some((Subject::Product(name), span, !is_team)),
        ["teams"] | ["teams", "[]"] => names(Subject::Team(name)),
        ["members"] | ["members", "[]"] => names(Subject::Person(name)),
        ["model"] => names(Subject::Model(Model::from_word(&name)?)),
        ["roles", _]
        | ["roles", _, "[]" | "holder" | "holders" | "person"]
        | ["roles", _, "holder" | "holders", "[]" | "person"]
        | ["roles", _, "holder" | "holders", "[]", "person"]
        | ["roles", _, "[]", "person"]
        | ["roles", _, "vacant", "cover"]
        | ["roles", _, "vacant", "cover", "person"] => {
            // Without a status that stands in the name.
            names(Subject::Person(person_in(path.text())))
        }
        ["roles", _, "combines" | "works_with"] | ["roles", _, "combines" | "works_with", "[]"] => {
            names(role(name))
        }
        ["roles", _, word] | ["roles", _, word, "[]"] if is_duties(word) => {
            match catalog.find_duty(&name) {
                Some(known) => names(Subject::Duty(name, Some(known))),
                None => names(Subject::Line(name)),
            }
        }
        ["roles", _, word, "[]", "as"] if is_duties(word) => names(duty(name)),
        [
            "roles",
            _,
            word,
            "[]",
            one @ ("horizon" | "until" | "notes"),
        ] if is_duties(word) => names(Subject::Word((*one).into(), name)),
        ["roles", _, word, "[]", _] | ["roles", _, word, _] if is_duties(word) => {
            names(Subject::Line(name))
        }
        ["shared", "[]", "duty"] => names(duty(name)),
        [
            "shared",
            "[]",
            "accountable" | "responsible" | "consulted" | "informed",
        ]
        | [
            "shared",
            "[]",
            "accountable" | "responsible" | "consulted" | "informed",
            "[]",
        ] => names(role(name)),
        [.., one] if *one != "[]" => names(Subject::Word((*one).into(), name)),
        _ => None,
    }
}

fn is_duties(word: &str) -> bool {
    word == "duties" || DUTIES_WORDS.contains(&word)
}

fn in_people(path: &Path<'_>) -> Found {
    let span = path.node.span();
    match (path.keys.as_slice(), path.on_key) {
        (["people"], true) => Some((Subject::Key("people", path.name()), span, false)),
        (["people", _] | ["people", "[]", _], true) | (["people", "[]"], false) => {
            Some((Subject::Person(path.name()), span, true))
        }
        (["people", _] | ["people", "[]", _], false) => {
            Some((Subject::Person(path.name()), span, true))
        }
        (["people", _, _] | ["people", "[]", _, _], true) => {
            Some((Subject::Key("person", path.name()), span, false))
        }
        (["people", _, "name"] | ["people", "[]", _, "name"], false) => {
            Some((Subject::Person(path.name()), span, true))
        }
        ([.., one], false) => Some((Subject::Word((*one).into(), path.name()), span, false)),
        _ => None,
    }
}

fn in_catalog(catalog: &Catalog, path: &Path<'_>) -> Found {
    let span = path.node.span();
    let name = path.name();
    let role = || {
        let known = catalog.find_role(&name);
        Subject::Role(name.clone(), known)
    };
    let duty = || {
        let known = catalog.find_duty(&name);
        Subject::Duty(name.clone(), known)
    };
    match (path.keys.as_slice(), path.on_key) {
        ([_], true) => Some((Subject::Key("catalog", name), span, false)),
        (["catalog"], false) => Some((Subject::Catalog(name), span, true)),
        (["extends"], false) => Some((Subject::Catalog(name), span, false)),
        (["model"], false) => Some((Subject::Model(Model::from_word(&name)?), span, false)),
        (["roles", _], true) => Some((role(), span, true)),
        (["duties", _], true) => Some((duty(), span, true)),
        (["roles", _, _], true) => Some((Subject::Key("catalog role", name), span, false)),
        (["duties", _, _], true) => Some((Subject::Key("catalog duty", name), span, false)),
        (["duties", _, "look_alikes", "[]", _], true) => {
            Some((Subject::Key("look-alike", name), span, false))
        }
        (["roles", _, "combines"] | ["roles", _, "combines", "[]"], false) => {
            Some((role(), span, false))
        }
        // Other names of a role are its own, too, whatever else is called so.
        (["roles", id, "title" | "aliases"] | ["roles", id, "aliases", "[]"], false) => {
            Some((Subject::Role(name, catalog.find_role(id)), span, true))
        }
        (["duties", _, "role"], false) => Some((role(), span, false)),
        (["duties", _, "look_alikes", "[]", "duty"], false) => Some((duty(), span, false)),
        (["duties", _, "examples"] | ["duties", _, "examples", "[]"], false) => {
            Some((Subject::Line(name), span, false))
        }
        ([.., one], false) if *one != "[]" => {
            Some((Subject::Word((*one).into(), name), span, false))
        }
        _ => None,
    }
}

fn in_configuration(path: &Path<'_>) -> Found {
    let span = path.node.span();
    let name = path.name();
    let rule = || {
        let known = find(&name).map(Subject::Rule);
        known.or_else(|| Group::from_word(&name).map(Subject::Group))
    };
    match (path.keys.as_slice(), path.on_key) {
        ([_], true) => Some((Subject::Key("configuration", name), span, false)),
        (["catalog"], false) => Some((Subject::Catalog(name), span, false)),
        (["model"], false) => Some((Subject::Model(Model::from_word(&name)?), span, false)),
        (["rules", _], true) | (["exceptions", "[]", "rule"], false) => {
            Some((rule()?, span, false))
        }
        (["rules", rule, _], true) => {
            let (known, option) = (find(rule)?, &*name);
            let is_option = known.options.iter().any(|one| one.name == option);
            (is_option || option == "severity").then_some((Subject::Rule(known), span, false))
        }
        (["rules", _], false) => Some((Subject::Word("severity".into(), name), span, false)),
        (["exceptions", "[]", _], true) => Some((Subject::Key("exception", name), span, false)),
        ([.., one], false) if *one != "[]" => {
            Some((Subject::Word((*one).into(), name), span, false))
        }
        _ => None,
    }
}

/// A rule in an ignore comment.
fn in_comment(view: &View<'_>, offset: u32) -> Option<Target> {
    let tree = &view.source.tree;
    let mut comments = tree.comments().iter();
    comments.find(|comment| comment.span.start <= offset && offset <= comment.span.end)?;
    let ignores = Ignore::all(tree);
    let (rule, span) = ignores
        .iter()
        .flat_map(|ignore| &ignore.rules)
        .find(|(_, span)| span.start <= offset && offset <= span.end)?;
    Some(Target {
        subject: Subject::Rule(find(rule)?),
        span: *span,
        defines: false,
        seat: None,
        entry: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Session;

    /// What stands at `‸` in a role file, with its text.
    fn at(text: &str) -> Option<(Subject, String, bool)> {
        let offset = u32::try_from(text.find('‸').unwrap()).unwrap();
        let text = text.replace('‸', "");
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        let path = base.join("checkout.roles.yaml");
        std::fs::write(&path, &text).unwrap();
        let mut session = Session::new(base.clone(), vec![base], None);
        session.refresh();
        let file = session.file(&path).unwrap();
        let view = View::of(&session, file).unwrap();
        let found = target(&view, offset)?;
        let shown = found.span.slice(&text).to_owned();
        Some((found.subject, shown, found.defines))
    }

    #[test]
    fn whatever_a_file_names_is_found_where_it_stands() {
        let person = |name: &str| Subject::Person(name.into());
        for (text, subject, shown, defines) in [
            (
                "team: check‸out\nroles: {}\n",
                Subject::Team("checkout".into()),
                "checkout",
                true,
            ),
            (
                "team: a\nproduct: ‸shop\n",
                Subject::Product("shop".into()),
                "shop",
                false,
            ),
            (
                "product: shop‸\n",
                Subject::Product("shop".into()),
                "shop",
                true,
            ),
            (
                "product: s\nteams: [a, b‸]\n",
                Subject::Team("b".into()),
                "b",
                false,
            ),
            (
                "team: a\nroles:\n  product-owner: be‸n\n",
                person("ben"),
                "ben",
                false,
            ),
            (
                "team: a\nroles:\n  product-owner: 'be‸n (acting)'\n",
                person("ben"),
                "'ben (acting)'",
                false,
            ),
            (
                "team: a\nroles:\n  po: {vacant: {cover: e‸ve}}\n",
                person("eve"),
                "eve",
                false,
            ),
            (
                "team: a\nroles:\n  po: {person: e‸ve, status: acting}\n",
                person("eve"),
                "eve",
                false,
            ),
            (
                "team: a\nroles:\n  po:\n    ho‸lder: eve\n",
                Subject::Key("role", "holder".into()),
                "holder",
                false,
            ),
            (
                "team: a\nroles:\n  po:\n    holder: {sta‸tus: acting}\n",
                Subject::Key("holder", "status".into()),
                "status",
                false,
            ),
            (
                "people:\n  a‸na: {name: Ana Lima}\n",
                person("ana"),
                "ana",
                true,
            ),
            (
                "team: a\nroles:\n  po:\n    duties: [Groom the b‸acklog]\n",
                Subject::Line("Groom the backlog".into()),
                "Groom the backlog",
                false,
            ),
        ] {
            assert_eq!(
                at(text),
                Some((subject, shown.to_owned(), defines)),
                "{text}"
            );
        }
    }

    #[test]
    fn roles_duties_and_rules_are_those_of_the_catalog() {
        let is_role = |text: &str| matches!(at(text), Some((Subject::Role(_, Some(_)), _, false)));
        let is_duty = |text: &str| matches!(at(text), Some((Subject::Duty(_, Some(_)), _, false)));
        assert!(is_role("team: a\nroles:\n  p‸o: ben\n"));
        assert!(is_role(
            "team: a\nroles:\n  po: {works_with: [product-m‸anager]}\n"
        ));
        assert!(is_role(
            "team: a\nshared:\n  - {duty: roadmap, accountable: product-‸owner}\n"
        ));
        assert!(is_duty(
            "team: a\nroles:\n  po:\n    duties:\n      - ‸roadmap: Own it\n"
        ));
        assert!(is_duty(
            "team: a\nroles:\n  po:\n    duties:\n      - roadmap‸\n"
        ));
        assert!(is_duty(
            "team: a\nroles:\n  po:\n    duties:\n      - text: x\n        as: roadm‸ap\n"
        ));
        assert!(is_duty(
            "team: a\nshared:\n  - {duty: road‸map, accountable: product-owner}\n"
        ));
        let rule = at("team: a # rolelint: ignore missing-‸role -- agreed\n");
        assert!(matches!(rule, Some((Subject::Rule(rule), _, false)) if rule.id == "missing-role"));
    }

    #[test]
    fn between_things_there_is_nothing() {
        for text in [
            "team: a\n‸\nroles: {}\n",
            "team: a\nroles:\n‸  po: ben\n",
            "‸# hello\nteam: a\n",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }
}
