use super::{after, configuration, is_config, keeps_peace, problems};
use crate::rules::{Check, FileContext, Finding, Fix, FixContext, Group, Rule};
use crate::spec::{DUTIES_WORDS, PEOPLE_KEYS, PRODUCT_KEYS, SourceFile};
use crate::syntax::{Editor, Entry, Fields, Problem, ProblemKind, meant, near, nearest};
use crate::text::{Span, TextEdit};
use crate::workspace::{FileId, Severity};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "unknown-key",
    group: Group::Structure,
    severity: Some(Severity::Error),
    summary: "a key that the format does not have",
    why: "What stands under a key that nobody knows is read by nobody: the role, the date or the duty is lost without a \
          word, and everybody believes that it is written down.",
    remedy: "Correct the key, or move what it says to the key that means it. `notes:` takes anything that is only for \
             people.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holdr: ben\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n",
    misses: "A key that exists and is used for something else than it means.",
    options: &[],
    check: Check::File(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(source) = context.own_source() else {
        return Vec::new();
    };
    let entry = source.tree.entry(context.finding.span);
    let Some(entry) = entry.filter(|entry| entry.key.span() == context.finding.span) else {
        return Vec::new();
    };
    let words = words(context, &source, entry);
    // What the group has already must not stand in it twice, and what comes second near is not meant then.
    let fields = Fields::of(entry.mapping);
    let has = |word: &str| fields.get(word).is_some();
    let words: Vec<_> = words
        .into_iter()
        .take_while(|(_, word)| !has(word))
        .collect();
    let key = entry.key.text().unwrap_or_default();
    let rename = |word: &str| {
        Some(vec![
            Editor::new(&source.tree).rename(entry.key.span(), word)?,
        ])
    };
    let title = |word: &str| match word {
        "duties" => "Call it `duties`".to_owned(),
        word => format!("Write `{word}`"),
    };
    let clear = match words.as_slice() {
        [(slips, _), (more, _), ..] if more <= slips => None,
        // A product would become a team.
        [(_, "team"), ..] if has("product") => None,
        // A second holder may be more than a slip.
        [(_, "holder" | "holders"), ..] if has("holder") || has("holders") => None,
        [(slips, word), ..] if *slips <= 1 || starts_alike(key, word) => Some(*word),
        _ => None,
    };
    let fits = |edits: &Vec<TextEdit>| {
        fits(context, &source, entry, edits) && keeps_peace(context, &source, edits)
    };
    if let Some(word) = clear
        && let Some(edits) = rename(word).filter(fits)
        // Where YAML cannot be read, every reading is a guess.
        && source.tree.errors().is_empty()
    {
        return vec![Fix::safe(title(word)).edit(context.finding.file, edits)];
    }
    let fix = |(_, word): (usize, &str)| {
        let edits = rename(word).filter(fits)?;
        Some(Fix::asked(title(word)).edit(context.finding.file, edits))
    };
    words.into_iter().filter_map(fix).collect()
}

/// Whether the value has the shape that another key wants.
fn fits(
    context: &FixContext<'_>,
    source: &SourceFile,
    entry: Entry<'_>,
    edits: &[TextEdit],
) -> bool {
    let Some(after) = after(context, source, edits) else {
        return false;
    };
    let longer = |offset: u32| {
        let moved = edits.iter().filter(|edit| edit.span.end <= offset);
        let moved =
            moved.map(|edit| edit.text.len() as i64 - i64::from(edit.span.end - edit.span.start));
        u32::try_from(i64::from(offset) + moved.sum::<i64>()).unwrap_or(u32::MAX)
    };
    let value = entry.value.span();
    let value = Span {
        start: longer(value.start),
        end: longer(value.end),
    };
    let is_wrong = |problem: &Problem| {
        problem.span == value && !matches!(problem.kind, ProblemKind::UnknownKey { .. })
    };
    !problems(context, &after).iter().any(is_wrong)
        && (is_config(context) || after.spec.unmarked.len() <= source.spec.unmarked.len())
}

/// The keys that were probably meant, the closest first, each with how many slips of the keyboard lie between.
fn words(
    context: &FixContext<'_>,
    source: &SourceFile,
    entry: Entry<'_>,
) -> Vec<(usize, &'static str)> {
    let Some(key) = entry.key.text() else {
        return Vec::new();
    };
    if DUTIES_WORDS.contains(&key) {
        return vec![(0, "duties")];
    }
    let problem = problems(context, source)
        .into_iter()
        .find(|problem| problem.span == entry.key.span());
    let Some(problem) = problem else {
        return near(key, configuration::known_names(&source.tree, entry));
    };
    let ProblemKind::UnknownKey { known, .. } = problem.kind else {
        return Vec::new();
    };
    if let Some(word) = meant(key, known) {
        // Another word is no slip: somebody may mean something else by it.
        return vec![(usize::MAX, word)];
    }
    // A team whose mark is misspelt is taken for its product.
    let team = (known == PRODUCT_KEYS).then_some("team");
    let mut words: Vec<(usize, &'static str)> = Vec::new();
    for (slips, word) in near(key, team.into_iter().chain(known.iter().copied())) {
        let word = if DUTIES_WORDS.contains(&word) {
            "duties"
        } else {
            word
        };
        if words.iter().all(|(_, known)| *known != word) {
            words.push((slips, word));
        }
    }
    words
}

/// Whether two words begin with the same two letters: hardly anybody slips there.
fn starts_alike(one: &str, other: &str) -> bool {
    let start = |word: &str| {
        let letters = word.chars().take(2);
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    start(one) == start(other)
}

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    for problem in &context.source.spec.problems {
        findings.extend(of_problem(context.file, problem));
    }
    for role in context.source.spec.units().flat_map(|unit| &unit.roles) {
        let Some(duties) = &role.duties else { continue };
        if &*duties.key.text != "duties" {
            let word = &duties.key.text;
            findings.push(
                RULE.finding(context.file, duties.key.span, format!("`{word}` is called `duties` here"))
                    .severity(Severity::Hint)
                    .label("write `duties`")
                    .why("It is read all the same; one word for one thing makes files easier to search and compare.")
                    .help(format!("Replace `{word}` with `duties`."))
                    .about(role.key.name.text.clone(), word.clone()),
            );
        }
    }
}

/// The finding for a problem of this kind, of any file that is read.
pub(in crate::rules) fn of_problem(file: FileId, problem: &Problem) -> Option<Finding> {
    let ProblemKind::UnknownKey { place, near, known } = &problem.kind else {
        return None;
    };
    let key = &problem.key;
    let near = match near {
        // A team whose mark is misspelt is taken for its product.
        Some("teams") if *known == PRODUCT_KEYS => nearest(key, ["team", "teams"]),
        near => *near,
    };
    let finding = RULE
        .finding(file, problem.span, format!("{place} has no key `{key}`"))
        .why("What stands under it is read by nobody.")
        .about("", &**key);
    Some(match near {
        // The other words for `duties` are accepted, and nothing to send anybody to.
        Some("responsibilities" | "accountabilities") => finding
            .label("it is called `duties` here")
            .help("Write `duties`."),
        Some(near) => finding
            .label(format!("did you mean `{near}`?"))
            .help(format!("Write `{near}`.")),
        None if *known == PEOPLE_KEYS => finding.help(format!(
            "A people document holds nothing but `people:`. Put `{key}:` in a document of its own, below a line with `---`."
        )),
        None => finding.help(format!(
            "Use one of these, or remove it: {}.",
            known.join(", ")
        )),
    })
}
