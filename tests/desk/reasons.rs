//! Reasons at the desk: in the trail before anything is shown, for one seat and a while; seals, names, looks from outside.

use crate::hall::*;
use pulang::desk::{Ask, Behind, REASON_HOLDS, Seat};
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::{Field, Part, Section};
use pulang::domain::gate::Obstacle;
use pulang::domain::record::Slot;
use pulang::domain::subject::Subject;
use pulang::domain::value::Value;
use pulang::records::disk::DiskFile;
use pulang::records::trail::{Act, Look};
use pulang::records::watched::{Watched, Watcher};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use ulid::Ulid;

const WHY: &str = "permintaan tertulis penyidik";

/// Screening of a case, by somebody who may.
fn screened(hall: &Hall, seat: &Seat, of: Subject) -> Slot {
    let at = Slot::of(Ulid::new(), Field::ScreenedAt);
    let seen = seat.record(of).unwrap();
    let mut change = Change::on(&seen, Verb::Edit, hall.now());
    change.set(&seen, at, Some(Value::Time(hall.now())));
    done(seat, vec![Ask::Edit(change)]);
    at
}

/// An edit that names somebody, or seals, with a reason or none.
fn guarded(hall: &Hall, seat: &Seat, of: Subject, edits: &[(Slot, Value)], why: Option<&str>) -> Ask {
    let seen = seat.record(of).unwrap();
    let mut change = Change::on(&seen, Verb::Edit, hall.now());
    edits.iter().for_each(|(slot, value)| change.set(&seen, *slot, Some(value.clone())));
    change.reason = why.map(str::to_owned);
    Ask::Edit(change)
}

fn seal(hall: &Hall, seat: &Seat, of: Subject) {
    let edits = [
        (Field::IsSealed.into(), Value::YesNo(true)),
        (Field::SealedBy.into(), Value::Link(seat.operator())),
        (Field::SealedAt.into(), Value::Time(hall.now())),
    ];
    done(seat, vec![guarded(hall, seat, of, &edits, Some("saksi dalam perkara"))]);
}

fn name(hall: &Hall, seat: &Seat, of: Subject, who: &Seat) -> Result<pulang::desk::Done, pulang::desk::Denied> {
    let edits = [(Slot::of(Ulid::new(), Field::NamedOperator), Value::Link(who.operator()))];
    tried(seat, vec![guarded(hall, seat, of, &edits, Some(WHY))])
}

#[test]
fn a_reason_opens_the_compartment_to_one_seat_for_half_an_hour_and_edits_nothing() {
    let hall = Hall::new();
    let (chief, liaison) = (hall.chief(), hall.hire(&["HKM"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let row = chief.row_of(of.id).unwrap();
    let at = screened(&hall, &liaison, of);
    assert!(chief.open(row).unwrap().opens_with_reason);
    assert!(chief.record(of).unwrap().get(at).is_none());
    for short in ["", "x", "sepuluhhuruf", "a b", "          "] {
        assert_eq!(chief.give_reason(row, short).unwrap_err().key, "refused-reason-short", "{short:?}");
    }
    chief.give_reason(row, WHY).unwrap();
    assert!(chief.record(of).unwrap().get(at).is_some());
    let view = chief.open(row).unwrap();
    assert!(!view.hidden.contains(&Section::Law) && !view.opens_with_reason);
    assert!(hall.chief().record(of).unwrap().get(at).is_none(), "another screen gives its own reason");
    let law = guarded(&hall, &chief, of, &[(Slot::of(Ulid::new(), Field::FindingNo), Value::text("1"))], None);
    assert_eq!(refusal(tried(&chief, vec![law])), "why-not-access", "to see is not to write");
    hall.pass(REASON_HOLDS.num_minutes());
    assert!(chief.record(of).unwrap().get(at).is_none());
    drop((chief, liaison));
    let looks = hall.looks();
    let reasons: Vec<&Look> = looks.iter().filter(|look| look.act == Act::Sealed).collect();
    assert_eq!(reasons.len(), 1);
    assert_eq!(
        (reasons[0].why.as_str(), reasons[0].of.as_slice(), reasons[0].fields.as_slice()),
        (WHY, &[of][..], &["HKM".to_owned()][..])
    );
}

#[test]
fn a_reason_that_names_the_person_opens_nothing_and_stands_in_no_trail() {
    let hall = Hall::new();
    let (chief, liaison) = (hall.chief(), hall.hire(&["HKM"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let row = chief.row_of(of.id).unwrap();
    screened(&hall, &liaison, of);
    for why in ["permintaan ibu Wayan", "laporan NIK 5171010101909001", "telepon 0840 1234 5678"] {
        assert_eq!(chief.give_reason(row, why).unwrap_err().key, "refused-reason-names", "{why}");
    }
    assert!(chief.open(row).unwrap().opens_with_reason);
    chief.give_reason(row, WHY).unwrap();
    drop((chief, liaison));
    let looks = hall.looks();
    let refused = looks.iter().filter(|look| look.act == Act::Refused && look.of == [of]).count();
    assert_eq!(refused, 3, "whoever tries names is seen to");
    assert!(
        looks.iter().all(|look| look.why.is_empty() || look.why == WHY),
        "a reason that was refused is in the trail"
    );
}

#[test]
fn a_reason_is_cleaned_and_bounded() {
    let hall = Hall::new();
    let chief = hall.chief();
    let of = hall.case(&chief, "WAYAN CONTOH");
    chief.give_reason(chief.row_of(of.id).unwrap(), &format!("  dua\u{1b}[31m kata\n{} ", "a".repeat(900))).unwrap();
    drop(chief);
    let looks = hall.looks();
    let why = &looks.iter().find(|look| look.act == Act::Sealed).unwrap().why;
    assert!(why.chars().count() <= 200 && !why.contains(['\u{1b}', '\n']) && why.starts_with("dua"), "{why:?}");
}

/// Keeps the trail from being written while it is told to.
struct Shaky(Arc<AtomicBool>);

impl Shaky {
    fn check(&self, path: &Path) -> io::Result<()> {
        let is_trail = path.parent().is_some_and(|folder| folder.ends_with("trail"));
        if is_trail && self.0.load(Ordering::SeqCst) { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl Watcher for Shaky {
    fn write_at(&self, path: &Path, below: &dyn DiskFile, bytes: &[u8], at: u64) -> io::Result<()> {
        self.check(path)?;
        below.write_at(bytes, at)
    }

    fn sync(&self, path: &Path, below: &dyn DiskFile) -> io::Result<()> {
        self.check(path)?;
        below.sync()
    }
}

#[test]
fn nothing_opens_while_the_trail_cannot_be_written() {
    let is_off = Arc::new(AtomicBool::new(false));
    let hall = Hall::on(Arc::new(Watched(Arc::new(Shaky(Arc::clone(&is_off))))));
    let (chief, liaison) = (hall.chief(), hall.hire(&["HKM"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let row = chief.row_of(of.id).unwrap();
    let at = screened(&hall, &liaison, of);
    is_off.store(true, Ordering::SeqCst);
    assert_eq!(chief.give_reason(row, WHY).unwrap_err().key, "refused-trail-unwritable");
    assert!(chief.record(of).unwrap().get(at).is_none());
    assert_eq!(
        liaison.open(row).unwrap_err().key,
        "refused-trail-unwritable",
        "what is in the compartment comes after its line"
    );
    is_off.store(false, Ordering::SeqCst);
    chief.give_reason(row, WHY).unwrap();
    assert!(chief.record(of).unwrap().get(at).is_some() && liaison.open(row).is_ok());
}

#[test]
fn whoever_is_named_is_inside_and_naming_needs_a_reason_and_a_supervisor() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["KON"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let edits = [(Slot::of(Ulid::new(), Field::NamedOperator), Value::Link(chief.operator()))];
    assert!(tried(&chief, vec![guarded(&hall, &chief, of, &edits, None)]).is_err());
    assert_eq!(refusal(name(&hall, &officer, of, &officer)), "why-not-access");
    name(&hall, &chief, of, &chief).unwrap();
    let at = screened(&hall, &chief, of);
    assert!(chief.record(of).unwrap().get(at).is_some());
    assert!(!chief.open(chief.row_of(of.id).unwrap()).unwrap().opens_with_reason);
}

#[test]
fn the_law_track_is_in_the_compartment_as_a_whole() {
    let hall = Hall::new();
    let (chief, officer, liaison) = (hall.chief(), hall.hire(&["KON"]), hall.hire(&["HKM"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let step = |state: &'static str| {
        let step =
            pulang::domain::track::Step { item: None, state, happened: hall.now(), no: None, taken_over_by: None };
        Ask::Step { of, step }
    };
    assert_eq!(refusal(tried(&officer, vec![step("HKM2")])), "why-not-access");
    done(&officer, vec![step("KLG1")]);
    done(&liaison, vec![step("HKM2")]);
    assert_eq!(liaison.record(of).unwrap().items(Part::Track).count(), 2);
    assert_eq!(officer.record(of).unwrap().items(Part::Track).count(), 1);
    let view = officer.open(officer.row_of(of.id).unwrap()).unwrap();
    let states = view.events.iter().flat_map(|event| &event.change.edits).filter_map(|edit| edit.now.as_ref());
    assert!(!states.into_iter().any(|value| *value == Value::code("HKM2")));
}

#[test]
fn a_sealed_case_is_found_by_those_named_and_survives_a_restart() {
    let hall = Hall::new();
    let (chief, officer, other) = (hall.chief(), hall.hire(&["KON"]), hall.hire(&["PPM"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    name(&hall, &chief, of, &officer).unwrap();
    seal(&hall, &chief, of);
    let ids = (officer.operator().id, other.operator().id);
    drop((chief, officer, other));
    let hall = hall.restarted();
    let (officer, other) = (hall.desk.enter_as(ids.0).unwrap(), hall.desk.enter_as(ids.1).unwrap());
    assert_eq!((found(&officer, "wayan"), found(&other, "wayan"), found(&hall.chief(), "wayan")), (1, 0, 1));
    let row = officer.row_of(of.id).unwrap();
    assert_eq!((officer.behind(row), other.behind(row)), (Some(Behind::Seal), None));
    assert_eq!(officer.record(of).unwrap_err().key, "refused-needs-reason");
    officer.give_reason(row, WHY).unwrap();
    assert!(officer.open(row).unwrap().hidden.contains(&Section::Law), "a named officer is not a named supervisor");
    assert_eq!(other.give_reason(row, WHY).unwrap_err().key, "why-not-access");
}

#[test]
fn a_reason_for_the_compartment_is_none_for_a_seal_that_came_after() {
    let hall = Hall::new();
    let (chief, other) = (hall.chief(), hall.hire(&["PNY"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let row = chief.row_of(of.id).unwrap();
    chief.give_reason(row, WHY).unwrap();
    name(&hall, &other, of, &chief).unwrap();
    seal(&hall, &other, of);
    assert_eq!(chief.behind(row), Some(Behind::Seal));
    assert_eq!(chief.open(row).unwrap_err().key, "refused-needs-reason");
}

#[test]
fn a_look_from_outside_is_told_to_the_owner_and_is_nobodys_to_undo_or_to_forge() {
    let hall = Hall::new();
    let (chief, stranger, clerk) = (hall.chief(), hall.stranger(&["PNY"]), hall.stranger(&["KON"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let row = stranger.row_of(of.id).unwrap();
    assert_eq!((stranger.behind(row), clerk.behind(row)), (Some(Behind::OtherOffice), None));
    assert!(stranger.open(row).is_err());
    assert_eq!(clerk.give_reason(row, WHY).unwrap_err().key, "why-not-access");
    stranger.give_reason(row, WHY).unwrap();
    let view = stranger.open(row).unwrap();
    assert!(view.hidden.contains(&Section::Law) && !view.opens_with_reason);
    assert!(stranger.undo_preview().is_err());
    let told = |hall: &Hall| {
        let rows = chief.today_rows(&chief.today(hall.now().at), 0, 50);
        let mut due = rows.into_iter().flat_map(|row| row.due);
        due.any(|(why, _)| matches!(&why, pulang::desk::Why::Looked { kind, .. } if kind == "LUA"))
    };
    assert!(told(&hall));
    let event = chief.open(row).unwrap().events.into_iter().find(|event| event.change.verb == Verb::Look).unwrap();
    assert_eq!(event.change.reason.as_deref(), Some(WHY));
    let item = event.change.edits[0].at.item.unwrap();
    let seen = chief.record(of).unwrap();
    let mut change = Change::on(&seen, Verb::Edit, hall.now());
    change.set(&seen, Slot::of(item, Field::LookWhy), None);
    assert!(tried(&chief, vec![Ask::Edit(change)]).is_err());
    hall.pass(73 * 60);
    assert!(!told(&hall));
    drop((chief, stranger, clerk));
    let looks = hall.looks();
    let glass: Vec<&Look> = looks.iter().filter(|look| look.act == Act::BreakGlass).collect();
    assert_eq!((glass.len(), glass[0].why.as_str()), (1, WHY));
}

#[test]
fn a_word_is_no_reason_to_seal_a_case_to_open_it_again_or_to_name_somebody() {
    let hall = Hall::new();
    let (chief, other) = (hall.chief(), hall.hire(&["PKS"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let sealing = [
        (Field::IsSealed.into(), Value::YesNo(true)),
        (Field::SealedBy.into(), Value::Link(chief.operator())),
        (Field::SealedAt.into(), Value::Time(hall.now())),
    ];
    let naming = [(Slot::of(Ulid::new(), Field::NamedOperator), Value::Link(other.operator()))];
    for edits in [&sealing[..], &naming] {
        for short in ["saksi!", "sepuluhhuruf", "a b c"] {
            let asked = tried(&chief, vec![guarded(&hall, &chief, of, edits, Some(short))]);
            assert_eq!(obstacles(asked), [Obstacle::ReasonShort], "{short}");
        }
    }
    seal(&hall, &chief, of);
    chief.give_reason(chief.row_of(of.id).unwrap(), WHY).unwrap();
    let opened = [(Field::IsSealed.into(), Value::YesNo(false))];
    assert_eq!(
        obstacles(tried(&chief, vec![guarded(&hall, &chief, of, &opened, Some("batal"))])),
        [Obstacle::ReasonShort]
    );
}
