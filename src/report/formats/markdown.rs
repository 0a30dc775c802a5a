//! A summary in Markdown, for the page of a job and for comments.
//!
//! The worst come first, and a very long list is cut: GitHub takes a megabyte for each step.

use std::io::{self, Write};

use super::FormatOptions;
use super::site::{Site, Sites, paragraphs, worst_first};
use crate::report::{Summary, count};
use crate::rules::{Finding, Outcome};

/// How many findings are listed at most.
const MOST: usize = 200;

/// A heading, what it comes to, and a table of the findings.
///
/// # Errors
/// When `out` cannot be written to.
pub fn markdown(outcome: &Outcome, options: &FormatOptions, out: &mut dyn Write) -> io::Result<()> {
    let summary = Summary::of(outcome);
    writeln!(out, "## Roles\n\n{}", summary.markdown_sentence())?;
    let findings = worst_first(outcome);
    if findings.is_empty() {
        return Ok(());
    }
    let mut sites = Sites::new(outcome, &options.root);
    writeln!(
        out,
        "\n| | Where | What is wrong, and what to do |\n|---|---|---|"
    )?;
    for finding in findings.iter().take(MOST) {
        let site = sites.of(finding);
        let known = if outcome.is_known(finding) {
            "known "
        } else {
            ""
        };
        let mut what: Vec<String> = paragraphs(finding).iter().map(|text| cell(text)).collect();
        if let Some(first) = what.first_mut() {
            *first = format!("**{first}**");
        }
        for related in &finding.related {
            let site = sites.first_line(related.file, related.span);
            what.push(format!(
                "{}: {}",
                place(&site, options),
                cell(&related.message)
            ));
        }
        writeln!(
            out,
            "| {known}{}<br>`{}` | {} | {} |",
            finding.severity.name(),
            finding.rule.id,
            place(&site, options),
            what.join("<br>")
        )?;
    }
    if let Some(more @ 1..) = findings.len().checked_sub(MOST) {
        writeln!(
            out,
            "\nThe {} that matter less are not listed here.",
            count(more, "finding")
        )?;
    }
    let example = findings.first().map(|finding: &&Finding| finding.rule.id);
    writeln!(
        out,
        "\n`rolelint explain {}` tells more about a rule; `rolelint fix` mends what is safe to mend.",
        example.unwrap_or("RULE")
    )
}

/// Where something is, as a link where there is something to link to.
fn place(site: &Site, options: &FormatOptions) -> String {
    let shown = cell(&format!("{}:{}", site.path, site.start.line));
    match &options.link {
        Some(link) => format!(
            "[{shown}]({link}{}#L{})",
            address(&site.path),
            site.start.line
        ),
        None => shown,
    }
}

/// A path as part of an address between parentheses.
fn address(path: &str) -> String {
    let mut address = String::new();
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => address.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// A text in a cell of a table. What stands between backticks stays code; whatever else could be read as a mark is
/// escaped, as names come from files.
fn cell(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let is_even = parts.len() % 2 == 1;
    let mut out = String::with_capacity(text.len() + 8);
    for (number, part) in parts.iter().enumerate() {
        let is_code = is_even && number % 2 == 1;
        if is_code {
            out.push_str(&format!(
                "`{}`",
                part.replace('|', "\\|").replace('\n', " ")
            ));
            continue;
        }
        if number > 0 && !is_even {
            out.push_str("\\`");
        }
        for character in part.chars() {
            match character {
                '\n' => out.push_str("<br>"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                // Nobody is to get mail for being named in a file.
                '@' => out.push_str("&#64;"),
                '|' | '\\' | '*' | '_' | '[' | ']' | '~' | '#' | '$' | '!' => {
                    out.push('\\');
                    out.push(character);
                }
                other if other.is_control() => out.push(' '),
                other => out.push(other),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_code_and_nothing_else_is_a_mark() {
        assert_eq!(
            cell("`a|b` is *not* <b> @ana [x](y) a_b\n| $x$"),
            "`a\\|b` is \\*not\\* &lt;b&gt; &#64;ana \\[x\\](y) a\\_b<br>\\| \\$x\\$"
        );
        assert_eq!(cell("one ` alone"), "one \\` alone");
        assert_eq!(cell("``"), "``");
        assert_eq!(address("a b/ü.yaml"), "a%20b/%C3%BC.yaml");
    }
}
