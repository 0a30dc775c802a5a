//! The recogniser's workshop: `cargo bench --bench recognize -- train|evaluate|speed`.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod evaluate;
mod statements;
mod train;

use std::path::Path;

use rolelint::catalog::Catalog;
use rolelint::recognize::Model;

use evaluate::{Guess, Score, guess};
use statements::Statement;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    match arguments.first().map(String::as_str) {
        Some("train") => {
            let bytes = train::build(&train::all_statements());
            std::fs::write(
                Path::new(env!("CARGO_MANIFEST_DIR")).join("src/recognize/model.bin"),
                bytes,
            )
            .unwrap();
            println!("{} bytes", bytes.len());
        }
        Some("cross") => cross(&arguments[1..]),
        _ => {}
    }
}

fn rival() -> f32 {
    std::env::var("RIVAL")
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(1.0)
}
fn policy(guess: &Guess, most_other: f32, least: f32) -> String {
    if guess.other > most_other || guess.chance < least || guess.rival > rival() * guess.chance {
        "other".to_owned()
    } else {
        guess.duty.clone()
    }
}

fn table(name: &str, statements: &[Statement], read: impl Fn(&Statement) -> Guess, errors: bool) {
    let catalog = Catalog::builtin("popm");
    let guesses: BTreeMapGuess = statements
        .iter()
        .map(|statement| (statement.text.clone(), read(statement)))
        .collect();
    println!("== {name}");
    for most_other in [0.3, 0.4, 0.5, 0.6] {
        let score = Score::of(statements, &catalog, |statement| {
            policy(&guesses[&statement.text], most_other, 0.2)
        });
        println!("other<{most_other}: {}", score.line());
    }
    let mut best = Score::default();
    let mut at = 0.0;
    for step in 1..=49 {
        let most_other = step as f32 / 50.0;
        let score = Score::of(statements, &catalog, |statement| {
            policy(&guesses[&statement.text], most_other, 0.25)
        });
        if f64::from(score.false_alarms) <= 0.05 * f64::from(score.others) {
            best = score;
            at = most_other;
        }
    }
    println!("5 % at {at:.2}: {}", best.line());
    let mut buckets = [[0f32; 3]; 10];
    for statement in statements {
        let guess = &guesses[&statement.text];
        if guess.other > 0.4 {
            continue;
        }
        let bucket = &mut buckets[((guess.chance * 10.0) as usize).min(9)];
        bucket[0] += 1.0;
        bucket[1] += guess.chance;
        bucket[2] += f32::from(u8::from(
            guess.duty == statement.label || statement.alt.as_ref() == Some(&guess.duty),
        ));
    }
    for [count, sum, right] in buckets {
        if count > 0.0 {
            print!(" {count:.0}:{:.2}/{:.2}", sum / count, right / count);
        }
    }
    println!();
    if errors {
        for statement in statements {
            let guess = &guesses[&statement.text];
            let said = policy(guess, 0.5, 0.2);
            let gold = if statement.is_other() {
                "other"
            } else {
                &statement.label
            };
            if said != gold && statement.alt.as_deref() != Some(&said) {
                println!(
                    "  {}{gold:24} {said:24} {:.2} {:.2} {} | {}",
                    if statement.alt.is_some() { "?" } else { " " },
                    guess.chance,
                    guess.other,
                    guess.duty,
                    statement.text
                );
            }
        }
    }
}

type BTreeMapGuess = std::collections::HashMap<String, Guess>;

fn cross(files: &[String]) {
    let all = train::all_statements();
    let errors = std::env::var("ERRORS").is_ok();
    let bytes = train::build(&all);
    println!("{} statements, {} bytes", all.len(), bytes.len());
    let model = Model::read(bytes).unwrap();
    let head = model.head("popm").unwrap();
    for file in files {
        let mut statements = statements::labelled(Path::new(file));
        if file.contains("duties-dev") {
            let half = std::env::var("HALF").unwrap_or_default();
            let mut n = 0;
            statements.retain(|_| {
                n += 1;
                half.is_empty() || (n % 2 == 1) == (half == "A")
            });
        }
        table(
            file,
            &statements,
            |statement| guess(&model.lexicon, head, &statement.text),
            errors,
        );
    }
    if std::env::var("CROSS").is_ok() {
        let mut voices: Vec<String> = all
            .iter()
            .map(|statement| statement.voice.clone())
            .collect();
        voices.dedup();
        for voice in voices {
            let (test, rest): (Vec<_>, Vec<_>) = all
                .iter()
                .cloned()
                .partition(|statement| statement.voice == voice);
            let model = Model::read(train::build(&rest)).unwrap();
            let head = model.head("popm").unwrap();
            table(
                &voice,
                &test,
                |statement| guess(&model.lexicon, head, &statement.text),
                std::env::var("VOICE").is_ok_and(|name| name == voice),
            );
        }
    }
}
