//! What runs out, for people and as JSON.

use std::io::{self, Write};

use jiff::civil::{Date, Weekday};
use serde::Serialize;

use super::excerpt::Texts;
use super::{JsonPosition, Paint, count, wrap};
use crate::rules::{Due, Outcome, Within};
use crate::workspace::Severity;

/// The version of the JSON output; it grows when a program that reads it would have to change.
const VERSION: u32 = 1;

/// How many days before its day something is marked as near.
const NEAR: i64 = 7;

/// What runs out.
#[derive(Debug)]
pub struct DueReport<'a> {
    /// Everything that has run out or does so soon, by day.
    pub dues: &'a [Due],
    /// What the files come to.
    pub outcome: &'a Outcome,
    /// How far ahead was looked.
    pub within: Within,
}

#[derive(Serialize)]
struct JsonOutput<'a> {
    version: u32,
    within: String,
    due: Vec<JsonDue<'a>>,
    summary: JsonSummary,
}

#[derive(Serialize)]
struct JsonDue<'a> {
    day: String,
    days: i64,
    kind: &'a str,
    what: &'a str,
    who: Option<&'a str>,
    unit: Option<&'a str>,
    file: String,
    start: JsonPosition,
}

#[derive(Serialize)]
struct JsonSummary {
    overdue: usize,
    ahead: usize,
    files: usize,
    files_with_errors: usize,
}

impl DueReport<'_> {
    /// One JSON object with everything.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut texts = Texts::new(&self.outcome.sources);
        let due = self.dues.iter().map(|due| JsonDue {
            day: due.day.to_string(),
            days: due.days,
            kind: due.kind.name(),
            what: &due.what,
            who: due.who.as_deref(),
            unit: due.unit.as_deref(),
            file: self.outcome.sources.files().shown(due.file).into_owned(),
            start: texts.position(due.file, due.span.start).into(),
        });
        let output = JsonOutput {
            version: VERSION,
            within: self.within.to_string(),
            due: due.collect(),
            summary: JsonSummary {
                overdue: self.overdue(),
                ahead: self.dues.len() - self.overdue(),
                files: self.outcome.files_checked,
                files_with_errors: self.unread(),
            },
        };
        serde_json::to_writer_pretty(&mut *out, &output)?;
        writeln!(out)
    }

    /// By day for people: what is overdue first, then what comes.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn text(&self, paint: Paint, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let mut texts = Texts::new(&self.outcome.sources);
        // They need not come first: files may have a day of their own.
        let (overdue, ahead): (Vec<&Due>, Vec<&Due>) =
            self.dues.iter().partition(|due| due.days < 0);
        let whens = self.dues.iter().map(|due| when(due.days).chars().count());
        let column = whens.max().unwrap_or(0);
        let mut ahead_title = self.within.words();
        if let Some(first) = ahead_title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        for (title, dues) in [("Overdue", overdue), (&ahead_title, ahead)] {
            if dues.is_empty() {
                continue;
            }
            writeln!(out, "{}\n", paint.bold(title))?;
            for due in dues {
                let at = texts.position(due.file, due.span.start);
                let day = format!("{} {}", weekday(due.day), due.day);
                let left = format!("{:column$}", when(due.days));
                let left = match due.days {
                    ..0 => paint.severity(Some(Severity::Error), &left),
                    0..=NEAR => paint.severity(Some(Severity::Warning), &left),
                    _ => left,
                };
                let indent = 2 + day.len() + 2 + column + 2;
                let what = wrap(&due.what, width.saturating_sub(indent).max(NARROW));
                let what = what.replace('\n', &format!("\n{:indent$}", ""));
                let path = self.outcome.sources.files().shown(due.file);
                let place = paint.dim(&format!("{path}:{}", at.line));
                writeln!(out, "  {day}  {left}  {what}\n{:indent$}{place}", "")?;
            }
            writeln!(out)?;
        }
        writeln!(out, "{}", wrap(&self.sentence(), width))
    }

    fn overdue(&self) -> usize {
        self.dues.iter().filter(|due| due.days < 0).count()
    }

    /// How many files have errors in their YAML, and may hide something.
    fn unread(&self) -> usize {
        let errors = self.outcome.findings.iter();
        let errors = errors.filter(|finding| finding.rule.id == "syntax");
        let mut files: Vec<_> = errors.map(|finding| finding.file).collect();
        files.dedup();
        files.len()
    }

    fn sentence(&self) -> String {
        let within = self.within.words();
        let files = self.outcome.files_checked;
        let overdue = self.overdue();
        let ahead = self.dues.len() - overdue;
        let (has, runs) = (
            if overdue == 1 { "has" } else { "have" },
            if ahead == 1 { "runs" } else { "run" },
        );
        let ran_out = format!("{} {has} run out", count(overdue, "thing"));
        let mut sentence = match (overdue, ahead) {
            _ if files == 0 => {
                return "No role files found (they are named `*.roles.yaml`, or taken in by `include:`)."
                    .to_owned();
            }
            (0, 0) => format!("Nothing runs out {within} ({})", count(files, "file")),
            (0, _) => format!("{} {runs} out {within}", count(ahead, "thing")),
            (_, 0) => format!("{ran_out}, and nothing else runs out {within}"),
            _ => format!("{ran_out}, and {ahead} more {runs} out {within}"),
        };
        sentence.push('.');
        match self.unread() {
            0 => {}
            1 => sentence.push_str("\n1 file has errors in its YAML and may hide more; `rolelint check` shows them."),
            number => sentence.push_str(&format!(
                "\n{number} files have errors in their YAML and may hide more; `rolelint check` shows them."
            )),
        }
        sentence
    }
}

/// The narrowest that a sentence is set, in characters.
const NARROW: usize = 30;

/// How far away a day is.
fn when(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2.. => format!("in {days} days"),
        _ => format!("{} days ago", -days),
    }
}

fn weekday(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}
