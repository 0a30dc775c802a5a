//! Trained weights: from the features of a line to the chance of each class.

use smallvec::SmallVec;

use super::features::{Feature, features};
use super::store::{Bytes, Table};
use super::words::Word;

/// A class that is none of the catalog's duties begins so; what follows says which kind of work it is.
pub const OTHER: &str = "other:";

/// A number for each class.
pub type PerClass = SmallVec<[f32; 48]>;

/// The most classes of a catalog.
const MOST_CLASSES: usize = 64;

/// The trained weights of one built-in catalog.
#[derive(Debug)]
pub struct Head {
    /// The name of the catalog.
    pub name: &'static str,
    /// Duty ids, and kinds of other work as `other:KIND`.
    pub classes: Vec<&'static str>,
    scale: f32,
    table: Table,
}

impl Head {
    pub(super) fn read(bytes: &mut Bytes) -> Option<Self> {
        let name = bytes.text()?;
        let count = bytes
            .u8()
            .filter(|count| usize::from(*count) <= MOST_CLASSES)?;
        let classes = (0..count)
            .map(|_| bytes.text())
            .collect::<Option<Vec<_>>>()?;
        let head = Self {
            name,
            classes,
            scale: bytes.f32()?,
            table: bytes.table()?,
        };
        Some(head)
    }

    /// The classes that a feature speaks for or against. Its row is a number of pairs, and the pairs: a class, and
    /// how much.
    fn row(&self, key: u32) -> impl Iterator<Item = (usize, i32)> {
        let row = self.table.get(key).unwrap_or(&[0]);
        let length = row.first().map_or(0, |pairs| usize::from(*pairs) * 2);
        let pairs = row.get(1..=length).unwrap_or_default().chunks_exact(2);
        pairs.map(|pair| (usize::from(pair[0]), i32::from(pair[1].cast_signed())))
    }

    /// The chance of each class for a line; they add up to 1.
    pub fn chances(&self, line: &[Word]) -> PerClass {
        let mut sums = [0i32; MOST_CLASSES];
        let mut count = 0u32;
        features(line, |feature| {
            count += 1;
            for (class, weight) in self.row(feature.key) {
                sums[class % MOST_CLASSES] += weight;
            }
        });
        let scale = self.scale * damping(count);
        let sums = sums.iter().take(self.classes.len());
        softmax(sums.map(|sum| *sum as f32 * scale).collect())
    }

    /// How much each feature speaks for one class, and for it against another.
    pub fn difference(
        &self,
        line: &[Word],
        class: usize,
        other: usize,
        mut emit: impl FnMut(Feature, f32),
    ) {
        features(line, |feature| {
            let sum = |wanted: usize| -> i32 {
                let row = self.row(feature.key);
                row.filter(|(class, _)| *class == wanted)
                    .map(|(_, weight)| weight)
                    .sum()
            };
            // A word that speaks for the class as such counts more than one that only tells the two apart.
            let difference = 2 * sum(class) - sum(other);
            if difference != 0 {
                emit(feature, difference as f32 * self.scale);
            }
        });
    }
}

/// Long lines have more features, which say less each.
pub fn damping(count: u32) -> f32 {
    (40.0 / count.max(1) as f32).sqrt()
}

/// Logits to chances.
pub fn softmax(mut logits: PerClass) -> PerClass {
    let most = logits.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for logit in &mut logits {
        *logit = (*logit - most).exp();
        sum += *logit;
    }
    for chance in &mut logits {
        *chance /= sum;
    }
    logits
}
