use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use super::{JsonOutput, Matrix};
use crate::spec::shape::RoleFile;
use crate::workspace::Baseline;
use crate::workspace::shape::Config;

/// The JSON Schemas: the name of each file in `schemas/`, and its text.
pub fn schemas() -> [(&'static str, String); 5] {
    [
        ("role-file.schema.json", schema::<RoleFile>()),
        ("config.schema.json", schema::<Config>()),
        ("output.schema.json", schema::<JsonOutput<'static>>()),
        ("baseline.schema.json", schema::<Baseline>()),
        ("matrix.schema.json", schema::<Matrix>()),
    ]
}

/// In draft 7, which every editor's YAML support reads.
fn schema<T: JsonSchema>() -> String {
    let schema = SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<T>();
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
