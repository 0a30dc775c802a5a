use super::args::{SchemaArgs, SchemaName};
use super::{Failure, Output, Status};
use crate::report::schemas;

pub(super) fn run(args: &SchemaArgs, output: &Output) -> Result<Status, Failure> {
    let [role_file, config, check, baseline, matrix] = schemas();
    let (_, text) = match args.name {
        SchemaName::RoleFile => role_file,
        SchemaName::Config => config,
        SchemaName::Output => check,
        SchemaName::Baseline => baseline,
        SchemaName::Matrix => matrix,
    };
    output.line(&text)?;
    Ok(Status::Clean)
}
