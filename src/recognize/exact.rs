//! Words without their endings.

/// Words that carry no meaning of their own in a duty.
const LITTLE: &[&str] = &[
    "a",
    "an",
    "the",
    "and",
    "or",
    "of",
    "to",
    "in",
    "on",
    "for",
    "our",
    "we",
    "you",
    "your",
    "their",
    "its",
    "is",
    "are",
    "be",
    "that",
    "this",
    "by",
    "at",
    "as",
    "own",
    "owns",
    "owning",
    "able",
    "responsible",
];

/// One number for the set of meaningful words of a text, the same for any order; `None` without such words.
pub(super) fn word_key(text: &str) -> Option<u64> {
    let mut stems = Vec::with_capacity(16);
    let mut word = String::with_capacity(24);
    for character in text.chars().chain([' ']) {
        if character.is_alphanumeric() {
            word.extend(character.to_lowercase());
        } else if character != '\'' && character != '’' && !word.is_empty() {
            if !LITTLE.contains(&word.as_str()) {
                stems.push(hash(stem(&word)));
            }
            word.clear();
        }
    }
    stems.sort_unstable();
    stems.dedup();
    // A number of our own making, so that it is the same on every machine and in every build.
    (!stems.is_empty()).then(|| {
        stems
            .iter()
            .fold(FNV_START, |key, stem| (key ^ stem).wrapping_mul(FNV_STEP))
    })
}

/// A word without the commonest endings, so that "prioritises", "prioritizing" and "prioritise" agree.
fn stem(word: &str) -> &str {
    let mut stem = word;
    for ending in ["ing", "ement", "ment", "ed", "es", "s", "e"] {
        if let Some(rest) = stem.strip_suffix(ending)
            && rest.chars().count() >= 3
        {
            stem = rest;
            break;
        }
    }
    stem.strip_suffix('e')
        .filter(|rest| rest.len() >= 3)
        .unwrap_or(stem)
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_STEP: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a, with `z` read as `s`: "prioritize" is "prioritise".
fn hash(stem: &str) -> u64 {
    stem.bytes().fold(FNV_START, |hash, byte| {
        let byte = if byte == b'z' { b's' } else { byte };
        (hash ^ u64::from(byte)).wrapping_mul(FNV_STEP)
    })
}
