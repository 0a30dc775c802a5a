//! The words that decided what a line is read as.

use smallvec::SmallVec;

use super::features::NOWHERE;
use super::head::Head;
use super::words::Word;
use crate::text::Span;

/// How much each word speaks for a class, against the one that comes next.
pub(super) fn weights(head: &Head, line: &[Word], class: usize) -> Weights {
    let chances = head.chances(line);
    let rival = chances
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != class)
        .max_by(|a, b| a.1.total_cmp(b.1))
        .map_or(class, |(other, _)| other);
    let mut weights = Weights::from_elem(0.0, line.len());
    head.difference(line, class, rival, |feature, weight| {
        if feature.from == NOWHERE {
            return;
        }
        for word in [feature.from, feature.to] {
            if let Some(sum) = weights.get_mut(word as usize) {
                *sum += weight / 2.0;
            }
        }
    });
    weights
}

/// A number for each word of a line.
pub(super) type Weights = SmallVec<[f32; 40]>;

/// The share of the weight that the deciding words have between them.
const DECIDING: f32 = 0.7;
/// The most words that decide.
const MOST_DECIDING: usize = 4;

/// The heaviest words, with neighbours joined.
pub(super) fn deciding(line: &[Word], weights: &[f32]) -> Vec<Span> {
    let mut order: SmallVec<[usize; 40]> =
        (0..line.len()).filter(|at| weights[*at] > 0.0).collect();
    order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
    let total: f32 = order.iter().map(|at| weights[*at]).sum();
    let mut sum = 0.0;
    let mut chosen: SmallVec<[usize; MOST_DECIDING]> = SmallVec::new();
    for at in order.into_iter().take(MOST_DECIDING) {
        if sum >= total * DECIDING {
            break;
        }
        sum += weights[at];
        chosen.push(at);
    }
    chosen.sort_unstable();
    let mut spans: Vec<Span> = Vec::new();
    let mut last = None;
    for at in chosen {
        let span = Span {
            start: line[at].start,
            end: line[at].end,
        };
        match spans.last_mut() {
            Some(before) if last == Some(at.wrapping_sub(1)) => *before = before.to(span),
            _ => spans.push(span),
        }
        last = Some(at);
    }
    spans
}
