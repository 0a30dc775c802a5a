//! What is shown between the words of a file: what a line is read as, and which duties a seat without a list is
//! assumed to have.

use std::fmt::Write as _;

use super::actions::pin;
use super::lookup::{Around, holds};
use super::target::{Subject, Target};
use super::{View, hover};
use crate::catalog::DutyIx;
use crate::recognize::{Certainty, Stance};
use crate::rules::Change;
use crate::spec::{Duty, Role, RoleForm, Unit};
use crate::text::{Span, TextEdit};
use crate::workspace::{Hands, Seat};

/// Something that is shown between the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Behind which byte.
    pub at: u32,
    /// The words.
    pub label: String,
    /// What it is about: the line, or the key of the seat.
    pub about: Span,
}

/// The hints of a part of a file.
pub fn hints(view: &View<'_>, range: Span) -> Vec<Hint> {
    let touches = |span: Span| span.start <= range.end && range.start <= span.end;
    let mut hints = Vec::new();
    let mut without: Vec<(&Unit, &Role)> = Vec::new();
    for unit in view.source.spec.units().filter(|unit| touches(unit.span)) {
        for role in &unit.roles {
            match &role.duties {
                Some(duties) => {
                    let lines = duties.real().filter(|duty| touches(duty.span));
                    hints.extend(lines.filter_map(|duty| line(view, duty)));
                }
                None if touches(role.key.name.span.to(role.span)) => without.push((unit, role)),
                None => {}
            }
        }
    }
    hints.extend(assumed(view, &without));
    hints.sort_by_key(|hint| hint.at);
    hints.retain(|hint| range.start <= hint.at && hint.at <= range.end);
    hints
}

/// What a line in free text is read as; nothing where it is read as none of the duties, or pinned.
fn line(view: &View<'_>, duty: &Duty) -> Option<Hint> {
    let text = duty.text.as_ref().filter(|_| duty.pin.is_none())?;
    let reading = duty.reading?;
    let catalog = view.catalog();
    let id = |duty: DutyIx| catalog.duty(duty).id.as_str();
    let doubt = match reading.certainty {
        Certainty::Weak => "?",
        _ => "",
    };
    let words = match reading.stance {
        Stance::Owns => {
            let also = duty.also.iter().map(|part| id(part.duty));
            let all: Vec<&str> = std::iter::once(id(reading.duty)).chain(also).collect();
            all.join(" + ")
        }
        Stance::HasPart | Stance::Collaborates => format!("a part in {}", id(reading.duty)),
        Stance::Negated => format!("not {}", id(reading.duty)),
    };
    let raw = text.span.slice(view.text());
    let end = u32::try_from(raw.trim_end().len()).ok()?;
    Some(Hint {
        at: text.span.start + end,
        label: format!("→ {words}{doubt}"),
        about: text.span,
    })
}

/// How many duties are assumed of seats that list none.
fn assumed(view: &View<'_>, seats: &[(&Unit, &Role)]) -> Vec<Hint> {
    if seats.is_empty() {
        return Vec::new();
    }
    let hint = |(unit, role): &(&Unit, &Role)| {
        let duties = assumed_of(view, unit, role);
        (!duties.is_empty()).then(|| Hint {
            at: end_of(view, role),
            label: match duties.len() {
                1 => "1 duty assumed".to_owned(),
                number => format!("{number} duties assumed"),
            },
            about: role.key.name.span,
        })
    };
    seats.iter().filter_map(hint).collect()
}

/// The duties that a seat is assumed to have, in the catalog's order.
fn assumed_of(view: &View<'_>, unit: &Unit, role: &Role) -> Vec<DutyIx> {
    let catalog = view.catalog();
    let of_seat = |hands: &Hands<'_>, seat: &Seat| -> Vec<DutyIx> {
        let all = catalog.duties().map(|(duty, _)| duty);
        all.filter(|duty| hands.holds(seat, *duty) == Some(Certainty::Assumed))
            .collect()
    };
    let found = view.session.product(view.file).and_then(|product| {
        let index = &product.index;
        let around = Around::find(view, unit, index)?;
        let seat = around.seat(role.key.name.span)?;
        let hands = around.hands(index, catalog);
        Some(of_seat(&hands, seat))
    });
    found.unwrap_or_default()
}

/// Where the first line of a seat ends.
fn end_of(view: &View<'_>, role: &Role) -> u32 {
    let key = role.key.name.span;
    let between = Span {
        start: key.end,
        end: role.span.start.max(key.end),
    };
    let is_below = between.slice(view.text()).contains(['\n', '\r']);
    if is_below || role.form == RoleForm::Nothing || role.span.is_empty() {
        let rest = Span {
            start: key.end,
            end: u32::try_from(view.text().len()).unwrap_or(u32::MAX),
        };
        let colon = rest.slice(view.text()).find(':').unwrap_or(0);
        return key.end + u32::try_from(colon).unwrap_or(0) + 1;
    }
    role.span.end
}

/// Why a hint says what it says, as Markdown; `about` is the hint's.
pub fn hint_text(view: &View<'_>, about: Span) -> Option<String> {
    if let Some((_, role, duty)) = view.duty(about) {
        let text = duty.text.as_ref().filter(|text| text.span == about)?;
        let target = Target {
            subject: Subject::Line(text.text.clone()),
            span: about,
            defines: false,
            seat: Some(role.key.name.span),
            entry: None,
        };
        return hover::said(view, &target);
    }
    let units = view.source.spec.units();
    let mut seats = units.flat_map(|unit| unit.roles.iter().map(move |role| (unit, role)));
    let (unit, role) = seats.find(|(_, role)| role.key.name.span == about)?;
    let catalog = view.catalog();
    let duties = assumed_of(view, unit, role);
    let mut text = format!(
        "This seat lists no duties, so {} of its role count as its own until it does:\n",
        match duties.len() {
            1 => "the 1 duty".to_owned(),
            number => format!("the {number} duties"),
        }
    );
    for duty in duties {
        let def = catalog.duty(duty);
        let _ = write!(text, "\n- `{}`: {}", def.id, def.title);
    }
    text.push_str("\n\nTo say what really holds, list them under `duties:`.");
    Some(text)
}

/// The edits that write down what a hint says: the id before the line.
pub fn hint_edits(view: &View<'_>, about: Span) -> Vec<TextEdit> {
    let is_line = view
        .duty(about)
        .is_some_and(|(_, _, duty)| duty.pin.is_none() && holds(duty.span, about));
    let action = pin(view, about).filter(|_| is_line);
    let changes = action.map(|action| action.fix.changes).unwrap_or_default();
    changes
        .into_iter()
        .flat_map(|change: Change| change.edits)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::Fixture;

    /// The text with what is shown in it.
    fn shown(text: &str, fixture: &Fixture) -> String {
        let view = fixture.view();
        let all = Span::new(0, text.len());
        let mut shown = text.to_owned();
        for hint in hints(&view, all).iter().rev() {
            shown.insert_str(hint.at as usize, &format!(" ‹{}›", hint.label));
        }
        shown
    }

    fn of(text: &str) -> String {
        shown(text, &Fixture::team(text))
    }

    #[test]
    fn lines_say_what_they_are_read_as() {
        let text = "team: checkout
roles:
  product-manager:
    holder: ana
    duties:
      - Own the product roadmap for the next four quarters
      - roadmap: Keep it in order
      - vision-and-strategy
      - text: Interview five merchants a month # every month
      - \"Sets the product vision and keeps it alive\"
      - Give input on the release notes
      - Own the roadmap and talk to users every week
      - Water the plants
      - TBD
  product-owner:
    duties: [Groom the backlog twice a week, Contributes to the product roadmap, Does not own the roadmap]
";
        assert_eq!(of(text), "team: checkout
roles:
  product-manager:
    holder: ana
    duties:
      - Own the product roadmap for the next four quarters ‹→ roadmap›
      - roadmap: Keep it in order
      - vision-and-strategy
      - text: Interview five merchants a month ‹→ customer-research› # every month
      - \"Sets the product vision and keeps it alive\" ‹→ vision-and-strategy›
      - Give input on the release notes ‹→ a part in pm-collaboration?›
      - Own the roadmap and talk to users every week ‹→ customer-research + roadmap›
      - Water the plants
      - TBD
  product-owner:
    duties: [Groom the backlog twice a week ‹→ backlog-refinement›, Contributes to the product roadmap ‹→ a part in roadmap›, Does not own the roadmap ‹→ not roadmap›]
");
    }

    #[test]
    fn seats_without_a_list_say_how_many_duties_are_assumed() {
        let text = "team: checkout
roles:
  product-manager: ana # since May
  product-owner:
    holder: ben 🎉
  scrum-master: carla
  popm: {holder: chen}
  developers:
";
        assert_eq!(
            of(text),
            "team: checkout
roles:
  product-manager: ana ‹9 duties assumed› # since May
  product-owner: ‹6 duties assumed›
    holder: ben 🎉
  scrum-master: carla
  popm: {holder: chen} ‹15 duties assumed›
  developers:
"
        );
        let text = "team: checkout\r\nmodel: po-led\r\nroles:\r\n  product-owner: ben\r\n";
        assert_eq!(
            of(text),
            "team: checkout\r\nmodel: po-led\r\nroles:\r\n  product-owner: ben ‹15 duties assumed›\r\n"
        );
    }

    #[test]
    fn only_what_is_asked_for_is_shown() {
        let text = "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n";
        let fixture = Fixture::team(text);
        let second = text.find("  product-owner").unwrap();
        let found = hints(&fixture.view(), Span::new(second, text.len()));
        let labels: Vec<&str> = found.iter().map(|hint| hint.label.as_str()).collect();
        assert_eq!(labels, ["6 duties assumed"]);
    }

    #[test]
    fn hints_say_why_and_how_to_settle_it() {
        let text = "team: checkout
roles:
  product-manager:
    duties:
      - Own the product roadmap for the next four quarters
  product-owner: ben
";
        let fixture = Fixture::team(text);
        let view = fixture.view();
        let found = hints(&view, Span::new(0, text.len()));
        let line = hint_text(&view, found[0].about).unwrap();
        assert!(
            line.contains("`roadmap`") && line.contains("To settle it"),
            "{line}"
        );
        let edits = hint_edits(&view, found[0].about);
        let pinned = crate::text::apply(text, &edits).unwrap();
        assert!(
            pinned.contains("- roadmap: Own the product roadmap for the next four quarters\n"),
            "{pinned}"
        );
        assert_eq!(
            hint_text(&view, found[1].about).unwrap(),
            "This seat lists no duties, so the 6 duties of its role count as its own until it does:

- `value-maximization`: Value of the team's work
- `backlog-refinement`: Backlog refinement
- `feedback-analysis`: Feedback analysis
- `delivery-process`: Delivery process
- `pm-collaboration`: Work with the Product Manager
- `team-liaison`: Link between team and management

To say what really holds, list them under `duties:`."
        );
        assert_eq!(hint_edits(&view, found[1].about), []);
    }
}
