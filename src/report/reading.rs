//! What a line is read as, and why: for people, and as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Paint;
use crate::catalog::{Catalog, DutyIx};
use crate::recognize::{Candidate, Certainty, Explanation, OtherWork, Stance};
use crate::syntax::plain_scalar;
use crate::text::Span;

/// Prints readings one after the other.
#[derive(Debug)]
pub struct ReadingReport<'a> {
    /// Whose duties they are.
    pub catalog: &'a Catalog,
    /// Colours, or none.
    pub paint: Paint,
    /// How wide a line may be, in characters.
    pub width: usize,
}

impl ReadingReport<'_> {
    /// One line with what it is read as, for people.
    pub fn text(&self, out: &mut dyn Write, line: &str, reading: &Explanation) -> io::Result<()> {
        writeln!(out, "{}", self.paint.bold(line))?;
        if line.chars().count() <= self.width && !reading.evidence.is_empty() {
            let markers = markers(line, &reading.evidence);
            writeln!(out, "{}", self.paint.code(&markers))?;
        }
        match reading.duty {
            Some(best) => self.duty(out, line, reading, best),
            None => self.none(out, reading),
        }
    }

    fn duty(
        &self,
        out: &mut dyn Write,
        line: &str,
        reading: &Explanation,
        best: Candidate,
    ) -> io::Result<()> {
        let def = self.catalog.duty(best.duty);
        let owner = &self.catalog.role(def.role).title;
        let sure = match best.certainty() {
            Certainty::Weak => "perhaps",
            _ => "reads as",
        };
        self.row(
            out,
            sure,
            &format!(
                "{} ({}), {owner}, {}",
                self.paint.code(&def.id),
                def.title,
                percent(best.confidence)
            ),
        )?;
        if reading.stance != Stance::Owns {
            let words = reading.stance_words.map_or("", |span| span.slice(line));
            self.row(
                out,
                "but",
                &format!("{}: \"{words}\"", stance_words(reading.stance)),
            )?;
        }
        if reading.compound {
            for part in reading.segments.iter().filter(|part| part.duty.is_some()) {
                self.row(
                    out,
                    "part",
                    &format!(
                        "\"{}\" {}",
                        part.span.slice(line).trim(),
                        self.candidate(part.duty)
                    ),
                )?;
            }
        }
        if reading.runner_up.is_some() {
            self.row(out, "next", &self.candidate(reading.runner_up))?;
        }
        // Whoever pastes a line from a list pastes its bullet too.
        let words = line.trim().trim_start_matches(['-', '*', '•']).trim_start();
        let pin = format!("- {}: {}", def.id, plain_scalar(words));
        self.row(out, "pin it", &self.paint.dim(&pin))
    }

    fn none(&self, out: &mut dyn Write, reading: &Explanation) -> io::Result<()> {
        let what = match reading.work {
            Some(work) => format!("no duty of this catalog; it is {}", work_words(work)),
            None => "no duty that is clear".to_owned(),
        };
        self.row(out, "reads as", &what)?;
        if reading.runner_up.is_some() {
            self.row(out, "nearest", &self.candidate(reading.runner_up))?;
        }
        Ok(())
    }

    fn candidate(&self, candidate: Option<Candidate>) -> String {
        candidate.map_or_else(String::new, |candidate| {
            let id = &self.catalog.duty(candidate.duty).id;
            format!("{}, {}", self.paint.code(id), percent(candidate.confidence))
        })
    }

    fn row(&self, out: &mut dyn Write, key: &str, value: &str) -> io::Result<()> {
        writeln!(out, "  {key:<9} {value}")
    }

    /// One line with what it is read as, as a JSON object on a line of its own.
    pub fn json(&self, out: &mut dyn Write, line: &str, reading: &Explanation) -> io::Result<()> {
        serde_json::to_writer(&mut *out, &self.object(line, reading))?;
        writeln!(out)
    }

    fn object(&self, line: &str, reading: &Explanation) -> Value {
        let piece =
            |span: &Span| json!({"text": span.slice(line), "start": span.start, "end": span.end});
        let id = |duty: DutyIx| self.catalog.duty(duty).id.as_str();
        let candidate = |candidate: Option<Candidate>| {
            candidate.map(|candidate| json!({"duty": id(candidate.duty), "confidence": rounded(candidate.confidence)}))
        };
        let owner = reading.duty.map(|best| {
            self.catalog
                .role(self.catalog.duty(best.duty).role)
                .id
                .as_str()
        });
        json!({
            "text": line,
            "duty": reading.duty.map(|best| id(best.duty)),
            "owner": owner,
            "confidence": rounded(reading.duty.map_or(reading.other, |best| best.confidence)),
            "certainty": reading.duty.map(|best| match best.certainty() {
                Certainty::Pinned => "pinned",
                Certainty::Recognized => "recognized",
                Certainty::Weak | Certainty::Assumed => "weak",
            }),
            "stance": reading.stance.name(),
            "evidence": reading.evidence.iter().map(piece).collect::<Vec<_>>(),
            "segments": reading.segments.iter().map(|part| json!({
                "text": part.span.slice(line),
                "start": part.span.start,
                "end": part.span.end,
                "duty": part.duty.map(|best| id(best.duty)),
                "confidence": part.duty.map(|best| rounded(best.confidence)),
            })).collect::<Vec<_>>(),
            "runner_up": candidate(reading.runner_up),
            "other": rounded(reading.other),
        })
    }
}

/// `^^^^` under the words that decided.
fn markers(line: &str, spans: &[Span]) -> String {
    let marks: String = line
        .char_indices()
        .map(|(at, character)| {
            let inside = spans
                .iter()
                .any(|span| (span.start as usize..span.end as usize).contains(&at));
            match (inside, character) {
                (true, _) => '^',
                (false, '\t') => '\t',
                (false, _) => ' ',
            }
        })
        .collect();
    marks.trim_end().to_owned()
}

/// How a line stands to a duty, in words that follow "it".
pub fn stance_words(stance: Stance) -> &'static str {
    match stance {
        Stance::Owns => "answers for it",
        Stance::HasPart => "has a part in it and does not lead it",
        Stance::Collaborates => "works on it with the one who answers for it",
        Stance::Negated => "says that it is not theirs",
    }
}

/// Work that is none of the duties, in words that follow "it is".
pub fn work_words(work: OtherWork) -> &'static str {
    match work {
        OtherWork::ScrumMaster => "a Scrum Master's work",
        OtherWork::PeopleManager => "a people manager's work",
        OtherWork::Architect => "an architect's work",
        OtherWork::ProjectManager => "a project manager's work",
        OtherWork::Coach => "help with somebody else's duty",
        OtherWork::Trait => "what somebody is like or has learnt",
        OtherWork::Vague => "no activity at all",
    }
}

/// A chance in whole per cent.
pub fn percent(chance: f32) -> String {
    format!("{:.0} %", (chance * 100.0).round())
}

/// Three digits: more would pretend to be exact.
fn rounded(chance: f32) -> f64 {
    (f64::from(chance) * 1000.0).round() / 1000.0
}
