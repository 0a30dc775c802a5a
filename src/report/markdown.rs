use super::{Paint, wrap};

/// Sets our own Markdown (headings, paragraphs, lists, code, `code`, **bold**, *word*) for a terminal.
pub fn terminal(markdown: &str, paint: Paint, width: usize) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
        } else if in_code {
            out.push_str("    ");
            out.push_str(&paint.code(line));
            out.push('\n');
        } else if line.starts_with('#') {
            out.push_str(&paint.bold(line.trim_start_matches('#').trim_start()));
            out.push('\n');
        } else if let Some(item) = line.strip_prefix("- ") {
            let item = wrap(item, width.saturating_sub(4)).replace('\n', "\n    ");
            out.push_str(&format!("  - {}\n", inline(&item, paint)));
        } else {
            out.push_str(&inline(&wrap(line, width), paint));
            out.push('\n');
        }
    }
    out.trim_end().to_owned()
}

/// Takes the marks out of a line, with colours in their place. Backticks stay: they show what is typed.
fn inline(text: &str, paint: Paint) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['`', '*']) {
        out.push_str(&rest[..at]);
        let marked = &rest[at..];
        let mark = ["**", "*", "`"]
            .into_iter()
            .find(|mark| marked.starts_with(mark))
            .unwrap_or("`");
        let inner = &marked[mark.len()..];
        let Some(end) = inner
            .find(mark)
            .filter(|end| *end > 0 && !inner.starts_with(' ') && !inner[..*end].ends_with(' '))
        else {
            out.push_str(mark);
            rest = inner;
            continue;
        };
        let word = &inner[..end];
        match mark {
            "`" => out.push_str(&paint.code(&format!("`{word}`"))),
            "**" => out.push_str(&paint.bold(word)),
            _ => out.push_str(&format!("\"{word}\"")),
        }
        rest = &inner[end + mark.len()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_and_code_is_kept() {
        let shown = terminal(
            "# A title\n\nSome **bold** text with `code` and a *word*, 2 * 3.\n\n- an item that is too long for it\n\n```yaml\na: b\n```\n",
            Paint::new(false),
            24,
        );
        assert_eq!(
            shown,
            "A title\n\nSome bold text with\n`code` and a \"word\", 2 *\n3.\n\n  - an item that is too\n    long for it\n\n    a: b"
        );
    }
}
