use super::duty::{Duties, Duty};
use super::holder::{DateAt, HOLDER_KEYS, Holder};
use super::{Knowledge, RoleName};
use crate::catalog::{Catalog, RoleIx};
use crate::syntax::{Fields, Name, Node, Reader};
use crate::text::Span;

/// The keys of a role.
pub const ROLE_KEYS: &[&str] = &[
    "title",
    "holder",
    "holders",
    "job_share",
    "vacant",
    "filled",
    "combines",
    "works_with",
    "duties",
    "allocation",
    "notes",
];
/// Other words for `duties` that are accepted.
pub const DUTIES_WORDS: &[&str] = &["responsibilities", "accountabilities"];
/// All keys of a role that are read.
const READ_KEYS: &[&str] = &[
    "title",
    "holder",
    "holders",
    "job_share",
    "vacant",
    "filled",
    "combines",
    "works_with",
    "duties",
    "allocation",
    "notes",
    "responsibilities",
    "accountabilities",
];
/// The keys of a vacancy.
pub const VACANT_KEYS: &[&str] = &["since", "cover", "hiring"];

/// How a role is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleForm {
    /// `product-owner: ben`
    Name,
    /// `product-owner: [ben, carla]`
    List,
    /// `product-owner: {holder: ben}`
    Group,
    /// `product-owner:`
    Nothing,
}

/// A seat in a team or product.
#[derive(Debug)]
pub struct Role {
    /// What it is called in the file.
    pub key: RoleName,
    /// How it is written.
    pub form: RoleForm,
    /// Its display title.
    pub title: Option<Name>,
    /// Who sits in it.
    pub holders: Vec<Holder>,
    /// Where the holders stand, together.
    pub holders_span: Option<Span>,
    /// Whether its holders share one job.
    pub job_share: bool,
    /// That nobody sits in it.
    pub vacant: Option<Vacancy>,
    /// That somebody sits in it whom the file does not name.
    pub filled: bool,
    /// The roles it makes one seat of, as the file says.
    pub combines: Vec<RoleName>,
    /// The roles it works with.
    pub works_with: Vec<RoleName>,
    /// What it answers for; `None` where the file does not say and the catalog's duties are assumed.
    pub duties: Option<Duties>,
    /// The value after the key.
    pub span: Span,
}

/// An empty seat.
#[derive(Clone, Debug)]
pub struct Vacancy {
    /// Since when.
    pub since: Option<DateAt>,
    /// Who does the work meanwhile.
    pub cover: Option<Holder>,
    /// Where it stands.
    pub span: Span,
}

impl Role {
    /// The holders that are people.
    pub fn people(&self) -> impl Iterator<Item = &Holder> {
        self.holders.iter().filter(|holder| holder.is_somebody())
    }

    pub(super) fn read(
        key: Name,
        node: Node<'_>,
        knowledge: &Knowledge,
        reader: &mut Reader,
    ) -> Self {
        let mut role = Role {
            key: RoleName::new(key, &knowledge.catalog),
            form: RoleForm::Name,
            title: None,
            holders: Vec::new(),
            holders_span: None,
            job_share: false,
            vacant: None,
            filled: false,
            combines: Vec::new(),
            works_with: Vec::new(),
            duties: None,
            span: node.span(),
        };
        let name = role.key.name.text.clone();
        let fields = Fields::of(node);
        let is_holder =
            |(key, _): &(Node<'_>, _)| key.text().is_some_and(|key| HOLDER_KEYS.contains(&key));
        if fields.get("person").is_some() && fields.entries.iter().all(is_holder) {
            // `product-owner: {person: ben, status: acting}` is a holder in its long form.
            role.read_holders(node, &name, reader);
        } else if node.is_mapping() {
            role.form = RoleForm::Group;
            role.read_group(node, knowledge, reader);
        } else if node.is_null() {
            role.form = RoleForm::Nothing;
            reader.wrong_shape(node, &name, "a holder");
        } else {
            if node.is_sequence() {
                role.form = RoleForm::List;
            }
            role.read_holders(node, &name, reader);
        }
        role.seat_duties(&knowledge.catalog);
        role
    }

    /// Tells the lines that begin with the name of another role; its `combines` may stand below them.
    fn seat_duties(&mut self, catalog: &Catalog) {
        let Some(mut duties) = self.duties.take() else {
            return;
        };
        if self.key.role.is_some() {
            for duty in &mut duties.items {
                if let Some(reading) = &mut duty.reading {
                    let owned = reading.owns();
                    reading.seated(|subject| self.is(subject, catalog));
                    duty.about_other = owned && !reading.owns();
                }
            }
        }
        self.duties = Some(duties);
    }

    fn read_holders(&mut self, node: Node<'_>, key: &str, reader: &mut Reader) {
        let items = reader.list(node);
        if items.is_empty() {
            reader.wrong_shape(node, key, "a holder");
        }
        for item in items {
            if let Some(holder) = Holder::read(item, key, reader) {
                self.holders.push(holder);
            }
        }
        self.holders_span = Some(match self.holders_span {
            Some(span) => span.to(node.span()),
            None => node.span(),
        });
    }

    fn read_group(&mut self, node: Node<'_>, knowledge: &Knowledge, reader: &mut Reader) {
        let fields = Fields::of(node);
        for (key, value) in &fields.entries {
            let value = *value;
            match key.text().unwrap_or_default() {
                "title" => self.title = Name::read(value, "title", reader),
                key @ ("holder" | "holders") => self.read_holders(value, key, reader),
                "job_share" => self.job_share = reader.boolean(value, "job_share").unwrap_or(false),
                "vacant" => self.vacant = read_vacancy(value, reader),
                "filled" => self.filled = reader.boolean(value, "filled").unwrap_or(false),
                "combines" => {
                    if !value.is_sequence() {
                        reader.wrong_shape(value, "combines", "a list of roles");
                    }
                    let names = Name::list(value, "combines", reader);
                    self.combines = RoleName::list(names, &knowledge.catalog);
                }
                "works_with" => {
                    let names = Name::list(value, "works_with", reader);
                    self.works_with = RoleName::list(names, &knowledge.catalog);
                }
                word @ ("duties" | "responsibilities" | "accountabilities") => {
                    let word = Name::new(word, key.span());
                    self.read_duties(word, value, knowledge, reader);
                }
                "allocation" | "notes" => {}
                other => reader.unknown_key(key.span(), other, "a role", known_keys(other)),
            }
        }
    }

    /// Whether the role is `other`, or combines it by the file or by the catalog.
    pub fn is(&self, other: RoleIx, catalog: &Catalog) -> bool {
        let known = self.key.role;
        known == Some(other)
            || self.combines.iter().any(|part| part.role == Some(other))
            || (self.combines.is_empty()
                && known.is_some_and(|known| catalog.role(known).combines.contains(&other)))
    }

    fn read_duties(
        &mut self,
        key: Name,
        node: Node<'_>,
        knowledge: &Knowledge,
        reader: &mut Reader,
    ) {
        let mut items = Vec::new();
        if node.is_mapping() {
            // `duties: {roadmap: Own it}` is a list without its dashes.
            reader.wrong_shape(node, &key.text, "a list");
            for (key, value) in Fields::of(node).entries {
                if let Some(pin) = Name::read(key, "duties", reader) {
                    items.extend(Duty::of_entry(pin, value, knowledge, reader));
                }
            }
        } else {
            if !node.is_sequence() && !node.is_null() {
                reader.wrong_shape(node, &key.text, "a list");
            }
            for item in reader.list(node) {
                if item.is_null() {
                    // A dash with nothing after it: somebody is about to write.
                    continue;
                }
                items.extend(Duty::read(item, knowledge, reader));
            }
        }
        let span = node.span().to(key.span);
        match &mut self.duties {
            Some(duties) => {
                duties.items.extend(items);
                duties.span = duties.span.to(span);
            }
            None => self.duties = Some(Duties { key, items, span }),
        }
    }
}

/// The keys to name when one is unknown; `duties` by its other words only where they are near.
fn known_keys(key: &str) -> &'static [&'static str] {
    match crate::syntax::nearest(key, DUTIES_WORDS.iter().copied()) {
        Some(_) => READ_KEYS,
        None => ROLE_KEYS,
    }
}

fn read_vacancy(node: Node<'_>, reader: &mut Reader) -> Option<Vacancy> {
    let mut vacancy = Vacancy {
        since: None,
        cover: None,
        span: node.span(),
    };
    if !node.is_mapping() {
        return reader.boolean(node, "vacant")?.then_some(vacancy);
    }
    let fields = reader.fields(node, "vacant", "a vacancy", VACANT_KEYS);
    vacancy.since = fields
        .get("since")
        .and_then(|since| DateAt::read(since, "since", reader));
    vacancy.cover = fields
        .get("cover")
        .filter(|cover| !cover.is_null())
        .and_then(|cover| Holder::read(cover, "cover", reader));
    Some(vacancy)
}
