//! The parts of a compound line: "own the roadmap and groom the backlog" is two.

use smallvec::SmallVec;

use super::words::{Part, Word, Words};

/// A part of a line, as indexes into its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The first word.
    pub from: usize,
    /// One past the last word.
    pub to: usize,
}

/// The most parts that are looked at.
const MOST: usize = 8;

/// Where a line may be taken apart: at "and", commas and stops that have words on both sides. One part means that
/// the line is not a compound.
pub(super) fn segments(line: &[Word]) -> SmallVec<[Piece; 4]> {
    let mut parts: SmallVec<[Piece; 4]> = SmallVec::new();
    let mut from = 0;
    let mut content = 0;
    let mut in_reason = false;
    for (at, word) in line.iter().enumerate() {
        match word.part {
            Part::Content => content += 1,
            Part::Clause | Part::Means => in_reason = true,
            Part::Stop => {
                close(&mut parts, line, from, at);
                from = at + 1;
                content = 0;
                in_reason = false;
            }
            // "so that we learn and grow" explains; a verb after "and" goes back to what is done.
            Part::And | Part::Comma
                if content > 0 && (!in_reason || begins_with_verb(&line[at + 1..])) =>
            {
                close(&mut parts, line, from, at);
                from = at + 1;
                content = 0;
                in_reason = false;
            }
            _ => {}
        }
    }
    close(&mut parts, line, from, line.len());
    parts
}

fn close(parts: &mut SmallVec<[Piece; 4]>, line: &[Word], from: usize, to: usize) {
    let has_content = line[from..to].iter().any(|word| word.part == Part::Content);
    if has_content && parts.len() < MOST {
        parts.push(Piece { from, to });
    }
}

fn begins_with_verb(rest: &[Word]) -> bool {
    rest.iter()
        .find(|word| word.part == Part::Content)
        .is_some_and(|word| word.verb)
}

/// The words of a part with the verb that it takes over: "own the vision, the roadmap" has "own the roadmap".
pub(super) fn with_verb(line: &[Word], part: Piece) -> Words {
    let own = &line[part.from..part.to];
    let mut words = Words::new();
    if !begins_with_verb(own)
        && let Some(verb) = line[..part.from]
            .iter()
            .find(|word| word.part == Part::Content)
        && verb.verb
    {
        words.push(*verb);
    }
    words.extend(own.iter().copied());
    words
}
