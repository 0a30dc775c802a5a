//! The little XML that reports need.

/// A text between quotation marks or tags. What XML cannot hold at all, such as most control characters, becomes `U+FFFD`.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            // As they are they would be read as blanks, or not come through.
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' => escaped.push_str("&#9;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Attributes, each with a blank before it.
pub(super) fn attributes(all: &[(&str, &str)]) -> String {
    all.iter()
        .map(|(name, value)| format!(" {name}=\"{}\"", escape(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced_and_marks_are_escaped() {
        assert_eq!(
            attributes(&[("a", "<&>\"'\n\r\t\u{1}\u{ffff}é🎉\u{85}")]),
            " a=\"&lt;&amp;&gt;&quot;&apos;&#10;&#13;&#9;\u{fffd}\u{fffd}é🎉\u{85}\""
        );
    }
}
