//! Committing: changes to lines, one sync for all of them, then the store. One writer at a time.

use super::ahead::{Met, read_ahead};
use super::journal::{AppendError, Line, Seq};
use super::layout::Meta;
use super::overlay::{Overlay, live};
use super::store::Store;
use super::{Progress, Records, Step, blind, faults};
use crate::domain::change::Commit;
use crate::domain::record::Record;
use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use crate::domain::value::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::thread::{Scope, ScopedJoinHandle};
use ulid::Ulid;

/// Sealed bytes of one commit, base64; some 4,000 new cases.
const MOST_LINE: usize = 6 << 20;
/// A guess of the bytes of one record beyond which it takes no more.
const MOST_RECORD: usize = 2 << 20;
/// Commits of a load that share a sync.
const LOAD: usize = 2048;

/// Why a whole batch was not committed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// None of it happened; the same commits may come again.
    #[error("refused: {0}")]
    Refused(Fault),
    /// Nobody knows: ask [`Records::find_commit`] by id, or send the same commits again.
    #[error("unknown: {0}")]
    Unknown(Fault),
}

impl CommitError {
    /// What the machine met.
    pub const fn fault(&self) -> &Fault {
        match self {
            Self::Refused(fault) | Self::Unknown(fault) => fault,
        }
    }
}

/// Why one commit of a batch did not happen; the others did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The subject has another revision than the change was made on: merge and come again.
    #[error("{of} is at revision {revision}")]
    Stale { of: Subject, revision: u32 },
    /// The commit, or a record with it, would be larger than is kept.
    #[error("too large")]
    TooLarge,
    /// There is nothing in it.
    #[error("no changes")]
    Empty,
}

/// A commit of a batch on its way.
enum Verdict {
    /// It is, or becomes, this place of the new lines.
    New(usize),
    Known(Seq),
    Unfit(Unfit),
}

/// What is left to write to the store, and what is said of each commit.
type Appended<'a> = (Option<Overlay<'a>>, Vec<Result<Seq, Unfit>>);

/// A batch of a load that is being written to the store.
struct Writing<'scope> {
    subjects: HashSet<Subject>,
    thread: ScopedJoinHandle<'scope, Result<Meta, Fault>>,
}

impl Writing<'_> {
    fn touches(&self, batch: &[Commit]) -> bool {
        batch.iter().flat_map(|commit| &commit.changes).any(|change| self.subjects.contains(&change.of))
    }

    /// Waits for the store; false when it failed and has to catch up.
    fn settle(self, meta: &mut Meta) -> bool {
        let Ok(Ok(written)) = self.thread.join() else { return false };
        *meta = Meta { next_slot: meta.next_slot, ..written };
        true
    }
}

impl From<AppendError> for CommitError {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Refused(fault) => Self::Refused(fault),
            AppendError::Unknown(fault) => Self::Unknown(fault),
        }
    }
}

impl Records {
    /// Commits what fits of a batch, each commit all or none, with one sync for all; when it returns they are on the disk
    /// and read from the store, whose own file is for [`Records::write_held`]. Changes come merged: their `base` is the revision of now. A commit whose id is in the journal
    /// already changes nothing and answers its old line.
    ///
    /// # Errors
    /// See [`CommitError`]; what is said per commit is [`Unfit`].
    pub fn commit(&self, commits: &[Commit]) -> Result<Vec<Result<Seq, Unfit>>, CommitError> {
        let mut meta = self.writer();
        self.takes_commits().map_err(CommitError::Refused)?;
        let store = self.store.get().map_err(CommitError::Refused)?;
        self.catch_up(&mut meta).map_err(CommitError::Refused)?;
        let (overlay, outcomes) = self.append_all(&store, commits, &mut meta)?;
        if let Some(Ok(written)) = overlay.map(Overlay::hold) {
            // A store that fails here lags behind: the commits have happened, and the next writer catches up first.
            *meta = written;
        }
        Ok(outcomes)
    }

    /// Writes to the store's file what was committed since: for the moment in which nobody waits for an answer. Nothing to
    /// do is no work, and [`Records::tick`] does it too.
    pub fn write_held(&self) {
        if let Ok(store) = self.store.get() {
            // A store that fails remembers what it needs; what it holds is read all the same, and the journal has it.
            _ = store.write_held();
        }
    }

    /// Judges, seals and appends a batch; what is left to do is to write the overlay, if there is one. Slots that were tried
    /// are noted in `meta` whatever happens: their keys have sealed something.
    fn append_all<'a>(
        &'a self,
        store: &'a Store,
        commits: &[Commit],
        meta: &mut Meta,
    ) -> Result<Appended<'a>, CommitError> {
        let mut overlay = Overlay::new(store, &self.vault, meta.clone());
        let prepared = self.prepare(commits, &mut overlay);
        meta.next_slot = overlay.meta.next_slot;
        let (verdicts, lines) = prepared.map_err(CommitError::Refused)?;
        let subjects: Vec<Vec<Subject>> =
            lines.iter().map(|line| line.parts.iter().map(|part| part.of).collect()).collect();
        let ids: Vec<_> = lines.iter().map(|line| (line.id, line.at)).collect();
        let seqs = self.append(lines)?;
        for ((&seq, (id, at)), subjects) in seqs.iter().zip(ids).zip(subjects) {
            overlay.number(id, seq, at, subjects);
        }
        overlay.meta.applied = self.journal.head();
        let told = |verdict| match verdict {
            Verdict::New(place) => Ok(seqs[place]),
            Verdict::Known(seq) => Ok(seq),
            Verdict::Unfit(unfit) => Err(unfit),
        };
        let outcomes = verdicts.into_iter().map(told).collect();
        Ok(((!seqs.is_empty()).then_some(overlay), outcomes))
    }

    /// Appends lines; a signed head among them names the looks that are on the disk.
    pub(super) fn append(&self, lines: Vec<Line>) -> Result<Vec<Seq>, CommitError> {
        Ok(self.journal.append(lines, self.trail.durable_head())?)
    }

    /// Judges, applies and seals the commits of a batch.
    fn prepare(&self, commits: &[Commit], overlay: &mut Overlay<'_>) -> Result<(Vec<Verdict>, Vec<Line>), Fault> {
        self.vault.refuse_gone()?;
        let creations = commits.iter().flat_map(|commit| &commit.changes).filter(|change| change.base == 0).count();
        self.vault.fill(overlay.meta.next_slot, creations as u64)?;
        let (mut verdicts, mut lines) = (Vec::with_capacity(commits.len()), Vec::with_capacity(commits.len()));
        let mut places: HashMap<Ulid, usize> = HashMap::new();
        for commit in commits {
            let verdict = if let Some(&place) = places.get(&commit.id) {
                Verdict::New(place)
            } else if let Some(seq) = self.find_commit(commit.id)? {
                Verdict::Known(seq)
            } else {
                match self.line(commit, overlay)? {
                    Ok(line) => {
                        places.insert(commit.id, lines.len());
                        lines.push(line);
                        Verdict::New(lines.len() - 1)
                    }
                    Err(unfit) => Verdict::Unfit(unfit),
                }
            };
            verdicts.push(verdict);
        }
        Ok((verdicts, lines))
    }

    /// Makes the line of one commit and applies it to the overlay; an unfit one leaves no trace there.
    fn line(&self, commit: &Commit, overlay: &mut Overlay<'_>) -> Result<Result<Line, Unfit>, Fault> {
        if commit.changes.is_empty() {
            return Ok(Err(Unfit::Empty));
        }
        let mut revisions: BTreeMap<Subject, u32> = BTreeMap::new();
        for change in &commit.changes {
            overlay.holds(change.of)?;
            let now = overlay.held(change.of).map_or(0, |held| held.kept.record.revision);
            let revision = revisions.entry(change.of).or_insert(now);
            if change.base != *revision {
                return Ok(Err(Unfit::Stale { of: change.of, revision: now }));
            }
            *revision += 1;
        }
        let mut line = Line::of_commit(commit);
        let (mut sealed, mut weights) = (0, BTreeMap::new());
        for change in &commit.changes {
            if overlay.held(change.of).is_none() {
                let slot = overlay.meta.next_slot;
                overlay.begin(change.of, slot, live(self.vault.key(slot)?)?);
            }
            let Some(held) = overlay.held(change.of) else { continue };
            line.push(change, change.base + 1, held.slot, &held.key)?;
            sealed += line.parts.last().map_or(0, |part| part.seal.len());
            let weight =
                weights.entry(change.of).or_insert_with(|| weight(&held.kept.record) + 10 * held.kept.lines.len());
            *weight += change.edits.iter().filter_map(|edit| edit.now.as_ref()).map(value_weight).sum::<usize>();
            if sealed > MOST_LINE || *weight > MOST_RECORD {
                return Ok(Err(Unfit::TooLarge));
            }
        }
        commit.changes.iter().for_each(|change| overlay.apply(change));
        Ok(Ok(line))
    }

    /// Applies to the store what the journal has and it has not.
    pub(super) fn catch_up(&self, meta: &mut Meta) -> Result<(), Fault> {
        if self.journal.head() == meta.applied {
            return Ok(());
        }
        let (next_slot, store) = (meta.next_slot, self.store.get()?);
        // What the store itself says: a write that failed, or nobody waited for, may be in it all the same.
        *meta = store.meta()?.unwrap_or_else(Meta::new);
        // Slots that were tried have sealed something: whatever is met below, they are given to nobody else.
        meta.next_slot = meta.next_slot.max(next_slot);
        let from = meta.applied.seq.next();
        let mut overlay = Overlay::new(&store, &self.vault, meta.clone());
        read_ahead(&*self.journal, &self.vault, from, &mut |met| {
            let Met::Line { line, sha, parts, .. } = met else { return Ok(()) };
            overlay.replay(&line, sha, parts)?;
            if overlay.is_full() { overlay.turn_over() } else { Ok(()) }
        })?;
        blind::note(&self.store_dir(), &overlay.blind)?;
        *meta = overlay.write()?;
        Ok(())
    }

    /// Commits a great many: practice data, a migration. Batches of 2,048 share a sync; afterwards everything is synced.
    /// Returns how many commits were new or known.
    ///
    /// # Errors
    /// The first commit that is unfit, or the fault of its batch; the batches before are kept. The same commits may come
    /// again while they are remembered.
    pub fn bulk_load(
        &self,
        commits: &mut dyn Iterator<Item = Commit>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<u64, CommitError> {
        let done = {
            let mut meta = self.writer();
            let store = self.store.get().map_err(CommitError::Refused)?;
            self.catch_up(&mut meta).map_err(CommitError::Refused)?;
            store.begin_load(meta.clone()).map_err(CommitError::Refused)?;
            let loaded = std::thread::scope(|scope| self.load(scope, &store, commits, &mut meta, progress));
            // What was loaded before a failure is kept too.
            store.end_load().map_err(CommitError::Refused)?;
            loaded?
        };
        self.rest().map_err(CommitError::Refused)?;
        Ok(done)
    }

    /// While one batch goes into the store the next one goes into the journal, unless it builds on it.
    fn load<'scope, 'env: 'scope>(
        &'env self,
        scope: &'scope Scope<'scope, 'env>,
        store: &'env Store,
        commits: &mut dyn Iterator<Item = Commit>,
        meta: &mut Meta,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<u64, CommitError> {
        let (mut done, mut writing) = (0, None::<Writing<'_>>);
        loop {
            let batch: Vec<Commit> = commits.take(LOAD).collect();
            if let Some(before) = writing.take_if(|writing| batch.is_empty() || writing.touches(&batch)) {
                before.settle(meta);
                self.catch_up(meta).map_err(CommitError::Refused)?;
            }
            if batch.is_empty() {
                return Ok(done);
            }
            let (overlay, outcomes) = self.append_all(store, &batch, meta)?;
            let is_current = writing.take().is_none_or(|before| before.settle(meta));
            if let Some(mut overlay) = overlay.filter(|_| is_current) {
                overlay.meta.counts = meta.counts;
                let subjects = batch.iter().flat_map(|commit| &commit.changes).map(|change| change.of).collect();
                writing = Some(Writing { subjects, thread: scope.spawn(|| overlay.write()) });
            } else {
                self.catch_up(meta).map_err(CommitError::Refused)?;
            }
            if let Some(unfit) = outcomes.iter().find_map(|outcome| outcome.err()) {
                return Err(CommitError::Refused(faults::unfit(&unfit)));
            }
            done += batch.len() as u64;
            progress(Progress { step: Step::Load, done, total: 0 });
        }
    }
}

/// About how many bytes a record takes.
fn weight(record: &Record) -> usize {
    record.facts.values().map(value_weight).sum()
}

fn value_weight(value: &Value) -> usize {
    80 + match value {
        Value::Text(text) | Value::Code(text) => text.len(),
        Value::Codes(codes) => codes.iter().map(|code| code.len() + 1).sum(),
        Value::Date(dated) => dated.source.as_ref().map_or(0, String::len),
        Value::Time(_) | Value::Number(_) | Value::YesNo(_) | Value::Link(_) => 0,
    }
}
