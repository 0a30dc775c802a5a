//! Where completions are offered, and how they are written there.

use super::cursor::{Cursor, Place, Word};
use super::form::Kind;
use super::insert::{Body, Insert, Layout, flow, flow_items, flow_keys};
use super::{About, Completion, CompletionKind, Completions};
use crate::ide::View;
use crate::spec::{Role, Unit, UnitKind};
use crate::syntax::{flow_scalar, plain_scalar};
use crate::text::Span;
use crate::workspace::CONFIG_NAME;

/// How something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A key at the place.
    Key,
    /// A value at the place.
    Value,
    /// An item behind its dash, or in brackets.
    Item,
    /// An item with its dash.
    Dash,
    /// Keys on lines of their own below the key that the place follows.
    Below,
    /// A list on lines of its own below the key that the place follows.
    BelowDash,
    /// A value in braces.
    Braces,
    /// A value in brackets.
    Brackets,
}

/// A place where completions are offered.
#[derive(Debug)]
pub(super) struct Site<'v> {
    pub view: &'v View<'v>,
    pub offset: u32,
    pub kind: Kind,
    pub word: Word<'v>,
    pub layout: Layout,
    pub incomplete: bool,
    found: Vec<Completion>,
}

/// What stands behind a place in the same text.
pub(super) enum Behind {
    /// Nothing, or the rest of one word.
    Nothing,
    /// Words that may stand alone; where they begin.
    Words(usize),
    /// Something else.
    Others,
}

/// Something to be offered.
pub(super) struct Offer {
    pub label: String,
    pub detail: String,
    pub kind: CompletionKind,
    pub body: Body,
    pub about: About,
}

impl<'v> Site<'v> {
    pub fn new(view: &'v View<'v>, offset: u32, cursor: &Cursor<'v>) -> Self {
        let is_config = view
            .session
            .files()
            .path(view.file)
            .file_name()
            .is_some_and(|name| name == CONFIG_NAME);
        Self {
            view,
            offset,
            kind: kind(&cursor.top, is_config),
            word: cursor.word,
            layout: Layout {
                step: cursor.step,
                dash: cursor.dash,
            },
            incomplete: false,
            found: Vec::new(),
        }
    }

    /// The team or product that the place is in.
    pub fn unit(&self) -> Option<&'v Unit> {
        let mut best = None;
        for unit in self.view.source.spec.units() {
            if best.is_none() || unit.span.start <= self.offset {
                best = Some(unit);
            }
        }
        best
    }

    /// The seat of a name, in the team or product that the place is in.
    pub fn seat(&self, name: &str) -> Option<&'v Role> {
        let roles = self.unit()?.roles.iter();
        let mut named = roles.filter(|role| *role.key.name.text == *name);
        let first = named.next()?;
        let last = named.rfind(|role| role.key.name.span.start <= self.offset);
        Some(last.unwrap_or(first))
    }

    /// The day that dates are compared with.
    pub fn today(&self) -> jiff::civil::Date {
        self.view.session.today(self.view.file)
    }

    /// A text as a value.
    pub fn scalar(&self, slot: Slot, text: &str) -> Body {
        let text = match self.word.quote {
            Some(('\'', _)) => text.replace('\'', "''"),
            Some(_) => text.replace('\\', "\\\\").replace('"', "\\\""),
            None if self.word.flow || slot == Slot::Brackets => flow_scalar(text),
            None => plain_scalar(text),
        };
        Body::Word(text)
    }

    /// What stands behind the place in the same text, where that is more than the rest of one word.
    pub fn words_behind(&self) -> Behind {
        let text = self.view.text();
        let whole = text.get(self.word.start..self.word.end).unwrap_or("");
        let rest = text.get(self.offset as usize..self.word.end).unwrap_or("");
        let words = rest.trim_start();
        if words.is_empty() || !whole.contains(' ') || self.word.typed.contains(' ') {
            return Behind::Nothing;
        }
        let is_plain = self.word.quote.is_none() && !self.word.flow;
        match words.starts_with(char::is_alphanumeric) && is_plain {
            true => Behind::Words(self.word.end - words.len()),
            false => Behind::Others,
        }
    }

    /// Offers something.
    pub fn add(&mut self, place: &Place<'_>, slot: Slot, offer: Offer) {
        let is_there = |known: &Completion| known.label == offer.label && known.kind == offer.kind;
        if self.found.iter().any(is_there) {
            return;
        }
        let Some((start, insert)) = self.written(place, slot, &offer.body) else {
            return;
        };
        let before = self
            .view
            .text()
            .get(start..self.word.start)
            .filter(|before| !before.is_empty());
        self.found.push(Completion {
            filter: before.map(|before| format!("{before}{}", offer.label)),
            label: offer.label,
            detail: offer.detail,
            kind: offer.kind,
            span: Span::new(start, self.word.end),
            insert,
            about: offer.about,
        });
    }

    /// Offers a key with what follows it.
    pub fn add_key(&mut self, place: &Place<'_>, slot: Slot, value: Body, offer: Offer) {
        let key = plain_scalar(&offer.label);
        let body = if self.word.is_key && slot == Slot::Key {
            self.scalar(slot, &offer.label)
        } else {
            Body::Keys(vec![(key, value)])
        };
        self.add(place, slot, Offer { body, ..offer });
    }

    /// The last one that was offered matches other words than its label.
    pub fn also_called(&mut self, words: &str) {
        if let Some(last) = self.found.last_mut() {
            let label = last.filter.take().unwrap_or_else(|| last.label.clone());
            last.filter = Some(format!("{label} {words}"));
        }
    }

    /// Where what is replaced begins, and what is written.
    fn written(&self, place: &Place<'_>, slot: Slot, body: &Body) -> Option<(usize, Insert)> {
        let word = &self.word;
        let mut out = Insert::default();
        let mut start = word.start;
        if let Some((quote, closed)) = word.quote {
            // Nothing but a word fits between quotes.
            let Body::Word(text) = body else { return None };
            let fits = matches!(slot, Slot::Key | Slot::Value | Slot::Item);
            out.text(text);
            if !closed {
                out.text(&quote.to_string());
            }
            return fits.then_some((start, out));
        }
        let layout = self.layout;
        let below = matches!(slot, Slot::Below | Slot::BelowDash);
        if word.glued && !below {
            out.text(" ");
        }
        match slot {
            Slot::Key if word.flow => flow_keys(body, &mut out),
            Slot::Value if word.flow => flow(body, &mut out),
            Slot::Item if word.flow => match body {
                Body::List(items) => flow_items(items, &mut out),
                body => flow(body, &mut out),
            },
            Slot::Key | Slot::Value => layout.block(body, place.column, &mut out),
            Slot::Item => match body {
                Body::List(items) => layout.items(items, place.column, &mut out),
                body => layout.block(body, word.column, &mut out),
            },
            Slot::Dash => {
                let column = place.column;
                layout.block(&listed(body), column, &mut out);
            }
            Slot::Below | Slot::BelowDash => {
                start = word.behind;
                let deeper = match slot {
                    Slot::Below => layout.step,
                    _ => layout.dash,
                };
                let column = place.column + deeper;
                layout.line(column, &mut out);
                match slot {
                    Slot::Below => layout.block(body, column, &mut out),
                    _ => layout.block(&listed(body), column, &mut out),
                }
            }
            Slot::Braces => flow(body, &mut out),
            Slot::Brackets => {
                flow(&listed(body), &mut out);
            }
        }
        out.text(word.before);
        Some((start, out))
    }

    pub fn finish(self) -> Completions {
        // Several words are a line of somebody's own, unless something is called so.
        let typed = self.word.typed.trim_start().to_lowercase();
        let is_line = typed.contains(' ');
        let is_called = |item: &Completion| {
            let name = item.filter.as_ref().unwrap_or(&item.label);
            name.to_lowercase().contains(&typed)
        };
        let mut items = self.found;
        items.retain(|item| !is_line || is_called(item));
        Completions {
            items,
            incomplete: self.incomplete,
        }
    }
}

/// As a list, be it of one.
fn listed(body: &Body) -> Body {
    match body {
        Body::List(_) => body.clone(),
        one => Body::List(vec![one.clone()]),
    }
}

/// What a document with these keys is.
fn kind(top: &[&str], is_config: bool) -> Kind {
    let has = |key: &str| top.contains(&key);
    if is_config {
        Kind::Configuration
    } else if has("team") {
        Kind::Unit(UnitKind::Team)
    } else if has("product") {
        Kind::Unit(UnitKind::Product)
    } else if has("people") {
        Kind::People
    } else if has("catalog") {
        Kind::Catalog
    } else if has("roles") {
        Kind::Unit(UnitKind::Team)
    } else {
        Kind::New
    }
}
