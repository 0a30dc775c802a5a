use std::cell::Cell;
use std::io::{self, BufWriter, IsTerminal, Write};

use super::Failure;
use super::args::Color;

/// The widest that text is set, in characters: longer lines are hard to read.
const MAX_WIDTH: usize = 100;
/// The narrowest.
const MIN_WIDTH: usize = 40;

/// Where a command prints to.
#[derive(Debug)]
pub struct Output {
    /// Whether standard output is printed with colours.
    pub color: bool,
    /// Whether standard output is a terminal.
    pub is_terminal: bool,
    /// Whether standard output shows links.
    pub links: bool,
    /// How wide a line may be, in characters.
    pub width: usize,
    error_color: bool,
    gone: Cell<bool>,
}

impl Output {
    pub(super) fn new(color: Color) -> Self {
        let wanted = |auto: anstream::ColorChoice| match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => auto != anstream::ColorChoice::Never,
        };
        let is_terminal = io::stdout().is_terminal();
        let color = wanted(anstream::AutoStream::choice(&io::stdout()));
        let width = is_terminal
            .then(terminal_size::terminal_size)
            .flatten()
            .map_or(MAX_WIDTH, |(width, _)| usize::from(width.0));
        Self {
            color,
            is_terminal,
            links: color
                && is_terminal
                && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
            width: width.clamp(MIN_WIDTH, MAX_WIDTH),
            error_color: wanted(anstream::AutoStream::choice(&io::stderr())),
            gone: Cell::new(false),
        }
    }

    /// Prints through `write`. A reader that went away (`| head`) is no failure.
    pub(super) fn print(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut out = BufWriter::new(io::stdout().lock());
        match write(&mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.gone.set(true);
                Ok(())
            }
            Err(error) => Err(Failure::new(format!("cannot print: {error}"))),
            Ok(()) => Ok(()),
        }
    }

    /// Whether the reader of standard output went away.
    pub(super) fn is_gone(&self) -> bool {
        self.gone.get()
    }

    /// Prints through `write` to standard error, with an output like this one for it. Where even this cannot be printed
    /// there is nobody to tell.
    pub(super) fn print_error(
        &self,
        write: impl FnOnce(&Output, &mut dyn Write) -> io::Result<()>,
    ) {
        let output = Output {
            color: self.error_color,
            is_terminal: io::stderr().is_terminal(),
            links: false,
            width: self.width,
            error_color: self.error_color,
            gone: Cell::new(false),
        };
        let mut out = BufWriter::new(io::stderr().lock());
        let _ = write(&output, &mut out).and_then(|()| out.flush());
    }

    /// Prints text.
    pub(super) fn line(&self, text: &str) -> Result<(), Failure> {
        self.print(|out| writeln!(out, "{}", text.trim_end_matches('\n')))
    }

    /// Says on standard error why something could not be done.
    pub(super) fn error(&self, why: &str) {
        self.say("error", "1;31", why);
    }

    /// Says something on standard error that is worth knowing.
    pub(super) fn note(&self, what: &str) {
        self.say("note", "1;36", what);
    }

    fn say(&self, level: &str, code: &str, what: &str) {
        let end = if what.ends_with(['?', '.']) { "" } else { "." };
        let level = if self.error_color {
            format!("\x1b[{code}m{level}\x1b[0m")
        } else {
            level.to_owned()
        };
        // Where even this cannot be said there is nobody to say it to.
        let _ = writeln!(io::stderr(), "{level}: {what}{end}");
    }
}
