//! Words and phrases that rules look for in a line of free text.

use std::ops::Range;

use smallvec::SmallVec;

use crate::recognize::{Part, Word, Words, words};
use crate::text::Span;

/// The words of a line, with a break where a comma or a stop stands.
#[derive(Debug)]
pub(super) struct Phrases<'t> {
    text: &'t str,
    words: Words,
    /// The first byte of each word in small letters, 0 for a break: it rules out nearly every phrase, and there are
    /// many of them.
    firsts: SmallVec<[u8; 32]>,
}

impl<'t> Phrases<'t> {
    /// Takes a line apart.
    pub fn of(text: &'t str) -> Self {
        let words = words(text);
        let first = |word: &Word| {
            let byte = text.as_bytes().get(word.start as usize);
            byte.filter(|_| !is_break(word))
                .map_or(0, u8::to_ascii_lowercase)
        };
        let firsts = words.iter().map(first).collect();
        Self {
            text,
            words,
            firsts,
        }
    }

    /// How many words and breaks there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// A word, in small letters; nothing for a break and beyond the end.
    pub fn word(&self, at: usize) -> String {
        self.words
            .get(at)
            .filter(|word| !is_break(word))
            .map_or_else(String::new, |word| self.written(word).to_lowercase())
    }

    /// A word as the recogniser sees it.
    pub fn get(&self, at: usize) -> Option<&Word> {
        self.words.get(at)
    }

    /// Whether nothing follows that belongs to what stands before `at`.
    pub fn ends_at(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(is_break)
    }

    /// The first word that names something.
    pub fn head(&self) -> Option<usize> {
        let mut words = self.words.iter();
        words.position(|word| word.part == Part::Content)
    }

    /// Whether a phrase, given in small letters, stands at `at`; then where it ends.
    pub fn phrase_at(&self, at: usize, phrase: &str) -> Option<usize> {
        if self.firsts.get(at) != phrase.as_bytes().first() {
            return None;
        }
        let mut next = at;
        for wanted in phrase.split(' ') {
            let word = self.words.get(next)?;
            if is_break(word) || !self.written(word).eq_ignore_ascii_case(wanted) {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// Whether one of some phrases stands at `at`; then where the longest ends.
    pub fn any_at(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        let ends = phrases
            .iter()
            .filter_map(|phrase| self.phrase_at(at, phrase));
        ends.max()
    }

    /// The first place where one of some phrases stands.
    pub fn find(&self, phrases: &[&str]) -> Option<Range<usize>> {
        (0..self.len()).find_map(|at| Some(at..self.any_at(at, phrases)?))
    }

    /// The bytes of words.
    pub fn span(&self, range: Range<usize>) -> Span {
        let words = self.words.get(range).unwrap_or_default();
        match (words.first(), words.last()) {
            (Some(first), Some(last)) => Span {
                start: first.start,
                end: last.end,
            },
            _ => Span::default(),
        }
    }

    /// The text of words, as written.
    pub fn slice(&self, range: Range<usize>) -> &'t str {
        self.span(range).slice(self.text)
    }

    fn written(&self, word: &Word) -> &'t str {
        let span = Span {
            start: word.start,
            end: word.end,
        };
        span.slice(self.text)
    }
}

fn is_break(word: &Word) -> bool {
    word.stem == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_whatever_the_case_and_the_hyphens_but_not_across_breaks() {
        let line = Phrases::of("Own the Day-to-day work, as needed");
        assert_eq!(line.find(&["day to day", "day"]), Some(2..5));
        assert_eq!(line.find(&["work as"]), None);
        assert_eq!(line.slice(2..5), "Day-to-day");
        assert_eq!(line.head(), Some(2));
        assert!(line.ends_at(6) && line.ends_at(9) && !line.ends_at(5));
    }
}
