use std::collections::HashMap;
use std::sync::Arc;

use ecow::EcoString;
use smallvec::SmallVec;

use super::{FileFacts, PersonFact};
use crate::spec::without_pronouns;

/// The people of an organisation, by what files may call them.
#[derive(Debug, Default)]
pub struct Roster {
    /// The files with people documents, in order of path.
    files: Vec<FileFacts>,
    /// The first person of each id.
    ids: HashMap<EcoString, At>,
    /// The first person of each id in small letters, where that is not the id itself.
    spelled_ids: HashMap<String, At>,
    /// Everybody of a name.
    names: HashMap<String, SmallVec<[At; 1]>>,
    /// Everybody of an e-mail address.
    emails: HashMap<String, SmallVec<[At; 1]>>,
}

/// A person by their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct At {
    file: u32,
    person: u32,
}

/// A name as it is compared: in small letters, with single blanks, without pronouns behind it.
pub fn spelled(name: &str) -> String {
    let name = without_pronouns(name).trim_end();
    let is_blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0x0b;
    let mut was_blank = true;
    let has_single_blanks = name.bytes().all(|byte| {
        let is_sound = byte != b' ' || !was_blank;
        was_blank = is_blank(&byte);
        is_sound && (byte == b' ' || !was_blank)
    });
    if name.is_ascii() && has_single_blanks && !was_blank {
        // Nearly all are written like that.
        return name.to_ascii_lowercase();
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

impl Roster {
    /// Of those files that have people documents, in order of path.
    pub fn of<'f>(files: impl Iterator<Item = &'f FileFacts>) -> Self {
        let mut roster = Self {
            files: files
                .filter(|facts| facts.other().has_people)
                .cloned()
                .collect(),
            ..Self::default()
        };
        for (file, facts) in (0u32..).zip(&roster.files) {
            for (number, person) in (0u32..).zip(&facts.other().people) {
                let at = At {
                    file,
                    person: number,
                };
                let id = &person.id.text;
                roster.ids.entry(id.clone()).or_insert(at);
                let small = spelled(id);
                if small != **id {
                    roster.spelled_ids.entry(small).or_insert(at);
                }
                if let Some(name) = &person.name {
                    let named = roster.names.entry(spelled(&name.text)).or_default();
                    named.push(at);
                }
                if let Some(email) = &person.email {
                    let addressed = roster.emails.entry(spelled(&email.text)).or_default();
                    addressed.push(at);
                }
            }
        }
        roster
    }

    /// The people once some files say something else.
    pub fn with(self: &Arc<Self>, files: &[FileFacts]) -> Arc<Self> {
        let known = |facts: &FileFacts| self.files.iter().find(|known| known.file == facts.file);
        let is_same = |facts: &FileFacts| match known(facts) {
            Some(known) => known.says_the_same_of_people(facts),
            None => !facts.other().has_people,
        };
        if files.iter().all(is_same) {
            return Arc::clone(self);
        }
        let now = |known| files.iter().find(|new: &&FileFacts| new.file == known);
        let old = self
            .files
            .iter()
            .map(|known| now(known.file).unwrap_or(known));
        let new = files.iter().filter(|facts| known(facts).is_none());
        Arc::new(Self::of(old.chain(new)))
    }

    fn get(&self, at: At) -> Option<&PersonFact> {
        let facts = self.files.get(at.file as usize)?;
        facts.other().people.get(at.person as usize)
    }

    /// Whether there is a people document, be it empty.
    pub fn has_document(&self) -> bool {
        !self.files.is_empty()
    }

    /// Whether nobody is in it.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Everybody, in order of place.
    pub fn people(&self) -> impl Iterator<Item = &PersonFact> {
        self.files.iter().flat_map(|file| &file.other().people)
    }

    /// Words that syntax errors keep out of the people documents, in small letters.
    pub fn lost(&self) -> impl Iterator<Item = &str> {
        let lost = |file: &'_ FileFacts| file.other().lost.is_some();
        let files = self.files.iter().filter(move |file| lost(file));
        files.filter_map(|file| file.other().lost.as_deref())
    }

    /// The first person of an id, exactly as it is written.
    pub fn by_id(&self, id: &str) -> Option<&PersonFact> {
        self.get(*self.ids.get(id)?)
    }

    /// The first person of an id, in capital or small letters.
    pub fn by_any_id(&self, id: &str) -> Option<&PersonFact> {
        let small = spelled(id);
        let at = self.ids.get(&*small).or(self.spelled_ids.get(&small));
        self.get(*at?)
    }

    /// Everybody of a name, in capital or small letters, in order of place.
    pub fn by_name(&self, name: &str) -> impl Iterator<Item = &PersonFact> {
        let named = self.names.get(&spelled(name)).into_iter().flatten();
        named.filter_map(|at| self.get(*at))
    }

    /// The last person of an e-mail address.
    pub fn by_email(&self, email: &str) -> Option<&PersonFact> {
        self.get(*self.emails.get(&spelled(email))?.last()?)
    }

    /// Everybody who has the name or the e-mail address of somebody else, in order of place.
    pub fn namesakes(&self) -> impl Iterator<Item = &PersonFact> {
        let groups = self.names.values().chain(self.emails.values());
        let several = groups.filter(|group| group.len() > 1);
        let mut all: Vec<At> = several.flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().filter_map(|at| self.get(at))
    }
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn names_are_compared_by_what_is_called_out() {
        for (name, wanted) in [
            ("Ana Lima", "ana lima"),
            ("  Ana \t Lima ", "ana lima"),
            ("ana-lima", "ana-lima"),
            ("Ana Lima (she/her)", "ana lima"),
            ("Ana Lima (She / Her)", "ana lima"),
            ("Ana Lima (they)", "ana lima"),
            ("Ana Lima (Lisbon)", "ana lima (lisbon)"),
            ("(she/her)", "(she/her)"),
            ("Eve MÜLLER", "eve müller"),
            ("Eve\u{a0}Müller", "eve müller"),
            ("", ""),
        ] {
            assert_eq!(spelled(name), wanted, "{name:?}");
        }
    }
}
