//! Who may do the work of an empty seat meanwhile.

use super::roster::{called, departure};
use crate::catalog::{Catalog, RoleIx, SCRUM_MASTER};
use crate::rules::FixContext;
use crate::rules::mend::Mend;
use crate::spec::{Role, Unit};
use crate::workspace::{Seat, SeatState};

/// How many people are offered.
const MAX_CHOICES: usize = 3;

/// Somebody who may cover for a seat.
pub(super) struct Cover<'a> {
    /// The id or name, as the files write it.
    pub person: String,
    /// What to call them.
    pub called: String,
    /// What they are already, where they hold a seat.
    pub title: Option<&'a str>,
    rank: Rank,
}

/// How near somebody is to a seat; the nearest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The other of Product Manager and Product Owner.
    Counterpart,
    /// Holds the same role in another team of the product.
    SameRole,
    /// Holds another seat of the team.
    Team,
    /// Holds a seat elsewhere in the product.
    Product,
    /// A member of the team.
    Member,
    /// The Scrum Master, who should not decide about the product.
    ScrumMaster,
}

/// The people who come first to mind, the nearest first.
pub(super) fn for_seat<'a>(
    context: &FixContext<'a>,
    mend: &Mend<'a>,
    unit: &Unit,
    role: &Role,
) -> Vec<Cover<'a>> {
    let (index, today) = (context.index, context.today);
    let nobody_listed = index.people().next().is_none();
    let is_here = |name: &str| match index.person(name) {
        Some(person) => departure(person, today).is_none(),
        None => nobody_listed,
    };
    let mut covers = holders(context, mend, unit, role);
    let members = unit.members.iter().flatten();
    covers.extend(
        members
            .filter(|member| !member.text.is_empty())
            .map(|member| Cover {
                person: member.text.to_string(),
                called: called(context.index, &member.text).to_owned(),
                title: None,
                rank: Rank::Member,
            }),
    );
    covers.retain(|cover| is_here(&cover.person) && !crate::spec::is_placeholder(&cover.person));
    covers.sort_by_key(|cover| cover.rank);
    let mut seen = std::collections::HashSet::new();
    covers.retain(|cover| seen.insert(context.index.person_key(&cover.person)));
    covers.truncate(MAX_CHOICES);
    covers
}

/// Those who hold other seats of the product and its teams.
fn holders<'a>(
    context: &FixContext<'a>,
    mend: &Mend<'a>,
    unit: &Unit,
    role: &Role,
) -> Vec<Cover<'a>> {
    let catalog: &'a Catalog = &context.knowledge.catalog;
    let Some((group, own)) = mend.group(unit) else {
        return Vec::new();
    };
    let sides = [catalog.product_manager(), catalog.product_owner()];
    let is_side = |seat: &dyn Fn(RoleIx) -> bool| sides.iter().flatten().any(|side| seat(*side));
    let of_product = is_side(&|side| role.is(side, catalog));
    let scrum_master = catalog.find_role(SCRUM_MASTER);
    let rank = |seat: &Seat, in_team: bool| {
        let same = role.key.role.is_some_and(|role| seat.is(role));
        if of_product && scrum_master.is_some_and(|role| seat.is(role)) {
            Rank::ScrumMaster
        } else if same {
            Rank::SameRole
        } else if of_product && is_side(&|side| seat.is(side)) {
            Rank::Counterpart
        } else if in_team {
            Rank::Team
        } else {
            Rank::Product
        }
    };
    let seats = group.seats(context.index);
    let held = seats.filter(|(_, seat)| seat.state == SeatState::Held);
    held.flat_map(|(unit, seat)| {
        let rank = rank(seat, std::ptr::eq(unit, own));
        let title = seat.role.map(|role| catalog.role(role).title.as_str());
        seat.holders.iter().map(move |holder| Cover {
            person: holder.person.text.to_string(),
            called: called(context.index, &holder.person.text).to_owned(),
            title,
            rank,
        })
    })
    .collect()
}
