//! The words that decided what a line was read as.

use super::Finding;
use crate::recognize::Recognizer;
use crate::spec::{Duty, SourceFile};
use crate::syntax::Name;
use crate::text::Span;

/// The words of a line that decided what it was read as.
#[derive(Debug)]
pub struct Evidence {
    /// Where they stand in the file.
    pub spans: Vec<Span>,
    /// The words, as they were read.
    words: Vec<String>,
}

impl Evidence {
    /// Why `duty` is read as it is; nothing where it is pinned.
    pub fn of(duty: &Duty, source: &SourceFile, recognizer: &Recognizer) -> Option<Self> {
        if duty.pin.is_some() {
            return None;
        }
        let text = duty.text.as_ref()?;
        let explanation = recognizer.explain(&text.text);
        let words: Vec<String> = explanation
            .evidence
            .iter()
            .map(|span| span.slice(&text.text).to_owned())
            .collect();
        let spans = in_file(text, &explanation.evidence, source.text());
        Some(Self { spans, words })
    }

    /// ` because of "quarters" and "plan"`; nothing without words.
    pub fn because(&self) -> String {
        let quoted: Vec<String> = self
            .words
            .iter()
            .map(|word| format!("\"{word}\""))
            .collect();
        match quoted.as_slice() {
            [] => String::new(),
            [one] => format!(" because of {one}"),
            [first @ .., last] => format!(" because of {} and {last}", first.join(", ")),
        }
    }
}

/// Where the words of a line stand in its file. YAML may fold and escape what it holds; a word that cannot be
/// found as it is has no place.
fn in_file(line: &Name, spans: &[Span], file: &str) -> Vec<Span> {
    let raw = line.span.slice(file);
    let mut from = 0;
    let mut found = Vec::new();
    let mut read = 0;
    for span in spans {
        // What stands between two words is about as long in the file.
        let skipped = (span.start as usize).saturating_sub(read);
        let word = span.slice(&line.text);
        let near = (from + skipped..=from + skipped + QUOTE)
            .find(|at| raw.get(*at..).is_some_and(|rest| rest.starts_with(word)));
        let at = near.or_else(|| Some(from + raw.get(from..)?.find(word)?));
        if let Some(at) = at {
            found.push(line.span.sub(at, at + word.len()));
            from = at + word.len();
            read = span.end as usize;
        }
    }
    found
}

/// How much longer the file may be before a word than the line is: a quote.
const QUOTE: usize = 1;

/// Says in findings about lines of `source` which words decided.
pub(super) fn complete(
    findings: &mut [&mut Finding],
    source: &SourceFile,
    recognizer: &Recognizer,
) {
    let duties: Vec<&Duty> = source
        .spec
        .units()
        .flat_map(|unit| &unit.roles)
        .flat_map(|role| role.duties.iter().flat_map(|duties| &duties.items))
        .collect();
    for finding in findings {
        let about = duties.iter().find(|duty| duty.span == finding.span);
        if let Some(evidence) = about.and_then(|duty| Evidence::of(duty, source, recognizer)) {
            finding.show(&evidence);
        }
    }
}
