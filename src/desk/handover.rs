//! The end of a shift: who is open and red, what is owed and due, whom the leaving operator has claimed, what waits between
//! offices; and handing the claims to a colleague in one commit. Sealed people are a number.

use super::Order;
use super::ask::{Ask, Proposal};
use super::inbox::Inbox;
use super::seat::{RowId, Seat};
use super::today::TodayRow;
use crate::domain::change::{Change, Verb};
use crate::domain::field::Field;
use crate::domain::refusal::Refusal;
use crate::domain::subject::Subject;
use crate::domain::summary::{Signs, Summary};
use crate::domain::value::{Timed, Value};
use chrono::{DateTime, Utc};

/// People of one part that the sheet names at most; of more it says how many.
pub const MOST_NAMED: usize = 200;
/// People red and open.
const REDS: &str = "tingkat:1 -status:tutup";
/// People whom the reader has claimed.
const MINE: &str = "petugas:me -status:tutup";

/// Some people of the sheet.
#[derive(Clone, Debug, Default)]
pub struct Handed {
    pub people: Vec<Summary>,
    /// How many more there are.
    pub more: usize,
    /// How many of them are sealed: a number, never a name.
    pub sealed: usize,
}

/// What is handed to the next shift.
#[derive(Clone, Debug)]
pub struct Handover {
    pub at: DateTime<Utc>,
    pub who: String,
    pub office: String,
    pub reds: Handed,
    /// Everybody with something overdue or due within a day, most overdue first; sealed people are not among them.
    pub due: Vec<(TodayRow, Summary)>,
    /// How many more there are.
    pub due_more: usize,
    /// How many of those who are due are sealed.
    pub due_sealed: usize,
    pub claimed: Handed,
    pub inbox: Inbox,
    /// Sealed people of this office whom others handle.
    pub apart: usize,
}

impl Seat {
    /// The sheet of now. Its parts are looks like any other list, noted with their counts.
    pub fn handover(&self) -> Handover {
        let now = self.inner().now();
        let list = self.today(now);
        let all = self.today_rows(&list, 0, MOST_NAMED);
        let known: Vec<(TodayRow, Summary)> =
            all.into_iter().filter_map(|line| self.summary(line.row).map(|summary| (line, summary))).collect();
        let named = known.len();
        let due: Vec<_> = known.into_iter().filter(|(_, one)| !one.signs.has(Signs::SEALED)).collect();
        let (reds, apart) = self.handed(REDS);
        let (claimed, _) = self.handed(MINE);
        Handover {
            at: now,
            who: self.operator_name(self.operator().id),
            office: self.directory().name_of(self.office()),
            due_sealed: named - due.len(),
            due_more: list.len().saturating_sub(named),
            due,
            reds,
            claimed,
            inbox: self.inbox(),
            apart,
        }
    }

    /// The people of a query, and how many of the office stand behind a seal that shuts this operator out.
    fn handed(&self, query: &str) -> (Handed, usize) {
        let Ok(query) = self.read_query(query) else { return Default::default() };
        let listing = self.list(&query, Order::Urgency);
        let rows = listing.rows.page(0, listing.rows.len().min(MOST_NAMED * 4));
        let (sealed, mut people): (Vec<Summary>, Vec<Summary>) =
            rows.into_iter().filter_map(|row| self.summary(row)).partition(|one| one.signs.has(Signs::SEALED));
        let more = listing.rows.len().saturating_sub(sealed.len() + people.len().min(MOST_NAMED));
        people.truncate(MOST_NAMED);
        (Handed { people, more, sealed: sealed.len() }, self.apart())
    }

    /// The proposal that gives every claim of this operator to a colleague, in one commit that can be taken back. Sealed
    /// people are handed one by one, by whoever is named.
    ///
    /// # Errors
    /// Nobody is claimed, or a record cannot be read. That the colleague works here, the writer judges.
    pub fn hand_claims(&self, colleague: Subject) -> Result<Proposal, Refusal> {
        let listing = self.list(&self.read_query(MINE).unwrap_or_default(), Order::Urgency);
        let rows: Vec<RowId> = listing.rows.page(0, listing.rows.len());
        let open = |row: &RowId| self.summary(*row).filter(|one| !one.signs.has(Signs::SEALED));
        let mut asks = Vec::new();
        for summary in rows.iter().filter_map(open) {
            let record = self.whole(Subject::case(summary.id))?;
            let mut change = Change::on(&record, Verb::Claim, Timed::certain(self.inner().now()));
            change.set(&record, Field::Officer, Some(Value::Link(colleague)));
            asks.push(Ask::Edit(change));
        }
        if asks.is_empty() {
            return Err(Refusal::new("refused-nobody-claimed"));
        }
        Ok(Proposal { id: self.new_id(), asks, undoes: None })
    }
}
