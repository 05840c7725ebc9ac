//! x
use std::path::Path;
pub fn of_records(_: u64, _: u64) {}
pub fn of_a_desk(_: u64, _: u64) {}
pub fn child_with_records(_: &Path) {}
pub fn child_with_a_desk(_: &Path) {}
