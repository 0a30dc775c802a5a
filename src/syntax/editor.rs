//! Edits of a YAML file as small replacements on its own text: what is not touched stays as it is, byte for byte.
//!
//! Every method answers `None` where it cannot be sure: an alias or an anchor in the way, a comment that would be
//! lost, a layout that it does not know.

mod several;
mod items;
mod reshape;

use super::value::indented;
use super::{Entry, Item, Kind, Node, Piece, Style, Tree, Value};
use crate::text::{LineIndex, Span, TextEdit};

/// How far deeper levels are indented where a file does not show it.
const STEP: usize = 2;

/// Makes edits for one file.
#[derive(Debug)]
pub struct Editor<'a> {
    tree: &'a Tree,
    text: &'a str,
    lines: LineIndex,
    newline: &'static str,
}

impl<'a> Editor<'a> {
    /// For the file of a tree.
    pub fn new(tree: &'a Tree) -> Self {
        let text: &str = tree.text();
        let newline = match text.find(['\n', '\r']) {
            Some(at) if text[at..].starts_with("\r\n") => "\r\n",
            Some(at) if text[at..].starts_with('\r') => "\r",
            _ => "\n",
        };
        Self {
            tree,
            text,
            lines: LineIndex::new(text),
            newline,
        }
    }

    /// The tree it edits.
    pub fn tree(&self) -> &'a Tree {
        self.tree
    }

    // --- Single values -----------------------------------------------------------------------------------

    /// Writes another word or line in place of a scalar, in the same quotes.
    pub fn replace(&self, node: Node<'_>, text: &str) -> Option<TextEdit> {
        let Kind::Scalar(style) = node.kind() else {
            return None;
        };
        let raw = node.span().slice(self.text);
        let new = match style {
            Style::Quoted if raw.starts_with('\'') => format!("'{}'", text.replace('\'', "''")),
            Style::Quoted => double_quoted(text),
            Style::Plain if self.in_flow(node.span()) => Value::text(text).flow(),
            Style::Plain => super::plain_scalar(text),
            Style::Block => return None,
        };
        Some(TextEdit::replace(node.span(), new))
    }

    /// Writes another key.
    pub fn rename(&self, key: Span, name: &str) -> Option<TextEdit> {
        let entry = self.tree.entry(key)?;
        (entry.key.span() == key)
            .then(|| self.replace(entry.key, name))
            .flatten()
    }

    /// Writes another value behind a key, on the same line. Refuses where that would lose a comment.
    pub fn set(&self, entry: Entry<'_>, value: &Value) -> Option<Vec<TextEdit>> {
        let old = entry.value.span();
        if entry.value.kind() == Kind::Empty || old.is_empty() {
            let colon = self.colon(entry)?;
            return Some(vec![TextEdit::insert(colon, format!(" {}", value.flow()))]);
        }
        if self.is_tied(entry.value) || !self.comments_in(old).is_empty() {
            return None;
        }
        let text = match value {
            Value::Text(text) if self.in_flow(old) => Value::text(text.as_str()).flow(),
            Value::Text(text) => super::plain_scalar(text),
            value => value.flow(),
        };
        let colon = self.colon(entry)?;
        let is_block = self.line(colon) != self.line(old.start);
        let span = if is_block {
            // A block below its key comes up behind it; blanks at its end stay.
            if !self
                .comments_in(Span {
                    start: colon,
                    end: old.start,
                })
                .is_empty()
            {
                return None;
            }
            return Some(vec![TextEdit::replace(
                Span {
                    start: colon,
                    end: self.content_end(old),
                },
                format!(" {text}"),
            )]);
        } else {
            Span {
                start: old.start,
                end: self.content_end(old),
            }
        };
        Some(vec![TextEdit::replace(span, text)])
    }

    // --- Taking out --------------------------------------------------------------------------------------

    /// Takes an item out of its list. Comments stay.
    pub fn remove(&self, item: Item<'_>) -> Option<Vec<TextEdit>> {
        if self.is_tied(item.node) {
            return None;
        }
        if is_flow(item.list) {
            return self.remove_in_flow(
                item.list.items().map(Node::span).collect(),
                item.node.span(),
            );
        }
        let dash = self.dash(item)?;
        let region = self.rows(dash, item.node.span())?;
        let comments = self.comments_in(region);
        if item.list.items().count() == 1 {
            return self.empty_out(item.list, region, &comments);
        }
        let indent = self.indent(dash);
        Some(vec![self.take_rows(region, &comments, &indent)])
    }

    /// Takes an item out of its list together with its comments, to be put somewhere else.
    pub fn take(&self, item: Item<'_>) -> Option<(Piece, Vec<TextEdit>)> {
        if self.is_tied(item.node) {
            return None;
        }
        let flow = self.flow_of(item.node)?;
        let span = Span {
            start: self.start(item.node)?,
            end: item.node.span().end,
        };
        if is_flow(item.list) {
            let edits = self.remove_in_flow(item.list.items().map(Node::span).collect(), span)?;
            if self.line(span.start) != self.line(span.end) {
                return None;
            }
            let mut entries = item.node.entries();
            let line = match (entries.next(), entries.next()) {
                // `{roadmap: Four quarters}` needs no braces on a line of its own.
                (Some((key, value)), None) if matches!(value.kind(), Kind::Scalar(_)) => {
                    let (key, value) = (key.span(), value.span());
                    format!("{}: {}", key.slice(self.text), value.slice(self.text))
                }
                _ => span.slice(self.text).to_owned(),
            };
            let piece = Piece {
                above: Vec::new(),
                inside: Vec::new(),
                lines: vec![line],
                flow,
            };
            return Some((piece, edits));
        }
        let dash = self.dash(item)?;
        let own = self.rows(dash, span)?;
        let indent = self.indent(dash);
        let mut region = own;
        let mut above = Vec::new();
        let mut line = self.line(own.start);
        while line > 0 {
            let before = self.lines.line_span(line - 1, self.text);
            let text = before.slice(self.text).trim_end_matches(['\n', '\r']);
            let comment = text.trim_start_matches(' ');
            if !comment.starts_with('#') || text.len() - comment.len() != indent.len() {
                break;
            }
            above.insert(0, comment.trim_end().to_owned());
            region.start = before.start;
            line -= 1;
        }
        // A value on the next line starts right behind the dash.
        let start = match self.line(dash) == self.line(span.start) {
            true => span.start,
            false => self.blanks_end(dash + 1),
        };
        let width = (start - self.line_start(dash)) as usize;
        let mut lines = Vec::new();
        for (at, line) in (self.line(own.start)..=self.line(self.content_end(span))).enumerate() {
            let line = self.lines.line_span(line, self.text).slice(self.text);
            let line = line.trim_end_matches(['\n', '\r']);
            let skip = if at == 0 {
                width
            } else {
                (line.len() - line.trim_start_matches(' ').len()).min(width)
            };
            lines.push(line.get(skip..)?.to_owned());
        }
        let piece = Piece {
            above,
            inside: self.comments_in(own),
            lines,
            flow,
        };
        let edits = if item.list.items().count() == 1 {
            self.empty_out(item.list, region, &[])?
        } else {
            vec![TextEdit::delete(self.whole(region))]
        };
        Some((piece, edits))
    }

    /// Takes a key with its value out of its mapping. Comments stay.
    pub fn remove_entry(&self, entry: Entry<'_>) -> Option<Vec<TextEdit>> {
        if self.is_tied(entry.value) {
            return None;
        }
        if is_flow(entry.mapping) {
            let spans = entry.mapping.entries();
            let spans = spans
                .map(|(key, value)| {
                    Entry {
                        mapping: entry.mapping,
                        key,
                        value,
                    }
                    .span()
                })
                .collect();
            return self.remove_in_flow(spans, entry.span());
        }
        let start = entry.key.span().start;
        let region = self.rows(start, entry.span())?;
        let comments = self.comments_in(region);
        if entry.mapping.entries().count() == 1 {
            return self.empty_out(entry.mapping, region, &comments);
        }
        let indent = self.indent(start);
        Some(vec![self.take_rows(region, &comments, &indent)])
    }

    /// Takes a key with its value out of its mapping, and hands over the comments that stood in it.
    pub fn cut_entry(&self, entry: Entry<'_>) -> Option<(Vec<String>, Vec<TextEdit>)> {
        if is_flow(entry.mapping) || self.is_tied(entry.value) {
            return Some((Vec::new(), self.remove_entry(entry)?));
        }
        let region = self.rows(entry.key.span().start, entry.span())?;
        let edits = if entry.mapping.entries().count() == 1 {
            self.empty_out(entry.mapping, region, &[])?
        } else {
            vec![TextEdit::delete(self.whole(region))]
        };
        Some((self.comments_in(region), edits))
    }

    /// Takes comments out, with their lines where nothing else stands on them.
    pub fn remove_comment(&self, comment: Span) -> TextEdit {
        let line = self.lines.line_span(self.line(comment.start), self.text);
        let before = Span {
            start: line.start,
            end: comment.start,
        };
        let text = before.slice(self.text);
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            let mark = text.len() - text.trim_start_matches('\u{feff}').len();
            return TextEdit::delete(line.sub(mark, (line.end - line.start) as usize));
        }
        let kept = text.trim_end_matches([' ', '\t']).len();
        TextEdit::delete(Span {
            start: before.sub(kept, kept).start,
            end: comment.end,
        })
    }

    // --- Putting in --------------------------------------------------------------------------------------

    /// Puts items at the end of a list.
    pub fn push(&self, list: Node<'_>, pieces: &[Piece]) -> Option<Vec<TextEdit>> {
        if list.kind() == Kind::Alias || pieces.is_empty() {
            return None;
        }
        let last = list.items().last();
        if is_flow(list) {
            let flow: Vec<&str> = pieces.iter().map(|piece| piece.flow.as_str()).collect();
            let flow = flow.join(", ");
            let mut edits = match last {
                Some(last) => vec![TextEdit::insert(last.span().end, format!(", {flow}"))],
                None => {
                    let at = list.span().start + 1;
                    vec![TextEdit::insert(at, flow)]
                }
            };
            let comments: Vec<&String> = pieces
                .iter()
                .flat_map(|piece| piece.above.iter().chain(&piece.inside))
                .collect();
            if !comments.is_empty() {
                let at = self.line_start(list.span().start);
                let indent = self.indent(at);
                let above: Vec<String> = comments
                    .iter()
                    .map(|comment| format!("{indent}{comment}{}", self.newline))
                    .collect();
                edits.insert(0, TextEdit::insert(at, above.concat()));
            }
            return Some(edits);
        }
        let last = last?;
        let dash = self.dash(Item { list, node: last })?;
        let between = Span {
            start: dash,
            end: self.start(last)?,
        };
        // A dash with its item on the next line is copied as a plain dash.
        let between = between.slice(self.text);
        let between = if between.contains(['\n', '\r', '&', '!']) {
            "- "
        } else {
            between
        };
        let width = (dash - self.line_start(dash)) as usize;
        let lines = pieces.iter().flat_map(|piece| piece.item_lines(between));
        let lines = lines.map(|line| indented(&line, width));
        Some(vec![self.below(last.span(), lines)?])
    }

    /// Puts lines, such as comments, above the line of `at`, as far in as it is.
    pub fn above(&self, at: u32, lines: &[String]) -> TextEdit {
        let start = self.line_start(at);
        let line = Span {
            start,
            end: self.line_end(at),
        };
        let text = line.slice(self.text);
        let indent = " ".repeat(text.len() - text.trim_start_matches(' ').len());
        let lines: Vec<String> = lines
            .iter()
            .map(|line| format!("{indent}{line}{}", self.newline))
            .collect();
        TextEdit::insert(start, lines.concat())
    }

    /// Puts keys with values into a mapping: behind the key `after`, or at its end.
    pub fn add(
        &self,
        mapping: Node<'_>,
        after: Option<&str>,
        entries: &[(&str, Value)],
    ) -> Option<Vec<TextEdit>> {
        if !matches!(mapping.kind(), Kind::Mapping { .. }) {
            return None;
        }
        let all: Vec<Entry<'_>> = mapping
            .entries()
            .map(|(key, value)| Entry {
                mapping,
                key,
                value,
            })
            .collect();
        let wanted =
            after.and_then(|after| all.iter().find(|entry| entry.key.text() == Some(after)));
        let Some(place) = wanted.or(all.last()) else {
            let at = mapping.span().start + 1;
            return Some(vec![TextEdit::insert(at, flow_entries(entries))]);
        };
        if is_flow(mapping) {
            let end = place.span().end;
            // `{a: , b}`: an empty value would swallow what comes behind it.
            if place.value.span().is_empty() {
                return None;
            }
            return Some(vec![TextEdit::insert(
                end,
                format!(", {}", flow_entries(entries)),
            )]);
        }
        let start = all.first()?.key.span().start;
        let width = self.column(start);
        let step = self.step(mapping);
        let lines = entries
            .iter()
            .flat_map(|(key, value)| value.entry_lines(key, step))
            .map(|line| indented(&line, width));
        Some(vec![self.below(place.span(), lines)?])
    }

    /// Writes a value behind a key that has none (`key:`, `key: ~`), in lines below it or on its line.
    pub fn fill(&self, entry: Entry<'_>, value: &Value) -> Option<Vec<TextEdit>> {
        if !entry.value.is_null() || self.is_tied(entry.value) {
            return None;
        }
        let colon = self.colon(entry)?;
        let mut edits = Vec::new();
        let old = entry.value.span();
        if entry.value.kind() != Kind::Empty && !old.is_empty() {
            edits.push(TextEdit::delete(Span {
                start: colon,
                end: old.end,
            }));
        }
        let in_lines = matches!(value, Value::Items(items) if !items.is_empty())
            || matches!(value, Value::Keys(keys) if !keys.is_empty());
        if in_lines && !is_flow(entry.mapping) {
            edits.extend(self.lines_below(entry, value)?);
        } else {
            let text = match value {
                Value::Text(text) if !is_flow(entry.mapping) => super::plain_scalar(text),
                value => value.flow(),
            };
            edits.push(TextEdit::insert(colon, format!(" {text}")));
        }
        Some(edits)
    }

    /// Writes the lines of a value below its key.
    pub fn lines_below(&self, entry: Entry<'_>, value: &Value) -> Option<Vec<TextEdit>> {
        let width = self.column(entry.key.span().start);
        let lines = value.entry_lines("k", self.step(entry.mapping));
        let lines = lines.into_iter().skip(1).map(|line| indented(&line, width));
        Some(vec![self.below(entry.span(), lines)?])
    }

    /// Makes a group of keys of a value on the line of its key: the value goes under `main`, and `more` follows.
    /// `product-owner: ben` becomes `product-owner:` with `holder: ben` and more below it.
    pub fn expand(
        &self,
        entry: Entry<'_>,
        main: &str,
        more: &[(&str, Value)],
    ) -> Option<Vec<TextEdit>> {
        let value = entry.value;
        let span = value.span();
        if span.is_empty() || matches!(value.kind(), Kind::Scalar(Style::Block) | Kind::Empty) {
            return None;
        }
        if is_flow(entry.mapping) || self.in_flow(entry.key.span()) {
            return Some(vec![
                TextEdit::insert(span.start, format!("{{{main}: ")),
                TextEdit::insert(span.end, format!(", {}}}", flow_entries(more))),
            ]);
        }
        let width = self.column(entry.key.span().start);
        let step = self.step(entry.mapping);
        let colon = self.colon(entry)?;
        let lines = more
            .iter()
            .flat_map(|(key, value)| value.entry_lines(key, step))
            .map(|line| indented(&line, width + step));
        let below = self.below(span, lines)?;
        if self.line(colon) != self.line(span.start) {
            // A list below its key goes below the new key, further in.
            let mut edits = vec![TextEdit::insert(
                self.line_start(span.start),
                format!("{}{main}:{}", " ".repeat(width + step), self.newline),
            )];
            for line in self.line(span.start)..=self.line(self.content_end(span)) {
                let line = self.lines.line_span(line, self.text);
                if !line.slice(self.text).trim().is_empty() {
                    edits.push(TextEdit::insert(line.start, " ".repeat(step)));
                }
            }
            edits.push(below);
            return Some(edits);
        }
        if self.line(span.start) != self.line(span.end) && !is_flow(value) {
            return None;
        }
        // An anchor or a tag stays with its value.
        let mut edits = vec![TextEdit::replace(
            Span {
                start: colon,
                end: self.blanks_end(colon),
            },
            format!("{}{}{main}: ", self.newline, " ".repeat(width + step)),
        )];
        // The further lines of a list in brackets go in with its first one.
        for line in self.line(span.start) + 1..=self.line(span.end) {
            let line = self.lines.line_span(line, self.text);
            if !line.slice(self.text).trim().is_empty() {
                edits.push(TextEdit::insert(line.start, " ".repeat(step)));
            }
        }
        edits.push(below);
        Some(edits)
    }

    /// Puts a value into a list of its own: `teams: checkout` becomes `teams: [checkout]`.
    pub fn wrap(&self, node: Node<'_>) -> Option<Vec<TextEdit>> {
        let span = node.span();
        if self.is_tied(node) || self.line(span.start) != self.line(span.end) {
            return None;
        }
        if node.kind() == Kind::Scalar(Style::Plain) {
            return Some(vec![TextEdit::replace(
                span,
                format!("[{}]", Value::text(node.text()?).flow()),
            )]);
        }
        Some(vec![
            TextEdit::insert(span.start, "["),
            TextEdit::insert(span.end, "]"),
        ])
    }

    /// A new document at the end of the file.
    pub fn append_document(&self, lines: &[String]) -> TextEdit {
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let mut text = String::new();
        if !self.text.is_empty() && !self.text.ends_with(['\n', '\r']) {
            text.push_str(self.newline);
        }
        if !self.text.trim().is_empty() {
            text.push_str("---");
            text.push_str(self.newline);
        }
        for line in lines {
            text.push_str(line);
            text.push_str(self.newline);
        }
        TextEdit::insert(end, text)
    }

    // --- Where things stand ------------------------------------------------------------------------------

    fn line(&self, at: u32) -> usize {
        self.lines.line(at)
    }

    fn line_start(&self, at: u32) -> u32 {
        let line = self.lines.line_span(self.line(at), self.text);
        // A byte-order mark belongs to no line.
        if line.start == 0 && self.text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8() as u32
        } else {
            line.start
        }
    }

    /// The end of the line of `at`, without its line break.
    fn line_end(&self, at: u32) -> u32 {
        let line = self.lines.line_span(self.line(at), self.text);
        let kept = line.slice(self.text).trim_end_matches(['\n', '\r']).len();
        line.sub(kept, kept).start
    }

    fn column(&self, at: u32) -> usize {
        (at - self.line_start(at).min(at)) as usize
    }

    /// Blanks as wide as what stands before `at` on its line.
    fn indent(&self, at: u32) -> String {
        let line = Span {
            start: self.line_start(at),
            end: self.line_end(at),
        };
        let text = line.slice(self.text);
        let width = text.len() - text.trim_start_matches(' ').len();
        " ".repeat(width.max(self.column(at)))
    }

    /// How much deeper the levels of this file are indented.
    fn step(&self, mapping: Node<'_>) -> usize {
        let own = mapping
            .entries()
            .next()
            .map_or(0, |(key, _)| self.column(key.span().start));
        let mut nested = mapping.entries().filter_map(|(_, value)| {
            if is_flow(value) || !value.is_mapping() || value.kind() == Kind::Alias {
                return None;
            }
            let (key, _) = value.entries().next()?;
            self.column(key.span().start).checked_sub(own)
        });
        match nested.next() {
            Some(step) if step > 0 => step,
            _ => self.step_of_file(),
        }
    }

    fn step_of_file(&self) -> usize {
        let roots = self
            .tree
            .documents()
            .iter()
            .filter_map(|document| self.tree.root(document));
        let mut steps = roots.filter(|root| !is_flow(*root)).flat_map(|root| {
            root.entries().filter_map(move |(key, value)| {
                if is_flow(value) || !matches!(value.kind(), Kind::Mapping { .. }) {
                    return None;
                }
                let (inner, _) = value.entries().next()?;
                self.column(inner.span().start)
                    .checked_sub(self.column(key.span().start))
                    .filter(|step| *step > 0)
            })
        });
        steps.next().unwrap_or(STEP)
    }

    /// Where a node's content ends, without the line breaks at the end of a block of text.
    fn content_end(&self, span: Span) -> u32 {
        let kept = span.slice(self.text).trim_end().len();
        span.sub(kept, kept).start
    }

    /// Just behind the colon of an entry.
    fn colon(&self, entry: Entry<'_>) -> Option<u32> {
        let end = entry.key.span().end;
        let rest = self.text.get(end as usize..)?;
        let at = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest.get(at..)?.starts_with(':').then_some(())?;
        u32::try_from(at + 1).ok().map(|at| end + at)
    }

    fn blanks_end(&self, at: u32) -> u32 {
        let rest = self.text.get(at as usize..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        at + u32::try_from(blanks).unwrap_or(0)
    }

    /// Where a node begins: that of a block of text at its `|` or `>`, which is no part of its span.
    pub fn start(&self, node: Node<'_>) -> Option<u32> {
        let start = node.span().start;
        if node.kind() != Kind::Scalar(Style::Block) {
            return Some(start);
        }
        let before = self.text.get(..start as usize)?.trim_end();
        let comment = |comment: &&super::Comment| {
            comment
                .span
                .range()
                .contains(&before.len().saturating_sub(1))
        };
        let header = match self.tree.comments().iter().find(comment) {
            Some(comment) => before.get(..comment.span.start as usize)?.trim_end(),
            None => before,
        };
        let mark =
            header.trim_end_matches(|sign: char| sign.is_ascii_digit() || "+-".contains(sign));
        mark.ends_with(['|', '>'])
            .then(|| u32::try_from(mark.len() - 1).ok())
            .flatten()
    }

    /// Where the dash of an item of a block list stands.
    fn dash(&self, item: Item<'_>) -> Option<u32> {
        let start = self.start(item.node)?;
        let mut start = item
            .node
            .anchor()
            .map_or(start, |anchor| anchor.start.min(start));
        // `- !tag value`
        let line = self
            .text
            .get(self.line_start(start) as usize..start as usize)?;
        if let Some(tag) = line.rfind('!') {
            start = self.line_start(start) + u32::try_from(tag).ok()?;
        }
        let before = self.text.get(..start as usize)?;
        let before = before.trim_end_matches([' ', '\t', '\n', '\r']);
        before
            .ends_with('-')
            .then(|| u32::try_from(before.len() - 1).ok())
            .flatten()
    }

    /// The lines from `first` to the end of `span`, where nothing else stands on them but a comment.
    fn rows(&self, first: u32, span: Span) -> Option<Span> {
        let start = self.line_start(first);
        let before = Span { start, end: first }.slice(self.text);
        if !before.trim_matches(' ').is_empty() {
            return None;
        }
        let content = self.content_end(span);
        let end = self.line_end(content);
        let behind = Span {
            start: content,
            end,
        };
        let behind = behind.slice(self.text).trim_start();
        // Behind an empty value there may be its colon.
        let behind = behind.strip_prefix(':').unwrap_or(behind).trim_start();
        (behind.is_empty() || behind.starts_with('#')).then_some(Span { start, end })
    }

    /// Whole lines, with the line break that goes with them.
    fn whole(&self, region: Span) -> Span {
        let line = self.lines.line_span(self.line(region.end), self.text);
        if line.end > region.end {
            return Span {
                start: region.start,
                end: line.end,
            };
        }
        // The last line has no line break: the one before it goes.
        let before = self.text.get(..region.start as usize).unwrap_or("");
        let kept = before
            .strip_suffix("\r\n")
            .or_else(|| before.strip_suffix(['\n', '\r']))
            .unwrap_or(before);
        Span::new(kept.len(), region.end as usize)
    }

    fn take_rows(&self, region: Span, comments: &[String], indent: &str) -> TextEdit {
        if comments.is_empty() {
            return TextEdit::delete(self.whole(region));
        }
        let lines: Vec<String> = comments
            .iter()
            .map(|comment| format!("{indent}{comment}"))
            .collect();
        TextEdit::replace(region, lines.join(self.newline))
    }

    /// Takes the lines of the only child out of a collection in lines, and leaves it empty: `[]` or `{}`.
    fn empty_out(
        &self,
        collection: Node<'_>,
        region: Span,
        comments: &[String],
    ) -> Option<Vec<TextEdit>> {
        let entry = self.entry_of_value(collection)?;
        let colon = self.colon(entry)?;
        if region.start <= colon {
            return None;
        }
        let empty = if collection.is_sequence() {
            " []"
        } else {
            " {}"
        };
        let indent = self.indent(entry.key.span().start);
        Some(vec![
            TextEdit::insert(colon, empty),
            self.take_rows(region, comments, &indent),
        ])
    }

    fn remove_in_flow(&self, all: Vec<Span>, one: Span) -> Option<Vec<TextEdit>> {
        let at = all.iter().position(|span| *span == one)?;
        let span = match (
            at.checked_sub(1).and_then(|before| all.get(before)),
            all.get(at + 1),
        ) {
            (_, Some(next)) => Span {
                start: one.start,
                end: next.start,
            },
            (Some(before), None) => Span {
                start: before.end,
                end: one.end,
            },
            (None, None) => one,
        };
        // Quotes, anchors and commas apart, nothing but blanks may go with it.
        let comments = self.comments_in(span);
        comments.is_empty().then(|| vec![TextEdit::delete(span)])
    }

    /// Lines below the one on which `span` ends.
    fn below(&self, span: Span, lines: impl Iterator<Item = String>) -> Option<TextEdit> {
        let at = self.line_end(self.content_end(span));
        let behind = Span {
            start: self.content_end(span),
            end: at,
        };
        let behind = behind.slice(self.text).trim_start_matches([':', ' ', '\t']);
        if !behind.is_empty() && !behind.starts_with('#') && behind != "~" && behind != "null" {
            return None;
        }
        let text: Vec<String> = lines
            .map(|line| format!("{}{line}", self.newline))
            .collect();
        Some(TextEdit::insert(at, text.concat()))
    }

    fn comments_in(&self, span: Span) -> Vec<String> {
        self.tree
            .comments()
            .iter()
            .filter(|comment| span.start <= comment.span.start && comment.span.start < span.end)
            .map(|comment| comment.span.slice(self.text).trim_end().to_owned())
            .collect()
    }

    /// The entry whose value a collection is. A list that is no further in than its key may have the place of its
    /// only item.
    fn entry_of_value(&self, node: Node<'_>) -> Option<Entry<'_>> {
        self.tree
            .steps(node.span())
            .into_iter()
            .find_map(|step| match step {
                super::Step::Entry(entry)
                    if entry.value.span() == node.span() && entry.value.kind() == node.kind() =>
                {
                    Some(entry)
                }
                _ => None,
            })
    }

    /// Whether a node is an alias, or one that an alias may stand for.
    fn is_tied(&self, node: Node<'_>) -> bool {
        node.kind() == Kind::Alias
            || node.anchor().is_some()
            || node.items().any(|item| self.is_tied(item))
            || node
                .entries()
                .any(|(key, value)| self.is_tied(key) || self.is_tied(value))
    }

    /// Whether a place lies in brackets or braces.
    fn in_flow(&self, span: Span) -> bool {
        self.tree.steps(span).iter().any(|step| match step {
            super::Step::Entry(entry) => is_flow(entry.mapping),
            super::Step::Item(item) => is_flow(item.list),
            super::Step::Root(_) => false,
        })
    }

    /// A node on one line without comments, for brackets around it.
    fn flow_of(&self, node: Node<'_>) -> Option<String> {
        match node.kind() {
            Kind::Empty => Some("~".to_owned()),
            Kind::Alias => None,
            Kind::Scalar(style) => {
                let raw = node.span().slice(self.text);
                let one_line = !raw.contains(['\n', '\r']);
                match style {
                    Style::Quoted if one_line => Some(raw.to_owned()),
                    Style::Plain if one_line && !raw.contains([',', '[', ']', '{', '}']) => {
                        Some(raw.to_owned())
                    }
                    _ if node.text()?.contains('\n') => Some(double_quoted(node.text()?)),
                    _ => Some(Value::text(node.text()?).flow()),
                }
            }
            Kind::Sequence { .. } => {
                let items: Option<Vec<String>> =
                    node.items().map(|item| self.flow_of(item)).collect();
                Some(format!("[{}]", items?.join(", ")))
            }
            Kind::Mapping { .. } => {
                let entries: Option<Vec<String>> = node
                    .entries()
                    .map(|(key, value)| {
                        let (key, value) = (self.flow_of(key)?, self.flow_of(value)?);
                        Some(format!("{key}: {value}"))
                    })
                    .collect();
                Some(format!("{{{}}}", entries?.join(", ")))
            }
        }
    }
}

fn is_flow(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        Kind::Sequence { flow: true } | Kind::Mapping { flow: true }
    )
}

fn flow_entries(entries: &[(&str, Value)]) -> String {
    let entries: Vec<String> = entries
        .iter()
        .map(|(key, value)| format!("{key}: {}", value.flow()))
        .collect();
    entries.join(", ")
}

/// A text in double quotes.
fn double_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
