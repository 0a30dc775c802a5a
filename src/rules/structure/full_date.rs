//! Days as people write them, where nobody can take them for another day.

use jiff::civil::Date;

use crate::rules::horizon::dates::month_number;

/// The day that a text names in full: `2026/5/1`, `31.5.2026`, `1 May 2026`, `May 1st, 2026`. Nothing for `5/6/2026`,
/// which is a day in May to some and a day in June to others.
pub(super) fn full_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let words: Vec<String> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("of"))
        .map(str::to_lowercase)
        .collect();
    let [first, second, third] = words.as_slice() else {
        return None;
    };
    let date = |year: &str, month: i8, day: i8| {
        let year: i16 = year.parse().ok().filter(|_| year.len() == 4)?;
        Date::new(year, month, day).ok()
    };
    if first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit()) {
        return date(first, number(second)?, day(third)?);
    }
    if let Some(month) = month_number(second) {
        return date(third, month, day(first)?);
    }
    if let Some(month) = month_number(first) {
        return date(third, month, day(second)?);
    }
    let (first, second) = (number(first)?, number(second)?);
    if text.matches('.').count() == 2 || first > 12 || first == second {
        return date(third, second, first);
    }
    (second > 12).then(|| date(third, first, second))?
}

fn number(word: &str) -> Option<i8> {
    word.parse().ok().filter(|_| word.len() <= 2)
}

/// `1`, `1st`.
fn day(word: &str) -> Option<i8> {
    let endings = ["st", "nd", "rd", "th"];
    let ending = endings.iter().find_map(|ending| word.strip_suffix(ending));
    number(ending.unwrap_or(word))
}

#[cfg(test)]
mod tests {
    use super::full_date;

    #[test]
    fn only_a_day_that_nobody_can_mistake_is_one() {
        for text in [
            "2026-05-31",
            "2026-05-31T00:00:00",
            "2026/5/31",
            "31.05.2026",
            "31/5/2026",
            "5/31/2026",
            "31 May 2026",
            "May 31st, 2026",
            "31st of May 2026",
        ] {
            let date = full_date(text).map(|date| date.to_string());
            assert_eq!(date.as_deref(), Some("2026-05-31"), "{text}");
        }
        for text in [
            "5/6/2026",
            "May 2026",
            "May",
            "31.5.26",
            "2026-02-30",
            "soon",
            "",
            "Q3 2026",
            "1 2 3 4",
        ] {
            assert_eq!(full_date(text), None, "{text}");
        }
    }
}
