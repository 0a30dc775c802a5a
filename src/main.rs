//! The `rolelint` program.
fn main() {
    let base = std::env::current_dir().unwrap_or_default();
    let paths: Vec<_> = std::env::args().skip(1).map(Into::into).collect();
    let discovery = match rolelint::workspace::discover(&base, &paths, &[]) {
        Ok(d) => d,
        Err(e) => {
            eprintln!("{e}");
            std::process::exit(2)
        }
    };
    let start = std::time::Instant::now();
    let outcome = rolelint::rules::check(rolelint::rules::Request {
        discovery,
        overlays: vec![],
        today: None,
    });
    let _ = rolelint::report::text(
        &outcome,
        rolelint::report::TextOptions {
            color: false,
            width: 100,
            time: Some(start.elapsed()),
        },
        &mut std::io::stdout(),
    );
}
