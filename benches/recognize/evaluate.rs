//! How well lines are read: right, missed, false alarms, and duties given to the opposite role.

use std::collections::BTreeMap;

use rolelint::catalog::{Catalog, PRODUCT_OWNER};
use rolelint::recognize::{Head, Lexicon, OTHER};

use crate::statements::Statement;

/// A reading as far as the evaluation is concerned.
pub struct Guess {
    /// The most likely duty.
    pub duty: String,
    /// How likely it is.
    pub chance: f32,
    /// How likely the line is none of the duties.
    pub other: f32,
    /// How likely the best duty of another owner is.
    pub rival: f32,
}

/// Reads a line with trained weights alone.
pub fn guess(lexicon: &Lexicon, head: &Head, text: &str) -> Guess {
    let chances = head.chances(&lexicon.read_line(text));
    let mut guess = Guess {
        duty: String::new(),
        chance: 0.0,
        other: 0.0,
        rival: 0.0,
    };
    for (class, chance) in head.classes.iter().zip(&chances) {
        if class.starts_with(OTHER) {
            guess.other += chance;
        } else if *chance > guess.chance {
            guess.chance = *chance;
            guess.duty = (*class).to_owned();
        }
    }
    let po = [
        "value-maximization",
        "backlog-refinement",
        "feedback-analysis",
        "delivery-process",
        "pm-collaboration",
        "team-liaison",
    ];
    for (class, chance) in head.classes.iter().zip(&chances) {
        if !class.starts_with(OTHER) && po.contains(class) != po.contains(&guess.duty.as_str()) {
            guess.rival = guess.rival.max(*chance);
        }
    }
    guess
}

#[derive(Default, Clone, Debug)]
pub struct Score {
    pub clear: u32,
    pub right: u32,
    pub duties: u32,
    pub found: u32,
    pub others: u32,
    pub false_alarms: u32,
    pub opposite: u32,
    pub ambiguous: u32,
    pub either: u32,
    pub confused: BTreeMap<(String, String), u32>,
    pub per_duty: BTreeMap<String, [u32; 3]>,
}

impl Score {
    pub fn of(
        statements: &[Statement],
        catalog: &Catalog,
        mut read: impl FnMut(&Statement) -> String,
    ) -> Self {
        let mut score = Score::default();
        let owner = |duty: &str| {
            catalog
                .find_duty(duty)
                .map(|duty| catalog.role(catalog.duty(duty).role).id.clone())
        };
        for statement in statements {
            let said = read(statement);
            let gold = if statement.is_other() {
                "other"
            } else {
                &statement.label
            };
            if let Some(alt) = &statement.alt {
                let alt = if crate::statements::is_other(alt) {
                    "other"
                } else {
                    alt
                };
                score.ambiguous += 1;
                score.either += u32::from(said == gold || said == alt);
                continue;
            }
            score.clear += 1;
            score.right += u32::from(said == gold);
            score.per_duty.entry(gold.to_owned()).or_default()[0] += 1;
            score.per_duty.entry(said.clone()).or_default()[1] += 1;
            if said == gold {
                score.per_duty.entry(said.clone()).or_default()[2] += 1;
            } else {
                *score
                    .confused
                    .entry((gold.to_owned(), said.clone()))
                    .or_default() += 1;
            }
            if gold == "other" {
                score.others += 1;
                score.false_alarms += u32::from(said != "other");
            } else {
                score.duties += 1;
                score.found += u32::from(said == gold);
                let (a, b) = (owner(gold), owner(&said));
                score.opposite += u32::from(
                    a.is_some()
                        && b.is_some()
                        && a != b
                        && [&a, &b]
                            .into_iter()
                            .any(|role| role.as_deref() == Some(PRODUCT_OWNER)),
                );
            }
        }
        score
    }

    pub fn line(&self) -> String {
        let part = |a: u32, b: u32| 100.0 * f64::from(a) / f64::from(b.max(1));
        format!(
            "right {:5.1} %  found {:5.1} %  false alarms {:4.1} %  opposite role {:4.1} %  ambiguous {:5.1} %   ({} clear, {} duties, {} other, {} ambiguous)",
            part(self.right, self.clear),
            part(self.found, self.duties),
            part(self.false_alarms, self.others),
            part(self.opposite, self.clear),
            part(self.either, self.ambiguous),
            self.clear,
            self.duties,
            self.others,
            self.ambiguous,
        )
    }
}
