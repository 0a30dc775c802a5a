//! Addresses of documents, as clients write them and as they should be.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use parking_lot::Mutex;
use serde_json::Value;
use tower_lsp::ls_types::Uri;

/// Addresses that are not well-formed (a raw blank, an é) and their well-formed spellings.
#[derive(Debug, Default)]
pub struct Uris {
    raw: Mutex<HashMap<String, String>>,
}

/// The keys under which messages have addresses.
const KEYS: [&str; 7] = [
    "uri",
    "rootUri",
    "scopeUri",
    "targetUri",
    "oldUri",
    "newUri",
    "baseUri",
];

impl Uris {
    /// The message with well-formed addresses; `None` where all are.
    pub fn tidy(&self, mut message: Value) -> Option<Value> {
        let mut tidied = false;
        walk(&mut message, &mut |uri| {
            if let Some(encoded) = encoded(uri) {
                self.raw.lock().insert(encoded.clone(), uri.clone());
                *uri = encoded;
                tidied = true;
            }
        });
        tidied.then_some(message)
    }

    /// The message with the addresses as the client writes them; `None` where nothing is to be changed.
    pub fn as_client_writes(&self, body: &[u8]) -> Option<Value> {
        let raw = self.raw.lock();
        if raw.is_empty() {
            return None;
        }
        let mut message: Value = serde_json::from_slice(body).ok()?;
        walk(&mut message, &mut |uri| {
            if let Some(known) = raw.get(uri) {
                uri.clone_from(known);
            }
        });
        Some(message)
    }
}

fn walk(value: &mut Value, change: &mut impl FnMut(&mut String)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, change)),
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(text) if KEYS.contains(&key.as_str()) => change(text),
                    value => walk(value, change),
                }
            }
        }
        _ => {}
    }
}

/// An address with what may not stand in one written as `%20`; `None` where it is well-formed.
fn encoded(uri: &str) -> Option<String> {
    if uri.parse::<Uri>().is_ok() {
        return None;
    }
    let mut encoded = String::with_capacity(uri.len() + 8);
    for byte in uri.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
        if plain {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded.parse::<Uri>().is_ok().then_some(encoded)
}

/// The path of a document on disk; `None` for one that is nowhere (`untitled:`).
pub fn path_of(uri: &Uri) -> Option<PathBuf> {
    if !uri.as_str().starts_with("file:") {
        return None;
    }
    let path = uri.to_file_path()?.into_owned();
    path.is_absolute()
        .then(|| crate::workspace::absolute(Path::new("/"), &path))
}

/// The address of a file.
pub fn uri_of(path: &Path) -> Option<Uri> {
    Uri::from_file_path(path)
}
