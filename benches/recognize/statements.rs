//! Labelled statements: what the recogniser learns from, and what it is measured on.

use std::path::Path;

use rolelint::catalog::{Catalog, builtin};

/// A line and what it should be read as.
#[derive(Clone, Debug)]
pub struct Statement {
    /// A duty's id or `other:KIND`.
    pub label: String,
    /// The second reading, where the line has two.
    pub alt: Option<String>,
    /// The words.
    pub text: String,
    /// The file it is from, or its voice.
    pub voice: String,
}

impl Statement {
    /// Whether it names no duty.
    pub fn is_other(&self) -> bool {
        is_other(&self.label)
    }
}

/// Whether a label means none of the duties.
pub fn is_other(label: &str) -> bool {
    label == "other" || label.starts_with("other:")
}

/// A file of `label<TAB>text`, where a label is `first|second` when a line has two readings.
pub fn training(path: &Path) -> Vec<Statement> {
    let voice = path.file_stem().unwrap_or_default().to_string_lossy();
    read(path)
        .lines()
        .filter_map(|line| {
            let (label, text) = line.split_once('\t')?;
            let (label, alt) = match label.split_once('|') {
                Some((label, alt)) => (label, Some(alt.trim().to_owned())),
                None => (label, None),
            };
            Some(Statement {
                label: label.trim().to_owned(),
                alt,
                text: text.trim().to_owned(),
                voice: voice.to_string(),
            })
        })
        .collect()
}

/// A file with a header line that names its columns: `text`, `gold` (or `label`), and where it has them `alt`,
/// `ambiguous` (1 or 0) and `voice`.
pub fn labelled(path: &Path) -> Vec<Statement> {
    let text = read(path);
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |names: &[&str]| header.iter().position(|name| names.contains(name));
    let (Some(text), Some(gold)) = (column(&["text"]), column(&["gold", "label"])) else {
        panic!(
            "{}: the first line names no columns `text` and `gold`",
            path.display()
        );
    };
    let (alt, ambiguous, voice) = (column(&["alt"]), column(&["ambiguous"]), column(&["voice"]));
    lines
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |column: Option<usize>| column.and_then(|column| cells.get(column).copied());
            let alt = cell(alt).filter(|alt| !alt.is_empty()).map(str::to_owned);
            let alt = match cell(ambiguous) {
                Some("1") => alt.or_else(|| Some(String::new())),
                Some(_) => None,
                None => alt,
            };
            Some(Statement {
                label: (*cells.get(gold)?).to_owned(),
                alt,
                text: (*cells.get(text)?).to_owned(),
                voice: cell(voice).unwrap_or("-").to_owned(),
            })
        })
        .collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The examples of a built-in catalog.
pub fn examples(name: &str) -> Vec<Statement> {
    let catalog = Catalog::builtin(name);
    catalog
        .duties()
        .flat_map(|(_, duty)| {
            duty.examples
                .iter()
                .chain([&duty.title])
                .map(|example| Statement {
                    label: duty.id.clone(),
                    alt: None,
                    text: example.clone(),
                    voice: "catalog".to_owned(),
                })
        })
        .collect()
}

/// The built-in catalog `popm` with one duty as an organisation of its own would have it: by a few examples.
pub fn with_few_examples(id: &str, count: usize) -> Catalog {
    let Some(mut base) = builtin("popm") else {
        panic!("popm is built in");
    };
    let at = base.duties.iter().position(|duty| *duty.id.text == *id);
    let mut duty = base.duties.remove(at.unwrap_or_default());
    // Spread over the list, as its neighbours are alike.
    let step = duty.examples.len() / count;
    duty.examples = duty
        .examples
        .iter()
        .step_by(step.max(1))
        .take(count)
        .cloned()
        .collect();
    let mut own = rolelint::catalog::CatalogDocument::default();
    own.duties.push(duty);
    Catalog::resolve(&[base, own])
}
