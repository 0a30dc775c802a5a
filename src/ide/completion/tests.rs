//! What is offered, case by case. Each file in `cases/` holds cases: files with a cursor `‸`, what is offered there,
//! and what the file looks like when one of it is picked. `ROLELINT_UPDATE=1 cargo test completion` writes what is
//! offered now; whoever changes something reads it.

use std::path::Path;
use std::sync::Arc;

use super::{Completion, CompletionKind, Insert, Part, complete, documentation};
use crate::ide::fixture::{CURSOR, Fixture};
use crate::ide::{Subject, View, target};
use crate::spec::SourceFile;
use crate::text::{TextEdit, apply};

/// A fenced block of a case.
struct Block {
    /// What stands behind the fence: what it is, and more.
    head: String,
    text: String,
}

/// Everything between two headings.
struct Case {
    /// The heading and the words below it.
    intro: String,
    blocks: Vec<Block>,
}

fn cases(page: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        match &mut open {
            Some(block) if line == "```" => {
                let block = Block {
                    head: block.head.clone(),
                    text: block.text.clone(),
                };
                cases.last_mut().unwrap().blocks.push(block);
                open = None;
            }
            Some(block) => block.text.push_str(&format!("{line}\n")),
            None if line.starts_with("```") => {
                open = Some(Block {
                    head: line[3..].to_owned(),
                    text: String::new(),
                });
            }
            None if line.starts_with('#') => cases.push(Case {
                intro: line.to_owned(),
                blocks: Vec::new(),
            }),
            None if line.is_empty() => {}
            None => {
                let case = cases.last_mut().unwrap();
                assert!(case.blocks.is_empty(), "words between blocks: {line}");
                case.intro.push_str(&format!("\n\n{line}"));
            }
        }
    }
    assert!(open.is_none(), "a block is not closed");
    cases
}

fn page(cases: &[Case]) -> String {
    let mut page = String::new();
    for case in cases {
        page.push_str(&format!("{}\n\n", case.intro));
        for block in &case.blocks {
            page.push_str(&format!("```{}\n{}```\n\n", block.head, block.text));
        }
    }
    page.trim_end().to_owned() + "\n"
}

/// The text with what is inserted; stops are `‸` or `‹what stands there›`.
fn picked(text: &str, item: &Completion) -> String {
    let edit = TextEdit::replace(item.span, shown(&item.insert));
    apply(text, &[edit]).unwrap()
}

fn shown(insert: &Insert) -> String {
    let parts = insert.parts().iter().map(|part| match part {
        Part::Text(text) => text.clone(),
        Part::Stop(text) if text.is_empty() => CURSOR.to_string(),
        Part::Stop(text) => format!("‹{text}›"),
    });
    parts.collect()
}

/// Whatever is picked leaves YAML that is no worse than before, and its span is on the cursor's line.
fn is_sound(fixture: &Fixture, item: &Completion, at: &str) {
    let view = fixture.view();
    let replaced = item.span.slice(view.text());
    assert!(
        item.span.start <= fixture.offset && fixture.offset <= item.span.end,
        "{at}\n{}: the cursor is outside of what is replaced",
        item.label
    );
    assert!(
        !replaced.contains(['\n', '\r']),
        "{at}\n{}: {replaced:?}",
        item.label
    );
    let edit = TextEdit::replace(item.span, item.insert.plain());
    let text = apply(view.text(), &[edit]).unwrap();
    let after = crate::syntax::parse(&text.as_str().into());
    let before = view.source.tree.errors().len();
    // What was hidden by one mistake may come to light as another.
    let most = before + usize::from(before > 0);
    assert!(
        after.errors().len() <= most,
        "{at}\n{}: {:?}\n{text}",
        item.label,
        after.errors()
    );
    if before == 0 && after.errors().is_empty() {
        means_it(&view, item, &text, at);
    }
}

/// What is picked is what the file then names there: reading goes another way than offering.
fn means_it(view: &View<'_>, item: &Completion, text: &str, at: &str) {
    let inserted = item.insert.plain();
    let Some(word) = inserted.find(&item.label) else {
        return;
    };
    let view = View {
        source: Arc::new(SourceFile::read(&Arc::from(text), &view.knowledge)),
        ..view.clone()
    };
    if !view.source.spec.unmarked.is_empty() {
        return;
    }
    let place = item.span.start + u32::try_from(word).unwrap() + 1;
    let meant = target(&view, place).map(|target| target.subject);
    let fits = matches!(
        (item.kind, &meant),
        (CompletionKind::Word | CompletionKind::Snippet, _)
            | (CompletionKind::Key, Some(Subject::Key(..)))
            | (CompletionKind::Role, Some(Subject::Role(..)))
            | (CompletionKind::Duty, Some(Subject::Duty(_, Some(_))))
            | (CompletionKind::Person, Some(Subject::Person(_)))
            | (CompletionKind::Team, Some(Subject::Team(_)))
            | (CompletionKind::Product, Some(Subject::Product(_)))
            | (CompletionKind::Catalog, Some(Subject::Catalog(_)))
            | (CompletionKind::Rule, Some(Subject::Rule(_)))
            | (CompletionKind::Group, Some(Subject::Group(_)))
    );
    assert!(
        fits,
        "{at}\n{} {:?} is read as {meant:?}\n{text}",
        item.label, item.kind
    );
}

fn answer(case: &Case) -> Vec<Block> {
    let files: Vec<(&str, &str)> = case
        .blocks
        .iter()
        .filter_map(|block| {
            let name = block.head.strip_prefix("yaml")?.trim();
            let name = if name.is_empty() {
                "checkout.roles.yaml"
            } else {
                name
            };
            Some((name, block.text.trim_end_matches('\n')))
        })
        .collect();
    let fixture = Fixture::of(&files);
    let view = fixture.view();
    let found = complete(&view, fixture.offset);
    for item in &found.items {
        is_sound(&fixture, item, &case.intro);
    }
    let find = |label: &str| {
        let mut items = found.items.iter();
        items.find(|item| item.label == label).unwrap_or_else(|| {
            panic!("{}: {label} is not offered", case.intro);
        })
    };
    let blocks = case.blocks.iter().map(|block| {
        let text = if let Some(most) = block.head.strip_prefix("offers") {
            let most = most.trim().parse().unwrap_or(usize::MAX);
            let mut lines: Vec<String> = found
                .items
                .iter()
                .take(most)
                .map(|item| match item.detail.as_str() {
                    "" => item.label.clone(),
                    detail => format!("{:<24} {detail}", item.label),
                })
                .collect();
            if found.items.len() > most {
                lines.push(format!("and {} more", found.items.len() - most));
            }
            if found.incomplete {
                lines.push("and what more letters bring up".to_owned());
            }
            lines.into_iter().map(|line| line + "\n").collect()
        } else if let Some(label) = block.head.strip_prefix("picked ") {
            picked(view.text(), find(label)).trim_end().to_owned() + "\n"
        } else if let Some(label) = block.head.strip_prefix("says ") {
            let said = documentation(&view, fixture.offset, &find(label).about);
            let said = said.unwrap_or_default();
            // A fence in a fence would end it.
            said.replace("```", "'''") + "\n"
        } else {
            block.text.clone()
        };
        Block {
            head: block.head.clone(),
            text,
        }
    });
    blocks.collect()
}

/// Texts to type in: the sample, and every example of a rule.
fn texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sample")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                texts.push((name, std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    texts.sort();
    for rule in crate::rules::RULES.iter() {
        texts.push((format!("{}.roles.yaml", rule.id), rule.bad.to_owned()));
    }
    texts
}

/// The text as it is, cut off at the place, and with the place in an empty line, in brackets and in quotes.
fn typed(text: &str, at: usize) -> Vec<(String, usize)> {
    let (before, after) = text.split_at(at);
    let rest = after.find('\n').map_or("", |end| &after[end..]);
    vec![
        (text.to_owned(), at),
        (before.to_owned(), at),
        (format!("{before}{rest}"), at),
        (format!("{before}[{rest}"), at + 1),
        (format!("{before}{{a, {rest}"), at + 4),
        (format!("{before}\"é{rest}").replace('\n', "\r\n"), 0),
    ]
}

#[test]
fn wherever_somebody_types_what_is_picked_fits() {
    let texts = texts();
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let mut fixture = Fixture::of(&files);
    let mut number = 0;
    for (name, text) in &texts {
        for (at, _) in text.char_indices() {
            // Some places of each file, others in each.
            number += 1;
            if number % 211 != 0 {
                continue;
            }
            for (typed, offset) in typed(text, at) {
                let offset = match offset {
                    0 => typed.find('é').map_or(at, |found| found + 'é'.len_utf8()),
                    offset => offset,
                };
                let path = fixture.base.join(name);
                fixture.session.set_text(&path, Some(typed.as_str().into()));
                fixture.session.refresh();
                fixture.file = fixture.session.file(&path).unwrap();
                fixture.offset = u32::try_from(offset).unwrap();
                let view = fixture.view();
                let found = complete(&view, fixture.offset);
                let shown = format!("{name}:\n{}‸{}", &typed[..offset], &typed[offset..]);
                for item in found.items.iter().step_by(5) {
                    is_sound(&fixture, item, &shown);
                }
                for item in found.items.iter().take(2) {
                    documentation(&view, fixture.offset, &item.about);
                }
            }
        }
        let path = fixture.base.join(name);
        fixture.session.set_text(&path, Some(text.as_str().into()));
    }
}

#[test]
fn what_is_offered_is_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ide/completion/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut wrong = Vec::new();
    for path in paths {
        let written = std::fs::read_to_string(&path).unwrap();
        let cases: Vec<Case> = cases(&written)
            .into_iter()
            .map(|case| Case {
                blocks: answer(&case),
                intro: case.intro,
            })
            .collect();
        let now = page(&cases);
        if now != written {
            if std::env::var_os("ROLELINT_UPDATE").is_some() {
                std::fs::write(&path, now).unwrap();
            } else {
                let diff = similar::TextDiff::from_lines(&written, &now);
                wrong.push(format!("{}\n{}", path.display(), diff.unified_diff()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
