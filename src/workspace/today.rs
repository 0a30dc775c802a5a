use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Today by the system's clock, in UTC: the same day on every machine that runs at the same moment.
pub fn today() -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date()
}
