//! The front: the cases with which each operator's list began when the index was kept, so that a desk of a million shows its
//! first screen before it has read the rest. Whose list it is and what may stand in it is the desk's to say; here it is only
//! kept, and found again.

use super::index::packed::{Bytes, put_ids, put_page, put_rows};
use super::index::{Bulk, Rows};
use super::snapshot::assembled;
use crate::domain::summary::Summary;
use ulid::Ulid;

/// Rows of a first page at most.
pub const FIRST: usize = 128;
/// First pages of a front at most: with their cases they fit into a chunk of a snapshot.
pub const MOST_FIRSTS: usize = 64;

/// How the list of one operator began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstPage {
    pub operator: Ulid,
    /// Rows of the whole index, most urgent first, at most [`FIRST`].
    pub rows: Vec<u32>,
    /// Cases of the whole list.
    pub total: u32,
    /// Cases that were counted beside it and not named.
    pub apart: u32,
}

/// First pages with their cases.
pub struct Front {
    pages: Vec<FirstPage>,
    /// The rows of the cases in `cases`, in order.
    rows: Vec<u32>,
    cases: Rows,
}

impl Front {
    /// The front of these first pages, cut to what it may hold.
    pub(super) fn of_pages(pages: &[FirstPage], whole: &Rows) -> Self {
        let cut = |page: &FirstPage| FirstPage {
            rows: page.rows.iter().copied().filter(|row| whole.summary(*row).is_some()).take(FIRST).collect(),
            ..page.clone()
        };
        let pages: Vec<FirstPage> = pages.iter().take(MOST_FIRSTS).map(cut).collect();
        let mut rows: Vec<u32> = pages.iter().flat_map(|page| page.rows.iter().copied()).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut cases = Bulk::default();
        rows.iter().filter_map(|row| whole.summary(*row)).for_each(|case| cases.push(&case));
        Self { pages, rows, cases: cases.finish().still().rows }
    }

    /// How an operator's list began; `None` for one who was not known then.
    pub fn first_page(&self, operator: Ulid) -> Option<&FirstPage> {
        self.pages.iter().find(|page| page.operator == operator)
    }

    /// Cases of the longest list; `None` without any.
    pub fn most(&self) -> Option<u32> {
        self.pages.iter().map(|page| page.total).max()
    }

    /// The case in a row of the whole index, if it is on somebody's first page.
    pub fn summary(&self, row: u32) -> Option<Summary> {
        self.cases.summary(self.rows.binary_search(&row).ok()? as u32)
    }

    pub(super) fn put(&self, out: &mut Vec<u8>) {
        put_ids(out, self.cases.registers().movements.ids());
        put_ids(out, self.cases.registers().offices.ids());
        out.push(self.cases.pages().len() as u8);
        self.cases.pages().iter().for_each(|page| put_page(out, page));
        put_rows(out, &self.rows);
        out.push(self.pages.len() as u8);
        for page in &self.pages {
            out.extend(page.operator.0.to_le_bytes());
            [page.total, page.apart].into_iter().for_each(|count| out.extend(count.to_le_bytes()));
            put_rows(out, &page.rows);
        }
    }

    /// Reads what [`Front::put`] wrote; `None` for anything else.
    pub(super) fn read(bytes: &mut Bytes<'_>) -> Option<Self> {
        let (movements, offices) = (bytes.ids()?, bytes.ids()?);
        let pages = (0..bytes.u8()?).map(|_| bytes.page()).collect::<Option<Vec<_>>>()?;
        let cases = assembled(movements, offices, pages)?;
        let rows = bytes.rows().filter(|rows| rows.len() == cases.len() && rows.is_sorted_by(|a, b| a < b))?;
        let pages = (0..bytes.u8()?).map(|_| first_page(bytes, &rows)).collect::<Option<_>>()?;
        bytes.0.is_empty().then_some(Self { pages, rows, cases })
    }
}

fn first_page(bytes: &mut Bytes<'_>, known: &[u32]) -> Option<FirstPage> {
    let operator = Ulid(u128::from(bytes.u64()?) | u128::from(bytes.u64()?) << 64);
    let (total, apart) = (bytes.u32()?, bytes.u32()?);
    let rows = bytes.rows().filter(|rows| rows.iter().all(|row| known.binary_search(row).is_ok()))?;
    Some(FirstPage { operator, rows, total, apart })
}
