//! Input that nobody should write and somebody will: nothing panics, nothing hangs, every place lies in the text,
//! and what is not broken is still read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test may stop at the first surprise.

mod support;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rolelint::catalog::Catalog;
use rolelint::rules::Outcome;
use rolelint::spec::{Knowledge, SourceFile};
use rolelint::syntax::{Kind, Node, Tree, parse};
use rolelint::text::{LineIndex, Span};
use rolelint::workspace::FileId;
use support::{check_files, shown};

const CHECKOUT: &str = include_str!("robust/checkout.roles.yaml");

fn knowledge() -> Knowledge {
    Knowledge::new(Catalog::builtin("popm"))
}

fn checked(text: &str) -> Outcome {
    check_files(&[("a.roles.yaml".to_owned(), text.to_owned())])
}

fn rules_of(outcome: &Outcome) -> Vec<&str> {
    outcome
        .findings
        .iter()
        .map(|finding| finding.rule.id)
        .collect()
}

/// Every node as it is written, aliases not followed.
fn nodes<'t>(tree: &'t Tree) -> Vec<Node<'t>> {
    let mut found = Vec::new();
    let mut open: Vec<Node<'t>> = tree
        .documents()
        .iter()
        .filter_map(|document| tree.root(document))
        .collect();
    while let Some(node) = open.pop() {
        found.push(node);
        match node.kind() {
            Kind::Sequence { .. } => open.extend(node.items()),
            Kind::Mapping { .. } => {
                open.extend(node.entries().flat_map(|(key, value)| [key, value]));
            }
            _ => {}
        }
    }
    found
}

fn scalars(tree: &Tree) -> Vec<&str> {
    let is_scalar = |node: &Node<'_>| matches!(node.kind(), Kind::Scalar(_));
    nodes(tree)
        .into_iter()
        .filter(is_scalar)
        .filter_map(Node::text)
        .collect()
}

fn assert_fits(span: Span, text: &str, what: &str) {
    let range = span.range();
    assert!(
        range.start <= range.end
            && range.end <= text.len()
            && text.is_char_boundary(range.start)
            && text.is_char_boundary(range.end),
        "{what}: {span:?} in {} bytes of {text:?}",
        text.len()
    );
}

/// What holds of any tree, however broken its text.
fn assert_sound(tree: &Tree) {
    let text = tree.text();
    for node in nodes(tree) {
        assert_fits(node.span(), text, "node");
        if let Some(anchor) = node.anchor() {
            assert_fits(anchor, text, "anchor");
        }
        let span = node.span();
        let is_lost = |lost: &Span| lost.start <= span.start && span.end <= lost.end;
        if tree.lost().iter().any(is_lost) {
            // Something stands in the tree for words that could not be read.
            continue;
        }
        let is_plain = node.kind() == Kind::Scalar(rolelint::syntax::Style::Plain);
        if is_plain && let Some(value) = node.text() {
            // The first word of a value stands where the value stands.
            let first = value.split_whitespace().next().unwrap_or("");
            assert!(
                node.span().slice(text).contains(first),
                "{value:?} is not at {:?} of {text:?}",
                node.span()
            );
        }
    }
    for comment in tree.comments() {
        assert_fits(comment.span, text, "comment");
        assert!(comment.span.slice(text).starts_with('#'), "{text:?}");
    }
    for error in tree.errors() {
        assert_fits(error.span, text, "error");
        assert!(
            !error.message.is_empty() && !error.help.is_empty(),
            "{error:?}"
        );
        if let Some((span, _)) = &error.related {
            assert_fits(*span, text, "related");
        }
    }
    assert!(
        tree.errors().is_sorted_by_key(|error| error.span),
        "{:?}",
        tree.errors()
    );
    for lost in tree.lost() {
        assert_fits(*lost, text, "lost");
    }
    let is_whole = tree.lost().is_empty() && tree.cut_at().is_none();
    assert!(
        is_whole || !tree.errors().is_empty(),
        "words are gone without an error: {text:?}"
    );
}

/// What holds of the findings of any file.
fn assert_reported(outcome: &Outcome) {
    let mut texts: HashMap<FileId, String> = HashMap::new();
    let mut fits = |file: FileId, span: Span| {
        let text = texts
            .entry(file)
            .or_insert_with(|| outcome.sources.text(file));
        assert_fits(span, text, "finding");
    };
    let mut fingerprints = std::collections::HashSet::new();
    for finding in &outcome.findings {
        fits(finding.file, finding.span);
        for related in &finding.related {
            fits(related.file, related.span);
        }
        assert!(
            fingerprints.insert(finding.fingerprint),
            "two findings share a fingerprint: {finding:?}"
        );
    }
    let path = |file| outcome.sources.files().path(file);
    assert!(
        outcome.findings.is_sorted_by(|a, b| {
            (path(a.file), a.span, a.rule.id) <= (path(b.file), b.span, b.rule.id)
        }),
        "findings are out of order"
    );
    let report = shown(outcome);
    for finding in &outcome.findings {
        assert!(report.contains(&*finding.message), "{}", finding.message);
    }
}

fn within<T>(limit: Duration, what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    let took = start.elapsed();
    assert!(took < limit, "{what} took {took:?}");
    result
}

const SOON: Duration = Duration::from_secs(60);

#[test]
fn line_breaks_of_every_system_and_a_byte_order_mark_change_no_finding() {
    let text = "# people write comments\nteam: checkout\nroles:\n  product-manager: {holdr: \"Zoë 🎉\"}\n  product-owner: TBD\n";
    let places = |text: &str| {
        let outcome = checked(text);
        assert_reported(&outcome);
        let text = outcome.sources.text(outcome.findings[0].file);
        let lines = LineIndex::new(&text);
        let place = |span: Span| {
            let position = lines.position(span.start, &text);
            (position.line, position.column)
        };
        outcome
            .findings
            .iter()
            .map(|finding| (finding.rule.id, place(finding.span), finding.fingerprint))
            .collect::<Vec<_>>()
    };
    let wanted = places(text);
    assert_eq!(wanted.len(), 2, "{wanted:?}");
    for other in [
        text.replace('\n', "\r\n"),
        text.replace('\n', "\r"),
        format!("\u{feff}{text}"),
        format!("\u{feff}{}", text.replace('\n', "\r\n")),
    ] {
        assert_eq!(places(&other), wanted, "{other:?}");
    }
}

#[test]
fn an_error_keeps_its_place_with_carriage_returns_tabs_and_wide_characters_around_it() {
    let text = "team: checkout\r\nname: \"Zahlung 🎉\"\r\nroles:\r\n  product-manager: Zoë: née\r\n  scrum-master: eve\r\n\tproduct-owner: ben\r\n";
    let tree = parse(&Arc::from(text));
    assert_sound(&tree);
    let places: Vec<_> = tree
        .errors()
        .iter()
        .map(|error| {
            let place = LineIndex::new(text).position(error.span.start, text);
            (place.line, place.column)
        })
        .collect();
    assert_eq!(places, [(4, 23), (6, 1)], "{:?}", tree.errors());
}

#[test]
fn files_with_nothing_in_them_have_nothing_wrong() {
    for text in [
        "",
        "\n",
        " ",
        "\r\n\r\n",
        "\u{feff}",
        "# only a comment",
        "# one\n\n# two\n",
        "---",
        "---\n",
        "---\n---\n---\n",
        "...\n",
        "--- # nothing yet\n",
        "%YAML 1.2\n---\n",
    ] {
        let outcome = checked(text);
        assert_sound(&parse(&Arc::from(text)));
        assert_reported(&outcome);
        assert_eq!(rules_of(&outcome), [""; 0], "{text:?}");
    }
}

#[test]
fn bytes_that_are_no_text_are_said_to_be_none() {
    let good = b"team: checkout\nroles:\n  product-manager: ana\n";
    let mut cases: Vec<Vec<u8>> = vec![
        b"\xff\xfet\0e\0a\0m\0:\0 \0a\0\n\0".to_vec(),
        b"\xfe\xff\0t\0e\0a\0m".to_vec(),
        b"\xff".to_vec(),
        b"\xc3".to_vec(),
        b"team: Caf\xe9\n".to_vec(),
    ];
    cases.push([good.as_slice(), b"  product-owner: Ren\xe9\n"].concat());
    for bytes in cases {
        let tree = Tree::of_bytes(bytes.clone());
        assert_sound(&tree);
        assert!(tree.cut_at().is_some(), "{bytes:?}");
        let last = tree.errors().last().unwrap();
        assert!(last.message.contains("UTF-8"), "{last:?}");
    }
}

#[test]
fn what_stands_before_a_wrong_byte_is_read() {
    let tree = Tree::of_bytes(b"team: checkout\nroles:\n  product-owner: Ren\xe9\n".to_vec());
    let source = SourceFile::of_tree(tree, &knowledge());
    assert_eq!(source.spec.units().next().unwrap().roles.len(), 1);
    assert_eq!(source.tree.errors().len(), 1, "{:?}", source.tree.errors());
}

#[test]
fn a_wrong_byte_does_not_make_what_follows_it_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("a.roles.yaml");
    std::fs::write(
        &path,
        b"team: checkout\nroles:\n  product-manager: Ren\xe9\n  product-owner: ben\n",
    )
    .unwrap();
    let discovery =
        rolelint::workspace::discover(path.parent().unwrap(), &[".".into()], &[]).unwrap();
    let outcome = rolelint::rules::check(rolelint::rules::Request {
        discovery,
        overlays: Vec::new(),
        today: Some(support::TODAY.parse().unwrap()),
    });
    assert_reported(&outcome);
    assert_eq!(rules_of(&outcome), ["syntax"]);
}

#[test]
fn nul_and_other_invisible_characters_do_no_harm() {
    for character in [
        '\0', '\u{1}', '\u{7f}', '\u{85}', '\u{2028}', '\u{feff}', '\u{200b}',
    ] {
        for text in [
            format!("team: check{character}out\nroles:\n  product-owner: ben\n"),
            format!("team: checkout\n{character}roles:\n  product-owner: ben\n"),
            format!("team: checkout\nroles:\n  product-owner: ben{character}\n"),
            format!("{character}team: checkout\n"),
            format!("team: \"{character}\"\n"),
        ] {
            assert_sound(&parse(&Arc::from(text.as_str())));
            assert_reported(&checked(&text));
        }
    }
}

#[test]
fn an_error_in_one_document_leaves_the_others_alone() {
    let before = "team: checkout\nroles:\n  product-manager: ana\n  product-owner: TBD\n";
    let after = "team: search\nroles:\n  product-manager: eve\n  product-owner: TODO\n";
    for broken in [
        "team: returns\nroles: [product-manager\n",
        "team: returns\nroles: {product-manager: \"ana\n",
        "team: returns\n\troles: ana\n",
        "team: returns: roles: x\n",
        "team: returns\nroles:\n    product-manager: ana\n  product-owner: ben\n",
        "team: @returns\n",
        "]\n",
        "team: returns\nroles: *nobody\n",
    ] {
        let text = format!("{before}---\n{broken}---\n{after}");
        let source = SourceFile::read(&Arc::from(text.as_str()), &knowledge());
        assert_sound(&source.tree);
        assert!(!source.tree.errors().is_empty(), "{broken:?}");
        let ids: Vec<_> = source.spec.units().map(|unit| &*unit.id.text).collect();
        assert!(
            ids.first() == Some(&"checkout") && ids.last() == Some(&"search"),
            "{broken:?} leaves {ids:?}"
        );
        let outcome = checked(&text);
        assert_reported(&outcome);
        let stand_ins = rules_of(&outcome)
            .iter()
            .filter(|rule| **rule == "placeholder")
            .count();
        assert_eq!(stand_ins, 2, "{broken:?}");
    }
}

#[test]
fn deep_nesting_ends_soon_and_is_reported() {
    let lists: String = (0..10_000)
        .map(|level| format!("{}-\n", " ".repeat(level.min(400))))
        .collect();
    let keys: String = (0..2_000)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    for (what, text) in [
        ("open brackets", format!("team: {}", "[".repeat(10_000))),
        ("open braces", format!("team: {}", "{a: ".repeat(10_000))),
        (
            "brackets",
            format!("team: {}{}\n", "[".repeat(10_000), "]".repeat(10_000)),
        ),
        (
            "braces",
            format!("team: {}{}\n", "{a: ".repeat(10_000), "}".repeat(10_000)),
        ),
        ("dashes", format!("{}x\n", "- ".repeat(10_000))),
        ("lists", lists),
        ("keys", keys),
        ("quotes", "\"'".repeat(10_000)),
        ("questions", "? ".repeat(10_000)),
        ("anchors", "&a ".repeat(10_000)),
        ("tags", "!t ".repeat(10_000)),
        ("closing brackets", "]".repeat(10_000)),
        ("colons", ": ".repeat(10_000)),
        ("documents", "---\n".repeat(10_000)),
        ("percent signs", "%\n".repeat(10_000)),
    ] {
        let tree = within(SOON, what, || parse(&Arc::from(text.as_str())));
        assert_sound(&tree);
        let outcome = within(SOON, what, || checked(&text));
        assert_reported(&outcome);
        if matches!(
            what,
            "open brackets" | "open braces" | "brackets" | "braces"
        ) {
            assert!(!tree.errors().is_empty(), "{what}");
        }
    }
}

#[test]
fn aliases_of_aliases_stay_small() {
    let tenfold = |above: &str| format!("[{}]", vec![format!("*{above}"); 10].join(", "));
    let mut lists = String::from("a0: &a0 [ana, ben]\n");
    let mut merges = String::from("b0: &b0 {holder: ana}\n");
    for level in 1..30 {
        let above = level - 1;
        lists.push_str(&format!(
            "a{level}: &a{level} {}\n",
            tenfold(&format!("a{above}"))
        ));
        merges.push_str(&format!(
            "b{level}: &b{level}\n  k{level}: x\n  <<: {}\n",
            tenfold(&format!("b{above}"))
        ));
    }
    let bomb = format!("{lists}{merges}");
    for place in [
        "team: *a29\n",
        "team: t\nmembers: *a29\n",
        "team: t\nroles: *a29\n",
        "team: t\nroles: *b29\n",
        "team: t\nroles:\n  product-owner: *a29\n",
        "team: t\nroles:\n  product-owner: *b29\n",
        "team: t\nroles:\n  <<: *b29\n",
        "team: t\nroles:\n  product-owner: {duties: *a29}\n",
        "team: t\nroles:\n  product-owner: {duties: *b29, holders: *a29}\n",
        "team: t\nroles:\n  product-owner: {works_with: *a29, vacant: *b29}\n",
        "team: t\nshared: *a29\n",
        "people: *a29\n",
        "people: *b29\n",
        "catalog: c\nroles: *b29\nduties: *b29\n",
        "catalog: c\nroles: {r: {aliases: *a29}}\n",
    ] {
        let text = format!("{bomb}{place}");
        let outcome = within(SOON, place, || checked(&text));
        let count = outcome.findings.len();
        assert!(count < 5_000, "{place}: {count} findings");
    }
}

#[test]
fn an_alias_holds_the_seat_where_it_stands() {
    let text = "team: checkout\nroles:\n  product-manager: &boss Ana Lima\n  product-owner: {holder: *boss, duties: &all [backlog-refinement, &one Meet customers]}\n  scrum-master: {holder: carla, duties: *all}\n  tech-lead:\n    duties: [*one]\n";
    let source = SourceFile::read(&Arc::from(text), &knowledge());
    assert_sound(&source.tree);
    let unit = source.spec.units().next().unwrap();
    let holder = &unit.roles[1].holders[0];
    assert_eq!(&*holder.person.text, "Ana Lima");
    assert_eq!(holder.person.span.slice(text), "*boss");
    let duties = unit.roles[2].duties.as_ref().unwrap();
    assert_eq!(duties.items.len(), 2);
    let one = &unit.roles[3].duties.as_ref().unwrap().items[0];
    assert_eq!(one.words(), "Meet customers");
    assert_eq!(one.span.slice(text), "*one");
}

#[test]
fn a_note_in_a_name_that_an_alias_repeats_stays_inside_the_text() {
    let outcome = checked(
        "team: checkout\nroles:\n  product-manager: &boss \"Ana Lima (Acting)\"\n  product-owner: *boss\n",
    );
    assert_reported(&outcome);
    let notes = outcome
        .findings
        .iter()
        .filter(|finding| finding.rule.id == "status-in-name");
    assert_eq!(notes.count(), 2);
}

#[test]
fn merge_keys_give_what_the_mapping_itself_does_not_say() {
    let text = "team: checkout\nroles:\n  product-manager: &seat {holder: ana, works_with: [product-owner], allocation: 50 %}\n  product-owner:\n    <<: *seat\n    holder: ben\n    works_with: [product-manager]\n";
    let source = SourceFile::read(&Arc::from(text), &knowledge());
    assert!(source.tree.errors().is_empty() && source.spec.problems.is_empty());
    let role = &source.spec.units().next().unwrap().roles[1];
    let people: Vec<_> = role.people().map(|holder| &*holder.person.text).collect();
    assert_eq!(people, ["ben"]);
    assert_eq!(&*role.works_with[0].name.text, "product-manager");
}

#[test]
fn keys_that_stand_twice_are_found_at_every_level() {
    let text = "team: a\nteam: a\nroles:\n  product-manager: ana\n  product-manager: ana\n  product-owner:\n    holder: {person: ben, person: ben}\n    holder: ben\n    duties:\n      - {text: x, text: x}\nshared:\n  - duty: x\n    duty: x\n    accountable: product-owner\n";
    let tree = parse(&Arc::from(text));
    assert_sound(&tree);
    let mut keys: Vec<_> = tree
        .errors()
        .iter()
        .map(|error| error.subject.as_str())
        .collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "duty",
            "holder",
            "person",
            "product-manager",
            "team",
            "text"
        ]
    );
    assert_reported(&checked(text));
}

#[test]
fn long_lines_and_long_comments_end_soon() {
    let words = "all work and no play ".repeat(100_000);
    let comment = "# All rights reserved.\n".repeat(50_000);
    let list: Vec<String> = (0..100_000).map(|number| format!("p{number}")).collect();
    for (what, text) in [
        ("text", format!("team: checkout\npurpose: {words}\n")),
        (
            "quoted text",
            format!("team: checkout\npurpose: \"{words}\"\n"),
        ),
        (
            "an open quote",
            format!("team: checkout\npurpose: \"{words}\n"),
        ),
        (
            "an open bracket",
            format!("team: checkout\nmembers: [{}\n", list.join(", ")),
        ),
        (
            "a list",
            format!("team: checkout\nmembers: [{}]\n", list.join(", ")),
        ),
        (
            "colons",
            format!("team: checkout\npurpose: {}\n", "a: ".repeat(700_000)),
        ),
        ("a comment", format!("team: checkout # {words}\n")),
        (
            "a comment block",
            format!("{comment}team: @checkout\nroles:\n  product-owner: TBD\n"),
        ),
        ("no break at all", words.clone()),
        (
            "many keys",
            list.iter().map(|key| format!("{key}: x\n")).collect(),
        ),
    ] {
        let limit = Duration::from_secs(60);
        let outcome = within(limit, what, || checked(&text));
        assert!(outcome.findings.len() < 150_000, "{what}");
        for finding in outcome.findings.iter().take(50) {
            assert_fits(finding.span, &text, what);
        }
        if what == "a comment block" {
            assert!(rules_of(&outcome).contains(&"placeholder"), "{what}");
        }
    }
}

/// A small generator of numbers that are the same on every machine (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides.max(1) as u64).unwrap()
    }
}

const TEAM: &str = "team: search\nproduct: storefront\nroles:\n  product-owner: \"Zoë Müller (Acting)\"\n  PM: TBD\n  'scrum master': [carla, dmitri] # rolelint: ignore placeholder -- later\nshared:\n  - {duty: x, accountable: product-owner, responsible: [pm]}\n";
const STREAM: &str = "product: storefront\nteams: [search, checkout]\nroles:\n  product-manager: &ana {person: ana, since: 2026-05-01}\n---\npeople:\n  ana: {name: Ana 🎉 Lima, email: ana@example.org}\n  fay: {left: 2026-02-28}\n---\ncatalog: acme\nduties:\n  incident-updates:\n    role: product-manager\n    explain: >-\n      One voice during\n      incidents.\n    examples: [Keep the status page current]\n";

fn mutated(text: &str, dice: &mut Dice) -> Vec<u8> {
    const PIECES: &[&str] = &[
        "\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        ":",
        ": ",
        "- ",
        "#",
        " #",
        "&a ",
        "*a",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        ",",
        "\t",
        " ",
        "\n",
        "\r",
        "\r\n",
        "---\n",
        "...",
        "<<: *ana",
        "\u{feff}",
        "🎉",
        "\0",
        "~",
        "\\",
        "<<<<<<< HEAD\n",
        "\u{301}",
        "\u{2028}",
    ];
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + 1 + dice.roll(6)).min(bytes.len());
        match dice.roll(7) {
            0 => {
                bytes.drain(at..end.max(at));
            }
            1 => {
                let piece = bytes[at..end.max(at)].to_vec();
                bytes.splice(at..at, piece);
            }
            2 => bytes.insert(at, u8::try_from(dice.roll(256)).unwrap()),
            3 => {
                let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
                let (one, other) = (dice.roll(lines.len()), dice.roll(lines.len()));
                lines.swap(one, other);
                bytes = lines.join(&b'\n');
            }
            4 => bytes.truncate(at),
            _ => {
                let piece = PIECES[dice.roll(PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
    bytes
}

#[test]
fn no_mutation_of_a_role_file_upsets_the_reader() {
    let knowledge = knowledge();
    for (number, seed) in [CHECKOUT, TEAM, STREAM].into_iter().enumerate() {
        let mut dice = Dice(number as u64);
        for _ in 0..700 {
            let bytes = mutated(seed, &mut dice);
            let is_text = std::str::from_utf8(&bytes).is_ok();
            let tree = Tree::of_bytes(bytes);
            assert_sound(&tree);
            assert!(is_text || !tree.errors().is_empty());
            let text = Arc::clone(tree.text());
            let again = parse(&text);
            assert_eq!(
                again.errors().len(),
                parse(&text).errors().len(),
                "{text:?}"
            );
            let source = SourceFile::of_tree(tree, &knowledge);
            for problem in &source.spec.problems {
                assert_fits(problem.span, &text, "problem");
            }
            for role in source.spec.units().flat_map(|unit| &unit.roles) {
                assert_fits(role.key.name.span, &text, "role");
                for holder in &role.holders {
                    assert_fits(holder.span, &text, "holder");
                    let note = holder.note.as_ref();
                    assert_fits(note.map_or(holder.span, |note| note.span), &text, "note");
                }
            }
        }
    }
}

#[test]
fn every_report_on_a_mutated_file_can_be_printed() {
    let mut dice = Dice(7);
    for round in 0..12 {
        // Many files at once: each run of the engine has a price of its own.
        let files: Vec<(String, String)> = (0..40)
            .map(|number| {
                let seed = [CHECKOUT, TEAM, STREAM][number % 3];
                let text = String::from_utf8_lossy(&mutated(seed, &mut dice)).into_owned();
                (format!("{round}-{number}.roles.yaml"), text)
            })
            .collect();
        assert_reported(&check_files(&files));
    }
}

/// One line of a file, broken in one way.
fn corruptions(line: &str) -> Vec<(&'static str, String)> {
    let indent = line.len() - line.trim_start().len();
    let words = &line[indent..];
    let mut broken = vec![
        ("a tab", format!("\t{words}")),
        ("an open bracket", format!("{line} [")),
        ("one blank more", format!(" {line}")),
        ("nonsense", format!("{}@@ %% ]] ::", " ".repeat(indent))),
        ("an open quote", format!("{}\"{words}", " ".repeat(indent))),
    ];
    if let Some((key, value)) = line.split_once(": ") {
        broken.push((
            "an open quote before the value",
            format!("{key}: \"{value}"),
        ));
        broken.push((
            "an open bracket before the value",
            format!("{key}: [{value}"),
        ));
        broken.push((
            "an open brace before the value",
            format!("{key}: {{{value}"),
        ));
        broken.push(("a second colon", format!("{key}: {value}: more")));
        broken.push(("an at sign", format!("{key}: @{value}")));
        broken.push(("no blank after the colon", format!("{key}:{value}")));
    }
    if indent > 1 {
        broken.push(("one blank less", line[1..].to_owned()));
    }
    broken
}

#[test]
fn one_broken_line_costs_little_of_the_rest_of_the_file() {
    let lines: Vec<&str> = CHECKOUT.lines().collect();
    assert!(parse(&Arc::from(CHECKOUT)).errors().is_empty());
    let (mut kept_of_all, mut all_of_all) = (0, 0);
    let mut worst: Vec<(usize, String)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        for (how, broken) in corruptions(line) {
            let mut rest = lines.clone();
            rest[at] = &broken;
            let text = rest.join("\n") + "\n";
            let tree = parse(&Arc::from(text.as_str()));
            assert_sound(&tree);
            let mut found: HashMap<&str, usize> = HashMap::new();
            for scalar in scalars(&tree) {
                *found.entry(scalar.trim()).or_default() += 1;
            }
            let broken_span = LineIndex::new(CHECKOUT).line_span(at, CHECKOUT);
            let whole = parse(&Arc::from(CHECKOUT));
            let (mut kept, mut all) = (0, 0);
            for node in nodes(&whole) {
                let is_elsewhere =
                    node.span().end <= broken_span.start || node.span().start >= broken_span.end;
                if let (Kind::Scalar(_), true, Some(value)) =
                    (node.kind(), is_elsewhere, node.text())
                {
                    all += 1;
                    if let Some(left) = found.get_mut(value.trim()).filter(|left| **left > 0) {
                        *left -= 1;
                        kept += 1;
                    }
                }
            }
            kept_of_all += kept;
            all_of_all += all;
            worst.push((
                kept * 100 / all,
                format!("line {} with {how}: {kept} of {all}: {broken}", at + 1),
            ));
        }
    }
    worst.sort();
    worst.truncate(25);
    let share = kept_of_all as f64 * 100.0 / all_of_all as f64;
    assert!(
        share >= 97.0,
        "{share:.1} % are kept; the worst: {worst:#?}"
    );
    assert!(worst[0].0 >= 60, "the worst: {worst:#?}");
}
