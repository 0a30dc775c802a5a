use super::Knowledge;
use super::holder::{DateAt, is_placeholder};
use crate::catalog::{DutyIx, Horizon};
use crate::recognize::{OtherWork, Reading};
use crate::syntax::{Fields, Name, Node, Reader};
use crate::text::Span;

/// The keys of a duty in its long form.
pub const DUTY_KEYS: &[&str] = &["text", "as", "horizon", "until", "notes"];
/// The keys that may stand beside a pin (`roadmap: Own it`).
pub const PIN_KEYS: &[&str] = &["horizon", "until", "notes"];

/// The duties of a role.
#[derive(Debug)]
pub struct Duties {
    /// The key (`duties`), where it stands.
    pub key: Name,
    /// Each of them.
    pub items: Vec<Duty>,
    /// The whole list.
    pub span: Span,
}

impl Duties {
    /// The duties that say something.
    pub fn real(&self) -> impl Iterator<Item = &Duty> {
        self.items.iter().filter(|duty| !duty.placeholder)
    }
}

/// A piece of ongoing work that a role answers for.
#[derive(Clone, Debug)]
pub struct Duty {
    /// The words.
    pub text: Option<Name>,
    /// The catalog id that it is pinned to, or that it is.
    pub pin: Option<Name>,
    /// What it is read as.
    pub reading: Option<Reading>,
    /// What further parts of a compound line name beside `reading`; almost always empty.
    pub also: Box<[Reading]>,
    /// Whether it says that a role answers for it which its seat is not: "The Product Owner…" on another seat.
    pub about_other: bool,
    /// What other work it is, where it names no duty and that is clear.
    pub other: Option<OtherWork>,
    /// The duty that comes nearest to it, where it is read as none and is no other work.
    pub nearest: Option<DutyIx>,
    /// How far ahead it looks, where the file says so.
    pub horizon: Option<(Horizon, Span)>,
    /// Until when it holds.
    pub until: Option<DateAt>,
    /// Whether it is only a stand-in ("TBD").
    pub placeholder: bool,
    /// The whole duty.
    pub span: Span,
}

impl Duty {
    /// The duty that it says its role answers for.
    pub fn owned(&self) -> Option<Reading> {
        self.reading.filter(Reading::owns)
    }

    /// All duties that it says its role answers for: more than one where it is a compound line.
    pub fn all_owned(&self) -> impl Iterator<Item = Reading> {
        let also = self.owned().map_or(&[][..], |_| &*self.also);
        self.owned().into_iter().chain(also.iter().copied())
    }

    /// Whether nobody can tell what it is: it names no duty and no other work.
    pub fn is_unread(&self) -> bool {
        self.reading.is_none() && self.other.is_none()
    }

    /// The words to show: the text, else the id.
    pub fn words(&self) -> &str {
        let name = self.text.as_ref().or(self.pin.as_ref());
        name.map_or("", |name| &name.text)
    }

    pub(super) fn read(node: Node<'_>, knowledge: &Knowledge, reader: &mut Reader) -> Option<Self> {
        if !node.is_mapping() {
            let name = Name::read(node, "duties", reader)?;
            return Some(Self::of_text(name, node.span(), knowledge));
        }
        let fields = Fields::of(node);
        let long_form = fields.get("text").is_some() || fields.get("as").is_some();
        let others: Vec<_> = fields
            .entries
            .iter()
            .filter(|(key, _)| key.text().is_none_or(|key| !DUTY_KEYS.contains(&key)))
            .collect();
        if long_form {
            return Self::read_long(node, knowledge, reader);
        }
        let [(key, value)] = others.as_slice() else {
            reader.wrong_shape(
                node,
                "duties",
                "one duty an item: an id with its text, or `text:`",
            );
            return None;
        };
        let pin = Name::read(*key, "duties", reader)?;
        let known = knowledge.catalog.find_duty(&pin.text).is_some();
        if !known && !looks_like_id(&pin.text) {
            // "Own: the roadmap" is a line of text with a colon in it, whatever YAML says.
            let raw = node.span().slice(node.tree().text());
            return Some(Self::of_text(
                Name::new(raw, node.span()),
                node.span(),
                knowledge,
            ));
        }
        let text = if value.is_null() {
            None
        } else {
            Name::read(*value, &pin.text, reader)
        };
        let mut duty = Self::of_pin(pin, text, node.span(), knowledge);
        duty.read_rest(&fields, reader);
        Some(duty)
    }

    fn read_long(node: Node<'_>, knowledge: &Knowledge, reader: &mut Reader) -> Option<Self> {
        let fields = reader.fields(node, "duties", "a duty", DUTY_KEYS);
        let text = fields
            .get("text")
            .and_then(|text| Name::read(text, "text", reader));
        let pin = fields
            .get("as")
            .and_then(|pin| Name::read(pin, "as", reader));
        let mut duty = match (pin, text) {
            (Some(pin), text) => Self::of_pin(pin, text, node.span(), knowledge),
            (None, Some(text)) => Self::of_text(text, node.span(), knowledge),
            (None, None) => return None,
        };
        duty.read_rest(&fields, reader);
        Some(duty)
    }

    fn read_rest(&mut self, fields: &Fields<'_>, reader: &mut Reader) {
        if let Some(node) = fields.get("horizon") {
            self.horizon = reader
                .word(node, "horizon", Horizon::WORDS)
                .and_then(Horizon::from_word)
                .map(|horizon| (horizon, node.span()));
        }
        self.until = fields
            .get("until")
            .and_then(|until| DateAt::read(until, "until", reader));
    }

    fn of_pin(pin: Name, text: Option<Name>, span: Span, knowledge: &Knowledge) -> Self {
        let reading = knowledge.catalog.find_duty(&pin.text).map(Reading::pinned);
        Self {
            placeholder: text.as_ref().is_some_and(|text| is_placeholder(&text.text)),
            text,
            pin: Some(pin),
            reading,
            also: Box::default(),
            about_other: false,
            other: None,
            nearest: None,
            horizon: None,
            until: None,
            span,
        }
    }

    fn of_text(text: Name, span: Span, knowledge: &Knowledge) -> Self {
        if knowledge.catalog.find_duty(&text.text).is_some() {
            return Self::of_pin(text, None, span, knowledge);
        }
        // `vision-and-strategyy` is an id with a slip in it, and no sentence.
        let (line, also) = if looks_like_id(&text.text) && text.text.contains(['-', '_']) {
            <_>::default()
        } else {
            knowledge.read(&text.text)
        };
        Self {
            placeholder: is_placeholder(&text.text) || text.text.is_empty(),
            also,
            about_other: false,
            reading: line.reading,
            other: line.other,
            nearest: line.nearest,
            text: Some(text),
            pin: None,
            horizon: None,
            until: None,
            span,
        }
    }
}

/// Whether a text is written like an id: small letters, digits and hyphens, no blank.
pub fn looks_like_id(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
        })
}

impl Duty {
    /// A duty of a mapping from ids to texts.
    pub(super) fn of_entry(
        pin: Name,
        value: Node<'_>,
        knowledge: &Knowledge,
        reader: &mut Reader,
    ) -> Option<Self> {
        let span = pin.span.to(value.span());
        let text = if value.is_null() {
            None
        } else {
            Name::read(value, &pin.text, reader)
        };
        Some(Self::of_pin(pin, text, span, knowledge))
    }
}
