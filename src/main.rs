//! The `rolelint` program.

use std::process::ExitCode;

/// Reading a hundred thousand files makes millions of small values: this allocator packs them tighter than most
/// systems' own, and takes them from two threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    rolelint::cli::main()
}
