use std::path::PathBuf;

use clap::ValueEnum;

/// Arguments of `matrix`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A page for everybody: `rolelint matrix --output roles.html`. One for a handbook: `rolelint matrix --output roles.md`, \
and in CI `rolelint matrix --check roles.md`.\n\nExit code: 0 when it was drawn; 1 when --check finds that the page is out of date; \
2 when it could not run."
)]
pub struct MatrixArgs {
    /// Files and folders, as for `check`; a product is drawn with all of its teams where one of its files is among them.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How to draw it; else as the name of the file says (`roles.html`), else as text.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<MatrixFormat>,
    /// Write it to this file, which is replaced whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write nothing, and fail when this Markdown page is not what --format markdown would write now.
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    pub check: Option<PathBuf>,
    /// Only this product, by its id or name; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub product: Vec<String>,
    /// Only this team, by its id or name, with the seats of its product; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub team: Vec<String>,
    /// Compare dates with this day instead of today, like 2026-05-01.
    #[arg(long, value_name = "DATE")]
    pub today: Option<jiff::civil::Date>,
}

/// How `matrix` draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MatrixFormat {
    /// For a terminal.
    Text,
    /// A page for a handbook. It says nothing that changes by itself from one day to the next.
    Markdown,
    /// A row for each duty on each seat, for spreadsheets.
    Csv,
    /// One JSON object; `rolelint schema matrix` describes it.
    Json,
    /// A picture.
    Svg,
    /// One page with search and filters that needs no network.
    Html,
}
