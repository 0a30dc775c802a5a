//! The `rolelint` program.
fn main() {
    let path = std::env::args().nth(1).unwrap_or_default();
    let tree = rolelint::syntax::Tree::of_bytes(std::fs::read(path).unwrap_or_default());
    let lines = rolelint::text::LineIndex::new(tree.text());
    fn show(node: rolelint::syntax::Node<'_>, depth: usize, text: &str) {
        println!("{:w$}{:?} {:?} {:?}", "", node.kind(), node.span(), node.span().slice(text), w = depth * 2);
        for (k, v) in node.entries() { show(k, depth + 1, text); show(v, depth + 2, text); }
        for i in node.items() { show(i, depth + 1, text); }
    }
    for d in tree.documents() { if let Some(root) = tree.root(d) { show(root, 0, tree.text()); } }
    for e in tree.errors() { println!("{:?} {e:?} {:?}", lines.position(e.span.start, tree.text()), e.span.slice(tree.text())); }
    println!("lost {:?} cut {:?}", tree.lost(), tree.cut_at());
}
