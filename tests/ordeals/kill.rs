//! Eight writers at one desk are killed at random moments: while it opens, works, writes a snapshot, begins a segment, ends.
//! What was acknowledged to any of them is there afterwards, whole: commits, numbers, drafts, looks with a reason.

mod writers;

use crate::measure::{Chance, Measure, ROLE, ordeal};
use crate::office;
use crate::records_support::{everything, replayed};
use libtest_mimic::Trial;
use pulang::domain::field::Field;
use pulang::domain::subject::{Kind, Subject};
use pulang::records::{Records, Seq};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;
use ulid::Ulid;
use writers::{Scene, draft_content};

/// Rounds on one desk, before the next begins with an empty one.
const ROUNDS_OF_A_DESK: u64 = 25;
/// Rounds after which everything is verified; in the others what was acknowledged last is looked for.
const VERIFY_EVERY: u64 = 10;

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    vec![ordeal("kill", move || {
        nothing_acknowledged_is_lost_when_the_process_is_killed(measure.rounds_or(5), measure.seed())
    })]
}

/// The child: `kill:SCENE:SEED:DIR`.
pub fn child(role: &str) -> Option<ExitCode> {
    let mut words = role.strip_prefix("kill:")?.splitn(3, ':');
    let scene = Scene::ALL[words.next()?.parse::<usize>().ok()?];
    let seed = words.next()?.parse().ok()?;
    Some(writers::child(Path::new(words.next()?), scene, seed))
}

/// Starts a child, kills it somewhere in the scene, and returns the whole lines it said.
fn lines_of_a_killed_child(dir: &Path, nth: usize, chance: &mut Chance) -> Vec<String> {
    let scene = Scene::ALL[nth];
    let mut child = Command::new(std::env::current_exe().unwrap())
        .env(ROLE, format!("kill:{nth}:{}:{}", chance.next(), dir.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let output = child.stdout.take().unwrap();
    let (told, cue) = channel();
    let reader = std::thread::spawn(move || {
        let mut lines = Vec::new();
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8(line).unwrap_or_default();
            let Some(line) = line.strip_suffix(" END") else { continue };
            let is_cue = match scene {
                Scene::Opening => false,
                Scene::Working | Scene::Rolling => line == "READY",
                Scene::Saving => line == "SAVING",
                Scene::Closing => line == "CLOSING",
            };
            if is_cue {
                let _ = told.send(());
            }
            lines.push(line.to_owned());
        }
        lines
    });
    let within = match scene {
        Scene::Opening => 60_000,
        Scene::Working => 150_000,
        Scene::Saving => 8_000,
        Scene::Rolling => 700_000,
        Scene::Closing => 12_000,
    };
    if scene != Scene::Opening {
        cue.recv_timeout(Duration::from_secs(120)).unwrap();
    }
    std::thread::sleep(Duration::from_micros(chance.below(within)));
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

/// What was acknowledged on one desk.
#[derive(Default)]
struct Acknowledged {
    /// Commits in order, with how many people each changed.
    commits: Vec<(Ulid, usize)>,
    numbers: BTreeMap<Ulid, u32>,
    /// Drafts that must be there, with how often they were saved at least, and whose they are.
    drafts: BTreeMap<Ulid, (Ulid, u32)>,
    looks: BTreeSet<String>,
}

impl Acknowledged {
    fn hear(&mut self, line: &str) {
        let id = |text: &str| Ulid::from_string(text).unwrap();
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["ACK", commit, changed, created] => {
                self.commits.push((id(commit), changed.parse().unwrap()));
                for (of, number) in created.split(',').filter_map(|one| one.split_once('=')) {
                    self.numbers.insert(id(of), number.parse().unwrap());
                }
            }
            ["DRAFT", by, of, times] => _ = self.drafts.insert(id(of), (id(by), times.parse().unwrap())),
            ["LETGO", of] => _ = self.drafts.remove(&id(of)),
            ["LOOK", of] => _ = self.looks.insert(of.to_owned()),
            _ => {}
        }
    }

    /// Looks for the commits from one on, and for everything else, in the records themselves.
    fn is_in(&self, records: &Records, from: usize, round: u64) {
        for (id, changed) in &self.commits[from..] {
            let seq = records.find_commit(*id).unwrap().unwrap_or_else(|| panic!("round {round}: {id} is lost"));
            let read = records.read_commit(seq).unwrap().unwrap();
            assert_eq!((read.commit.id, read.unread), (*id, 0), "round {round}");
            let people: BTreeSet<Subject> = read.commit.changes.iter().map(|change| change.of).collect();
            assert_eq!(people.len(), *changed, "round {round}: {id} is not whole");
        }
        let numbers = self.numbers.iter().map(|(of, number)| (*number, *of));
        assert_eq!(
            numbers.collect::<BTreeMap<_, _>>().len(),
            self.numbers.len(),
            "round {round}: a number given twice"
        );
        for (id, (by, times)) in &self.drafts {
            let draft = records.drafts().load(*by, *id).unwrap();
            let draft = draft.unwrap_or_else(|| panic!("round {round}: draft {id} is lost"));
            let text = String::from_utf8(draft.content.to_vec()).unwrap();
            let kept: u32 = text.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap();
            assert!(kept >= *times && text == draft_content(*id, kept), "round {round}: draft {id}");
        }
        let mut looks = self.looks.clone();
        let mut cross_out = |_: Seq, look: pulang::records::Look| {
            looks.remove(look.why.rsplit(' ').next().unwrap_or_default());
            Ok(())
        };
        records.trail().each(Seq(1), &mut cross_out).unwrap();
        assert!(looks.is_empty(), "round {round}: {} looks are lost", looks.len());
    }

    /// Holds the numbers against the cases that wear them: those that were told, and no number twice at all.
    fn numbers_stand(&self, records: &Records, round: u64) {
        let mut wearers = BTreeMap::new();
        let mut check = |record: pulang::domain::record::Record, _| {
            let number = record.number(Field::CaseNumber).unwrap();
            assert_eq!(wearers.insert(number, record.of), None, "round {round}: number {number} worn twice");
            if let Some(told) = self.numbers.get(&record.of.id) {
                assert_eq!(i64::from(*told), number, "round {round}");
            }
        };
        records.each(Kind::Case, &mut check).unwrap();
        assert!(wearers.len() >= self.numbers.len(), "round {round}");
    }
}

fn nothing_acknowledged_is_lost_when_the_process_is_killed(rounds: u64, seed: u64) {
    println!("kill: --seed {seed}");
    let mut chance = Chance::new(seed);
    let (mut commits, mut drafts, mut looks, mut segments, mut torn) = (0, 0, 0, 0, 0);
    let mut begun = 0;
    while begun < rounds {
        let dir = tempfile::tempdir().unwrap();
        let mut said = Acknowledged::default();
        let until = rounds.min(begun + ROUNDS_OF_A_DESK);
        for round in begun..until {
            let from = said.commits.len();
            let lines = lines_of_a_killed_child(dir.path(), (round % 5) as usize, &mut chance);
            lines.iter().for_each(|line| said.hear(line));
            let is_last = round + 1 == until;
            torn += u64::from(stands(dir.path(), &said, if is_last { 0 } else { from }, round));
            if is_last || round % VERIFY_EVERY == VERIFY_EVERY - 1 {
                office::agreeing(dir.path(), &format!("round {round}"));
            }
        }
        begun = until;
        commits += said.commits.len();
        drafts += said.drafts.len();
        looks += said.looks.len();
        segments += std::fs::read_dir(dir.path().join("journal")).unwrap().count();
    }
    println!(
        "kill: {rounds} rounds, {commits} commits, {drafts} open drafts, {looks} looks with a reason acknowledged; \
         {segments} files of journals, {torn} torn ends"
    );
    assert!(commits as u64 > 3 * rounds, "only {commits} commits in {rounds} rounds");
}

/// What was acknowledged is there. Says whether an end was torn.
fn stands(dir: &Path, said: &Acknowledged, from: usize, round: u64) -> bool {
    let (records, opening) = office::records(dir).unwrap_or_else(|fault| panic!("round {round}: {fault}"));
    let is_sound = opening.journal.damages == 0 && opening.trail.damages == 0 && opening.rebuilt.is_none();
    assert!(is_sound && opening.lost_lines == 0 && opening.unopened == 0, "round {round}: {opening:?}");
    said.is_in(&records, from, round);
    if from == 0 {
        said.numbers_stand(&records, round);
        assert!(everything(&records) == replayed(&records), "round {round}: store and journal differ");
    }
    opening.journal.torn_bytes > 0
}
