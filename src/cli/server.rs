use super::{Failure, Status};

pub(super) fn run() -> Result<Status, Failure> {
    // Nothing else may write to standard output: every byte of it belongs to the protocol.
    let code = crate::server::serve(std::io::stdin(), std::io::stdout())?;
    // Whatever still works has nobody to work for.
    std::process::exit(code);
}
