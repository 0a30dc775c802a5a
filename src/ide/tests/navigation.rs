use super::{FERRYLINE, at, ferryline};
use crate::ide::fixture::Fixture;
use crate::ide::{DefinedAt, Scope, Usage, definition, links, references};
use crate::text::Span;

/// What leads where.
fn defined(fixture: &Fixture) -> String {
    let view = fixture.view();
    let Some(found) = definition(&view, fixture.offset) else {
        return "nowhere".to_owned();
    };
    assert!(found.whole.start <= found.name.start && found.name.end <= found.whole.end);
    let origin = found.origin.slice(view.text());
    format!("{origin} -> {}", place(fixture, &found.at, found.name))
}

fn place(fixture: &Fixture, at: &DefinedAt, span: Span) -> String {
    match at {
        DefinedAt::File(file) => fixture.show(*file, span),
        DefinedAt::Path(path) => path.file_name().unwrap().to_string_lossy().into_owned(),
        DefinedAt::Builtin(name) => {
            let text = crate::catalog::builtin_text(name).unwrap();
            let line = text[..span.start as usize].matches('\n').count() + 1;
            let text = text.lines().nth(line - 1).unwrap();
            format!("built-in {name}: {}", text.trim())
        }
        DefinedAt::Rule(rule) => format!("the page of {}", rule.id),
    }
}

/// Every place, a line each.
pub(super) fn referred(fixture: &Fixture) -> String {
    let found = references(
        &fixture.view(),
        fixture.offset,
        Scope::Organisation,
        &|| false,
    );
    let lines = found.iter().map(|one| {
        let usage = match one.usage {
            Usage::Defines => "defined",
            Usage::Names => "named",
            Usage::Means => "meant",
        };
        let place = fixture.show(one.place.file, one.place.span);
        format!("{usage} {place}\n")
    });
    lines.collect()
}

#[test]
fn people_lead_to_the_people_document() {
    let ana = "ana -> people.roles.yaml:2: ‹ana›: {name: Ana Lima, email: ana@ferryline.example}";
    assert_eq!(
        defined(&at("products/booking.roles.yaml", "person: a‸na")),
        ana
    );
    assert_eq!(
        defined(&at("teams/search.roles.yaml", "Eve Mül‸ler")),
        "Eve Müller -> people.roles.yaml:4: ‹eve›: {name: Eve Müller}"
    );
    assert_eq!(
        defined(&ferryline(
            "x.roles.yaml",
            "team: x\nroles:\n  product-owner: 'be‸n (acting)'\n"
        )),
        "'ben (acting)' -> people.roles.yaml:3: ‹ben›: {name: Ben Okafor}"
    );
    // Where it is defined leads to itself: editors then show where it is named.
    assert_eq!(defined(&at("people.roles.yaml", "a‸na:")), ana);
    assert_eq!(
        defined(&ferryline(
            "x.roles.yaml",
            "team: x\nmembers: [Nobody‸ Else]\n"
        )),
        "nowhere"
    );
}

#[test]
fn teams_and_products_lead_to_their_documents() {
    assert_eq!(
        defined(&at("teams/checkout.roles.yaml", "product: book‸ing")),
        "booking -> products/booking.roles.yaml:1: product: ‹booking›"
    );
    assert_eq!(
        defined(&at("products/booking.roles.yaml", "[‸search")),
        "search -> teams/search.roles.yaml:1: team: ‹search›"
    );
    assert_eq!(
        defined(&ferryline("x.roles.yaml", "team: x\nproduct: bookin‸\n")),
        "nowhere"
    );
    // In one file as well.
    assert_eq!(
        defined(&ferryline(
            "x.roles.yaml",
            "team: x\nproduct: y‸\n---\nproduct: y\n"
        )),
        "y -> x.roles.yaml:4: product: ‹y›"
    );
}

#[test]
fn roles_and_duties_lead_to_the_catalog_that_has_the_last_word() {
    assert_eq!(
        defined(&at(
            "teams/checkout.roles.yaml",
            "works_with: [product-‸manager]"
        )),
        "product-manager -> built-in popm: product-manager:"
    );
    assert_eq!(
        defined(&at("teams/search.roles.yaml", "H‸C: fay")),
        "HC -> ferryline.roles.yaml:5: ‹harbour-captain›: {title: Harbour Captain, aliases: [HC], scope: team, purpose: Keeps boats and people apart.}"
    );
    assert_eq!(
        defined(&at("products/booking.roles.yaml", "- road‸map: Keep")),
        "roadmap -> built-in popm: roadmap:"
    );
    assert_eq!(
        defined(&ferryline(
            "x.roles.yaml",
            "team: x\nroles:\n  product-manager:\n    duties: [feedback-anal‸ysis]\n"
        )),
        "feedback-analysis -> ferryline.roles.yaml:7: ‹feedback-analysis›:"
    );
    // A line leads to the duty that it means.
    assert_eq!(
        defined(&at("products/booking.roles.yaml", "Tell the ‸whole")),
        "Tell the whole company what customers need -> built-in popm: voice-of-customer:"
    );
    // A role that no catalog describes leads to its seat.
    assert_eq!(
        defined(&ferryline(
            "x.roles.yaml",
            "team: x\nroles:\n  Data Lead: ana\n  product-owner: {works_with: [data-‸lead]}\n"
        )),
        "data-lead -> x.roles.yaml:3: ‹Data Lead›: ana"
    );
    assert_eq!(
        defined(&at("teams/checkout.roles.yaml", "[sup‸port]")),
        "nowhere"
    );
}

#[test]
fn catalogs_and_rules_lead_to_their_files_and_pages() {
    let ferryline_file = "ferryline.roles.yaml -> ferryline.roles.yaml:1: catalog: ‹ferryline›";
    assert_eq!(
        defined(&at(".rolelint.yaml", "ferry‸line.roles.yaml")),
        ferryline_file
    );
    assert_eq!(
        defined(&at("ferryline.roles.yaml", "extends: p‸opm")),
        "popm -> built-in popm: catalog: popm"
    );
    assert_eq!(
        defined(&at(".rolelint.yaml", "missing-‸role")),
        "missing-role -> the page of missing-role"
    );
}

#[test]
fn a_catalog_need_not_have_the_name_of_a_role_file() {
    let files = [
        (".rolelint.yaml", "catalog: catalog/acme.yaml\n"),
        (
            "catalog/acme.yaml",
            "catalog: acme\nextends: base.yaml\nroles:\n  captain: {scope: team}\n",
        ),
        (
            "catalog/base.yaml",
            "catalog: base\nduties:\n  moorings: {role: product-owner, examples: [Moor the boats]}\n",
        ),
        (
            "x.roles.yaml",
            "team: x\nroles:\n  capt‸ain:\n    duties: [moorings]\n",
        ),
    ];
    let fixture = Fixture::of(&files);
    assert_eq!(
        defined(&fixture),
        "captain -> catalog/acme.yaml:4: ‹captain›: {scope: team}"
    );
    assert_eq!(
        referred(&fixture),
        "defined catalog/acme.yaml:4: ‹captain›: {scope: team}\n\
         named x.roles.yaml:3: ‹captain›:\n"
    );
    // And the other way round, from the catalog itself.
    let mut files = files;
    files[3].1 = "team: x\nroles:\n  captain:\n    duties: [moorings]\n";
    files[2].1 =
        "catalog: base\nduties:\n  moor‸ings: {role: product-owner, examples: [Moor the boats]}\n";
    assert_eq!(
        referred(&Fixture::of(&files)),
        "defined catalog/base.yaml:3: ‹moorings›: {role: product-owner, examples: [Moor the boats]}\n\
         named x.roles.yaml:4: duties: [‹moorings›]\n"
    );
}

#[test]
fn people_are_found_by_id_and_by_name() {
    let all = "\
defined people.roles.yaml:4: ‹eve›: {name: Eve Müller}
defined people.roles.yaml:4: eve: {name: ‹Eve Müller›}
named teams/checkout.roles.yaml:5: members: [ben, ‹eve›]
named teams/checkout.roles.yaml:14: harbour-captain: {vacant: {since: 2026-05-01, cover: ‹eve›}}
named teams/search.roles.yaml:4: product-owner: {person: ‹Eve Müller›, status: interim, since: 2026-04-01, until: 2026-09-30}
";
    assert_eq!(referred(&at("people.roles.yaml", "e‸ve:")), all);
    assert_eq!(referred(&at("teams/search.roles.yaml", "Eve ‸Müller")), all);
    assert_eq!(
        referred(&at("teams/checkout.roles.yaml", "cover: ‸eve")),
        all
    );
}

#[test]
fn roles_are_found_by_every_name_they_have() {
    assert_eq!(
        referred(&at("teams/search.roles.yaml", "H‸C: fay")),
        "\
defined ferryline.roles.yaml:5: ‹harbour-captain›: {title: Harbour Captain, aliases: [HC], scope: team, purpose: Keeps boats and people apart.}
defined ferryline.roles.yaml:5: harbour-captain: {title: ‹Harbour Captain›, aliases: [HC], scope: team, purpose: Keeps boats and people apart.}
defined ferryline.roles.yaml:5: harbour-captain: {title: Harbour Captain, aliases: [‹HC›], scope: team, purpose: Keeps boats and people apart.}
named ferryline.roles.yaml:12: role: ‹harbour-captain›
named teams/checkout.roles.yaml:14: ‹harbour-captain›: {vacant: {since: 2026-05-01, cover: eve}}
named teams/checkout.roles.yaml:22: consulted: [product-owner, ‹harbour-captain›]
named teams/search.roles.yaml:5: ‹HC›: fay
"
    );
    assert_eq!(
        referred(&at("ferryline.roles.yaml", "role: product-‸manager")),
        "\
named ferryline.roles.yaml:8: role: ‹product-manager›
named products/booking.roles.yaml:6: ‹product-manager›:
named teams/checkout.roles.yaml:9: works_with: [‹product-manager›]
named teams/checkout.roles.yaml:17: accountable: ‹product-manager›
named teams/checkout.roles.yaml:21: accountable: ‹product-manager›
"
    );
}

#[test]
fn duties_are_found_by_their_id_and_in_lines_that_mean_them() {
    let all = "\
named products/booking.roles.yaml:11: - ‹roadmap›: Keep the next four quarters in order
meant teams/checkout.roles.yaml:12: - ‹Own the checkout roadmap for the next four quarters›
named teams/checkout.roles.yaml:20: - duty: ‹roadmap›
";
    assert_eq!(
        referred(&at("products/booking.roles.yaml", "- road‸map: Keep")),
        all
    );
    assert_eq!(
        referred(&at("teams/checkout.roles.yaml", "Own the ‸checkout")),
        all
    );
    // Of the long form only the words.
    assert_eq!(
        referred(&ferryline(
            "x.roles.yaml",
            "team: x\nroles:\n  product-owner:\n    duties:\n      - text: Groom the backlog every week\n        horizon: short\n      - as: backlog-refine‸ment\n"
        )),
        "\
named teams/checkout.roles.yaml:11: - ‹backlog-refinement›
meant x.roles.yaml:5: - text: ‹Groom the backlog every week›
named x.roles.yaml:7: - as: ‹backlog-refinement›
"
    );
}

#[test]
fn what_others_call_the_same_in_another_organisation_is_something_else() {
    let mut files = FERRYLINE.to_vec();
    files.push(("other/.rolelint.yaml", "root: true\n"));
    files.push((
        "other/x.roles.yaml",
        "team: search\nproduct: booking\nmembers: [ana]\nroles:\n  product-owner: a‸na\n",
    ));
    let fixture = Fixture::of(&files);
    assert_eq!(
        referred(&fixture),
        "\
named other/x.roles.yaml:3: members: [‹ana›]
named other/x.roles.yaml:5: product-owner: ‹ana›
"
    );
    assert_eq!(defined(&fixture), "nowhere");
}

#[test]
fn unsaved_and_broken_text_counts() {
    let mut fixture = Fixture::of(FERRYLINE);
    fixture.type_in(
        "teams/new.roles.yaml",
        "team: new 🎉\r\nproduct: booking\r\nmembers: [ben, 'Eve Müller', é\r\nroles:\r\n  product-owner: ev‸e\r\n",
    );
    assert_eq!(
        defined(&fixture),
        "eve -> people.roles.yaml:4: ‹eve›: {name: Eve Müller}"
    );
    let all = referred(&fixture);
    assert!(
        all.contains("named teams/new.roles.yaml:5: product-owner: ‹eve›"),
        "{all}"
    );
    fixture.type_in(
        "people.roles.yaml",
        "people:\n  eve: {name: Eve Müller-Lüdenscheidt",
    );
    assert_eq!(
        defined(&fixture),
        "eve -> people.roles.yaml:2: ‹eve›: {name: Eve Müller-Lüdenscheidt"
    );
}

#[test]
fn links_lead_to_other_files() {
    let shown = |fixture: &Fixture| -> Vec<String> {
        let view = fixture.view();
        let links = links(&view).into_iter();
        links
            .map(|link| {
                let name = link.span.slice(view.text());
                let to = place(fixture, &link.to, link.at);
                let to = to.split(':').next().unwrap();
                format!("{name} -> {to} ({})", link.tip)
            })
            .collect()
    };
    assert_eq!(
        shown(&at("products/booking.roles.yaml", "‸name")),
        [
            "search -> teams/search.roles.yaml (Open team search)",
            "checkout -> teams/checkout.roles.yaml (Open team checkout)"
        ]
    );
    assert_eq!(
        shown(&at("teams/checkout.roles.yaml", "‸name")),
        ["booking -> products/booking.roles.yaml (Open product booking)"]
    );
    assert_eq!(
        shown(&at("ferryline.roles.yaml", "‸title")),
        ["popm -> built-in popm (Open catalog popm)"]
    );
    let included = Fixture::of(&[
        (
            ".rolelint.yaml",
            "include: [org/who.yaml, 'more/*.yaml']\ncatalog: popm‸\n",
        ),
        ("org/who.yaml", "team: a\n"),
        ("more/a.yaml", "team: b\n"),
        ("more/b.yaml", "team: c\n"),
    ]);
    assert_eq!(
        shown(&included),
        [
            "org/who.yaml -> org/who.yaml (Open org/who.yaml)",
            "popm -> built-in popm (Open catalog popm)"
        ]
    );
}
