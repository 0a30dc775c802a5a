//! Giving something another name, wherever it is named.

mod edits;
mod fit;
mod naming;

use super::occurrences::{Scope, occurrences};
use super::target::Target;
use super::{Place, View};
use crate::text::{Span, TextEdit};
use crate::workspace::FileId;

use edits::{in_file, names_somebody};
use fit::{check_free, check_written};
use naming::{Naming, Start};

/// What a rename starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The name, without quotes and without words that are no part of it.
    pub span: Span,
    /// The name.
    pub name: String,
}

/// The edits of a rename, by file.
pub type Renames = Vec<(FileId, Vec<TextEdit>)>;

/// What is renamed at `offset`; `None` where nothing has a name.
///
/// # Errors
/// Why what stands there keeps its name, in a sentence for people.
pub fn prepare(view: &View<'_>, offset: u32) -> Result<Option<Renamed>, String> {
    let start = Start::of(view, offset)?;
    Ok(start.map(|start| Renamed {
        span: start.span,
        name: start.old.into(),
    }))
}

/// Gives what stands at `offset` another name, everywhere in its organisation. Of the names that something has, an id
/// and a title say, only that one changes which stands there, and whatever goes by it.
///
/// # Errors
/// Why that cannot be, in a sentence for people.
pub fn rename(
    view: &View<'_>,
    offset: u32,
    name: &str,
    is_given_up: &dyn Fn() -> bool,
) -> Result<Renames, String> {
    let start = Start::of(view, offset)?
        .ok_or_else(|| "There is nothing here that has a name of its own.".to_owned())?;
    let new = name.trim();
    if *start.old == *new {
        return Ok(Vec::new());
    }
    check_written(new)?;
    check_free(view, &start, new, is_given_up)?;
    check_namesakes(view, &start, is_given_up)?;
    let found = match start.naming {
        Naming::Nobody => vec![(view.file, vec![start.target.span])],
        _ => places(view, &start.target, is_given_up),
    };
    let mut done = Vec::new();
    for (file, places) in found {
        if is_given_up() {
            return Err("Nobody waits for this any more.".to_owned());
        }
        let edits = in_file(view, file, &places, &start, new)?;
        if !edits.is_empty() {
            done.push((file, edits));
        }
    }
    Ok(done)
}

/// The places where something is named, by file.
fn places(
    view: &View<'_>,
    target: &Target,
    is_given_up: &dyn Fn() -> bool,
) -> Vec<(FileId, Vec<Span>)> {
    let found = occurrences(view, target, Scope::Organisation, is_given_up);
    let mut places: Vec<(FileId, Vec<Span>)> = Vec::new();
    for Place { file, span } in found.into_iter().map(|one| one.place) {
        match places.last_mut() {
            Some((last, spans)) if *last == file => spans.push(span),
            _ => places.push((file, vec![span])),
        }
    }
    places
}

/// Whether the name of somebody may change that others have, too: as long as files call one of them by it, nobody can
/// tell whether they have to follow.
fn check_namesakes(
    view: &View<'_>,
    start: &Start<'_>,
    is_given_up: &dyn Fn() -> bool,
) -> Result<(), String> {
    let Some(namesakes) = start.namesakes(view) else {
        return Ok(());
    };
    let by_name = Target {
        entry: None,
        ..start.target.clone()
    };
    for (file, places) in places(view, &by_name, is_given_up) {
        if names_somebody(view, file, &places, &start.old) {
            return Err(format!(
                "More than one person is called `{}` ({namesakes}), and {} names one of them by that name alone. Please write an id there first, so that nobody is mixed up.",
                start.old,
                view.session.files().shown(file)
            ));
        }
    }
    Ok(())
}
