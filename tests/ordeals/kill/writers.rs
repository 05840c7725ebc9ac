//! Eight writers at one desk, in a process of their own that is going to be killed: each says what was acknowledged to it, one
//! whole line each, and only after the answer.

use crate::measure::Chance;
use crate::office::*;
use chrono::Utc;
use pulang::desk::{Ask, Desk, Order, Proposal, Seat};
use pulang::domain::field::Field;
use pulang::domain::query::Query;
use pulang::domain::record::Facts;
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Timed, Value};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use ulid::Ulid;

pub const WRITERS: usize = 8;
/// Cases that the writers work on; the older ones rest.
const AT_HAND: usize = 400;

/// In which part of its life the child is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    Opening,
    Working,
    /// While a snapshot is written.
    Saving,
    /// While bulk notes fill one segment after another.
    Rolling,
    /// While it ends by itself.
    Closing,
}

impl Scene {
    pub const ALL: [Self; 5] = [Self::Opening, Self::Working, Self::Saving, Self::Rolling, Self::Closing];
}

/// Says one line, whole or cut off by the end of the process.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(format!("{line} END\n").as_bytes()).and_then(|()| out.flush());
}

/// Works until it is killed; in the last scene, for a moment only.
pub fn child(dir: &Path, scene: Scene, seed: u64) -> ExitCode {
    let (desk, _) = desk(dir, machine_clock()).unwrap();
    let writers = writers_of(&desk);
    let at_hand = Arc::new(Mutex::new(cases_of(&writers[0])));
    let is_over = AtomicBool::new(false);
    say("READY");
    std::thread::scope(|scope| {
        for (nth, seat) in writers.into_iter().enumerate() {
            let (desk, at_hand, is_over) = (&desk, Arc::clone(&at_hand), &is_over);
            let chance = Chance::new(seed.wrapping_mul(31).wrapping_add(1 + 2 * nth as u64));
            let mut writer = Writer { desk, seat, at_hand, chance, drafts: Vec::new(), scene };
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    writer.work();
                }
            });
        }
        if scene == Scene::Closing {
            std::thread::sleep(Duration::from_millis(20 + seed % 60));
            is_over.store(true, Ordering::Relaxed);
        }
    });
    say("CLOSING");
    desk.save_snapshot().unwrap();
    drop(desk);
    say("CLOSED");
    ExitCode::SUCCESS
}

/// Eight supervisors, hired at the first start.
fn writers_of(desk: &Desk) -> Vec<Seat> {
    let chief = desk.enter(CHIEF).unwrap();
    let office = chief.office();
    for nth in 0..WRITERS {
        // A start that was killed may have hired some already.
        let of = Subject::new(Kind::Operator, Ulid(0xA11CE + nth as u128));
        if desk.enter_as(of.id).is_err() {
            let facts = Facts::from([
                (Field::OperatorName.into(), Value::text(format!("Penyelia {nth}"))),
                (Field::OperatorRoles.into(), Value::codes(["PNY"])),
                (Field::OperatorOffice.into(), Value::Link(office)),
            ]);
            done(&chief, vec![Ask::Create { of, facts, happened: Timed::certain(Utc::now()) }]);
        }
    }
    (0..WRITERS).map(|nth| desk.enter_as(Ulid(0xA11CE + nth as u128)).unwrap()).collect()
}

fn cases_of(seat: &Seat) -> Vec<Subject> {
    let rows = seat.list(&Query::default(), Order::Number).rows;
    let last = rows.page(rows.len().saturating_sub(AT_HAND), AT_HAND);
    last.into_iter().filter_map(|row| Some(Subject::case(seat.summary(row)?.id))).collect()
}

struct Writer<'a> {
    desk: &'a Desk,
    seat: Seat,
    at_hand: Arc<Mutex<Vec<Subject>>>,
    chance: Chance,
    /// Drafts that are kept, with how often each was saved.
    drafts: Vec<(Ulid, u32)>,
    scene: Scene,
}

impl Writer<'_> {
    fn work(&mut self) {
        let (is_saving, is_rolling) = (self.scene == Scene::Saving, self.scene == Scene::Rolling);
        match self.chance.below(100) {
            0..25 => self.take_in(),
            25..43 if is_rolling => self.write_notes(150, 2_000),
            25..43 => self.write_notes(4, 60),
            43..58 => self.mark(),
            58..68 => self.move_some(),
            68..76 => self.take_back(),
            76..86 => self.keep_draft(),
            86..91 => self.look(),
            91..96 => self.look_with_reason(),
            _ if is_saving || self.chance.below(10) == 0 => self.save_snapshot(),
            _ => self.finish_draft(),
        }
    }

    /// Proposes, waits, and says what was acknowledged; a refusal is an answer like any other.
    fn propose(&mut self, proposal: Proposal) -> bool {
        let id = proposal.id;
        match self.seat.propose(proposal).wait(Duration::from_secs(60)) {
            Some(Ok(made)) => {
                let numbers: Vec<String> =
                    made.created.iter().map(|(of, number)| format!("{of}={}", number.packed())).collect();
                say(&format!("ACK {id} {} {}", made.changed, numbers.join(",")));
                self.at_hand.lock().unwrap().extend(made.created.iter().map(|(of, _)| Subject::case(*of)));
                true
            }
            Some(Err(_)) | None => false,
        }
    }

    fn ask(&mut self, asks: Vec<Ask>) {
        if !asks.is_empty() {
            self.propose(Proposal { id: self.seat.new_id(), asks, undoes: None });
        }
    }

    /// Some of the cases at hand, none twice.
    fn some(&mut self, most: u64) -> Vec<Subject> {
        let at_hand = self.at_hand.lock().unwrap();
        let latest = &at_hand[at_hand.len().saturating_sub(AT_HAND)..];
        let count = if most > 20 { most } else { 1 + self.chance.below(most) };
        let from = self.chance.below(latest.len().max(1) as u64) as usize;
        latest.iter().cycle().skip(from).take((count as usize).min(latest.len())).copied().collect()
    }

    fn take_in(&mut self) {
        let most = if self.chance.below(12) == 0 { 40 } else { 3 };
        let count = 1 + self.chance.below(most);
        let name = |n: u64| format!("CONTOH ULID {n}");
        let asks = (0..count).map(|n| arrival(Subject::case(self.seat.new_id()), &name(n), Utc::now())).collect();
        self.ask(asks);
    }

    fn mark(&mut self) {
        let text = format!("tanda {}", self.chance.below(1_000));
        let seen = self.some(3).into_iter().filter_map(|of| self.seat.record(of).ok());
        let asks = seen.map(|seen| marked(&seen, &text, Utc::now())).collect();
        self.ask(asks);
    }

    fn write_notes(&mut self, most: u64, letters: usize) {
        let by = self.seat.operator();
        let seen: Vec<_> = self.some(most).into_iter().filter_map(|of| self.seat.record(of).ok()).collect();
        let asks =
            seen.iter().map(|seen| note(seen, self.seat.new_id(), &"catatan ".repeat(letters / 8), by, Utc::now()));
        let asks = asks.collect();
        self.ask(asks);
    }

    fn move_some(&mut self) {
        let asks = self.some(12).into_iter().map(|of| step(of, Status::Verif, Utc::now())).collect();
        self.ask(asks);
    }

    fn take_back(&mut self) {
        let proposal = if self.chance.below(3) == 0 { self.seat.redo() } else { self.seat.undo() };
        if let Ok(proposal) = proposal {
            self.propose(proposal);
        }
    }

    fn keep_draft(&mut self) {
        if self.drafts.is_empty() || (self.drafts.len() < 5 && self.chance.below(3) == 0) {
            self.drafts.push((self.seat.new_id(), 0));
        }
        let place = self.chance.below(self.drafts.len() as u64) as usize;
        let (id, times) = &mut self.drafts[place];
        *times += 1;
        let content = draft_content(*id, *times);
        if self.seat.save_draft(*id, content.as_bytes()).is_ok() {
            say(&format!("DRAFT {} {id} {times}", self.seat.operator().id));
        }
    }

    /// A draft becomes the commit whose id it has, or is thrown away: from now on it may be gone.
    fn finish_draft(&mut self) {
        let Some((id, _)) = self.drafts.pop() else { return };
        say(&format!("LETGO {id}"));
        if self.chance.below(2) == 0 {
            let asks = vec![arrival(Subject::case(self.seat.new_id()), "DARI DRAF", Utc::now())];
            self.propose(Proposal { id, asks, undoes: None });
        }
        let _ = self.seat.drop_draft(id);
    }

    fn look(&mut self) {
        let query = self.seat.read_query("contoh umur<18").unwrap();
        self.seat.list(&query, Order::Urgency);
        for of in self.some(2) {
            let _ = self.seat.row_of(of.id).map(|row| self.seat.open(row));
        }
    }

    /// A look that is on the disk before anything is shown.
    fn look_with_reason(&mut self) {
        let Some(row) = self.some(1).first().and_then(|of| self.seat.row_of(of.id)) else { return };
        let id = self.seat.new_id();
        if self.seat.give_reason(row, &format!("diminta hakim untuk {id}")).is_ok() {
            say(&format!("LOOK {id}"));
        }
    }

    fn save_snapshot(&self) {
        say("SAVING");
        let _ = self.desk.save_snapshot();
        say("SAVED");
    }
}

/// What a draft holds after so many times.
pub fn draft_content(id: Ulid, times: u32) -> String {
    format!("{id} {times} {}", "setengah jadi ".repeat(1 + times as usize % 40))
}
