//! What the format has at each place of a document.

use crate::spec::{DUTIES_WORDS, UnitKind};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A team or a product.
    Unit(UnitKind),
    /// People.
    People,
    /// A catalog.
    Catalog,
    /// `.rolelint.yaml`.
    Configuration,
    /// Nothing says yet what it is going to be.
    New,
}

/// What a value may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// A group of keys.
    pub keys: Option<Keys>,
    /// A list.
    pub list: bool,
    /// A word.
    pub word: Option<Word>,
}

/// What a group of keys is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    /// A document that is nothing yet.
    New,
    Unit(UnitKind),
    /// Roles, each with its holder.
    Roles,
    Role,
    Holder,
    Vacancy,
    Duty,
    Row,
    PeopleDocument,
    /// Ids of people.
    People,
    Person,
    Catalog,
    /// Ids of a catalog's roles.
    CatalogRoles,
    CatalogRole,
    /// Ids of a catalog's duties.
    CatalogDuties,
    CatalogDuty,
    LookAlike,
    Configuration,
    /// Ids of rules and groups of rules.
    Rules,
    /// What a configuration says of a rule.
    RuleOptions,
    Exception,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Somebody who holds a seat, or covers for one.
    Holder,
    /// A member of a team.
    Member,
    /// Somebody for the people document.
    Person,
    Role,
    /// A role that a seat works with.
    OtherRole,
    /// A role that a seat makes one of with others.
    Part,
    Duty,
    Team,
    Product,
    /// What a document calls itself.
    Id,
    Catalog,
    Rule,
    /// A day that is past or near.
    Since,
    /// A day to come.
    Until,
    /// `true`.
    Yes,
    /// One of the words that the format has for a key.
    Known(&'static str),
}

const NOTHING: Form = Form {
    keys: None,
    list: false,
    word: None,
};

fn word(word: Word) -> Form {
    Form {
        word: Some(word),
        ..NOTHING
    }
}

fn words(kind: Word) -> Form {
    Form {
        list: true,
        ..word(kind)
    }
}

fn keys(keys: Keys) -> Form {
    Form {
        keys: Some(keys),
        ..NOTHING
    }
}

const LIST: Form = Form {
    list: true,
    ..NOTHING
};

const HOLDER: Form = Form {
    keys: Some(Keys::Holder),
    list: false,
    word: Some(Word::Holder),
};

const HOLDERS: Form = Form {
    list: true,
    ..HOLDER
};

/// What may be the value that a path leads to; of an empty path the document itself.
pub(super) fn form(kind: Kind, path: &[&str]) -> Form {
    match kind {
        Kind::New => match path {
            [] => keys(Keys::New),
            _ => NOTHING,
        },
        Kind::Unit(kind) => unit(kind, path),
        Kind::People => people(path),
        Kind::Catalog => catalog(path),
        Kind::Configuration => configuration(path),
    }
}

fn unit(kind: UnitKind, path: &[&str]) -> Form {
    match path {
        [] => keys(Keys::Unit(kind)),
        ["team"] => word(Word::Id),
        ["product"] if kind == UnitKind::Product => word(Word::Id),
        ["product"] => word(Word::Product),
        ["model"] => word(Word::Known("model")),
        ["members"] | ["teams"] | ["shared"] => LIST,
        ["members", "[]"] => word(Word::Member),
        ["teams", "[]"] => word(Word::Team),
        ["shared", "[]"] => keys(Keys::Row),
        ["shared", "[]", "duty"] => word(Word::Duty),
        [
            "shared",
            "[]",
            "accountable" | "responsible" | "consulted" | "informed",
        ] => words(Word::Role),
        [
            "shared",
            "[]",
            "accountable" | "responsible" | "consulted" | "informed",
            "[]",
        ] => word(Word::Role),
        ["roles"] => keys(Keys::Roles),
        ["roles", _, rest @ ..] => role(rest),
        _ => NOTHING,
    }
}

fn role(path: &[&str]) -> Form {
    match path {
        [] => Form {
            keys: Some(Keys::Role),
            ..HOLDERS
        },
        ["[]"] => HOLDER,
        ["holder" | "holders"] => HOLDERS,
        ["holder" | "holders", "[]"] => HOLDER,
        ["holder" | "holders" | "[]", rest @ ..] => holder(rest),
        ["vacant", "cover", rest @ ..] if !rest.is_empty() => holder(rest),
        ["vacant"] => Form {
            keys: Some(Keys::Vacancy),
            ..word(Word::Yes)
        },
        ["vacant", "since"] => word(Word::Since),
        ["vacant", "cover"] => HOLDER,
        ["vacant", "hiring"] | ["filled" | "job_share"] => word(Word::Yes),
        ["combines"] => LIST,
        ["combines", "[]"] => word(Word::Part),
        ["works_with"] => words(Word::OtherRole),
        ["works_with", "[]"] => word(Word::OtherRole),
        [list] if is_duties(list) => LIST,
        [list, "[]"] if is_duties(list) => Form {
            keys: Some(Keys::Duty),
            ..word(Word::Duty)
        },
        [list, "[]", "as"] if is_duties(list) => word(Word::Duty),
        [list, "[]", "horizon"] if is_duties(list) => word(Word::Known("horizon")),
        [list, "[]", "until"] if is_duties(list) => word(Word::Until),
        rest => holder(rest),
    }
}

fn holder(path: &[&str]) -> Form {
    match path {
        ["[]", rest @ ..] if !rest.is_empty() => holder(rest),
        ["person"] => word(Word::Holder),
        ["status"] => word(Word::Known("status")),
        ["since"] => word(Word::Since),
        ["until"] => word(Word::Until),
        _ => NOTHING,
    }
}

fn is_duties(key: &str) -> bool {
    key == "duties" || DUTIES_WORDS.contains(&key)
}

fn people(path: &[&str]) -> Form {
    match path {
        [] => keys(Keys::PeopleDocument),
        ["people"] => Form {
            list: true,
            ..keys(Keys::People)
        },
        ["people", "[]"] => word(Word::Person),
        ["people", "[]", _] | ["people", _] => keys(Keys::Person),
        ["people", "[]", _, "left"] | ["people", _, "left"] => word(Word::Since),
        _ => NOTHING,
    }
}

fn catalog(path: &[&str]) -> Form {
    match path {
        [] => keys(Keys::Catalog),
        ["catalog"] => word(Word::Id),
        ["extends"] => word(Word::Catalog),
        ["model"] => word(Word::Known("model")),
        ["sources"] => LIST,
        ["roles"] => keys(Keys::CatalogRoles),
        ["roles", _] => keys(Keys::CatalogRole),
        ["roles", _, "scope"] => word(Word::Known("scope")),
        ["roles", _, "single" | "in_team"] | ["duties", _, "core"] => word(Word::Yes),
        ["roles", _, "combines" | "aliases"] | ["duties", _, "look_alikes" | "examples"] => LIST,
        ["roles", _, "combines", "[]"] => word(Word::Part),
        ["duties"] => keys(Keys::CatalogDuties),
        ["duties", _] => keys(Keys::CatalogDuty),
        ["duties", _, "role"] => word(Word::Role),
        ["duties", _, "horizon"] => word(Word::Known("horizon")),
        ["duties", _, "look_alikes", "[]"] => keys(Keys::LookAlike),
        ["duties", _, "look_alikes", "[]", "duty"] => word(Word::Duty),
        _ => NOTHING,
    }
}

fn configuration(path: &[&str]) -> Form {
    match path {
        [] => keys(Keys::Configuration),
        ["include" | "exclude" | "exceptions"] => LIST,
        ["catalog"] => word(Word::Catalog),
        ["model"] => word(Word::Known("model")),
        ["today"] => word(Word::Since),
        ["root"] => word(Word::Yes),
        ["rules"] => keys(Keys::Rules),
        ["rules", _] => Form {
            keys: Some(Keys::RuleOptions),
            ..word(Word::Known("severity"))
        },
        ["rules", _, "severity"] => word(Word::Known("severity")),
        ["exceptions", "[]"] => keys(Keys::Exception),
        ["exceptions", "[]", "rule"] => word(Word::Rule),
        ["exceptions", "[]", "until"] => word(Word::Until),
        _ => NOTHING,
    }
}
