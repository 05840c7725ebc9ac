//! The command table: every command there is, in which layers it lives, and its texts. Palette, help, hint line and the
//! README's key table are views of this one list; which keys start it is said by `assets/keys.toml`.

/// The kinds of layers that take keys; its name is shown as a word in the title line (`layer-list`, …).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    List,
    Case,
    Today,
    Counts,
    Trail,
    Inbox,
    Sheet,
    Import,
    Compare,
    Preview,
    Move,
    Form,
    Prompt,
    Pick,
    Confirm,
    Refused,
    Blank,
}

impl Layer {
    /// Every layer.
    pub const ALL: [Self; 17] = [
        Self::List,
        Self::Case,
        Self::Today,
        Self::Counts,
        Self::Trail,
        Self::Inbox,
        Self::Sheet,
        Self::Import,
        Self::Compare,
        Self::Preview,
        Self::Move,
        Self::Form,
        Self::Prompt,
        Self::Pick,
        Self::Confirm,
        Self::Refused,
        Self::Blank,
    ];

    /// The name in `keys.toml` and, after `layer-`, of the word in the texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Case => "case",
            Self::Today => "today",
            Self::Counts => "counts",
            Self::Trail => "trail",
            Self::Inbox => "inbox",
            Self::Sheet => "sheet",
            Self::Import => "import",
            Self::Compare => "compare",
            Self::Preview => "preview",
            Self::Move => "move",
            Self::Form => "form",
            Self::Prompt => "prompt",
            Self::Pick => "pick",
            Self::Confirm => "confirm",
            Self::Refused => "refused",
            Self::Blank => "blank",
        }
    }

    /// Whether printable keys are text here: then only other keys may be commands.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Form | Self::Prompt | Self::Pick)
    }
}

macro_rules! commands {
    ($( $name:ident $code:literal [ $( $layer:ident )* ] )*) => {
        /// One command.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $( $name, )* }

        impl Action {
            /// Every command, in the order of the help page.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            /// The name in `keys.toml`; its texts are `cmd-` and the name: the value is the command's name, the attribute
            /// `.hint` the short word of the hint line.
            pub const fn code(self) -> &'static str {
                match self { $( Self::$name => $code, )* }
            }

            /// The layers in which the command can be given.
            pub const fn layers(self) -> &'static [Layer] {
                match self { $( Self::$name => &[ $( Layer::$layer, )* ], )* }
            }
        }
    };
}

commands! {
    Down "down" [List Case Today Counts Inbox Sheet Trail Import Compare Preview Move Pick]
    Up "up" [List Case Today Counts Inbox Sheet Trail Import Compare Preview Move Pick]
    PageDown "page-down" [List Case Today Counts Inbox Sheet Trail Import Compare Preview Move Pick]
    PageUp "page-up" [List Case Today Counts Inbox Sheet Trail Import Compare Preview Move Pick]
    First "first" [List Today Counts Inbox Sheet Trail Import Compare Preview Move]
    Last "last" [List Today Counts Inbox Sheet Import Compare Preview Move]
    Open "open" [List Today Compare]
    Back "back" [Case Today Counts Inbox Sheet Trail Import Compare Preview Move Form Prompt Pick Confirm Refused]
    PreviousCase "previous-case" [Case]
    NextCase "next-case" [Case]
    NextUrgent "next-urgent" [List Case Today]
    New "new" [List Case Today]
    Edit "edit" [List Case]
    Move "move" [List Case]
    Refer "refer" [List Case Today Counts Inbox Sheet Trail Import Compare Preview Move Form Prompt Pick Confirm Refused]
    Note "note" [List Case]
    Flag "flag" [List Case]
    Tier "tier" [List Case]
    HandToLaw "hand-to-law" [List Case]
    Birth "birth" [List Case]
    Track "track" [List Case]
    Die "die" [List Case]
    OpenSection "open-section" [Case]
    Name "name" [List Case]
    Seal "seal" [List Case]
    Erase "erase" [Case]
    Screening "screening" [List Case]
    Finding "finding" [List Case]
    More "more" [List Case]
    Print "print" [List Case Counts]
    Claim "claim" [List Case]
    Mark "mark" [List]
    MarkAll "mark-all" [List]
    ClearMarks "clear-marks" [List]
    Filter "filter" [List Trail]
    ClearFilter "clear-filter" [List Trail]
    Views "views" [List]
    SaveView "save-view" [List Prompt]
    Order "order" [List]
    Refresh "refresh" [List Today Counts Inbox Trail]
    Today "today" [List Case]
    Inbox "inbox" [List Case Today]
    Counts "counts" [List Today]
    Answer "answer" [Inbox]
    Sheet "sheet" [Case Inbox]
    Withdraw "withdraw" [Inbox]
    Unmerge "unmerge" [List Case]
    Offer "offer" [List Case]
    Share "share" [List Case]
    Revoke "revoke" [List Case]
    AskAccess "ask-access" [List Case]
    Inquire "inquire" [List Case Today Inbox]
    Handover "handover" [List Today]
    HandClaims "hand-claims" [List Sheet]
    Import "import" [List]
    Drafts "drafts" [List]
    DropDraft "drop-draft" [Pick]
    Undo "undo" [List Case Today Sheet]
    Redo "redo" [List Case]
    Save "save" [Form Import]
    NextField "next-field" [Form]
    PreviousField "previous-field" [Form]
    NextPage "next-page" [Form]
    PreviousPage "previous-page" [Form]
    AddItem "add-item" [Form]
    Toggle "toggle" [Import Move]
    Fix "fix" [Import]
    Compare "compare" [Case Import Move Form]
    SamePerson "same-person" [Compare]
    OtherPerson "other-person" [Compare]
    NextRemark "next-remark" [Import]
    Movement "movement" [Import]
    Commit "commit" [Move Confirm]
    Emergency "emergency" [Move]
    FillIn "fill-in" [Move]
    Decline "decline" [Move]
    Palette "palette" [List Case Today Counts Inbox Sheet Trail Import Compare Move Form]
    Help "help" [List Case Today Counts Inbox Sheet Trail Import Compare Preview Move Form Prompt]
    Audit "audit" [List]
    OpenLine "open-line" [Trail]
    Verify "verify" [List Trail]
    Backup "backup" [List]
    Language "language" [List Case Today Counts Inbox Trail]
    Elsewhere "elsewhere" [List]
    Office "office" [List]
    Operator "operator" [List Case]
    Staff "staff" [List Case]
    Blank "blank" [List Case Today Counts Inbox Sheet Trail Import Compare Preview Move Form Prompt Pick Confirm Refused]
    Redraw "redraw" [List Case Today Counts Inbox Sheet Trail Import Compare Preview Move Form Prompt Pick Confirm Refused]
    Quit "quit" [List]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_layer_has_two_commands_for_bringing_its_work_to_the_desk() {
        let both = |layer: &&Layer| [Action::Commit, Action::Save].iter().all(|action| action.layers().contains(layer));
        assert_eq!(Layer::ALL.iter().find(both), None);
    }
}
