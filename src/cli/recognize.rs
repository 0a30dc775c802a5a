use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal};

use super::args::{ListFormat, RecognizeArgs};
use super::catalog::find_catalog;
use super::{Failure, Output, Status};
use crate::recognize::Recognizer;
use crate::report::{Paint, ReadingReport};

pub(super) fn run(args: &RecognizeArgs, output: &Output) -> Result<Status, Failure> {
    let catalog = find_catalog(args.catalog.as_deref())?;
    let recognizer = Recognizer::new(&catalog);
    let report = ReadingReport {
        catalog: &catalog,
        paint: Paint::new(output.color),
        width: output.width,
    };
    let mut input = open(args, output)?;
    let mut trouble = None;
    output.print(|out| {
        let mut bytes = Vec::new();
        let mut first = true;
        loop {
            bytes.clear();
            match input.read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    trouble = Some(error);
                    break;
                }
            }
            let line = String::from_utf8_lossy(&bytes);
            let line = line.trim_end_matches(['\n', '\r']);
            let line = line
                .strip_prefix('\u{feff}')
                .filter(|_| first)
                .unwrap_or(line);
            match args.format {
                // One object for each line, so that the two can be laid side by side.
                ListFormat::Json => report.json(out, line, &recognizer.explain(line))?,
                ListFormat::Text if line.trim().is_empty() => {}
                ListFormat::Text => {
                    if !first {
                        writeln!(out)?;
                    }
                    report.text(out, line, &recognizer.explain(line))?;
                    // Somebody may be typing.
                    out.flush()?;
                }
            }
            first = false;
        }
        Ok(())
    })?;
    match trouble {
        Some(error) => Err(Failure::new(format!("cannot read {}: {error}", name(args)))),
        None => Ok(Status::Clean),
    }
}

fn open(args: &RecognizeArgs, output: &Output) -> Result<Box<dyn BufRead>, Failure> {
    match args.file.as_deref() {
        Some(path) if path.as_os_str() != "-" => {
            let file = File::open(path);
            let file =
                file.map_err(|error| Failure::new(format!("cannot read {}: {error}", name(args))))?;
            Ok(Box::new(BufReader::new(file)))
        }
        _ => {
            if io::stdin().is_terminal() {
                output.note("type a line and press Enter; Ctrl-D ends");
            }
            Ok(Box::new(BufReader::new(io::stdin())))
        }
    }
}

fn name(args: &RecognizeArgs) -> String {
    match args.file.as_deref() {
        Some(path) if path.as_os_str() != "-" => format!("`{}`", path.display()),
        _ => "standard input".to_owned(),
    }
}
