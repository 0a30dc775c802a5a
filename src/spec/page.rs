//! From the tables of a Markdown page to rows of `shared`.

use super::unit::{SharedRow, Unit, UnitKind};
use super::{Document, RoleName, Spec};
use crate::catalog::Catalog;
use crate::markdown::{Block, Hand, Matrix, MatrixRow, Page};
use crate::syntax::Name;
use crate::text::Span;

/// A unit for each table of who is responsible and accountable, called by the heading above it.
pub(super) fn read(text: &str, catalog: &Catalog) -> Spec {
    let mut heading = Name::default();
    let mut documents = Vec::new();
    for block in &Page::read(text).blocks {
        match block {
            Block::Heading { text, span, .. } => heading = Name::new(text, *span),
            Block::Table(table) => {
                let matrix = Matrix::read(&table.header, &table.rows, catalog, false);
                documents.extend(matrix.map(|matrix| {
                    let shared = matrix.rows().map(|row| shared(row, &matrix)).collect();
                    Document::Unit(unit(&heading, shared, table.span))
                }));
            }
            Block::List(_) | Block::Line(_) => {}
        }
    }
    Spec {
        documents,
        problems: Vec::new(),
        unmarked: Vec::new(),
        parts: Vec::new(),
    }
}

fn unit(heading: &Name, shared: Vec<SharedRow>, span: Span) -> Unit {
    Unit {
        kind: UnitKind::Team,
        id: heading.clone(),
        name: None,
        purpose: None,
        product: None,
        teams: None,
        model: None,
        members: None,
        roles: Vec::new(),
        roles_span: None,
        shared,
        span,
    }
}

fn shared(row: &MatrixRow, matrix: &Matrix) -> SharedRow {
    let roles = |hand: Hand| -> Vec<RoleName> {
        let marks = row.marks.iter().filter(|mark| mark.hand == hand);
        let columns = marks.filter_map(|mark| Some((matrix.columns.get(mark.column)?, mark.span)));
        columns
            .map(|(column, span)| RoleName {
                name: Name::new(&column.title, span),
                role: column.role,
            })
            .collect()
    };
    let accountable = roles(Hand::Accountable);
    let spans = accountable.iter().map(|role| role.name.span);
    SharedRow {
        duty: (!row.duty.text.is_empty()).then(|| Name::new(&row.duty.text, row.duty.span)),
        accountable_span: spans.reduce(Span::to),
        accountable,
        responsible: roles(Hand::Responsible),
        consulted: roles(Hand::Consulted),
        informed: roles(Hand::Informed),
        span: row.span,
    }
}
