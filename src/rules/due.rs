//! What runs out: everything in role files and configurations that has a day.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;

use super::people::{Roster, VACANT_ROLE, called, days_between};
use super::{Checked, Outcome, Request, Settings, check};
use crate::catalog::Catalog;
use crate::spec::{DateAt, Duty, Holder, Role, SourceFile, Status, Unit, Vacancy};
use crate::syntax::Name;
use crate::text::Span;
use crate::workspace::{Discovery, Exception, FileId, Seat, SeatState, UnitFacts, today};

/// How far ahead somebody wants to know, like 30d, 2w or 3m.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    number: u16,
    unit: char,
}

impl Within {
    /// The last day that counts.
    pub fn end(self, today: Date) -> Date {
        let number = i64::from(self.number);
        today.saturating_add(match self.unit {
            'w' => number.weeks(),
            'm' => number.months(),
            'y' => number.years(),
            _ => number.days(),
        })
    }

    /// In words: "in the next 30 days".
    pub fn words(self) -> String {
        let unit = match self.unit {
            'w' => "week",
            'm' => "month",
            'y' => "year",
            _ => "day",
        };
        match self.number {
            0 => "today".to_owned(),
            1 => format!("in the next {unit}"),
            number => format!("in the next {number} {unit}s"),
        }
    }
}

impl fmt::Display for Within {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.number, self.unit)
    }
}

impl FromStr for Within {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "write a number with d, w, m or y behind it: 30d, 2w, 3m, 1y".to_owned();
        let unit = text.chars().next_back().ok_or_else(wrong)?;
        let number = text.strip_suffix(['d', 'w', 'm', 'y']).ok_or_else(wrong)?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        match number.parse() {
            Ok(number) if is_number => Ok(Self { number, unit }),
            _ if is_number => Err("that is further ahead than anybody plans".to_owned()),
            _ => Err(wrong()),
        }
    }
}

/// The kinds of things that run out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueKind {
    /// Somebody leaves who holds a seat or covers for one.
    Departure,
    /// The time of an interim or acting holder, or of any other with an end.
    Holder(Status),
    /// A seat becomes vacant, or has been for as long as a vacancy may last.
    Vacancy,
    /// A duty that holds until a day.
    Duty,
    /// An exception in a configuration.
    Exception,
}

impl DueKind {
    /// As programs read it.
    pub fn name(self) -> &'static str {
        match self {
            DueKind::Departure => "departure",
            DueKind::Holder(Status::Interim) => "interim",
            DueKind::Holder(Status::Acting) => "acting",
            DueKind::Holder(Status::Permanent) => "holder",
            DueKind::Vacancy => "vacancy",
            DueKind::Duty => "duty",
            DueKind::Exception => "exception",
        }
    }
}

/// Something that runs out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day.
    pub day: Date,
    /// How many days are left; less than 0 when the day has passed.
    pub days: i64,
    /// What kind of thing it is.
    pub kind: DueKind,
    /// What happens on that day, or has happened: a sentence without a full stop.
    pub what: String,
    /// Who it is about, where it is about somebody.
    pub who: Option<String>,
    /// The team or product: "team `deck`".
    pub unit: Option<String>,
    /// Which file.
    pub file: FileId,
    /// Where.
    pub span: Span,
}

/// What is asked for.
#[derive(Debug)]
pub struct DueRequest {
    /// The files and their configurations.
    pub discovery: Discovery,
    /// The day that dates are compared with; else the configuration's, else today.
    pub today: Option<Date>,
    /// How far ahead.
    pub within: Within,
}

/// Everything that has run out or does so soon, by day, with what the files come to.
pub fn due(request: DueRequest) -> (Vec<Due>, Outcome) {
    let DueRequest {
        discovery,
        today: fixed,
        within,
    } = request;
    let plan = Plan::of(&discovery, fixed, within);
    let mut dues = exceptions(&discovery, &plan);
    let outcome = check(Request {
        discovery,
        overlays: Vec::new(),
        today: fixed,
    });
    for organisation in &outcome.organisations {
        dues.extend(of_organisation(organisation, &outcome, &plan));
    }
    dues.sort_by(|a, b| {
        let path = |due: &Due| outcome.sources.files().path(due.file);
        a.day
            .cmp(&b.day)
            .then_with(|| path(a).cmp(path(b)))
            .then_with(|| (a.span, &a.what).cmp(&(b.span, &b.what)))
    });
    (dues, outcome)
}

/// The days that hold for a configuration, and how long a vacancy may last.
#[derive(Clone, Copy)]
struct Days {
    today: Date,
    end: Date,
    max_vacant: Option<u32>,
}

impl Days {
    fn of(settings: &Settings, today: Date, within: Within) -> Self {
        let max_vacant = settings.option(&VACANT_ROLE, "max_days");
        Self {
            today,
            end: within.end(today),
            max_vacant: max_vacant.filter(|_| settings.is_on(&VACANT_ROLE)),
        }
    }

    /// How many days are left until a day, if it is near enough.
    fn left(&self, day: Date) -> Option<i64> {
        (day <= self.end).then(|| days_between(self.today, day))
    }
}

/// The days of each file that is asked for.
struct Plan {
    files: HashMap<FileId, Days>,
    configs: Vec<Days>,
}

impl Plan {
    fn of(discovery: &Discovery, fixed: Option<Date>, within: Within) -> Self {
        let days = |config: Option<usize>| {
            let chain = discovery.chain(config).map(|(_, config)| config);
            let day = fixed.or(discovery.today(config)).unwrap_or_else(today);
            Days::of(&Settings::of(chain), day, within)
        };
        let configs: Vec<Days> = (0..discovery.configs.len()).map(|at| days(Some(at))).collect();
        let bare = days(None);
        let organisations = discovery.organisations.iter();
        let files = organisations.flat_map(|organisation| &organisation.files);
        let asked = files.filter(|(file, _)| discovery.is_asked(*file));
        let days = |config: Option<usize>| config.and_then(|at| configs.get(at)).copied();
        Self {
            files: asked
                .map(|(file, config)| (*file, days(*config).unwrap_or(bare)))
                .collect(),
            configs,
        }
    }
}

/// The exceptions of configurations that are asked for, or that are about a file that is.
fn exceptions(discovery: &Discovery, plan: &Plan) -> Vec<Due> {
    let mut dues = Vec::new();
    let places = discovery.configs.iter().zip(&discovery.config_files).zip(&plan.configs);
    for ((config, file), days) in places {
        for exception in &config.exceptions {
            let Some(until) = exception.until else {
                continue;
            };
            let Some(left) = days.left(until.date) else {
                continue;
            };
            let covers = |file: &FileId| {
                let path = discovery.files.path(*file);
                path.starts_with(config.folder()) && exception.covers(config, path)
            };
            if discovery.is_asked(*file) || plan.files.keys().any(covers) {
                dues.push(Due {
                    day: until.date,
                    days: left,
                    kind: DueKind::Exception,
                    what: of_exception(exception, left),
                    who: None,
                    unit: None,
                    file: *file,
                    span: until.span,
                });
            }
        }
    }
    dues
}

fn of_exception(exception: &Exception, left: i64) -> String {
    let place = exception.pattern.as_ref();
    let place = place.map_or_else(String::new, |(name, _)| format!(" for {}", name.text));
    let reason = exception.reason.as_ref();
    let reason = reason.map_or_else(String::new, |reason| format!(": {}", reason.text));
    let ends = if left < 0 { "ended" } else { "ends" };
    format!("The exception from `{}`{place} {ends}{reason}", exception.rule.text)
}

fn of_organisation(organisation: &Checked, outcome: &Outcome, plan: &Plan) -> Vec<Due> {
    let all = organisation.index.files().iter();
    let asked: Vec<(FileId, Days)> = all
        .filter_map(|facts| Some((facts.file, *plan.files.get(&facts.file)?)))
        .collect();
    let of_file = |(file, days): &(FileId, Days)| {
        let text = outcome.sources.text(*file);
        // Few files have dates; the others need not be read as YAML.
        let has_days = ["until", "vacant"].iter().any(|key| text.contains(key));
        let source = has_days
            .then(|| SourceFile::read(&Arc::from(text), &organisation.knowledge));
        source.map_or_else(Found::default, |source| {
            let page = Page {
                organisation,
                file: *file,
                days: *days,
            };
            page.dues(&source)
        })
    };
    let found: Vec<Found> = asked.par_iter().map(of_file).collect();
    let mut dues = Vec::new();
    let mut settled = HashSet::new();
    for found in found {
        dues.extend(found.dues);
        settled.extend(found.settled);
    }
    dues.extend(departures(organisation, outcome, plan, &settled));
    let mut seen = HashSet::new();
    // What an alias stands for is there once.
    dues.retain(|due| seen.insert((due.file, due.span, due.what.clone())));
    dues
}

/// What one file gives.
#[derive(Default)]
struct Found {
    dues: Vec<Due>,
    /// Where holders stand whose time has an end, with that day.
    settled: Vec<(FileId, Span, Date)>,
}

/// A file in which is looked for days.
struct Page<'a> {
    organisation: &'a Checked,
    file: FileId,
    days: Days,
}

impl Page<'_> {
    fn catalog(&self) -> &Catalog {
        &self.organisation.knowledge.catalog
    }

    fn dues(&self, source: &SourceFile) -> Found {
        let mut found = Found::default();
        for unit in source.spec.units() {
            for role in &unit.roles {
                for holder in role.people() {
                    found.dues.extend(self.holder(unit, role, holder));
                    let until = holder.until.map(|until| until.date);
                    let settled = until.map(|day| (self.file, holder.person.span, day));
                    found.settled.extend(settled);
                }
                let vacant = role.vacant.as_ref().filter(|_| role.people().next().is_none());
                found.dues.extend(vacant.and_then(|vacancy| self.vacancy(unit, role, vacancy)));
                let duties = role.duties.iter().flat_map(|duties| duties.real());
                found.dues.extend(duties.filter_map(|duty| self.duty(unit, role, duty)));
            }
        }
        found
    }

    fn holder(&self, unit: &Unit, role: &Role, holder: &Holder) -> Option<Due> {
        let until = holder.until?;
        let left = self.days.left(until.date)?;
        let who = called(&self.organisation.index, &holder.person.text);
        let status = match holder.status {
            Status::Permanent => "",
            status => status.name(),
        };
        let what = format!(
            "{who} {} {status}{}{} of {} until then",
            if left < 0 { "was to be" } else { "is" },
            if status.is_empty() { "" } else { " " },
            self.title(role),
            unit.label()
        );
        Some(self.due(unit, until, DueKind::Holder(holder.status), what, Some(who)))
    }

    fn vacancy(&self, unit: &Unit, role: &Role, vacancy: &Vacancy) -> Option<Due> {
        let max = self.days.max_vacant?;
        let since = vacancy.since?;
        let cover = vacancy.cover.as_ref().filter(|cover| cover.is_somebody());
        let cover = cover.map(|cover| called(&self.organisation.index, &cover.person.text));
        let covers = match cover {
            Some(cover) => format!("{cover} covers for it"),
            None => "nobody covers for it".to_owned(),
        };
        let seat = format!("The seat of the {} of {}", self.title(role), unit.label());
        let is_ahead = since.date > self.days.today;
        let day = match is_ahead {
            true => since.date,
            false => since.date.saturating_add(i64::from(max).days()),
        };
        let what = match (is_ahead, self.days.left(day)? < 0) {
            (true, _) => format!("{seat} becomes vacant; {covers}"),
            (false, true) => format!("{seat} has been vacant for more than {max} days; {covers}"),
            (false, false) => format!("{seat} will have been vacant for {max} days; {covers}"),
        };
        let at = DateAt {
            date: day,
            span: since.span,
        };
        Some(self.due(unit, at, DueKind::Vacancy, what, cover))
    }

    fn duty(&self, unit: &Unit, role: &Role, duty: &Duty) -> Option<Due> {
        let until = duty.until?;
        let what = format!(
            "\"{}\" {} a duty of the {} of {} until then",
            shortened(duty.words()),
            if self.days.left(until.date)? < 0 { "was" } else { "is" },
            self.title(role),
            unit.label()
        );
        Some(self.due(unit, until, DueKind::Duty, what, None))
    }

    fn due(&self, unit: &Unit, at: DateAt, kind: DueKind, what: String, who: Option<&str>) -> Due {
        Due {
            day: at.date,
            days: days_between(self.days.today, at.date),
            kind,
            what,
            who: who.map(str::to_owned),
            unit: Some(unit.label()),
            file: self.file,
            span: at.span,
        }
    }

    fn title<'r>(&'r self, role: &'r Role) -> &'r str {
        match role.key.role {
            Some(known) => &self.catalog().role(known).title,
            None => &role.key.name.text,
        }
    }
}

/// People who leave and hold a seat or cover for one. Whose time in a seat ends before, settles it.
fn departures(
    organisation: &Checked,
    outcome: &Outcome,
    plan: &Plan,
    settled: &HashSet<(FileId, Span, Date)>,
) -> Vec<Due> {
    let index = &organisation.index;
    let roster = Roster::of(index);
    let mut dues = Vec::new();
    for (_, unit) in index.units() {
        let Some(days) = plan.files.get(&unit.file) else {
            continue;
        };
        for (seat, name, covers) in unit.seats.iter().flat_map(occupants) {
            let person = roster.find(&name.text, days.today);
            let Some((last, _)) = person.and_then(|person| person.left) else {
                continue;
            };
            let Some(left) = days.left(last) else {
                continue;
            };
            let is_settled = |(file, span, day): &(FileId, Span, Date)| {
                *file == unit.file && *span == name.span && *day <= last
            };
            if settled.iter().any(is_settled) {
                continue;
            }
            let who = called(index, &name.text);
            let seat = format!("{} of {}", title(organisation, outcome, unit, seat), unit.label());
            let what = match (left < 0, covers) {
                (false, false) => format!("{who}, {seat}, leaves"),
                (false, true) => format!("{who}, who covers for the {seat}, leaves"),
                (true, false) => format!("{who} left and is still {seat}"),
                (true, true) => format!("{who} left and still covers for the {seat}"),
            };
            dues.push(Due {
                day: last,
                days: left,
                kind: DueKind::Departure,
                what,
                who: Some(who.to_owned()),
                unit: Some(unit.label()),
                file: unit.file,
                span: name.span,
            });
        }
    }
    dues
}

/// Who sits in a seat, or covers for it. A name beside `vacant:` misleads nobody.
fn occupants(seat: &Seat) -> impl Iterator<Item = (&Seat, &Name, bool)> {
    let sits = seat.state != SeatState::Vacant;
    let holders = seat.holders.iter().filter(move |_| sits);
    let holders = holders.map(move |holder| (seat, &holder.person, false));
    holders.chain(seat.cover.iter().map(move |cover| (seat, &**cover, true)))
}

/// The title of a seat; one that the catalog does not know is called as it is written.
fn title(organisation: &Checked, outcome: &Outcome, unit: &UnitFacts, seat: &Seat) -> String {
    match seat.role {
        Some(role) => organisation.knowledge.catalog.role(role).title.clone(),
        None => {
            let text = outcome.sources.text(unit.file);
            seat.key.slice(&text).trim_matches(['"', '\'']).to_owned()
        }
    }
}

/// The longest words of a duty that are printed, in characters.
const MAX_WORDS: usize = 60;

/// Words cut to a bearable length.
fn shortened(words: &str) -> String {
    let mut words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(MAX_WORDS) {
        words.truncate(end);
        words.truncate(words.trim_end().len());
        words.push('…');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_with_its_unit() {
        let end = |text: &str| {
            let within: Within = text.parse().unwrap();
            assert_eq!(within.to_string(), text);
            within.end("2026-01-31".parse().unwrap()).to_string()
        };
        assert_eq!(end("0d"), "2026-01-31");
        assert_eq!(end("30d"), "2026-03-02");
        assert_eq!(end("2w"), "2026-02-14");
        assert_eq!(end("1m"), "2026-02-28");
        assert_eq!(end("1y"), "2027-01-31");
        assert_eq!(end("65535y"), "9999-12-31");
        for text in ["", "d", "30", "-3d", "+3d", "3 d", "3D", "1.5m", "3q", "99999d", "é"] {
            assert!(text.parse::<Within>().is_err(), "{text}");
        }
        assert_eq!("1w".parse::<Within>().unwrap().words(), "in the next week");
        assert_eq!("3m".parse::<Within>().unwrap().words(), "in the next 3 months");
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(shortened("Own  the\nroadmap"), "Own the roadmap");
        let long = "é".repeat(MAX_WORDS + 1);
        assert_eq!(shortened(&long), format!("{}…", "é".repeat(MAX_WORDS)));
    }
}
