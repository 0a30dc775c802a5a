//! Findings as people and programs want to read them: one file for each format.

mod concise;
mod coverage;
mod due;
mod excerpt;
mod fit;
mod formats;
mod json;
mod json_fix;
mod markdown;
mod matrix;
mod mendable;
mod paint;
mod patch;
mod reading;
mod reason;
mod reference;
mod schema;
mod statistics;
mod summary;
mod text;
mod thing;
mod timing;
mod wrap;

pub use concise::concise;
pub use coverage::{
    Coverage, CoverageCell, CoverageDuty, CoverageHolder, CoverageSeat, CoverageState,
    CoverageSummary, CoverageTeam, Has, Verdict, coverage,
};
pub use due::DueReport;
pub use formats::{
    FormatOptions, azure, checkstyle, github, gitlab, junit, markdown, rdjson, repository_root,
    sarif,
};
pub use json::{
    JSON_VERSION, JsonFinding, JsonOptions, JsonOutput, JsonPosition, JsonRelated, JsonSummary,
    json, json_output,
};
pub use json_fix::{JsonEdit, JsonFix, JsonSafety};
pub use markdown::terminal;
pub use matrix::{
    Agreed, AgreedKind, AgreedList, LineReading, MATRIX_VERSION, Matrix, MatrixDuty, MatrixLine,
    MatrixPerson, MatrixProduct, MatrixRequest, MatrixSummary, PersonSeat, SeatPlace, Term,
    TermKind, matrix,
};
pub use mendable::Mendable;
pub use paint::Paint;
pub use patch::patch;
pub use reading::{ReadingReport, percent, stance_words, work_words};
pub use reason::{reason_kind, reason_sentence, reason_words};
pub use reference::{
    catalog_page, changes_markdown, duty_markdown, group_markdown, horizon_words,
    look_alike_markdown, role_markdown, rule_markdown, rules_page,
};
pub use schema::schemas;
pub use statistics::{statistics, statistics_json};
pub use summary::{Summary, count};
pub use text::{TextOptions, text};
pub use thing::Thing;
pub use timing::timing;
pub use wrap::wrap;
