use super::args::{CompletionsArgs, command};
use super::{Failure, Output, Status};

pub(super) fn run(args: &CompletionsArgs, output: &Output) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "rolelint", &mut script);
    output.print(|out| out.write_all(&script))?;
    Ok(Status::Clean)
}
