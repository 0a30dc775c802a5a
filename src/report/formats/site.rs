//! What the formats share: where findings are, in which order, and in how many words.

use std::path::{Path, PathBuf};

use super::FormatOptions;
use crate::report::excerpt::{Place, Texts};
use crate::report::mendable::MOST;
use crate::rules::{Finding, Outcome, Related};
use crate::text::Span;
use crate::workspace::FileId;

/// Where something is.
pub(super) struct Site {
    /// The path, with `/`.
    pub path: String,
    /// Where it starts.
    pub start: Place,
    /// Where it ends; this place is not part of it.
    pub end: Place,
}

/// Works out where findings are.
pub(super) struct Sites<'a> {
    outcome: &'a Outcome,
    root: &'a Path,
    pub texts: Texts<'a>,
}

impl<'a> Sites<'a> {
    /// With paths relative to a folder.
    pub fn new(outcome: &'a Outcome, root: &'a Path) -> Self {
        Self {
            outcome,
            root,
            texts: Texts::new(&outcome.sources),
        }
    }

    /// The whole of a place.
    pub fn whole(&mut self, file: FileId, span: Span) -> Site {
        Site {
            path: self.path(file),
            start: self.texts.place(file, span.start),
            end: self.texts.place(file, span.end),
        }
    }

    /// A place cut to its first line: a remark about a whole group should not cover the group.
    pub fn first_line(&mut self, file: FileId, span: Span) -> Site {
        let span = self.texts.first_line(file, span);
        self.whole(file, span)
    }

    pub fn of(&mut self, finding: &Finding) -> Site {
        self.first_line(finding.file, finding.span)
    }

    /// Where a related place is: `teams/deck.roles.yaml:8:31`.
    pub fn related(&mut self, related: &Related) -> String {
        let site = self.first_line(related.file, related.span);
        format!("{}:{}:{}", site.path, site.start.line, site.start.character)
    }

    pub fn path(&self, file: FileId) -> String {
        show(self.absolute(file), self.root)
    }

    pub fn absolute(&self, file: FileId) -> &'a Path {
        self.outcome.sources.files().path(file)
    }

    pub fn root(&self) -> &'a Path {
        self.root
    }
}

/// A path below a folder, or else the whole one, with `/` on every system.
pub(super) fn show(path: &Path, root: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
    if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.into_owned()
    }
}

/// The findings that are listed, the worst first, else by file and place: some services show only so many.
pub(super) fn worst_first(outcome: &Outcome) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = outcome.listed().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

/// Whether to look for ways to mend findings: that takes a look at each file for each of them.
pub(super) fn wants_fixes(outcome: &Outcome, options: &FormatOptions) -> bool {
    options.fixes || outcome.findings.len() <= MOST
}

/// What is wrong, as a sentence.
pub(super) fn sentence(finding: &Finding) -> String {
    let end = if finding.message.ends_with(['.', '?', '!', '…']) {
        ""
    } else {
        "."
    };
    format!("{}{end}", capital(&finding.message))
}

/// What is wrong, why it matters and what to do: a paragraph each, without those that have nothing to say.
pub(super) fn paragraphs(finding: &Finding) -> Vec<String> {
    let all = [
        sentence(finding),
        finding.why.to_string(),
        finding.help.to_string(),
    ];
    all.into_iter().filter(|text| !text.is_empty()).collect()
}

/// The same with the related places, a line each.
pub(super) fn with_related(finding: &Finding, sites: &mut Sites<'_>) -> Vec<String> {
    let mut all = paragraphs(finding);
    for related in &finding.related {
        all.push(format!(
            "See {}: {}",
            sites.related(related),
            related.message
        ));
    }
    all
}

/// Words that start with a capital letter; a name or a quotation stays as it is.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        // "jo was to be interim" starts with an id, and ids are what they are: only words of ours are known to be words.
        Some(first) if is_word(text) => first.to_uppercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// How messages start that do not start with a name.
const STARTS: [&str; 16] = [
    "a ", "an ", "the ", "this ", "there ", "team ", "product ", "no ", "nobody ", "one ", "two ",
    "several ", "only ", "nothing ", "perhaps ", "it ",
];

fn is_word(text: &str) -> bool {
    STARTS.iter().any(|start| text.starts_with(start))
}

/// The folder that paths are best relative to: that of the repository around `base`, else `base`.
pub fn repository_root(base: &Path) -> PathBuf {
    let mut folders = base.ancestors();
    let root = folders.find(|folder| folder.join(".git").exists());
    root.unwrap_or(base).to_owned()
}
