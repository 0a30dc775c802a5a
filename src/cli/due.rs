use super::args::{DueArgs, ListFormat};
use super::{Failure, Output, Status};
use crate::report::{DueReport, Paint};
use crate::rules::{DueRequest, due};
use crate::workspace::discover;

pub(super) fn run(args: &DueArgs, output: &Output) -> Result<Status, Failure> {
    let base = std::env::current_dir()
        .map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))?;
    let discovery = discover(&base, &args.paths, &[])?;
    let (dues, outcome) = due(DueRequest {
        discovery,
        today: args.today,
        within: args.within,
    });
    let report = DueReport {
        dues: &dues,
        outcome: &outcome,
        within: args.within,
    };
    output.print(|out| match args.format {
        ListFormat::Text => report.text(Paint::new(output.color), output.width, out),
        ListFormat::Json => report.json(out),
    })?;
    Ok(if args.fail && !dues.is_empty() {
        Status::Findings
    } else {
        Status::Clean
    })
}
