//! Names in a file that lead to other files.

use super::View;
use super::definition::{DefinedAt, unit_at};
use super::target::Subject;
use super::targets::targets;
use super::thing::CatalogAt;
use crate::spec::UnitKind;
use crate::text::Span;
use crate::workspace::Config;

/// A name that leads to a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The name.
    pub span: Span,
    /// The file.
    pub to: DefinedAt,
    /// The place in the file.
    pub at: Span,
    /// What it leads to, in a few words.
    pub tip: String,
}

/// The names of a file that lead to other files: products and teams, catalogs, and files that a configuration takes
/// in.
pub fn links(view: &View<'_>) -> Vec<Link> {
    let tree = &view.source.tree;
    let is_configuration = view.session.is_configuration(view.file);
    let mut links: Vec<Link> = targets(tree, view.catalog(), is_configuration)
        .into_iter()
        .filter(|target| !target.defines)
        .filter_map(|target| match &target.subject {
            Subject::Product(id) => unit(view, UnitKind::Product, id, target.span),
            Subject::Team(id) => unit(view, UnitKind::Team, id, target.span),
            Subject::Catalog(name) => catalog(view, name, target.span),
            _ => None,
        })
        .collect();
    if is_configuration {
        links.extend(included(view));
        links.sort_by_key(|link| link.span);
    }
    links
}

fn unit(view: &View<'_>, kind: UnitKind, id: &str, span: Span) -> Option<Link> {
    let (file, at) = unit_at(view, kind, id)?;
    (file != view.file).then(|| Link {
        span,
        to: DefinedAt::File(file),
        at,
        tip: format!("Open {} {id}", kind.name()),
    })
}

fn catalog(view: &View<'_>, name: &str, span: Span) -> Option<Link> {
    let to = match CatalogAt::of(name, view.file, view.session.files()) {
        CatalogAt::Builtin(name) => DefinedAt::Builtin(name),
        CatalogAt::File(path) => match view.session.file(&path) {
            Some(file) if view.session.is_ours(file) => DefinedAt::File(file),
            _ => path.is_file().then_some(DefinedAt::Path(path))?,
        },
    };
    Some(Link {
        span,
        to,
        at: Span::default(),
        tip: format!("Open catalog {name}"),
    })
}

/// Patterns under `include` that take in one file only.
fn included(view: &View<'_>) -> Vec<Link> {
    let files = view.session.files();
    let config = Config::read(files.path(view.file), view.source.tree.text());
    let mut found: Vec<(Span, Option<Link>)> = Vec::new();
    for facts in view.session.facts(view.file) {
        let Some(pattern) = config.included_by(files.path(facts.file)) else {
            continue;
        };
        match found.iter_mut().find(|(span, _)| *span == pattern.span) {
            // Of several files none is the one that is meant.
            Some((_, link)) => *link = None,
            None => {
                let link = Link {
                    span: pattern.span,
                    to: DefinedAt::File(facts.file),
                    at: Span::default(),
                    tip: format!("Open {}", files.shown(facts.file)),
                };
                found.push((pattern.span, Some(link)));
            }
        }
    }
    found.into_iter().filter_map(|(_, link)| link).collect()
}
