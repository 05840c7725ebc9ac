//! Presence: who has which case open, at which office, and which draft is open at which seat. It lives in memory only and is
//! no trace: the trail is.
//!
//! Whoever is told of somebody has the same case open, and both may open it now: a seal that came meanwhile ends it.

use super::Desk;
use super::news::{Letters, News};
use super::seat::Seat;
use crate::domain::access::{Access, Act, Actor, Holding, Roles, can};
use crate::domain::field::{Field, Section};
use crate::domain::subject::{Kind, Subject};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use ulid::Ulid;

/// People named beside one case at most; one more says that there are others.
pub const MOST_COMPANY: usize = 4;

/// Somebody else who has the same case open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    pub name: String,
    /// Codes of the roles, `PKS+PSI`.
    pub roles: String,
    /// The office, where it is another one.
    pub office: Option<String>,
    /// The same operator at another screen.
    pub is_oneself: bool,
}

/// Where everybody is who has a case open.
#[derive(Default)]
pub(super) struct Presence(Mutex<Standing>);

#[derive(Default)]
struct Standing {
    last: u64,
    seats: BTreeMap<u64, Stand>,
    /// Which seat has a draft open.
    drafts: BTreeMap<Ulid, u64>,
}

/// One seat at one case.
struct Stand {
    operator: Ulid,
    case: Subject,
    letters: Arc<Letters>,
}

impl Presence {
    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a seat at a case, or nowhere; tells whoever else is where it came from and where it went.
    fn put(&self, no: u64, stand: Option<Stand>) {
        let told: Vec<(Arc<Letters>, Subject)> = {
            let mut standing = self.standing();
            let to = stand.as_ref().map(|stand| stand.case);
            let before = match stand {
                Some(stand) => standing.seats.insert(no, stand),
                None => standing.seats.remove(&no),
            };
            let from = before.map(|stand| stand.case);
            if from == to {
                return;
            }
            let others = standing.seats.iter().filter(|(other, _)| **other != no).map(|(_, stand)| stand);
            let is_told = |stand: &&Stand| Some(stand.case) == from || Some(stand.case) == to;
            others.filter(is_told).map(|stand| (Arc::clone(&stand.letters), stand.case)).collect()
        };
        told.into_iter().for_each(|(letters, case)| letters.put(News::Company(case)));
    }

    /// Gives a draft to a seat; false when another one has it.
    fn hold(&self, no: u64, draft: Ulid) -> bool {
        *self.standing().drafts.entry(draft).or_insert(no) == no
    }

    /// The operators of the other seats at a case, each once, whoever came first before the others.
    fn others(&self, no: u64, case: Subject) -> Vec<Ulid> {
        let standing = self.standing();
        let mut found = Vec::new();
        for stand in standing.seats.iter().filter(|(other, stand)| **other != no && stand.case == case) {
            if !found.contains(&stand.1.operator) {
                found.push(stand.1.operator);
            }
        }
        found
    }
}

/// A seat's own place; when it goes, so does whoever sat there.
pub(super) struct Place {
    no: u64,
    presence: Arc<Presence>,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.presence.put(self.no, None);
        self.presence.standing().drafts.retain(|_, no| *no != self.no);
    }
}

impl Desk {
    /// A place for a new seat, at no case yet.
    pub(super) fn place(&self) -> Arc<Place> {
        let presence = Arc::clone(&self.inner.presence);
        let no = {
            let mut standing = presence.standing();
            standing.last += 1;
            standing.last
        };
        Arc::new(Place { no, presence })
    }
}

impl Seat {
    /// Says which case this seat has open now, or that it has none; said again it changes nothing. A seat that goes has none.
    pub fn stands_at(&self, case: Option<Subject>) {
        let stand = case.map(|case| Stand { operator: self.author.operator, case, letters: Arc::clone(&self.letters) });
        self.place.presence.put(self.place.no, stand);
    }

    /// Takes a draft for this seat alone, until it is let go or the seat goes: a draft becomes one commit, so one form has it.
    /// False when another session of the operator has it open. A seat that has fallen holds none.
    pub fn hold_draft(&self, id: Ulid) -> bool {
        self.standing().is_err() || self.place.presence.hold(self.place.no, id)
    }

    /// Lets go of every draft of this seat but those that are open now; others may take them up.
    pub fn holds_only(&self, open: &[Ulid]) {
        self.place.presence.standing().drafts.retain(|draft, no| *no != self.place.no || open.contains(draft));
    }

    /// Whether another session has this draft open.
    pub fn is_held_elsewhere(&self, id: Ulid) -> bool {
        self.place.presence.standing().drafts.get(&id).is_some_and(|no| *no != self.place.no)
    }

    /// Who else has this case open, for whoever may open it now without being asked why; one more than
    /// [`MOST_COMPANY`] at most.
    pub fn company(&self, case: Subject) -> Vec<Companion> {
        let others = self.place.presence.others(self.place.no, case);
        if others.is_empty() {
            return Vec::new();
        }
        let Ok(record) = self.kept(case) else { return Vec::new() };
        if !self.may_see(&record, Section::Identity) {
            return Vec::new();
        }
        let holding = Holding::at(&record, self.inner().now());
        others.into_iter().filter_map(|other| self.companion(other, &holding)).take(MOST_COMPANY + 1).collect()
    }

    fn companion(&self, other: Ulid, holding: &Holding) -> Option<Companion> {
        let directory = self.directory();
        let operator = directory.get(Subject::new(Kind::Operator, other))?;
        let (office, roles) = (operator.link(Field::OperatorOffice)?, Roles::of(operator));
        let actor = Actor { id: other, office: office.id, roles, posts: &[] };
        let may_open = can(&actor, Act::Open, Section::Identity, holding) >= Access::NeedReason;
        may_open.then(|| Companion {
            name: operator.text(Field::OperatorName).unwrap_or_default().to_owned(),
            roles: super::directory::Directory::roles(operator).join("+"),
            office: (office.id != self.author.office).then(|| directory.name_of(office)),
            is_oneself: other == self.author.operator,
        })
    }
}
