//! Values as they are written, where a message shows lines to paste.

/// A text as the value of a key or the item of a list: in quotes where YAML would take it for something else.
pub fn plain_scalar(text: &str) -> String {
    let odd = text.contains(": ")
        || text.contains(" #")
        || text.ends_with(':')
        || text.starts_with(|first: char| "[]{},&*!|>'\"%@`#?:-".contains(first))
        || is_other_type(text);
    if odd {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        text.to_owned()
    }
}

/// A text as a value inside `{…}`, where commas and brackets mean something.
pub fn flow_scalar(text: &str) -> String {
    if text.contains(|character: char| ",[]{}".contains(character)) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        plain_scalar(text)
    }
}

/// Whether YAML reads a text as nothing, a yes or no, or a number.
fn is_other_type(text: &str) -> bool {
    const WORDS: [&str; 10] = [
        "", "~", "null", "true", "false", "yes", "no", "on", "off", "=",
    ];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) || text.parse::<f64>().is_ok()
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
