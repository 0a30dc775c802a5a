use std::sync::Arc;
fn main() {
    for t in [
        "team: checkout\nname: x\nroles:\n  product-manager: Zoë: née\n\tproduct-owner: ben\n",
        "roles:\n\n\tproduct-owner: ben\n",
        "roles:\n\tproduct-owner: ben\n",
        "roles:\n  product-manager: Zoë  née\n\tproduct-owner: ben\n",
    ] {
        let tree = rolelint::syntax::parse(&Arc::from(t));
        println!("{t:?}\n  cut {:?}", tree.cut_at());
        for e in tree.errors() {
            println!("  {:?} {}", e.span, e.message);
        }
    }
}
