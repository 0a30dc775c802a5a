//! Of the names that something has, a rename changes the one that stands at its place.

use super::among;
use super::navigation::referred;
use super::rename::{prepared, renamed};
use crate::ide::hover;

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
defined people.roles.yaml:3: ‹x2›: {name: Pat Doe}
defined people.roles.yaml:3: x2: {name: ‹Pat Doe›}
named x.roles.yaml:4: product-owner: ‹x2›
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
defined people.roles.yaml:2: ‹ana›: Ana Lima
defined people.roles.yaml:2: ana: ‹Ana Lima›
named x.roles.yaml:2: members: [‹ANA›]
named x.roles.yaml:4: product-manager: ‹\"ana\\tLIMA\"›
named x.roles.yaml:5: product-owner: ‹\"Ana  Lima\"›
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
