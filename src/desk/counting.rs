//! The counts as a seat reads them: exact of what its lists find, masked of everybody for leadership, nothing for anybody else.
//! A look at them is a look like any other, and leaves its line in the trail.

use super::Order;
use super::directory::Directory;
use super::seat::{RowId, Seat};
use crate::domain::access::{Access, Act, Holding, can};
use crate::domain::calendar::read_date;
use crate::domain::counts::{Counts, Day, Event, Sight, Tally, Whence, tally};
use crate::domain::field::{Direction, Field, Section};
use crate::domain::query::Query;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};
use crate::records::index::Index;
use crate::records::trail::Act as Looked;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use ulid::Ulid;

/// Movements that have a line of their own at most, the newest; all others share one.
const MOST_MOVEMENTS: usize = 30;
/// Cases whose records are read for one day at most.
pub const MOST_READ: usize = 20_000;

/// The counts of one moment, with the names of what they are by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rekap {
    pub at: DateTime<Utc>,
    pub counts: Counts,
    /// The offices, in the order of their lines.
    pub offices: Vec<OfficeName>,
    /// The movements, in the order of their lines; empty for those without a name.
    pub movements: Vec<MovementName>,
}

/// How an office is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeName {
    pub name: String,
    /// Its code where it has one, else the name.
    pub short: String,
}

/// How a movement is called, and how many should be on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MovementName {
    pub name: String,
    pub claimed: Option<u32>,
    /// Everybody on it, remains and sealed people among them: told to whoever works on it where every case of it is their
    /// own office's, so that nobody is missed who is only somewhere else.
    pub bodies: Option<u32>,
}

/// What a day brought, with the names of the offices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Today {
    pub on: NaiveDate,
    pub day: Day,
    /// The offices, in the order of their lines.
    pub offices: Vec<OfficeName>,
    /// Whether more changed than is read: then nobody is counted as arrived or handed over.
    pub is_cut: bool,
}

impl Seat {
    /// How exactly this operator reads counts.
    ///
    /// # Errors
    /// Whoever neither works on cases nor leads reads none; the refusal is in the trail.
    pub fn may_count(&self) -> Result<Sight, Refusal> {
        let found = self.sight();
        found.ok_or_else(|| {
            self.look(Looked::Refused, Vec::new(), 0);
            Refusal::new("why-not-counts")
        })
    }

    /// How exactly this operator reads counts; none where not at all. Asked of the table for a case of the own office, which is
    /// exact to whoever works there, and for one of any other.
    pub fn sight(&self) -> Option<Sight> {
        let of = |owner: Ulid| Holding { owner: Some(owner), ..Holding::default() };
        let count = |owner| can(&self.actor(), Act::Count, Section::Identity, &of(owner));
        match (count(self.author.office), count(Ulid::nil())) {
            (Access::Allow, _) => Some(Sight::Exact),
            (Access::Masked, Access::Masked) => Some(Sight::Masked),
            (Access::Masked | Access::NeedReason | Access::Deny, _) => None,
        }
    }

    /// The counts of now; the look is noted with how many people it counted.
    ///
    /// # Errors
    /// As [`Seat::may_count`].
    pub fn rekap(&self) -> Result<Rekap, Refusal> {
        self.may_count()?;
        let rekap = self.rekap_again()?;
        // An outsider's line tells no more than the screen did.
        self.look(Looked::Count, Vec::new(), rekap.counts.total.known().unwrap_or(0) as usize);
        Ok(rekap)
    }

    /// The counts of now for whoever is looking at them already.
    ///
    /// # Errors
    /// As [`Seat::may_count`].
    pub fn rekap_again(&self) -> Result<Rekap, Refusal> {
        let sight = self.sight().ok_or(Refusal::new("why-not-counts"))?;
        let newest: Vec<Ulid> = {
            let directory = self.directory();
            let mut all: Vec<Ulid> = directory.all(Kind::Movement).map(|movement| movement.of.id).collect();
            all.reverse();
            all
        };
        let (counts, offices, movements) = match sight {
            Sight::Exact => {
                // Asked before the index, which it looks into by itself.
                let apart = self.apart() as u32;
                self.asking(&Query::default(), Order::Number, |index, ask| {
                    let tally = Tally { apart, ..index.counted(ask.narrowed()) };
                    told(index, &tally, sight, &newest, self.author.office)
                })
            }
            Sight::Masked => {
                let index = self.index();
                told(&index, &index.counted(None), sight, &newest, self.author.office)
            }
        };
        let directory = self.directory();
        let movement = |(of, bodies): (Option<Ulid>, Option<u32>)| MovementName {
            bodies,
            ..of.map(|of| movement_named(&directory, of)).unwrap_or_default()
        };
        Ok(Rekap {
            at: self.inner().now(),
            counts,
            offices: offices.into_iter().map(|of| office_named(&directory, of)).collect(),
            movements: movements.into_iter().map(movement).collect(),
        })
    }

    /// What happened since the beginning of the office's day, of those who are counted by [`Seat::rekap`]; no look of its own.
    ///
    /// # Errors
    /// As [`Seat::may_count`]; while the store is down, for the journal is not read through for each of thousands.
    pub fn day(&self) -> Result<Today, Refusal> {
        let sight = self.sight().ok_or(Refusal::new("why-not-counts"))?;
        self.inner().records.takes_commits().map_err(|fault| Refusal::new(fault.key))?;
        let on = self.zone().day(self.inner().now());
        let since = self.zone().moment(on.and_time(NaiveTime::MIN)).unwrap_or_default();
        let changed = match sight {
            Sight::Exact => {
                self.asking(&Query::default(), Order::Number, |index, ask| index.counted_since(ask.narrowed(), since))
            }
            Sight::Masked => self.index().counted_since(None, since),
        };
        let is_cut = changed.len() > MOST_READ;
        let mut tally: Vec<[u32; 4]> = Vec::new();
        let mut bump = |office: usize, event: Event| {
            if office >= tally.len() {
                tally.resize(office + 1, [0; 4]);
            }
            tally[office][event as usize] += 1;
        };
        for one in changed {
            let is_read = !is_cut && one.stage >= tally::LANDED;
            let record = is_read.then(|| self.case_in(one.row)).flatten();
            let is_today = |field: Field| record.as_ref().and_then(|it| it.at(field)).is_some_and(|at| at >= since);
            let happened = [
                (Event::Registered, one.is_registered),
                (Event::Arrived, is_today(Field::LandedAt)),
                (Event::Handed, is_today(Field::HandedAt)),
                (Event::Closed, one.is_closed),
            ];
            happened.into_iter().filter(|(_, is_so)| *is_so).for_each(|(event, _)| bump(one.office, event));
        }
        let day = Day::of(&tally, sight);
        let ids: Vec<Ulid> = {
            let index = self.index();
            day.offices.iter().map(|(place, _)| index.office_at(*place).unwrap_or_default()).collect()
        };
        let directory = self.directory();
        let offices = ids.into_iter().map(|of| office_named(&directory, of)).collect();
        Ok(Today { on, day, offices, is_cut })
    }

    /// The rows of the own office's cases that this operator finds and that were reported from one day to another, both whole,
    /// in the order of their numbers; until now without a last day.
    ///
    /// # Errors
    /// A day that cannot be read, or a last one before the first.
    pub fn rows_reported(&self, from: &str, to: Option<&str>) -> Result<Vec<RowId>, Refusal> {
        let today = self.zone().day(self.inner().now());
        let read = |typed: &str| read_date(typed, today, Direction::Past)?.on.ok_or(Refusal::new("date-unreadable"));
        let (first, last) = (read(from)?, to.map_or(Ok(today), read)?);
        if last < first {
            return Err(Refusal::new("refused-print-period"));
        }
        let listed = self.list(&Query::default(), Order::Number).rows;
        let index = self.index();
        let is_meant = |row: &RowId| {
            index.summary(*row).is_some_and(|one| {
                let day = self.zone().day(one.reported_at);
                one.office == self.author.office && (first..=last).contains(&day)
            })
        };
        Ok(listed.page(0, listed.len()).into_iter().filter(is_meant).collect())
    }

    fn case_in(&self, row: RowId) -> Option<Record> {
        let id = self.index().id(row)?;
        self.kept(Subject::case(id)).ok()
    }
}

/// A movement that has a line, and everybody on it where that is told.
type OnMovement = (Option<Ulid>, Option<u32>);

/// The counts of a tally, with the ids of offices and movements that have lines.
fn told(
    index: &Index,
    tally: &Tally,
    sight: Sight,
    newest: &[Ulid],
    own: Ulid,
) -> (Counts, Vec<Ulid>, Vec<OnMovement>) {
    let places = newest.iter().filter_map(|of| index.movement_place(*of)).filter(|at| tally.has_movement(*at));
    let places: Vec<usize> = places.take(MOST_MOVEMENTS).collect();
    let counts = Counts::of(tally, sight, &places);
    let offices = counts.offices.iter().map(|line| index.office_at(line.office).unwrap_or_default()).collect();
    let movement = |of: Whence| match of {
        Whence::Movement(place) => index.movement_at(place),
        Whence::Others | Whence::None => None,
    };
    let bodies = |of: Ulid| {
        let rows = index.rows_of_movement(of);
        let mut standing = rows.iter().filter(|row| !index.is_withdrawn(**row));
        let is_own = standing.all(|row| index.seen(*row).office() == own);
        is_own.then(|| index.heads_of_movement(of).total())
    };
    let lines = counts.movements.iter().map(|line| movement(line.movement));
    let movements = lines.map(|of| (of, of.filter(|_| sight == Sight::Exact).and_then(bodies))).collect();
    (counts, offices, movements)
}

fn office_named(directory: &Directory, of: Ulid) -> OfficeName {
    let of = Subject::new(Kind::Office, of);
    let code = directory.get(of).and_then(|office| office.text(Field::OfficeCode)).map(str::to_owned);
    let name = directory.name_of(of);
    OfficeName { short: code.unwrap_or_else(|| name.clone()), name }
}

fn movement_named(directory: &Directory, of: Ulid) -> MovementName {
    let of = Subject::new(Kind::Movement, of);
    let claimed = directory.get(of).and_then(|movement| movement.number(Field::MoveClaimed));
    let claimed = claimed.and_then(|claimed| u32::try_from(claimed).ok());
    MovementName { name: directory.name_of(of), claimed, bodies: None }
}
