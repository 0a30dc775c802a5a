//! The words that are known, and the concepts they stand for.

use super::store::{Bytes, Table};
use super::words::{Part, Word, Words, hash, words};

// A word's row: two concepts, how much the word tells (0–255), flags. A phrase's row: two concepts, flags.
// A slip's row: the stem that was meant.

/// How many concepts there may be.
pub const CONCEPTS: usize = 256;
/// The flag of a word that begins a phrase.
pub const BEGINS_PHRASE: u8 = 1;
/// The flag of a word that somebody does.
pub const VERB: u8 = 2;
/// The flag of a word or phrase that names a role.
pub const ROLE: u8 = 4;
/// The most words of a phrase.
const LONGEST_PHRASE: usize = 4;
/// The shortest word that is looked up without one of its letters.
const SHORTEST_TYPO: usize = 6;

/// Known words, phrases and slips of the pen.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon {
    words: Table,
    phrases: Table,
    slips: Table,
    /// How much each concept tells.
    concepts: &'static [u8],
}

impl Lexicon {
    pub(super) fn read(bytes: &mut Bytes) -> Option<Self> {
        Some(Self {
            words: bytes.table()?,
            phrases: bytes.table()?,
            slips: bytes.table()?,
            concepts: bytes.take(CONCEPTS)?,
        })
    }

    /// The words of a line with what is known about them.
    pub fn read_line(&self, text: &str) -> Words {
        let mut line = words(text);
        for word in &mut line {
            if word.stem != 0 && word.part == Part::Content {
                self.look_up(word, text);
            } else {
                word.known = true;
            }
        }
        for at in 0..line.len() {
            if line[at].stem != 0 {
                self.find_phrase(&mut line[at..]);
            }
        }
        line
    }

    fn look_up(&self, word: &mut Word, text: &str) {
        let row = self.words.get(word.stem).or_else(|| {
            let written = text.get(word.start as usize..word.end as usize)?;
            let stem = self.slip(written)?;
            word.stem = stem;
            self.words.get(stem)
        });
        if let Some(row) = row {
            word.known = true;
            word.concepts = [row[0], row[1]];
            word.verb = row[3] & VERB != 0;
            word.role = row[3] & ROLE != 0;
        }
    }

    /// The known word that `written` is a slip of: one letter more, less, other or swapped.
    fn slip(&self, written: &str) -> Option<u32> {
        if written.len() < SHORTEST_TYPO || !written.bytes().all(|byte| byte.is_ascii_alphabetic())
        {
            return None;
        }
        slips(written).find_map(|slip| {
            let row = self.slips.get(slip)?;
            Some(u32::from_le_bytes(row.get(..4)?.try_into().ok()?))
        })
    }

    /// Gives the words at the front the concepts of the longest phrase that they are.
    fn find_phrase(&self, line: &mut [Word]) {
        let begins = self
            .words
            .get(line[0].stem)
            .is_some_and(|row| row[3] & BEGINS_PHRASE != 0);
        if !begins {
            return;
        }
        let mut key = line[0].stem;
        let mut found = None;
        for (more, word) in line.iter().enumerate().take(LONGEST_PHRASE).skip(1) {
            if word.stem == 0 {
                break;
            }
            key = join(key, word.stem);
            if let Some(row) = self.phrases.get(key) {
                found = Some((more, [row[0], row[1]], row[2] & ROLE != 0));
            }
        }
        if let Some((last, concepts, role)) = found {
            for word in &mut line[..=last] {
                word.known = true;
                word.concepts = concepts;
                word.role = role;
            }
        }
    }

    /// How much a stem tells, from 0 (in every line) to 255 (hardly ever seen).
    pub fn weight(&self, stem: u32) -> u8 {
        self.words.get(stem).map_or(u8::MAX, |row| row[2])
    }

    /// How much a concept tells, on the same scale.
    pub fn concept_weight(&self, concept: u8) -> u8 {
        self.concepts
            .get(usize::from(concept))
            .copied()
            .unwrap_or(u8::MAX)
    }
}

/// The number of a phrase from those of its words.
pub fn join(key: u32, stem: u32) -> u32 {
    (key.rotate_left(13) ^ stem)
        .wrapping_mul(0x85eb_ca6b)
        .max(1)
}

/// A word in small letters without each of its letters but the first, as numbers, and the word itself.
pub fn slips(word: &str) -> impl Iterator<Item = u32> + '_ {
    (0..word.len()).map(move |without| {
        let mut rest = [0u8; 40];
        let mut length = 0;
        for (at, byte) in word.bytes().enumerate().take(40) {
            if at != without || at == 0 {
                rest[length] = byte.to_ascii_lowercase();
                length += 1;
            }
        }
        hash(&rest[..length])
    })
}
