//! YAML as people write it, in every layout, made by chance that is the same on every machine.

#![allow(dead_code)] // Each test uses its part.

pub mod roles;

/// A small generator of numbers that are the same on every machine (Knuth's MMIX constants).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        dice.roll(2);
        dice
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides.max(1) as u64).unwrap()
    }

    /// Whether something that happens once in `times` happens.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.roll(times) == 0
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }
}

/// How a file is written.
struct Style {
    step: usize,
    list: usize,
    dash: &'static str,
    /// One in so many lines has a comment.
    comments: usize,
    anchors: Vec<String>,
    /// Anchors, tags and blocks of text that keep their blank lines.
    odd: bool,
    number: usize,
}

/// A value: what goes on the line of its key or dash, and what follows below.
struct Written {
    first: String,
    rest: Vec<String>,
}

fn on_line(first: impl Into<String>) -> Written {
    Written {
        first: first.into(),
        rest: Vec::new(),
    }
}

fn indented(lines: &[String], by: usize) -> Vec<String> {
    lines
        .iter()
        .map(|line| match line.is_empty() {
            true => String::new(),
            false => format!("{}{line}", " ".repeat(by)),
        })
        .collect()
}

/// A stream of documents with the line breaks of one system or another. `odd`: with anchors, tags and question marks.
pub fn stream(dice: &mut Dice, odd: bool) -> String {
    let mut style = Style::any(dice, odd);
    let mut documents = Vec::new();
    for _ in 0..dice.pick(&[1, 1, 1, 2, 3]) {
        style.anchors.clear();
        documents.push(match dice.roll(8) {
            0 => list(dice, &mut style, 0),
            1 => {
                let flow = flow_map(dice, &mut style, 0);
                std::iter::once(flow.first).chain(flow.rest).collect()
            }
            _ => map(dice, &mut style, 0),
        });
    }
    joined(dice, &mut style, documents)
}

impl Style {
    fn any(dice: &mut Dice, odd: bool) -> Self {
        let step = dice.pick(&[2, 2, 2, 4, 3, 1]);
        Self {
            step,
            list: if dice.one_in(3) { 0 } else { step },
            dash: dice.pick(&["- ", "- ", "- ", "-   "]),
            comments: dice.pick(&[3, 6, 12, 1000]),
            anchors: Vec::new(),
            odd,
            number: 0,
        }
    }
}

/// A file of documents in lines.
fn joined(dice: &mut Dice, style: &mut Style, documents: Vec<Vec<String>>) -> String {
    let mut lines = Vec::new();
    for (number, document) in documents.into_iter().enumerate() {
        if number > 0 || dice.one_in(6) {
            lines.push("---".to_owned());
        }
        if dice.one_in(style.comments) {
            lines.push("# above it all".to_owned());
        }
        lines.extend(document);
        if dice.one_in(10) {
            lines.push("...".to_owned());
            if dice.one_in(3) {
                lines.push(comment(dice, style));
            }
        }
    }
    let newline = dice.pick(&["\n", "\n", "\n", "\r\n", "\r"]);
    let mut text = lines.join(newline);
    if !dice.one_in(4) {
        text.push_str(newline);
    }
    if dice.one_in(8) {
        text.insert(0, '\u{feff}');
    }
    text
}

fn comment(dice: &mut Dice, style: &mut Style) -> String {
    style.number += 1;
    let number = style.number;
    match dice.roll(4) {
        0 => format!("# - old: item {number}"),
        1 => format!("#{number}"),
        2 => format!("# rolelint: ignore x-y -- {number}"),
        _ => format!("# Zoë's note {number} 🎉"),
    }
}

/// Comments and blank lines between two entries or items.
fn between(dice: &mut Dice, style: &mut Style, lines: &mut Vec<String>) {
    if dice.one_in(style.comments) {
        let indent = dice.pick(&[0, 0, 0, 1, 4]);
        let comment = comment(dice, style);
        lines.push(format!("{}{comment}", " ".repeat(indent)));
    }
    if dice.one_in(8) {
        lines.push(String::new());
    }
}

fn behind(dice: &mut Dice, style: &mut Style, line: &mut String) {
    if dice.one_in(style.comments) {
        let blanks = dice.pick(&[" ", "  ", "    "]);
        line.push_str(blanks);
        line.push_str(&comment(dice, style));
    } else if dice.one_in(12) {
        line.push_str("  ");
    }
}

fn key(dice: &mut Dice, style: &mut Style) -> String {
    style.number += 1;
    let number = style.number;
    match dice.roll(12) {
        0 => format!("'key {number}'"),
        1 => format!("\"k\\u00e9y {number}\""),
        2 => format!("Zoë's {number}"),
        3 => format!("{number}"),
        _ => format!("key-{number}"),
    }
}

fn map(dice: &mut Dice, style: &mut Style, depth: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for number in 0..1 + dice.roll(4) {
        if number > 0 {
            between(dice, style, &mut lines);
        }
        let mut key = key(dice, style);
        if style.odd && dice.one_in(15) {
            key = format!("&{} {key}", anchor(style));
        }
        if style.odd && dice.one_in(20) {
            lines.push(format!("? {key}"));
            let value = plain(dice, style);
            lines.push(format!(": {value}"));
            continue;
        }
        let colon = dice.pick(&[":", ":", ":", ":", " :"]);
        let value = value(dice, style, depth, true);
        if value.first.is_empty() {
            lines.push(format!("{key}{colon}"));
        } else {
            let blanks = dice.pick(&[" ", " ", " ", "   "]);
            lines.push(format!("{key}{colon}{blanks}{}", value.first));
        }
        let line = lines.last_mut().unwrap();
        if value.rest.is_empty() || value.first.is_empty() {
            behind(dice, style, line);
        }
        lines.extend(value.rest);
    }
    if dice.one_in(style.comments) {
        let comment = comment(dice, style);
        lines.push(comment);
    }
    lines
}

fn list(dice: &mut Dice, style: &mut Style, depth: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for number in 0..1 + dice.roll(4) {
        if number > 0 {
            between(dice, style, &mut lines);
        }
        let dash = match dice.one_in(8) {
            true => "-  ",
            false => style.dash,
        };
        let value = value(dice, style, depth, false);
        let mut first = match value.first.is_empty() {
            true => "-".to_owned(),
            false => format!("{dash}{}", value.first),
        };
        if value.rest.is_empty() || value.first.is_empty() {
            behind(dice, style, &mut first);
        }
        lines.push(first);
        let width = match value.first.is_empty() {
            true => 1,
            false => dash.len(),
        };
        lines.extend(indented(&value.rest, width));
    }
    if dice.one_in(style.comments) {
        let comment = comment(dice, style);
        lines.push(comment);
    }
    lines
}

fn anchor(style: &mut Style) -> String {
    style.number += 1;
    let name = format!("a{}", style.number);
    style.anchors.push(name.clone());
    name
}

fn plain(dice: &mut Dice, style: &mut Style) -> String {
    style.number += 1;
    let number = style.number;
    match dice.roll(10) {
        0 => format!("{number}"),
        1 => "true".to_owned(),
        2 => format!("Own the plan, no. {number}"),
        3 => format!("https://example.org/{number}#top"),
        4 => format!("-{number} [x] {{y}}"),
        5 => format!("Zoë's 🎉 {number}"),
        6 => "2026-02-28".to_owned(),
        _ => format!("word{number}"),
    }
}

fn quoted(dice: &mut Dice, style: &mut Style) -> String {
    style.number += 1;
    let number = style.number;
    match dice.roll(4) {
        0 => format!("'it''s: {number} # no'"),
        1 => format!("\"say \\\"{number}\\\" \\t\""),
        2 => "''".to_owned(),
        _ => format!("\"- [{number}]\""),
    }
}

/// A value below a key, or behind a dash.
fn value(dice: &mut Dice, style: &mut Style, depth: usize, in_map: bool) -> Written {
    let is_deep = depth > 2;
    let mut value = match dice.roll(if is_deep { 11 } else { 20 }) {
        0 | 1 => on_line(""),
        2 => on_line(dice.pick(&["~", "null"])),
        3 => on_line(quoted(dice, style)),
        4 => Written {
            first: dice.pick(&["\"several", "'several"]).to_owned(),
            rest: Vec::new(),
        },
        5 => Written {
            first: "several lines".to_owned(),
            rest: vec!["  of plain".to_owned(), String::new(), "  text".to_owned()],
        },
        6 => block_text(dice, style),
        7 => flow_list(dice, style, depth),
        8 => flow_map(dice, style, depth),
        9 if style.odd && !style.anchors.is_empty() => {
            let at = dice.roll(style.anchors.len());
            return on_line(format!("*{}", style.anchors[at]));
        }
        9 | 10 => on_line(plain(dice, style)),
        11..=13 => {
            let lines = list(dice, style, depth + 1);
            if !in_map && dice.one_in(2) {
                compact(lines)
            } else {
                let by = if in_map { style.list } else { style.step };
                below(dice, style, indented(&lines, by))
            }
        }
        14..=17 => {
            let lines = map(dice, style, depth + 1);
            if !in_map && !dice.one_in(4) {
                compact(lines)
            } else {
                below(dice, style, indented(&lines, style.step))
            }
        }
        18 if in_map => Written {
            first: String::new(),
            rest: vec![format!("{}{}", " ".repeat(style.step), plain(dice, style))],
        },
        _ => on_line(plain(dice, style)),
    };
    if let Some(quote) = value.first.strip_suffix("several") {
        let quote = quote.to_owned();
        value.rest = vec![
            format!("  lines: {{of}}{}", dice.pick(&["", "  "])),
            String::new(),
            format!("  # text{quote}"),
        ];
    }
    // Before a compact collection it would be that of its first key.
    let is_free = value.rest.is_empty() || value.first.is_empty();
    if style.odd && is_free && dice.one_in(6) {
        let property = match dice.roll(3) {
            0 => "!tag".to_owned(),
            _ => format!("&{}", anchor(style)),
        };
        let is_below = !value.rest.is_empty();
        if value.first.is_empty() {
            if !is_below || in_map {
                value.first = property;
            }
        } else {
            value.first = format!("{property} {}", value.first);
        }
    }
    value
}

fn compact(lines: Vec<String>) -> Written {
    // What a comment starts cannot stand behind a dash.
    let first = lines
        .iter()
        .position(|line| !line.is_empty() && !line.trim_start().starts_with('#'));
    let mut lines = lines.into_iter().skip(first.unwrap_or(0));
    Written {
        first: lines.next().unwrap_or_default(),
        rest: lines.collect(),
    }
}

fn below(dice: &mut Dice, style: &mut Style, mut rest: Vec<String>) -> Written {
    if dice.one_in(style.comments * 2) {
        let comment = comment(dice, style);
        rest.insert(0, format!("{}{comment}", " ".repeat(style.step)));
    }
    Written {
        first: String::new(),
        rest,
    }
}

fn block_text(dice: &mut Dice, style: &mut Style) -> Written {
    let header = match style.odd {
        true => dice.pick(&["|", ">", "|-", ">-", "|+", ">+", "|2", "|2-"]),
        false => dice.pick(&["|", ">", "|-", ">-"]),
    };
    let header = match dice.one_in(style.comments * 2) {
        true => format!("{header} {}", comment(dice, style)),
        false => header.to_owned(),
    };
    if dice.one_in(10) {
        return on_line(header);
    }
    let by = if header.contains('2') {
        2
    } else {
        dice.pick(&[2, 2, 1, 4])
    };
    let mut rest = vec!["text: of a".to_owned()];
    if dice.one_in(2) {
        rest.push("- [block] # no comment".to_owned());
    }
    if dice.one_in(3) {
        rest.push(String::new());
        rest.push("  further in".to_owned());
    }
    let mut rest = indented(&rest, by);
    for _ in 0..dice.pick(&[0, 0, 1, 2]) {
        rest.push(String::new());
    }
    Written {
        first: header,
        rest,
    }
}

fn flow_value(dice: &mut Dice, style: &mut Style, depth: usize) -> Written {
    match dice.roll(if depth > 2 { 5 } else { 7 }) {
        0 => on_line(quoted(dice, style)),
        1 => on_line("~"),
        2 if style.odd && !style.anchors.is_empty() => {
            let at = dice.roll(style.anchors.len());
            on_line(format!("*{}", style.anchors[at]))
        }
        3 if style.odd => {
            let word = format!("w{}", style.number);
            on_line(format!("&{} {word}", anchor(style)))
        }
        5 => flow_list(dice, style, depth + 1),
        6 => flow_map(dice, style, depth + 1),
        _ => {
            style.number += 1;
            on_line(format!("Zoë {}", style.number))
        }
    }
}

fn flow_list(dice: &mut Dice, style: &mut Style, depth: usize) -> Written {
    let mut items = Vec::new();
    for _ in 0..dice.roll(4) {
        let mut value = flow_value(dice, style, depth + 1);
        if dice.one_in(8) && value.rest.is_empty() {
            style.number += 1;
            value.first = format!("p{}: {}", style.number, value.first);
        } else if style.odd && dice.one_in(12) {
            style.number += 1;
            value = on_line(dice.pick(&["p: ", "? p", "{p}", "{p: }"]).to_owned());
        }
        items.push(value);
    }
    brackets(dice, style, items, '[', ']')
}

fn flow_map(dice: &mut Dice, style: &mut Style, depth: usize) -> Written {
    let mut items = Vec::new();
    for _ in 0..dice.roll(4) {
        let key = match dice.one_in(6) {
            true => format!("\"k {}\"", style.number),
            false => format!("k{}", style.number),
        };
        style.number += 1;
        let mut value = flow_value(dice, style, depth + 1);
        value.first = match dice.roll(12) {
            0 => format!("{key}: "),
            1 => key,
            2 if key.starts_with('"') => format!("{key}:{}", value.first),
            _ => format!("{key}: {}", value.first),
        };
        if !value.first.contains(' ') && !value.first.contains(':') || value.first.ends_with(": ") {
            value.rest.clear();
        }
        items.push(value);
    }
    brackets(dice, style, items, '{', '}')
}

fn brackets(
    dice: &mut Dice,
    style: &mut Style,
    items: Vec<Written>,
    open: char,
    close: char,
) -> Written {
    let count = items.len();
    let has_rest = items.iter().any(|item| !item.rest.is_empty());
    let trailing = dice.one_in(5) && count > 0;
    if has_rest || dice.one_in(4) {
        let mut lines = vec![open.to_string()];
        behind(dice, style, &mut lines[0]);
        let layout = dice.roll(3);
        for (at, item) in items.into_iter().enumerate() {
            let by = style.step.max(2);
            let mut own = vec![item.first];
            own.extend(item.rest);
            if at + 1 < count || trailing {
                own.last_mut().unwrap().push(',');
            }
            if layout > 0 || lines.len() == 1 {
                behind(dice, style, own.last_mut().unwrap());
                if dice.one_in(style.comments * 2) {
                    own.push(comment(dice, style));
                }
                lines.extend(indented(&own, by));
            } else if lines.last().unwrap().contains('#') {
                lines.extend(indented(&own, by));
            } else {
                let last = lines.last_mut().unwrap();
                last.push(' ');
                last.push_str(&own[0]);
                lines.extend(indented(&own[1..], by));
            }
        }
        let last = lines.last().unwrap();
        if layout == 1 && !last.contains('#') {
            lines.last_mut().unwrap().push(close);
        } else {
            lines.push(format!("{}{close}", " ".repeat(style.step)));
        }
        let mut lines = lines.into_iter();
        return Written {
            first: lines.next().unwrap(),
            rest: lines.collect(),
        };
    }
    let items: Vec<String> = items.into_iter().map(|item| item.first).collect();
    let blank = dice.pick(&["", "", " "]);
    let comma = if trailing { "," } else { "" };
    on_line(format!(
        "{open}{blank}{}{comma}{blank}{close}",
        items.join(", ")
    ))
}
