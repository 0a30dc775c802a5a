//! Pages that every editor can open: the rules and the built-in catalogs as read-only files in the user's cache.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use parking_lot::Mutex;
use tower_lsp::ls_types::Uri;

use super::uris::uri_of;
use crate::rules::Rule;

static WRITTEN: LazyLock<Mutex<HashMap<String, Option<Uri>>>> = LazyLock::new(Mutex::default);

/// The page of a rule; `None` where none can be written.
pub fn rule(rule: &Rule) -> Option<Uri> {
    page(&format!("rules/{}.md", rule.id), || {
        crate::report::rule_markdown(rule, 1)
    })
}

/// A built-in catalog as a file.
pub fn catalog(name: &str) -> Option<Uri> {
    page(&format!("catalogs/{name}.roles.yaml"), || {
        crate::catalog::builtin_text(name)
            .unwrap_or_default()
            .to_owned()
    })
}

/// The page about who answers for what in a product or team. It is written anew each time.
pub fn coverage(kind: &str, id: &str, text: &str) -> Option<Uri> {
    let id: String = id
        .chars()
        .map(|one| match one.is_alphanumeric() || one == '-' {
            true => one,
            false => '_',
        })
        .collect();
    let folder = folder().join("coverage");
    let path = folder.join(format!("{kind}-{id}.md"));
    std::fs::create_dir_all(&folder).ok()?;
    let mut file = tempfile::NamedTempFile::new_in(&folder).ok()?;
    std::io::Write::write_all(&mut file, text.as_bytes()).ok()?;
    file.persist(&path).ok()?;
    uri_of(&path)
}

/// The folder of the pages of this version.
pub fn folder() -> PathBuf {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    let cache = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home.map(|home| home.join("Library/Caches"))
    } else {
        variable("XDG_CACHE_HOME")
            .filter(|folder| folder.is_absolute())
            .or_else(|| home.map(|home| home.join(".cache")))
    };
    cache
        .unwrap_or_else(std::env::temp_dir)
        .join("rolelint")
        .join(env!("CARGO_PKG_VERSION"))
}

fn page(name: &str, text: impl FnOnce() -> String) -> Option<Uri> {
    let mut written = WRITTEN.lock();
    if let Some(known) = written.get(name) {
        return known.clone();
    }
    let path = folder().join(name);
    let uri = write(&path, &text()).ok().and_then(|()| uri_of(&path));
    written.insert(name.to_owned(), uri.clone());
    uri
}

/// Writes a page that is not there as it should be, so that nobody ever sees half of it.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    let mut permissions = file.as_file().metadata()?.permissions();
    permissions.set_readonly(true);
    file.as_file().set_permissions(permissions)?;
    file.persist(path)?;
    Ok(())
}
