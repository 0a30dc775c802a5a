use std::path::PathBuf;

use clap::ValueEnum;

use super::{Failure, Output, Status};
use crate::convert::raci_table;
use crate::rules::{Request, check};
use crate::spec::{SourceFile, Unit, UnitKind};
use crate::workspace::{absolute, discover};

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Whoever has a duty on the list answers for it and does it, so it is `A/R`. Duties that are only assumed, because a role lists none, have no row. `rolelint convert` reads such a table back."
)]
pub struct ExportArgs {
    /// As what.
    #[arg(value_enum)]
    pub what: What,
    /// Files and folders, as for `check`.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Only this product and its teams.
    #[arg(long, value_name = "NAME", conflicts_with = "team")]
    pub product: Option<String>,
    /// Only this team.
    #[arg(long, value_name = "NAME")]
    pub team: Option<String>,
}

/// What can be made of role files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Markdown tables of who is responsible, accountable, consulted and informed, one for each team and product.
    Raci,
}

impl ExportArgs {
    fn wants(&self, unit: &Unit, listed: &[String]) -> bool {
        let is = |wanted: &str| {
            let name = unit.name.as_ref().map(|name| &*name.text);
            *unit.id.text == *wanted || name == Some(wanted)
        };
        match (&self.team, &self.product) {
            (Some(team), _) => unit.kind == UnitKind::Team && is(team),
            (None, Some(product)) if unit.kind == UnitKind::Product => is(product),
            (None, Some(product)) => {
                let of = unit
                    .product
                    .as_ref()
                    .is_some_and(|of| *of.text == **product);
                of || listed.iter().any(|team| **team == *unit.id.text)
            }
            (None, None) => true,
        }
    }
}

pub(super) fn run(args: &ExportArgs, output: &Output) -> Result<Status, Failure> {
    let What::Raci = args.what;
    let base = std::env::current_dir()
        .map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))?;
    let asked: Vec<PathBuf> = args
        .paths
        .iter()
        .map(|path| absolute(&base, path))
        .collect();
    // A check knows which catalog and which people belong to a file.
    let outcome = check(Request {
        discovery: discover(&base, &args.paths, &[])?,
        overlays: Vec::new(),
        today: None,
    });
    let mut tables = Vec::new();
    let mut is_there = false;
    for organisation in &outcome.organisations {
        let catalog = &organisation.knowledge.catalog;
        let name_of = |id: &str| {
            let person = organisation.index.person(id);
            let name = person.and_then(|person| person.name.as_ref());
            name.map_or_else(|| id.to_owned(), |name| name.text.to_string())
        };
        let files = organisation.index.files().iter().map(|facts| facts.file);
        let files: Vec<SourceFile> = files
            .filter(|file| {
                let path = outcome.sources.files().path(*file);
                asked.iter().any(|asked| path.starts_with(asked))
            })
            .map(|file| {
                SourceFile::read(&outcome.sources.text(file).into(), &organisation.knowledge)
            })
            .collect();
        let units = || files.iter().flat_map(|file| file.spec.units());
        let listed: Vec<String> = units()
            .filter(|unit| unit.kind == UnitKind::Product && args.wants(unit, &[]))
            .flat_map(|unit| unit.teams.iter().flatten())
            .map(|team| team.text.to_string())
            .collect();
        for unit in units().filter(|unit| args.wants(unit, &listed)) {
            is_there = true;
            tables.extend(raci_table(unit, catalog, &name_of));
        }
    }
    if tables.is_empty() {
        let wanted = args
            .team
            .as_ref()
            .map(|name| ("team", name))
            .or(args.product.as_ref().map(|name| ("product", name)));
        return Err(Failure::new(match wanted {
            Some((kind, name)) if !is_there => {
                format!("there is no {kind} `{name}` in these files")
            }
            _ => {
                "no role there lists duties, and nothing is shared, so there is no row for a table"
                    .to_owned()
            }
        }));
    }
    output.line(&tables.join("\n\n"))?;
    Ok(Status::Clean)
}
