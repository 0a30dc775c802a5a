//! The rooms of the house know only those below them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

use std::path::{Path, PathBuf};

/// From the bottom up: a room may use those before it.
const ROOMS: [&str; 9] = [
    "text",
    "syntax",
    "catalog",
    "recognize",
    "spec",
    "workspace",
    "rules",
    "report",
    "cli",
];

/// The rooms that a file's code names by `crate::`, with the line of each.
fn rooms_used(code: &str) -> Vec<(usize, &str)> {
    let mut used = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let line = line.split("//").next().unwrap_or("");
        for (at, word) in line.match_indices("crate::") {
            let rest = &line[at + word.len()..];
            // `crate::{a, b}` names several.
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(list) => list.split([',', '}']).map(str::trim).collect(),
                None => vec![rest],
            };
            for name in names {
                let end = name
                    .find(|character: char| !character.is_alphanumeric() && character != '_')
                    .unwrap_or(name.len());
                if ROOMS.contains(&&name[..end]) {
                    used.push((number + 1, &name[..end]));
                }
            }
        }
    }
    used
}

fn wrong_arrows(room: &str, code: &str) -> Vec<String> {
    let height = |room: &str| ROOMS.iter().position(|known| *known == room).unwrap();
    rooms_used(code)
        .into_iter()
        .filter(|(_, used)| height(used) > height(room))
        .map(|(line, used)| format!("line {line}: `{room}` uses `{used}`"))
        .collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_arrow_points_down() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for room in ROOMS {
        let mut found = Vec::new();
        files(&source.join(room), &mut found);
        assert!(!found.is_empty(), "the room `{room}` is empty");
        for path in found {
            let code = std::fs::read_to_string(&path).unwrap();
            wrong.extend(
                wrong_arrows(room, &code)
                    .into_iter()
                    .map(|arrow| format!("{}: {arrow}", path.display())),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_is_a_room() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in std::fs::read_dir(source).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            let name = entry.file_name().into_string().unwrap();
            assert!(
                ROOMS.contains(&name.as_str()),
                "`{name}` has no place in the house"
            );
        }
    }
}

#[test]
fn an_arrow_that_points_up_is_seen() {
    assert_eq!(
        wrong_arrows(
            "syntax",
            "use crate::text::Span;\nuse crate::{rules::Rule, text};\n// crate::cli\n"
        ),
        ["line 2: `syntax` uses `rules`"]
    );
}
