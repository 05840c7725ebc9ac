//! Backups with the real binary and with the records alone: made while somebody writes, interrupted, on a full disk, damaged,
//! and restored to what the desk was. All people are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod commands;
mod damage;
mod making;
mod moments;
#[path = "../records_support/mod.rs"]
mod records_support;
mod restoring;
mod scene;
