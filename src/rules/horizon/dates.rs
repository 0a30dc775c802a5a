//! Days, months, quarters and years as people write them in a line.

use jiff::civil::Date;

use crate::rules::phrases::Phrases;

/// A time that a line names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    /// One past its last word.
    pub end: usize,
    /// Its last day, where that can be told.
    pub last: Option<Date>,
}

/// Words before a time that only make it rounder.
const ROUND: &[&str] = &["the", "early", "mid", "late", "around", "about"];
const END_OF: &[&str] = &["end of", "start of", "beginning of", "middle of"];
const THIS_YEAR: &[&str] = &[
    "year end",
    "the year",
    "this year",
    "the end of year",
    "year",
];
const SEASONS: &[&str] = &[
    "spring",
    "summer",
    "autumn",
    "winter",
    "fall",
    "christmas",
    "easter",
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The time that is named from `at` on. A month without a year is the next one from `today` on.
pub(super) fn time_at(line: &Phrases<'_>, at: usize, today: Date) -> Option<Time> {
    let mut at = at;
    while line.any_at(at, ROUND).is_some() {
        at += 1;
    }
    if let Some(next) = line.any_at(at, END_OF) {
        return this_year(line, next, today)
            .or_else(|| next_one(line, next, today))
            .or_else(|| time_at(line, next, today));
    }
    numbers(line, at)
        .or_else(|| month(line, at, today))
        .or_else(|| quarter(line, at, today))
        .or_else(|| year_at(line, at).map(|(end, year)| time(end, year, 12, 31)))
        .or_else(|| {
            let end = line.any_at(at, &["year end", "this year"])?;
            Some(time(end, today.year(), 12, 31))
        })
        .or_else(|| next_one(line, at, today))
}

/// Whether a word names a version: `v2`, `version 3`, `phase 2`, `2.0`; then where it ends.
pub(super) fn version_at(line: &Phrases<'_>, at: usize) -> Option<usize> {
    let word = line.word(at);
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    if word.strip_prefix('v').is_some_and(is_number) || word == "mvp" {
        return Some(at + 1);
    }
    let next = line.word(at + 1);
    if ["version", "phase", "release"].contains(&word.as_str())
        && (is_number(&next) || ["one", "two", "three", "ii", "iii"].contains(&next.as_str()))
    {
        return Some(at + 2);
    }
    let pointed =
        is_number(&word) && is_number(&next) && line.slice(at..at + 2) == format!("{word}.{next}");
    pointed.then_some(at + 2)
}

/// A month by its name; the days and years around it are not looked at.
pub(in crate::rules) fn month_number(word: &str) -> Option<i8> {
    let place = |months: &[&str]| months.iter().position(|month| *month == word);
    let short = [
        "jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let at = place(&MONTHS).or_else(|| place(&short).filter(|_| !word.is_empty()))?;
    i8::try_from(at + 1).ok()
}

fn time(end: usize, year: i16, month: i8, day: i8) -> Time {
    Time {
        end,
        last: Date::new(year, month, day).ok(),
    }
}

fn this_year(line: &Phrases<'_>, at: usize, today: Date) -> Option<Time> {
    let end = line.any_at(at, THIS_YEAR)?;
    Some(time(end, today.year(), 12, 31))
}

/// "next year", "this summer", "this month".
fn next_one(line: &Phrases<'_>, at: usize, today: Date) -> Option<Time> {
    let which = line.word(at);
    let what = line.word(at + 1);
    if !["next", "this", "coming"].contains(&which.as_str()) {
        return None;
    }
    let end = at + 2;
    match what.as_str() {
        "year" if which != "this" => Some(time(end, today.year() + 1, 12, 31)),
        "year" => Some(time(end, today.year(), 12, 31)),
        "quarter" | "month" => Some(Time { end, last: None }),
        season if SEASONS.contains(&season) => Some(Time { end, last: None }),
        _ => None,
    }
}

/// `2026-03-31`, `31.3.2026`, `31/03/2026`.
fn numbers(line: &Phrases<'_>, at: usize) -> Option<Time> {
    let [first, middle, last] = [at, at + 1, at + 2].map(|at| line.word(at));
    let text = line.slice(at..at + 3);
    let number = |word: &str| word.parse::<i16>().ok();
    let day = |word: &str| word.parse::<i8>().ok().filter(|_| word.len() <= 2);
    let signs = text
        .bytes()
        .filter(|byte| !byte.is_ascii_digit())
        .collect::<Vec<_>>();
    let date = match signs.as_slice() {
        [b'-', b'-'] if first.len() == 4 => {
            Date::new(number(&first)?, day(&middle)?, day(&last)?).ok()
        }
        [b'.', b'.'] if last.len() == 4 => {
            Date::new(number(&last)?, day(&middle)?, day(&first)?).ok()
        }
        _ => None,
    }?;
    Some(Time {
        end: at + 3,
        last: Some(date),
    })
}

/// "March", "31 March 2027", "March 31st", "the end of March".
fn month(line: &Phrases<'_>, at: usize, today: Date) -> Option<Time> {
    let day_of = |at: usize| {
        let word = line.word(at);
        let digits = word.trim_end_matches(|last: char| last.is_ascii_alphabetic());
        let is_day = word.len() - digits.len() <= 2;
        digits
            .parse::<i8>()
            .ok()
            .filter(|day| is_day && (1..=31).contains(day))
    };
    let mut next = at;
    let mut day = day_of(next);
    if day.is_some() {
        next += 1;
        if line.word(next) == "of" {
            next += 1;
        }
    }
    let number = month_number(&line.word(next))?;
    next += 1;
    if day.is_none() {
        day = day_of(next);
        next += usize::from(day.is_some());
    }
    let given = year_at(line, next);
    if let Some((end, _)) = given {
        next = end;
    }
    let last_in = |year: i16| {
        let first = Date::new(year, number, 1).ok()?;
        let last = first.last_of_month();
        day.map_or(Some(last), |day| Date::new(year, number, day).ok())
    };
    let last = match given {
        Some((_, year)) => last_in(year),
        None => last_in(today.year())
            .filter(|last| *last >= today)
            .or_else(|| last_in(today.year() + 1)),
    };
    Some(Time { end: next, last })
}

/// `Q3`, `Q3 2026`, `H2`.
fn quarter(line: &Phrases<'_>, at: usize, today: Date) -> Option<Time> {
    let month = match line.word(at).as_str() {
        "q1" => 3,
        "q2" | "h1" => 6,
        "q3" => 9,
        "q4" | "h2" => 12,
        _ => return None,
    };
    let last_in = |year: i16| Some(Date::new(year, month, 1).ok()?.last_of_month());
    Some(match year_at(line, at + 1) {
        Some((end, year)) => Time {
            end,
            last: last_in(year),
        },
        None => Time {
            end: at + 1,
            last: last_in(today.year())
                .filter(|last| *last >= today)
                .or_else(|| last_in(today.year() + 1)),
        },
    })
}

/// A year of this century, and where it ends.
fn year_at(line: &Phrases<'_>, at: usize) -> Option<(usize, i16)> {
    let word = line.word(at);
    let year: i16 = word.parse().ok().filter(|_| word.len() == 4)?;
    (2000..2100).contains(&year).then_some((at + 1, year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(text: &str) -> Option<String> {
        let today = Date::new(2026, 6, 15).unwrap();
        let time = time_at(&Phrases::of(text), 0, today)?;
        Some(
            time.last
                .map_or_else(|| "sometime".to_owned(), |day| day.to_string()),
        )
    }

    #[test]
    fn times_have_a_last_day() {
        for (text, day) in [
            ("March", "2027-03-31"),
            ("the end of September", "2026-09-30"),
            ("March 2028", "2028-03-31"),
            ("31 March", "2027-03-31"),
            ("March 15th, 2027", "2027-03-15"),
            ("mid June", "2026-06-30"),
            ("1 June", "2027-06-01"),
            ("Q3", "2026-09-30"),
            ("Q1 2027", "2027-03-31"),
            ("end of Q2 2028", "2028-06-30"),
            ("2027", "2027-12-31"),
            ("end of 2026", "2026-12-31"),
            ("the end of the year", "2026-12-31"),
            ("end of year", "2026-12-31"),
            ("next year", "2027-12-31"),
            ("2026-03-31", "2026-03-31"),
            ("31.3.2026", "2026-03-31"),
            ("next summer", "sometime"),
            ("the end of this quarter", "sometime"),
        ] {
            assert_eq!(last(text).as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn other_words_are_no_times() {
        for text in [
            "Friday",
            "hand",
            "1500 harbours",
            "20 %",
            "Q5",
            "the end of the day",
            "the end of each sprint",
            "the end of the month",
            "summer",
            "",
        ] {
            assert_eq!(last(text), None, "{text}");
        }
    }

    #[test]
    fn versions_are_told_from_other_numbers() {
        let is = |text: &str| version_at(&Phrases::of(text), 0).is_some();
        assert!(is("v2") && is("version 3") && is("2.0") && is("phase two") && is("MVP"));
        assert!(!is("2 harbours") && !is("version notes") && !is("vessels") && !is("12,000"));
    }
}
