//! Findings as diagnostics: sent to clients that do not ask, answered to those that do, never both.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::json;
use tokio::sync::oneshot::Sender;
use tower_lsp::ls_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    DocumentDiagnosticReport, FullDocumentDiagnosticReport, Location, NumberOrString,
    PreviousResultId, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri,
    WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};

use super::actor::Cancel;
use super::pages;
use super::positions::Positions;
use super::state::State;
use super::tell::Refresh;
use crate::rules::Finding;
use crate::workspace::{FileId, Severity};

/// What a diagnostic names as its source.
pub const SOURCE: &str = "rolelint";

/// A question about the whole workspace that waits for something new.
#[derive(Debug)]
pub struct Waiting {
    known: HashMap<String, String>,
    answer: Sender<WorkspaceDiagnosticReport>,
}

impl State {
    /// The diagnostics of a file.
    pub fn diagnostics(&self, file: FileId) -> Vec<Diagnostic> {
        let findings = self.session.findings(file);
        if findings.is_empty() {
            return Vec::new();
        }
        let all = self.with_positions(file, |positions| {
            let findings = findings.iter();
            let diagnostics = findings.map(|finding| self.diagnostic(finding, positions));
            diagnostics.collect()
        });
        all.unwrap_or_default()
    }

    /// A finding as a diagnostic.
    fn diagnostic(&self, finding: &Finding, positions: &Positions<'_>) -> Diagnostic {
        let related: Vec<DiagnosticRelatedInformation> = finding
            .related
            .iter()
            .filter_map(|related| {
                Some(DiagnosticRelatedInformation {
                    location: Location {
                        uri: self.uri_of(related.file)?,
                        range: if related.file == finding.file {
                            positions.range(related.span)
                        } else {
                            self.range(related.file, related.span)?
                        },
                    },
                    message: related.message.to_string(),
                })
            })
            .collect();
        let is_known = self.session.is_known(finding);
        let is_unnecessary = finding.rule.id == "unused-ignore" && self.client.unnecessary_tag;
        Diagnostic {
            range: positions.range(finding.span),
            severity: Some(match finding.severity {
                // What the baseline knows is shown, and shouts at nobody.
                _ if is_known => DiagnosticSeverity::HINT,
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Hint => DiagnosticSeverity::INFORMATION,
            }),
            code: Some(NumberOrString::String(finding.rule.id.to_owned())),
            code_description: self
                .client
                .code_description
                .then(|| pages::rule(finding.rule))
                .flatten()
                .map(|href| CodeDescription { href }),
            source: Some(SOURCE.to_owned()),
            message: message(finding, is_known),
            related_information: (self.client.related_information && !related.is_empty())
                .then_some(related),
            tags: is_unnecessary.then(|| vec![DiagnosticTag::UNNECESSARY]),
            data: Some(json!({"fingerprint": format!("{:016x}", finding.fingerprint)})),
        }
    }

    /// Tells the client what is new: findings, where it does not ask for them, and what else may be old.
    pub(super) fn announce(&mut self) {
        self.tell_problems();
        if self.may_follow_pages && self.session.has_pages() {
            // Once is enough: the client goes on until it ends.
            self.may_follow_pages = false;
            self.tell.follow_pages();
        }
        let changed = std::mem::take(&mut self.changed);
        let gone = std::mem::take(&mut self.gone);
        if self.client.pulls_diagnostics {
            self.answer_waiting();
        } else {
            gone.into_iter().for_each(|uri| self.take_back(uri));
            for file in &changed {
                self.send_diagnostics(*file);
            }
        }
        let elsewhere = std::mem::take(&mut self.elsewhere);
        let others = changed.iter().any(|file| !self.is_open(*file)) || changed.len() > 1;
        if elsewhere || others {
            let refresh = Refresh {
                diagnostics: elsewhere
                    && self.client.pulls_diagnostics
                    && self.client.diagnostics_refresh,
                inlay_hints: elsewhere && self.client.inlay_hint_refresh,
                code_lenses: self.client.code_lens_refresh,
            };
            if refresh.diagnostics || refresh.inlay_hints || refresh.code_lenses {
                self.tell.refresh(refresh);
            }
        }
    }

    /// Says in the log what could not be searched, each once.
    fn tell_problems(&mut self) {
        let problems = self.session.problems();
        if problems != self.told_problems.as_slice() {
            self.told_problems = problems.to_vec();
            for problem in &self.told_problems {
                self.tell.log(problem.clone());
            }
        }
    }

    fn send_diagnostics(&mut self, file: FileId) {
        let diagnostics = if self.session.is_asked(file) {
            self.diagnostics(file)
        } else {
            Vec::new()
        };
        let version = self.version_of(file);
        let number = result_number(&diagnostics);
        let told = (number, version);
        let mut hasher = DefaultHasher::new();
        told.hash(&mut hasher);
        let told = hasher.finish();
        let Some(uri) = self.uri_of(file) else {
            return;
        };
        // A file that was never said to have any need not be said to have none.
        let known = self.sent.get(uri.as_str()).copied();
        if known == Some(told) || (known.is_none() && diagnostics.is_empty() && version.is_none()) {
            return;
        }
        self.sent.insert(uri.as_str().to_owned(), told);
        self.tell.diagnostics(uri, diagnostics, version);
    }

    /// Takes back what was said of an address that stands for nothing any more.
    fn take_back(&mut self, uri: Uri) {
        if !self.documents.contains_key(uri.as_str()) && self.sent.remove(uri.as_str()).is_some() {
            self.tell.diagnostics(uri, Vec::new(), None);
        }
    }

    /// Answers a question about one document.
    pub fn document_report(&self, uri: &Uri, known: Option<&str>) -> DocumentDiagnosticReport {
        let file = self.file_of(uri);
        let diagnostics = file.map_or_else(Vec::new, |file| self.diagnostics(file));
        let id = result_id(&diagnostics);
        if known == Some(id.as_str()) {
            return DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                    result_id: id,
                },
            });
        }
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id: Some(id),
                items: diagnostics,
            },
        })
    }

    /// Answers a question about the whole workspace: at once where something is new to the client, else when
    /// something is.
    pub fn workspace_report(
        &mut self,
        known: Vec<PreviousResultId>,
        cancel: &Cancel,
        answer: Sender<WorkspaceDiagnosticReport>,
    ) {
        let known: HashMap<String, String> = known
            .into_iter()
            .map(|one| (one.uri.as_str().to_owned(), one.value))
            .collect();
        let first = known.is_empty();
        let Some((report, is_new)) = self.whole_report(&known, cancel) else {
            return;
        };
        if is_new || first {
            let _ = answer.send(report);
        } else {
            // Only the newest question of its kind is of use; an older one gets its answer now.
            if let Some(older) = self.waiting.replace(Waiting { known, answer }) {
                let _ = older
                    .answer
                    .send(WorkspaceDiagnosticReport { items: Vec::new() });
            }
        }
    }

    fn answer_waiting(&mut self) {
        let Some(waiting) = self.waiting.take() else {
            return;
        };
        if waiting.answer.is_closed() {
            return;
        }
        match self.whole_report(&waiting.known, &Cancel::default()) {
            Some((report, true)) => {
                let _ = waiting.answer.send(report);
            }
            _ => self.waiting = Some(waiting),
        }
    }

    /// The report of all files, and whether anything in it is new to whoever knows `known`. `None` when nobody waits
    /// for it any more.
    fn whole_report(
        &self,
        known: &HashMap<String, String>,
        cancel: &Cancel,
    ) -> Option<(WorkspaceDiagnosticReport, bool)> {
        let mut items = Vec::new();
        let mut is_new = false;
        let mut left: HashMap<&str, &str> = known
            .iter()
            .map(|(uri, id)| (uri.as_str(), id.as_str()))
            .collect();
        for file in self.session.asked() {
            if cancel.is_cancelled() {
                return None;
            }
            let Some(uri) = self.uri_of(file) else {
                continue;
            };
            let before = left.remove(uri.as_str());
            let findings = self.session.findings(file);
            if findings.is_empty() && before.is_none() {
                continue;
            }
            let diagnostics = self.diagnostics(file);
            let id = result_id(&diagnostics);
            let version = self.version_of(file).map(i64::from);
            if before == Some(id.as_str()) {
                items.push(WorkspaceDocumentDiagnosticReport::Unchanged(
                    WorkspaceUnchangedDocumentDiagnosticReport {
                        uri,
                        version,
                        unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                            result_id: id,
                        },
                    },
                ));
            } else {
                is_new = true;
                items.push(full(uri, version, id, diagnostics));
            }
        }
        // What is checked no more has no findings any more.
        for (uri, id) in left {
            let empty = result_id(&[]);
            if id != empty
                && let Ok(uri) = uri.parse()
            {
                is_new = true;
                items.push(full(uri, None, empty, Vec::new()));
            }
        }
        Some((WorkspaceDiagnosticReport { items }, is_new))
    }
}

fn full(
    uri: Uri,
    version: Option<i64>,
    id: String,
    items: Vec<Diagnostic>,
) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: Some(id),
            items,
        },
    })
}

/// What is wrong, why it matters, and what to do, a line each.
fn message(finding: &Finding, is_known: bool) -> String {
    let mut message = finding.message.to_string();
    for more in [&finding.why, &finding.help] {
        if !more.is_empty() {
            message.push('\n');
            message.push_str(more);
        }
    }
    if is_known {
        message.push_str("\nIt was there before: the baseline knows it, and it fails no check.");
    }
    message
}

fn result_number(diagnostics: &[Diagnostic]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for one in diagnostics {
        let range = [one.range.start, one.range.end];
        range.map(|at| (at.line, at.character)).hash(&mut hasher);
        one.message.hash(&mut hasher);
        one.severity
            .map(|severity| format!("{severity:?}"))
            .hash(&mut hasher);
        for related in one.related_information.iter().flatten() {
            let range = [related.location.range.start, related.location.range.end];
            range.map(|at| (at.line, at.character)).hash(&mut hasher);
            related.location.uri.as_str().hash(&mut hasher);
            related.message.hash(&mut hasher);
        }
        one.data.as_ref().map(ToString::to_string).hash(&mut hasher);
    }
    hasher.finish()
}

/// Names what diagnostics say: the same name means the same diagnostics.
fn result_id(diagnostics: &[Diagnostic]) -> String {
    format!("{:016x}", result_number(diagnostics))
}
