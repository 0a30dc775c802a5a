//! Which rule speaks where two would say the same of one line.

use std::collections::HashMap;

use super::Finding;
use super::ownership::wrong_role::RULE as WRONG_ROLE;
use super::wording::compound_duty::RULE as COMPOUND_DUTY;
use crate::workspace::FileId;

/// Takes out what another finding says better: a line that joins duties of two roles is not also on the wrong
/// seat. Once it is split, each part is where it belongs or is told so.
pub(super) fn once(findings: &mut Vec<Finding>) {
    let mut lines: HashMap<FileId, Vec<u32>> = HashMap::new();
    for finding in findings
        .iter()
        .filter(|finding| *finding.rule == COMPOUND_DUTY)
    {
        let starts = lines.entry(finding.file).or_default();
        starts.push(finding.span.start);
    }
    findings.retain(|finding| {
        *finding.rule != WRONG_ROLE
            || !lines.get(&finding.file).is_some_and(|starts| {
                starts
                    .iter()
                    .any(|start| *start == finding.span.start || finding.span.contains(*start))
            })
    });
}
