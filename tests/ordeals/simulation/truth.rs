//! What the journal says, replayed here line by line while no desk is open, and the laws that every line must keep: each
//! edit starts from what stood there, each move is one that the gate table allows, no child is handed to somebody
//! unverified, what was taken back and brought back is as it was.

use crate::records_support::everything;
use pulang::domain::access::{Access, Act, Actor, Holding, Role, Roles, can};
use pulang::domain::case::Case;
use pulang::domain::change::{Change, Commit, Verb};
use pulang::domain::field::{Field, Section};
use pulang::domain::gate::{Circumstances, Rules};
use pulang::domain::record::{Record, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::Value;
use pulang::records::{Opening, Records, Seq};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use ulid::Ulid;

/// Commits that an undo may still name.
const LATELY: usize = 4_000;

/// Everything that the journal has said so far.
pub struct Truth {
    pub records: BTreeMap<Subject, Record>,
    seq: Seq,
    lately: VecDeque<(Commit, Vec<Record>)>,
    rules: Rules,
    /// Lines that the practice desk began with: made by no gate.
    loaded: Seq,
    /// Commits that the desk said had happened.
    acknowledged: BTreeSet<Ulid>,
    pub moves: u64,
    pub undone: u64,
}

impl Truth {
    pub fn new() -> Self {
        Self {
            records: BTreeMap::new(),
            seq: Seq(0),
            lately: VecDeque::new(),
            rules: Rules::built_in(),
            loaded: Seq(0),
            acknowledged: BTreeSet::new(),
            moves: 0,
            undone: 0,
        }
    }

    pub fn acknowledges(&mut self, id: Ulid) {
        self.acknowledged.insert(id);
    }

    /// Takes what a fresh desk begins with as given.
    pub fn begin(&mut self, records: &Records) {
        self.loaded = records.head();
        self.read(records);
    }

    /// Holds what was opened against everything known, then the store against the journal, then everything against itself.
    pub fn check(&mut self, records: &Records, opening: &Opening, is_verified: bool) {
        assert!(opening.journal.damage.is_empty(), "the journal is damaged: {opening:?}");
        assert!(opening.trail.damage.is_empty(), "the trail is damaged: {opening:?}");
        assert_eq!((opening.lost_lines, opening.unopened), (0, 0), "{opening:?}");
        assert!(records.head() >= self.seq, "the journal is shorter than it was");
        for id in std::mem::take(&mut self.acknowledged) {
            assert!(records.find_commit(id).unwrap().is_some(), "commit {id} was acknowledged and is gone");
        }
        self.read(records);
        assert!(everything(records) == self.records, "store and journal differ");
        if is_verified {
            let verdict = records.verify(&mut |_| {}).unwrap();
            assert!(verdict.is_whole(), "{verdict:?}");
        }
    }

    fn read(&mut self, records: &Records) {
        for seq in self.seq.0 + 1..=records.head().0 {
            let Some(read) = records.read_commit(Seq(seq)).unwrap() else { continue };
            assert_eq!(read.unread, 0, "line {seq} has changes that cannot be read");
            let is_judged = seq > self.loaded.0;
            let before: Vec<Record> = read.commit.changes.iter().map(|change| self.record(change.of)).collect();
            for change in &read.commit.changes {
                let mut record = self.record(change.of);
                assert_eq!(change.base, record.revision, "line {seq}: {:?} on another revision", change.verb);
                for edit in &change.edits {
                    assert!(record.get(edit.at) == edit.was.as_ref(), "line {seq}: {:?} was not so", edit.at);
                }
                let was = record.clone();
                change.apply(&mut record);
                if is_judged && change.of.kind == Kind::Case {
                    self.lawful(seq, &read.commit, change, &was, &record);
                }
                self.records.insert(change.of, record);
            }
            self.taken_back(seq, &read.commit);
            self.lately.push_back((read.commit, before));
            if self.lately.len() > LATELY {
                self.lately.pop_front();
            }
        }
        self.seq = records.head();
    }

    fn record(&self, of: Subject) -> Record {
        self.records.get(&of).cloned().unwrap_or_else(|| Record::empty(of))
    }

    /// The gates, as they are written, against one change of one case.
    fn lawful(&mut self, seq: u64, commit: &Commit, change: &Change, was: &Record, is: &Record) {
        let (from, to) = (Case(was).status(), Case(is).status());
        let is_undo = matches!(change.verb, Verb::Undo | Verb::Redo);
        assert_eq!(is_undo, commit.undoes.is_some(), "line {seq}: {:?}", change.verb);
        assert!(is.code(Field::Status).is_some_and(|code| Status::from_code(code).is_some()), "line {seq}: no status");
        if change.verb == Verb::Create {
            assert_eq!((was.revision, to), (0, Status::Lapor), "line {seq}: a case begins with its report");
            return;
        }
        if is_undo || (from == to && change.verb != Verb::Move) {
            return;
        }
        self.moves += 1;
        let gate = self.rules.gate(to);
        let roles = self.records.get(&Subject::new(Kind::Operator, commit.by)).map(Roles::of).unwrap_or_default();
        match change.verb {
            Verb::Move => {
                assert!(gate.from.contains(&from), "line {seq}: no gate from {from:?} to {to:?}");
                assert!(!roles.and(gate.roles).is_empty(), "line {seq}: {roles:?} may not move to {to:?}");
                assert_eq!(change.table.as_deref(), Some(self.rules.version.as_str()), "line {seq}");
            }
            Verb::Correct => {
                assert!(
                    to < from && roles.has(Role::Supervisor) && change.reason.is_some(),
                    "line {seq}: no correction"
                );
            }
            Verb::Reopen => assert!(from == Status::Tutup && gate.from.contains(&from), "line {seq}: no reopening"),
            Verb::Close | Verb::Die => assert_eq!(to, Status::Tutup, "line {seq}: closing leads to TUTUP"),
            other => panic!("line {seq}: {other:?} changes the status from {from:?} to {to:?}"),
        }
        assert!(!Case(was).is_dead() || to == Status::Tutup, "line {seq}: who has died moves on");
        self.guarded(seq, commit, is, to);
    }

    /// No child goes anywhere with somebody whom nobody has verified.
    fn guarded(&self, seq: u64, commit: &Commit, is: &Record, to: Status) {
        let case = Case(is);
        let movement = is.link(Field::Movement).and_then(|of| self.records.get(&of));
        let office = Subject::new(Kind::Office, commit.office);
        let zone = self.records.get(&office).and_then(|office| office.code(Field::OfficeZone));
        let zone = zone.and_then(pulang::domain::calendar::Zone::from_code).unwrap_or_default().offset();
        let circumstances = Circumstances {
            now: commit.at,
            zone,
            actor: commit.by,
            actor_name: "",
            roles: Roles::default(),
            office: commit.office,
            region: None,
            movement,
            fresh: Ulid::nil(),
        };
        let is_child = circumstances.is_child(case);
        match to {
            Status::Pulda => assert!(!is_child || case.has_verified_guardian(), "line {seq}: a child without guardian"),
            Status::Reint => assert!(case.is_receiver_safe(is_child), "line {seq}: handed to somebody unsafe"),
            _ => {}
        }
    }

    /// What undo leaves is what stood before, and what redo leaves is what stood after.
    fn taken_back(&mut self, seq: u64, commit: &Commit) {
        let Some(id) = commit.undoes else { return };
        let Some((undone, before)) = self.lately.iter().rev().find(|(other, _)| other.id == id) else { return };
        for (change, before) in undone.changes.iter().zip(before) {
            if undone.changes.iter().filter(|other| other.of == change.of).count() > 1 {
                continue;
            }
            let now = self.record(change.of);
            if change.verb == Verb::Create {
                assert!(now.is_yes(Field::IsWithdrawn), "line {seq}: a creation taken back is withdrawn");
                continue;
            }
            for edit in &change.edits {
                assert!(now.get(edit.at) == before.get(edit.at), "line {seq}: {:?} is not as it was", edit.at);
            }
        }
        self.undone += 1;
    }

    /// The cases that somebody finds in their list, and how many of their office others handle apart.
    pub fn found_by(&self, operator: Ulid) -> (BTreeSet<Ulid>, usize) {
        let record = &self.records[&Subject::new(Kind::Operator, operator)];
        let office = record.link(Field::OperatorOffice).unwrap().id;
        let actor = Actor { id: operator, office, roles: Roles::of(record), posts: &[] };
        let is_worker = !actor.roles.and(Roles::WORKERS).is_empty();
        let (mut found, mut apart) = (BTreeSet::new(), 0);
        for case in self.cases().filter(|case| !case.is_yes(Field::IsWithdrawn)) {
            let holding = Holding::of(case);
            if can(&actor, Act::Find, Section::Desk, &holding) == Access::Allow {
                found.insert(case.of.id);
            } else if is_worker && holding.is_sealed && holding.owner == Some(office) {
                apart += 1;
            }
        }
        (found, apart)
    }

    /// Lines of the journal that were read.
    pub const fn lines(&self) -> u64 {
        self.seq.0
    }

    pub fn cases(&self) -> impl Iterator<Item = &Record> {
        self.records.values().filter(|record| record.of.kind == Kind::Case)
    }

    /// Some value of a field among the cases: something to search for.
    pub fn somebody(&self, nth: usize, at: Slot) -> Option<(Ulid, String)> {
        let some: Vec<&Record> = self.cases().collect();
        let record = some.get(nth % some.len().max(1))?;
        match record.get(at)? {
            Value::Text(text) => Some((record.of.id, text.clone())),
            _ => None,
        }
    }
}
