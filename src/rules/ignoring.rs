//! Ignore comments as something to be done about a finding.

use std::sync::Arc;

use super::hush::{extended, hush, newline, says_the_same};
use super::{Finding, Fix, structure};
use crate::spec::Ignore;
use crate::syntax::{Tree, parse};
use crate::text::{TextEdit, apply};

/// Ways to agree with a finding: a comment on its line, and one for the whole file.
pub fn ignoring(text: &Arc<str>, finding: &Finding) -> Vec<Fix> {
    let rule = finding.rule;
    // What is wrong about a comment or with the YAML is no matter of opinion.
    if *rule == structure::unused_ignore::RULE || *rule == structure::syntax::RULE {
        return Vec::new();
    }
    let fix = |place: &str, edits: Vec<TextEdit>| {
        Fix::asked(format!("Ignore {} {place}", rule.id)).edit(finding.file, edits)
    };
    let here = here(text, finding).map(|edits| fix("here", edits));
    let in_file = in_file(text, rule.id).map(|edits| fix("in this file", edits));
    here.into_iter().chain(in_file).collect()
}

fn here(text: &Arc<str>, finding: &Finding) -> Option<Vec<TextEdit>> {
    let hushed = hush(text, &[finding], None);
    hushed.starts.first().copied().flatten()?;
    Some(vec![difference(text, &hushed.text)])
}

fn in_file(text: &Arc<str>, rule: &str) -> Option<Vec<TextEdit>> {
    let tree = parse(text);
    let known = Ignore::all(&tree);
    let known = known.iter().find(|ignore| ignore.whole_file);
    let edits = match known {
        Some(known) => extended(text, known, &[rule], None),
        None => {
            let comment = format!("# rolelint: ignore-file {rule}{}", newline(text));
            vec![TextEdit::insert(top(&tree), comment)]
        }
    };
    let new = parse(&Arc::from(apply(text, &edits)?));
    let is_silent = Ignore::all(&new)
        .iter()
        .any(|ignore| ignore.whole_file && ignore.names(rule));
    (is_silent && says_the_same(&tree, &new)).then_some(edits)
}

/// Where the first comment of a file can stand: below a line that tells editors of the file's schema.
fn top(tree: &Tree) -> u32 {
    let text = tree.text();
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let first = text.get(mark..).unwrap_or("");
    let line = first.split_inclusive('\n').next().unwrap_or("");
    let is_for_editors = line.starts_with('#') && line.contains("yaml-language-server:");
    let at = if is_for_editors && line.ends_with('\n') {
        mark + line.len()
    } else {
        mark
    };
    u32::try_from(at).unwrap_or(0)
}

/// The one edit that makes `new` of `old`, as small as it can be.
fn difference(old: &str, new: &str) -> TextEdit {
    let same = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> usize {
        let pairs = a.zip(b).take_while(|(a, b)| a == b);
        pairs.map(|(one, _)| one.len_utf8()).sum()
    };
    let start = same(&mut old.chars(), &mut new.chars());
    let rest = |text: &'_ str| text.get(start..).unwrap_or("").to_owned();
    let (left, right) = (rest(old), rest(new));
    let end = same(&mut left.chars().rev(), &mut right.chars().rev());
    let span = crate::text::Span::new(start, old.len() - end);
    let text = new.get(start..new.len() - end).unwrap_or("").to_owned();
    TextEdit::replace(span, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::find;
    use crate::text::Span;
    use crate::workspace::FileId;

    fn tried(text: &str, rule: &str, word: &str) -> Vec<String> {
        let start = text.find(word).unwrap();
        let span = Span::new(start, start + word.len());
        let finding = find(rule).unwrap().finding(FileId(0), span, "");
        ignoring(&Arc::from(text), &finding)
            .iter()
            .map(|fix| {
                let new = apply(text, &fix.changes[0].edits).unwrap();
                format!("{}\n{new}", fix.title)
            })
            .collect()
    }

    #[test]
    fn a_comment_on_the_line_or_at_the_top() {
        assert_eq!(
            tried("team: a\r\nroles:\r\n  po: TBD\r\n", "placeholder", "TBD"),
            [
                "Ignore placeholder here\nteam: a\r\nroles:\r\n  po: TBD # rolelint: ignore placeholder\r\n",
                "Ignore placeholder in this file\n# rolelint: ignore-file placeholder\r\nteam: a\r\nroles:\r\n  po: TBD\r\n",
            ]
        );
    }

    #[test]
    fn a_comment_that_is_there_gets_more_rules() {
        let text = "# yaml-language-server: $schema=s.json\n# rolelint: ignore-file vague-duty -- for now\nteam: a\nroles:\n  po: TBD # rolelint: ignore unknown-role\n";
        assert_eq!(
            tried(text, "placeholder", "TBD"),
            [
                "Ignore placeholder here\n# yaml-language-server: $schema=s.json\n# rolelint: ignore-file vague-duty -- for now\nteam: a\nroles:\n  po: TBD # rolelint: ignore unknown-role, placeholder\n",
                "Ignore placeholder in this file\n# yaml-language-server: $schema=s.json\n# rolelint: ignore-file vague-duty, placeholder -- for now\nteam: a\nroles:\n  po: TBD # rolelint: ignore unknown-role\n",
            ]
        );
        let text = "\u{feff}# yaml-language-server: $schema=s.json\nteam: TBD\n";
        assert_eq!(
            tried(text, "placeholder", "TBD")[1],
            "Ignore placeholder in this file\n\u{feff}# yaml-language-server: $schema=s.json\n# rolelint: ignore-file placeholder\nteam: TBD\n"
        );
    }

    #[test]
    fn what_is_no_matter_of_opinion_is_not_ignored() {
        assert_eq!(
            tried("team: a\n", "unused-ignore", "a"),
            Vec::<String>::new()
        );
        assert_eq!(tried("team: a\n", "syntax", "a"), Vec::<String>::new());
    }
}
