//! Text that has to fit into so many columns of a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Text on one line, without anything that a terminal would obey.
pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|one: char| one.is_whitespace() || one.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// How many columns a text takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// Text cut to so many columns, with `…` where something is left out.
pub fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for one in text.chars() {
        let wide = one.width().unwrap_or(0);
        if used + wide + 1 > width {
            break;
        }
        used += wide;
        kept.push(one);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// Text in exactly so many columns: cut, or with blanks behind it.
pub fn fit(text: &str, width: usize) -> String {
    let mut text = cut(text, width);
    let blanks = width.saturating_sub(columns(&text));
    text.extend(std::iter::repeat_n(' ', blanks));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_the_columns_that_it_is_given() {
        assert_eq!(fit("Ana", 5), "Ana  ");
        assert_eq!(fit("Ana Lima", 8), "Ana Lima");
        assert_eq!(fit("Ana Lima", 5), "Ana… ");
        assert_eq!(fit("Ana Lima", 7), "Ana Li…");
        // Wide characters take two columns, and none is cut in half.
        assert_eq!(fit("陈伟陈伟", 6), "陈伟… ");
        assert_eq!(columns(&fit("陈伟陈伟", 6)), 6);
        // An accent of its own takes none.
        assert_eq!(fit("e\u{301}a", 4), "e\u{301}a  ");
    }

    #[test]
    fn a_terminal_obeys_nothing_in_a_name() {
        assert_eq!(one_line("a\u{1b}[31m b\n\tc"), "a [31m b c");
    }
}
