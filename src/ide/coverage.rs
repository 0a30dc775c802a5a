//! Who answers for what in a product.

use super::View;
use super::lookup::Around;
use crate::report::{Coverage, Thing, coverage};
use crate::rules::Session;
use crate::spec::UnitKind;
use crate::workspace::FileId;

/// The coverage of the product that a place of a file belongs to; outside of teams and products that of the first one.
pub fn coverage_at(view: &View<'_>, offset: u32) -> Option<Coverage> {
    let mut best = None;
    for unit in view.source.spec.units() {
        if best.is_none() || unit.span.start <= offset {
            best = Some(unit);
        }
    }
    let near = view.session.neighbourhood(view.file)?;
    let around = Around::find(view, best?, &near.index)?;
    let today = view.session.today(view.file);
    Some(coverage(around.group, &near.index, view.catalog(), today))
}

/// The coverage of a product by its id, or of the product that a team of an id belongs to. Where several
/// organisations have one, that of `near` counts.
pub fn coverage_of(
    session: &Session,
    near: Option<FileId>,
    kind: UnitKind,
    id: &str,
) -> Option<Coverage> {
    let is_near = |file: FileId| near.is_none_or(|near| session.are_together(near, file));
    let mut facts = session.all_facts();
    facts.sort_by_key(|facts| !is_near(facts.file));
    let units = facts.iter().flat_map(|facts| facts.units.iter());
    let named = units
        .clone()
        .find(|unit| unit.kind == kind && *unit.id.text == *id);
    // A product that no file defines is what its teams say.
    let by_team = || {
        let mut teams = units.filter(|unit| unit.kind == UnitKind::Team);
        let is_it = |name: &crate::syntax::Name| kind == UnitKind::Product && *name.text == *id;
        teams.find(|team| team.product.as_ref().is_some_and(is_it))
    };
    let unit = named.or_else(by_team)?;
    let view = View::of(session, unit.file)?;
    coverage_at(&view, unit.id.span.start)
}

/// A rule, a group of rules, a duty or a role as Markdown; duties and roles are those of the catalog that holds for
/// `file`.
///
/// # Errors
/// That there is no such thing, in a sentence.
pub fn explain(session: &Session, file: Option<FileId>, name: &str) -> Result<String, String> {
    let first = || session.all_facts().first().map(|facts| facts.file);
    let known = file.or_else(first).and_then(|file| session.knowledge(file));
    let knowledge = known.map_or_else(crate::rules::default_knowledge, std::sync::Arc::clone);
    let catalog = &knowledge.catalog;
    match Thing::find(name, catalog) {
        Ok(thing) => Ok(thing.markdown(catalog)),
        Err(why) => {
            let rest = why.strip_prefix('t').unwrap_or(&why);
            let end = if rest.ends_with('?') { "" } else { "." };
            Err(format!("T{rest}{end}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::Fixture;

    fn workspace() -> Fixture {
        Fixture::of(&[
            (
                "a.roles.yaml",
                "team: checkout\nproduct: shop\nroles: {product-owner: ben}\n---\nteam: search\nroles: {product-owner: ana‸}\n",
            ),
            (
                "shop.roles.yaml",
                "product: shop\nname: The shop\nroles: {product-manager: ana}\n",
            ),
            ("people.roles.yaml", "people: {ana: Ana Lima}\n"),
        ])
    }

    #[test]
    fn a_place_leads_to_its_product() {
        let fixture = workspace();
        let view = fixture.view();
        let here = coverage_at(&view, fixture.offset).unwrap();
        assert_eq!((here.kind, here.id.as_str()), ("team", "search"));
        assert_eq!(here.seats[0].holders[0].name, "Ana Lima");
        let first = coverage_at(&view, 0).unwrap();
        assert_eq!((first.kind, first.id.as_str()), ("product", "shop"));
        assert_eq!(first.teams[0].id, "checkout");
    }

    #[test]
    fn a_product_is_found_by_its_id_or_by_its_team() {
        let fixture = workspace();
        let of = |kind, id| coverage_of(&fixture.session, None, kind, id);
        let label = |kind, id| of(kind, id).map(|coverage| coverage.label);
        assert_eq!(label(UnitKind::Product, "shop").unwrap(), "product `shop`");
        assert_eq!(label(UnitKind::Team, "checkout").unwrap(), "product `shop`");
        assert_eq!(label(UnitKind::Team, "search").unwrap(), "team `search`");
        assert_eq!(label(UnitKind::Product, "search"), None);
    }

    #[test]
    fn what_can_be_explained_is() {
        let fixture = workspace();
        let explain = |name| explain(&fixture.session, Some(fixture.file), name);
        assert!(explain("wrong-role").unwrap().starts_with("# wrong-role\n"));
        assert!(explain("roadmap").unwrap().starts_with("# Roadmap\n"));
        assert!(
            explain("Product Owner")
                .unwrap()
                .starts_with("# Product Owner\n")
        );
        assert!(explain("coverage").unwrap().starts_with("# coverage\n"));
        assert_eq!(
            explain("roadmapp").unwrap_err(),
            "There is no rule, duty or role `roadmapp`; did you mean `roadmap`?"
        );
        assert_eq!(
            explain("zzzzzz").unwrap_err(),
            "There is no rule, duty or role `zzzzzz`."
        );
    }
}
