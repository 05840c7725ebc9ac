//! What a typed text may mean where another subject is asked for, and how that subject is called. Narrowed as every list is.

use super::Order;
use super::seat::Seat;
use crate::domain::access::Roles;
use crate::domain::field::Field;
use crate::domain::record::Record;
use crate::domain::subject::{Kind, Number, Subject};
use crate::identity::fold::fold;
use std::sync::Arc;

impl Seat {
    /// What a typed text may mean where another subject is asked for: cases by number or name, the rest by name; all of a
    /// small kind while nothing is typed.
    pub fn linkable(&self, kind: Kind, typed: &str, most: usize) -> Vec<(Subject, String)> {
        if kind == Kind::Case {
            let found = |text: &str| match self.read_query(text) {
                Ok(query) => self.list(&query, Order::Urgency).rows.page(0, most),
                Err(_) => Vec::new(),
            };
            let typed = typed.trim();
            let is_wristband = (1..=4).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
            let mut rows = match typed.parse::<Number>() {
                Ok(number) => self.row_of_number(number).into_iter().collect(),
                Err(_) if is_wristband => found(&format!("antrian:{typed}")),
                Err(_) => Vec::new(),
            };
            if rows.is_empty() && !typed.is_empty() {
                rows = found(typed);
            }
            let named = |row| self.summary(row).map(|summary| Subject::case(summary.id));
            return rows.into_iter().filter_map(named).map(|of| (of, self.link_name(of))).collect();
        }
        if kind == Kind::Movement {
            return self.movements(typed, most);
        }
        let wanted = fold(typed);
        let directory = self.directory();
        let all = directory.all(kind).map(|record| (record.of, directory.name_of(record.of)));
        all.filter(|(_, name)| fold(name).contains(&wanted)).take(most).collect()
    }

    /// Movements by name and day, those that land now first and the newest before older ones; one digit alone chooses from
    /// that order.
    fn movements(&self, typed: &str, most: usize) -> Vec<(Subject, String)> {
        let mut all = self.movements_now();
        let mut others: Vec<Subject> = self.directory().all(Kind::Movement).map(|movement| movement.of).collect();
        others.reverse();
        others.retain(|of| !all.contains(of));
        all.extend(others);
        let named = |of: Subject| (of, self.link_name(of));
        if let Ok(place @ 1..=9) = typed.trim().parse::<usize>() {
            return all.get(place - 1).copied().map(named).into_iter().collect();
        }
        let wanted = fold(typed);
        all.into_iter().map(named).filter(|(_, name)| fold(name).contains(&wanted)).take(most).collect()
    }

    /// The other operators of this office who hold one of these roles, by name: whom to ask for a second look.
    pub fn colleagues(&self, roles: Roles) -> Vec<(Subject, String)> {
        let directory = self.directory();
        let is_one = |record: &&Arc<Record>| {
            record.of != self.operator()
                && !Roles::of(record).and(roles).is_empty()
                && record.link(Field::OperatorOffice).is_some_and(|office| office.id == self.author.office)
        };
        let named = directory.all(Kind::Operator).filter(is_one);
        named.map(|record| (record.of, record.text(Field::OperatorName).unwrap_or_default().to_owned())).collect()
    }

    /// How another subject is called on screen: a case by number and name, a movement by name and day.
    pub fn link_name(&self, of: Subject) -> String {
        if of.kind == Kind::Movement {
            let directory = self.directory();
            let (name, lands) = (directory.name_of(of), directory.lands(Some(of.id)));
            let day = lands.map(|day| day.format("%d-%m-%Y").to_string()).unwrap_or_default();
            return if name.contains(&day) { name } else { format!("{name} {day}") };
        }
        if of.kind != Kind::Case {
            return self.directory().name_of(of);
        }
        match self.row_of(of.id).and_then(|row| self.summary(row)) {
            Some(summary) => format!("{} {}", summary.number, summary.name),
            // Of somebody who was erased the number stays, and nothing else.
            None => self.inner().erasures().number(of.id).map(|number| number.to_string()).unwrap_or_default(),
        }
    }
}
