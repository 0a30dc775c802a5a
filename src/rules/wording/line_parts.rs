//! The parts of a line that are work of their own, and each as a line.

use crate::recognize::{Candidate, Explanation, Model, Part as WordPart, Word, Words, words};
use crate::text::Span;

/// A part of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// Its bytes.
    pub span: Span,
    /// What it names; nothing where that is not clear.
    pub duty: Option<Candidate>,
}

/// Words that go on about the part before.
const BACK: &[&str] = &[
    "it", "its", "them", "they", "their", "theirs", "these", "those", "this", "both", "same",
    "why", "so",
];
/// Words that say that somebody does what follows, and that the recogniser looks past.
const DOES: &[&str] = &["own", "owns", "owning", "responsible", "accountable"];
const ARTICLES: &[&str] = &["a", "an", "the", "our", "your"];

/// The parts of a line: those that are work of their own, each with the words after it that are not, and
/// neighbours that name the same duty as one.
pub(super) fn parts(text: &str, explanation: &Explanation) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut segments = explanation.segments.iter().peekable();
    while let Some(segment) = segments.next() {
        let part = Part {
            span: without_and(text, segment.span),
            duty: segment.duty,
        };
        match parts.last_mut() {
            None => parts.push(part),
            // "…, and sort and groom the backlog": the verb goes with what follows.
            Some(_) if is_lone_verb(text, &part) && segments.peek().is_some() => parts.push(part),
            Some(last) if joins(text, last, &part) => {
                // A verb without its object says little of what it is.
                last.duty = match is_lone_verb(text, last) {
                    true => part.duty.or(last.duty),
                    false => last.duty.or(part.duty),
                };
                last.span = last.span.to(part.span);
            }
            Some(_) => parts.push(part),
        }
    }
    for part in &mut parts {
        if !is_work(part.span.slice(text)) {
            part.duty = None;
        }
    }
    parts
}

/// A part without the "and" that it begins with.
fn without_and(text: &str, part: Span) -> Span {
    let words = words(part.slice(text));
    let first = words.iter().find(|word| word.part != WordPart::And);
    Span {
        start: part.start + first.map_or(0, |word| word.start),
        end: part.end,
    }
}

fn joins(text: &str, last: &Part, next: &Part) -> bool {
    if is_lone_verb(text, last) {
        return true;
    }
    if let (Some(one), Some(other)) = (last.duty, next.duty)
        && one.duty == other.duty
    {
        return true;
    }
    !is_work(next.span.slice(text)) || goes_back(text, next) || is_aside(text, last, next)
}

/// Whether a part is a verb whose object is in the next one: "sort" in "sort and groom the backlog".
fn is_lone_verb(text: &str, part: &Part) -> bool {
    let words = read(part.span.slice(text));
    let mut content = content(&words);
    let is_verb = content.next().is_some_and(|word| word.verb) && content.next().is_none();
    // "rank it" has its object.
    is_verb && (part.duty.is_none() || words.len() == 1)
}

/// Whether words name something that is done, and what it is done to; or only the latter, after an article, where
/// the verb before does for both.
fn is_work(text: &str) -> bool {
    let words = read(text);
    let Some(first) = words.iter().find(|word| word.part != WordPart::To) else {
        return false;
    };
    let written = slice(text, first);
    let is = |list: &[&str]| list.iter().any(|word| written.eq_ignore_ascii_case(word));
    let named = content(&words).count();
    if is(DOES) || is(ARTICLES) {
        return named >= 1;
    }
    let mut content = content(&words);
    let verb = content.next();
    // "You talk to customers": what stands before the verb says nothing.
    verb.is_some_and(|verb| verb.verb) && named >= 2
}

/// Whether a part goes on about the one before: "and rank it".
fn goes_back(text: &str, part: &Part) -> bool {
    let own = part.span.slice(text);
    let words = words(own);
    let mut written = words.iter().map(|word| slice(own, word));
    written.any(|word| BACK.iter().any(|back| word.eq_ignore_ascii_case(back)))
}

/// ", working with sales": how the part before is done.
fn is_aside(text: &str, last: &Part, next: &Part) -> bool {
    let is_ing = |part: &Part| {
        let own = part.span.slice(text);
        let words = words(own);
        words
            .first()
            .is_some_and(|word| slice(own, word).ends_with("ing"))
    };
    let between = Span {
        start: last.span.end,
        end: next.span.start,
    };
    let only_comma = between.slice(text).trim() == ",";
    only_comma && is_ing(next) && !is_ing(last)
}

/// A part as a line of its own: "the roadmap" of "own the vision, the roadmap" takes over the verb.
pub(super) fn as_line(text: &str, part: &Part) -> String {
    let words: Vec<&str> = part.span.slice(text).split_whitespace().collect();
    let is_article = |word: &str| {
        ARTICLES
            .iter()
            .any(|article| word.eq_ignore_ascii_case(article))
    };
    let mut own = words.join(" ");
    if part.span.start > 0 && words.first().is_some_and(|first| is_article(first)) {
        let all: Vec<&str> = text.split_whitespace().collect();
        let verb = all.iter().position(|word| is_article(word)).unwrap_or(1);
        let verb = all.get(..verb).unwrap_or_default().join(" ");
        own = format!("{verb} {own}");
    }
    let mut characters = own.trim().chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => own,
    }
}

/// The words with what the recogniser knows of them.
fn read(text: &str) -> Words {
    match Model::built_in() {
        Some(model) => model.lexicon.read_line(text),
        None => words(text),
    }
}

/// The words that name something.
fn content(words: &Words) -> impl Iterator<Item = &Word> {
    words.iter().filter(|word| word.part == WordPart::Content)
}

fn slice<'t>(text: &'t str, word: &Word) -> &'t str {
    let span = Span {
        start: word.start,
        end: word.end,
    };
    span.slice(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::recognize::Recognizer;

    fn lines(text: &str) -> Vec<String> {
        let catalog = Catalog::builtin("popm");
        let recognizer = Recognizer::new(&catalog);
        let parts = parts(text, &recognizer.explain(text));
        parts.iter().map(|part| as_line(text, part)).collect()
    }

    #[test]
    fn each_part_is_a_line_of_its_own() {
        assert_eq!(
            lines("Own the roadmap and groom the backlog"),
            ["Own the roadmap", "Groom the backlog"]
        );
        assert_eq!(
            lines("Responsible for the roadmap and the backlog"),
            ["Responsible for the roadmap", "Responsible for the backlog"]
        );
        assert_eq!(
            lines("own the vision, the roadmap and groom the backlog"),
            ["Own the vision", "Own the roadmap", "Groom the backlog"]
        );
        assert_eq!(
            lines("Own the roadmap, and sort and groom the backlog"),
            ["Own the roadmap", "Sort and groom the backlog"]
        );
    }

    #[test]
    fn what_goes_on_about_the_part_before_stays_with_it() {
        for text in [
            "Own the feature list and its order",
            "Retire the old app and tell us why",
            "Interview customers, every quarter",
            "Refine stories, working with the Product Manager",
            "Gather feedback, rank it and act on it",
        ] {
            assert_eq!(lines(text).len(), 1, "{text}: {:?}", lines(text));
        }
    }
}
