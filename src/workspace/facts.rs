use smallvec::SmallVec;

use crate::catalog::{Catalog, DutyIx, Horizon, Model, RoleIx, Scope, simple_name};
use crate::recognize::{Certainty, Reading, Stance};
use crate::spec::{Document, Duties, Duty, Role, RoleForm, RoleName, SourceFile, Status, Unit, UnitKind};
use crate::syntax::Name;
use crate::text::Span;

use super::FileId;
use super::unresolved::{self, Unresolved};

/// A few roles, without a place of their own in memory.
pub type Roles = SmallVec<[RoleIx; 4]>;

/// What other files need to know of one: as little as possible, because there may be 100,000.
#[derive(Debug)]
pub struct FileFacts {
    /// Which file.
    pub file: FileId,
    /// Its teams and products.
    pub units: Box<[UnitFacts]>,
    /// What hardly any file has.
    other: Option<Box<OtherFacts>>,
}

/// What other files need to know of documents that are no teams and products.
#[derive(Debug)]
pub struct OtherFacts {
    /// Its people.
    pub people: Vec<PersonFact>,
    /// Whether it has a people document, be it empty.
    pub has_people: bool,
    /// Words that a syntax error kept out of its people document, as in [`UnitFacts::lost`].
    pub lost_people: Option<Box<str>>,
    /// The ids of its catalogs.
    pub catalogs: Vec<Name>,
    /// Names in its catalogs that are defined nowhere.
    pub unresolved: Vec<Unresolved>,
}

/// A person of a people document.
#[derive(Debug)]
pub struct PersonFact {
    /// Which file.
    pub file: FileId,
    /// Stable id.
    pub id: Name,
    /// As people call them.
    pub name: Option<Name>,
    /// E-mail address.
    pub email: Option<Name>,
    /// Their last day, with its place.
    pub left: Option<(jiff::civil::Date, Span)>,
}

/// A team or product as other files see it.
#[derive(Debug)]
pub struct UnitFacts {
    /// Which file.
    pub file: FileId,
    /// Team or product.
    pub kind: UnitKind,
    /// Its id; empty where the file names none.
    pub id: Name,
    /// The product that a team names.
    pub product: Option<Name>,
    /// The teams that a product lists.
    pub teams: Box<[Name]>,
    /// The model that it names.
    pub model: Option<Model>,
    /// Its seats.
    pub seats: Box<[Seat]>,
    /// Its rows of `shared`.
    pub shared: Box<[SharedFact]>,
    /// The key `roles`; the id where there is none. Findings about what is missing stand here.
    pub roles_at: Span,
    /// Words that a syntax error kept out of the tree, in small letters: what seems missing may be among them.
    pub lost: Option<Box<str>>,
    /// The keys of roles that the catalog does not know, as simple names; almost always empty.
    pub own_roles: Box<[Box<str>]>,
    /// Names that the catalog does not know; almost always empty.
    pub unresolved: Box<[Unresolved]>,
    /// The members that a team lists, where a holder who should be one is not among them in so many words;
    /// nobody else asks, and lists of members are long.
    pub members: Option<Box<Members>>,
}

/// The members of a team.
#[derive(Debug)]
pub struct Members {
    /// Ids or names, as written.
    pub names: Box<[Box<str>]>,
    /// All of them.
    pub span: Span,
}

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
    /// The roles that it makes one seat of, by the file or by the catalog.
    pub combines: Box<[RoleIx]>,
    /// Who sits in it.
    pub holders: SmallVec<[SeatHolder; 1]>,
    /// Whether anybody does.
    pub state: SeatState,
    /// Who does the work of an empty seat meanwhile.
    pub cover: Option<Box<Name>>,
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
    /// Whether it lists duties and none of them says anything.
    pub hollow: bool,
    /// The roles that it works with.
    pub works_with: Roles,
    /// Whether it is a group of keys, so that something could be said in it.
    pub long_form: bool,
}

/// Who sits in a seat.
#[derive(Debug)]
pub struct SeatHolder {
    /// A person's id or name, and where the holder stands.
    pub person: Name,
    /// On what terms.
    pub status: Status,
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

/// A row of `shared`.
#[derive(Debug)]
pub struct SharedFact {
    /// The duty of the catalog, where it is one.
    pub duty: Option<DutyIx>,
    /// Who answers for it, as far as the catalog knows the role.
    pub accountable: Roles,
    /// How many roles are named as accountable, unknown ones included.
    pub accountable_named: u8,
    /// Where `accountable` stands; the row where there is none.
    pub accountable_at: Span,
    /// Who does the work.
    pub responsible: Roles,
    /// Where.
    pub span: Span,
}

impl OtherFacts {
    const NONE: OtherFacts = OtherFacts {
        people: Vec::new(),
        has_people: false,
        lost_people: None,
        catalogs: Vec::new(),
        unresolved: Vec::new(),
    };
}

static NO_OTHER: OtherFacts = OtherFacts::NONE;

impl FileFacts {
    /// The facts of a file.
    pub fn of(file: FileId, source: &SourceFile, catalog: &Catalog) -> Self {
        let mut units = Vec::new();
        let mut other = OtherFacts::NONE;
        let mut has_other = false;
        for document in &source.spec.documents {
            has_other |= !matches!(document, Document::Unit(_));
            match document {
                Document::Unit(unit) => units.push(UnitFacts::of(file, unit, source, catalog)),
                Document::People(document) => {
                    other.has_people = true;
                    if other.lost_people.is_none() {
                        other.lost_people = lost_words(document.span, source);
                    }
                    other
                        .people
                        .extend(document.people.iter().map(|person| PersonFact {
                            file,
                            id: person.id.clone(),
                            name: person.name.clone(),
                            email: person.email.clone(),
                            left: person.left.map(|left| (left.date, left.span)),
                        }));
                }
                Document::Catalog(document) => {
                    other.catalogs.push(document.id.clone());
                    other
                        .unresolved
                        .extend(unresolved::of_catalog(document, catalog));
                }
            }
        }
        Self {
            file,
            units: units.into(),
            other: has_other.then(|| Box::new(other)),
        }
    }

    /// Its people and catalogs.
    pub fn other(&self) -> &OtherFacts {
        self.other.as_deref().unwrap_or(&NO_OTHER)
    }
}

impl UnitFacts {
    fn of(file: FileId, unit: &Unit, source: &SourceFile, catalog: &Catalog) -> Self {
        let roles_key = unit.roles_span.map(|span| span.sub(0, "roles".len()));
        Self {
            file,
            kind: unit.kind,
            id: unit.id.clone(),
            product: unit.product.clone(),
            teams: unit.teams.clone().unwrap_or_default().into(),
            model: unit.model.map(|(model, _)| model),
            seats: unit
                .roles
                .iter()
                .map(|role| Seat::of(role, catalog))
                .collect(),
            shared: unit
                .shared
                .iter()
                .map(|row| SharedFact {
                    duty: row
                        .duty
                        .as_ref()
                        .and_then(|duty| catalog.find_duty(&duty.text)),
                    accountable: known_roles(&row.accountable),
                    accountable_named: u8::try_from(row.accountable.len()).unwrap_or(u8::MAX),
                    accountable_at: row.accountable_span.unwrap_or(row.span),
                    responsible: known_roles(&row.responsible),
                    span: row.span,
                })
                .collect(),
            roles_at: roles_key.unwrap_or(unit.id.span),
            lost: lost_words(unit.span, source),
            members: Members::of(unit, catalog),
            own_roles: unit
                .roles
                .iter()
                .filter(|role| role.key.role.is_none())
                .map(|role| simple_name(&role.key.name.text).into())
                .collect(),
            unresolved: unresolved::of_unit(unit, catalog),
        }
    }

    /// How messages call it: "team `checkout`".
    pub fn label(&self) -> String {
        match &*self.id.text {
            "" => format!("this {}", self.kind.name()),
            id => format!("{} `{id}`", self.kind.name()),
        }
    }

    /// Whether what seems to be missing may stand in words that a syntax error hides.
    pub fn may_hide(&self, words: &[&str]) -> bool {
        self.lost.as_ref().is_some_and(|lost| {
            lost.is_empty() || words.iter().any(|word| lost.contains(&word.to_lowercase()))
        })
    }
}

impl Members {
    fn of(unit: &Unit, catalog: &Catalog) -> Option<Box<Self>> {
        let members = unit.members.as_ref()?;
        let span = members.first()?.span.to(members.last()?.span);
        let is_listed = |person: &str| {
            let same = |member: &Name| member.text.to_lowercase() == person.to_lowercase();
            members.iter().any(same)
        };
        let in_team = |role: &&Role| role.key.role.is_some_and(|role| catalog.role(role).in_team);
        let all_listed = unit
            .roles
            .iter()
            .filter(in_team)
            .flat_map(Role::people)
            .all(|holder| is_listed(&holder.person.text));
        (!all_listed).then(|| {
            Box::new(Self {
                names: members.iter().map(|member| member.text.clone()).collect(),
                span,
            })
        })
    }
}

fn known_roles(names: &[RoleName]) -> Roles {
    names.iter().filter_map(|name| name.role).collect()
}

/// The words of a document that are not in the tree. A file whose end could not be read hides anything: its
/// words are empty.
fn lost_words(document: Span, source: &SourceFile) -> Option<Box<str>> {
    if source
        .tree
        .cut_at()
        .is_some_and(|cut| document.start <= cut)
    {
        return Some(Box::default());
    }
    let words: Vec<&str> = source
        .tree
        .lost()
        .iter()
        .filter(|lost| lost.start >= document.start)
        .map(|lost| lost.slice(source.text()))
        .collect();
    (!words.is_empty()).then(|| words.join("\n").to_lowercase().into())
}

impl Seat {
    fn of(role: &Role, catalog: &Catalog) -> Self {
        let combines: Box<[RoleIx]> = if role.combines.is_empty() {
            let known = role.key.role.map(|role| &catalog.role(role).combines);
            known.into_iter().flatten().copied().collect()
        } else {
            role.combines.iter().filter_map(|part| part.role).collect()
        };
        let holders: SmallVec<[SeatHolder; 1]> = role
            .people()
            .map(|holder| SeatHolder {
                person: holder.person.clone(),
                status: holder.status,
            })
            .collect();
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
                duty.all_owned().map(|reading| DutyFact {
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
        Self {
            role: role.key.role,
            key: role.key.name.span,
            combines,
            holders,
            state,
            cover: role
                .vacant
                .as_ref()
                .and_then(|vacant| vacant.cover.as_ref())
                .filter(|cover| cover.is_somebody())
                .map(|cover| Box::new(cover.person.clone())),
            duties: read,
            near,
            lines: duties.map_or(0, |duties| count(duties, |_| true)),
            unread,
            hollow: duties.is_some_and(|duties| duties.real().next().is_none()),
            works_with: works_with(role, catalog),
            long_form: role.form == RoleForm::Group,
        }
    }

    /// Whether the seat is that of `role`, by itself or as one side of a combination.
    pub fn is(&self, role: RoleIx) -> bool {
        self.role == Some(role) || self.combines.contains(&role)
    }

    /// Whether the catalog's duties are assumed because the file lists none.
    pub fn assumes(&self) -> bool {
        self.unread.is_none()
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
    let mut others: Roles = role.works_with.iter().filter_map(|other| other.role).collect();
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

impl Scope {
    /// The kind of unit whose file has the seat.
    pub fn unit(self) -> UnitKind {
        match self {
            Scope::Product => UnitKind::Product,
            Scope::Team => UnitKind::Team,
        }
    }
}
