//! The command line: one file for each command.

mod args;
mod baseline;
mod catalog;
mod changed;
mod check;
mod completions;
mod config;
mod convert;
mod due;
mod explain;
mod export;
mod fix;
mod git;
mod ignore;
mod init;
mod input;
mod matrix;
mod output;
mod outputs;
mod progress;
mod recognize;
mod replace;
mod rules;
mod schema;
mod server;
mod watch;

use std::panic::AssertUnwindSafe;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use output::Output;

pub use args::command;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All is well: exit code 0.
    Clean,
    /// There are findings: exit code 1.
    Findings,
    /// The command could not run: exit code 2.
    Failed,
}

/// Why a command could not run, in a sentence without a full stop.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<crate::workspace::DiscoverError> for Failure {
    fn from(error: crate::workspace::DiscoverError) -> Self {
        Self(error.to_string())
    }
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let output = Output::new(args.color);
    let status = std::panic::catch_unwind(AssertUnwindSafe(|| run(&args, &output)));
    let status = match status {
        Ok(Ok(status)) => status,
        Ok(Err(Failure(why))) => {
            output.error(&why);
            Status::Failed
        }
        Err(_) => {
            output.error("rolelint stumbled over itself; this is a mistake in rolelint and not in your files. Please report it with the text above");
            Status::Failed
        }
    };
    ExitCode::from(match status {
        Status::Clean => 0,
        Status::Findings => 1,
        Status::Failed => 2,
    })
}

fn run(args: &Args, output: &Output) -> Result<Status, Failure> {
    match &args.command {
        Command::Check(args) if args.watch => watch::run(args, output),
        Command::Check(args) if args.fix || args.diff => fix::run(args, output),
        Command::Check(args) => check::run(args, output),
        Command::Fix(args) => fix::run(args, output),
        Command::Due(args) => due::run(args, output),
        Command::Matrix(args) => matrix::run(args, output),
        Command::Baseline(args) => baseline::run(args, output),
        Command::Ignore(args) => ignore::run(args, output),
        Command::Explain(args) => explain::run(args, output),
        Command::Rules(args) => rules::run(args, output),
        Command::Recognize(args) => recognize::run(args, output),
        Command::Catalog(args) => catalog::run(args, output),
        Command::Config(args) => config::run(args, output),
        Command::Schema(args) => schema::run(args, output),
        Command::Init(args) => init::run(args, output),
        Command::Convert(args) => convert::run(args, output),
        Command::Export(args) => export::run(args, output),
        Command::Completions(args) => completions::run(args, output),
        Command::Server(_) => server::run(),
    }
}
