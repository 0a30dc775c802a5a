//! Builds the recogniser's numbers from the statements in `src/recognize/training` and the catalogs' examples.
//!
//! Everything is in a fixed order and from a fixed seed: the same data gives the same file.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use rolelint::recognize::{
    BEGINS_PHRASE, CONCEPTS, Feature, Lexicon, Model, NOWHERE, OTHER, Pack, Part, ROLE, VERB,
    damping, features, join, slips, words,
};

use crate::statements::{Statement, examples, training};

/// Where the training data lies.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/recognize/training")
}

/// All statements that are trained on, catalogs' examples left out.
pub fn all_statements() -> Vec<Statement> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "tsv"))
        .collect();
    files.sort();
    files.iter().flat_map(|file| training(file)).collect()
}

/// Builds the whole file, with the weights of some of the built-in catalogs.
pub fn build(statements: &[Statement], catalogs: &[&str]) -> &'static [u8] {
    let mut pack = Pack::default();
    pack.u32(MAGIC);
    let all: Vec<Statement> = statements
        .iter()
        .cloned()
        .chain(CATALOGS.iter().flat_map(|catalog| examples(catalog.name)))
        .collect();
    lexicon(&all, &mut pack);
    let mut without_heads = Pack::default();
    std::mem::swap(&mut pack, &mut without_heads);
    let bytes = without_heads.finish();
    let mut first = bytes.clone();
    first.push(0);
    let lexicon = Model::read(leak(first)).unwrap().lexicon;
    let mut bytes = bytes;
    bytes.push(catalogs.len() as u8);
    for catalog in CATALOGS
        .iter()
        .filter(|catalog| catalogs.contains(&catalog.name))
    {
        let mut pack = Pack::default();
        head(catalog, statements, &lexicon, &mut pack);
        bytes.extend(pack.finish());
    }
    leak(bytes)
}

/// The first four bytes of the file.
const MAGIC: u32 = Model::MAGIC;

fn leak(bytes: Vec<u8>) -> &'static [u8] {
    Box::leak(bytes.into_boxed_slice())
}

/// How a built-in catalog learns from the shared statements, which are labelled with the duties of `popm`.
struct CatalogData {
    name: &'static str,
    /// Labels and kinds that are another duty here, or that this school sees so differently that they teach
    /// nothing.
    skip: &'static [&'static str],
    /// How many features are kept.
    rows: usize,
}

const CATALOGS: &[CatalogData] = &[
    CatalogData {
        name: "popm",
        skip: &[],
        rows: 88_000,
    },
    CatalogData {
        name: "scrum",
        skip: &[
            "delivery-process",
            "roadmap",
            "team-liaison",
            "product-decision",
            "voice-of-customer",
            "customer-focus",
            "other:scrum-master",
            "other:coach",
            "other:engineer",
            "other:qa",
        ],
        rows: 14_000,
    },
    CatalogData {
        name: "safe",
        skip: &[
            "delivery-process",
            "product-decision",
            "other:scrum-master",
            "other:coach",
            "other:engineer",
            "other:architect",
            "other:qa",
            "other:executive",
        ],
        rows: 14_000,
    },
];

// --- The lexicon ---------------------------------------------------------------------------------------

fn lexicon(statements: &[Statement], pack: &mut Pack) {
    let thesaurus = std::fs::read_to_string(folder().join("thesaurus.txt")).unwrap();
    let mut concepts: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
    let mut phrases: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
    let mut begins: Vec<u32> = Vec::new();
    let mut verbs: Vec<u32> = Vec::new();
    let mut roles: Vec<u32> = Vec::new();
    let mut spellings: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut number = 0u8;
    for line in thesaurus.lines() {
        let Some((concept, entries)) = line.split_once(':') else {
            continue;
        };
        number += 1;
        for entry in entries.split_whitespace() {
            let text = entry.replace('_', " ");
            let stems: Vec<u32> = words(&text)
                .iter()
                .map(|word| word.stem)
                .filter(|stem| *stem != 0)
                .collect();
            match stems.as_slice() {
                [] => {}
                [stem] => {
                    add(concepts.entry(*stem).or_default(), number);
                    if concept.starts_with("v-") {
                        verbs.push(*stem);
                    }
                    if concept.starts_with("m-role-") {
                        roles.push(*stem);
                    }
                    spellings.entry(text).or_insert((*stem, 5));
                }
                [first, rest @ ..] => {
                    begins.push(*first);
                    let key = rest.iter().fold(*first, |key, stem| join(key, *stem));
                    add(phrases.entry(key).or_default(), number);
                    if concept.starts_with("m-role-") {
                        roles.push(key);
                    }
                }
            }
        }
    }
    let concepts_of = concepts.clone();
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for statement in statements {
        let mut seen: Vec<u32> = Vec::new();
        for word in words(&statement.text) {
            if word.part != Part::Content || statement.label == "other:foreign" {
                continue;
            }
            let written = &statement.text[word.start as usize..word.end as usize];
            let spelling = spellings
                .entry(written.to_lowercase())
                .or_insert((word.stem, 0));
            spelling.1 += 1;
            if !seen.contains(&word.stem) {
                seen.push(word.stem);
                *counts.entry(word.stem).or_default() += 1;
            }
        }
    }
    let total = statements.len() as f64;
    let mut rows: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
    let known = counts
        .iter()
        .filter(|(_, count)| **count >= 2)
        .map(|(stem, _)| *stem);
    for stem in known
        .chain(concepts.keys().copied())
        .chain(begins.iter().copied())
    {
        let concepts = concepts.get(&stem).cloned().unwrap_or_default();
        let count = f64::from(counts.get(&stem).copied().unwrap_or(1).max(1));
        let weight = tells(count, total);
        let flags = if begins.contains(&stem) {
            BEGINS_PHRASE
        } else {
            0
        } | if verbs.contains(&stem) { VERB } else { 0 }
            | if roles.contains(&stem) { ROLE } else { 0 };
        rows.insert(
            stem,
            vec![at(&concepts, 0), at(&concepts, 1), weight, flags],
        );
    }
    // About as often as its words together; a line with two of them counts twice.
    let mut concept_counts = [0f64; CONCEPTS];
    for (stem, numbers) in &concepts_of {
        for number in numbers {
            concept_counts[usize::from(*number)] +=
                f64::from(counts.get(stem).copied().unwrap_or(0));
        }
    }
    let rows: Vec<(u32, Vec<u8>)> = rows.into_iter().collect();
    pack.table(&rows);
    let phrases: Vec<(u32, Vec<u8>)> = phrases
        .into_iter()
        .map(|(key, concepts)| {
            let flags = if roles.contains(&key) { ROLE } else { 0 };
            (key, vec![at(&concepts, 0), at(&concepts, 1), flags])
        })
        .collect();
    pack.table(&phrases);
    let mut spellings: Vec<(String, (u32, u32))> = spellings
        .into_iter()
        .filter(|(word, (_, count))| *count >= 4 && word.len() >= 6 && word.is_ascii())
        .collect();
    spellings.sort_by(|(a, (_, m)), (b, (_, n))| n.cmp(m).then_with(|| a.cmp(b)));
    let mut table: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
    for (word, (stem, _)) in spellings {
        for slip in slips(&word) {
            table
                .entry(slip)
                .or_insert_with(|| stem.to_le_bytes().to_vec());
        }
    }
    let table: Vec<(u32, Vec<u8>)> = table.into_iter().collect();
    pack.table(&table);
    for count in concept_counts {
        pack.u8(tells(count, total));
    }
}

/// How much something tells that so many of so many lines have, from 0 to 255.
fn tells(count: f64, total: f64) -> u8 {
    ((total / count.max(1.0)).ln() / total.ln() * 255.0).clamp(0.0, 255.0) as u8
}

fn add(concepts: &mut Vec<u8>, number: u8) {
    if !concepts.contains(&number) {
        concepts.push(number);
    }
}

fn at(concepts: &[u8], index: usize) -> u8 {
    concepts.get(index).copied().unwrap_or(0)
}

// --- The weights ---------------------------------------------------------------------------------------

/// A line ready to be learnt.
struct Line {
    features: Vec<(u32, Feature)>,
    /// Which class, and how much of it.
    target: Vec<(usize, f32)>,
    weight: f32,
}

fn head(catalog: &CatalogData, shared: &[Statement], lexicon: &Lexicon, pack: &mut Pack) {
    let own = examples(catalog.name);
    let mut classes: Vec<String> = Vec::new();
    for statement in &own {
        if !classes.contains(&statement.label) {
            classes.push(statement.label.clone());
        }
    }
    let mut kinds: Vec<&str> = shared
        .iter()
        .map(|statement| statement.label.as_str())
        .filter(|label| label.starts_with(OTHER) && !catalog.skip.contains(label))
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    classes.extend(kinds.into_iter().map(str::to_owned));
    classes.push(format!("{OTHER}elsewhere"));
    // What no class of this catalog is for is some other work, unless it is to be skipped.
    let class = |label: &str| {
        if catalog.skip.contains(&label) {
            return None;
        }
        let known = classes.iter().position(|class| class == label);
        Some(known.unwrap_or(classes.len() - 1))
    };
    let mut numbers: HashMap<u32, u32> = HashMap::new();
    let mut lines = Vec::new();
    let own_weight = if catalog.name == "popm" { 1.0 } else { 2.0 };
    let weighted = own
        .iter()
        .map(|statement| (statement, own_weight))
        .chain(shared.iter().map(|statement| (statement, 1.0)));
    for (statement, weight) in weighted {
        let Some(first) = class(&statement.label) else {
            continue;
        };
        let target = match statement.alt.as_deref().map(class) {
            Some(Some(second)) => vec![(first, 0.6), (second, 0.4)],
            Some(None) => continue,
            None => vec![(first, 1.0)],
        };
        let line = lexicon.read_line(&statement.text);
        let mut found = Vec::new();
        features(&line, |feature| {
            let next = numbers.len() as u32;
            let number = *numbers.entry(feature.key).or_insert(next);
            found.push((number, feature));
        });
        lines.push(Line {
            features: found,
            target,
            weight,
        });
    }
    let count = classes.len();
    // The mean of several ways through the same lines hangs less on the order in which they came.
    let mut weights = vec![0f32; numbers.len() * count];
    for seed in SEEDS {
        let learnt = learn(&lines, numbers.len(), count, seed);
        for (sum, weight) in weights.iter_mut().zip(learnt) {
            *sum += weight / SEEDS.len() as f32;
        }
    }
    let most = weights
        .iter()
        .fold(0f32, |most, weight| most.max(weight.abs()));
    let scale = most.min(CLIP) / 127.0;
    let mut keys: Vec<(u32, u32)> = numbers.into_iter().collect();
    keys.sort_unstable();
    let mut rows: Vec<(u32, Vec<u8>)> = keys
        .into_iter()
        .filter_map(|(key, number)| {
            let weights = &weights[number as usize * count..][..count];
            // What all classes share makes no difference between them.
            let mut sorted = weights.to_vec();
            sorted.sort_by(f32::total_cmp);
            let middle = sorted[count / 2];
            let quantise =
                |weight: &f32| ((weight - middle) / scale).round().clamp(-127.0, 127.0) as i8;
            let pairs: Vec<u8> = weights
                .iter()
                .map(quantise)
                .enumerate()
                .filter(|(_, weight)| weight.unsigned_abs() >= QUIET)
                .flat_map(|(class, weight)| [class as u8, weight.cast_unsigned()])
                .collect();
            let mut row = vec![(pairs.len() / 2) as u8];
            row.extend(pairs);
            (row.len() > 1).then_some((key, row))
        })
        .collect();
    // The features that say most are kept; the rest would hardly change a reading.
    let loudness = |row: &[u8]| -> u32 {
        let weights = row.iter().skip(2).step_by(2);
        weights
            .map(|weight| u32::from(weight.cast_signed().unsigned_abs()).pow(2))
            .sum()
    };
    rows.sort_by_key(|(key, row)| (std::cmp::Reverse(loudness(row)), *key));
    rows.truncate(catalog.rows);
    rows.sort_by_key(|(key, _)| *key);
    pack.text(catalog.name);
    pack.u8(count as u8);
    for class in &classes {
        pack.text(class);
    }
    pack.f32(scale);
    pack.table(&rows);
}

/// Where the random numbers of each way through the lines begin.
const SEEDS: [u64; 2] = [0x2545_f491_4f6c_dd1d, 0x9e37_79b9_7f4a_7c15];
const EPOCHS: usize = 30;
const RATE: f32 = 0.08;
const DECAY: f32 = 1e-3;
const DROP: f32 = 0.25;
const CLIP: f32 = 4.0;
/// Weights of less than this, of 127, are left out.
const QUIET: u8 = 10;

/// Multinomial logistic regression by AdaGrad, forgetting words at random so that no line hangs on one of them.
fn learn(lines: &[Line], feature_count: usize, classes: usize, seed: u64) -> Vec<f32> {
    let mut weights = vec![0f32; feature_count * classes];
    let mut squares = vec![1e-6f32; feature_count * classes];
    let mut random = Random(seed);
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let mut logits = vec![0f32; classes];
    let mut kept = Vec::new();
    // The mean over the second half of the way is steadier than where the way ends.
    let mut mean = vec![0f32; feature_count * classes];
    for epoch in 0..EPOCHS {
        for last in (1..order.len()).rev() {
            order.swap(last, random.below(last + 1));
        }
        for line in order.iter().map(|index| &lines[*index]) {
            let mut dropped = [0u64; 4];
            for word in 0..128usize {
                if random.fraction() < DROP {
                    dropped[word / 64] |= 1 << (word % 64);
                }
            }
            let gone =
                |word: u8| word != NOWHERE && dropped[word as usize / 64] & (1 << (word % 64)) != 0;
            kept.clear();
            kept.extend(
                line.features
                    .iter()
                    .filter(|(_, feature)| !gone(feature.from) && !gone(feature.to))
                    .map(|(number, _)| *number as usize * classes),
            );
            let damping = damping(kept.len() as u32);
            logits.fill(0.0);
            for row in &kept {
                for (logit, weight) in logits.iter_mut().zip(&weights[*row..*row + classes]) {
                    *logit += weight;
                }
            }
            let most = logits.iter().copied().fold(f32::MIN, f32::max);
            let mut sum = 0.0;
            for logit in &mut logits {
                *logit = ((*logit - most) * damping).exp();
                sum += *logit;
            }
            for logit in &mut logits {
                *logit /= sum;
            }
            for (class, share) in &line.target {
                logits[*class] -= share;
            }
            let factor = damping * line.weight;
            for row in &kept {
                let row = *row..*row + classes;
                for ((weight, square), gradient) in weights[row.clone()]
                    .iter_mut()
                    .zip(&mut squares[row])
                    .zip(&logits)
                {
                    let gradient = gradient * factor + DECAY * *weight;
                    *square += gradient * gradient;
                    *weight -= RATE * gradient / square.sqrt();
                }
            }
        }
        if epoch >= EPOCHS / 2 {
            for (sum, weight) in mean.iter_mut().zip(&weights) {
                *sum += weight;
            }
        }
    }
    let later = (EPOCHS - EPOCHS / 2) as f32;
    mean.iter_mut().for_each(|sum| *sum /= later);
    mean
}

/// A small generator of numbers (xorshift64*), the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() >> 33) as usize % end
    }

    fn fraction(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }
}
