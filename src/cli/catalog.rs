use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};

use super::args::{CatalogArgs, CatalogFormat};
use super::{Failure, Output, Status};
use crate::catalog::{BUILTIN_NAMES, Catalog, Change, DutyDef, Horizon, RoleIx};
use crate::report::{Paint, count, horizon_words, wrap};
use crate::syntax::{Name, Tree};
use crate::text::Span;
use crate::workspace::{CatalogProblemKind, discover, load_catalog};

pub(super) fn run(args: &CatalogArgs, output: &Output) -> Result<Status, Failure> {
    let catalog = find_catalog(args.name.as_deref())?;
    output.print(|out| match args.format {
        CatalogFormat::Text => text(&catalog, output, out),
        CatalogFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &to_json(&catalog))?;
            writeln!(out)
        }
        CatalogFormat::Yaml => {
            let yaml =
                serde_yaml::to_string(&to_document(&catalog)).map_err(std::io::Error::other)?;
            write!(out, "{yaml}")
        }
    })?;
    Ok(Status::Clean)
}

/// The catalog of a name or path, else the one that applies in the current folder.
pub(super) fn find_catalog(name: Option<&str>) -> Result<Catalog, Failure> {
    let base = std::env::current_dir()?;
    let read = |path: &Path| -> Option<Arc<str>> {
        let tree = Tree::of_bytes(std::fs::read(path).ok()?);
        Some(Arc::clone(tree.text()))
    };
    let (file, name) = match name {
        Some(name) => (base.join("-"), Name::new(name, Span::default())),
        None => match applying(&base) {
            Some(found) => found,
            None => return Ok(Catalog::builtin("popm")),
        },
    };
    let (catalog, problems) = load_catalog(&file, &name, &read);
    match problems.into_iter().next() {
        None => Ok(catalog),
        Some(problem) => Err(Failure::new(match problem.kind {
            CatalogProblemKind::Missing(Some(near)) => {
                format!(
                    "there is no catalog `{}`; did you mean `{near}`?",
                    problem.name
                )
            }
            CatalogProblemKind::Missing(None) => format!(
                "there is no catalog `{}`: it is none of the built-in ones ({}), and no such file can be read",
                problem.name,
                BUILTIN_NAMES.join(", ")
            ),
            CatalogProblemKind::NoCatalog => {
                format!(
                    "{} holds no document that starts with `catalog:`",
                    problem.name
                )
            }
            CatalogProblemKind::Cycle => {
                format!("the catalog `{}` extends itself, in the end", problem.name)
            }
        })),
    }
}

/// What names the catalog that applies in a folder: a configuration, with the name in it.
fn applying(base: &Path) -> Option<(PathBuf, Name)> {
    let discovery = discover(base, &[PathBuf::from(".")], &[]).ok()?;
    let nearest = discovery.nearest(&base.join("-"));
    discovery
        .chain(nearest)
        .find_map(|(_, config)| Some((config.path.clone(), config.catalog.clone()?)))
}

fn text(catalog: &Catalog, output: &Output, out: &mut dyn Write) -> std::io::Result<()> {
    let paint = Paint::new(output.color);
    for (number, layer) in catalog.layers.iter().enumerate().rev() {
        let under = if number + 1 == catalog.layers.len() {
            ""
        } else {
            "extends "
        };
        writeln!(out, "{under}{} ({})", paint.bold(&layer.title), layer.id)?;
        if !layer.summary.is_empty() {
            writeln!(
                out,
                "  {}",
                wrap(&layer.summary, output.width - 2).replace('\n', "\n  ")
            )?;
        }
    }
    writeln!(
        out,
        "  {}, {}, goes with model: {}\n",
        count(catalog.roles().count(), "role"),
        match catalog.duty_count() {
            1 => "1 duty".to_owned(),
            duties => format!("{duties} duties"),
        },
        catalog.model.name()
    )?;
    let widest = catalog
        .duties()
        .map(|(_, duty)| duty.id.len())
        .max()
        .unwrap_or(0);
    let mut others = Vec::new();
    for (ix, role) in catalog.roles() {
        if catalog.duties_of(ix).next().is_none() && role.combines.is_empty() {
            let from = layer_of(catalog, role.origin, &role.changes);
            others.push(format!(
                "{}{}",
                role.id,
                from.map(|from| format!(" [{from}]")).unwrap_or_default()
            ));
            continue;
        }
        let from = layer_of(catalog, role.origin, &role.changes);
        writeln!(
            out,
            "{} ({}){}",
            paint.bold(&role.title),
            role.id,
            from.map(|from| paint.dim(&format!(" [{from}]")))
                .unwrap_or_default()
        )?;
        if !role.aliases.is_empty() {
            let aliases = wrap(&role.aliases.join(", "), output.width - 17)
                .replace('\n', "\n                 ");
            writeln!(out, "  also called: {aliases}")?;
        }
        if !role.combines.is_empty() {
            let parts: Vec<&str> = role
                .combines
                .iter()
                .map(|part| catalog.role(*part).id.as_str())
                .collect();
            writeln!(out, "  one seat of: {}", parts.join(" and "))?;
        }
        for (_, duty) in catalog.duties_of(ix) {
            let mark = if duty.core { "●" } else { " " };
            let horizon = duty.horizon.map_or("", horizon_words);
            let from = layer_of(catalog, duty.origin, &duty.changes);
            writeln!(
                out,
                "  {mark} {:<widest$}  {horizon:<11}  {}{}",
                duty.id,
                duty.title,
                from.map(|from| paint.dim(&format!("  [{from}]")))
                    .unwrap_or_default()
            )?;
            for change in &duty.changes {
                if let Some(reason) = &change.reason {
                    writeln!(
                        out,
                        "    {:<widest$}  {}",
                        "",
                        paint.dim(&format!("because: {reason}"))
                    )?;
                }
            }
        }
        writeln!(out)?;
    }
    if !others.is_empty() {
        let others = wrap(&others.join(", "), output.width - 2).replace('\n', "\n  ");
        writeln!(
            out,
            "{}\n  {others}\n",
            paint.bold("Other roles, without duties in this catalog")
        )?;
    }
    writeln!(
        out,
        "● must be held by somebody. `rolelint explain DUTY` tells more of a duty."
    )
}

/// Where an answer comes from, where it could come from several catalogs.
fn layer_of(catalog: &Catalog, origin: usize, changes: &[Change]) -> Option<String> {
    if catalog.layers.len() < 2 {
        return None;
    }
    let id = |layer: usize| {
        catalog
            .layers
            .get(layer)
            .map_or("", |layer| layer.id.as_str())
    };
    let mut from = id(origin).to_owned();
    for change in changes {
        from.push_str(&format!(
            "; {} changed {}",
            id(change.layer),
            change.keys.join(", ")
        ));
    }
    Some(from)
}

fn to_json(catalog: &Catalog) -> Value {
    json!({
        "id": catalog.id(),
        "model": catalog.model.name(),
        "layers": catalog.layers.iter().map(|layer| json!({
            "id": layer.id, "title": layer.title, "summary": layer.summary, "sources": layer.sources,
        })).collect::<Vec<_>>(),
        "roles": catalog.roles().map(|(ix, _)| role_json(catalog, ix)).collect::<Vec<_>>(),
        "duties": catalog.duties().map(|(_, duty)| duty_json(catalog, duty)).collect::<Vec<_>>(),
    })
}

fn changes_json(catalog: &Catalog, changes: &[Change]) -> Vec<Value> {
    let id = |layer: usize| {
        catalog
            .layers
            .get(layer)
            .map_or("", |layer| layer.id.as_str())
    };
    changes
        .iter()
        .map(|change| json!({"catalog": id(change.layer), "keys": change.keys, "reason": change.reason}))
        .collect()
}

pub(super) fn role_json(catalog: &Catalog, ix: RoleIx) -> Value {
    let role = catalog.role(ix);
    json!({
        "kind": "role",
        "id": role.id,
        "title": role.title,
        "aliases": role.aliases,
        "scope": role.scope.name(),
        "single": role.single,
        "in_team": role.in_team,
        "max_teams": role.max_teams,
        "combines": role.combines.iter().map(|part| &catalog.role(*part).id).collect::<Vec<_>>(),
        "purpose": role.purpose,
        "duties": catalog.duties_of(ix).map(|(_, duty)| &duty.id).collect::<Vec<_>>(),
        "catalog": catalog.layers.get(role.origin).map(|layer| &layer.id),
        "changes": changes_json(catalog, &role.changes),
    })
}

pub(super) fn duty_json(catalog: &Catalog, duty: &DutyDef) -> Value {
    json!({
        "kind": "duty",
        "id": duty.id,
        "title": duty.title,
        "role": catalog.role(duty.role).id,
        "horizon": duty.horizon.map(Horizon::name),
        "core": duty.core,
        "explain": duty.explain,
        "look_alikes": duty.look_alikes.iter().map(|other| json!({
            "duty": catalog.duty(other.duty).id, "word": other.word, "tell": other.tell,
        })).collect::<Vec<_>>(),
        "examples": duty.examples,
        "sources": duty.sources,
        "catalog": catalog.layers.get(duty.origin).map(|layer| &layer.id),
        "changes": changes_json(catalog, &duty.changes),
    })
}

/// The catalog as one document that needs no other.
fn to_document(catalog: &Catalog) -> Value {
    let mut roles = serde_json::Map::new();
    for (_, role) in catalog.roles() {
        let mut entry = serde_json::Map::new();
        entry.insert("title".to_owned(), json!(role.title));
        let mut put = |key: &str, value: Value, said: bool| {
            if said {
                entry.insert(key.to_owned(), value);
            }
        };
        put("aliases", json!(role.aliases), !role.aliases.is_empty());
        put("scope", json!(role.scope.name()), true);
        put("single", json!(true), role.single);
        put("in_team", json!(true), role.in_team);
        put("max_teams", json!(role.max_teams), role.max_teams.is_some());
        let parts: Vec<&String> = role
            .combines
            .iter()
            .map(|part| &catalog.role(*part).id)
            .collect();
        put("combines", json!(parts), !parts.is_empty());
        put("purpose", json!(role.purpose), !role.purpose.is_empty());
        roles.insert(role.id.clone(), Value::Object(entry));
    }
    let mut duties = serde_json::Map::new();
    for (_, duty) in catalog.duties() {
        let mut entry = serde_json::Map::new();
        entry.insert("title".to_owned(), json!(duty.title));
        entry.insert("role".to_owned(), json!(catalog.role(duty.role).id));
        let mut put = |key: &str, value: Value, said: bool| {
            if said {
                entry.insert(key.to_owned(), value);
            }
        };
        put(
            "horizon",
            json!(duty.horizon.map(Horizon::name)),
            duty.horizon.is_some(),
        );
        put("core", json!(true), duty.core);
        put("explain", json!(duty.explain), !duty.explain.is_empty());
        let others: Vec<Value> = duty
            .look_alikes
            .iter()
            .map(|other| json!({"duty": catalog.duty(other.duty).id, "word": other.word, "tell": other.tell}))
            .collect();
        put("look_alikes", json!(others), !others.is_empty());
        put("examples", json!(duty.examples), !duty.examples.is_empty());
        put("sources", json!(duty.sources), !duty.sources.is_empty());
        duties.insert(duty.id.clone(), Value::Object(entry));
    }
    json!({
        "catalog": catalog.id(),
        "extends": "none",
        "model": catalog.model.name(),
        "roles": roles,
        "duties": duties,
    })
}
