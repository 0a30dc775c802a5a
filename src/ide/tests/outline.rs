use super::{FERRYLINE, at, ferryline};
use crate::ide::fixture::Fixture;
use crate::ide::{Symbol, folds, selections, symbols, workspace_symbols};

/// The tree, a line each: what it is, its name, and what is said beside it.
fn tree(fixture: &Fixture) -> String {
    fn add(symbols: &[Symbol], depth: usize, shown: &mut String) {
        for symbol in symbols {
            let (whole, at) = (symbol.whole, symbol.at);
            assert!(whole.start <= at.start && at.end <= whole.end);
            let indent = "  ".repeat(depth);
            let detail = match symbol.detail.as_str() {
                "" => String::new(),
                detail => format!(" ({detail})"),
            };
            shown.push_str(&format!(
                "{indent}{:?} {}{detail}\n",
                symbol.kind, symbol.name
            ));
            add(&symbol.children, depth + 1, shown);
        }
    }
    let view = fixture.view();
    let mut shown = String::new();
    add(&symbols(&view), 0, &mut shown);
    shown
}

#[test]
fn the_symbol_of_a_person_has_all_that_is_said_of_them() {
    let fixture = Fixture::of(&[(
        "people.roles.yaml",
        "people:\n  ben: {name: Ben Okafor} # new\n  ana: Ana Lima\n  eve:\n",
    )]);
    let view = fixture.view();
    let all = symbols(&view);
    let whole = |symbol: &Symbol| symbol.whole.slice(view.text()).to_owned();
    let people: Vec<String> = all.iter().map(whole).collect();
    assert_eq!(people, ["ben: {name: Ben Okafor}", "ana: Ana Lima", "eve"]);
}

#[test]
fn a_file_is_a_tree_of_teams_roles_and_duties() {
    assert_eq!(
        tree(&at("teams/checkout.roles.yaml", "‸name")),
        "\
Team checkout (Checkout crew)
  Role product-owner (ben)
    Duty backlog-refinement
    Duty Own the checkout roadmap for the next four quarters (roadmap)
    Duty delivery-process
  Role harbour-captain (vacant)
  Group shared
    Duty release-decision (product-manager)
    Duty roadmap (product-manager)
"
    );
    assert_eq!(
        tree(&at("ferryline.roles.yaml", "‸title")),
        "\
Catalog ferryline (Roles at Ferryline)
  Role harbour-captain (Harbour Captain)
  Duty feedback-analysis
  Duty timetable-notices (Tell passengers about changed timetables)
"
    );
    assert_eq!(
        tree(&at("people.roles.yaml", "‸ana")),
        "\
Person ana (Ana Lima)
Person ben (Ben Okafor)
Person eve (Eve Müller)
Person fay (Fay Moss, left 2026-02-28)
"
    );
    assert_eq!(
        tree(&at(".rolelint.yaml", "‸rules")),
        "\
Setting catalog (ferryline.roles.yaml)
Setting rules
  Setting missing-role (warning)
"
    );
}

#[test]
fn half_a_file_is_half_a_tree() {
    assert_eq!(
        tree(&ferryline(
            "x.roles.yaml",
            "team:‸\nroles:\n  product-owner:\n    duties:\n      -\n      - ''\n      - roadmap: [\n  scrum-master: [ana]\n---\nproduct: y\nroles:\n"
        )),
        "\
Team team
  Role product-owner
    Duty roadmap
  Role scrum-master (ana)
Product y
"
    );
}

/// The best four, a line each.
fn found(fixture: &Fixture, query: &str) -> Vec<String> {
    workspace_symbols(&fixture.session, query, 4)
        .into_iter()
        .map(|named| {
            let place = fixture.show(named.place.file, named.place.span);
            let place: Vec<&str> = place.split(':').take(2).collect();
            format!(
                "{:?} {} ({}) at {}",
                named.kind,
                named.name,
                named.belongs,
                place.join(":")
            )
        })
        .collect()
}

#[test]
fn a_workspace_is_searched_loosely_by_name() {
    let fixture = Fixture::of(FERRYLINE);
    assert_eq!(
        found(&fixture, "chk"),
        [
            "Team checkout (Checkout crew) at teams/checkout.roles.yaml:1",
            "Role Product Owner (team checkout) at teams/checkout.roles.yaml:7",
            "Role Harbour Captain (team checkout) at teams/checkout.roles.yaml:14",
        ]
    );
    for query in ["po checkout", "checkout po", "ProductOwner Check"] {
        assert_eq!(
            found(&fixture, query),
            ["Role Product Owner (team checkout) at teams/checkout.roles.yaml:7"]
        );
    }
    assert_eq!(
        found(&fixture, "fm"),
        ["Person Fay Moss (fay) at people.roles.yaml:5"]
    );
    assert_eq!(
        found(&fixture, "MÜL"),
        ["Person Eve Müller (eve) at people.roles.yaml:4"]
    );
    assert_eq!(
        found(&fixture, "ana").first().map(String::as_str),
        Some("Person Ana Lima (ana) at people.roles.yaml:2")
    );
    assert_eq!(found(&fixture, "zzz"), Vec::<String>::new());
    assert_eq!(found(&fixture, "").len(), 4);
}

#[test]
fn keys_items_and_comments_fold() {
    let fixture = Fixture::team(
        "# Who is who\n# in the checkout team.\nteam: checkout\nroles:\n  product-owner:\n    duties:\n      - text: a\n        as: b\n      - c\n  scrum-master: ana\n",
    );
    let folds = folds(&fixture.view());
    let lines: Vec<_> = folds
        .iter()
        .map(|fold| (fold.first, fold.last, fold.is_comment))
        .collect();
    assert_eq!(
        lines,
        [
            (0, 1, true),
            (3, 9, false),
            (4, 8, false),
            (5, 8, false),
            (6, 7, false)
        ]
    );
}

#[test]
fn a_selection_grows_from_the_words_to_the_document() {
    let fixture =
        Fixture::team("team: a\nroles:\n  product-owner: {holder: \"An‸a Lima\"}\n  po: b\n");
    let view = fixture.view();
    let spans = selections(&view, fixture.offset);
    let shown: Vec<&str> = spans.iter().map(|span| span.slice(view.text())).collect();
    assert_eq!(
        shown,
        [
            "Ana Lima",
            "\"Ana Lima\"",
            "holder: \"Ana Lima\"",
            "{holder: \"Ana Lima\"}",
            "product-owner: {holder: \"Ana Lima\"}",
            "product-owner: {holder: \"Ana Lima\"}\n  po: b",
            "roles:\n  product-owner: {holder: \"Ana Lima\"}\n  po: b",
            "team: a\nroles:\n  product-owner: {holder: \"Ana Lima\"}\n  po: b",
            "team: a\nroles:\n  product-owner: {holder: \"Ana Lima\"}\n  po: b\n",
        ]
    );
}
