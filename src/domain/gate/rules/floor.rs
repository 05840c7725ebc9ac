//! The floor under every table: what no office may loosen, whatever it writes. In code, because it is not data.
//!
//! `desk.md`, "Nobody is hurt or exposed" 1 and "Work never stops" 1: guardians of minors, live holds, the identity of
//! remains, closing. What no emergency passes is said by [`Fact::is_never_emergency`], what a handing-over asks whatever a
//! gate says by the writer's check of every change.

use super::Rules;
use super::flaw::Wrong;
use super::table::Reader;
use crate::domain::gate::Fact;
use crate::domain::status::Status;
use crate::domain::words::List;
use chrono::TimeDelta;

/// What these gates ask everywhere.
const GATES: &[(Status, &[Fact])] = &[
    (Status::Pulda, &[Fact::NoHold, Fact::ChildGuardian]),
    (Status::Reint, &[Fact::NoHold, Fact::ReceiverSafe, Fact::HandedTo, Fact::HandedAt]),
    (Status::Tutup, &[Fact::CloseReason]),
];

/// The ways back that are work and no correction. A table may close them, and opens no other: what was a slip is put right
/// by a supervisor, with a reason.
const BACK: [(Status, Status); 4] = [
    (Status::Dokum, Status::Lindung),
    (Status::Rehab, Status::Asesm),
    (Status::Reint, Status::Rehab),
    (Status::Tutup, Status::Lapor),
];

/// What closing for these reasons asks everywhere: whoever stays with somebody, or with nobody, is free to go and, as a
/// child, in safe hands; nobody is closed as dead, double or lost without what says so.
const CLOSINGS: &[(&str, &[Fact])] = &[
    ("SEL", &[Fact::NoHold, Fact::ReceiverSafe]),
    ("PMD", &[Fact::NoHold, Fact::ReceiverSafe]),
    ("PMX", &[Fact::NoHold, Fact::ReceiverSafe]),
    ("TLK", &[Fact::NoHold, Fact::ReceiverSafe]),
    ("BRK", &[Fact::NoHold, Fact::ReceiverSafe]),
    ("LMP", &[Fact::NoHold, Fact::ReceiverSafe]),
    ("HKD", &[Fact::LastContact]),
    ("DUP", &[Fact::DuplicateOf]),
    ("MGL", &[Fact::Dead]),
];

/// Reasons for which two people are needed everywhere.
const TWO: [&str; 5] = ["TLK", "HKD", "MGL", "DUP", "SLH"];

/// Reasons for which what is owed cannot be had any more; for no other may a table forgive it.
const FORGIVING: [&str; 4] = ["HKD", "DUP", "MGL", "SLH"];

/// Reasons that wait: nobody is lost, and nothing is given up, on the first day. How long is the table's to say.
const WAITING: [&str; 2] = ["HKD", "BRK"];

/// States of the remains track that ask for the identity themselves: papers, flight, hand-over, burial.
const REMAINS: [&str; 4] = ["JNZ4", "JNZ5", "JNZ8", "JNZM"];

/// States between and after them, which ask for it or are reached from states that do.
const REMAINS_AFTER: [&str; 3] = ["JNZ6", "JNZ7", "JNZ9"];

/// States in which a track has ended; a table may have fewer, so that more tracks count as open.
const ENDS: [&str; 9] = ["HKM9", "KES7", "RHB7", "HAK4", "KLG3", "KLG4", "KLG5", "JNZ9", "JNZM"];

/// The longest that a fact passed as *darurat* is owed, and that a hold stands without being looked at again.
pub(super) const LONGEST: TimeDelta = TimeDelta::days(7);

/// Whether a track may end in this state.
pub(super) fn is_end(state: &str) -> bool {
    ENDS.contains(&state)
}

/// Notes every place where a table is below the floor, and every row that it lacks.
pub(super) fn check(rules: &Rules, reader: &mut Reader<'_>) {
    gates(rules, reader);
    closings(rules, reader);
    for state in REMAINS {
        if !rules.step(state).is_some_and(|step| step.required.contains(&Fact::RemainsIdentified)) {
            reader.wrong_in(&format!("step {state}"), "required", Wrong::Floor(Fact::RemainsIdentified));
        }
    }
    for state in REMAINS_AFTER {
        if !is_identified(rules, state, REMAINS_AFTER.len()) {
            reader.wrong_in(&format!("step {state}"), "required", Wrong::Unidentified);
        }
    }
}

fn gates(rules: &Rules, reader: &mut Reader<'_>) {
    for status in Status::ALL {
        let row = format!("gate {}", status.code());
        let Some(gate) = rules.gates.iter().find(|gate| gate.to == status) else {
            reader.wrong(0, "", Wrong::Lacking(row));
            continue;
        };
        let floor = GATES.iter().filter(|(to, _)| *to == status).flat_map(|(_, facts)| *facts);
        for fact in floor.filter(|fact| !gate.required.contains(fact)) {
            reader.wrong_in(&row, "required", Wrong::Floor(*fact));
        }
        let is_back = |from: &&Status| **from > status && !BACK.contains(&(**from, status));
        for from in gate.from.iter().filter(is_back) {
            reader.wrong_in(&row, "from", Wrong::Backward(*from));
        }
        // Whoever did not arrive is looked for, not closed.
        let arrival = Fact::ArrivalResolved;
        let is_lost = status == Status::Tutup && gate.from.contains(&Status::Jalan);
        if is_lost && !gate.required_of(Status::Jalan).any(|fact| fact == arrival) {
            reader.wrong_in(&row, "required_from", Wrong::Floor(arrival));
        }
    }
}

fn closings(rules: &Rules, reader: &mut Reader<'_>) {
    for reason in List::CloseReason.codes() {
        let row = format!("closing {reason}");
        let Some(closing) = rules.closing(reason) else {
            reader.wrong(0, "", Wrong::Lacking(row));
            continue;
        };
        let floor = CLOSINGS.iter().filter(|(code, _)| code == reason).flat_map(|(_, facts)| *facts);
        for fact in floor.filter(|fact| !closing.required.contains(fact)) {
            reader.wrong_in(&row, "required", Wrong::Floor(*fact));
        }
        if TWO.contains(reason) && !closing.is_two {
            reader.wrong_in(&row, "two", Wrong::TwoPeople);
        }
        if closing.forgives_debts && !FORGIVING.contains(reason) {
            reader.wrong_in(&row, "forgives_debts", Wrong::Forgives);
        }
        if WAITING.contains(reason) && closing.clock.is_none_or(|(_, days)| days == 0) {
            reader.wrong_in(&row, "clock", Wrong::Clock);
        }
    }
}

/// Whether a state of the remains track asks for the identity itself, or is only reached from states that do. `left` ends
/// a circle of states.
fn is_identified(rules: &Rules, state: &str, left: usize) -> bool {
    let Some(step) = rules.step(state) else { return false };
    let is_asked = step.required.contains(&Fact::RemainsIdentified);
    is_asked || (left > 0 && !step.from.is_empty() && step.from.iter().all(|from| is_identified(rules, from, left - 1)))
}
