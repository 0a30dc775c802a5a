use std::collections::HashMap;

use super::{
    Catalog, CatalogDocument, DutyDef, DutyEntry, DutyIx, LookAlike, Model, RoleDef, RoleEntry,
    RoleIx, Scope, builtin, simple_name,
};
use crate::syntax::Name;

/// One catalog of a chain.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whose view it is.
    pub summary: String,
    /// Where the view comes from.
    pub sources: Vec<String>,
    /// Whether it is one of the built-in catalogs.
    pub builtin: bool,
}

/// What a layer changed in a role or duty that it did not bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The layer, an index into [`Catalog::layers`].
    pub layer: usize,
    /// The keys that it says anew.
    pub keys: Vec<&'static str>,
    /// Why, in the organisation's words.
    pub reason: Option<String>,
}

impl Catalog {
    /// A built-in catalog by itself. An unknown name gives the empty catalog.
    pub fn builtin(name: &str) -> Catalog {
        Self::resolve(builtin(name).as_slice())
    }

    /// What `documents`, base first, say together. A duty whose role is defined nowhere gets that role, so
    /// that everything else can still be checked; the rule `unresolved-reference` reports it.
    pub fn resolve(documents: &[CatalogDocument]) -> Catalog {
        let mut catalog = Catalog {
            layers: Vec::new(),
            model: Model::default(),
            roles: Vec::new(),
            duties: Vec::new(),
            role_names: HashMap::new(),
            duty_ids: HashMap::new(),
        };
        for (layer, document) in documents.iter().enumerate() {
            let id = document.id.text.to_string();
            catalog.layers.push(Layer {
                title: document.title.clone().unwrap_or_else(|| id.clone()),
                id,
                summary: document.summary.clone().unwrap_or_default(),
                sources: document.sources.clone(),
                builtin: document.builtin,
            });
            catalog.model = document.model.unwrap_or(catalog.model);
            for role in &document.roles {
                catalog.add_role(role, layer);
            }
            for role in &document.roles {
                catalog.combine(role, layer);
            }
            for duty in &document.duties {
                catalog.add_duty(duty, layer);
            }
            for duty in &document.duties {
                catalog.add_look_alikes(duty);
            }
        }
        catalog
    }

    fn add_role(&mut self, entry: &RoleEntry, layer: usize) {
        let id = &entry.id.text;
        let known = self.role_names.get(simple_name(id).as_str()).copied();
        let known = known.filter(|role| *self.roles[role.0 as usize].id == **id);
        let role = known.unwrap_or_else(|| self.new_role(id, layer));
        let Some(def) = self.roles.get_mut(role.0 as usize) else {
            return;
        };
        let mut keys = Vec::new();
        set(&mut def.title, &entry.title, "title", &mut keys);
        set(&mut def.scope, &entry.scope, "scope", &mut keys);
        set(&mut def.single, &entry.single, "single", &mut keys);
        set(&mut def.in_team, &entry.in_team, "in_team", &mut keys);
        set(&mut def.purpose, &entry.purpose, "purpose", &mut keys);
        if entry.max_teams.is_some() {
            def.max_teams = entry.max_teams;
            keys.push("max_teams");
        }
        if let Some(aliases) = &entry.aliases {
            keys.push("aliases");
            for alias in aliases {
                if !def.aliases.iter().any(|known| **known == *alias.text) {
                    def.aliases.push(alias.text.to_string());
                }
            }
        }
        if known.is_some() && !keys.is_empty() {
            def.changes.push(Change {
                layer,
                keys,
                reason: entry.reason.clone(),
            });
        }
        let names: Vec<String> = std::iter::once(&def.title)
            .chain(&def.aliases)
            .map(|name| simple_name(name))
            .collect();
        for name in names {
            // An id always means its own role; of two aliases the later layer's counts.
            let taken = self.role_names.get(&name).is_some_and(|other| {
                *other != role && simple_name(&self.roles[other.0 as usize].id) == name
            });
            if !taken {
                self.role_names.insert(name, role);
            }
        }
    }

    fn new_role(&mut self, id: &str, layer: usize) -> RoleIx {
        let role = RoleIx(u16::try_from(self.roles.len()).unwrap_or(u16::MAX));
        self.roles.push(RoleDef {
            id: id.to_owned(),
            title: title_of(id),
            aliases: Vec::new(),
            scope: Scope::Team,
            single: false,
            in_team: false,
            max_teams: None,
            combines: Vec::new(),
            purpose: String::new(),
            origin: layer,
            changes: Vec::new(),
        });
        self.role_names.insert(simple_name(id), role);
        role
    }

    fn combine(&mut self, entry: &RoleEntry, layer: usize) {
        let (Some(parts), Some(role)) = (&entry.combines, self.find_role(&entry.id.text)) else {
            return;
        };
        let parts = parts
            .iter()
            .map(|part| self.role_or_new(part, layer))
            .filter(|part| *part != role)
            .collect();
        if let Some(def) = self.roles.get_mut(role.0 as usize) {
            def.combines = parts;
        }
    }

    fn role_or_new(&mut self, name: &Name, layer: usize) -> RoleIx {
        match self.find_role(&name.text) {
            Some(role) => role,
            None => self.new_role(&name.text, layer),
        }
    }

    fn add_duty(&mut self, entry: &DutyEntry, layer: usize) {
        let id = &*entry.id.text;
        let role = entry
            .role
            .as_ref()
            .map(|role| self.role_or_new(role, layer));
        let known = self.find_duty(id);
        let duty = match (known, role) {
            (Some(duty), _) => duty,
            // Without a role there is nobody to answer for it; `wrong-shape` asks for one.
            (None, None) => return,
            (None, Some(role)) => {
                let duty = DutyIx(u16::try_from(self.duties.len()).unwrap_or(u16::MAX));
                self.duty_ids.insert(id.to_owned(), duty);
                self.duties.push(DutyDef {
                    id: id.to_owned(),
                    title: title_of(id),
                    role,
                    horizon: None,
                    core: false,
                    explain: String::new(),
                    look_alikes: Vec::new(),
                    examples: Vec::new(),
                    first_examples: 0,
                    sources: Vec::new(),
                    origin: layer,
                    changes: Vec::new(),
                });
                duty
            }
        };
        let Some(def) = self.duties.get_mut(duty.0 as usize) else {
            return;
        };
        let mut keys = Vec::new();
        set(&mut def.title, &entry.title, "title", &mut keys);
        set(&mut def.role, &role, "role", &mut keys);
        set(&mut def.core, &entry.core, "core", &mut keys);
        set(&mut def.explain, &entry.explain, "explain", &mut keys);
        if entry.horizon.is_some() {
            def.horizon = entry.horizon;
            keys.push("horizon");
        }
        if !entry.examples.is_empty() {
            def.examples.extend(entry.examples.iter().cloned());
            keys.push("examples");
            if known.is_none() {
                def.first_examples = def.examples.len();
            }
        }
        if !entry.sources.is_empty() {
            def.sources.extend(entry.sources.iter().cloned());
            keys.push("sources");
        }
        if known.is_some() && !keys.is_empty() {
            def.changes.push(Change {
                layer,
                keys,
                reason: entry.reason.clone(),
            });
        }
    }

    fn add_look_alikes(&mut self, entry: &DutyEntry) {
        let (Some(entries), Some(duty)) = (&entry.look_alikes, self.find_duty(&entry.id.text))
        else {
            return;
        };
        let look_alikes = entries
            .iter()
            .filter_map(|other| {
                Some(LookAlike {
                    duty: self.find_duty(&other.duty.text)?,
                    word: other.word.clone(),
                    tell: other.tell.clone(),
                })
            })
            .collect();
        if let Some(def) = self.duties.get_mut(duty.0 as usize) {
            def.look_alikes = look_alikes;
        }
    }
}

fn set<T: Clone>(field: &mut T, said: &Option<T>, key: &'static str, keys: &mut Vec<&'static str>) {
    if let Some(said) = said {
        *field = said.clone();
        keys.push(key);
    }
}

/// A readable title for an id that has none: `tech-lead` is "Tech lead".
fn title_of(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut characters = words.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}
