use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;

/// How far ahead somebody wants to know, like 30d, 2w or 3m.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    number: u16,
    unit: char,
}

impl Within {
    /// The last day that counts.
    pub fn end(self, today: Date) -> Date {
        let span = Span::new();
        let span = match self.unit {
            'w' => span.try_weeks(self.number),
            'm' => span.try_months(self.number),
            'y' => span.try_years(self.number),
            _ => span.try_days(self.number),
        };
        // So many years are no time that there is a word for.
        span.map_or(Date::MAX, |span| today.saturating_add(span))
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
        for text in [
            "", "d", "30", "-3d", "+3d", "3 d", "3D", "1.5m", "3q", "99999d", "é",
        ] {
            assert!(text.parse::<Within>().is_err(), "{text}");
        }
        assert_eq!("1w".parse::<Within>().unwrap().words(), "in the next week");
        assert_eq!(
            "3m".parse::<Within>().unwrap().words(),
            "in the next 3 months"
        );
    }
}
