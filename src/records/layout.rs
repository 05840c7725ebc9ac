//! How records stand in the store: their keys and values as bytes, and what one write carries. Nothing here knows sled.

use super::backlog::Row;
use super::codec;
use super::faults;
use super::journal::{Head, Seq, Sha};
use super::vault::SlotNo;
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use serde::{Deserialize, Serialize};
use ulid::Ulid;

/// How far the store is, and how many records of each kind it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Meta {
    /// The last journal line that is in it.
    pub applied: Head,
    /// The form of its records: [`codec::form`] of as many fields as were known.
    pub form: Sha,
    pub fields: u32,
    /// Something of the journal was passed over: parts that did not open, edits of fields that a later release knows.
    pub has_gaps: bool,
    /// The first slot that no line has named.
    pub next_slot: SlotNo,
    /// Records by kind, in the order of `Kind::ALL`.
    pub counts: [u64; Kind::ALL.len()],
}

impl Meta {
    pub(super) fn new() -> Self {
        let (form, fields) = form_of_now();
        let (applied, counts) = (Head::default(), [0; Kind::ALL.len()]);
        Self { applied, form, fields, has_gaps: false, next_slot: SlotNo::FIRST, counts }
    }

    /// This store as one of this release; `None` where it has to be built anew: another schema or kinds, a field that this
    /// release does not know, or fewer fields than it knows while something was passed over that it may be able to read.
    pub(super) fn adopted(&self) -> Option<Self> {
        let (form, fields) = form_of_now();
        let is_of_today = self.fields == fields || !self.has_gaps;
        let is_known = codec::form(self.fields as usize) == Some(self.form);
        (is_known && is_of_today).then(|| Self { form, fields, ..self.clone() })
    }
}

fn form_of_now() -> (Sha, u32) {
    let fields = codec::fields();
    (codec::form(fields).unwrap_or_default(), fields as u32)
}

/// A record as it is stored: where its key is, and its sealed bytes.
pub(super) struct Stored {
    pub slot: SlotNo,
    pub sealed: Vec<u8>,
}

/// The key of a record: `r ‖ kind ‖ id`.
pub(super) type Key = [u8; 18];

/// What one write does, all or none.
#[derive(Default)]
pub(super) struct Writes {
    pub rows: Vec<Row>,
    pub commits: Vec<(Ulid, Seq)>,
}

impl Writes {
    pub(super) fn put(&mut self, of: Subject, slot: SlotNo, sealed: &[u8]) {
        let mut value = Vec::with_capacity(8 + sealed.len());
        value.extend_from_slice(&slot.0.to_le_bytes());
        value.extend_from_slice(sealed);
        self.rows.push((record_key(of), Some(value)));
    }

    pub(super) fn remove(&mut self, of: Subject) {
        self.rows.push((record_key(of), None));
    }

    pub(super) fn erased(&mut self, of: Subject, sealed: &[u8]) {
        self.rows.push((subject_key(b'e', of), Some(sealed.to_vec())));
    }

    pub(super) fn commit(&mut self, id: Ulid, seq: Seq) {
        self.commits.push((id, seq));
    }
}

pub(super) fn record_key(of: Subject) -> Key {
    subject_key(b'r', of)
}

pub(super) fn subject_key(sort: u8, of: Subject) -> Key {
    let mut key = [0; 18];
    (key[0], key[1]) = (sort, of.kind as u8);
    key[2..].copy_from_slice(&of.id.to_bytes());
    key
}

pub(super) fn id_of(key: &[u8]) -> Result<Ulid, Fault> {
    let id = key.get(2..).and_then(|id| id.try_into().ok()).ok_or_else(|| faults::codec("a key has 18 bytes"))?;
    Ok(Ulid::from_bytes(id))
}

pub(super) fn commit_key(id: Ulid) -> [u8; 17] {
    let mut key = [b'c'; 17];
    key[1..].copy_from_slice(&id.to_bytes());
    key
}

pub(super) fn line_of(value: &[u8]) -> Result<Seq, Fault> {
    let seq = value.try_into().map_err(|_| faults::codec("a line number has 8 bytes"))?;
    Ok(Seq(u64::from_le_bytes(seq)))
}

pub(super) fn split(value: &[u8]) -> Result<Stored, Fault> {
    let (slot, sealed) = value.split_first_chunk().ok_or_else(|| faults::codec("a stored record is too short"))?;
    Ok(Stored { slot: SlotNo(u64::from_le_bytes(*slot)), sealed: sealed.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Commit};
    use crate::domain::record::Facts;
    use crate::domain::value::Timed;
    use crate::records::store::Store;
    use crate::records::{Options, Rebuilt, Records};
    use chrono::Utc;

    /// What a release would have left that knew two fields less.
    fn earlier() -> Meta {
        let fields = codec::fields() - 2;
        Meta { form: codec::form(fields).unwrap(), fields: fields as u32, ..Meta::new() }
    }

    /// A new case, with what this release does not read of it.
    fn created(unread: Vec<serde_json::Value>) -> Commit {
        let change = Change::create(Subject::case(Ulid(9)), Timed::certain(Utc::now()), Facts::new());
        let changes = vec![Change { unread, ..change }];
        Commit { id: Ulid(8), at: Utc::now(), by: Ulid(1), office: Ulid(2), undoes: None, changes }
    }

    #[test]
    fn a_store_that_knew_fewer_fields_is_adopted_and_no_other_that_differs() {
        assert_eq!(Meta::new().adopted(), Some(Meta::new()));
        assert_eq!(earlier().adopted(), Some(Meta::new()));
        let refused = [
            Meta { has_gaps: true, ..earlier() },
            Meta { form: Sha([7; 32]), ..earlier() },
            Meta { fields: earlier().fields + 1, ..earlier() },
            Meta { fields: Meta::new().fields + 1, ..Meta::new() },
        ];
        assert!(refused.iter().all(|meta| meta.adopted().is_none()));
        let gapped = Meta { has_gaps: true, ..Meta::new() };
        assert_eq!(gapped.adopted(), Some(gapped.clone()), "this release passed over them itself");
    }

    #[test]
    fn a_release_that_adds_fields_opens_the_store_as_it_stands_and_notes_it_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let open = || Records::open(dir.path(), Options::default(), &mut |_| {}).unwrap();
        let (records, _) = open();
        records.commit(&[created(Vec::new())]).unwrap()[0].unwrap();
        drop(records);
        let stored = || Store::open(&dir.path().join("store"), 1 << 20).unwrap();
        let known = stored().meta().unwrap().unwrap();
        stored().write(Writes::default(), &Meta { form: earlier().form, fields: earlier().fields, ..known }).unwrap();
        let (records, opening) = open();
        assert_eq!((opening.is_empty, opening.rebuilt), (false, None));
        drop(records);
        assert_eq!(stored().meta().unwrap().unwrap().fields, Meta::new().fields);
    }

    #[test]
    fn what_a_later_release_wrote_is_read_when_one_comes_that_knows_it() {
        let dir = tempfile::tempdir().unwrap();
        let open = |is_rebuild_asked| {
            Records::open(dir.path(), Options { is_rebuild_asked, ..Options::default() }, &mut |_| {}).unwrap()
        };
        // A later release was here and wrote a field of its own; this one came back and reads its journal.
        let (records, _) = open(false);
        let unread = vec![serde_json::json!({"at": "of_a_later_release", "was": null, "now": {"text": "2"}})];
        records.commit(&[created(unread)]).unwrap()[0].unwrap();
        drop(records);
        drop(open(true));
        let store = Store::open(&dir.path().join("store"), 1 << 20).unwrap();
        let left = store.meta().unwrap().unwrap();
        assert!(left.has_gaps, "its records lack what they could not hold");
        store.write(Writes::default(), &Meta { form: earlier().form, fields: earlier().fields, ..left }).unwrap();
        drop(store);
        assert_eq!(open(false).1.rebuilt, Some(Rebuilt::OtherSchema));
    }
}
