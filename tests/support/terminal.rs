//! The program as it is used: what was typed, what was printed, how it ended.

#![allow(dead_code)] // Each test uses its part.

use std::path::Path;
use std::process::{Command, Stdio};

/// How a run ended.
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program in a folder. Times, which differ from run to run, are written as 8 ms.
pub fn run(folder: &Path, args: &[&str]) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_rolelint"))
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        // In CI they make links of places.
        .env_remove("GITHUB_SERVER_URL")
        .env_remove("CI_PROJECT_URL")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ended {
        code: output.status.code().unwrap(),
        out: without_times(&String::from_utf8(output.stdout).unwrap()),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What a run prints, and how it ends, as one sees it: the output, then a line with what went to standard error and the
/// exit code unless it is 0.
pub fn seen(folder: &Path, args: &[&str]) -> String {
    let Ended { code, out, err } = run(folder, args);
    let code = match code {
        0 => String::new(),
        code => format!("exit code {code}\n"),
    };
    format!("{out}{err}{code}")
}

/// A folder with files, given as (path, text).
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

/// Writes a file.
pub fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Reads a file.
pub fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap()
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file below a folder, relative to it, in order.
pub fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let path = path.strip_prefix(folder).unwrap();
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

fn without_times(text: &str) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    for at in 1..words.len() {
        let is_number = words[at - 1].bytes().all(|byte| byte.is_ascii_digit());
        if words[at].starts_with("ms.") && is_number {
            words[at - 1] = "8".to_owned();
        }
    }
    words.join(" ").replace("under 1 ms.", "8 ms.")
}
