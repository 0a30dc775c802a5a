//! What stands above seats, teams, products and shared duties: how they stand.

use serde::{Deserialize, Serialize};

use super::lookup::Around;
use super::{Place, View};
use crate::catalog::{Catalog, DutyIx};
use crate::recognize::Certainty;
use crate::report::{CoverageSummary, coverage};
use crate::spec::{Role, SharedRow, Unit, UnitKind};
use crate::syntax::Name;
use crate::text::Span;
use crate::workspace::{Hands, Index, Seat};

/// Something that stands above a line; what it says is worked out when somebody looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lens {
    /// What it stands above.
    pub span: Span,
    /// What it is about.
    pub kind: LensKind,
}

/// What a lens is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LensKind {
    /// A team or a product.
    Unit,
    /// A seat.
    Seat,
    /// A row of `shared`.
    Shared,
}

/// What a lens says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LensText {
    /// The words.
    pub title: String,
    /// What is done when somebody clicks them.
    pub opens: Opens,
}

/// What is done when somebody clicks a lens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opens {
    /// Shows who answers for what in the product.
    Coverage,
    /// Shows places.
    Places(Vec<Place>),
    /// Nothing.
    Nothing,
}

/// The lenses of a file.
pub fn lenses(view: &View<'_>) -> Vec<Lens> {
    let catalog = view.catalog();
    let mut lenses = Vec::new();
    for unit in view.source.spec.units() {
        if !unit.id.text.is_empty() && catalog.duty_count() > 0 {
            let span = unit.id.span;
            let kind = LensKind::Unit;
            lenses.push(Lens { span, kind });
        }
        for role in &unit.roles {
            let known = role.key.role.is_some() || !role.combines.is_empty();
            if known && has_duties(role, catalog) {
                let span = role.key.name.span;
                let kind = LensKind::Seat;
                lenses.push(Lens { span, kind });
            }
        }
        for row in &unit.shared {
            // Of a name of the team's own nobody can tell who else means the same.
            let known = |duty: &&Name| catalog.find_duty(&duty.text).is_some();
            if let Some(duty) = row.duty.as_ref().filter(known) {
                let span = duty.span;
                let kind = LensKind::Shared;
                lenses.push(Lens { span, kind });
            }
        }
    }
    lenses
}

/// Whether a seat answers for a duty by its role, or lists some.
fn has_duties(role: &Role, catalog: &Catalog) -> bool {
    let owns = |def: &crate::catalog::DutyDef| role.is(def.role, catalog);
    role.duties.is_some() || catalog.duties().any(|(_, def)| owns(def))
}

/// What a lens says; `None` where the file is another by now.
pub fn lens_text(view: &View<'_>, lens: &Lens) -> Option<LensText> {
    let product = view.session.product(view.file)?;
    let index = &product.index;
    let mut units = view.source.spec.units();
    match lens.kind {
        LensKind::Unit => {
            let unit = units.find(|unit| unit.id.span == lens.span)?;
            let around = Around::find(view, unit, index)?;
            let coverage = coverage(
                around.group,
                index,
                view.catalog(),
                view.session.today(view.file),
            );
            let place = match coverage.kind == UnitKind::Product.name() {
                true => "in this product",
                false => "in this team",
            };
            Some(LensText {
                title: of_unit(&coverage.summary, place),
                opens: Opens::Coverage,
            })
        }
        LensKind::Seat => {
            let mut seats = units.flat_map(|unit| unit.roles.iter().map(move |role| (unit, role)));
            let (unit, role) = seats.find(|(_, role)| role.key.name.span == lens.span)?;
            let around = Around::find(view, unit, index)?;
            Some(LensText {
                title: of_seat(view, &around, role, index)?,
                opens: Opens::Coverage,
            })
        }
        LensKind::Shared => {
            let mut rows = units.flat_map(|unit| unit.shared.iter().map(move |row| (unit, row)));
            let is_it = |row: &SharedRow| row.duty.as_ref().is_some_and(|it| it.span == lens.span);
            let (unit, row) = rows.find(|(_, row)| is_it(row))?;
            Some(of_shared(view, unit, row, index))
        }
    }
}

fn duties(number: usize) -> String {
    match number {
        1 => "1 duty".to_owned(),
        number => format!("{number} duties"),
    }
}

fn of_unit(summary: &CoverageSummary, place: &str) -> String {
    let mut parts = Vec::new();
    if summary.open > 0 {
        parts.push(format!("{} uncovered {place}", duties(summary.open)));
    }
    if summary.empty > 0 {
        let vacant = "on an empty seat";
        parts.push(match summary.open {
            0 => format!("{} {vacant} {place}", duties(summary.empty)),
            _ => format!("{} {vacant}", summary.empty),
        });
    }
    if summary.unclear > 0 {
        parts.push(match summary.open + summary.empty {
            0 => format!("{} not clear {place}", duties(summary.unclear)),
            _ => format!("{} not clear", summary.unclear),
        });
    }
    match parts.as_slice() {
        [] if summary.needed == 0 => format!("who answers for what {place}"),
        [] => "all duties covered".to_owned(),
        parts => parts.join(" · "),
    }
}

/// How many of the duties that must be held a seat has, and how many stand there that should not.
fn of_seat(view: &View<'_>, around: &Around<'_>, role: &Role, index: &Index) -> Option<String> {
    let catalog = view.catalog();
    let seat = around.seat(role.key.name.span)?;
    let hands = around.hands(index, catalog);
    let own = catalog.duties();
    let own: Vec<DutyIx> = own
        .filter(|(_, def)| def.core && hands.answers_for(seat, def.role))
        .map(|(duty, _)| duty)
        .collect();
    let holds = |duty: &DutyIx| hands.holds(seat, *duty);
    let is_shared = |duty: &DutyIx| is_shared_with(&hands, seat, *duty);
    let mut parts = Vec::new();
    let is_assumed = |duty: &DutyIx| holds(duty) == Some(Certainty::Assumed);
    if !own.is_empty() && own.iter().all(is_assumed) {
        parts.push(format!("{} assumed", duties(own.len())));
    } else if !own.is_empty() {
        let held = own.iter();
        let held = held.filter(|duty| holds(duty).is_some() || is_shared(duty));
        parts.push(format!("{} of {}", held.count(), duties(own.len())));
    }
    let findings = view.session.findings(view.file);
    let lines = role.duties.as_ref().map(|duties| duties.span);
    for (rule, words) in [
        ("wrong-role", "misplaced"),
        ("contested-duty", "held twice"),
    ] {
        let here = findings.iter().filter(|finding| {
            finding.rule.id == rule && lines.is_some_and(|lines| lines.contains(finding.span.start))
        });
        let number = here.count();
        if number > 0 {
            parts.push(format!("{number} {words}"));
        }
    }
    if parts.is_empty() {
        return Some("who answers for what".to_owned());
    }
    Some(parts.join(" · "))
}

/// Whether a row of `shared` gives a duty to a seat.
fn is_shared_with(hands: &Hands<'_>, seat: &Seat, duty: DutyIx) -> bool {
    let mut units = hands.units().iter();
    units.any(|unit| unit.shared_with(seat).any(|shared| shared == duty))
}

/// Who else has to do with a shared duty.
fn of_shared(view: &View<'_>, unit: &Unit, row: &SharedRow, index: &Index) -> LensText {
    let catalog = view.catalog();
    let nothing = || LensText {
        title: "nobody else lists this".to_owned(),
        opens: Opens::Nothing,
    };
    let duty = row.duty.as_ref();
    let Some(duty) = duty.and_then(|duty| catalog.find_duty(&duty.text)) else {
        return nothing();
    };
    let Some(around) = Around::find(view, unit, index) else {
        return nothing();
    };
    let hands = Hands::of_group(around.group, index, catalog);
    let mut places: Vec<Place> = Vec::new();
    for (unit, seat) in hands.seats() {
        let lines = seat.duties.iter().filter(|line| line.duty == duty);
        let lines = lines.map(|line| line.span);
        let near = seat.near.iter();
        let near = near.filter(|line| line.has_part && line.duty == duty);
        let near = near.map(|line| line.span);
        let before = places.len();
        places.extend(lines.chain(near).map(|span| Place {
            file: unit.file,
            span,
        }));
        let is_assumed = hands.holds(seat, duty) == Some(Certainty::Assumed);
        if places.len() == before && is_assumed {
            places.push(Place {
                file: unit.file,
                span: seat.key,
            });
        }
    }
    for unit in hands.units() {
        let rows = unit.shared.iter().filter(|other| other.duty == Some(duty));
        let others = rows.filter(|other| unit.file != view.file || other.span != row.span);
        places.extend(others.map(|other| Place {
            file: unit.file,
            span: other.span,
        }));
    }
    places.dedup();
    match places.len() {
        0 => nothing(),
        number => LensText {
            title: match number {
                1 => "who else answers for this: 1 place".to_owned(),
                number => format!("who else answers for this: {number} places"),
            },
            opens: Opens::Places(places),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::Fixture;

    /// What stands above each line.
    fn shown(fixture: &Fixture) -> String {
        let view = fixture.view();
        let mut lines = Vec::new();
        for lens in lenses(&view) {
            let text = lens_text(&view, &lens).unwrap();
            let start = view.text()[..lens.span.start as usize].rfind('\n');
            let from = start.map_or(0, |at| at + 1);
            let line = view.text()[from..].lines().next().unwrap();
            lines.push(format!("{} | {}", line.trim_end(), text.title));
            if let Opens::Places(places) = &text.opens {
                for place in places {
                    lines.push(format!("    {}", fixture.show(place.file, place.span)));
                }
            }
        }
        lines.join("\n")
    }

    const PRODUCT: &str = "product: storefront
roles:
  product-manager:
    holder: ana
    duties: [customer-research, vision-and-strategy, roadmap, feature-prioritization, stakeholder-alignment]
";

    #[test]
    fn a_team_of_a_product() {
        let fixture = Fixture::of(&[
            (
                "checkout.roles.yaml",
                "team: checkout
product: storefront
roles:
  product-owner:
    holder: ben
    works_with: [product-manager]
    duties:
      - value-maximization
      - backlog-refinement
      - feedback-analysis
      - customer-focus
      - delivery-process
  scrum-master: carla
  growth-hacker: {duties: [roadmap]}
shared:
  - duty: team-liaison
    accountable: product-owner
    responsible: [scrum-master]
  - duty: release-decision
    accountable: product-manager
  - duty: roadmap
    accountable: product-manager
    responsible: [product-owner]
",
            ),
            ("storefront.roles.yaml", PRODUCT),
        ]);
        assert_eq!(
            shown(&fixture),
            "team: checkout | all duties covered
  product-owner: | 6 of 6 duties · 1 misplaced
  - duty: team-liaison | nobody else lists this
  - duty: roadmap | who else answers for this: 2 places
    storefront.roles.yaml:5: duties: [customer-research, vision-and-strategy, ‹roadmap›, feature-prioritization, stakeholder-alignment]
    checkout.roles.yaml:14: growth-hacker: {duties: [‹roadmap›]}"
        );
    }

    #[test]
    fn a_product() {
        let fixture = Fixture::of(&[
            ("storefront.roles.yaml", PRODUCT),
            (
                "checkout.roles.yaml",
                "team: checkout\nproduct: storefront\nroles: {product-owner: ben}\n",
            ),
        ]);
        assert_eq!(
            shown(&fixture),
            "product: storefront | 1 duty uncovered in this product
  product-manager: | 5 of 6 duties"
        );
    }

    #[test]
    fn a_team_that_is_a_product_of_its_own() {
        let fixture = Fixture::team(
            "team: checkout
roles:
  product-manager: ana
  product-owner:
    holder: ben
    works_with: [product-manager]
    duties:
      - backlog-refinement
      - Water the plants
",
        );
        assert_eq!(
            shown(&fixture),
            "team: checkout | 4 duties not clear in this team
  product-manager: ana | 6 duties assumed
  product-owner: | 2 of 6 duties"
        );
    }

    #[test]
    fn nothing_is_missed_where_nothing_has_to_be() {
        let fixture = Fixture::team("team: platform\nmodel: none\nroles:\n  tech-lead: eve\n");
        assert_eq!(
            shown(&fixture),
            "team: platform | who answers for what in this team"
        );
    }
}
