//! A matrix as JSON.

use std::io::{self, Write};

use super::Matrix;

impl Matrix {
    /// One JSON object with everything.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        writeln!(out)
    }
}
