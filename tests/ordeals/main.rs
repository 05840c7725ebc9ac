//! Ordeals: what must never lose anything is killed, cut, filled up, lied to and driven at random, for as long as one likes.
//!
//! `cargo test --test ordeals` runs each ordeal in its short form. For a night, name one and say how long:
//! `cargo test --release --test ordeals -- kill --rounds 500`, `-- simulation --steps 1000000`, `-- day --rounds 1000000`,
//! `-- fuzzing --rounds 100000`. `--seed` repeats what a failure printed.

#![allow(clippy::unwrap_used)] // tests only

mod day;
mod dice;
#[path = "../fuzz/doors.rs"]
mod doors;
mod fuzzing;
mod kill;
mod measure;
#[path = "../records_support/mod.rs"]
mod records_support;
mod simulation;

use libtest_mimic::{Arguments, Trial};
use measure::Measure;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(role) = std::env::var_os(measure::ROLE) {
        let role = role.to_string_lossy();
        return if role.starts_with(day::CHILD) { day::child(&role) } else { kill::child(&role) };
    }
    let (measure, rest) = Measure::taken_from(std::env::args());
    let arguments = Arguments::from_iter(rest);
    let trials: Vec<Trial> =
        [kill::trials(measure), simulation::trials(measure), fuzzing::trials(measure), day::trials(measure)]
            .into_iter()
            .flatten()
            .collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}
