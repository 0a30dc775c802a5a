//! The rooms of the house know only those below them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

use std::path::{Path, PathBuf};

/// From the bottom up: a room may use those before it.
const ROOMS: [&str; 13] = [
    "text",
    "syntax",
    "catalog",
    "markdown",
    "recognize",
    "spec",
    "workspace",
    "rules",
    "report",
    "convert",
    "ide",
    "server",
    "cli",
];

/// The rooms that a file's code names by `crate::` or by a `super::` that leaves the room, with the line of each.
/// `depth` is how many modules deep the file is: 1 for that of the room itself.
fn rooms_used(code: &str, depth: usize) -> Vec<(usize, String)> {
    let code: Vec<&str> = code
        .lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .collect();
    let code = code.join("\n");
    let tests = code.find("mod tests {").unwrap_or(code.len());
    let mut used = Vec::new();
    let mut add = |at: usize, rest: &str| {
        for (offset, name) in first_names(rest) {
            if ROOMS.contains(&name) {
                let line = code[..at + offset].matches('\n').count() + 1;
                used.push((line, name.to_owned()));
            }
        }
    };
    for (at, word) in code.match_indices("crate::") {
        let at = at + word.len();
        add(at, &code[at..]);
    }
    for (at, _) in code.match_indices("super::") {
        if code[..at].ends_with("super::") {
            continue;
        }
        let rest = code[at..].trim_start_matches("super::");
        let steps = (code.len() - at - rest.len()) / "super::".len();
        if steps >= depth + usize::from(at > tests) {
            add(code.len() - rest.len(), rest);
        }
    }
    used.sort();
    used
}

/// The names that a path starts with, and where: one, or those of `{a::b, c::{d, e}}`.
fn first_names(rest: &str) -> Vec<(usize, &str)> {
    let name = |at: usize| {
        let end = rest[at..]
            .find(|character: char| !character.is_alphanumeric() && character != '_')
            .map_or(rest.len(), |end| at + end);
        (at, &rest[at..end])
    };
    if !rest.starts_with('{') {
        return vec![name(0)];
    }
    let mut names = Vec::new();
    let mut open = 0;
    let mut is_first = false;
    for (at, character) in rest.char_indices() {
        match character {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            break;
        }
        if open == 1 && matches!(character, '{' | ',') {
            is_first = true;
        } else if is_first && !character.is_whitespace() {
            names.push(name(at));
            is_first = false;
        }
    }
    names
}

fn wrong_arrows(room: &str, code: &str, depth: usize) -> Vec<String> {
    let height = |room: &str| ROOMS.iter().position(|known| *known == room).unwrap();
    rooms_used(code, depth)
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
            let inside = path.strip_prefix(&source).unwrap();
            let is_mod = path.file_name().is_some_and(|name| name == "mod.rs");
            let depth = inside.components().count() - usize::from(is_mod);
            wrong.extend(
                wrong_arrows(room, &code, depth)
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
    let found = |code| wrong_arrows("syntax", code, 2);
    assert_eq!(
        found("use crate::text::Span;\nuse crate::{rules::Rule, text};\n// crate::cli\n"),
        ["line 2: `syntax` uses `rules`"]
    );
    assert_eq!(
        found("use crate::{\n    text::{LineIndex, cli},\n    report::{count, wrap},\n};\n"),
        ["line 3: `syntax` uses `report`"]
    );
    assert_eq!(
        found(
            "use super::spec;\nuse super::super::spec::Role;\nmod tests {\n    use super::super::rules;\n}\n"
        ),
        ["line 2: `syntax` uses `spec`"]
    );
}
