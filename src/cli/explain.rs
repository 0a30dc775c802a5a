use serde_json::{Value, json};

use super::args::{ExplainArgs, ExplainFormat};
use super::catalog::find_catalog;
use super::{Failure, Output, Status};
use crate::catalog::Catalog;
use crate::report::{Paint, Thing, terminal};
use crate::rules::RULES;

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
                let page = thing.markdown(&catalog);
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
    let hint = "; `rolelint rules` lists the rules, and `rolelint catalog` the duties and roles";
    Thing::find(name, catalog).map_err(|why| {
        let hint = if why.ends_with('?') { "" } else { hint };
        Failure::new(format!("{why}{hint}"))
    })
}

fn everything(catalog: &Catalog) -> Vec<Thing> {
    let rules = RULES.iter().map(|rule| Thing::Rule(rule));
    let roles = catalog.roles().map(|(role, _)| Thing::Role(role));
    let duties = catalog.duties().map(|(duty, _)| Thing::Duty(duty));
    rules.chain(roles).chain(duties).collect()
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
