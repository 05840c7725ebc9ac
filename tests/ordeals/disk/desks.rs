//! A whole desk on a disk that fails and heals: it mends itself while it is open. Nobody restarts anything here.

use super::faults::{Fault, heals, measure};
use super::open_desk;
use crate::measure::Chance;
use crate::records_support::moment;
use pulang::desk::{Alarm, Ask, Denied, Desk, Order, Proposal, Seat};
use pulang::domain::field::Field;
use pulang::domain::record::Facts;
use pulang::domain::subject::Subject;
use pulang::domain::value::{Timed, Value};
use std::path::Path;
use std::time::{Duration, Instant};
use ulid::Ulid;

/// How long everything may take to come back by itself.
const PATIENCE: Duration = Duration::from_secs(60);

struct Trial<'a> {
    desk: &'a Desk,
    seat: Seat,
    /// Cases that were acknowledged.
    kept: Vec<Ulid>,
    denied: u64,
    alarmed: u64,
}

/// The child: rounds of work, each on a disk that fails at some place and then heals.
pub fn child(dir: &Path) {
    let (rounds, seed) = measure();
    let mut dice = Chance::new(seed);
    let desk = open_desk(dir);
    let seat = desk.enter(super::UID).unwrap();
    let mut trial = Trial { desk: &desk, seat, kept: Vec::new(), denied: 0, alarmed: 0 };
    (0..5).for_each(|n| assert!(trial.takes_in(Ulid::new(), n, 1)));
    for round in 0..rounds {
        let fault = Fault::thrown(&mut dice, 12);
        println!("round {round}: {}", fault.words);
        trial.round(&fault, u32::try_from(round).unwrap() * 100 + 10);
    }
    let Trial { kept, denied, alarmed, seat, .. } = trial;
    println!("{rounds} rounds: {} cases kept, {denied} denied, {alarmed} with a banner", kept.len());
    drop((seat, desk));
    // And the next start finds it all.
    let desk = open_desk(dir);
    let seat = desk.enter(super::UID).unwrap();
    assert!(kept.iter().all(|id| seat.row_of(*id).is_some_and(|row| seat.open(row).is_ok())), "gone after a restart");
    assert!(desk.verify(&mut |_| ()).unwrap().is_whole());
}

impl Trial<'_> {
    /// Takes people in as one proposal; whether they are kept now.
    fn takes_in(&mut self, id: Ulid, first: u32, people: u32) -> bool {
        let ids: Vec<Ulid> = (0..people).map(|n| Ulid::from_parts(u64::from(first + n), id.random())).collect();
        let ask = |(n, of): (usize, &Ulid)| {
            let facts = Facts::from([
                (Field::Name.into(), Value::text(format!("Rekaan {first} {n}"))),
                (Field::Sex.into(), Value::code("P")),
                (Field::ReportChannel.into(), Value::code("DTG")),
                (Field::ReportCountry.into(), Value::code("KHM")),
                (Field::ReportedAt.into(), Value::Time(Timed::certain(moment()))),
            ]);
            Ask::Create { of: Subject::case(*of), facts, happened: Timed::certain(moment()) }
        };
        let asks = ids.iter().enumerate().map(ask).collect();
        let answer = self.seat.propose(Proposal { id, asks, undoes: None }).wait(PATIENCE).expect("an answer");
        match answer {
            Ok(done) => {
                assert_eq!(done.created.len(), ids.len());
                self.kept.extend(ids);
                true
            }
            Err(Denied::Fault(fault) | Denied::Unknown(fault)) => {
                println!("  {fault}");
                self.denied += 1;
                false
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    fn round(&mut self, fault: &Fault, first: u32) {
        let (one, many) = (Ulid::new(), Ulid::new());
        fault.begins();
        let mut is_kept = self.takes_in(one, first, 1);
        let mut are_kept = self.takes_in(many, first + 1, 30);
        let draft = self.seat.save_draft(one, b"setengah diketik");
        let saved = self.desk.save_snapshot();
        println!("  draft {draft:?}, snapshot {saved:?}");
        self.alarmed += u64::from(self.seat.alarms().iter().any(|alarm| matches!(alarm, Alarm::Disk(_))));
        self.is_read(fault);
        heals();
        // The same proposals again, by their ids: each happens once.
        let until = Instant::now() + PATIENCE;
        while !(is_kept && are_kept) {
            assert!(Instant::now() < until, "writing does not come back after {}", fault.words);
            is_kept = is_kept || self.takes_in(one, first, 1);
            are_kept = are_kept || self.takes_in(many, first + 1, 30);
            std::thread::sleep(Duration::from_millis(50));
        }
        self.is_calm_again(until, fault);
        self.seat.drop_draft(one).unwrap();
        self.desk.save_snapshot().unwrap();
    }

    /// Lists are in memory; a case opens, or says that the store is being brought back.
    fn is_read(&self, fault: &Fault) {
        assert!(self.seat.list(&Default::default(), Order::Number).rows.len() >= self.kept.len(), "the list stands");
        let row = self.seat.row_of(self.kept[0]).expect("the index knows everybody");
        if let Err(refusal) = self.seat.open(row) {
            let is_told =
                matches!(refusal.key, "fault-store-down" | "fault-store") || refusal.key.starts_with("fault-disk");
            assert!(is_told, "{}", refusal.key);
            println!("  reading: {}", refusal.key);
            assert!(fault.may_blind(), "reading stopped");
        }
    }

    /// The banner goes, and index, store and journal agree.
    fn is_calm_again(&self, until: Instant, fault: &Fault) {
        let is_odd = |alarm: &Alarm| matches!(alarm, Alarm::Disk(_) | Alarm::Mending(_));
        let is_open = |id: &Ulid| {
            let row = self.seat.row_of(*id).expect("acknowledged and in no list");
            self.seat.open(row).is_ok()
        };
        // The store may go down for a moment now, for what it met before.
        while self.seat.alarms().iter().any(is_odd) || !self.kept.iter().all(is_open) {
            assert!(Instant::now() < until, "{:?} stays after {}", self.seat.alarms(), fault.words);
            std::thread::sleep(Duration::from_millis(20));
        }
        loop {
            match self.desk.index_differs() {
                Ok(differing) if differing.is_empty() => return,
                // What was in doubt may be settled in the store, and in the index at the writer's next second.
                Ok(differing) => assert!(Instant::now() < until, "{differing:?} differ after {}", fault.words),
                Err(told) => assert!(Instant::now() < until, "{told} stays after {}", fault.words),
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
