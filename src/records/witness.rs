//! The store as a witness of the journal's end: it has applied the last lines, and no later line remembers them. What it
//! tells, the journal names; the store itself is never judged here.

use super::journal::{Journal, LineKind, LocalJournal, Part, Seq};
use super::overlay;
use super::store::Store;
use super::vault::Vault;

/// Lines of the journal that are asked, from its end, whether the store knows their commits.
const WITNESSES: u64 = 64;

/// The last line that the store has seen, when the journal ends before it and is this store's: the store knows the last commit
/// that is there by its id.
pub(super) fn lines_seen_beyond(store: &Store, journal: &LocalJournal) -> Option<Seq> {
    let (seen, head) = (store.meta().ok()??.applied.seq, journal.head().seq);
    let from = head.0.saturating_sub(WITNESSES).max(1);
    let mut lines = (from..=head.0).rev().filter_map(|seq| journal.read(Seq(seq)).ok());
    let last = lines.find(|line| matches!(line.kind, LineKind::Commit | LineKind::Erase))?;
    (seen > head && store.commit(last.id) == Ok(Some(last.seq))).then_some(seen)
}

/// Whether the store has seen the very commit of the journal's last line, and that line had other bytes then: it knows the
/// commit by its id, or has a record with that line of which the line now says nothing that opens.
pub(super) fn remembers_another_head(store: &Store, vault: &Vault, journal: &LocalJournal) -> bool {
    let head = journal.head();
    let Ok(Some(meta)) = store.meta() else { return false };
    if meta.applied.seq != head.seq || meta.applied.sha == head.sha {
        return false;
    }
    let Ok(line) = journal.read(head.seq) else { return false };
    let has_seen = |part: &Part| {
        let stored = store.get(part.of).ok().flatten();
        let opened = stored.and_then(|stored| overlay::open(vault, part.of, &stored).ok().flatten());
        opened.is_some_and(|(kept, key)| kept.lines.contains(&head.seq) && line.open(part, &key).is_err())
    };
    store.commit(line.id) == Ok(Some(head.seq)) || line.parts.iter().any(has_seen)
}
