//! The words that decided what a line was read as.

use super::Finding;
use crate::recognize::{OtherWork, Part, Recognizer, Word, words};
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
        Some(Self::at(text, &explanation.evidence, source))
    }

    /// Words of a line, from left to right, that a rule found by itself.
    pub fn at(line: &Name, spans: &[Span], source: &SourceFile) -> Self {
        let word = |span: &Span| span.slice(&line.text).to_owned();
        Self {
            spans: in_file(line, spans, source.text())
                .into_iter()
                .flatten()
                .collect(),
            words: spans.iter().map(word).collect(),
        }
    }

    /// Why a line is read as other work: the fewest neighbouring words that are read as the same by themselves.
    pub fn of_work(
        line: &Name,
        work: OtherWork,
        source: &SourceFile,
        recognizer: &Recognizer,
    ) -> Self {
        let all = words(&line.text);
        for length in 1..=MOST_TOGETHER {
            for window in all.windows(length) {
                let ends = [window.first(), window.last()];
                let [Some(first), Some(last)] = ends else {
                    continue;
                };
                // A little word at an end adds nothing.
                if ends.iter().flatten().any(|end| end.part != Part::Content) {
                    continue;
                }
                let span = Span {
                    start: first.start,
                    end: last.end,
                };
                if recognizer.read(span.slice(&line.text)).other == Some(work) {
                    return Self::at(line, &[span], source);
                }
            }
        }
        Self::at(line, &[], source)
    }

    /// Only the places: what is said of them quotes the words already.
    pub fn silent(mut self) -> Self {
        self.words.clear();
        self
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
fn in_file(line: &Name, spans: &[Span], file: &str) -> Vec<Option<Span>> {
    let raw = line.span.slice(file);
    let mut from = 0;
    let mut read = 0;
    let place = |span: &Span| {
        // What stands between two words is about as long in the file.
        let skipped = (span.start as usize).saturating_sub(read);
        let word = span.slice(&line.text);
        let near = (from + skipped..=from + skipped + QUOTE)
            .find(|at| raw.get(*at..).is_some_and(|rest| rest.starts_with(word)));
        let at = near.or_else(|| Some(from + raw.get(from..)?.find(word)?))?;
        from = at + word.len();
        read = span.end as usize;
        Some(line.span.sub(at, at + word.len()))
    };
    spans.iter().map(place).collect()
}

/// Where parts of a line stand in its file, from left to right: from their first word to their last.
pub(super) fn places(line: &Name, parts: &[Span], file: &str) -> Vec<Option<Span>> {
    let ends: Vec<Span> = parts
        .iter()
        .flat_map(|part| {
            let words = words(part.slice(&line.text));
            let word = |word: &Word| part.sub(word.start as usize, word.end as usize);
            [words.first().map(word), words.last().map(word)]
        })
        .map(Option::unwrap_or_default)
        .collect();
    let found = in_file(line, &ends, file);
    found
        .chunks(2)
        .map(|ends| match ends {
            [Some(first), Some(last)] => Some(first.to(*last)),
            _ => None,
        })
        .collect()
}

/// The most neighbouring words that are tried by themselves.
const MOST_TOGETHER: usize = 4;
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
