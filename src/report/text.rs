use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::excerpt::Texts;
use super::wrap;
use crate::rules::{Finding, Fix, Outcome, Safety};
use crate::text::Span;
use crate::workspace::Severity;

/// How findings are printed for people.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// With colours.
    pub color: bool,
    /// With links to the files, for terminals that show them.
    pub links: bool,
    /// How wide a line may be, in characters.
    pub width: usize,
    /// With the ways to mend each finding.
    pub fixes: bool,
}

/// Each finding with the lines it is about.
///
/// # Errors
/// When `out` cannot be written to.
pub fn text(outcome: &Outcome, options: TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if options.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(options.width);
    let mut texts = Texts::new(&outcome.sources);
    outcome.with_fixer(|fixer| {
        outcome.listed().try_for_each(|finding| {
            let fixes = match options.fixes {
                true => fixer.fixes(finding),
                false => Vec::new(),
            };
            let shown = render(outcome, finding, &fixes, &mut texts, &renderer, options);
            writeln!(out, "{shown}\n")
        })
    })
}

/// So many lines apart, two places of one file are shown apart: whoever renders them reads all lines between.
const FAR: usize = 400;

/// One file's part of a finding: its path, its lines, and what is marked in them.
struct Part {
    path: String,
    url: String,
    text: String,
    first_line: usize,
    marks: Vec<(AnnotationKind, Range<usize>, String)>,
}

impl Part {
    fn new(
        outcome: &Outcome,
        texts: &mut Texts<'_>,
        file: crate::workspace::FileId,
        marks: &[(AnnotationKind, Span, &str)],
    ) -> Self {
        let cut: Vec<Span> = marks
            .iter()
            .map(|(_, span, _)| texts.first_line(file, *span))
            .collect();
        let excerpt = texts.excerpt(file, &cut);
        let inside = |offset: u32| {
            let mut at = (offset as usize)
                .saturating_sub(excerpt.start)
                .min(excerpt.text.len());
            while !excerpt.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        Self {
            path: outcome.sources.files().shown(file).into_owned(),
            url: url(outcome.sources.files().path(file)),
            marks: marks
                .iter()
                .zip(&cut)
                .map(|((kind, _, label), span)| {
                    (
                        *kind,
                        inside(span.start)..inside(span.end),
                        (*label).to_owned(),
                    )
                })
                .collect(),
            text: excerpt.text.to_owned(),
            first_line: excerpt.first_line,
        }
    }

    fn snippet(&self) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        Snippet::source(self.text.as_str())
            .path(self.path.as_str())
            .line_start(self.first_line)
            .annotations(self.marks.iter().map(|(kind, range, label)| {
                let mark = kind.span(range.clone());
                if label.is_empty() {
                    mark
                } else {
                    mark.label(label.as_str())
                }
            }))
    }
}

fn render(
    outcome: &Outcome,
    finding: &Finding,
    fixes: &[Fix],
    texts: &mut Texts<'_>,
    renderer: &Renderer,
    options: TextOptions,
) -> String {
    let width = options.width;
    let mut marks = vec![(AnnotationKind::Primary, finding.span, &*finding.label)];
    let mut elsewhere = Vec::new();
    for related in &finding.related {
        let mark = (AnnotationKind::Context, related.span, &*related.message);
        let is_here = related.file == finding.file;
        match is_here && texts.lines_between(finding.file, finding.span, related.span) < FAR {
            true => marks.push(mark),
            false => elsewhere.push((related.file, mark)),
        }
    }
    let mut parts = vec![Part::new(outcome, texts, finding.file, &marks)];
    for (file, mark) in elsewhere {
        parts.push(Part::new(outcome, texts, file, &[mark]));
    }
    let level = match (finding.severity, outcome.is_known(finding)) {
        (Severity::Error, false) => Level::ERROR,
        (Severity::Error, true) => Level::ERROR.with_name("known error"),
        (Severity::Warning, false) => Level::WARNING,
        (Severity::Warning, true) => Level::WARNING.with_name("known warning"),
        (Severity::Hint, false) => Level::INFO.with_name("hint"),
        (Severity::Hint, true) => Level::INFO.with_name("known hint"),
    };
    let title = level.primary_title(&*finding.message).id(finding.rule.id);
    let why = wrap(&finding.why, width.saturating_sub(14));
    let help = wrap(&finding.help, width.saturating_sub(14));
    let mut group = title.elements(parts.iter().map(Part::snippet));
    if !why.is_empty() {
        group = group.element(Level::NOTE.with_name("why").message(why));
    }
    if !help.is_empty() {
        group = group.element(Level::HELP.with_name("do").message(help));
    }
    for fix in fixes {
        let when = match fix.safety {
            Safety::Safe => "",
            Safety::Asked => " (if you agree)",
        };
        let mend = wrap(&format!("{}{when}", fix.title), width.saturating_sub(14));
        group = group.element(Level::HELP.with_name("mend").message(mend));
    }
    let mut shown = renderer.render(&[group]);
    if options.links {
        shown = linked(&shown, &parts);
    }
    shown
}

/// Makes links of the places that name the files of the parts, which stand in their order.
fn linked(shown: &str, parts: &[Part]) -> String {
    let mut done = String::new();
    let mut rest = shown;
    for part in parts {
        let Some(at) = rest.find(&format!("{}:", part.path)) else {
            continue;
        };
        let (before, place) = rest.split_at(at);
        let end = place.find(['\n', '\x1b']).unwrap_or(place.len());
        let (place, after) = place.split_at(end);
        let url = &part.url;
        done.push_str(&format!("{before}\x1b]8;;{url}\x1b\\{place}\x1b]8;;\x1b\\"));
        rest = after;
    }
    done + rest
}

/// The address of a file for a link.
fn url(path: &std::path::Path) -> String {
    let mut url = String::from("file://");
    for byte in path.to_string_lossy().replace('\\', "/").bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' | b':' => url.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => url.push(char::from(byte)),
            byte => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_of_a_finding_is_a_link_to_its_own_file() {
        let part = |path: &str| Part {
            path: path.to_owned(),
            url: format!("file:///{path}"),
            text: String::new(),
            first_line: 1,
            marks: Vec::new(),
        };
        let parts = [part("a.yaml"), part("a.yaml"), part("b.yaml")];
        let shown = "error: x\n --> a.yaml:1:2\n ::: a.yaml:900:1\n ::: b.yaml:3:4\n";
        let link = |path: &str, place: &str| {
            format!("\x1b]8;;file:///{path}\x1b\\{path}:{place}\x1b]8;;\x1b\\")
        };
        let expected = format!(
            "error: x\n --> {}\n ::: {}\n ::: {}\n",
            link("a.yaml", "1:2"),
            link("a.yaml", "900:1"),
            link("b.yaml", "3:4")
        );
        assert_eq!(linked(shown, &parts), expected);
    }
}
