//! The file that keeps which findings are known already.

use std::collections::HashMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The name of a baseline; it lies in the folder of its organisation.
pub const BASELINE_NAME: &str = ".rolelint-baseline.json";
/// The version of the baseline's form; it grows when a program that reads it would have to change.
pub const BASELINE_VERSION: u32 = 1;

/// What `rolelint baseline` writes: findings that were there when rolelint came, and that do not fail a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Baseline {
    /// The version of this form: 1.
    pub version: u32,
    /// The findings, by file, rule and fingerprint; one a line, so that merges are easy to read.
    pub findings: Vec<KnownFinding>,
}

/// A finding that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct KnownFinding {
    /// The file, relative to the folder of the organisation, with `/` on every system.
    pub file: String,
    /// The rule's id.
    pub rule: String,
    /// What it is known by, as in the output of `rolelint check --format json`: 16 hexadecimal digits.
    #[serde(serialize_with = "write_hex", deserialize_with = "read_hex")]
    #[schemars(with = "String", regex(pattern = "^[0-9a-f]{16}$"))]
    pub fingerprint: u64,
    /// What was wrong when it was noted, for people; it is not compared.
    pub message: String,
}

fn write_hex<S: Serializer>(number: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&format!("{number:016x}"))
}

fn read_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    let is_hex = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = u64::from_str_radix(&text, 16).ok().filter(|_| is_hex);
    number.ok_or_else(|| {
        serde::de::Error::custom("a fingerprint that does not have 16 hexadecimal digits")
    })
}

/// The part of a baseline that says whether the rest can be read.
#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

impl Baseline {
    /// Of some findings, in whatever order they come.
    pub fn new(mut findings: Vec<KnownFinding>) -> Self {
        findings.sort();
        Self {
            version: BASELINE_VERSION,
            findings,
        }
    }

    /// Reads a file; `None` where there is none.
    ///
    /// # Errors
    /// Why it cannot be read, in part of a sentence.
    pub fn read(path: &Path) -> Result<Option<Self>, String> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).map(Some),
            Err(error) => match error.kind() {
                std::io::ErrorKind::NotFound => Ok(None),
                std::io::ErrorKind::PermissionDenied => Err("permission denied".to_owned()),
                std::io::ErrorKind::IsADirectory => Err("it is a folder".to_owned()),
                std::io::ErrorKind::InvalidData => Err("it is not UTF-8 text".to_owned()),
                _ => Err(error.to_string()),
            },
        }
    }

    /// Reads a text.
    ///
    /// # Errors
    /// Why it cannot be read, in part of a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        if text.lines().any(|line| line.starts_with("<<<<<<< ")) {
            return Err(
                "a merge left two versions of some lines behind; keep the lines of both, then run `rolelint baseline --prune`"
                    .to_owned(),
            );
        }
        let wrong = |error: serde_json::Error| format!("it is no baseline: {error}");
        let Versioned { version } = serde_json::from_str(text).map_err(wrong)?;
        if version != BASELINE_VERSION {
            return Err(format!(
                "it has version {version}, and this rolelint reads version {BASELINE_VERSION}; use the rolelint that wrote it, or remove it and run `rolelint baseline`"
            ));
        }
        serde_json::from_str(text).map_err(wrong)
    }

    /// As it is written: one finding a line.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self
            .findings
            .iter()
            .filter_map(|finding| serde_json::to_string(finding).ok())
            .map(|line| format!("\n    {line}"))
            .collect();
        let end = if lines.is_empty() { "" } else { "\n  " };
        format!(
            "{{\n  \"version\": {},\n  \"findings\": [{}{end}]\n}}\n",
            self.version,
            lines.join(",")
        )
    }

    /// How often each fingerprint is in it.
    pub fn counts(&self) -> HashMap<u64, usize> {
        let mut counts = HashMap::new();
        for finding in &self.findings {
            *counts.entry(finding.fingerprint).or_default() += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(file: &str, fingerprint: u64) -> KnownFinding {
        KnownFinding {
            file: file.to_owned(),
            rule: "placeholder".to_owned(),
            fingerprint,
            message: "\"TBD\" holds the seat of Zoë\n".to_owned(),
        }
    }

    #[test]
    fn what_is_written_is_read_and_has_a_line_for_each_finding() {
        let baseline = Baseline::new(vec![known("b", 1), known("a", u64::MAX), known("a", 2)]);
        let text = baseline.text();
        assert_eq!(
            text,
            r#"{
  "version": 1,
  "findings": [
    {"file":"a","rule":"placeholder","fingerprint":"0000000000000002","message":"\"TBD\" holds the seat of Zoë\n"},
    {"file":"a","rule":"placeholder","fingerprint":"ffffffffffffffff","message":"\"TBD\" holds the seat of Zoë\n"},
    {"file":"b","rule":"placeholder","fingerprint":"0000000000000001","message":"\"TBD\" holds the seat of Zoë\n"}
  ]
}
"#
        );
        assert_eq!(Baseline::parse(&text), Ok(baseline.clone()));
        let other = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(Baseline::parse(&other), Ok(baseline));
        let empty = Baseline::new(Vec::new());
        assert_eq!(
            empty.text(),
            "{\n  \"version\": 1,\n  \"findings\": []\n}\n"
        );
        assert_eq!(Baseline::parse(&empty.text()), Ok(empty));
    }

    #[test]
    fn what_is_no_baseline_says_why() {
        for (text, why) in [
            (
                "",
                "it is no baseline: EOF while parsing a value at line 1 column 0",
            ),
            ("[]", "it is no baseline: "),
            ("{}", "it is no baseline: missing field `version`"),
            (
                "{\"version\": 1}",
                "it is no baseline: missing field `findings`",
            ),
            (
                "{\"version\": 2, \"list\": []}",
                "it has version 2, and this rolelint reads version 1; ",
            ),
            (
                "{\"version\": 1, \"findings\": [{\"file\": \"a\", \"rule\": \"b\", \"message\": \"\", \"fingerprint\": \"+00000000000000f\"}]}",
                "it is no baseline: a fingerprint that does not have 16 hexadecimal digits at line 1",
            ),
            ("{\n<<<<<<< ours\n", "a merge left two versions"),
        ] {
            let error = Baseline::parse(text).unwrap_err();
            assert!(error.starts_with(why), "{error}");
        }
    }
}
