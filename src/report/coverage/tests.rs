use std::collections::HashMap;
use std::sync::Arc;

use super::*;
use crate::spec::{Knowledge, SourceFile};
use crate::workspace::FileFacts;

/// The coverage of the first product of some documents.
fn of(text: &str) -> Coverage {
    let knowledge = Knowledge::new(Catalog::builtin("popm"));
    let catalog = &knowledge.catalog;
    let source = SourceFile::read(&Arc::from(text), &knowledge);
    let facts = FileFacts::of(FileId(0), &source, catalog);
    let index = Index::new(vec![facts], HashMap::new(), catalog);
    coverage(&index.groups()[0], &index, catalog)
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
      - Read every support ticket and rank what comes up most
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
    assert_eq!(page, include_str!("page.md"));
}
