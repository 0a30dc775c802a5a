//! A matrix for a terminal.

mod glance;
mod product;

use std::io::{self, Write};

use super::symbols::{HAS, NOBODY, SPARE, TWICE, WRONG};
use super::{Agreed, Matrix};
use crate::report::fit::{cut, one_line};
use crate::report::{Paint, wrap};

impl Matrix {
    /// Each product's duties by its seats, and what the organisation comes to at the end, where a terminal shows it.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn text(&self, paint: Paint, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let mut sheet = Sheet { paint, width, out };
        for product in &self.products {
            sheet.product(product)?;
            writeln!(sheet.out)?;
        }
        sheet.legend()?;
        if self.products.len() > 1 {
            sheet.overview(self)?;
        }
        sheet.terms(self)?;
        sheet.people(self)?;
        sheet.rest(self)
    }
}

/// Where the lines go.
struct Sheet<'a> {
    paint: Paint,
    width: usize,
    out: &'a mut dyn Write,
}

impl Sheet<'_> {
    /// Text over as many lines as it takes, all but the first moved in.
    fn wrapped(&mut self, text: &str, indent: usize) -> io::Result<()> {
        let room = self.width.saturating_sub(indent).max(1);
        // A word that fits on no line.
        let text = one_line(text);
        let words: Vec<String> = text.split(' ').map(|word| cut(word, room)).collect();
        let wrapped = wrap(&words.join(" "), room);
        let blanks = " ".repeat(indent);
        for (number, line) in wrapped.lines().enumerate() {
            let blanks = if number == 0 { "" } else { &blanks };
            writeln!(self.out, "{blanks}{line}")?;
        }
        Ok(())
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "\n{}", self.paint.bold(text))
    }

    fn agreed(&mut self, head: &str, agreed: &Agreed) -> io::Result<()> {
        let reason = agreed.reason.as_ref();
        let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
        let ended = if agreed.ended { " (ended)" } else { "" };
        let words = agreed.words(|code| format!("`{code}`"));
        self.wrapped(&format!("{head}{words}{ended}{reason}"), 2)
    }

    fn legend(&mut self) -> io::Result<()> {
        let mut parts: Vec<String> = HAS
            .iter()
            .map(|(_, symbol, words)| format!("{symbol} {words}"))
            .collect();
        parts.extend([
            format!("{SPARE} nobody has to"),
            format!("{NOBODY} nobody has it"),
            format!("{TWICE} held twice"),
            format!("{WRONG} on the wrong seat"),
        ]);
        // A symbol stays with its words.
        let parts: Vec<String> = parts
            .iter()
            .map(|part| part.replace(' ', "\u{a0}"))
            .collect();
        for line in wrap(&parts.join(" · "), self.width).lines() {
            writeln!(self.out, "{}", self.paint.dim(&line.replace('\u{a0}', " ")))?;
        }
        Ok(())
    }
}
