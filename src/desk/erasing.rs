//! Erasing a case: who may and when, and everywhere it is then forgotten: index, seals, undo, drafts, snapshot. The key is
//! destroyed by the records; afterwards nothing here can bring anything back.
//!
//! Asked again with the same id it is finished again, so that whatever an error left open is closed by the next asking; the
//! next start does the same.

use super::ask::{Answer, Ask, Denied, Done, Proposal};
use super::looking::lasting_reason;
use super::seat::{RowId, Seat};
use super::writer::{Author, Job, Writer};
use super::{Inner, News};
use crate::domain::access::{Access, Act, Holding, can};
use crate::domain::case::Case;
use crate::domain::erasure;
use crate::domain::field::{Field, Section};
use crate::domain::record::Record;
use crate::domain::refusal::{Fault, Refusal};
use crate::domain::subject::{Number, Subject};
use crate::records::trail::{Act as Looked, Look};
use crate::records::{CommitError, Records, Remains};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError, RwLockReadGuard};
use ulid::Ulid;

/// What is kept of everybody who was erased: few, held in memory.
#[derive(Debug, Default)]
pub struct Erasures(BTreeMap<Ulid, Remains>);

impl Erasures {
    /// Reads them from the records.
    pub fn load(records: &Records) -> Result<Self, Fault> {
        Ok(Self(records.erased()?.into_iter().map(|remains| (remains.of.id, remains)).collect()))
    }

    /// The last number of a year (two digits) among them: it is never given again.
    pub fn last_number(&self, year: u8) -> u32 {
        let numbers = self.0.values().map(|remains| Number::from_packed(remains.number));
        numbers.filter(|number| number.year == year).map(|number| number.running).max().unwrap_or(0)
    }

    /// Whoever was erased.
    pub fn subjects(&self) -> Vec<Subject> {
        self.0.values().map(|remains| remains.of).collect()
    }

    /// The number of an erased case.
    pub fn number(&self, case: Ulid) -> Option<Number> {
        self.0.get(&case).map(|remains| Number::from_packed(remains.number))
    }

    /// The erased case that had this number.
    pub fn of_number(&self, number: Number) -> Option<Ulid> {
        self.by_number(number).map(|remains| remains.of.id)
    }

    fn by_number(&self, number: Number) -> Option<&Remains> {
        self.0.values().find(|remains| remains.number == number.packed())
    }

    /// How many people of an office who were on a movement are erased.
    pub fn of_movement(&self, movement: Ulid, office: Ulid) -> usize {
        let is_one = |remains: &&Remains| remains.movement == Some(movement) && remains.owner == Some(office);
        self.0.values().filter(is_one).count()
    }
}

/// What an erasure would destroy, as the question before it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doomed {
    pub of: Subject,
    pub number: Number,
    pub name: String,
    /// Entries of the history that can be read no more.
    pub entries: usize,
    /// Other cases that it is linked with: there only the number stays.
    pub links: usize,
}

impl Job {
    /// The case that this proposal erases, and why; only what is asked alone.
    pub(super) fn erases(&self) -> Option<(Subject, &str)> {
        match self.proposal.asks.as_slice() {
            [Ask::Erase { of, why }] if self.proposal.undoes.is_none() => Some((*of, why)),
            _ => None,
        }
    }
}

impl Inner {
    pub(super) fn erasures(&self) -> RwLockReadGuard<'_, Erasures> {
        self.erasures.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// What stands against this author's erasing a case now.
    fn bar_to_erasing(&self, author: &Author, record: &Record) -> Option<Refusal> {
        if let Err(fallen) = author.stands(self.now()) {
            return Some(fallen);
        }
        if can(&author.actor(), Act::Erase, Section::Desk, &Holding::at(record, self.now())) < Access::NeedReason {
            return Some(Refusal::new("why-not-supervisor-only"));
        }
        let now = self.now();
        erasure::bar(record, now, &self.rules_at(record.link(Field::Owner), now))
    }

    /// Destroys the keys that are still to be destroyed, and forgets whoever is erased in all that is not the records: index,
    /// seals, undo, drafts, snapshot. Done before, nothing changes; what fails is owed until it is done ([`Inner::owes_forgetting`]).
    pub(super) fn forget_erased(&self) -> Result<(), Fault> {
        self.owes_forgetting.store(true, Ordering::Release);
        self.records.settle()?;
        let erasures = Erasures::load(&self.records)?;
        let all = erasures.subjects();
        *self.erasures.write().unwrap_or_else(PoisonError::into_inner) = erasures;
        self.forget_in_memory(&all);
        let drafts = self.records.drafts().drop_about(&all);
        self.tell(&News::Changed { by: Ulid::nil(), commit: None, subjects: all.into() });
        // A draft that cannot be removed keeps nobody in the snapshot.
        self.forget_in_snapshot()?;
        drafts?;
        self.owes_forgetting.store(false, Ordering::Release);
        Ok(())
    }

    /// Whether somebody is erased and not forgotten everywhere yet: the writer tries again until they are.
    pub(super) fn owes_forgetting(&self) -> bool {
        self.owes_forgetting.load(Ordering::Acquire)
    }

    fn forget_in_memory(&self, all: &[Subject]) {
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        let mut seals = self.seals.write().unwrap_or_else(PoisonError::into_inner);
        let mut ties = self.ties.write().unwrap_or_else(PoisonError::into_inner);
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        for of in all {
            index.remove(of.id);
            seals.forget(of.id);
            ties.forget(of.id);
            lately.forget(*of);
        }
    }

    /// Writes the snapshot anew, without whoever is erased; where it cannot be written the old one goes.
    pub(super) fn forget_in_snapshot(&self) -> Result<(), Fault> {
        self.save_snapshot(&Vec::new).or_else(|_| self.records.drop_snapshot())
    }
}

impl Writer {
    /// Erases a case, with its reason on the disk before.
    pub(super) fn erase(&mut self, job: &Job, of: Subject, why: &str) -> Answer {
        let inner = Arc::clone(&self.inner);
        let id = job.proposal.id;
        if inner.records.find_commit(id)?.is_none() {
            let remains = self.judge_erasure(job, of, why)?;
            match inner.records.erase(id, job.author.office, &remains) {
                Ok(_) => {}
                Err(CommitError::Refused(fault)) => return Err(Denied::Fault(fault)),
                Err(CommitError::Unknown(fault)) => {
                    self.in_doubt.push(id);
                    return Err(Denied::Unknown(fault));
                }
            }
        }
        // Nobody finds them from here on, whatever the rest meets; asked again, the line may be there and that rest not done.
        inner.forget_in_memory(&[of]);
        inner.has_applied(inner.records.head());
        inner.forget_erased().map_err(Denied::Unknown)?;
        Ok(Done { id, created: Vec::new(), changed: 1 })
    }

    /// Whether this may be, by the records of now; notes it in the trail, with the reason and the number, and no value.
    fn judge_erasure(&self, job: &Job, of: Subject, why: &str) -> Result<Remains, Denied> {
        let (inner, author) = (&self.inner, &job.author);
        let record = inner.records.get(of)?.ok_or(Refusal::new("refused-nobody-exact"))?;
        if let Some(refusal) = inner.bar_to_erasing(author, &record) {
            inner.look(author, Looked::Refused, vec![of], 1, "");
            return Err(refusal.into());
        }
        let why = lasting_reason(why, |said| said.is_about(&record, true))?;
        let number = Case(&record).number().ok_or(Refusal::new("refused-nobody-exact"))?;
        let look = Look {
            at: inner.now(),
            by: author.operator,
            office: author.office,
            act: Looked::Erase,
            of: vec![of],
            count: 1,
            why,
            fields: vec![number.to_string()],
        };
        inner
            .records
            .trail()
            .note_first(&look)
            .map_err(|fault| Refusal::new("refused-trail-unwritable").with("code", fault.code))?;
        Ok(Remains {
            of,
            number: number.packed(),
            movement: record.link(Field::Movement).map(|movement| movement.id),
            owner: record.link(Field::Owner).map(|office| office.id),
            at: look.at,
            by: author.operator,
        })
    }
}

impl Seat {
    /// What erasing the case of a row would destroy; it is a look at it like any other.
    ///
    /// # Errors
    /// Not this operator's to erase, or to be kept, with the reason.
    pub fn doomed(&self, row: RowId) -> Result<Doomed, Refusal> {
        let of = self.subject_of(row)?;
        let view = self.open(row)?;
        let record = self.kept(of)?;
        if let Some(refusal) = self.inner().bar_to_erasing(&self.author, &record) {
            return Err(refusal);
        }
        let entries = self.inner().records.history(of).map_err(|fault| Refusal::new(fault.key))?.len();
        let links = Case(&record).links().count();
        let name = view.summary.name;
        Ok(Doomed { of, number: view.summary.number, name, entries, links })
    }

    /// Why this operator cannot erase the case of a row now; nothing when they can.
    pub fn why_not_erase(&self, row: RowId) -> Option<Refusal> {
        let record = self.subject_of(row).and_then(|of| self.kept(of));
        record.map_or_else(Some, |record| self.inner().bar_to_erasing(&self.author, &record))
    }

    /// The proposal that erases a case.
    ///
    /// # Errors
    /// No reason worth the name, or one that names the person; the writer judges the rest again.
    pub fn erasure(&self, of: Subject, why: &str) -> Result<Proposal, Refusal> {
        let record = self.kept(of)?;
        let why = lasting_reason(why, |said| said.is_about(&record, true))?;
        Ok(Proposal { id: self.new_id(), asks: vec![Ask::Erase { of, why }], undoes: None })
    }

    /// The refusal that a number was erased, and when; nothing for numbers that were not.
    pub fn erased_number(&self, number: Number) -> Option<Refusal> {
        let at = self.inner().erasures().by_number(number)?.at;
        let on = self.zone().local(at).format("%d-%m-%Y").to_string();
        Some(Refusal::new("refused-erased").with("number", number.to_string()).with("on", on))
    }

    /// Whether a case was erased.
    pub fn is_erased(&self, of: Subject) -> bool {
        self.inner().erasures().number(of.id).is_some()
    }
}
