//! Why a file is checked, or not.

use crate::workspace::Reason;

/// Why a file is checked, or not, in a whole sentence.
pub fn reason_sentence(reason: &Reason) -> String {
    let verdict = match reason.is_checked() {
        true => "is checked",
        false => "is not checked",
    };
    let remedy = match reason {
        Reason::NotARoleFile => {
            " Rename it, or name it under `include:` in `.rolelint.yaml`, if it holds roles."
        }
        _ => "",
    };
    format!("This file {verdict}: {}.{remedy}", reason_words(reason))
}

/// Why a file is checked, or not, in words that follow a colon.
pub fn reason_words(reason: &Reason) -> String {
    match reason {
        Reason::Included(pattern) => format!("`include` has the pattern `{pattern}`"),
        Reason::Excluded(pattern) => format!("`exclude` has the pattern `{pattern}`"),
        other => reason_kind(other).to_owned(),
    }
}

/// The same without anybody's names in it.
pub fn reason_kind(reason: &Reason) -> &'static str {
    match reason {
        Reason::RoleFile => "its name ends like that of a role file",
        Reason::Included(_) => "a pattern of `include` takes it in",
        Reason::Named => "it was named",
        Reason::Excluded(_) => "a pattern of `exclude` leaves it out",
        Reason::NotARoleFile => {
            "its name does not end in `.roles.yaml` or `.roles.yml`, and no `include` takes it in"
        }
        Reason::Ignored => "a `.gitignore` or `.ignore` leaves it out",
        Reason::Hidden => "it, or a folder above it, starts with a dot",
        Reason::Elsewhere => "it lies outside of the folders that are searched",
        Reason::Missing => "there is no such file",
    }
}
