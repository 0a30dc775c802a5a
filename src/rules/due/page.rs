//! The days in one file.

use jiff::civil::Date;

use super::{Days, Due, DueKind};
use crate::catalog::Catalog;
use crate::rules::Checked;
use crate::rules::people::{called, days_between};
use crate::spec::{DateAt, Duty, Holder, Role, SourceFile, Status, Unit, Vacancy};
use crate::text::Span;
use crate::workspace::FileId;

/// What one file gives.
#[derive(Default)]
pub(super) struct Found {
    pub dues: Vec<Due>,
    /// Where holders stand whose time has an end, with that day.
    pub settled: Vec<((FileId, Span), Date)>,
}

/// A file in which is looked for days.
pub(super) struct Page<'a> {
    pub organisation: &'a Checked,
    pub file: FileId,
    pub days: Days,
}

impl Page<'_> {
    fn catalog(&self) -> &Catalog {
        &self.organisation.knowledge.catalog
    }

    pub fn dues(&self, source: &SourceFile) -> Found {
        let mut found = Found::default();
        for unit in source.spec.units() {
            for role in &unit.roles {
                for holder in role.people() {
                    found.dues.extend(self.holder(unit, role, holder));
                    let until = holder.until.map(|until| until.date);
                    let settled = until.map(|day| ((self.file, holder.person.span), day));
                    found.settled.extend(settled);
                }
                let vacant = role
                    .vacant
                    .as_ref()
                    .filter(|_| role.people().next().is_none());
                found
                    .dues
                    .extend(vacant.and_then(|vacancy| self.vacancy(unit, role, vacancy)));
                let duties = role.duties.iter().flat_map(|duties| duties.real());
                found
                    .dues
                    .extend(duties.filter_map(|duty| self.duty(unit, role, duty)));
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
            false => jiff::Span::new()
                .try_days(max)
                .map_or(Date::MAX, |days| since.date.saturating_add(days)),
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
            if self.days.left(until.date)? < 0 {
                "was"
            } else {
                "is"
            },
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
    fn long_words_are_cut() {
        assert_eq!(shortened("Own  the\nroadmap"), "Own the roadmap");
        let long = "é".repeat(MAX_WORDS + 1);
        assert_eq!(shortened(&long), format!("{}…", "é".repeat(MAX_WORDS)));
    }
}
