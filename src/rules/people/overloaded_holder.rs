use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::roster::{called, is_gone};
use crate::catalog::{Model, RoleIx};
use crate::rules::{Check, Finding, Group, OrganisationContext, Rule, RuleOption};
use crate::syntax::Name;
use crate::workspace::{Group as Product, Seat, SeatState, Severity, UnitFacts, UnitRef};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "overloaded-holder",
    group: Group::People,
    severity: Some(Severity::Warning),
    summary: "one person in the same role for more teams than one person can serve",
    why: "A Product Owner is there when a developer asks, and a Product Manager knows the customers of each product. Spread over \
          too many teams, a person becomes somebody who is waited for: decisions queue, and the teams start to decide for \
          themselves. How many are too many depends on the model. Where each team has a Product Owner: two teams for a \
          Product Owner, four Product Owners for a Product Manager. Where one person carries both sides (`combined`, \
          `pm-led`): two teams. With one Product Owner for the whole product (`scrum`, `po-led`, `less`): eight teams.",
    remedy: "Hand one of the seats to somebody else. Where your organisation works with other numbers, set `max_teams` for the \
             role in your catalog, or for this rule in `.rolelint.yaml`.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n---\nteam: search\nroles:\n  product-manager: ana\n  product-owner: ben\n---\nteam: returns\nroles:\n  product-manager: ana\n  product-owner: ben\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n---\nteam: search\nroles:\n  product-manager: ana\n  product-owner: ben\n---\nteam: returns\nroles:\n  product-manager: ana\n  product-owner: chen\n",
    misses: "Seats in different roles that are too much together, and work outside the files. Roles other than Product Manager \
             and Product Owner, unless the catalog gives them `max_teams`.",
    options: &[RuleOption {
        name: "max_teams",
        default: None,
        meaning: "how many teams one person may serve in one role; without it the catalog's `max_teams` for the role decides, then the model",
    }],
    check: Check::Organisation(check),
    fix: None,
};

/// How many other seats a finding shows.
const SHOWN: usize = 8;

/// A seat that somebody holds.
struct Held<'a> {
    at: UnitRef,
    unit: &'a UnitFacts,
    group: &'a Product,
    seat: &'a Seat,
    person: &'a Name,
}

/// How many teams one person may serve, and who says so.
#[derive(Clone, Copy, PartialEq)]
struct Limit {
    teams: u32,
    by: By,
}

#[derive(Clone, Copy, PartialEq)]
enum By {
    Configuration,
    Catalog,
    Model(Model),
}

/// What one person holds in one role.
struct Load<'a> {
    limit: Limit,
    seats: Vec<Held<'a>>,
}

/// What a holder serves.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Served<'a> {
    Team(&'a str),
    Unit(UnitRef),
    Owner(String),
}

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    let mut loads = loads(context);
    loads.retain(|_, load| served(context, load).len() > load.limit.teams as usize);
    if loads.is_empty() {
        return;
    }
    let owner = context.catalog.product_owner();
    for ((person, role), load) in &loads {
        // A combined seat is one load, not one as Product Manager and another as Product Owner.
        let as_owner = owner.filter(|owner| owner != role);
        let told = as_owner
            .and_then(|owner| loads.get(&(person.clone(), owner)))
            .is_some_and(|other| load.seats.iter().all(|held| other.has(held.seat)));
        if !told {
            findings.extend(overloaded(context, person, load));
        }
    }
}

impl Load<'_> {
    fn has(&self, seat: &Seat) -> bool {
        self.seats.iter().any(|held| std::ptr::eq(held.seat, seat))
    }
}

/// What the people hold who may hold too much. Nearly everybody holds little, so they are sorted out by a rough sum
/// first: keeping every seat of a hundred thousand teams would cost more memory than all else.
fn loads<'a>(context: &'a OrganisationContext<'_>) -> BTreeMap<(String, RoleIx), Load<'a>> {
    // Short, to take little place: where two people have the same, both are looked at.
    let number = |key: &(String, RoleIx)| {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        hasher.finish() as u32
    };
    let mut sums: HashMap<u32, (u32, u32)> = HashMap::new();
    each_holder(context, &mut |key, limit, held| {
        let (sum, teams) = sums.entry(number(&key)).or_default();
        let more = u32::try_from(teams_at_most(&held)).unwrap_or(u32::MAX);
        *sum = sum.saturating_add(more);
        *teams = limit.teams.max(*teams);
    });
    sums.retain(|_, (sum, teams)| *sum > *teams);
    let mut loads: BTreeMap<(String, RoleIx), Load<'_>> = BTreeMap::new();
    each_holder(context, &mut |key, limit, held| {
        if !sums.contains_key(&number(&key)) {
            return;
        }
        let load = loads.entry(key).or_insert(Load {
            limit,
            seats: Vec::new(),
        });
        // Under several models the most generous one counts.
        if limit.teams > load.limit.teams {
            load.limit = limit;
        }
        load.seats.push(held);
    });
    for load in loads.values_mut() {
        load.seats.sort_by_key(|held| held.at);
    }
    loads
}

/// No fewer than the teams that a seat serves.
fn teams_at_most(held: &Held<'_>) -> usize {
    if held.group.product == Some(held.at) {
        (held.group.teams.len() + held.unit.teams.len()).max(1)
    } else {
        1
    }
}

/// Calls `take` for everybody who holds a seat that has a limit: the person and the role, the limit, and the seat.
fn each_holder<'a>(
    context: &'a OrganisationContext<'_>,
    take: &mut dyn FnMut((String, RoleIx), Limit, Held<'a>),
) {
    let index = context.index;
    for group in index.groups() {
        for at in group.product.iter().chain(&group.teams).copied() {
            let unit = index.unit(at);
            for seat in unit
                .seats
                .iter()
                .filter(|seat| seat.state == SeatState::Held)
            {
                for (role, limit) in limits(context, unit, group, seat) {
                    for holder in &seat.holders {
                        let held = Held {
                            at,
                            unit,
                            group,
                            seat,
                            person: &holder.person,
                        };
                        take((index.person_key(&holder.person.text), role), limit, held);
                    }
                }
            }
        }
    }
}

/// The roles as which a seat counts, each with its limit.
fn limits(
    context: &OrganisationContext<'_>,
    unit: &UnitFacts,
    group: &Product,
    seat: &Seat,
) -> Vec<(RoleIx, Limit)> {
    let (manager, owner) = (
        context.catalog.product_manager(),
        context.catalog.product_owner(),
    );
    let is = |role: Option<RoleIx>| role.is_some_and(|role| seat.is(role));
    let model = unit.model.unwrap_or(group.model);
    let mut counted: Vec<(RoleIx, Option<u32>)> = Vec::new();
    match model {
        // One person carries both sides, whatever the seats are called.
        Model::Combined | Model::PmLed if is(manager) || is(owner) => {
            counted.extend(manager.or(owner).map(|role| (role, Some(2))));
        }
        _ => {
            let for_manager = model.has_both_roles().then_some(4);
            let for_owner = match model {
                Model::Scrum | Model::PoLed | Model::Less => Some(8),
                Model::None => None,
                _ => Some(2),
            };
            counted.extend(
                manager
                    .filter(|_| is(manager))
                    .map(|role| (role, for_manager)),
            );
            counted.extend(owner.filter(|_| is(owner)).map(|role| (role, for_owner)));
            if counted.is_empty() {
                counted.extend(seat.role.map(|role| (role, None)));
            }
        }
    }
    let own = seat
        .role
        .and_then(|role| context.catalog.role(role).max_teams);
    let configured = context.settings.of(unit.file).option(&RULE, "max_teams");
    let limit = |(role, by_model): (RoleIx, Option<u32>)| {
        let by_catalog = own.or(context.catalog.role(role).max_teams);
        let limit = match (configured, by_catalog, by_model) {
            // The option is no limit for designers and all the others who serve many teams by nature.
            (Some(teams), Some(_), _) | (Some(teams), _, Some(_)) => Limit {
                teams,
                by: By::Configuration,
            },
            (_, Some(teams), _) => Limit {
                teams,
                by: By::Catalog,
            },
            (_, _, Some(teams)) => Limit {
                teams,
                by: By::Model(model),
            },
            _ => return None,
        };
        Some((role, limit))
    };
    counted.into_iter().filter_map(limit).collect()
}

/// What counts against the limit: teams, or Product Owners where a Product Manager works with those.
fn served<'a>(context: &'a OrganisationContext<'_>, load: &Load<'a>) -> BTreeSet<Served<'a>> {
    let by_owner = load.counts_owners(context);
    let mut all = BTreeSet::new();
    for held in &load.seats {
        for team in teams(context, held) {
            let owner = match &team {
                Served::Team(id) if by_owner => owner_of(context, held.group, id),
                _ => None,
            };
            all.insert(owner.map_or(team, Served::Owner));
        }
    }
    all
}

impl Load<'_> {
    fn counts_owners(&self, context: &OrganisationContext<'_>) -> bool {
        let manager = context.catalog.product_manager();
        let by_model = matches!(self.limit.by, By::Model(model) if model.has_both_roles());
        by_model && self.seats.iter().all(|held| held.seat.role == manager)
    }
}

/// The teams of a seat: its own, or those of its product.
fn teams<'a>(context: &'a OrganisationContext<'_>, held: &Held<'a>) -> Vec<Served<'a>> {
    let index = context.index;
    let named = |at: UnitRef, unit: &'a UnitFacts| match &*unit.id.text {
        "" => Served::Unit(at),
        id => Served::Team(id),
    };
    if held.group.product != Some(held.at) {
        return vec![named(held.at, held.unit)];
    }
    let mut teams: Vec<Served<'a>> = held
        .group
        .teams
        .iter()
        .map(|team| named(*team, index.unit(*team)))
        .collect();
    let elsewhere = held
        .unit
        .teams
        .iter()
        .filter(|team| index.team(&team.text).is_none());
    teams.extend(elsewhere.map(|team| Served::Team(&team.text)));
    if teams.is_empty() {
        teams.push(Served::Unit(held.at));
    }
    teams
}

/// The person who is Product Owner of a team, or of its product.
fn owner_of(context: &OrganisationContext<'_>, group: &Product, team: &str) -> Option<String> {
    let owner = context.catalog.product_owner()?;
    let own = context.index.team(team);
    let holder = own.into_iter().chain(group.product).find_map(|unit| {
        let seats = &context.index.unit(unit).seats;
        let seat = seats.iter().find(|seat| seat.is(owner))?;
        seat.holders.first()
    })?;
    Some(context.index.person_key(&holder.person.text))
}

fn overloaded(context: &OrganisationContext<'_>, person: &str, load: &Load<'_>) -> Option<Finding> {
    let (first, others) = load.seats.split_first()?;
    // Somebody who is gone is the business of `departed-holder`.
    if is_gone(context.index, &first.person.text, context.today) {
        return None;
    }
    let who = called(context.index, &first.person.text);
    let role = first.seat.role.map(|role| context.catalog.role(role));
    let title = role.map_or("the seat's holder", |role| &role.title);
    let all: BTreeSet<_> = load
        .seats
        .iter()
        .flat_map(|held| teams(context, held))
        .collect();
    let count = all.len();
    let limit = load.limit.teams;
    let unit = if limit == 1 { "team" } else { "teams" };
    let allowed = match load.limit.by {
        _ if load.counts_owners(context) => format!(
            "One Product Manager can work well with up to {limit} Product Owners, and here are {}.",
            served(context, load).len()
        ),
        By::Configuration => format!("Your configuration allows {limit} {unit} for one person."),
        By::Catalog => format!("The catalog allows {limit} {unit} for one person in this role."),
        By::Model(model) => format!(
            "Under `model: {}` one person can serve up to {limit} {unit}.",
            model.name()
        ),
    };
    let message = format!("{who} is {title} for {count} teams, too many for one person");
    let mut finding = RULE
        .finding(first.unit.file, first.person.span, message)
        .label(format!("serves {count} teams"))
        .why(format!("{allowed} Beyond that, teams wait for decisions, or take them alone."))
        .help("Hand some of these seats to somebody else. If your organisation works with other numbers, set `max_teams` for the role in your catalog, or for this rule.")
        .about_all(format!("{person} {}", role.map_or("", |role| &role.id)));
    for (at, held) in others.iter().take(SHOWN).enumerate() {
        let hidden = others.len().saturating_sub(SHOWN);
        let label = held.unit.label();
        let message = match hidden {
            more if more > 0 && at + 1 == SHOWN => format!("{label}; {more} more are not shown"),
            _ => label,
        };
        finding = finding.related(held.unit.file, held.person.span, message);
    }
    Some(finding)
}
