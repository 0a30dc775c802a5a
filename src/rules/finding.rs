use std::borrow::Cow;

use ecow::EcoString;

use super::{Evidence, Rule};
use crate::text::Span;
use crate::workspace::{FileId, Severity};

/// Something that a rule has to say, with its evidence.
///
/// [`message`](Self::message), [`why`](Self::why) and [`help`](Self::help) say what is wrong, why it matters and
/// what to do, in the words of a product person.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which rule.
    pub rule: &'static Rule,
    /// How much it matters.
    pub severity: Severity,
    /// In which file.
    pub file: FileId,
    /// Where.
    pub span: Span,
    /// What is wrong; starts in small letters unless with a name, and has no full stop.
    pub message: Box<str>,
    /// A few words right at the place.
    pub label: Cow<'static, str>,
    /// Why it matters: whole sentences.
    pub why: Cow<'static, str>,
    /// What to do: whole sentences.
    pub help: Cow<'static, str>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// The words that decided what the line was read as, where the finding is about words.
    pub evidence: Box<[Span]>,
    /// Whether the engine has to look those words up: the rule saw no text.
    pub(super) reads: bool,
    /// Whether the engine has to put the words of the first related line into the help.
    pub(super) quotes: bool,
    /// Where in the document it is, independent of lines: `team checkout / product-owner`.
    pub place: EcoString,
    /// What it is about: a person, a duty, a key.
    pub subject: EcoString,
    /// Whether it is about the whole organisation: whichever of its files it is shown in, it is the same finding.
    pub(super) everywhere: bool,
    /// A number that stays the same when lines move and other places change.
    pub fingerprint: u64,
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug)]
pub struct Related {
    /// In which file.
    pub file: FileId,
    /// Where.
    pub span: Span,
    /// What stands there.
    pub message: Box<str>,
}

impl Finding {
    /// The same finding in a file whose places are others; `None` where a place of it is no more.
    pub(super) fn moved(&self, file: FileId, now: impl Fn(Span) -> Option<Span>) -> Option<Self> {
        let mut moved = self.clone();
        moved.span = now(self.span)?;
        for related in moved.related.iter_mut().filter(|one| one.file == file) {
            related.span = now(related.span)?;
        }
        for word in &mut moved.evidence {
            *word = now(*word)?;
        }
        Some(moved)
    }

    /// Says something right at the place.
    pub fn label(mut self, label: impl Into<Cow<'static, str>>) -> Self {
        self.label = label.into();
        self
    }

    /// Says why it matters.
    pub fn why(mut self, why: impl Into<Cow<'static, str>>) -> Self {
        self.why = why.into();
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = help.into();
        self
    }

    /// Points to another place, too.
    pub fn related(mut self, file: FileId, span: Span, message: impl Into<Box<str>>) -> Self {
        self.related.push(Related {
            file,
            span,
            message: message.into(),
        });
        self
    }

    /// Marks it as about words that the rule did not see: the engine says at the end of the label which of them
    /// decided, and the same at related lines.
    pub(super) fn reads(mut self, reads: bool) -> Self {
        self.reads = reads;
        self
    }

    /// What stands in the help for the words of a line that the rule did not see.
    pub(super) const YOUR_WORDS: &'static str = "your words";

    /// Marks it as about a related line that the rule did not see: the engine puts the words of the first one in
    /// place of [`YOUR_WORDS`](Self::YOUR_WORDS) in the help.
    pub(super) fn quotes(mut self) -> Self {
        self.reads = true;
        self.quotes = true;
        self
    }

    /// Says which words decided what the line was read as.
    pub(super) fn show(&mut self, evidence: &Evidence) {
        self.label.to_mut().push_str(&evidence.because());
        self.evidence = evidence.spans.as_slice().into();
    }

    /// Sets the parts of the fingerprint: where in the document, and what about.
    pub fn about(mut self, place: impl Into<EcoString>, subject: impl Into<EcoString>) -> Self {
        self.place = place.into();
        self.subject = subject.into();
        self
    }

    /// Sets the part of the fingerprint of what is about the whole organisation, and is shown in whichever file comes
    /// first: what about.
    pub(super) fn about_all(mut self, subject: impl Into<EcoString>) -> Self {
        self.everywhere = true;
        self.about("", subject)
    }

    /// Puts what it says on one line of bearable length each: names come from files, and a file may call a role
    /// by a whole page.
    pub(super) fn tidy(&mut self) {
        for (text, may_break) in [
            (&mut self.label, false),
            (&mut self.why, true),
            (&mut self.help, true),
        ] {
            if let Some(tidied) = tidied(text, may_break) {
                *text = Cow::Owned(tidied);
            }
        }
        for text in std::iter::once(&mut self.message)
            .chain(self.related.iter_mut().map(|related| &mut related.message))
        {
            if let Some(tidied) = tidied(text, false) {
                *text = tidied.into();
            }
        }
    }

    /// Whether another finding would be shown in the same words at the same places.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let mut related = self.related.iter().zip(&other.related);
        self.rule == other.rule
            && self.severity == other.severity
            && (self.file, self.span) == (other.file, other.span)
            && self.message == other.message
            && self.label == other.label
            && self.why == other.why
            && self.help == other.help
            && self.related.len() == other.related.len()
            && related.all(|(a, b)| (a.file, a.span, &a.message) == (b.file, b.span, &b.message))
            && self.fingerprint == other.fingerprint
    }

    /// Matters more or less than the rule usually does.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// The longest text of a finding, in bytes.
const MAX_LENGTH: usize = 1_000;

fn tidied(text: &str, may_break: bool) -> Option<String> {
    let is_odd = |character: char| character.is_control() && !(may_break && character == '\n');
    if text.len() <= MAX_LENGTH && !text.contains(is_odd) {
        return None;
    }
    let mut tidied: String = text
        .chars()
        .map(|character| if is_odd(character) { ' ' } else { character })
        .take(MAX_LENGTH)
        .collect();
    if tidied.len() < text.len() {
        tidied.push('…');
    }
    Some(tidied)
}
