use std::collections::HashMap;

use super::merge;
use super::roster::spelled;
use crate::rules::{Check, Finding, Group, OrganisationContext, Rule};
use crate::spec::is_placeholder;
use crate::syntax::Name;
use crate::workspace::{PersonFact, Severity};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "duplicate-person",
    group: Group::People,
    severity: Some(Severity::Warning),
    summary: "one name or e-mail address under several ids in the people document",
    why: "Two ids look like two people. Nobody sees that one person holds four seats, and when they leave, only one of the \
          entries gets its `left:`.",
    remedy: "Keep one id and use it everywhere. If they are two people who share a name, give both their own `email:`.",
    bad: "people:\n  ben-stone: {name: Ben Stone}\n  b-stone: {name: Ben Stone}\n",
    good: "people:\n  ben-stone: {name: Ben Stone}\n",
    misses: "One person under two spellings without an e-mail address. Two entries with different e-mail addresses are taken \
             for two people.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(merge::fixes),
};

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    let mut by_email: HashMap<String, &PersonFact> = HashMap::new();
    let mut by_name: HashMap<String, Vec<&PersonFact>> = HashMap::new();
    for person in context.index.namesakes_to_check() {
        let email = said(&person.email).map(|email| (email, &mut by_email));
        let mut report = |first: &PersonFact, message: String, help: String| {
            findings.push(
                RULE.finding(person.file, person.id.span, message)
                    .label("a second id")
                    .why("Two ids look like two people: nobody sees who holds several seats, and a departure is noted on one of them only.")
                    .help(help)
                    .related(first.file, first.id.span, format!("`{}` stands here", first.id.text))
                    .about("people", person.id.text.clone()),
            );
        };
        let id = &person.id.text;
        let mut reported = false;
        if let Some((email, by_email)) = email {
            let first = *by_email.entry(email).or_insert(person);
            // One id twice is the business of `duplicate-id`.
            if first.id.text != *id {
                let address = person.email.as_ref().map_or("", |email| &email.text);
                report(
                    first,
                    format!(
                        "`{id}` and `{}` have the same e-mail address, {address}",
                        first.id.text
                    ),
                    format!(
                        "If this is one person, keep one of the ids and use it everywhere. If `{id}` is somebody else, correct the address."
                    ),
                );
                reported = true;
            }
        }
        let Some(name) = said(&person.name) else {
            continue;
        };
        let same_name = by_name.entry(name).or_default();
        if !reported && let Some(first) = same_name.iter().find(|other| may_be_one(other, person)) {
            let called = first.name.as_ref().map_or("", |name| &name.text);
            report(
                first,
                format!("`{id}` and `{}` are both {called}", first.id.text),
                "If this is one person, keep one of the ids and use it everywhere. If these are two people of the same name, give both their own `email:`."
                    .to_owned(),
            );
        }
        same_name.push(person);
    }
}

/// A name or address as it is compared, where one is really said.
fn said(name: &Option<Name>) -> Option<String> {
    let name = name.as_ref().filter(|name| !is_placeholder(&name.text))?;
    (!name.text.is_empty()).then(|| spelled(&name.text))
}

/// Whether two entries of one name may be one person: not where their addresses say otherwise.
fn may_be_one(a: &PersonFact, b: &PersonFact) -> bool {
    let told_apart = match (said(&a.email), said(&b.email)) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    };
    a.id.text != b.id.text && !told_apart
}
