//! What headings say of the team or product that stands below them.

use super::draft::{id_of, one_line};
use crate::spec::UnitKind;

/// Words that say what a page is, and not whose.
const EMPTY_WORDS: &[&str] = &[
    "raci",
    "rasci",
    "matrix",
    "chart",
    "table",
    "roles",
    "role",
    "responsibilities",
    "responsibility",
    "personas",
    "persona",
    "and",
    "for",
    "of",
    "the",
    "our",
    "who",
    "does",
    "what",
    "a",
    "overview",
    "assignment",
    "assignments",
    "people",
    "activity",
    "activities",
    "task",
    "tasks",
    "duty",
    "duties",
    "deliverable",
    "deliverables",
    "decision",
    "decisions",
    "process",
    "work",
    "step",
    "steps",
    "action",
    "actions",
    "readme",
    "stdin",
    "index",
];
/// Words that belong to a name, and not to an id.
const UNIT_WORDS: &[&str] = &["team", "product", "squad"];

/// The headings of a page, and those that are open.
#[derive(Default)]
pub(super) struct Headings {
    all: Vec<(u8, String, bool)>,
    open: Vec<usize>,
}

impl Headings {
    /// A heading: those of its level and deeper end.
    pub fn enter(&mut self, level: u8, text: &str) {
        let all = &self.all;
        self.open.retain(|at| all[*at].0 < level);
        self.open.push(self.all.len());
        self.all.push((level, one_line(text), false));
    }

    /// The unit that the innermost heading with a name of its own speaks of; else the one that the file is called after.
    pub fn unit(&mut self, stem: &str) -> (UnitKind, String, Option<String>) {
        for at in self.open.iter().rev() {
            let (_, text, used) = &mut self.all[*at];
            if let Some((kind, id, name)) = unit_in(text) {
                // What the name leaves out is kept as a comment.
                *used = name == *text || is_exported(text);
                return (kind, id, Some(name));
            }
        }
        (UnitKind::Team, id_of(stem, "team"), None)
    }

    /// The open headings that were not used; from now on they are.
    pub fn unused(&mut self) -> Vec<String> {
        let mut unused = Vec::new();
        for at in &self.open {
            let (_, text, used) = &mut self.all[*at];
            if !std::mem::replace(used, true) {
                unused.push(text.clone());
            }
        }
        unused
    }

    /// All headings that were not used.
    pub fn all_unused(&self) -> Vec<String> {
        let unused = self.all.iter().filter(|(_, _, used)| !used);
        unused.map(|(_, text, _)| text.clone()).collect()
    }
}

/// The part of a title that names something; `None` where it only says what the page is.
pub(super) fn named(text: &str) -> Option<String> {
    without(text, &|word| EMPTY_WORDS.contains(&word))
        .filter(|rest| without(rest, &|word| UNIT_WORDS.contains(&word)).is_some())
}

/// A text without certain words at its ends.
fn without(text: &str, is_empty: &dyn Fn(&str) -> bool) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_empty = |word: &str| {
        let word = word
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        word.is_empty() || is_empty(&word)
    };
    let start = words.iter().position(|word| !is_empty(word))?;
    let end = words.iter().rposition(|word| !is_empty(word))?;
    Some(words[start..=end].join(" "))
}

/// The unit that a heading names: `Team checkout: Checkout squad`, `RACI matrix for Storefront`, `Checkout squad`.
pub(super) fn unit_in(text: &str) -> Option<(UnitKind, String, String)> {
    let name = named(text)?;
    let small = name.to_lowercase();
    let mut words = small.split(|c: char| !c.is_alphanumeric());
    let first = words.next();
    let is_product =
        first == Some("product") && !names_a_role(&small) || words.next_back() == Some("product");
    let kind = if is_product {
        UnitKind::Product
    } else {
        UnitKind::Team
    };
    if let Some(rest) = exported(text) {
        let (id, name) = rest.split_once(": ").unwrap_or((rest, rest));
        return Some((kind, id_of(id, "team"), name.trim().to_owned()));
    }
    let id = without(&name, &|word| UNIT_WORDS.contains(&word))?;
    Some((kind, id_of(&id, "team"), name))
}

fn names_a_role(small: &str) -> bool {
    ["manager", "owner", "lead", "management", "ownership"]
        .iter()
        .any(|word| small.contains(word))
}

/// What stands behind `Team` or `Product`, as an export writes it.
fn exported(text: &str) -> Option<&str> {
    let rest = text
        .strip_prefix("Team ")
        .or_else(|| text.strip_prefix("Product "))?;
    (!names_a_role(&rest.to_lowercase())).then_some(rest.trim())
}

fn is_exported(text: &str) -> bool {
    exported(text).is_some()
}
