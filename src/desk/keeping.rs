//! What a seat keeps that is not a commit: drafts of forms, sealed for their operator.

use super::seat::Seat;
use crate::domain::refusal::Fault;
use crate::records::{Draft, DraftHead};
use chrono::{DateTime, Utc};
use ulid::Ulid;

impl Seat {
    /// Keeps what is half typed; on the disk when this returns.
    ///
    /// # Errors
    /// Any fault of the disk.
    pub fn save_draft(&self, id: Ulid, bytes: &[u8]) -> Result<(), Fault> {
        let head = DraftHead { id, at: self.inner().now(), form: String::new() };
        let draft = Draft { head, content: bytes.to_vec().into() };
        let drafts = self.inner().records.drafts();
        // Before anybody can find it: a screen that begins meanwhile is not offered what is open here.
        self.hold_draft(id);
        drafts.save(self.author.operator, &draft)?;
        // A screen that has not heard yet may still keep what is about somebody who was erased.
        let erased = self.inner().erasures().subjects();
        if !erased.is_empty() {
            drafts.drop_about(&erased)?;
        }
        Ok(())
    }

    /// The drafts of this operator, newest first, with when they were kept.
    pub fn drafts(&self) -> Vec<(Ulid, DateTime<Utc>, Vec<u8>)> {
        let drafts = self.inner().records.drafts();
        let mut heads = drafts.list(self.author.operator).unwrap_or_default();
        heads.sort_by_key(|head| std::cmp::Reverse(head.at));
        let load = |head: DraftHead| Some((head.id, head.at, self.load_draft(head.id)?));
        heads.into_iter().filter_map(load).collect()
    }

    /// Drafts of this operator that are there and cannot be read; nobody drops them.
    pub fn unreadable_drafts(&self) -> Vec<Ulid> {
        self.inner().records.drafts().unreadable(self.author.operator)
    }

    pub fn load_draft(&self, id: Ulid) -> Option<Vec<u8>> {
        self.kept_draft(id).ok().flatten()
    }

    /// What is kept of a form; `None` where nothing is.
    ///
    /// # Errors
    /// Any fault of the disk: then nobody knows.
    pub fn kept_draft(&self, id: Ulid) -> Result<Option<Vec<u8>>, Fault> {
        let draft = self.inner().records.drafts().load(self.author.operator, id)?;
        Ok(draft.map(|draft| draft.content.to_vec()))
    }

    /// Forgets a draft whose form was saved or thrown away.
    ///
    /// # Errors
    /// Any fault of the disk: then it is still there.
    pub fn drop_draft(&self, id: Ulid) -> Result<(), Fault> {
        self.inner().records.drafts().drop(self.author.operator, id)
    }
}
