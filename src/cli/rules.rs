use std::io::Write;

use serde_json::json;

use super::args::{ListFormat, RulesArgs};
use super::{Failure, Output, Status};
use crate::report::{Paint, wrap};
use crate::rules::{Group, RULES};

pub(super) fn run(args: &RulesArgs, output: &Output) -> Result<Status, Failure> {
    output.print(|out| match args.format {
        ListFormat::Text => text(output, out),
        ListFormat::Json => {
            let rules: Vec<_> = RULES
                .iter()
                .map(|rule| {
                    json!({
                        "id": rule.id,
                        "group": rule.group.name(),
                        "severity": rule.severity.map_or("off", |severity| severity.name()),
                        "summary": rule.summary,
                    })
                })
                .collect();
            serde_json::to_writer_pretty(&mut *out, &rules)?;
            writeln!(out)
        }
    })?;
    Ok(Status::Clean)
}

fn text(output: &Output, out: &mut dyn Write) -> std::io::Result<()> {
    let paint = Paint::new(output.color);
    let widest = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for group in Group::ALL {
        let mut rules = RULES.iter().filter(|rule| rule.group == group).peekable();
        if rules.peek().is_none() {
            continue;
        }
        writeln!(out, "{}", paint.bold(group.name()))?;
        for rule in rules {
            let severity = rule.severity.map_or("off", |severity| severity.name());
            let indent = 2 + widest + 2 + 8 + 1;
            let summary = wrap(rule.summary, output.width.saturating_sub(indent).max(30))
                .replace('\n', &format!("\n{}", " ".repeat(indent)));
            let severity = paint.severity(rule.severity, &format!("{severity:<8}"));
            writeln!(out, "  {:<widest$}  {severity} {summary}", rule.id)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "`rolelint explain RULE` tells more of a rule.")
}
