//! From the files to who answers for what.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::lines::FileLines;
use super::narrow::{Wanted, unknown};
use super::people::{People, sort};
use super::terms::Term;
use super::{
    Agreed, AgreedList, MATRIX_VERSION, Matrix, MatrixDuty, MatrixProduct, MatrixSummary, SeatPlace,
};
use crate::report::coverage::{Coverage, coverage};
use crate::rules::{Checked, Outcome};
use crate::spec::{SourceFile, UnitKind};
use crate::workspace::{FileId, Group, Index};

/// What is to be drawn.
#[derive(Debug)]
pub struct MatrixRequest<'a> {
    /// What the files come to.
    pub outcome: &'a Outcome,
    /// The files that were asked for: a product is drawn where one of its files is among them.
    pub asked: &'a HashSet<FileId>,
    /// What is agreed on.
    pub agreed: &'a AgreedList,
    /// The products to draw, by id or name; everything where neither products nor teams are named.
    pub products: &'a [String],
    /// The teams to draw, by id or name, each with its product.
    pub teams: &'a [String],
}

/// A product that is drawn.
struct Drawn<'a> {
    checked: &'a Checked,
    coverage: Coverage,
    files: HashSet<FileId>,
}

/// Who answers for what.
///
/// # Errors
/// That there is no product or team of a name, or nothing to draw at all, in a sentence without a full stop.
pub fn matrix(request: &MatrixRequest<'_>) -> Result<Matrix, String> {
    let outcome = request.outcome;
    let wanted = Wanted::new(request.products, request.teams);
    check_names(request)?;
    let mut drawn = Vec::new();
    let mut people = Vec::new();
    for checked in &outcome.organisations {
        let (own, own_people) = of_organisation(checked, request, &wanted);
        drawn.extend(own);
        people.extend(own_people);
    }
    if drawn.is_empty() {
        return Err("there is no team and no product here that could be drawn".to_owned());
    }
    sort(&mut people);
    let said = read_again(&drawn, outcome);
    let roots: HashSet<_> = drawn.iter().map(|one| &one.checked.root).collect();
    let several = roots.len() > 1;
    let files: HashSet<FileId> = drawn.iter().flat_map(|one| &one.files).copied().collect();
    let today = drawn[0].checked.today;
    let (agreed, own) = agreed(request.agreed, &drawn);
    let products: Vec<MatrixProduct> = drawn
        .into_iter()
        .zip(own)
        .map(|(one, agreed)| {
            let root = outcome.sources.files().show(&one.checked.root).into_owned();
            product(one, &said, agreed, several.then_some(root))
        })
        .collect();
    Ok(Matrix {
        version: MATRIX_VERSION,
        today: today.to_string(),
        summary: MatrixSummary::of(&products, people.len()),
        duties: MatrixDuty::all(&products),
        terms: Term::all(&products, today),
        agreed,
        broken_files: broken(outcome, &files),
        products,
        people,
    })
}

/// Whether there is what somebody names.
fn check_names(request: &MatrixRequest<'_>) -> Result<(), String> {
    let groups: Vec<(&Group, &Index)> = request
        .outcome
        .organisations
        .iter()
        .flat_map(|one| one.index.groups().iter().map(|group| (group, &one.index)))
        .filter(|(group, index)| is_asked(group, index, request))
        .collect();
    let products = request
        .products
        .iter()
        .map(|name| (UnitKind::Product, name));
    let teams = request.teams.iter().map(|name| (UnitKind::Team, name));
    match products
        .chain(teams)
        .find_map(|(kind, name)| unknown(kind, name, &groups))
    {
        Some(why) => Err(why),
        None => Ok(()),
    }
}

fn is_asked(group: &Group, index: &Index, request: &MatrixRequest<'_>) -> bool {
    let mut units = group.units(index);
    units.any(|unit| request.asked.contains(&unit.file))
}

/// The products of an organisation that are drawn, and their people.
fn of_organisation<'a>(
    checked: &'a Checked,
    request: &MatrixRequest<'_>,
    wanted: &Wanted,
) -> (Vec<Drawn<'a>>, Vec<super::MatrixPerson>) {
    let (index, catalog) = (&checked.index, &checked.knowledge.catalog);
    let groups = index.groups();
    let all: Vec<(Coverage, Option<Drawn<'a>>)> = groups
        .par_iter()
        .map(|group| {
            let is_asked = is_asked(group, index, request);
            let part = wanted.part(group, index).filter(|_| is_asked);
            let drawn = part.map(|part| Drawn {
                checked,
                coverage: coverage(&part, index, catalog, checked.today),
                files: part.units(index).map(|unit| unit.file).collect(),
            });
            // What somebody carries does not depend on what is drawn.
            (coverage(group, index, catalog, checked.today), drawn)
        })
        .collect();
    let mut people = People::default();
    let mut drawn = Vec::new();
    for (number, (coverage, own)) in all.into_iter().enumerate() {
        match &own {
            // Only some of the teams may be drawn.
            Some(own) if own.coverage.seats.len() < coverage.seats.len() => {
                people.add(number, &coverage, false);
                people.show(&own.coverage);
            }
            own => people.add(number, &coverage, own.is_some()),
        }
        drawn.extend(own);
    }
    let outcome = request.outcome;
    let overloaded: Vec<_> = outcome
        .findings
        .iter()
        .filter(|one| one.rule.id == "overloaded-holder" && checked.holds(one.file))
        .collect();
    drawn.sort_by_cached_key(|one| {
        let coverage = &one.coverage;
        // Products first, then teams without one; by what people call them.
        (coverage.kind != "product", coverage.title().to_lowercase())
    });
    (drawn, people.finish(&overloaded))
}

/// What the files of the products say in their own words.
fn read_again(drawn: &[Drawn<'_>], outcome: &Outcome) -> HashMap<FileId, FileLines> {
    let mut files: Vec<(FileId, &Checked)> = drawn
        .iter()
        .flat_map(|one| one.files.iter().map(|file| (*file, one.checked)))
        .collect();
    files.sort_by_key(|(file, _)| *file);
    files.dedup_by_key(|(file, _)| *file);
    files
        .par_iter()
        .map(|(file, checked)| {
            let text = outcome.sources.text(*file);
            let source = SourceFile::read(&Arc::from(text), &checked.knowledge);
            let path = outcome.sources.files().shown(*file);
            (
                *file,
                FileLines::of(&source, &path, &checked.knowledge.catalog),
            )
        })
        .collect()
}

fn product(
    drawn: Drawn<'_>,
    said: &HashMap<FileId, FileLines>,
    mut agreed: Vec<Agreed>,
    organisation: Option<String>,
) -> MatrixProduct {
    let Drawn {
        mut coverage,
        files,
        ..
    } = drawn;
    let mut places = Vec::with_capacity(coverage.seats.len());
    for seat in &mut coverage.seats {
        let own = said
            .get(&seat.file)
            .and_then(|file| file.seats.get(&seat.key));
        if let Some(own) = own {
            // What the catalog does not know is called as the file calls it.
            if seat.role.is_none() {
                seat.title.clone_from(&own.key);
            }
            if let Some(title) = own.title.as_ref().filter(|title| **title != seat.title) {
                seat.title = format!("{title} ({})", seat.title);
            }
        }
        places.push(own.map_or_else(SeatPlace::default, |own| own.place.clone()));
    }
    let mut ordered: Vec<FileId> = files.into_iter().collect();
    ordered.sort();
    let comments = ordered.iter().filter_map(|file| said.get(file));
    agreed.extend(comments.flat_map(|file| file.comments.iter().cloned()));
    MatrixProduct {
        organisation,
        coverage,
        places,
        agreed,
    }
}

/// The exceptions that are about several of the products, and those that are about each of them alone.
fn agreed(list: &AgreedList, drawn: &[Drawn<'_>]) -> (Vec<Agreed>, Vec<Vec<Agreed>>) {
    let mut general = Vec::new();
    let mut own = vec![Vec::new(); drawn.len()];
    for (agreed, files) in &list.0 {
        let about = |(_, one): &(usize, &Drawn<'_>)| !one.files.is_disjoint(files);
        let mut about = drawn.iter().enumerate().filter(about);
        match (about.next(), about.next()) {
            (None, _) => {}
            (Some((number, _)), None) if agreed.place.is_some() => {
                own[number].push(agreed.clone());
            }
            _ => general.push(agreed.clone()),
        }
    }
    (general, own)
}

/// The files with syntax errors.
fn broken(outcome: &Outcome, files: &HashSet<FileId>) -> Vec<String> {
    let is_broken =
        |one: &&crate::rules::Finding| one.rule.id == "syntax" && files.contains(&one.file);
    let findings = outcome.findings.iter().filter(is_broken);
    let mut broken: Vec<String> = findings
        .map(|one| outcome.sources.files().shown(one.file).into_owned())
        .collect();
    broken.sort();
    broken.dedup();
    broken
}
