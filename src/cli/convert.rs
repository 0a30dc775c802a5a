use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::ValueEnum;

use super::catalog::find_catalog;
use super::replace::replace_all;
use super::{Failure, Output, Status};
use crate::catalog::Catalog;
use crate::convert::{Converted, Kind, Source, Written, convert};
use crate::report::{Summary, TextOptions, text};
use crate::rules::{MendedFile, Outcome, Request, check};
use crate::workspace::{Overlay, Severity, absolute, discover};

/// Arguments of `convert`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
What no role file can say is kept as a comment. A file that is there is never overwritten. What was written is checked right \
away, and what is still missing is printed.

Exit code: 0 when the new files pass, 1 when a check finds errors or warnings in them, 2 when nothing could be written.")]
pub struct ConvertArgs {
    /// Files; `-` or nothing reads standard input.
    #[arg(value_name = "FILE|-")]
    pub files: Vec<PathBuf>,
    /// What the files are; else it is told from what stands in them.
    #[arg(long, value_enum, value_name = "KIND")]
    pub from: Option<From>,
    /// The folder to write to; `-` prints instead.
    #[arg(long, default_value = ".", value_name = "DIR|-")]
    pub output: PathBuf,
    /// The catalog whose roles are meant; else the one that applies in this folder.
    #[arg(long, value_name = "NAME|PATH")]
    pub catalog: Option<String>,
    /// Print no summary, and not what the files were taken for.
    #[arg(long, short)]
    pub quiet: bool,
}

/// How many files are listed by name.
const MAX_NAMES: usize = 6;

/// What can be converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum From {
    /// Markdown tables of who is responsible, accountable, consulted and informed.
    Raci,
    /// Markdown with a heading for each role and a list of what it does.
    Personas,
    /// Groups, users and systems of a Backstage catalog.
    Backstage,
    /// Groups with chairs and tech leads, as in Kubernetes' sigs.yaml.
    Sigs,
    /// A table with columns such as team, role, person and duty.
    Csv,
}

impl From {
    fn kind(self) -> Kind {
        match self {
            From::Raci => Kind::Raci,
            From::Personas => Kind::Personas,
            From::Backstage => Kind::Backstage,
            From::Sigs => Kind::Sigs,
            From::Csv => Kind::Csv,
        }
    }
}

pub(super) fn run(args: &ConvertArgs, output: &Output) -> Result<Status, Failure> {
    let start = Instant::now();
    let base = std::env::current_dir()
        .map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))?;
    let catalog = find_catalog(args.catalog.as_deref())?;
    let mut paths = args.files.clone();
    if paths.is_empty() {
        paths.push("-".into());
    }
    let mut notes = Vec::new();
    let mut sources = Vec::new();
    for path in &paths {
        let (source, note) = source(path, args.from, &catalog)?;
        sources.push(source);
        notes.extend(note.filter(|_| !args.quiet));
    }
    let converted = convert(&sources, &catalog).map_err(Failure)?;
    let prints = args.output == Path::new("-");
    let outcome = if prints {
        notes.iter().for_each(|note| output.note(note));
        let stream = stream(&converted.files);
        output.print(|out| out.write_all(stream.as_bytes()))?;
        let overlay = Overlay {
            path: base.join("<converted>"),
            bytes: stream.into_bytes().into(),
            asked: true,
        };
        check(Request {
            discovery: discover(&base, &[], std::slice::from_ref(&overlay))?,
            overlays: vec![overlay],
            today: None,
        })
    } else {
        let written = write(&converted.files, &args.output, &base)?;
        for note in &notes {
            output.line(&format!("{note}."))?;
        }
        if !args.quiet {
            output.line(&told(&converted, &args.output))?;
        }
        check(Request {
            discovery: discover(&base, &written, &[])?,
            overlays: Vec::new(),
            today: None,
        })
    };
    let time = start.elapsed();
    let report = |output: &Output, out: &mut dyn std::io::Write| {
        let options = TextOptions {
            color: output.color,
            links: output.links,
            width: output.width,
            fixes: false,
        };
        if !prints && !args.quiet {
            writeln!(out)?;
        }
        text(&outcome, options, out)?;
        if args.quiet {
            return Ok(());
        }
        writeln!(out, "{}", Summary::of(&outcome).sentence(time, None))
    };
    if prints {
        output.print_error(report);
    } else {
        output.print(|out| report(output, out))?;
    }
    Ok(status(&outcome))
}

fn status(outcome: &Outcome) -> Status {
    match Summary::of(outcome).at_least(Severity::Warning) {
        0 => Status::Clean,
        _ => Status::Findings,
    }
}

/// Reads an input, and says what it was taken for where nobody told.
fn source(
    path: &Path,
    from: Option<From>,
    catalog: &Catalog,
) -> Result<(Source, Option<String>), Failure> {
    let is_stdin = path == Path::new("-");
    let name = if is_stdin {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    let bytes = if is_stdin {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.map_err(|error| Failure::new(format!("cannot read {name}: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::new(format!(
            "{name} is not UTF-8 text: the byte at offset {at} is none of it; save it as UTF-8 and try again"
        ))
    })?;
    let kind = match from {
        Some(from) => from.kind(),
        None => Kind::guess(&text, catalog).ok_or_else(|| {
            Failure::new(format!(
                "cannot tell what {name} is; say it with `--from` raci, personas, backstage, sigs or csv"
            ))
        })?,
    };
    let note = from
        .is_none()
        .then(|| format!("{name} is read as {}", kind.describe()));
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned());
    let source = Source {
        name,
        stem: stem.filter(|_| !is_stdin).unwrap_or_default(),
        text,
        kind,
    };
    Ok((source, note))
}

/// All files as one stream of documents.
fn stream(files: &[Written]) -> String {
    let texts: Vec<&str> = files.iter().map(|file| file.text.as_str()).collect();
    texts.join("---\n")
}

/// Writes the files, all of them or none, and only where none is yet.
fn write(files: &[Written], folder: &Path, base: &Path) -> Result<Vec<PathBuf>, Failure> {
    let shown = |name: &str| {
        let path = folder.join(name);
        path.strip_prefix(".")
            .unwrap_or(&path)
            .display()
            .to_string()
    };
    let folder_path = absolute(base, folder);
    for file in files {
        if folder_path.join(&file.name).symlink_metadata().is_ok() {
            return Err(Failure::new(format!(
                "{} is there already, and it is left as it is; nothing was written. `--output` takes another folder, or `-` to print",
                shown(&file.name)
            )));
        }
    }
    let new: Vec<MendedFile> = files
        .iter()
        .map(|file| MendedFile {
            path: folder_path.join(&file.name),
            old: None,
            new: file.text.as_bytes().into(),
        })
        .collect();
    replace_all(&new, |path| {
        shown(&path.file_name().unwrap_or_default().to_string_lossy())
    })?;
    Ok(new.into_iter().map(|file| file.path).collect())
}

/// What was written, in a sentence.
fn told(converted: &Converted, folder: &Path) -> String {
    let names = converted.files.iter().map(|file| {
        let path = folder.join(&file.name);
        path.strip_prefix(".")
            .unwrap_or(&path)
            .display()
            .to_string()
    });
    let names: Vec<String> = names.collect();
    let counts = &converted.counts;
    let count = |number: usize, one: &str, several: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{number} {several}")),
    };
    let counts: Vec<String> = [
        count(counts.teams, "team", "teams"),
        count(counts.products, "product", "products"),
        count(counts.roles, "role", "roles"),
        count(counts.duties, "duty", "duties"),
        count(counts.people, "person", "people"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let files = match names.len() {
        0..=MAX_NAMES => names.join(", "),
        number => format!("{number} files to {}", folder.display()),
    };
    format!("Wrote {files}: {}.", counts.join(", "))
}
