mod check;
mod matrix;

use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::rules::Within;

pub use check::{CheckArgs, CheckFormat};

pub use matrix::{MatrixArgs, MatrixFormat};

/// Reads who is Product Manager and who is Product Owner, and what each answers for, and says where the two are
/// mixed up, missing or overloaded.
#[derive(Debug, Parser)]
#[command(
    name = "rolelint",
    version,
    max_term_width = 100,
    disable_help_subcommand = true
)]
#[command(
    after_help = "Start with `rolelint init`, then `rolelint check`. `rolelint explain RULE` tells what a finding means."
)]
pub struct Args {
    /// When to use colours and links.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The definition of the command line, for shell completions and tests.
pub fn command() -> clap::Command {
    Args::command()
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal that shows them, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check role files and print what is wrong.
    Check(CheckArgs),
    /// Mend what can be mended, then check what is left: the same as `check --fix`.
    #[command(mut_arg("fix", |arg| arg.hide(true)), mut_arg("watch", |arg| arg.hide(true)), mut_arg("changed_since", |arg| arg.hide(true)))]
    Fix(CheckArgs),
    /// List what runs out: interims, vacancies, dated duties, departures, exceptions.
    Due(DueArgs),
    /// Draw who answers for what: duties by roles and people, for every product and team.
    Matrix(MatrixArgs),
    /// Explain a rule, a duty or a role.
    Explain(ExplainArgs),
    /// Note the findings that are there, so that only new ones fail a check.
    Baseline(BaselineArgs),
    /// Write ignore comments for the findings that are there.
    Ignore(IgnoreArgs),
    /// List the rules.
    Rules(RulesArgs),
    /// Tell what lines of text are read as, and why.
    Recognize(RecognizeArgs),
    /// Show the roles and duties that apply, and where each answer comes from.
    Catalog(CatalogArgs),
    /// Show which configuration applies to a path, and why a file is checked or not.
    Config(ConfigArgs),
    /// Print a JSON Schema.
    Schema(SchemaArgs),
    /// Write a first role file that passes.
    Init(InitArgs),
    /// Make role files from RACI tables, descriptions of roles, Backstage, sigs.yaml or CSV.
    Convert(super::convert::ConvertArgs),
    /// Print a RACI table of teams and products.
    Export(super::export::ExportArgs),
    /// Print completions for a shell.
    Completions(CompletionsArgs),
    /// Run the language server, for editors: it talks over standard input and output.
    Server(ServerArgs),
}

/// Arguments of `due`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code: 0 whatever is due, unless --fail is given; 2 when the files could not be looked at."
)]
pub struct DueArgs {
    /// Files and folders, as for `check`.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How far ahead to look, in days, weeks, months or years: 30d, 2w, 3m, 1y.
    #[arg(long, default_value = "30d", value_name = "TIME")]
    pub within: Within,
    /// Compare dates with this day instead of today, like 2026-05-01.
    #[arg(long, value_name = "DATE")]
    pub today: Option<jiff::civil::Date>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = ListFormat::Text, value_name = "FORMAT")]
    pub format: ListFormat,
    /// End with exit code 1 when something is due.
    #[arg(long)]
    pub fail: bool,
}

/// Arguments of `baseline`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code: 0 when all went well, 1 when --check finds that the baseline could be smaller, 2 when it could not run."
)]
pub struct BaselineArgs {
    /// Files and folders; what the baseline knows of others stays as it is.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// The baseline; else `.rolelint-baseline.json` in the folder of the organisation: beside its topmost
    /// `.rolelint.yaml`, else in the root of the repository.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Only drop the findings that are gone.
    #[arg(long)]
    pub prune: bool,
    /// Write nothing, and fail when findings of the baseline are gone.
    #[arg(long, conflicts_with = "prune")]
    pub check: bool,
    /// Compare dates with this day instead of today, like 2026-05-01.
    #[arg(long, value_name = "DATE")]
    pub today: Option<jiff::civil::Date>,
}

/// Arguments of `ignore`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code: 0 when a comment stands at every finding, 1 when some are left that no comment can silence, 2 when it could not run. With --diff: 0 when nothing would change, 1 when something would."
)]
pub struct IgnoreArgs {
    /// Files and folders.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Write a comment for each finding that `rolelint check` reports now.
    #[arg(long, required = true)]
    pub add: bool,
    /// Only for findings of this rule; may be given several times.
    #[arg(long, value_name = "RULE")]
    pub rule: Vec<String>,
    /// For findings that a baseline knows, too.
    #[arg(long)]
    pub no_baseline: bool,
    /// Why, for whoever reads the comment.
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Print what would change, as a patch, and write nothing.
    #[arg(long)]
    pub diff: bool,
    /// Compare dates with this day instead of today, like 2026-05-01.
    #[arg(long, value_name = "DATE")]
    pub today: Option<jiff::civil::Date>,
}

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// A rule, a group of rules, a duty or a role.
    #[arg(value_name = "RULE|DUTY|ROLE", required_unless_present = "all")]
    pub name: Option<String>,
    /// Explain everything.
    #[arg(long, conflicts_with = "name")]
    pub all: bool,
    /// The catalog whose roles and duties are meant; else the one that applies in this folder.
    #[arg(long, value_name = "NAME|PATH")]
    pub catalog: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text, value_name = "FORMAT")]
    pub format: ExplainFormat,
}

/// Arguments of `recognize`.
#[derive(Debug, clap::Args)]
pub struct RecognizeArgs {
    /// A file with one statement a line; `-` or nothing is standard input.
    #[arg(value_name = "FILE|-")]
    pub file: Option<std::path::PathBuf>,
    /// The catalog whose duties are meant; else the one that applies in this folder.
    #[arg(long, value_name = "NAME|PATH")]
    pub catalog: Option<String>,
    /// How to print it; `json` is one object for each line.
    #[arg(long, value_enum, default_value_t = ListFormat::Text, value_name = "FORMAT")]
    pub format: ListFormat,
}

/// How `explain` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For a terminal.
    Text,
    /// Markdown.
    Markdown,
    /// A JSON list with an object for each thing explained.
    Json,
}

/// Arguments of `rules`.
#[derive(Debug, clap::Args)]
pub struct RulesArgs {
    /// How to print them.
    #[arg(long, value_enum, default_value_t = ListFormat::Text, value_name = "FORMAT")]
    pub format: ListFormat,
}

/// How lists are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Arguments of `catalog`.
#[derive(Debug, clap::Args)]
pub struct CatalogArgs {
    /// A built-in catalog (popm, scrum, safe, none) or a file; else the one that applies in this folder.
    #[arg(value_name = "NAME|PATH")]
    pub name: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = CatalogFormat::Text, value_name = "FORMAT")]
    pub format: CatalogFormat,
}

/// How `catalog` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CatalogFormat {
    /// For people.
    Text,
    /// As a catalog document.
    Yaml,
    /// As JSON.
    Json,
}

/// Arguments of `config`.
#[derive(Debug, clap::Args)]
pub struct ConfigArgs {
    /// A file or folder.
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,
}

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
pub struct SchemaArgs {
    /// Of what.
    #[arg(value_enum, default_value_t = SchemaName::RoleFile, value_name = "NAME")]
    pub name: SchemaName,
}

/// What there are JSON Schemas of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    /// A document of a role file.
    RoleFile,
    /// A `.rolelint.yaml`.
    Config,
    /// What `rolelint check --format json` prints.
    Output,
    /// What `rolelint baseline` writes.
    Baseline,
    /// What `rolelint matrix --format json` prints.
    Matrix,
}

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// The folder to write to.
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
}

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Arguments of `server`.
#[derive(Debug, clap::Args)]
pub struct ServerArgs {
    /// Does nothing: standard input and output are what it talks over. Some editors say so all the same.
    #[arg(long, hide = true)]
    pub stdio: bool,
    /// The process of the editor, which the protocol tells as well.
    #[arg(long = "clientProcessId", hide = true, value_name = "PID")]
    pub client_process_id: Option<u32>,
}
