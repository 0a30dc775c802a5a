use super::{at, ferryline};
use crate::ide::fixture::Fixture;
use crate::ide::hover;

/// What the hover is about, and what it says.
fn shown(fixture: &Fixture) -> String {
    let view = fixture.view();
    match hover(&view, fixture.offset) {
        Some(hover) => {
            let about = hover.span.slice(view.text());
            format!("[{about}]\n{}", without_learnt(&hover.text))
        }
        None => "nothing".to_owned(),
    }
}

/// Without what changes a little whenever the recogniser learns: how sure it is, and which words decided.
fn without_learnt(text: &str) -> String {
    let line = |line: &str| {
        if let Some(before) = line.strip_suffix(" % sure") {
            let before = before.trim_end_matches(|digit: char| digit.is_ascii_digit());
            format!("{before}N % sure")
        } else if line.starts_with("The words that decided: *") {
            "The words that decided: *…*".to_owned()
        } else {
            line.to_owned()
        }
    };
    let lines: Vec<String> = text.lines().map(line).collect();
    lines.join("\n")
}

#[test]
fn the_words_that_decided_are_named() {
    let fixture = at("teams/checkout.roles.yaml", "Own the check‸out");
    let text = hover(&fixture.view(), fixture.offset).unwrap().text;
    let mut lines = text.lines();
    let decided = lines.find(|line| line.starts_with("The words that decided: "));
    assert!(decided.unwrap().contains("*roadmap*"), "{text}");
}

#[test]
fn a_pinned_duty_says_what_it_is_and_who_else_has_a_part_in_it() {
    assert_eq!(
        shown(&at("products/booking.roles.yaml", "- ‸roadmap: Keep")),
        "[roadmap]
**Roadmap** · `roadmap` · Product Manager · long-term

One picture of what comes now, next and later, for everybody who has to plan around it. A good roadmap holds the work of all teams together, admits what is still open and changes when the facts do. The Product Manager keeps it, because only one who sees the whole product can put the large steps in sequence.

**Easily taken for** `vision-and-strategy` (Product Manager). The word to look for: *roadmap*. The roadmap has steps and rough dates; vision and strategy have a destination and a reason.

**Who else has a part in it in product `booking`**

- Product Owner of team `checkout` (Ben Okafor) has it on the list
- Shared in team `checkout`: accountable: Product Manager; consulted: Product Owner, Harbour Captain"
    );
    assert_eq!(
        shown(&at("teams/checkout.roles.yaml", "- back‸log-refinement")),
        "[backlog-refinement]
**Backlog refinement** · `backlog-refinement` · Product Owner · short-term

The backlog is the team's to-do list, and it rots when nobody tends it. Tending means writing items so that a developer can start, splitting the big ones, putting them in order and throwing old ones away. It is the Product Owner's bread and butter, done in small bites every week with the team at the table.

**Easily taken for** `feature-prioritization` (Product Manager). The word to look for: *backlog*. Backlog, stories and items are the small pieces; features and initiatives are the large ones and are chosen a level up.

**Who else has a part in it in product `booking`**

- Product Owner of team `search` (Eve Müller) is assumed to have it, as there is no list"
    );
}

#[test]
fn a_line_says_what_it_is_read_as_why_and_how_to_settle_it() {
    assert_eq!(
        shown(&at("products/booking.roles.yaml", "Tell the ‸whole")),
        "[Tell the whole company what customers need]
Reads as **Voice of the customer** · `voice-of-customer` · Product Manager · medium-term · N % sure

The words that decided: *…*

Most people in a company never meet a customer. Somebody has to carry the customers' needs inside, to finance, sales, support and the board, in words that stick. The Product Manager met those customers, and so is the one to speak for them.

**Easily taken for** `team-liaison` (Product Owner). The word to look for: *customer*. Here the message comes from customers and goes to the whole organisation; the team liaison carries messages between developers and management.

Nobody else in product `booking` has a part in it.

To settle it, name its id:

```yaml
- voice-of-customer: Tell the whole company what customers need
```"
    );
    assert_eq!(
        shown(&at("teams/checkout.roles.yaml", "Own the check‸out")),
        "[Own the checkout roadmap for the next four quarters]
Reads as **Roadmap** · `roadmap` · Product Manager · long-term · N % sure

The words that decided: *…*

One picture of what comes now, next and later, for everybody who has to plan around it. A good roadmap holds the work of all teams together, admits what is still open and changes when the facts do. The Product Manager keeps it, because only one who sees the whole product can put the large steps in sequence.

**Easily taken for** `vision-and-strategy` (Product Manager). The word to look for: *roadmap*. The roadmap has steps and rough dates; vision and strategy have a destination and a reason.

**Who else has a part in it in product `booking`**

- Product Manager of product `booking` (Ana Lima) has it on the list
- Shared in team `checkout`: accountable: Product Manager; consulted: Product Owner, Harbour Captain

To settle it, name its id:

```yaml
- roadmap: Own the checkout roadmap for the next four quarters
```"
    );
}

#[test]
fn a_row_of_shared_says_whose_the_duty_is() {
    assert_eq!(
        shown(&at("teams/checkout.roles.yaml", "duty: road‸map")),
        "[roadmap]
**Roadmap** · `roadmap` · Product Manager · long-term

One picture of what comes now, next and later, for everybody who has to plan around it. A good roadmap holds the work of all teams together, admits what is still open and changes when the facts do. The Product Manager keeps it, because only one who sees the whole product can put the large steps in sequence.

**Easily taken for** `vision-and-strategy` (Product Manager). The word to look for: *roadmap*. The roadmap has steps and rough dates; vision and strategy have a destination and a reason.

**Who has a part in it in product `booking`**

- Product Manager of product `booking` (Ana Lima) has it on the list
- Product Owner of team `checkout` (Ben Okafor) has it on the list"
    );
    assert_eq!(
        shown(&at("teams/checkout.roles.yaml", "duty: release-‸decision")),
        "[release-decision]
`release-decision` · a duty of your own: the catalog does not know it, so it may be anybody's."
    );
}

#[test]
fn a_line_that_is_not_clear_says_what_it_comes_near_to() {
    assert_eq!(
        shown(&ferryline("x.roles.yaml", "team: a\nroles:\n  product-owner:\n    duties:\n      - Give input on the road‸map\n")),
        "[Give input on the roadmap]
Reads as no duty that is clear.

Nearest is **Work with the Product Manager** · `pm-collaboration` · Product Owner · medium-term, and that is too little to be sure.

The words that decided: *…*

If it is meant, put the id before it:

```yaml
- pm-collaboration: Give input on the roadmap
```"
    );
    assert_eq!(
        shown(&ferryline(
            "x.roles.yaml",
            "team: a\nroles:\n  product-owner:\n    duties:\n      - Facilitate the retros‸pective every sprint\n"
        )),
        "[Facilitate the retrospective every sprint]
Reads as no duty of this catalog: it is a Scrum Master's work."
    );
}

#[test]
fn a_line_with_several_duties_is_taken_apart() {
    assert_eq!(
        shown(&ferryline("x.roles.yaml", "team: a\nroles:\n  product-owner:\n    duties:\n      - Own the road‸map and refine the backlog every week\n")),
        "[Own the roadmap and refine the backlog every week]
Has several duties in it

- *Own the roadmap*: **Roadmap** · `roadmap` · Product Manager · long-term
- *refine the backlog every week*: **Backlog refinement** · `backlog-refinement` · Product Owner · short-term

To settle it, make several lines of it, each with its id:

```yaml
- roadmap: Own the roadmap
- backlog-refinement: refine the backlog every week
```"
    );
}

#[test]
fn a_slip_in_an_id_is_met_with_the_id_that_was_meant() {
    assert_eq!(
        shown(&ferryline(
            "x.roles.yaml",
            "team: a\nroles:\n  product-owner:\n    duties: [backlog-refinment‸]\n"
        )),
        "[backlog-refinment]
The catalog has no duty `backlog-refinment`. Did you mean `backlog-refinement`?"
    );
    assert_eq!(
        shown(&ferryline(
            "x.roles.yaml",
            "team: a\nroles:\n  product-owner:\n    duties: [TBD‸]\n"
        )),
        "[TBD]
This only stands in for a duty: nobody can tell what is meant."
    );
}

#[test]
fn a_role_stands_beside_the_other_one_with_what_is_covered() {
    assert_eq!(
        shown(&at("teams/checkout.roles.yaml", "  ‸product-owner:\n    holder")),
        "[product-owner]
**Product Owner** · `product-owner` · one for each team

Makes every week of the team's work count. The Product Owner keeps the next step clear, says when a thing is good enough, and is there when a developer asks.

**Beside it, the Product Manager.** Finds out what people need, decides what is worth making and says where it is all heading. When somebody asks why this product exists, the Product Manager has the answer.

**Its duties in team `checkout`: 3 of 5 covered**

- `value-maximization`: **nobody has it**
- `backlog-refinement`: covered
- `delivery-process`: covered
- `pm-collaboration`: covered
- `team-liaison`: **nobody has it**"
    );
    assert_eq!(
        shown(&at("teams/checkout.roles.yaml", "  harbour-‸captain: {vac")),
        "[harbour-captain]
**Harbour Captain** · `harbour-captain` · one for each team

Keeps boats and people apart.

**Its duties in team `checkout`: 1 of 1 covered**

- `timetable-notices`: assumed"
    );
    assert_eq!(
        shown(&ferryline("x.roles.yaml", "team: a\nroles:\n  po‸pm: ana\n")),
        "[popm]
**Product Owner and Product Manager in one** · `popm` · one for each product

One person with both pairs of glasses: far sight for the customers and the years ahead, near sight for the team and this week. It works well while one head can hold it all.

**Its duties in team `a`: 15 of 15 covered**

- `market-trends`: assumed
- `customer-research`: assumed
- `voice-of-customer`: assumed
- `product-decision`: assumed
- `vision-and-strategy`: assumed
- `roadmap`: assumed
- `feature-prioritization`: assumed
- `customer-focus`: assumed
- `stakeholder-alignment`: assumed
- `feedback-analysis`: assumed
- `value-maximization`: assumed
- `backlog-refinement`: assumed
- `delivery-process`: assumed
- `pm-collaboration`: assumed
- `team-liaison`: assumed"
    );
}

#[test]
fn a_role_of_ones_own() {
    assert_eq!(
        shown(&ferryline("x.roles.yaml", "team: a\nroles:\n  data-‸lead: ana\n")),
        "[data-lead]
`data-lead` · a role of your own: the catalog `ferryline` does not describe it, so nothing is asked of it."
    );
    assert_eq!(
        shown(&at("teams/checkout.roles.yaml", "[supp‸ort]")),
        "[support]
`support` · no role of the catalog `ferryline`, and no seat here: it may be anybody."
    );
    assert_eq!(
        shown(&at("ferryline.roles.yaml", "  har‸bour-captain:")),
        "[harbour-captain]
### Harbour Captain

`harbour-captain` · one for each team

Keeps boats and people apart.

Also called: HC.

**Answers for**

- `timetable-notices`: Tell passengers about changed timetables (short)

From the catalog `ferryline`."
    );
}

#[test]
fn a_person_has_all_their_seats() {
    assert_eq!(
        shown(&at("teams/checkout.roles.yaml", "cover: ev‸e")),
        "[eve]
**Eve Müller** · `eve`

**Holds**

- Product Owner of team `search`, interim, since 2026-04-01, until 2026-09-30

**Covers**

- Harbour Captain of team `checkout`, which is vacant"
    );
    assert_eq!(
        shown(&at("teams/search.roles.yaml", "Eve Mü‸ller")),
        "[Eve Müller]
**Eve Müller** · `eve`

**Holds**

- Product Owner of team `search`, interim, since 2026-04-01, until 2026-09-30

**Covers**

- Harbour Captain of team `checkout`, which is vacant"
    );
    assert_eq!(
        shown(&at("teams/search.roles.yaml", "HC: f‸ay")),
        "[fay]
**Fay Moss** · `fay`

Left on 2026-02-28.

**Holds**

- Harbour Captain of team `search`"
    );
    assert_eq!(
        shown(&at("products/booking.roles.yaml", "person: a‸na")),
        "[ana]
**Ana Lima** · `ana` · ana@ferryline.example

**Holds**

- Product Manager of product `booking`, since 2025-01-15"
    );
    assert_eq!(
        shown(&ferryline("x.roles.yaml", "team: a\nmembers: [Zoe Q‸]\n")),
        "[Zoe Q]
**Zoe Q** · not in the people document

Holds no seat."
    );
}

#[test]
fn a_team_and_a_product_say_who_is_who() {
    assert_eq!(
        shown(&at("teams/checkout.roles.yaml", "team: check‸out")),
        "[checkout]
**Checkout crew** · team `checkout`

Let every passenger pay in under a minute

Works on product `booking` (Booking), with `search`.

**Who is who**

- Product Manager: Ana Lima (of product `booking`)
- Product Owner: Ben Okafor"
    );
    assert_eq!(
        shown(&at("teams/checkout.roles.yaml", "product: book‸ing")),
        "[booking]
**Booking** · product `booking`

Get every passenger from the idea of an island to a ticket

**Teams**

- `checkout` (Checkout crew)
- `search`

**Who is who**

- Product Manager: Ana Lima
- Product Owner: Ben Okafor (of team `checkout`)
- Product Owner: Eve Müller (of team `search`)"
    );
    assert_eq!(
        shown(&ferryline("x.roles.yaml", "team: a\nproduct: bookin‸\n")),
        "[bookin]
**bookin** · no file defines this product.

One that does starts with `product: bookin`."
    );
    assert_eq!(
        shown(&ferryline(
            "x.roles.yaml",
            "team: a‸\nmodel: scrum\nroles:\n  product-owner:\n"
        )),
        "[a]
**a** · team

Belongs to no product: it is one by itself.

**Who is who**

- Product Manager: nobody
- Product Owner: not named

Model: `scrum`"
    );
}

#[test]
fn keys_and_words_say_what_the_format_says() {
    assert_eq!(
        shown(&at("products/booking.roles.yaml", "sin‸ce: 2025")),
        "[since]
**`since`** Since when: a day like 2026-05-01."
    );
    assert_eq!(
        shown(&at("teams/search.roles.yaml", "stat‸us")),
        "[status]
**`status`** On what terms; `permanent` unless said.

- `permanent`: For good.
- `interim`: Until somebody is found.
- `acting`: In somebody's place."
    );
    assert_eq!(
        shown(&at("teams/search.roles.yaml", "inter‸im")),
        "[interim]
`status: interim`: Until somebody is found."
    );
    assert_eq!(
        shown(&at("teams/checkout.roles.yaml", "sha‸red:")),
        "[shared]
**`shared`** Who does what where a duty has several hands."
    );
    assert_eq!(
        shown(&at(".rolelint.yaml", "ru‸les:")),
        "[rules]
**`rules`** Severities and options, by rule or group of rules."
    );
    assert_eq!(
        shown(&at(".rolelint.yaml", "role: warn‸ing")),
        "[warning]
`severity: warning`: Probably a mistake."
    );
}

#[test]
fn models_and_catalogs() {
    assert_eq!(
        shown(&ferryline("x.roles.yaml", "team: a\nmodel: scr‸um\n")),
        "[scrum]
**`scrum`** One Product Owner for the product and all its teams (Scrum Guide 2020).

No Product Manager has to exist: those duties are the Product Owner's."
    );
    assert_eq!(
        shown(&at(".rolelint.yaml", "ferry‸line.roles.yaml")),
        "[ferryline.roles.yaml]
**Roles at Ferryline** · catalog `ferryline` · ferryline.roles.yaml

Adds or changes 1 role and 2 duties on top of `popm`."
    );
    assert_eq!(
        shown(&at("ferryline.roles.yaml", "extends: po‸pm")),
        "[popm]
**Product Manager and Product Owner** · catalog `popm` · built in

Product work as two roles that belong together: the Product Manager looks outwards and far ahead, to customers, market, vision and roadmap. The Product Owner sits in the team and turns that into work worth doing, week by week. One person may hold both seats, and then both sides must be covered.

Has 19 roles and 15 duties. Goes with the model `two-roles`."
    );
    assert_eq!(
        shown(&at("ferryline.roles.yaml", "catalog: fer‸ryline")),
        "[ferryline]
**Roles at Ferryline** · catalog `ferryline`

Adds or changes 1 role and 2 duties on top of `popm`."
    );
}

#[test]
fn rules_in_comments_and_configurations() {
    assert_eq!(
        shown(&ferryline(
            "x.roles.yaml",
            "team: a # rolelint: ignore placeh‸older -- agreed\n"
        )),
        r#"[placeholder]
**placeholder** · structure · warning

Finds a stand-in where a name or a duty should be: TBD, TODO, n/a, ???, `[Full Name]`, `<name>`, xxx.

A stand-in looks like an answer. Whoever skims the file believes that the seat is filled or the duty is held, and nobody is reminded to fill it, because "TBD" has no date and no owner.

**What to do.** Write the name. If the seat is empty, say so: `vacant: {since: 2026-05-01}`, with `cover:` for who does the work meanwhile. A duty that nobody can name yet is better left out."#
    );
    assert_eq!(
        shown(&at(".rolelint.yaml", "missing-‸role")),
        "[missing-role]
**missing-role** · coverage · warning here, by the configuration

Finds a product or team lacks a role that its model needs.

Where there is no Product Manager, nobody decides what is worth building; where there is no Product Owner, nobody orders the team's work. The duties do not go away: they fall to whoever shouts loudest. Roles get lost in reorganisations, and a file that says nothing looks just like a file that is complete.

**What to do.** Add the role with its holder. If nobody has it yet, add it as `vacant:`, so that everybody can see it. If your organisation works without the role, say so with `model:` (see the format), in the file or in `.rolelint.yaml`."
    );
}

#[test]
fn a_duty_counts_as_its_own_seats_though_another_lists_it() {
    let text = "team: a\nroles:\n  product-owner:\n    holder: ben\n    duties: [timetable-notices]\n  harbour-cap‸tain: zoe\n";
    let said = shown(&ferryline("x.roles.yaml", text));
    assert!(
        said.ends_with("1 of 1 covered**\n\n- `timetable-notices`: assumed"),
        "{said}"
    );
}

#[test]
fn a_name_that_only_stands_in() {
    assert_eq!(
        shown(&Fixture::team("team: a\nroles: {product-owner: T‸BD}\n")),
        "[TBD]
This only stands in for a name, so readers take the seat for filled. If nobody has it, write `vacant:` with `since:` and who covers for it."
    );
}

#[test]
fn an_option_of_a_rule() {
    let fixture = Fixture::of(&[
        (
            ".rolelint.yaml",
            "rules:\n  overloaded-holder: {severity: warning, max_te‸ams: 3}\n",
        ),
        ("a.roles.yaml", "team: a\nroles: {product-owner: ben}\n"),
    ]);
    let said = shown(&fixture);
    assert!(
        said.starts_with("[max_teams]\n**overloaded-holder** · people · warning"),
        "{said}"
    );
    let options = said.split("**Options**\n\n").nth(1).unwrap();
    assert!(options.starts_with("- `max_teams`: "), "{said}");
    assert!(options.contains("(3 here)"), "{said}");
}

#[test]
fn a_duty_of_the_own_catalog() {
    assert_eq!(
        shown(&at("ferryline.roles.yaml", "feedback‸-analysis")),
        "[feedback-analysis]
**Feedback analysis** · `feedback-analysis` · Product Manager · short-term

Tickets, reviews, complaints, drop-off curves: users tell us a great deal, just not in order. Somebody sorts it, counts it and lets it decide what the team does next. The Product Owner is close to both the feedback and the backlog, so the road from one to the other stays short.

Changed by the catalog `ferryline`: role. Its reason: Our Product Managers read every complaint themselves, see ADR 12.

**Easily taken for** `customer-research` (Product Manager). The word to look for: *feedback*. Feedback comes in by itself, from people who use what is there; research goes out and asks about needs."
    );
    assert_eq!(
        shown(&at("ferryline.roles.yaml", "Post time‸table")),
        "[Post timetable changes to passengers]
Reads as **Tell passengers about changed timetables** · `timetable-notices` · Harbour Captain · short-term · N % sure

The words that decided: *…*

One voice when ferries are late."
    );
}
