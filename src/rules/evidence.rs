//! The words that decided what a line was read as.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::Finding;
use crate::recognize::{Recognizer, Word, words};
use crate::spec::{Duty, SourceFile};
use crate::syntax::Name;
use crate::text::Span;
use crate::workspace::FileId;

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

    /// Why a line is read as other work.
    pub fn of_work(line: &Name, source: &SourceFile, recognizer: &Recognizer) -> Self {
        Self::at(line, &recognizer.explain(&line.text).evidence, source)
    }

    /// Only the places: what is said of them quotes the words already.
    pub fn silent(mut self) -> Self {
        self.words.clear();
        self
    }

    /// Why `duty` is read as something that its seat does not lead; nothing where it leads it.
    fn of_stance(duty: &Duty, source: &SourceFile, recognizer: &Recognizer) -> Option<Self> {
        duty.reading.filter(|reading| !reading.owns())?;
        let text = duty.text.as_ref()?;
        let span = recognizer.explain(&text.text).stance_words?;
        Some(Self::at(text, &[span], source))
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

/// How much longer the file may be before a word than the line is: a quote.
const QUOTE: usize = 1;

/// Reads the lines again that findings are about whose rules saw no text, and says what they hold: there are few of
/// them. `read` reads a file.
pub(super) fn look_up(
    mut findings: Vec<&mut Finding>,
    read: impl Fn(FileId) -> Option<Arc<SourceFile>> + Sync,
    recognizer: &Recognizer,
) {
    findings.retain(|finding| finding.reads);
    let mut wanted: BTreeMap<FileId, BTreeSet<Span>> = BTreeMap::new();
    for finding in &findings {
        let related = finding.related.iter();
        let places = related.map(|related| (related.file, related.span));
        for (file, span) in places.chain([(finding.file, finding.span)]) {
            wanted.entry(file).or_default().insert(span);
        }
    }
    let wanted: Vec<_> = wanted.into_iter().collect();
    let lines: HashMap<FileId, Lines> = wanted
        .par_iter()
        .filter_map(|(file, wanted)| Some((*file, Lines::of(wanted, &*read(*file)?, recognizer))))
        .collect();
    for finding in findings {
        complete(finding, &lines);
    }
}

/// Lines of a file as findings of rules that saw no text need them.
struct Lines(BTreeMap<Span, Line>);

/// What can be said of a line.
struct Line {
    evidence: Option<Evidence>,
    /// Its words, fit to stand after an id.
    value: Option<String>,
}

impl Lines {
    /// Reads the duties of `source` that stand at one of the `wanted` places.
    fn of(wanted: &BTreeSet<Span>, source: &SourceFile, recognizer: &Recognizer) -> Self {
        let duties = source
            .spec
            .units()
            .flat_map(|unit| &unit.roles)
            .flat_map(|role| role.duties.iter().flat_map(|duties| &duties.items));
        let line = |duty: &Duty| Line {
            evidence: Evidence::of_stance(duty, source, recognizer)
                .or_else(|| Evidence::of(duty, source, recognizer)),
            value: duty.text.as_ref().map(|text| as_value(&text.text)),
        };
        let lines = duties
            .filter(|duty| wanted.contains(&duty.span))
            .map(|duty| (duty.span, line(duty)))
            .collect();
        Self(lines)
    }
}

/// Says in a finding which words decided, at its own place and at those that belong to it.
fn complete(finding: &mut Finding, lines: &HashMap<FileId, Lines>) {
    let at = |file: FileId, span: Span| lines.get(&file)?.0.get(&span);
    let evidence = |file, span| at(file, span)?.evidence.as_ref();
    if let Some(evidence) = evidence(finding.file, finding.span) {
        finding.show(evidence);
    }
    for related in &mut finding.related {
        if let Some(evidence) = evidence(related.file, related.span) {
            related.message = format!("{}{}", related.message, evidence.because()).into();
        }
    }
    let first = finding.related.first().filter(|_| finding.quotes);
    let first = first.and_then(|related| at(related.file, related.span));
    if let Some(value) = first.and_then(|line| line.value.as_ref()) {
        finding.help = finding.help.replacen(Finding::YOUR_WORDS, value, 1).into();
    }
}

/// The longest line that is repeated in full, in characters.
const LONGEST: usize = 60;

/// The words of a line as they may stand after `- id: `.
fn as_value(text: &str) -> String {
    let mut words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > LONGEST {
        words = words.chars().take(LONGEST - 1).collect();
        words = format!("{}…", words.trim_end());
    }
    let plain = words.starts_with(|first: char| first.is_alphanumeric())
        && !words.contains(": ")
        && !words.contains(" #")
        && !words.ends_with(':')
        && !words.contains('`');
    if plain {
        return words;
    }
    format!("'{}'", words.replace('\'', "''").replace('`', "'"))
}

#[cfg(test)]
mod tests {
    use super::as_value;

    #[test]
    fn words_after_an_id_are_a_value_that_yaml_reads() {
        for (text, wanted) in [
            ("Talk to  managers", "Talk to managers"),
            ("Why: the reason", "'Why: the reason'"),
            ("Talk # daily", "'Talk # daily'"),
            ("[draft] it's", "'[draft] it''s'"),
            ("Über den Weg", "Über den Weg"),
        ] {
            assert_eq!(as_value(text), wanted);
        }
        let long = as_value(&"word ".repeat(40));
        assert!(long.ends_with('…') && long.chars().count() <= 60, "{long}");
    }
}
