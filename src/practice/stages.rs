//! What is told at each status, and the conditions beside the track: flags, debts, tracks, notes.

use super::people::{Likeness, likeness};
use super::story::{Teller, time};
use super::world::Operator;
use super::{abroad, ashore};
use crate::domain::change::Verb;
use crate::domain::field::Field;
use crate::domain::record::Slot;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::Value;
use chrono::{DateTime, TimeDelta, Utc};

/// Tells the facts with which a status is entered.
pub(super) fn enter(teller: &mut Teller<'_>, status: &str, from: Option<&str>, at: DateTime<Utc>, by: &Operator) {
    match status {
        "LAPOR" => abroad::report(teller, at),
        "VERIF" => abroad::verify(teller, at, by),
        "LINDUNG" => abroad::protect(teller, at),
        "DOKUM" => abroad::name_papers(teller),
        "SIAP" => abroad::clear(teller, at),
        "JALAN" => abroad::board(teller, at),
        "TIBA" => abroad::land(teller, from, at, by),
        "ASESM" => ashore::assess(teller, at),
        "REHAB" => ashore::admit(teller, at, by),
        "PULDA" => ashore::send_home(teller, from, at),
        "REINT" => ashore::hand_over(teller, at, by),
        _ => ashore::close(teller, from, at, by),
    }
}

/// Flags, debts, tracks, seals and notes, after everything else: they belong to where the case stands now.
pub(super) fn conditions(teller: &mut Teller<'_>, last: DateTime<Utc>) {
    let status = teller.part.status;
    let is_open = status != "TUTUP";
    let (office, at) = (teller.office_of(status), last + (teller.until - last) / 3);
    let by = *teller.world.somebody(&mut teller.dice, office, "PPM");
    if is_open && teller.dice.percent(9) {
        let may_hold = !matches!(status, "PULDA" | "REINT");
        let holds: &[(&str, u64)] = if may_hold { &[("HKM", 25), ("MED", 15)] } else { &[] };
        let others = [("MDA", 25), ("LID", 15), ("HIL", 8), ("TLK", 5)];
        let kind = teller.dice.weighted(&[holds, &others].concat());
        flag(teller, kind, at, &by, None);
    }
    if let (true, Some(earlier)) = (is_open, teller.earlier) {
        flag(teller, "BRL", at, &by, Some(earlier));
    }
    if is_open && teller.dice.percent(8) && !matches!(status, "LAPOR" | "VERIF") {
        teller.begin(Verb::Edit, at, &by);
        let item = teller.item(at);
        let fact = teller.dice.pick(&["nationality-evidence", "exit-permit", "cost-bearer", "health-checked"]);
        teller.set(Slot::of(item, Field::DebtFact), Value::text(fact));
        teller.set(Slot::of(item, Field::DebtFor), Value::code(status));
        let hours = teller.dice.between(-20, 48);
        teller.set(Slot::of(item, Field::DebtDue), time(teller.until + TimeDelta::hours(hours)));
        teller.set(Slot::of(item, Field::DebtBy), Value::Link(Subject::new(Kind::Operator, by.id)));
    }
    if is_open && teller.dice.percent(12) {
        let (track, state) = teller.dice.weighted(&[
            (("HKM", "HKM3"), 30),
            (("KES", "KES2"), 30),
            (("KLG", "KLG2"), 30),
            (("RHB", "RHB3"), 10),
        ]);
        teller.begin(Verb::Edit, at, &by);
        let item = teller.item(at);
        teller.set(Slot::of(item, Field::Track), Value::code(track));
        teller.set(Slot::of(item, Field::TrackState), Value::code(state));
        teller.set(Slot::of(item, Field::TrackAt), time(at));
    }
    if is_open && teller.dice.percent(1) {
        teller.begin(Verb::Edit, at, &by);
        teller.set(Field::IsSealed, Value::YesNo(true));
    }
    if teller.dice.percent(30) {
        note(teller, at, &by);
    }
}

fn flag(teller: &mut Teller<'_>, kind: &str, at: DateTime<Utc>, by: &Operator, other: Option<Subject>) {
    teller.begin(Verb::Flag, at, by);
    let item = teller.item(at);
    teller.set(Slot::of(item, Field::Flag), Value::code(kind));
    teller.set(Slot::of(item, Field::FlagFrom), time(at));
    teller.set(Slot::of(item, Field::FlagBy), Value::text(by.name));
    let why = if kind == "BRL" { "Pernah dipulangkan sebelumnya" } else { "Latihan: menunggu keterangan" };
    teller.set(Slot::of(item, Field::FlagWhy), Value::text(why));
    if let Some(other) = other {
        teller.set(Slot::of(item, Field::FlagOther), Value::Link(other));
    }
}

/// A note of somebody at work.
pub(super) fn note(teller: &mut Teller<'_>, at: DateTime<Utc>, by: &Operator) {
    const NOTES: [&str; 8] = [
        "Sudah dihubungi, menunggu kabar keluarga.",
        "Minta dijadwalkan konseling.",
        "Keluarga menanyakan jadwal penerbangan.",
        "Barang titipan: satu tas, satu telepon.",
        "Diminta membawa berkas asli.",
        "Telepon tidak diangkat, dicoba lagi besok.",
        "Sudah makan dan beristirahat.",
        "Menunggu konfirmasi kantor tujuan.",
    ];
    teller.begin(Verb::Note, at, by);
    let item = teller.item(at);
    let text = teller.dice.pick(&NOTES);
    teller.set(Slot::of(item, Field::NoteText), Value::text(text));
    teller.set(Slot::of(item, Field::NoteBy), Value::Link(Subject::new(Kind::Operator, by.id)));
    teller.set(Slot::of(item, Field::NoteAt), time(at));
}

/// Whether the case of this index is of somebody who was here before.
pub(super) const fn came_before(index: u64) -> Option<u64> {
    match likeness(index) {
        Likeness::Again(earlier) => Some(earlier),
        Likeness::Own | Likeness::TwinOf(_) | Likeness::NamesakeOf(_) => None,
    }
}
