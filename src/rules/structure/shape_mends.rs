//! The mends of `wrong-shape`: the same value in the shape that the format has.

use super::full_date::full_date;
use super::{improves, keeps_peace};
use crate::rules::mend::Mend;
use crate::rules::{Fix, FixContext, Safety};
use crate::spec::{DUTIES_WORDS, DUTY_KEYS, RoleForm, SourceFile, UnitKind};
use crate::syntax::{
    Editor, Entry, Kind, Node, Piece, Problem, ProblemKind, Step, Style, Value, near,
};
use crate::text::{Span, TextEdit};

/// What makes the mends of one problem.
pub(super) struct Reshape<'a> {
    pub context: &'a FixContext<'a>,
    pub source: &'a SourceFile,
}

/// A value and what it hangs on.
#[derive(Clone, Copy)]
struct Place<'a> {
    node: Node<'a>,
    step: Step<'a>,
}

impl<'a> Reshape<'a> {
    fn editor(&self) -> Editor<'a> {
        Editor::new(&self.source.tree)
    }

    /// The value at a place. A list may have the place of its only item, so its kind has to fit as well.
    fn place(&self, span: Span, fits: impl Fn(Node<'a>) -> bool) -> Option<Place<'a>> {
        self.source.tree.steps(span).into_iter().find_map(|step| {
            let key = match step {
                Step::Entry(entry) => Some(entry.key),
                _ => None,
            };
            let mut nodes = [Some(step.node()), key].into_iter().flatten();
            let node = nodes.find(|node| node.span() == span && fits(*node))?;
            Some(Place { node, step })
        })
    }

    fn safe(&self, title: impl Into<String>, edits: Option<Vec<TextEdit>>) -> Option<Fix> {
        self.fix(Safety::Safe, title, edits)
    }

    fn asked(&self, title: impl Into<String>, edits: Option<Vec<TextEdit>>) -> Option<Fix> {
        self.fix(Safety::Asked, title, edits)
    }

    /// A mend, unless the value would still not fit.
    fn fix(
        &self,
        safety: Safety,
        title: impl Into<String>,
        edits: Option<Vec<TextEdit>>,
    ) -> Option<Fix> {
        let edits = edits?;
        let is_better = improves(self.context, self.source, &edits)
            && keeps_peace(self.context, self.source, &edits);
        is_better.then(|| self.settle(safety, title, edits))
    }

    /// Where YAML cannot be read, every reading is a guess, and nothing is safe.
    fn settle(&self, safety: Safety, title: impl Into<String>, edits: Vec<TextEdit>) -> Fix {
        let fix = match safety {
            Safety::Safe if self.source.tree.errors().is_empty() => Fix::safe(title),
            _ => Fix::asked(title),
        };
        fix.edit(self.context.finding.file, edits)
    }

    /// The mends of a problem.
    pub fn of_problem(&self, problem: &Problem) -> Vec<Fix> {
        match &problem.kind {
            ProblemKind::WrongShape { wanted, found } => self.of_shape(problem, wanted, found),
            ProblemKind::WrongWord { known, .. } => self.of_word(problem, known),
            ProblemKind::WrongDate => self.of_date(problem).into_iter().collect(),
            ProblemKind::UnknownKey { .. } => Vec::new(),
        }
    }

    fn of_shape(&self, problem: &Problem, wanted: &str, found: &str) -> Vec<Fix> {
        let span = problem.span;
        let one = |fix: Option<Fix>| fix.into_iter().collect();
        match (wanted, found) {
            ("a holder", "nothing" | "`null`" | "an empty list") => one(self.nobody(problem)),
            ("a name" | "text" | "a word" | "`true` or `false`", "a list") => one(self.alone(span)),
            ("a name", "true or false") => self.yes_or_no_as_name(span),
            ("a name" | "text", "a number") => one(self.quoted(Safety::Safe, span)),
            ("`true` or `false`", "text") => one(self.yes_or_no(span)),
            ("a list of rows", "a group of keys") => one(self.row(span)),
            ("a list", "a group of keys") if DUTIES_WORDS.contains(&&*problem.key) => {
                one(self.duties_as_keys(span))
            }
            ("a list", "a group of keys") if &*problem.key == "duties" => {
                one(self.duties_as_keys(span))
            }
            ("a list" | "a list of roles", "text" | "a number") => {
                one(self.in_list(span, &problem.key))
            }
            ("a group of roles, each with its holder", "a list") => one(self.roles_as_list(span)),
            (wanted, "a group of keys") if wanted.starts_with("one duty an item") => {
                one(self.several_in_item(span))
            }
            _ => Vec::new(),
        }
    }

    /// A seat that names nobody: it is vacant, as far as anybody can tell.
    fn nobody(&self, problem: &Problem) -> Option<Fix> {
        let mend = Mend::own(self.context)?;
        let (_, role) = mend.seat(problem.span)?;
        if role.form == RoleForm::Group && (role.vacant.is_some() || role.filled) {
            // Another key says it already.
            let place = self.place(problem.span, |_| true)?;
            let Step::Entry(entry) = place.step else {
                return None;
            };
            let title = format!("Remove the empty `{}`", problem.key);
            return self.safe(title, self.editor().remove_entry(entry));
        }
        self.asked("Mark the seat vacant", mend.vacate(role, None))
    }

    fn alone(&self, span: Span) -> Option<Fix> {
        let place = self.place(span, Node::is_sequence)?;
        self.safe("Write it without a list", self.editor().unwrap(place.node))
    }

    fn quoted(&self, safety: Safety, span: Span) -> Option<Fix> {
        let place = self.place(span, |node| node.text().is_some())?;
        let edits = self.editor().quote(place.node).map(|edit| vec![edit]);
        self.fix(safety, "Put the name in quotes", edits)
    }

    /// `product-owner: true` hardly names somebody who is called True.
    fn yes_or_no_as_name(&self, span: Span) -> Vec<Fix> {
        let mut fixes = Vec::new();
        if let Some(mend) = Mend::own(self.context)
            && let Some((_, role)) = mend.seat(span)
            && role.key.name.span != span
            && let Some(place) = self.place(span, |node| node.text().is_some())
        {
            let holds = place
                .node
                .text()
                .is_some_and(|text| text.eq_ignore_ascii_case("true"));
            let says = if holds {
                "filled: true"
            } else {
                "vacant: true"
            };
            let edit = match (role.form, place.step) {
                (RoleForm::Name, _) if role.span == span => {
                    Some(TextEdit::replace(span, format!("{{{says}}}")))
                }
                (RoleForm::Group, Step::Entry(entry)) if entry.key.text() == Some("holder") => {
                    Some(TextEdit::replace(entry.span(), says))
                }
                _ => None,
            };
            let title = match holds {
                true => "Say that somebody holds the seat",
                false => "Mark the seat vacant",
            };
            fixes.extend(self.asked(title, edit.map(|edit| vec![edit])));
        }
        let safety = match fixes.is_empty() {
            true => Safety::Safe,
            false => Safety::Asked,
        };
        fixes.extend(self.quoted(safety, span));
        fixes
    }

    fn yes_or_no(&self, span: Span) -> Option<Fix> {
        let place = self.place(span, |node| node.text().is_some())?;
        let word = match place.node.text()?.trim().to_lowercase().as_str() {
            "yes" | "y" | "on" | "true" => "true",
            "no" | "n" | "off" | "false" => "false",
            _ => return None,
        };
        if place.node.kind() == Kind::Scalar(Style::Block) || place.node.anchor().is_some() {
            return None;
        }
        let edits = vec![TextEdit::replace(span, word)];
        self.safe(format!("Write `{word}`"), Some(edits))
    }

    fn row(&self, span: Span) -> Option<Fix> {
        let place = self.place(span, Node::is_mapping)?;
        place.node.get("duty")?;
        self.safe("Make it a list", self.editor().wrap_group(place.node))
    }

    /// `duties: {roadmap: Own it}`, or the one duty in its long form.
    fn duties_as_keys(&self, span: Span) -> Option<Fix> {
        let place = self.place(span, Node::is_mapping)?;
        let mut keys = place.node.entries().map(|(key, _)| key.text());
        if keys.any(|key| matches!(key, Some("text" | "as"))) {
            let all_known = place
                .node
                .entries()
                .all(|(key, _)| key.text().is_some_and(|key| DUTY_KEYS.contains(&key)));
            let edits = all_known.then(|| self.editor().wrap_group(place.node));
            return self.safe("Make it a list", edits?);
        }
        let catalog = self.context.catalog();
        // What is no id would be read as text with a colon in it.
        let all_ids = place.node.entries().all(|(key, _)| {
            key.text()
                .is_some_and(|key| catalog.find_duty(key).is_some())
        });
        let safety = match all_ids {
            true => Safety::Safe,
            false => Safety::Asked,
        };
        let edits = self.editor().items_of_keys(place.node);
        self.fix(safety, "Make it a list", edits)
    }

    fn in_list(&self, span: Span, key: &str) -> Option<Fix> {
        let place = self.place(span, |node| node.text().is_some())?;
        let is_duty = key == "duties" || DUTIES_WORDS.contains(&key);
        let below = match place.step {
            Step::Entry(entry) if is_duty => self.line_below(entry),
            _ => None,
        };
        let edits = below.or_else(|| self.editor().wrap(place.node));
        self.safe("Make it a list", edits)
    }

    /// A duty on the line of its key goes on a line of its own.
    fn line_below(&self, entry: Entry<'_>) -> Option<Vec<TextEdit>> {
        let in_lines = matches!(entry.mapping.kind(), Kind::Mapping { flow: false });
        if !in_lines || entry.value.anchor().is_some() {
            return None;
        }
        let span = entry.value.span();
        let raw = span.slice(self.source.text());
        let between = Span {
            start: entry.key.span().end,
            end: span.start,
        };
        let is_plain = between.slice(self.source.text()).trim() == ":";
        if !is_plain || raw.contains(['\n', '\r']) {
            return None;
        }
        let piece = Piece {
            lines: vec![raw.to_owned()],
            ..Piece::text("")
        };
        let mut edits = vec![TextEdit::replace(
            Span {
                start: between.start,
                end: span.end,
            },
            ":",
        )];
        let lines = Value::Items(vec![piece]);
        edits.extend(self.editor().lines_below(entry, &lines)?);
        Some(edits)
    }

    fn roles_as_list(&self, span: Span) -> Option<Fix> {
        let place = self.place(span, Node::is_sequence)?;
        let edits = self.editor().keys_of_items(place.node);
        self.safe("Write the roles without dashes", edits)
    }

    /// An item with several duties lacks the dashes between them.
    fn several_in_item(&self, span: Span) -> Option<Fix> {
        let place = self.place(span, Node::is_mapping)?;
        let Step::Item(item) = place.step else {
            return None;
        };
        let mut keys = place.node.entries().map(|(key, _)| key.text());
        // A key with a slip is more likely than a dash that is missing.
        if keys.any(|key| key.is_none_or(|key| !near(key, DUTY_KEYS).is_empty())) {
            return None;
        }
        self.asked(
            "Make each an item of its own",
            self.editor().split_item(item),
        )
    }

    fn of_word(&self, problem: &Problem, known: &'static [&'static str]) -> Vec<Fix> {
        let Some(place) = self.place(problem.span, |node| node.text().is_some()) else {
            return Vec::new();
        };
        let words = near(place.node.text().unwrap_or_default(), known.iter().copied());
        let fix = |(_, word): (usize, &str)| {
            let edit = self.editor().replace(place.node, word)?;
            self.asked(format!("Write `{word}`"), Some(vec![edit]))
        };
        words.into_iter().filter_map(fix).collect()
    }

    fn of_date(&self, problem: &Problem) -> Option<Fix> {
        if let Some(list) = self.place(problem.span, Node::is_sequence) {
            let title = "Write it without a list";
            return self.safe(title, self.editor().unwrap(list.node));
        }
        let place = self.place(problem.span, |node| node.text().is_some())?;
        let date = full_date(place.node.text()?)?.to_string();
        let edit = self.editor().replace(place.node, &date)?;
        self.asked(format!("Write {date}"), Some(vec![edit]))
    }

    /// A seat for one that is written as a list of one.
    pub fn list_of_one(&self) -> Option<Fix> {
        let mend = Mend::own(self.context)?;
        let span = self.context.finding.span;
        let (_, role) = mend.seat(span)?;
        if role.form != RoleForm::List || role.span != span || role.holders.len() != 1 {
            return None;
        }
        let list = self.place(span, Node::is_sequence)?;
        let edits = self.editor().unwrap(list.node)?;
        let title = "Write the name without a list";
        keeps_peace(self.context, self.source, &edits)
            .then(|| self.settle(Safety::Safe, title, edits))
    }

    /// A document that does not say what it is: with roles in it, it is most likely the team that its file is called
    /// after.
    pub fn unmarked(&self) -> Option<Fix> {
        let tree = &self.source.tree;
        let mut roots = tree.documents().iter().filter_map(|one| tree.root(one));
        let span = self.context.finding.span;
        let root = roots.find(|root| {
            root.span().start <= span.start && span.end <= root.span().end && root.is_mapping()
        })?;
        root.get("roles")?;
        let marks = ["team", "product", "people", "catalog"];
        let mut keys = root.entries().filter_map(|(key, _)| key.text());
        if keys.any(|key| !near(key, marks).is_empty()) {
            // One of the keys is most likely the mark, misspelt.
            return None;
        }
        let path = self.context.path(self.context.finding.file);
        let name = path.file_name()?.to_str()?;
        let id = crate::catalog::simple_name(name.split('.').next()?);
        if id.is_empty()
            || self
                .context
                .index
                .ids(UnitKind::Team)
                .any(|known| known == id)
        {
            return None;
        }
        let first = root.entries().next()?.0.span().start;
        let line = match root.kind() {
            Kind::Mapping { flow: true } => format!("team: {id}, "),
            _ => format!("team: {id}{}", self.editor().newline()),
        };
        let edits = vec![TextEdit::insert(first, line)];
        self.asked(format!("Say that this is team `{id}`"), Some(edits))
    }
}
