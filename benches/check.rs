//! `rolelint check` on organisations of 10,000 and 100,000 files of 60 lines, as ratios in one run.
//!
//! The yardstick is libyaml's bare event parse, in C and on one thread. It is compiled here with `cc` and needs libyaml's
//! headers (Debian: libyaml-dev); without them the yardstick is reading the bytes, and the output says so.
//!
//! `cargo bench --bench check -- 10000` measures one size only.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

#[allow(dead_code)] // Others use the rest.
mod organisation;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 7;

fn main() -> std::io::Result<()> {
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![10_000, 100_000]
    } else {
        sizes
    };
    let work = tempfile::tempdir()?;
    let yardstick = compile_yardstick(work.path());
    let name = if yardstick.is_some() {
        "libyaml's event parse"
    } else {
        "reading the bytes (no libyaml here)"
    };
    println!(
        "{:>8}  {:>10}  {:>10}  {:>7}  {:>12}  {:>8}",
        "files", "check", "yardstick", "ratio", "µs per file", "peak MB"
    );
    let mut per_file = Vec::new();
    for files in sizes {
        let folder = work.path().join(files.to_string());
        let paths = organisation::write(&folder, files)?;
        let mut checks = Vec::new();
        let mut yards = Vec::new();
        let mut peak = 0;
        for _ in 0..ROUNDS {
            // Taken in turns, so that a busy machine slows both.
            yards.push(measure_yardstick(yardstick.as_deref(), &paths)?);
            let (time, memory) = measure_check(&folder)?;
            checks.push(time);
            peak = peak.max(memory);
        }
        let (check, yard) = (median(&mut checks), median(&mut yards));
        per_file.push(check.as_secs_f64() / files as f64);
        println!(
            "{files:>8}  {:>8.0}ms  {:>8.0}ms  {:>7.2}  {:>12.1}  {:>8}",
            check.as_secs_f64() * 1e3,
            yard.as_secs_f64() * 1e3,
            check.as_secs_f64() / yard.as_secs_f64(),
            check.as_secs_f64() * 1e6 / files as f64,
            peak / 1024,
        );
        std::fs::remove_dir_all(&folder)?;
    }
    println!("\nThe yardstick is {name}; medians of {ROUNDS} rounds.");
    if let [first, .., last] = per_file.as_slice() {
        println!(
            "A file of the largest costs {:.2} times a file of the smallest.",
            last / first
        );
    }
    Ok(())
}

fn compile_yardstick(folder: &Path) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/libyaml_events.c");
    let program = folder.join("libyaml-events");
    let compiled = Command::new("cc")
        .arg("-O2")
        .arg(source)
        .arg("-o")
        .arg(&program)
        .arg("-lyaml")
        .stderr(Stdio::null())
        .status();
    compiled
        .is_ok_and(|status| status.success())
        .then_some(program)
}

fn measure_yardstick(program: Option<&Path>, paths: &[PathBuf]) -> std::io::Result<Duration> {
    let Some(program) = program else {
        let start = Instant::now();
        let mut bytes = 0;
        for path in paths {
            bytes += std::fs::read(path)?.len();
        }
        assert!(bytes > 0);
        return Ok(start.elapsed());
    };
    let list: String = paths
        .iter()
        .map(|path| format!("{}\n", path.display()))
        .collect();
    let start = Instant::now();
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(list.as_bytes())?;
    }
    assert!(child.wait()?.success(), "the yardstick failed");
    Ok(start.elapsed())
}

/// The time of a check, and its peak memory in kB where the system tells it.
fn measure_check(folder: &Path) -> std::io::Result<(Duration, u64)> {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rolelint"))
        .args(["check", "--quiet", "--today", "2026-06-15"])
        .arg(folder)
        .stdout(Stdio::null())
        .spawn()?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    let code = loop {
        if let Ok(text) = std::fs::read_to_string(&status) {
            let high = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let high = high.and_then(|high| high.trim().trim_end_matches("kB").trim().parse().ok());
            peak = peak.max(high.unwrap_or(0));
        }
        if let Some(status) = child.try_wait()? {
            break status.code();
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    assert!(
        matches!(code, Some(0 | 1)),
        "the check could not run: {code:?}"
    );
    Ok((start.elapsed(), peak))
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
