//! A seat: one operator at the desk. Everything a session reads or asks goes through it, so that access is asked in one
//! place and every look leaves its line in the trail.

use super::alike::alike;
use super::ask::{Answer, Denied, Proposal, Ticket};
use super::custody::is_keeper;
use super::duplicates::{Candidate, Certainty, Reason};
use super::looking::Reasons;
use super::news::Letters;
use super::presence::Place;
use super::writer::{Author, Job, circumstances};
use super::{Alarm, Desk, Inner};
use crate::domain::access::{Access, Act, Actor, Holding, Role, Roles, can};
use crate::domain::calendar::Zone;
use crate::domain::case::Case;
use crate::domain::change::{Change, Verb};
use crate::domain::field::{Field, Page};
use crate::domain::gate::{self, Intent, Obstacle, Target};
use crate::domain::record::{Facts, Record};
use crate::domain::refusal::{Fault, Refusal};
use crate::domain::status::Status;
use crate::domain::subject::{Kind, Subject};
use crate::records::index::Index;
use crate::records::trail::{Act as Looked, Look};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, PoisonError, RwLockReadGuard};
use ulid::Ulid;

/// A row of the index: stable while the desk is open.
pub type RowId = u32;

/// People alike whom an operator may not find, looked past at most.
const HIDDEN_ALIKE: usize = 16;

/// What a query gave.
#[derive(Clone)]
pub struct Listing {
    pub rows: super::Rows,
    /// Cases that this operator may find at all.
    pub total: usize,
    /// Sealed cases among them that others handle: of everybody, or of one movement, a bare number; zero for other queries,
    /// for a search must not tell whether it met one.
    pub apart: usize,
    /// People who were erased, of one movement, a bare number; zero for other queries.
    pub erased: usize,
}

/// One operator's access to the desk.
#[derive(Clone)]
pub struct Seat {
    pub(super) desk: Desk,
    pub(super) author: Author,
    pub(super) office_zone: Zone,
    pub(super) letters: Arc<Letters>,
    pub(super) place: Arc<Place>,
    pub(super) reasons: Arc<Mutex<Reasons>>,
}

impl std::fmt::Debug for Seat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Seat({})", self.author.operator)
    }
}

impl Seat {
    pub(super) fn inner(&self) -> &Inner {
        &self.desk.inner
    }

    /// This operator for the table of access: with no role at all once the seat has fallen.
    pub(super) fn actor(&self) -> Actor<'_> {
        Actor { roles: self.roles(), ..self.author.actor() }
    }

    /// The roles that hold now.
    pub(super) fn roles(&self) -> Roles {
        if self.standing().is_ok() { self.author.roles } else { Roles::none() }
    }

    /// Whether this operator may go on: nothing is shown and nothing taken once not.
    ///
    /// # Errors
    /// Why not: suspended, the last day is over, or roles or office are others now and wait for a new session.
    pub fn standing(&self) -> Result<(), Refusal> {
        self.author.stands(self.inner().now())
    }

    /// This operator.
    pub const fn operator(&self) -> Subject {
        Subject::new(Kind::Operator, self.author.operator)
    }

    /// The office where this operator works.
    pub const fn office(&self) -> Subject {
        Subject::new(Kind::Office, self.author.office)
    }

    /// The same seat with its office as it is now: what it asked, opened and has not heard yet stays.
    #[must_use]
    pub fn again(&self) -> Self {
        match self.desk.enter_as(self.author.operator) {
            Ok(mut seat) => {
                (seat.letters, seat.place) = (Arc::clone(&self.letters), Arc::clone(&self.place));
                seat.reasons = Arc::clone(&self.reasons);
                seat.author.asked = Arc::clone(&self.author.asked);
                seat
            }
            Err(_) => self.clone(),
        }
    }

    pub const fn zone(&self) -> Zone {
        self.office_zone
    }

    /// The country where this desk stands, ISO 3166 alpha-3: what a walk-in's report says. Where the office does not say,
    /// it is guessed from its zone; Indochina is taken for the embassy in Phnom Penh.
    pub fn country(&self) -> String {
        let directory = self.directory();
        let office = directory.get(Subject::new(Kind::Office, self.author.office));
        office.and_then(|office| office.code(Field::OfficeCountry)).unwrap_or(self.country_of_zone()).to_owned()
    }

    /// The country that a zone alone suggests.
    const fn country_of_zone(&self) -> &'static str {
        match self.office_zone {
            Zone::Wib | Zone::Wita | Zone::Wit => "IDN",
            Zone::Ict => "KHM",
            Zone::Ast => "SAU",
            Zone::Gst => "ARE",
            Zone::Myt => "MYS",
        }
    }

    /// Name and roles, as the title line shows them.
    pub fn who(&self) -> String {
        let roles: Vec<&str> =
            Role::ALL.iter().filter(|role| self.author.roles.has(**role)).map(|role| role.code()).collect();
        format!("{} {}", self.author.name, roles.join("+"))
    }

    /// The role of somebody who sees no case at all, whatever the desk holds: leadership, auditor, administrator.
    pub fn role_without_cases(&self) -> Option<Role> {
        let is_without = |role: Role| matches!(role, Role::Leadership | Role::Auditor | Role::Administrator);
        let mut own = Role::ALL.iter().copied().filter(|role| self.author.roles.has(*role));
        let first = own.next().filter(|role| is_without(*role))?;
        own.all(is_without).then_some(first)
    }

    /// A fresh id.
    pub fn new_id(&self) -> Ulid {
        super::ids::fresh()
    }

    pub(super) fn directory(&self) -> RwLockReadGuard<'_, super::directory::Directory> {
        self.inner().directory.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn index(&self) -> RwLockReadGuard<'_, Index> {
        self.inner().index.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The name of an operator; empty for nobody known.
    pub fn operator_name(&self, id: Ulid) -> String {
        let directory = self.directory();
        let record = directory.get(Subject::new(Kind::Operator, id));
        record.and_then(|record| record.text(Field::OperatorName)).unwrap_or_default().to_owned()
    }

    /// Every operator with the codes of their roles.
    pub fn operators(&self) -> Vec<(Ulid, String, Vec<String>)> {
        let directory = self.directory();
        let row = |record: &Arc<Record>| {
            let roles = super::directory::Directory::roles(record).into_iter().map(str::to_owned).collect();
            (record.of.id, record.text(Field::OperatorName).unwrap_or_default().to_owned(), roles)
        };
        directory.all(Kind::Operator).map(row).collect()
    }

    /// The name of the office where an operator works; empty where nobody knows it.
    pub fn office_of_operator(&self, operator: Ulid) -> String {
        let directory = self.directory();
        let office =
            directory.get(Subject::new(Kind::Operator, operator)).and_then(|one| one.link(Field::OperatorOffice));
        office.map(|office| directory.name_of(office)).unwrap_or_default()
    }

    /// Another operator's seat: on the practice desk only.
    ///
    /// # Errors
    /// On any other desk.
    pub fn switch(&self, operator: Ulid) -> Result<Self, Refusal> {
        if !self.inner().is_practice {
            return Err(Refusal::new("why-not-practice-only"));
        }
        // The screen stays: whoever carries it is woken for the new one as for the old.
        Ok(Self { letters: Arc::clone(&self.letters), ..self.desk.enter_as(operator)? })
    }

    /// What is wrong with the data, gravest first: a banner until it is mended. Of backups only those hear who see to them.
    pub fn alarms(&self) -> Vec<Alarm> {
        let keeps = is_keeper(self.roles());
        let is_told = |alarm: &Alarm| keeps || !(*alarm == Alarm::KeyUncopied || alarm.is_of_backups());
        self.inner().alarms().into_iter().filter(is_told).collect()
    }

    // ---- one case

    /// Which fields of a case this operator may edit by hand. Asked of the case as it is kept: who owns it and with whom it is
    /// shared may be closed in what he sees of it.
    pub fn editing<'a>(&'a self, record: &'a Record) -> impl Fn(Field) -> bool + 'a {
        let kept = self.kept(record.of).ok().filter(|kept| kept.revision > 0);
        let holding = Holding::at(kept.as_ref().unwrap_or(record), self.inner().now());
        move |field| {
            is_typed(record, field) && can(&self.actor(), Act::Edit, field.section(), &holding) == Access::Allow
        }
    }

    /// Why this operator may give no command of this kind; `None` when some.
    pub fn why_not(&self, verb: Option<Verb>) -> Option<Refusal> {
        (verb.is_some() && !self.is_worker()).then(|| Refusal::new("why-not-access"))
    }

    /// All twelve statuses, with what stands against each.
    ///
    /// # Errors
    /// When the case may not be opened.
    pub fn outlook(&self, row: RowId) -> Result<Vec<Target>, Refusal> {
        let record = self.whole(self.subject_of(row)?)?;
        let movement = self.movement_of(&record);
        let circumstances = circumstances(&self.author, self.inner().now(), movement.as_deref());
        let rules = self.inner().rules_at(record.link(Field::Owner), circumstances.now);
        let mut targets = gate::outlook(&record, &circumstances, &rules);
        for target in &mut targets {
            target.obstacles = self.told(&record, std::mem::take(&mut target.obstacles));
            target.owed.retain(|fact| self.may_name_of(&record, *fact));
        }
        Ok(targets)
    }

    /// What a move would do now, or everything that stands against it.
    pub fn judge(&self, row: RowId, to: Status, intent: &Intent) -> Result<Change, Vec<Obstacle>> {
        let record = self.subject_of(row).and_then(|of| self.whole(of)).map_err(|_| vec![Obstacle::Held])?;
        let asked = intent.given_to(&record).find(|(slot, _)| *slot == Field::Movement.into());
        let movement = match asked {
            Some((_, crate::domain::value::Value::Link(movement))) => self.directory().get(*movement).cloned(),
            _ => self.movement_of(&record),
        };
        let circumstances = circumstances(&self.author, self.inner().now(), movement.as_deref());
        let rules = self.inner().rules_at(record.link(Field::Owner), intent.happened.at);
        gate::plan_move(&record, to, intent, &circumstances, &rules).map_err(|obstacles| self.told(&record, obstacles))
    }

    /// The movement of a case.
    pub fn movement_of(&self, record: &Record) -> Option<Arc<Record>> {
        self.directory().get(record.link(Field::Movement)?).cloned()
    }

    /// Who a person may be already, most certain first.
    pub fn candidates(&self, facts: &Facts, most: usize) -> Vec<Candidate> {
        self.alike(None, facts, most)
    }

    /// Who a person may be already. Of cases that this operator may not find, only an exact number tells.
    pub(super) fn alike(&self, own: Option<Ulid>, facts: &Facts, most: usize) -> Vec<Candidate> {
        // Who works on no case learns of nobody, not even by a number.
        if !self.is_worker() {
            return Vec::new();
        }
        let mut found = alike(&self.index(), own, facts, most + HIDDEN_ALIKE);
        let is_exact =
            |one: &Candidate| one.reasons.iter().any(|r| matches!(r, Reason::SameNik | Reason::SameDocument));
        let may_find = |one: &Candidate| self.row_of(one.id).and_then(|row| self.summary(row)).is_some();
        found.retain(|one| may_find(one) || is_exact(one));
        for hidden in found.iter_mut().filter(|one| !may_find(one)) {
            // Whoever may not find the case learns that the number is known, and nothing else of it.
            hidden.certainty = Certainty::Sure;
            hidden.reasons.retain(|reason| matches!(reason, Reason::SameNik | Reason::SameDocument));
        }
        found.iter().filter(|one| !may_find(one) && self.is_sealed(one.id)).for_each(|one| self.met_sealed(one.id));
        let has_answered = |one: &Candidate| own.is_some_and(|own| self.has_answered(one.id, own));
        found.into_iter().filter(|one| !has_answered(one)).take(most).collect()
    }

    /// Whether another case says if it is this one's person: a pair is asked about once, from either side.
    fn has_answered(&self, other: Ulid, own: Ulid) -> bool {
        let record = self.inner().records.get(Subject::case(other)).ok().flatten();
        record.is_some_and(|record| Case(&record).has_answered(Subject::case(own)))
    }

    /// Notes a command of this kind that this operator's role may not give, about the case in a row or nobody; whatever else
    /// stands against a command is no refusal of access.
    pub fn note_refused(&self, verb: Option<Verb>, row: Option<RowId>, command: &str) {
        if self.why_not(verb).is_some() {
            let of = row.and_then(|row| self.case_of_row(row));
            self.inner().look(&self.author, Looked::Refused, of.into_iter().collect(), 1, command);
        }
    }

    // ---- changes

    /// Hands a proposal to the writer.
    pub fn propose(&self, proposal: Proposal) -> Ticket {
        let (reply, answer) = sync_channel::<Answer>(1);
        self.author.asks(proposal.id);
        let job = Job { proposal, author: self.author.clone(), reply };
        if let Err(unsent) = self.desk.work.send(job) {
            let fault = Fault::new("D01", "fault-writer-gone", "the writer has ended");
            let _ = unsent.reply.try_send(Err(Denied::Fault(fault)));
        }
        Ticket { answer }
    }

    // ---- the trail

    pub(super) fn look(&self, act: Looked, of: Vec<Subject>, count: usize) {
        self.inner().look(&self.author, act, of, count, "");
    }

    /// The folder of the data, for messages that tell where it is.
    pub fn data_dir(&self) -> &Path {
        self.inner().records.dir()
    }
}

impl Inner {
    /// Notes a look. What cannot be noted is shown all the same, except where a seal asks for the line first.
    pub(super) fn look(&self, author: &Author, act: Looked, of: Vec<Subject>, count: usize, why: &str) {
        let look = Look {
            at: self.now(),
            by: author.operator,
            office: author.office,
            act,
            of,
            count: count as u64,
            why: why.to_owned(),
            fields: Vec::new(),
        };
        if let Err(fault) = self.records.trail().note(&look) {
            self.has_met(&fault);
        }
    }
}

/// Whether a field is one of the whole form, as a case stands.
fn is_typed(record: &Record, field: Field) -> bool {
    let has_own_command = matches!(field, Field::RaisedTier | Field::RaisedTierBy | Field::RaisedTierWhy);
    let is_typed = field.spec().page != Page::None
        && field != Field::ReadinessBy
        && field != Field::ScreenedBy
        && !has_own_command;
    let is_of_the_dead = matches!(
        field,
        Field::DeathPlace
            | Field::DeathCause
            | Field::DeathNature
            | Field::RemainsIdentifiedAt
            | Field::RemainsIdentifiedBy
            | Field::HeirName
            | Field::HeirRelation
            | Field::HeirConsentAt
            | Field::RemainsPapers
            | Field::AirWaybill
    );
    let is_apt = !is_of_the_dead || record.get(Field::DiedAt).is_some();
    is_typed && is_apt
}
