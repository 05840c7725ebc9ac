//! Records that were opened or saved lately: whoever looks at one and saves it opens it once.
//!
//! INVARIANT: an entry answers for the very bytes that it was opened from, and for no others, so it can never be older or newer
//! than the store. What is erased is forgotten when its key is destroyed, and whoever was opening it meanwhile
//! asks for the key again before it stays.

use super::codec::Kept;
use super::layout::Stored;
use super::vault::{DataKey, SlotNo};
use crate::domain::subject::Subject;
use lru::LruCache;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Records that are remembered: what a hall of operators has on its screens.
const MOST: NonZeroUsize = NonZeroUsize::new(256).expect("not zero");
/// Sealed bytes of a record that is remembered, at most: some ten times what a long case has.
const MOST_BYTES: usize = 64 << 10;

/// A record with the key that opens it.
#[derive(Clone)]
pub(super) struct Known {
    pub kept: Kept,
    pub key: DataKey,
}

/// The records that a store has opened lately.
pub(super) struct Opened(Mutex<LruCache<Subject, (Mark, Arc<Known>)>>);

/// What tells sealed bytes from all others: their slot, their random nonce, their tag.
#[derive(PartialEq, Eq)]
struct Mark(SlotNo, [u8; 24], [u8; 16]);

impl Mark {
    fn of(stored: &Stored) -> Option<Self> {
        let (nonce, tag) = (stored.sealed.first_chunk()?, stored.sealed.last_chunk()?);
        (stored.sealed.len() <= MOST_BYTES).then_some(Self(stored.slot, *nonce, *tag))
    }
}

impl Default for Opened {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(MOST)))
    }
}

impl Opened {
    fn all(&self) -> MutexGuard<'_, LruCache<Subject, (Mark, Arc<Known>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What these bytes open to, if it is remembered.
    pub(super) fn get(&self, of: Subject, stored: &Stored) -> Option<Arc<Known>> {
        let mark = Mark::of(stored)?;
        self.all().get(&of).filter(|(known, _)| *known == mark).map(|(_, known)| Arc::clone(known))
    }

    /// Remembers what these bytes open to.
    pub(super) fn put(&self, of: Subject, stored: &Stored, known: &Arc<Known>) {
        if let Some(mark) = Mark::of(stored) {
            self.all().put(of, (mark, Arc::clone(known)));
        }
    }

    /// Forgets a subject.
    pub(super) fn forget(&self, of: Subject) {
        self.all().pop(&of);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Commit};
    use crate::domain::field::Field;
    use crate::domain::record::Facts;
    use crate::domain::value::{Timed, Value};
    use crate::records::vault::testing::key;
    use crate::records::{Options, Records, Remains};
    use ulid::Ulid;

    fn stored(slot: u64, bytes: Vec<u8>) -> Stored {
        Stored { slot: SlotNo(slot), sealed: bytes }
    }

    #[test]
    fn a_record_is_known_by_the_bytes_that_it_was_opened_from_and_by_no_others() {
        let (opened, of) = (Opened::default(), Subject::case(Ulid(1)));
        let known = Arc::new(Known { kept: Kept::new(of), key: key(1) });
        let sealed = key(1).seal("here", b"SARI REKAAN").unwrap();
        opened.put(of, &stored(16, sealed.clone()), &known);
        assert!(opened.get(of, &stored(16, sealed.clone())).is_some_and(|found| Arc::ptr_eq(&found, &known)));
        assert!(opened.get(Subject::case(Ulid(2)), &stored(16, sealed.clone())).is_none());
        assert!(opened.get(of, &stored(17, sealed.clone())).is_none());
        let anew = key(1).seal("here", b"SARI REKAAN").unwrap();
        assert!(opened.get(of, &stored(16, anew)).is_none(), "sealed again: another nonce");
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(opened.get(of, &stored(16, changed)).is_none());
        assert!(opened.get(of, &stored(16, sealed[..39].to_vec())).is_none());
        opened.forget(of);
        assert!(opened.get(of, &stored(16, sealed)).is_none());
        let long = stored(16, vec![7; MOST_BYTES + 1]);
        opened.put(of, &long, &known);
        assert!(opened.get(of, &long).is_none(), "a very long one is opened each time");
    }
    #[test]
    fn what_was_saved_is_known_and_what_is_erased_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let (records, _) = Records::open(dir.path(), Options::default(), &mut |_| {}).unwrap();
        let (of, now) = (Subject::case(Ulid(1)), chrono::Utc::now());
        let facts = Facts::from([(Field::Name.into(), Value::text("SARI REKAAN"))]);
        let changes = vec![Change::create(of, Timed::certain(now), facts)];
        let commit = Commit { id: Ulid(8), at: now, by: Ulid(1), office: Ulid(2), undoes: None, changes };
        records.commit(&[commit]).unwrap()[0].unwrap();
        let store = records.store.get().unwrap();
        let stored = store.get(of).unwrap().unwrap();
        let known = store.opened.get(of, &stored).expect("whoever saved it looks at it again");
        assert_eq!(Some(known.kept.record.clone()), records.get(of).unwrap());
        let opened = crate::records::overlay::open(&records.vault, of, &stored).unwrap().unwrap();
        assert_eq!(known.kept, opened.0, "as the bytes say it");
        let remains = Remains { of, number: 0, movement: None, owner: None, at: now, by: Ulid(1) };
        records.erase(Ulid(9), Ulid(2), &remains).unwrap();
        assert!(store.opened.get(of, &stored).is_none() && records.get(of).unwrap().is_none());
    }
}
