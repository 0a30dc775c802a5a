use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::Span;

/// A page in pieces, in order.
#[derive(Debug)]
pub struct Page {
    /// The pieces.
    pub blocks: Vec<Block>,
}

/// A piece of a page.
#[derive(Debug)]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its words.
        text: String,
        /// Where it stands.
        span: Span,
    },
    /// A table.
    Table(Table),
    /// A list with everything in it.
    List(Vec<Item>),
    /// A line of anything else, as it is written.
    Line(Span),
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// The cells of its first row.
    pub header: Vec<Cell>,
    /// The others.
    pub rows: Vec<Row>,
    /// Where it stands.
    pub span: Span,
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// A cell for each column of the header.
    pub cells: Vec<Cell>,
    /// What stands behind them: Markdown shows it nowhere.
    pub beyond: String,
    /// Where it stands.
    pub span: Span,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its words; a `<br>` is a line break.
    pub text: String,
    /// Whether all of it is bold.
    pub strong: bool,
    /// Where the links in it lead.
    pub links: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// An item of a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// 0 for the outermost list.
    pub depth: usize,
    /// Its words.
    pub text: String,
    /// Where it stands, with the items below it.
    pub span: Span,
}

impl Page {
    /// Reads a page; every text is one.
    pub fn read(text: &str) -> Self {
        // A byte-order mark would hide the `#` or `|` behind it.
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
        let mut reader = PageReader {
            text,
            depth: 0,
            words: Words::default(),
            items: Vec::new(),
            open: Vec::new(),
            table: None,
            row: Row::default(),
            blocks: Vec::new(),
            end: start,
        };
        let body = text.get(start..).unwrap_or_default();
        for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
            reader.event(event, range.start + start..range.end + start);
        }
        reader.lines_until(text.len());
        Self {
            blocks: reader.blocks,
        }
    }
}

/// Words that are put together.
#[derive(Default)]
struct Words {
    text: String,
    strong: usize,
    has_plain: bool,
    links: Vec<String>,
}

impl Words {
    fn add(&mut self, text: &str) {
        self.has_plain |= self.strong == 0 && !text.trim().is_empty();
        self.text.push_str(text);
    }

    fn take(&mut self) -> (String, bool) {
        let words = std::mem::take(self);
        let text = words.text.trim().to_owned();
        let strong = !words.has_plain && !text.is_empty();
        (text, strong)
    }
}

struct PageReader<'t> {
    text: &'t str,
    /// How many blocks are open.
    depth: usize,
    words: Words,
    items: Vec<Item>,
    /// The items that are open, by number.
    open: Vec<usize>,
    table: Option<Table>,
    row: Row,
    blocks: Vec<Block>,
    /// Where the last piece ended.
    end: usize,
}

impl PageReader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.finish(tag, range),
            Event::Text(text) | Event::Code(text) => self.words.add(&text),
            Event::InlineHtml(html) | Event::Html(html) => {
                let breaks = html.to_ascii_lowercase().starts_with("<br");
                self.words.add(if breaks { "\n" } else { "" });
            }
            Event::SoftBreak => self.words.add(" "),
            Event::HardBreak => self.words.add("\n"),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let outermost = self.depth == 0;
        match tag {
            Tag::Strong => self.words.strong += 1,
            Tag::Emphasis => {}
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.words.links.push(dest_url.to_string());
            }
            _ => {
                if outermost && matches!(tag, Tag::Heading { .. } | Tag::Table(_) | Tag::List(_)) {
                    self.lines_until(range.start);
                    self.end = range.end;
                }
                match tag {
                    Tag::Heading { .. } | Tag::TableCell => self.words = Words::default(),
                    Tag::Table(_) if outermost => {
                        self.table = Some(Table {
                            header: Vec::new(),
                            rows: Vec::new(),
                            span: Span::new(range.start, range.end),
                        });
                    }
                    Tag::Item => {
                        self.close_words();
                        self.items.push(Item {
                            depth: self.open.len(),
                            text: String::new(),
                            span: Span::new(range.start, range.end),
                        });
                        self.open.push(self.items.len() - 1);
                    }
                    Tag::List(_) => self.close_words(),
                    Tag::Paragraph if self.open.is_empty() => self.words = Words::default(),
                    // Another paragraph of an item.
                    Tag::Paragraph => self.words.add(" "),
                    _ => {}
                }
                self.depth += 1;
            }
        }
    }

    /// Gives the words so far to the item that is open.
    fn close_words(&mut self) {
        let (text, _) = self.words.take();
        let item = self.open.last().and_then(|at| self.items.get_mut(*at));
        if let Some(item) = item.filter(|_| !text.is_empty()) {
            if !item.text.is_empty() {
                item.text.push(' ');
            }
            item.text.push_str(&text);
        }
    }

    fn finish(&mut self, tag: TagEnd, range: Range<usize>) {
        let span = Span::new(range.start, range.end);
        match tag {
            TagEnd::Strong => {
                self.words.strong = self.words.strong.saturating_sub(1);
                return;
            }
            TagEnd::Emphasis | TagEnd::Link | TagEnd::Image => return,
            _ => self.depth = self.depth.saturating_sub(1),
        }
        let outermost = self.depth == 0;
        match tag {
            TagEnd::Heading(level) if outermost => {
                let (text, _) = self.words.take();
                self.blocks.push(Block::Heading {
                    level: level as u8,
                    text,
                    span,
                });
            }
            TagEnd::TableCell => {
                let links = std::mem::take(&mut self.words.links);
                let (text, strong) = self.words.take();
                let written = span.slice(self.text);
                let cell = written.trim_matches(|c: char| c == '|' || c.is_whitespace());
                let before = written.find(cell).unwrap_or(0);
                let span = span.sub(before, before + cell.len());
                self.row.cells.push(Cell {
                    text,
                    strong,
                    links,
                    span,
                });
            }
            TagEnd::TableHead => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.header = row.cells;
                }
            }
            TagEnd::TableRow => {
                let mut row = std::mem::take(&mut self.row);
                row.span = span;
                row.beyond = self.beyond(&row);
                if let Some(table) = &mut self.table {
                    table.rows.push(row);
                }
            }
            TagEnd::Table if outermost => self.blocks.extend(self.table.take().map(Block::Table)),
            TagEnd::Item => {
                self.close_words();
                self.open.pop();
            }
            TagEnd::List(_) if outermost => {
                let items = std::mem::take(&mut self.items);
                self.blocks.push(Block::List(items));
            }
            _ => {}
        }
    }

    /// What a row has behind the columns of its table.
    fn beyond(&self, row: &Row) -> String {
        let line = self.text.get(row.span.range()).unwrap_or_default();
        let line = line.split(['\n', '\r']).next().unwrap_or_default();
        let cells = row.cells.iter().map(|cell| cell.span.end).max();
        let start = cells.map_or(0, |end| end.saturating_sub(row.span.start));
        let rest = line.get(start as usize..).unwrap_or_default();
        rest.trim_matches(|c: char| c == '|' || c.is_whitespace())
            .to_owned()
    }

    /// Keeps the lines up to a place that are no heading, table or list.
    fn lines_until(&mut self, to: usize) {
        let mut at = self.end;
        let between = self.text.get(at..to).unwrap_or_default();
        for line in between.split_inclusive('\n') {
            let written = line.trim_end();
            if !written.trim().is_empty() {
                let start = at + (written.len() - written.trim_start().len());
                self.blocks
                    .push(Block::Line(Span::new(start, at + written.len())));
            }
            at += line.len();
        }
        self.end = to.max(self.end);
    }
}
