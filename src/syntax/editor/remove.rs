//! Taking items, keys and comments out. Other comments stay.

use super::places::{Children, Mark, Slot};
use super::{Editor, Entry, Item, Node};
use crate::syntax::Step;
use crate::text::{Span, TextEdit};

impl Editor<'_> {
    /// Takes an item out of its list. Comments stay.
    pub fn remove(&self, item: Item<'_>) -> Option<Vec<TextEdit>> {
        let children = Children::of(item.list);
        let at = children.position(item.node)?;
        self.take_out(&children, &[at])
    }

    /// Takes items out of a list that keeps others. Comments stay.
    pub fn remove_items(&self, list: Node<'_>, gone: &[Span]) -> Option<Vec<TextEdit>> {
        let items = list.items().enumerate();
        let gone: Vec<usize> = items
            .filter(|(_, item)| gone.contains(&item.span()))
            .map(|(at, _)| at)
            .collect();
        let children = Children::of(list);
        let keeps = gone.len() < children.len();
        keeps.then(|| self.take_out(&children, &gone))?
    }

    /// Takes a key with its value out of its mapping. Comments stay.
    pub fn remove_entry(&self, entry: Entry<'_>) -> Option<Vec<TextEdit>> {
        let children = Children::of(entry.mapping);
        let at = children.position(entry.key)?;
        self.take_out(&children, &[at])
    }

    /// Takes keys with their values out of a mapping that keeps others. Comments stay.
    pub fn remove_entries(&self, mapping: Node<'_>, keys: &[&str]) -> Option<Vec<TextEdit>> {
        let entries = mapping.entries().enumerate();
        let gone: Vec<usize> = entries
            .filter(|(_, (key, _))| key.text().is_some_and(|key| keys.contains(&key)))
            .map(|(at, _)| at)
            .collect();
        let children = Children::of(mapping);
        let keeps = gone.len() < children.len();
        keeps.then(|| self.take_out(&children, &gone))?
    }

    /// Takes a key with its value out of its mapping, and hands over the comments that stood in it. Where it cannot, as
    /// in braces, they stay.
    pub fn cut_entry(&self, entry: Entry<'_>) -> Option<(Vec<String>, Vec<TextEdit>)> {
        let children = Children::of(entry.mapping);
        let at = children.position(entry.key)?;
        let stay = || Some((Vec::new(), self.take_out(&children, &[at])?));
        if children.is_flow() || self.is_needed(entry.key) || self.is_needed(entry.value) {
            return stay();
        }
        let slot = self.slot(&children, at)?;
        if !self.is_first(slot.mark) || self.is_repeated(entry.mapping) {
            return stay();
        }
        let region = self.rows(slot.mark, slot.end)?;
        let comments = self.comments_in(region);
        if children.len() == 1 {
            return Some((comments, self.empty_out(&children, Some(region.start))?));
        }
        let is_free = !self.would_grow(region, self.column(slot.mark));
        is_free.then(|| (comments, vec![TextEdit::delete(self.whole(region))]))
    }

    /// Takes a comment out, with its line where nothing else stands on it.
    pub fn remove_comment(&self, comment: Span) -> TextEdit {
        let line = self.lines.line_span(self.line(comment.start), self.text);
        let before = Span {
            start: self.line_start(comment.start),
            end: comment.start,
        };
        let text = before.slice(self.text);
        if text.trim().is_empty() {
            return TextEdit::delete(Span {
                start: before.start,
                end: line.end,
            });
        }
        let kept = text.trim_end_matches([' ', '\t']).len();
        TextEdit::delete(Span {
            start: before.sub(kept, kept).start,
            end: comment.end,
        })
    }

    /// Takes children out of a list or mapping. Comments stay.
    pub(super) fn take_out(
        &self,
        children: &Children<'_>,
        gone: &[usize],
    ) -> Option<Vec<TextEdit>> {
        let needed = |at: &usize| children.nodes(*at).any(|node| self.is_needed(node));
        if gone.is_empty() || self.is_repeated(children.collection()) || gone.iter().any(needed) {
            return None;
        }
        if children.is_flow() {
            return self.take_out_of_flow(children, gone);
        }
        if gone.len() == children.len() {
            return self.empty_out(children, None);
        }
        let mut edits: Vec<TextEdit> = Vec::new();
        let mut gone = gone;
        if let [0, ..] = gone
            && let first = self.slot(children, 0)?
            && !self.is_first(first.mark)
        {
            let run = gone
                .iter()
                .enumerate()
                .take_while(|(at, gone)| at == *gone)
                .count();
            edits.push(self.pull_up(children, run)?);
            gone = gone.get(run..)?;
        }
        for at in gone {
            let slot = self.slot(children, *at)?;
            let mut region = self.rows(slot.mark, slot.end)?;
            let goes = |last: &mut TextEdit| last.text.is_empty() && last.span.end == region.start;
            if let Some(above) = edits.pop_if(goes) {
                region.start = above.span.start;
            }
            let width = self.column(slot.mark);
            if self.would_grow(region, width) {
                return None;
            }
            edits.push(self.take_rows(region, width));
        }
        Some(edits)
    }

    /// Takes the first children out where the very first stands behind a dash: the next one takes its place.
    fn pull_up(&self, children: &Children<'_>, run: usize) -> Option<TextEdit> {
        let first = self.slot(children, 0)?;
        let last = self.slot(children, run.checked_sub(1)?)?;
        let next = self.slot(children, run)?;
        let own = Span {
            start: first.mark,
            end: last.end,
        };
        if !self.is_first(next.mark) || !self.comments_in(own).is_empty() {
            return None;
        }
        let behind = Span {
            start: last.end,
            end: next.mark,
        };
        let comment = self.comment_spans(behind).next();
        Some(TextEdit::delete(Span {
            start: first.mark,
            end: comment.map_or(next.mark, |comment| comment.start),
        }))
    }

    /// Takes all children out of a list or mapping in lines, and leaves it empty: `[]` or `{}`. With `top`, comments go
    /// with them, those above from there on; else they stay.
    pub(super) fn empty_out(
        &self,
        children: &Children<'_>,
        top: Option<u32>,
    ) -> Option<Vec<TextEdit>> {
        let collection = children.collection();
        let first = self.slot(children, 0)?;
        let last = self.slot(children, children.len().checked_sub(1)?)?;
        let empty = if collection.is_sequence() { "[]" } else { "{}" };
        match self.path(collection).pop()? {
            Step::Entry(entry) if entry.value.id() == collection.id() => {
                let place = self.value_place(entry)?;
                if !place.below || place.span.start != first.mark {
                    return None;
                }
                let mut region = self.rows(first.mark, last.end)?;
                let rows = match top {
                    Some(top) => {
                        region.start = top;
                        TextEdit::delete(self.whole(region))
                    }
                    None => self.take_rows(region, self.column(entry.key.span().start)),
                };
                Some(vec![
                    TextEdit::insert(place.colon?, format!(" {empty}")),
                    rows,
                ])
            }
            Step::Item(_) => {
                let region = Span {
                    start: first.mark,
                    end: match top {
                        Some(_) => self.line_end(last.end),
                        None => last.end,
                    },
                };
                let is_over = top.is_some_and(|top| top < self.line_start(first.mark));
                let is_free = top.is_some() || self.comments_in(region).is_empty();
                (is_free && !is_over && self.is_last(last.end))
                    .then(|| vec![TextEdit::replace(region, empty)])
            }
            _ => None,
        }
    }

    fn take_out_of_flow(&self, children: &Children<'_>, gone: &[usize]) -> Option<Vec<TextEdit>> {
        if children.is_bare() {
            return None;
        }
        let mut edits = Vec::new();
        let mut rest = gone;
        while let Some(first) = rest.first().copied() {
            let run = rest
                .iter()
                .enumerate()
                .take_while(|(at, gone)| first + at == **gone);
            let (run, kept) = rest.split_at(run.count());
            rest = kept;
            let slots: Option<Vec<Slot>> = run.iter().map(|at| self.slot(children, *at)).collect();
            let slots = slots?;
            let (start, end) = (slots.first()?.mark, slots.last()?.end);
            let before = first.checked_sub(1);
            let span = if first + run.len() < children.len() {
                Span {
                    start,
                    end: self.slot(children, first + run.len())?.mark,
                }
            } else if let Some(before) = before {
                Span {
                    start: self.slot(children, before)?.end,
                    end,
                }
            } else {
                Span {
                    start,
                    end: self
                        .comma_behind(children, first + run.len() - 1, end)?
                        .unwrap_or(end),
                }
            };
            if self.comments_in(span).is_empty() {
                edits.push(TextEdit::delete(span));
                continue;
            }
            // Comments stay where they are, between the brackets.
            for (at, slot) in run.iter().zip(slots) {
                let comma = self.comma_behind(children, *at, slot.end)?;
                let own = Span {
                    start: slot.mark,
                    end: comma.unwrap_or(slot.end),
                };
                if !self.comments_in(own).is_empty() {
                    return None;
                }
                let mut whole = self.with_blanks(own);
                // The blanks between two of them belong to one only.
                let done = edits.last().map_or(0, |last: &TextEdit| last.span.end);
                whole.start = whole.start.max(done);
                edits.push(TextEdit::delete(whole));
            }
        }
        Some(edits)
    }

    /// Just behind the comma that follows a child in brackets, if one does.
    pub(super) fn comma_behind(
        &self,
        children: &Children<'_>,
        at: usize,
        end: u32,
    ) -> Option<Option<u32>> {
        let to = match children.nodes(at + 1).next() {
            Some(next) => next.span().start,
            None => children.collection().span().end.checked_sub(1)?,
        };
        let tokens = self.gap(end, to)?;
        let comma = tokens.iter().find(|token| token.mark == Mark::Comma);
        Some(comma.map(|comma| comma.span.end))
    }

    // --- Lines -------------------------------------------------------------------------------------------

    /// A place with the blanks beside it, and with its line where it has that to itself.
    fn with_blanks(&self, own: Span) -> Span {
        let line = Span {
            start: self.line_start(own.start),
            end: self.line_end(own.end),
        };
        let behind = Span {
            start: own.end,
            end: line.end,
        };
        let behind = behind.slice(self.text);
        let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        if !self.is_first(own.start) {
            let before = Span {
                start: line.start,
                end: own.start,
            };
            let kept = before.slice(self.text).trim_end_matches([' ', '\t']).len();
            return Span {
                start: before.sub(kept, kept).start,
                end: own.end,
            };
        }
        if blanks == behind.len() {
            return self.whole(line);
        }
        Span {
            start: own.start,
            end: own.end.saturating_add(u32::try_from(blanks).unwrap_or(0)),
        }
    }

    /// The lines from `start` to `end`, where nothing else stands on them but a comment.
    pub(super) fn rows(&self, start: u32, end: u32) -> Option<Span> {
        (self.is_first(start) && self.is_last(end)).then(|| Span {
            start: self.line_start(start),
            end: self.line_end(end),
        })
    }

    /// Whole lines, with the line break that goes with them.
    pub(super) fn whole(&self, region: Span) -> Span {
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

    /// Takes lines out; their comments stay, each on a line of its own.
    pub(super) fn take_rows(&self, region: Span, indent: usize) -> TextEdit {
        let comments = self.comments_in(region);
        if comments.is_empty() {
            return TextEdit::delete(self.whole(region));
        }
        let indent = " ".repeat(indent);
        let lines: Vec<String> = comments
            .iter()
            .map(|comment| format!("{indent}{comment}"))
            .collect();
        TextEdit::replace(region, lines.join(self.newline))
    }
}
