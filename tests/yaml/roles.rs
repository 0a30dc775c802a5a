//! Organisations in role files: everything that the format has, much that it does not have, in every layout.

use super::{
    Dice, Style, Written, behind, below, between, brackets, comment, compact, indented, on_line,
};

/// What a file says.
#[derive(Clone, Debug)]
enum V {
    /// A word or line, in quotes where it needs some.
    Text(String),
    /// Written as it is: `true`, `~`, a date.
    Raw(&'static str),
    List(Vec<V>),
    Map(Vec<(String, V)>),
}

fn text(text: &str) -> V {
    V::Text(text.to_owned())
}

fn entry(key: &str, value: V) -> (String, V) {
    (key.to_owned(), value)
}

const NAMES: &[&str] = &[
    "ana",
    "ana",
    "ben",
    "ben",
    "carla",
    "dmitri",
    "eve",
    "fay",
    "Ana Lima",
    "TBD",
    "n/a",
    "Zoë Müller (Acting)",
    "ben (interim until Feb)",
    "nobody",
    "ana@example.org",
    "<name>",
    "Ben Okafor - on leave",
];
const ROLES: &[&str] = &[
    "product-manager",
    "product-manager",
    "product-owner",
    "product-owner",
    "scrum-master",
    "developers",
    "popm",
    "PM",
    "PO",
    "Product Manager",
    "Product Oner",
    "Product Manager/Owner",
    "engineering-manager",
    "tech-lead",
    "wizard",
    "product_owner",
];
const DUTIES: &[&str] = &[
    "market-trends",
    "customer-research",
    "vision-and-strategy",
    "roadmap",
    "feature-prioritization",
    "stakeholder-alignment",
    "value-maximization",
    "backlog-refinement",
    "feedback-analysis",
    "delivery-process",
    "pm-collaboration",
    "team-liaison",
    "release-decision",
    "road-map",
    "backlog-refinment",
];
const LINES: &[&str] = &[
    "Own the checkout roadmap for the next four quarters",
    "Order the backlog every week",
    "Accept finished work",
    "Interview five merchants a month",
    "Order the backlog every week and interview merchants",
    "TBD",
    "[duty]",
    "Help with various things as needed",
    "Launch v2 by March",
    "Coach the team in Scrum",
    "Plan: each iteration, with the developers",
    "Set the vision and the strategy for the product",
    "Does not own the roadmap",
    "Align finance, legal and the card schemes on the plan",
    "Zoë's 🎉 \"list\" # of things",
    "Decide on the architecture of the platform",
    "Review the salaries of the developers",
    "yes",
    "12",
    "Meet the Product Manager every week",
    "Define the product vision for the next three years",
    "Answer the developers' questions during the sprint",
];
const DATES: &[&str] = &[
    "2026-02-28",
    "2026-05-01",
    "2026-09-30",
    "2025-01-01",
    "soon",
    "2026-13-01",
];
const RULES: &[&str] = &[
    "missing-role",
    "wrong-role",
    "placeholder",
    "status-in-name",
    "repeated-duty",
    "missing-pm-po-link",
    "no-such-rule",
];

/// One folder with its files.
pub fn organisation(dice: &mut Dice) -> Vec<(String, String)> {
    let mut documents = Vec::new();
    if dice.one_in(2) {
        documents.push(unit(dice, "product", "storefront"));
    }
    for id in ["checkout", "search"].into_iter().take(1 + dice.roll(2)) {
        documents.push(unit(dice, "team", id));
    }
    if dice.one_in(2) {
        documents.push(people(dice));
    }
    // Each one makes a recogniser of its own, which takes its time.
    if dice.one_in(40) {
        documents.push(catalog(dice));
    }
    if dice.one_in(12) {
        documents.push(V::Map(vec![entry("teem", text("checkout"))]));
    }
    let mut files = vec![(".rolelint.yaml".to_owned(), configuration(dice))];
    while !documents.is_empty() {
        let here = 1 + dice.roll(documents.len());
        let own: Vec<V> = documents.drain(..here).collect();
        let odd = dice.one_in(4);
        let mut style = Style::any(dice, odd);
        let mut lines = Vec::new();
        for document in &own {
            style.anchors.clear();
            lines.push(document_lines(dice, &mut style, document));
        }
        let mut written = super::joined(dice, &mut style, lines);
        if dice.one_in(4) {
            written = mutated(dice, &written);
        }
        files.push((format!("{}.roles.yaml", files.len()), written));
    }
    files
}

fn configuration(dice: &mut Dice) -> String {
    let mut text = String::new();
    if dice.one_in(3) {
        let models = [
            "two-roles",
            "combined",
            "pm-led",
            "po-led",
            "safe",
            "less",
            "none",
        ];
        text.push_str(&format!("model: {} # here\n", dice.pick(&models)));
    }
    if dice.one_in(4) {
        text.push_str("rules:\n  too-many-duties: warning\n  wording: error\n");
    }
    if dice.one_in(4) {
        let rule = dice.pick(RULES);
        let until = dice.pick(&["2026-12-31", "2026-01-31"]);
        text.push_str(&format!(
            "exceptions:\n  # agreed\n  - rule: {rule}\n    where: \"**\"\n    reason: because\n    until: {until} # later\n"
        ));
    }
    text
}

fn unit(dice: &mut Dice, kind: &str, id: &str) -> V {
    let mut keys = vec![entry(kind, text(id))];
    if dice.one_in(3) {
        keys.push(entry(
            "name",
            text(dice.pick(&["Checkout squad", "Zoë's: team", "TBD"])),
        ));
    }
    if dice.one_in(6) {
        keys.push(entry(
            "purpose",
            text("Let every customer pay, in under a minute"),
        ));
    }
    if kind == "team" && !dice.one_in(3) {
        keys.push(entry(
            "product",
            text(dice.pick(&["storefront", "storefront", "storefrnt"])),
        ));
    }
    if kind == "product" && dice.one_in(2) {
        let teams = ["checkout", "search", "serch"];
        keys.push(entry("teams", names(dice, &teams)));
    }
    if dice.one_in(6) {
        let models = [
            "two-roles",
            "combined",
            "pm-led",
            "po-led",
            "less",
            "none",
            "two-rolls",
        ];
        keys.push(entry("model", text(dice.pick(&models))));
    }
    if dice.one_in(3) {
        keys.push(entry("members", names(dice, NAMES)));
    }
    if dice.one_in(10) {
        keys.push(entry(
            dice.pick(&["memebers", "colour", "shard"]),
            names(dice, NAMES),
        ));
    }
    let mut roles = Vec::new();
    for _ in 0..dice.pick(&[0, 1, 2, 2, 3, 4]) {
        let key = dice.pick(ROLES);
        if roles.iter().all(|(known, _)| known != key) || dice.one_in(30) {
            roles.push(entry(key, role(dice)));
        }
    }
    keys.push(entry(
        "roles",
        if roles.is_empty() {
            V::Raw("~")
        } else {
            V::Map(roles)
        },
    ));
    if dice.one_in(3) {
        let rows = (0..dice.roll(3)).map(|_| shared(dice)).collect();
        keys.push(entry("shared", V::List(rows)));
    }
    V::Map(keys)
}

fn names(dice: &mut Dice, of: &[&str]) -> V {
    if dice.one_in(6) {
        return text(dice.pick(of));
    }
    let count = dice.roll(4);
    V::List((0..count).map(|_| text(dice.pick(of))).collect())
}

fn holder(dice: &mut Dice) -> V {
    let name = match dice.roll(20) {
        0 => V::Raw("12"),
        1 => V::Raw("~"),
        2 => V::List(vec![text(dice.pick(NAMES))]),
        _ => text(dice.pick(NAMES)),
    };
    if !dice.one_in(4) {
        return name;
    }
    let mut keys = vec![entry("person", name)];
    if dice.one_in(2) {
        let words = ["permanent", "interim", "acting", "actng"];
        keys.push(entry("status", text(dice.pick(&words))));
    }
    for key in ["since", "until"] {
        if dice.one_in(3) {
            keys.push(entry(key, V::Raw(dice.pick(DATES))));
        }
    }
    V::Map(keys)
}

fn role(dice: &mut Dice) -> V {
    match dice.roll(10) {
        0 => V::Raw("~"),
        1 | 2 => holder(dice),
        3 => V::List((0..1 + dice.roll(2)).map(|_| holder(dice)).collect()),
        _ => group(dice),
    }
}

fn group(dice: &mut Dice) -> V {
    let mut keys = Vec::new();
    match dice.roll(8) {
        0 => keys.push(entry("vacant", vacancy(dice))),
        1 => keys.push(entry("filled", V::Raw(dice.pick(&["true", "yes"])))),
        2 => keys.push(entry("holders", V::List(vec![holder(dice), holder(dice)]))),
        3 => {}
        _ => {
            let key = dice.pick(&["holder", "holder", "holder", "holdr"]);
            keys.push(entry(key, holder(dice)));
        }
    }
    if dice.one_in(8) {
        keys.push(entry("job_share", V::Raw("true")));
    }
    if dice.one_in(8) {
        let parts = ["product-manager", "product-owner"];
        keys.push(entry(
            "combines",
            V::List(parts.iter().map(|part| text(part)).collect()),
        ));
    }
    if dice.one_in(3) {
        let roles = [
            "product-manager",
            "product-owner",
            "scrum-master",
            "product-oner",
        ];
        keys.push(entry("works_with", names(dice, &roles)));
    }
    if dice.one_in(8) {
        keys.push(entry("allocation", text("50 %")));
    }
    if dice.one_in(12) {
        keys.push(entry(
            "notes",
            V::List(vec![text("Ask Ana, first"), V::Raw("~")]),
        ));
    }
    if !dice.one_in(4) {
        let key = dice.pick(&["duties", "duties", "duties", "responsibilities", "dutys"]);
        let duties = match dice.roll(14) {
            0 => V::Raw("~"),
            1 => V::List(Vec::new()),
            2 => text(dice.pick(LINES)),
            3 => V::Map(vec![entry(dice.pick(DUTIES), text(dice.pick(LINES)))]),
            _ => V::List((0..1 + dice.roll(7)).map(|_| duty(dice)).collect()),
        };
        keys.push(entry(key, duties));
    }
    V::Map(keys)
}

fn vacancy(dice: &mut Dice) -> V {
    if dice.one_in(2) {
        return V::Raw("true");
    }
    let mut keys = vec![entry("since", V::Raw(dice.pick(DATES)))];
    if dice.one_in(2) {
        keys.push(entry("cover", holder(dice)));
    }
    V::Map(keys)
}

fn duty(dice: &mut Dice) -> V {
    match dice.roll(10) {
        0..=2 => text(dice.pick(DUTIES)),
        3 | 4 => V::Map(vec![entry(dice.pick(DUTIES), text(dice.pick(LINES)))]),
        5 => {
            let mut keys = vec![entry("text", text(dice.pick(LINES)))];
            if dice.one_in(2) {
                keys.push(entry("as", text(dice.pick(DUTIES))));
            }
            if dice.one_in(2) {
                keys.push(entry(
                    "horizon",
                    text(dice.pick(&["short", "medium", "long", "far"])),
                ));
            }
            if dice.one_in(3) {
                keys.push(entry("until", V::Raw(dice.pick(DATES))));
            }
            V::Map(keys)
        }
        6 => match dice.roll(5) {
            0 => V::Raw("~"),
            1 => V::Raw("2026"),
            2 => V::List(vec![text(dice.pick(LINES))]),
            3 => V::Map(vec![
                entry(dice.pick(&DUTIES[..7]), text(dice.pick(LINES))),
                entry(dice.pick(&DUTIES[7..]), text(dice.pick(LINES))),
            ]),
            _ => text(""),
        },
        _ => text(dice.pick(LINES)),
    }
}

fn shared(dice: &mut Dice) -> V {
    let roles = ["product-manager", "product-owner", "scrum-master", "wizard"];
    let mut keys = vec![entry("duty", text(dice.pick(DUTIES)))];
    for key in ["accountable", "responsible", "consulted", "informed"] {
        if dice.one_in(2) {
            keys.push(entry(key, names(dice, &roles)));
        }
    }
    V::Map(keys)
}

fn people(dice: &mut Dice) -> V {
    let all = [
        ("ana", "Ana Lima", "ana@example.org"),
        ("ben", "Ben Okafor", "ben@example.org"),
        ("ben2", "Ben Okafor", "ben@example.org"),
        ("carla", "Carla Diaz", "carla@example.org"),
        ("fay", "Fay Moss", "fay@example.org"),
    ];
    let mut people = Vec::new();
    for (id, name, email) in all {
        if dice.one_in(4) {
            continue;
        }
        let mut keys = vec![entry("name", text(name))];
        if dice.one_in(2) {
            keys.push(entry("email", text(email)));
        }
        if dice.one_in(4) {
            keys.push(entry("left", V::Raw(dice.pick(DATES))));
        }
        people.push(entry(
            id,
            if dice.one_in(8) {
                V::Raw("~")
            } else {
                V::Map(keys)
            },
        ));
    }
    V::Map(vec![entry("people", V::Map(people))])
}

fn catalog(dice: &mut Dice) -> V {
    let mut keys = vec![entry("catalog", text("acme"))];
    keys.push(entry(
        "extends",
        text(dice.pick(&["popm", "popm", "pompm"])),
    ));
    if dice.one_in(2) {
        let role = V::Map(vec![
            entry("title", text("Wizard")),
            entry("scope", text("team")),
        ]);
        keys.push(entry("roles", V::Map(vec![entry("wizard", role)])));
    }
    if dice.one_in(2) {
        let duty = V::Map(vec![
            entry(
                "role",
                text(dice.pick(&["product-owner", "product-manager", "wizard"])),
            ),
            entry("reason", text("Decided: in ADR 12")),
        ]);
        keys.push(entry(
            "duties",
            V::Map(vec![entry(dice.pick(DUTIES), duty)]),
        ));
    }
    V::Map(keys)
}

// --- Layout ----------------------------------------------------------------------------------------------

fn document_lines(dice: &mut Dice, style: &mut Style, value: &V) -> Vec<String> {
    match value {
        V::Map(entries) if !dice.one_in(12) => map_lines(dice, style, entries),
        value => {
            let flow = in_flow(dice, style, value);
            std::iter::once(flow.first).chain(flow.rest).collect()
        }
    }
}

fn ignore(dice: &mut Dice, style: &mut Style) -> String {
    match dice.one_in(3) {
        true => format!("# rolelint: ignore {} -- agreed", dice.pick(RULES)),
        false => comment(dice, style),
    }
}

fn map_lines(dice: &mut Dice, style: &mut Style, entries: &[(String, V)]) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, (key, value)) in entries.iter().enumerate() {
        if number > 0 {
            between(dice, style, &mut lines);
        }
        if dice.one_in(style.comments * 2) {
            lines.push(ignore(dice, style));
        }
        let key = scalar(dice, key, false);
        let colon = dice.pick(&[":", ":", ":", ":", ":", " :"]);
        let value = written(dice, style, value, true);
        lines.push(match value.first.is_empty() {
            true => format!("{key}{colon}"),
            false => format!("{key}{colon} {}", value.first),
        });
        if value.rest.is_empty() || value.first.is_empty() {
            behind(dice, style, lines.last_mut().unwrap());
        }
        lines.extend(value.rest);
    }
    lines
}

fn list_lines(dice: &mut Dice, style: &mut Style, items: &[V]) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            between(dice, style, &mut lines);
        }
        if dice.one_in(style.comments * 2) {
            lines.push(ignore(dice, style));
        }
        let value = written(dice, style, item, false);
        let mut first = match value.first.is_empty() {
            true => "-".to_owned(),
            false => format!("{}{}", style.dash, value.first),
        };
        if value.rest.is_empty() || value.first.is_empty() {
            behind(dice, style, &mut first);
        }
        lines.push(first);
        let width = if value.first.is_empty() {
            1
        } else {
            style.dash.len()
        };
        lines.extend(indented(&value.rest, width));
    }
    if dice.one_in(style.comments) {
        lines.push(comment(dice, style));
    }
    lines
}

/// A value below a key, or behind a dash.
fn written(dice: &mut Dice, style: &mut Style, value: &V, in_map: bool) -> Written {
    let is_flow = dice.one_in(4);
    let mut written = match value {
        V::Text(text) if !is_flow || text.len() < 8 => on_line(scalar(dice, text, false)),
        V::Text(text) => long_text(dice, text),
        V::Raw(raw) if *raw == "~" && dice.one_in(2) => on_line(""),
        V::Raw(raw) => on_line(*raw),
        V::List(items) if items.is_empty() || is_flow => in_flow(dice, style, value),
        V::Map(entries) if entries.is_empty() || is_flow => in_flow(dice, style, value),
        V::List(items) => {
            let lines = list_lines(dice, style, items);
            match in_map {
                true => below(dice, style, indented(&lines, style.list)),
                false => compact(lines),
            }
        }
        V::Map(entries) => {
            let lines = map_lines(dice, style, entries);
            match in_map || dice.one_in(8) {
                true => below(dice, style, indented(&lines, style.step)),
                false => compact(lines),
            }
        }
    };
    let is_free = written.rest.is_empty() || written.first.is_empty() && in_map;
    if style.odd && is_free && dice.one_in(10) {
        let kind = match value {
            V::Map(_) => 'm',
            V::List(_) => 'l',
            _ => 't',
        };
        let known = style.anchors.iter().filter(|name| name.starts_with(kind));
        let known: Vec<String> = known.cloned().collect();
        if !known.is_empty() && dice.one_in(2) {
            return on_line(format!("*{}", known[dice.roll(known.len())]));
        }
        style.number += 1;
        let name = format!("{kind}{}", style.number);
        written.first = match written.first.is_empty() {
            true => format!("&{name}"),
            false => format!("&{name} {}", written.first),
        };
        style.anchors.push(name);
    }
    written
}

fn scalar(dice: &mut Dice, text: &str, in_brackets: bool) -> String {
    let single = format!("'{}'", text.replace('\'', "''"));
    match dice.roll(8) {
        0 => single,
        1 => format!("{text:?}"),
        _ => {
            let odd = text.is_empty()
                || text.contains(": ")
                || text.contains(" #")
                || matches!(text, "12" | "yes")
                || text.starts_with(['[', '<'])
                || in_brackets && text.contains([',', '[', ']', '{', '}']);
            if odd { single } else { text.to_owned() }
        }
    }
}

/// A line over several lines.
fn long_text(dice: &mut Dice, text: &str) -> Written {
    let header = dice.pick(&["|", ">-", ">", "|-"]);
    let middle = text.match_indices(' ').nth(1);
    let fold =
        |text: &str| middle.map(|(at, _)| (text[..at].to_owned(), text[at + 1..].to_owned()));
    match (dice.roll(3), fold(text)) {
        (0, Some((first, rest)))
            if !text.contains([':', '#', '"', '[']) && !rest.starts_with('-') =>
        {
            Written {
                first,
                rest: vec![format!("    {rest}")],
            }
        }
        (1, Some((first, rest))) if header.starts_with('>') => Written {
            first: header.to_owned(),
            rest: vec![format!("  {first}"), format!("  {rest}")],
        },
        _ => Written {
            first: header.to_owned(),
            rest: vec![format!("  {text}")],
        },
    }
}

fn in_flow(dice: &mut Dice, style: &mut Style, value: &V) -> Written {
    match value {
        V::Text(text) => on_line(scalar(dice, text, true)),
        V::Raw(raw) => on_line(*raw),
        V::List(items) => {
            let items = items
                .iter()
                .map(|item| in_flow(dice, style, item))
                .collect();
            brackets(dice, style, items, '[', ']')
        }
        V::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let mut value = in_flow(dice, style, value);
                let key = scalar(dice, key, true);
                value.first = format!("{key}: {}", value.first);
                value
            });
            let entries = entries.collect();
            brackets(dice, style, entries, '{', '}')
        }
    }
}

/// A slip of the hand or two.
fn mutated(dice: &mut Dice, text: &str) -> String {
    const PIECES: &[&str] = &[
        "\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        ":",
        ": ",
        "- ",
        "#",
        " #",
        "&a ",
        "*a",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        ",",
        "\t",
        " ",
        "  ",
        "\n",
        "\r\n",
        "---\n",
        "<<: *m1",
        "🎉",
        "~",
        "\\",
        "<<<<<<< HEAD\n",
        "\u{2028}",
    ];
    let mut text = text.to_owned();
    for _ in 0..=dice.roll(2) {
        let mut at = dice.roll(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let mut end = (at + 1 + dice.roll(6)).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        match dice.roll(6) {
            0 => text.replace_range(at..end, ""),
            1 => {
                let again = text[at..end].to_owned();
                text.insert_str(at, &again);
            }
            2 => {
                let mut lines: Vec<&str> = text.split('\n').collect();
                let (one, other) = (dice.roll(lines.len()), dice.roll(lines.len()));
                lines.swap(one, other);
                text = lines.join("\n");
            }
            _ => text.insert_str(at, dice.pick(PIECES)),
        }
    }
    text
}
