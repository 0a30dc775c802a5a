use crate::catalog::{DutyIx, RoleIx};
use crate::text::Span;

use super::Stance;

/// How sure a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The file says nothing: a role without `duties` is assumed to hold its catalog duties.
    Assumed,
    /// Recognised from its words, with a doubt: good for a hint and no more.
    Weak,
    /// Recognised from its words.
    Recognized,
    /// Named by its id.
    Pinned,
}

/// The duty that a line names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Which.
    pub duty: DutyIx,
    /// How sure that is.
    pub certainty: Certainty,
    /// Whether the line says that its seat answers for it.
    pub stance: Stance,
    /// Whether other parts of the line name other duties.
    pub compound: bool,
    /// The role that the line is about, where it begins with one: "The Product Owner…".
    pub subject: Option<RoleIx>,
}

impl Reading {
    /// A duty that a file names by its id.
    pub fn pinned(duty: DutyIx) -> Self {
        Self {
            duty,
            certainty: Certainty::Pinned,
            stance: Stance::Owns,
            compound: false,
            subject: None,
        }
    }

    /// Takes into account on whose seat the line stands: "The Product Owner orders the backlog" on another seat
    /// says that its own holder does not.
    pub fn seated(&mut self, is_seat_of: impl FnOnce(RoleIx) -> bool) {
        if let Some(subject) = self.subject
            && self.stance == Stance::Owns
            && !is_seat_of(subject)
        {
            self.stance = Stance::Negated;
        }
    }

    /// Whether the line says that its seat answers for the duty.
    pub fn owns(&self) -> bool {
        self.stance == Stance::Owns
    }
}

/// What a line is read as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The duty that it names, where that is clear.
    pub reading: Option<Reading>,
    /// The other kind of work that it is, where that is clear.
    pub other: Option<OtherWork>,
    /// The duty that comes nearest, where the line is read as neither.
    pub nearest: Option<DutyIx>,
}

/// Work that is none of the duties, as far as it is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherWork {
    /// Running the events, removing impediments, keeping Scrum alive.
    ScrumMaster,
    /// Hiring, growing and reviewing people.
    PeopleManager,
    /// The structure and the standards of the technology.
    Architect,
    /// Schedules, risks and status of a project.
    ProjectManager,
    /// Helping somebody else to do their duty.
    Coach,
    /// What somebody is like or has learnt, and no work.
    Trait,
    /// No activity at all: "help out as needed".
    Vague,
}

impl OtherWork {
    /// From the name of a class of the trained weights, after `other:`.
    pub(super) fn from_kind(kind: &str) -> Option<Self> {
        Some(match kind {
            "scrum-master" => Self::ScrumMaster,
            "people-manager" => Self::PeopleManager,
            "architect" => Self::Architect,
            "project-manager" => Self::ProjectManager,
            "coach" => Self::Coach,
            "trait" => Self::Trait,
            "vague" => Self::Vague,
            _ => return None,
        })
    }
}

/// How sure a reading must be to be more than a hint.
pub(super) const SURE: f32 = 0.7;

/// A duty that a line may name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Which.
    pub duty: DutyIx,
    /// How likely that is, from 0 to 1.
    pub confidence: f32,
}

impl Candidate {
    /// What such a chance is good for.
    pub fn certainty(self) -> Certainty {
        if self.confidence >= SURE {
            Certainty::Recognized
        } else {
            Certainty::Weak
        }
    }
}

/// A reading with everything that led to it.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The duty; `None` when it is not clear that the line names one.
    pub duty: Option<Candidate>,
    /// The next most likely duty; without `duty` the most likely one.
    pub runner_up: Option<Candidate>,
    /// How likely the line names none of the duties, from 0 to 1.
    pub other: f32,
    /// The other kind of work that it is, where that is clear.
    pub work: Option<OtherWork>,
    /// How the line stands to the duty.
    pub stance: Stance,
    /// The words that say so, where it is not `Owns`.
    pub stance_words: Option<Span>,
    /// The words that decided for the duty, or for the runner-up where there is none; bytes of the line.
    pub evidence: Vec<Span>,
    /// The role that the line is about, where it begins with one.
    pub subject: Option<RoleIx>,
    /// The parts of the line, each with what it names by itself; empty where it has one part.
    pub segments: Vec<Segment>,
    /// Whether the parts name different duties.
    pub compound: bool,
}

/// A part of a compound line.
#[derive(Clone, Copy, Debug)]
pub struct Segment {
    /// Its bytes.
    pub span: Span,
    /// What it names, where that is clear.
    pub duty: Option<Candidate>,
}
