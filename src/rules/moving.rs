//! Duties that change hands: taken from a seat with their comments, put on another one, or shared by two.

use super::mend::Mend;
use super::seats::SeatAt;
use super::{Fix, FixContext};
use crate::catalog::{DutyIx, RoleIx};
use crate::spec::{Duty, Role, SharedRow, Unit};
use crate::syntax::{Entry, Kind, Node, Piece, Value};
use crate::text::{Span, TextEdit};

/// The most seats that a menu offers for one duty: of more than these, none is likelier than another.
const MOST_SEATS: usize = 4;

/// The lines of a seat that say that a duty is theirs.
pub(super) fn lines_of(role: &Role, duty: DutyIx) -> Vec<&Duty> {
    let lines = role.duties.iter().flat_map(|duties| &duties.items);
    lines
        .filter(|line| line.all_owned().any(|said| said.duty == duty))
        .collect()
}

/// A line on its way from one seat to another.
pub(super) struct Moving<'a> {
    /// The line.
    pub line: &'a Duty,
    /// The duty that it stands for, where that is known.
    pub duty: Option<DutyIx>,
    /// The id that it gets before its words.
    pub pin: Option<&'a str>,
}

impl<'a> Moving<'a> {
    /// A line that stands for a duty.
    pub fn of(line: &'a Duty, duty: DutyIx) -> Self {
        Self {
            line,
            duty: Some(duty),
            pin: None,
        }
    }

    /// Whether the line is the id of a duty and nothing else.
    pub fn is_bare(&self) -> bool {
        let line = self.line;
        line.text.is_none() && line.pin.as_ref().is_some_and(|pin| pin.span == line.span)
    }
}

/// Moves lines of a seat to the seat of another role: one mend for each seat that they can go to.
pub(super) fn move_to(
    context: &FixContext<'_>,
    here: &Mend<'_>,
    role: &Role,
    lines: &[Moving<'_>],
    wanted: RoleIx,
) -> Vec<Fix> {
    let Some(at) = SeatAt::find(context, here.file, role) else {
        return Vec::new();
    };
    let others = at.others(context, wanted);
    let is_mirrored = |at: &SeatAt<'_>| at.is_mirrored(context);
    if others.len() > MOST_SEATS || is_mirrored(&at) || others.iter().any(is_mirrored) {
        return Vec::new();
    }
    let fixes = others.into_iter();
    fixes
        .filter_map(|to| move_to_seat(context, here, at, lines, (to, wanted)))
        .collect()
}

fn move_to_seat(
    context: &FixContext<'_>,
    here: &Mend<'_>,
    at: SeatAt<'_>,
    lines: &[Moving<'_>],
    (to, wanted): (SeatAt<'_>, RoleIx),
) -> Option<Fix> {
    let there = Mend::of(context, to.unit.file)?;
    let (_, owner) = there.seat(to.seat.key)?;
    let (taken, out) = take(here, lines)?;
    let with_pin = |(moving, piece): (&Moving<'_>, Piece)| {
        let piece = match (moving.pin, &moving.line.text) {
            (Some(id), Some(text)) => pinned(piece, id, &text.text),
            _ => piece,
        };
        (moving.duty, piece)
    };
    let pieces: Vec<(Option<DutyIx>, Piece)> = lines.iter().zip(taken).map(with_pin).collect();
    let known = context.catalog().role(wanted);
    let mut name = match owner.key.role {
        Some(role) if role == wanted => known.title.clone(),
        _ => format!("`{}`", owner.key.name.text),
    };
    if !std::ptr::eq(to.unit, at.unit) {
        name = format!("{name} of {}", to.unit.label());
    }
    // A seat without a list is assumed to have the duty already, and an id says no more than that.
    let says_no_more = lines.iter().zip(&pieces).all(|(moving, (_, piece))| {
        moving.is_bare() && piece.above.is_empty() && piece.inside.is_empty()
    });
    if owner.duties.is_none() && says_no_more && lines.iter().all(|line| line.pin.is_none()) {
        return Some(
            Fix::asked(format!("Leave it to {name}, who has it anyway")).edit(here.file, out),
        );
    }
    let into = give(context, &there, owner, pieces)?;
    let pin = lines.iter().find_map(|line| line.pin);
    let pin = pin.map_or_else(String::new, |id| format!(" as `{id}`"));
    Some(
        Fix::asked(format!("Move to {name}{pin}"))
            .edit(here.file, out)
            .edit(there.file, into),
    )
}

/// Takes lines of one seat out.
pub(super) fn take(here: &Mend<'_>, lines: &[Moving<'_>]) -> Option<(Vec<Piece>, Vec<TextEdit>)> {
    let taken: Option<Vec<(Piece, Vec<TextEdit>)>> = lines
        .iter()
        .map(|moving| here.take_duty(moving.line))
        .collect();
    let (pieces, edits): (Vec<Piece>, Vec<Vec<TextEdit>>) = taken?.into_iter().unzip();
    let list = here.source.tree.item(lines.first()?.line.span)?.list;
    let left = list.items().count().checked_sub(lines.len())?;
    if lines.len() == 1 || (list.kind() != Kind::Sequence { flow: true } && left > 0) {
        return Some((pieces, edits.concat()));
    }
    if list.kind() != (Kind::Sequence { flow: true }) {
        return None;
    }
    // In brackets each takes the comma that follows it; behind the last that stays there is none.
    let is_gone = |span: Span| lines.iter().any(|moving| moving.line.span == span);
    let mut edits = Vec::new();
    let mut kept: Option<Span> = None;
    let mut run: Option<Span> = None;
    for span in list.items().map(Node::span) {
        if is_gone(span) {
            run = Some(run.map_or(span, |run| run.to(span)));
        } else {
            edits.extend(run.take().map(|run| Span {
                end: span.start,
                ..run
            }));
            kept = Some(span);
        }
    }
    edits.extend(run.map(|run| match kept {
        Some(kept) => Span {
            start: kept.end,
            ..run
        },
        None => run,
    }));
    let comments = here.source.tree.comments();
    let has_comment = |edit: &Span| {
        comments
            .iter()
            .any(|comment| edit.range().contains(&(comment.span.start as usize)))
    };
    if edits.iter().any(has_comment) {
        return None;
    }
    Some((pieces, edits.into_iter().map(TextEdit::delete).collect()))
}

/// A piece with an id before its words. Its comments go above it.
fn pinned(piece: Piece, id: &str, text: &str) -> Piece {
    let mut above = piece.above;
    above.extend(piece.inside);
    Piece {
        above,
        ..Piece::pinned(id, text)
    }
}

/// Puts lines on a seat, each with the duty that it stands for, where that is known. Where the catalog's duties are
/// assumed, the others are written out as well, so that none of them is lost.
pub(super) fn give(
    context: &FixContext<'_>,
    there: &Mend<'_>,
    role: &Role,
    lines: Vec<(Option<DutyIx>, Piece)>,
) -> Option<Vec<TextEdit>> {
    if role.duties.is_some() {
        let pieces: Vec<Piece> = lines.into_iter().map(|(_, piece)| piece).collect();
        return there.add_duties(role, &pieces, &[]);
    }
    let at = SeatAt::find(context, there.file, role)?;
    let own = at.own_duties(context);
    let mut all: Vec<Piece> = Vec::new();
    let mut rest = lines;
    for (duty, def) in at.answers_for(context) {
        let is_it = |(known, _): &(Option<DutyIx>, Piece)| *known == Some(duty);
        let (same, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_it);
        rest = others;
        if !same.is_empty() {
            all.extend(same.into_iter().map(|(_, piece)| piece));
        } else if own.iter().any(|(known, _)| *known == duty) {
            all.push(Piece::text(&def.id));
        }
    }
    all.extend(rest.into_iter().map(|(_, piece)| piece));
    let mut edits = Vec::new();
    let entry = there.entry(role)?;
    let is_flow = |node: Node<'_>| node.kind() == Kind::Mapping { flow: true };
    if is_flow(entry.mapping) || is_flow(entry.value) {
        // There is no place for comments in braces.
        let comments: Vec<String> = all
            .iter_mut()
            .flat_map(|piece| {
                std::mem::take(&mut piece.above)
                    .into_iter()
                    .chain(std::mem::take(&mut piece.inside))
            })
            .collect();
        if !comments.is_empty() {
            edits.push(there.editor().above(entry.key.span().start, &comments));
        }
    }
    edits.extend(there.add_keys(role, &[("duties", Value::Items(all))])?);
    Some(edits)
}

/// Says in `shared:` that one role answers for a duty and another has a hand in it. A row that is there already gets
/// the second role among those who do the work.
pub(super) fn share(
    here: &Mend<'_>,
    unit: &Unit,
    duty: &str,
    (accountable, responsible): (&str, &str),
) -> Option<Vec<TextEdit>> {
    let is_it = |row: &&SharedRow| row.duty.as_ref().is_some_and(|name| &*name.text == duty);
    let Some(row) = unit.shared.iter().find(is_it) else {
        return here.share(unit, duty, accountable, &[responsible]);
    };
    let item = here.source.tree.item(row.span)?;
    let mapping = item.node;
    if mapping.span() != row.span {
        return None;
    }
    let mut edits = add_name(here, mapping, "responsible", responsible)?;
    // Whoever does the work need not be asked or told.
    for key in ["consulted", "informed"] {
        edits.extend(without_name(here, mapping, key, responsible)?);
    }
    Some(edits)
}

/// Adds a name to one of the lists of a mapping.
fn add_name(
    mend: &Mend<'_>,
    mapping: Node<'_>,
    key: &'static str,
    word: &str,
) -> Option<Vec<TextEdit>> {
    let editor = mend.editor();
    let Some(entry) = entry_of(mapping, key) else {
        return editor.add(mapping, Some("accountable"), &[(key, Value::list([word]))]);
    };
    match entry.value.kind() {
        Kind::Sequence { .. } => editor.push(entry.value, &[Piece::text(word)]),
        _ if entry.value.is_null() => editor.fill(entry, &Value::list([word])),
        Kind::Scalar(_) => editor.set(entry, &Value::list([entry.value.text()?, word])),
        _ => None,
    }
}

/// Takes a name out of one of the lists of a mapping, and the list with it where nothing is left.
fn without_name(
    mend: &Mend<'_>,
    mapping: Node<'_>,
    key: &str,
    word: &str,
) -> Option<Vec<TextEdit>> {
    let Some(entry) = entry_of(mapping, key) else {
        return Some(Vec::new());
    };
    let editor = mend.editor();
    let is_only = match entry.value.kind() {
        Kind::Sequence { .. } => {
            let mut items = entry.value.items();
            let Some(item) = items.find(|item| item.text() == Some(word)) else {
                return Some(Vec::new());
            };
            if entry.value.items().count() > 1 {
                let list = entry.value;
                return editor.remove(crate::syntax::Item { list, node: item });
            }
            true
        }
        _ => entry.value.text() == Some(word),
    };
    match is_only {
        true => editor.remove_entry(entry),
        false => Some(Vec::new()),
    }
}

/// A key of a mapping with its value.
pub(super) fn entry_of<'n>(mapping: Node<'n>, key: &str) -> Option<Entry<'n>> {
    let mut entries = mapping.entries();
    let (key, value) = entries.find(|(name, _)| name.text() == Some(key))?;
    Some(Entry {
        mapping,
        key,
        value,
    })
}
