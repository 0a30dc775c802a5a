//! Ways to mend findings, in SARIF.

use serde_json::{Value, json};

use super::sarif::{message, region};
use super::site::Sites;
use crate::rules::{Fix, Safety, Target};

/// A mend. SARIF changes files that are there: what makes a new file is left out.
pub(super) fn fix(fix: &Fix, sites: &mut Sites<'_>) -> Option<Value> {
    let changes: Vec<Value> = fix
        .changes
        .iter()
        .map(|change| {
            let Target::File(file) = change.target else {
                return None;
            };
            let mut edits = change.edits.clone();
            // As for texts: insertions at one place keep their order.
            edits.sort_by_key(|edit| edit.span);
            let replacements: Vec<Value> = edits
                .iter()
                .map(|edit| {
                    let deleted = region(&sites.whole(file, edit.span));
                    json!({"deletedRegion": deleted, "insertedContent": {"text": edit.text}})
                })
                .collect();
            Some(json!({
                "artifactLocation": sites.artifact(file),
                "replacements": replacements,
            }))
        })
        .collect::<Option<_>>()?;
    let when = match fix.safety {
        Safety::Safe => "",
        Safety::Asked => " (if you agree)",
    };
    Some(json!({
        "description": message(&format!("{}{when}", fix.title)),
        "artifactChanges": changes,
    }))
}
