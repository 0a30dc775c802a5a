use ecow::EcoString;
use jiff::civil::Date;

use crate::syntax::{Name, Node, Reader};
use crate::text::Span;

/// The keys of a holder.
pub const HOLDER_KEYS: &[&str] = &["person", "status", "since", "until"];

/// On what terms somebody sits in a seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// For good.
    #[default]
    Permanent,
    /// Until somebody is found.
    Interim,
    /// In somebody's place.
    Acting,
}

impl Status {
    /// The words of the format.
    pub const WORDS: &'static [&'static str] = &["permanent", "interim", "acting"];

    /// As written in a file.
    pub fn name(self) -> &'static str {
        match self {
            Status::Permanent => "permanent",
            Status::Interim => "interim",
            Status::Acting => "acting",
        }
    }
}

/// A date with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateAt {
    /// The day.
    pub date: Date,
    /// Where it stands.
    pub span: Span,
}

impl DateAt {
    /// Reads a date like 2026-05-01; anything else is reported.
    pub fn read(node: Node<'_>, key: &str, reader: &mut Reader) -> Option<Self> {
        let date = node
            .text()
            .and_then(|text| text.trim().parse::<Date>().ok());
        if date.is_none() {
            reader.wrong_date(node, key);
        }
        Some(Self {
            date: date?,
            span: node.span(),
        })
    }
}

/// Words inside a name that belong into `status`, `since` or `until`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The words, without brackets.
    pub text: Box<str>,
    /// The status that they say, where they say one.
    pub status: Option<Status>,
    /// Where they stand, brackets included.
    pub span: Span,
}

/// Who sits in a seat.
#[derive(Clone, Debug)]
pub struct Holder {
    /// A person's id or name, without a [`Note`] that stood in it.
    pub person: Name,
    /// Words in the name that are no part of it.
    pub note: Option<Note>,
    /// Whether the name is only a stand-in for one ("TBD").
    pub placeholder: bool,
    /// On what terms, as the file says in `status`; else as the note says.
    pub status: Status,
    /// Where `status` stands.
    pub status_span: Option<Span>,
    /// Since when.
    pub since: Option<DateAt>,
    /// Until when.
    pub until: Option<DateAt>,
    /// The whole holder.
    pub span: Span,
    /// Whether it is a mapping.
    pub long_form: bool,
}

impl Holder {
    /// Reads one holder: a name, or a mapping.
    pub(super) fn read(node: Node<'_>, key: &str, reader: &mut Reader) -> Option<Self> {
        if !node.is_mapping() {
            let name = Name::read(node, key, reader)?;
            return Some(Self::of_name(name, node.span(), false));
        }
        let fields = reader.fields(node, key, "a holder", HOLDER_KEYS);
        let name = match fields.get("person") {
            Some(person) => Name::read(person, "person", reader)?,
            None => Name::empty(node.span()),
        };
        let mut holder = Self::of_name(name, node.span(), true);
        if let Some(status) = fields.get("status") {
            holder.status_span = Some(status.span());
            holder.status = match reader.word(status, "status", Status::WORDS) {
                Some("interim") => Status::Interim,
                Some("acting") => Status::Acting,
                _ => Status::Permanent,
            };
        }
        holder.since = fields
            .get("since")
            .and_then(|since| DateAt::read(since, "since", reader));
        holder.until = fields
            .get("until")
            .and_then(|until| DateAt::read(until, "until", reader));
        Some(holder)
    }

    fn of_name(name: Name, span: Span, long_form: bool) -> Self {
        let placeholder = is_placeholder(&name.text);
        let (person, note) = if placeholder {
            (name, None)
        } else {
            split_note(name)
        };
        Self {
            placeholder,
            status: note
                .as_ref()
                .and_then(|note| note.status)
                .unwrap_or_default(),
            person,
            note,
            status_span: None,
            since: None,
            until: None,
            span,
            long_form,
        }
    }

    /// Whether a person is named.
    pub fn is_somebody(&self) -> bool {
        !self.placeholder && !self.person.text.is_empty()
    }
}

/// Whether a text only stands in for one: TBD, TODO, n/a, ???, `[Full Name]`, `<name>`, xxx.
pub fn is_placeholder(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "tbd",
        "tba",
        "tbc",
        "tbh",
        "todo",
        "to do",
        "to be determined",
        "to be decided",
        "to be defined",
        "to be announced",
        "to be confirmed",
        "to be hired",
        "to be filled",
        "n/a",
        "na",
        "n.a.",
        "none",
        "nobody",
        "no one",
        "noone",
        "unknown",
        "unassigned",
        "not assigned",
        "vacant",
        "open",
        "open position",
        "open role",
        "hiring",
        "we are hiring",
        "empty",
        "fixme",
        "placeholder",
        "name",
        "full name",
        "your name",
        "first last",
        "firstname lastname",
        "someone",
        "somebody",
        "-",
        "--",
        "—",
        "–",
        "?",
        "...",
        "…",
        "lorem ipsum",
    ];
    let text = text.trim();
    let inner = text.trim_matches(['[', ']', '<', '>', '{', '}', '(', ')', '*', '_', '`']);
    let bracketed = text.len() > 2
        && matches!(
            (text.chars().next(), text.chars().last()),
            (Some('['), Some(']')) | (Some('<'), Some('>')) | (Some('{'), Some('}'))
        );
    let inner = inner.trim();
    let word = inner.trim_end_matches(['.', '!', ':']);
    let is_one = |word: &str| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word));
    let only = |wanted: u8| word.len() >= 2 && word.bytes().all(|byte| byte == wanted);
    let begins = |start: &&str| {
        let beginning = word.get(..start.len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(start))
    };
    bracketed
        || is_one(word)
        || is_one(inner)
        || only(b'?')
        || ((only(b'x') || only(b'X')) && word.len() >= 3)
        || ["tbd ", "tbd:", "tbd,", "todo:", "todo ", "tbd-"]
            .iter()
            .any(begins)
}

/// What may stand in brackets behind a name without being a part of it.
const PRONOUNS: &[&str] = &[
    "she", "her", "hers", "he", "him", "his", "they", "them", "theirs", "any", "all",
];

/// "Ana Lima" of "Ana Lima (she/her)".
pub fn without_pronouns(name: &str) -> &str {
    let bracket = name.trim_end().strip_suffix(')');
    let Some((before, inside)) = bracket.and_then(|name| name.rsplit_once('(')) else {
        return name;
    };
    let is_pronoun = |word: &str| {
        let mut known = PRONOUNS.iter();
        known.any(|known| known.eq_ignore_ascii_case(word.trim()))
    };
    match !before.trim().is_empty() && inside.split('/').all(is_pronoun) {
        true => before,
        false => name,
    }
}

/// The name in a text that names a holder, without pronouns and a status that stand in it: "Ana Lima (acting)" is Ana
/// Lima.
pub fn person_in(text: &str) -> EcoString {
    let name = Name::new(without_pronouns(text), Span::default());
    if is_placeholder(&name.text) {
        return name.text;
    }
    split_note(name).0.text
}

/// Splits `Ana Lima (Acting)` into the name and the note. Brackets that belong to a name, "(she/her)" or a
/// nickname, stay in it.
fn split_note(name: Name) -> (Name, Option<Note>) {
    let text = &*name.text;
    let (at, words) = match bracketed_note(text).or_else(|| trailing_note(text)) {
        Some(found) => found,
        None => return (name, None),
    };
    let person = text[..at]
        .trim_end()
        .trim_end_matches([',', '-', '–', '—', ':', '/'])
        .trim_end();
    if person.is_empty() {
        return (name, None);
    }
    // The span may hold a quote before the text.
    let raw_start = (name.span.end - name.span.start) as usize;
    let quote = usize::from(raw_start >= text.len() + 2);
    let note = Note {
        text: words.into(),
        status: status_in(words),
        span: name.span.sub(quote + at, quote + text.len()),
    };
    let person = Name {
        span: name.span,
        text: person.into(),
    };
    (person, Some(note))
}

fn bracketed_note(text: &str) -> Option<(usize, &str)> {
    let close = text.strip_suffix([')', ']'])?;
    let open = close.rfind(['(', '['])?;
    let words = close[open + 1..].trim();
    says_status(words).then_some((open, words))
}

/// A status word after the name without brackets: "Ana Lima - interim", "Ana Lima on leave until May".
fn trailing_note(text: &str) -> Option<(usize, &str)> {
    const STARTS: &[&str] = &[
        " - ",
        " – ",
        " — ",
        ", ",
        ": ",
        " / ",
        " on leave",
        " on parental leave",
        " on maternity leave",
        " on paternity leave",
        " on sabbatical",
        " until ",
        " till ",
    ];
    // An id is one word.
    if !text.contains(' ') {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let last_word = lower.rfind(' ').filter(|at| {
        matches!(
            lower[at + 1..].trim(),
            "acting" | "interim" | "(acting" | "(interim"
        )
    });
    let start = STARTS
        .iter()
        .filter_map(|start| {
            let at = lower.find(start)?;
            says_status(&text[at..]).then_some(at)
        })
        .chain(last_word)
        .min()?;
    let words = text[start..].trim_matches([' ', '-', '–', '—', ',', ':', '/', '(', ')']);
    Some((start, words))
}

fn says_status(words: &str) -> bool {
    const WORDS: &[&str] = &[
        "acting",
        "interim",
        "temporary",
        "temporarily",
        "temp",
        "provisional",
        "caretaker",
        "covering",
        "cover",
        "stand-in",
        "standin",
        "substitute",
        "deputy",
        "leave",
        "sabbatical",
        "until",
        "till",
        "since",
        "starting",
        "leaving",
        "left",
        "departing",
        "outgoing",
        "incoming",
        "former",
        "vacant",
        "hiring",
        "life support",
        "maintenance mode",
        "part-time",
        "part time",
        "on loan",
        "borrowed",
        "pto",
        "tbc",
        "tbd",
    ];
    let words = words.to_lowercase();
    WORDS.iter().any(|word| {
        words.match_indices(word).any(|(at, _)| {
            let before = words[..at].chars().next_back();
            let after = words[at + word.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    })
}

fn status_in(words: &str) -> Option<Status> {
    let words = words.to_lowercase();
    if words.contains("acting") || words.contains("cover") || words.contains("stand-in") {
        Some(Status::Acting)
    } else if ["interim", "temp", "caretaker", "provisional"]
        .iter()
        .any(|word| words.contains(word))
    {
        Some(Status::Interim)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> (String, Option<String>) {
        let (person, note) = split_note(Name::new(text, Span::new(0, text.len())));
        (person.text.into(), note.map(|note| note.text.into()))
    }

    #[test]
    fn a_status_is_taken_out_of_a_name() {
        for (text, name, note) in [
            ("Ana Lima (Acting)", "Ana Lima", "Acting"),
            (
                "Ana Lima (interim until Feb)",
                "Ana Lima",
                "interim until Feb",
            ),
            ("Ana Lima - interim", "Ana Lima", "interim"),
            ("Ana Lima, on leave", "Ana Lima", "on leave"),
            ("ana on parental leave", "ana", "on parental leave"),
            ("Ana Lima acting", "Ana Lima", "acting"),
            ("Tess Elms (Life Support)", "Tess Elms", "Life Support"),
        ] {
            assert_eq!(
                split(text),
                (name.to_owned(), Some(note.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn what_belongs_to_a_name_stays_in_it() {
        for text in [
            "Ana Lima",
            "Ana Lima (she/her)",
            "Robert (Bob) Stone",
            "Lima, Ana",
            "Grace Cleave",
            "José-Till Müller",
            "Interim Solutions",
            "Temperance Hill",
        ] {
            assert_eq!(split(text), (text.to_owned(), None), "{text}");
        }
    }

    #[test]
    fn stand_ins_for_a_name_are_known() {
        for text in [
            "TBD",
            "tbd",
            "TODO",
            "n/a",
            "N/A",
            "???",
            "[Full Name]",
            "<name>",
            "xxx",
            "TBD (Q3)",
            "Vacant",
            "-",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "Ana", "Todor", "Na Li", "Xi", "Xaver", "Tobias", "Nomi", "Opender",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
