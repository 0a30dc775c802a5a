use std::time::Duration;

use crate::rules::Outcome;
use crate::workspace::Severity;

/// What a run comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// New findings that are errors; what a baseline knows does not count.
    pub errors: usize,
    /// New findings that are warnings.
    pub warnings: usize,
    /// New findings that are hints.
    pub hints: usize,
    /// Findings that a baseline knows.
    pub known: usize,
    /// Files with new findings.
    pub files_with_findings: usize,
    /// Files that were checked.
    pub files: usize,
    /// Teams in them.
    pub teams: usize,
    /// Products in them.
    pub products: usize,
}

/// What is said where there is nothing to check.
const NO_FILES: &str =
    "No role files found (they are named `*.roles.yaml`, or taken in by `include:`).";

impl Summary {
    /// Counts an outcome.
    pub fn of(outcome: &Outcome) -> Self {
        let new = || outcome.findings.iter().filter(|one| !outcome.is_known(one));
        let of = |severity| new().filter(|one| one.severity == severity).count();
        let mut files: Vec<_> = new().map(|finding| finding.file).collect();
        files.dedup();
        Self {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            hints: of(Severity::Hint),
            known: outcome.known(),
            files_with_findings: files.len(),
            files: outcome.files_checked,
            teams: outcome.teams,
            products: outcome.products,
        }
    }

    /// How many findings matter at least so much.
    pub fn at_least(&self, severity: Severity) -> usize {
        let hints = if severity <= Severity::Hint {
            self.hints
        } else {
            0
        };
        let warnings = if severity <= Severity::Warning {
            self.warnings
        } else {
            0
        };
        hints + warnings + self.errors
    }

    /// "2 errors and 1 hint".
    fn by_severity(&self) -> String {
        let parts: Vec<String> = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.hints, "hint"),
        ]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| count(number, word))
        .collect();
        match parts.as_slice() {
            [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
            all => all.concat(),
        }
    }

    /// What was mended, and what is left: "Fixed 3 findings in 2 files; 4 left (1 error and 3 hints)."
    pub fn fixed_sentence(&self, findings: usize, files: usize) -> String {
        let done = match findings {
            0 => "Nothing to fix".to_owned(),
            _ => format!(
                "Fixed {} in {}",
                count(findings, "finding"),
                count(files, "file")
            ),
        };
        match self.at_least(Severity::Hint) {
            0 if findings == 0 => format!("{done}."),
            0 => format!("{done}; none left."),
            left => format!("{done}; {left} left ({}).", self.by_severity()),
        }
    }

    /// In a sentence: "Found 2 errors and 1 hint in 2 of 12 files, and 7 known from the baseline (9 teams, 4 products)
    /// in 3 ms." `since` is the branch or commit that it is compared with, where there is one.
    pub fn sentence(&self, time: Duration, since: Option<&str>) -> String {
        if self.files == 0 {
            return NO_FILES.to_owned();
        }
        let found = match self.at_least(Severity::Hint) {
            0 => String::new(),
            _ => format!("Found {}", self.by_severity()),
        };
        format!("{} in {}.", self.counted(&found, since), duration(time))
    }

    /// The same without the time, as Markdown: "**2 errors and 1 hint** in 2 of 12 files (9 teams, 4 products)."
    pub fn markdown_sentence(&self) -> String {
        if self.files == 0 {
            return NO_FILES.to_owned();
        }
        format!(
            "{}.",
            self.counted(&format!("**{}**", self.by_severity()), None)
        )
    }

    /// What was found, in how many files of how many, and what is in them.
    fn counted(&self, found: &str, since: Option<&str>) -> String {
        let files = count(self.files, "file");
        let since = since.map_or_else(String::new, |since| format!(" since `{since}`"));
        let found = match (self.at_least(Severity::Hint), self.known) {
            (0, 0) if since.is_empty() => format!("All is well in {files}"),
            (0, _) => format!("Nothing new{since} in {files}"),
            _ => format!("{found} in {} of {files}{since}", self.files_with_findings),
        };
        let known = match self.known {
            0 => String::new(),
            known => format!(", and {known} known from the baseline"),
        };
        let (teams, products) = (count(self.teams, "team"), count(self.products, "product"));
        format!("{found}{known} ({teams}, {products})")
    }
}

fn duration(time: Duration) -> String {
    match time.as_millis() {
        0 => "under 1 ms".to_owned(),
        millis @ 1..=9_999 => format!("{millis} ms"),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

/// A number with its noun: "1 team", "2 teams".
pub fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
