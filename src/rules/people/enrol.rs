//! Adds somebody to a people document, in the way in which the others stand there.

use crate::catalog::simple_name;
use crate::rules::mend::Mend;
use crate::rules::{Fix, FixContext};
use crate::spec::Document;
use crate::syntax::{Kind, Node, Piece, Value};
use crate::text::TextEdit;
use crate::workspace::FileId;

/// How many people documents to choose from are bearable.
const MAX_CHOICES: usize = 3;

/// How many ids in order are no accident.
const IN_ORDER: usize = 3;

/// Adds whoever a file calls by `text` to the people of its file, else to those of other files.
pub(super) fn fixes(context: &FixContext<'_>, text: &str) -> Vec<Fix> {
    let Some(person) = Person::of(text) else {
        return Vec::new();
    };
    let own = context.finding.file;
    let files = context.index.files().iter();
    let with_people = files.filter(|facts| !facts.other().people.is_empty());
    let mut files: Vec<FileId> = with_people.map(|facts| facts.file).collect();
    if files.contains(&own) {
        files = vec![own];
    }
    let choice = files.len() > 1;
    let shown = |file| match choice {
        true => context.files.shown(file).into_owned(),
        false => "the people document".to_owned(),
    };
    let fix = |file| {
        let mend = Mend::of(context, file)?;
        let title = format!("Add {text} to {}", shown(file));
        Some(Fix::asked(title).edit(file, person.add(&mend)?))
    };
    files
        .into_iter()
        .take(MAX_CHOICES)
        .filter_map(fix)
        .collect()
}

/// Somebody of whom one word is known.
struct Person {
    /// As files write it.
    text: String,
    id: String,
    name: String,
}

impl Person {
    /// `zoe-quill` is called Zoe Quill, as far as one can tell; and Zoe Quill has the id `zoe-quill`.
    fn of(text: &str) -> Option<Self> {
        let is_name_like = |character: char| {
            character.is_alphanumeric() || matches!(character, '-' | '_' | '.' | '\'' | '’' | ' ')
        };
        if !text.starts_with(char::is_alphabetic) || !text.chars().all(is_name_like) {
            return None;
        }
        if text.contains(' ') {
            let id = simple_name(text);
            return Some(Self {
                text: text.to_owned(),
                id,
                name: text.to_owned(),
            });
        }
        // Whoever looks for the word has to find it among the ids, in whatever spelling.
        let words: Vec<String> = text.split(['-', '_', '.']).map(capital).collect();
        Some(Self {
            text: text.to_owned(),
            id: text.to_lowercase(),
            name: words.join(" ").trim().to_owned(),
        })
    }

    fn add(&self, mend: &Mend<'_>) -> Option<Vec<TextEdit>> {
        let documents = mend.source.spec.documents.iter();
        let mut people = documents.filter_map(|document| match document {
            Document::People(people) if !people.people.is_empty() => Some(people),
            _ => None,
        });
        let people = people.next_back()?;
        if people
            .people
            .iter()
            .any(|person| *person.id.text == *self.id)
        {
            return None;
        }
        let tree = &mend.source.tree;
        let mut roots = tree
            .documents()
            .iter()
            .filter_map(|document| tree.root(document));
        let root = roots.find(|root| root.span() == people.span)?;
        let list = root
            .entries()
            .find(|(key, _)| key.text() == Some("people"))?
            .1;
        // What an alias stands for is somewhere else, and may be something else as well.
        if list.kind() == Kind::Alias || list.anchor().is_some() {
            return None;
        }
        let editor = mend.editor();
        if !list.is_sequence() {
            let after = self.after(list);
            let entry = (self.id.as_str(), self.value(list));
            return editor.add(list, after.as_deref(), &[entry]);
        }
        let last = list.items().last()?;
        if !last.is_mapping() {
            return editor.push(list, &[Piece::text(&self.text)]);
        }
        let value = self.value(last);
        let piece = Piece {
            above: Vec::new(),
            inside: Vec::new(),
            lines: value.entry_lines(&self.id, 2),
            flow: format!("{{{}: {}}}", self.id, value.flow()),
        };
        editor.push(list, &[piece])
    }

    /// The last id before this one, where the ids stand in order of the alphabet.
    fn after(&self, group: Node<'_>) -> Option<String> {
        let ids: Vec<&str> = group.entries().filter_map(|(key, _)| key.text()).collect();
        let before = ids.iter().rposition(|id| *id < &*self.id)?;
        (ids.len() >= IN_ORDER && ids.is_sorted())
            .then(|| ids.get(before).map(|id| (*id).to_owned()))?
    }

    /// What is known, written as for the others of a group: `ana: Ana Lima`, in braces, or in lines.
    fn value(&self, group: Node<'_>) -> Value {
        let told = group.entries().map(|(_, value)| value);
        let told = told.filter(|value| !value.is_null()).last();
        match told.map(Node::kind) {
            Some(Kind::Scalar(_)) => Value::text(self.name.as_str()),
            Some(Kind::Mapping { flow: false }) => {
                Value::Keys(vec![("name".to_owned(), Value::text(self.name.as_str()))])
            }
            _ => Value::Map(vec![("name", Value::text(self.name.as_str()))]),
        }
    }
}

/// With a capital at its start.
fn capital(word: &str) -> String {
    let mut rest = word.chars();
    let first: Vec<char> = rest
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    first.into_iter().chain(rest).collect()
}
