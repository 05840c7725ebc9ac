//! The desk over real records in a temporary folder, with a clock that tests move: what it lets happen, and what never.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod aborts;
mod access;
mod bands;
mod between;
#[path = "../records_support/dying.rs"]
mod dying;
mod erasing;
mod hall;
mod keyless;
mod moves;
mod reasons;
mod staff;
mod starts;
mod tables;
mod undoing;
mod writes;
