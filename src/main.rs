//! The `rolelint` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    rolelint::cli::main()
}
