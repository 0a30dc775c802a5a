use std::io::Write;
use std::time::{Duration, Instant};

use super::args::{CheckArgs, CheckFormat};
use super::input::Input;
use super::{Failure, Output, Status, baseline};
use crate::report::{JsonOptions, Mendable, Summary, TextOptions, concise, json, text};
use crate::rules::{Mended, Outcome};

pub(super) fn run(args: &CheckArgs, output: &Output) -> Result<Status, Failure> {
    if args.unsafe_fixes {
        return Err(Failure::new("--unsafe-fixes goes with --fix or --diff"));
    }
    let start = Instant::now();
    let input = Input::read(args, output)?;
    let mut outcome = input.check(Vec::new())?;
    recall(args, &mut outcome)?;
    let report = Report {
        args,
        time: start.elapsed(),
        mended: None,
        hint: hint(args, &input, output),
    };
    output.print(|out| report.print(&outcome, output, out))?;
    Ok(report.status(&outcome))
}

/// Whether to say how many findings can be mended: it costs a second look at each file, and in a log nobody reads it.
pub(super) fn hint(args: &CheckArgs, input: &Input<'_>, output: &Output) -> bool {
    (output.is_terminal || args.show_fixes) && input.stdin().is_none()
}

/// Takes out what a baseline knows, or marks it. Not before mends are made: what is known can be mended as well.
pub(super) fn recall(args: &CheckArgs, outcome: &mut Outcome) -> Result<(), Failure> {
    if !args.no_baseline && !args.no_ignores {
        baseline::recall(outcome, args.baseline.as_deref())?;
    }
    if !args.show_known && args.format != CheckFormat::Json {
        outcome.hide_known();
    }
    Ok(())
}

/// What is printed of an outcome.
pub(super) struct Report<'a> {
    pub args: &'a CheckArgs,
    /// How long the work took.
    pub time: Duration,
    /// What was mended before, if that was asked for.
    pub mended: Option<&'a Mended>,
    /// Whether to say how many findings can be mended.
    pub hint: bool,
}

impl Report<'_> {
    pub(super) fn print(
        &self,
        outcome: &Outcome,
        output: &Output,
        out: &mut dyn Write,
    ) -> std::io::Result<()> {
        let args = self.args;
        let fixes = args.show_fixes;
        match args.format {
            CheckFormat::Text => {
                let options = TextOptions {
                    color: output.color,
                    links: output.links,
                    width: output.width,
                    fixes,
                };
                text(outcome, options, out)?;
                if args.quiet {
                    return Ok(());
                }
                writeln!(out, "{}", self.summary(outcome))?;
                let listed = self.mended.filter(|_| fixes);
                for mend in listed.iter().flat_map(|mended| &mended.applied) {
                    let path = outcome.sources.files().show(&mend.path);
                    writeln!(out, "  {path}: {} ({})", mend.title, mend.rule)?;
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
            CheckFormat::Concise => concise(outcome, out),
            CheckFormat::Json => {
                let fixed = self.mended.map(|mended| mended.applied.len());
                json(outcome, JsonOptions { fixes, fixed }, out)
            }
        }
    }

    /// What it comes to, in a sentence.
    pub(super) fn summary(&self, outcome: &Outcome) -> String {
        let summary = Summary::of(outcome);
        match self.mended {
            Some(mended) if summary.files > 0 => {
                summary.fixed_sentence(mended.applied.len(), mended.files.len())
            }
            _ => summary.sentence(self.time),
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
