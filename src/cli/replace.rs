//! Files are replaced whole or not at all: whoever looks, and whenever the machine stops, sees the old text or the new one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::{NamedTempFile, TempPath};

use super::Failure;
use crate::rules::MendedFile;

/// A new text beside the file whose place it is to take.
struct Ready<'a> {
    file: &'a MendedFile,
    /// Where a link leads to.
    target: PathBuf,
    new: TempPath,
}

/// Replaces files by their mended texts. Nothing is written unless each of them can be, and still holds what it held when
/// it was read. `show` gives a path as people see it.
pub(super) fn replace_all<'s>(
    files: &'s [MendedFile],
    show: impl Fn(&'s Path) -> String + Sync,
) -> Result<(), Failure> {
    let failed = |file: &'s MendedFile, why: &str| {
        let shown = show(&file.path);
        Failure::new(format!("cannot write {shown}: {why}; nothing was written"))
    };
    let prepared: Vec<Ready<'_>> = files
        .par_iter()
        .map(|file| prepare(file).map_err(|why| failed(file, &why)))
        .collect::<Result<_, _>>()?;
    let mut targets: Vec<&Path> = prepared.iter().map(|ready| &*ready.target).collect();
    targets.sort();
    if let Some([twice, _]) = targets.array_windows().find(|[one, other]| one == other) {
        let shown = twice.display();
        return Err(Failure::new(format!(
            "{shown} was asked for under two names; nothing was written"
        )));
    }
    // Once more, right before: preparing takes a moment.
    for ready in &prepared {
        unchanged(ready.file, &ready.target).map_err(|why| failed(ready.file, &why))?;
    }
    for (written, ready) in prepared.into_iter().enumerate() {
        let done = match ready.file.old {
            Some(_) => ready.new.persist(&ready.target),
            None => ready.new.persist_noclobber(&ready.target),
        };
        done.map_err(|error| {
            Failure::new(format!(
                "cannot write {}: {}; {written} of {} files were written before",
                show(&ready.file.path),
                error.error,
                files.len()
            ))
        })?;
    }
    Ok(())
}

/// Writes the new text beside the file.
fn prepare(file: &MendedFile) -> Result<Ready<'_>, String> {
    let plain = |error: io::Error| error.to_string();
    let (target, new) = match file.old {
        Some(_) => {
            let target = file.path.canonicalize().map_err(plain)?;
            unchanged(file, &target)?;
            let new = beside(&target, &file.new).map_err(plain)?;
            (target, new)
        }
        None => {
            let folder = file.path.parent().unwrap_or(Path::new(""));
            fs::create_dir_all(folder).map_err(plain)?;
            let mut new = new_in(folder).map_err(plain)?;
            let written = new
                .write_all(&file.new)
                .and_then(|()| new.as_file().sync_all());
            written.map_err(plain)?;
            (file.path.clone(), new.into_temp_path())
        }
    };
    Ok(Ready { file, target, new })
}

/// Whether a file still holds what it held, in words if not.
fn unchanged(file: &MendedFile, target: &Path) -> Result<(), String> {
    let Some(old) = &file.old else {
        return match target.symlink_metadata() {
            Ok(_) => Err("it is there by now".to_owned()),
            Err(_) => Ok(()),
        };
    };
    match fs::read(target) {
        Ok(bytes) if bytes == **old => Ok(()),
        Ok(_) => Err("it was changed meanwhile".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// A temporary file with the permissions, and as far as possible the owner, of the one that it is to replace.
fn beside(target: &Path, text: &[u8]) -> io::Result<TempPath> {
    let like = fs::metadata(target)?;
    if like.permissions().readonly() {
        return Err(io::Error::other("it is write-protected"));
    }
    let folder = target.parent().unwrap_or(Path::new(""));
    let mut new = builder().tempfile_in(folder)?;
    new.write_all(text)?;
    keep_owner(new.as_file(), &like);
    new.as_file().set_permissions(like.permissions())?;
    new.as_file().sync_all()?;
    Ok(new.into_temp_path())
}

fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    // Hidden, and nothing that a check would take for a role file.
    builder.prefix(".rolelint-").suffix(".tmp");
    builder
}

/// A temporary file that becomes a new file of everybody's: with the permissions that new files usually get.
pub(super) fn new_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = builder();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Best effort: whoever may not give files away still may change them.
#[cfg(unix)]
fn keep_owner(file: &File, like: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};

    let Ok(own) = file.metadata() else { return };
    if own.gid() != like.gid() {
        let _ = fchown(file, None, Some(like.gid()));
    }
    if own.uid() != like.uid() {
        let _ = fchown(file, Some(like.uid()), None);
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: PathBuf, old: Option<&str>, new: &str) -> MendedFile {
        MendedFile {
            path,
            old: old.map(|old| old.as_bytes().into()),
            new: new.as_bytes().into(),
        }
    }

    fn replace(files: &[MendedFile]) -> Result<(), String> {
        let show = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        replace_all(files, show).map_err(|Failure(why)| why)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn nothing_is_written_when_one_file_was_changed_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
        fs::write(&a, "old").unwrap();
        fs::write(&b, "changed").unwrap();
        let files = [
            file(a.clone(), Some("old"), "new"),
            file(b.clone(), Some("old"), "new"),
        ];
        assert_eq!(
            replace(&files).unwrap_err(),
            "cannot write b: it was changed meanwhile; nothing was written"
        );
        assert_eq!(fs::read_to_string(&a).unwrap(), "old");
        assert_eq!(names(folder.path()), ["a", "b"]);
        fs::write(&b, "old").unwrap();
        replace(&files).unwrap();
        assert_eq!(fs::read_to_string(&a).unwrap(), "new");
        assert_eq!(names(folder.path()), ["a", "b"]);
    }

    #[test]
    fn a_new_file_never_takes_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("in/here");
        let files = [file(path.clone(), None, "new")];
        replace(&files).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(
            replace(&files).unwrap_err(),
            "cannot write here: it is there by now; nothing was written"
        );
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_links_lead_where_they_led() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let folder = tempfile::tempdir().unwrap();
        let [real, link] = ["real", "link"].map(|name| folder.path().join(name));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, PermissionsExt::from_mode(0o754)).unwrap();
        symlink("real", &link).unwrap();
        replace(&[file(link.clone(), Some("old"), "new")]).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        let mode = || fs::metadata(&real).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(), 0o754);
        // Under both names at once it would be written twice.
        let twice = [
            file(link, Some("new"), "newer"),
            file(real.clone(), Some("new"), "newest"),
        ];
        assert!(replace(&twice).unwrap_err().contains("under two names"));
        fs::set_permissions(&real, PermissionsExt::from_mode(0o444)).unwrap();
        assert_eq!(
            replace(&[file(real.clone(), Some("new"), "newer")]).unwrap_err(),
            "cannot write real: it is write-protected; nothing was written"
        );
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
    }
}
