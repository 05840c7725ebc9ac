//! Exchange: files from elsewhere, read into the words of the desk, and files for elsewhere.
//!
//! Bytes in, typed rows out: no path is opened here, nothing is stored, and nothing decides about a person. What a sender
//! writes is kept as it was written beside what it was read as.

pub mod manifest;
pub mod print;
pub mod sheet;
