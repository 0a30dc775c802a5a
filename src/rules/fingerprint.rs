use std::collections::HashMap;

use super::Finding;
use crate::workspace::FileId;

/// A number for each finding that stays the same when lines move and other places change: made of the rule, the
/// file relative to its organisation, the place in the document and the subject, as far as they matter. Findings that agree in all
/// of them are told apart by their order in the file.
pub(super) struct Fingerprints {
    seen: HashMap<(FileId, u64), u32>,
}

impl Fingerprints {
    pub(super) fn new() -> Self {
        Self {
            seen: HashMap::new(),
        }
    }

    /// The fingerprint of the next finding, in order of place. `path` is relative to the organisation, with `/`.
    pub(super) fn next(&mut self, finding: &Finding, path: &str) -> u64 {
        let path = if finding.everywhere { "" } else { path };
        let parts = [finding.rule.id, path, &finding.place, &finding.subject];
        let base = parts.iter().fold(FNV_START, |hash, part| {
            fnv(fnv(hash, part.as_bytes()), &[0])
        });
        let count = self.seen.entry((finding.file, base)).or_default();
        *count += 1;
        if *count == 1 {
            base
        } else {
            fnv(base, &count.to_le_bytes())
        }
    }
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_STEP: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a: the same on every machine and in every build.
fn fnv(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(FNV_STEP)
    })
}
