use std::collections::HashMap;

use super::SyntaxError;
use super::tree::{Node, Tree};
use crate::text::Span;

/// Reports keys that stand twice in the mapping `id`. YAML forbids it and most loaders keep silent.
pub(super) fn check_keys(tree: &mut Tree, id: u32) {
    let node = Node::new(tree, id);
    // Small mappings, nearly all there are, need no table.
    const SMALL: usize = 16;
    let mut found: Vec<(Span, Span, String)> = Vec::new();
    let mut few: [(&str, Span); SMALL] = [("", Span::default()); SMALL];
    let mut count = 0;
    let mut many: HashMap<&str, Span> = HashMap::new();
    for (key, _) in node.entries() {
        let Some(text) = key.text().filter(|text| *text != "<<") else {
            continue;
        };
        let first = if many.is_empty() {
            few[..count]
                .iter()
                .find(|(known, _)| *known == text)
                .map(|(_, span)| *span)
        } else {
            many.get(text).copied()
        };
        match first {
            Some(first) => found.push((key.span(), first, text.to_owned())),
            None if count < SMALL && many.is_empty() => {
                few[count] = (text, key.span());
                count += 1;
            }
            None => {
                if many.is_empty() {
                    many.extend(few[..count].iter().copied());
                }
                many.insert(text, key.span());
            }
        }
    }
    for (again, first, key) in found {
        tree.errors
            .push(SyntaxError::duplicate_key(again, first, &key));
    }
}
