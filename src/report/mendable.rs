use crate::rules::{Outcome, Safety};

/// More findings than this are not asked for their mends only to count them.
pub(super) const MOST: usize = 1_000;

/// How many findings can be mended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mendable {
    /// Without asking anybody.
    pub safe: usize,
    /// Only if somebody agrees.
    pub asked: usize,
}

impl Mendable {
    /// Counts the findings of an outcome that can be mended; none, where there are so many that it would take long.
    pub fn of(outcome: &Outcome) -> Self {
        let mut mendable = Self::default();
        if outcome.listed().count() > MOST {
            return mendable;
        }
        outcome.with_fixer(|fixer| {
            for finding in outcome.listed() {
                let fixes = fixer.fixes(finding);
                match fixes.iter().map(|fix| fix.safety).min() {
                    Some(Safety::Safe) => mendable.safe += 1,
                    Some(Safety::Asked) => mendable.asked += 1,
                    None => {}
                }
            }
        });
        mendable
    }

    /// "2 of them can be mended with `rolelint fix`, 3 more with `--unsafe-fixes`."
    pub fn sentence(self) -> Option<String> {
        match (self.safe, self.asked) {
            (0, 0) => None,
            (0, asked) => Some(format!(
                "{asked} of them can be mended with `rolelint fix --unsafe-fixes`."
            )),
            (safe, 0) => Some(format!("{safe} of them can be mended with `rolelint fix`.")),
            (safe, asked) => Some(format!(
                "{safe} of them can be mended with `rolelint fix`, {asked} more with `--unsafe-fixes`."
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_names_the_command_that_does_it() {
        let says = |safe, asked| Mendable { safe, asked }.sentence();
        assert_eq!(says(0, 0), None);
        assert_eq!(
            says(1, 0).unwrap(),
            "1 of them can be mended with `rolelint fix`."
        );
        assert_eq!(
            says(0, 3).unwrap(),
            "3 of them can be mended with `rolelint fix --unsafe-fixes`."
        );
        assert_eq!(
            says(2, 3).unwrap(),
            "2 of them can be mended with `rolelint fix`, 3 more with `--unsafe-fixes`."
        );
    }
}
