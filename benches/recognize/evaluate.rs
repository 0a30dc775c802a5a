//! How well lines are read: right, missed, false alarms, and duties given to the opposite role.

use std::collections::BTreeMap;
use std::fmt::Write;

use rolelint::catalog::{Catalog, DutyIx};
use rolelint::recognize::Recognizer;

use crate::statements::{Statement, is_other};

/// What a line is that names no duty.
const OTHER: &str = "other";

/// The outcome of a set of labelled statements.
#[derive(Default)]
pub struct Score {
    /// Lines with one reading.
    pub clear: Share,
    /// Of these, lines that name a duty.
    pub duties: Share,
    /// Of these, lines that name none: how many were taken for a duty.
    pub false_alarms: Share,
    /// Clear lines read as a duty of another owner than the right one.
    pub opposite: Share,
    /// Lines with two readings: how many were read as one of them.
    pub ambiguous: Share,
    confused: BTreeMap<(String, String), u32>,
    per_duty: BTreeMap<String, PerDuty>,
    /// By tenths of the confidence: how sure, and how often right.
    calibration: [(f32, Share); 10],
}

/// So many of so many.
#[derive(Clone, Copy, Default)]
pub struct Share {
    pub of: u32,
    pub count: u32,
}

impl Share {
    fn add(&mut self, counts: bool) {
        self.of += 1;
        self.count += u32::from(counts);
    }

    /// In percent.
    pub fn percent(self) -> f64 {
        100.0 * f64::from(self.count) / f64::from(self.of.max(1))
    }
}

#[derive(Default)]
struct PerDuty {
    lines: u32,
    said: u32,
    right: u32,
}

impl Score {
    /// Reads every statement with `recognizer`.
    pub fn of(statements: &[Statement], catalog: &Catalog, recognizer: &Recognizer) -> Self {
        let mut score = Self::default();
        for statement in statements {
            let explanation = recognizer.explain(&statement.text);
            let said = explanation.duty.map(|best| best.duty);
            let id = said.map_or(OTHER, |duty| catalog.duty(duty).id.as_str());
            score.add(statement, catalog, said, id);
            if let Some(best) = explanation.duty {
                let right = id == statement.label || statement.alt.as_deref() == Some(id);
                let (sum, share) =
                    &mut score.calibration[((best.confidence * 10.0) as usize).min(9)];
                *sum += best.confidence;
                share.add(right);
            }
        }
        score
    }

    fn add(&mut self, statement: &Statement, catalog: &Catalog, said: Option<DutyIx>, id: &str) {
        let plain = |label: &str| {
            if is_other(label) {
                OTHER.to_owned()
            } else {
                label.to_owned()
            }
        };
        let gold = plain(&statement.label);
        if let Some(alt) = &statement.alt {
            self.ambiguous.add(id == gold || id == plain(alt));
            return;
        }
        self.clear.add(id == gold);
        self.per_duty.entry(gold.clone()).or_default().lines += 1;
        self.per_duty.entry(id.to_owned()).or_default().said += 1;
        if id == gold {
            self.per_duty.entry(gold.clone()).or_default().right += 1;
        } else {
            *self
                .confused
                .entry((gold.clone(), id.to_owned()))
                .or_default() += 1;
        }
        let owner = |duty: DutyIx| catalog.duty(duty).role;
        let right = catalog.find_duty(&gold);
        self.opposite
            .add(matches!((right, said), (Some(right), Some(said)) if owner(right) != owner(said)));
        match right {
            Some(_) => self.duties.add(id == gold),
            None => self.false_alarms.add(said.is_some()),
        }
    }

    /// The figures in one line of a Markdown table.
    pub fn row(&self, name: &str) -> String {
        let part = |share: Share| match share.of {
            0 => "–".to_owned(),
            _ => format!("{:.1} %", share.percent()),
        };
        format!(
            "| {name} | {} | {} | {} | {} | {} | {} |",
            self.clear.of + self.ambiguous.of,
            part(self.clear),
            part(self.duties),
            part(self.false_alarms),
            part(self.opposite),
            part(self.ambiguous),
        )
    }

    /// A table with the figures of each duty.
    pub fn duties(&self) -> String {
        let mut table = String::from(
            "| duty | lines | found | of what was read so, right |\n|---|---:|---:|---:|\n",
        );
        for (duty, per) in &self.per_duty {
            let found = Share {
                of: per.lines,
                count: per.right,
            };
            let right = Share {
                of: per.said,
                count: per.right,
            };
            let _ = writeln!(
                table,
                "| {} | {} | {:.0} % | {:.0} % |",
                if duty == OTHER {
                    "none of them".to_owned()
                } else {
                    format!("`{duty}`")
                },
                per.lines,
                found.percent(),
                right.percent()
            );
        }
        table
    }

    /// The commonest confusions, one a line.
    pub fn confusions(&self, most: usize) -> String {
        let mut confused: Vec<_> = self.confused.iter().collect();
        confused.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        let mut table = String::from("| is | was read as | lines |\n|---|---|---:|\n");
        for ((gold, said), count) in confused.into_iter().take(most) {
            let name = |id: &str| {
                if id == OTHER {
                    "none".to_owned()
                } else {
                    format!("`{id}`")
                }
            };
            let _ = writeln!(table, "| {} | {} | {count} |", name(gold), name(said));
        }
        table
    }

    /// How sure the recogniser was, and how often it was right.
    pub fn calibration(&self) -> String {
        let mut table = String::from("| confidence | lines | right |\n|---:|---:|---:|\n");
        for (sum, share) in self.calibration.iter().filter(|(_, share)| share.of > 0) {
            let _ = writeln!(
                table,
                "| {:.0} % | {} | {:.0} % |",
                100.0 * sum / share.of as f32,
                share.of,
                share.percent()
            );
        }
        table
    }
}

/// The head of a table of [`Score::row`]s.
pub const HEADER: &str = "| statements | lines | right | duties found | others taken for a duty | opposite role | ambiguous: one of two |\n|---|---:|---:|---:|---:|---:|---:|";
