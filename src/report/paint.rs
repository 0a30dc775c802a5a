use crate::workspace::Severity;

/// Colours for text, or none.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// With colours, or without.
    pub fn new(on: bool) -> Self {
        Self { on }
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.on {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    /// A heading.
    pub fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    /// Something less important.
    pub fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    /// Something typed: a key, an id.
    pub fn code(self, text: &str) -> String {
        self.with("36", text)
    }

    /// A line that comes in.
    pub fn added(self, text: &str) -> String {
        self.with("32", text)
    }

    /// A line that goes out.
    pub fn removed(self, text: &str) -> String {
        self.with("31", text)
    }

    /// In the colour of a severity; `None` is a rule that is off.
    pub fn severity(self, severity: Option<Severity>, text: &str) -> String {
        match severity {
            Some(Severity::Error) => self.with("1;31", text),
            Some(Severity::Warning) => self.with("1;33", text),
            Some(Severity::Hint) => self.with("1;36", text),
            None => self.with("2", text),
        }
    }
}
