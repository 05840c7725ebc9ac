//! What is committed and not in the store's file yet: the journal has it, so nothing hangs on it. Whoever reads finds it
//! here, and whoever saved is answered before sled has written anything.

use super::journal::Seq;
use super::layout::{Key, Meta, Writes};
use crate::domain::refusal::Fault;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use ulid::Ulid;

/// Rows or commits that wait at most; a desk that rests writes them at once.
const MOST: usize = 1024;
/// Bytes of rows that wait at most, but for those that come together.
const MOST_BYTES: usize = 16 << 20;

/// What the store holds for its file, if anything: taken by the one who commits, read by anyone.
#[derive(Default)]
pub(super) struct Held {
    fresh: RwLock<Option<Arc<Fresh>>>,
    /// One at a time writes.
    writing: Mutex<()>,
}

impl Held {
    /// What is held now.
    pub(super) fn now(&self) -> Option<Arc<Fresh>> {
        self.fresh.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes what is committed; true when there is so much that it is to be written.
    pub(super) fn take(&self, writes: Writes, meta: &Meta) -> bool {
        let mut fresh = self.fresh.write().unwrap_or_else(PoisonError::into_inner);
        // Copied only while somebody writes or reads what was held until now.
        let fresh = Arc::make_mut(fresh.get_or_insert_with(|| Arc::new(Fresh::new(meta.clone()))));
        fresh.take(writes, meta.clone());
        fresh.is_full()
    }

    /// Shows the rows whose keys begin with `prefix`, in order: those that `next` gives, as what is held changes them.
    pub(super) fn over<B: AsRef<[u8]>>(
        &self,
        prefix: [u8; 2],
        mut next: impl FnMut() -> Result<Option<(B, B)>, Fault>,
        mut show: impl FnMut(&[u8], &[u8]) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let fresh = self.now();
        let mut held = fresh.iter().flat_map(|fresh| fresh.beginning(prefix)).peekable();
        let mut shown = |key: &[u8], value: Option<&[u8]>| value.map_or(Ok(()), |value| show(key, value));
        while let Some((key, value)) = next()? {
            let mut is_held = false;
            while let Some((at, row)) = held.next_if(|(at, _)| at[..] <= *key.as_ref()) {
                is_held = at[..] == *key.as_ref();
                shown(at, row)?;
            }
            if !is_held {
                shown(key.as_ref(), Some(value.as_ref()))?;
            }
        }
        held.try_for_each(|(at, row)| shown(at, row))
    }

    /// Has everything written by `put`, and lets it go when that succeeds. Readers find it all the while; what comes
    /// meanwhile stays, with all that it stands on.
    pub(super) fn write(&self, put: impl FnOnce(&Fresh) -> Result<(), Fault>) -> Result<(), Fault> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(fresh) = self.now() else { return Ok(()) };
        put(&fresh)?;
        self.fresh.write().unwrap_or_else(PoisonError::into_inner).take_if(|now| Arc::ptr_eq(now, &fresh));
        Ok(())
    }
}

/// Rows that wait, the commits that they came with, and how far the store is with them.
#[derive(Clone)]
pub(super) struct Fresh {
    rows: BTreeMap<Key, Option<Vec<u8>>>,
    /// Of all rows that came, also of those that others took the place of.
    bytes: usize,
    pub commits: Vec<(Ulid, Seq)>,
    pub meta: Meta,
}

impl Fresh {
    pub(super) fn new(meta: Meta) -> Self {
        Self { rows: BTreeMap::new(), bytes: 0, commits: Vec::new(), meta }
    }

    /// Takes rows and commits in; the last row of a key stands.
    pub(super) fn take(&mut self, writes: Writes, meta: Meta) {
        self.bytes += writes.rows.iter().filter_map(|(_, value)| value.as_ref()).map(Vec::len).sum::<usize>();
        self.rows.extend(writes.rows);
        self.commits.extend(writes.commits);
        self.meta = meta;
    }

    pub(super) fn is_full(&self) -> bool {
        self.bytes >= MOST_BYTES || self.rows.len().max(self.commits.len()) >= MOST
    }

    /// What waits under a key: nothing, a value, or that there is none any more.
    pub(super) fn get(&self, key: &Key) -> Option<Option<&[u8]>> {
        self.rows.get(key).map(Option::as_deref)
    }

    /// The line of a commit that waits.
    pub(super) fn commit(&self, id: Ulid) -> Option<Seq> {
        self.commits.iter().rev().find(|(known, _)| *known == id).map(|(_, seq)| *seq)
    }

    /// The rows whose keys begin so, in order.
    pub(super) fn beginning(&self, prefix: [u8; 2]) -> impl Iterator<Item = (&Key, Option<&[u8]>)> {
        let mut from = [0; 18];
        from[..2].copy_from_slice(&prefix);
        let rows = self.rows.range(from..).take_while(move |(key, _)| key.starts_with(&prefix));
        rows.map(|(key, value)| (key, value.as_deref()))
    }

    /// All rows, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&Key, Option<&[u8]>)> {
        self.rows.iter().map(|(key, value)| (key, value.as_deref()))
    }
}
