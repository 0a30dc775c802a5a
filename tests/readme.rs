//! The README shows what is really printed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use std::path::Path;
use std::process::Command;

/// Times differ from run to run; the README keeps one.
fn without_times(text: &str) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    for at in 1..words.len() {
        if words[at].starts_with("ms.")
            && words[at - 1]
                .chars()
                .all(|character| character.is_ascii_digit())
        {
            words[at - 1] = "8".to_owned();
        }
    }
    words.join(" ").replace("under 1 ms.", "8 ms.")
}

#[test]
fn the_commands_of_the_readme_print_what_it_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let mut current = String::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        current.push_str(line);
        current.push('\n');
        if line != "```console" {
            continue;
        }
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let command = block[0].strip_prefix("$ rolelint ").unwrap();
        // Explanations follow the catalog of the sample.
        let folder = if command.starts_with("explain") {
            root.join("docs/sample")
        } else {
            root.to_owned()
        };
        let output = Command::new(env!("CARGO_BIN_EXE_rolelint"))
            .args(command.split(' '))
            .current_dir(folder)
            .output()
            .unwrap();
        assert!(
            output.stderr.is_empty(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let shown = String::from_utf8(output.stdout).unwrap();
        current.push_str(&format!(
            "$ rolelint {command}\n{}\n```\n",
            without_times(shown.trim_end())
        ));
    }
    support::assert_file(&path, &current);
}
