use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::args::{CheckArgs, CheckFormat};
use super::{Failure, Output, Status};
use crate::report::{Summary, TextOptions, concise, json, text};
use crate::rules::{Request, check};
use crate::workspace::{Discovery, Overlay, Reason, discover};

/// What standard input is called where nobody says which file it stands for.
const STDIN: &str = "<stdin>";

pub(super) fn run(args: &CheckArgs, output: &Output) -> Result<Status, Failure> {
    let start = Instant::now();
    let base = std::env::current_dir()
        .map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))?;
    let (paths, overlays) = read_input(args, &base)?;
    let discovery = discover(&base, &paths, &overlays)?;
    tell_left_out(&discovery, &paths, &base, output);
    let outcome = check(Request {
        discovery,
        overlays,
        today: args.today,
    });
    let summary = Summary::of(&outcome);
    output.print(|out| match args.format {
        CheckFormat::Text => {
            let options = TextOptions {
                color: output.color,
                links: output.links,
                width: output.width,
                time: (!args.quiet).then(|| start.elapsed()),
            };
            text(&outcome, options, out)
        }
        CheckFormat::Concise => concise(&outcome, out),
        CheckFormat::Json => json(&outcome, out),
    })?;
    let failing = args
        .fail_on
        .severity()
        .map_or(0, |level| summary.at_least(level));
    Ok(if failing > 0 {
        Status::Findings
    } else {
        Status::Clean
    })
}

/// The paths to check, and standard input where it is one of them.
fn read_input(args: &CheckArgs, base: &Path) -> Result<(Vec<PathBuf>, Vec<Overlay>), Failure> {
    let reads_stdin = args.paths.iter().any(|path| path == Path::new("-"));
    if !reads_stdin {
        if args.stdin_filename.is_some() {
            return Err(Failure::new(
                "--stdin-filename goes with `-` as the path, to read standard input",
            ));
        }
        return Ok((args.paths.clone(), Vec::new()));
    }
    if args.paths.len() > 1 {
        return Err(Failure::new(
            "`-` reads standard input and cannot be combined with other paths",
        ));
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::new(format!("cannot read standard input: {error}")))?;
    Ok(match &args.stdin_filename {
        Some(path) => {
            let overlay = Overlay {
                path: crate::workspace::absolute(base, path),
                bytes: bytes.into(),
                asked: true,
            };
            (vec![path.clone()], vec![overlay])
        }
        // Nobody knows where the text belongs, so it stands alone.
        None => {
            let path = base.join(STDIN);
            (
                Vec::new(),
                vec![Overlay {
                    path,
                    bytes: bytes.into(),
                    asked: true,
                }],
            )
        }
    })
}

/// A file that somebody names and that is not checked should not pass for clean.
fn tell_left_out(discovery: &Discovery, paths: &[PathBuf], base: &Path, output: &Output) {
    for path in paths {
        let absolute = crate::workspace::absolute(base, path);
        if absolute.is_dir() {
            continue;
        }
        if let Reason::Excluded(pattern) = discovery.reason(&absolute) {
            output.note(&format!(
                "{} is not checked: `exclude` has the pattern `{pattern}`",
                path.display()
            ));
        }
    }
}
