//! Markdown pages: their headings, tables and lists, each with its place, and the tables that say who is responsible,
//! accountable, consulted and informed.

mod matrix;
mod page;

pub use matrix::{Column, Hand, Line, Mark, Marks, Matrix, MatrixRow, find_role, holders_of};
pub use page::{Block, Cell, Item, Page, Row, Table};
