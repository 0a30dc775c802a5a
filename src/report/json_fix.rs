//! The mends of a finding in the JSON output.

use schemars::JsonSchema;
use serde::Serialize;

use super::JsonPosition;
use super::excerpt::Texts;
use crate::rules::{Fix, Safety, Sources, Target};

/// One way to mend a finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Fix")]
pub struct JsonFix {
    /// What it does, in plain words.
    pub title: String,
    /// Whether it may be made without asking.
    pub safety: JsonSafety,
    /// What it changes, file by file, in order of place; places are those of the file as it is, so that edits are best
    /// applied from the last to the first. All of them belong together: one without the others would do harm.
    pub edits: Vec<JsonEdit>,
}

/// Whether a mend may be made without asking.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Safety")]
#[serde(rename_all = "kebab-case")]
pub enum JsonSafety {
    /// The meaning of the files does not change by it, or only to what was clearly meant: `--fix` applies it.
    Safe,
    /// Somebody has to agree: `--fix` applies it only with `--unsafe-fixes`, and of several the first one.
    Asked,
}

/// A place in a file, and what is to stand there instead.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Edit")]
pub struct JsonEdit {
    /// The file; it need not be that of the finding.
    pub file: String,
    /// Whether the file is not there yet; then the text is all of it.
    pub creates: bool,
    /// Where what is replaced starts.
    pub start: JsonPosition,
    /// Where it ends; this place is not part of it. Where it is the start, the text is put in.
    pub end: JsonPosition,
    /// What stands there afterwards.
    pub text: String,
}

pub(super) fn json_fix(fix: Fix, sources: &Sources, texts: &mut Texts<'_>) -> JsonFix {
    let files = sources.files();
    let mut edits = Vec::new();
    for mut change in fix.changes {
        // As for texts: insertions at one place keep their order.
        change.edits.sort_by_key(|edit| edit.span);
        let (shown, file) = match &change.target {
            Target::File(file) => (files.shown(*file), Some(*file)),
            Target::New(path) => (files.show(path), None),
        };
        for edit in change.edits {
            let mut position = |offset| match file {
                Some(file) => texts.position(file, offset).into(),
                None => JsonPosition {
                    line: 1,
                    column: 1,
                    byte: 0,
                },
            };
            edits.push(JsonEdit {
                file: shown.clone().into_owned(),
                creates: file.is_none(),
                start: position(edit.span.start),
                end: position(edit.span.end),
                text: edit.text,
            });
        }
    }
    JsonFix {
        title: fix.title,
        safety: match fix.safety {
            Safety::Safe => JsonSafety::Safe,
            Safety::Asked => JsonSafety::Asked,
        },
        edits,
    }
}
