//! `check --watch` as it is used: started, files changed under it, stopped.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

#[path = "support/program.rs"]
mod program;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use program::{command, folder};

const GOOD: &str = "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n";
const BAD: &str = "team: checkout\nroles:\n  product-manager: ana\n  product-owner: TBD\n";

struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(folder: &Path, args: &[&str]) -> Self {
        let mut command = command(folder, &[&["check", "--watch"], args].concat());
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            let lines = out.lines().map_while(Result::ok);
            lines.map(|line| sender.send(line)).all(|sent| sent.is_ok());
        });
        Self { child, lines }
    }

    /// The next line that is not empty, without the time at its start or its end.
    #[track_caller]
    fn next(&self) -> String {
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(60)).unwrap();
            if line.is_empty() {
                continue;
            }
            let line = match line
                .strip_prefix('[')
                .and_then(|line| line.split_once("] "))
            {
                Some((time, rest)) => {
                    assert_eq!(time.split(':').count(), 3, "{time}");
                    rest.to_owned()
                }
                None => line,
            };
            return match line.split_once(") in ") {
                Some((start, _)) => format!("{start})"),
                None => line,
            };
        }
    }

    #[track_caller]
    fn sees(&self, expected: &[&str]) {
        let seen: Vec<String> = expected.iter().map(|_| self.next()).collect();
        assert_eq!(seen, expected);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_checks_again_when_a_role_file_a_configuration_or_a_catalog_changes() {
    let here = folder(&[
        (".rolelint.yaml", "catalog: own/acme.yaml\n"),
        ("own/acme.yaml", "catalog: acme\nextends: popm\n"),
        ("a.roles.yaml", GOOD),
    ]);
    let write = |path: &str, text: &str| std::fs::write(here.path().join(path), text).unwrap();
    let watch = Watch::start(here.path(), &[]);
    let well = |files, teams| format!("All is well in {files} ({teams}, 0 products)");
    watch.sees(&["Watching 2 files; Ctrl-C ends.", &well("1 file", "1 team")]);
    write("b.roles.yaml", &GOOD.replace("checkout", "b"));
    watch.sees(&["b.roles.yaml is new.", &well("2 files", "2 teams")]);
    std::fs::remove_file(here.path().join("b.roles.yaml")).unwrap();
    watch.sees(&["b.roles.yaml is gone.", &well("1 file", "1 team")]);
    write(".rolelint.yaml", "catalog: own/acme.yaml\nmodel: none\n");
    watch.sees(&[".rolelint.yaml changed.", &well("1 file", "1 team")]);
    write("own/acme.yaml", "catalog: acme\nextends: scrum\n");
    watch.sees(&["own/acme.yaml changed.", &well("1 file", "1 team")]);
    // What lies around and has nothing to do with roles is no reason.
    write("notes.txt", "x");
    write("a.roles.yaml", BAD);
    assert_eq!(watch.next(), "a.roles.yaml changed.");
    assert!(watch.next().starts_with("warning[placeholder]"));
}

#[test]
fn it_checks_again_when_a_page_changes() {
    let page = "| Task | Product Manager |\n|---|---|\n| Plan | A/R |\n";
    let here = folder(&[
        (".rolelint.yaml", "include: ['*.md']\n"),
        ("a.roles.yaml", GOOD),
        ("raci.md", page),
    ]);
    let watch = Watch::start(here.path(), &[]);
    watch.sees(&[
        "Watching 3 files; Ctrl-C ends.",
        "All is well in 2 files (1 team, 0 products)",
    ]);
    std::fs::write(here.path().join("raci.md"), page.replace("A/R", "R")).unwrap();
    watch.sees(&[
        "raci.md changed.",
        "error[one-accountable]: nobody is accountable for \"Plan\"",
    ]);
}

#[test]
fn output_for_programs_comes_whole_each_time_and_nothing_else() {
    let here = folder(&[("a.roles.yaml", BAD)]);
    let watch = Watch::start(here.path(), &["--format", "concise"]);
    let found = "a.roles.yaml:4:18: warning[placeholder] \"TBD\" holds the seat of Product Owner";
    watch.sees(&[found]);
    std::fs::write(here.path().join("a.roles.yaml"), format!("# again\n{BAD}")).unwrap();
    watch.sees(&[&found.replace(":4:", ":5:")]);
}

#[test]
fn it_ends_when_nobody_reads_any_more() {
    let here = folder(&[("a.roles.yaml", GOOD)]);
    let mut command = command(here.path(), &["check", "--watch"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_path_that_is_not_there_is_no_reason_to_wait() {
    let here = folder(&[]);
    let ended = program::run(here.path(), &["check", "--watch", "nowhere"]);
    assert_eq!(ended.code, 2);
    assert!(
        ended.err.contains("no such file or folder"),
        "{}",
        ended.err
    );
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it() {
    use std::os::unix::process::ExitStatusExt;
    use std::process::Command;

    if interrupts_are_ignored() {
        return;
    }
    let here = folder(&[("a.roles.yaml", GOOD)]);
    let mut watch = Watch::start(here.path(), &[]);
    watch.next();
    let id = watch.child.id().to_string();
    // What a terminal sends at Ctrl-C.
    let sent = Command::new("sh")
        .args(["-c", &format!("kill -INT {id}")])
        .status();
    assert!(sent.unwrap().success());
    assert_eq!(watch.child.wait().unwrap().signal(), Some(2));
}

/// Whether this process was started so that Ctrl-C does nothing, as shells start what runs in the background; what it
/// starts inherits that.
#[cfg(unix)]
fn interrupts_are_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    // Signals count from 1, and SIGINT is 2.
    mask.is_some_and(|mask| mask & 0b10 != 0)
}
