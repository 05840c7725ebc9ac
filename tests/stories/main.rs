//! Stories: what an operator does at the desk, in keystrokes, over a real desk in a temporary directory.
//!
//! A story reads as a script: `story(80, 24).keys("n<Tab>SITI<C-s>").sees("Tersimpan")`. Everything below the keys is the
//! program itself: app, desk, journal, store. Only the clock and the terminal are the test's. All people are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod harness;
mod keys;
#[path = "../records_support/mod.rs"]
mod records_support;

mod arriving;
mod auditing;
mod between;
mod bytes;
mod closing;
mod coming_back;
mod company;
mod comparing;
mod counting;
mod damage;
mod editing;
mod empty_desk;
mod erasing;
mod faces;
mod failing_disk;
mod finding;
mod forgiving;
mod handing;
mod intake;
mod keeping;
mod list;
mod locking;
mod manifest;
mod more;
mod moving;
mod moving_many;
mod office;
mod one_case;
mod pages;
mod papers;
mod parting;
mod reasons;
mod referring;
mod returning;
mod rules;
mod scans;
mod screens;
mod staff;
