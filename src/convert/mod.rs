//! Role files made from what other tools and habits keep: tables of who is responsible and accountable, descriptions of
//! roles, catalogs of software and of groups, spreadsheets. And such a table made from role files.
//!
//! Nothing that is read is lost: what no role file can say is kept as a comment.

mod backstage;
mod csv;
mod draft;
mod export;
mod headings;
mod leaves;
mod personas;
mod raci;
mod sigs;
mod write;

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::Catalog;
use crate::markdown::{Marks, Page};
use crate::syntax::{Tree, parse};
use crate::text::LineIndex;
use draft::Draft;

pub use export::raci_table;

/// What can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Markdown tables of who is responsible, accountable, consulted and informed.
    Raci,
    /// Markdown with a heading for each role and its duties in a list.
    Personas,
    /// Entities of a Backstage catalog.
    Backstage,
    /// Groups of a community, as Kubernetes lists them.
    Sigs,
    /// A table with a column for roles.
    Csv,
}

impl Kind {
    /// In words.
    pub fn describe(self) -> &'static str {
        match self {
            Kind::Raci => "a RACI table in Markdown (`--from raci`)",
            Kind::Personas => "a description of roles in Markdown (`--from personas`)",
            Kind::Backstage => "a Backstage catalog (`--from backstage`)",
            Kind::Sigs => "a list of groups like Kubernetes' sigs.yaml (`--from sigs`)",
            Kind::Csv => "a table in CSV (`--from csv`)",
        }
    }

    /// What a text is, by what stands in it.
    pub fn guess(text: &str, catalog: &Catalog) -> Option<Self> {
        let page = Page::read(text);
        if raci::is_there(&page, catalog) {
            return Some(Kind::Raci);
        }
        let tree = parse(&Arc::from(text));
        if backstage::is_there(&tree) {
            return Some(Kind::Backstage);
        }
        if sigs::is_there(&tree) {
            return Some(Kind::Sigs);
        }
        if personas::is_there(&page, catalog) {
            return Some(Kind::Personas);
        }
        let sheet = csv::Sheet::read(text).ok()?;
        sheet.is_known(catalog).then_some(Kind::Csv)
    }
}

/// A text to read.
#[derive(Clone, Debug)]
pub struct Source {
    /// As people see its path.
    pub name: String,
    /// Its file's name without the ending: what a team is called where the text does not say.
    pub stem: String,
    /// What stands in it.
    pub text: String,
    /// What it is.
    pub kind: Kind,
}

/// A file that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// Role files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Converted {
    /// The files.
    pub files: Vec<Written>,
    /// How many teams, products, roles, rows of `shared` and people are in them.
    pub counts: Counts,
}

/// How much was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Teams.
    pub teams: usize,
    /// Products.
    pub products: usize,
    /// Roles.
    pub roles: usize,
    /// Duties on the lists of roles, and those that are shared.
    pub duties: usize,
    /// People of whom more than an id is known.
    pub people: usize,
}

/// Makes role files from texts.
///
/// # Errors
/// When a text is not what it should be, or nothing of a role is in any of them.
pub fn convert(sources: &[Source], catalog: &Catalog) -> Result<Converted, String> {
    let mut draft = Draft::default();
    let trees: Vec<(&Source, Tree)> = sources
        .iter()
        .filter(|source| matches!(source.kind, Kind::Backstage | Kind::Sigs))
        .map(|source| (source, parse(&Arc::from(source.text.as_str()))))
        .collect();
    for (source, tree) in &trees {
        if let Some(error) = tree.errors().first() {
            let place = LineIndex::new(tree.text()).position(error.span.start, tree.text());
            return Err(format!("{}:{}: {}", source.name, place.line, error.message));
        }
    }
    for source in sources {
        match source.kind {
            Kind::Raci => raci::read(
                &Page::read(&source.text),
                &source.text,
                &source.stem,
                catalog,
                &mut draft,
            ),
            Kind::Personas => {
                personas::read(
                    &Page::read(&source.text),
                    &source.text,
                    &source.stem,
                    catalog,
                    &mut draft,
                );
            }
            Kind::Csv => csv::Sheet::read(&source.text)
                .and_then(|sheet| sheet.add(&source.stem, catalog, &mut draft))
                .map_err(|why| format!("cannot read {} as a table: {why}", source.name))?,
            Kind::Backstage | Kind::Sigs => {}
        }
    }
    let of_kind = |kind| trees.iter().filter(move |(source, _)| source.kind == kind);
    let entities: Vec<&Tree> = of_kind(Kind::Backstage).map(|(_, tree)| tree).collect();
    backstage::read(&entities, &mut draft);
    for (_, tree) in of_kind(Kind::Sigs) {
        sigs::read(tree, catalog, &mut draft);
    }
    for (_, tree) in &trees {
        let comments = tree.comments().iter();
        let comments = comments.map(|comment| {
            comment
                .span
                .slice(tree.text())
                .trim_start_matches('#')
                .trim()
                .to_owned()
        });
        draft
            .rest
            .extend(comments.filter(|comment| !comment.is_empty()));
    }
    if draft.units.is_empty() && draft.people.is_empty() {
        let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
        return Err(format!(
            "nothing in {} says who has which role",
            names.join(", ")
        ));
    }
    keep_what_is_lost(sources, &mut draft);
    Ok(Converted {
        files: write::files(&draft),
        counts: counts(&draft),
    })
}

/// Keeps every line of which a word is nowhere in the files.
fn keep_what_is_lost(sources: &[Source], draft: &mut Draft) {
    let files = write::files(draft);
    let known: HashSet<String> = files.iter().flat_map(|file| words(&file.text)).collect();
    let said: HashSet<String> = draft.said.iter().flat_map(|text| words(text)).collect();
    for source in sources
        .iter()
        .filter(|source| !matches!(source.kind, Kind::Backstage | Kind::Sigs))
    {
        let is_kept = |word: &String| known.contains(word) || said.contains(word) || is_mark(word);
        let mut lost: Vec<String> = Vec::new();
        for line in source.text.trim_start_matches('\u{feff}').lines() {
            if !words(line).all(|word| is_kept(&word)) {
                lost.push(line.trim_end().to_owned());
            }
        }
        if source.kind == Kind::Csv
            && lost.first().map(|line| line.trim())
                == source
                    .text
                    .trim_start_matches('\u{feff}')
                    .lines()
                    .next()
                    .map(str::trim)
        {
            // The keys of a role file say what the columns of a list are called.
            let heads = csv::unknown_heads(&source.text);
            lost.remove(0);
            lost.extend(
                heads
                    .into_iter()
                    .filter(|head| !words(head).all(|word| is_kept(&word))),
            );
        }
        draft.rest.extend(lost);
    }
}

/// The words of a text in small letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether a word is a letter of a table, which a row of `shared` says by its keys, or a line break in a cell.
fn is_mark(word: &str) -> bool {
    let is_letters = || matches!(Marks::read(&word.to_uppercase()), Marks::Hands(..));
    word == "br" || word.chars().count() <= 4 && is_letters()
}

fn counts(draft: &Draft) -> Counts {
    use crate::spec::UnitKind;
    let of = |kind| draft.units.iter().filter(|unit| unit.kind == kind).count();
    let seats = || draft.units.iter().flat_map(|unit| &unit.seats);
    let rows: usize = draft.units.iter().map(|unit| unit.rows.len()).sum();
    Counts {
        teams: of(UnitKind::Team),
        products: of(UnitKind::Product),
        roles: seats().count(),
        duties: rows + seats().map(|seat| seat.duties.len()).sum::<usize>(),
        people: draft.people.len(),
    }
}
