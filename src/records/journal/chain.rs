//! A chain of lines in segments: appended to by one writer, read by anyone, never changed. Journal and trail are chains.
//!
//! INVARIANT: what readers see is on the disk (or, in the trail, pending in memory too); after a failed write or sync the
//! file is opened anew and cut back to the last byte that was synced, before anything else is written.

use super::checkpoint;
use super::line::{Head, Line, LineKind, Seq};
use super::plan::{Cursor, Plan};
use super::scan::{Bad, Scanner, Start, Step};
use super::segment::{Marks, Reach, Segment};
use super::{AppendError, Signed};
use crate::domain::refusal::Fault;
use crate::records::disk::{Access, Disk, DiskFile};
use crate::records::faults;
use chrono::{DateTime, Utc};
use ed25519_dalek::SigningKey;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// What readers see.
pub(super) struct Shared {
    pub segments: Vec<Segment>,
    pub marks: Marks,
    pub len: u64,
    pub head: Head,
    /// The last line that is on the disk for certain.
    pub durable: Head,
}

/// What only the writer knows.
pub(super) struct Writer {
    pub file: Option<Arc<dyn DiskFile>>,
    pub cursor: Cursor,
    /// The end of what is on the disk.
    pub synced: Cursor,
    /// Bytes after `synced` that readers see already: lines of the trail within their second.
    pub pending: Vec<u8>,
    /// What opening found, until a signed line names it.
    pub found: Vec<Bad>,
    /// The file's state is not known: open it anew and cut it back first.
    pub is_broken: bool,
    /// `file` is of a segment that was begun by an append that has not succeeded yet.
    pub has_rolled: bool,
    pub checkpointed: Seq,
    pub reserved: u64,
}

/// One chain in its directory.
pub struct Chain {
    pub(super) disk: Arc<dyn Disk>,
    pub(super) dir: PathBuf,
    pub(super) signer: SigningKey,
    /// Bytes that are kept allocated after the end, so that a full disk does not stop the chain at once; zero for none.
    pub(super) reserve: u64,
    pub(super) shared: RwLock<Shared>,
    pub(super) writer: Mutex<Writer>,
}

impl Chain {
    /// The last line that readers see.
    pub fn head(&self) -> Head {
        self.shared.read().unwrap_or_else(PoisonError::into_inner).head
    }

    /// Reads one line.
    ///
    /// # Errors
    /// `J05` when it is not there, or any error of the disk.
    pub fn read(&self, seq: Seq) -> Result<Line, Fault> {
        let shared = self.shared.read().unwrap_or_else(PoisonError::into_inner);
        let after = shared.segments.partition_point(|segment| segment.first <= seq);
        let segment = match after.checked_sub(1) {
            Some(place) if seq <= shared.head.seq => shared.segments[place].clone(),
            _ => return Err(faults::missing_line(seq.0)),
        };
        if let Some(next) = shared.segments.get(after) {
            let behind = next.first;
            drop(shared);
            return segment.read(&*self.disk, &self.dir, seq, Reach::Closed { behind });
        }
        let (marks, len, behind) = (shared.marks.clone(), shared.len, shared.head.seq.next());
        drop(shared);
        segment.read(&*self.disk, &self.dir, seq, Reach::Live { marks: &marks, len, behind })
    }

    /// Visits every line from `from` to the head of now, and every bad place among them.
    pub(crate) fn scan(&self, from: Seq, visit: &mut dyn FnMut(Step) -> Result<(), Fault>) -> Result<(), Fault> {
        let (segments, len, head) = {
            let shared = self.shared.read().unwrap_or_else(PoisonError::into_inner);
            (shared.segments.clone(), shared.len, shared.head)
        };
        if from > head.seq {
            return Ok(());
        }
        let key = self.signer.verifying_key();
        let scanner = Scanner { disk: &*self.disk, dir: &self.dir, key: &key };
        let after = segments.partition_point(|segment| segment.first <= from);
        let place = after.saturating_sub(1);
        let first = segments.get(place).map_or(Seq(1), |segment| segment.first);
        // Where the beginning is gone, nothing is believed: the first line that is there says what is missing.
        let start = if first == Seq(1) || from < first { Start::first() } else { Start::within(first) };
        scanner.run(&segments, start, Some(len), &mut |step| match &step {
            Step::Line { line, .. } if line.seq < from || line.seq > head.seq => Ok(()),
            Step::Bad(bad) if bad.seq < from => Ok(()),
            _ => visit(step),
        })?;
        Ok(())
    }

    /// Appends lines, all or none; durable when it returns if `is_durable`, else with the next durable append or [`Chain::sync`].
    pub(crate) fn append(
        &self,
        lines: Vec<Line>,
        trail: Option<Head>,
        is_durable: bool,
    ) -> Result<Vec<Seq>, AppendError> {
        if lines.is_empty() {
            return Ok(Vec::new());
        }
        let mut writer = self.writer();
        self.mend(&mut writer).and_then(|()| self.refuse_gone(&writer)).map_err(AppendError::Refused)?;
        let before = writer.cursor;
        let plan = Plan::new(before, lines, trail, &self.signer);
        if let Err(fault) = self.write(&mut writer, &plan, is_durable) {
            writer.cursor = before;
            return Err(self.take_back(&mut writer, fault));
        }
        self.publish(&plan, writer.synced.head);
        Ok(plan.seqs)
    }

    /// Appends a signed head, durable, unless this day has one or the chain is empty.
    pub(crate) fn sign_day(&self, at: DateTime<Utc>, trail: Option<Head>) -> Result<(), AppendError> {
        let is_due = {
            let cursor = self.writer().cursor;
            cursor.head.seq != Seq(0) && cursor.signed_on != Some(at.date_naive())
        };
        let head = Line { trail, ..Line::own(LineKind::Head, at) };
        if is_due { self.append(vec![head], None, true).map(drop) } else { Ok(()) }
    }

    /// Takes a failed append out of the file. Only what is certainly not there is refused; all else is unknown.
    fn take_back(&self, writer: &mut Writer, error: AppendError) -> AppendError {
        let len = writer.cursor.len;
        let is_cut = match (&error, &writer.file) {
            // A write that failed leaves the rest of the file as it was.
            (AppendError::Refused(_), Some(file)) if !writer.has_rolled => file.cut(len).is_ok(),
            (AppendError::Refused(_) | AppendError::Unknown(_), _) => false,
        };
        writer.is_broken = !is_cut;
        writer.reserved = 0;
        match error {
            AppendError::Refused(cause) if self.mend(writer).is_err() => AppendError::Unknown(faults::unknown(&cause)),
            AppendError::Refused(cause) => AppendError::Refused(cause),
            AppendError::Unknown(cause) => {
                // Tried now; if it cannot be done yet, the next append or tick tries again.
                let _ = self.mend(writer);
                AppendError::Unknown(cause)
            }
        }
    }

    /// Brings every line to the disk; appending goes on meanwhile.
    ///
    /// # Errors
    /// Any error of the disk; the lines stay pending and are written anew at the next try.
    pub fn sync(&self) -> Result<(), Fault> {
        let (file, until) = {
            let mut writer = self.writer();
            self.mend(&mut writer)?;
            match &writer.file {
                Some(file) if writer.synced != writer.cursor => (Arc::clone(file), writer.cursor),
                _ => return Ok(()),
            }
        };
        let synced = file.sync();
        let mut writer = self.writer();
        if let Err(error) = synced {
            writer.is_broken = true;
            return Err(faults::io("sync", &self.dir, &error));
        }
        if !writer.is_broken && writer.synced.segment == until.segment && writer.synced.len < until.len {
            let settled = (until.len - writer.synced.len) as usize;
            writer.pending.drain(..settled);
            writer.synced = until;
            self.shared.write().unwrap_or_else(PoisonError::into_inner).durable = until.head;
        }
        Ok(())
    }

    /// The last line that is on the disk for certain.
    pub fn durable_head(&self) -> Head {
        self.shared.read().unwrap_or_else(PoisonError::into_inner).durable
    }

    /// Whether lines wait for a sync.
    pub fn is_dirty(&self) -> bool {
        let writer = self.writer();
        writer.synced != writer.cursor || writer.is_broken
    }

    /// Writes the checkpoint when at least `lines` lines were synced since the last one.
    ///
    /// # Errors
    /// Any error of the disk; the old checkpoint stays.
    pub fn checkpoint(&self, lines: u64) -> Result<(), Fault> {
        let mut writer = self.writer();
        self.refuse_gone(&writer)?;
        let at = writer.synced;
        if writer.is_broken || at.head.seq.0 < writer.checkpointed.0 + lines.max(1) {
            return Ok(());
        }
        checkpoint::save(&*self.disk, &self.dir, &self.signer, &at.checkpoint())?;
        writer.checkpointed = at.head.seq;
        Ok(())
    }

    /// Makes a chain that could not be written usable again: file reopened, cut back, damage named. Nothing when it is well.
    ///
    /// # Errors
    /// Any error of the disk: the chain stays readable and refuses appends.
    pub fn mend_now(&self) -> Result<(), Fault> {
        self.mend(&mut self.writer())
    }

    /// Whether all that was found damaged is named by a line.
    pub(super) fn has_named_damage(&self) -> bool {
        self.writer().found.is_empty()
    }

    pub(super) fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn mend(&self, writer: &mut Writer) -> Result<(), Fault> {
        if writer.is_broken || writer.file.is_none() {
            self.cut_back(writer).map_err(|e| faults::reopen(&self.dir, &e))?;
            writer.is_broken = false;
        }
        if !writer.found.is_empty() {
            self.name_damage(writer)?;
        }
        Ok(())
    }

    /// Refuses a segment that was taken away while it was open.
    fn refuse_gone(&self, writer: &Writer) -> Result<(), Fault> {
        match writer.file.as_ref().map_or(Ok(true), |file| file.is_there()) {
            Ok(true) => Ok(()),
            Ok(false) => Err(faults::gone(&self.dir)),
            Err(error) => Err(faults::io("look at", &self.dir, &error)),
        }
    }

    /// Opens the file anew, cuts it back to what was synced, and writes what readers have seen since.
    fn cut_back(&self, writer: &mut Writer) -> std::io::Result<()> {
        let kept = writer.synced;
        writer.file = None;
        // Segments that a failed append began.
        for name in self.disk.list(&self.dir)? {
            if let Some(segment) = Segment::from_name(&name).filter(|segment| segment.first > kept.segment) {
                self.disk.remove(&segment.path(&self.dir))?;
                self.disk.sync_dir(&self.dir)?;
            }
        }
        let path = Segment::new(kept.segment).path(&self.dir);
        let is_new = kept.len == 0;
        let file = self.disk.open(&path, if is_new { Access::Create } else { Access::Write })?;
        if file.len()? != kept.len {
            file.cut(kept.len)?;
        }
        if !writer.pending.is_empty() {
            file.write_at(&writer.pending, kept.len)?;
        }
        file.sync()?;
        if is_new {
            self.disk.sync_dir(&self.dir)?;
        }
        (writer.reserved, writer.has_rolled) = (0, false);
        writer.file = Some(file.into());
        if !writer.pending.is_empty() {
            writer.is_synced();
        }
        Ok(())
    }

    /// Begins a new segment with a signed line that names what was found.
    fn name_damage(&self, writer: &mut Writer) -> Result<(), Fault> {
        let mut line = Line::own(LineKind::Damage, Utc::now());
        line.found = writer.found.iter().copied().take(16).collect();
        let before = writer.cursor;
        let plan = Plan::new(before.rolled(), vec![line], None, &self.signer);
        match self.write(writer, &plan, true) {
            Ok(()) => {
                writer.found.clear();
                self.publish(&plan, writer.synced.head);
                Ok(())
            }
            Err(AppendError::Refused(fault) | AppendError::Unknown(fault)) => {
                writer.cursor = before;
                writer.is_broken = true;
                Err(fault)
            }
        }
    }

    fn write(&self, writer: &mut Writer, plan: &Plan, is_durable: bool) -> Result<(), AppendError> {
        let refused = |e: std::io::Error| AppendError::Refused(faults::io("append to", &self.dir, &e));
        let unsure = |e: std::io::Error| AppendError::Unknown(faults::unknown(&faults::io("sync", &self.dir, &e)));
        let mut segment = writer.cursor.segment;
        for stretch in &plan.stretches {
            let is_new = stretch.segment != segment || writer.file.is_none();
            if is_new {
                if let Some(file) = &writer.file {
                    file.sync().map_err(unsure)?;
                }
                let path = Segment::new(stretch.segment).path(&self.dir);
                writer.file = Some(self.disk.open(&path, Access::Create).map_err(refused)?.into());
                (writer.reserved, writer.has_rolled) = (0, true);
                segment = stretch.segment;
            }
            let Some(file) = &writer.file else { continue };
            file.write_at(&stretch.bytes, stretch.offset).map_err(refused)?;
            if is_new {
                file.sync().map_err(unsure)?;
                self.disk.sync_dir(&self.dir).map_err(unsure)?;
            }
        }
        let has_rolled = plan.end.segment != writer.cursor.segment;
        if is_durable && let Some(file) = writer.file.as_ref().filter(|_| !has_rolled) {
            file.sync().map_err(unsure)?;
        }
        // Whoever took it away meanwhile took these lines with it.
        self.refuse_gone(writer).map_err(|gone| AppendError::Unknown(faults::unknown(&gone)))?;
        (writer.cursor, writer.has_rolled) = (plan.end, false);
        if is_durable || has_rolled {
            writer.is_synced();
        } else if let Some(stretch) = plan.stretches.last() {
            writer.pending.extend_from_slice(&stretch.bytes);
        }
        self.reserve_ahead(writer);
        Ok(())
    }

    /// Keeps room after the end; a disk that cannot is no error here.
    fn reserve_ahead(&self, writer: &mut Writer) {
        let end = writer.cursor.len;
        if self.reserve == 0 || writer.reserved >= end + self.reserve / 2 {
            return;
        }
        if let Some(file) = &writer.file
            && file.reserve(end, self.reserve).is_ok()
        {
            writer.reserved = end + self.reserve;
        }
    }

    fn publish(&self, plan: &Plan, durable: Head) {
        let mut shared = self.shared.write().unwrap_or_else(PoisonError::into_inner);
        for stretch in &plan.stretches {
            if shared.segments.last().is_none_or(|segment| segment.first != stretch.segment) {
                let marks = std::mem::take(&mut shared.marks);
                if let Some(closed) = shared.segments.last() {
                    closed.close(marks);
                }
                shared.segments.push(Segment::new(stretch.segment));
            }
            for &(line, offset) in &stretch.lines {
                shared.marks.note(line, offset);
            }
        }
        shared.len = plan.end.len;
        (shared.head, shared.durable) = (plan.end.head, durable);
    }

    /// How the chain is signed.
    pub fn signed(&self) -> Signed {
        Signed { key: self.signer.verifying_key().to_bytes(), head: self.head() }
    }
}

impl Writer {
    fn is_synced(&mut self) {
        self.synced = self.cursor;
        self.pending.clear();
    }
}
