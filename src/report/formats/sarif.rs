//! SARIF 2.1.0. Columns are in UTF-16 code units, and the file says so: it is what GitHub and editors count.
//!
//! What is known from a baseline is listed with `--show-known`, with the state that it has there; what comments and
//! exceptions silence with `--show-ignored`, as suppressed. Not by themselves: GitHub shows both like any other result.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde_json::{Map, Value, json};

use super::FormatOptions;
use super::sarif_fix::fix;
use super::site::{Site, Sites, paragraphs, wants_fixes};
use crate::report::rule_markdown;
use crate::rules::{Finding, Fixer, IgnoredBy, Outcome, Rule};
use crate::text::Span;
use crate::workspace::{FileId, Severity};

/// Where the schema is to be found.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What paths are relative to.
const ROOT: &str = "%SRCROOT%";

/// One log with one run.
///
/// # Errors
/// When `out` cannot be written to.
pub fn sarif(outcome: &Outcome, options: &FormatOptions, out: &mut dyn Write) -> io::Result<()> {
    let ignored = || outcome.ignored.iter().map(|one| &one.finding);
    let mut rules: BTreeMap<&str, &'static Rule> = BTreeMap::new();
    for finding in outcome.listed().chain(ignored()) {
        rules.insert(finding.rule.id, finding.rule);
    }
    let numbers: BTreeMap<&str, usize> = rules.keys().copied().zip(0..).collect();
    let has_known = outcome.listed().any(|finding| outcome.is_known(finding));
    let mut sites = Sites::new(outcome, &options.root);
    let with_fixes = wants_fixes(outcome, options);
    let mut results: Vec<Value> = outcome.with_fixer(|fixer| {
        let fixer = with_fixes.then_some(fixer);
        let mut one = |finding| result(finding, &numbers, fixer, &mut sites);
        outcome.listed().map(&mut one).map(Value::Object).collect()
    });
    for (finding, result) in outcome.listed().zip(&mut results) {
        if has_known {
            let state = match outcome.is_known(finding) {
                true => "unchanged",
                false => "new",
            };
            result["baselineState"] = state.into();
        }
        if !outcome.ignored.is_empty() {
            result["suppressions"] = json!([]);
        }
    }
    for one in &outcome.ignored {
        let mut result = result(&one.finding, &numbers, None, &mut sites);
        if has_known {
            result.insert("baselineState".to_owned(), "new".into());
        }
        let mut suppression = json!({
            "kind": match one.by {
                IgnoredBy::Comment => "inSource",
                IgnoredBy::Exception => "external",
            },
            "status": "accepted",
        });
        if let Some(reason) = &one.reason {
            suppression["justification"] = (&**reason).into();
        }
        result.insert("suppressions".to_owned(), json!([suppression]));
        results.push(Value::Object(result));
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "rolelint",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "shortDescription": {"text": concat!(env!("CARGO_PKG_DESCRIPTION"), ".")},
                "rules": rules.values().copied().map(rule).collect::<Vec<_>>(),
            }},
            "invocations": [{"executionSuccessful": true}],
            "originalUriBaseIds": {(ROOT): {"description": {"text": "The folder of the repository."}}},
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn rule(rule: &'static Rule) -> Value {
    // A name of its own is what viewers show beside the id.
    let name: String = rule
        .id
        .split('-')
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect::<String>()
        })
        .collect();
    let page = rule_markdown(rule, 1);
    let mut object = json!({
        "id": rule.id,
        "shortDescription": {"text": format!("Finds {}.", plain(rule.summary))},
        "fullDescription": {"text": plain(rule.why)},
        "help": {"text": plain(&page), "markdown": page},
        "defaultConfiguration": {
            "enabled": rule.severity.is_some(),
            "level": level(rule.severity.unwrap_or(Severity::Hint)),
        },
        "properties": {
            "tags": [rule.group.name()],
            "problem.severity": match rule.severity {
                Some(Severity::Error) => "error",
                Some(Severity::Warning) => "warning",
                _ => "recommendation",
            },
        },
    });
    // One that is the same but for its capital says nothing.
    if rule.id.contains('-') {
        object["name"] = name.into();
    }
    object
}

/// Our own Markdown as plain text, for readers that show no other.
fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for line in markdown.lines().filter(|line| !line.starts_with("```")) {
        text.push_str(&line.trim_start_matches("# ").replace("**", ""));
        text.push('\n');
    }
    text.trim_end().to_owned()
}

fn result(
    finding: &Finding,
    numbers: &BTreeMap<&str, usize>,
    fixer: Option<&Fixer<'_>>,
    sites: &mut Sites<'_>,
) -> Map<String, Value> {
    let mut location = location(finding.file, finding.span, sites);
    if !finding.place.is_empty() {
        location.insert(
            "logicalLocations".to_owned(),
            json!([{"fullyQualifiedName": finding.place.as_str()}]),
        );
    }
    let mut result = Map::new();
    let mut put = |key: &str, value: Value| {
        result.insert(key.to_owned(), value);
    };
    put("ruleId", finding.rule.id.into());
    if let Some(number) = numbers.get(finding.rule.id) {
        put("ruleIndex", (*number).into());
    }
    put("level", level(finding.severity).into());
    put("message", message(&paragraphs(finding).join("\n")));
    put("locations", json!([location]));
    if !finding.related.is_empty() {
        let related: Vec<Value> = finding
            .related
            .iter()
            .enumerate()
            .map(|(number, related)| {
                let mut location = self::location(related.file, related.span, sites);
                location.insert("id".to_owned(), (number + 1).into());
                location.insert("message".to_owned(), message(&related.message));
                Value::Object(location)
            })
            .collect();
        put("relatedLocations", related.into());
    }
    let fingerprint = format!("{:016x}", finding.fingerprint);
    put("partialFingerprints", json!({"rolelint/v1": fingerprint}));
    if let Some(fixer) = fixer {
        let fixes = fixer.fixes(finding);
        let fixes: Vec<Value> = fixes.iter().filter_map(|one| fix(one, sites)).collect();
        if !fixes.is_empty() {
            put("fixes", fixes.into());
        }
    }
    result
}

/// A text in which nothing is a link: `[a](1)` would be one to a related place.
pub(super) fn message(text: &str) -> Value {
    json!({"text": text.replace("](", "]\u{200b}(")})
}

fn location(file: FileId, span: Span, sites: &mut Sites<'_>) -> Map<String, Value> {
    let site = sites.whole(file, span);
    let mut region = region(&site);
    if site.start.line == site.end.line && !span.is_empty() {
        region["snippet"] = json!({"text": sites.texts.slice(file, span)});
    }
    let mut location = Map::new();
    location.insert(
        "physicalLocation".to_owned(),
        json!({"artifactLocation": sites.artifact(file), "region": region}),
    );
    location
}

pub(super) fn region(site: &Site) -> Value {
    json!({
        "startLine": site.start.line,
        "startColumn": site.start.utf16,
        "endLine": site.end.line,
        "endColumn": site.end.utf16,
    })
}

impl Sites<'_> {
    /// A file as SARIF names it.
    pub(super) fn artifact(&self, file: FileId) -> Value {
        let path = self.absolute(file);
        match path.strip_prefix(self.root()) {
            Ok(inside) => json!({"uri": uri(inside), "uriBaseId": ROOT}),
            Err(_) => json!({"uri": format!("file://{}", uri(path))}),
        }
    }
}

/// A path as part of an address. Where a system's paths are bytes, each byte comes through.
fn uri(path: &Path) -> String {
    let mut uri = String::new();
    for byte in bytes(path) {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(unix)]
fn bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(not(unix))]
fn bytes(path: &Path) -> Vec<u8> {
    path.to_string_lossy().replace('\\', "/").into_bytes()
}
