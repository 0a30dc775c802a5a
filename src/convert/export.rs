//! A unit as a Markdown table of who is responsible, accountable, consulted and informed.

use crate::catalog::{Catalog, RoleIx, simple_name};
use crate::markdown::{Hand, find_role};
use crate::spec::{Duties, Role, RoleName, Unit, UnitKind};

struct Column {
    name: String,
    role: Option<RoleIx>,
    head: String,
}

impl Column {
    fn is(&self, role: Option<RoleIx>, name: &str) -> bool {
        match (self.role, role) {
            (None, None) => simple_name(&self.name) == simple_name(name),
            (a, b) => a == b,
        }
    }
}

/// The table of a team or product: a row for each duty on the lists of its roles and each row of `shared`, a column for
/// each role, its holders in the header. `None` where no role lists a duty and nothing is shared. `name_of` gives
/// the name of somebody by id.
pub fn raci_table(
    unit: &Unit,
    catalog: &Catalog,
    name_of: &dyn Fn(&str) -> String,
) -> Option<String> {
    let mut columns: Vec<Column> = unit
        .roles
        .iter()
        .map(|role| Column {
            name: role.key.name.text.to_string(),
            role: role.key.role,
            head: head(role, catalog, name_of),
        })
        .collect();
    let mut rows: Vec<(String, Vec<(usize, Hand)>)> = Vec::new();
    let mut add = |duty: String, mut marks: Vec<(usize, Hand)>| match rows
        .iter_mut()
        .find(|(known, _)| *known == duty)
    {
        Some((_, known)) => known.append(&mut marks),
        None => rows.push((duty, marks)),
    };
    for (at, role) in unit.roles.iter().enumerate() {
        for duty in role.duties.iter().flat_map(Duties::real) {
            let text = duty.text.as_ref().or(duty.pin.as_ref());
            let text = text.map_or("", |text| &text.text);
            // Whoever has a duty on the list answers for it and does it.
            add(
                title(text, catalog),
                vec![(at, Hand::Accountable), (at, Hand::Responsible)],
            );
        }
    }
    for row in &unit.shared {
        let duty = row.duty.as_ref().map_or("", |duty| &duty.text);
        let lists = [
            &row.accountable,
            &row.responsible,
            &row.consulted,
            &row.informed,
        ];
        let mut marks = Vec::new();
        for (hand, list) in Hand::ALL.into_iter().zip(lists) {
            for role in list {
                marks.push((column_of(role, &mut columns, catalog), hand));
            }
        }
        add(title(duty, catalog), marks);
    }
    if rows.is_empty() {
        return None;
    }
    let mut table = vec![
        std::iter::once("Duty".to_owned())
            .chain(columns.iter().map(|column| column.head.clone()))
            .collect(),
    ];
    for (duty, marks) in &rows {
        let letters = |at: usize| {
            let mut hands: Vec<Hand> = marks
                .iter()
                .filter(|(column, _)| *column == at)
                .map(|(_, hand)| *hand)
                .collect();
            hands.sort();
            hands.dedup();
            let letters: Vec<String> = hands
                .into_iter()
                .map(|hand| hand.letter().to_string())
                .collect();
            letters.join("/")
        };
        table.push(
            std::iter::once(escaped(duty))
                .chain((0..columns.len()).map(letters))
                .collect(),
        );
    }
    Some(format!("## {}\n\n{}", heading(unit), drawn(&table)))
}

fn column_of(role: &RoleName, columns: &mut Vec<Column>, catalog: &Catalog) -> usize {
    let name = &role.name.text;
    if let Some(known) = columns.iter().position(|column| column.is(role.role, name)) {
        return known;
    }
    let title = role
        .role
        .map_or(&**name, |role| catalog.role(role).title.as_str());
    columns.push(Column {
        name: name.to_string(),
        role: role.role,
        head: escaped(title),
    });
    columns.len() - 1
}

/// `Team checkout: Checkout squad`.
fn heading(unit: &Unit) -> String {
    let word = match unit.kind {
        UnitKind::Team => "Team",
        UnitKind::Product => "Product",
    };
    match &unit.name {
        Some(name) => format!("{word} {}: {}", escaped(&unit.id.text), escaped(&name.text)),
        None => format!("{word} {}", escaped(&unit.id.text)),
    }
}

/// A duty as people say it.
fn title(text: &str, catalog: &Catalog) -> String {
    match catalog.find_duty(text) {
        Some(duty) => catalog.duty(duty).title.clone(),
        None => text.to_owned(),
    }
}

fn head(role: &Role, catalog: &Catalog, name_of: &dyn Fn(&str) -> String) -> String {
    let known = role
        .key
        .role
        .map(|known| catalog.role(known).title.as_str());
    let own = role.title.as_ref().map(|title| &*title.text);
    let title = match (own, known) {
        (Some(own), Some(known)) if find_role(own, catalog) != role.key.role => {
            format!("{own} ({known})")
        }
        (Some(own), _) => own.to_owned(),
        (None, Some(known)) => known.to_owned(),
        (None, None) => role.key.name.text.to_string(),
    };
    let mut holders: Vec<String> = role
        .people()
        .map(|holder| escaped(&name_of(&holder.person.text)))
        .collect();
    if role.vacant.is_some() && holders.is_empty() {
        holders.push("vacant".to_owned());
    }
    let title = escaped(&title);
    if holders.is_empty() {
        title
    } else {
        format!("{title}<br>{}", holders.join(", "))
    }
}

/// A text as Markdown shows it in a cell.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        if "\\|*_`[]<&~".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn drawn(table: &[Vec<String>]) -> String {
    let width = |text: &String| text.chars().count();
    let columns = table.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|at| {
            table
                .iter()
                .filter_map(|row| row.get(at))
                .map(width)
                .max()
                .unwrap_or(0)
                .max(3)
        })
        .collect();
    let mut lines = Vec::new();
    for (number, row) in table.iter().enumerate() {
        let cells = row.iter().zip(&widths);
        let cells: Vec<String> = cells
            .map(|(cell, wide)| format!("{cell}{}", " ".repeat(wide - width(cell))))
            .collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if number == 0 {
            let rules: Vec<String> = widths.iter().map(|wide| "-".repeat(*wide)).collect();
            lines.push(format!("| {} |", rules.join(" | ")));
        }
    }
    lines.join("\n")
}
