//! How large the program is, and how long it takes to start: as a ratio to `true`, which does nothing, so that the speed
//! of the machine matters little. `--most-megabytes N` and `--most-ratio N` make it fail above that.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A measurement that cannot be made stops with a panic.

use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// How often each program is started, in turns.
const RUNS: usize = 100;

fn time(program: &str, args: &[&str]) -> Duration {
    let start = Instant::now();
    let status = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The number after an option.
fn most(option: &str) -> Option<f64> {
    let args: Vec<String> = std::env::args().collect();
    let at = args.iter().position(|arg| arg == option)?;
    Some(args[at + 1].parse().unwrap())
}

fn main() -> ExitCode {
    let program = env!("CARGO_BIN_EXE_rolelint");
    let sample = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/docs/sample/teams/search.roles.yaml"
    );
    let baseline = ["/bin/true", "/usr/bin/true"];
    let baseline = baseline
        .into_iter()
        .find(|path| std::path::Path::new(path).exists());
    let megabytes = std::fs::metadata(program).unwrap().len() as f64 / 1e6;
    println!("size: {megabytes:.1} MB");
    let mut fails = most("--most-megabytes").is_some_and(|most| megabytes > most);
    if fails {
        println!("That is too large.");
    }
    let Some(baseline) = baseline else {
        println!("There is no `true` here to compare with.");
        return ExitCode::from(u8::from(fails));
    };
    let check = ["check", "--fail-on", "never", sample];
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        times[0].push(time(baseline, &[]));
        times[1].push(time(program, &["--version"]));
        times[2].push(time(program, &check));
    }
    let [nothing, version, check] = times.map(median);
    for (what, time) in [
        ("--version", version),
        ("check of one file's organisation", check),
    ] {
        println!(
            "{what}: {:.1} times as long as `true` ({:.2} ms and {:.2} ms)",
            time.as_secs_f64() / nothing.as_secs_f64(),
            time.as_secs_f64() * 1e3,
            nothing.as_secs_f64() * 1e3
        );
    }
    let ratio = version.as_secs_f64() / nothing.as_secs_f64();
    if most("--most-ratio").is_some_and(|most| ratio > most) {
        println!("That is too slow to start.");
        fails = true;
    }
    ExitCode::from(u8::from(fails))
}
