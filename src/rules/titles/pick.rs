//! The mends of `interchanged-title`: one of the two names.

use super::words::two_roles;
use crate::catalog::{Catalog, RoleDef, RoleIx};
use crate::rules::mend::Mend;
use crate::rules::moving::{Moving, move_to};
use crate::rules::{Fix, FixContext};
use crate::spec::{Duty, Role, Unit};
use crate::syntax::{Name, Step, Value};
use crate::text::{Span, TextEdit};

pub(super) fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(mend) = Mend::own(context) else {
        return Vec::new();
    };
    let span = context.finding.span;
    let Some((unit, role)) = mend.seat(span) else {
        return Vec::new();
    };
    let pick = Pick {
        context,
        mend: &mend,
        unit,
        role,
    };
    let fixes = if role.key.name.span == span {
        pick.of_key()
    } else if let Some(title) = role.title.as_ref().filter(|title| title.span == span) {
        pick.of_title(title)
    } else if let Some((_, _, duty)) = mend.duty(span) {
        pick.of_line(duty)
    } else {
        Vec::new()
    };
    fixes.into_iter().flatten().collect()
}

struct Pick<'a> {
    context: &'a FixContext<'a>,
    mend: &'a Mend<'a>,
    unit: &'a Unit,
    role: &'a Role,
}

impl<'a> Pick<'a> {
    fn catalog(&self) -> &'a Catalog {
        self.context.catalog()
    }

    fn def(&self, role: RoleIx) -> &'a RoleDef {
        self.catalog().role(role)
    }

    /// Whether the product has no other seat of a role, so that this one may be it.
    fn is_free(&self, role: RoleIx) -> bool {
        let mut others = self
            .context
            .other_seats(self.mend.file, self.unit, role, self.role);
        others.next().is_none()
    }

    fn asked(&self, title: String, edits: Vec<TextEdit>) -> Option<Fix> {
        Some(Fix::asked(title).edit(self.mend.file, edits))
    }

    fn of_key(&self) -> Vec<Option<Fix>> {
        let Some((first, second)) = two_roles(&self.role.key.name.text, self.catalog()) else {
            return Vec::new();
        };
        let seat_of = |role: RoleIx| {
            let def = self.def(role);
            let edit = self
                .mend
                .editor()
                .rename(self.role.key.name.span, &def.id)?;
            let title = format!("Make it the seat of the {}", def.title);
            self.asked(title, vec![edit]).filter(|_| self.is_free(role))
        };
        vec![seat_of(first), seat_of(second), self.both(first, second)]
    }

    /// One seat for both, where neither has another one.
    fn both(&self, first: RoleIx, second: RoleIx) -> Option<Fix> {
        if !self.is_free(first) || !self.is_free(second) {
            return None;
        }
        let title = "Say that one person does both".to_owned();
        let combined = self
            .catalog()
            .roles()
            .find(|(_, role)| role.combines.contains(&first) && role.combines.contains(&second));
        let edits = match combined {
            Some((_, combined)) => {
                let key = self.role.key.name.span;
                vec![self.mend.editor().rename(key, &combined.id)?]
            }
            None => {
                let ids = [first, second].map(|role| self.def(role).id.as_str());
                self.mend
                    .add_keys(self.role, &[("combines", Value::list(ids))])?
            }
        };
        self.asked(title, edits)
    }

    fn of_title(&self, title: &Name) -> Vec<Option<Fix>> {
        let catalog = self.catalog();
        let named = catalog.find_role(&title.text);
        let combined = named.map(|role| self.def(role).combines.as_slice());
        let two = match combined {
            Some([first, second, ..]) => Some((*first, *second)),
            _ => two_roles(&title.text, catalog),
        };
        let Some(known) = self.role.key.role else {
            let sides = two.into_iter().flat_map(|(first, second)| [first, second]);
            return sides.map(|side| self.title(title, side)).collect();
        };
        let mut fixes = vec![self.title(title, known)];
        match two {
            Some((first, second)) => {
                let sides = [first, second];
                if sides.contains(&known) {
                    let others = sides.into_iter().filter(|side| *side != known);
                    fixes.extend(others.map(|other| self.other_seat(Some(title), other)));
                    fixes.push(self.both(first, second));
                }
            }
            None => {
                // Whatever the rule takes the title for is what its label says.
                let others = catalog.roles().map(|(role, _)| role);
                let other = named.or_else(|| {
                    let text = title.text.to_lowercase();
                    let mut others = others.filter(|role| *role != known);
                    others.find(|role| text.contains(&self.def(*role).title.to_lowercase()))
                });
                fixes.extend(other.map(|other| self.other_seat(None, other)));
            }
        }
        fixes
    }

    /// Gives the title of a role, in its place within a longer title where that can be told.
    fn title(&self, title: &Name, role: RoleIx) -> Option<Fix> {
        let wanted = &self.def(role).title;
        let edit = self.write(title.span, &self.retitled(title, role))?;
        self.asked(format!("Give it the title \"{wanted}\""), vec![edit])
    }

    /// "Product Manager, Payments" as "Product Owner, Payments".
    fn retitled(&self, title: &Name, role: RoleIx) -> String {
        let wanted = &self.def(role).title;
        if two_roles(&title.text, self.catalog()).is_some() {
            return wanted.clone();
        }
        let others = self.catalog().roles().filter(|(other, _)| *other != role);
        let place = others
            .filter_map(|(_, other)| find(&title.text, &other.title))
            .max_by_key(|(start, end)| end - start);
        match place {
            Some((start, end)) => {
                let (before, after) = (title.text.get(..start), title.text.get(end..));
                let [before, after] = [before, after].map(Option::unwrap_or_default);
                format!("{before}{wanted}{after}")
            }
            None => wanted.clone(),
        }
    }

    /// Makes the seat that of another role, with its title where `title` names both.
    fn other_seat(&self, title: Option<&Name>, other: RoleIx) -> Option<Fix> {
        // Whether a product that is defined nowhere has the other seat, nobody can tell.
        let group = self.context.group_of(self.mend.file, self.unit);
        if !self.is_free(other) || group.is_some_and(|group| group.undefined) {
            return None;
        }
        let def = self.def(other);
        let mut edits = vec![
            self.mend
                .editor()
                .rename(self.role.key.name.span, &def.id)?,
        ];
        if let Some(title) = title {
            edits.push(self.write(title.span, &def.title)?);
        }
        self.asked(format!("Make it the seat of the {}", def.title), edits)
    }

    fn write(&self, place: Span, text: &str) -> Option<TextEdit> {
        let step = self.mend.source.tree.steps(place).pop()?;
        let node = match step {
            Step::Entry(entry) => entry.value,
            step => step.node(),
        };
        (node.span() == place).then(|| self.mend.editor().replace(node, text))?
    }

    fn of_line(&self, duty: &Duty) -> Vec<Option<Fix>> {
        let Some((named, _)) = self.unit.misnamed(self.role, duty, self.catalog()) else {
            return Vec::new();
        };
        let mut fixes = vec![self.own_name(duty, named)];
        fixes.extend(self.move_line(duty, named));
        fixes
    }

    /// Writes the name of the seat in place of the other one's.
    fn own_name(&self, duty: &Duty, named: RoleIx) -> Option<Fix> {
        let text = duty.text.as_ref()?;
        let raw = text.span.slice(self.mend.source.text());
        let other = self.def(named);
        // Behind "The" nobody takes a PM for another one than the recogniser does.
        let short = (Some(named) == self.catalog().product_manager()).then_some("PM");
        let names = other.aliases.iter().chain([&other.title, &other.id]);
        let names = names.map(String::as_str).chain(short);
        // The name stands at the start, so the first place counts; of names in each other the longest.
        let (start, end) = names
            .filter_map(|name| find(raw, name))
            .min_by_key(|(start, end)| (*start, usize::MAX - end))?;
        let own = &self.def(self.role.key.role?).title;
        let edit = TextEdit::replace(text.span.sub(start, end), own.as_str());
        self.asked(
            format!("Write \"{own}\" instead of \"{}\"", raw.get(start..end)?),
            vec![edit],
        )
    }

    /// Gives the line to the role that it names.
    fn move_line(&self, duty: &Duty, named: RoleIx) -> Vec<Option<Fix>> {
        let line = Moving {
            line: duty,
            duty: None,
            pin: None,
        };
        let moves = move_to(self.context, self.mend, self.role, &[line], named);
        moves.into_iter().map(Some).collect()
    }
}

/// Where a name stands in a text as words of their own, in whatever capitals.
fn find(text: &str, name: &str) -> Option<(usize, usize)> {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.char_indices().find_map(|(start, _)| {
        let end = start + name.len();
        let found = text.get(start..end)?;
        let is_whole = !is_letter(text.get(..start)?.chars().next_back())
            && !is_letter(text.get(end..)?.chars().next());
        (is_whole && found.eq_ignore_ascii_case(name)).then_some((start, end))
    })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_name_is_found_as_words_of_their_own() {
        assert_eq!(find("\"The PO orders it", "po"), Some((5, 7)));
        assert_eq!(find("The POs order it", "po"), None);
        assert_eq!(find("é PO", "PO"), Some((3, 5)));
        assert_eq!(find("a", "longer"), None);
    }
}
