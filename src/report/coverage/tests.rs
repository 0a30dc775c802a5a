use std::collections::HashMap;
use std::sync::Arc;

use super::*;
use crate::spec::{Knowledge, SourceFile};
use crate::workspace::{FileFacts, FileId};

fn today() -> jiff::civil::Date {
    "2026-06-15".parse().unwrap()
}

/// The coverage of the first product of some documents.
fn of(text: &str) -> Coverage {
    let knowledge = Knowledge::new(Catalog::builtin("popm"));
    let catalog = &knowledge.catalog;
    let source = SourceFile::read(&Arc::from(text), &knowledge);
    let facts = FileFacts::of(FileId(0), &source, catalog);
    let index = Index::new(vec![facts], HashMap::new(), catalog);
    coverage(&index.groups()[0], &index, catalog, today())
}

#[test]
fn a_page_of_a_product() {
    let page = of("product: storefront
name: Storefront
roles:
  product-manager:
    holder: ana
    duties: [customer-research, vision-and-strategy, roadmap, stakeholder-alignment, feedback-analysis]
---
team: checkout
product: storefront
roles:
  product-owner:
    holder: ben
    works_with: [product-manager]
    duties:
      - value-maximization
      - backlog-refinement
      - Read what users send us, every week
      - Own the product roadmap for the next four quarters
      - delivery-process
      - team-liaison
  scrum-master: carla
shared:
  - duty: customer-focus
    accountable: product-manager
    responsible: [product-owner]
---
team: search
product: storefront
roles:
  product-owner: {vacant: {cover: dora}}
---
people:
  ana: Ana Lima
  ben: {name: Ben | Okafor}
")
    .markdown();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/report/coverage/page.md");
    if std::env::var_os("ROLELINT_UPDATE").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    assert_eq!(page, std::fs::read_to_string(path).unwrap());
}

fn states(coverage: &Coverage) -> Vec<(&str, CoverageState, Vec<&str>)> {
    let core = coverage.duties.iter().filter(|duty| duty.core);
    core.map(|duty| {
        let missing = duty.missing_in.iter().map(String::as_str).collect();
        (duty.duty.as_str(), duty.state, missing)
    })
    .collect()
}

fn cell<'c>(coverage: &'c Coverage, duty: &str, seat: usize) -> &'c CoverageCell {
    let mut duties = coverage.duties.iter();
    &duties.find(|row| row.duty == duty).unwrap().cells[seat]
}

#[test]
fn holes_are_told_for_the_product_and_for_each_team_that_has_one() {
    let coverage = of("product: storefront
roles:
  product-manager: {holder: ana, duties: [roadmap]}
---
team: checkout
product: storefront
roles:
  product-owner: {holder: ben, duties: [backlog-refinement, Water the plants]}
---
team: search
product: storefront
roles:
  product-owner: {holder: dora, duties: [backlog-refinement, team-liaison]}
");
    use CoverageState::{Covered, Open, Unclear};
    let found = states(&coverage);
    let of = |duty| found.iter().find(|(id, ..)| *id == duty).unwrap();
    assert_eq!(of("roadmap"), &("roadmap", Covered, vec![]));
    assert_eq!(
        of("customer-research"),
        &("customer-research", Open, vec![])
    );
    assert_eq!(
        of("feedback-analysis"),
        &("feedback-analysis", Open, vec!["search"])
    );
    // The plants may be it.
    assert_eq!(of("team-liaison"), &("team-liaison", Unclear, vec![]));
    assert_eq!(
        of("backlog-refinement"),
        &("backlog-refinement", Covered, vec![])
    );
    let summary = coverage.summary;
    assert_eq!((summary.needed, summary.covered), (12, 2));
    assert_eq!((summary.open, summary.unclear), (9, 1));
}

#[test]
fn what_stands_where_it_should_not_is_told_as_the_rules_tell_it() {
    let coverage = of("team: checkout
roles:
  product-manager: ana
  product-owner:
    holder: ben
    duties: [roadmap, backlog-refinement]
  scrum-master: {holder: carla, duties: [backlog-refinement, Contributes to the product roadmap]}
");
    let at = |duty, seat| {
        let cell = cell(&coverage, duty, seat);
        (cell.has, cell.verdict)
    };
    assert_eq!(at("roadmap", 0), (Has::Assumed, Verdict::Fine));
    assert_eq!(at("roadmap", 1), (Has::Pinned, Verdict::WrongSeat));
    assert_eq!(at("roadmap", 2), (Has::Part, Verdict::Fine));
    assert_eq!(at("backlog-refinement", 1), (Has::Pinned, Verdict::Clash));
    assert_eq!(at("backlog-refinement", 2), (Has::Pinned, Verdict::Clash));
    assert_eq!(
        (coverage.summary.misplaced, coverage.summary.clashes),
        (1, 1)
    );
}

#[test]
fn a_shared_row_says_who_answers_and_who_works() {
    let coverage = of("team: checkout
roles:
  product-manager: {holder: ana, duties: [roadmap]}
  product-owner: {holder: ben, duties: [roadmap]}
shared:
  - {duty: roadmap, accountable: product-manager, responsible: [product-owner]}
  - {duty: team-liaison, accountable: product-owner}
");
    assert_eq!(cell(&coverage, "roadmap", 1).verdict, Verdict::Fine);
    assert_eq!(cell(&coverage, "team-liaison", 1).has, Has::Accountable);
    let found = states(&coverage);
    assert!(found.contains(&("team-liaison", CoverageState::Shared, vec![])));
}

#[test]
fn one_seat_for_both_needs_no_collaboration_and_a_model_may_need_nothing() {
    let coverage = of("team: returns\nroles:\n  popm: {holder: chen, duties: [roadmap]}\n");
    let found = states(&coverage);
    assert!(found.contains(&("pm-collaboration", CoverageState::Spare, vec![])));
    let coverage = of("team: platform\nmodel: none\nroles:\n  popm: {duties: [roadmap]}\n");
    assert_eq!(coverage.summary.needed, 1);
    assert_eq!(coverage.summary.open, 0);
}

#[test]
fn of_a_product_that_no_file_defines_nobody_knows_the_seats() {
    let coverage = of("team: checkout\nproduct: shop\nroles:\n  product-owner: ben\n");
    assert_eq!((coverage.kind, coverage.id.as_str()), ("product", "shop"));
    assert!(!coverage.defined);
    assert!(states(&coverage).contains(&("roadmap", CoverageState::Unclear, vec![])));
}

/// The rules look at single lines, and the coverage at seats: what they say must not differ.
#[test]
fn the_coverage_and_the_rules_agree() {
    for rule in crate::rules::RULES.iter() {
        for (name, text) in [("bad", rule.bad), ("good", rule.good)] {
            let folder = tempfile::tempdir().unwrap();
            let base = folder.path().canonicalize().unwrap();
            std::fs::write(base.join("a.roles.yaml"), text).unwrap();
            let mut session =
                crate::rules::Session::new(base.clone(), vec![base.clone()], Some(today()));
            session.refresh();
            let file = session.file(&base.join("a.roles.yaml")).unwrap();
            let Some(near) = session.neighbourhood(file) else {
                continue;
            };
            let catalog = &near.knowledge.catalog;
            let groups = near.index.groups().iter();
            let all: Vec<Coverage> = groups
                .map(|group| coverage(group, &near.index, catalog, today()))
                .collect();
            let misplaced: usize = all.iter().map(|one| one.summary.misplaced).sum();
            let clashes: usize = all.iter().map(|one| one.summary.clashes).sum();
            let findings = session.findings(file);
            let count = |id: &str| findings.iter().filter(|one| one.rule.id == id).count();
            // Most of two lists being the same is said once.
            if count("mirrored-roles") == 0 {
                let found = (count("wrong-role"), count("contested-duty"));
                assert_eq!(found, (misplaced, clashes), "{} {name}", rule.id);
            }
        }
    }
}

#[test]
fn what_stands_on_an_empty_seat_nobody_does() {
    let coverage = of("product: shop
roles:
  product-manager: {holder: fay, duties: [roadmap]}
---
team: packing
product: shop
roles: {product-owner: {vacant: {since: 2026-03-01}}}
---
team: tasting
product: shop
roles: {product-owner: {vacant: {cover: dora}}}
---
people:
  fay: {name: Fay Moss, left: 2026-06-15}
  dora: {name: Dora Reed, left: 2026-06-16}
");
    let found = states(&coverage);
    assert!(found.contains(&("roadmap", CoverageState::Empty, vec![])));
    assert!(found.contains(&("team-liaison", CoverageState::Empty, vec![])));
    let liaison = |duty: &&CoverageDuty| duty.duty == "team-liaison";
    let liaison = coverage.duties.iter().find(liaison).unwrap();
    assert_eq!(liaison.empty_in, ["packing"]);
    assert_eq!(coverage.answer(liaison), "empty seat in packing");
    let empty: Vec<bool> = coverage.seats.iter().map(|seat| seat.empty).collect();
    assert_eq!(empty, [true, true, false], "Dora still covers today");
    let summary = coverage.summary;
    assert_eq!(summary.covered + summary.empty + summary.open, 12);
    // Six duties of the packers' Product Owner, and the roadmap.
    assert_eq!(summary.empty, 7);
}

#[test]
fn a_seat_says_who_sits_in_it_and_on_what_terms() {
    let coverage = of("team: a
roles:
  product-manager: {holders: [{person: ana, status: interim, since: 2026-01-01, until: 2026-09-30}, ben], job_share: true}
  product-owner: {person: cy, until: 2026-12-31}
  scrum-master: {filled: true}
  engineering-manager: {vacant: {since: 2026-05-01, cover: {person: dee}}}
  designer: {duties: [roadmap]}
  developers: TBD
---
people: {ana: Ana Lima, cy: {name: Cy Patel, left: 2026-05-01}}
");
    let sits: Vec<String> = coverage.seats.iter().map(CoverageSeat::sits).collect();
    assert_eq!(
        sits,
        [
            "Ana Lima (interim since 2026-01-01 until 2026-09-30), ben (job share)",
            "Cy Patel (until 2026-12-31, left 2026-05-01)",
            "somebody",
            "vacant since 2026-05-01, dee covers",
            "not said who",
            "not said who",
        ]
    );
}

#[test]
fn a_name_is_no_markdown() {
    let coverage = of("team: \"*x*_y_|<b>`\"\nroles: {product-owner: \"[a](b)\"}\n");
    let page = coverage.markdown();
    assert!(
        page.starts_with("# Who answers for what: \\*x\\*\\_y\\_\\|\\<b>\\`\n"),
        "{page}"
    );
    assert!(page.contains("\\[a\\](b)"), "{page}");
}
