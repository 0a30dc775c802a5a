//! The teams and products of a workspace, their seats and who sits in them.

use super::{Place, View};
use crate::catalog::Catalog;
use crate::report::{CoverageSeat, CoverageSummary, coverage};
use crate::rules::Session;
use crate::spec::Status;
use crate::text::Span;
use crate::workspace::{FileId, Group, Index, Seat, UnitFacts};

/// The teams and products of a workspace.
#[derive(Debug, Default)]
pub struct Overview {
    /// How many files are checked as role files.
    pub files: usize,
    /// The products with their teams, by organisation and in order of path.
    pub groups: Vec<OverviewGroup>,
    /// How many more products there are than were wanted.
    pub left_out: usize,
}

/// A product with its teams; a team without a product is by itself.
#[derive(Debug)]
pub struct OverviewGroup {
    /// `product` or `team`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: Option<String>,
    /// Whether a file defines it; else only teams name it.
    pub defined: bool,
    /// Where it stands, or the first team that names it.
    pub place: Place,
    /// How its duties stand.
    pub summary: CoverageSummary,
    /// The product itself, where a file defines it, and its teams.
    pub units: Vec<OverviewUnit>,
}

/// A team or product.
#[derive(Debug)]
pub struct OverviewUnit {
    /// `product` or `team`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: Option<String>,
    /// Where its id stands.
    pub place: Place,
    /// Its seats.
    pub seats: Vec<OverviewSeat>,
}

/// A seat.
#[derive(Debug)]
pub struct OverviewSeat {
    /// What it is called.
    pub title: String,
    /// `held`, `vacant`, or `unsaid` where the file does not say.
    pub state: &'static str,
    /// Who does the work of an empty seat meanwhile.
    pub cover: Option<String>,
    /// Where its key stands.
    pub place: Place,
    /// Who sits in it.
    pub holders: Vec<OverviewHolder>,
}

/// Who sits in a seat.
#[derive(Debug)]
pub struct OverviewHolder {
    /// What they are called, by name where the people documents have one.
    pub name: String,
    /// As the seat calls them.
    pub person: String,
    /// `permanent`, `interim` or `acting`.
    pub status: &'static str,
    /// Where they stand.
    pub place: Place,
}

/// The teams and products of a workspace, of the first `most` products.
pub fn overview(session: &Session, most: usize) -> Overview {
    let mut overview = Overview::default();
    let mut last: Option<FileId> = None;
    for facts in session.all_facts() {
        overview.files += 1;
        // The files of an organisation follow each other.
        if last.is_some_and(|last| session.are_together(last, facts.file)) {
            continue;
        }
        last = Some(facts.file);
        let (Some(whole), Some(view)) = (session.whole(facts.file), View::of(session, facts.file))
        else {
            continue;
        };
        for group in whole.index.groups() {
            if overview.groups.len() == most {
                overview.left_out += 1;
                continue;
            }
            let found = of_group(session, group, &whole.index, view.catalog());
            overview.groups.extend(found);
        }
    }
    overview
}

fn of_group(
    session: &Session,
    group: &Group,
    index: &Index,
    catalog: &Catalog,
) -> Option<OverviewGroup> {
    let first = group.head(index)?.file;
    let coverage = coverage(group, index, catalog, session.today(first));
    let head = group.head(index)?;
    let mut seats = coverage.seats.into_iter();
    let units = group.units(index).map(|unit| {
        let own = seats.by_ref().take(unit.seats.len());
        of_unit(session, unit, own)
    });
    Some(OverviewGroup {
        units: units.collect(),
        kind: coverage.kind,
        id: coverage.id,
        name: coverage.name,
        defined: coverage.defined,
        place: match (&head.product, group.undefined) {
            (Some(product), true) => place(head.file, product.span),
            _ => place(head.file, head.id.span),
        },
        summary: coverage.summary,
    })
}

fn of_unit(
    session: &Session,
    unit: &UnitFacts,
    seats: impl Iterator<Item = CoverageSeat>,
) -> OverviewUnit {
    let seats = seats.zip(&unit.seats);
    OverviewUnit {
        kind: unit.kind.name(),
        id: unit.id.text.to_string(),
        name: unit.name.as_ref().map(ToString::to_string),
        place: place(unit.file, unit.id.span),
        seats: seats
            .map(|(shown, seat)| of_seat(session, unit.file, seat, shown))
            .collect(),
    }
}

fn of_seat(session: &Session, file: FileId, seat: &Seat, shown: CoverageSeat) -> OverviewSeat {
    // A role that the catalog does not know is called what its file calls it, capitals and all.
    let text = || {
        let text = session.text(file)?;
        Some(text.get(seat.key.range())?.trim().to_owned())
    };
    let own = if seat.role.is_none() { text() } else { None };
    let holders = shown.holders.into_iter().zip(&seat.holders);
    OverviewSeat {
        holders: holders
            .map(|(shown, holder)| OverviewHolder {
                name: shown.name,
                person: holder.person.text.to_string(),
                status: Status::name(holder.status),
                place: place(file, holder.person.span),
            })
            .collect(),
        title: own.unwrap_or(shown.title),
        state: shown.state,
        cover: shown.cover.map(|cover| cover.name),
        place: place(file, seat.key),
    }
}

fn place(file: FileId, span: Span) -> Place {
    Place { file, span }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::ide::fixture::Fixture;

    fn shown(fixture: &Fixture, overview: &Overview) -> String {
        let show = |place: Place| fixture.show(place.file, place.span);
        let mut page = String::new();
        for group in &overview.groups {
            let _ = writeln!(
                page,
                "{} {}, {} open | {}",
                group.kind,
                group.id,
                group.summary.open,
                show(group.place)
            );
            for unit in &group.units {
                let name = unit.name.as_deref().unwrap_or_default();
                let _ = writeln!(
                    page,
                    "  {} {} {name:?} | {}",
                    unit.kind,
                    unit.id,
                    show(unit.place)
                );
                for seat in &unit.seats {
                    let _ = writeln!(
                        page,
                        "    {}, {} | {}",
                        seat.title,
                        seat.state,
                        show(seat.place)
                    );
                    for holder in &seat.holders {
                        let _ = writeln!(
                            page,
                            "      {}, {} | {}",
                            holder.name,
                            holder.status,
                            show(holder.place)
                        );
                    }
                }
            }
        }
        page
    }

    #[test]
    fn products_have_their_teams_and_seats_their_holders() {
        let fixture = Fixture::of(&[
            (
                "a.roles.yaml",
                "team: checkout\nname: Checkout crew\nproduct: shop\nroles:\n  product-owner: {person: ben, status: acting}\n  Florist: [eve, ana]\n",
            ),
            (
                "b.roles.yaml",
                "team: search\nproduct: maps\nroles:\n  product-owner: {vacant: true}\n---\nteam: alone\nroles: {product-owner: ana}\n",
            ),
            ("people.roles.yaml", "people: {ana: Ana Lima}\n"),
            (
                "shop.roles.yaml",
                "product: shop\nroles: {product-manager: ana}\n",
            ),
        ]);
        let all = overview(&fixture.session, 99);
        assert_eq!((all.files, all.left_out), (4, 0));
        assert_eq!(
            shown(&fixture, &all),
            "product shop, 0 open | shop.roles.yaml:1: product: ‹shop›
  product shop \"\" | shop.roles.yaml:1: product: ‹shop›
    Product Manager, held | shop.roles.yaml:2: roles: {‹product-manager›: ana}
      Ana Lima, permanent | shop.roles.yaml:2: roles: {product-manager: ‹ana›}
  team checkout \"Checkout crew\" | a.roles.yaml:1: team: ‹checkout›
    Product Owner, held | a.roles.yaml:5: ‹product-owner›: {person: ben, status: acting}
      ben, acting | a.roles.yaml:5: product-owner: {person: ‹ben›, status: acting}
    Florist, held | a.roles.yaml:6: ‹Florist›: [eve, ana]
      eve, permanent | a.roles.yaml:6: Florist: [‹eve›, ana]
      Ana Lima, permanent | a.roles.yaml:6: Florist: [eve, ‹ana›]
product maps, 0 open | b.roles.yaml:2: product: ‹maps›
  team search \"\" | b.roles.yaml:1: team: ‹search›
    Product Owner, vacant | b.roles.yaml:4: ‹product-owner›: {vacant: true}
team alone, 6 open | b.roles.yaml:6: team: ‹alone›
  team alone \"\" | b.roles.yaml:6: team: ‹alone›
    Product Owner, held | b.roles.yaml:7: roles: {‹product-owner›: ana}
      Ana Lima, permanent | b.roles.yaml:7: roles: {product-owner: ‹ana›}
"
        );
        let some = overview(&fixture.session, 1);
        assert_eq!((some.groups.len(), some.left_out), (1, 2));
    }
}
