use std::collections::HashMap;

use smallvec::SmallVec;

use super::few::FewShot;
use super::head::{Head, OTHER};
use super::model::Model;
use super::reading::{Candidate, Explanation, Line, OtherWork, Reading, SURE, Segment};
use super::segments::{Piece, segments, with_verb};
use super::stance::{Because, Mention, RoleNames, Stance, StanceWords};
use super::why::{deciding, weights};
use super::words::{Part, Word, Words, words};
use crate::catalog::{Catalog, DutyDef, DutyIx, RoleIx};
use crate::text::Span;

/// Recognises the duties of one catalog.
#[derive(Debug)]
pub struct Recognizer {
    /// The duty whose examples have these words; `None` where two duties share them.
    known: HashMap<u64, Option<DutyIx>>,
    model: Option<&'static Model>,
    /// The trained weights of the built-in catalog that this one stands on.
    head: Option<&'static Head>,
    /// The duty of each class of `head`; `None` for other work, and for duties that this catalog has not.
    classes: Vec<Option<DutyIx>>,
    /// The other work of each class of `head`, where rules speak of it.
    others: Vec<Option<OtherWork>>,
    few: FewShot,
    roles: RoleNames,
    stances: StanceWords,
    /// For each duty its owner, and whether its own examples mostly name that or another role, or begin with a
    /// hedge: then these are no guards against it.
    manners: Vec<Manner>,
}

/// How a catalog itself words a duty.
#[derive(Clone, Copy, Debug)]
struct Manner {
    owner: RoleIx,
    names_roles: bool,
    hedged: bool,
}

/// The chances of a line: each duty that is at all likely, best first, and that it is none of them.
#[derive(Debug, Default)]
struct Chances {
    duties: SmallVec<[Candidate; 6]>,
    other: f32,
    /// The likeliest other work, and how likely it is.
    work: Option<(OtherWork, f32)>,
}

/// A duty below this chance is not worth a word.
const LEAST: f32 = 0.02;
/// A line is read as nothing when it is likelier than this that it names none of the duties…
const MOST_OTHER: f32 = 0.42;
/// …or when its best duty is less likely than this…
const LEAST_BEST: f32 = 0.3;
/// …or when a duty of another owner is at least this part as likely: giving a duty to the opposite role is the worst
/// mistake.
const MOST_RIVAL: f32 = 0.6;
/// How likely a duty must be for a rule to build on it.
const LIKELY: f32 = 0.5;
/// How likely a duty must be to be worth naming where a line is not read.
const NEAR: f32 = 0.15;
/// How likely a line must be none of the duties for its parts not to be looked at.
const SURELY_OTHER: f32 = 0.95;
/// How sure each part of a compound must be.
const SURE_PART: f32 = 0.6;

impl Recognizer {
    /// Learns the duties of a catalog.
    pub fn new(catalog: &Catalog) -> Self {
        Self::with_model(catalog, Model::built_in())
    }

    /// Learns the duties of a catalog, with trained numbers of one's own.
    pub fn with_model(catalog: &Catalog, model: Option<&'static Model>) -> Self {
        let base = catalog.layers.first().filter(|layer| layer.builtin);
        let head = base.and_then(|layer| model?.head(&layer.id));
        let trained = |id: &str| head.is_some_and(|head| head.classes.contains(&id));
        let classes = head.map_or_else(Vec::new, |head| {
            // A duty of the same id that another layer brings is another duty.
            let built_in = |duty: &DutyIx| catalog.duty(*duty).origin == 0;
            let classes = head.classes.iter();
            classes
                .map(|class| catalog.find_duty(class).filter(built_in))
                .collect()
        });
        let others = head.map_or_else(Vec::new, |head| {
            let kind = |class: &&str| OtherWork::from_kind(class.strip_prefix(OTHER)?);
            head.classes.iter().map(kind).collect()
        });
        let untrained = catalog.duties().filter_map(|(duty, def)| {
            let skip = if def.origin == 0 && trained(&def.id) {
                def.first_examples
            } else {
                0
            };
            (skip == 0 || def.examples.len() > skip).then_some((duty, def, skip))
        });
        let few = model.map_or_else(FewShot::default, |model| {
            FewShot::learn(&model.lexicon, untrained)
        });
        let mut recognizer = Self {
            known: HashMap::new(),
            model,
            head,
            classes,
            others,
            few,
            roles: RoleNames::of(catalog),
            stances: StanceWords::new(),
            manners: Vec::new(),
        };
        recognizer.known = recognizer.examples(catalog);
        recognizer.manners = catalog
            .duties()
            .map(|(_, def)| recognizer.manner(def))
            .collect();
        recognizer
    }

    /// The duties by the words of their examples.
    fn examples(&self, catalog: &Catalog) -> HashMap<u64, Option<DutyIx>> {
        let mut known: HashMap<u64, Option<DutyIx>> = HashMap::new();
        for (duty, def) in catalog.duties() {
            let id = def.id.replace('-', " ");
            for text in def.examples.iter().chain([&def.title, &id]) {
                let Some(key) = word_key(&self.line(text)) else {
                    continue;
                };
                known
                    .entry(key)
                    .and_modify(|other| *other = other.filter(|other| *other == duty))
                    .or_insert(Some(duty));
            }
        }
        known
    }

    /// How the examples of a duty are mostly worded.
    fn manner(&self, def: &DutyDef) -> Manner {
        let (mut named, mut hedged) = (0, 0);
        for example in &def.examples {
            let line = words(example);
            named += usize::from(!self.roles.mentions(&line).is_empty());
            hedged += usize::from(self.stances.hedged(&line, 0).is_some());
        }
        let many = (def.examples.len() / 3).max(1);
        Manner {
            owner: def.role,
            names_roles: named >= many,
            hedged: hedged >= many,
        }
    }

    /// Reads a line of free text, as far as a linter may speak of it: what is rather wrong than right is not read.
    pub fn read(&self, text: &str) -> Line {
        let line = self.line(text);
        let chances = self.chances(&line);
        let pieces = segments(&line);
        let parts = self.parts(&line, &pieces, &chances);
        let best = self.decide(&chances, &parts);
        let Some(best) = best.filter(|best| best.confidence >= LIKELY) else {
            let other = chances.sure_work();
            return Line {
                reading: None,
                other,
                nearest: chances.near().filter(|_| other.is_none()),
            };
        };
        let (stance, _, subject) = self.stance(&line, Some(best.duty));
        Line {
            reading: Some(Reading {
                duty: best.duty,
                certainty: best.certainty(),
                stance,
                compound: is_compound(&parts),
                subject,
            }),
            ..Line::default()
        }
    }

    /// Reads a line and says why.
    pub fn explain(&self, text: &str) -> Explanation {
        let line = self.line(text);
        let chances = self.chances(&line);
        let pieces = segments(&line);
        let parts = self.parts(&line, &pieces, &chances);
        let best = self.decide(&chances, &parts);
        let (stance, because, subject) = self.stance(&line, best.map(|best| best.duty));
        let likely = best.or_else(|| chances.duties.first().copied());
        let runner_up = chances
            .duties
            .iter()
            .copied()
            .find(|candidate| best.is_none_or(|best| candidate.duty != best.duty));
        let span = |from: usize, to: usize| Span {
            start: line[from].start,
            end: line[to].end,
        };
        Explanation {
            duty: best,
            runner_up,
            other: chances.other,
            work: chances.sure_work(),
            stance,
            stance_words: because.map(|(from, to)| span(from, to)),
            evidence: match (best, chances.sure_work()) {
                (None, Some(work)) => self.evidence_of_work(&line, work),
                _ => likely.map_or_else(Vec::new, |likely| self.evidence(&line, likely.duty)),
            },
            subject,
            segments: pieces
                .iter()
                .zip(&parts)
                .map(|(piece, duty)| Segment {
                    span: span(piece.from, piece.to - 1),
                    duty: *duty,
                })
                .collect(),
            compound: is_compound(&parts),
        }
    }

    fn line(&self, text: &str) -> Words {
        match self.model {
            Some(model) => model.lexicon.read_line(text),
            None => words(text),
        }
    }

    fn chances(&self, line: &[Word]) -> Chances {
        let exact = word_key(line).and_then(|key| *self.known.get(&key)?);
        let mut chances = self.weigh(line);
        if let Some(duty) = exact {
            // These very words are an example: that is as sure as words can be.
            chances.duties.retain(|candidate| candidate.duty != duty);
            chances.duties.insert(
                0,
                Candidate {
                    duty,
                    confidence: EXACT,
                },
            );
            chances.other *= 1.0 - EXACT;
            for candidate in chances.duties.iter_mut().skip(1) {
                candidate.confidence *= 1.0 - EXACT;
            }
        }
        chances
    }

    fn weigh(&self, line: &[Word]) -> Chances {
        let mut chances = Chances {
            other: 1.0,
            ..Chances::default()
        };
        if !line.iter().any(|word| word.part == Part::Content) {
            return chances;
        }
        if let Some(head) = self.head {
            chances.other = 0.0;
            let classes = self.classes.iter().zip(&self.others);
            for ((duty, work), chance) in classes.zip(head.chances(line)) {
                if let Some(work) = work
                    && chances.work.is_none_or(|(_, best)| chance > best)
                {
                    chances.work = Some((*work, chance));
                }
                match duty {
                    Some(duty) if chance >= LEAST => chances.duties.push(Candidate {
                        duty: *duty,
                        confidence: chance,
                    }),
                    _ => chances.other += chance,
                }
            }
        }
        if !self.few.is_empty() {
            let own = self.few.chances(line);
            let left = 1.0 - own.iter().map(|(_, chance)| chance).sum::<f32>();
            chances.other *= left;
            for candidate in &mut chances.duties {
                candidate.confidence *= left;
            }
            for (duty, chance) in own {
                match chances.duties.iter_mut().find(|known| known.duty == duty) {
                    Some(known) => known.confidence += chance,
                    None => chances.duties.push(Candidate {
                        duty,
                        confidence: chance,
                    }),
                }
            }
        }
        chances
            .duties
            .sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        chances
    }

    /// What each part of a compound names.
    fn parts(
        &self,
        line: &[Word],
        pieces: &[Piece],
        whole: &Chances,
    ) -> SmallVec<[Option<Candidate>; 4]> {
        // What is surely other work as a whole has no duties as its parts.
        if pieces.len() < 2 || whole.other > SURELY_OTHER {
            return SmallVec::new();
        }
        pieces
            .iter()
            .map(|piece| {
                let chances = self.weigh(&with_verb(line, *piece));
                let best = chances.duties.first().copied()?;
                (best.confidence >= SURE_PART).then_some(best)
            })
            .collect()
    }

    fn decide(&self, chances: &Chances, parts: &[Option<Candidate>]) -> Option<Candidate> {
        let best = self.decide_whole(chances);
        if !is_compound(parts) {
            return best;
        }
        // A line that names two duties looks torn between them as a whole; its parts are clear.
        let same = |part: &&Candidate| best.is_none_or(|best| part.duty == best.duty);
        let surest = parts
            .iter()
            .flatten()
            .filter(same)
            .max_by(|a, b| a.confidence.total_cmp(&b.confidence));
        match (best, surest) {
            (Some(best), Some(part)) if best.confidence >= part.confidence => Some(best),
            (best, part) => part.copied().or(best),
        }
    }

    fn decide_whole(&self, chances: &Chances) -> Option<Candidate> {
        let best = chances.duties.first().copied()?;
        let owner = |duty: DutyIx| self.manners.get(duty.0 as usize).map(|manner| manner.owner);
        let rival = chances
            .duties
            .iter()
            .find(|other| owner(other.duty) != owner(best.duty))
            .map_or(0.0, |rival| rival.confidence);
        let clear = chances.other <= MOST_OTHER
            && best.confidence >= LEAST_BEST
            && rival <= best.confidence * MOST_RIVAL;
        clear.then_some(best)
    }

    fn stance(&self, line: &[Word], duty: Option<DutyIx>) -> (Stance, Because, Option<RoleIx>) {
        let mentions = self.roles.mentions(line);
        let subject = mentions.first().filter(|mention| is_subject(line, mention));
        let from = subject.map_or(0, |subject| subject.to + 1);
        let manner = duty.and_then(|duty| self.manners.get(duty.0 as usize));
        let role = subject.and_then(|subject| subject.role);
        if let Some(because) = self.stances.negated(line) {
            return (Stance::Negated, Some(because), role);
        }
        if let Some(because) = self.stances.hedged(line, from)
            && !manner.is_some_and(|manner| manner.hedged)
        {
            return (Stance::HasPart, Some(because), role);
        }
        if let Some(manner) = manner
            && !manner.names_roles
            && let Some(other) = mentions
                .iter()
                .skip(usize::from(subject.is_some()))
                .find(|mention| mention.role == Some(manner.owner))
        {
            return (Stance::Collaborates, Some((other.from, other.to)), role);
        }
        (Stance::Owns, None, role)
    }

    /// The words that decided for a duty, in their order.
    fn evidence(&self, line: &[Word], duty: DutyIx) -> Vec<Span> {
        let class = self.classes.iter().position(|class| *class == Some(duty));
        match (self.head, class) {
            (Some(head), Some(class)) => deciding(line, &weights(head, line, class)),
            _ => deciding(line, &self.few.weights(line, duty)),
        }
    }

    /// The words that decided for other work.
    fn evidence_of_work(&self, line: &[Word], work: OtherWork) -> Vec<Span> {
        let class = self.others.iter().position(|other| *other == Some(work));
        match (self.head, class) {
            (Some(head), Some(class)) => deciding(line, &weights(head, line, class)),
            _ => Vec::new(),
        }
    }
}

impl Chances {
    fn near(&self) -> Option<DutyIx> {
        let best = self.duties.first()?;
        (best.confidence >= NEAR).then_some(best.duty)
    }

    fn sure_work(&self) -> Option<OtherWork> {
        let (work, chance) = self.work?;
        (chance >= SURE).then_some(work)
    }
}

/// How sure a reading is whose words are those of an example.
const EXACT: f32 = 0.98;
/// Whether at least two parts name different duties.
fn is_compound(parts: &[Option<Candidate>]) -> bool {
    let mut duties = parts.iter().flatten().map(|part| part.duty);
    duties
        .next()
        .is_some_and(|first| duties.any(|duty| duty != first))
}

/// Whether a role is what the sentence is about: "The Product Owner orders the backlog".
fn is_subject(line: &[Word], mention: &Mention) -> bool {
    let before = &line[..mention.from];
    before.iter().all(|word| word.part == Part::Little)
        && line.get(mention.to + 1).is_some_and(|next| {
            next.verb || matches!(next.part, Part::Little | Part::Not) || next.part == Part::Content
        })
}

/// One number for the set of meaningful words of a line, the same for any order; `None` without such words.
fn word_key(line: &[Word]) -> Option<u64> {
    let content = line.iter().filter(|word| word.part == Part::Content);
    let mut stems: SmallVec<[u32; 32]> = content.map(|word| word.stem).collect();
    stems.sort_unstable();
    stems.dedup();
    // FNV-1a, so that it is the same on every machine.
    (!stems.is_empty()).then(|| {
        stems.iter().fold(0xcbf2_9ce4_8422_2325, |key: u64, stem| {
            (key ^ u64::from(*stem)).wrapping_mul(0x0100_0000_01b3)
        })
    })
}
