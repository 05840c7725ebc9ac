//! What fills a history between the steps of its way: notes, papers, people at home, belongings, positions asked again.
//! Nothing here moves a case or changes how it stands.

use super::people::Person;
use super::random::Dice;
use super::role::Part;
use super::stages::note;
use super::story::{Step, Teller, time};
use super::world::{Operator, World};
use crate::domain::change::Verb;
use crate::domain::field::Field;
use crate::domain::record::Slot;
use crate::domain::value::Value;
use chrono::{DateTime, TimeDelta, Utc};

/// The steps of a case, filled up to about `wanted`: each step of the way is an entry of its own and none is left out,
/// however few are wanted. The first creates the case.
pub(super) fn filled(teller: Teller<'_>, wanted: usize, dice: Dice) -> Vec<Step> {
    let (world, person, part, until) = (teller.world, teller.person, teller.part, teller.until);
    let mut steps = teller.into_steps();
    steps.sort_by_key(|step| step.at);
    let extra = between(world, person, part, until, &steps, wanted.saturating_sub(steps.len()), dice);
    steps.extend(extra);
    steps.sort_by_key(|step| step.at);
    if let Some(first) = steps.first_mut() {
        first.verb = Verb::Create;
    }
    steps
}

/// So many small entries after the first step and before the case is closed, each by somebody of the office of its hour.
fn between(
    world: &World,
    person: &Person,
    part: Part,
    until: DateTime<Utc>,
    steps: &[Step],
    missing: usize,
    dice: Dice,
) -> Vec<Step> {
    let Some(first) = steps.first() else { return Vec::new() };
    let closed = steps.iter().find(|step| step.verb == Verb::Close).map(|step| step.at);
    let last = closed.map_or(until, |closed| closed.min(until));
    let left_s = (last - first.at).num_seconds() - 1;
    let (told, none) = (Vec::with_capacity(missing * 4), Vec::with_capacity(missing));
    let mut teller = Teller { world, dice, person, part, until, earlier: None, steps: none, told };
    for _ in 0..missing {
        let at = first.at + TimeDelta::seconds(teller.dice.between(1, left_s.max(2)));
        let then = steps.iter().rev().find(|step| step.at <= at).unwrap_or(first);
        let by = world.colleague(&mut teller.dice, then.office);
        entry(&mut teller, at.min(last), &by);
    }
    teller.into_steps()
}

fn entry(teller: &mut Teller<'_>, at: DateTime<Utc>, by: &Operator) {
    match teller.dice.below(100) {
        0..45 => note(teller, at, by),
        45..65 => asked_again(teller, at, by),
        65..77 => paper(teller, at, by),
        77..90 => at_home(teller, at, by),
        // What is kept for somebody is handed back before the case is closed: a story of its own.
        _ if teller.part.status == "TUTUP" => note(teller, at, by),
        _ => belonging(teller, at, by),
    }
}

/// The position asked again: where the person is stays, since when it is known and from whom is new.
fn asked_again(teller: &mut Teller<'_>, at: DateTime<Utc>, by: &Operator) {
    teller.begin(Verb::Edit, at, by);
    let source = teller.dice.pick(&["telepon", "kunjungan", "keterangan keluarga", "petugas setempat"]);
    teller.set(Field::PositionSource, Value::text(source));
    teller.set(Field::PositionAt, time(at));
}

fn paper(teller: &mut Teller<'_>, at: DateTime<Utc>, by: &Operator) {
    teller.begin(Verb::Edit, at, by);
    let item = teller.item(at);
    let kind = teller.dice.pick(&["KK", "AKT", "IJZ", "LAI"]);
    let number = format!("Z{:07}", teller.dice.below(10_000_000));
    teller.set(Slot::of(item, Field::DocKind), Value::code(kind));
    teller.set(Slot::of(item, Field::DocNo), Value::Text(number));
    let state = teller.dice.pick(&["PGG", "HLG"]);
    teller.set(Slot::of(item, Field::DocState), Value::code(state));
}

/// One more relative who can be reached; never a guardian.
fn at_home(teller: &mut Teller<'_>, at: DateTime<Utc>, by: &Operator) {
    teller.begin(Verb::Edit, at, by);
    let item = teller.item(at);
    let name = teller.dice.pick(&["Kasmini", "Darsono", "Yohana", "Marzuki", "Sulastri", "Benyamin"]);
    let relation = teller.dice.pick(&["KAK", "ADK", "KLG"]);
    let phone = format!("+6284{:09}", teller.dice.below(1_000_000_000));
    teller.set(Slot::of(item, Field::ContactName), Value::text(name));
    teller.set(Slot::of(item, Field::ContactRelation), Value::code(relation));
    teller.set(Slot::of(item, Field::ContactPhone), Value::Text(phone));
}

fn belonging(teller: &mut Teller<'_>, at: DateTime<Utc>, by: &Operator) {
    teller.begin(Verb::Edit, at, by);
    let item = teller.item(at);
    let what = teller.dice.pick(&["satu tas", "telepon", "dompet", "jaket", "buku tabungan"]);
    let place = teller.dice.pick(&["lemari titipan", "dibawa sendiri", "loker kantor"]);
    teller.set(Slot::of(item, Field::Belonging), Value::text(what));
    teller.set(Slot::of(item, Field::BelongingWhere), Value::text(place));
}
