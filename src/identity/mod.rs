//! Identity: what numbers, documents, phones, names and places say about a person.
//!
//! Pure functions and tables; imports nothing of this crate.

pub mod country;
pub mod mrz;
pub mod name;
pub mod nik;
pub mod passport;
pub mod phone;
pub mod region;
