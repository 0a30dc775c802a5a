//! What `git` knows of a repository. Nothing is written, and nothing is fetched.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::Failure;

/// A repository, asked from a folder in it.
pub(super) struct Repository {
    from: PathBuf,
    /// Its topmost folder.
    pub root: PathBuf,
}

/// A file that is not as it was.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ChangedFile {
    /// The absolute path.
    pub path: PathBuf,
    /// The name of the old text; `None` for a file that is new.
    pub old: Option<String>,
}

impl Repository {
    /// The one that a folder lies in.
    pub(super) fn of(from: &Path) -> Result<Self, Failure> {
        let root = run(from, &["rev-parse", "--show-toplevel"])?;
        if !root.status.success() {
            let why = said(&root);
            return Err(Failure::new(match why.contains("not a git repository") {
                true => format!(
                    "--changed-since needs a git repository, and {} is in none",
                    from.display()
                ),
                false => format!("git cannot look at the repository: {why}"),
            }));
        }
        let root = PathBuf::from(path(line(&root.stdout)));
        Ok(Self {
            from: from.to_owned(),
            root,
        })
    }

    /// The commit at which the current branch left another one.
    pub(super) fn merge_base(&self, reference: &str) -> Result<String, Failure> {
        let commit = format!("{reference}^{{commit}}");
        let found = self.run(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ])?;
        if !found.status.success() {
            return Err(Failure::new(match self.is_shallow() {
                true => format!(
                    "there is no commit `{reference}` in this clone, which does not have the whole history; {FETCH_ALL}"
                ),
                false => format!(
                    "there is no branch, tag or commit `{reference}`; if it is a branch of the remote, name it like `origin/{reference}`"
                ),
            }));
        }
        let base = self.run(&["merge-base", line_of(&found), "HEAD"])?;
        if !base.status.success() {
            return Err(Failure::new(match self.is_shallow() {
                true => format!(
                    "this clone does not have the history back to where the branch left `{reference}`; {FETCH_ALL}"
                ),
                false => format!("the current branch and `{reference}` have no commit in common"),
            }));
        }
        Ok(line_of(&base).to_owned())
    }

    fn is_shallow(&self) -> bool {
        self.run(&["rev-parse", "--is-shallow-repository"])
            .is_ok_and(|answer| line(&answer.stdout) == b"true")
    }

    /// Every file that is not as it was at a commit: committed since, staged, changed, new or gone. A file with another
    /// name is one that is gone and one that is new.
    pub(super) fn changed_since(&self, commit: &str) -> Result<Vec<ChangedFile>, Failure> {
        let raw = self.asked(&[
            "diff",
            "--raw",
            "-z",
            "--no-renames",
            "--no-abbrev",
            "--ignore-submodules",
            commit,
            "--",
        ])?;
        let mut changed = Vec::new();
        let mut fields = raw.split(|byte| *byte == 0);
        while let (Some(about), Some(name)) = (fields.next(), fields.next()) {
            // `:100644 100644 old new M`; what was not there has a name of zeros.
            let old = about.split(|byte| *byte == b' ').nth(2).unwrap_or_default();
            let old = String::from_utf8_lossy(old).into_owned();
            changed.push(ChangedFile {
                path: self.root.join(path(name)),
                old: Some(old).filter(|old| old.bytes().any(|byte| byte != b'0')),
            });
        }
        let new = self.asked(&[
            "ls-files",
            "--others",
            "--exclude-standard",
            "--full-name",
            "-z",
            "--",
            ":/",
        ])?;
        let new = new.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        changed.extend(new.map(|name| ChangedFile {
            path: self.root.join(path(name)),
            old: None,
        }));
        Ok(changed)
    }

    /// The old texts of files, in their order.
    pub(super) fn texts(&self, names: &[&str]) -> Result<Vec<Vec<u8>>, Failure> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let failed = |error: io::Error| Failure::new(format!("cannot run git: {error}"));
        let mut git = command(&self.from, &["cat-file", "--batch"]);
        let mut git = git.stdin(Stdio::piped()).spawn().map_err(failed)?;
        let mut asked = git
            .stdin
            .take()
            .ok_or_else(|| Failure::new("cannot talk to git"))?;
        let lines: String = names.iter().map(|name| format!("{name}\n")).collect();
        // From a thread of its own: git answers before it has read everything.
        let answer = std::thread::scope(|scope| {
            scope.spawn(move || asked.write_all(lines.as_bytes()));
            git.wait_with_output()
        });
        let answer = answer.map_err(failed)?.stdout;
        let mut rest = &answer[..];
        names
            .iter()
            .map(|name| text(&mut rest).ok_or_else(|| missing(name)))
            .collect()
    }

    fn run(&self, args: &[&str]) -> Result<Output, Failure> {
        run(&self.from, args)
    }

    fn asked(&self, args: &[&str]) -> Result<Vec<u8>, Failure> {
        let output = self.run(args)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(Failure::new(format!(
            "git cannot tell what changed: {}",
            said(&output)
        )))
    }
}

/// What to do where history is missing.
const FETCH_ALL: &str = "fetch all of it: `git fetch --unshallow`, or `fetch-depth: 0` for `actions/checkout`, or `GIT_DEPTH: 0` in GitLab";

fn missing(name: &str) -> Failure {
    Failure::new(format!(
        "git does not have the old text {name}; fetch the whole history"
    ))
}

/// The next text in the answer of `git cat-file --batch`: a line `name blob length`, the text, a line break.
fn text(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let (head, after) = rest.split_at(end);
    let length = head.rsplit(|byte| *byte == b' ').next()?;
    let length: usize = std::str::from_utf8(length).ok()?.parse().ok()?;
    let text = after.get(1..=length)?.to_vec();
    *rest = after.get(length + 2..)?;
    Some(text)
}

fn command(from: &Path, args: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.arg("-C")
        .arg(from)
        .args(args)
        // Only reads, and takes what is there.
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        // What it says is looked at.
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    git
}

fn run(from: &Path, args: &[&str]) -> Result<Output, Failure> {
    command(from, args).output().map_err(|error| {
        Failure::new(match error.kind() {
            io::ErrorKind::NotFound => {
                "--changed-since needs `git`, and there is no such program here".to_owned()
            }
            _ => format!("cannot run git: {error}"),
        })
    })
}

/// What git said was wrong.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let first = text.lines().find(|line| !line.trim().is_empty());
    let first = first.unwrap_or("it does not say why");
    let first = first
        .trim_start_matches("fatal: ")
        .trim_start_matches("error: ");
    first.trim_end_matches('.').to_owned()
}

fn line(bytes: &[u8]) -> &[u8] {
    bytes
        .strip_suffix(b"\n")
        .map_or(bytes, |line| line.strip_suffix(b"\r").unwrap_or(line))
}

fn line_of(output: &Output) -> &str {
    std::str::from_utf8(line(&output.stdout)).unwrap_or_default()
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> &OsStr {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(bytes)
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> &OsStr {
    // Here git prints UTF-8.
    OsStr::new(std::str::from_utf8(bytes).unwrap_or_default())
}
