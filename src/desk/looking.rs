//! Looking at a case: what of it a seat sees, where it must say why first, and the line in the trail that comes before.
//!
//! A reason opens what asked for one to this seat alone and for a while; it lives in memory, the trail keeps it for good.

use super::ask::{Ask, Proposal, Ticket};
use super::reading::{self, CaseView};
use super::seat::{RowId, Seat};
use crate::domain::access::{
    Access, Act, Holding, SHARED_SECTIONS, can, owed_at, section_at, section_code, told_outside,
};
use crate::domain::case::Case;
use crate::domain::change::Change;
use crate::domain::field::Section;
use crate::domain::gate::{Fact, Obstacle};
use crate::domain::reason::{self, REASON_LEAST, Said};
use crate::domain::record::{Record, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Number, Subject};
use crate::records::trail::{Act as Looked, Look};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::time::Duration;
use ulid::Ulid;

/// How long a reason holds: about as long as one works on one case in one go, so that a screen left alone falls shut.
pub const REASON_HOLDS: TimeDelta = TimeDelta::minutes(30);
/// How long the sealer is not told again that the same seat met the same sealed case.
const TOLD_FOR: TimeDelta = TimeDelta::hours(24);
/// How long a look waits at most for the mark that tells the owner.
const TELLING: Duration = Duration::from_secs(2);
/// Cases that a seat remembers at most; the oldest are forgotten, and ask again.
const MOST: usize = 512;

/// What stands between an operator and a case that opens with a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// The case is sealed, and the operator is named in it.
    Seal,
    /// The compartment of qualification, screening and law track, for a supervisor who is not named.
    Compartment,
    /// The case is another office's: the owner is told.
    OtherOffice,
}

/// What one seat opened with a reason, and until when.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    until: BTreeMap<(Ulid, Section), DateTime<Utc>>,
    /// Sealed cases that an exact number met, and when the sealer was told.
    told: BTreeMap<Ulid, DateTime<Utc>>,
}

impl Reasons {
    fn holds(&self, case: Ulid, section: Section, now: DateTime<Utc>) -> bool {
        self.until.get(&(case, section)).is_some_and(|until| now < *until)
    }

    fn open(&mut self, case: Ulid, sections: &[Section], now: DateTime<Utc>) {
        self.until.retain(|_, until| now < *until);
        if self.until.len() >= MOST * SHARED_SECTIONS.len() {
            self.until.clear();
        }
        self.until.extend(sections.iter().map(|section| ((case, *section), now + REASON_HOLDS)));
    }

    /// Whether the sealer of a case is to be told now; from then on not for a while.
    fn is_news(&mut self, case: Ulid, now: DateTime<Utc>) -> bool {
        self.told.retain(|_, at| now - *at < TOLD_FOR);
        let is_news = !self.told.contains_key(&case) && self.told.len() < MOST;
        if is_news {
            self.told.insert(case, now);
        }
        is_news
    }
}

/// A reason as it is kept: one cleaned line.
///
/// # Errors
/// When it is too short to be one; too long is cut by whoever asks for it.
pub fn sound_reason(typed: &str) -> Result<String, Refusal> {
    let short = || Refusal::new("refused-reason-short").with("least", REASON_LEAST.to_string());
    reason::sound_reason(typed).ok_or_else(short)
}

/// A reason that the trail keeps for good: the one door through which a reason comes there. `is_told` says whether it names
/// somebody whom the command is about.
///
/// # Errors
/// As [`sound_reason`]; `refused-reason-names` where it holds a person's number or name, which no erasure would reach.
pub(super) fn lasting_reason(typed: &str, is_told: impl FnOnce(&Said) -> bool) -> Result<String, Refusal> {
    let why = sound_reason(typed)?;
    let said = Said::of(&why);
    if said.has_number() || is_told(&said) { Err(Refusal::new("refused-reason-names")) } else { Ok(why) }
}

impl Seat {
    /// The record of a row, for editing.
    ///
    /// # Errors
    /// As [`Seat::record`].
    pub fn record_of(&self, row: RowId) -> Result<Record, Refusal> {
        let of = self.subject_of(row)?;
        self.record(of)
    }

    /// The record of a subject, without what may not be seen; an empty one for a case that does not exist yet. It is a look
    /// like any other, and leaves its line in the trail.
    ///
    /// # Errors
    /// When it may not be opened, needs a reason first (`refused-needs-reason`), or cannot be read.
    pub fn record(&self, of: Subject) -> Result<Record, Refusal> {
        let mut record = self.whole(of)?;
        if record.revision > 0 && of.kind == Kind::Case {
            self.look_at(&record)?;
            self.cut(&mut record);
        }
        Ok(record)
    }

    /// The whole record, for the rules; never shown as it is.
    pub(super) fn whole(&self, of: Subject) -> Result<Record, Refusal> {
        if of.kind == Kind::Inquiry && self.directory().get(of).is_some() {
            // What a family asked is read in the inbox, by whoever may answer it.
            return Err(self.refused(of));
        }
        if of.kind != Kind::Case {
            return Ok(self.directory().get(of).map_or_else(|| Record::empty(of), |record| Record::clone(record)));
        }
        let record = self.kept(of)?;
        match self.access(&record, Section::Identity) {
            _ if record.revision == 0 => Ok(record),
            Access::Allow => Ok(record),
            Access::NeedReason => Err(Refusal::new("refused-needs-reason")),
            Access::Deny | Access::Masked => Err(self.refused(of)),
        }
    }

    /// A case as it is kept, whoever asks.
    pub(super) fn kept(&self, of: Subject) -> Result<Record, Refusal> {
        let record = self.inner().records.get(of).map_err(|fault| Refusal::new(fault.key))?;
        Ok(record.unwrap_or_else(|| Record::empty(of)))
    }

    /// The case in a row that this operator finds, or may open with a reason though no list shows it.
    pub(super) fn subject_of(&self, row: RowId) -> Result<Subject, Refusal> {
        if let Some(summary) = self.summary(row) {
            return Ok(Subject::case(summary.id));
        }
        let of = Subject::case(self.index().id(row).unwrap_or_default());
        match self.access(&self.kept(of)?, Section::Identity) {
            Access::Allow | Access::NeedReason => Ok(of),
            Access::Deny | Access::Masked => Err(self.refused(of)),
        }
    }

    /// The row of the case with this number, where this operator finds it or may open it with a reason.
    ///
    /// # Errors
    /// One sentence, `refused-no-case`, where there is none and where it is not this operator's to see; the trail tells the two
    /// apart. An erased number says so.
    pub fn row_numbered(&self, number: Number) -> Result<RowId, Refusal> {
        let refusal = Refusal::new("refused-no-case").with("number", number.to_string());
        let Some(row) = self.row_of_number(number) else {
            return Err(self.erased_number(number).unwrap_or(refusal));
        };
        match self.subject_of(row) {
            Ok(_) => Ok(row),
            // The refusal of access is noted; what it would say is that there is such a case.
            Err(_) => Err(refusal),
        }
    }

    pub(super) fn refused(&self, of: Subject) -> Refusal {
        self.look(Looked::Refused, vec![of], 1);
        Refusal::new("why-not-access")
    }

    /// Opens a case; the look leaves a line in the trail before anything is shown.
    ///
    /// # Errors
    /// As [`Seat::record`].
    pub fn open(&self, row: RowId) -> Result<CaseView, Refusal> {
        let record = self.whole(self.subject_of(row)?)?;
        self.look_at(&record)?;
        reading::view(self, row, record)
    }

    /// Notes that a case is opened. What is sealed, in the compartment or another office's is on the disk before it is shown.
    fn look_at(&self, record: &Record) -> Result<(), Refusal> {
        let case = Case(record);
        let is_outside = case.owner().is_some_and(|owner| owner.id != self.author.office);
        let has_law = || record.facts.keys().any(|slot| section_at(record, None, *slot) == Section::Law);
        if case.is_sealed() || is_outside || (self.may_see(record, Section::Law) && has_law()) {
            return self.look_first(Looked::Open, record.of, "", &[]);
        }
        self.look(Looked::Open, vec![record.of], 1);
        Ok(())
    }

    /// Notes a look and waits until it is on the disk.
    pub(super) fn look_first(&self, act: Looked, of: Subject, why: &str, sections: &[Section]) -> Result<(), Refusal> {
        let look = Look {
            at: self.inner().now(),
            by: self.author.operator,
            office: self.author.office,
            act,
            of: vec![of],
            count: 1,
            why: why.to_owned(),
            fields: sections.iter().filter_map(|section| section_code(*section)).map(str::to_owned).collect(),
        };
        let noted = self.inner().records.trail().note_first(&look);
        noted.map(|_| ()).map_err(|fault| Refusal::new("refused-trail-unwritable").with("code", fault.code))
    }

    /// What this operator may do with a section of a case now: as the table says, and open where a reason was given.
    pub(super) fn access(&self, record: &Record, section: Section) -> Access {
        let access = can(&self.actor(), Act::Open, section, &Holding::at(record, self.inner().now()));
        let now = self.inner().now();
        let is_open = || self.reasons.lock().unwrap_or_else(PoisonError::into_inner).holds(record.of.id, section, now);
        if access == Access::NeedReason && is_open() { Access::Allow } else { access }
    }

    /// The sections of a case whose content this operator may not see.
    pub(super) fn hidden(&self, record: &Record) -> Vec<Section> {
        SHARED_SECTIONS.into_iter().filter(|section| !self.may_see(record, *section)).collect()
    }

    /// Whether a fact stands in one of these closed sections; of another office's case also a debt that would name one.
    pub(super) fn is_closed(&self, record: &Record, change: Option<&Change>, at: Slot, hidden: &[Section]) -> bool {
        let tells = || owed_at(record, change, at).is_some_and(|section| hidden.contains(&section));
        hidden.contains(&section_at(record, change, at)) || (self.is_outside(record) && tells())
    }

    /// Whether a case is another office's.
    pub(super) fn is_outside(&self, record: &Record) -> bool {
        Case(record).owner().is_some_and(|owner| owner.id != self.author.office)
    }

    /// What stands against something, without naming facts of another office's sections that this one does not see.
    pub(super) fn told(&self, record: &Record, obstacles: Vec<Obstacle>) -> Vec<Obstacle> {
        if self.is_outside(record) {
            told_outside(&obstacles, |section| !self.may_see(record, section))
        } else {
            obstacles
        }
    }

    /// Whether a fact may be named to this operator as missing from the case of a row, or owed in it.
    pub fn may_name(&self, row: RowId, fact: Fact) -> bool {
        let record = self.index().id(row).and_then(|id| self.kept(Subject::case(id)).ok());
        record.is_some_and(|record| self.may_name_of(&record, fact))
    }

    /// The same of a case that is at hand.
    pub(super) fn may_name_of(&self, record: &Record, fact: Fact) -> bool {
        !self.is_outside(record) || self.may_see(record, fact.field().section())
    }

    /// Takes what may not be seen out of a record; gives the sections that are closed.
    pub(super) fn cut(&self, record: &mut Record) -> Vec<Section> {
        let hidden = self.hidden(record);
        let closed: Vec<Slot> =
            record.facts.keys().filter(|slot| self.is_closed(record, None, **slot, &hidden)).copied().collect();
        for slot in closed {
            record.facts.remove(&slot);
        }
        hidden
    }

    /// Whether this operator may see a section of a case.
    pub fn may_see(&self, record: &Record, section: Section) -> bool {
        self.access(record, section) == Access::Allow
    }

    /// Whether the case of a row may be done this to as a whole: sealed, shared, merged.
    pub fn may(&self, row: RowId, act: Act) -> bool {
        let of = self.index().id(row).map(Subject::case);
        let record = of.and_then(|of| self.kept(of).ok()).filter(|record| record.revision > 0);
        record.is_some_and(|record| self.may_on(&record, act))
    }

    /// As [`Seat::may`], of a record.
    pub fn may_on(&self, record: &Record, act: Act) -> bool {
        can(&self.actor(), act, Section::Desk, &Holding::at(record, self.inner().now())) == Access::Allow
    }

    /// Whether what is open of the case in a row may stay on this operator's screen: not when it was sealed meanwhile and
    /// this operator is not named, nor when it is another office's now or its share was revoked.
    pub fn may_stay(&self, row: RowId) -> bool {
        let of = self.index().id(row).map(Subject::case);
        // A record that cannot be read now says nothing new.
        let record = of.and_then(|of| self.kept(of).ok());
        record.is_none_or(|record| {
            let is_ones_own = Case(&record).owner().is_some_and(|owner| owner.id == self.author.office);
            match self.access(&record, Section::Identity) {
                Access::Allow => true,
                Access::NeedReason => is_ones_own || Case(&record).is_sealed(),
                // A record without an owner is nobody's to take away.
                Access::Masked | Access::Deny => !Case(&record).is_sealed() && is_ones_own,
            }
        })
    }

    /// What stands between this operator and a case that opens with a reason; `None` where it opens at once, or never.
    pub fn behind(&self, row: RowId) -> Option<Behind> {
        let of = Subject::case(self.index().id(row)?);
        let record = self.kept(of).ok()?;
        (self.access(&record, Section::Identity) == Access::NeedReason).then(|| self.behind_of(&record))
    }

    fn behind_of(&self, record: &Record) -> Behind {
        let case = Case(record);
        if case.is_sealed() {
            Behind::Seal
        } else if case.owner().is_some_and(|owner| owner.id != self.author.office) {
            Behind::OtherOffice
        } else {
            Behind::Compartment
        }
    }

    /// Opens to this seat, for [`REASON_HOLDS`], every section of a case that asks for a reason. The reason is in the trail,
    /// on the disk, when this returns; where the case is another office's, its owner is told.
    ///
    /// # Errors
    /// No reason worth the name, or one that names the person; nothing that a reason would open; a trail that cannot be written, and then nothing is shown.
    pub fn give_reason(&self, row: RowId, typed: &str) -> Result<(), Refusal> {
        sound_reason(typed)?;
        let of = Subject::case(self.index().id(row).ok_or(Refusal::new("why-not-access"))?);
        let record = self.kept(of)?;
        let is_asking = |section: &Section| self.access(&record, *section) == Access::NeedReason;
        let asking: Vec<Section> = SHARED_SECTIONS.into_iter().filter(is_asking).collect();
        if asking.is_empty() {
            return Err(self.refused(of));
        }
        let why = lasting_reason(typed, |said| said.is_about(&record, true)).inspect_err(|_| {
            // What is refused here says that the name was right: whoever tries names leaves a line for each.
            self.look(Looked::Refused, vec![of], 1);
        })?;
        let behind = self.behind_of(&record);
        let act = if behind == Behind::OtherOffice { Looked::BreakGlass } else { Looked::Sealed };
        self.look_first(act, of, &why, &asking)?;
        let now = self.inner().now();
        self.reasons.lock().unwrap_or_else(PoisonError::into_inner).open(of.id, &asking, now);
        if behind == Behind::OtherOffice {
            // The owner is told before anything is shown, if the writer is awake; the trail has the look in any case.
            drop(self.tell(of, "LUA", &why).wait(TELLING));
        }
        Ok(())
    }

    /// Tells whoever sealed a case that somebody who may not know of it met it by an exact number: once a day and seat.
    pub(super) fn met_sealed(&self, case: Ulid) {
        let now = self.inner().now();
        if self.reasons.lock().unwrap_or_else(PoisonError::into_inner).is_news(case, now) {
            self.look(Looked::Sealed, vec![Subject::case(case)], 1);
            drop(self.tell(Subject::case(case), "TPT", ""));
        }
    }

    /// The desk's own mark on a case that somebody looked from outside.
    fn tell(&self, of: Subject, kind: &'static str, why: &str) -> Ticket {
        let ask = Ask::Look { of, kind, why: why.to_owned() };
        self.propose(Proposal { id: self.new_id(), asks: vec![ask], undoes: None })
    }
}
