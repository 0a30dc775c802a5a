//! Reading typed values out of a tree without giving up at the first surprise.
//!
//! What does not fit is written down as a [`Problem`] with its place, and reading goes on.

use super::{Kind, Node, ScalarType};
use crate::text::Span;

/// How many entries merge keys (`<<`) may add to one mapping, so that aliases of aliases stay small.
const MAX_MERGED: usize = 1_000;

/// Something in a file that the format does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// The key it stands under, or the key itself.
    pub key: Box<str>,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// The kinds of [`Problem`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A key that the format does not have at this place.
    UnknownKey {
        /// What the mapping describes: "a role", "a holder".
        place: &'static str,
        /// The key that was probably meant.
        near: Option<&'static str>,
        /// The keys that it can have.
        known: &'static [&'static str],
    },
    /// A value of another shape than the format has.
    WrongShape {
        /// What the format has: "a name".
        wanted: &'static str,
        /// What stands there: "a list".
        found: &'static str,
    },
    /// One of a fixed set of words is wanted, and this is none of them.
    WrongWord {
        /// The word that was probably meant.
        near: Option<&'static str>,
        /// The words that it can be.
        known: &'static [&'static str],
    },
    /// A date that is none.
    WrongDate,
}

/// The entries of a mapping, merge keys (`<<`) followed.
pub struct Fields<'a> {
    /// Keys and values, explicit ones first.
    pub entries: Vec<(Node<'a>, Node<'a>)>,
}

impl<'a> Fields<'a> {
    /// The entries of `node`; none unless it is a mapping.
    pub fn of(node: Node<'a>) -> Self {
        let mut entries = Vec::new();
        collect(node, &mut entries, 0);
        Self { entries }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        self.entry(key).map(|(_, value)| value)
    }

    /// A key with its value.
    pub fn entry(&self, key: &str) -> Option<(Node<'a>, Node<'a>)> {
        self.entries
            .iter()
            .find(|(name, _)| name.text() == Some(key))
            .copied()
    }
}

fn collect<'a>(node: Node<'a>, entries: &mut Vec<(Node<'a>, Node<'a>)>, depth: usize) {
    let mut merged = Vec::new();
    for (key, value) in node.entries() {
        if key.text() == Some("<<") {
            if value.is_sequence() {
                merged.extend(value.items());
            } else {
                merged.push(value);
            }
        } else if depth == 0 || !entries.iter().any(|(known, _)| known.text() == key.text()) {
            entries.push((key, value));
        }
    }
    for node in merged {
        if depth < 4 && entries.len() < MAX_MERGED {
            collect(node, entries, depth + 1);
        }
    }
}

/// Collects [`Problem`]s while values are read.
#[derive(Debug, Default)]
pub struct Reader {
    /// What did not fit, in the order it was met.
    pub problems: Vec<Problem>,
}

impl Reader {
    /// The entries of a mapping of which only `known` keys are allowed. `place` says what it describes.
    pub fn fields<'a>(
        &mut self,
        node: Node<'a>,
        key: &str,
        place: &'static str,
        known: &'static [&'static str],
    ) -> Fields<'a> {
        if !node.is_mapping() {
            self.wrong_shape(node, key, place);
            return Fields::of(node);
        }
        let fields = Fields::of(node);
        for (key, _) in &fields.entries {
            match key.text() {
                Some(text) if known.contains(&text) => {}
                Some(text) => self.unknown_key(key.span(), text, place, known),
                None => self.wrong_shape(*key, "", "a key"),
            }
        }
        fields
    }

    /// Reports a key that has no meaning in `place`.
    pub fn unknown_key(
        &mut self,
        span: Span,
        key: &str,
        place: &'static str,
        known: &'static [&'static str],
    ) {
        self.problems.push(Problem {
            span,
            key: key.into(),
            kind: ProblemKind::UnknownKey {
                place,
                near: meant(key, known).or_else(|| nearest(key, known.iter().copied())),
                known,
            },
        });
    }

    /// Reports a value that is not `wanted`.
    pub fn wrong_shape(&mut self, node: Node<'_>, key: &str, wanted: &'static str) {
        self.problems.push(Problem {
            span: node.span(),
            key: key.into(),
            kind: ProblemKind::WrongShape {
                wanted,
                found: shape(node),
            },
        });
    }

    /// A single word or line of text. Numbers, booleans, `null`, lists and mappings are reported.
    pub fn text<'a>(&mut self, node: Node<'a>, key: &str, wanted: &'static str) -> Option<&'a str> {
        match node.scalar_type() {
            Some(ScalarType::Text) => node.text(),
            _ => {
                self.wrong_shape(node, key, wanted);
                None
            }
        }
    }

    /// The nodes of a list; a single value counts as a list of one.
    pub fn list<'a>(&mut self, node: Node<'a>) -> Vec<Node<'a>> {
        if node.is_sequence() {
            node.items().collect()
        } else if node.is_null() {
            Vec::new()
        } else {
            vec![node]
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, node: Node<'_>, key: &str) -> Option<bool> {
        match node.text() {
            Some("true" | "True" | "TRUE") => Some(true),
            Some("false" | "False" | "FALSE") => Some(false),
            _ => {
                self.wrong_shape(node, key, "`true` or `false`");
                None
            }
        }
    }

    /// One of a fixed set of words.
    pub fn word(
        &mut self,
        node: Node<'_>,
        key: &str,
        known: &'static [&'static str],
    ) -> Option<&'static str> {
        let text = self.text(node, key, "a word")?;
        let found = known.iter().find(|word| **word == text).copied();
        if found.is_none() {
            self.problems.push(Problem {
                span: node.span(),
                key: key.into(),
                kind: ProblemKind::WrongWord {
                    near: nearest(text, known.iter().copied()),
                    known,
                },
            });
        }
        found
    }

    /// Reports a date that is none.
    pub fn wrong_date(&mut self, node: Node<'_>, key: &str) {
        self.problems.push(Problem {
            span: node.span(),
            key: key.into(),
            kind: ProblemKind::WrongDate,
        });
    }
}

/// What stands there, in words.
fn shape(node: Node<'_>) -> &'static str {
    let node = node.resolved();
    match node.kind() {
        Kind::Empty => "nothing",
        Kind::Alias => "an alias to nothing",
        Kind::Sequence { .. } if node.items().next().is_none() => "an empty list",
        Kind::Sequence { .. } => "a list",
        Kind::Mapping { .. } => "a group of keys",
        Kind::Scalar(_) => match node.scalar_type() {
            Some(ScalarType::Number) => "a number",
            Some(ScalarType::Boolean) => "true or false",
            Some(ScalarType::Null) => "`null`",
            _ => "text",
        },
    }
}

/// The word of `known` that `word` was probably meant to be: close in spelling, and closer than any other.
pub fn nearest<T: AsRef<str>>(word: &str, known: impl IntoIterator<Item = T>) -> Option<T> {
    candidates(word, known)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// What others call a key, and what it is called where the keys are those of `known`.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("person", "holder"),
    ("owner", "holder"),
    ("assignee", "holder"),
    ("who", "holder"),
    ("name", "person"),
    ("mission", "purpose"),
    ("description", "purpose"),
    ("people", "members"),
    ("tasks", "duties"),
    ("description", "notes"),
    ("comment", "notes"),
    ("start", "since"),
    ("from", "since"),
    ("end", "until"),
    ("to", "until"),
    ("mail", "email"),
];

/// The key of `known` that another word stands for.
pub fn meant(word: &str, known: &[&'static str]) -> Option<&'static str> {
    let mut pairs = OTHER_WORDS.iter();
    let (_, key) = pairs.find(|(other, key)| *other == word && known.contains(key))?;
    Some(key)
}

/// The words of `known` that `word` may have been meant to be, the closest first, each with how many slips of the
/// keyboard lie between: at most one more than to the closest.
pub fn near<T: AsRef<str>>(word: &str, known: impl IntoIterator<Item = T>) -> Vec<(usize, T)> {
    let mut found: Vec<(usize, T)> = candidates(word, known).collect();
    found.sort_by_key(|(distance, _)| *distance);
    if let Some(closest) = found.first().map(|(distance, _)| *distance) {
        found.retain(|(distance, _)| *distance <= closest + 1);
    }
    found
}

fn candidates<T: AsRef<str>>(
    word: &str,
    known: impl IntoIterator<Item = T>,
) -> impl Iterator<Item = (usize, T)> {
    let simple = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
    let word = simple(word);
    let letters = letters(&word);
    known.into_iter().filter_map(move |candidate| {
        let other = candidate.as_ref();
        if other.is_ascii() {
            // Lengths rule most words out, and so does which letters there are: one slip makes at most one letter of
            // another.
            let allowed = allowed_slips(word.len().max(other.len()));
            let apart = || (self::letters(other) ^ letters).count_ones() as usize;
            if word.len().abs_diff(other.len()) > allowed || apart() > 2 * allowed {
                return None;
            }
        }
        let other = simple(other);
        let longest = word.len().max(other.len());
        let allowed = allowed_slips(longest);
        if word.len().abs_diff(other.len()) > allowed {
            return None;
        }
        let distance = strsim::osa_distance(&word, &other);
        (distance <= allowed).then_some((distance, candidate))
    })
}

/// None in an abbreviation, one in a short word, two in a middling one, a quarter of a long one.
fn allowed_slips(longest: usize) -> usize {
    match longest {
        0..=3 => 0,
        4 => 1,
        5..=11 => 2,
        _ => longest / 4,
    }
}

/// Which of the letters from a to z a word has, whatever their case.
fn letters(word: &str) -> u32 {
    word.bytes()
        .filter(u8::is_ascii_alphabetic)
        .fold(0, |letters, byte| {
            letters | 1 << (byte.to_ascii_lowercase() - b'a')
        })
}
