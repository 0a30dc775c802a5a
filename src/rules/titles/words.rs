//! What the words of a title say when the catalog does not know the title as a whole.

use crate::catalog::{Catalog, RoleIx, simple_name};

/// Short forms that stand for different jobs in different houses, each with the jobs.
const SHORT_FORMS: &[(&str, &[&str])] = &[
    (
        "pm",
        &["Product Manager", "Project Manager", "Program Manager"],
    ),
    (
        "pms",
        &["Product Manager", "Project Manager", "Program Manager"],
    ),
    (
        "tpm",
        &[
            "Technical Product Manager",
            "Technical Program Manager",
            "Technical Project Manager",
        ],
    ),
    ("gpm", &["Group Product Manager", "Group Program Manager"]),
    (
        "apm",
        &["Associate Product Manager", "Assistant Project Manager"],
    ),
];

/// Words that say which of the jobs is meant.
const TELLING: &[&str] = &[
    "product",
    "project",
    "projects",
    "program",
    "programme",
    "programs",
    "owner",
    "po",
];

/// The jobs that a short form in `name` may stand for. Nothing where the catalog knows the name, or where
/// its other words tell which is meant: a short form beside `PO` names two roles, not an unclear one.
pub(in crate::rules) fn jobs_meant(
    name: &str,
    catalog: &Catalog,
) -> Option<&'static [&'static str]> {
    if catalog.roles().next().is_none() || catalog.find_role(name).is_some() {
        return None;
    }
    let words = words(name);
    if words.iter().any(|word| TELLING.contains(&word.as_str())) {
        return None;
    }
    SHORT_FORMS
        .iter()
        .find(|(short, _)| words.iter().any(|word| word == short))
        .map(|(_, jobs)| *jobs)
}

/// The words of a name in small letters; the letters of `P.M.` are one word.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut in_letters = false;
    for word in simple_name(name).split('-').filter(|word| !word.is_empty()) {
        let is_letter = word.chars().count() == 1;
        match words.last_mut() {
            Some(last) if is_letter && in_letters => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
        in_letters = is_letter;
    }
    words
}

/// A name with its short form written out as one of the jobs that it may stand for: "Senior PM" as "Senior Product
/// Manager".
pub(super) fn written_out(name: &str, job: &str) -> String {
    let is_short = |word: &&String| SHORT_FORMS.iter().any(|(short, _)| short == word);
    let words = words(name);
    let at = words.iter().position(|word| is_short(&word));
    let words: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(place, word)| match Some(place) == at {
            true => job.to_owned(),
            false => in_capitals(word),
        })
        .collect();
    words.join(" ")
}

/// An id as a title: `product-owner-mobile` is "Product Owner Mobile". What is no id stays as it is.
pub(super) fn in_capitals(name: &str) -> String {
    if simple_name(name) != name {
        return name.to_owned();
    }
    let words = name.split('-').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The two roles that a name names at once: "Product Manager/Owner", "PM & PO", "product-owner-manager". Nothing
/// where the catalog knows the name, as it knows the one for both in one seat.
pub(in crate::rules) fn two_roles(name: &str, catalog: &Catalog) -> Option<(RoleIx, RoleIx)> {
    if catalog.find_role(name).is_some() {
        return None;
    }
    if let (Some(manager), Some(owner)) = (catalog.product_manager(), catalog.product_owner()) {
        let words = words(name);
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        let is_manager =
            has(&["pm", "pdm"]) || (has(&["product"]) && has(&["manager", "management", "mgr"]));
        let is_owner = has(&["po"]) || (has(&["product"]) && has(&["owner", "ownership"]));
        // "PM/Owner", "PO/Manager": the noun that is left out is the other one's.
        let is_manager = is_manager || (has(&["po"]) && has(&["manager"]));
        let is_owner = is_owner || (has(&["pm"]) && has(&["owner"]));
        if is_manager && is_owner && !is_about_others(&words) {
            return Some((manager, owner));
        }
    }
    let mut parts: Vec<RoleIx> = Vec::new();
    for part in name
        .split(['/', '&', '+', '|'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" or "))
    {
        let role = catalog.find_role(part)?;
        if !parts.contains(&role) {
            parts.push(role);
        }
    }
    match parts.as_slice() {
        [first, second, ..] => Some((*first, *second)),
        _ => None,
    }
}

/// "Assistant to", "Head of", "Manager of": the name is that of somebody who works with the two.
fn is_about_others(words: &[String]) -> bool {
    words
        .iter()
        .any(|word| matches!(word.as_str(), "of" | "to" | "for" | "with"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_unclear_unless_another_word_tells() {
        let catalog = Catalog::builtin("popm");
        for name in [
            "PM",
            "pm",
            "P.M.",
            "P. M.",
            "Senior PM",
            "platform-pm",
            "TPM",
            "gpm",
            "APM",
        ] {
            assert!(jobs_meant(name, &catalog).is_some(), "{name}");
        }
        for name in [
            "PdM",
            "PO",
            "POPM",
            "PM/PO",
            "Product PM",
            "Project PM",
            "PMO",
            "5pm",
            "product-manager",
            "Group Product Manager",
            "",
        ] {
            assert!(jobs_meant(name, &catalog).is_none(), "{name}");
        }
    }

    #[test]
    fn a_short_form_is_written_out_within_its_name() {
        for (name, wanted) in [
            ("PM", "Product Manager"),
            ("P.M.", "Product Manager"),
            ("Senior PM", "Senior Product Manager"),
            ("platform-pm", "Platform Product Manager"),
        ] {
            assert_eq!(written_out(name, "Product Manager"), wanted);
        }
        assert_eq!(in_capitals("product-owner-mobile"), "Product Owner Mobile");
        assert_eq!(in_capitals("Product owner"), "Product owner");
    }

    #[test]
    fn names_for_two_roles_at_once_are_seen() {
        let catalog = Catalog::builtin("popm");
        for name in [
            "Product Manager/Owner",
            "Product Owner / Manager",
            "PM/PO",
            "pm-po",
            "PO & PM",
            "product-manager-owner",
            "product-owner-product-manager",
            "Senior Product Manager / Product Owner",
            "PO/Manager",
            "Scrum Master / Product Owner",
            "Engineering Manager and Tech Lead",
        ] {
            assert!(two_roles(name, &catalog).is_some(), "{name}");
        }
        for name in [
            "Product Owner",
            "Senior Product Manager",
            "PO/PO",
            "Head of Product Owners and Product Management",
            "Product Owner / Chef",
            "POPM",
            "Product Manager and Product Owner",
            "UX/UI Designer",
            "Owner",
        ] {
            assert!(two_roles(name, &catalog).is_none(), "{name}");
        }
    }
}
