//! A real desk in a temporary folder, with a clock that tests move and invented people around it.

use chrono::{DateTime, TimeDelta, Utc};
use pulang::desk::{Answer, Ask, Denied, Desk, DeskOptions, Done, First, Order, Proposal, Seat};
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::gate::{Intent, Obstacle};
use pulang::domain::query::Query;
use pulang::domain::record::{Facts, Record, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Number, Subject};
use pulang::domain::summary::Summary;
use pulang::domain::value::{Timed, Value};
use pulang::records::disk::{Disk, RealDisk};
use pulang::records::trail::Look;
use pulang::records::{Records, Seq};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use ulid::Ulid;

/// 21 February 2026, 03:00 in Jakarta.
fn start() -> DateTime<Utc> {
    "2026-02-20T20:00:00Z".parse().unwrap()
}

pub struct Hall {
    pub desk: Desk,
    pub dir: tempfile::TempDir,
    now: Arc<Mutex<DateTime<Utc>>>,
    is_practice: bool,
}

fn opened(dir: &Path, now: &Arc<Mutex<DateTime<Utc>>>, is_practice: bool) -> Desk {
    opened_on(Arc::new(RealDisk), dir, now, is_practice)
}

fn opened_on(disk: Arc<dyn Disk>, dir: &Path, now: &Arc<Mutex<DateTime<Utc>>>, is_practice: bool) -> Desk {
    let clock = Arc::clone(now);
    let options = DeskOptions {
        dir: dir.to_owned(),
        key: None,
        clock: Arc::new(move || *clock.lock().unwrap()),
        is_practice,
        first: First { uid: 1000, name: "Ketut Contoh".into(), office: "Meja Uji".into(), zone: "WIB" },
    };
    Desk::open_on(disk, options, &mut |_| {}).unwrap().0
}

impl Hall {
    pub fn new() -> Self {
        Self::of(false)
    }

    pub fn of(is_practice: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let now = Arc::new(Mutex::new(start()));
        Self { desk: opened(dir.path(), &now, is_practice), dir, now, is_practice }
    }

    /// A desk on another disk.
    pub fn on(disk: Arc<dyn Disk>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let now = Arc::new(Mutex::new(start()));
        Self { desk: opened_on(disk, dir.path(), &now, false), dir, now, is_practice: false }
    }

    pub fn now(&self) -> Timed {
        Timed::certain(*self.now.lock().unwrap())
    }

    pub fn pass(&self, minutes: i64) {
        *self.now.lock().unwrap() += TimeDelta::minutes(minutes);
    }

    /// Ends the desk, all of whose seats the test has given up, and opens it again.
    pub fn restarted(self) -> Self {
        self.restarted_after(|| ())
    }

    /// The same, with something done to the folder in between.
    pub fn restarted_after(self, meanwhile: impl FnOnce()) -> Self {
        self.restarted_after_in(|_| meanwhile())
    }

    /// The same, with something done in the folder.
    pub fn restarted_after_in(self, meanwhile: impl FnOnce(&Path)) -> Self {
        let Self { desk, dir, now, is_practice } = self;
        drop(desk);
        meanwhile(dir.path());
        Self { desk: opened(dir.path(), &now, is_practice), dir, now, is_practice }
    }

    /// The starting user: a supervisor.
    pub fn chief(&self) -> Seat {
        self.desk.enter(1000).unwrap()
    }

    /// Somebody new in the chief's office.
    pub fn hire(&self, roles: &[&str]) -> Seat {
        self.hire_at(None, roles)
    }

    /// Somebody new in another office, which is founded for them.
    pub fn stranger(&self, roles: &[&str]) -> Seat {
        let office = Subject::new(Kind::Office, Ulid::new());
        // Several may be founded in one hall, and no two are called the same.
        let facts = Facts::from([(Field::OfficeName.into(), Value::text(format!("Meja Lain {}", office.id)))]);
        done(&self.chief(), vec![Ask::Create { of: office, facts, happened: self.now() }]);
        self.hire_at(Some(office), roles)
    }

    fn hire_at(&self, office: Option<Subject>, roles: &[&str]) -> Seat {
        let chief = self.chief();
        let me = chief.record(chief.operator()).unwrap();
        let office = office.unwrap_or(me.link(Field::OperatorOffice).unwrap());
        let of = Subject::new(Kind::Operator, Ulid::new());
        let facts = Facts::from([
            (Field::OperatorName.into(), Value::text("Sitra Contoh")),
            (Field::OperatorRoles.into(), Value::codes(roles.iter().copied())),
            (Field::OperatorOffice.into(), Value::Link(office)),
        ]);
        done(&chief, vec![Ask::Create { of, facts, happened: self.now() }]);
        self.desk.enter_as(of.id).unwrap()
    }

    /// Takes somebody in.
    pub fn case(&self, seat: &Seat, name: &str) -> Subject {
        let of = Subject::case(Ulid::new());
        done(seat, vec![self.arrival(of, name)]);
        of
    }

    pub fn arrival(&self, of: Subject, name: &str) -> Ask {
        arrival_at(of, name, self.now())
    }

    /// An edit of some fields, made on a record as it was seen.
    pub fn edit(&self, seen: &Record, edits: &[(Field, Value)]) -> Ask {
        self.change(seen, Verb::Edit, edits)
    }

    pub fn change(&self, seen: &Record, verb: Verb, edits: &[(Field, Value)]) -> Ask {
        let mut change = Change::on(seen, verb, self.now());
        edits.iter().for_each(|(field, value)| change.set(seen, *field, Some(value.clone())));
        Ask::Edit(change)
    }

    pub fn step(&self, of: Subject, to: Status) -> Ask {
        Ask::Move { of, to, intent: Intent::at(self.now()) }
    }

    /// The manifest of 110, landing on the day that the test stands at.
    pub fn import(&self, seat: &Seat) -> (Ulid, Answer) {
        let bytes = std::fs::read("tests/data/manifest_110.csv").unwrap();
        let preview = seat.preview(&bytes, "kloter uji", self.now().at).unwrap();
        let proposal =
            Proposal { id: seat.new_id(), asks: seat.asks_of_preview(&preview, self.now().at), undoes: None };
        (proposal.id, answer(seat, proposal))
    }

    /// Every look in the trail, once the desk has ended.
    pub fn looks(self) -> Vec<Look> {
        let Self { desk, dir, .. } = self;
        drop(desk);
        let (records, _) = Records::open(dir.path(), pulang::records::Options::default(), &mut |_| {}).unwrap();
        let mut looks = Vec::new();
        let mut keep = |_, look| {
            looks.push(look);
            Ok(())
        };
        records.trail().each(Seq(1), &mut keep).unwrap();
        looks
    }
}

/// Somebody who comes in at that time.
pub fn arrival_at(of: Subject, name: &str, at: Timed) -> Ask {
    let facts = Facts::from([
        (Field::Name.into(), Value::text(name)),
        (Field::ReportChannel.into(), Value::code("DTG")),
        (Field::ReportedAt.into(), Value::Time(at)),
        (Field::ReportCountry.into(), Value::code("KHM")),
        (Field::DuplicateAnswer.into(), Value::code("BRU")),
        (Field::IdentitySource.into(), Value::code("PSP")),
    ]);
    Ask::Create { of, facts, happened: at }
}

pub fn answer(seat: &Seat, proposal: Proposal) -> Answer {
    seat.propose(proposal).wait(Duration::from_secs(60)).unwrap()
}

pub fn tried(seat: &Seat, asks: Vec<Ask>) -> Answer {
    answer(seat, Proposal { id: seat.new_id(), asks, undoes: None })
}

pub fn done(seat: &Seat, asks: Vec<Ask>) -> Done {
    tried(seat, asks).unwrap()
}

/// The key of the refusal that an answer must be.
pub fn refusal(answer: Answer) -> &'static str {
    match answer {
        Err(Denied::Refused(refusal)) => refusal.key,
        other => panic!("not refused: {other:?}"),
    }
}

/// Everything that stands against what was asked.
pub fn obstacles(answer: Answer) -> Vec<Obstacle> {
    match answer {
        Err(Denied::Obstacles(all)) => all.into_iter().flat_map(|(_, found)| found).collect(),
        other => panic!("no obstacles: {other:?}"),
    }
}

pub fn undo(seat: &Seat) -> Answer {
    answer(seat, seat.undo().unwrap())
}

pub fn redo(seat: &Seat) -> Answer {
    answer(seat, seat.redo().unwrap())
}

pub fn facts(seat: &Seat, of: Subject) -> Facts {
    seat.record(of).unwrap().facts
}

pub fn text(seat: &Seat, of: Subject, field: Field) -> Option<String> {
    seat.record(of).unwrap().text(Slot::from(field)).map(str::to_owned)
}

/// Everybody whom a seat finds, by number.
pub fn everybody(seat: &Seat) -> Vec<Summary> {
    let rows = seat.list(&Query::default(), Order::Number).rows;
    rows.page(0, rows.len()).into_iter().filter_map(|row| seat.summary(row)).collect()
}

pub fn numbers(seat: &Seat) -> Vec<u32> {
    everybody(seat).iter().map(|one| one.number.running).collect()
}

pub fn number(done: &Done) -> Number {
    done.created[0].1
}

pub fn found(seat: &Seat, query: &str) -> usize {
    seat.list(&seat.read_query(query).unwrap(), Order::Urgency).rows.len()
}
