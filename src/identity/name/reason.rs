//! Why two names are as alike as their score says: a closed list, for the screen.

/// One reason behind a score; the order is the order on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Reason {
    /// The names are the same letter by letter, signs and case aside.
    Identical,
    /// A word is spelt otherwise and sounds the same.
    Spelling,
    /// The words stand in another order.
    Order,
    /// Words are written together in one of the names.
    Glued,
    /// A title or a degree was left aside.
    Title,
    /// A single letter stands for a word.
    Initial,
    /// A word differs by one letter or two.
    Near,
    /// Words differ in their endings only, often those of men's and women's names.
    Ending,
    /// A word of one name has no partner in the other.
    Missing,
    /// Only frequent words agree.
    FrequentOnly,
    FatherAgrees,
    FatherDiffers,
}

impl Reason {
    /// Lists every reason in screen order.
    pub const ALL: [Reason; 12] = [
        Reason::Identical,
        Reason::Spelling,
        Reason::Order,
        Reason::Glued,
        Reason::Title,
        Reason::Initial,
        Reason::Near,
        Reason::Ending,
        Reason::Missing,
        Reason::FrequentOnly,
        Reason::FatherAgrees,
        Reason::FatherDiffers,
    ];

    /// Is the key of the reason's words in the text catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Reason::Identical => "name-identical",
            Reason::Spelling => "name-spelling",
            Reason::Order => "name-order",
            Reason::Glued => "name-glued",
            Reason::Title => "name-title",
            Reason::Initial => "name-initial",
            Reason::Near => "name-near",
            Reason::Ending => "name-ending",
            Reason::Missing => "name-missing",
            Reason::FrequentOnly => "name-frequent-only",
            Reason::FatherAgrees => "name-father-agrees",
            Reason::FatherDiffers => "name-father-differs",
        }
    }
}

/// A set of reasons in two bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reasons(u16);

impl Reasons {
    /// Says whether the reason is one of them.
    pub const fn has(self, reason: Reason) -> bool {
        self.0 & (1 << reason as u8) != 0
    }

    /// Lists the reasons in screen order.
    pub fn iter(self) -> impl Iterator<Item = Reason> {
        Reason::ALL.into_iter().filter(move |reason| self.has(*reason))
    }

    pub(super) fn add(&mut self, reason: Reason) {
        self.0 |= 1 << reason as u8;
    }
}
