//! The hint line: what the keys do here and now, from the same table as the palette.

use super::App;
use super::action::{Action, Layer};

/// The commands worth a hint in each layer, most useful first; what does not fit drops from the end.
const fn worth(layer: Layer) -> &'static [Action] {
    match layer {
        Layer::List => &[
            Action::Open,
            Action::New,
            Action::Move,
            Action::Filter,
            Action::Help,
            Action::NextUrgent,
            Action::Mark,
            Action::Today,
            Action::Import,
            Action::Undo,
            Action::Palette,
            Action::Quit,
        ],
        Layer::Case => &[
            Action::Back,
            Action::Move,
            Action::Edit,
            Action::Note,
            Action::Refer,
            Action::NextCase,
            Action::NextUrgent,
            Action::Undo,
            Action::Help,
        ],
        Layer::Today => &[Action::Back, Action::Open, Action::NextUrgent, Action::Refresh, Action::Help],
        Layer::Import => &[Action::Save, Action::Fix, Action::NextRemark, Action::Toggle, Action::Back, Action::Help],
        Layer::Move => &[Action::Commit, Action::FillIn, Action::Emergency, Action::Back, Action::Help],
        Layer::Form => &[
            Action::NextField,
            Action::PreviousField,
            Action::NextPage,
            Action::AddItem,
            Action::Save,
            Action::Back,
            Action::Help,
        ],
        Layer::Prompt => &[Action::Back, Action::SaveView, Action::Help],
        Layer::Pick => &[Action::Down, Action::Back],
        Layer::Confirm => &[Action::Commit, Action::Back],
        Layer::Refused => &[Action::Back],
        Layer::Blank => &[],
    }
}

impl App {
    /// Pairs of a key's name and a short word, most useful first.
    pub fn hints(&self) -> Vec<(String, String)> {
        let layer = self.layer();
        let mut hints: Vec<(String, String)> = Vec::new();
        if layer == Layer::Prompt {
            hints.push(("Enter".into(), self.texts.get("hint-apply").to_string()));
            if self.is_filtering() {
                hints.push(("Tab".into(), self.texts.get("hint-complete").to_string()));
            }
        }
        if layer == Layer::Pick {
            hints.push(("Enter".into(), self.texts.get("hint-take").to_string()));
        }
        let commands = worth(layer).iter().filter(|action| self.is_worth_now(**action)).filter_map(|&action| {
            let key = self.keymap.keys(layer, action).first()?.clone();
            Some((key, self.texts.hint(&format!("cmd-{}", action.code()))?.to_owned()))
        });
        hints.extend(commands);
        hints
    }

    /// Whether the line being typed is a query: only that is completed and kept as a view.
    fn is_filtering(&self) -> bool {
        matches!(self.rooms.last(), Some(super::Room::Prompt(prompt)) if prompt.wanted == super::prompt::Wanted::Filter)
    }

    /// Hints of what cannot be done now only take room from those that can.
    fn is_worth_now(&self, action: Action) -> bool {
        match (self.rooms.last(), action) {
            (Some(super::Room::Form(form)), Action::NextPage | Action::AddItem) => {
                form.purpose == super::form::Purpose::Full
            }
            (Some(super::Room::Moving(moving)), Action::FillIn | Action::Emergency) => moving.is_reviewing(),
            (Some(super::Room::Prompt(_)), Action::SaveView) => self.is_filtering(),
            (None, Action::Open | Action::Mark | Action::Move | Action::NextUrgent) => !self.list.rows.is_empty(),
            _ => true,
        }
    }
}
