//! What words beside a name say that has a key of its own.

use jiff::civil::Date;

use super::full_date::full_date;
use crate::rules::horizon::dates::month_number;
use crate::spec::{Holder, Note, Status};

/// What a note says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// On what terms, where no key says it already.
    pub status: Option<Status>,
    /// Since which day.
    pub since: Option<Date>,
    /// Until which day.
    pub until: Option<Date>,
    /// The words that have no key.
    pub rest: Option<String>,
    /// Whether nobody can read it in another way.
    pub is_clear: bool,
}

/// Words after which a status is not what it says.
const DENIALS: &[&str] = &["no", "not", "never", "former", "formerly", "ex", "was"];
const UNTIL: &[&str] = &["until", "till", "through"];
const SINCE: &[&str] = &["since", "from", "starting"];
/// Words of a time that is no day, apart from months, quarters and numbers.
const TIMES: &[&str] = &[
    "the",
    "end",
    "start",
    "middle",
    "of",
    "early",
    "mid",
    "late",
    "next",
    "this",
    "year",
    "month",
    "quarter",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "easter",
    "christmas",
    "sept",
];

/// Reads the note in a holder's name beside what the holder's keys say.
pub(super) fn read(note: &Note, holder: &Holder) -> Said {
    let mut said = words(note);
    let whole = || Some(note.text.to_string());
    if holder.status_span.is_some() {
        // The key counts, whatever the name says.
        if said.status.is_some_and(|status| status != holder.status) {
            said.is_clear = false;
            said.rest = whole();
        }
        said.status = None;
    }
    for (day, known) in [
        (&mut said.since, holder.since),
        (&mut said.until, holder.until),
    ] {
        if let (Some(new), Some(known)) = (*day, known) {
            if new != known.date {
                said.is_clear = false;
                said.rest = whole();
            }
            *day = None;
        }
    }
    said
}

fn words(note: &Note) -> Said {
    let words: Vec<&str> = note.text.split([' ', ',', ';', '\t']).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let mut said = Said::default();
    let mut rest: Vec<String> = Vec::new();
    let mut is_clear = true;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        let word = word.to_lowercase();
        let is_until = UNTIL.contains(&word.as_str());
        if is_until || SINCE.contains(&word.as_str()) {
            let more = words.get(at..).unwrap_or_default();
            let end = more
                .iter()
                .position(|word| is_key_word(word))
                .unwrap_or(more.len());
            let time = more.get(..end).unwrap_or_default();
            let day = if is_until {
                &mut said.until
            } else {
                &mut said.since
            };
            match full_date(&time.join(" ")) {
                Some(date) if day.is_none() => *day = Some(date),
                _ => {
                    is_clear &= !time.is_empty() && time.iter().all(|word| is_time(word));
                    rest.push(format!("{word} {}", time.join(" ")));
                }
            }
            at += end;
            continue;
        }
        match word.as_str() {
            "acting" if said.status.is_none() => said.status = Some(Status::Acting),
            "interim" if said.status.is_none() => said.status = Some(Status::Interim),
            _ => is_clear = false,
        }
    }
    if !is_clear {
        // Somebody has to read it, so all of it is kept.
        let denies = |word: &&str| DENIALS.contains(&word.to_lowercase().as_str());
        return Said {
            status: note.status.filter(|_| !words.iter().any(denies)),
            rest: Some(note.text.to_string()),
            ..Said::default()
        };
    }
    said.is_clear = said.status.is_some();
    said.rest = (!rest.is_empty()).then(|| rest.join(", "));
    said
}

fn is_key_word(word: &str) -> bool {
    let word = word.to_lowercase();
    let words = UNTIL.iter().chain(SINCE).chain(&["acting", "interim"]);
    words.into_iter().any(|known| *known == word)
}

fn is_time(word: &str) -> bool {
    let word = word.to_lowercase();
    let word = word.trim_end_matches('.');
    let is_number = word.starts_with(|first: char| first.is_ascii_digit());
    let is_quarter = word.len() == 2
        && word.starts_with(['q', 'h'])
        && word.ends_with(|last: char| last.is_ascii_digit());
    is_number || is_quarter || month_number(word).is_some() || TIMES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn said(text: &str, status: Option<Status>) -> (Option<Status>, String, Option<String>, bool) {
        let said = words(&Note {
            text: text.into(),
            status,
            span: Span::default(),
        });
        let days = [said.since, said.until];
        let days: Vec<String> = days.iter().flatten().map(Date::to_string).collect();
        (said.status, days.join(" "), said.rest, said.is_clear)
    }

    #[test]
    fn a_status_and_days_in_full_have_keys() {
        let acting = Some(Status::Acting);
        let clear = |text, days: &str| {
            assert_eq!(
                said(text, acting),
                (acting, days.to_owned(), None, true),
                "{text}"
            );
        };
        clear("Acting", "");
        clear("acting until 2026-09-30", "2026-09-30");
        clear(
            "acting, since 1 May 2026, until 30.9.2026",
            "2026-05-01 2026-09-30",
        );
        clear("since 2026-05-01 acting", "2026-05-01");
    }

    #[test]
    fn what_has_no_key_is_kept() {
        let interim = Some(Status::Interim);
        let kept = |rest: &str| Some(rest.to_owned());
        assert_eq!(
            said("interim until end of Feb.", interim),
            (interim, String::new(), kept("until end of Feb."), true)
        );
        assert_eq!(
            said("until 2026-09-30", None),
            (None, "2026-09-30".to_owned(), None, false)
        );
        for (text, status) in [
            ("no longer interim", None),
            ("temp, until 2026-09-30", interim),
            ("interim for Bo", interim),
        ] {
            assert_eq!(
                said(text, interim),
                (status, String::new(), kept(text), false),
                "{text}"
            );
        }
    }
}
