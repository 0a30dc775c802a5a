//! The mends of `compound-duty`: a line for each part.

use super::line_parts::{Part, as_line, parts};
use crate::catalog::{DutyIx, RoleIx};
use crate::recognize::{Part as WordPart, words};
use crate::rules::adding::name_of_seat;
use crate::rules::mend::Mend;
use crate::rules::moving::give;
use crate::rules::seats::SeatAt;
use crate::rules::{FileContext, Fix, FixContext};
use crate::spec::{Duty, Role, Unit};
use crate::syntax::{Item, Kind, Piece, Style};
use crate::text::Span;
use crate::workspace::{FileId, UnitFacts};

pub(super) fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(mend) = Mend::own(context) else {
        return Vec::new();
    };
    let split = mend
        .duty(context.finding.span)
        .and_then(|(unit, role, duty)| Split::of(context, &mend, unit, role, duty));
    let fixes = split.map(|split| [split.in_place(), split.to_seats()]);
    fixes.into_iter().flatten().flatten().collect()
}

/// A line in parts.
struct Split<'a> {
    context: &'a FixContext<'a>,
    mend: &'a Mend<'a>,
    role: &'a Role,
    item: Item<'a>,
    lines: Vec<Line>,
}

/// A part as a line.
struct Line {
    text: String,
    piece: Piece,
    /// The role that it belongs to and its duty, where that is not the seat.
    elsewhere: Option<(RoleIx, DutyIx)>,
}

impl<'a> Split<'a> {
    fn of(
        context: &'a FixContext<'a>,
        mend: &'a Mend<'a>,
        unit: &'a Unit,
        role: &'a Role,
        duty: &'a Duty,
    ) -> Option<Self> {
        let text = &duty.text.as_ref()?.text;
        let item = mend.source.tree.item(duty.span)?;
        let is_line = matches!(item.node.kind(), Kind::Scalar(_));
        if item.node.span() != duty.span || !is_line {
            return None;
        }
        let parts = parts(text, &context.knowledge.recognizer.explain(text));
        if parts.len() < 2 || !covers(text, &parts) {
            return None;
        }
        let facts = facts_of(context, mend.file, unit)?;
        let file = FileContext {
            file: mend.file,
            source: &mend.source,
            knowledge: context.knowledge,
            settings: context.settings,
            model: context.index.model_of(facts),
            today: context.today,
        };
        let knows_seat = role.key.role.is_some() || !role.combines.is_empty();
        let line = |part: &Part| {
            let written = styled(as_line(text, part), text);
            let owner = |duty: DutyIx| context.catalog().duty(duty).role;
            let said = part.duty.map(|said| (owner(said.duty), said.duty));
            Some(Line {
                piece: piece(mend, item, &written)?,
                text: written,
                elsewhere: said
                    .filter(|(owner, _)| knows_seat && !file.answers_for(unit, role, *owner)),
            })
        };
        let lines: Option<Vec<Line>> = parts.iter().map(line).collect();
        Some(Self {
            context,
            mend,
            role,
            item,
            lines: lines?,
        })
    }

    fn in_place(&self) -> Option<Fix> {
        let pieces: Vec<Piece> = self.lines.iter().map(|line| line.piece.clone()).collect();
        let edits = self.mend.editor().replace_item(self.item, &pieces)?;
        let title = format!("Split into {} lines", count(pieces.len()));
        Some(Fix::asked(title).edit(self.mend.file, edits))
    }

    /// The same, and what belongs to another seat goes there.
    fn to_seats(&self) -> Option<Fix> {
        let mut roles: Vec<RoleIx> = Vec::new();
        for (role, _) in self.lines.iter().filter_map(|line| line.elsewhere) {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        let editor = self.mend.editor();
        let kept: Vec<Piece> = self
            .lines
            .iter()
            .filter(|line| line.elsewhere.is_none())
            .map(|line| line.piece.clone())
            .collect();
        let out = match kept.is_empty() {
            true => editor.remove(self.item)?,
            false => editor.replace_item(self.item, &kept)?,
        };
        let mut moves = Vec::new();
        let mut fix = Fix::asked("").edit(self.mend.file, out);
        for role in roles {
            let lines: Vec<&Line> = self
                .lines
                .iter()
                .filter(|line| line.elsewhere.is_some_and(|(other, _)| other == role))
                .collect();
            let seat = SeatAt::find(self.context, self.mend.file, self.role)?;
            let [other] = seat.others(self.context, role).try_into().ok()?;
            let there = Mend::of(self.context, other.unit.file)?;
            let (_, owner) = there.seat(other.seat.key)?;
            let pieces = lines.iter().map(|line| {
                let duty = line.elsewhere.map(|(_, duty)| duty);
                (duty, line.piece.clone())
            });
            let into = give(self.context, &there, owner, pieces.collect())?;
            fix = fix.edit(there.file, into);
            let said: Vec<String> = lines
                .iter()
                .map(|line| format!("\"{}\"", line.text))
                .collect();
            let name = name_of_seat(self.context.catalog(), owner);
            moves.push(format!("{} to {name}", said.join(" and ")));
        }
        fix.title = format!("Split, and move {}", moves.join(", "));
        (!moves.is_empty()).then_some(fix)
    }
}

fn facts_of<'a>(context: &'a FixContext<'_>, file: FileId, unit: &Unit) -> Option<&'a UnitFacts> {
    let mut all = context.index.units().map(|(_, facts)| facts);
    all.find(|facts| facts.file == file && facts.kind == unit.kind && facts.id == unit.id)
}

/// Whether nothing but "and" and its like stands outside of the parts.
fn covers(text: &str, parts: &[Part]) -> bool {
    words(text).iter().all(|word| {
        let is_in = |part: &Part| part.span.start <= word.start && word.end <= part.span.end;
        let place = Span {
            start: word.start,
            end: word.end,
        };
        let is_sign = !place.slice(text).contains(char::is_alphanumeric);
        is_sign || word.part == WordPart::And || parts.iter().any(is_in)
    })
}

/// A line as its whole was written: with or without a capital and a full stop.
fn styled(line: String, whole: &str) -> String {
    let mut line = line.trim_end_matches([',', ';', '.', ' ']).to_owned();
    if whole.trim_end().ends_with('.') {
        line.push('.');
    }
    let mut letters = line.chars();
    let first = letters.next();
    // "OKRs" keep their capitals.
    let is_word = letters.next().is_some_and(char::is_lowercase);
    if whole.starts_with(char::is_lowercase)
        && is_word
        && let Some(first) = first
    {
        let rest = line.get(first.len_utf8()..).unwrap_or_default();
        return first.to_lowercase().chain(rest.chars()).collect();
    }
    line
}

/// A line in the quotes of the whole.
fn piece(mend: &Mend<'_>, item: Item<'_>, text: &str) -> Option<Piece> {
    if item.node.kind() != Kind::Scalar(Style::Quoted) {
        return Some(Piece::text(text));
    }
    let quoted = mend.editor().replace(item.node, text)?.text;
    Some(Piece {
        lines: vec![quoted.clone()],
        flow: quoted,
        ..Piece::text("")
    })
}

fn count(number: usize) -> String {
    match number {
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        number => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_written_as_the_whole_was() {
        let line = |line: &str, whole| styled(line.to_owned(), whole);
        assert_eq!(line("Groom it", "own that and groom it"), "groom it");
        assert_eq!(line("Groom it", "Own that and groom it."), "Groom it.");
        assert_eq!(line("OKRs", "own OKRs and groom it"), "OKRs");
        assert_eq!(line("Own that;", "Own that; groom it."), "Own that.");
    }
}
