//! What changes in files, as a patch.

use std::io::{self, Write};

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

use super::Paint;

/// How many lines are shown around a change.
const AROUND: usize = 3;

/// What changes in one file, in the form that `git apply` and `patch -p1` read. `old` is `None` for a new file.
///
/// # Errors
/// When `out` cannot be written to.
pub fn patch(
    path: &str,
    old: Option<&str>,
    new: &str,
    paint: Paint,
    out: &mut dyn Write,
) -> io::Result<()> {
    let from = old.map_or_else(|| "/dev/null".to_owned(), |_| name('a', path));
    writeln!(out, "{}", paint.bold(&format!("--- {from}")))?;
    writeln!(out, "{}", paint.bold(&format!("+++ {}", name('b', path))))?;
    let (old, new) = (lines(old.unwrap_or("")), lines(new));
    let changes = capture_diff_slices(Algorithm::Myers, &old, &new);
    for group in group_diff_ops(changes, AROUND) {
        hunk(&group, &old, &new, paint, out)?;
    }
    Ok(())
}

/// The lines of a text, each with its end. Only `\n` ends one, as for the programs that read patches.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// A path behind the letter that `-p1` takes away. Programs take a blank for the end of a name unless a tab follows, and
/// read odd characters in quotes only.
fn name(side: char, path: &str) -> String {
    let is_odd = |character: char| character.is_control() || matches!(character, '"' | '\\');
    if path.contains(is_odd) {
        let quoted = path.bytes().fold(String::new(), |quoted, byte| match byte {
            b'"' | b'\\' => format!("{quoted}\\{}", char::from(byte)),
            b' '..=b'~' => format!("{quoted}{}", char::from(byte)),
            byte => format!("{quoted}\\{byte:03o}"),
        });
        return format!("\"{side}/{quoted}\"");
    }
    let end = if path.contains(' ') { "\t" } else { "" };
    format!("{side}/{path}{end}")
}

fn hunk(
    group: &[DiffOp],
    old: &[&str],
    new: &[&str],
    paint: Paint,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (Some(first), Some(last)) = (group.first(), group.last()) else {
        return Ok(());
    };
    let place = |from: usize, to: usize| match to - from {
        // Nothing stands behind the line before it.
        0 => format!("{from},0"),
        1 => format!("{}", from + 1),
        count => format!("{},{count}", from + 1),
    };
    let place = format!(
        "@@ -{} +{} @@",
        place(first.old_range().start, last.old_range().end),
        place(first.new_range().start, last.new_range().end)
    );
    writeln!(out, "{}", paint.code(&place))?;
    for change in group {
        let (tag, from, to) = change.as_tag_tuple();
        let from = old.get(from).unwrap_or(&[]);
        let to = new.get(to).unwrap_or(&[]);
        if tag == DiffTag::Equal {
            write_lines(' ', from, |line| line.to_owned(), out)?;
            continue;
        }
        write_lines('-', from, |line| paint.removed(line), out)?;
        write_lines('+', to, |line| paint.added(line), out)?;
    }
    Ok(())
}

fn write_lines(
    sign: char,
    lines: &[&str],
    paint: impl Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    for line in lines {
        let text = line.strip_suffix('\n');
        writeln!(out, "{}", paint(&format!("{sign}{}", text.unwrap_or(line))))?;
        if text.is_none() {
            writeln!(out, "\\ No newline at end of file")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &str, old: Option<&str>, new: &str) -> String {
        let mut out = Vec::new();
        patch(path, old, new, Paint::new(false), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_change_is_shown_with_three_lines_around_it() {
        assert_eq!(
            shown(
                "a.yaml",
                Some("1\n2\n3\n4\n5\n6\n7\n8\n9\n"),
                "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"
            ),
            "--- a/a.yaml\n+++ b/a.yaml\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
        );
    }

    #[test]
    fn line_ends_are_kept_and_a_missing_one_is_told() {
        assert_eq!(
            shown("a", Some("x\r\ny\rz"), "x\r\ny\rZ\r"),
            "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n x\r\n-y\rz\n\\ No newline at end of file\n+y\rZ\r\n\\ No newline at end of file\n"
        );
    }

    #[test]
    fn a_new_file_comes_from_nowhere_and_odd_names_are_quoted() {
        assert_eq!(
            shown("our team.yaml", None, "a\n"),
            "--- /dev/null\n+++ b/our team.yaml\t\n@@ -0,0 +1 @@\n+a\n"
        );
        assert_eq!(name('a', "Zürich"), "a/Zürich");
        assert_eq!(name('a', "a \"b\"\nü"), r#""a/a \"b\"\012\303\274""#);
    }
}
