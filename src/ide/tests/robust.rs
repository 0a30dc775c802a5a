use super::FERRYLINE;
use crate::ide::fixture::Fixture;
use crate::ide::{
    Scope, definition, folds, hover, links, prepare, references, rename, selections, symbols,
};

/// Everything that can be asked about a place.
fn ask(fixture: &mut Fixture, offset: usize) {
    fixture.offset = u32::try_from(offset).unwrap();
    let view = fixture.view();
    let offset = fixture.offset;
    let hover = hover(&view, offset);
    if let Some(hover) = hover {
        assert!(!hover.text.is_empty());
        assert!(hover.span.start <= offset && offset <= hover.span.end);
    }
    definition(&view, offset);
    let spans = selections(&view, offset);
    assert!(
        spans
            .windows(2)
            .all(|two| two[1].start <= two[0].start && two[0].end <= two[1].end)
    );
    let here = references(&view, offset, Scope::File, &|| false);
    let text = view.text();
    assert!(
        here.iter()
            .all(|one| !one.place.span.slice(text).is_empty())
    );
    if let Ok(Some(start)) = prepare(&view, offset) {
        assert!(!start.span.slice(text).is_empty());
        // Whatever may be renamed is renamed at the place itself, too.
        if let Ok(files) = rename(&view, offset, "somebody-new", &|| false) {
            let own = files.iter().find(|(file, _)| *file == view.file);
            let edits = own.map(|(_, edits)| edits.as_slice()).unwrap_or_default();
            assert!(
                edits.iter().any(|edit| edit.span == start.span),
                "{text}\n{start:?}"
            );
        }
    }
}

#[test]
fn nothing_fails_on_any_half_of_a_file() {
    let mut fixture = Fixture::of(FERRYLINE);
    for (name, text) in FERRYLINE {
        let text = text.replace('\n', "\r\n");
        for end in (0..=text.len())
            .filter(|end| text.is_char_boundary(*end))
            .step_by(23)
        {
            let half = format!("{}🎉", &text[..end]);
            fixture.type_in(name, &half);
            fixture.file = fixture.number(name);
            let places = (0..=half.len()).filter(|at| half.is_char_boundary(*at));
            for offset in places.rev().step_by(17).take(8) {
                ask(&mut fixture, offset);
            }
            let view = fixture.view();
            symbols(&view);
            folds(&view);
            links(&view);
        }
        fixture.session.set_text(&fixture.base.join(name), None);
        fixture.session.refresh();
    }
}

#[test]
fn nothing_fails_on_odd_text() {
    let mut fixture = Fixture::of(FERRYLINE);
    for text in [
        "",
        "\u{feff}team: a\n",
        "team: [a, b]\nroles: [a, {b: c}]\n",
        "team: &a x\nroles: &r {product-owner: *a, scrum-master: *r}\n",
        "? {a: b}\n: c\n",
        "team: x\nroles:\n  ? product-owner\n  : ben\n",
        "team: !!str x\nproduct: !x y\nmembers: [!!str ben]\n",
        "team: |\n  x\nproduct: >-\n  booking\nmembers:\n  - \"b\\\n    en\"\n",
        "people: [ana, {ben: Ben}]\n---\npeople:\n  ana:\n---\ncatalog: x\nroles: {a: }\nduties: {b: }\n",
        "team: a\nroles:\n  'product-owner': \"ben\"\n  \"Product Manager\": 'ana'\n  product-owner: ben\n",
        "team: a\nroles:\n  product-owner:\n    <<: {holder: ben}\n    duties: {roadmap: Own it}\n",
    ] {
        fixture.type_in("odd.roles.yaml", text);
        fixture.file = fixture.number("odd.roles.yaml");
        for offset in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            ask(&mut fixture, offset);
        }
        let view = fixture.view();
        symbols(&view);
        folds(&view);
        links(&view);
    }
}
