//! `rolelint.report`: what a bug report needs. No names, no paths and no words of anybody's files.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::uri_of;
use crate::catalog::BUILTIN_NAMES;
use crate::report::{count, reason_kind};
use crate::rules::RULES;
use crate::server::state::State;
use crate::spec::UnitKind;
use crate::workspace::Severity;

/// The argument, which may be left out: the address of the current document.
pub fn run(state: &State, argument: Option<&Value>) -> String {
    let mut page = String::from("# rolelint\n\n");
    let _ = writeln!(
        page,
        "- version: {}\n- system: {} {}\n- editor: {}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        state.client_name.as_deref().unwrap_or("does not say"),
    );
    current(state, argument, &mut page);
    workspace(state, &mut page);
    findings(state, &mut page);
    settings(state, &mut page);
    let problems = state.session.problems();
    if !problems.is_empty() {
        page.push_str("\n## Problems\n\n");
        for problem in problems {
            let _ = writeln!(page, "- {}", without_paths(problem));
        }
    }
    let _ = write!(
        page,
        "\n## What the editor can do\n\n```text\n{:#?}\n```\n",
        state.client
    );
    page
}

fn current(state: &State, argument: Option<&Value>, page: &mut String) {
    let Some(uri) = uri_of(argument) else { return };
    let path = state.path_of(&uri);
    let reason = path.as_ref().map(|path| state.session.reason(path));
    let _ = writeln!(page, "\n## The current file\n");
    let kind = reason.as_ref().map_or("was never saved", reason_kind);
    let _ = writeln!(page, "- {kind}");
    let Some(file) = state.file_of(&uri) else {
        return;
    };
    let version = match state.version_of(file) {
        Some(version) => format!("open, version {version}"),
        None => "not open".to_owned(),
    };
    let text = state.session.text(file).unwrap_or_default();
    let breaks = match (text.contains("\r\n"), text.contains('\r')) {
        (true, _) => "CRLF",
        (false, true) => "CR",
        (false, false) => "LF",
    };
    let source = state.session.source(file);
    let errors = source.map_or(0, |source| source.tree.errors().len());
    let _ = writeln!(
        page,
        "- {version}; {}, {} bytes, {breaks}; {}; {}",
        count(text.lines().count(), "line"),
        text.len(),
        count(errors, "syntax error"),
        count(state.session.findings(file).len(), "finding")
    );
    let Some(knowledge) = state.session.knowledge(file) else {
        return;
    };
    let layers = knowledge.catalog.layers.iter().map(|layer| {
        match BUILTIN_NAMES.contains(&layer.id.as_str()) && layer.builtin {
            true => layer.id.as_str(),
            false => "one of its own",
        }
    });
    let layers: Vec<&str> = layers.collect();
    let _ = writeln!(
        page,
        "- catalog: {}; model of the catalog: {}",
        layers.join(", then "),
        knowledge.catalog.model.name()
    );
}

fn workspace(state: &State, page: &mut String) {
    let session = &state.session;
    let facts = session.all_facts();
    let units = || facts.iter().flat_map(|facts| facts.units.iter());
    let of = |kind| units().filter(|unit| unit.kind == kind).count();
    let people: usize = facts.iter().map(|facts| facts.other().people.len()).sum();
    let catalogs: usize = facts.iter().map(|facts| facts.other().catalogs.len()).sum();
    let _ = writeln!(
        page,
        "\n## The workspace\n\n- {}, {}\n- {}, {}, {}, {}, {}, {}",
        count(state.folder_count(), "folder"),
        count(state.open_count(), "open document"),
        count(facts.len(), "role file"),
        count(session.configurations().len(), "configuration"),
        count(of(UnitKind::Team), "team"),
        count(of(UnitKind::Product), "product"),
        match people {
            1 => "1 person".to_owned(),
            people => format!("{people} people"),
        },
        count(catalogs, "catalog"),
    );
}

fn findings(state: &State, page: &mut String) {
    let mut by_rule: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for file in state.session.asked() {
        for finding in state.session.findings(file).iter() {
            let counts = by_rule.entry(finding.rule.id).or_default();
            let at = match finding.severity {
                Severity::Error => 0,
                Severity::Warning => 1,
                Severity::Hint => 2,
            };
            if let Some(count) = counts.get_mut(at) {
                *count += 1;
            }
        }
    }
    if by_rule.is_empty() {
        page.push_str("\n## Findings\n\nNone.\n");
        return;
    }
    page.push_str("\n## Findings\n\n| rule | errors | warnings | hints |\n|---|---|---|---|\n");
    for (rule, [errors, warnings, hints]) in by_rule {
        let _ = writeln!(page, "| {rule} | {errors} | {warnings} | {hints} |");
    }
}

/// The settings of the client, and the rules that configurations set otherwise than usual.
fn settings(state: &State, page: &mut String) {
    let options = &state.options;
    let _ = writeln!(
        page,
        "\n## Settings\n\n- inlay hints: {}\n- code lenses: {}\n- unsafe fixes with fix all: {}\n- a day instead of today: {}",
        yes(options.inlay_hints),
        yes(options.code_lens),
        yes(options.unsafe_fix_all),
        yes(options.today.is_some())
    );
    for (number, file) in state.session.configurations().into_iter().enumerate() {
        let settings = state.session.settings(file);
        let changed: Vec<String> = RULES
            .iter()
            .filter_map(|rule| {
                let severity = match (settings.is_on(rule), settings.severity(rule)) {
                    (false, _) if rule.severity.is_some() => "off",
                    (true, Some(severity)) if Some(severity) != rule.severity => severity.name(),
                    _ => return None,
                };
                Some(format!("{} {severity}", rule.id))
            })
            .collect();
        let changed = match changed.is_empty() {
            true => "all rules as usual".to_owned(),
            false => changed.join(", "),
        };
        let _ = writeln!(page, "- configuration {}: {changed}", number + 1);
    }
}

fn yes(flag: bool) -> &'static str {
    match flag {
        true => "yes",
        false => "no",
    }
}

/// A sentence without the names of files and folders in it.
fn without_paths(text: &str) -> String {
    let words = text
        .split(' ')
        .map(|word| match word.contains(['/', '\\']) {
            true => "…",
            false => word,
        });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::without_paths;

    #[test]
    fn paths_are_left_out() {
        assert_eq!(
            without_paths("cannot look at /home/ana/roles: no such folder"),
            "cannot look at … no such folder"
        );
    }
}
