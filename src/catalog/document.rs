use super::{Horizon, Model, Scope};
use crate::syntax::{Name, Node, Reader};
use crate::text::Span;

/// One catalog as written: a role or duty may be new, or change one of the catalog that it extends.
#[derive(Debug, Default)]
pub struct CatalogDocument {
    /// Its id.
    pub id: Name,
    /// The catalog it stands on: a built-in name or a path.
    pub extends: Option<Name>,
    /// Display title.
    pub title: Option<String>,
    /// Whose view of the roles it is.
    pub summary: Option<String>,
    /// The model that goes with it.
    pub model: Option<Model>,
    /// Where the view comes from.
    pub sources: Vec<String>,
    /// Its roles.
    pub roles: Vec<RoleEntry>,
    /// Its duties.
    pub duties: Vec<DutyEntry>,
    /// The whole document.
    pub span: Span,
    /// Whether it is one of the built-in catalogs.
    pub builtin: bool,
}

/// A role in a catalog document; what is not said stays as in the catalog below.
#[derive(Debug, Default)]
#[allow(missing_docs)] // The fields are those of `RoleDef`, as far as they are said.
pub struct RoleEntry {
    pub id: Name,
    pub title: Option<String>,
    pub aliases: Option<Vec<Name>>,
    pub scope: Option<Scope>,
    pub single: Option<bool>,
    pub in_team: Option<bool>,
    pub max_teams: Option<u32>,
    pub combines: Option<Vec<Name>>,
    pub purpose: Option<String>,
    pub reason: Option<String>,
}

/// A duty in a catalog document; what is not said stays as in the catalog below.
#[derive(Debug, Default)]
#[allow(missing_docs)] // The fields are those of `DutyDef`, as far as they are said.
pub struct DutyEntry {
    pub id: Name,
    pub title: Option<String>,
    pub role: Option<Name>,
    pub horizon: Option<Horizon>,
    pub core: Option<bool>,
    pub explain: Option<String>,
    pub look_alikes: Option<Vec<LookAlikeEntry>>,
    pub examples: Vec<String>,
    pub sources: Vec<String>,
    pub reason: Option<String>,
}

/// A look-alike in a catalog document.
#[derive(Debug)]
#[allow(missing_docs)] // The fields are those of `LookAlike`.
pub struct LookAlikeEntry {
    pub duty: Name,
    pub word: String,
    pub tell: String,
}

impl CatalogDocument {
    /// The keys of a catalog document.
    pub const KEYS: &'static [&'static str] = &[
        "catalog", "extends", "title", "summary", "model", "sources", "roles", "duties",
    ];
    /// The keys of one of its roles.
    pub const ROLE_KEYS: &'static [&'static str] = &[
        "title",
        "aliases",
        "scope",
        "single",
        "in_team",
        "max_teams",
        "combines",
        "purpose",
        "reason",
    ];
    /// The keys of one of its duties.
    pub const DUTY_KEYS: &'static [&'static str] = &[
        "title",
        "role",
        "horizon",
        "core",
        "explain",
        "look_alikes",
        "examples",
        "sources",
        "reason",
    ];
    /// The keys of one look-alike.
    pub const LOOK_ALIKE_KEYS: &'static [&'static str] = &["duty", "word", "tell"];

    /// Reads a catalog document. What does not fit goes to `reader`.
    pub fn read(root: Node<'_>, reader: &mut Reader) -> Self {
        let fields = reader.fields(root, "", "a catalog", Self::KEYS);
        let mut document = CatalogDocument {
            span: root.span(),
            ..Default::default()
        };
        for (key, value) in &fields.entries {
            match key.text().unwrap_or_default() {
                "catalog" => {
                    document.id =
                        Name::read(*value, "catalog", reader).unwrap_or(Name::empty(value.span()));
                }
                "extends" => document.extends = Name::read(*value, "extends", reader),
                "title" => document.title = text(*value, "title", reader),
                "summary" => document.summary = text(*value, "summary", reader),
                "model" => {
                    document.model = reader
                        .word(*value, "model", Model::WORDS)
                        .and_then(Model::from_word);
                }
                "sources" => document.sources = texts(*value, "sources", reader),
                "roles" => document.roles = named(*value, "roles", reader, read_role),
                "duties" => document.duties = named(*value, "duties", reader, read_duty),
                _ => {}
            }
        }
        document
    }
}

/// The entries of a mapping from ids to things.
fn named<T>(
    node: Node<'_>,
    key: &str,
    reader: &mut Reader,
    read: impl Fn(Name, Node<'_>, &mut Reader) -> T,
) -> Vec<T> {
    if node.is_null() {
        return Vec::new();
    }
    if !node.is_mapping() {
        reader.wrong_shape(node, key, "a group of ids, each with its description");
    }
    crate::syntax::Fields::of(node)
        .entries
        .iter()
        .filter_map(|(key, value)| Some(read(Name::read(*key, "", reader)?, *value, reader)))
        .collect()
}

fn read_role(id: Name, node: Node<'_>, reader: &mut Reader) -> RoleEntry {
    let mut role = RoleEntry {
        id,
        ..Default::default()
    };
    if node.is_null() {
        return role;
    }
    let fields = reader.fields(
        node,
        &role.id.text,
        "a role of a catalog",
        CatalogDocument::ROLE_KEYS,
    );
    for (key, value) in &fields.entries {
        let value = *value;
        match key.text().unwrap_or_default() {
            "title" => role.title = text(value, "title", reader),
            "aliases" => role.aliases = Some(Name::list(value, "aliases", reader)),
            "scope" => {
                role.scope = match reader.word(value, "scope", Scope::WORDS) {
                    Some("product") => Some(Scope::Product),
                    Some(_) => Some(Scope::Team),
                    None => None,
                }
            }
            "single" => role.single = reader.boolean(value, "single"),
            "in_team" => role.in_team = reader.boolean(value, "in_team"),
            "max_teams" => {
                role.max_teams = value.text().and_then(|text| text.parse().ok());
                if role.max_teams.is_none() {
                    reader.wrong_shape(value, "max_teams", "a whole number");
                }
            }
            "combines" => role.combines = Some(Name::list(value, "combines", reader)),
            "purpose" => role.purpose = text(value, "purpose", reader),
            "reason" => role.reason = text(value, "reason", reader),
            _ => {}
        }
    }
    role
}

fn read_duty(id: Name, node: Node<'_>, reader: &mut Reader) -> DutyEntry {
    let mut duty = DutyEntry {
        id,
        ..Default::default()
    };
    let fields = reader.fields(
        node,
        &duty.id.text,
        "a duty of a catalog",
        CatalogDocument::DUTY_KEYS,
    );
    for (key, value) in &fields.entries {
        let value = *value;
        match key.text().unwrap_or_default() {
            "title" => duty.title = text(value, "title", reader),
            "role" => duty.role = Name::read(value, "role", reader),
            "horizon" => {
                duty.horizon = reader
                    .word(value, "horizon", Horizon::WORDS)
                    .and_then(Horizon::from_word);
            }
            "core" => duty.core = reader.boolean(value, "core"),
            "explain" => duty.explain = text(value, "explain", reader),
            "look_alikes" => {
                duty.look_alikes = Some(
                    reader
                        .list(value)
                        .into_iter()
                        .filter_map(|item| read_look_alike(item, reader))
                        .collect(),
                );
            }
            "examples" => duty.examples = texts(value, "examples", reader),
            "sources" => duty.sources = texts(value, "sources", reader),
            "reason" => duty.reason = text(value, "reason", reader),
            _ => {}
        }
    }
    duty
}

fn read_look_alike(node: Node<'_>, reader: &mut Reader) -> Option<LookAlikeEntry> {
    let fields = reader.fields(
        node,
        "look_alikes",
        "a look-alike",
        CatalogDocument::LOOK_ALIKE_KEYS,
    );
    let mut said = |key: &'static str| {
        fields
            .get(key)
            .and_then(|value| text(value, key, reader))
            .unwrap_or_default()
    };
    let (word, tell) = (said("word"), said("tell"));
    Some(LookAlikeEntry {
        duty: Name::read(fields.get("duty")?, "duty", reader)?,
        word,
        tell,
    })
}

fn text(node: Node<'_>, key: &str, reader: &mut Reader) -> Option<String> {
    reader
        .text(node, key, "text")
        .map(|text| text.trim().to_owned())
}

fn texts(node: Node<'_>, key: &str, reader: &mut Reader) -> Vec<String> {
    reader
        .list(node)
        .into_iter()
        .filter_map(|item| text(item, key, reader))
        .collect()
}
