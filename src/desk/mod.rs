//! (to be written)

pub mod duplicates;
