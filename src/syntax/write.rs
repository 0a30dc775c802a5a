//! Values as they are written, where a message shows lines to paste.

use super::tree::is_number;

/// A text as the value of a key or the item of a list: in quotes where YAML would take it for something else.
pub fn plain_scalar(text: &str) -> String {
    if text.contains(is_unprintable) {
        return double_quoted(text);
    }
    let odd = text.contains(": ")
        || text.contains(" #")
        || text.ends_with(':')
        || text.starts_with(|first: char| "[]{},&*!|>'\"%@`#?:-".contains(first))
        || text.starts_with(' ')
        || text.ends_with(' ')
        || text.starts_with("...")
        || is_other_type(text);
    if odd {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        text.to_owned()
    }
}

/// A text as a value inside `{…}`, where commas and brackets mean something.
pub fn flow_scalar(text: &str) -> String {
    if text.contains(|character: char| ",[]{}".contains(character))
        && !text.contains(is_unprintable)
    {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        plain_scalar(text)
    }
}

/// A text in double quotes, on one line.
pub(super) fn double_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            other if is_unprintable(other) => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(other)))
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// What cannot stand in a text without escapes, or would not be seen: line breaks, control characters and their like.
pub(super) fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// Whether YAML reads a text as nothing, a yes or no, a number, or a key that merges.
fn is_other_type(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "", "~", "null", "true", "false", "yes", "no", "on", "off", "=", "<<",
    ];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
        || text.parse::<f64>().is_ok()
        || is_number(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_yaml_would_take_for_something_else_is_quoted() {
        assert_eq!(plain_scalar("Own the roadmap"), "Own the roadmap");
        assert_eq!(
            plain_scalar("The team's list, in order"),
            "The team's list, in order"
        );
        assert_eq!(plain_scalar("Own: the roadmap"), "'Own: the roadmap'");
        assert_eq!(plain_scalar("'Next' in line"), "'''Next'' in line'");
        assert_eq!(plain_scalar("- a"), "'- a'");
        assert_eq!(plain_scalar("No"), "'No'");
        assert_eq!(plain_scalar("2026"), "'2026'");
        assert_eq!(flow_scalar("Sales, finance"), "'Sales, finance'");
        assert_eq!(flow_scalar("Launch v2 by March"), "Launch v2 by March");
    }
}
