//! What is wrong in a `.rolelint.yaml`, in the words of the structure rules.

use super::{syntax, unknown_key, wrong_shape};
use crate::rules::{Finding, Group, RULES, find};
use crate::syntax::{Entry, Step, Tree, nearest};
use crate::workspace::{Config, FileId};

/// Everything but its exceptions that silence nothing, which the engine knows.
pub(in crate::rules) fn check(file: FileId, config: &Config) -> Vec<Finding> {
    let mut findings: Vec<Finding> = syntax::of_tree(file, &config.tree).collect();
    for problem in &config.problems {
        findings.extend(unknown_key::of_problem(file, problem));
        findings.extend(wrong_shape::of_problem(file, problem, config.tree.text()));
    }
    for (name, why) in &config.bad_patterns {
        let message = format!("`{}` is no pattern for paths: {why}", name.text);
        findings.push(
            wrong_shape::RULE
                .finding(file, name.span, message)
                .why("No file can match it, so it is passed over.")
                .help("Write a path with `*` for any name and `**` for any folders, like `teams/**/*.yaml`.")
                .about("pattern", name.text.clone()),
        );
    }
    for setting in &config.rules {
        check_rule(file, setting, &mut findings);
    }
    findings
}

fn rules_and_groups() -> impl Iterator<Item = &'static str> {
    let rules = RULES.iter().map(|rule| rule.id);
    rules.chain(Group::ALL.map(Group::name))
}

/// What may stand as a key under `rules`: rules and groups, or the options of one.
pub(super) fn known_names(tree: &Tree, entry: Entry<'_>) -> Vec<&'static str> {
    let steps = tree.steps(entry.key.span());
    let keys: Vec<&str> = steps
        .iter()
        .filter_map(|step| match step {
            Step::Entry(entry) => entry.key.text(),
            _ => None,
        })
        .collect();
    match keys.as_slice() {
        ["rules", _] => rules_and_groups().collect(),
        ["rules", rule, _] => {
            let options = find(rule).map_or(&[][..], |rule| rule.options);
            let names = options.iter().map(|option| option.name);
            names.chain(["severity"]).collect()
        }
        _ => Vec::new(),
    }
}

fn check_rule(file: FileId, setting: &crate::workspace::RuleSetting, findings: &mut Vec<Finding>) {
    let name = &setting.name;
    let rule = find(&name.text);
    if rule.is_none() && Group::from_word(&name.text).is_none() {
        let known = rules_and_groups();
        let finding = unknown_key::RULE
            .finding(
                file,
                name.span,
                format!("there is no rule or group `{}`", name.text),
            )
            .why("The setting has no effect.")
            .about("rules", name.text.clone());
        findings.push(match nearest(&name.text, known) {
            Some(near) => finding
                .label(format!("did you mean `{near}`?"))
                .help(format!("Write `{near}`.")),
            None => finding.help("`rolelint rules` lists them."),
        });
        return;
    }
    for (option, _) in &setting.options {
        let options = rule.map_or(&[][..], |rule| rule.options);
        if options.iter().any(|known| *known.name == *option.text) {
            continue;
        }
        let finding = unknown_key::RULE
            .finding(
                file,
                option.span,
                format!("`{}` has no option `{}`", name.text, option.text),
            )
            .why("The setting has no effect.")
            .about(name.text.clone(), option.text.clone());
        let known: Vec<&str> = options.iter().map(|option| option.name).collect();
        findings.push(
            match (
                nearest(&option.text, known.iter().copied()),
                known.is_empty(),
            ) {
                (Some(near), _) => finding
                    .label(format!("did you mean `{near}`?"))
                    .help(format!("Write `{near}`.")),
                (None, true) => finding.help("Only `severity` can be set here."),
                (None, false) => {
                    finding.help(format!("Write `severity` or one of: {}.", known.join(", ")))
                }
            },
        );
    }
}
