//! The index on its way: a desk of a million cases shows each operator's first page, as it was kept at the journal's last
//! line, while the rest of the index is read beside it. Whoever asks the index itself waits until it is there.
//!
//! A first page is what that operator's list showed, made by the very code that lists; it is used only where nothing was
//! recorded since, and who may find a case is asked again for every row.

use super::loading::{index_of, load_directory, load_seals};
use super::opening::no_thread;
use super::seals::Seals;
use super::seat::{Listing, RowId, Seat};
use super::ties::Ties;
use super::{Desk, Inner, Order, Rows, bearing};
use crate::domain::query::Query;
use crate::domain::refusal::Fault;
use crate::domain::subject::Kind;
use crate::domain::summary::{Signs, Summary};
use crate::records::front::{FIRST, FirstPage, Front, MOST_FIRSTS};
use crate::records::index::Index;
use crate::records::trail::Act as Looked;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

/// Cases from which on the index is not waited for: fewer are read in a moment.
const WORTH_A_FRONT: u32 = if cfg!(test) { 1 } else { 50_000 };
/// Before an index that could not be read is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// The front until the index is there.
#[derive(Default)]
pub(super) struct Arriving(RwLock<Option<Arc<Front>>>);

impl Arriving {
    pub(super) fn new(front: Option<Front>) -> Self {
        Self(RwLock::new(front.map(Arc::new)))
    }

    fn front(&self) -> Option<Arc<Front>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn has_arrived(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// The front of a desk so large that its index is not waited for.
pub(super) fn worth(front: Front) -> Option<Front> {
    front.most().filter(|most| *most >= WORTH_A_FRONT).map(|_| front)
}

/// An index being read; it is waited for when it goes.
pub(super) struct Reading {
    going_on: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Reading {
    /// Begins to read the rest of the index. When this returns nobody gets at the index before it is there.
    pub(super) fn begin(inner: &Arc<Inner>) -> Result<Self, Fault> {
        let (going_on, stopped) = channel();
        let (begun, has_begun) = channel();
        let inner = Arc::clone(inner);
        let work = move || {
            let mut index = inner.index.write().unwrap_or_else(PoisonError::into_inner);
            // Whoever opens the desk waits for this word.
            _ = begun.send(());
            let Some((whole, seals, ties)) = read(&inner, &stopped) else { return };
            *index = whole;
            *inner.ties.write().unwrap_or_else(PoisonError::into_inner) = ties;
            *inner.seals.write().unwrap_or_else(PoisonError::into_inner) = seals;
            inner.arriving.has_arrived();
        };
        let thread = bearing::spawn("index", work).map_err(no_thread)?;
        // A thread that is gone at once has left the lock as well.
        _ = has_begun.recv();
        Ok(Self { going_on: Some(going_on), thread: Some(thread) })
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        drop(self.going_on.take());
        if let Some(thread) = self.thread.take() {
            // It does not panic: the process would have ended.
            _ = thread.join();
        }
    }
}

/// The index, the seals and what other offices know of, whatever it takes; `None` when the desk closes before.
fn read(inner: &Inner, stopped: &Receiver<()>) -> Option<(Index, Seals, Ties)> {
    loop {
        match once(inner) {
            Ok(read) => return Some(read),
            Err(fault) => inner.has_met(&fault),
        }
        // What cannot be mended now is tried again, and the screen goes on saying that it waits.
        _ = inner.records.mend_store(&mut |_| {});
        if stopped.recv_timeout(AGAIN) == Err(RecvTimeoutError::Disconnected) {
            return None;
        }
    }
}

fn once(inner: &Inner) -> Result<(Index, Seals, Ties), Fault> {
    let index = match inner.records.load_snapshot() {
        Some((_, index)) => index,
        None => index_of(&inner.records, &load_directory(&inner.records)?)?,
    };
    let (seals, ties) = (load_seals(&inner.records, &index)?, Ties::load(&inner.records, &index)?);
    Ok((index, seals, ties))
}

impl Seat {
    /// Whether the index is still being read: lists begin, everything else waits.
    pub fn is_arriving(&self) -> bool {
        self.inner().arriving.front().is_some()
    }

    /// The rows of a query as [`Seat::list`] gives them; of everybody, until the index is there, only how the list begins.
    pub fn list_at_once(&self, query: &Query, order: Order) -> Listing {
        let Some(begun) = self.early_list(query, order) else { return self.list(query, order) };
        self.look(Looked::List, Vec::new(), begun.total);
        begun
    }

    /// How this operator's list begins, until the index is there; `None` when it has to be asked.
    fn early_list(&self, query: &Query, order: Order) -> Option<Listing> {
        let front = self.inner().arriving.front().filter(|_| query.is_everything() && order == Order::Urgency)?;
        let page = front.first_page(self.author.operator)?;
        let found = |row: &RowId| self.early_summary(*row).is_some();
        let rows = Rows::of(page.rows.iter().copied().filter(found).collect());
        Some(Listing { rows, total: page.total as usize, apart: page.apart as usize, erased: 0 })
    }

    /// The digest of a row of the front, if this operator may find it.
    pub(super) fn early_summary(&self, row: RowId) -> Option<Summary> {
        self.inner().arriving.front()?.summary(row).filter(|summary| self.finds(summary))
    }

    /// How this operator's list begins now. Who is sealed is left out: their names are not among what is read first.
    fn first_page(&self) -> FirstPage {
        let everybody = Query::default();
        let rows = self.asking(&everybody, Order::Urgency, |index, ask| {
            let is_open = |row: &RowId| !index.seen(*row).signs().has(Signs::SEALED);
            index.first(ask, FIRST).into_iter().filter(is_open).collect()
        });
        let (total, apart) = (self.count(&everybody) as u32, self.handled_apart(&everybody) as u32);
        FirstPage { operator: self.author.operator, rows, total, apart }
    }
}

impl Desk {
    /// How the list of everybody who works here begins.
    pub(super) fn first_pages(&self) -> Vec<FirstPage> {
        let operators: Vec<_> = {
            let directory = self.inner.directory.read().unwrap_or_else(PoisonError::into_inner);
            directory.all(Kind::Operator).map(|operator| operator.of.id).collect()
        };
        let seats = operators.into_iter().filter_map(|operator| self.enter_as(operator).ok());
        let working = seats.filter(|seat| seat.role_without_cases().is_none());
        working.take(MOST_FIRSTS).map(|seat| seat.first_page()).collect()
    }
}

#[cfg(test)]
#[path = "arriving_tests.rs"]
mod tests;
