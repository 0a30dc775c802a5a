use super::*;
use crate::catalog::Catalog;

fn read(text: &str) -> Option<String> {
    let catalog = Catalog::builtin("popm");
    let reading = Recognizer::new(&catalog).read(text).reading?;
    Some(catalog.duty(reading.duty).id.clone())
}

#[test]
fn every_example_is_read_as_its_duty() {
    for name in crate::catalog::BUILTIN_NAMES {
        let catalog = Catalog::builtin(name);
        let recognizer = Recognizer::new(&catalog);
        for (duty, def) in catalog.duties() {
            for example in &def.examples {
                let reading = recognizer.read(example).reading;
                assert_eq!(
                    reading.map(|reading| reading.duty),
                    Some(duty),
                    "{name}: {example}"
                );
            }
        }
    }
}

#[test]
fn endings_and_little_words_make_no_difference() {
    assert_eq!(read("The roadmap").as_deref(), Some("roadmap"));
    assert_eq!(
        read("refining the backlog").as_deref(),
        Some("backlog-refinement")
    );
}

fn stance(text: &str) -> Option<Stance> {
    let reading = explain(text);
    reading.duty.map(|_| reading.stance)
}

#[test]
fn a_hedge_a_negation_and_the_owner_beside_it_are_no_ownership() {
    assert_eq!(stance("Own the roadmap"), Some(Stance::Owns));
    assert_eq!(stance("Does not own the roadmap"), Some(Stance::Negated));
    // What only has a part is read as nothing, or as a part.
    for text in [
        "Give input on the roadmap",
        "Contribute to the product roadmap",
    ] {
        assert_ne!(stance(text), Some(Stance::Owns), "{text}");
    }
    assert_eq!(
        stance("Refine the backlog together with the Product Owner"),
        Some(Stance::Collaborates)
    );
}

#[test]
fn other_work_and_no_words_are_no_duty() {
    assert_eq!(read("Order pizza for the team"), None);
    assert_eq!(read(""), None);
    assert_eq!(read("the of and"), None);
}

fn explain(text: &str) -> Explanation {
    Recognizer::new(&Catalog::builtin("popm")).explain(text)
}

#[test]
fn people_word_a_duty_as_they_like() {
    for (text, duty) in [
        ("Talk to five merchants a month", "customer-research"),
        ("prioritising the product backlog", "backlog-refinement"),
        ("Prioritizes the Product Backlog", "backlog-refinement"),
        ("Able to prioritise the backlog", "backlog-refinement"),
        ("prioritsing the prodcut backlog", "backlog-refinement"),
        (
            "You will own the long-term product vision",
            "vision-and-strategy",
        ),
        ("Accept finished stories", "delivery-process"),
        ("Say no to good ideas", "feature-prioritization"),
        ("The Product Owner orders the backlog", "backlog-refinement"),
    ] {
        assert_eq!(read(text).as_deref(), Some(duty), "{text}");
    }
}

#[test]
fn duty_words_in_other_work_and_other_languages_are_no_duty() {
    for text in [
        "Own the hiring roadmap",
        "Keep the backlog of invoices under two weeks",
        "Run the stand-up",
        "Mentor junior product managers",
        "Das Product Backlog pflegen und priorisieren",
        "Gérer le backlog produit",
        "プロダクトバックログを管理する",
        "🎉🎉🎉",
        "!!! ??? ...",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_compound_line_has_its_parts() {
    let text = "Own the roadmap and groom the backlog";
    let explanation = explain(text);
    assert!(explanation.compound);
    let catalog = Catalog::builtin("popm");
    let id = |part: &Segment| catalog.duty(part.duty.unwrap().duty).id.clone();
    let parts: Vec<(&str, String)> = explanation
        .segments
        .iter()
        .map(|part| (part.span.slice(text), id(part)))
        .collect();
    assert_eq!(
        parts,
        [
            ("Own the roadmap", "roadmap".to_owned()),
            ("groom the backlog", "backlog-refinement".to_owned())
        ]
    );
    assert!(!explain("Refine and order the backlog").compound);
}

#[test]
fn the_words_that_decided_are_words_of_the_line() {
    let text = "Unterstützung: groom the “backlog” — daily";
    for span in explain(text).evidence {
        assert!(text.is_char_boundary(span.start as usize));
        assert!(text.is_char_boundary(span.end as usize));
        assert!(!span.slice(text).trim().is_empty());
    }
    let text = "Groom the backlog";
    let evidence = explain(text).evidence;
    let words: Vec<&str> = evidence.iter().map(|span| span.slice(text)).collect();
    assert_eq!(words, ["Groom", "backlog"]);
}

#[test]
fn a_very_long_line_is_read_as_far_as_it_matters() {
    let _ = explain(&"Groom the backlog, ".repeat(20_000));
    let _ = explain(&"backlog".repeat(100_000));
}

/// A catalog of one's own, from its YAML, on top of `popm` or of nothing.
fn own(base: &str, text: &str) -> Catalog {
    let tree = crate::syntax::parse(&text.into());
    let root = tree.root(&tree.documents()[0]).unwrap();
    let mut reader = crate::syntax::Reader::default();
    let document = crate::catalog::CatalogDocument::read(root, &mut reader);
    let mut documents: Vec<_> = crate::catalog::builtin(base).into_iter().collect();
    documents.push(document);
    Catalog::resolve(&documents)
}

fn read_in(catalog: &Catalog, text: &str) -> Option<String> {
    let reading = Recognizer::new(catalog).read(text).reading?;
    Some(catalog.duty(reading.duty).id.clone())
}

#[test]
fn five_examples_are_enough_for_a_duty_of_ones_own() {
    let catalog = own(
        "popm",
        "catalog: ours
extends: popm
duties:
  pricing:
    role: product-manager
    title: Pricing
    explain: Decides what customers pay for the product
    examples:
      - Set the prices of our plans
      - Decide on discounts and packages
      - Review price levels every year
      - Own the price list
      - Calculate what customers are willing to pay
",
    );
    for text in [
        "Sets prices for all plans",
        "Deciding on packages and discounts",
        "Own our price list",
        "Yearly review of price levels",
    ] {
        assert_eq!(
            read_in(&catalog, text).as_deref(),
            Some("pricing"),
            "{text}"
        );
    }
    for (text, duty) in [
        ("Groom the backlog", Some("backlog-refinement")),
        ("Run the stand-up", None),
        ("Set the table for guests", None),
    ] {
        assert_eq!(read_in(&catalog, text).as_deref(), duty, "{text}");
    }
}

#[test]
fn a_catalog_that_extends_nothing_is_read_from_its_examples_alone() {
    let catalog = own(
        "nothing",
        "catalog: kitchen
roles:
  cook: {scope: team}
duties:
  menu:
    role: cook
    examples:
      - Plan the menu of the week
      - Write the menu card
      - Choose dishes for the season
      - Decide what we serve at noon
      - Balance the menu
  stock:
    role: cook
    examples:
      - Order vegetables and meat
      - Keep the pantry filled
      - Count the stock each evening
      - Buy fish at the harbour
      - Throw out what has gone off
",
    );
    assert_eq!(
        read_in(&catalog, "Planning the weekly menu").as_deref(),
        Some("menu")
    );
    assert_eq!(
        read_in(&catalog, "Counts stock in the evening").as_deref(),
        Some("stock")
    );
    assert_eq!(read_in(&catalog, "Groom the backlog"), None);
    assert_eq!(read_in(&catalog, "Drive the van"), None);
}
