use crate::rules::{Check, FileContext, Finding, Group, Rule};
use crate::syntax::Tree;
use crate::workspace::{FileId, Severity};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "syntax",
    group: Group::Structure,
    severity: Some(Severity::Error),
    summary: "YAML that cannot be read as it stands, or a key that stands twice",
    why: "Every program that reads the file stumbles here, or silently takes one of two answers. rolelint reads \
          around the place and still checks the rest of the file.",
    remedy: "Mend the line. In YAML each level is indented with spaces, a key ends in a colon and a blank, and text \
             with a colon, a `#` or brackets in it goes in quotes.",
    bad: "team: checkout\nroles:\n  product-manager: [ana\n  product-owner: ben\n  product-owner: carla\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n",
    misses: "YAML that reads well and means something else than was meant, such as a comment sign in the middle of \
             a sentence, which cuts the sentence short.",
    options: &[],
    check: Check::File(check),
    fix: None,
};

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    findings.extend(of_tree(context.file, &context.source.tree));
}

/// The syntax errors of any file that is read, configurations too.
pub(in crate::rules) fn of_tree(file: FileId, tree: &Tree) -> impl Iterator<Item = Finding> {
    tree.errors().iter().map(move |error| {
        let subject = match error.subject.as_str() {
            // Another mistake is another finding, wherever it stands.
            "" => error.message.as_str(),
            subject => subject,
        };
        let finding = RULE
            .finding(file, error.span, error.message.as_str())
            .help(error.help.clone())
            .about("", subject);
        match &error.related {
            Some((span, message)) => finding
                .why("Programs that read this file take one of the two and drop the other without a word.")
                .related(file, *span, message.as_str()),
            None => finding.why("Other programs that read this file stop here, or read something else than is meant."),
        }
    })
}
