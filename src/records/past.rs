//! What was: histories, commits read back, what happened lately. All of it is read from the journal.

use super::codec::Kept;
use super::journal::{self, Line, LineKind, Part, Seq};
use super::opened::Known;
use super::overlay::live;
use super::{Entry, ReadCommit, Records, faults};
use crate::domain::change::Commit;
use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use chrono::{DateTime, Utc};
use std::collections::{HashMap, VecDeque};
use ulid::Ulid;

impl Records {
    /// Everything that happened to a subject, oldest first; nothing when there is none.
    ///
    /// # Errors
    /// As [`Records::get`], and `J05` or `K05` for a damaged journal.
    pub fn history(&self, of: Subject) -> Result<Vec<Entry>, Fault> {
        let (history, unread) = self.legible_history(of)?;
        match unread.into_iter().next() {
            None => Ok(history),
            Some(fault) => Err(fault),
        }
    }

    /// What can be read of everything that happened to a subject, oldest first, and a fault for each entry that cannot: a
    /// damaged line takes nothing but itself.
    ///
    /// # Errors
    /// As [`Records::get`].
    pub fn legible_history(&self, of: Subject) -> Result<(Vec<Entry>, Vec<Fault>), Fault> {
        let Some(known) = self.kept(of)? else { return Ok((Vec::new(), Vec::new())) };
        let Known { kept, key } = &*known;
        let (mut history, mut unread) = (Vec::with_capacity(kept.lines.len()), Vec::new());
        for &seq in &kept.lines {
            let line = match self.journal.read(seq) {
                Ok(line) => line,
                Err(fault) => {
                    unread.push(fault);
                    continue;
                }
            };
            if !line.parts.iter().any(|part| part.of == of) {
                unread.push(faults::missing_line(seq.0));
            }
            for part in line.parts.iter().filter(|part| part.of == of) {
                let Line { id, at, by, office, undoes, .. } = line;
                match line.open(part, key) {
                    Ok(change) => history.push(Entry { seq, id, at, by, office, undoes, change }),
                    Err(fault) => unread.push(fault),
                }
            }
        }
        Ok((history, unread))
    }

    /// A subject as the lines about it say; `None` when there is none, or it was erased: its key is destroyed then, and that
    /// alone proves it, whatever a line says. What cannot be opened beside what can is passed over: verifying names it.
    ///
    /// # Errors
    /// `K04`, `K05`: nothing about it opens, and it was not erased. `S03`: the journal is too long to look through while
    /// somebody waits. Any error of the disk.
    pub(super) fn told_by_journal(&self, of: Subject) -> Result<Option<Known>, Fault> {
        let (mut told, mut unread) = (None, None);
        let is_looked_through = self.journal.mentions(of, &mut |line| {
            for part in line.parts.iter().filter(|part| part.of == of) {
                let key = match self.vault.key(part.slot) {
                    Ok(Some(key)) => key,
                    Ok(None) => continue,
                    Err(fault) if fault.code == "K04" => {
                        unread = Some(fault);
                        continue;
                    }
                    Err(fault) => return Err(fault),
                };
                let change = match line.open(part, &key) {
                    Ok(change) => change,
                    Err(fault) => {
                        unread = Some(fault);
                        continue;
                    }
                };
                let Known { kept, .. } = told.get_or_insert_with(|| Known { kept: Kept::new(of), key });
                change.apply(&mut kept.record);
                kept.record.revision = part.rev;
                kept.changed_at = line.at;
                if kept.lines.last() != Some(&line.seq) {
                    kept.lines.push(line.seq);
                }
            }
            Ok(())
        })?;
        match (is_looked_through, told, unread) {
            (false, _, _) => Err(faults::store_down()),
            (true, None, Some(fault)) => Err(fault),
            (true, told, _) => Ok(told),
        }
    }

    /// Reads one commit back; `None` for lines that are none (signed heads, erasures).
    ///
    /// # Errors
    /// `J05` no such line.
    pub fn read_commit(&self, seq: Seq) -> Result<Option<ReadCommit>, Fault> {
        let line = self.journal.read(seq)?;
        Ok((line.kind == LineKind::Commit).then(|| self.opened(&line)))
    }

    fn opened(&self, line: &Line) -> ReadCommit {
        let open = |part: &Part| line.open(part, &live(self.vault.key(part.slot)?)?);
        let changes: Vec<_> = line.parts.iter().filter_map(|part| open(part).ok()).collect();
        let unread = line.parts.len() - changes.len();
        let Line { seq, id, at, by, office, undoes, .. } = *line;
        ReadCommit { seq, commit: Commit { id, at, by, office, undoes, changes }, unread }
    }

    /// The last `most` commits of each operator that were recorded after `since`, oldest first. Lines are read back to that
    /// time, whole segments at once; only what is given back is opened.
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn recent(&self, since: DateTime<Utc>, most: usize) -> Result<Vec<Commit>, Fault> {
        let Some(from) = self.first_since(since) else { return Ok(Vec::new()) };
        let mut by: HashMap<Ulid, VecDeque<Line>> = HashMap::new();
        self.journal.read_from(from, &mut |found| {
            if let journal::Found::Line { line, .. } = found
                && line.kind == LineKind::Commit
                && line.at >= since
            {
                let lines = by.entry(line.by).or_default();
                lines.push_back(line.clone());
                if lines.len() > most {
                    lines.pop_front();
                }
            }
            Ok(())
        })?;
        let mut lines: Vec<Line> = by.into_values().flatten().collect();
        lines.sort_unstable_by_key(|line| line.seq);
        Ok(lines.iter().map(|line| self.opened(line).commit).collect())
    }

    /// A line from which on everything recorded since a time is found: ever longer steps back, until one is older. `None`
    /// when even the last one is.
    fn first_since(&self, since: DateTime<Utc>) -> Option<Seq> {
        let head = self.head().0;
        // A line that cannot be read says nothing about its time.
        let is_older = |seq: u64| self.journal.read(Seq(seq)).is_ok_and(|line| line.at < since);
        if head == 0 || is_older(head) {
            return None;
        }
        let mut back: u64 = 64;
        while back < head && !is_older(head - back) {
            back *= 2;
        }
        Some(Seq(head.saturating_sub(back).max(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Verb};
    use crate::domain::field::Field;
    use crate::domain::record::{Facts, Record};
    use crate::domain::value::{Timed, Value};
    use crate::records::{Options, Remains};

    fn committed(records: &Records, change: Change) {
        let commit = Commit {
            id: Ulid::new(),
            at: Utc::now(),
            by: Ulid(1),
            office: Ulid(2),
            undoes: None,
            changes: vec![change],
        };
        records.commit(&[commit]).unwrap()[0].unwrap();
    }

    #[test]
    fn the_journal_tells_every_subject_as_the_store_does_and_stands_in_for_it() {
        let dir = tempfile::tempdir().unwrap();
        let (records, _) = Records::open(dir.path(), Options::default(), &mut |_| {}).unwrap();
        let all: Vec<Subject> = (1..=40).map(|n| Subject::case(Ulid(n))).collect();
        for &of in &all {
            let facts = Facts::from([(Field::Name.into(), Value::text("Wira Tolada"))]);
            committed(&records, Change::create(of, Timed::certain(Utc::now()), facts));
        }
        for &of in all.iter().step_by(3) {
            let record = records.get(of).unwrap().unwrap();
            let mut change = Change::on(&record, Verb::Edit, Timed::certain(Utc::now()));
            change.set(&record, Field::Home, Some(Value::code("71.71.08")));
            committed(&records, change);
        }
        let remains =
            Remains { of: all[3], number: 0, movement: None, owner: Some(Ulid(2)), at: Utc::now(), by: Ulid(1) };
        records.erase(Ulid::new(), Ulid(2), &remains).unwrap();

        let nobody = Subject::case(Ulid(99));
        let known: Vec<_> = all.iter().chain([&nobody]).map(|&of| (of, records.stored(of).unwrap())).collect();
        assert_eq!(known.iter().filter(|(_, stored)| stored.is_some()).count(), all.len() - 1);
        for (of, stored) in &known {
            let told = records.told_by_journal(*of).unwrap();
            assert_eq!(told.map(|told| told.kept), stored.as_ref().map(|stored| stored.kept.clone()), "{of}");
        }

        // The line of the erasure names somebody else now: nobody is gone by it.
        let path = dir.path().join("journal/000000000001.jsonl");
        let was = std::fs::read_to_string(&path).unwrap();
        let named_wrong = |line: &str| line.replace(&all[3].to_string(), &all[4].to_string());
        let damaged = was.split_inclusive('\n').map(|line| match line.contains("\"erase\"") {
            true => named_wrong(line),
            false => line.to_owned(),
        });
        let damaged: String = damaged.collect();
        assert_ne!(damaged, was);
        std::fs::write(&path, damaged).unwrap();
        let told = records.told_by_journal(all[4]).unwrap();
        assert_eq!(told.map(|told| told.kept.record), records.get(all[4]).unwrap());

        records.store.close();
        for (of, stored) in known {
            assert!(records.stored(of).is_err(), "it is down");
            assert_eq!(records.get(of).unwrap(), stored.map(|stored| stored.kept.record.clone()), "{of}");
        }
    }

    #[test]
    fn a_store_that_takes_nothing_more_is_still_believed_where_the_journal_was_damaged_since() {
        let dir = tempfile::tempdir().unwrap();
        let (records, _) = Records::open(dir.path(), Options::default(), &mut |_| {}).unwrap();
        let of = Subject::case(Ulid(1));
        let facts = Facts::from([(Field::Name.into(), Value::text("Wira Tolada"))]);
        committed(&records, Change::create(of, Timed::certain(Utc::now()), facts));
        let mut change = Change::on(&records.get(of).unwrap().unwrap(), Verb::Edit, Timed::certain(Utc::now()));
        change.set(&Record::empty(of), Field::Home, Some(Value::code("71.71.08")));
        committed(&records, change);
        let known = records.get(of).unwrap();
        records.store.get().unwrap().stick();
        assert_eq!(records.get(of).unwrap(), known, "it takes nothing more");

        let path = dir.path().join("journal/000000000001.jsonl");
        let mut bytes = std::fs::read(&path).unwrap();
        let seal = bytes.windows(8).rposition(|eight| eight == b"\"seal\":\"").unwrap();
        for byte in &mut bytes[seal + 8..seal + 16] {
            *byte = if *byte == b'A' { b'B' } else { b'A' };
        }
        std::fs::write(&path, bytes).unwrap();
        let told = records.told_by_journal(of).unwrap().map(|told| told.kept.record);
        assert!(told.is_some_and(|told| told.revision == 1), "the journal alone has lost a line");
        assert_eq!(records.get(of).unwrap(), known);
    }
}
