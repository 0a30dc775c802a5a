use crate::catalog::{Catalog, RoleIx};
use crate::recognize::{OtherWork, Stance};
use crate::rules::horizon::one_off_duty;
use crate::rules::mend::Mend;
use crate::rules::moving::{Moving, move_to};
use crate::rules::phrases::Phrases;
use crate::rules::{
    Check, Evidence, FileContext, Finding, Fix, FixContext, Group, Line, Rule, lines,
};
use crate::spec::{Role, Unit};
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "foreign-duty",
    group: Group::Ownership,
    severity: Some(Severity::Hint),
    summary: "Scrum Master, people-manager, architect or project-manager work on a Product Manager or Product Owner",
    why: "Product seats collect what nobody else picks up: the stand-up, the vacancy, the project plan. Each is honest work and a \
          small favour, and together they are the reason why there was no time for customers or for the backlog. It is \
          easier to say no, or to say yes on purpose, when it is written down whose work it usually is.",
    remedy: "Move the line to the role whose work it usually is. It is fine where the seat is meant to do it, as in a small \
             company; then say so: with a comment (`# rolelint: ignore foreign-duty -- agreed in May`), or with a duty of \
             your own catalog that belongs to the seat, and its id before the words.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    works_with: [product-manager]\n    \
          duties:\n      - value-maximization\n      - backlog-refinement\n      - feedback-analysis\n      - delivery-process\n      \
          - team-liaison\n      - Facilitate the daily stand-up\n  scrum-master: carla\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    works_with: [product-manager]\n    \
           duties:\n      - value-maximization\n      - backlog-refinement\n      - feedback-analysis\n      - delivery-process\n      \
           - team-liaison\n  scrum-master:\n    holder: carla\n    duties:\n      - Facilitate the daily stand-up\n",
    misses: "Work of other trades, such as marketing, sales and support: too many product people do it on purpose. Lines that \
             say that somebody else leads (\"attend\", \"support\", \"with the Scrum Master\"), lines with `until:`, and seats of \
             somebody who sits on the other seat as well. Where the catalog itself gives such work to a role, as `scrum` and \
             `safe` do, `wrong-role` speaks. A project with a date at its end is left to `one-off-duty`.",
    options: &[],
    check: Check::Unit(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    move_there(context).unwrap_or_default()
}

/// Moves the line to the seat of the trade, where the team has one.
fn move_there(context: &FixContext<'_>) -> Option<Vec<Fix>> {
    let here = Mend::own(context)?;
    let (_, role, line) = here.duty(context.finding.span)?;
    let (_, trade) = here.seat(context.finding.related.first()?.span)?;
    let moving = Moving {
        line,
        duty: None,
        pin: None,
    };
    Some(move_to(context, &here, role, &[moving], trade.key.role?))
}

/// A trade whose work ends up on product seats.
struct Trade {
    work: OtherWork,
    /// "a Scrum Master's".
    whose: &'static str,
    /// The roles that do it, the usual one first.
    roles: &'static [&'static str],
    /// What else the one who does it is called.
    names: &'static [&'static str],
    why: &'static str,
}

static TRADES: &[Trade] = &[
    Trade {
        work: OtherWork::ScrumMaster,
        whose: "a Scrum Master's",
        roles: &["scrum-master", "agile-coach", "delivery-manager"],
        names: &["scrum master", "agile coach", "team coach", "facilitator"],
        why: "Looking after how the team works takes somebody with no stake in what it makes; who wants the work done is the wrong person to ask how it went.",
    },
    Trade {
        work: OtherWork::PeopleManager,
        whose: "a people manager's",
        roles: &["engineering-manager"],
        names: &[
            "engineering manager",
            "line manager",
            "team lead",
            "hr",
            "human resources",
            "recruiter",
        ],
        why: "People speak less openly about the work to the one who decides about their pay, and hiring alone fills a week.",
    },
    Trade {
        work: OtherWork::Architect,
        whose: "an architect's",
        roles: &["architect", "system-architect", "tech-lead"],
        names: &[
            "architect",
            "architects",
            "tech lead",
            "technical lead",
            "engineers",
            "developers",
        ],
        why: "Product seats say what is needed and why. How it is built is decided best by those who build it and live with it.",
    },
    Trade {
        work: OtherWork::ProjectManager,
        whose: "a project manager's",
        roles: &["project-manager", "program-manager", "delivery-manager"],
        names: &[
            "project manager",
            "program manager",
            "programme manager",
            "delivery manager",
            "pmo",
        ],
        why: "Plans, risks and reports are about bringing one thing in on time. They have a way of crowding out the question whether it is the right thing.",
    },
];

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    for line in lines(unit) {
        findings.extend(of_line(context, line));
    }
}

fn of_line(context: &FileContext<'_>, line: Line<'_>) -> Option<Finding> {
    let work = line.duty.other?;
    let trade = TRADES.iter().find(|trade| trade.work == work)?;
    if line.duty.until.is_some() || !context.is_product_seat(line.role) {
        return None;
    }
    let catalog = context.catalog();
    let roles: Vec<RoleIx> = trade
        .roles
        .iter()
        .filter_map(|id| catalog.find_role(id))
        .collect();
    let has_duties = |role: &RoleIx| catalog.duties_of(*role).next().is_some();
    if roles.iter().any(has_duties) || sits_there(context, line, &roles) {
        return None;
    }
    if names_the_trade(&line.text.text, trade, catalog)
        || (work == OtherWork::ProjectManager && one_off_duty::speaks(context, line))
        || context.knowledge.recognizer.explain(&line.text.text).stance != Stance::Owns
    {
        return None;
    }
    Some(finding(context, line, trade, &roles))
}

/// Whether the seat is that of the trade as well, or its holder sits on one that is.
fn sits_there(context: &FileContext<'_>, line: Line<'_>, roles: &[RoleIx]) -> bool {
    let is_trade = |role: &Role| {
        let own = context.roles_of(role);
        own.iter().any(|own| roles.contains(own))
    };
    let holds = |role: &Role| {
        let mut people = role.people();
        people.any(|holder| {
            let name = holder.person.text.to_lowercase();
            let mut here = line.role.people();
            here.any(|other| other.person.text.to_lowercase() == name)
        })
    };
    is_trade(line.role)
        || line
            .unit
            .roles
            .iter()
            .any(|role| is_trade(role) && holds(role))
}

/// "with the Scrum Master": then the line knows whose work it is.
fn names_the_trade(text: &str, trade: &Trade, catalog: &Catalog) -> bool {
    let words = Phrases::of(text);
    let titles = trade
        .roles
        .iter()
        .filter_map(|id| Some(catalog.role(catalog.find_role(id)?).title.as_str()));
    let names: Vec<&str> = trade.names.iter().copied().chain(titles).collect();
    words.find(&names).is_some()
}

fn finding(context: &FileContext<'_>, line: Line<'_>, trade: &Trade, roles: &[RoleIx]) -> Finding {
    let catalog = context.catalog();
    let seat = context.called(line.role);
    let there = roles.iter().find_map(|wanted| {
        let mut seats = line.unit.roles.iter();
        seats.find(|role| role.key.role == Some(*wanted))
    });
    let to = match there {
        Some(role) => format!("Move it to `{}`.", role.key.name.text),
        None => match roles.first() {
            Some(role) => format!(
                "If there is somebody for it, move it to a seat such as `{}`.",
                catalog.role(*role).id
            ),
            None => "If there is somebody for it, move it there.".to_owned(),
        },
    };
    let whose = trade.whose;
    let mut finding = RULE
        .finding(
            context.file,
            line.text.span,
            format!("{seat} has a duty that is usually {whose}"),
        )
        .label(format!("reads as {whose} work"))
        .why(trade.why)
        .help(format!(
"{to} If this seat is meant to do it, say so after the line: `# rolelint: ignore foreign-duty -- why`. If the words mean something else, put the id that they mean before them, of this catalog or of one of your own: `- id: your words`."
        ))
        .about(line.unit.label(), line.subject());
    finding.show(&Evidence::of_work(
        line.text,
        context.source,
        &context.knowledge.recognizer,
    ));
    match there {
        Some(role) => finding.related(
            context.file,
            role.key.name.span,
            format!("{} is here", context.called(role)),
        ),
        None => finding,
    }
}
