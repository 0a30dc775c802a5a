//! Values to be written into a file.

use super::write::{flow_scalar, plain_scalar};

/// A value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A word or line; quoted where YAML needs it.
    Text(String),
    /// A list in brackets.
    List(Vec<Value>),
    /// Keys with values in braces.
    Map(Vec<(&'static str, Value)>),
    /// A list with an item a line, where the surroundings allow it.
    Items(Vec<Piece>),
    /// Keys with values, one a line, where the surroundings allow it.
    Keys(Vec<(String, Value)>),
    /// `true`, which is a word of YAML and no text.
    True,
}

impl Value {
    /// A word or line.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A list of words in brackets.
    pub fn list<T: Into<String>>(words: impl IntoIterator<Item = T>) -> Self {
        Self::List(words.into_iter().map(Self::text).collect())
    }

    /// On one line, for brackets and braces around it.
    pub fn flow(&self) -> String {
        match self {
            Value::Text(text) => flow_scalar(text),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(Value::flow).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{key}: {}", value.flow()))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
            Value::Items(pieces) => {
                let items: Vec<&str> = pieces.iter().map(|piece| piece.flow.as_str()).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Keys(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{}: {}", flow_scalar(key), value.flow()))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
            Value::True => "true".to_owned(),
        }
    }

    /// `key: value` in lines without indentation; what lies deeper is indented by `step` more.
    pub fn entry_lines(&self, key: &str, step: usize) -> Vec<String> {
        self.lines(key, &Layout::of_step(step))
    }

    /// `key: value` in lines without indentation.
    pub(super) fn lines(&self, key: &str, layout: &Layout) -> Vec<String> {
        let key = plain_scalar(key);
        let deeper: Vec<String> = match self {
            Value::Text(text) => return vec![format!("{key}: {}", plain_scalar(text))],
            Value::Items(pieces) if !pieces.is_empty() => pieces
                .iter()
                .flat_map(|piece| piece.item_lines(&layout.dash))
                .map(|line| indented(&line, layout.list))
                .collect(),
            Value::Keys(entries) if !entries.is_empty() => entries
                .iter()
                .flat_map(|(key, value)| value.lines(key, layout))
                .map(|line| indented(&line, layout.step))
                .collect(),
            other => return vec![format!("{key}: {}", other.flow())],
        };
        std::iter::once(format!("{key}:")).chain(deeper).collect()
    }

    /// The comments that are lost when it is written on one line.
    pub(super) fn comments(&self) -> Vec<String> {
        match self {
            Value::Text(_) | Value::True => Vec::new(),
            Value::List(values) => values.iter().flat_map(Value::comments).collect(),
            Value::Map(entries) => entries
                .iter()
                .flat_map(|(_, value)| value.comments())
                .collect(),
            Value::Keys(entries) => entries
                .iter()
                .flat_map(|(_, value)| value.comments())
                .collect(),
            Value::Items(pieces) => pieces
                .iter()
                .flat_map(|piece| piece.above.iter().chain(&piece.inside))
                .cloned()
                .collect(),
        }
    }
}

/// How a file lays out what lies deeper.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// How much further in keys stand than the key above them.
    pub step: usize,
    /// How much further in lists stand than the key above them.
    pub list: usize,
    /// A dash with the blanks behind it.
    pub dash: String,
}

impl Layout {
    fn of_step(step: usize) -> Self {
        Self {
            step,
            list: step,
            dash: "- ".to_owned(),
        }
    }
}

/// An item of a list with the comments that belong to it, taken out of its surroundings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The comments above it, each with its `#`.
    pub above: Vec<String>,
    /// The comments inside and behind it, which are part of its lines as well.
    pub inside: Vec<String>,
    /// Its lines without dash and indentation.
    pub lines: Vec<String>,
    /// On one line without comments, for brackets around it.
    pub flow: String,
}

impl Piece {
    /// A line of text.
    pub fn text(text: &str) -> Self {
        Self {
            above: Vec::new(),
            inside: Vec::new(),
            lines: vec![plain_scalar(text)],
            flow: flow_scalar(text),
        }
    }

    /// `key: text`.
    pub fn pinned(key: &str, text: &str) -> Self {
        Self {
            above: Vec::new(),
            inside: Vec::new(),
            lines: vec![format!("{}: {}", plain_scalar(key), plain_scalar(text))],
            flow: format!("{{{}: {}}}", flow_scalar(key), flow_scalar(text)),
        }
    }

    /// Its lines behind a dash, comments above first.
    pub fn item_lines(&self, dash: &str) -> Vec<String> {
        let width = dash.chars().count();
        let mut lines = self.above.clone();
        for (at, line) in self.lines.iter().enumerate() {
            lines.push(if at == 0 {
                format!("{dash}{line}")
            } else {
                indented(line, width)
            });
        }
        lines
    }
}

/// A line further to the right; an empty one stays empty.
pub(super) fn indented(line: &str, by: usize) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!("{}{line}", " ".repeat(by))
    }
}
