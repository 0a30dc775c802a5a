use rolelint::syntax::*;
use std::sync::Arc;
fn dump(node: Node<'_>, text: &str, depth: usize) {
    let s = node.span();
    println!("{}{:?} {:?} {:?} anchor={:?} text={:?}", "  ".repeat(depth), node.kind(), s.range(), s.slice(text), node.anchor().map(|a| a.slice(text)), node.text());
    match node.kind() {
        Kind::Sequence{..} => for i in node.items() { dump(i, text, depth+1) },
        Kind::Mapping{..} => for (k,v) in node.entries() { dump(k, text, depth+1); dump(v, text, depth+2) },
        _ => {}
    }
}
#[test]
fn go() {
    for text in std::fs::read_to_string("/tmp/ed/cases").unwrap().split("=====\n") {
        let text = text.replace("\\r", "\r").replace("\\t","\t");
        println!("-----\n{text}");
        let t = parse(&Arc::from(text.as_str()));
        for d in t.documents() { if let Some(r) = t.root(d) { dump(r, &text, 0) } else { println!("empty doc")} }
        for e in t.errors() { println!("ERR {:?}", e) }
        for c in t.comments() { println!("COM {:?} {:?}", c.span.slice(&text), c.own_line) }
    }
}
