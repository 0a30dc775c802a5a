use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::catalog::{BUILTIN_NAMES, Catalog, CatalogDocument, builtin};
use crate::syntax::{Name, Reader, nearest, parse};
use crate::text::Span;

/// Something that keeps a catalog from being read.
#[derive(Clone, Debug)]
pub struct CatalogProblem {
    /// The file that names the catalog.
    pub file: PathBuf,
    /// Where it names it.
    pub span: Span,
    /// The name.
    pub name: String,
    /// What is wrong.
    pub kind: CatalogProblemKind,
}

/// The kinds of [`CatalogProblem`].
#[derive(Clone, Debug)]
pub enum CatalogProblemKind {
    /// Neither a built-in catalog nor a file; the built-in that was probably meant.
    Missing(Option<&'static str>),
    /// The file holds no catalog document.
    NoCatalog,
    /// It extends itself, in the end.
    Cycle,
}

/// Reads the catalog that `name`, written in `file` at `span`, stands for, and everything that it extends.
/// What cannot be read is reported, and the built-in `popm` takes its place. `read` gives a file's text.
pub fn load_catalog(
    file: &Path,
    name: &Name,
    read: &dyn Fn(&Path) -> Option<Arc<str>>,
) -> (Catalog, Vec<CatalogProblem>) {
    let mut problems = Vec::new();
    let mut chain: Vec<CatalogDocument> = Vec::new();
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut file = file.to_owned();
    let mut wanted = name.clone();
    loop {
        let text = &*wanted.text;
        let problem = |kind| CatalogProblem {
            file: file.clone(),
            span: wanted.span,
            name: text.to_owned(),
            kind,
        };
        if let Some(document) = builtin(text) {
            chain.push(document);
            break;
        }
        let path = file.parent().unwrap_or(Path::new("")).join(text);
        let path = normal(&path);
        let failed = if seen.contains(&path) {
            Some(CatalogProblemKind::Cycle)
        } else {
            match read(&path) {
                None => Some(CatalogProblemKind::Missing(nearest(
                    text,
                    BUILTIN_NAMES.iter().copied(),
                ))),
                Some(text) => match first_catalog(&text) {
                    None => Some(CatalogProblemKind::NoCatalog),
                    Some(document) => {
                        let next = document.extends.clone();
                        chain.push(document);
                        seen.push(path.clone());
                        match next {
                            Some(next) => {
                                file = path;
                                wanted = next;
                                continue;
                            }
                            None => None,
                        }
                    }
                },
            }
        };
        problems.extend(failed.map(problem));
        // A catalog that names none stands on the default one.
        chain.extend(builtin("popm"));
        break;
    }
    chain.reverse();
    (Catalog::resolve(&chain), problems)
}

fn first_catalog(text: &Arc<str>) -> Option<CatalogDocument> {
    let tree = parse(text);
    let root = tree
        .documents()
        .iter()
        .filter_map(|document| tree.root(document))
        .find(|root| root.get("catalog").is_some() && root.get("team").is_none())?;
    Some(CatalogDocument::read(root, &mut Reader::default()))
}

/// A path without `.` and `..`, as far as its text tells.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                if !normal.pop() {
                    normal.push("..");
                }
            }
            other => normal.push(other),
        }
    }
    normal
}
