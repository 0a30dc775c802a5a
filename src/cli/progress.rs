//! A bar on standard error while a long check runs: only on a terminal, and only when it takes a while.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::rules::Meter;

/// How long a check may take without a bar.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the bar is drawn.
const PACE: Duration = Duration::from_millis(100);
/// How wide the bar is, in characters.
const WIDTH: usize = 30;
/// Takes away what stands on the line.
const CLEAR: &str = "\r\x1b[K";

/// Does some work, with a bar for how far it is where `wanted`.
pub(super) fn with_bar<T>(wanted: bool, meter: &Meter, work: impl FnOnce() -> T) -> T {
    if !wanted || !io::stderr().is_terminal() {
        return work();
    }
    std::thread::scope(|scope| {
        let (done, wait) = channel();
        scope.spawn(move || {
            let mut pause = PATIENCE;
            let mut is_drawn = false;
            while wait.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                pause = PACE;
                is_drawn = true;
                draw(&format!("{CLEAR}{}", bar(meter.progress())));
            }
            if is_drawn {
                draw(CLEAR);
            }
        });
        // Dropped when the work is done, and when it panics.
        let _done: Sender<()> = done;
        work()
    })
}

/// Where this cannot be drawn, nothing is lost.
fn draw(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn bar((done, files): (usize, usize)) -> String {
    if files == 0 {
        return "Looking for role files".to_owned();
    }
    let filled = (done * WIDTH / files).min(WIDTH);
    let what = if done == files {
        "Comparing"
    } else {
        "Checking"
    };
    format!(
        "{what} [{}{}] {done} of {files} files",
        "=".repeat(filled),
        " ".repeat(WIDTH - filled)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_grows_and_then_says_what_is_left_to_do() {
        assert_eq!(bar((0, 0)), "Looking for role files");
        assert_eq!(
            bar((1, 2)),
            "Checking [===============               ] 1 of 2 files"
        );
        assert_eq!(
            bar((2, 2)),
            "Comparing [==============================] 2 of 2 files"
        );
    }
}
