//! Fresh ids, each greater than the one before: what was added first stands first, also within one millisecond, where ids
//! made by the clock alone would stand in any order. Nothing else may be made here.

use std::sync::{Mutex, PoisonError};
use ulid::{Generator, Ulid};

static LAST: Mutex<Generator> = Mutex::new(Generator::new());

/// An id greater than every other of this process, whichever thread asks and whatever the clock of the machine does.
pub(super) fn fresh() -> Ulid {
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    // Only after 2^80 ids of one millisecond is there no greater one.
    last.generate().unwrap_or_else(|_| Ulid::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_greater_than_the_one_before() {
        let ids: Vec<Ulid> = (0..10_000).map(|_| fresh()).collect();
        assert!(ids.is_sorted_by(|one, next| one < next));
    }
}
