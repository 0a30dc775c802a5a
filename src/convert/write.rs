//! From a draft to role files.

use super::Written;
use super::draft::{Draft, Holder, Person, Row, Seat, Unit};
use crate::markdown::Hand;
use crate::spec::UnitKind;
use crate::syntax::{Piece, Value};

/// What stands above a role of which only the name is known.
const FILLED: &str = "nobody is named: write `holder:` and a name, or `vacant: true`";

/// A file for each unit, and one for the people.
pub(super) fn files(draft: &Draft) -> Vec<Written> {
    let mut files: Vec<Written> = Vec::new();
    let mut add = |id: &str, text: Vec<String>| {
        let mut name = format!("{id}.roles.yaml");
        for number in 2.. {
            if !files.iter().any(|file| file.name == name) {
                break;
            }
            name = format!("{id}-{number}.roles.yaml");
        }
        let mut text = text.join("\n");
        text.push('\n');
        files.push(Written { name, text });
    };
    let last = draft.units.len().saturating_sub(1);
    for (at, unit) in draft.units.iter().enumerate() {
        let mut lines = unit_lines(unit);
        if at == last {
            rest(&draft.rest, &mut lines);
        }
        add(&unit.id, lines);
    }
    if !draft.people.is_empty() {
        let mut lines = vec!["people:".to_owned()];
        for person in &draft.people {
            lines.extend(indented(person_lines(person)));
        }
        if draft.units.is_empty() {
            rest(&draft.rest, &mut lines);
        }
        add("people", lines);
    }
    files
}

/// What was not understood, at the end.
fn rest(texts: &[String], lines: &mut Vec<String>) {
    if !texts.is_empty() {
        lines.push(String::new());
        lines.push("# Kept as it was, because nothing in a role file says it:".to_owned());
        lines.extend(texts.iter().flat_map(|text| comment(text)));
    }
}

fn unit_lines(unit: &Unit) -> Vec<String> {
    let mut lines: Vec<String> = unit.above.iter().flat_map(|text| comment(text)).collect();
    let mut add = |key: &str, value: Value| lines.extend(value.entry_lines(key, 2));
    add(unit.kind.name(), Value::text(&unit.id));
    let texts = [
        ("name", unit.name.as_deref()),
        ("purpose", unit.purpose.as_deref()),
        ("product", unit.product.as_deref()),
        ("model", unit.model),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            add(key, Value::text(text));
        }
    }
    let lists = [("teams", &unit.teams), ("members", &unit.members)];
    for (key, list) in lists {
        let fits = (unit.kind == UnitKind::Product) == (key == "teams");
        if !list.is_empty() && fits {
            add(key, Value::list(list.iter().map(String::as_str)));
        }
    }
    if !unit.seats.is_empty() {
        lines.push("roles:".to_owned());
        for seat in &unit.seats {
            lines.extend(indented(seat_lines(seat)));
        }
    }
    if !unit.rows.is_empty() {
        lines.push("shared:".to_owned());
        for row in &unit.rows {
            lines.extend(indented(row_lines(row)));
        }
    }
    let mut left = unit.rest.clone();
    if unit.kind == UnitKind::Product {
        left.extend(
            unit.members
                .iter()
                .map(|member| format!("Member: {member}")),
        );
    }
    rest(&left, &mut lines);
    lines
}

fn seat_lines(seat: &Seat) -> Vec<String> {
    let mut lines: Vec<String> = seat.above.iter().flat_map(|text| comment(text)).collect();
    let mut inside: Vec<String> = Vec::new();
    if let Some(title) = &seat.title {
        inside.extend(Value::text(title).entry_lines("title", 2));
    }
    match seat.holders.as_slice() {
        [] if seat.vacant => inside.extend(Value::True.entry_lines("vacant", 2)),
        [] => inside.push(format!("filled: true # {FILLED}")),
        [only] if is_bare(only) && inside.is_empty() && seat.duties.is_empty() => {
            lines.extend(Value::text(&only.person).entry_lines(&seat.key, 2));
            return lines;
        }
        [only] => inside.extend(holder_value(only).entry_lines("holder", 2)),
        several => {
            let holders = several.iter().map(holder_value).collect();
            inside.extend(Value::List(holders).entry_lines("holders", 2));
        }
    }
    if !seat.duties.is_empty() {
        inside.push("duties:".to_owned());
        for duty in &seat.duties {
            let above = duty.above.iter().flat_map(|text| comment(text));
            let mut piece = Piece::text(&duty.text);
            piece.above = above.collect();
            inside.extend(indented(piece.item_lines("- ")));
        }
    }
    // As the key of nothing, so that it is quoted where it must be.
    let key = Value::Keys(Vec::new()).entry_lines(&seat.key, 2);
    let key = key.first().and_then(|line| line.strip_suffix(" {}"));
    lines.push(key.unwrap_or(&seat.key).to_owned());
    lines.extend(indented(inside));
    lines
}

fn is_bare(holder: &Holder) -> bool {
    holder.status.is_none() && holder.since.is_none() && holder.until.is_none()
}

fn holder_value(holder: &Holder) -> Value {
    if is_bare(holder) {
        return Value::text(&holder.person);
    }
    let mut entries = vec![("person", Value::text(&holder.person))];
    let more = [
        ("status", &holder.status),
        ("since", &holder.since),
        ("until", &holder.until),
    ];
    let more = more
        .into_iter()
        .filter_map(|(key, text)| Some((key, Value::text(text.as_ref()?))));
    entries.extend(more);
    Value::Map(entries)
}

fn row_lines(row: &Row) -> Vec<String> {
    let mut lines = Vec::new();
    if !row.duty.is_empty() {
        lines.extend(Value::text(&row.duty).entry_lines("duty", 2));
    }
    for (hand, roles) in Hand::ALL.into_iter().zip(&row.hands) {
        let key = match hand {
            Hand::Accountable => "accountable",
            Hand::Responsible => "responsible",
            Hand::Consulted => "consulted",
            Hand::Informed => "informed",
        };
        match roles.as_slice() {
            [] => {}
            [only] if hand == Hand::Accountable => {
                lines.extend(Value::text(only).entry_lines(key, 2))
            }
            several => {
                lines.extend(Value::list(several.iter().map(String::as_str)).entry_lines(key, 2))
            }
        }
    }
    let piece = Piece {
        above: row.above.iter().flat_map(|text| comment(text)).collect(),
        inside: Vec::new(),
        lines,
        flow: String::new(),
    };
    if piece.lines.is_empty() {
        piece.above
    } else {
        piece.item_lines("- ")
    }
}

fn person_lines(person: &Person) -> Vec<String> {
    let mut lines: Vec<String> = person.above.iter().flat_map(|text| comment(text)).collect();
    let texts = [("name", &person.name), ("email", &person.email)];
    let entries = texts
        .into_iter()
        .filter_map(|(key, text)| Some((key, Value::text(text.as_ref()?))));
    lines.extend(Value::Map(entries.collect()).entry_lines(&person.id, 2));
    lines
}

fn indented(lines: Vec<String>) -> impl Iterator<Item = String> {
    lines.into_iter().map(|line| {
        if line.is_empty() {
            line
        } else {
            format!("  {line}")
        }
    })
}

/// A text as comments. What rolelint would take for a word to itself is set apart.
fn comment(text: &str) -> Vec<String> {
    let lines = text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']);
    let lines = lines.map(str::trim_end).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let line: String = line.chars().map(visible).collect();
            let small = line.to_lowercase();
            let speaks = ["lint", "ignore", "yaml-"]
                .iter()
                .any(|word| small.contains(word));
            if speaks {
                format!("# > {line}")
            } else {
                format!("# {line}")
            }
        })
        .collect()
}

/// YAML allows no control characters, not even in comments.
fn visible(character: char) -> char {
    let is_odd =
        character.is_control() || matches!(character, '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    if is_odd && character != '\t' {
        ' '
    } else {
        character
    }
}
