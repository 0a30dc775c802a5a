//! Catalogs and models.

use std::fmt::Write as _;

use super::super::thing::CatalogAt;
use super::super::{View, format};
use crate::catalog::{Catalog, CatalogDocument, Model, builtin};
use crate::report::count;
use crate::spec::Document;
use crate::workspace::Takeover;

/// A catalog by its name or path.
pub(super) fn catalog(view: &View<'_>, name: &str, defines: bool) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    if defines {
        let own = documents(view).find(|document| *document.id.text == *name)?;
        return Some(described(own, name));
    }
    match CatalogAt::of(name, view.file, view.session.files()) {
        CatalogAt::Builtin(name) => Some(described(&builtin(name)?, name)),
        CatalogAt::File(path) => {
            let other = view.session.file(&path).and_then(|file| view.other(file));
            let Some(other) = other else {
                let shown = view.session.files().show(&path).into_owned();
                return Some(format!(
                    "There is no file `{shown}`. The built-in catalogs are `popm`, `scrum`, `safe` and `none`."
                ));
            };
            let found = documents(&other).next();
            Some(match found {
                Some(document) => described(document, name),
                None => format!("`{name}` holds no catalog: none of its documents has `catalog:`."),
            })
        }
    }
}

fn documents<'v>(view: &'v View<'_>) -> impl Iterator<Item = &'v CatalogDocument> {
    let documents = view.source.spec.documents.iter();
    documents.filter_map(|document| match document {
        Document::Catalog(document) => Some(document),
        _ => None,
    })
}

fn described(document: &CatalogDocument, name: &str) -> String {
    let id = &document.id.text;
    let mut page = match &document.title {
        Some(title) => format!("**{title}** · catalog `{id}`"),
        None => format!("**{id}** · catalog"),
    };
    if document.builtin {
        page.push_str(" · built in");
    } else if name != &**id {
        let _ = write!(page, " · {name}");
    }
    if let Some(summary) = &document.summary {
        let _ = write!(page, "\n\n{summary}");
    }
    let (roles, duties) = (document.roles.len(), document.duties.len());
    let what = format!(
        "{} and {duties} {}",
        count(roles, "role"),
        if duties == 1 { "duty" } else { "duties" }
    );
    let _ = match (&document.extends, document.builtin) {
        (_, true) => write!(page, "\n\nHas {what}."),
        (Some(base), false) => {
            write!(
                page,
                "\n\nAdds or changes {what} on top of `{}`.",
                base.text
            )
        }
        (None, false) => write!(page, "\n\nAdds or changes {what} on top of `popm`."),
    };
    if let Some(model) = document.model {
        let _ = write!(page, " Goes with the model `{}`.", model.name());
    }
    page
}

/// A model: which roles must exist, and whose the duties of one are that need not.
pub(super) fn model(model: Model) -> String {
    let meaning = format::word("model", model.name()).unwrap_or_default();
    let mut page = format!("**`{}`** {meaning}", model.name());
    let catalog = Catalog::builtin("popm");
    if let Some(takeover) = Takeover::of(model, &catalog)
        && !meaning.contains("duties")
    {
        let (absent, by) = (catalog.role(takeover.absent), catalog.role(takeover.by));
        let _ = write!(
            page,
            "\n\nNo {} has to exist: those duties are the {}'s.",
            absent.title, by.title
        );
    }
    page
}
