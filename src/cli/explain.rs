use serde_json::{Value, json};

use super::args::{ExplainArgs, ExplainFormat};
use super::catalog::find_catalog;
use super::{Failure, Output, Status};
use crate::catalog::{Catalog, DutyIx, RoleIx};
use crate::report::{Paint, duty_markdown, group_markdown, role_markdown, rule_markdown, terminal};
use crate::rules::{Group, RULES, Rule, find};
use crate::syntax::nearest;

/// Something that can be explained.
enum Thing {
    Rule(&'static Rule),
    Group(Group),
    Duty(DutyIx),
    Role(RoleIx),
}

pub(super) fn run(args: &ExplainArgs, output: &Output) -> Result<Status, Failure> {
    let catalog = find_catalog(args.catalog.as_deref())?;
    let things = match &args.name {
        Some(name) => vec![find_thing(name, &catalog)?],
        None => everything(&catalog),
    };
    output.print(|out| match args.format {
        ExplainFormat::Json => {
            let things: Vec<Value> = things
                .iter()
                .map(|thing| to_json(thing, &catalog))
                .collect();
            serde_json::to_writer_pretty(&mut *out, &things)?;
            writeln!(out)
        }
        format => {
            for (number, thing) in things.iter().enumerate() {
                if number > 0 {
                    writeln!(
                        out,
                        "\n{}\n",
                        if format == ExplainFormat::Text {
                            ""
                        } else {
                            "---"
                        }
                    )?;
                }
                let page = markdown(thing, &catalog);
                let page = if format == ExplainFormat::Text {
                    terminal(&page, Paint::new(output.color), output.width)
                } else {
                    page.trim_end().to_owned()
                };
                writeln!(out, "{page}")?;
            }
            Ok(())
        }
    })?;
    Ok(Status::Clean)
}

fn find_thing(name: &str, catalog: &Catalog) -> Result<Thing, Failure> {
    let id = name.to_lowercase();
    if let Some(rule) = find(&id) {
        return Ok(Thing::Rule(rule));
    }
    if let Some(duty) = catalog.find_duty(&id) {
        return Ok(Thing::Duty(duty));
    }
    if let Some(role) = catalog.find_role(name) {
        return Ok(Thing::Role(role));
    }
    if let Some(group) = Group::from_word(&id) {
        return Ok(Thing::Group(group));
    }
    let known = RULES
        .iter()
        .map(|rule| rule.id)
        .chain(Group::ALL.map(Group::name))
        .chain(catalog.duties().map(|(_, duty)| duty.id.as_str()))
        .chain(catalog.roles().map(|(_, role)| role.id.as_str()));
    Err(Failure::new(match nearest(name, known) {
        Some(near) => format!("there is no rule, duty or role `{name}`; did you mean `{near}`?"),
        None => format!(
            "there is no rule, duty or role `{name}`; `rolelint rules` lists the rules, and `rolelint catalog` the duties and roles"
        ),
    }))
}

fn everything(catalog: &Catalog) -> Vec<Thing> {
    let rules = RULES.iter().map(|rule| Thing::Rule(rule));
    let roles = catalog.roles().map(|(role, _)| Thing::Role(role));
    let duties = catalog.duties().map(|(duty, _)| Thing::Duty(duty));
    rules.chain(roles).chain(duties).collect()
}

fn markdown(thing: &Thing, catalog: &Catalog) -> String {
    match thing {
        Thing::Rule(rule) => rule_markdown(rule, 1),
        Thing::Group(group) => group_markdown(*group),
        Thing::Duty(duty) => duty_markdown(catalog, catalog.duty(*duty), 1),
        Thing::Role(role) => role_markdown(catalog, *role, 1),
    }
}

fn to_json(thing: &Thing, catalog: &Catalog) -> Value {
    match thing {
        Thing::Rule(rule) => json!({
            "kind": "rule",
            "id": rule.id,
            "group": rule.group.name(),
            "severity": rule.severity.map_or("off", |severity| severity.name()),
            "summary": rule.summary,
            "why": rule.why,
            "remedy": rule.remedy,
            "bad": rule.bad,
            "good": rule.good,
            "misses": rule.misses,
            "options": rule.options.iter().map(|option| json!({
                "name": option.name, "default": option.default, "meaning": option.meaning,
            })).collect::<Vec<_>>(),
        }),
        Thing::Group(group) => json!({
            "kind": "group",
            "id": group.name(),
            "rules": RULES.iter().filter(|rule| rule.group == *group).map(|rule| rule.id).collect::<Vec<_>>(),
        }),
        Thing::Duty(duty) => super::catalog::duty_json(catalog, catalog.duty(*duty)),
        Thing::Role(role) => super::catalog::role_json(catalog, *role),
    }
}
