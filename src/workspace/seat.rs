//! A seat as other files see it.

use jiff::civil::Date;
use smallvec::SmallVec;

use super::Roles;
use crate::catalog::{Catalog, DutyIx, Horizon, RoleIx};
use crate::recognize::{Certainty, Reading, Stance};
use crate::spec::{Duties, Duty, Role, RoleForm, Status, Unit};
use crate::syntax::Name;
use crate::text::Span;

/// Whether anybody sits in a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatState {
    /// Somebody is named, or `filled: true`.
    Held,
    /// `vacant:` says that nobody does.
    Vacant,
    /// Nobody is named, and nothing says that the seat is vacant.
    Unsaid,
}

/// A seat as other files see it.
#[derive(Debug)]
pub struct Seat {
    /// What the catalog makes of its name.
    pub role: Option<RoleIx>,
    /// Its key.
    pub key: Span,
    /// Who sits in it.
    pub holders: SmallVec<[SeatHolder; 1]>,
    /// Whether anybody does.
    pub state: SeatState,
    /// Its duties that name one of the catalog's; none where the file lists no duties. The parts of a compound
    /// line follow each other, all with the place of the line; the first is what the line as a whole names.
    pub duties: Box<[DutyFact]>,
    /// Its lines that come near to a duty and do not say that the seat answers for it.
    pub near: Box<[NearFact]>,
    /// How many lines it lists, stand-ins apart.
    pub lines: u16,
    /// How many of its lines were not recognised; `None` where the file lists no duties, and those of
    /// the catalog are assumed.
    pub unread: Option<u16>,
    /// The roles that it works with.
    pub works_with: Roles,
    /// Whether it is a group of keys, so that something could be said in it.
    pub long_form: bool,
    /// What few seats have.
    other: Option<Box<OtherSeatFacts>>,
}

/// What few seats have: the others do without the place in memory.
#[derive(Debug, Default)]
struct OtherSeatFacts {
    combines: Box<[RoleIx]>,
    cover: Option<Name>,
    vacant_since: Option<Date>,
    job_share: bool,
    hollow: bool,
}

/// Who sits in a seat.
#[derive(Debug)]
pub struct SeatHolder {
    /// A person's id or name, and where the holder stands.
    pub person: Name,
    /// On what terms.
    pub status: Status,
    /// Since when.
    pub since: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
}

/// A duty of a seat.
#[derive(Clone, Copy, Debug)]
pub struct DutyFact {
    /// Which.
    pub duty: DutyIx,
    /// How sure that is.
    pub certainty: Certainty,
    /// How far ahead it looks, where the file says so.
    pub horizon: Option<Horizon>,
    /// Where.
    pub span: Span,
}

/// A line that comes near to a duty.
#[derive(Clone, Copy, Debug)]
pub struct NearFact {
    /// The duty that it may be.
    pub duty: DutyIx,
    /// Whether it was recognised, and leaves the lead to somebody else: "Give input on the roadmap". Else it was
    /// not recognised.
    pub has_part: bool,
    /// Where.
    pub span: Span,
}

impl Seat {
    pub(super) fn of(role: &Role, unit: &Unit, catalog: &Catalog) -> Self {
        let combines: Box<[RoleIx]> = if role.combines.is_empty() {
            let known = role.key.role.map(|role| &catalog.role(role).combines);
            known.into_iter().flatten().copied().collect()
        } else {
            role.combines.iter().filter_map(|part| part.role).collect()
        };
        // With room for as many as there are, and no more.
        let mut holders = SmallVec::with_capacity(role.people().count());
        holders.extend(role.people().map(|holder| SeatHolder {
            person: holder.person.clone(),
            status: holder.status,
            since: holder.since.map(|since| since.date),
            until: holder.until.map(|until| until.date),
        }));
        let state = if role.vacant.is_some() {
            SeatState::Vacant
        } else if role.filled || !holders.is_empty() {
            SeatState::Held
        } else {
            SeatState::Unsaid
        };
        let duties = role.duties.as_ref();
        // `roadmap: TBD` lacks its words and still says whose duty the roadmap is.
        let read: Box<[DutyFact]> = duties
            .into_iter()
            .flat_map(|duties| &duties.items)
            .flat_map(|duty| {
                // A line that calls the role by another name most likely means the role all the same.
                let misnamed = || {
                    let (_, reading) = unit.misnamed(role, duty, catalog)?;
                    let certainty = Certainty::Weak;
                    Some(Reading {
                        certainty,
                        ..reading
                    })
                };
                let said = duty.all_owned();
                said.chain(duty.about_other.then(misnamed).flatten())
                    .map(|reading| DutyFact {
                        duty: reading.duty,
                        certainty: reading.certainty,
                        horizon: duty.horizon.map(|(horizon, _)| horizon),
                        span: duty.span,
                    })
            })
            .collect();
        let near = duties
            .into_iter()
            .flat_map(Duties::real)
            .filter_map(|duty| {
                let part = duty.reading.filter(has_part);
                Some(NearFact {
                    duty: part.map(|part| part.duty).or(duty.nearest)?,
                    has_part: part.is_some(),
                    span: duty.span,
                })
            })
            .collect();
        let count = |duties: &Duties, wanted: fn(&Duty) -> bool| {
            let count = duties.real().filter(|duty| wanted(duty)).count();
            u16::try_from(count).unwrap_or(u16::MAX)
        };
        let unread = duties.map(|duties| count(duties, is_unread));
        let vacant = role.vacant.as_ref();
        let other = OtherSeatFacts {
            combines,
            cover: vacant
                .and_then(|vacant| vacant.cover.as_ref())
                .filter(|cover| cover.is_somebody())
                .map(|cover| cover.person.clone()),
            vacant_since: vacant
                .and_then(|vacant| vacant.since)
                .map(|since| since.date),
            job_share: role.job_share,
            hollow: duties.is_some_and(|duties| duties.real().next().is_none()),
        };
        Self {
            role: role.key.role,
            key: role.key.name.span,
            holders,
            state,
            duties: read,
            near,
            lines: duties.map_or(0, |duties| count(duties, |_| true)),
            unread,
            works_with: works_with(role, catalog),
            long_form: role.form == RoleForm::Group,
            other: other.says_something().then(|| Box::new(other)),
        }
    }

    /// Whether the seat is that of `role`, by itself or as one side of a combination.
    pub fn is(&self, role: RoleIx) -> bool {
        self.role == Some(role) || self.combines().contains(&role)
    }

    /// The roles that it makes one seat of, by the file or by the catalog.
    pub fn combines(&self) -> &[RoleIx] {
        self.other.as_ref().map_or(&[], |other| &other.combines)
    }

    /// Who does the work of an empty seat meanwhile.
    pub fn cover(&self) -> Option<&Name> {
        self.other.as_ref()?.cover.as_ref()
    }

    /// Since when it is vacant.
    pub fn vacant_since(&self) -> Option<Date> {
        self.other.as_ref()?.vacant_since
    }

    /// Whether its holders share one job.
    pub fn job_share(&self) -> bool {
        self.other.as_ref().is_some_and(|other| other.job_share)
    }

    /// Whether it lists duties and none of them says anything.
    pub fn hollow(&self) -> bool {
        self.other.as_ref().is_some_and(|other| other.hollow)
    }

    /// Whether the catalog's duties are assumed because the file lists none.
    pub fn assumes(&self) -> bool {
        self.unread.is_none()
    }
}

impl OtherSeatFacts {
    fn says_something(&self) -> bool {
        !self.combines.is_empty()
            || self.cover.is_some()
            || self.vacant_since.is_some()
            || self.job_share
            || self.hollow
    }
}

/// Whether a line was recognised with certainty, and leaves the lead to somebody else.
fn has_part(reading: &Reading) -> bool {
    matches!(reading.stance, Stance::HasPart | Stance::Collaborates)
        && reading.certainty >= Certainty::Recognized
}

/// Whether nobody can tell what a line is. One that says how far ahead it looks means something to its writer,
/// whatever other work it may be.
fn is_unread(duty: &Duty) -> bool {
    duty.is_unread() || (duty.reading.is_none() && duty.horizon.is_some())
}

/// The roles that a seat works with: those it names, and the owners of duties that lines share with them in so
/// many words ("Shape the roadmap with the Product Manager").
fn works_with(role: &Role, catalog: &Catalog) -> Roles {
    let mut others: Roles = role
        .works_with
        .iter()
        .filter_map(|other| other.role)
        .collect();
    let lines = role.duties.iter().flat_map(Duties::real);
    let shared = lines.filter_map(|duty| duty.reading.filter(has_part));
    for reading in shared.filter(|reading| reading.stance == Stance::Collaborates) {
        let owner = catalog.duty(reading.duty).role;
        if !others.contains(&owner) {
            others.push(owner);
        }
    }
    others
}
