//! Checks again when something changes. Files are looked at every now and then: that works on every system and on
//! network drives, and what a look costs is far less than what lies between two of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::{CheckArgs, CheckFormat};
use super::check::{fits, hint, recall};
use super::input::Input;
use super::outputs::Report;
use super::{Failure, Output, Status};
use crate::report::{Paint, count};
use crate::workspace::today;

/// How long to wait between two looks, at least.
const PAUSE: Duration = Duration::from_millis(300);
/// How much longer than a look the pause is, at least: where looking takes long, there are fewer looks.
const PAUSE_FACTOR: u32 = 20;
/// How long files have to stay the same before they are checked: whoever writes several is not done after the first.
const CALM: Duration = Duration::from_millis(80);
/// After how many looks files are checked that never stay the same.
const MAX_LOOKS: usize = 25;
/// Clears a terminal, with what was scrolled out of it.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

pub(super) fn run(args: &CheckArgs, output: &Output) -> Result<Status, Failure> {
    if args.fix || args.diff || args.unsafe_fixes {
        return Err(Failure::new(
            "--watch only checks: it goes without --fix and --diff",
        ));
    }
    if args.changed_since.is_some() {
        return Err(Failure::new("--watch goes without --changed-since"));
    }
    fits(args)?;
    if args.paths.iter().any(|path| path == Path::new("-")) {
        return Err(Failure::new(
            "--watch needs files or folders, not standard input",
        ));
    }
    let input = Input::read(args, output)?;
    let mut catalogs = Vec::new();
    // What cannot be looked at the first time was mistyped; later it may come back.
    let mut seen = Seen::look(&input, &catalogs);
    let files = seen
        .files
        .as_ref()
        .map_err(|why| Failure::new(why.as_str()))?;
    let mut news = format!("Watching {}; Ctrl-C ends.", count(files.len(), "file"));
    let mut is_first = true;
    loop {
        let status = check(args, &input, output, &news, is_first, &mut catalogs)?;
        if output.is_gone() {
            return Ok(status);
        }
        is_first = false;
        seen.turn_to(&catalogs);
        let now = changed(&input, &seen, &catalogs);
        news = seen.difference(&now, &input);
        seen = now;
    }
}

/// Checks once and prints what was found, under a line that says why.
fn check(
    args: &CheckArgs,
    input: &Input<'_>,
    output: &Output,
    news: &str,
    is_first: bool,
    catalogs: &mut Vec<PathBuf>,
) -> Result<Status, Failure> {
    let time = TimeZone::system().to_datetime(Timestamp::now());
    let time = time.strftime("%H:%M:%S");
    let head = format!("[{time}] {news}");
    let is_text = args.format == CheckFormat::Text;
    if !is_text {
        output.note(&head);
    }
    let start = Instant::now();
    let checked = input.check(Vec::new()).and_then(|mut outcome| {
        recall(args, &mut outcome)?;
        Ok(outcome)
    });
    let outcome = match checked {
        Ok(outcome) => outcome,
        Err(Failure(why)) => {
            output.error(&why);
            return Ok(Status::Failed);
        }
    };
    catalogs.clone_from(&outcome.catalog_files);
    let report = Report {
        args,
        time: start.elapsed(),
        mended: None,
        hint: hint(args, input, output),
    };
    report.write_files(&outcome)?;
    output.print(|out| {
        if output.is_terminal {
            write!(out, "{CLEAR}")?;
        } else if is_text && !is_first {
            writeln!(out)?;
        }
        if is_text {
            writeln!(out, "{}\n", Paint::new(output.color).dim(&head))?;
        }
        report.print(&outcome, output, out)
    })?;
    Ok(report.status(&outcome))
}

/// Waits until something is not as it was, and has come to rest.
fn changed(input: &Input<'_>, seen: &Seen, catalogs: &[PathBuf]) -> Seen {
    let mut pause = PAUSE;
    let mut now = loop {
        std::thread::sleep(pause);
        let start = Instant::now();
        let now = Seen::look(input, catalogs);
        if now != *seen {
            break now;
        }
        pause = PAUSE.max(start.elapsed() * PAUSE_FACTOR);
    };
    for _ in 0..MAX_LOOKS {
        std::thread::sleep(CALM);
        let next = Seen::look(input, catalogs);
        if next == now {
            break;
        }
        now = next;
    }
    now
}

/// What tells one text of a file from the next without reading it.
type Stamp = Option<(SystemTime, u64)>;

type Stamps = BTreeMap<PathBuf, Stamp>;

/// Everything that the findings depend on.
#[derive(PartialEq, Eq)]
struct Seen {
    files: Result<Stamps, String>,
    catalogs: Stamps,
    /// Some findings come with the days.
    day: Date,
}

impl Seen {
    fn look(input: &Input<'_>, catalogs: &[PathBuf]) -> Self {
        let files = input.discover().map(|discovery| {
            let organisations = discovery.organisations.iter();
            let all = organisations
                .flat_map(|one| one.files.iter().chain(&one.pages))
                .map(|(file, _)| file)
                .chain(&discovery.config_files);
            let paths = all.map(|file| discovery.files.path(*file));
            paths.map(|path| (path.to_owned(), stamp(path))).collect()
        });
        let catalogs = catalogs.iter();
        Self {
            files: files.map_err(|Failure(why)| why),
            catalogs: catalogs.map(|path| (path.clone(), stamp(path))).collect(),
            day: today(),
        }
    }

    /// Turns to other catalogs: which ones there are is only known after a check.
    fn turn_to(&mut self, catalogs: &[PathBuf]) {
        let mut stamps = Stamps::new();
        for path in catalogs {
            let known = self.catalogs.get(path).copied();
            stamps.insert(path.clone(), known.unwrap_or_else(|| stamp(path)));
        }
        self.catalogs = stamps;
    }

    fn stamp(&self, path: &Path) -> Stamp {
        let file = self.files.as_ref().ok().and_then(|files| files.get(path));
        file.or_else(|| self.catalogs.get(path)).copied().flatten()
    }

    /// What is not as it was, in a sentence.
    fn difference(&self, now: &Self, input: &Input<'_>) -> String {
        let (Ok(before), Ok(after)) = (&self.files, &now.files) else {
            return "Something changed.".to_owned();
        };
        let files = before.keys().chain(after.keys());
        let all: BTreeSet<&PathBuf> = files.chain(self.catalogs.keys()).collect();
        let all = all.into_iter();
        let mut changed = all.filter(|path| self.stamp(path) != now.stamp(path));
        let Some(first) = changed.next() else {
            return "A new day.".to_owned();
        };
        let shown = input.show(first);
        match changed.count() {
            0 if self.stamp(first).is_none() => format!("{shown} is new."),
            0 if now.stamp(first).is_none() => format!("{shown} is gone."),
            0 => format!("{shown} changed."),
            more => format!("{shown} and {} changed.", count(more, "more file")),
        }
    }
}

fn stamp(path: &Path) -> Stamp {
    let data = path.metadata().ok()?;
    Some((data.modified().ok()?, data.len()))
}
