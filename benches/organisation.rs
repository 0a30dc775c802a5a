//! Makes organisations of any size: role files as teams write them, with a slip here and there.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How many teams share a product.
const TEAMS_PER_PRODUCT: usize = 4;
/// How many teams lie in one folder.
const TEAMS_PER_FOLDER: usize = 100;
/// One team in so many has a slip.
const SLIP_EVERY: usize = 20;

const OWNER_DUTIES: &[&str] = &[
    "value-maximization: Keep the squad on the work that pays",
    "backlog-refinement",
    "feedback-analysis: Turn support tickets into numbers that order the backlog",
    "delivery-process",
    "pm-collaboration",
    "team-liaison: Carry news between the squad and the heads of department",
];

const MASTER_LINES: &[&str] = &[
    "Keep the stand-up short and useful",
    "Prepare and lead the retrospective",
    "Get impediments out of the way within two days",
    "Coach the squad in estimating without fear",
    "Look after new members in their first month",
];

/// Writes `files` role files below `folder`, with as many products as they need, and returns their paths.
pub fn write(folder: &Path, files: usize) -> std::io::Result<Vec<PathBuf>> {
    let products = files / (TEAMS_PER_PRODUCT + 1);
    let teams = files - products;
    let mut paths = Vec::with_capacity(files);
    for number in 0..products {
        let area = folder
            .join("products")
            .join(format!("area-{}", number / TEAMS_PER_FOLDER));
        std::fs::create_dir_all(&area)?;
        let path = area.join(format!("product-{number}.roles.yaml"));
        std::fs::write(&path, product(number))?;
        paths.push(path);
    }
    for number in 0..teams {
        let area = folder
            .join("teams")
            .join(format!("area-{}", number / TEAMS_PER_FOLDER));
        std::fs::create_dir_all(&area)?;
        let path = area.join(format!("team-{number}.roles.yaml"));
        std::fs::write(&path, team(number, products.max(1)))?;
        paths.push(path);
    }
    Ok(paths)
}

/// Writes one file of about `lines` lines below `folder`, with the products and teams of as many files.
pub fn write_long(folder: &Path, lines: usize) -> std::io::Result<PathBuf> {
    let files = lines / 60;
    let products = files / (TEAMS_PER_PRODUCT + 1);
    let units = (0..products).map(product);
    let units = units.chain((0..files - products).map(|number| team(number, products.max(1))));
    let units: Vec<String> = units.collect();
    std::fs::create_dir_all(folder)?;
    let path = folder.join("all.roles.yaml");
    std::fs::write(&path, units.join("---\n"))?;
    Ok(path)
}

/// One file with a people document of so many lines, and a team in another.
///
/// # Errors
/// When a file cannot be written.
pub fn write_people(folder: &Path, lines: usize) -> std::io::Result<PathBuf> {
    let person = |number: usize| {
        format!(
            "  person-{number}:\n    name: Person Number {number}\n    email: person.{number}@example.com\n    \
             # {number}: joined through the spring intake\n"
        )
    };
    let people: String = (0..lines / 4).map(person).collect();
    std::fs::create_dir_all(folder)?;
    let path = folder.join("people.roles.yaml");
    std::fs::write(&path, format!("people:\n{people}"))?;
    let team =
        "team: checkout\nroles:\n  product-manager: person-1\n  product-owner: Person Number 2\n";
    std::fs::write(folder.join("checkout.roles.yaml"), team)?;
    Ok(path)
}

fn product(number: usize) -> String {
    let mut text = format!(
        "# Product {number}: what it is for stands in the annual plan.\nproduct: product-{number}\nname: Product {number}\n\
         purpose: Let every customer of area {number} get what they came for\nroles:\n  product-manager:\n    \
         holder: {{person: pm-{number}, since: 2025-03-01}}\n    works_with: [product-owner]\n    duties:\n"
    );
    for duty in [
        "customer-research: Interview five customers a month and publish what we learn",
        "vision-and-strategy",
        "roadmap: Keep the next four quarters in order",
        "feature-prioritization",
        "customer-focus",
        "stakeholder-alignment: Align finance, legal and sales on the plan",
    ] {
        let _ = writeln!(text, "      - {duty}");
    }
    pad(text)
}

fn team(number: usize, products: usize) -> String {
    let owner = match number % SLIP_EVERY {
        7 => "TBD".to_owned(),
        13 => format!("Owner {number} (Acting)"),
        _ => format!("po-{number}"),
    };
    let mut text = format!(
        "# Team {number}\nteam: team-{number}\nname: Team {number}\npurpose: Let every customer of area {number} pay in under a minute\n\
         product: product-{}\nmembers: [{owner}, sm-{number}, dev-{number}-a, dev-{number}-b, dev-{number}-c]\nroles:\n  product-owner:\n    \
         holder: {owner}\n    works_with: [product-manager]\n    duties:\n",
        (number / TEAMS_PER_PRODUCT).min(products - 1)
    );
    for duty in OWNER_DUTIES {
        let _ = writeln!(text, "      - {duty}");
    }
    let _ = write!(
        text,
        "  scrum-master:\n    holder: sm-{number}\n    duties:\n"
    );
    for line in MASTER_LINES {
        let _ = writeln!(
            text,
            "      - {line} # agreed in the team's working agreement"
        );
    }
    text.push_str("  developers:\n    holders:\n");
    for letter in ['a', 'b', 'c'] {
        let _ = writeln!(
            text,
            "      - {{person: dev-{number}-{letter}, since: 2024-11-04}}"
        );
    }
    text.push_str(
        "shared:\n  - duty: release-decision\n    accountable: product-owner\n    responsible: [developers]\n    \
         consulted: [scrum-master]\n    informed: [support, sales]\n",
    );
    pad(text)
}

/// Fills a file up to sixty lines with what real files have too: comments.
fn pad(mut text: String) -> String {
    let mut lines = text.lines().count();
    while lines < 60 {
        let _ = writeln!(
            text,
            "# {lines}: a remark that somebody left here in a review and nobody took out again"
        );
        lines += 1;
    }
    text
}
