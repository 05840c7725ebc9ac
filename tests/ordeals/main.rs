//! Ordeals: what must never lose anything is killed, cut, filled up, lied to and driven at random, for as long as one likes.
//!
//! `cargo test --test ordeals` runs each ordeal in its short form. For a night, name one and say how long:
//! `cargo test --release --test ordeals -- kill --rounds 500`. `--seed` repeats what a failure printed.

#![allow(clippy::unwrap_used)] // tests only

mod clock;
mod cut;
mod disk;
mod flip;
mod kill;
mod lost_key;
mod measure;
mod office;
mod place;
#[path = "../records_support/mod.rs"]
mod records_support;
mod rotate;
mod rubble;

use libtest_mimic::{Arguments, Trial};
use measure::Measure;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(role) = std::env::var_os(measure::ROLE) {
        let role = role.to_string_lossy();
        if let Some(role) = role.strip_prefix("disk:") {
            return disk::child(role);
        }
        return match role.strip_prefix(rotate::CHILD) {
            Some(dir) => rotate::child(dir),
            None => kill::child(&role).expect("a role of one of the ordeals"),
        };
    }
    let (measure, rest) = Measure::taken_from(std::env::args());
    let arguments = Arguments::from_iter(rest);
    let trials = [
        kill::trials(measure),
        rotate::trials(measure),
        disk::trials(measure),
        cut::trials(measure),
        flip::trials(measure),
        rubble::trials(measure),
        lost_key::trials(measure),
        clock::trials(measure),
        place::trials(measure),
    ];
    let trials: Vec<Trial> = trials.into_iter().flatten().collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}
