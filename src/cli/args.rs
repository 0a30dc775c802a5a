use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::workspace::Severity;

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
    /// Explain a rule, a duty or a role.
    Explain(ExplainArgs),
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
    /// Print completions for a shell.
    Completions(CompletionsArgs),
    /// Run the language server, for editors: it talks over standard input and output.
    Server(ServerArgs),
}

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code: 0 when nothing at the level of --fail-on was found, 1 when something was, 2 when the check could not run."
)]
pub struct CheckArgs {
    /// Files and folders; `-` reads standard input. In folders, files named `*.roles.yaml` are checked, and those that
    /// `include:` names in `.rolelint.yaml`.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How to print findings.
    #[arg(long, value_enum, default_value_t = CheckFormat::Text, value_name = "FORMAT")]
    pub format: CheckFormat,
    /// The path that standard input stands for, so that its configuration and the files around it count.
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
    /// The least severe finding that makes the exit code 1.
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "LEVEL")]
    pub fail_on: FailOn,
    /// Compare dates with this day instead of today, like 2026-05-01.
    #[arg(long, value_name = "DATE")]
    pub today: Option<jiff::civil::Date>,
    /// Print no summary.
    #[arg(long, short)]
    pub quiet: bool,
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
