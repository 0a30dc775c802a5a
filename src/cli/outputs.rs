//! What a check prints, and the files that it writes.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::args::{CheckArgs, CheckFormat};
use super::{Failure, Output, Status};
use crate::report::{
    FormatOptions, JsonOptions, Mendable, Paint, Summary, TextOptions, azure, checkstyle, concise,
    github, gitlab, json, junit, markdown, rdjson, repository_root, sarif, statistics,
    statistics_json, text,
};
use crate::rules::{Applied, Outcome};

/// The width of text in files, in characters.
const FILE_WIDTH: usize = 100;

/// What was mended.
#[derive(Clone, Copy)]
pub(super) struct Done<'a> {
    /// The mends.
    pub applied: &'a [Applied],
    /// How many files changed.
    pub files: usize,
}

/// What is printed of an outcome.
pub(super) struct Report<'a> {
    pub args: &'a CheckArgs,
    /// How long the work took.
    pub time: Duration,
    /// What was mended before, if that was asked for.
    pub mended: Option<Done<'a>>,
    /// Whether to say how many findings can be mended.
    pub hint: bool,
}

impl Report<'_> {
    /// Writes the files that were asked for: each whole or not at all.
    pub(super) fn write_files(&self, outcome: &Outcome) -> Result<(), Failure> {
        for file in &self.args.output {
            let mut bytes = Vec::new();
            let options = TextOptions {
                color: false,
                links: false,
                width: FILE_WIDTH,
                fixes: self.args.show_fixes,
            };
            self.findings(file.format, outcome, options, &mut bytes)?;
            write_file(&file.path, &bytes).map_err(|error| {
                Failure::new(format!("cannot write {}: {error}", file.path.display()))
            })?;
        }
        Ok(())
    }

    /// Prints what is for standard output.
    pub(super) fn print(
        &self,
        outcome: &Outcome,
        output: &Output,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let args = self.args;
        let options = TextOptions {
            color: output.color,
            links: output.links,
            width: output.width,
            fixes: args.show_fixes,
        };
        let is_text = args.format == CheckFormat::Text;
        match (args.statistics, args.format) {
            (true, CheckFormat::Json) => statistics_json(outcome, out)?,
            (true, _) => statistics(outcome, Paint::new(output.color), out)?,
            (false, format) => self.findings(format, outcome, options, out)?,
        }
        if is_text && !args.quiet {
            self.after(outcome, out)?;
        }
        Ok(())
    }

    /// The findings in a format.
    fn findings(
        &self,
        format: CheckFormat,
        outcome: &Outcome,
        options: TextOptions,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let all = || self.options(outcome);
        match format {
            CheckFormat::Text => text(outcome, options, out),
            CheckFormat::Concise => concise(outcome, out),
            CheckFormat::Json => {
                let fixed = self.mended.map(|mended| mended.applied.len());
                let fixes = options.fixes;
                json(outcome, JsonOptions { fixes, fixed }, out)
            }
            CheckFormat::Github => github(outcome, &all(), out),
            CheckFormat::Gitlab => gitlab(outcome, &all(), out),
            CheckFormat::Junit => junit(outcome, &all(), out),
            CheckFormat::Sarif => sarif(outcome, &all(), out),
            CheckFormat::Checkstyle => checkstyle(outcome, &all(), out),
            CheckFormat::Rdjson => rdjson(outcome, &all(), out),
            CheckFormat::Azure => azure(outcome, &all(), out),
            CheckFormat::Markdown => markdown(outcome, &all(), out),
        }
    }

    fn options(&self, outcome: &Outcome) -> FormatOptions {
        let base = outcome.sources.files().base().to_owned();
        FormatOptions {
            root: repository_root(&base),
            base,
            fail_on: self.args.fail_on.severity(),
            fixes: self.args.show_fixes,
            link: link(|name| std::env::var(name).ok()),
        }
    }

    /// What comes after the findings in text.
    fn after(&self, outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.summary(outcome))?;
        if self.args.show_fixes {
            for mend in self.mended.iter().flat_map(|mended| mended.applied) {
                let path = outcome.sources.files().show(&mend.path);
                writeln!(out, "  {path}: {} ({})", mend.title, mend.rule)?;
            }
        }
        if self.hint {
            // Findings come first; this may take a moment.
            out.flush()?;
            let mut mendable = Mendable::of(outcome);
            if self.mended.is_some() {
                // What is left of these was refused.
                mendable.safe = 0;
            }
            if let Some(sentence) = mendable.sentence() {
                writeln!(out, "{sentence}")?;
            }
        }
        Ok(())
    }

    /// What it comes to, in a sentence.
    pub(super) fn summary(&self, outcome: &Outcome) -> String {
        let summary = Summary::of(outcome);
        match self.mended {
            Some(mended) if summary.files > 0 => {
                summary.fixed_sentence(mended.applied.len(), mended.files)
            }
            _ => summary.sentence(self.time, self.args.changed_since.as_deref()),
        }
    }

    pub(super) fn status(&self, outcome: &Outcome) -> Status {
        let summary = Summary::of(outcome);
        let failing = self.args.fail_on.severity();
        match failing.map_or(0, |level| summary.at_least(level)) {
            0 => Status::Clean,
            _ => Status::Findings,
        }
    }
}

/// Where the files of this commit are to be seen, as far as the CI service says so.
fn link(get: impl Fn(&str) -> Option<String>) -> Option<String> {
    let get = |name| get(name).filter(|value| !value.is_empty());
    if let (Some(server), Some(repository), Some(commit)) = (
        get("GITHUB_SERVER_URL"),
        get("GITHUB_REPOSITORY"),
        get("GITHUB_SHA"),
    ) {
        return Some(format!("{server}/{repository}/blob/{commit}/"));
    }
    let (project, commit) = (get("CI_PROJECT_URL")?, get("CI_COMMIT_SHA")?);
    Some(format!("{project}/-/blob/{commit}/"))
}

/// Writes a report. Folders are made as needed; a pipe or a device is written to as it is.
fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = path.canonicalize().unwrap_or_else(|_| PathBuf::from(path));
    if target.exists() && !target.is_file() {
        if target.is_dir() {
            return Err(io::Error::other("it is a folder"));
        }
        let mut out = BufWriter::new(std::fs::OpenOptions::new().write(true).open(&target)?);
        return out.write_all(bytes).and_then(|()| out.flush());
    }
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder)?;
    let mut new = super::replace::new_in(folder)?;
    new.write_all(bytes)?;
    new.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_services_say_where_files_are_to_be_seen() {
        let of = |all: &[(&str, &str)]| {
            let all: Vec<(String, String)> = all
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect();
            link(move |name| {
                let found = all.iter().find(|(known, _)| known == name);
                found.map(|(_, value)| value.clone())
            })
        };
        let github = [
            ("GITHUB_SERVER_URL", "https://github.com"),
            ("GITHUB_REPOSITORY", "acme/roles"),
            ("GITHUB_SHA", "1f3c"),
        ];
        assert_eq!(
            of(&github).unwrap(),
            "https://github.com/acme/roles/blob/1f3c/"
        );
        let gitlab = [
            ("CI_PROJECT_URL", "https://gitlab.com/acme/roles"),
            ("CI_COMMIT_SHA", "1f3c"),
        ];
        assert_eq!(
            of(&gitlab).unwrap(),
            "https://gitlab.com/acme/roles/-/blob/1f3c/"
        );
        assert_eq!(of(&github[..2]), None);
        assert_eq!(
            of(&[("CI_PROJECT_URL", ""), ("CI_COMMIT_SHA", "1f3c")]),
            None
        );
    }
}
