//! What people see, on text with a cursor.

mod hover;
mod navigation;
mod outline;
mod rename;
mod rename_names;
mod robust;

/// An organisation as companies have it.
pub const FERRYLINE: &[(&str, &str)] = &[
    (
        ".rolelint.yaml",
        "catalog: ferryline.roles.yaml\nrules:\n  missing-role: warning\n",
    ),
    (
        "ferryline.roles.yaml",
        "catalog: ferryline\nextends: popm\ntitle: Roles at Ferryline\nroles:\n  harbour-captain: {title: Harbour Captain, aliases: [HC], scope: team, purpose: Keeps boats and people apart.}\nduties:\n  feedback-analysis:\n    role: product-manager\n    reason: Our Product Managers read every complaint themselves, see ADR 12\n  timetable-notices:\n    title: Tell passengers about changed timetables\n    role: harbour-captain\n    horizon: short\n    explain: One voice when ferries are late.\n    examples: [Keep the departure board right when boats are late, Post timetable changes to passengers]\n",
    ),
    (
        "people.roles.yaml",
        "people:\n  ana: {name: Ana Lima, email: ana@ferryline.example}\n  ben: {name: Ben Okafor}\n  eve: {name: Eve Müller}\n  fay: {name: Fay Moss, left: 2026-02-28}\n",
    ),
    (
        "products/booking.roles.yaml",
        "product: booking\nname: Booking\npurpose: Get every passenger from the idea of an island to a ticket\nteams: [search, checkout]\nroles:\n  product-manager:\n    holder: {person: ana, since: 2025-01-15}\n    works_with: [product-owner]\n    duties:\n      - customer-research: Ride a ferry a month and talk to passengers\n      - roadmap: Keep the next four quarters in order\n      - Tell the whole company what customers need\n",
    ),
    (
        "teams/checkout.roles.yaml",
        "team: checkout\nname: Checkout crew\npurpose: Let every passenger pay in under a minute\nproduct: booking\nmembers: [ben, eve]\nroles:\n  product-owner:\n    holder: ben\n    works_with: [product-manager]\n    duties:\n      - backlog-refinement\n      - Own the checkout roadmap for the next four quarters\n      - delivery-process\n  harbour-captain: {vacant: {since: 2026-05-01, cover: eve}}\nshared:\n  - duty: release-decision\n    accountable: product-manager\n    responsible: [product-owner]\n    informed: [support]\n  - duty: roadmap\n    accountable: product-manager\n    consulted: [product-owner, harbour-captain]\n",
    ),
    (
        "teams/search.roles.yaml",
        "team: search\nproduct: booking\nroles:\n  product-owner: {person: Eve Müller, status: interim, since: 2026-04-01, until: 2026-09-30}\n  HC: fay\n",
    ),
];

/// The organisation with a file more, or with another text of one of its files, and the cursor in it.
pub fn ferryline<'t>(path: &'t str, text: &'t str) -> super::fixture::Fixture {
    let mut files: Vec<(&str, &str)> = FERRYLINE.to_vec();
    files.retain(|(known, _)| *known != path);
    files.push((path, text));
    super::fixture::Fixture::of(&files)
}

/// A file of the organisation with the cursor at `‸` in the first place that has the words around it.
pub fn at(path: &str, words: &str) -> super::fixture::Fixture {
    let file = FERRYLINE.iter().find(|(known, _)| *known == path);
    ferryline(path, &with_cursor(file.unwrap().1, words).unwrap())
}

/// Files with the cursor at `‸` in the first place of one of them that has the words around it.
pub fn among(files: &[(&str, &str)], words: &str) -> super::fixture::Fixture {
    let mut written = files.to_vec();
    let texts = files.iter().enumerate();
    let found = texts.filter_map(|(at, (_, text))| Some((at, with_cursor(text, words)?)));
    let (at, text) = found.into_iter().next().unwrap();
    written[at].1 = &text;
    super::fixture::Fixture::of(&written)
}

/// A text with the cursor at `‸` in the first place that has the words around it.
fn with_cursor(text: &str, words: &str) -> Option<String> {
    let plain = words.replace('‸', "");
    text.contains(&plain)
        .then(|| text.replacen(&plain, words, 1))
}
