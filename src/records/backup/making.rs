//! Making a backup: drafts, then both chains, then the keys, then the moment that names them.
//!
//! The order is the promise. Drafts come before the journal: one that becomes a commit meanwhile is in either. Keys come after
//! it: every line that was copied has its slot. The journal's lines were on the disk before they were read, and end at a whole
//! line; a segment that is closed, and was copied, is known by what the next one says of its last line.

use super::last::left;
use super::moment::{Copied, Departure, DraftFiles, Keys, Moment, Part, Segment, VERSION};
use super::sealing::Recipients;
use super::set::{MOMENTS, PARTS, Set, Stamp, name_of};
use super::{Halt, Watch, keys, weaving};
use crate::domain::refusal::{Fault, Refusal};
use crate::records::disk::{Disk, RealDisk};
use crate::records::journal::{Bystander, Extent, Head, Sha, follow};
use crate::records::vault::SLOT_BYTES;
use crate::records::{Onlooker, Progress, Step, faults};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chrono::{DateTime, Utc};
use std::path::Path;
use std::sync::Arc;

/// Pieces of one segment; more are put together again.
const MOST_PIECES: usize = 64;
/// Bytes of one draft's file.
const MOST_DRAFT: u64 = 1 << 20;
/// Bytes of drafts in one part.
const DRAFTS: usize = 16 << 20;

/// Of these moments, and these lists of keys, newest first: the numbers of those to drop.
pub type Expiry<'e> = dyn Fn(&[Stamp], &[Stamp]) -> (Vec<u64>, Vec<u64>) + 'e;

/// What is to be made, and where.
pub struct Choice<'c> {
    /// The disk that the set is on; tests put a failing one here.
    pub disk: Arc<dyn Disk>,
    pub to: &'c Path,
    pub recipients: &'c Recipients,
    pub at: DateTime<Utc>,
    pub expiry: &'c Expiry<'c>,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub number: u64,
    pub at: DateTime<Utc>,
    /// The key that signs the desk's heads.
    pub desk: Sha,
    /// The last line of the journal in it.
    pub head: Head,
    pub trail: Head,
    /// Bytes of the desk that are in it, and of files that were written for it.
    pub bytes: u64,
    pub written_bytes: u64,
    pub written_parts: u64,
    /// Lines that were damaged when they were copied, as they stood; and those of the journal among them.
    pub bad_lines: u64,
    pub bad_of_journal: u64,
    /// The last line of the set that this journal does not have, though nobody restored an earlier moment on purpose.
    pub departs: Option<Head>,
    /// Key slots that neither copy could be read of.
    pub lost_slots: u64,
    /// Files of older backups that expired.
    pub expired: u64,
}

impl Made {
    /// Whether the journal in it is whole and leads on from what the set has: else an older moment stays the one to restore.
    pub const fn is_sound(&self) -> bool {
        self.bad_of_journal == 0 && self.departs.is_none()
    }
}

/// Makes a backup of a desk, whether or not somebody works at it.
///
/// # Errors
/// Refused: the set is inside the data folder, of another desk, or being written. Else a fault of either disk: the moments
/// that were whole stay so.
pub fn back_up(desk: &Onlooker, choice: &Choice<'_>, watch: &mut Watch<'_>) -> Result<Made, Halt> {
    if is_inside(choice.to, desk.dir()) {
        return Err(Refusal::new("backup-inside").with("path", choice.to.display().to_string()).into());
    }
    let vault = desk.vault()?;
    let own = Sha(vault.signing_key().verifying_key().to_bytes());
    let set = Set::for_writing(Arc::clone(&choice.disk), choice.to)?;
    let listed = set.moments()?;
    if listed.whole.iter().any(|moment| moment.desk != own) {
        return Err(Refusal::new("backup-other-desk").with("path", choice.to.display().to_string()).into());
    }
    let names = choice.recipients.names();
    let sought = weaving::best(&weaving::woven(&set, &listed.whole, None)).map(|best| best.head());
    // What was encrypted to others cannot be encrypted again: then everything is copied anew.
    let before = listed.whole.into_iter().next().filter(|moment| moment.recipients == names);
    let old_keys = set.keys()?.whole.into_iter().find(|keys| keys.desk == own && keys.recipients == names);
    let number = set.next_number()?;
    let making = Making {
        set,
        choice,
        number,
        before,
        old_keys,
        sought,
        is_sought_there: sought.is_none_or(|sought| sought == Head::default()),
        watch,
        done: 0,
        total: 0,
        written: (0, 0),
    };
    making.run(desk, own)
}

/// Whether a folder lies in another one, as far as they exist.
pub fn is_inside(inner: &Path, outer: &Path) -> bool {
    let Ok(outer) = outer.canonicalize() else { return false };
    let absolute = std::path::absolute(inner).unwrap_or_else(|_| inner.to_owned());
    absolute.ancestors().find_map(|path| path.canonicalize().ok()).is_some_and(|path| path.starts_with(&outer))
}

struct Making<'a, 'w> {
    set: Set,
    choice: &'a Choice<'a>,
    number: u64,
    before: Option<Moment>,
    old_keys: Option<Keys>,
    /// The last line of the moment that this one is to lead on from, and whether it was met.
    sought: Option<Head>,
    is_sought_there: bool,
    watch: &'a mut Watch<'w>,
    done: u64,
    total: u64,
    /// Bytes and files.
    written: (u64, u64),
}

impl Making<'_, '_> {
    fn run(mut self, desk: &Onlooker, own: Sha) -> Result<Made, Halt> {
        let drafts = self.drafts(desk)?;
        let journal = desk.journal()?;
        let trail = desk.trail()?;
        let extents = journal.extents().iter().chain(trail.extents());
        self.total = extents.map(|extent| extent.bytes).sum::<u64>() + desk.vault()?.filled().0 * SLOT_BYTES as u64;
        self.tell(0)?;
        let before = self.before.take();
        let journal = self.chain(&journal, "journal", before.as_ref().map(|moment| &moment.journal))?;
        // Looked at again: the copy of the trail has what the journal's signed heads say of it.
        let trail = self.chain(&desk.trail()?, "trail", before.as_ref().map(|moment| &moment.trail))?;
        let vault = desk.vault()?;
        let Choice { recipients, at, .. } = *self.choice;
        let (old, number) = (self.old_keys.take(), self.number);
        let (done, total, watch) = (&mut self.done, self.total, &mut *self.watch);
        let keys = keys::copy(&self.set, &vault, (number, at), recipients, old.as_ref(), |bytes| {
            *done += bytes;
            watch(Progress { step: Step::Backup, done: *done, total: total.max(*done) })
        })?;
        let bad_of = |chain: &Copied| -> u64 { chain.segments.iter().map(|segment| segment.bad).sum() };
        let (bad_of_journal, bad_of_trail) = (bad_of(&journal), bad_of(&trail));
        let departs = self.sought.filter(|_| !self.is_sought_there);
        let departs = departs.map(|from| Departure { from, is_meant: left(desk.dir()).contains(&from) });
        let moment = Moment {
            v: VERSION,
            number,
            desk: own,
            at,
            is_practice: desk.is_practice(),
            recipients: recipients.names(),
            journal,
            trail,
            drafts,
            departs,
        };
        self.set.put_clear(MOMENTS, &name_of(number), &moment, vault.signing_key())?;
        let mut made = Made {
            number,
            at,
            desk: own,
            head: moment.journal.head,
            trail: moment.trail.head,
            bytes: bytes_of(&moment) + keys.bytes,
            written_bytes: self.written.0 + keys.written_bytes,
            written_parts: self.written.1 + keys.written_parts,
            bad_lines: bad_of_journal + bad_of_trail,
            bad_of_journal,
            departs: departs.filter(|departs| !departs.is_meant).map(|departs| departs.from),
            lost_slots: keys.lost,
            expired: 0,
        };
        made.expired = self.expire().unwrap_or(0);
        Ok(made)
    }

    fn tell(&mut self, bytes: u64) -> Result<(), Fault> {
        self.done += bytes;
        (self.watch)(Progress { step: Step::Backup, done: self.done, total: self.total.max(self.done) })
    }

    fn put(&mut self, stem: &str, plain: &[u8]) -> Result<Part, Fault> {
        let part = self.set.put(PARTS, stem, plain, self.choice.recipients)?;
        self.written = (self.written.0 + part.sealed_bytes, self.written.1 + 1);
        Ok(part)
    }

    fn drafts(&mut self, desk: &Onlooker) -> Result<Vec<Part>, Fault> {
        let mut parts = Vec::new();
        let mut files = DraftFiles::default();
        let mut bytes = 0;
        for (name, draft) in desk.drafts(MOST_DRAFT)? {
            bytes += draft.len();
            files.drafts.push((name, BASE64.encode(draft)));
            if bytes >= DRAFTS {
                parts.push(self.drafts_part(&std::mem::take(&mut files))?);
                bytes = 0;
            }
        }
        if !files.drafts.is_empty() {
            parts.push(self.drafts_part(&files)?);
        }
        Ok(parts)
    }

    fn drafts_part(&mut self, files: &DraftFiles) -> Result<Part, Fault> {
        let json = serde_json::to_vec(files).map_err(|e| faults::codec(format!("drafts: {e}")))?;
        let sha = Sha::of(&json);
        let mut old = self.before.iter().flat_map(|moment| &moment.drafts);
        match old.find(|part| part.sha == sha && self.set.has(PARTS, part)).cloned() {
            Some(part) => Ok(part),
            None => self.put("drafts", &json),
        }
    }

    fn chain(&mut self, seen: &Bystander, stem: &str, before: Option<&Copied>) -> Result<Copied, Fault> {
        let mut copied = Copied::default();
        let extents = seen.extents();
        for (place, extent) in extents.iter().enumerate() {
            let old = before.and_then(|before| {
                let at = before.segments.binary_search_by_key(&extent.first, |segment| segment.first).ok()?;
                before.segments.get(at)
            });
            let next = extents.get(place + 1).and_then(|next| seen.prev_of(*next));
            let segment = match old.filter(|old| self.is_kept(old, *extent, next)) {
                Some(old) => old.clone(),
                None => self.segment(seen, *extent, stem, old, copied.head)?,
            };
            self.tell(extent.bytes)?;
            self.is_sought_there |= self.sought == Some(segment.head);
            copied.head = segment.head;
            copied.segments.push(segment);
        }
        Ok(copied)
    }

    /// Whether a closed segment is in the set as it is: nothing of it is read then.
    fn is_kept(&self, old: &Segment, now: Extent, next: Option<Sha>) -> bool {
        // What was damaged and has the same length may have been put right since.
        old.bad == 0
            && old.bytes() == now.bytes
            && next == Some(old.head.sha)
            && old.pieces.iter().all(|piece| self.set.has(PARTS, piece))
    }

    /// Copies what is new in a segment: the pieces that are there and hold its beginning stay.
    fn segment(
        &mut self,
        seen: &Bystander,
        extent: Extent,
        stem: &str,
        old: Option<&Segment>,
        head: Head,
    ) -> Result<Segment, Fault> {
        let bytes = seen.read(extent, 0)?;
        let (mut pieces, mut at) = (Vec::new(), 0);
        for piece in old.map(|old| old.pieces.as_slice()).unwrap_or_default() {
            let until = at + piece.bytes as usize;
            let is_same = bytes.get(at..until).is_some_and(|same| Sha::of(same) == piece.sha);
            if !is_same || !self.set.has(PARTS, piece) {
                break;
            }
            pieces.push(piece.clone());
            at = until;
        }
        if pieces.len() >= MOST_PIECES {
            pieces.clear();
            at = 0;
        }
        let (head, bad) = follow(&bytes, head, &mut |passed| {
            self.is_sought_there |= self.sought == Some(Head { seq: passed.seq, sha: passed.sha });
            true
        });
        if at < bytes.len() {
            pieces.push(self.put(&format!("{stem}-{:012}-{:012}", extent.first.0, head.seq.0), &bytes[at..])?);
        }
        Ok(Segment { first: extent.first, head, bad, pieces })
    }

    /// Drops what has had its time. What cannot be dropped now goes the next time: the backup is made.
    fn expire(&self) -> Result<u64, Fault> {
        let stamps = |numbers: Vec<(u64, DateTime<Utc>)>| -> Vec<Stamp> {
            numbers.into_iter().map(|(number, at)| Stamp { number, at }).collect()
        };
        let listed = self.set.moments()?.whole;
        let last_whole = weaving::last_whole(&self.set, &listed);
        let moments = listed.iter().map(|moment| (moment.number, moment.at)).collect();
        let keys = self.set.keys()?.whole.iter().map(|keys| (keys.number, keys.at)).collect();
        let (mut moments, mut keys) = (self.choice.expiry)(&stamps(moments), &stamps(keys));
        // The one just made stays, whatever the clock says; so does the last one in which nothing is damaged.
        moments.retain(|number| *number != self.number && Some(*number) != last_whole);
        keys.retain(|number| *number != self.number);
        // That a desk went back on purpose is said by the first moment of after that: as long as there are older ones.
        let oldest = listed.iter().map(|moment| moment.number).filter(|number| !moments.contains(number)).min();
        let is_meant = |moment: &&Moment| moment.departs.is_some_and(|departs| departs.is_meant);
        let meant: Vec<u64> = listed.iter().filter(is_meant).map(|moment| moment.number).collect();
        moments.retain(|number| !meant.contains(number) || oldest.is_none_or(|oldest| oldest >= *number));
        self.set.expire(&moments, &keys)
    }
}

fn bytes_of(moment: &Moment) -> u64 {
    let segments = moment.journal.segments.iter().chain(&moment.trail.segments);
    segments.map(Segment::bytes).chain(moment.drafts.iter().map(|part| part.bytes)).sum()
}

/// The newest whole moment of a set, without any identity: its time, and the last line of the journal in it.
///
/// # Errors
/// The set cannot be listed.
pub fn last_of(set: &Path) -> Result<Option<(DateTime<Utc>, Head)>, Fault> {
    let moments = Set::of(Arc::new(RealDisk), set).moments()?;
    Ok(moments.whole.first().map(|moment| (moment.at, moment.journal.head)))
}
