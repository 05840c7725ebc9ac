//! Two machines' worth of operators: pseudo terminals with the real program, real keys and a real daemon, which is killed at
//! random. Nothing that a screen called saved is missing or there twice, forms come back, no screen is torn, nobody waits
//! for ever, and there is never a second daemon. `--rounds 500`: twenty terminals, so many operations at each.

mod operator;
mod terminal;

use crate::daemons::Daemons;
use crate::measure::{Chance, Measure, ordeal};
use crate::office;
use crate::sessions::office_of;
use libtest_mimic::Trial;
use operator::{Operator, Outcome};
use pulang::app::form::draft::Draft;
use pulang::domain::change::Verb;
use pulang::domain::subject::Kind;
use pulang::records::{Records, Seq};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use terminal::{Cell, PATIENCE};

/// Operations of the short form at each of its terminals.
const SHORT: u64 = 12;
/// Operations between two looks at every screen.
const PHASE: u64 = 20;

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    vec![ordeal("crowd", move || nothing_is_lost_in_a_crowd(measure.rounds_or(SHORT), measure.seed()))]
}

fn nothing_is_lost_in_a_crowd(rounds: u64, seed: u64) {
    println!("crowd: --seed {seed}");
    let (since, home) = (Instant::now(), tempfile::tempdir().unwrap());
    let dir = home.path().join("desk");
    let count = if rounds > SHORT { 20 } else { 4 };
    let daemons = Daemons::of(&dir);
    let mut crowd = a_crowd(&dir, count, seed);
    let (mut chance, mut kills, mut done, mut masked) = (Chance::new(seed), 0, 0, 0);
    while done < rounds {
        let phase = PHASE.min(rounds - done);
        kills += a_phase(&daemons, &mut crowd, phase, &mut chance);
        masked += at_once(&mut crowd, is_whole).into_iter().filter(|is_masked| *is_masked).count() as u64;
        done += phase;
        if rounds > SHORT {
            println!("crowd: {done} of {rounds} operations, {kills} kills, {:.0?}", since.elapsed());
        }
    }
    at_once(&mut crowd, Operator::goes);
    // Sessions that somebody left behind elsewhere wait for half an hour: it is asked to end.
    daemons.end();
    let told = proven(&dir, &crowd);
    let (answers, slowest) = waited(&crowd);
    let sum = |of: fn(&Operator) -> u64| crowd.iter().map(of).sum::<u64>();
    println!(
        "crowd: {count} terminals of {rounds} operations, {kills} kills, {} attached again, {} taken over; {told}; {} screens \
         whole, {masked} but for a clock; an answer {answers}, home again {slowest:.1?} at most; {:.0?}",
        sum(|one| one.returns),
        sum(|one| one.taken_over),
        count as u64 * rounds.div_ceil(PHASE),
        since.elapsed()
    );
}

/// Operators at their terminals; every fourth terminal is the second one of somebody.
fn a_crowd(dir: &Path, count: usize, seed: u64) -> Vec<Operator> {
    office_of(dir, count);
    let sits = |nth: usize| {
        let is_second = nth % 4 == 3;
        let login = format!("petugas{}", if is_second { nth - 1 } else { nth });
        Operator::sits_down(dir.to_owned(), nth, login, (is_second, nth % 4 < 2), seed)
    };
    let mut crowd: Vec<Operator> = (0..count).map(sits).collect();
    at_once(&mut crowd, Operator::home);
    crowd
}

/// Everybody does so much, and the daemon is killed once meanwhile; gives whether one was there to be killed.
fn a_phase(daemons: &Daemons, crowd: &mut [Operator], operations: u64, chance: &mut Chance) -> u64 {
    let (is_over, wait) = (AtomicBool::new(false), Duration::from_millis(500 + chance.below(400 * operations)));
    std::thread::scope(|scope| {
        let killer = scope.spawn(|| {
            let (since, mut kills) = (Instant::now(), 0);
            while !is_over.load(Ordering::Acquire) {
                assert!(daemons.answering() <= 1, "two daemons answer");
                if kills == 0 && since.elapsed() > wait {
                    kills += u64::from(daemons.kill_one());
                }
                std::thread::sleep(Duration::from_millis(20));
            }
            kills
        });
        let ended = catch_unwind(AssertUnwindSafe(|| at_once(crowd, |one| act(one, operations))));
        is_over.store(true, Ordering::Release);
        let kills = killer.join().unwrap();
        ended.unwrap_or_else(|panic| resume_unwind(panic));
        kills
    })
}

/// Everybody does this at the same time; what one panics with is told when all have ended.
fn at_once<T: Send>(crowd: &mut [Operator], does: impl Fn(&mut Operator) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let does = &does;
        let workers: Vec<_> = crowd.iter_mut().map(|one| scope.spawn(move || does(one))).collect();
        let ended: Vec<_> = workers.into_iter().map(|worker| worker.join()).collect();
        ended.into_iter().map(|end| end.unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

fn act(one: &mut Operator, operations: u64) {
    (0..operations).for_each(|_| one.acts());
}

/// Without the digits, which a clock changes.
fn still(cells: &[Vec<Cell>]) -> Vec<Vec<Cell>> {
    let mask = |(text, looks, colors): &Cell| {
        let is_digit = text.chars().all(|c| c.is_ascii_digit());
        (if is_digit { "#".to_owned() } else { text.clone() }, *looks, *colors)
    };
    cells.iter().map(|row| row.iter().map(mask).collect()).collect()
}

/// The screen is the same when all of it is drawn anew; says whether a clock had to be forgiven.
fn is_whole(one: &mut Operator) -> bool {
    let since = Instant::now();
    while one.terminal.has_ended() || one.terminal.text().contains("menyambung lagi") {
        one.home();
        assert!(since.elapsed() < PATIENCE, "{} is not let in", one.login);
    }
    let quiet = Duration::from_millis(700);
    one.terminal.settles(quiet);
    let before = (one.terminal.cells(), one.terminal.text());
    one.terminal.answers();
    one.terminal.settles(quiet);
    let after = one.terminal.cells();
    if before.0 == after {
        return false;
    }
    let is_same = still(&before.0.0) == still(&after.0) && before.0.1 == after.1;
    let pairs = before.0.0.iter().flatten().zip(after.0.iter().flatten());
    let differing: Vec<_> = pairs.filter(|(before, after)| before != after).take(5).collect();
    assert!(
        is_same,
        "{}: torn {differing:?}, cursor {:?} {:?}, before\n{}\n\nafter\n{}",
        one.login,
        before.0.1,
        after.1,
        before.1,
        one.terminal.text()
    );
    true
}

/// The journal says what the screens said; gives that in words.
fn proven(dir: &Path, crowd: &[Operator]) -> String {
    office::agreeing(dir, "after the crowd");
    let (records, _) = office::records(dir).unwrap();
    let (written, moves) = written(&records);
    let drafts = drafts(&records);
    let times = |word: &str| written.get(word).copied().unwrap_or(0);
    let (mut saved, mut kept, mut open) = (0, 0, 0);
    for (one, (word, outcome)) in crowd.iter().flat_map(|one| one.told.iter().map(move |told| (one, told))) {
        let is_draft = drafts.iter().any(|draft| draft.contains(word.as_str()));
        assert!(times(word) <= 1, "{word} is there {} times", times(word));
        match outcome {
            Outcome::Saved => assert_eq!(times(word), 1, "{word} was said to be saved; a draft of it: {is_draft}"),
            Outcome::Kept => assert!(
                times(word) == 1 || is_draft,
                "{word} was in a form, and is nowhere: {}\n{drafts:?}",
                one.seen.get(word).map_or("", String::as_str)
            ),
            Outcome::Open => {}
        }
        let count = match outcome {
            Outcome::Saved => &mut saved,
            Outcome::Kept => &mut kept,
            Outcome::Open => &mut open,
        };
        *count += 1;
    }
    let (said, tried) =
        crowd.iter().fold((0, 0), |(said, tried), one| (said + one.moves_said, tried + one.moves_tried));
    assert!(said <= moves && moves <= tried, "{said} moves said, {moves} in the journal, {tried} tried");
    assert!(saved > 0, "nobody saved anything");
    format!(
        "{saved} words said to be saved and {moves} moves ({said} said) are there once, {kept} kept in forms, {open} unsaid"
    )
}

/// How often each word was committed, and how many moves were.
fn written(records: &Records) -> (BTreeMap<String, u64>, u64) {
    let (mut words, mut moves) = (BTreeMap::<String, u64>::new(), 0);
    for seq in 1..=records.head().0 {
        let Some(read) = records.read_commit(Seq(seq)).unwrap() else { continue };
        let now: Vec<_> = read.commit.changes.iter().flat_map(|change| &change.edits).map(|edit| &edit.now).collect();
        let now = serde_json::to_string(&now).unwrap();
        let mut here: Vec<&str> = now
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| word.len() == 6 && word.starts_with("QX"))
            .collect();
        here.sort_unstable();
        here.dedup();
        here.into_iter().for_each(|word| *words.entry(word.to_owned()).or_default() += 1);
        moves += read.commit.changes.iter().filter(|change| change.verb == Verb::Move).count() as u64;
    }
    (words, moves)
}

/// What was typed into every draft that is kept.
fn drafts(records: &Records) -> Vec<String> {
    let mut operators = Vec::new();
    records.each(Kind::Operator, &mut |record, _| operators.push(record.of.id)).unwrap();
    let drafts = records.drafts();
    let of = |operator: ulid::Ulid| {
        let heads = drafts.list(operator).unwrap();
        heads.into_iter().filter_map(move |head| drafts.load(operator, head.id).unwrap())
    };
    let typed = |bytes: &[u8]| Draft::from_bytes(bytes).map(|draft| draft.typed_name());
    operators.into_iter().flat_map(of).filter_map(|draft| typed(&draft.content)).collect()
}

/// How long screens took to answer, and how long the slowest way home was.
fn waited(crowd: &[Operator]) -> (String, Duration) {
    let mut answers: Vec<Duration> = crowd.iter().flat_map(|one| one.answers.iter().copied()).collect();
    answers.sort_unstable();
    let at = |part: usize| answers[(answers.len() - 1) * part / 100];
    let slowest = crowd.iter().map(|one| one.slowest).max().unwrap_or_default();
    (format!("{:.1?} (99 %: {:.1?}, most {:.1?})", at(50), at(99), at(100)), slowest)
}
