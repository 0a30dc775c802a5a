//! Arguments of `check` and `fix`.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::syntax::nearest;
use crate::workspace::Severity;

/// What the help of `check` and `fix` ends with.
const AFTER_CHECK: &str = "\
Mends are made as small edits; comments and layout stay as they are. Only findings in the files that were asked for are \
mended. To mend one of them, other files of the same organisation may change, too: a duty that moves to a product goes to \
the product's file. A mend that would break a file or lead to another error is taken back. If somebody else changes one of \
the files meanwhile, nothing is written. With `-`, the mended text is printed, findings go to standard error, and no file \
changes.

Exit code: 0 when nothing at the level of --fail-on was found (after --fix: is left), 1 when something was, 2 when the \
check could not run. With --diff: 0 when nothing would change, 1 when something would.";

/// Arguments of `check` and `fix`.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_CHECK)]
pub struct CheckArgs {
    /// Files and folders; `-` reads standard input. In folders, files named `*.roles.yaml` are checked, and those that
    /// `include:` names in `.rolelint.yaml`.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How to print findings.
    #[arg(long, value_enum, default_value_t = CheckFormat::Text, value_name = "FORMAT")]
    pub format: CheckFormat,
    /// Write findings to a file as well, like `--output sarif=report.sarif`; may be given several times.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output_file)]
    pub output: Vec<OutputFile>,
    /// Only what a branch is about: findings in files that changed since it left REF, and findings elsewhere that were
    /// not there then. Needs `git`.
    #[arg(long, value_name = "REF")]
    pub changed_since: Option<String>,
    /// Count the findings of each rule instead of listing them, in text or JSON.
    #[arg(long)]
    pub statistics: bool,
    /// Tell on standard error where the time went.
    #[arg(long)]
    pub timing: bool,
    /// The path that standard input stands for, so that its configuration and the files around it count.
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
    /// The least severe finding that makes the exit code 1.
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "LEVEL")]
    pub fail_on: FailOn,
    /// Findings in this file are known and fail no check; else those in `.rolelint-baseline.json` in the folder of the
    /// organisation, where there is one.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// No finding is known.
    #[arg(long, conflicts_with = "baseline")]
    pub no_baseline: bool,
    /// List known findings, too.
    #[arg(long)]
    pub show_known: bool,
    /// In SARIF, list what ignore comments and exceptions silence, too, as suppressed.
    #[arg(long, conflicts_with = "no_ignores")]
    pub show_ignored: bool,
    /// Show everything: ignore comments, exceptions and the baseline do not count.
    #[arg(long, conflicts_with = "baseline")]
    pub no_ignores: bool,
    /// Compare dates with this day instead of today, like 2026-05-01.
    #[arg(long, value_name = "DATE")]
    pub today: Option<jiff::civil::Date>,
    /// Print no summary and show no progress.
    #[arg(long, short)]
    pub quiet: bool,
    /// Check again whenever a role file, a configuration or a catalog changes, until Ctrl-C.
    #[arg(long)]
    pub watch: bool,
    /// Mend what can be mended without a change of meaning, then print what is left.
    #[arg(long, help_heading = "Mending")]
    pub fix: bool,
    /// With --fix or --diff: mend what somebody has to agree with, too, each finding in the first way there is.
    #[arg(long, help_heading = "Mending")]
    pub unsafe_fixes: bool,
    /// Print what --fix would change, as a patch, and write nothing.
    #[arg(long, help_heading = "Mending")]
    pub diff: bool,
    /// Show the ways to mend each finding, in text and JSON. SARIF and rdjson always have them, unless there are more than
    /// 1000 findings.
    #[arg(long, help_heading = "Mending")]
    pub show_fixes: bool,
}

/// How `check` prints findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// With the lines they are about.
    Text,
    /// A line each.
    Concise,
    /// One JSON object; `rolelint schema output` describes it.
    Json,
    /// Annotations of GitHub Actions, the worst first.
    Github,
    /// A Code Quality report of GitLab.
    Gitlab,
    /// A JUnit report: a case for each finding; what fails the check fails its case.
    Junit,
    /// SARIF 2.1.0.
    Sarif,
    /// The XML of Checkstyle.
    Checkstyle,
    /// The diagnostic format of reviewdog.
    Rdjson,
    /// Logging commands of Azure Pipelines, the worst first.
    Azure,
    /// A summary with a table, for the page of a job or a comment.
    Markdown,
}

/// A file that findings are written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// How.
    pub format: CheckFormat,
    /// Where.
    pub path: PathBuf,
}

fn output_file(text: &str) -> Result<OutputFile, String> {
    let (name, path) = text
        .split_once('=')
        .ok_or("a format and a file belong here, like `sarif=report.sarif`")?;
    if path.is_empty() {
        return Err(format!("the name of a file is missing after `{name}=`"));
    }
    let format = CheckFormat::from_str(name, false).map_err(|_| {
        let names = CheckFormat::value_variants().iter();
        let names = names.filter_map(ValueEnum::to_possible_value);
        let names: Vec<String> = names.map(|name| name.get_name().to_owned()).collect();
        let near = nearest(name, names.iter().map(String::as_str));
        match near {
            Some(near) => format!("there is no format `{name}`; did you mean `{near}`?"),
            None => format!(
                "there is no format `{name}`; there are {}",
                names.join(", ")
            ),
        }
    })?;
    Ok(OutputFile {
        format,
        path: PathBuf::from(path),
    })
}

/// What makes a check fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Errors and warnings.
    Warning,
    /// Every finding.
    Hint,
    /// Nothing.
    Never,
}

impl FailOn {
    /// The least severe finding that fails.
    pub fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Hint => Some(Severity::Hint),
            FailOn::Never => None,
        }
    }
}
