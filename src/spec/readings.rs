//! What lines are read as, kept for a while: teams copy each other's lines, and whoever types into a file leaves nearly
//! all its lines alone.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::recognize::{Line, Reading, Recognizer};

/// What a line is read as, and what further parts of a compound line name.
pub(super) type Read = (Line, Box<[Reading]>);

/// Tells one catalog's readings from another's.
#[derive(Debug)]
pub(super) struct Readings(u64);

/// How many lines each thread keeps.
const MOST: usize = 4096;
/// Longer lines are seldom and are not kept, so that all of it stays small: in bytes.
const LONGEST: usize = 256;

#[derive(Default)]
struct Kept {
    /// Whose readings these are.
    of: u64,
    lines: HashMap<Box<str>, Read>,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

impl Readings {
    pub fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// What a line is read as.
    pub fn read(&self, text: &str, recognizer: &Recognizer) -> Read {
        if text.len() > LONGEST {
            return read(text, recognizer);
        }
        KEPT.with_borrow_mut(|kept| {
            if kept.of != self.0 || kept.lines.len() >= MOST {
                kept.of = self.0;
                kept.lines.clear();
            }
            if let Some(known) = kept.lines.get(text) {
                return known.clone();
            }
            let new = read(text, recognizer);
            kept.lines.insert(text.into(), new.clone());
            new
        })
    }
}

fn read(text: &str, recognizer: &Recognizer) -> Read {
    let line = recognizer.read(text);
    (line, further_parts(text, line.reading, recognizer))
}

/// What the parts of a compound line name beside what the line as a whole is read as. Few lines are compound, so
/// that they are read twice costs little.
fn further_parts(text: &str, reading: Option<Reading>, recognizer: &Recognizer) -> Box<[Reading]> {
    let Some(reading) = reading.filter(|reading| reading.compound) else {
        return Box::default();
    };
    let mut found: Vec<Reading> = Vec::new();
    let segments = recognizer.explain(text).segments;
    for part in segments.into_iter().filter_map(|segment| segment.duty) {
        let known = found.iter().any(|other| other.duty == part.duty);
        if part.duty != reading.duty && !known {
            found.push(Reading {
                duty: part.duty,
                certainty: part.certainty(),
                ..reading
            });
        }
    }
    found.into()
}
