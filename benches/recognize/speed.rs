//! What reading a statement costs, against reading its bytes.

use std::hint::black_box;
use std::time::{Duration, Instant};

use rolelint::catalog::{Catalog, builtin};
use rolelint::recognize::{Model, Recognizer};

const ROUNDS: usize = 9;

pub fn run() {
    let statements = crate::test_set();
    let text: String = statements
        .iter()
        .map(|statement| format!("{}\n", statement.text))
        .collect();
    let catalog = Catalog::builtin("popm");
    let recognizer = Recognizer::new(&catalog);
    let lines = text.lines().count() as f64;
    let bytes = median(|| {
        // A line at a time, each byte looked at: what any reader of the file has to do.
        let sum: usize = text
            .lines()
            .map(|line| line.bytes().filter(u8::is_ascii_alphabetic).count())
            .sum();
        black_box(sum);
    });
    let words = median(|| {
        black_box(
            text.lines()
                .map(|line| rolelint::recognize::words(line).len())
                .sum::<usize>(),
        );
    });
    let read = median(|| {
        black_box(
            text.lines()
                .filter(|line| recognizer.read(line).reading.is_some())
                .count(),
        );
    });
    let explain = median(|| {
        black_box(
            text.lines()
                .filter(|line| recognizer.explain(line).duty.is_some())
                .count(),
        );
    });
    let each = |time: Duration| time.as_secs_f64() * 1e6 / lines;
    println!(
        "{lines} statements, {} bytes on the average\n",
        text.len() / lines as usize
    );
    println!("| | µs a statement | times reading the bytes |\n|---|---:|---:|");
    for (name, time) in [
        ("reading the bytes", bytes),
        ("taking them apart into words", words),
        ("reading what they mean", read),
        ("the same with every reason", explain),
    ] {
        println!(
            "| {name} | {:.2} | {:.1} |",
            each(time),
            time.as_secs_f64() / bytes.as_secs_f64()
        );
    }
    let document = builtin("popm").unwrap();
    let parse = median(|| {
        black_box(builtin("popm"));
    });
    let start = median(|| {
        black_box(Recognizer::with_model(
            &catalog,
            Model::read(include_bytes!("../../src/recognize/model.bin"))
                .as_ref()
                .and_then(|_| Model::built_in()),
        ));
    });
    black_box(document);
    println!(
        "\nstart: {:.2} ms to learn a catalog, {:.1} times parsing its YAML ({:.2} ms)",
        start.as_secs_f64() * 1e3,
        start.as_secs_f64() / parse.as_secs_f64(),
        parse.as_secs_f64() * 1e3
    );
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}
