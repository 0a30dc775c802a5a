//! What is written where a completion is picked.

/// A text with places to fill in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Insert(Vec<Part>);

/// A part of an [`Insert`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text as it is.
    Text(String),
    /// A place to fill in, with what stands there until somebody does.
    Stop(String),
}

impl Insert {
    /// Its parts, in order.
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// The text, with what stands at the places to fill in.
    pub fn plain(&self) -> String {
        let texts = self.0.iter().map(|part| match part {
            Part::Text(text) | Part::Stop(text) => text.as_str(),
        });
        texts.collect()
    }

    /// Whether it makes no sense before somebody fills it in.
    pub fn is_form(&self) -> bool {
        let is_blank = |part: &Part| matches!(part, Part::Stop(text) if !text.is_empty());
        self.0.iter().any(is_blank)
    }

    pub(super) fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Part::Text(last)) => last.push_str(text),
            _ => self.0.push(Part::Text(text.to_owned())),
        }
    }

    fn stop(&mut self, text: &str) {
        self.0.push(Part::Stop(text.to_owned()));
    }

    fn line(&mut self, column: usize) {
        self.text("\n");
        self.text(&" ".repeat(column));
    }
}

/// YAML to be written, in whatever style fits.
#[derive(Clone, Debug)]
pub(super) enum Body {
    /// Text that is YAML already: a word, or one that was quoted.
    Word(String),
    /// A place to fill in.
    Stop(String),
    /// Keys with values.
    Keys(Vec<(String, Body)>),
    /// A list with an item a line.
    List(Vec<Body>),
    /// A list in brackets.
    Brackets(Vec<Body>),
    /// Something that stands on a line of its own below its key.
    Below(Box<Body>),
}

impl Body {
    /// Somewhere to go on typing.
    pub fn nothing() -> Self {
        Self::Stop(String::new())
    }

    /// A place to fill in.
    pub fn stop(text: &str) -> Self {
        Self::Stop(text.to_owned())
    }

    /// A word.
    pub fn word(text: &str) -> Self {
        Self::Word(text.to_owned())
    }

    /// Keys with values.
    pub fn keys<const N: usize>(keys: [(&str, Body); N]) -> Self {
        let keys = keys.into_iter();
        Self::Keys(keys.map(|(key, body)| (key.to_owned(), body)).collect())
    }

    /// Words in brackets.
    pub fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        Self::Brackets(words.into_iter().map(Self::word).collect())
    }
}

/// How far things lie from each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// How much deeper groups lie than their key.
    pub step: usize,
    /// How much deeper dashes lie than their key.
    pub dash: usize,
}

impl Layout {
    /// Writes at a column; the cursor is there already.
    pub fn block(self, body: &Body, column: usize, out: &mut Insert) {
        match body {
            Body::Word(text) => out.text(text),
            Body::Stop(text) => out.stop(text),
            Body::Brackets(_) => flow(body, out),
            Body::Below(body) => self.block(body, column, out),
            Body::List(items) => {
                for (number, item) in items.iter().enumerate() {
                    if number > 0 {
                        out.line(column);
                    }
                    out.text("- ");
                    self.block(item, column + 2, out);
                }
            }
            Body::Keys(keys) => {
                for (number, (key, value)) in keys.iter().enumerate() {
                    if number > 0 {
                        out.line(column);
                    }
                    out.text(key);
                    out.text(":");
                    match value {
                        Body::List(_) => {
                            out.line(column + self.dash);
                            self.block(value, column + self.dash, out);
                        }
                        Body::Keys(_) | Body::Below(_) => {
                            out.line(column + self.step);
                            self.block(value, column + self.step, out);
                        }
                        _ => {
                            out.text(" ");
                            self.block(value, column, out);
                        }
                    }
                }
            }
        }
    }

    /// Writes items behind a dash that is there already; further ones get their own, at a column.
    pub fn items(self, items: &[Body], column: usize, out: &mut Insert) {
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                out.line(column);
                out.text("- ");
            }
            self.block(item, column + 2, out);
        }
    }

    /// Begins a line at a column.
    pub fn line(self, column: usize, out: &mut Insert) {
        out.line(column);
    }
}

/// Writes on one line, for brackets around it.
pub(super) fn flow(body: &Body, out: &mut Insert) {
    match body {
        Body::Word(text) => out.text(text),
        Body::Stop(text) => out.stop(text),
        Body::Below(inner) => {
            out.text("{");
            flow(inner, out);
            out.text("}");
        }
        Body::List(items) | Body::Brackets(items) => {
            out.text("[");
            flow_items(items, out);
            out.text("]");
        }
        Body::Keys(_) => {
            out.text("{");
            flow_keys(body, out);
            out.text("}");
        }
    }
}

/// Writes keys inside of braces that are there.
pub(super) fn flow_keys(body: &Body, out: &mut Insert) {
    let Body::Keys(keys) = body else {
        return flow(body, out);
    };
    for (number, (key, value)) in keys.iter().enumerate() {
        if number > 0 {
            out.text(", ");
        }
        out.text(key);
        out.text(": ");
        flow(value, out);
    }
}

/// Writes items inside of brackets that are there.
pub(super) fn flow_items(items: &[Body], out: &mut Insert) {
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            out.text(", ");
        }
        flow(item, out);
    }
}
