//! What runs out: everything in role files and configurations that has a day.

mod departures;
mod page;
mod within;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::people::{VACANT_ROLE, days_between};
use super::{Checked, Outcome, Request, Settings, check};
use crate::spec::{SourceFile, Status};
use crate::text::Span;
use crate::workspace::{Discovery, Exception, FileId, today};
use departures::departures;
use page::{Found, Page};

pub use within::Within;

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
        let configs: Vec<Days> = (0..discovery.configs.len())
            .map(|at| days(Some(at)))
            .collect();
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
    let places = discovery
        .configs
        .iter()
        .zip(&discovery.config_files)
        .zip(&plan.configs);
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
    format!(
        "The exception from `{}`{place} {ends}{reason}",
        exception.rule.text
    )
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
        let source = has_days.then(|| SourceFile::read(&Arc::from(text), &organisation.knowledge));
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
    let mut settled = HashMap::new();
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
