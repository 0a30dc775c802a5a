//! A server whose editor is gone goes too.

use std::time::Duration;

/// How often the parent is looked for.
const EVERY: Duration = Duration::from_secs(1);

/// Ends this process soon after the process of the client has ended.
#[cfg(unix)]
pub fn watch(process: u32) {
    let Some(parent) = i32::try_from(process)
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    else {
        return;
    };
    // Without a thread, the closed pipe still ends the process.
    let _ = std::thread::Builder::new()
        .name("parent".to_owned())
        .spawn(move || {
            while rustix::process::test_kill_process(parent) != Err(rustix::io::Errno::SRCH) {
                std::thread::sleep(EVERY);
            }
            std::process::exit(1);
        });
}

/// Elsewhere the closed pipe ends the process.
#[cfg(not(unix))]
pub fn watch(_process: u32) {
    let _ = EVERY;
}
