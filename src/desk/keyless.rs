//! Keys that are gone: how many are looked for behind an open desk, and whose they are is told by number. What is missing is
//! the records' to say.

use super::health::Alarm;
use super::{Desk, Inner};
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use crate::domain::summary::Signs;
use crate::records::Records;
use crate::records::index::Index;
use std::collections::BTreeSet;
use std::sync::PoisonError;

/// Refuses a desk of which nobody who works there can be read: whoever came would be told that they are strangers.
///
/// # Errors
/// `K04`.
pub(super) fn refuse_unmanned(records: &Records, operators: usize) -> Result<(), Fault> {
    if operators == 0 && records.count(Kind::Operator)? > 0 {
        return Err(Fault::new("K04", "fault-key-slots", "the keys of everybody who works here are missing"));
    }
    Ok(())
}

/// Cases as a person names them: by number, as far as index or snapshot know it; a sealed one stays without.
pub(super) fn named(inner: &Inner, all: &[Subject]) -> Vec<String> {
    let number = |index: &Index, of: &Subject| {
        let is_told = of.kind == Kind::Case;
        let summary = index.get(of.id).filter(|summary| is_told && !summary.signs.has(Signs::SEALED))?;
        Some(summary.number.to_string())
    };
    let known: Vec<Option<String>> = {
        let index = inner.index.read().unwrap_or_else(PoisonError::into_inner);
        all.iter().map(|of| number(&index, of)).collect()
    };
    // An index that was made without them knows nothing of them, and the snapshot of before may.
    let is_asked = known.iter().any(Option::is_none);
    let kept = if is_asked { inner.records.load_snapshot() } else { None };
    let told = |(known, of): (Option<String>, &Subject)| {
        known.or_else(|| number(&kept.as_ref()?.1, of)).unwrap_or_else(|| of.to_string())
    };
    known.into_iter().zip(all).map(told).collect()
}

impl Desk {
    /// Subjects by the numbers of their cases where these are known.
    pub fn named(&self, all: &[Subject]) -> Vec<String> {
        named(&self.inner, all)
    }
}

impl Inner {
    /// Looks for keys that are gone, and tells every session.
    ///
    /// # Errors
    /// What `go_on` says, or any error of the disk.
    pub(super) fn look_for_keys(&self, go_on: &mut dyn FnMut() -> Result<(), Fault>) -> Result<(), Fault> {
        let (count, _) = self.records.keyless(go_on)?;
        if count > 0 {
            self.alarmed(|alarms| alarms.push(Alarm::KeysGone(count)));
        }
        Ok(())
    }

    /// How many cases of the index have lost their key.
    ///
    /// # Errors
    /// Any error of the disk.
    pub(super) fn keyless_in(&self, index: &Index) -> Result<usize, Fault> {
        let (_, whose) = self.records.keyless(&mut || Ok(()))?;
        let cases: BTreeSet<_> = whose.into_iter().filter(|of| of.kind == Kind::Case).map(|of| of.id).collect();
        Ok(cases.into_iter().filter(|id| index.get(*id).is_some()).count())
    }
}
