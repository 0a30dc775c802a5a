//! A long conversation with the server, made up at random: after thousands of edits, openings, closings, renames, files
//! that change on disk and questions that are given up, the client has been told what a fresh check says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rolelint::rules::{Request, check};
use rolelint::text::Span;
use rolelint::workspace::{FileId, Overlay, discover, is_page};
use serde_json::{Value, json};
use support::client::{Client, uri};
use support::typing::{Originals, edited, sample};
use support::{Random, TODAY};

/// What is said of each file, by its address.
type Said = BTreeMap<String, Vec<String>>;

/// A place as an editor counts: lines, and UTF-16 units in a line.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    // A line ends with `\r\n`, `\n` or `\r`.
    let breaks = before.replace("\r\n", "\n").replace('\r', "\n");
    let mut line = breaks.matches('\n').count();
    let mut last = before.rsplit(['\n', '\r']).next().unwrap();
    if before.ends_with('\r') && text[offset..].starts_with('\n') {
        // Between the two halves of one break.
        line -= 1;
        let whole = &before[..before.len() - 1];
        last = whole.rsplit(['\n', '\r']).next().unwrap();
    }
    (line, last.encode_utf16().count())
}

/// What a fresh check says of the same files.
fn fresh(base: &Path, open: &BTreeMap<PathBuf, String>) -> Said {
    let overlays: Vec<Overlay> = open
        .iter()
        .map(|(path, text)| Overlay {
            path: path.clone(),
            bytes: Arc::from(text.as_bytes()),
            // A page is one by what includes it, not because somebody has opened it.
            asked: !path.is_file() && !is_page(path),
        })
        .collect();
    let outcome = check(Request {
        discovery: discover(base, &[base.to_owned()], &overlays).unwrap(),
        overlays,
        today: Some(TODAY.parse().unwrap()),
    });
    let path = |file: FileId| outcome.sources.files().path(file);
    let place = |file: FileId, span: Span| {
        let text = match open.get(path(file)) {
            Some(text) => text.clone(),
            None => std::fs::read_to_string(path(file)).unwrap(),
        };
        let at = |offset: u32| position(&text, offset as usize);
        format!("{:?}-{:?}", at(span.start), at(span.end))
    };
    let mut said = Said::new();
    for finding in &outcome.findings {
        let mut line = format!(
            "{} {}: {} {:016x}",
            place(finding.file, finding.span),
            finding.rule.id,
            finding.message,
            finding.fingerprint
        );
        for related in &finding.related {
            let place = place(related.file, related.span);
            let uri = uri(path(related.file));
            line += &format!("\n  {uri} {place}: {}", related.message);
        }
        said.entry(uri(path(finding.file))).or_default().push(line);
    }
    sorted(said)
}

fn sorted(mut said: Said) -> Said {
    said.retain(|_, findings| !findings.is_empty());
    said.values_mut().for_each(|findings| findings.sort());
    said
}

fn of_diagnostics(diagnostics: &Value) -> Vec<String> {
    let place = |range: &Value| {
        let at = |at: &Value| {
            (
                at["line"].as_u64().unwrap(),
                at["character"].as_u64().unwrap(),
            )
        };
        format!("{:?}-{:?}", at(&range["start"]), at(&range["end"]))
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let line = |one: &Value| {
        let mut line = format!(
            "{} {}: {} {}",
            place(&one["range"]),
            text(&one["code"]),
            text(&one["message"]).lines().next().unwrap(),
            text(&one["data"]["fingerprint"])
        );
        for related in one["relatedInformation"].as_array().into_iter().flatten() {
            let location = &related["location"];
            let (uri, place) = (text(&location["uri"]), place(&location["range"]));
            line += &format!("\n  {uri} {place}: {}", text(&related["message"]));
        }
        line
    };
    diagnostics.as_array().unwrap().iter().map(line).collect()
}

/// Somebody with an editor.
struct Session {
    client: Client,
    pulls: bool,
    base: PathBuf,
    originals: Originals,
    open: BTreeMap<PathBuf, String>,
    version: i64,
    /// What the client was sent last for each address.
    sent: Said,
    /// Questions that are not answered yet.
    asked: Vec<i64>,
}

impl Session {
    fn begin(base: &Path, pulls: bool) -> Self {
        let originals = sample(base);
        let document = if pulls {
            json!({"diagnostic": {}, "publishDiagnostics": {"relatedInformation": true}})
        } else {
            json!({"publishDiagnostics": {"relatedInformation": true}})
        };
        let client = Client::begin(base, json!({"textDocument": document}));
        Self {
            client,
            pulls,
            base: base.to_owned(),
            originals,
            open: BTreeMap::new(),
            version: 0,
            sent: Said::new(),
            asked: Vec::new(),
        }
    }

    fn text(&self, path: &Path) -> String {
        match self.open.get(path) {
            Some(text) => text.clone(),
            None => std::fs::read_to_string(path).unwrap_or_default(),
        }
    }

    /// One thing that happens.
    fn step(&mut self, random: &mut Random) {
        let paths: Vec<&PathBuf> = self.originals.keys().collect();
        let path = paths[random.below(paths.len())].clone();
        match random.below(24) {
            0 => self.close(&path),
            1 => {
                // Deleted, or back again.
                let kind = if path.exists() {
                    std::fs::remove_file(&path).unwrap();
                    3
                } else {
                    std::fs::write(&path, &self.originals[&path]).unwrap();
                    1
                };
                self.tell_of_disk(&[(&path, kind)]);
            }
            2 => {
                // Changed by somebody else.
                let kind = if path.exists() { 2 } else { 1 };
                std::fs::write(&path, edited(&self.text(&path), random)).unwrap();
                self.tell_of_disk(&[(&path, kind)]);
            }
            3 if path.exists() => {
                // Renamed for a moment, as some editors do to save.
                let other = path.with_extension("moved.yaml");
                std::fs::rename(&path, &other).unwrap();
                std::fs::rename(&other, &path).unwrap();
                self.tell_of_disk(&[(&path, 3), (&path, 1)]);
            }
            4 => {
                let text = self.originals[&path].clone();
                self.type_in(&path, text);
            }
            5..=8 => self.ask(&path, random),
            _ => {
                let text = edited(&self.text(&path), random);
                self.type_in(&path, text);
            }
        }
    }

    fn close(&mut self, path: &Path) {
        if self.open.remove(path).is_some() {
            self.client.notify(
                "textDocument/didClose",
                json!({"textDocument": {"uri": uri(path)}}),
            );
        }
    }

    fn tell_of_disk(&mut self, changes: &[(&Path, u8)]) {
        let changes: Vec<Value> = changes
            .iter()
            .map(|(path, kind)| json!({"uri": uri(path), "type": kind}))
            .collect();
        self.client.notify(
            "workspace/didChangeWatchedFiles",
            json!({"changes": changes}),
        );
    }

    /// Opens a file or changes what is different, as an editor tells it.
    fn type_in(&mut self, path: &Path, new: String) {
        self.version += 1;
        let (uri, version) = (uri(path), self.version);
        let Some(old) = self.open.insert(path.to_owned(), new.clone()) else {
            self.client.open(&uri, version, &new);
            return;
        };
        let same =
            |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> usize {
                let pairs = a.zip(b).take_while(|(a, b)| a == b);
                pairs.map(|(one, _)| one.len_utf8()).sum()
            };
        let mut start = same(&mut old.chars(), &mut new.chars());
        let tail = same(
            &mut old[start..].chars().rev(),
            &mut new[start..].chars().rev(),
        );
        let (mut old_end, mut new_end) = (old.len() - tail, new.len() - tail);
        // No editor changes half a line break.
        if old[..start].ends_with('\r') || new[..start].ends_with('\r') {
            start -= 1;
        }
        while old[old_end..].starts_with('\n') || new[new_end..].starts_with('\n') {
            (old_end, new_end) = (old_end + 1, new_end + 1);
        }
        let place = |offset: usize| {
            let (line, character) = position(&old, offset);
            json!({"line": line, "character": character})
        };
        let change = json!({
            "range": {"start": place(start), "end": place(old_end)},
            "text": &new[start..new_end],
        });
        self.client.notify(
            "textDocument/didChange",
            json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}),
        );
    }

    /// Asks something about a place, and perhaps gives it up.
    fn ask(&mut self, path: &Path, random: &mut Random) {
        let text = self.text(path);
        let line = random.below(text.lines().count() + 2);
        let place = json!({"line": line, "character": random.below(20)});
        let document = json!({"uri": uri(path)});
        let at = json!({"textDocument": document, "position": place});
        let range = json!({"start": place, "end": place});
        let (method, params) = match random.below(11) {
            0 => ("textDocument/hover", at),
            1 => ("textDocument/completion", at),
            2 => ("textDocument/definition", at),
            3 => (
                "textDocument/references",
                json!({"textDocument": document, "position": place, "context": {"includeDeclaration": true}}),
            ),
            4 => (
                "textDocument/documentSymbol",
                json!({"textDocument": document}),
            ),
            5 => (
                "textDocument/codeAction",
                json!({"textDocument": document, "range": range, "context": {"diagnostics": []}}),
            ),
            6 => ("textDocument/codeLens", json!({"textDocument": document})),
            7 => (
                "textDocument/inlayHint",
                json!({"textDocument": document, "range": {"start": {"line": 0, "character": 0}, "end": place}}),
            ),
            8 => ("workspace/symbol", json!({"query": "a"})),
            9 => ("textDocument/documentHighlight", at),
            _ => (
                "textDocument/rename",
                json!({"textDocument": document, "position": place, "newName": "somebody-else"}),
            ),
        };
        let id = self.client.ask(method, params);
        if random.below(3) == 0 {
            self.client.notify("$/cancelRequest", json!({"id": id}));
        }
        self.asked.push(id);
    }

    /// Waits until all is said, and compares.
    fn compare(&mut self, told: &str) {
        for id in std::mem::take(&mut self.asked) {
            let answer = self.client.answer(id);
            // A question may be given up, or be about a place where there is nothing to rename.
            let code = answer["error"]["code"].as_i64();
            assert!(
                matches!(code, None | Some(-32800 | -32602 | -32803)),
                "{told}: {answer}"
            );
        }
        let wanted = fresh(&self.base, &self.open);
        let found = if self.pulls {
            self.pulled()
        } else {
            self.pushed(&wanted)
        };
        let only = |a: &Said, b: &Said| {
            let files = a.iter().filter(|(uri, said)| b.get(*uri) != Some(said));
            files
                .map(|(uri, said)| format!("{uri}: {said:#?}"))
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert!(
            found == wanted,
            "{told}\nthe client was told: {}\na fresh check says: {}",
            only(&found, &wanted),
            only(&wanted, &found)
        );
    }

    fn pulled(&mut self) -> Said {
        let report = self
            .client
            .request("workspace/diagnostic", json!({"previousResultIds": []}));
        let items = report["items"].as_array().unwrap().iter();
        let said = items.map(|item| {
            let uri = item["uri"].as_str().unwrap().to_owned();
            (uri, of_diagnostics(&item["items"]))
        });
        sorted(said.collect())
    }

    /// What was sent last of each file. What is missing is waited for; if it never comes, the client panics.
    fn pushed(&mut self, wanted: &Said) -> Said {
        loop {
            let messages = self.client.take("textDocument/publishDiagnostics");
            for params in messages {
                let uri = params["uri"].as_str().unwrap().to_owned();
                self.sent
                    .insert(uri, of_diagnostics(&params["diagnostics"]));
            }
            let said = sorted(self.sent.clone());
            if said == *wanted || !self.client.wait_for_more(std::time::Duration::from_secs(5)) {
                return said;
            }
        }
    }
}

fn run(seed: u64, steps: usize, pulls: bool) {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().canonicalize().unwrap();
    let mut session = Session::begin(&base, pulls);
    let mut random = Random::new(seed);
    for step in 0..steps {
        session.step(&mut random);
        if step % 40 == 39 || step + 1 == steps {
            session.compare(&format!("seed {seed}, step {step}, pulls: {pulls}"));
        }
    }
    let mut client = session.client;
    client.ignore("textDocument/publishDiagnostics");
    client.end();
}

#[test]
fn after_a_long_session_the_client_knows_what_a_fresh_check_says() {
    // `ROLELINT_SEEDS=1000` tries as many.
    let seeds = std::env::var("ROLELINT_SEEDS").ok();
    let seeds = seeds.map_or(2, |seeds| seeds.parse().unwrap());
    for seed in 1..=seeds {
        run(seed, 600, true);
        run(seed, 600, false);
    }
}
