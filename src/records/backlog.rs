//! What a load or a rebuild holds back from the store: records that will soon be written again wait here, in memory.
//!
//! A case is changed ten times within weeks of its journal. Written ten times, nine of them would lie in the store's file
//! as garbage, faster than it is collected. Nothing here is safe before it is spilled and the store's meta written: a crash
//! meanwhile finds a store without one, which is built anew.

use super::journal::Seq;
use super::layout::{Key, Meta};
use std::collections::{HashMap, VecDeque};
use ulid::Ulid;

/// Bytes of values that wait before the older half of them is spilled.
const MOST_BYTES: usize = 128 << 20;
/// What an entry takes besides its value.
const OVERHEAD: usize = 96;

/// A key with its value; `None` for one that goes.
pub(super) type Row = (Key, Option<Vec<u8>>);

/// Rows that wait, with how far the store will be.
pub(super) struct Backlog {
    rows: HashMap<Key, Waiting>,
    bytes: usize,
    /// Counts the writes: the older half is what was not touched lately.
    now: u64,
    /// The latest commits, as many as the store remembers.
    commits: VecDeque<(Ulid, Seq)>,
    most_commits: usize,
    pub meta: Meta,
}

struct Waiting {
    value: Option<Vec<u8>>,
    touched: u64,
}

impl Backlog {
    pub(super) fn new(meta: Meta, most_commits: usize) -> Self {
        Self { rows: HashMap::new(), bytes: 0, now: 0, commits: VecDeque::new(), most_commits, meta }
    }

    /// What waits under a key: nothing, a value, or that there is none any more.
    pub(super) fn get(&self, key: &Key) -> Option<Option<&[u8]>> {
        self.rows.get(key).map(|waiting| waiting.value.as_deref())
    }

    /// Takes rows and commits in; gives back what is to be written now, in the order of keys: nothing, or the half that was
    /// not touched lately.
    pub(super) fn take(&mut self, rows: Vec<Row>, commits: Vec<(Ulid, Seq)>, meta: Meta) -> Vec<Row> {
        self.now += 1;
        self.hold(rows, self.now);
        self.commits.extend(commits);
        self.commits.drain(..self.commits.len().saturating_sub(self.most_commits));
        self.meta = meta;
        if self.bytes <= MOST_BYTES {
            return Vec::new();
        }
        let mut times: Vec<u64> = self.rows.values().map(|waiting| waiting.touched).collect();
        let middle = times.len() / 2;
        let until = *times.select_nth_unstable(middle).1;
        let spilled = self.rows.extract_if(|_, waiting| waiting.touched <= until);
        let spilled = in_order(spilled.map(|(key, waiting)| (key, waiting.value)));
        self.bytes -= spilled.iter().map(|(_, value)| OVERHEAD + value.as_ref().map_or(0, Vec::len)).sum::<usize>();
        spilled
    }

    /// Takes back what could not be spilled.
    pub(super) fn take_back(&mut self, rows: Vec<Row>) {
        self.hold(rows, 0);
    }

    fn hold(&mut self, rows: Vec<Row>, touched: u64) {
        for (key, value) in rows {
            self.bytes += OVERHEAD + value.as_ref().map_or(0, Vec::len);
            if let Some(before) = self.rows.insert(key, Waiting { value, touched }) {
                self.bytes -= OVERHEAD + before.value.map_or(0, |value| value.len());
            }
        }
    }

    /// Everything that is left, in the order of keys, with the commits and how far the store is then.
    pub(super) fn all(self) -> (Vec<Row>, VecDeque<(Ulid, Seq)>, Meta) {
        (in_order(self.rows.into_iter().map(|(key, waiting)| (key, waiting.value))), self.commits, self.meta)
    }
}

fn in_order(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut rows: Vec<Row> = rows.collect();
    rows.sort_unstable_by_key(|(key, _)| *key);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u32) -> Key {
        let mut key = [0; 18];
        key[14..].copy_from_slice(&n.to_be_bytes());
        key
    }

    #[test]
    fn what_is_written_again_and_again_stays_and_the_rest_is_spilled_once_in_order() {
        let mut backlog = Backlog::new(Meta::new(), 3);
        let mut written = Vec::new();
        let hot = || (key(0), Some(vec![7; 1 << 20]));
        for n in 1..=600 {
            let rows = vec![(key(n), Some(vec![1; 1 << 20])), hot()];
            let spilled = backlog.take(rows, vec![(Ulid(n.into()), Seq(n.into()))], Meta::new());
            assert!(spilled.is_sorted_by_key(|(key, _)| *key));
            assert!(spilled.iter().all(|(spilled, _)| *spilled != key(0) && backlog.get(spilled).is_none()));
            written.extend(spilled);
        }
        assert!(backlog.bytes <= MOST_BYTES + (2 << 20) && !written.is_empty());
        backlog.take_back(vec![(key(5), None)]);
        assert_eq!(
            (backlog.get(&key(5)), backlog.get(&key(0)).flatten().map(<[u8]>::len)),
            (Some(None), Some(1 << 20))
        );
        let (rows, commits, _) = backlog.all();
        let mut all: Vec<_> = written.iter().chain(&rows).map(|(key, _)| *key).filter(|one| *one != key(5)).collect();
        all.sort_unstable();
        assert_eq!(all, (0..=600).filter(|n| *n != 5).map(key).collect::<Vec<_>>(), "each once");
        assert_eq!(commits.len(), 3);
    }
}
