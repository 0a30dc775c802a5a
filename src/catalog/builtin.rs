use std::sync::Arc;

use super::CatalogDocument;
use crate::syntax::{Reader, parse};

/// The names of the built-in catalogs.
pub const BUILTIN_NAMES: &[&str] = &["popm", "scrum", "safe", "none"];

/// A built-in catalog as it is written.
pub fn builtin_text(name: &str) -> Option<&'static str> {
    Some(match name {
        "popm" => include_str!("builtin/popm.yaml"),
        "scrum" => include_str!("builtin/scrum.yaml"),
        "safe" => include_str!("builtin/safe.yaml"),
        "none" => include_str!("builtin/none.yaml"),
        _ => return None,
    })
}

/// A built-in catalog.
pub fn builtin(name: &str) -> Option<CatalogDocument> {
    let text: Arc<str> = builtin_text(name)?.into();
    let tree = parse(&text);
    let root = tree
        .documents()
        .first()
        .and_then(|first| tree.root(first))?;
    let mut document = CatalogDocument::read(root, &mut Reader::default());
    document.builtin = true;
    Some(document)
}

#[cfg(test)]
mod tests {
    use super::super::{Catalog, SCRUM_MASTER};
    use super::*;

    #[test]
    fn every_builtin_catalog_reads_without_a_problem() {
        for name in BUILTIN_NAMES {
            let text: Arc<str> = builtin_text(name).unwrap().into();
            let tree = parse(&text);
            assert!(tree.errors().is_empty(), "{name}: {:?}", tree.errors());
            let root = tree.root(&tree.documents()[0]).unwrap();
            let mut reader = Reader::default();
            let document = CatalogDocument::read(root, &mut reader);
            assert!(reader.problems.is_empty(), "{name}: {:?}", reader.problems);
            let catalog = Catalog::resolve(&[document]);
            assert_eq!(
                catalog.model.name(),
                match *name {
                    "popm" => "two-roles",
                    other => other,
                }
            );
        }
    }

    #[test]
    fn popm_is_complete() {
        let catalog = Catalog::builtin("popm");
        assert_eq!(catalog.duty_count(), 15);
        assert!(catalog.find_role(SCRUM_MASTER).is_some());
        assert_eq!(catalog.find_role("Product Owner"), catalog.product_owner());
        assert_eq!(catalog.find_role("PM"), None);
        for (_, duty) in catalog.duties() {
            assert!(
                duty.examples.len() >= 25,
                "{}: {} examples",
                duty.id,
                duty.examples.len()
            );
            assert!(!duty.explain.is_empty() && !duty.title.is_empty());
            assert!(duty.horizon.is_some(), "{}", duty.id);
            assert!(!duty.look_alikes.is_empty(), "{}", duty.id);
        }
    }

    #[test]
    fn no_two_duties_of_a_catalog_share_an_example() {
        for name in BUILTIN_NAMES {
            let catalog = Catalog::builtin(name);
            let mut seen = std::collections::HashMap::new();
            for (_, duty) in catalog.duties() {
                for example in &duty.examples {
                    let other = seen.insert(example.to_lowercase(), &duty.id);
                    assert_eq!(other, None, "{name}: {example}");
                }
            }
        }
    }
}
