use std::time::Instant;

use super::args::{CheckArgs, CheckFormat};
use super::check::{fits, hint, recall};
use super::input::Input;
use super::outputs::{Done, Report};
use super::replace::replace_all;
use super::{Failure, Output, Status};
use crate::report::{Paint, count, patch};
use crate::rules::{Mended, Rounds};

/// How many mends that were not applied are told of one by one.
const TOLD: usize = 10;

pub(super) fn run(args: &CheckArgs, output: &Output) -> Result<Status, Failure> {
    if args.watch {
        return Err(Failure::new("--watch goes with `rolelint check` alone"));
    }
    if args.changed_since.is_some() {
        return Err(Failure::new(
            "--changed-since only checks: it goes without --fix and --diff; name the files to mend",
        ));
    }
    if args.diff && !args.output.is_empty() {
        return Err(Failure::new(
            "--output goes without --diff, which lists no findings",
        ));
    }
    fits(args)?;
    let start = Instant::now();
    let input = Input::read(args, output)?;
    let check = |texts| input.check(texts);
    let rounds = Rounds {
        check: &check,
        asked: args.unsafe_fixes,
        only: input.stdin().map(|stdin| &*stdin.path),
    };
    let mended = rounds.run()?;
    tell(&mended, output);
    if args.diff {
        return diff(args, &mended, output);
    }
    let Mended {
        mut outcome,
        files: changed,
        applied,
        ..
    } = mended;
    recall(args, &mut outcome)?;
    let report = Report {
        args,
        time: start.elapsed(),
        mended: Some(Done {
            applied: &applied,
            files: changed.len(),
        }),
        hint: hint(args, &input, output) && !args.unsafe_fixes,
    };
    match input.stdin() {
        Some(stdin) => {
            let changed = changed.first().map(|file| &file.new);
            output.print(|out| out.write_all(changed.unwrap_or(&stdin.bytes)))?;
            output.print_error(|output, out| report.print(&outcome, output, out));
        }
        None => {
            let files = outcome.sources.files();
            replace_all(&changed, |path| files.show(path).into_owned())?;
            output.print(|out| report.print(&outcome, output, out))?;
            if args.format != CheckFormat::Text && !args.quiet {
                output.note(&report.summary(&outcome));
            }
        }
    }
    report.write_files(&outcome)?;
    input.tell_time(start.elapsed());
    Ok(report.status(&outcome))
}

/// What was not applied, and why.
fn tell(mended: &Mended, output: &Output) {
    let files = mended.outcome.sources.files();
    for refused in mended.refused.iter().take(TOLD) {
        let mend = &refused.mend;
        output.note(&format!(
            "{}: \"{}\" ({}) is not applied: {}",
            files.show(&mend.path),
            mend.title,
            mend.rule,
            refused.why
        ));
    }
    if let Some(more @ 1..) = mended.refused.len().checked_sub(TOLD) {
        let are = if more == 1 { "is" } else { "are" };
        output.note(&format!(
            "{} {are} not applied either",
            count(more, "more mend")
        ));
    }
    if mended.unfinished {
        output.note("some mends lead to others again and again; here it stops");
    }
}

/// Prints what would change.
fn diff(args: &CheckArgs, mended: &Mended, output: &Output) -> Result<Status, Failure> {
    let paint = Paint::new(output.color);
    let files = mended.outcome.sources.files();
    output.print(|out| {
        for file in &mended.files {
            // What is not UTF-8 is not mended.
            let text = std::str::from_utf8;
            let old = file.old.as_deref().map(text).transpose();
            if let (Ok(old), Ok(new)) = (old, text(&file.new)) {
                patch(&files.show(&file.path), old, new, paint, out)?;
            }
        }
        Ok(())
    })?;
    if !args.quiet {
        output.note(&match mended.applied.len() {
            0 => "nothing to fix".to_owned(),
            findings => format!(
                "would fix {} in {}",
                count(findings, "finding"),
                count(mended.files.len(), "file")
            ),
        });
    }
    Ok(match mended.files.is_empty() {
        true => Status::Clean,
        false => Status::Findings,
    })
}
