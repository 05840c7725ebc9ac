//! A bad line: the real program attached to a real daemon, behind a relay of 8 kB/s with 250 ms there and back that loses one
//! packet of a hundred. What was typed ahead of the screen arrives as typed; times are printed, contents are held.
//! `--rounds 20`: so many lines, each with other losses.

use crate::daemons::Daemons;
use crate::measure::{Measure, ordeal};
use crate::office;
use crate::relay::{Kind, Session};
use crate::sessions::office_of;
use libtest_mimic::Trial;
use portable_pty::CommandBuilder;
use pulang::domain::field::Field;
use pulang::domain::record::Record;
use pulang::domain::subject::Kind as Subjects;
use std::path::Path;
use std::time::{Duration, Instant};

const AT_HAND: Kind =
    Kind { name: "at hand", bytes_per_second: 10e6, one_way: Duration::ZERO, lost: 0, does_answer: true };
const BAD: Kind = Kind {
    name: "8 kB/s, 250 ms, 1 % lost",
    bytes_per_second: 8e3,
    one_way: Duration::from_millis(125),
    lost: 1,
    does_answer: true,
};

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    vec![ordeal("line", move || what_is_typed_blind_arrives_as_typed(measure.rounds_or(1), measure.seed()))]
}

/// A terminal at the near end of a line, with the list on it.
fn session(dir: &Path, kind: Kind, seed: u64) -> Session {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_pulang"));
    command.args(["--lang", "id", "--as", "petugas0", "--data"]);
    command.arg(dir);
    command.env("LANG", "C.UTF-8");
    let mut session = Session::new(command, kind, seed);
    session.settle();
    assert!(session.shown.contains("DAFTAR"), "{}", session.shown);
    session
}

/// Everything but the line of keys and what hours change.
fn people(screen: &str) -> String {
    screen.lines().take(22).map(|row| row.chars().take(28).collect::<String>() + "\n").collect()
}

/// Numbers from names on, of every case that is there.
fn names(dir: &Path) -> Vec<Record> {
    let (records, _) = office::records(dir).unwrap();
    let mut all = Vec::new();
    records.each(Subjects::Case, &mut |record, _| all.push(record)).unwrap();
    all
}

fn what_is_typed_blind_arrives_as_typed(rounds: u64, seed: u64) {
    println!("line: --seed {seed}");
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("desk");
    office_of(&dir, 1);
    let daemons = Daemons::of(&dir);
    for round in 0..rounds {
        // Whoever was taken in over the line before stands in the list too.
        let mut near = session(&dir, AT_HAND, 1);
        near.held(b"\x1b[B");
        let right = people(&near.shown);
        near.key(b"<q");
        near.settle();
        drop(near);
        let mut far = session(&dir, BAD, seed.wrapping_add(round * 7919) | 1);
        let arrow = far.held(b"\x1b[B");
        assert_eq!(people(&far.shown), right, "sixty rows down");
        let paste = pasted(&mut far);
        let intake = taken_in(&mut far, round);
        println!(
            "line: {}, arrow {arrow:.1?} behind the last key, 2,000 keys pasted {paste:.1?}, an intake blind {intake:.1?}",
            BAD.name
        );
    }
    daemons.end();
    arrived(&dir, rounds);
}

/// Two thousand keys of which each moves the cursor, in one go; the last one brings it to the top.
fn pasted(far: &mut Session) -> Duration {
    let since = Instant::now();
    far.key("jk".repeat(999).as_bytes());
    far.key(b"j<");
    far.settle();
    let first = far.shown.lines().find(|row| row.starts_with('>')).map(str::to_owned);
    let top = far.shown.lines().skip_while(|row| !row.contains("Nama")).nth(1).map(str::to_owned);
    assert!(first.is_some() && first == top, "the cursor is on the first row:\n{}", far.shown);
    far.changed.saturating_duration_since(since)
}

/// A whole intake, and the way out of it, typed at a fast hand's speed without looking.
fn taken_in(far: &mut Session, round: u64) -> Duration {
    let name = name(round);
    let keys = format!(
        "n\t{name}\tP\t26-03-1995\t084111222{:03}\t\t\t\t\tS\tSentra Rekaan\t\tdatang sendiri\x13",
        round % 1_000
    );
    for key in keys.as_bytes() {
        far.key(&[*key]);
        far.run(Duration::from_millis(15));
    }
    let last = Instant::now();
    far.settle();
    let behind = far.changed.saturating_duration_since(last);
    assert!(far.shown.contains("Tersimpan: kasus"), "{}", far.shown);
    far.key(b"\x1b");
    far.settle();
    far.key(b"q");
    far.settle();
    behind
}

fn name(round: u64) -> String {
    let letter = |n: u64| char::from(b'A' + (n % 26) as u8);
    format!("REKAAN BUTA {}{}", letter(round / 26), letter(round))
}

fn arrived(dir: &Path, rounds: u64) {
    let all = names(dir);
    for round in 0..rounds {
        let here: Vec<&Record> = all.iter().filter(|record| record.text(Field::Name) == Some(&*name(round))).collect();
        let [record] = here[..] else { panic!("{} is there {} times", name(round), here.len()) };
        let said = serde_json::to_string(&record.facts.values().collect::<Vec<_>>()).unwrap();
        let phone = format!("84111222{:03}", round % 1_000);
        for word in ["1995-03-26", &phone, "Sentra Rekaan", "datang sendiri"] {
            assert!(said.contains(word), "{word} did not arrive: {said}");
        }
    }
}
