//! The program as it is started: what was typed, what was printed, how it ended.

#![allow(dead_code)] // Each test uses its part.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

pub fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolelint"));
    command
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR");
    command
}

pub fn finish(mut command: Command, input: Option<&str>) -> Ended {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    if let Some(input) = input {
        stdin.write_all(input.as_bytes()).unwrap();
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    Ended {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub fn run(folder: &Path, args: &[&str]) -> Ended {
    finish(command(folder, args), None)
}

pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}
