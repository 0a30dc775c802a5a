use super::fit::columns;

/// Breaks text at blanks so that no line takes more than `width` columns of a terminal, a longer word excepted.
pub fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len() + 16);
    for (number, paragraph) in text.split('\n').enumerate() {
        if number > 0 {
            wrapped.push('\n');
        }
        let mut used = 0;
        for word in paragraph.split(' ') {
            let length = columns(word);
            if used > 0 && used + 1 + length > width {
                wrapped.push('\n');
                used = 0;
            } else if used > 0 {
                wrapped.push(' ');
                used += 1;
            }
            wrapped.push_str(word);
            used += length;
        }
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_are_as_wide_as_they_look() {
        assert_eq!(wrap("one two three", 8), "one two\nthree");
        // Wide characters take two columns.
        assert_eq!(wrap("第一 第二 第三", 9), "第一 第二\n第三");
        assert_eq!(wrap("a longerword b", 4), "a\nlongerword\nb");
    }
}
