//! Domain: the words and the rules of the work. Pure: no I/O, no clock, no terminal.
//!
//! Everything that is kept is a [`record::Record`]: facts by slot, for one subject. A [`change::Change`] edits
//! slots and remembers what was there, so that merging, undoing, history and forms are one mechanism for every field.
//! [`case::Case`] reads a record as a person's way home; [`gate`] decides where it may go next.

pub mod access;
pub mod calendar;
pub mod case;
pub mod change;
pub mod check;
pub mod clean;
pub mod counts;
pub mod erasure;
pub mod field;
pub mod flags;
pub mod gate;
pub mod offer;
pub mod operator;
pub mod paper;
pub mod procedural;
pub mod query;
pub mod reason;
pub mod record;
pub mod refusal;
pub mod screening;
pub mod sheet;
pub mod status;
pub mod subject;
pub mod summary;
pub mod track;
pub mod triage;
pub mod value;
pub mod words;
