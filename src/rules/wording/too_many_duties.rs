use crate::catalog::Model;
use crate::rules::{Check, FileContext, Finding, Group, Rule, RuleOption};
use crate::spec::{Role, Unit};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "too-many-duties",
    group: Group::Wording,
    severity: None,
    summary: "more duties in a role than anybody keeps in mind, or a duty of too many words",
    why: "Nobody answers for what they cannot remember. A list of thirty duties is a job advertisement: everything is in it, and \
          nothing stands out. A duty that runs over four lines holds several, or an essay about one.",
    remedy: "Keep the duties that would be missed if nobody did them, and leave out tasks that follow from others. Say each in \
             one plain sentence; what needs explaining goes into `notes:`.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  scrum-master:\n    holder: carla\n    duties:\n      - Look after the meetings of the team, so that the daily one is short, the review shows what is done, the retrospective ends with one change that everybody wants, and the planning starts on time and ends on time\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  scrum-master:\n    holder: carla\n    duties:\n      - Keep the meetings of the team short and useful\n",
    misses: "A short list of very large duties.",
    options: &[
        RuleOption {
            name: "max_duties",
            default: Some(12),
            meaning: "how many duties a role may list; a seat that carries two roles may list twice as many",
        },
        RuleOption {
            name: "max_words",
            default: Some(25),
            meaning: "how many words a duty may have",
        },
    ],
    check: Check::Unit(check),
    fix: None,
};

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    let option = |name| context.settings.option(&RULE, name).unwrap_or(u32::MAX) as usize;
    let (max_duties, max_words) = (option("max_duties"), option("max_words"));
    for role in &unit.roles {
        let Some(duties) = &role.duties else {
            continue;
        };
        let title = context.role_title(role);
        let key = &role.key.name.text;
        let count = duties.real().count();
        let allowed = max_duties.saturating_mul(roles_in_one(context, unit, role));
        if count > allowed {
            findings.push(
                RULE.finding(
                    context.file,
                    duties.key.span,
                    format!("the {title} has {count} duties, more than {allowed}"),
                )
                .label(format!("{count} duties"))
                .why("Nobody answers for what they cannot remember.")
                .help("Keep the duties that would be missed if nobody did them, and leave out tasks that follow from others.")
                .about(unit.label(), key.clone()),
            );
        }
        for duty in duties.real() {
            let Some(text) = &duty.text else {
                continue;
            };
            let words = text.text.split_whitespace().count();
            if words > max_words {
                findings.push(
                    RULE.finding(
                        context.file,
                        text.span,
                        format!("a duty of the {title} has {words} words, more than {max_words}"),
                    )
                    .label(format!("{words} words"))
                    .why("A duty that long holds several duties, or explains one; neither is remembered.")
                    .help("Say it in one plain sentence, and move the explanation to `notes:`.")
                    .about(unit.label(), format!("{key} {}", text.text)),
                );
            }
        }
    }
}

/// Of how many roles a seat carries the duties: a combined one of all its sides, and one without its
/// counterpart under the model of the counterpart's too.
fn roles_in_one(context: &FileContext<'_>, unit: &Unit, role: &Role) -> usize {
    let catalog = context.catalog();
    let sides = match role.combines.len() {
        0 => role
            .key
            .role
            .map_or(0, |role| catalog.role(role).combines.len()),
        sides => sides,
    };
    let alone = match context.model_of(unit) {
        Model::PmLed => catalog.product_manager(),
        Model::PoLed | Model::Scrum | Model::Less => catalog.product_owner(),
        _ => None,
    };
    let takes_over = alone.is_some() && role.key.role == alone;
    sides.max(if takes_over { 2 } else { 1 })
}
