use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::args::{MatrixArgs, MatrixFormat};
use super::replace::replace_all;
use super::{Failure, Output, Status};
use crate::report::{AgreedList, Matrix, MatrixRequest, Paint, count, matrix, patch};
use crate::rules::{MendedFile, Request, check};
use crate::workspace::{absolute, discover};

/// How wide text is where it goes to no terminal.
const WIDTH: usize = 80;

pub(super) fn run(args: &MatrixArgs, output: &Output) -> Result<Status, Failure> {
    let base = std::env::current_dir()
        .map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))?;
    let format = format(args)?;
    let discovery = discover(&base, &args.paths, &[])?;
    let agreed = AgreedList::of(&discovery, args.today);
    let files = discovery.organisations.iter().flat_map(|one| &one.files);
    let asked: HashSet<_> = files
        .map(|(file, _)| *file)
        .filter(|file| discovery.is_asked(*file))
        .collect();
    let outcome = check(Request {
        discovery,
        overlays: Vec::new(),
        today: args.today,
    });
    let drawn = matrix(&MatrixRequest {
        outcome: &outcome,
        asked: &asked,
        agreed: &agreed,
        products: &args.product,
        teams: &args.team,
    })
    .map_err(Failure::new)?;
    if !drawn.broken_files.is_empty() {
        let files = count(drawn.broken_files.len(), "file");
        output.note(&format!(
            "{files} could not be read in full, so duties may be missing; `rolelint check` says where"
        ));
    }
    if let Some(page) = &args.check {
        return current(args, &drawn, &base, page, output);
    }
    let Some(file) = &args.output else {
        output.print(|out| match format {
            MatrixFormat::Text => {
                let width = if output.is_terminal {
                    output.width
                } else {
                    WIDTH
                };
                drawn.text(Paint::new(output.color), width, out)
            }
            format => out.write_all(&written(&drawn, format)?),
        })?;
        return Ok(Status::Clean);
    };
    write(
        &absolute(&base, file),
        file,
        written(&drawn, format)?,
        output,
    )
}

/// The format that is asked for, else the one that the name of a file says.
fn format(args: &MatrixArgs) -> Result<MatrixFormat, Failure> {
    if args.check.is_some() {
        return match args.format {
            None | Some(MatrixFormat::Markdown) => Ok(MatrixFormat::Markdown),
            Some(_) => Err(Failure::new(
                "--check compares a Markdown page; it goes with no other --format",
            )),
        };
    }
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(file) = &args.output else {
        return Ok(MatrixFormat::Text);
    };
    let ending = file.extension().and_then(|ending| ending.to_str());
    match ending.map(str::to_lowercase).as_deref() {
        Some("html" | "htm") => Ok(MatrixFormat::Html),
        Some("md" | "markdown") => Ok(MatrixFormat::Markdown),
        Some("csv") => Ok(MatrixFormat::Csv),
        Some("json") => Ok(MatrixFormat::Json),
        Some("svg") => Ok(MatrixFormat::Svg),
        Some("txt") => Ok(MatrixFormat::Text),
        _ => Err(Failure::new(format!(
            "the name {} does not say in which format to write; add --format",
            file.display()
        ))),
    }
}

fn written(drawn: &Matrix, format: MatrixFormat) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match format {
        MatrixFormat::Text => drawn.text(Paint::new(false), WIDTH, &mut bytes)?,
        MatrixFormat::Markdown => bytes = drawn.markdown().into_bytes(),
        MatrixFormat::Csv => drawn.csv(&mut bytes)?,
        MatrixFormat::Json => drawn.json(&mut bytes)?,
        MatrixFormat::Svg => drawn.svg(&mut bytes)?,
        MatrixFormat::Html => drawn.html(&mut bytes)?,
    }
    Ok(bytes)
}

/// Writes a file, whole or not at all; one that is current stays untouched.
fn write(path: &Path, shown: &Path, new: Vec<u8>, output: &Output) -> Result<Status, Failure> {
    let shown = shown.display();
    let old = match std::fs::read(path) {
        Ok(old) => Some(old),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(Failure::new(format!("cannot write {shown}: {error}"))),
    };
    if old.as_ref() == Some(&new) {
        output.line(&format!("{shown} is up to date."))?;
        return Ok(Status::Clean);
    }
    let file = MendedFile {
        path: path.to_owned(),
        old: old.map(Into::into),
        new: new.into(),
    };
    replace_all(&[file], |_| shown.to_string())?;
    output.line(&format!("Wrote {shown}."))?;
    Ok(Status::Clean)
}

/// Whether a committed page says what the files say now; shows what differs, and how to write it anew.
fn current(
    args: &MatrixArgs,
    drawn: &Matrix,
    base: &Path,
    page: &Path,
    output: &Output,
) -> Result<Status, Failure> {
    let shown = page.display().to_string();
    let now = drawn.markdown();
    let again = || {
        let parts = command(args, page);
        parts.join(" ")
    };
    let old = match std::fs::read(absolute(base, page)) {
        Ok(old) => String::from_utf8_lossy(&old).replace("\r\n", "\n"),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            output.line(&format!(
                "{shown} does not exist yet. Run `{}` and commit what it writes.",
                again()
            ))?;
            return Ok(Status::Findings);
        }
        Err(error) => return Err(Failure::new(format!("cannot read {shown}: {error}"))),
    };
    if old == now {
        output.line(&format!("{shown} is up to date."))?;
        return Ok(Status::Clean);
    }
    output.print(|out| {
        writeln!(
            out,
            "{shown} is out of date: it does not say what the role files say now.\n"
        )?;
        patch(&shown, Some(&old), &now, Paint::new(output.color), out)?;
        writeln!(out, "\nRun `{}` and commit what it writes.", again())
    })?;
    Ok(Status::Findings)
}

/// What to type so that the page is written anew.
fn command(args: &MatrixArgs, page: &Path) -> Vec<String> {
    let mut parts = vec!["rolelint matrix".to_owned()];
    let is_here = |path: &PathBuf| path == Path::new(".");
    if !args.paths.iter().all(is_here) {
        parts.extend(
            args.paths
                .iter()
                .map(|path| quoted(&path.display().to_string())),
        );
    }
    for (flag, names) in [("--product", &args.product), ("--team", &args.team)] {
        parts.extend(names.iter().map(|name| format!("{flag} {}", quoted(name))));
    }
    parts.push("--format markdown".to_owned());
    parts.push(format!("--output {}", quoted(&page.display().to_string())));
    parts
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let is_plain = |one: char| one.is_alphanumeric() || "/._-+:@".contains(one);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}
