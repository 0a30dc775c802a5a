use std::io::Write;

use super::args::InitArgs;
use super::replace::new_in;
use super::{Failure, Output, Status};
use crate::catalog::simple_name;

pub(super) fn run(args: &InitArgs, output: &Output) -> Result<Status, Failure> {
    let failed = |why: std::io::Error| {
        Failure::new(format!("cannot write to {}: {why}", args.folder.display()))
    };
    let folder = args.folder.canonicalize().map_err(failed)?;
    let name = folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let id = Some(simple_name(&name.unwrap_or_default()))
        .filter(|id| !id.is_empty())
        .unwrap_or_else(|| "our-team".to_owned());
    let file = format!("{id}.roles.yaml");
    let path = folder.join(&file);
    let shown = args.folder.join(&file);
    let shown = shown.strip_prefix(".").unwrap_or(&shown).display();
    // Written beside and moved there whole, and only if nothing is there yet.
    let mut new = new_in(&folder).map_err(failed)?;
    new.write_all(first_file(&id).as_bytes()).map_err(failed)?;
    new.as_file().sync_all().map_err(failed)?;
    if let Err(error) = new.persist_noclobber(&path) {
        return Err(match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                Failure::new(format!("{shown} is there already, and it is left as it is"))
            }
            _ => failed(error.error),
        });
    }
    output.line(&format!(
        "Wrote {shown}. Put your own names in it, then run `rolelint check`."
    ))?;
    Ok(Status::Clean)
}

/// A role file for people who have never seen one. It passes as it is.
fn first_file(id: &str) -> String {
    format!(
        "\
# Who answers for what in this team. `rolelint check` reads this file.
team: {id}
purpose: Say in one line what this team is there for
roles:
  # Decides what is built next and why: customers, market, vision, roadmap.
  product-manager:
    filled: true # somebody holds it; write `holder:` and a name if names may be in this file
    works_with: [product-owner]

  # Makes the most of the team's work: backlog, feedback, iterations.
  product-owner:
    filled: true
    works_with: [product-manager]

  # A role without `duties:` is taken to hold those of the catalog (`rolelint catalog` lists them).
  # To say them in your own words:
  #   duties:
  #     - roadmap: Keep the next four quarters in order
  #     - Interview five customers a month
  #
  # An empty seat is written like this:
  #   product-owner:
  #     vacant: {{since: 2026-05-01, cover: a name}}
"
    )
}
