//! The hint line: what the keys do here and now, from the same table as the palette.

use super::App;
use super::action::{Action, Layer};
use crate::domain::access::Role;
use crate::domain::field::Field;

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
            Action::Counts,
            Action::Audit,
            Action::Import,
            Action::Undo,
            Action::Palette,
            Action::More,
            Action::Quit,
        ],
        Layer::Case => &[
            Action::Back,
            Action::Compare,
            Action::Move,
            Action::Edit,
            Action::OpenSection,
            Action::Note,
            Action::Refer,
            Action::NextCase,
            Action::NextUrgent,
            Action::Undo,
            Action::More,
            Action::Help,
        ],
        Layer::Today => &[Action::Back, Action::Open, Action::NextUrgent, Action::Refresh, Action::Help],
        Layer::Trail => {
            &[Action::Back, Action::OpenLine, Action::Filter, Action::ClearFilter, Action::Refresh, Action::Help]
        }
        Layer::Inbox => &[
            Action::Back,
            Action::Answer,
            Action::Sheet,
            Action::Withdraw,
            Action::Refresh,
            Action::Inquire,
            Action::Help,
        ],
        Layer::Counts => &[Action::Back, Action::PageDown, Action::Print, Action::Refresh, Action::Help],
        Layer::Sheet => &[Action::Back, Action::Down, Action::HandClaims, Action::Help],
        Layer::Import => &[
            Action::Save,
            Action::Fix,
            Action::NextRemark,
            Action::Compare,
            Action::Toggle,
            Action::Back,
            Action::Help,
        ],
        Layer::Compare => {
            &[Action::SamePerson, Action::OtherPerson, Action::Back, Action::Down, Action::Open, Action::Help]
        }
        Layer::Preview => &[Action::PageDown, Action::PageUp, Action::Back, Action::Help],
        Layer::Move => &[
            Action::Commit,
            Action::FillIn,
            Action::Compare,
            Action::Emergency,
            Action::Decline,
            Action::Back,
            Action::Toggle,
            Action::Help,
        ],
        Layer::Form => &[
            Action::Compare,
            Action::NextField,
            Action::PreviousField,
            Action::NextPage,
            Action::AddItem,
            Action::Save,
            Action::Back,
            Action::Help,
        ],
        Layer::Prompt => &[Action::Back, Action::SaveView, Action::Help],
        Layer::Pick => &[Action::Down, Action::DropDraft, Action::Back],
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
        if let Some(super::Room::Erase(erasing)) = self.rooms.last() {
            let key = if erasing.is_confirming { "hint-erase" } else { "hint-go-on" };
            hints.push(("Enter".into(), self.texts.get(key).to_string()));
        } else if matches!(self.rooms.last(), Some(super::Room::Reason(_))) {
            hints.push(("Enter".into(), self.texts.get("hint-write-down").to_string()));
        } else if layer == Layer::Prompt {
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
            (Some(super::Room::Pick(_)), Action::DropDraft) => self.chosen_draft().is_some(),
            (Some(super::Room::Form(form)), Action::Compare) => !form.alike.is_empty(),
            (Some(super::Room::Case(case)), Action::Compare) => !case.view.alike.is_empty(),
            (Some(super::Room::Import(import)), Action::Compare) => {
                let preview = &import.preview;
                preview.on_desk(import.at).is_some() || preview.same_in_file(import.at).is_some()
            }
            (Some(super::Room::Compare(compare)), Action::Down) => compare.alike.len() > 1,
            (Some(super::Room::Compare(_) | super::Room::Inbox(_) | super::Room::Sheet(_)), _) => {
                self.why_not(action).is_none()
            }
            (Some(super::Room::Moving(moving)), Action::Compare) => {
                moving.is_reviewing() && moving.missing().iter().any(|(field, _)| *field == Field::DuplicateAnswer)
            }
            (_, Action::OpenSection) => self.has_closed_section(),
            (Some(super::Room::Reason(_) | super::Room::Erase(_)), Action::SaveView) => false,
            (Some(super::Room::Moving(moving)), Action::Toggle) => moving.is_reviewing() && moving.is_bulk(),
            (Some(super::Room::Moving(moving)), Action::Decline) => moving.is_reviewing() && moving.answers_request(),
            (Some(super::Room::Moving(moving)), Action::Emergency) => {
                moving.is_reviewing() && moving.to != Some(crate::domain::status::Status::Tutup)
            }
            (Some(super::Room::Moving(moving)), Action::FillIn) => moving.is_reviewing() && !moving.answers_request(),
            (Some(super::Room::Prompt(_)), Action::SaveView) => self.is_filtering(),
            (_, Action::Audit) => self.seat.may_audit(),
            (None, Action::Counts) => self.seat.role_without_cases() == Some(Role::Leadership),
            (None, Action::New | Action::Filter | Action::Import | Action::Today | Action::Undo | Action::More) => {
                self.seat.role_without_cases().is_none()
            }
            (Some(super::Room::Trail(trail)), Action::ClearFilter) => !trail.text.is_empty(),
            (None, Action::Open | Action::Mark | Action::Move | Action::NextUrgent) => !self.list.rows.is_empty(),
            _ => true,
        }
    }
}
