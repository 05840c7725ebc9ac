//! The machine's clock jumps, hours or years, back and forth, between commits and between starts. Order and chain hold,
//! nothing refuses to start, undo's hour and the list of drafts do not misbehave.

use crate::measure::{Chance, Measure, ordeal};
use crate::office::{self, CHIEF, arrival, done, marked};
use crate::records_support::{everything, replayed};
use chrono::{DateTime, TimeDelta, Utc};
use libtest_mimic::Trial;
use pulang::desk::{Clock, Desk, Seat};
use pulang::domain::field::Field;
use pulang::domain::subject::Subject;
use pulang::records::Seq;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    vec![ordeal("clock", move || the_clock_jumps(measure.rounds_or(4), measure.seed()))]
}

struct Time(Arc<Mutex<DateTime<Utc>>>);

impl Time {
    fn clock(&self) -> Clock {
        let now = Arc::clone(&self.0);
        Arc::new(move || *now.lock().unwrap())
    }

    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    fn jump(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

/// By hours, days, or years, in either direction; the years of one direction stay within a life.
fn a_jump(chance: &mut Chance, now: DateTime<Utc>) -> TimeDelta {
    let jump = match chance.below(4) {
        0 => TimeDelta::minutes(chance.below(120) as i64),
        1 => TimeDelta::hours(chance.below(72) as i64),
        2 => TimeDelta::days(chance.below(400) as i64),
        _ => TimeDelta::days(365 * chance.below(31) as i64),
    };
    let is_early = now < "1990-01-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
    let is_late = now > "2070-01-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
    if is_late || (!is_early && chance.below(2) == 0) { -jump } else { jump }
}

fn the_clock_jumps(rounds: u64, seed: u64) {
    println!("clock: --seed {seed}");
    let mut chance = Chance::new(seed);
    let dir = office::folder();
    let time = Time(Arc::new(Mutex::new("2026-02-20T20:00:00Z".parse().unwrap())));
    let (mut cases, mut drafts) = (Vec::new(), BTreeSet::new());
    for round in 0..rounds {
        let opened = office::desk(dir.path(), time.clock());
        let (desk, started) = opened.unwrap_or_else(|fault| panic!("round {round} at {}: {fault}", time.now()));
        assert_eq!((started.records.rebuilt, started.records.journal.damages), (None, 0), "round {round}");
        let chief = desk.enter(CHIEF).unwrap();
        for _ in 0..4 {
            work(&chief, &time, &mut chance, &mut cases);
            undo_holds_for_an_hour(&desk, &chief, &time, cases[0]);
            let draft = chief.new_id();
            chief.save_draft(draft, b"setengah").unwrap();
            drafts.insert(draft);
            time.jump(a_jump(&mut chance, time.now()));
            assert_eq!(chief.drafts().into_iter().map(|(id, ..)| id).collect::<BTreeSet<_>>(), drafts);
        }
        assert!(desk.index_differs().unwrap().is_empty(), "round {round}");
        drop((chief, desk));
        time.jump(a_jump(&mut chance, time.now()));
    }
    stands(dir.path(), &cases);
    println!("clock: {rounds} starts, {} people, {} drafts, now {}", cases.len(), drafts.len(), time.now());
}

fn work(chief: &Seat, time: &Time, chance: &mut Chance, cases: &mut Vec<Subject>) {
    let of = Subject::case(chief.new_id());
    done(chief, vec![arrival(of, "CONTOH WAKTU", time.now())]);
    cases.push(of);
    time.jump(a_jump(chance, time.now()));
    let of = cases[chance.below(cases.len() as u64) as usize];
    let text = format!("tanda {}", chance.below(1_000_000));
    done(chief, vec![marked(&chief.record(of).unwrap(), &text, time.now())]);
    chief.today(time.now());
    let row = chief.row_of(of.id).unwrap();
    assert!(!chief.open(row).unwrap().events.is_empty());
}

/// What was done just now is taken back, whatever the clock said before; an hour later it is not.
fn undo_holds_for_an_hour(desk: &Desk, chief: &Seat, time: &Time, of: Subject) {
    let before = chief.record(of).unwrap().text(Field::Marks).map(str::to_owned);
    let edit = || done(chief, vec![marked(&chief.record(of).unwrap(), "untuk dibatalkan", time.now())]);
    edit();
    let proposal = chief.undo().unwrap();
    chief.propose(proposal).wait(Duration::from_secs(60)).unwrap().unwrap();
    assert_eq!(chief.record(of).unwrap().text(Field::Marks), before.as_deref());
    edit();
    time.jump(TimeDelta::minutes(61));
    assert_eq!(chief.undo().unwrap_err().key, "refused-undo-too-late");
    // The clock is set back by a day: what was done stands in the future, and is no more recent for that.
    time.jump(-TimeDelta::days(1));
    assert_eq!(chief.undo().map(|_| ()).unwrap_err().key, "refused-undo-too-late");
    time.jump(TimeDelta::days(1));
    done(chief, vec![marked(&chief.record(of).unwrap(), before.as_deref().unwrap_or("tanda"), time.now())]);
    desk.tick();
}

fn stands(dir: &Path, cases: &[Subject]) {
    office::agreeing(dir, "after all jumps");
    let (records, _) = office::records(dir).unwrap();
    assert!(everything(&records) == replayed(&records));
    let mut revisions = 0;
    for of in cases {
        let history = records.history(*of).unwrap();
        assert!(history.windows(2).all(|pair| pair[0].seq < pair[1].seq), "history stands in the order of the journal");
        revisions += history.len();
    }
    assert!(records.head() > Seq(revisions as u64 / 2));
}
