//! (to be written)

pub mod index;
pub mod snapshot;
