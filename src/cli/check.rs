use std::path::Path;
use std::time::Instant;

use super::args::{CheckArgs, CheckFormat};
use super::input::Input;
use super::outputs::Report;
use super::{Failure, Output, Status, baseline, changed};
use crate::rules::Outcome;

pub(super) fn run(args: &CheckArgs, output: &Output) -> Result<Status, Failure> {
    if args.unsafe_fixes {
        return Err(Failure::new("--unsafe-fixes goes with --fix or --diff"));
    }
    fits(args)?;
    let start = Instant::now();
    let input = Input::read(args, output)?;
    let mut outcome = input.check(Vec::new())?;
    recall(args, &mut outcome)?;
    changed::narrow(args, &input, &mut outcome)?;
    let report = Report {
        args,
        time: start.elapsed(),
        mended: None,
        hint: hint(args, &input, output),
    };
    report.write_files(&outcome)?;
    output.print(|out| report.print(&outcome, output, out))?;
    input.tell_time(start.elapsed());
    Ok(report.status(&outcome))
}

/// Refuses what does not go together.
pub(super) fn fits(args: &CheckArgs) -> Result<(), Failure> {
    let is_listed = matches!(args.format, CheckFormat::Text | CheckFormat::Json);
    if args.statistics && !is_listed {
        return Err(Failure::new(
            "--statistics prints text or JSON: `--format text` or `--format json`",
        ));
    }
    if args.changed_since.is_some() && args.paths.iter().any(|path| path == Path::new("-")) {
        return Err(Failure::new(
            "--changed-since needs files or folders, not standard input",
        ));
    }
    Ok(())
}

/// Whether to say how many findings can be mended: it costs a second look at each file, and in a log nobody reads it.
pub(super) fn hint(args: &CheckArgs, input: &Input<'_>, output: &Output) -> bool {
    (output.is_terminal || args.show_fixes) && input.stdin().is_none()
}

/// Marks what a baseline knows. Not before mends are made: what is known can be mended as well.
pub(super) fn recall(args: &CheckArgs, outcome: &mut Outcome) -> Result<(), Failure> {
    if !args.no_baseline && !args.no_ignores {
        baseline::recall(outcome, args.baseline.as_deref())?;
    }
    outcome.list_known(args.show_known);
    Ok(())
}
