//! What a check looks at: files, folders, or standard input.

use std::cell::Cell;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use super::args::CheckArgs;
use super::progress::with_bar;
use super::{Failure, Output};
use crate::report::timing;
use crate::rules::{CheckOptions, Meter, Outcome, Request, Silenced, Stage, check_with};
use crate::workspace::{Discovery, Overlay, Reason, absolute, discover};

/// What standard input is called where nobody says which file it stands for.
const STDIN: &str = "<stdin>";

/// What was asked for.
pub(super) struct Input<'a> {
    args: &'a CheckArgs,
    output: &'a Output,
    base: PathBuf,
    paths: Vec<PathBuf>,
    stdin: Option<Overlay>,
    told: Cell<bool>,
    meter: Meter,
}

impl<'a> Input<'a> {
    /// Reads standard input, where it is asked for.
    pub(super) fn read(args: &'a CheckArgs, output: &'a Output) -> Result<Self, Failure> {
        let base = std::env::current_dir()
            .map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))?;
        let (paths, stdin) = read_input(args, &base)?;
        Ok(Self {
            args,
            output,
            base,
            paths,
            stdin,
            told: Cell::new(false),
            meter: match args.timing {
                true => Meter::timing(clock),
                false => Meter::counting(),
            },
        })
    }

    /// Standard input and the path that it stands for, if it is what is checked.
    pub(super) fn stdin(&self) -> Option<&Overlay> {
        self.stdin.as_ref()
    }

    /// The current folder.
    pub(super) fn base(&self) -> &Path {
        &self.base
    }

    /// Git tells where files really are; a path that was asked for may lead there through a link.
    pub(super) fn as_asked(&self, file: &mut PathBuf) {
        let asked = self.paths.iter().map(|path| absolute(&self.base, path));
        let links = asked.filter_map(|path| Some((path.canonicalize().ok()?, path)));
        for (real, path) in links.filter(|(real, path)| real != path) {
            if let Ok(inside) = file.strip_prefix(&real) {
                *file = path.join(inside);
                return;
            }
        }
    }

    /// A path as people see it.
    pub(super) fn show(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.base).unwrap_or(path);
        path.display().to_string()
    }

    /// Finds the files that are looked at.
    pub(super) fn discover(&self) -> Result<Discovery, Failure> {
        Ok(discover(&self.base, &self.paths, &[])?)
    }

    /// Checks it, with other texts in place of some.
    pub(super) fn check(&self, mut texts: Vec<Overlay>) -> Result<Outcome, Failure> {
        if let Some(stdin) = &self.stdin {
            match texts.iter_mut().find(|text| text.path == stdin.path) {
                Some(text) => text.asked = true,
                None => texts.push(stdin.clone()),
            }
        }
        let watched = !self.args.quiet && !self.args.watch && self.stdin.is_none();
        with_bar(watched, &self.meter, || self.check_texts(texts))
    }

    fn check_texts(&self, texts: Vec<Overlay>) -> Result<Outcome, Failure> {
        let found = || discover(&self.base, &self.paths, &texts);
        let discovery = self.meter.time(Stage::Discover, found)?;
        if !self.told.replace(true) {
            self.tell_left_out(&discovery);
        }
        let request = Request {
            discovery,
            overlays: texts,
            today: self.args.today,
        };
        let options = CheckOptions {
            silenced: match (self.args.no_ignores, self.args.show_ignored) {
                (true, _) => Silenced::Reported,
                (false, true) => Silenced::Kept,
                (false, false) => Silenced::Dropped,
            },
            meter: Some(&self.meter),
        };
        Ok(check_with(request, options))
    }

    /// Tells where the time went, if that was asked for.
    pub(super) fn tell_time(&self, total: Duration) {
        if self.args.timing {
            let meter = &self.meter;
            self.output.print_error(|_, out| timing(meter, total, out));
        }
    }

    /// A file that somebody names and that is not checked should not pass for clean.
    fn tell_left_out(&self, discovery: &Discovery) {
        for path in &self.paths {
            let absolute = absolute(&self.base, path);
            if absolute.is_dir() {
                continue;
            }
            if let Reason::Excluded(pattern) = discovery.reason(&absolute) {
                self.output.note(&format!(
                    "{} is not checked: `exclude` has the pattern `{pattern}`",
                    path.display()
                ));
            }
        }
    }
}

/// The time since this was asked first.
fn clock() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// The paths to check, and standard input where it is one of them.
fn read_input(args: &CheckArgs, base: &Path) -> Result<(Vec<PathBuf>, Option<Overlay>), Failure> {
    let reads_stdin = args.paths.iter().any(|path| path == Path::new("-"));
    if !reads_stdin {
        if args.stdin_filename.is_some() {
            return Err(Failure::new(
                "--stdin-filename goes with `-` as the path, to read standard input",
            ));
        }
        return Ok((args.paths.clone(), None));
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
    let (paths, path) = match &args.stdin_filename {
        Some(path) => (vec![path.clone()], absolute(base, path)),
        // Nobody knows where the text belongs, so it stands alone.
        None => (Vec::new(), base.join(STDIN)),
    };
    let stdin = Overlay {
        path,
        bytes: bytes.into(),
        asked: true,
    };
    Ok((paths, Some(stdin)))
}
