//! Coming in: by the kernel's number, by the name that a shared account's forced command says, by id. Who is suspended or
//! whose last day has passed does not, and hears why.

use super::seat::Seat;
use super::writer::Author;
use super::{Desk, standing};
use crate::domain::access::{Role, Roles};
use crate::domain::calendar::Zone;
use crate::domain::field::Field;
use crate::domain::operator::Operator;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};
use std::sync::{Arc, PoisonError};
use ulid::Ulid;

impl Desk {
    /// A seat for the operator whom the kernel calls by this number.
    ///
    /// # Errors
    /// When nobody of that number was added.
    pub fn enter(&self, uid: u32) -> Result<Seat, Refusal> {
        let directory = self.inner.directory.read().unwrap_or_else(PoisonError::into_inner);
        let operator = directory
            .operator_of_uid(uid)
            .ok_or_else(|| Refusal::new("refused-stranger").with("uid", uid.to_string()))?;
        let operator = operator.of.id;
        drop(directory);
        self.enter_as(operator)
    }

    /// A seat for whoever the forced command of a shared account names (`--as NAME`): an operator with a key for it. `gate`
    /// is the account's own uid, which is nobody's; that it is a gate at all is the settings' to say, before this is asked.
    ///
    /// # Errors
    /// When nobody of that name has a key, or the uid is somebody's own; as [`Desk::enter_as`].
    pub fn enter_named(&self, gate: u32, name: &str) -> Result<Seat, Refusal> {
        let directory = self.inner.directory.read().unwrap_or_else(PoisonError::into_inner);
        if directory.operator_of_uid(gate).is_some() {
            return Err(Refusal::new("refused-gate-is-somebody"));
        }
        let is_named = |record: &&Arc<Record>| {
            let operator = Operator(record);
            operator.login() == Some(name) && operator.keys().next().is_some()
        };
        let operator = directory.all(Kind::Operator).find(is_named).map(|record| record.of.id);
        drop(directory);
        self.enter_as(operator.ok_or_else(|| Refusal::new("refused-name-unknown").with("name", name.to_owned()))?)
    }

    /// A seat for an operator by id.
    ///
    /// # Errors
    /// When there is no such operator, or they are suspended, or their last day has passed.
    pub fn enter_as(&self, operator: Ulid) -> Result<Seat, Refusal> {
        let directory = self.inner.directory.read().unwrap_or_else(PoisonError::into_inner);
        let record =
            directory.get(Subject::new(Kind::Operator, operator)).ok_or(Refusal::new("refused-not-operator"))?;
        let office = record.link(Field::OperatorOffice).ok_or(Refusal::new("refused-not-operator"))?;
        let office_record = directory.get(office);
        let zone = office_record
            .and_then(|office| office.code(Field::OfficeZone))
            .and_then(Zone::from_code)
            .unwrap_or_default();
        if let Some(refusal) = standing::bar(record, zone, self.inner.now()) {
            return Err(refusal);
        }
        let is_post = |post: &&Arc<Record>| post.link(Field::OfficeParent) == Some(office);
        let author = Author {
            operator,
            office: office.id,
            roles: Roles::of(record),
            name: record.text(Field::OperatorName).unwrap_or_default().to_owned(),
            zone: zone.offset(),
            region: office_record.and_then(|office| office.code(Field::OfficeRegion)).map(str::to_owned),
            asked: Arc::default(),
            posts: directory.all(Kind::Office).filter(is_post).map(|post| post.of.id).collect(),
            standing: self.inner.seated(record, office, zone),
        };
        let (letters, place) = (self.subscribe(), self.place());
        Ok(Seat { desk: self.clone(), author, office_zone: zone, letters, place, reasons: Arc::default() })
    }

    /// The seat of the machine itself, for root and the service's own user (whoever gives it has asked the kernel): no operator
    /// and without a role, it finds no case. It lets the first supervisor in, and reads the keys of the shared account.
    pub fn enter_machine(&self) -> Seat {
        let zone = Zone::default();
        let author = Author {
            operator: Ulid::nil(),
            office: Ulid::nil(),
            roles: Roles::none(),
            name: String::new(),
            zone: zone.offset(),
            region: None,
            asked: Arc::default(),
            posts: Vec::new(),
            standing: standing::Standing::of_nobody(),
        };
        let (letters, place) = (self.subscribe(), self.place());
        Seat { desk: self.clone(), author, office_zone: zone, letters, place, reasons: Arc::default() }
    }

    /// The seat of some supervisor: how the practice desk begins.
    ///
    /// # Errors
    /// When there is none.
    pub fn enter_supervisor(&self) -> Result<Seat, Refusal> {
        let directory = self.inner.directory.read().unwrap_or_else(PoisonError::into_inner);
        let supervisors = directory.all(Kind::Operator).filter(|record| Roles::of(record).has(Role::Supervisor));
        let supervisors: Vec<Ulid> = supervisors.map(|record| record.of.id).collect();
        drop(directory);
        let mut last = Refusal::new("refused-not-operator");
        for operator in supervisors {
            match self.enter_as(operator) {
                Ok(seat) => return Ok(seat),
                Err(refusal) => last = refusal,
            }
        }
        Err(last)
    }
}
