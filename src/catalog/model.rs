/// Which roles must exist, and who takes over the duties of one that does not.
///
/// The words are those of the file format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// A Product Manager for each product, a Product Owner for each team.
    #[default]
    TwoRoles,
    /// One seat, or one person, for both.
    Combined,
    /// A Product Manager alone, who carries the Product Owner's duties too.
    PmLed,
    /// A Product Owner alone, who carries the Product Manager's duties too.
    PoLed,
    /// One Product Owner for the product and all its teams (Scrum Guide 2020).
    Scrum,
    /// Product Management for the train, a Product Owner for each team.
    Safe,
    /// One Product Owner for up to eight teams.
    Less,
    /// No role must exist.
    None,
}

impl Model {
    /// The words of the format.
    pub const WORDS: &'static [&'static str] = &[
        "two-roles",
        "combined",
        "pm-led",
        "po-led",
        "scrum",
        "safe",
        "less",
        "none",
    ];

    const ALL: [Model; 8] = [
        Model::TwoRoles,
        Model::Combined,
        Model::PmLed,
        Model::PoLed,
        Model::Scrum,
        Model::Safe,
        Model::Less,
        Model::None,
    ];

    /// As written in a file.
    pub fn name(self) -> &'static str {
        match self {
            Model::TwoRoles => "two-roles",
            Model::Combined => "combined",
            Model::PmLed => "pm-led",
            Model::PoLed => "po-led",
            Model::Scrum => "scrum",
            Model::Safe => "safe",
            Model::Less => "less",
            Model::None => "none",
        }
    }

    /// From its word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|model| model.name() == word)
    }

    /// Whether each product needs a Product Manager of its own.
    pub fn needs_product_manager(self) -> bool {
        matches!(self, Model::TwoRoles | Model::PmLed | Model::Safe)
    }

    /// Whether each team needs a Product Owner of its own.
    pub fn needs_product_owner_per_team(self) -> bool {
        matches!(self, Model::TwoRoles | Model::Safe)
    }

    /// Whether the product has one Product Owner for all its teams.
    pub fn has_one_product_owner(self) -> bool {
        matches!(self, Model::PoLed | Model::Scrum | Model::Less)
    }

    /// Whether Product Manager and Product Owner are separate seats in it.
    pub fn has_both_roles(self) -> bool {
        matches!(self, Model::TwoRoles | Model::Safe)
    }
}
