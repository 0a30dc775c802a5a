use super::{at, ferryline};
use crate::ide::fixture::Fixture;
use crate::ide::{prepare, rename};
use crate::text::apply;

/// The lines that a rename changes, as they are afterwards; or why there is none.
pub(super) fn renamed(fixture: &Fixture, name: &str) -> String {
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
pub(super) fn prepared(fixture: &Fixture) -> String {
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
