//! The recogniser's workshop. `cargo bench --bench recognize` evaluates it on the project's own test set and
//! measures its speed; what else there is says `-- help`.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod evaluate;
mod speed;
mod statements;
mod train;

use std::path::{Path, PathBuf};

use rolelint::catalog::Catalog;
use rolelint::recognize::{Model, Recognizer};

use evaluate::{HEADER, Score};
use statements::Statement;

const HELP: &str = "cargo bench --bench recognize [-- COMMAND]

  evaluate [FILE…]  read labelled statements: the project's own test set, or tab-separated files whose first line
                    names the columns `text` and `gold` (a duty's id or `other`), and where they have them
                    `ambiguous` (1 or 0) and `alt` (the second reading)
  errors FILE       print each statement of such a file that is read wrongly
  cross             train on all files of training statements but one and read that one, for each
  few               read duties by five examples alone, as those of a catalog of one's own
  speed             time it, against reading the same bytes
  train             build src/recognize/model.bin anew

Without a command: evaluate and speed.";

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let files: Vec<PathBuf> = arguments.iter().skip(1).map(PathBuf::from).collect();
    match arguments.first().map(String::as_str) {
        None => {
            evaluate(&[]);
            speed::run();
        }
        Some("evaluate") => evaluate(&files),
        Some("errors") => files.iter().for_each(|file| errors(file)),
        Some("cross") => cross(),
        Some("few") => few(),
        Some("speed") => speed::run(),
        Some("train") => {
            let bytes = train::build(&train::all_statements(), &["popm", "scrum", "safe"]);
            std::fs::write(root().join("src/recognize/model.bin"), bytes).unwrap();
            println!("{} bytes", bytes.len());
        }
        Some(_) => println!("{HELP}"),
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The project's own test set.
pub fn test_set() -> Vec<Statement> {
    statements::labelled(&root().join("tests/recognize/statements.tsv"))
}

fn evaluate(files: &[PathBuf]) {
    let catalog = Catalog::builtin("popm");
    let recognizer = Recognizer::new(&catalog);
    let sets: Vec<(String, Vec<Statement>)> = if files.is_empty() {
        vec![("the project's own test set".to_owned(), test_set())]
    } else {
        let named = |file: &PathBuf| (file.display().to_string(), statements::labelled(file));
        files.iter().map(named).collect()
    };
    for (name, statements) in sets {
        let score = Score::of(&statements, &catalog, &recognizer);
        println!("\n{HEADER}\n{}", score.row(&name));
        let mut voices: Vec<&str> = statements
            .iter()
            .map(|statement| statement.voice.as_str())
            .collect();
        voices.sort_unstable();
        voices.dedup();
        if voices.len() > 1 {
            for voice in voices {
                let some: Vec<Statement> = statements
                    .iter()
                    .filter(|statement| statement.voice == voice)
                    .cloned()
                    .collect();
                println!("{}", Score::of(&some, &catalog, &recognizer).row(voice));
            }
        }
        println!(
            "\n{}\n{}\n{}",
            score.duties(),
            score.confusions(20),
            score.calibration()
        );
    }
}

fn errors(file: &Path) {
    let catalog = Catalog::builtin("popm");
    let recognizer = Recognizer::new(&catalog);
    for statement in statements::labelled(file) {
        let duty = recognizer.explain(&statement.text).duty;
        let said = duty.map_or("other", |best| catalog.duty(best.duty).id.as_str());
        let gold = if statement.is_other() {
            "other"
        } else {
            &statement.label
        };
        if said != gold && statement.alt.as_deref() != Some(said) {
            println!("{gold}\t{said}\t{}", statement.text);
        }
    }
}

fn cross() {
    let all = train::all_statements();
    let catalog = Catalog::builtin("popm");
    let mut voices: Vec<&str> = all
        .iter()
        .map(|statement| statement.voice.as_str())
        .collect();
    voices.dedup();
    println!("{HEADER}");
    for voice in voices {
        let (test, rest): (Vec<Statement>, Vec<Statement>) = all
            .iter()
            .cloned()
            .partition(|statement| statement.voice == voice);
        let model = Model::read(train::build(&rest, &["popm"])).unwrap();
        let recognizer = Recognizer::with_model(&catalog, Some(Box::leak(Box::new(model))));
        println!("{}", Score::of(&test, &catalog, &recognizer).row(voice));
    }
}

/// Takes duties away from the catalog one at a time and gives them back as five examples.
fn few() {
    println!(
        "| duty known by five examples | its lines found | of what was read so, right | other lines taken for it |\n|---|---:|---:|---:|"
    );
    let full = Catalog::builtin("popm");
    let statements = test_set();
    for (_, def) in full.duties() {
        let catalog = statements::with_few_examples(&def.id, 5);
        let recognizer = Recognizer::new(&catalog);
        let (mut found, mut said, mut alarms) = ((0, 0), (0, 0), (0, 0));
        for statement in statements
            .iter()
            .filter(|statement| statement.alt.is_none())
        {
            let duty = recognizer
                .read(&statement.text)
                .reading
                .map(|reading| reading.duty);
            let is_said = duty.is_some_and(|duty| catalog.duty(duty).id == def.id);
            let is_it = statement.label == def.id;
            found.0 += u32::from(is_it);
            found.1 += u32::from(is_it && is_said);
            said.0 += u32::from(is_said);
            said.1 += u32::from(is_said && is_it);
            alarms.0 += u32::from(statement.is_other());
            alarms.1 += u32::from(statement.is_other() && is_said);
        }
        let part = |(of, count): (u32, u32)| {
            format!("{:.0} %", 100.0 * f64::from(count) / f64::from(of.max(1)))
        };
        println!(
            "| `{}` | {} | {} | {} |",
            def.id,
            part(found),
            part(said),
            part(alarms)
        );
    }
}
