use std::io::Write;
use std::path::Path;

use super::args::ConfigArgs;
use super::{Failure, Output, Status};
use crate::report::{Paint, count, reason_words};
use crate::rules::{RULES, Settings};
use crate::workspace::{Discovery, absolute, discover};

pub(super) fn run(args: &ConfigArgs, output: &Output) -> Result<Status, Failure> {
    let base = std::env::current_dir()?;
    let path = absolute(&base, &args.path);
    let is_folder = path.is_dir();
    // A file is asked for by its folder, so that its name alone does not make it a role file.
    let asked = if is_folder {
        path.as_path()
    } else {
        path.parent().unwrap_or(&path)
    };
    if !is_folder && !path.is_file() {
        return Err(Failure::new(format!(
            "cannot look at {}: there is no such file or folder",
            args.path.display()
        )));
    }
    let discovery = discover(&base, &[asked.to_owned()], &[])?;
    output.print(|out| {
        if is_folder {
            folder(&discovery, &path, output, out)
        } else {
            file(&discovery, &path, output, out)
        }
    })?;
    Ok(Status::Clean)
}

fn file(
    discovery: &Discovery,
    path: &Path,
    output: &Output,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let paint = Paint::new(output.color);
    let reason = discovery.reason(path);
    let verdict = if reason.is_checked() {
        "is checked"
    } else {
        "is not checked"
    };
    writeln!(
        out,
        "{} {verdict}: {}.\n",
        paint.bold(&discovery.files.show(path)),
        reason_words(&reason)
    )?;
    settings(discovery, discovery.nearest(path), output, out)
}

fn folder(
    discovery: &Discovery,
    path: &Path,
    output: &Output,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let paint = Paint::new(output.color);
    let files: usize = discovery
        .organisations
        .iter()
        .flat_map(|organisation| &organisation.files)
        .filter(|(file, _)| discovery.is_asked(*file))
        .count();
    let shown = discovery.files.show(path);
    let shown = if shown.is_empty() { ".".into() } else { shown };
    writeln!(
        out,
        "{} holds {}.\n",
        paint.bold(&shown),
        count(files, "role file")
    )?;
    settings(discovery, discovery.nearest(&path.join("-")), output, out)?;
    if discovery.organisations.len() > 1 {
        writeln!(
            out,
            "\nOrganisations (ids, people and products are looked up inside each):"
        )?;
        for organisation in &discovery.organisations {
            let root = discovery.files.show(&organisation.root);
            let root = if root.is_empty() { ".".into() } else { root };
            writeln!(
                out,
                "  {root}  {}",
                count(organisation.files.len(), "role file")
            )?;
        }
    }
    Ok(())
}

/// What the configurations say together, and which of them says what.
fn settings(
    discovery: &Discovery,
    nearest: Option<usize>,
    output: &Output,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let paint = Paint::new(output.color);
    let chain: Vec<_> = discovery.chain(nearest).map(|(_, config)| config).collect();
    let shown = |path: &Path| discovery.files.show(path).into_owned();
    match chain.as_slice() {
        [] => writeln!(out, "No `.rolelint.yaml` applies; the defaults hold.")?,
        [only] => writeln!(out, "Configuration: {}", shown(&only.path))?,
        [nearest, above @ ..] => {
            writeln!(out, "Configuration: {}", shown(&nearest.path))?;
            for config in above {
                writeln!(out, "  and, where it is silent: {}", shown(&config.path))?;
            }
        }
    }
    let from = |path: &Path| paint.dim(&format!("  ({})", shown(path)));
    let unsaid = paint.dim("  (default)");
    let catalog = chain
        .iter()
        .find_map(|config| Some((config, config.catalog.as_ref()?)));
    match catalog {
        Some((config, catalog)) => {
            writeln!(out, "catalog: {}{}", catalog.text, from(&config.path))?
        }
        None => writeln!(out, "catalog: popm{unsaid}")?,
    }
    match chain
        .iter()
        .find_map(|config| Some((config, config.model?)))
    {
        Some((config, model)) => writeln!(out, "model: {}{}", model.name(), from(&config.path))?,
        None => writeln!(out, "model: as the catalog says{unsaid}")?,
    }
    if let Some((config, today)) = chain
        .iter()
        .find_map(|config| Some((config, config.today?)))
    {
        writeln!(out, "today: {today}{}", from(&config.path))?;
    }
    let settings = Settings::of(chain.iter().copied());
    let mut said_any = false;
    for rule in RULES.iter() {
        let changed = match (settings.is_on(rule), settings.severity(rule)) {
            (false, _) if rule.severity.is_some() => "off".to_owned(),
            (true, Some(severity)) if Some(severity) != rule.severity => severity.name().to_owned(),
            _ => continue,
        };
        if !said_any {
            writeln!(out, "rules that are not as usual:")?;
            said_any = true;
        }
        let usual = rule.severity.map_or("off", |severity| severity.name());
        writeln!(
            out,
            "  {}: {changed}{}",
            rule.id,
            paint.dim(&format!("  (usually {usual})"))
        )?;
    }
    let exceptions: usize = chain.iter().map(|config| config.exceptions.len()).sum();
    if exceptions > 0 {
        writeln!(out, "{}", count(exceptions, "exception"))?;
    }
    Ok(())
}
