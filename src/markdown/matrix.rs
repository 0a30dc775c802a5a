//! Tables that say who is responsible, accountable, consulted and informed.

use super::page::{Cell, Row};
use crate::catalog::{Catalog, RoleIx};
use crate::text::Span;

/// What a role has to do with a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hand {
    /// Answers for it.
    Accountable,
    /// Does the work.
    Responsible,
    /// Is asked.
    Consulted,
    /// Is told.
    Informed,
}

impl Hand {
    /// All of them, as rows of `shared` list them.
    pub const ALL: [Hand; 4] = [
        Hand::Accountable,
        Hand::Responsible,
        Hand::Consulted,
        Hand::Informed,
    ];

    /// Its letter in a table.
    pub fn letter(self) -> char {
        match self {
            Hand::Accountable => 'A',
            Hand::Responsible => 'R',
            Hand::Consulted => 'C',
            Hand::Informed => 'I',
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        match word.to_lowercase().as_str() {
            "a" | "accountable" => Some(Hand::Accountable),
            "r" | "responsible" => Some(Hand::Responsible),
            "c" | "consulted" | "consult" => Some(Hand::Consulted),
            "i" | "informed" | "inform" => Some(Hand::Informed),
            _ => None,
        }
    }
}

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Nothing, or a dash.
    Blank,
    /// Letters, and whether there is more to it than they say (`R*`).
    Hands(Vec<Hand>, bool),
    /// Something else.
    Other,
}

impl Marks {
    /// Reads `R`, `A/R`, `C, I`, `AR`, `Accountable`.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if text.chars().all(|c| "-–—−‐‑_. ".contains(c)) {
            return Marks::Blank;
        }
        let mut hands = Vec::new();
        let words = text.split(|c: char| !c.is_alphanumeric());
        for word in words.filter(|word| !word.is_empty()) {
            match Hand::of_word(word) {
                Some(hand) => hands.push(hand),
                None => match run(word) {
                    Some(run) => hands.extend(run),
                    None => return Marks::Other,
                },
            }
        }
        if hands.is_empty() {
            return Marks::Other;
        }
        hands.sort();
        hands.dedup();
        let is_plain =
            |c: char| c.is_alphanumeric() || c.is_whitespace() || "/,+&().;|".contains(c);
        Marks::Hands(hands, !text.chars().all(is_plain))
    }
}

/// Letters without anything between them: `AR`.
fn run(word: &str) -> Option<Vec<Hand>> {
    let hands: Option<Vec<Hand>> = word
        .chars()
        .map(|letter| {
            letter
                .is_ascii_uppercase()
                .then(|| Hand::of_word(letter.encode_utf8(&mut [0; 4])))
                .flatten()
        })
        .collect();
    hands.filter(|hands| {
        let mut once = hands.clone();
        once.sort();
        once.dedup();
        once.len() == hands.len()
    })
}

/// A column for a role.
#[derive(Clone, Debug)]
pub struct Column {
    /// What it is called.
    pub title: String,
    /// Who holds the role, where the header says.
    pub holders: Vec<String>,
    /// What the catalog makes of it.
    pub role: Option<RoleIx>,
    /// Its header.
    pub span: Span,
}

/// A letter in a row.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The number of the column.
    pub column: usize,
    /// The letter.
    pub hand: Hand,
    /// The cell.
    pub span: Span,
}

/// A duty with its letters.
#[derive(Clone, Debug)]
pub struct MatrixRow {
    /// The duty.
    pub duty: Cell,
    /// Who has what to do with it.
    pub marks: Vec<Mark>,
    /// What else the row says.
    pub notes: Vec<String>,
    /// The whole row.
    pub span: Span,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub enum Line {
    /// A title above further rows.
    Section(String),
    /// A duty.
    Row(MatrixRow),
}

/// A table of duties and roles.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// A column for each role.
    pub columns: Vec<Column>,
    /// What the column of the duties is called.
    pub corner: String,
    /// What the other columns are called.
    pub others: Vec<String>,
    /// Its rows.
    pub lines: Vec<Line>,
}

/// What the column of the duties is usually called.
const DUTY_WORDS: &[&str] = &[
    "activity",
    "activities",
    "task",
    "duty",
    "deliverable",
    "decision",
    "responsibility",
    "process",
    "area",
    "work",
    "raci",
    "what",
    "step",
    "action",
];

impl Matrix {
    /// Reads a table. A table of grades or options has letters as well; so unless somebody says what it is (`told`),
    /// one of its columns must be a role of the catalog.
    pub fn read(header: &[Cell], rows: &[Row], catalog: &Catalog, told: bool) -> Option<Self> {
        let knows = |cell: &Cell| role_in(&cell.text, catalog).is_some();
        let firsts = || rows.iter().filter_map(|row| row.cells.first());
        let known = header.iter().filter(|cell| knows(cell)).count();
        if known == 0 && firsts().filter(|cell| knows(cell)).count() > 1 {
            let (header, rows) = turned(header, rows);
            return Self::upright(&header, &rows, catalog, told);
        }
        Self::upright(header, rows, catalog, told)
    }

    fn upright(header: &[Cell], rows: &[Row], catalog: &Catalog, told: bool) -> Option<Self> {
        let is_role: Vec<bool> = (0..header.len())
            .map(|at| is_role_column(at, header, rows, catalog))
            .collect();
        let others: Vec<usize> = (0..header.len()).filter(|at| !is_role[*at]).collect();
        let duty = duty_column(&others, header, rows)?;
        let mut columns = Vec::new();
        let mut numbers = vec![None; header.len()];
        for (at, cell) in header.iter().enumerate().filter(|(at, _)| is_role[*at]) {
            numbers[at] = Some(columns.len());
            let (title, holders) = holders_of(&cell.text, catalog);
            columns.push(Column {
                role: find_role(&title, catalog),
                title,
                holders,
                span: cell.span,
            });
        }
        let lines: Vec<Line> = rows
            .iter()
            .map(|row| line(row, header, duty, &numbers))
            .collect();
        let has_hands = lines.iter().any(|line| match line {
            Line::Section(_) => false,
            Line::Row(row) => row.marks.iter().any(|mark| mark.hand <= Hand::Responsible),
        });
        let is_one = has_hands && columns.iter().any(|column| column.role.is_some());
        let others = others.iter().filter(|at| **at != duty);
        (is_one || told && !columns.is_empty()).then(|| Self {
            columns,
            corner: header[duty].text.clone(),
            others: others.map(|at| header[*at].text.clone()).collect(),
            lines,
        })
    }

    /// The duties.
    pub fn rows(&self) -> impl Iterator<Item = &MatrixRow> {
        self.lines.iter().filter_map(|line| match line {
            Line::Row(row) => Some(row),
            Line::Section(_) => None,
        })
    }
}

fn cell_at(row: &Row, at: usize) -> &str {
    row.cells.get(at).map_or("", |cell| cell.text.trim())
}

/// Whether most of a column's cells are letters; of one without any cells the header decides.
fn is_role_column(at: usize, header: &[Cell], rows: &[Row], catalog: &Catalog) -> bool {
    let (mut hands, mut blank) = (0, 0);
    for row in rows {
        match Marks::read(cell_at(row, at)) {
            Marks::Hands(..) => hands += 1,
            Marks::Blank => blank += 1,
            Marks::Other => {}
        }
    }
    let other = rows.len() - hands - blank;
    let title = &header[at].text;
    let known = role_in(title, catalog).is_some();
    hands > 0 && (known || hands >= other)
        || known && other == 0
        || at > 0 && other == 0 && !title.trim().is_empty()
}

/// The column that says what the work is: the one that is called so, else the one with the most words.
fn duty_column(others: &[usize], header: &[Cell], rows: &[Row]) -> Option<usize> {
    let is_called = |at: &usize| {
        let title = header[*at].text.to_lowercase();
        let mut words = title.split(|c: char| !c.is_alphanumeric());
        words.any(|word| {
            let one = word.strip_suffix('s').unwrap_or(word);
            DUTY_WORDS.contains(&word) || DUTY_WORDS.contains(&one)
        })
    };
    let length = |at: &usize| -> usize {
        rows.iter()
            .map(|row| cell_at(row, *at).chars().count())
            .sum()
    };
    let called: Vec<usize> = others.iter().copied().filter(is_called).collect();
    let choice = if called.is_empty() { others } else { &called };
    // Of two that are as long the first.
    choice.iter().copied().rev().max_by_key(length)
}

fn line(row: &Row, header: &[Cell], duty: usize, numbers: &[Option<usize>]) -> Line {
    let empty = Cell::default();
    let name = row.cells.get(duty).unwrap_or(&empty);
    let mut found = MatrixRow {
        duty: name.clone(),
        marks: Vec::new(),
        notes: Vec::new(),
        span: row.span,
    };
    let said = |at: usize, text: &str| match header[at].text.trim() {
        "" => text.to_owned(),
        title => format!("{}: {text}", title.replace('\n', " ")),
    };
    for (at, cell) in row.cells.iter().enumerate().filter(|(at, _)| *at != duty) {
        let text = cell.text.trim();
        match (numbers.get(at).copied().flatten(), Marks::read(text)) {
            (_, Marks::Blank) => {}
            (Some(column), Marks::Hands(hands, more)) => {
                let mark = |hand| Mark {
                    column,
                    hand,
                    span: cell.span,
                };
                found.marks.extend(hands.into_iter().map(mark));
                if more {
                    found.notes.push(said(at, text));
                }
            }
            _ => found.notes.push(said(at, text)),
        }
    }
    let links = row.cells.iter().flat_map(|cell| &cell.links);
    found.notes.extend(links.cloned());
    if !row.beyond.is_empty() {
        found.notes.push(row.beyond.clone());
    }
    let alone = found.marks.is_empty() && found.notes.is_empty();
    if alone && (name.strong || name.text.is_empty()) {
        return Line::Section(name.text.clone());
    }
    // In a row with a title in another column, that is all it has.
    if found.marks.is_empty() && name.text.is_empty() {
        return Line::Section(found.notes.join(", "));
    }
    Line::Row(found)
}

/// Rows for columns.
fn turned(header: &[Cell], rows: &[Row]) -> (Vec<Cell>, Vec<Row>) {
    let empty = Cell::default();
    let all = || std::iter::once(header).chain(rows.iter().map(|row| row.cells.as_slice()));
    let column = |at: usize| -> Vec<Cell> {
        all()
            .map(|cells| cells.get(at).unwrap_or(&empty).clone())
            .collect()
    };
    let width = all().map(<[Cell]>::len).max().unwrap_or(0);
    let beyond: Vec<&str> = rows
        .iter()
        .map(|row| row.beyond.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    let mut turned: Vec<Row> = (1..width)
        .map(|at| {
            let cells = column(at);
            let spans = cells.iter().map(|cell| cell.span);
            Row {
                span: spans.reduce(Span::to).unwrap_or_default(),
                cells,
                beyond: String::new(),
            }
        })
        .collect();
    if let Some(last) = turned.last_mut() {
        last.beyond = beyond.join(", ");
    }
    (column(0), turned)
}

fn role_in(text: &str, catalog: &Catalog) -> Option<RoleIx> {
    find_role(&holders_of(text, catalog).0, catalog)
}

/// The role of a title; `Product Owner (PO)` and `PO (Product Owner)` say one thing twice.
pub fn find_role(title: &str, catalog: &Catalog) -> Option<RoleIx> {
    let parts = || {
        let (before, inside) = title.trim().strip_suffix(')')?.rsplit_once('(')?;
        catalog
            .find_role(before)
            .or_else(|| catalog.find_role(inside))
    };
    catalog.find_role(title).or_else(parts)
}

/// What a title says of the role, and of who holds it: `Product Owner (Ben Okafor)`, or the name on a line below.
pub fn holders_of(text: &str, catalog: &Catalog) -> (String, Vec<String>) {
    let text = text.trim();
    let names = |text: &str| -> Vec<String> {
        let names = text.split([',', '/', '&', '\n', ';']);
        let names = names.flat_map(|name| name.split(" and "));
        names
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect()
    };
    if let Some((title, below)) = text.split_once('\n')
        && !title.trim().is_empty()
    {
        return (title.trim().to_owned(), names(below));
    }
    let Some((title, inside)) = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
    else {
        return (text.to_owned(), Vec::new());
    };
    let title = title.trim();
    let is_name = |name: &String| {
        let begins = name.chars().next().is_some_and(char::is_uppercase);
        begins && name.chars().any(char::is_lowercase)
    };
    let inside_names = names(inside);
    let is_role = catalog.find_role(inside).is_some();
    if !title.is_empty() && !is_role && !inside_names.is_empty() && inside_names.iter().all(is_name)
    {
        return (title.to_owned(), inside_names);
    }
    (text.to_owned(), Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Block, Page};

    #[test]
    fn letters_are_read_as_people_write_them() {
        use Hand::{Accountable as A, Consulted as C, Informed as I, Responsible as R};
        let hands = |text| match Marks::read(text) {
            Marks::Hands(hands, false) => hands,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(hands("R"), [R]);
        assert_eq!(hands("A/R"), [A, R]);
        assert_eq!(hands("C, I"), [C, I]);
        assert_eq!(hands("AR"), [A, R]);
        assert_eq!(hands("r & a"), [A, R]);
        assert_eq!(hands("Accountable"), [A]);
        assert_eq!(Marks::read("R*"), Marks::Hands(vec![R], true));
        for blank in ["", " ", "-", "–", "—"] {
            assert_eq!(Marks::read(blank), Marks::Blank, "{blank}");
        }
        for other in ["S", "?", "yes", "RR", "Air", "n/a", "✓"] {
            assert_eq!(Marks::read(other), Marks::Other, "{other}");
        }
    }

    #[test]
    fn only_tables_of_roles_are_read() {
        let catalog = Catalog::builtin("popm");
        let read = |text: &str| {
            let page = Page::read(text);
            let Some(Block::Table(table)) = page.blocks.first() else {
                panic!("no table: {page:?}");
            };
            Matrix::read(&table.header, &table.rows, &catalog, false)
        };
        assert!(read("| Option | Grade |\n|---|---|\n| Blue | A |\n").is_none());
        assert!(read("| Product Owner | Since |\n|---|---|\n| Ben | May |\n").is_none());
        let table = read(
            "| Task | PO (Ben Okafor) | Legal |\n|---|---|---|\n| Ship \\| it | **A** | C |\n",
        );
        let table = table.unwrap_or_else(|| panic!("no matrix"));
        let [po, legal] = table.columns.as_slice() else {
            panic!("{table:?}");
        };
        assert_eq!(po.role, catalog.product_owner());
        assert_eq!(po.holders, ["Ben Okafor"]);
        assert_eq!(legal.role, None);
        let row = table.rows().next().map(|row| row.duty.text.as_str());
        assert_eq!(row, Some("Ship | it"));
    }
}
