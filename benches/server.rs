//! The language server as an editor meets it, over stdio: how long after a key the findings are there, how long an
//! explanation and a proposal take, how long the first findings take after the start, and how much memory is held.
//!
//! `cargo bench --bench server` makes organisations of 10,000 files of 60 lines, one file of 20,000 lines with many
//! documents, and a people document of 20,000 lines.
//! `cargo bench --bench server -- 1000` takes another number of files.
//! `cargo bench --bench server -- --beside 'node node_modules/.bin/yaml-language-server --stdio'` asks
//! yaml-language-server, with rolelint's JSON Schema, the same in the same run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A benchmark says by a panic that it failed.

#[path = "../tests/support/client.rs"]
#[allow(dead_code)] // Tests use more of it.
mod client;
#[path = "organisation.rs"]
#[allow(dead_code)]
mod organisation;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use client::{Client, uri};
use serde_json::{Value, json};

/// The day that dates are compared with.
const TODAY: &str = "2026-06-15";
const KEYS: usize = 300;
const STARTS: usize = 9;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let files = args
        .iter()
        .find_map(|arg| arg.parse().ok())
        .unwrap_or(10_000);
    let beside = args.iter().position(|arg| arg == "--beside");
    let beside = beside.and_then(|at| args.get(at + 1));
    let mut contenders = vec![Contender::Rolelint];
    contenders.extend(beside.map(|command| Contender::Yaml(command.clone())));
    let work = tempfile::tempdir().unwrap();
    let base = work.path().canonicalize().unwrap();
    let (small, large, long) = (base.join("small"), base.join("large"), base.join("long"));
    let people = base.join("people");
    organisation::write(&small, 10).unwrap();
    organisation::write(&large, files).unwrap();
    organisation::write_long(&long, 20_000).unwrap();
    organisation::write_people(&people, 20_000).unwrap();
    let team = "teams/area-0/team-0.roles.yaml";
    println!(
        "{:<44}  {:>8}  {:>8}  {:>8}",
        "milliseconds", "median", "p95", "most"
    );
    let mut all = Vec::new();
    for contender in &contenders {
        println!("{}", contender.name());
        let mut rows = Vec::new();
        rows.push(starts(
            contender,
            "first findings, 10 files",
            &small,
            team,
            STARTS,
        ));
        rows.push(starts(
            contender,
            &format!("first findings, {files} files"),
            &large,
            team,
            3,
        ));
        let name = format!("{files} files");
        let (more, memory) = session(contender, &name, &large, team, "product: ");
        rows.extend(more);
        let name = "20,000 lines";
        let (more, long_memory) = session(contender, name, &long, "all.roles.yaml", "product: ");
        rows.extend(more);
        let name = "5,000 people";
        let (more, people_memory) = session(
            contender,
            name,
            &people,
            "people.roles.yaml",
            "name: Person Number 2500",
        );
        rows.extend(more);
        println!(
            "  memory at the end: {memory} MB with {files} files, {long_memory} MB with 20,000 lines, {people_memory} MB with \
             5,000 people"
        );
        all.push(rows);
    }
    if let [own, other] = all.as_slice() {
        println!("\nyaml-language-server's median as a multiple of rolelint's:");
        for (own, other) in own.iter().zip(other) {
            println!("  {:<42}  {:>8.1}", own.name, other.median() / own.median());
        }
    }
}

/// Times of one thing.
struct Times {
    name: String,
    sorted: Vec<f64>,
}

impl Times {
    fn new(name: &str, times: &[Duration]) -> Self {
        let mut sorted: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1e3).collect();
        sorted.sort_by(f64::total_cmp);
        let name = name.to_owned();
        let times = Self { name, sorted };
        println!(
            "  {:<42}  {:>8.2}  {:>8.2}  {:>8.2}",
            times.name,
            times.median(),
            times.at(0.95),
            times.at(1.0)
        );
        times
    }

    fn at(&self, part: f64) -> f64 {
        let last = self.sorted.len() - 1;
        self.sorted[(last as f64 * part).round() as usize]
    }

    fn median(&self) -> f64 {
        self.at(0.5)
    }
}

/// A server that is measured.
enum Contender {
    Rolelint,
    /// yaml-language-server, by the command that starts it.
    Yaml(String),
}

impl Contender {
    fn name(&self) -> &'static str {
        match self {
            Self::Rolelint => "rolelint server",
            Self::Yaml(_) => "yaml-language-server",
        }
    }

    fn start(&self, folder: &Path) -> Client {
        let mut command = match self {
            Self::Rolelint => {
                let mut command = Command::new(env!("CARGO_BIN_EXE_rolelint"));
                command.arg("server");
                command
            }
            Self::Yaml(line) => {
                let mut words = line.split_whitespace();
                let mut command = Command::new(words.next().expect("a command"));
                command.args(words);
                command
            }
        };
        command.current_dir(folder);
        let mut client = Client::of_program(command);
        let capabilities = json!({
            "textDocument": {
                "publishDiagnostics": {"relatedInformation": true},
                "completion": {"completionItem": {"snippetSupport": true, "documentationFormat": ["markdown"]}},
                "hover": {"contentFormat": ["markdown"]},
            },
        });
        client.initialize(folder, capabilities);
        if let Self::Yaml(_) = self {
            let schema =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/role-file.schema.json");
            let schemas = json!({uri(&schema): "*.roles.yaml"});
            let yaml = json!({
                "schemas": schemas, "validate": true, "hover": true, "completion": true,
                "schemaStore": {"enable": false},
            });
            client.set_settings(json!({"yaml": yaml}));
            client.notify(
                "workspace/didChangeConfiguration",
                json!({"settings": {"yaml": yaml}}),
            );
        }
        client
    }

    /// Waits for the findings of a version. yaml-language-server names none.
    fn findings(&self, client: &mut Client, uri: &str, version: i64) -> Value {
        match self {
            Self::Rolelint => client.diagnostics(uri, version),
            Self::Yaml(_) => client.wait(|message| {
                message["method"] == "textDocument/publishDiagnostics"
                    && message["params"]["uri"] == uri
            })["params"]["diagnostics"]
                .clone(),
        }
    }
}

fn starts(contender: &Contender, name: &str, folder: &Path, file: &str, rounds: usize) -> Times {
    let path = folder.join(file);
    let (uri, text) = (uri(&path), std::fs::read_to_string(&path).unwrap());
    let times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            let mut client = contender.start(folder);
            client.open(&uri, 1, &text);
            contender.findings(&mut client, &uri, 1);
            let time = start.elapsed();
            end(client);
            time
        })
        .collect();
    Times::new(name, &times)
}

fn end(mut client: Client) {
    client.ignore("textDocument/publishDiagnostics");
    client.ignore("window/logMessage");
    client.ignore("client/registerCapability");
    client.end();
}

/// Opens a file and types at the end of the first line that begins with `mark`, points at things and asks for proposals.
fn session(
    contender: &Contender,
    name: &str,
    folder: &Path,
    file: &str,
    mark: &str,
) -> (Vec<Times>, u64) {
    let path = folder.join(file);
    let (uri, text) = (uri(&path), std::fs::read_to_string(&path).unwrap());
    let mut client = contender.start(folder);
    client.open(&uri, 1, &text);
    contender.findings(&mut client, &uri, 1);
    let lines: Vec<&str> = text.lines().collect();
    // A product's name is typed anew again and again: with every key the team belongs to another product, and what
    // is said of both changes.
    let row = lines
        .iter()
        .position(|line| line.trim_start().starts_with(mark))
        .unwrap();
    let column = lines[row].len();
    let keys = if lines.len() > 1_000 { KEYS / 6 } else { KEYS };
    let mut times = Vec::new();
    for key in 0..keys {
        let version = key as i64 + 2;
        let end = if key % 2 == 0 { column } else { column + 1 };
        let change = json!({
            "range": {"start": {"line": row, "character": column}, "end": {"line": row, "character": end}},
            "text": if key % 2 == 0 { "x" } else { "" },
        });
        let start = Instant::now();
        client.notify(
            "textDocument/didChange",
            json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}),
        );
        contender.findings(&mut client, &uri, version);
        times.push(start.elapsed());
    }
    let mut rows = vec![Times::new(
        &format!("a key to its findings, {name}"),
        &times,
    )];
    let places: Vec<(usize, usize)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with('#') && !line.trim().is_empty())
        .map(|(row, line)| {
            (
                row,
                line.len() - line.trim_start().trim_start_matches("- ").len() + 2,
            )
        })
        .collect();
    let step = (places.len() / 50).max(1);
    for (label, method) in [
        ("an explanation (hover)", "textDocument/hover"),
        ("proposals (completion)", "textDocument/completion"),
    ] {
        let times: Vec<Duration> = places
            .iter()
            .step_by(step)
            .map(|(line, character)| {
                let place = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
                let start = Instant::now();
                client.request(method, place);
                start.elapsed()
            })
            .collect();
        rows.push(Times::new(&format!("{label}, {name}"), &times));
    }
    let memory = memory(client.process());
    end(client);
    (rows, memory)
}

/// The most memory that a process has held, in MB; 0 where the system does not say.
fn memory(process: Option<u32>) -> u64 {
    let status = process.and_then(|id| std::fs::read_to_string(format!("/proc/{id}/status")).ok());
    let status = status.unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| {
        line.trim()
            .trim_end_matches("kB")
            .trim()
            .parse::<u64>()
            .ok()
    });
    kilobytes.unwrap_or(0) / 1024
}
