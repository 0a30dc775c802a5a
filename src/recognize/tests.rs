use super::*;

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
    let catalog = Catalog::builtin("popm");
    let line = Recognizer::new(&catalog).read(text);
    line.reading.map(|reading| reading.stance)
}

#[test]
fn a_hedge_a_negation_and_the_owner_beside_it_are_no_ownership() {
    assert_eq!(stance("Own the roadmap"), Some(Stance::Owns));
    assert_eq!(stance("Does not own the roadmap"), Some(Stance::Negated));
    assert_eq!(stance("Give input on the roadmap"), Some(Stance::HasPart));
    assert_eq!(
        stance("Contribute to the product roadmap"),
        Some(Stance::HasPart)
    );
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
