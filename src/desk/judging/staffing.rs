//! Judging changes of operators and offices: who may is the table of access's to say, here stands what has to fit together.
//! A door belongs to one person, an office has a name of its own, and somebody always remains who can let others in.

use super::Judge;
use crate::desk::ask::Denied;
use crate::desk::directory::Directory;
use crate::domain::access::{Role, Roles, may_administer};
use crate::domain::change::{Change, Verb};
use crate::domain::field::{Field, Part};
use crate::domain::operator::{Operator, Standing, bare_key, read_key, read_login};
use crate::domain::record::{Record, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};
use crate::identity::fold::fold;
use std::collections::BTreeMap;
use std::sync::PoisonError;

/// Keys that one operator has at most.
const MOST_KEYS: usize = 10;
/// Offices above an office at most: more is a ring.
const MOST_ABOVE: usize = 16;

impl Judge<'_> {
    /// What is asked of an operator or office, if the author may and it fits.
    pub(super) fn staffed(&self, record: &Record, change: Change) -> Result<Change, Denied> {
        if change.edits.is_empty() {
            return Err(Refusal::new("refused-nothing-asked").into());
        }
        let judged = if self.author.is_machine() {
            self.may_begin(record, &change)
        } else {
            may_administer(&self.author.actor(), record, &change, self.is_administered())
        };
        if let Err(refusal) = judged {
            // It is noted as every other refusal of access, and said in its own words.
            let _ = self.barred(record.of);
            return Err(refusal.into());
        }
        if change.edits.iter().any(|edit| !is_staffs(record.of.kind, edit.at)) {
            return Err(Refusal::new("refused-nothing-asked").into());
        }
        let mut after = record.clone();
        change.apply(&mut after);
        let beside = self.beside(record.of);
        if record.of.kind == Kind::Operator {
            self.fits_operator(record, &after, &beside)?;
        } else {
            fits_office(&after, &beside)?;
        }
        Ok(change)
    }

    /// Whether the machine may do this: found an office and let a supervisor in, while the desk has nobody.
    fn may_begin(&self, record: &Record, change: &Change) -> Result<(), Refusal> {
        let directory = self.inner.directory.read().unwrap_or_else(PoisonError::into_inner);
        if directory.all(Kind::Operator).next().is_some() {
            return Err(Refusal::new("refused-not-first"));
        }
        let mut after = record.clone();
        change.apply(&mut after);
        let is_new = record.revision == 0 && change.verb == Verb::Create;
        let is_apt = record.of.kind == Kind::Office || Roles::of(&after).is_only(Role::Supervisor);
        if is_new && is_apt { Ok(()) } else { Err(Refusal::new("why-not-access")) }
    }

    /// All other operators and offices, as this proposal leaves them.
    fn beside(&self, of: Subject) -> BTreeMap<Subject, Record> {
        let directory = self.inner.directory.read().unwrap_or_else(PoisonError::into_inner);
        let all = [Kind::Operator, Kind::Office].into_iter().flat_map(|kind| directory.all(kind));
        let mut beside: BTreeMap<Subject, Record> = all.map(|record| (record.of, Record::clone(record))).collect();
        let mine = self.mine.values().filter(|record| matches!(record.of.kind, Kind::Operator | Kind::Office));
        beside.extend(mine.map(|record| (record.of, record.clone())));
        beside.remove(&of);
        beside
    }

    /// Whether the desk has an administrator who may come in.
    fn is_administered(&self) -> bool {
        let directory = self.inner.directory.read().unwrap_or_else(PoisonError::into_inner);
        is_administered(&directory, self.author.zone.local_minus_utc(), self.inner.now())
    }

    fn fits_operator(
        &self,
        before: &Record,
        after: &Record,
        beside: &BTreeMap<Subject, Record>,
    ) -> Result<(), Refusal> {
        let operator = Operator(after);
        if operator.name().trim().is_empty() {
            return Err(Refusal::new("refused-no-name"));
        }
        if !operator.office().is_some_and(|office| beside.contains_key(&office)) {
            return Err(Refusal::new("refused-no-office"));
        }
        if operator.login().is_some_and(|login| read_login(login).as_deref() != Ok(login)) {
            return Err(Refusal::new("input-login"));
        }
        if operator.is_suspended() && after.text(Field::OperatorSuspendedWhy).is_none_or(|why| why.trim().is_empty()) {
            return Err(Refusal::new("refused-suspend-why"));
        }
        let today = self.inner.now().with_timezone(&self.author.zone).date_naive();
        let is_new_end = operator.until() != Operator(before).until();
        if is_new_end && operator.until().is_some_and(|until| until < today) {
            return Err(Refusal::new("refused-until-past"));
        }
        let others = || beside.values().filter(|record| record.of.kind == Kind::Operator).map(Operator);
        if operator.uid().is_some() && others().any(|other| other.uid() == operator.uid()) {
            return Err(Refusal::new("refused-uid-taken"));
        }
        if operator.login().is_some() && others().any(|other| other.login() == operator.login()) {
            return Err(Refusal::new("refused-login-taken"));
        }
        fits_keys(operator, others())?;
        // Somebody without a last day remains who can let others in.
        let is_chief = |other: Operator<'_>| {
            let roles = other.roles();
            let is_in_charge = roles.has(Role::Supervisor) || roles.has(Role::Administrator);
            is_in_charge && other.until().is_none() && other.standing(today) == Standing::Active
        };
        let remains = is_chief(operator) || others().any(is_chief);
        if !remains && is_chief(Operator(before)) { Err(Refusal::new("refused-last-chief")) } else { Ok(()) }
    }
}

/// Whether the desk has an active administrator, on the day of a zone so many seconds east.
pub(in crate::desk) fn is_administered(directory: &Directory, east: i32, now: chrono::DateTime<chrono::Utc>) -> bool {
    let today = (now + chrono::TimeDelta::seconds(i64::from(east))).date_naive();
    directory.all(Kind::Operator).any(|record| {
        Roles::of(record).has(Role::Administrator) && Operator(record).standing(today) == Standing::Active
    })
}

/// Whether a slot is one of an operator's or an office's own.
fn is_staffs(kind: Kind, at: Slot) -> bool {
    let is_key = kind == Kind::Operator && at.field == Field::KeyText;
    let is_own = at.item.is_none() && at.field.part() == Part::Own;
    let prefix = if kind == Kind::Operator { "operator_" } else { "office_" };
    is_key || (is_own && at.field.code().starts_with(prefix))
}

/// Each key is whole, clean, and one person's alone: sshd would let in whoever stands first.
fn fits_keys<'a>(operator: Operator<'_>, others: impl Iterator<Item = Operator<'a>>) -> Result<(), Refusal> {
    let mut own: Vec<String> = Vec::new();
    for (_, key) in operator.keys() {
        if read_key(key)? != key {
            return Err(Refusal::new("input-key"));
        }
        own.push(bare_key(key));
    }
    if own.len() > MOST_KEYS {
        return Err(Refusal::new("refused-keys-many").with("most", MOST_KEYS.to_string()));
    }
    if !own.is_empty() && operator.login().is_none() {
        return Err(Refusal::new("refused-key-without-login"));
    }
    let theirs: Vec<String> =
        others.flat_map(|other| other.keys().map(|(_, key)| bare_key(key)).collect::<Vec<_>>()).collect();
    let is_twice = own.iter().enumerate().any(|(place, key)| own[..place].contains(key));
    if is_twice || own.iter().any(|key| theirs.contains(key)) {
        return Err(Refusal::new("refused-key-taken"));
    }
    Ok(())
}

fn fits_office(after: &Record, beside: &BTreeMap<Subject, Record>) -> Result<(), Refusal> {
    let folded = |record: &Record, field: Field| record.text(field).map(fold).filter(|text| !text.is_empty());
    let name = folded(after, Field::OfficeName).ok_or(Refusal::new("refused-no-name"))?;
    let code = folded(after, Field::OfficeCode);
    for other in beside.values().filter(|record| record.of.kind == Kind::Office) {
        if folded(other, Field::OfficeName).as_ref() == Some(&name) {
            return Err(Refusal::new("refused-office-taken"));
        }
        if code.is_some() && folded(other, Field::OfficeCode) == code {
            return Err(Refusal::new("refused-office-code-taken"));
        }
    }
    let mut above = after.link(Field::OfficeParent);
    for _ in 0..MOST_ABOVE {
        let Some(parent) = above else { return Ok(()) };
        let Some(record) = beside.get(&parent) else {
            return Err(Refusal::new(if parent == after.of { "refused-office-ring" } else { "refused-no-office" }));
        };
        above = record.link(Field::OfficeParent);
    }
    Err(Refusal::new("refused-office-ring"))
}
