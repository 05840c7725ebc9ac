//! Who works here and where, as those see it who administer it; and what sshd has to know of the shared account.
//!
//! Reading only: what is changed is asked of the writer like everything else, and leaves its line in the trail.

use super::reading::{Event, event};
use super::seat::Seat;
use super::{Desk, Inner, judging};
use crate::domain::access::{Role, Roles};
use crate::domain::change::{Change, Commit, Verb};
use crate::domain::field::Field;
use crate::domain::operator::{Operator, Standing, bare_key};
use crate::domain::record::{ItemId, Record};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::Timed;
use crate::identity::fold::fold;
use crate::records::trail::{Act as Looked, Look};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

/// Minutes without a key after which a screen locks, where the office does not say.
pub const LOCK_MINUTES: u64 = 10;

/// An operator as whoever administers them sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub of: Subject,
    pub name: String,
    pub login: Option<String>,
    pub uid: Option<i64>,
    pub roles: Roles,
    pub office: String,
    pub standing: Standing,
    pub until: Option<NaiveDate>,
    /// Why they are suspended.
    pub why: Option<String>,
    pub keys: Vec<(ItemId, String)>,
}

/// An office as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    pub of: Subject,
    pub name: String,
    pub code: Option<String>,
    /// A code of `List::OfficeLevel`.
    pub level: Option<String>,
    /// A code of `List::Zone`.
    pub zone: Option<String>,
    pub region: Option<String>,
    pub country: Option<String>,
    pub parent: Option<String>,
    /// Operators who work there.
    pub operators: usize,
}

impl Seat {
    /// Whether this is the machine's own seat and no operator's.
    pub const fn is_machine(&self) -> bool {
        self.author.is_machine()
    }

    /// Why this operator administers nobody; `None` for supervisors and administrators.
    pub fn why_not_administer(&self) -> Option<Refusal> {
        let roles = self.roles();
        let is_one = roles.has(Role::Supervisor) || roles.has(Role::Administrator);
        (!is_one).then(|| Refusal::new("why-not-administer"))
    }

    /// Whether this operator administers the whole desk: an administrator, and a supervisor while it has none.
    pub fn administers_all(&self) -> bool {
        let roles = self.roles();
        let is_administered =
            judging::is_administered(&self.directory(), self.author.zone.local_minus_utc(), self.inner().now());
        roles.has(Role::Administrator) || (roles.has(Role::Supervisor) && !is_administered)
    }

    /// Whether this operator may know how much the desk keeps in all, other offices' and sealed cases among it: whoever
    /// administers the whole desk, and whoever audits it.
    pub fn may_know_totals(&self) -> bool {
        self.is_machine() || self.administers_all() || self.roles().has(Role::Auditor)
    }

    /// The operators whom this one administers, by office and name: the whole desk's, or the own office's.
    ///
    /// # Errors
    /// For whoever administers nobody.
    pub fn staff(&self) -> Result<Vec<Staff>, Refusal> {
        if let Some(refusal) = self.why_not_administer() {
            return Err(refusal);
        }
        let (has_all, own) = (self.administers_all(), self.office());
        let directory = self.directory();
        let today = self.office_zone.day(self.inner().now());
        let staff = |record: &Arc<Record>| {
            let operator = Operator(record);
            Staff {
                of: record.of,
                name: operator.name().to_owned(),
                login: operator.login().map(str::to_owned),
                uid: operator.uid(),
                roles: operator.roles(),
                office: operator.office().map(|office| directory.name_of(office)).unwrap_or_default(),
                standing: operator.standing(today),
                until: operator.until(),
                why: record.text(Field::OperatorSuspendedWhy).filter(|_| operator.is_suspended()).map(str::to_owned),
                keys: operator.keys().map(|(item, key)| (item, key.to_owned())).collect(),
            }
        };
        let is_theirs = |record: &&Arc<Record>| has_all || record.link(Field::OperatorOffice) == Some(own);
        let mut all: Vec<Staff> = directory.all(Kind::Operator).filter(is_theirs).map(staff).collect();
        all.sort_by_cached_key(|one| (fold(&one.office), fold(&one.name)));
        Ok(all)
    }

    /// The one operator, of those whom this one administers, who is meant by a login, a uid or a whole name.
    ///
    /// # Errors
    /// When nobody is, or more than one.
    pub fn staff_named(&self, typed: &str) -> Result<Staff, Refusal> {
        let all = self.staff()?;
        let typed = typed.trim();
        let uid = typed.parse::<i64>().ok();
        let is_exact = |one: &&Staff| one.login.as_deref() == Some(typed) || (uid.is_some() && one.uid == uid);
        if let Some(one) = all.iter().find(is_exact) {
            return Ok(one.clone());
        }
        let mut named = all.into_iter().filter(|one| fold(&one.name) == fold(typed));
        match (named.next(), named.next()) {
            (Some(one), None) => Ok(one),
            (None, _) => Err(Refusal::new("refused-operator-unknown").with("name", typed.to_owned())),
            (Some(_), Some(_)) => Err(Refusal::new("refused-operator-many").with("name", typed.to_owned())),
        }
    }

    /// What happened to an operator or office whom this one administers, oldest first.
    ///
    /// # Errors
    /// When it is nobody of theirs, or the journal cannot be read.
    pub fn staff_history(&self, of: Subject) -> Result<Vec<Event>, Refusal> {
        let is_theirs = match of.kind {
            Kind::Operator => self.staff()?.iter().any(|one| one.of == of),
            Kind::Office => self.why_not_administer().is_none(),
            Kind::Case | Kind::Movement | Kind::Incident | Kind::View | Kind::Table | Kind::Inquiry => false,
        };
        if !is_theirs {
            return Err(Refusal::new("why-not-access"));
        }
        let (history, _) = self.inner().records.legible_history(of).map_err(|fault| Refusal::new(fault.key))?;
        Ok(history.into_iter().map(|entry| event(self, entry)).collect())
    }

    /// Every office, by name. That there is an office is no secret at the desk.
    pub fn posts(&self) -> Vec<Post> {
        let directory = self.directory();
        let working = |of: Subject| {
            directory.all(Kind::Operator).filter(|record| record.link(Field::OperatorOffice) == Some(of)).count()
        };
        let code = |record: &Record, field: Field| record.code(field).map(str::to_owned);
        let post = |record: &Arc<Record>| Post {
            of: record.of,
            name: directory.name_of(record.of),
            code: record.text(Field::OfficeCode).map(str::to_owned),
            level: code(record, Field::OfficeLevel),
            zone: code(record, Field::OfficeZone),
            region: code(record, Field::OfficeRegion),
            country: code(record, Field::OfficeCountry),
            parent: record.link(Field::OfficeParent).map(|parent| directory.name_of(parent)),
            operators: working(record.of),
        };
        let mut all: Vec<Post> = directory.all(Kind::Office).map(post).collect();
        all.sort_by_cached_key(|one| fold(&one.name));
        all
    }

    /// The one office that is meant by a code or a whole name.
    ///
    /// # Errors
    /// When there is none.
    pub fn post_named(&self, typed: &str) -> Result<Post, Refusal> {
        let wanted = fold(typed);
        let is_meant =
            |post: &Post| fold(&post.name) == wanted || post.code.as_deref().map(fold).as_ref() == Some(&wanted);
        let found = self.posts().into_iter().find(is_meant);
        found.ok_or_else(|| Refusal::new("refused-office-unknown").with("name", typed.to_owned()))
    }

    /// Minutes without a key after which the screens of this office lock.
    pub fn lock_minutes(&self) -> u64 {
        let directory = self.directory();
        let said = directory.get(self.office()).and_then(|office| office.number(Field::OfficeLockMinutes));
        said.and_then(|minutes| u64::try_from(minutes).ok()).unwrap_or(LOCK_MINUTES)
    }

    /// The change of an operator's or office's record by some facts; a value that is gone is taken out.
    pub fn staff_change(
        &self,
        of: Subject,
        facts: &[(crate::domain::record::Slot, Option<crate::domain::value::Value>)],
    ) -> Change {
        let record = self.directory().get(of).map_or_else(|| Record::empty(of), |record| Record::clone(record));
        let mut change = Change::on(&record, Verb::Edit, Timed::certain(self.inner().now()));
        for (at, value) in facts {
            change.set(&record, *at, value.clone());
        }
        change
    }
}

impl Desk {
    /// What `AuthorizedKeysCommand` of the shared account prints: one line a key of everybody who may come in now. `program`
    /// is the path of this program, without blanks or quotes.
    pub fn key_lines(&self, program: &str) -> Vec<String> {
        let directory = self.inner.directory.read().unwrap_or_else(PoisonError::into_inner);
        let now = self.inner.now();
        let mut lines = Vec::new();
        for record in directory.all(Kind::Operator) {
            let operator = Operator(record);
            let office = operator.office().and_then(|office| directory.get(office));
            let zone = office.and_then(|office| office.code(Field::OfficeZone));
            let zone = zone.and_then(crate::domain::calendar::Zone::from_code).unwrap_or_default();
            let Some(login) = operator.login().filter(|_| operator.standing(zone.day(now)) == Standing::Active) else {
                continue;
            };
            let line = |key: &str| format!("restrict,pty,command=\"{program} --as {login} ssh\" {}", bare_key(key));
            lines.extend(operator.keys().map(|(_, key)| line(key)));
        }
        lines
    }
}

impl Inner {
    /// The trail's line of a commit that changed who works where: which subjects, which fields, never a value.
    pub(super) fn note_administration(&self, commit: &Commit) {
        // An office's record also counts its papers, which is nobody's administration.
        let is_staff = |change: &&Change| {
            matches!(change.of.kind, Kind::Operator | Kind::Office)
                && change.edits.iter().any(|edit| edit.at.field != Field::OfficePrint)
        };
        let of: Vec<Subject> = commit.changes.iter().filter(is_staff).map(|change| change.of).collect();
        if of.is_empty() {
            return;
        }
        let edits = commit.changes.iter().filter(is_staff).flat_map(|change| &change.edits);
        let fields: BTreeSet<&str> = edits.map(|edit| edit.at.field.code()).collect();
        let look = Look {
            at: commit.at,
            by: commit.by,
            office: commit.office,
            act: Looked::Admin,
            count: of.len() as u64,
            of,
            why: String::new(),
            fields: fields.into_iter().map(str::to_owned).collect(),
        };
        if let Err(fault) = self.records.trail().note(&look) {
            self.has_met(&fault);
        }
    }
}
