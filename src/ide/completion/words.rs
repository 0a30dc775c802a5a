//! Words as values and items.

use jiff::ToSpan;
use jiff::civil::Date;

use super::cursor::Place;
use super::form::Word;
use super::insert::Body;
use super::site::{Behind, Offer, Site, Slot};
use super::{About, CompletionKind, duties, names, people, roles, rules, snippets};
use crate::ide::format;

/// Offers the words of a kind.
pub(super) fn offer(site: &mut Site<'_>, place: &Place<'_>, slot: Slot, word: Word) {
    match word {
        Word::Holder | Word::Member => people::holders(site, place, slot, word),
        Word::Person => people::missing(site, place, slot),
        Word::Role | Word::OtherRole | Word::Part => roles::words(site, place, slot, word),
        Word::Duty => {
            duties::words(site, place, slot);
            if matches!(site.words_behind(), Behind::Nothing) {
                snippets::duties(site, place, slot);
            }
        }
        Word::Team => names::teams(site, place, slot),
        Word::Product => names::products(site, place, slot),
        Word::Id => names::own(site, place, slot),
        Word::Catalog => names::catalogs(site, place, slot),
        Word::Rule => rules::words(site, place, slot),
        Word::Since => date(site, place, slot, site.today(), "today"),
        Word::Until => {
            for (months, detail) in [(3, "in three months"), (6, "in half a year")] {
                if let Ok(day) = site.today().checked_add(months.months()) {
                    date(site, place, slot, day, detail);
                }
            }
        }
        Word::Yes => plain(site, place, slot, "true", "", About::Nothing),
        Word::Known(key) => {
            for (word, meaning) in format::words(key) {
                let about = About::Word(key.to_owned(), word.clone());
                plain(site, place, slot, word, meaning, about);
            }
        }
    }
}

fn date(site: &mut Site<'_>, place: &Place<'_>, slot: Slot, day: Date, detail: &str) {
    let about = About::Nothing;
    plain(site, place, slot, &day.to_string(), detail, about);
}

/// Offers a word that YAML may read as something else than text.
fn plain(
    site: &mut Site<'_>,
    place: &Place<'_>,
    slot: Slot,
    word: &str,
    detail: &str,
    about: About,
) {
    let offer = Offer {
        label: word.to_owned(),
        detail: detail.trim_end_matches('.').to_owned(),
        kind: CompletionKind::Word,
        body: Body::word(word),
        about,
    };
    site.add(place, slot, offer);
}
