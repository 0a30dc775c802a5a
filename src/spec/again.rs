//! Taking over what a file said before where its text is the same: most of a long file, with most keys.

use super::person::EarlierPeople;
use super::{
    DateAt, Document, Duties, Duty, Holder, Note, People, Person, Role, RoleName, SharedRow, Spec,
    Unit, Vacancy,
};
use crate::syntax::{Name, Problem, Same};
use crate::text::{Places, Span};

/// What a text said before it changed.
#[derive(Debug)]
pub struct Earlier {
    /// What it said.
    pub spec: Spec,
    /// What of the text is the same.
    pub same: Same,
}

/// What one document of a file gave.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// Its top node.
    pub root: Span,
    /// Whether it is a [`Document`].
    pub is_document: bool,
    /// Whether its first key is among the unmarked.
    pub is_unmarked: bool,
    /// How many problems it has.
    pub problems: usize,
}

/// What an earlier reading of a file gave, document by document.
pub(super) struct Taken {
    same: Same,
    parts: std::vec::IntoIter<Part>,
    documents: std::vec::IntoIter<Document>,
    unmarked: std::vec::IntoIter<Span>,
    problems: std::vec::IntoIter<Problem>,
}

/// What one document gave, where it stands now.
pub(super) struct One {
    pub document: Option<Document>,
    pub unmarked: Option<Span>,
    pub problems: Vec<Problem>,
}

impl Taken {
    pub fn of(earlier: Earlier) -> Self {
        let Earlier { spec, same } = earlier;
        Self {
            same,
            parts: spec.parts.into_iter(),
            documents: spec.documents.into_iter(),
            unmarked: spec.unmarked.into_iter(),
            problems: spec.problems.into_iter(),
        }
    }

    /// What the document gave whose top node now stands at `root`, if it is the same. Documents are asked for in order.
    pub fn at(&mut self, root: Span) -> Option<One> {
        let before = self.same.before(root)?;
        while self.parts.as_slice().first()?.root.start < before.start {
            self.next();
        }
        if self.parts.as_slice().first()?.root != before {
            return None;
        }
        let mut one = self.next()?;
        if matches!(one.document, Some(Document::Catalog(_))) {
            // When a catalog's file changes, everything is read again anyway.
            return None;
        }
        if before != root {
            let same = self.same;
            let mut now = |span: &mut Span| *span = same.now(*span).unwrap_or(*span);
            one.document.places(&mut now);
            one.unmarked.places(&mut now);
            one.problems.places(&mut now);
        }
        Some(one)
    }

    /// The people that the document named whose top node stands at `root`, if it only changed in the middle.
    pub fn people_at(&mut self, root: Span) -> Option<EarlierPeople> {
        if root.start > self.same.until {
            return None;
        }
        while self.parts.as_slice().first()?.root.start < root.start {
            self.next();
        }
        if self.parts.as_slice().first()?.root.start != root.start {
            return None;
        }
        match self.next()? {
            One {
                document: Some(Document::People(people)),
                problems,
                ..
            } if problems.is_empty() => Some(EarlierPeople::of(people, self.same)),
            _ => None,
        }
    }

    fn next(&mut self) -> Option<One> {
        let part = self.parts.next()?;
        let document = part.is_document.then(|| self.documents.next());
        let unmarked = part.is_unmarked.then(|| self.unmarked.next());
        Some(One {
            document: document.flatten(),
            unmarked: unmarked.flatten(),
            problems: self.problems.by_ref().take(part.problems).collect(),
        })
    }
}

/// Every field is named, so that whoever adds one says where its places are.
macro_rules! places {
    ($type:ident: $($moved:ident),*; $($still:ident),*) => {
        impl Places for $type {
            fn places(&mut self, each: &mut impl FnMut(&mut Span)) {
                let Self { $($moved,)* $($still: _,)* } = self;
                $($moved.places(each);)*
            }
        }
    };
}

places!(Name: span; text);
places!(Problem: span; key, kind);
places!(RoleName: name; role);
places!(DateAt: span; date);
places!(Note: span; text, status);
places!(Holder: person, note, status_span, since, until, span; placeholder, status, long_form);
places!(Vacancy: since, cover, span;);
places!(Duty: text, pin, horizon, until, span; reading, also, about_other, other, nearest, placeholder);
places!(Duties: key, items, span;);
places!(
    Role: key, title, holders, holders_span, vacant, combines, works_with, duties, span;
    form, job_share, filled
);
places!(
    SharedRow: duty, accountable, responsible, consulted, informed, accountable_span, span;
);
places!(
    Unit: id, name, purpose, product, teams, model, members, roles, roles_span, shared, span;
    kind
);
places!(Person: id, name, email, left, span;);
places!(People: people, span;);

impl Places for Document {
    fn places(&mut self, each: &mut impl FnMut(&mut Span)) {
        match self {
            Self::Unit(unit) => unit.places(each),
            Self::People(people) => people.places(each),
            // Is not taken over.
            Self::Catalog(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::catalog::Catalog;
    use crate::spec::{Knowledge, SourceFile};
    use crate::syntax::Pieces;

    const DOCUMENTS: &[&str] = &[
        "team: a\nname: A\npurpose: To try\nproduct: p\nmodel: scrum\nmembers: [x, y]\nroles:\n  product-owner:\n    \
         holders: [{person: x, status: acting, since: 2026-01-01, until: 2026-02-01}, y (interim)]\n    title: Boss\n    \
         combines: [product-manager]\n    works_with: [scrum-master]\n    duties:\n      - roadmap: Own it\n        \
         horizon: long\n        until: 2027-01-01\n      - Order the backlog and own the roadmap\n      - TBD\n  \
         scrum-master: {vacant: {since: 2026-01-01, cover: y}}\nshared:\n  - {duty: roadmap, accountable: \
         product-owner, responsible: [scrum-master], consulted: [x], informed: [y]}\n",
        "product: p\nteams: [a, b]\nroles:\n  product-manager: [ana]\n  odd: {holdr: x, vacant: 7}\n",
        "people:\n  x: {name: X, email: x@example.com, left: 2026-01-01, nme: Y}\n  y: Y\n",
        "tem: b\nroles:\n  product-owner: ben\n",
        "- a list\n",
        "catalog: own\nextends: popm\nduties:\n  own-duty: {title: Own, role: product-owner}\n",
        "",
        "# nothing\n",
        "team: [c\n",
    ];

    /// Every order of some documents, each once changed in its first line or not.
    fn texts() -> Vec<String> {
        let rounds = 0..DOCUMENTS.len() * 4;
        let text = |round: usize| {
            let mut all = DOCUMENTS.to_vec();
            all.rotate_left(round / 4);
            all.truncate(DOCUMENTS.len() - round % 3);
            let changed = format!("# {round}\n{}", all[round % all.len()]);
            let at = round % all.len();
            all[at] = &changed;
            all.join("---\n")
        };
        rounds.map(text).collect()
    }

    #[test]
    fn what_is_taken_over_is_what_would_be_read_anew() {
        let knowledge = Knowledge::new(Catalog::builtin("popm"));
        let mut pieces = Pieces::default();
        let mut before: Option<SourceFile> = None;
        for text in texts() {
            let text: Arc<str> = Arc::from(text);
            let (tree, same) = pieces.parse(&text);
            let earlier = before.take().zip(same).map(|(source, same)| Earlier {
                spec: source.spec,
                same,
            });
            let again = SourceFile::of_tree_after(tree, &knowledge, earlier);
            let anew = SourceFile::read(&text, &knowledge);
            assert_eq!(format!("{:#?}", again.spec), format!("{:#?}", anew.spec));
            before = Some(again);
        }
    }

    #[test]
    fn people_who_did_not_change_are_taken_over_and_the_others_read_anew() {
        let knowledge = Knowledge::new(Catalog::builtin("popm"));
        let person = |at: usize| {
            format!(
                "  p-{at}:\n    name: P {at}\n    email: p{at}@example.com\n    left: 2027-01-01\n"
            )
        };
        let old = format!("people:\n{}", (0..500).map(person).collect::<String>());
        let mut pieces = Pieces::default();
        let (tree, _) = pieces.parse(&Arc::from(old.as_str()));
        let mut before = SourceFile::of_tree(tree, &knowledge);
        for (from, to) in [
            ("name: P 250\n", "name: P 250 x\n"),
            ("  p-7:\n", "  p-7-x:\n"),
            ("    email: p9@example.com\n", ""),
            (
                "  p-90:\n",
                "  p-new:\n    name: New\n    nme: y\n  p-90:\n",
            ),
            ("    nme: y\n", "    email: [x]\n"),
            ("name: P 499", "name: P 499 x"),
            ("  p-3:\n", "  p-4:\n"),
        ] {
            let text: Arc<str> = Arc::from(before.text().replacen(from, to, 1));
            assert_ne!(*text, *before.text());
            let (tree, same) = pieces.parse(&text);
            let spec = before.spec;
            let earlier = same.map(|same| Earlier { spec, same });
            let again = SourceFile::of_tree_after(tree, &knowledge, earlier);
            let anew = SourceFile::read(&text, &knowledge);
            assert_eq!(format!("{:#?}", again.spec), format!("{:#?}", anew.spec));
            before = again;
        }
    }

    #[test]
    fn what_did_not_change_is_taken_over() {
        let knowledge = Knowledge::new(Catalog::builtin("popm"));
        let mut pieces = Pieces::default();
        let [first, second] = ["team: a\n---\nteam: b\n", "team: longer\n---\nteam: b\n"];
        let (tree, _) = pieces.parse(&Arc::from(first));
        let spec = SourceFile::of_tree(tree, &knowledge).spec;
        let (tree, same) = pieces.parse(&Arc::from(second));
        let roots: Vec<Span> = tree
            .documents()
            .iter()
            .map(|document| document.span)
            .collect();
        let mut taken = Taken::of(Earlier {
            spec,
            same: same.expect("the second document is the same"),
        });
        let found: Vec<bool> = roots.iter().map(|root| taken.at(*root).is_some()).collect();
        assert_eq!(found, [false, true]);
    }
}
