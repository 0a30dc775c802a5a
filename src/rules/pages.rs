//! Tables of who is responsible and accountable that stand in Markdown pages.

use crate::spec::{Knowledge, SourceFile};
use crate::workspace::FileId;

use super::accountability::OF_ROWS;
use super::engine::Holds;
use super::{Check, Finding};

/// The text of a page, up to what is no text any more: that is no table either.
pub(super) fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let valid = error.utf8_error().valid_up_to();
        let mut bytes = error.into_bytes();
        bytes.truncate(valid);
        String::from_utf8(bytes).unwrap_or_default()
    })
}

/// What the rules for single rows find in the tables of a page; `None` where it has none.
pub(super) fn read(
    file: FileId,
    text: &str,
    knowledge: &Knowledge,
    holds: Holds<'_>,
) -> Option<Vec<Finding>> {
    // Most pages have no table with such letters.
    let source = text
        .contains('|')
        .then(|| SourceFile::of_page(text, knowledge))?;
    source.spec.units().next()?;
    let context = holds.context(file, &source, knowledge);
    let mut findings = Vec::new();
    for rule in OF_ROWS.iter().filter(|rule| holds.settings.is_on(rule)) {
        if let Check::Unit(check) = rule.check {
            context
                .units(rule)
                .for_each(|unit| check(&context, unit, &mut findings));
        }
    }
    for finding in &mut findings {
        in_letters(finding);
    }
    Some(findings)
}

/// What to do, in the words of a table instead of keys.
fn in_letters(finding: &mut Finding) {
    finding.help = match (finding.rule.id, finding.message.starts_with("nobody")) {
        ("no-responsible", _) => {
            "Put an `R` into the column of whoever does the work, and `A/R` if that is the one who is accountable."
        }
        (_, true) => "Put an `A` into the column of the one role that has the last word.",
        (_, false) => "Leave the `A` with one of them, and give the others an `R` or a `C`.",
    }
    .into();
}
