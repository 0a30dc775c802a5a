//! How far ahead the words of a line look.

use std::ops::Range;

use crate::catalog::Horizon;
use crate::recognize::Part;
use crate::rules::phrases::Phrases;

/// What looks years ahead, whatever stands around it.
const FAR: &[&str] = &[
    "multi year",
    "coming years",
    "years ahead",
    "years to come",
    "next decade",
    "coming decade",
    "long range",
];
/// What looks far ahead after "long-term".
const FAR_THINGS: &[&str] = &[
    "plan",
    "plans",
    "planning",
    "vision",
    "strategy",
    "roadmap",
    "direction",
    "outlook",
    "order",
    "priorities",
];
const NUMBERS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "ten", "2", "3", "4", "5", "6", "7",
    "8", "10",
];
/// What comes before a number of years that lie ahead.
const AHEAD: &[&str] = &["next", "coming"];
/// What comes after them.
const FURTHER: &[&str] = &["ahead", "out", "from now"];
/// What "three-year" stands before when it is about time to come.
const YEAR_THINGS: &[&str] = &[
    "plan", "plans", "planning", "vision", "strategy", "roadmap", "horizon", "outlook", "goal",
    "goals", "view", "order",
];
/// What looks days ahead, whatever stands around it.
const NEAR: &[&str] = &[
    "day to day",
    "next sprint",
    "this sprint",
    "current sprint",
    "coming sprint",
    "upcoming sprint",
    "next iteration",
    "current iteration",
    "next two weeks",
    "next few days",
    "next few weeks",
    "next week",
    "this week",
    "coming week",
    "tomorrow",
];
/// What looks a day ahead after "daily".
const DAILY_THINGS: &[&str] = &[
    "order",
    "plan",
    "plans",
    "planning",
    "priorities",
    "tasks",
    "decisions",
    "roadmap",
    "vision",
    "strategy",
];
/// What stands after these is a goal, a reason or a means: only what comes before says how far the work looks.
const RELATIONS: &[&str] = &[
    "with",
    "into",
    "to",
    "from",
    "towards",
    "toward",
    "against",
    "in",
    "at",
    "before",
    "after",
    "serve",
    "serves",
    "serving",
    "guide",
    "guides",
    "balance",
    "balances",
    "balancing",
];

/// The words of the work itself that look that far.
pub(super) fn looks(words: &Phrases<'_>, horizon: Horizon) -> Option<Range<usize>> {
    let head = words.head()?;
    let is_aside = |at: usize| {
        let part = words.get(at).map(|word| word.part);
        words.ends_at(at)
            || words.any_at(at, RELATIONS).is_some()
            || matches!(part, Some(Part::Clause | Part::Means | Part::Not))
    };
    for at in head..words.len() {
        let found = match horizon {
            Horizon::Long => far_at(words, at),
            _ => near_at(words, at),
        };
        if let Some(end) = found {
            return Some(at..end);
        }
        if is_aside(at) {
            return None;
        }
    }
    None
}

fn far_at(words: &Phrases<'_>, at: usize) -> Option<usize> {
    if let Some(end) = words.any_at(at, FAR) {
        return Some(end);
    }
    if let Some(end) = words.phrase_at(at, "long term") {
        return words.any_at(end, FAR_THINGS);
    }
    let ahead = words.any_at(at, AHEAD).is_some();
    let number = at + usize::from(ahead);
    let end = words.any_at(number, NUMBERS)?;
    if words.word(end) == "year" {
        return words.any_at(end + 1, YEAR_THINGS);
    }
    let years = words.phrase_at(end, "years")?;
    if ahead {
        return Some(years);
    }
    words.any_at(years, FURTHER)
}

fn near_at(words: &Phrases<'_>, at: usize) -> Option<usize> {
    if let Some(end) = words.phrase_at(at, "daily") {
        return words.any_at(end, DAILY_THINGS);
    }
    words.any_at(at, NEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, horizon: Horizon) -> Option<String> {
        let words = Phrases::of(text);
        Some(words.slice(looks(&words, horizon)?).to_owned())
    }

    #[test]
    fn words_about_the_work_itself_say_how_far_it_looks() {
        for (text, words) in [
            (
                "Order the backlog for the next three years",
                "next three years",
            ),
            ("Write stories for a long-term plan", "long-term plan"),
            ("Accept the work of the coming years", "coming years"),
            ("Plan sprints three years ahead", "three years ahead"),
            (
                "Decide the order of the three-year vision",
                "three-year vision",
            ),
        ] {
            assert_eq!(found(text, Horizon::Long).as_deref(), Some(words), "{text}");
        }
        for (text, words) in [
            ("Decide the daily order of the vision", "daily order"),
            ("Write the vision for the next sprint", "next sprint"),
            ("Own the day-to-day roadmap", "day-to-day"),
        ] {
            assert_eq!(
                found(text, Horizon::Short).as_deref(),
                Some(words),
                "{text}"
            );
        }
    }

    #[test]
    fn goals_rhythms_and_the_past_do_not() {
        for text in [
            "Order the backlog so that the three-year vision comes nearer",
            "Keep the backlog in line with the long-term strategy",
            "Delete stories that are two years old",
            "Delete two-year-old stories",
            "Read the complaints of the last three years",
            "Order the backlog for long-term value",
            "Balance the three-year vision and the backlog",
            "Serve the three-year plan",
            "",
        ] {
            assert_eq!(found(text, Horizon::Long), None, "{text}");
        }
        for text in [
            "Look at the roadmap every week",
            "Watch rivals daily",
            "Daily look at what rivals do",
            "Translate the vision into day-to-day work",
            "Show the roadmap in the next sprint review",
            "Explain the strategy so that this week makes sense",
        ] {
            assert_eq!(found(text, Horizon::Short), None, "{text}");
        }
    }
}
