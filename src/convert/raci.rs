//! Tables of who is responsible, accountable, consulted and informed.

use super::draft::{Draft, Row, Unit, duty_name, one_line, push_once, role_key};
use super::headings::{Headings, named};
use crate::catalog::{Catalog, simple_name};
use crate::markdown::{Block, Hand, Line, Matrix, Page};
use crate::spec::UnitKind;

/// Whether a page has such a table.
pub(super) fn is_there(page: &Page, catalog: &Catalog) -> bool {
    page.blocks.iter().any(|block| match block {
        Block::Table(table) => Matrix::read(&table.header, &table.rows, catalog, false).is_some(),
        _ => false,
    })
}

/// Reads every such table of a page; each belongs to the heading above it.
pub(super) fn read(page: &Page, text: &str, stem: &str, catalog: &Catalog, draft: &mut Draft) {
    let only = !is_there(page, catalog);
    let mut headings = Headings::default();
    let mut waiting: Vec<String> = Vec::new();
    let mut current: Option<(UnitKind, String)> = None;
    for block in &page.blocks {
        match block {
            Block::Heading { level, text, .. } => {
                leave(&mut waiting, current.as_ref(), draft);
                headings.enter(*level, text);
            }
            Block::Line(span) => waiting.push(span.slice(text).to_owned()),
            Block::List(items) => {
                let lists = items.iter().filter(|item| item.depth == 0);
                waiting.extend(lists.map(|item| item.span.slice(text).trim_end().to_owned()));
            }
            Block::Table(table) => {
                let Some(matrix) = Matrix::read(&table.header, &table.rows, catalog, only) else {
                    waiting.push(table.span.slice(text).trim_end().to_owned());
                    continue;
                };
                let (kind, id, name) = headings.unit(stem);
                let unit = draft.unit(kind, &id);
                if let Some(name) = name {
                    unit.call(&name);
                }
                for heading in headings.unused() {
                    push_once(&mut unit.above, heading);
                }
                for line in waiting.drain(..) {
                    push_once(&mut unit.above, line);
                }
                add(&matrix, unit, catalog);
                draft.said.push(matrix.corner.clone());
                current = Some((kind, id));
            }
        }
    }
    leave(&mut waiting, current.as_ref(), draft);
    let left = headings.all_unused();
    match &current {
        Some((kind, id)) => draft.unit(*kind, id).rest.extend(left),
        None => draft.rest.extend(left),
    }
}

/// Keeps the lines that stand behind a table.
fn leave(waiting: &mut Vec<String>, current: Option<&(UnitKind, String)>, draft: &mut Draft) {
    if let Some((kind, id)) = current {
        draft.unit(*kind, id).rest.append(waiting);
    } else if draft.units.is_empty() {
        // Above the first table: it belongs to that one.
    } else {
        draft.rest.append(waiting);
    }
}

/// Adds the rows of a table to a unit.
pub(super) fn add(matrix: &Matrix, unit: &mut Unit, catalog: &Catalog) {
    let corner = one_line(&matrix.corner);
    if named(&corner).is_some() {
        push_once(&mut unit.above, corner);
    }
    let keys: Vec<String> = matrix
        .columns
        .iter()
        .map(|column| role_key(&column.title, catalog))
        .collect();
    for (number, column) in matrix.columns.iter().enumerate() {
        let mut marks = matrix.rows().flat_map(|row| &row.marks);
        let works = marks.any(|mark| mark.column == number && mark.hand <= Hand::Responsible);
        let is_seat = column.role.is_some() || works || !column.holders.is_empty();
        let is_told = simple_name(&column.title) == keys[number];
        let in_row = matrix
            .rows()
            .any(|row| row.marks.iter().any(|mark| mark.column == number));
        if is_seat || !in_row {
            let seat = unit.seat(&column.title, catalog);
            for holder in &column.holders {
                seat.hold_by(holder);
            }
        } else if !is_told {
            // Somebody who is only asked or told needs no seat; the row says the id.
            push_once(
                &mut unit.above,
                format!("`{}`: {}", keys[number], one_line(&column.title)),
            );
        }
    }
    let mut above = Vec::new();
    for line in &matrix.lines {
        match line {
            Line::Section(title) => push_once(&mut above, title.clone()),
            Line::Row(row) => {
                let mut written = Row {
                    duty: duty_name(&row.duty.text, catalog),
                    above: std::mem::take(&mut above),
                    ..Row::default()
                };
                written.above.extend(row.notes.iter().cloned());
                for mark in &row.marks {
                    let hand = Hand::ALL.iter().position(|hand| *hand == mark.hand);
                    let list = &mut written.hands[hand.unwrap_or_default()];
                    push_once(list, keys[mark.column].clone());
                }
                unit.rows.push(written);
            }
        }
    }
    unit.rest.extend(above);
}
