//! App: the state of one session and its update. Keys in, effects on the desk; no terminal, no cells.

pub mod key;
