//! Rules, duties and roles explained, as Markdown: the one text behind `rolelint explain`, the rule reference and
//! the catalog's page.

use std::fmt::Write as _;

use super::count;
use crate::catalog::{Catalog, Change, DutyDef, DutyIx, Horizon, LookAlike, RoleDef, RoleIx};
use crate::rules::{Group, RULES, Rule};

/// A rule. `level` is the depth of its heading, from 1.
pub fn rule_markdown(rule: &Rule, level: usize) -> String {
    let mut page = String::new();
    let hashes = "#".repeat(level);
    let severity = match rule.severity {
        Some(severity) => format!("{}, unless configured otherwise", severity.name()),
        None => "off, unless configured otherwise".to_owned(),
    };
    let _ = write!(
        page,
        "{hashes} {}\n\nGroup **{}** · {severity}\n\nFinds {}.\n\n{}\n\n**What to do.** {}\n\n",
        rule.id,
        rule.group.name(),
        rule.summary,
        rule.why,
        rule.remedy
    );
    let _ = write!(page, "This is found:\n\n```yaml\n{}```\n\n", rule.bad);
    let _ = write!(page, "This is fine:\n\n```yaml\n{}```\n\n", rule.good);
    let _ = writeln!(page, "**What it does not catch.** {}", rule.misses);
    if !rule.options.is_empty() {
        page.push_str("\n**Options**, set in `.rolelint.yaml`:\n\n");
        for option in rule.options {
            let default = match option.default {
                Some(default) => format!("{default} unless set"),
                None => "by model unless set".to_owned(),
            };
            let _ = writeln!(page, "- `{}`: {} ({default})", option.name, option.meaning);
        }
    }
    page
}

/// A group of rules: its rules in a line each.
pub fn group_markdown(group: Group) -> String {
    let mut page = format!("# {}\n\nThe rules of this group:\n\n", group.name());
    for rule in RULES.iter().filter(|rule| rule.group == group) {
        let _ = writeln!(page, "- `{}`: {}", rule.id, rule.summary);
    }
    page
}

/// A duty. `level` is the depth of its heading, from 1.
pub fn duty_markdown(catalog: &Catalog, duty: &DutyDef, level: usize) -> String {
    let role = catalog.role(duty.role);
    let mut page = format!(
        "{} {}\n\n`{}` · {}",
        "#".repeat(level),
        duty.title,
        duty.id,
        role.title
    );
    if let Some(horizon) = duty.horizon {
        let _ = write!(page, " · {}", horizon_words(horizon));
    }
    let core = if duty.core {
        "somebody must hold it"
    } else {
        "recognised, and not asked for"
    };
    let _ = write!(page, " · {core}\n\n");
    if !duty.explain.is_empty() {
        let _ = write!(page, "{}\n\n", duty.explain);
    }
    if !duty.look_alikes.is_empty() {
        page.push_str("**Easily taken for**\n\n");
        for other in &duty.look_alikes {
            let _ = writeln!(page, "- {}", look_alike_markdown(catalog, other));
        }
        page.push('\n');
    }
    if !duty.examples.is_empty() {
        page.push_str("**How people word it**\n\n");
        for example in duty.examples.iter().take(6) {
            let _ = writeln!(page, "- {example}");
        }
        page.push('\n');
    }
    let _ = writeln!(
        page,
        "To name it in a role file: `- {}` or `- {}: your own words`.",
        duty.id, duty.id
    );
    origin(
        &mut page,
        catalog,
        duty.origin,
        &duty.changes,
        &duty.sources,
    );
    page
}

/// A duty that another is easily taken for, and what tells them apart.
pub fn look_alike_markdown(catalog: &Catalog, other: &LookAlike) -> String {
    let def = catalog.duty(other.duty);
    let owner = &catalog.role(def.role).title;
    format!(
        "`{}` ({owner}). The word to look for: *{}*. {}",
        def.id, other.word, other.tell
    )
}

/// A role. `level` is the depth of its heading, from 1.
pub fn role_markdown(catalog: &Catalog, ix: RoleIx, level: usize) -> String {
    let role = catalog.role(ix);
    let mut page = format!(
        "{} {}\n\n`{}` · one for each {}",
        "#".repeat(level),
        role.title,
        role.id,
        role.scope.name()
    );
    for (said, words) in [
        (role.single, "one holder"),
        (role.in_team, "a member of the team"),
    ] {
        if said {
            let _ = write!(page, " · {words}");
        }
    }
    if let Some(teams) = role.max_teams {
        let _ = write!(page, " · at most {}", count(teams as usize, "team"));
    }
    page.push_str("\n\n");
    if !role.purpose.is_empty() {
        let _ = write!(page, "{}\n\n", role.purpose);
    }
    if !role.aliases.is_empty() {
        let _ = write!(page, "Also called: {}.\n\n", role.aliases.join(", "));
    }
    for part in &role.combines {
        let part = catalog.role(*part);
        let _ = write!(
            page,
            "Carries the duties of the {} (`{}`).\n\n",
            part.title, part.id
        );
    }
    let duties: Vec<(DutyIx, &DutyDef)> = catalog.duties_of(ix).collect();
    if !duties.is_empty() {
        page.push_str("**Answers for**\n\n");
        for (_, duty) in duties {
            let horizon = duty.horizon.map_or("", Horizon::name);
            let core = if duty.core { ", must be held" } else { "" };
            let _ = writeln!(page, "- `{}`: {} ({horizon}{core})", duty.id, duty.title);
        }
    }
    origin(&mut page, catalog, role.origin, &role.changes, &[]);
    page
}

/// Where an answer comes from.
fn origin(
    page: &mut String,
    catalog: &Catalog,
    origin: usize,
    changes: &[Change],
    sources: &[String],
) {
    let id = |layer: usize| {
        catalog
            .layers
            .get(layer)
            .map_or("", |layer| layer.id.as_str())
    };
    if !sources.is_empty() {
        let _ = write!(
            page,
            "\nSources: {}.\n",
            sources.join("; ").trim_end_matches('.')
        );
    }
    if catalog.layers.len() > 1 {
        let _ = write!(page, "\nFrom the catalog `{}`.\n", id(origin));
    }
    page.push_str(&changes_markdown(catalog, changes));
}

/// What catalogs changed in a role or duty that they did not bring.
pub fn changes_markdown(catalog: &Catalog, changes: &[Change]) -> String {
    let mut page = String::new();
    for change in changes {
        let reason = change.reason.as_ref().map_or_else(
            || " It gives no reason.".to_owned(),
            |reason| format!(" Its reason: {}.", reason.trim_end_matches('.')),
        );
        let _ = write!(
            page,
            "\nChanged by the catalog `{}`: {}.{reason}\n",
            catalog
                .layers
                .get(change.layer)
                .map_or("", |layer| layer.id.as_str()),
            change.keys.join(", ")
        );
    }
    page
}

/// A horizon in words.
pub fn horizon_words(horizon: Horizon) -> &'static str {
    match horizon {
        Horizon::Long => "long-term",
        Horizon::Medium => "medium-term",
        Horizon::Short => "short-term",
    }
}

/// The rule reference: every rule on one page.
pub fn rules_page() -> String {
    let mut page = String::from(
        "# Rules\n\nWritten by `rolelint explain` from the documentation beside each rule's code; a test keeps it current.\n\n\
         Severities, groups and options are set in `.rolelint.yaml`:\n\n```yaml\nrules:\n  coverage: error\n  overloaded-holder: {severity: warning, max_teams: 3}\n  too-many-duties: hint\n```\n\n\
         One finding is silenced by a comment on its line or on the line above, with a reason after `--`:\n\n```yaml\nproduct-owner: TBD # rolelint: ignore placeholder -- hiring until June\n```\n\n\
         [The format](format.md#silencing-findings) tells how to silence a rule in a whole file, and [Adopting rolelint](adopting.md) how to start with files that have many findings.\n\n\
         Some things that experts would like to know no file can show: a Product Owner who is never there, scope that changes in the middle of an iteration, a yes to everyone. There are no rules for them.\n\n",
    );
    for group in Group::ALL {
        let mut rules = RULES.iter().filter(|rule| rule.group == group).peekable();
        if rules.peek().is_none() {
            continue;
        }
        let _ = write!(
            page,
            "**{}**\n\n| rule | severity | finds |\n|---|---|---|\n",
            group.name()
        );
        for rule in rules {
            let severity = rule.severity.map_or("off", |severity| severity.name());
            let summary = rule.summary.replace('|', "\\|");
            let _ = writeln!(
                page,
                "| [`{}`](#{}) | {severity} | {summary} |",
                rule.id, rule.id
            );
        }
        page.push('\n');
    }
    for rule in RULES.iter() {
        page.push_str(&rule_markdown(rule, 2));
        page.push('\n');
    }
    page.trim_end().to_owned() + "\n"
}

/// The page of a catalog: its roles and duties.
pub fn catalog_page(catalog: &Catalog) -> String {
    let Some(top) = catalog.layers.last() else {
        return String::new();
    };
    let mut page = format!(
        "# {}\n\n`{}` · goes with `model: {}`\n\n{}\n\n",
        top.title,
        top.id,
        catalog.model.name(),
        top.summary
    );
    for source in &top.sources {
        let _ = writeln!(page, "- {source}");
    }
    for (ix, role) in catalog.roles() {
        if !has_something_to_say(catalog, ix, role) {
            continue;
        }
        let _ = write!(page, "\n{}", role_markdown(catalog, ix, 2));
        for (_, duty) in catalog.duties_of(ix) {
            let _ = write!(page, "\n{}", duty_markdown(catalog, duty, 3));
        }
    }
    page
}

fn has_something_to_say(catalog: &Catalog, ix: RoleIx, role: &RoleDef) -> bool {
    catalog.duties_of(ix).next().is_some() || !role.combines.is_empty()
}
