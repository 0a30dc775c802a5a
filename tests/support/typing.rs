//! Somebody who works on role files: the sample organisation in a folder of its own, and what they type into it.

#![allow(dead_code)] // Each test uses its part.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Random;

/// The files that are worked on, each with its text.
pub type Originals = BTreeMap<PathBuf, String>;

/// Copies the sample organisation into a folder. Beside it lies another organisation with the same teams and products
/// in one file of many documents, one of many people, and one that is nothing but Markdown pages.
pub fn sample(base: &Path) -> Originals {
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sample"),
        base,
    );
    let mut paths = Vec::new();
    yaml_files(base, &mut paths);
    let texts: Vec<String> = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let many = base.join("many");
    std::fs::create_dir(&many).unwrap();
    std::fs::write(many.join("all.roles.yaml"), texts.join("---\n")).unwrap();
    std::fs::write(many.join(".rolelint.yaml"), "root: true\n").unwrap();
    paths.extend([many.join("all.roles.yaml"), many.join(".rolelint.yaml")]);
    paths.extend(crowd(&base.join("crowd")));
    paths.extend(wiki(&base.join("wiki")));
    paths.push(base.join(".rolelint.yaml"));
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

/// An organisation of more people than anybody reads at once, and two teams.
fn crowd(folder: &Path) -> Vec<PathBuf> {
    let person = |at: usize| match at % 7 {
        0 => format!("  p-{at}: Person {}\n", at / 2),
        1 => format!("  # {at}\n  p-{at}: {{name: 'Person {at}', email: p{at}@example.com}}\n"),
        2 => format!("  p-{at}:\n    name: Person {at}\n    left: 2026-01-01\n"),
        _ => format!(
            "  p-{at}:\n    name: \"Person {at}\"\n    email: p{}@example.com # {at}\n",
            at / 9
        ),
    };
    let people: String = (0..500).map(person).collect();
    let team = |name: &str, at: usize| {
        format!(
            "team: {name}\nroles:\n  product-manager: p-{at}\n  product-owner: Person {}\n",
            at + 9
        )
    };
    let files = [
        (
            ".rolelint.yaml",
            "root: true\ninclude: [raci.md]\n".to_owned(),
        ),
        ("raci.md", RACI.to_owned()),
        ("notes.md", RACI.to_owned()),
        ("people.roles.yaml", format!("people:\n{people}")),
        ("checkout.roles.yaml", team("checkout", 2)),
        ("search.roles.yaml", team("search", 20)),
    ];
    write(folder, &files)
}

/// Pages and no role file. Of one page an exception says that it may have nobody accountable.
fn wiki(folder: &Path) -> Vec<PathBuf> {
    let config = "root: true\nmodel: two-roles\ninclude: ['*.md']\nrules: {no-responsible: error}\nexceptions:\n  - {rule: one-accountable, where: old.md, reason: Kept as it was}\n";
    let files = [
        (".rolelint.yaml", config.to_owned()),
        ("raci.md", RACI.to_owned()),
        ("old.md", RACI.replace('\n', "\r\n")),
    ];
    write(folder, &files)
}

fn write(folder: &Path, files: &[(&str, String)]) -> Vec<PathBuf> {
    std::fs::create_dir(folder).unwrap();
    let write = |(name, text): &(&str, String)| {
        std::fs::write(folder.join(name), text).unwrap();
        folder.join(name)
    };
    files.iter().map(write).collect()
}

/// A page with two tables of who is responsible and accountable, some rows of which are wrong.
const RACI: &str = "\
# Lounge 🚢

| Task | Product Manager | Product Owner | Legal |
|------|-----------------|---------------|-------|
| Set the roadmap | **A/R** | C | I |
| Sign contracts | A |  | A/R |
| Buy chairs | A | – | C |

## Kitchen

team: kitchen

| Task | Product Owner | Cook |
|------|---------------|------|
| Paint | | R |
| Groom the backlog | A | R |
";

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn yaml_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            yaml_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
}

const WORDS: &[&str] = &[
    "ben",
    "ana",
    "fay",
    "gil",
    "checkout",
    "search",
    "booking",
    "storefront",
    "crew-app",
    "product-manager",
    "product-owner",
    "scrum-master",
    "roadmap",
    "backlog-refinement",
    "holder",
    "vacant",
    "team",
    "product",
    "teams",
    "TBD",
    "Own the roadmap for the next four quarters",
    "Groom the backlog every week",
    "Hire engineers",
    "two-roles",
    "pm-led",
    "none",
    "[ben, ana]",
    "{person: ben, status: acting}",
    "2026-01-31",
    "2027-01-31",
    "# rolelint: ignore missing-role",
    "\n# rolelint: ignore-file placeholder, missing-role\n",
    " # rolelint: disable missing-role",
    "[",
    "\"",
    ": ",
    "\n",
    "\r\n",
    "\t",
    "  ",
    "- ",
    "🎉",
    "---\n",
    " | ",
    "A/R",
    "| Hire | A | A |\n",
    "Legal",
    "",
];

/// One change as somebody makes it while typing.
pub fn edited(text: &str, random: &mut Random) -> String {
    let mut boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    boundaries.push(text.len());
    let pick = |random: &mut Random| boundaries[random.below(boundaries.len())];
    match random.below(6) {
        // A word for another word.
        0 | 1 => {
            let words: Vec<(usize, &str)> = text
                .split_inclusive(|character: char| !character.is_alphanumeric() && character != '-')
                .scan(0, |at, word| {
                    let start = *at;
                    *at += word.len();
                    Some((
                        start,
                        word.trim_end_matches(|last: char| !last.is_alphanumeric()),
                    ))
                })
                .filter(|(_, word)| word.len() > 1)
                .collect();
            if words.is_empty() {
                return WORDS[random.below(WORDS.len())].to_owned();
            }
            let (at, word) = words[random.below(words.len())];
            let new = WORDS[random.below(WORDS.len())];
            format!("{}{new}{}", &text[..at], &text[at + word.len()..])
        }
        // Something typed in.
        2 => {
            let at = pick(random);
            let new = WORDS[random.below(WORDS.len())];
            format!("{}{new}{}", &text[..at], &text[at..])
        }
        // A line taken out, or written twice.
        3 | 4 => {
            let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
            if lines.is_empty() {
                return String::new();
            }
            let at = random.below(lines.len());
            if random.below(2) == 0 {
                lines.remove(at);
            } else {
                lines.insert(at, lines[at]);
            }
            lines.concat()
        }
        // A few characters less.
        _ => {
            let (a, b) = (pick(random), pick(random));
            let (start, end) = (a.min(b), a.max(b).min(a.min(b) + 12));
            let end = (end..=text.len())
                .find(|at| text.is_char_boundary(*at))
                .unwrap();
            format!("{}{}", &text[..start], &text[end..])
        }
    }
}
