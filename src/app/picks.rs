//! The pick-lists of the program: palette, help, views, drafts, orders, operators. What taking a row means is one enum.

use super::action::{Action, Layer};
use super::asking::After;
use super::key::Key;
use super::notice::{Notice, refusal_text};
use super::pick::{Pick, Picked, Row};
use super::prompt::{Prompt, Wanted};
use super::words::SIGN_LETTERS;
use super::{App, Room};
use crate::desk::{Ask, Order, Proposal};
use crate::domain::field::Field;
use crate::domain::query::sign_word;
use crate::domain::record::{Facts, Slot};
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Timed, Value};
use crate::text::Texts;
use ulid::Ulid;

/// What a row of a pick-list stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Run(Action),
    View {
        name: String,
        query: String,
    },
    Draft(Ulid),
    Order(Order),
    Operator(Ulid),
    /// A track of the chosen case: a code of `List::Track`.
    Track(&'static str),
    /// A state that a track goes to: a code of `List::TrackState`.
    TrackState(&'static str),
    /// A paper of the chosen cases.
    Paper(crate::domain::paper::Paper),
    /// A manifest lying in the drop folder.
    File(String),
    /// A manifest from elsewhere: a path, or a paste.
    AnotherFile,
    /// Which of two entries of one field it is to be.
    Whose {
        slot: Slot,
        is_mine: bool,
    },
    /// An operator or office to be administered; a new one where the desk does not know it.
    Staff(Subject),
    EditStaff(Subject),
    SuspendStaff(Subject),
    ReinstateStaff(Subject),
    /// A case that is linked to the chosen one as the same person's.
    Unmerge(Subject),
    /// A line of the help page that explains a letter.
    Legend,
}

impl App {
    pub(super) fn type_into_pick(&mut self, key: Key) {
        let Some(Room::Pick(pick)) = self.rooms.last_mut() else { return };
        let is_filtered = pick.has_filter;
        match pick.press(key) {
            // Typed ahead of a list that takes no text, such as the offer of drafts at the start.
            Picked::NotMine if !is_filtered && matches!(key, Key::Char(_)) => {
                self.refuse(self.texts.get("why-not-text-here").into_owned(), true);
            }
            Picked::Nothing | Picked::NotMine => {}
            // A digit typed ahead took it blindly: what follows was meant for a form that does not open.
            Picked::Refused(reason) if pick.has_digits => self.refuse(reason, true),
            Picked::Refused(reason) => self.notice = Some(Notice::no(reason)),
            Picked::Took(choice) => {
                self.rooms.pop();
                self.take_choice(choice);
            }
        }
    }

    fn take_choice(&mut self, choice: Choice) {
        match choice {
            Choice::Run(action) => self.run(action),
            Choice::View { query, .. } => self.show_query(query),
            Choice::Draft(id) => self.open_draft(id),
            Choice::Order(order) => {
                self.list.order = order;
                self.list.refresh(&self.seat);
                self.list.go(0, self.instant);
            }
            Choice::Operator(id) => self.switch_operator(id),
            Choice::Track(kind) => self.open_track_states(kind),
            Choice::TrackState(state) => self.open_track_form(state),
            Choice::Paper(paper) => self.preview(paper),
            Choice::File(name) => self.import_dropped(&name),
            Choice::AnotherFile => self.ask_manifest(),
            Choice::Whose { slot, is_mine } => self.settle_conflict(slot, is_mine),
            Choice::Staff(of) => self.open_one_staff(of),
            Choice::EditStaff(of) => self.open_staff_form(of),
            Choice::SuspendStaff(of) => self.open_suspend(of),
            Choice::ReinstateStaff(of) => self.ask_reinstate(of),
            Choice::Unmerge(other) => self.open_unmerge_form(other),
            Choice::Legend => {}
        }
    }

    fn show_query(&mut self, text: String) {
        match self.seat.read_query(&text) {
            Ok(query) => {
                self.list.show(text, query, &self.seat);
                self.follow_pane();
            }
            Err(error) => {
                let text = self.query_error(&error);
                self.notice = Some(Notice::no(text));
            }
        }
    }

    /// The commands of the layer below, with their keys and, where one cannot be given now, why. Help is the same list.
    pub(super) fn open_palette(&mut self, title: &'static str) {
        let layer = self.layer();
        // Papers, colleagues and the README name commands in one language; whoever reads the other finds them all the same.
        let other = Texts::new(self.texts.language().other());
        let named = |texts: Texts, action: Action| texts.get(&format!("cmd-{}", action.code())).into_owned();
        let rows = Action::ALL
            .iter()
            .filter(|action| action.layers().contains(&layer))
            .map(|&action| Row {
                key: self.keymap.keys(layer, action).join(" "),
                why_not: self.why_not(action),
                also: named(other, action),
                ..Row::new(Choice::Run(action), named(self.texts, action), "")
            })
            .collect();
        let mut rows: Vec<Row<Choice>> = rows;
        if title == "title-help" && matches!(layer, Layer::List | Layer::Today) {
            let name = self.texts.get("col-left").into_owned();
            rows.push(Row::new(Choice::Legend, name, self.texts.get("legend-left").into_owned()));
        }
        if title == "title-help" && layer == Layer::List {
            rows.extend(SIGN_LETTERS.iter().map(|(sign, letter, key)| {
                let filter = match sign_word(*sign) {
                    Some(word) if word.contains(' ') => format!("  tanda:\"{word}\""),
                    Some(word) => format!("  tanda:{word}"),
                    None => String::new(),
                };
                let name = format!("{} {letter}{filter}", self.texts.get("col-signs"));
                Row::new(Choice::Legend, name, self.texts.get(key).into_owned())
            }));
        }
        self.rooms.push(Room::Pick(Box::new(Pick::new(title, rows))));
    }

    pub(super) fn open_views(&mut self) {
        let mut rows: Vec<Row<Choice>> = BUILT_IN_VIEWS
            .iter()
            .map(|(key, query)| {
                let name = self.texts.get(key).to_string();
                Row::new(Choice::View { name: name.clone(), query: (*query).into() }, name, *query)
            })
            .collect();
        for (name, query) in self.seat.views() {
            rows.push(Row::new(Choice::View { name: name.clone(), query: query.clone() }, name, query));
        }
        for (place, row) in rows.iter_mut().enumerate().take(9) {
            row.key = (place + 1).to_string();
        }
        self.rooms.push(Room::Pick(Box::new(Pick::new("title-views", rows).with_digits())));
    }

    /// Asks for a name under which the present query is kept.
    pub(super) fn ask_view_name(&mut self) {
        if matches!(self.rooms.last(), Some(Room::Reason(_) | Room::Erase(_))) {
            return;
        }
        if let Some(Room::Prompt(prompt)) = self.rooms.last() {
            let is_query = prompt.wanted == Wanted::Filter;
            self.type_into_prompt(Key::Enter);
            if !is_query || matches!(self.rooms.last(), Some(Room::Prompt(_))) {
                return;
            }
        }
        self.rooms.push(Room::Prompt(Box::new(Prompt::view_name())));
    }

    pub(super) fn save_view(&mut self, name: String) {
        let facts = Facts::from([
            (Field::ViewName.into(), Value::text(name)),
            (Field::ViewQuery.into(), Value::text(self.list.query_text.clone())),
            (Field::ViewOwner.into(), Value::Link(self.seat.operator())),
        ]);
        let of = Subject::new(Kind::View, self.seat.new_id());
        let ask = Ask::Create { of, facts, happened: Timed::certain(self.now()) };
        let proposal = Proposal { id: self.seat.new_id(), asks: vec![ask], undoes: None };
        self.ask(proposal, After::Said("notice-view-saved"), None);
    }

    pub(super) fn open_orders(&mut self) {
        let rows = Order::ALL
            .into_iter()
            .map(|order| Row::new(Choice::Order(order), self.texts.get(crate::app::order_key(order)).to_string(), ""))
            .collect();
        self.rooms.push(Room::Pick(Box::new(Pick::new("title-orders", rows).with_digits())));
    }

    pub(super) fn open_operators(&mut self) {
        let rows = self
            .seat
            .operators()
            .into_iter()
            .map(|(id, name, roles)| {
                let roles: Vec<String> = roles
                    .iter()
                    .map(|role| self.texts.get(&format!("role-{}", role.to_lowercase())).to_string())
                    .collect();
                Row::new(
                    Choice::Operator(id),
                    name,
                    format!("{}  {}", roles.join(", "), self.seat.office_of_operator(id)),
                )
            })
            .collect();
        self.rooms.push(Room::Pick(Box::new(Pick::new("title-operators", rows).with_digits())));
    }

    fn switch_operator(&mut self, id: Ulid) {
        match self.seat.switch(id) {
            Ok(seat) => {
                self.seat = seat;
                self.rooms.clear();
                self.list.marks.clear();
                self.list.refresh(&self.seat);
                self.pane = None;
                self.follow_pane();
                let name = self.seat.operator_name(id);
                self.notice = Some(Notice::done(self.texts.with("notice-switched", &[("name", &name)])));
                self.count_inbox();
                self.offer_drafts();
                self.begin_with_counts();
            }
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), false),
        }
    }

    /// The layer that the palette was opened over, for the hints of its rows.
    pub fn layer_below(&self) -> Layer {
        self.rooms.iter().rev().nth(1).map_or(Layer::List, Room::layer)
    }
}

/// The views that every desk has, in the fixed order of their digits.
const BUILT_IN_VIEWS: [(&str, &str); 6] = [
    ("view-all", ""),
    ("view-red", "tingkat:1 -status:tutup"),
    ("view-arriving", "status:jalan,tiba"),
    ("view-children", "tanda:anak -status:tutup"),
    ("view-held", "tanda:tertahan"),
    ("view-mine", "petugas:me -status:tutup"),
];
