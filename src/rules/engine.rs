//! The steps of a check that the command line and the editor share.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::context::SettingsOf;
use super::fingerprint::Fingerprints;
use super::meter::{Metered, Stage};
use super::{
    Check, FileContext, Finding, Ignored, OrganisationContext, RULES, Settings, structure,
};
use crate::catalog::Model;
use crate::spec::{Earlier, Ignore, Knowledge, SourceFile, Spec, Unit};
use crate::syntax::{Name, Same, Tree};
use crate::text::Span;
use crate::workspace::{CatalogProblem, Discovery, FileFacts, FileId, Files, load_catalog};

/// What one file gives.
#[derive(Debug)]
pub(super) struct Read {
    /// What other files need to know of it.
    pub facts: FileFacts,
    /// What the rules for single files find.
    pub findings: Vec<Finding>,
    /// Its ignore comments.
    pub ignores: Vec<Ignore>,
    /// What the rules for single teams and products found, where the file has several documents.
    by_unit: Vec<OfUnit>,
}

/// What the rules for single teams and products find in one.
#[derive(Debug)]
struct OfUnit {
    /// Where it stands.
    span: Span,
    findings: Vec<Finding>,
}

/// A file as it was read before, and what of it is the same.
#[derive(Debug)]
pub(super) struct Before<'a> {
    /// What it said, where that is still known.
    pub spec: Option<Spec>,
    /// What it gave.
    pub read: &'a Read,
    /// What is the same.
    pub same: Same,
}

impl Before<'_> {
    /// What was found in a team or product that is the same as before.
    fn findings(&self, file: FileId, unit: &Unit) -> Option<Vec<Finding>> {
        let span = self.same.before(unit.span)?;
        let by_unit = &self.read.by_unit;
        let at = by_unit.binary_search_by_key(&span.start, |known| known.span.start);
        let known = by_unit.get(at.ok()?).filter(|known| known.span == span)?;
        let now = |span| self.same.now(span);
        let findings = known.findings.iter();
        findings.map(|finding| finding.moved(file, now)).collect()
    }
}

/// What holds for one file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holds<'a> {
    /// Severities and options.
    pub settings: &'a Settings,
    /// The model of units that name none.
    pub model: Model,
    /// The day that dates are compared with.
    pub today: Date,
    /// What watches the check.
    pub meter: Metered<'a>,
}

impl<'a> Holds<'a> {
    /// What rules see of the file.
    pub fn context(
        self,
        file: FileId,
        source: &'a SourceFile,
        knowledge: &'a Knowledge,
    ) -> FileContext<'a> {
        FileContext {
            file,
            source,
            knowledge,
            settings: self.settings,
            model: self.model,
            today: self.today,
        }
    }
}

/// Reads a file and runs the rules for single files. What was found `before` in teams and products that are the same is
/// taken over.
pub(super) fn read(
    file: FileId,
    tree: Tree,
    knowledge: &Knowledge,
    holds: Holds<'_>,
    mut before: Option<Before<'_>>,
) -> (SourceFile, Read) {
    let meter = holds.meter;
    let earlier = before.as_mut().and_then(|before| {
        let (spec, same) = (before.spec.take()?, before.same);
        Some(Earlier { spec, same })
    });
    let source = meter.time(Stage::Understand, || {
        SourceFile::of_tree_after(tree, knowledge, earlier)
    });
    let context = holds.context(file, &source, knowledge);
    let ignores = Ignore::all(&source.tree);
    let mut findings = meter.time(Stage::Rules, || whole_file(&context, meter));
    let mut by_unit = Vec::new();
    let keeps = source.tree.documents().len() > 1;
    for unit in source.spec.units() {
        let known = before.as_ref();
        let known = known.and_then(|before| before.findings(file, unit));
        let anew = || meter.time(Stage::Rules, || of_unit(&context, unit, meter));
        let found = known.unwrap_or_else(anew);
        findings.extend(found.iter().cloned());
        if keeps {
            by_unit.push(OfUnit {
                span: unit.span,
                findings: found,
            });
        }
    }
    let mut findings = without_lost(findings, &context);
    if holds.settings.is_on(&structure::unused_ignore::RULE) {
        structure::near_ignore::check(file, &source.tree, &ignores, &mut findings);
    }
    let facts = || FileFacts::of(file, &source, &knowledge.catalog);
    let read = Read {
        facts: meter.time(Stage::Understand, facts),
        findings,
        ignores,
        by_unit,
    };
    (source, read)
}

/// What the rules for single files find, and those for single teams and products.
pub(super) fn file_findings(context: &FileContext<'_>, meter: Metered<'_>) -> Vec<Finding> {
    let mut findings = whole_file(context, meter);
    let units = context.source.spec.units();
    findings.extend(units.flat_map(|unit| of_unit(context, unit, meter)));
    without_lost(findings, context)
}

fn whole_file(context: &FileContext<'_>, meter: Metered<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, rule) in RULES.iter().enumerate() {
        if let Check::File(check) = rule.check
            && context.settings.is_on(rule)
        {
            meter.rule(number, || check(context, &mut findings));
        }
    }
    findings
}

fn of_unit(context: &FileContext<'_>, unit: &Unit, meter: Metered<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, rule) in RULES.iter().enumerate() {
        if let Check::Unit(check) = rule.check
            && context.settings.is_on(rule)
            && context.looks_at(rule, unit)
        {
            meter.rule(number, || check(context, unit, &mut findings));
        }
    }
    findings
}

/// Where words were left out to get past an error, what is left may look wrong without being so.
fn without_lost(mut findings: Vec<Finding>, context: &FileContext<'_>) -> Vec<Finding> {
    let lost = context.source.tree.lost();
    if !lost.is_empty() {
        let lines = context.source.tree.lines();
        findings.retain(|finding| {
            finding.rule == &structure::syntax::RULE
                || !lost
                    .iter()
                    .any(|lost| lines.line(lost.start) == lines.line(finding.span.start))
        });
    }
    findings
}

/// So few files are checked faster on one thread.
pub(super) const FEW: usize = 256;

/// What the rules for all files together find.
pub(super) fn together(context: &OrganisationContext<'_>, meter: Metered<'_>) -> Vec<Finding> {
    let run = |(number, rule): (usize, &&'static super::Rule)| {
        let mut found = Vec::new();
        if let Check::Organisation(check) = rule.check {
            meter.rule(number, || check(context, &mut found));
        }
        found
    };
    if context.index.files().len() <= FEW {
        RULES.iter().enumerate().flat_map(run).collect()
    } else {
        RULES.par_iter().enumerate().flat_map_iter(run).collect()
    }
}

/// Gives findings the severities of the configuration, and takes out those of rules that are off.
pub(super) fn level(findings: &mut Vec<Finding>, settings: &dyn SettingsOf) {
    for finding in findings.iter_mut() {
        if let Some(severity) = settings.of(finding.file).severity(finding.rule) {
            finding.severity = severity;
        }
    }
    findings.retain(|finding| settings.of(finding.file).is_on(finding.rule));
}

/// Puts findings into the order in which they are shown, and numbers them. `root_of` gives the folder of a file's
/// organisation.
pub(super) fn finish<'p>(
    findings: &mut [Finding],
    files: &'p Files,
    root_of: impl Fn(FileId) -> Option<&'p Path>,
) {
    finish_all(findings, &mut [], files, root_of);
}

/// The same, with what is ignored after what is not: so that a comment changes no other finding's number.
pub(super) fn finish_all<'p>(
    findings: &mut [Finding],
    ignored: &mut [Ignored],
    files: &'p Files,
    root_of: impl Fn(FileId) -> Option<&'p Path>,
) {
    let order = |a: &Finding, b: &Finding| {
        let key = |finding: &Finding| (finding.file, finding.span, finding.rule.id);
        let path = |finding: &Finding| files.path(finding.file);
        path(a).cmp(path(b)).then_with(|| key(a).cmp(&key(b)))
    };
    findings.sort_by(order);
    ignored.sort_by(|a, b| order(&a.finding, &b.finding));
    let mut fingerprints = Fingerprints::new();
    let ignored = ignored.iter_mut().map(|one| &mut one.finding);
    for finding in findings.iter_mut().chain(ignored) {
        finding.tidy();
        let path = files.path(finding.file);
        let path = relative(path, root_of(finding.file));
        finding.fingerprint = fingerprints.next(finding, &path);
    }
}

/// A path relative to the folder of its organisation, with `/` on every system.
pub(super) fn relative(path: &Path, root: Option<&Path>) -> String {
    let relative = root
        .or(path.parent())
        .and_then(|root| path.strip_prefix(root).ok())
        .unwrap_or(path);
    relative.to_string_lossy().replace('\\', "/")
}

/// The bytes of a file, which may be those of an editor.
pub(super) type ReadBytes<'a> = &'a dyn Fn(&Path) -> std::io::Result<Vec<u8>>;

/// The catalogs of a run, each read once.
#[derive(Debug, Default)]
pub(super) struct Catalogs {
    /// By what names them: a built-in's name, or the path of a file.
    known: HashMap<PathBuf, Known>,
    /// Those whose problems were told.
    told: HashSet<PathBuf>,
    /// The files that were read for them.
    pub paths: Vec<PathBuf>,
}

impl Catalogs {
    /// Another run begins, with catalogs that are still the same.
    pub fn again(&mut self) {
        self.told.clear();
    }

    /// The files that a catalog was read from, the topmost first; a built-in is no file.
    pub fn files_of(&self, knowledge: &Arc<Knowledge>) -> &[PathBuf] {
        let mut known = self.known.values();
        let known = known.find(|known| Arc::ptr_eq(&known.knowledge, knowledge));
        known.map_or(&[], |known| &known.paths)
    }

    /// The catalog that `name`, written in `file`, stands for.
    pub fn load(
        &mut self,
        file: &Path,
        name: &Name,
        bytes_of: ReadBytes<'_>,
    ) -> (Arc<Knowledge>, Vec<CatalogProblem>) {
        let key = match crate::catalog::builtin_text(&name.text) {
            Some(_) => PathBuf::from(&*name.text),
            None => file.parent().unwrap_or(Path::new("")).join(&*name.text),
        };
        let is_first = self.told.insert(key.clone());
        if let Some(known) = self.known.get(&key) {
            // Once for all who name it.
            let problems = if is_first {
                known.problems.clone()
            } else {
                Vec::new()
            };
            return (Arc::clone(&known.knowledge), problems);
        }
        let paths = std::cell::RefCell::new(Vec::new());
        let read = |path: &Path| -> Option<Arc<str>> {
            paths.borrow_mut().push(path.to_owned());
            let tree = Tree::of_bytes(bytes_of(path).ok()?);
            Some(Arc::clone(tree.text()))
        };
        let (catalog, problems) = load_catalog(file, name, &read);
        let knowledge = Arc::new(Knowledge::new(catalog));
        let paths = paths.into_inner();
        self.paths.extend(paths.iter().cloned());
        let known = Known {
            knowledge: Arc::clone(&knowledge),
            problems: problems.clone(),
            paths,
        };
        self.known.insert(key, known);
        (knowledge, problems)
    }
}

/// A catalog that was read.
#[derive(Debug)]
struct Known {
    knowledge: Arc<Knowledge>,
    problems: Vec<CatalogProblem>,
    /// The files that it was read from, the topmost first.
    paths: Vec<PathBuf>,
}

/// The file of the one catalog of an organisation, if it has just one.
pub(super) fn only_catalog<'f>(facts: impl Iterator<Item = &'f FileFacts>) -> Option<FileId> {
    let mut catalogs = facts.filter(|facts| !facts.other().catalogs.is_empty());
    let only = catalogs.next()?;
    catalogs.next().is_none().then_some(only.file)
}

/// What keeps a catalog from being read that `named_in` names at `span`. `number` finds a file of the run.
pub(super) fn catalog_findings(
    problems: Vec<CatalogProblem>,
    named_in: &Path,
    span: Span,
    files: &Files,
    number: impl Fn(&Path) -> Option<FileId>,
) -> Vec<Finding> {
    let finding = |problem: CatalogProblem| match (number(&problem.file), number(named_in)) {
        (Some(file), _) => Some(structure::unresolved_reference::catalog(file, &problem)),
        // A catalog need not have the name of a role file; then what leads to it is shown.
        (None, Some(file)) => Some(structure::unresolved_reference::catalog_behind(
            file,
            span,
            &problem,
            &files.show(&problem.file),
        )),
        (None, None) => None,
    };
    problems.into_iter().filter_map(finding).collect()
}

/// What is wrong in a configuration itself.
pub(super) fn configuration(
    at: usize,
    discovery: &Discovery,
    settings: &Settings,
    unused: Vec<Finding>,
) -> Vec<Finding> {
    let (Some(config), Some(file)) = (
        discovery.configs.get(at),
        discovery.config_files.get(at).copied(),
    ) else {
        return Vec::new();
    };
    let mut found = structure::configuration::check(file, config);
    found.extend(unused);
    found.retain(|finding| settings.is_on(finding.rule));
    for finding in &mut found {
        if let Some(severity) = settings.severity(finding.rule) {
            finding.severity = severity;
        }
    }
    found
}
