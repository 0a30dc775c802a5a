//! What the lines of a seat say, and what each is read as.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Agreed, AgreedKind, SeatPlace};
use crate::catalog::Catalog;
use crate::recognize::{Certainty, Stance};
use crate::spec::{Duty, Ignore, SourceFile};
use crate::text::{LineIndex, Span};

/// The longest words of a line that are kept, in characters.
const MAX_WORDS: usize = 240;

/// A line of a seat's list of duties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MatrixLine {
    /// The words; the id where it has no others.
    pub text: String,
    /// How it is read.
    pub reading: LineReading,
    /// The ids of the duties that it is read as.
    pub duties: Vec<String>,
    /// The last day that it holds.
    pub until: Option<String>,
    /// Where, from 1.
    pub line: u32,
}

/// How a line is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineReading {
    /// It names a duty by its id.
    Pinned,
    /// It is read as a duty.
    Recognized,
    /// It may be a duty.
    Perhaps,
    /// It has a part in a duty, and leaves the lead to somebody else.
    Part,
    /// It says that the seat does not answer for a duty.
    Negated,
    /// It is other work than the catalog's.
    Other,
    /// It only stands in for a duty ("TBD").
    Placeholder,
    /// It was not recognised.
    Unread,
}

impl LineReading {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            LineReading::Pinned => "named by id",
            LineReading::Recognized => "read as",
            LineReading::Perhaps => "perhaps",
            LineReading::Part => "has a part in",
            LineReading::Negated => "leaves to others",
            LineReading::Other => "other work",
            LineReading::Placeholder => "still to be written",
            LineReading::Unread => "not recognised",
        }
    }
}

/// What a file says of a seat in its own words.
#[derive(Clone, Debug)]
pub(super) struct SaidSeat {
    pub place: SeatPlace,
    /// The key, as written.
    pub key: String,
    /// The title that the file gives it.
    pub title: Option<String>,
}

/// What a file says in its own words.
#[derive(Debug, Default)]
pub(super) struct FileLines {
    /// The seats by the places of their keys.
    pub seats: HashMap<Span, SaidSeat>,
    /// The comments that silence findings.
    pub comments: Vec<Agreed>,
}

impl FileLines {
    /// Of a file that is called `path`.
    pub fn of(source: &SourceFile, path: &str, catalog: &Catalog) -> Self {
        let lines = LineIndex::new(source.text());
        let line = |span: Span| u32::try_from(lines.line(span.start) + 1).unwrap_or(u32::MAX);
        let mut seats = HashMap::new();
        for role in source.spec.units().flat_map(|unit| &unit.roles) {
            let items = role.duties.iter().flat_map(|duties| &duties.items);
            let place = SeatPlace {
                file: path.to_owned(),
                line: line(role.key.name.span),
                lines: items
                    .map(|duty| read(duty, line(duty.span), catalog))
                    .collect(),
            };
            let said = SaidSeat {
                place,
                key: role.key.name.text.to_string(),
                title: role.title.as_ref().map(|title| title.text.to_string()),
            };
            seats.insert(role.key.name.span, said);
        }
        let comments = Ignore::all(&source.tree);
        let comments = comments.into_iter().map(|ignore| Agreed {
            kind: AgreedKind::Comment,
            rules: ignore
                .rules
                .iter()
                .map(|(rule, _)| rule.to_string())
                .collect(),
            place: Some(format!("{path}:{}", line(ignore.span))),
            reason: ignore.reason.map(String::from),
            until: None,
            ended: false,
        });
        Self {
            seats,
            comments: comments.collect(),
        }
    }
}

fn read(duty: &Duty, line: u32, catalog: &Catalog) -> MatrixLine {
    let reading = match duty.reading {
        _ if duty.placeholder => LineReading::Placeholder,
        None if duty.other.is_some() => LineReading::Other,
        None => LineReading::Unread,
        Some(reading) => match (reading.stance, reading.certainty) {
            (Stance::HasPart | Stance::Collaborates, _) => LineReading::Part,
            (Stance::Negated, _) => LineReading::Negated,
            (Stance::Owns, Certainty::Pinned) => LineReading::Pinned,
            (Stance::Owns, Certainty::Recognized) => LineReading::Recognized,
            (Stance::Owns, Certainty::Weak | Certainty::Assumed) => LineReading::Perhaps,
        },
    };
    let mut duties: Vec<String> = Vec::new();
    if reading != LineReading::Placeholder {
        let all = duty.reading.iter().chain(&*duty.also);
        duties.extend(all.map(|reading| catalog.duty(reading.duty).id.clone()));
        duties.dedup();
    }
    let mut text: String = duty
        .words()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if let Some((end, _)) = text.char_indices().nth(MAX_WORDS) {
        text.truncate(end);
        text.push('…');
    }
    MatrixLine {
        text,
        reading,
        duties,
        until: duty.until.map(|until| until.date.to_string()),
        line,
    }
}
