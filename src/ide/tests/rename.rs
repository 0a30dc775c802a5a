use super::{at, ferryline};
use crate::ide::fixture::Fixture;
use crate::ide::{Scope, Usage, hover, prepare, references, rename};
use crate::text::apply;

/// The lines that a rename changes, as they are afterwards; or why there is none.
fn renamed(fixture: &Fixture, name: &str) -> String {
    let view = fixture.view();
    let files = match rename(&view, fixture.offset, name, &|| false) {
        Ok(files) => files,
        Err(why) => return why,
    };
    let mut shown = String::new();
    for (file, edits) in files {
        let old = fixture.text(file);
        let new = apply(&old, &edits).unwrap();
        assert_eq!(old.lines().count(), new.lines().count());
        for (number, (before, after)) in old.lines().zip(new.lines()).enumerate() {
            if before != after {
                let path = fixture.session.files().shown(file);
                shown.push_str(&format!("{path}:{}: {}\n", number + 1, after.trim()));
            }
        }
    }
    shown
}

/// What a rename starts from.
fn prepared(fixture: &Fixture) -> String {
    let view = fixture.view();
    match prepare(&view, fixture.offset) {
        Ok(Some(start)) => {
            let place = fixture.show(view.file, start.span);
            assert_eq!(start.span.slice(view.text()), start.name);
            place
        }
        Ok(None) => "nothing".to_owned(),
        Err(why) => why,
    }
}

#[test]
fn a_person_is_renamed_by_id_wherever_files_use_the_id() {
    let fixture = at("teams/checkout.roles.yaml", "cover: e‸ve");
    assert_eq!(
        prepared(&fixture),
        "teams/checkout.roles.yaml:14: harbour-captain: {vacant: {since: 2026-05-01, cover: ‹eve›}}"
    );
    assert_eq!(
        renamed(&fixture, "eva"),
        "\
people.roles.yaml:4: eva: {name: Eve Müller}
teams/checkout.roles.yaml:5: members: [ben, eva]
teams/checkout.roles.yaml:14: harbour-captain: {vacant: {since: 2026-05-01, cover: eva}}
"
    );
}

#[test]
fn pronouns_stay_where_a_name_is_renamed() {
    let fixture = Fixture::of(&[
        ("people.roles.yaml", "people:\n  ana: Ana Li‸ma\n"),
        (
            "checkout.roles.yaml",
            "team: checkout\nroles:\n  product-manager: Ana Lima (she/her)\n  product-owner: \"Ana Lima (she/her)\"\n",
        ),
    ]);
    assert_eq!(
        renamed(&fixture, "Anna Lima"),
        "\
checkout.roles.yaml:3: product-manager: Anna Lima (she/her)
checkout.roles.yaml:4: product-owner: \"Anna Lima (she/her)\"
people.roles.yaml:2: ana: Anna Lima
"
    );
}

#[test]
fn a_person_is_renamed_by_name_wherever_files_use_the_name() {
    assert_eq!(
        renamed(&at("teams/search.roles.yaml", "Eve ‸Müller"), "Eve O'Hara"),
        "\
people.roles.yaml:4: eve: {name: Eve O'Hara}
teams/search.roles.yaml:4: product-owner: {person: Eve O'Hara, status: interim, since: 2026-04-01, until: 2026-09-30}
"
    );
}

#[test]
fn quotes_notes_anchors_and_comments_stay() {
    let fixture = ferryline(
        "x.roles.yaml",
        "team: x # ben's\nmembers: ['b‸en', \"ben\", ben]\nroles:\n  product-owner: 'ben (acting)'\n  scrum-master: &b ben # ben\n  developers: *b\n",
    );
    assert_eq!(
        prepared(&fixture),
        "x.roles.yaml:2: members: ['‹ben›', \"ben\", ben]"
    );
    assert_eq!(
        renamed(&fixture, "bo"),
        "\
people.roles.yaml:3: bo: {name: Ben Okafor}
teams/checkout.roles.yaml:5: members: [bo, eve]
teams/checkout.roles.yaml:8: holder: bo
x.roles.yaml:2: members: ['bo', \"bo\", bo]
x.roles.yaml:4: product-owner: 'bo (acting)'
x.roles.yaml:5: scrum-master: &b bo # ben
"
    );
    let quoted = |text: &str| Fixture::team(text);
    assert_eq!(
        renamed(
            &quoted(
                "team: x\nroles:\n  product-owner: 'Eve O''Ha‸ra'\n  scrum-master: \"Eve O'Hara\"\n"
            ),
            "Eve d'Or"
        ),
        "checkout.roles.yaml:3: product-owner: 'Eve d''Or'\ncheckout.roles.yaml:4: scrum-master: \"Eve d'Or\"\n"
    );
    assert_eq!(
        renamed(
            &quoted("team: x\nroles:\n  product-owner: \"Zo\\u00eb‸\"\n"),
            "Zoe"
        ),
        "checkout.roles.yaml:3: product-owner: \"Zoe\"\n"
    );
}

#[test]
fn an_anchor_that_means_two_things_is_left_alone() {
    let fixture = ferryline("x.roles.yaml", "team: &t x‸\nroles:\n  product-owner: *t\n");
    assert_eq!(
        renamed(&fixture, "z"),
        "A name in x.roles.yaml stands for something else as well, by an anchor. Please edit it by hand first."
    );
    // What an alias stands for is written elsewhere.
    let fixture = ferryline(
        "x.roles.yaml",
        "team: x\nmembers: [&b ben]\nroles:\n  product-owner: *‸b\n",
    );
    assert_eq!(
        prepared(&fixture),
        "`*b` repeats what stands at `&b`. Please rename it there."
    );
    assert_eq!(renamed(&fixture, "bo"), prepared(&fixture));
}

#[test]
fn teams_and_products_are_renamed_with_whatever_belongs_to_them() {
    assert_eq!(
        renamed(&at("teams/checkout.roles.yaml", "team: ‸checkout"), "pay"),
        "products/booking.roles.yaml:4: teams: [search, pay]\nteams/checkout.roles.yaml:1: team: pay\n"
    );
    assert_eq!(
        renamed(
            &at("teams/checkout.roles.yaml", "product: book‸ing"),
            "tickets"
        ),
        "\
products/booking.roles.yaml:1: product: tickets
teams/checkout.roles.yaml:4: product: tickets
teams/search.roles.yaml:2: product: tickets
"
    );
}

#[test]
fn roles_of_the_organisation_are_renamed_in_its_catalog_and_in_files() {
    let captain = at("teams/checkout.roles.yaml", "  harbour-‸captain: {vacant");
    assert_eq!(
        renamed(&captain, "pier-captain"),
        "\
ferryline.roles.yaml:5: pier-captain: {title: Harbour Captain, aliases: [HC], scope: team, purpose: Keeps boats and people apart.}
ferryline.roles.yaml:12: role: pier-captain
teams/checkout.roles.yaml:14: pier-captain: {vacant: {since: 2026-05-01, cover: eve}}
teams/checkout.roles.yaml:22: consulted: [product-owner, pier-captain]
"
    );
    // By another of its names only that one changes.
    assert_eq!(
        renamed(&at("teams/search.roles.yaml", "H‸C: fay"), "Pier Boss"),
        "\
ferryline.roles.yaml:5: harbour-captain: {title: Harbour Captain, aliases: [Pier Boss], scope: team, purpose: Keeps boats and people apart.}
teams/search.roles.yaml:5: Pier Boss: fay
"
    );
    // One that no catalog describes, however it is spelled.
    assert_eq!(
        renamed(
            &ferryline(
                "x.roles.yaml",
                "team: x\nroles:\n  data lead: ana\n  product-owner: {works_with: [Data L‸ead]}\nshared:\n- {duty: timetable-notices, accountable: data-lead}\n"
            ),
            "insight-lead"
        ),
        "\
x.roles.yaml:3: insight-lead: ana
x.roles.yaml:4: product-owner: {works_with: [insight-lead]}
x.roles.yaml:6: - {duty: timetable-notices, accountable: insight-lead}
"
    );
}

#[test]
fn duties_of_the_organisation_are_renamed_in_its_catalog_in_pins_and_in_shared() {
    let fixture = ferryline(
        "x.roles.yaml",
        "team: x\nroles:\n  HC:\n    duties:\n      - timetable-‸notices: Tell everybody\n      - timetable-notices\n      - {text: The notices, as: timetable-notices}\n      - Post timetable changes to passengers\nshared: [{duty: timetable-notices, accountable: HC}]\n",
    );
    assert_eq!(
        renamed(&fixture, "notices"),
        "\
ferryline.roles.yaml:10: notices:
x.roles.yaml:5: - notices: Tell everybody
x.roles.yaml:6: - notices
x.roles.yaml:7: - {text: The notices, as: notices}
x.roles.yaml:9: shared: [{duty: notices, accountable: HC}]
"
    );
    assert_eq!(
        renamed(
            &at("teams/checkout.roles.yaml", "duty: release-‸decision"),
            "go-live"
        ),
        "teams/checkout.roles.yaml:16: - duty: go-live\n"
    );
}

#[test]
fn what_belongs_to_rolelint_keeps_its_name() {
    for (words, why) in [
        (
            "  ‸product-owner:\n    holder",
            "`product-owner` is a role of the built-in catalog `popm` and keeps its id. To call it something else, give it an alias in your catalog, or the seat a `title:`.",
        ),
        (
            "duty: road‸map",
            "`roadmap` is a duty of the built-in catalog `popm` and keeps its id. To say it in your own words, write them behind it: `roadmap: your words`.",
        ),
        (
            "Own the ‸checkout",
            "This line is in your own words and stands nowhere else. Just change it here.",
        ),
        (
            "mem‸bers:",
            "This word belongs to rolelint, so it has the same name for everybody.",
        ),
    ] {
        let fixture = at("teams/checkout.roles.yaml", words);
        assert_eq!(prepared(&fixture), why);
        assert_eq!(renamed(&fixture, "x"), why);
    }
    // A duty that the own catalog only changes.
    assert!(prepared(&at("ferryline.roles.yaml", "  feed‸back-analysis")).contains("built-in"));
    assert_eq!(
        prepared(&at("teams/checkout.roles.yaml", "since: 2026-‸05-01")),
        "nothing"
    );
}

#[test]
fn names_that_are_taken_are_refused() {
    let person = |name| renamed(&at("people.roles.yaml", "  e‸ve:"), name);
    assert_eq!(
        person("ben"),
        "`ben` is already somebody else: `ben`, Ben Okafor. Please choose another name."
    );
    assert_eq!(
        person("ana lima"),
        "`ana lima` is already somebody else: `ana`, Ana Lima. Please choose another name."
    );
    let team = |name| renamed(&at("teams/checkout.roles.yaml", "team: ‸checkout"), name);
    assert_eq!(
        team("search"),
        "There is already a team `search`. Please choose another name."
    );
    let role = |name| renamed(&at("teams/search.roles.yaml", "H‸C: fay"), name);
    assert_eq!(
        role("Product Owner"),
        "There is already a role `Product Owner`. Please choose another name."
    );
    assert_eq!(
        role("harbour captain"),
        "There is already a role `harbour captain`. Please choose another name."
    );
    assert_eq!(
        renamed(
            &at("ferryline.roles.yaml", "  timetable-‸notices"),
            "roadmap"
        ),
        "There is already a duty `roadmap`. Please choose another name."
    );
}

#[test]
fn names_that_yaml_would_misread_are_refused() {
    let fixture = at("teams/checkout.roles.yaml", "cover: e‸ve");
    for name in [
        "no",
        "2026",
        "2026-05-01",
        "a: b",
        "a #b",
        "~",
        "- a",
        "*a",
        "a, b",
        "a]",
        "'a",
        "{a",
    ] {
        assert_eq!(
            renamed(&fixture, name),
            format!(
                "YAML would read `{name}` as something else than a name. Please choose another one."
            )
        );
    }
    assert_eq!(renamed(&fixture, "  "), "A name needs at least one letter.");
    assert_eq!(renamed(&fixture, "a\nb"), "A name has to fit on one line.");
    assert_eq!(
        renamed(&fixture, "tbd"),
        "`tbd` does not read like the name of a person."
    );
    assert_eq!(
        renamed(
            &at("ferryline.roles.yaml", "  timetable-‸notices"),
            "Go live"
        ),
        "The id of a duty has small letters, digits and hyphens only; `Go live` would be read as a line of text."
    );
    // In quotes everywhere, a comma is a comma.
    assert_eq!(
        renamed(&Fixture::team("team: x\nmembers: ['Lima‸']\n"), "Lima, Ana"),
        "checkout.roles.yaml:2: members: ['Lima, Ana']\n"
    );
}

#[test]
fn renames_reach_unsaved_text_and_broken_files() {
    let mut fixture = at("people.roles.yaml", "  e‸ve:");
    let (file, offset) = (fixture.file, fixture.offset);
    fixture.type_in(
        "teams/new.roles.yaml",
        "team: new 🎉\r\nmembers: [ben, eve]\r\nroles:\r\n  product-owner: eve\r\n  scrum-master: [\r\n",
    );
    (fixture.file, fixture.offset) = (file, offset);
    let shown = renamed(&fixture, "eva");
    assert!(
        shown.contains(
            "teams/new.roles.yaml:2: members: [ben, eva]\nteams/new.roles.yaml:4: product-owner: eva\n"
        ),
        "{shown}"
    );
}

/// Where else the thing at the cursor is named.
fn referred(fixture: &Fixture) -> String {
    let found = references(
        &fixture.view(),
        fixture.offset,
        Scope::Organisation,
        &|| false,
    );
    let lines = found.iter().map(|one| {
        assert_ne!(one.usage, Usage::Means);
        let place = fixture.show(one.place.file, one.place.span);
        format!("{place}\n")
    });
    lines.collect()
}

/// Files with the cursor at `‸` in the first place of one of them that has the words around it.
fn among(files: &[(&str, &str)], words: &str) -> Fixture {
    let plain = words.replace('‸', "");
    let mut is_set = false;
    let mut written: Vec<(&str, String)> = Vec::new();
    for (name, text) in files {
        let text = match !is_set && text.contains(&plain) {
            true => {
                is_set = true;
                text.replacen(&plain, words, 1)
            }
            false => (*text).to_owned(),
        };
        written.push((name, text));
    }
    assert!(is_set, "nothing has `{plain}`");
    let files: Vec<(&str, &str)> = written
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    Fixture::of(&files)
}

#[test]
fn a_placeholder_is_filled_in_its_seat_alone() {
    let files = &[
        ("people.roles.yaml", "people:\n  ana: {name: Ana Lima}\n"),
        (
            "a.roles.yaml",
            "team: a\nroles:\n  product-manager: TBD # soon\n  product-owner: TBD\n",
        ),
        (
            "b.roles.yaml",
            "team: b\nmembers: [TBD]\nroles:\n  product-manager: \"[Full Name]\"\n  scrum-master: &x TBD\n  product-owner: *x\n",
        ),
    ];
    let manager = among(files, "product-manager: T‸BD");
    assert_eq!(
        prepared(&manager),
        "a.roles.yaml:3: product-manager: ‹TBD› # soon"
    );
    assert_eq!(
        renamed(&manager, "Zoe"),
        "a.roles.yaml:3: product-manager: Zoe # soon\n"
    );
    // Somebody whom everybody knows may sit there, by id or by name.
    assert_eq!(
        renamed(&manager, "ana"),
        "a.roles.yaml:3: product-manager: ana # soon\n"
    );
    assert_eq!(
        renamed(&manager, "Ana Lima"),
        "a.roles.yaml:3: product-manager: Ana Lima # soon\n"
    );
    assert_eq!(
        renamed(&manager, "tbc"),
        "`tbc` does not read like the name of a person."
    );
    assert_eq!(referred(&manager), "");
    assert_eq!(
        renamed(&among(files, "[Full ‸Name]"), "ana"),
        "b.roles.yaml:4: product-manager: \"ana\"\n"
    );
    // One that fills two seats at once.
    assert_eq!(
        renamed(&among(files, "&x T‸BD"), "ana"),
        "A name in b.roles.yaml stands for something else as well, by an anchor. Please edit it by hand first."
    );
    // In the people document somebody gets a name; no seat is theirs because it has none.
    let files = &[
        ("people.roles.yaml", "people:\n  ana: {name: TBD}\n"),
        files[1],
    ];
    assert_eq!(
        renamed(&among(files, "name: T‸BD"), "Ana Lima"),
        "people.roles.yaml:2: ana: {name: Ana Lima}\n"
    );
}

#[test]
fn an_id_and_a_name_that_differ_in_capitals_are_two() {
    let files = &[
        (
            "people.roles.yaml",
            "people:\n  ana: {name: Ana}\n  bo: Bo\n  cleo: {name: Cleo Ray}\n",
        ),
        (
            "x.roles.yaml",
            "team: x\nmembers: [ana, Ana, ANA, bo, Bo, Cleo]\nroles:\n  product-manager: Ana\n  product-owner: ana\n",
        ),
    ];
    for cursor in ["  a‸na: {", "product-owner: an‸a"] {
        assert_eq!(
            renamed(&among(files, cursor), "anna"),
            "\
people.roles.yaml:2: anna: {name: Ana}
x.roles.yaml:2: members: [anna, Ana, ANA, bo, Bo, Cleo]
x.roles.yaml:5: product-owner: anna
"
        );
    }
    for cursor in ["name: A‸na}", "product-manager: An‸a"] {
        assert_eq!(
            renamed(&among(files, cursor), "Ana Lima"),
            "\
people.roles.yaml:2: ana: {name: Ana Lima}
x.roles.yaml:2: members: [ana, Ana Lima, Ana Lima, bo, Bo, Cleo]
x.roles.yaml:4: product-manager: Ana Lima
"
        );
    }
    // The short form of a person.
    assert_eq!(
        renamed(&among(files, "bo: B‸o"), "Bo Diaz"),
        "people.roles.yaml:3: bo: Bo Diaz\nx.roles.yaml:2: members: [ana, Ana, ANA, bo, Bo Diaz, Cleo]\n"
    );
    // An id in other capitals would mean nobody afterwards.
    assert_eq!(
        renamed(&among(files, "cl‸eo:"), "clio"),
        "people.roles.yaml:4: clio: {name: Cleo Ray}\nx.roles.yaml:2: members: [ana, Ana, ANA, bo, Bo, clio]\n"
    );
    // Of all that call them so, each is found.
    assert_eq!(referred(&among(files, "  a‸na: {")).lines().count(), 7);
    // The name may be the id as well, and the other way round.
    assert_eq!(
        renamed(&among(files, "Cleo R‸ay"), "cleo"),
        "people.roles.yaml:4: cleo: {name: cleo}\n"
    );
}

#[test]
fn a_title_of_a_role_is_renamed_without_its_id() {
    let files = &[
        (".rolelint.yaml", "catalog: own.roles.yaml\n"),
        (
            "own.roles.yaml",
            "catalog: own\nextends: popm\nroles:\n  incident-lead:\n    title: Incident Lead\n    aliases: [IL]\n    scope: team\n  tech-writer: {scope: team}\n  product-owner: {title: Value Owner}\n",
        ),
        (
            "x.roles.yaml",
            "team: x\nroles:\n  incident-lead: ana\n  product-owner: {works_with: [incident-lead, IL, Incident Lead, incident lead, Tech Writer]}\n",
        ),
        (
            "y.roles.yaml",
            "team: y\nroles:\n  Incident Lead: ana\n  Value Owner: ben\n",
        ),
    ];
    for cursor in ["title: Incident ‸Lead", "  Incident Lea‸d: ana"] {
        assert_eq!(
            renamed(&among(files, cursor), "Duty Officer"),
            "\
own.roles.yaml:5: title: Duty Officer
x.roles.yaml:4: product-owner: {works_with: [incident-lead, IL, Duty Officer, Duty Officer, Tech Writer]}
y.roles.yaml:3: Duty Officer: ana
"
        );
    }
    for cursor in ["  incident‸-lead:\n", "  inci‸dent-lead: ana"] {
        assert_eq!(
            renamed(&among(files, cursor), "duty-officer"),
            "\
own.roles.yaml:4: duty-officer:
x.roles.yaml:3: duty-officer: ana
x.roles.yaml:4: product-owner: {works_with: [duty-officer, IL, Incident Lead, incident lead, Tech Writer]}
"
        );
        assert_eq!(
            renamed(&among(files, cursor), "Incident Boss"),
            "The id of a role has small letters, digits and hyphens only. `incident-boss` would do. `Incident Boss` can be its title: rename that, or give it one in your catalog."
        );
    }
    // Without a title of its own it is called after its id.
    assert_eq!(
        renamed(&among(files, "  tech-‸writer"), "scribe"),
        "own.roles.yaml:8: scribe: {scope: team}\nx.roles.yaml:4: product-owner: {works_with: [incident-lead, IL, Incident Lead, incident lead, scribe]}\n"
    );
    // A role of rolelint's keeps its id; the title is one's own.
    for cursor in ["title: Val‸ue Owner", "  Value ‸Owner: ben"] {
        assert_eq!(
            renamed(&among(files, cursor), "Worth Owner"),
            "own.roles.yaml:9: product-owner: {title: Worth Owner}\ny.roles.yaml:4: Worth Owner: ben\n"
        );
    }
    assert!(prepared(&among(files, "  product-‸owner: {title")).contains("keeps its id"));
    // A title may read like the id, but not like another role or a further name.
    let title = among(files, "title: Incident ‸Lead");
    assert_eq!(
        renamed(&title, "Product Owner"),
        "There is already a role `Product Owner`. Please choose another name."
    );
    assert_eq!(
        renamed(&title, "il"),
        "There is already a role `il`. Please choose another name."
    );
    assert!(renamed(&among(files, "[I‸L]"), "Incident-Lead").contains("already a role"));
    // A catalog that nobody uses yet.
    assert_eq!(
        renamed(
            &among(&files[1..2], "title: Incident ‸Lead"),
            "Duty Officer"
        ),
        "own.roles.yaml:5: title: Duty Officer\n"
    );
}

const NAMESAKES: &str = "people:\n  x1: {name: Pat Doe}\n  x2: {name: Pat Doe}\n";

#[test]
fn of_two_persons_of_one_name_one_is_renamed() {
    let files = &[
        ("people.roles.yaml", NAMESAKES),
        (
            "x.roles.yaml",
            "team: x\nroles:\n  product-manager: x1\n  product-owner: x2\n",
        ),
    ];
    let second = among(files, "x2: {name: Pat ‸Doe");
    assert_eq!(
        prepared(&second),
        "people.roles.yaml:3: x2: {name: ‹Pat Doe›}"
    );
    assert_eq!(
        renamed(&second, "Pat Roe"),
        "people.roles.yaml:3: x2: {name: Pat Roe}\n"
    );
    assert_eq!(
        renamed(&among(files, "x1: {name: Pat ‸Doe"), "Pat Roe"),
        "people.roles.yaml:2: x1: {name: Pat Roe}\n"
    );
    assert_eq!(
        renamed(&among(files, "x‸2: {name"), "pat"),
        "people.roles.yaml:3: pat: {name: Pat Doe}\nx.roles.yaml:4: product-owner: pat\n"
    );
    // Whatever else is asked there is asked about that one.
    assert_eq!(
        referred(&second),
        "\
people.roles.yaml:3: ‹x2›: {name: Pat Doe}
people.roles.yaml:3: x2: {name: ‹Pat Doe›}
x.roles.yaml:4: product-owner: ‹x2›
"
    );
    let said = hover(&second.view(), second.offset).unwrap().text;
    assert!(said.starts_with("**Pat Doe** · `x2`"), "{said}");
    assert!(said.contains("Product Owner"), "{said}");
}

#[test]
fn a_name_that_may_mean_two_persons_is_left_as_it_is() {
    let seat = "team: x\nroles:\n  product-owner: pat doe\n";
    let files = &[("people.roles.yaml", NAMESAKES), ("x.roles.yaml", seat)];
    for cursor in ["x1: {name: P‸at", "x2: {name: P‸at"] {
        assert_eq!(
            renamed(&among(files, cursor), "Pat Roe"),
            "More than one person is called `Pat Doe` (`x1`, `x2`), and x.roles.yaml names one of them by that name alone. Please write an id there first, so that nobody is mixed up."
        );
    }
    let fixture = among(files, "product-owner: pat ‸doe");
    assert_eq!(
        prepared(&fixture),
        "More than one person is called `pat doe` (`x1`, `x2`), so nobody can tell who is meant here. Please write the id of one of them."
    );
    assert_eq!(renamed(&fixture, "Pat Roe"), prepared(&fixture));
    // The id is clear, and the seat means afterwards whom it meant before.
    assert_eq!(
        renamed(&among(files, "x‸1: {name"), "pat"),
        "people.roles.yaml:2: pat: {name: Pat Doe}\n"
    );
    // Nobody means the one who is gone.
    let files = &[
        (
            "people.roles.yaml",
            "people:\n  x1: {name: Pat Doe, left: 2026-01-31}\n  x2: {name: Pat Doe}\n",
        ),
        ("x.roles.yaml", seat),
    ];
    for cursor in ["x2: {name: P‸at", "product-owner: pat ‸doe"] {
        assert_eq!(
            renamed(&among(files, cursor), "Pat Roe"),
            "people.roles.yaml:3: x2: {name: Pat Roe}\nx.roles.yaml:3: product-owner: Pat Roe\n"
        );
    }
    assert_eq!(
        renamed(&among(files, "x1: {name: P‸at"), "Pat Roe"),
        "people.roles.yaml:2: x1: {name: Pat Roe, left: 2026-01-31}\n"
    );
}

#[test]
fn blanks_and_capitals_count_as_little_as_to_the_rules() {
    let files = &[
        ("people.roles.yaml", "people:\n  ana: Ana Lima\n"),
        (
            "x.roles.yaml",
            "team: x\nmembers: [ANA]\nroles:\n  product-manager: \"ana\\tLIMA\"\n  product-owner: \"Ana  Lima\"\n",
        ),
    ];
    assert_eq!(
        renamed(&among(files, "ana: Ana ‸Lima"), "Ana Ray"),
        "\
people.roles.yaml:2: ana: Ana Ray
x.roles.yaml:4: product-manager: \"Ana Ray\"
x.roles.yaml:5: product-owner: \"Ana Ray\"
"
    );
    let seat = among(files, "Ana  ‸Lima");
    assert_eq!(
        prepared(&seat),
        "x.roles.yaml:5: product-owner: \"‹Ana  Lima›\""
    );
    assert_eq!(
        renamed(&seat, "Ana Lima"),
        "x.roles.yaml:4: product-manager: \"Ana Lima\"\nx.roles.yaml:5: product-owner: \"Ana Lima\"\n"
    );
    assert_eq!(
        referred(&seat),
        "\
people.roles.yaml:2: ‹ana›: Ana Lima
people.roles.yaml:2: ana: ‹Ana Lima›
x.roles.yaml:2: members: [‹ANA›]
x.roles.yaml:4: product-manager: ‹\"ana\\tLIMA\"›
x.roles.yaml:5: product-owner: ‹\"Ana  Lima\"›
"
    );
}

#[test]
fn a_shared_duty_in_words_of_ones_own_gets_other_words() {
    let files = &[
        (
            "x.roles.yaml",
            "team: x\nroles:\n  product-owner:\n    duties:\n      - Go live: when it is ready\n      - cut-over: with everybody\nshared:\n  - {duty: Go live, accountable: product-owner}\n  - {duty: Sign off, accountable: product-owner}\n  - {duty: cut-over, accountable: product-owner}\n",
        ),
        (
            "y.roles.yaml",
            "team: y\nshared: [{duty: Go live, accountable: product-owner}]\n",
        ),
    ];
    let fixture = among(files, "duty: Go‸ live");
    assert_eq!(
        renamed(&fixture, "Ship it"),
        "\
x.roles.yaml:8: - {duty: Ship it, accountable: product-owner}
y.roles.yaml:2: shared: [{duty: Ship it, accountable: product-owner}]
"
    );
    assert_eq!(
        renamed(&fixture, "roadmap"),
        "There is already a duty `roadmap`. Please choose another name."
    );
    assert_eq!(
        renamed(&fixture, "Sign off"),
        "There is already a duty `Sign off`. Please choose another name."
    );
    assert_eq!(
        renamed(&among(files, "duty: cut‸-over"), "go-live"),
        "\
x.roles.yaml:6: - go-live: with everybody
x.roles.yaml:10: - {duty: go-live, accountable: product-owner}
"
    );
    // Where a seat has it, only an id can stand.
    assert_eq!(
        renamed(&among(files, "duty: cut‸-over"), "Cut over"),
        "The id of a duty has small letters, digits and hyphens only; `Cut over` would be read as a line of text."
    );
}
