//! What a check tells while it runs: how far it is, and where its time goes.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use super::{RULES, Rule};

/// A part of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Finding the files.
    Discover,
    /// Getting them from the disk.
    Read,
    /// Making trees of their YAML.
    Parse,
    /// Working out what they say, and recognising duties in their words.
    Understand,
    /// Putting together what they say.
    Index,
    /// The rules.
    Rules,
    /// Looking up the words that findings quote, taking out what is ignored, and sorting.
    Finish,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Stage; 7] = [
        Stage::Discover,
        Stage::Read,
        Stage::Parse,
        Stage::Understand,
        Stage::Index,
        Stage::Rules,
        Stage::Finish,
    ];

    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Discover => "discover",
            Stage::Read => "read",
            Stage::Parse => "parse",
            Stage::Understand => "understand",
            Stage::Index => "index",
            Stage::Rules => "rules",
            Stage::Finish => "finish",
        }
    }
}

/// Tells how long it is since some fixed moment. It is handed in: this room knows no clock.
pub type Clock = fn() -> Duration;

/// Watches a check from another thread.
#[derive(Debug, Default)]
pub struct Meter {
    clock: Option<Clock>,
    files: AtomicUsize,
    done: AtomicUsize,
    /// In nanoseconds, by stage.
    stages: [AtomicU64; Stage::ALL.len()],
    /// In nanoseconds, in the order of [`RULES`].
    rules: Vec<AtomicU64>,
}

impl Meter {
    /// One that counts files.
    pub fn counting() -> Self {
        Self::default()
    }

    /// One that takes the time, too.
    pub fn timing(clock: Clock) -> Self {
        Self {
            clock: Some(clock),
            rules: RULES.iter().map(|_| AtomicU64::new(0)).collect(),
            ..Self::default()
        }
    }

    /// How many files are read, and of how many.
    pub fn progress(&self) -> (usize, usize) {
        let files = self.files.load(Ordering::Relaxed);
        (self.done.load(Ordering::Relaxed).min(files), files)
    }

    /// How long each stage took, added up over all threads.
    pub fn stages(&self) -> impl Iterator<Item = (Stage, Duration)> {
        let times = self.stages.iter().map(duration);
        Stage::ALL.into_iter().zip(times)
    }

    /// How long each rule took, the slowest first.
    pub fn rules(&self) -> Vec<(&'static Rule, Duration)> {
        let times = self.rules.iter().map(duration);
        let mut rules: Vec<_> = RULES.iter().copied().zip(times).collect();
        rules.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.id.cmp(b.0.id)));
        rules
    }

    /// Does some work and adds the time that it takes.
    pub fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        self.add_time(self.stages.get(stage as usize), work)
    }

    fn add_time<T>(&self, spent: Option<&AtomicU64>, work: impl FnOnce() -> T) -> T {
        let (Some(clock), Some(spent)) = (self.clock, spent) else {
            return work();
        };
        let start = clock();
        let done = work();
        let nanos = clock().saturating_sub(start).as_nanos();
        spent.fetch_add(u64::try_from(nanos).unwrap_or(u64::MAX), Ordering::Relaxed);
        done
    }
}

fn duration(nanos: &AtomicU64) -> Duration {
    Duration::from_nanos(nanos.load(Ordering::Relaxed))
}

/// A meter where there is one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Metered<'a>(pub Option<&'a Meter>);

impl Metered<'_> {
    /// So many files will be read, one more time.
    pub fn expect(self, files: usize) {
        if let Some(meter) = self.0 {
            meter.files.fetch_add(files, Ordering::Relaxed);
        }
    }

    /// A file was read.
    pub fn file_done(self) {
        if let Some(meter) = self.0 {
            meter.done.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub fn time<T>(self, stage: Stage, work: impl FnOnce() -> T) -> T {
        match self.0 {
            Some(meter) => meter.time(stage, work),
            None => work(),
        }
    }

    /// Runs a rule, given by its number in [`RULES`].
    pub fn rule<T>(self, number: usize, work: impl FnOnce() -> T) -> T {
        match self.0 {
            Some(meter) => meter.add_time(meter.rules.get(number), work),
            None => work(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicU64;

    static NOW: AtomicU64 = AtomicU64::new(0);

    fn clock() -> Duration {
        Duration::from_secs(NOW.load(Ordering::Relaxed))
    }

    fn pass(seconds: u64) {
        NOW.fetch_add(seconds, Ordering::Relaxed);
    }

    #[test]
    fn time_goes_where_it_was_spent_and_files_are_counted() {
        let meter = Meter::timing(clock);
        let metered = Metered(Some(&meter));
        metered.expect(3);
        metered.file_done();
        metered.time(Stage::Parse, || pass(2));
        metered.time(Stage::Rules, || metered.rule(1, || pass(3)));
        metered.time(Stage::Parse, || pass(1));
        assert_eq!(meter.progress(), (1, 3));
        let spent: Vec<_> = meter
            .stages()
            .filter(|(_, time)| !time.is_zero())
            .map(|(stage, time)| (stage.name(), time.as_secs()))
            .collect();
        assert_eq!(spent, [("parse", 3), ("rules", 3)]);
        let (slowest, time) = meter.rules()[0];
        assert_eq!((slowest.id, time.as_secs()), (RULES[1].id, 3));
        assert_eq!(Meter::counting().rules(), []);
    }
}
