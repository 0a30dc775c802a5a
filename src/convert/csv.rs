//! Tables with commas, semicolons or tabs between their cells.

use super::draft::{Draft, Holder, Unit, id_of, one_line, push_once};
use super::raci;
use crate::catalog::{Catalog, simple_name};
use crate::markdown::{Cell, Matrix, Row};
use crate::spec::{Status, UnitKind};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Team,
    Product,
    Role,
    Person,
    Email,
    Duty,
    Status,
    Since,
    Until,
}

/// What columns are called; of two for one field the first is taken.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Team,
        &["team", "teams", "squad", "team-name", "crew", "group"],
    ),
    (
        Field::Product,
        &["product", "products", "product-name", "product-line"],
    ),
    (
        Field::Role,
        &[
            "role",
            "roles",
            "role-name",
            "title",
            "job-title",
            "position",
            "seat",
            "function",
        ],
    ),
    (
        Field::Person,
        &[
            "person",
            "name",
            "full-name",
            "holder",
            "held-by",
            "role-holder",
            "employee",
            "assignee",
            "who",
            "member",
        ],
    ),
    (
        Field::Email,
        &["email", "e-mail", "mail", "email-address", "e-mail-address"],
    ),
    (
        Field::Duty,
        &[
            "duty",
            "duties",
            "responsibility",
            "responsibilities",
            "accountability",
            "accountabilities",
            "task",
            "tasks",
            "activity",
        ],
    ),
    (Field::Status, &["status"]),
    (Field::Since, &["since", "start", "start-date", "from"]),
    (Field::Until, &["until", "end", "end-date", "to"]),
];

/// What the columns of a table are called that none of the fields has.
pub(super) fn unknown_heads(text: &str) -> Vec<String> {
    let Ok(sheet) = Sheet::read(text) else {
        return Vec::new();
    };
    let fields = sheet.fields();
    let heads = sheet.header.into_iter().zip(fields);
    heads
        .filter(|(_, field)| field.is_none())
        .map(|(head, _)| head)
        .collect()
}

/// The rows of a table.
pub(super) struct Sheet {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Reads a table; what stands between its cells is what its first line has most of.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        let first = text
            .lines()
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default();
        let count = |between: &u8| first.bytes().filter(|byte| byte == between).count();
        let between = [b'\t', b';', b',']
            .into_iter()
            .max_by_key(count)
            .unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(between)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| error.to_string())?;
            let row: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            if row.iter().any(|cell| !cell.is_empty()) {
                rows.push(row);
            }
        }
        let header = if rows.is_empty() {
            Vec::new()
        } else {
            rows.remove(0)
        };
        Ok(Self { header, rows })
    }

    fn fields(&self) -> Vec<Option<Field>> {
        let mut known = Vec::new();
        let mut field = |title: &String| {
            let name = simple_name(title);
            let (field, _) = NAMES
                .iter()
                .find(|(_, names)| names.contains(&name.as_str()))?;
            if known.contains(field) {
                return None;
            }
            known.push(*field);
            Some(*field)
        };
        self.header.iter().map(&mut field).collect()
    }

    fn is_list(&self) -> bool {
        let fields = self.fields();
        let has = |field| fields.contains(&Some(field));
        has(Field::Role) && self.header.len() > 1
            || has(Field::Person) && (has(Field::Team) || has(Field::Product))
    }

    fn matrix(&self, catalog: &Catalog) -> Option<Matrix> {
        let cell = |text: &String| Cell {
            text: text.clone(),
            ..Cell::default()
        };
        let width = self.header.len();
        let rows: Vec<Row> = self
            .rows
            .iter()
            .map(|row| Row {
                cells: row.iter().take(width).map(cell).collect(),
                beyond: row.get(width..).unwrap_or_default().join(", "),
                ..Row::default()
            })
            .collect();
        let header: Vec<Cell> = self.header.iter().map(cell).collect();
        Matrix::read(&header, &rows, catalog, false)
    }

    /// Whether its header is one that can be read.
    pub fn is_known(&self, catalog: &Catalog) -> bool {
        self.is_list() || self.matrix(catalog).is_some()
    }

    /// Adds what it says.
    pub fn add(&self, stem: &str, catalog: &Catalog, draft: &mut Draft) -> Result<(), String> {
        if !self.is_list() {
            let matrix = self.matrix(catalog).ok_or_else(|| {
                "its first row names no column for roles (such as `role`), and it is no table of R, A, C and I".to_owned()
            })?;
            raci::add(
                &matrix,
                draft.unit(UnitKind::Team, &id_of(stem, "team")),
                catalog,
            );
            draft.said.push(matrix.corner);
            return Ok(());
        }
        let fields = self.fields();
        let mut last = Place::default();
        let has_email = fields.contains(&Some(Field::Email));
        for row in &self.rows {
            let entry = Entry::read(row, &self.header, &fields);
            entry.add(&mut last, stem, has_email, catalog, draft);
        }
        Ok(())
    }
}

/// What holds for rows below, where they say nothing.
#[derive(Default)]
struct Place {
    unit: Option<(UnitKind, String)>,
    role: String,
}

/// A row by its fields.
#[derive(Default)]
struct Entry<'r> {
    values: Vec<(Field, &'r str)>,
    /// What no field takes.
    notes: Vec<String>,
}

impl<'r> Entry<'r> {
    fn read(row: &'r [String], header: &[String], fields: &[Option<Field>]) -> Self {
        let mut entry = Self::default();
        for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match fields.get(at).copied().flatten() {
                Some(field) => entry.values.push((field, cell)),
                None => entry.notes.push(match header.get(at).map(String::as_str) {
                    None | Some("") => cell.clone(),
                    Some(title) => format!("{title}: {cell}"),
                }),
            }
        }
        entry
    }

    fn get(&self, wanted: Field) -> Option<&'r str> {
        let value = self.values.iter().find(|(field, _)| *field == wanted);
        value.map(|(_, text)| *text)
    }

    fn unit<'d>(&self, last: &mut Place, stem: &str, draft: &'d mut Draft) -> &'d mut Unit {
        let (team, product) = (self.get(Field::Team), self.get(Field::Product));
        let place = match (team, product) {
            (Some(team), _) => (UnitKind::Team, id_of(team, "team")),
            (None, Some(product)) => (UnitKind::Product, id_of(product, "product")),
            (None, None) => last
                .unit
                .clone()
                .unwrap_or((UnitKind::Team, id_of(stem, "team"))),
        };
        if let (Some(_), Some(product)) = (team, product) {
            draft
                .unit(UnitKind::Product, &id_of(product, "product"))
                .call(product);
        }
        let unit = draft.unit(place.0, &place.1);
        if let Some(name) = team.or(product) {
            unit.call(name);
        }
        if let (Some(_), Some(product)) = (team, product) {
            let id = id_of(product, "product");
            match &unit.product {
                Some(known) if *known != id => {
                    push_once(&mut unit.above, format!("Product: {product}"))
                }
                _ => unit.product = Some(id),
            }
        }
        if last.unit.as_ref() != Some(&place) {
            last.role.clear();
        }
        last.unit = Some(place);
        unit
    }

    fn add(
        mut self,
        last: &mut Place,
        stem: &str,
        has_email: bool,
        catalog: &Catalog,
        draft: &mut Draft,
    ) {
        let person = self.get(Field::Person).map(one_line);
        let mut known = person.clone();
        if let Some(email) = self.get(Field::Email).map(one_line) {
            let id = person_id(person.as_deref(), &email, draft);
            let entry = draft.person(&id);
            entry.email = Some(email);
            entry.name = person.clone();
            known = Some(id);
        } else if let Some(name) = person
            .as_ref()
            .filter(|name| has_email && !crate::spec::is_placeholder(name))
        {
            // Once there is a list of people, everybody has to be on it.
            let same = |person: &&super::draft::Person| person.name.as_ref() == Some(name);
            let id = draft
                .people
                .iter()
                .find(same)
                .map(|person| person.id.clone());
            let id = id.unwrap_or_else(|| id_of(name, "person"));
            draft.person(&id).name = Some(name.clone());
            known = Some(id);
        }
        let unit = self.unit(last, stem, draft);
        let holder = known.map(|person| {
            let mut holder = Holder {
                person,
                ..Holder::default()
            };
            for (field, slot) in [
                (Field::Since, &mut holder.since),
                (Field::Until, &mut holder.until),
            ] {
                if let Some(text) = self.get(field) {
                    match text.parse::<jiff::civil::Date>() {
                        Ok(date) => *slot = Some(date.to_string()),
                        Err(_) => self.notes.push(self.said(field, text)),
                    }
                }
            }
            if let Some(text) = self.get(Field::Status) {
                let word = text.to_lowercase();
                match Status::WORDS.contains(&word.as_str()) {
                    true => holder.status = Some(word),
                    false => self.notes.push(self.said(Field::Status, text)),
                }
            }
            holder
        });
        if holder.is_none() {
            for field in [Field::Since, Field::Until, Field::Status] {
                if let Some(text) = self.get(field) {
                    self.notes.push(self.said(field, text));
                }
            }
        }
        let role = self.get(Field::Role).map(str::to_owned).or_else(|| {
            let goes_on = holder.is_none() && !last.role.is_empty();
            goes_on.then(|| last.role.clone())
        });
        let Some(role) = role else {
            if let Some(holder) = holder {
                push_once(&mut unit.members, holder.person);
            }
            if let Some(duty) = self.get(Field::Duty) {
                self.notes.push(self.said(Field::Duty, duty));
            }
            unit.rest.append(&mut self.notes);
            return;
        };
        let seat = unit.seat(&role, catalog);
        seat.above.append(&mut self.notes);
        if let Some(holder) = holder {
            seat.hold(holder);
        }
        for duty in self
            .get(Field::Duty)
            .into_iter()
            .flat_map(|text| text.split(['\n', ';']))
        {
            seat.answer_for(duty.trim_start_matches(['-', '*', '•', ' ']), catalog);
        }
        last.role = role;
    }

    fn said(&self, field: Field, text: &str) -> String {
        format!("{field:?}: {text}")
    }
}

/// An id for somebody: the one that the same address has, else one made from the name.
fn person_id(name: Option<&str>, email: &str, draft: &Draft) -> String {
    let same = |email: &str| {
        draft
            .people
            .iter()
            .find(|person| person.email.as_deref() == Some(email))
    };
    if let Some(known) = same(email) {
        return known.id.clone();
    }
    let before = email.split('@').next().unwrap_or_default();
    let id = id_of(name.unwrap_or(before), "person");
    let is_free = |id: &str| {
        let taken = draft.people.iter().find(|person| person.id == id);
        taken.is_none_or(|person| person.email.is_none() && person.name.as_deref() == name)
    };
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let mut ids = std::iter::once(id.clone()).chain(numbered);
    ids.find(|id| is_free(id)).unwrap_or(id)
}
