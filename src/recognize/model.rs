//! The trained file: the lexicon, and the weights of each built-in catalog.

use std::sync::LazyLock;

use super::head::Head;
use super::lexicon::Lexicon;
use super::store::Bytes;

/// The trained file.
#[derive(Debug)]
pub struct Model {
    /// Known words.
    pub lexicon: Lexicon,
    /// The weights of each built-in catalog that has duties.
    pub heads: Vec<Head>,
}

static BUILT_IN: LazyLock<Option<Model>> =
    LazyLock::new(|| Model::read(include_bytes!("model.bin")));

impl Model {
    /// What a trained file begins with.
    pub const MAGIC: u32 = 0x314d_4c52;

    /// Reads a trained file; `None` when it is damaged.
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let mut bytes = Bytes::new(bytes);
        if bytes.u32()? != Self::MAGIC {
            return None;
        }
        let lexicon = Lexicon::read(&mut bytes)?;
        let count = bytes.u8()?;
        let heads = (0..count)
            .map(|_| Head::read(&mut bytes))
            .collect::<Option<Vec<_>>>()?;
        Some(Self { lexicon, heads })
    }

    /// The one that rolelint carries.
    pub fn built_in() -> Option<&'static Self> {
        BUILT_IN.as_ref()
    }

    /// The weights for a built-in catalog.
    pub fn head(&self, catalog: &str) -> Option<&Head> {
        self.heads.iter().find(|head| head.name == catalog)
    }
}
