//! A duty: what it is, whose it is, what it is taken for, and who has a part in it.

use std::fmt::Write as _;

use super::super::View;
use super::super::target::Target;
use super::parts::parts;
use crate::catalog::{Catalog, DutyDef, DutyIx};
use crate::report::{changes_markdown, horizon_words, look_alike_markdown};
use crate::syntax::nearest;

/// A duty of the catalog that is named by its id.
pub(super) fn text(view: &View<'_>, target: &Target, duty: DutyIx) -> String {
    let catalog = view.catalog();
    let def = catalog.duty(duty);
    let mut page = format!("**{}** · `{}` · {}", def.title, def.id, owner(catalog, def));
    page.push_str(&meaning(catalog, duty));
    page.push_str(&parts(view, target, duty));
    page
}

/// Whose a duty is, and how far ahead it looks.
pub(super) fn owner(catalog: &Catalog, def: &DutyDef) -> String {
    let role = &catalog.role(def.role).title;
    match def.horizon {
        Some(horizon) => format!("{role} · {}", horizon_words(horizon)),
        None => role.clone(),
    }
}

/// What a duty is and why it is whose it is, and what of the other role it is taken for.
pub(super) fn meaning(catalog: &Catalog, duty: DutyIx) -> String {
    let def = catalog.duty(duty);
    let mut page = String::new();
    if !def.explain.is_empty() {
        let _ = write!(page, "\n\n{}", def.explain);
    }
    let changes = changes_markdown(catalog, &def.changes);
    if !changes.is_empty() {
        let _ = write!(page, "\n{}", changes.trim_end());
    }
    for other in look_alikes(catalog, duty) {
        let _ = write!(page, "\n\n**Easily taken for** {other}");
    }
    page
}

/// What a duty is easily taken for: duties of other roles, else those of its own.
fn look_alikes(catalog: &Catalog, duty: DutyIx) -> Vec<String> {
    let def = catalog.duty(duty);
    let (own, others): (Vec<_>, Vec<_>) = def
        .look_alikes
        .iter()
        .partition(|other| catalog.duty(other.duty).role == def.role);
    if !others.is_empty() {
        let others = others.into_iter();
        return others
            .map(|other| look_alike_markdown(catalog, other))
            .collect();
    }
    // The other side may be the one that says it.
    let mut from_there = catalog.duties().filter(|(_, other)| other.role != def.role);
    let from_there = from_there.find_map(|(_, other)| {
        let look_alike = other.look_alikes.iter().find(|one| one.duty == duty)?;
        let owner = &catalog.role(other.role).title;
        Some(format!(
            "`{}` ({owner}), which has the word *{}*. {}",
            other.id, look_alike.word, look_alike.tell
        ))
    });
    match from_there {
        Some(text) => vec![text],
        None => own
            .into_iter()
            .map(|other| look_alike_markdown(catalog, other))
            .collect(),
    }
}

/// An id that the catalog does not know.
pub(super) fn unknown(view: &View<'_>, target: &Target, id: &str) -> Option<String> {
    let catalog = view.catalog();
    if catalog.duty_count() == 0 || target.defines {
        return None;
    }
    let ids = catalog.duties().map(|(_, duty)| duty.id.as_str());
    let near = nearest(id, ids).map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
    Some(match target.seat {
        Some(_) => format!("The catalog has no duty `{id}`.{near}"),
        None => format!(
            "`{id}` · a duty of your own: the catalog does not know it, so it may be anybody's.{near}"
        ),
    })
}
