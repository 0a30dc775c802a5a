//! What several tests share: role files in a folder of their own, and what rolelint says of them.

#![allow(dead_code)] // Each test uses its part.

use std::path::Path;

use rolelint::report::{TextOptions, text};
use rolelint::rules::{Outcome, Request, check};
use rolelint::workspace::discover;

/// The day of every test.
pub const TODAY: &str = "2026-06-15";

/// Checks files, given as (path, text), in a folder of their own.
pub fn check_files(files: &[(String, String)]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().canonicalize().unwrap();
    for (path, text) in files {
        let path = base.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    // The texts are read again when findings are printed, so they are kept as overlays.
    let overlays = || {
        files
            .iter()
            .map(|(path, text)| rolelint::workspace::Overlay {
                path: base.join(path),
                bytes: text.clone().into_bytes(),
            })
            .collect::<Vec<_>>()
    };
    let discovery = discover(&base, &[".".into()], &[]).unwrap();
    check(Request {
        discovery,
        overlays: overlays(),
        today: Some(TODAY.parse().unwrap()),
    })
}

/// What a person sees of an outcome, without the summary.
pub fn shown(outcome: &Outcome) -> String {
    let mut out = Vec::new();
    let options = TextOptions {
        color: false,
        links: false,
        width: 100,
        time: None,
    };
    text(outcome, options, &mut out).unwrap();
    String::from_utf8(out).unwrap().trim_end().to_owned()
}

/// Compares a file with what it should hold. With `ROLELINT_UPDATE=1` in the environment, writes it instead.
pub fn assert_file(path: &Path, wanted: &str) {
    let found = std::fs::read_to_string(path).unwrap_or_default();
    if found == wanted {
        return;
    }
    if std::env::var_os("ROLELINT_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, wanted).unwrap();
        return;
    }
    let diff = similar::TextDiff::from_lines(found.as_str(), wanted);
    panic!(
        "{} is not current; run the tests with ROLELINT_UPDATE=1 and look at the difference:\n{}",
        path.display(),
        diff.unified_diff()
            .context_radius(3)
            .header("in the file", "as it should be")
    );
}
