//! People and offices on the screen: a list that is narrowed by typing, one operator with what happened, one form for all that
//! is known of them. Who may change what is the desk's to say.

use super::asking::After;
use super::form::{Form, Purpose};
use super::notice::refusal_text;
use super::pick::{Pick, Row};
use super::picks::Choice;
use super::{App, Room, Then};
use crate::desk::{Ask, Event, Post, Proposal, Staff};
use crate::domain::access::Role;
use crate::domain::calendar::show_day;
use crate::domain::change::Verb;
use crate::domain::field::{Field, Part};
use crate::domain::operator::Standing;
use crate::domain::record::{Record, Slot};
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Timed, Value};

/// Entries of somebody's history that the page shows.
const MOST_EVENTS: usize = 100;

impl App {
    /// Everybody whom this operator administers, and the offices.
    pub(super) fn open_staff(&mut self) {
        let staff = match self.seat.staff() {
            Ok(staff) => staff,
            Err(refusal) => return self.refuse(refusal_text(&refusal, &self.texts), true),
        };
        let has_all = self.seat.administers_all();
        let new = |kind| Choice::EditStaff(Subject::new(kind, self.seat.new_id()));
        let mut rows = vec![Row::new(new(Kind::Operator), self.texts.get("staff-new-operator"), "")];
        if has_all {
            rows.push(Row::new(new(Kind::Office), self.texts.get("staff-new-office"), ""));
        }
        rows.extend(
            staff.iter().map(|one| Row::new(Choice::Staff(one.of), one.name.clone(), self.staff_words(one, false))),
        );
        let own = self.seat.office();
        let posts = self.seat.posts().into_iter().filter(|post| has_all || post.of == own);
        rows.extend(posts.map(|post| self.post_row(&post)));
        self.rooms.push(Room::Pick(Box::new(Pick::new("title-staff", rows))));
    }

    /// Standing first, where it is not as usual; then roles and office. Why somebody is suspended stands in no list.
    fn staff_words(&self, one: &Staff, has_why: bool) -> String {
        let codes: Vec<&str> = Role::ALL.iter().filter(|role| one.roles.has(**role)).map(|role| role.code()).collect();
        let mut words = vec![codes.join("+")];
        let day = [("day", one.until.map(show_day).unwrap_or_default())];
        match one.standing {
            Standing::Suspended if has_why => {
                let why = [("why", one.why.clone().unwrap_or_default())];
                words.insert(0, self.texts.with("staff-is-suspended", &why));
            }
            Standing::Suspended => words.insert(0, self.texts.get("staff-is-suspended-short").into_owned()),
            Standing::Expired(_) => words.insert(0, self.texts.with("staff-is-expired", &day)),
            Standing::Active if one.until.is_some() => words.push(self.texts.with("staff-is-until", &day)),
            Standing::Active => {}
        }
        words.push(one.office.clone());
        words.join("  ")
    }

    fn post_row(&self, post: &Post) -> Row<Choice> {
        let count = self.texts.with("staff-office-row", &[("count", &post.operators.to_string())]);
        Row::new(Choice::Staff(post.of), post.name.clone(), count)
    }

    /// One operator: what can be done, and what happened, the newest first. An office opens as its form.
    pub(super) fn open_one_staff(&mut self, of: Subject) {
        if of.kind != Kind::Operator {
            return self.open_staff_form(of);
        }
        let found = self.seat.staff().map(|all| all.into_iter().find(|one| one.of == of));
        let history = self.seat.staff_history(of);
        let (one, history) = match (found, history) {
            (Ok(Some(one)), Ok(history)) => (one, history),
            (Err(refusal), _) | (_, Err(refusal)) => return self.refuse(refusal_text(&refusal, &self.texts), true),
            (Ok(None), Ok(_)) => return,
        };
        let is_suspended = one.standing == Standing::Suspended;
        let (choice, key) = if is_suspended {
            (Choice::ReinstateStaff(of), "staff-reinstate")
        } else {
            (Choice::SuspendStaff(of), "staff-suspend")
        };
        let mut rows = vec![
            Row::new(Choice::EditStaff(of), self.texts.get("staff-edit"), one.name.clone()),
            Row::new(choice, self.texts.get(key), self.staff_words(&one, true)),
        ];
        for (place, row) in rows.iter_mut().enumerate() {
            row.key = (place + 1).to_string();
        }
        rows.extend(history.iter().rev().take(MOST_EVENTS).map(|event| self.staff_event(event)));
        self.rooms.push(Room::Pick(Box::new(Pick::new("title-one-staff", rows).with_digits().without_filter())));
    }

    fn staff_event(&self, event: &Event) -> Row<Choice> {
        let at = self.seat.zone().local(event.at).format("%d-%m-%Y %H:%M");
        let fields: Vec<String> =
            event.change.edits.iter().map(|edit| self.texts.get(&edit.at.field.label_key()).into_owned()).collect();
        Row::new(Choice::Legend, format!("{at}  {}", event.by), fields.join(", "))
    }

    /// The form of an operator or an office; of a new one with the own office suggested.
    pub(super) fn open_staff_form(&mut self, of: Subject) {
        let record = match self.seat.record(of) {
            Ok(record) => record,
            Err(refusal) => return self.refuse(refusal_text(&refusal, &self.texts), true),
        };
        let is_new = record.revision == 0;
        let (purpose, slots) = match of.kind {
            Kind::Operator => {
                (Purpose::Operator, operator_slots(&record, Slot::of(self.seat.new_id(), Field::KeyText)))
            }
            _ => (Purpose::Office, OFFICE.map(Slot::own).to_vec()),
        };
        let mut form = Form::over(purpose, self.seat.new_id(), record, &slots, &self.reader());
        let reader = self.reader();
        if let Some(entry) = form.entry_mut(Field::OfficeCountry).filter(|_| of == self.seat.office()) {
            entry.suggest(Value::code(self.seat.country()), &reader);
        }
        if let Some(entry) = form.entry_mut(Field::OperatorOffice).filter(|_| is_new) {
            entry.put(Some(Value::Link(self.seat.office())), &reader);
        }
        self.rooms.push(Room::Form(Box::new(form)));
    }

    /// Why somebody's access is taken.
    pub(super) fn open_suspend(&mut self, of: Subject) {
        match self.seat.record(of) {
            Ok(record) => {
                let slots = [Slot::own(Field::OperatorSuspendedWhy)];
                let mut form = Form::over(Purpose::Suspend, self.seat.new_id(), record, &slots, &self.reader());
                self.prepare_emergency(&mut form);
                self.rooms.push(Room::Form(Box::new(form)));
            }
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), true),
        }
    }

    pub(super) fn ask_reinstate(&mut self, of: Subject) {
        let question = self.texts.with("confirm-reinstate", &[("name", &self.seat.operator_name(of.id))]);
        self.rooms.push(Room::Confirm { question, then: Then::Reinstate(of), about: None });
    }

    pub(super) fn reinstate(&mut self, of: Subject) {
        let facts = [Field::OperatorIsSuspended, Field::OperatorSuspendedWhy].map(|field| (Slot::own(field), None));
        let change = self.seat.staff_change(of, &facts);
        let proposal = Proposal { id: self.seat.new_id(), asks: vec![Ask::Edit(change)], undoes: None };
        self.ask(proposal, After::Said("notice-operator-reinstated"), None);
    }

    /// The name of the operator or office that a form is about, for its head.
    pub fn staff_name(form: &Form) -> &str {
        let field = if form.base.of.kind == Kind::Operator { Field::OperatorName } else { Field::OfficeName };
        form.base.text(field).unwrap_or_default()
    }
}

/// The fields of an office's form, in their order.
const OFFICE: [Field; 8] = [
    Field::OfficeName,
    Field::OfficeZone,
    Field::OfficeRegion,
    Field::OfficeCountry,
    Field::OfficeCode,
    Field::OfficeLevel,
    Field::OfficeParent,
    Field::OfficeLockMinutes,
];

/// The fields of an operator's form: each key is a line, which is typed away, and one stays free.
fn operator_slots(record: &Record, free: Slot) -> Vec<Slot> {
    let own = [
        Field::OperatorName,
        Field::OperatorRoles,
        Field::OperatorOffice,
        Field::OperatorUid,
        Field::OperatorLogin,
        Field::OperatorUntil,
    ];
    let keys = record.items(Part::Key).map(|item| Slot::of(item, Field::KeyText));
    own.into_iter().map(Slot::own).chain(keys).chain([free]).collect()
}

/// What saving such a form asks of the desk; nothing where nothing changed.
pub(super) fn asks(form: &Form, happened: Timed) -> Option<(Vec<Ask>, After)> {
    let mut change = form.change(Verb::Edit, happened);
    if change.edits.is_empty() {
        return None;
    }
    let said = match (form.purpose, form.base.of.kind) {
        (Purpose::Suspend, _) => {
            change.set(&form.base, Field::OperatorIsSuspended, Some(Value::YesNo(true)));
            "notice-operator-suspended"
        }
        (_, Kind::Operator) => "notice-operator",
        (_, _) => "notice-office",
    };
    if form.base.revision > 0 {
        return Some((vec![Ask::Edit(change)], After::Said(said)));
    }
    let facts = change.edits.into_iter().filter_map(|edit| Some((edit.at, edit.now?))).collect();
    Some((vec![Ask::Create { of: form.base.of, facts, happened }], After::Said(said)))
}
