//! The shape of a file from its lines alone: which keys and lists are open at a place, whatever is broken around it.

use super::token::{self, Scalar};

/// A group of keys or a list that is open.
#[derive(Debug)]
pub(super) struct Frame<'t> {
    number: u32,
    pub kind: Kind,
    /// The column of its keys or dashes; of one in brackets, that of the lines that it must lie deeper than.
    pub column: isize,
    pub flow: bool,
    /// The key whose value is being read.
    pub key: Option<&'t str>,
    /// Whether that key, or the item, has a value.
    pub filled: bool,
    /// Its keys; of a list its items, of which those with keys by their first one.
    entries: Vec<&'t str>,
}

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Keys,
    List,
}

/// Reads lines from the top, and knows what is open.
#[derive(Debug)]
pub(super) struct Scan<'t> {
    pub text: &'t str,
    pub frames: Vec<Frame<'t>>,
    /// What is at the top of the document.
    pub top: Vec<&'t str>,
    /// How much deeper groups lie than what holds them, as the document has it first.
    pub step: Option<usize>,
    /// How much deeper dashes lie than their key.
    pub dash: Option<usize>,
    /// Lines deeper than this belong to a text after `|` or `>`.
    verbatim: Option<isize>,
    numbers: u32,
    /// Frames whose entries are asked for, and those that were closed.
    wanted: Vec<u32>,
    closed: Vec<(u32, Vec<&'t str>)>,
}

/// A token that a place in brackets touches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touched {
    pub start: usize,
    pub scalar: Scalar,
    /// Where the text after it begins: past the colon of a key.
    pub next: usize,
}

/// Where reading in brackets ended.
#[derive(Debug)]
pub(super) enum Halt {
    /// At the end of the line.
    End,
    /// At the place: between tokens.
    Between,
    /// At a token that the place touches.
    At(Touched),
    /// The brackets were closed.
    Closed,
}

impl<'t> Scan<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            frames: Vec::new(),
            top: Vec::new(),
            step: None,
            dash: None,
            verbatim: None,
            numbers: 0,
            wanted: Vec::new(),
            closed: Vec::new(),
        }
    }

    /// A part of the text.
    pub fn cut(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or("")
    }

    // --- Lines -------------------------------------------------------------------------------------------

    /// Reads a line.
    pub fn line(&mut self, from: usize, to: usize) {
        let text = self.cut(from, to);
        let content = text.trim_start_matches([' ', '\t']);
        let indent = text.len() - content.len();
        if content.trim_end().is_empty() || content.starts_with('#') {
            return;
        }
        let column = isize::try_from(indent).unwrap_or(0);
        if self.is_verbatim(column) {
            return;
        }
        if self.flow_goes_on(column, content) {
            self.flow(from + indent, to, None);
        } else {
            self.block(from + indent, to, column);
        }
    }

    /// Whether a line at a column belongs to a text after `|` or `>`.
    pub fn is_verbatim(&mut self, column: isize) -> bool {
        if self.verbatim.is_some_and(|outer| column > outer) {
            return true;
        }
        self.verbatim = None;
        false
    }

    /// Whether brackets that are open go on in a line; else whoever typed them is not done, and they end before it.
    pub fn flow_goes_on(&mut self, column: isize, content: &str) -> bool {
        let Some(top) = self.frames.last().filter(|top| top.flow) else {
            return false;
        };
        if column > top.column || content.starts_with([']', '}']) {
            return true;
        }
        while self.frames.last().is_some_and(|top| top.flow) {
            self.pop();
        }
        false
    }

    fn block(&mut self, mut at: usize, to: usize, mut column: isize) {
        loop {
            let rest = self.cut(at, to);
            if let Some(width) = token::dash(rest) {
                self.item(column);
                at += width;
                column += isize::try_from(width).unwrap_or(0);
                if is_nothing(self.cut(at, to)) {
                    return;
                }
                continue;
            }
            match token::key(rest) {
                Some(key) => {
                    let name = key.name(rest);
                    self.key(column, name);
                    self.value(at + key.next, to);
                }
                None => {
                    self.settle(column, false);
                    self.value(at, to);
                }
            }
            return;
        }
    }

    /// Reads a value, after a key or a dash.
    pub fn value(&mut self, at: usize, to: usize) {
        let rest = self.cut(at, to);
        let skipped = token::properties(rest);
        let (at, rest) = (at + skipped, rest.get(skipped..).unwrap_or(""));
        let column = self.frames.last().map_or(-1, |top| top.column);
        match rest.chars().next() {
            None | Some('#') => {}
            Some('[') => {
                self.push(Kind::List, column, true);
                self.flow(at + 1, to, None);
            }
            Some('{') => {
                self.push(Kind::Keys, column, true);
                self.flow(at + 1, to, None);
            }
            Some('|' | '>') => {
                self.verbatim = Some(column);
                self.fill(None);
            }
            Some(_) => {
                let scalar = token::block_scalar(rest);
                self.fill(Some(scalar.name(rest)));
            }
        }
    }

    /// Reads what is in brackets, as far as `stop`.
    pub fn flow(&mut self, mut at: usize, to: usize, stop: Option<usize>) -> Halt {
        loop {
            if stop == Some(at) && !starts_token(self.cut(at, to)) {
                return Halt::Between;
            }
            let rest = self.cut(at, to);
            let Some(first) = rest.chars().next() else {
                return Halt::End;
            };
            if stop.is_some_and(|stop| at > stop) {
                return Halt::Between;
            }
            match first {
                ' ' | '\t' | ':' => at += 1,
                '#' => return Halt::End,
                ',' => {
                    if let Some(top) = self.frames.last_mut() {
                        top.key = None;
                        top.filled = false;
                    }
                    at += 1;
                }
                '[' | '{' => {
                    let column = self.frames.last().map_or(-1, |top| top.column);
                    let kind = if first == '[' { Kind::List } else { Kind::Keys };
                    self.push(kind, column, true);
                    at += 1;
                }
                ']' | '}' => {
                    self.pop();
                    at += 1;
                    if !self.frames.last().is_some_and(|top| top.flow) {
                        return Halt::Closed;
                    }
                }
                _ => {
                    let scalar = token::flow_scalar(rest);
                    let end = at + scalar.end;
                    let next = at + scalar.next;
                    if let Some(stop) = stop
                        && at <= stop
                        && stop <= end
                    {
                        let start = at;
                        return Halt::At(Touched {
                            start,
                            scalar,
                            next,
                        });
                    }
                    let name = scalar.name(rest);
                    if scalar.is_key {
                        self.flow_key(name);
                    } else {
                        self.fill(Some(name));
                    }
                    at = next.max(at + 1);
                }
            }
        }
    }

    // --- What is open ------------------------------------------------------------------------------------

    /// Closes what lies deeper than a column; at the column itself a list, unless a dash goes on with it.
    pub fn settle(&mut self, column: isize, is_dash: bool) {
        while let Some(top) = self.frames.last() {
            let is_over = top.flow
                || top.column > column
                || (top.column == column && top.kind == Kind::List && !is_dash);
            if !is_over {
                break;
            }
            self.pop();
        }
    }

    /// A dash.
    pub fn item(&mut self, column: isize) {
        self.settle(column, true);
        match self.frames.last_mut() {
            Some(top) if top.kind == Kind::List && top.column == column => {
                top.key = None;
                top.filled = false;
            }
            over => {
                let over = over.filter(|over| over.kind == Kind::Keys);
                let deeper = over.and_then(|over| usize::try_from(column - over.column).ok());
                self.dash = self.dash.or(deeper);
                self.push(Kind::List, column, false);
            }
        }
    }

    /// A key of a group that is no brackets.
    pub fn key(&mut self, column: isize, name: &'t str) {
        self.open(column);
        if self.frames.len() == 1 {
            self.top.push(name);
        }
        if let Some(top) = self.frames.last_mut() {
            top.entries.push(name);
            top.key = Some(name);
            top.filled = false;
            let is_first = top.entries.len() == 1;
            // An item with keys is known by its first one.
            if is_first && let [.., over, _] = self.frames.as_mut_slice() {
                over.note(name);
            }
        }
    }

    /// A key that somebody is typing: it is open and does not count.
    pub fn edited(&mut self, column: isize, name: &'t str) {
        self.open(column);
        if let Some(top) = self.frames.last_mut() {
            top.key = Some(name);
            top.filled = false;
        }
    }

    /// Goes on with the group of keys at a column, or begins one.
    pub fn open(&mut self, column: isize) {
        self.settle(column, false);
        let is_there = |top: &Frame<'_>| top.kind == Kind::Keys && top.column == column;
        if !self.frames.last().is_some_and(is_there) {
            let over = self.frames.last().filter(|over| over.kind == Kind::Keys);
            let deeper = over.and_then(|over| usize::try_from(column - over.column).ok());
            self.step = self.step.or(deeper.filter(|step| *step > 0));
            self.push(Kind::Keys, column, false);
        }
    }

    fn flow_key(&mut self, name: &'t str) {
        if self.frames.len() == 1 {
            self.top.push(name);
        }
        if let Some(top) = self.frames.last_mut() {
            top.entries.push(name);
            top.key = Some(name);
            top.filled = false;
        }
    }

    /// The open key or item has a value.
    fn fill(&mut self, scalar: Option<&'t str>) {
        if let Some(top) = self.frames.last_mut() {
            let is_item = top.key.is_none();
            top.filled = true;
            if is_item {
                top.entries.extend(scalar);
            }
        }
    }

    pub fn push(&mut self, kind: Kind, column: isize, flow: bool) {
        if let Some(over) = self.frames.last_mut() {
            over.filled = true;
        }
        self.numbers += 1;
        self.frames.push(Frame {
            number: self.numbers,
            kind,
            column,
            flow,
            key: None,
            filled: false,
            entries: Vec::new(),
        });
    }

    fn pop(&mut self) {
        if let Some(frame) = self.frames.pop()
            && self.wanted.contains(&frame.number)
        {
            self.closed.push((frame.number, frame.entries));
        }
    }

    /// Asks for all entries of the frame at a depth, those that are still to come included.
    pub fn want(&mut self, depth: usize) -> Option<u32> {
        let number = self.frames.get(depth)?.number;
        self.wanted.push(number);
        Some(number)
    }

    /// The keys that lead to the frame at a depth, `[]` for an item, without what is open in it.
    pub fn path(&self, depth: usize) -> Vec<&'t str> {
        self.frames
            .iter()
            .take(depth)
            .map(|frame| match (frame.kind, frame.key) {
                (Kind::Keys, key) => key.unwrap_or(""),
                (Kind::List, _) => "[]",
            })
            .collect()
    }

    /// The entries that were asked for.
    pub fn entries(&mut self, wanted: u32) -> Vec<&'t str> {
        while !self.frames.is_empty() {
            self.pop();
        }
        let found = self.closed.iter().find(|(number, _)| *number == wanted);
        found.map_or_else(Vec::new, |(_, entries)| entries.clone())
    }
}

impl<'t> Frame<'t> {
    fn note(&mut self, name: &'t str) {
        if self.kind == Kind::List {
            self.entries.push(name);
        }
    }
}

/// Whether a line has nothing more than blanks and a comment.
pub(super) fn is_nothing(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t']);
    rest.trim_end().is_empty() || rest.starts_with('#')
}

/// Whether a word begins here, in brackets.
fn starts_token(rest: &str) -> bool {
    let mut characters = rest.chars();
    characters.next().is_some_and(|first| {
        !first.is_whitespace() && !matches!(first, ',' | '[' | ']' | '{' | '}' | '#' | ':')
    })
}
