//! A line as words: where they stand, what they stem from, and which little words hold them together.

use smallvec::SmallVec;

/// The longest line that is read, in words; what comes after is left unread.
const MOST_WORDS: usize = 120;

/// A word, or a break between words.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Where it begins, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The number of its stem; 0 for a break.
    pub stem: u32,
    /// What it does in the line.
    pub part: Part,
    /// The concepts it stands for, as the lexicon numbers them; 0 is none.
    pub concepts: [u8; 2],
    /// Whether the lexicon knows it.
    pub known: bool,
    /// Whether it is something that one does.
    pub verb: bool,
    /// Whether it is, or is part of, the name of a role.
    pub role: bool,
    /// Whether it ends in -s, as "orders" does.
    pub ends_in_s: bool,
}

/// What a word does in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It names something.
    Content,
    /// "the", "our", "will": says nothing by itself.
    Little,
    /// "and", "or", "plus", "&".
    And,
    /// "to".
    To,
    /// "with", "alongside".
    With,
    /// "for", "on", "from", "in", "of"…
    Preposition,
    /// "so", "which", "that", "while", "because": what follows explains.
    Clause,
    /// "by", "through", "via", "using": what follows is the means.
    Means,
    /// "not", "never", "no", "without", "doesn't".
    Not,
    /// A comma, a slash or a bullet inside the line.
    Comma,
    /// The end of a sentence, a semicolon, a colon, a dash or a bracket.
    Stop,
}

/// A line as words.
pub type Words = SmallVec<[Word; 40]>;

/// Takes a line apart.
pub fn words(text: &str) -> Words {
    let mut words = Words::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() && words.len() < MOST_WORDS {
        let start = at;
        let byte = bytes[at];
        if byte.is_ascii_alphanumeric() || byte >= 0x80 {
            at = word(text, start, &mut words);
            continue;
        }
        at += 1;
        let part = match byte {
            b',' | b'/' | b'|' => Part::Comma,
            b'&' | b'+' => Part::And,
            b';' | b'(' | b')' | b':' | b'[' | b']' | b'!' | b'?' => Part::Stop,
            // Not "v2.5" and not "e.g.".
            b'.' if bytes.get(at).is_none_or(u8::is_ascii_whitespace) => Part::Stop,
            b'-' if start > 0
                && bytes[start - 1].is_ascii_whitespace()
                && bytes.get(at).is_none_or(u8::is_ascii_whitespace) =>
            {
                Part::Stop
            }
            _ => continue,
        };
        push_break(&mut words, start, at, part);
    }
    words
}

fn push_break(words: &mut Words, start: usize, end: usize, part: Part) {
    words.push(Word {
        start: start as u32,
        end: end as u32,
        stem: 0,
        part,
        concepts: [0; 2],
        known: true,
        verb: false,
        role: false,
        ends_in_s: false,
    });
}

/// Reads the word or sign at `start`; returns where it ends.
fn word(text: &str, start: usize, words: &mut Words) -> usize {
    let bytes = text.as_bytes();
    let mut buffer = [0u8; LONGEST];
    let mut length = 0;
    let mut at = start;
    let mut plain = true;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_alphanumeric() {
            if length < LONGEST {
                buffer[length] = byte.to_ascii_lowercase();
                length += 1;
            }
            at += 1;
        } else if byte == b'\'' {
            at += 1;
            if possessive(bytes, at) {
                at += 1;
                break;
            }
        } else if byte >= 0x80 {
            let Some(character) = text[at..].chars().next() else {
                break;
            };
            if character == '’' || character == '‘' {
                at += character.len_utf8();
                if possessive(bytes, at) {
                    at += 1;
                    break;
                }
                continue;
            }
            if !character.is_alphanumeric() {
                if at > start {
                    break;
                }
                // A dash, a bullet, an arrow or an emoji stands between words; a blank does not.
                let end = at + character.len_utf8();
                if !character.is_whitespace() {
                    push_break(words, at, end, Part::Stop);
                }
                return end;
            }
            plain = false;
            let mut utf8 = [0u8; 4];
            for lower in character.to_lowercase() {
                for byte in lower.encode_utf8(&mut utf8).bytes() {
                    if length < LONGEST {
                        buffer[length] = byte;
                        length += 1;
                    }
                }
            }
            at += character.len_utf8();
        } else {
            break;
        }
    }
    let lower = &buffer[..length];
    let part = part(lower);
    let ends_in_s = lower.ends_with(b"s");
    let stem = if lower.iter().all(u8::is_ascii_digit) {
        hash(b"#")
    } else if plain {
        let end = stem(&mut buffer, length);
        hash(&buffer[..end])
    } else {
        hash(lower)
    };
    words.push(Word {
        start: start as u32,
        end: at as u32,
        stem,
        part,
        concepts: [0; 2],
        known: false,
        verb: false,
        role: false,
        ends_in_s,
    });
    at
}

/// Whether the `s` of "customer's" stands at `at`.
fn possessive(bytes: &[u8], at: usize) -> bool {
    bytes
        .get(at)
        .is_some_and(|byte| matches!(byte, b's' | b'S'))
        && !bytes
            .get(at + 1)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80)
}

fn part(word: &[u8]) -> Part {
    match word {
        b"and" | b"or" | b"plus" | b"nor" => Part::And,
        b"to" => Part::To,
        b"with" | b"alongside" => Part::With,
        b"for" | b"on" | b"from" | b"in" | b"of" | b"at" | b"into" | b"onto" | b"across"
        | b"within" | b"between" | b"among" | b"amongst" | b"about" | b"around" | b"towards"
        | b"toward" | b"against" | b"over" | b"under" | b"during" | b"before" | b"after"
        | b"per" | b"upon" => Part::Preposition,
        b"so" | b"which" | b"that" | b"while" | b"because" | b"when" | b"where" | b"who"
        | b"whether" | b"if" | b"until" => Part::Clause,
        b"by" | b"through" | b"via" | b"using" | b"based" => Part::Means,
        b"not" | b"never" | b"no" | b"without" | b"doesnt" | b"dont" | b"cannot" | b"isnt"
        | b"wont" | b"neither" => Part::Not,
        b"a" | b"an" | b"the" | b"our" | b"we" | b"you" | b"your" | b"their" | b"its" | b"it"
        | b"is" | b"are" | b"be" | b"been" | b"being" | b"was" | b"were" | b"this" | b"these"
        | b"those" | b"as" | b"will" | b"would" | b"should" | b"shall" | b"must" | b"can"
        | b"could" | b"may" | b"might" | b"able" | b"responsible" | b"responsibility"
        | b"responsibilities" | b"accountable" | b"accountability" | b"have" | b"has"
        | b"having" | b"he" | b"she" | b"they" | b"them" | b"his" | b"her" | b"i" | b"my"
        | b"us" | b"any" | b"all" | b"each" | b"every" | b"both" | b"also" | b"then" | b"than"
        | b"such" | b"other" | b"others" | b"some" | b"very" | b"well" | b"own" | b"owns"
        | b"owning" | b"etc" | b"do" | b"does" | b"did" | b"there" | b"what" | b"how" | b"s"
        | b"e" | b"g" => Part::Little,
        _ => Part::Content,
    }
}

/// The longest word that is read whole, in bytes.
const LONGEST: usize = 40;

/// The length of the stem of the first `length` bytes; rewrites endings in place.
fn stem(word: &mut [u8; LONGEST], length: usize) -> usize {
    let mut n = length;
    if n <= 3
        || matches!(
            &word[..n],
            b"marketing" | b"meeting" | b"pricing" | b"accounting"
        )
    {
        return n;
    }
    n = plural(word, n);
    n = tense(word, n);
    n = noun_ending(word, n);
    if n >= 6 && word[..n].ends_with(b"our") {
        word[n - 2] = b'r';
        n -= 1;
    }
    if n >= 4 && word[n - 1] == b'e' {
        n -= 1;
    }
    if n >= 4 && matches!(&word[n - 2..n], b"iz" | b"yz") {
        word[n - 1] = b's';
    }
    let soft = match word[n - 1] {
        b'y' => !is_vowel(word[n - 2]),
        last => last == b'i',
    };
    if n >= 6 && soft {
        n -= 1;
    }
    if n >= 5
        && word[n - 1] == word[n - 2]
        && !is_vowel(word[n - 1])
        && (n > 5 || word[n - 1] != b'l')
        && word[n - 1] != b's'
    {
        n -= 1;
    }
    if &word[..n] == b"centr" {
        word[..6].copy_from_slice(b"center");
        n = 6;
    }
    n
}

fn plural(word: &mut [u8; LONGEST], n: usize) -> usize {
    let w = &word[..n];
    if n > 4 && w.ends_with(b"ies") {
        word[n - 3] = b'y';
        n - 2
    } else if w.ends_with(b"sses")
        || w.ends_with(b"ches")
        || w.ends_with(b"shes")
        || w.ends_with(b"xes")
    {
        n - 2
    } else if w.ends_with(b"s") && !w.ends_with(b"ss") && !w.ends_with(b"us") && !w.ends_with(b"is")
    {
        n - 1
    } else {
        n
    }
}

fn tense(word: &mut [u8; LONGEST], n: usize) -> usize {
    let w = &word[..n];
    let cut = if n > 4 && w.ends_with(b"ied") {
        word[n - 3] = b'y';
        return n - 2;
    } else if w.ends_with(b"ing") && n >= 6 {
        3
    } else if w.ends_with(b"ed") && !w.ends_with(b"eed") && n >= 5 {
        2
    } else {
        return n;
    };
    let rest = n - cut;
    if !word[..rest]
        .iter()
        .any(|byte| is_vowel(*byte) || *byte == b'y')
    {
        return n;
    }
    let last = word[rest - 1];
    if rest >= 4 && last == word[rest - 2] && !is_vowel(last) && !matches!(last, b'l' | b's' | b'z')
    {
        return rest - 1;
    }
    rest
}

/// Endings that make a noun or an adjective of a verb, longest first, with how much must remain.
const ENDINGS: &[(&[u8], &[u8], usize)] = &[
    (b"isation", b"is", 3),
    (b"ization", b"is", 3),
    (b"ising", b"is", 3),
    (b"ement", b"", 4),
    (b"ation", b"", 4),
    (b"ment", b"", 4),
    (b"ance", b"", 5),
    (b"ence", b"", 5),
    (b"able", b"", 4),
    (b"ible", b"", 5),
    (b"ness", b"", 4),
    (b"sis", b"s", 4),
    (b"ate", b"", 4),
    (b"ion", b"", 4),
    (b"at", b"", 4),
    (b"ly", b"", 4),
    (b"ic", b"", 5),
];

fn noun_ending(word: &mut [u8; LONGEST], n: usize) -> usize {
    for (ending, with, least) in ENDINGS {
        let Some(rest) = n.checked_sub(ending.len()).filter(|rest| rest >= least) else {
            continue;
        };
        if !word[..n].ends_with(ending) {
            continue;
        }
        if *ending == b"ion" && !matches!(word[rest - 1], b't' | b's') {
            continue;
        }
        word[rest..rest + with.len()].copy_from_slice(with);
        return rest + with.len();
    }
    n
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The number of a single word without regard to its place, as the lexicon keeps it.
pub fn stem_of(word: &str) -> u32 {
    words(word).first().map_or(0, |word| word.stem)
}

/// FNV-1a in 32 bits: the same on every machine and in every build.
pub(super) fn hash(bytes: &[u8]) -> u32 {
    let hash = bytes.iter().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    });
    // 0 stands for a break.
    hash.max(1)
}
