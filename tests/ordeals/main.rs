//! Ordeals: what must never lose anything is killed, cut, filled up, lied to and driven at random, for as long as one likes.
//!
//! `cargo test --test ordeals` runs each ordeal in its short form. For a night, name one and say how long:
//! `cargo test --release --test ordeals -- kill --rounds 500`, `-- simulation --steps 1000000`, `-- day --rounds 1000000`,
//! `-- fuzzing --rounds 100000`. `--seed` repeats what a failure printed.

#![allow(clippy::unwrap_used)] // tests only

mod anchors;
mod clock;
mod crowd;
mod cut;
mod daemons;
mod day;
mod dice;
mod disk;
#[path = "../fuzz/doors.rs"]
mod doors;
mod flip;
mod fuzzing;
mod kill;
mod line;
mod lost_key;
mod measure;
mod office;
mod place;
#[path = "../records_support/mod.rs"]
mod records_support;
#[path = "../../benches/relay/mod.rs"]
mod relay;
mod rotate;
mod rubble;
mod sessions;
mod simulation;
mod starts;

use libtest_mimic::{Arguments, Trial};
use measure::Measure;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(role) = std::env::var_os(measure::ROLE) {
        let role = role.to_string_lossy();
        return child(&role);
    }
    let (measure, rest) = Measure::taken_from(std::env::args());
    let arguments = Arguments::from_iter(rest);
    let trials = [
        kill::trials(measure),
        rotate::trials(measure),
        disk::trials(measure),
        cut::trials(measure),
        flip::trials(measure),
        anchors::trials(measure),
        rubble::trials(measure),
        lost_key::trials(measure),
        clock::trials(measure),
        place::trials(measure),
        simulation::trials(measure),
        fuzzing::trials(measure),
        day::trials(measure),
        starts::trials(measure),
        sessions::trials(measure),
        crowd::trials(measure),
        line::trials(measure),
    ];
    let trials: Vec<Trial> = trials.into_iter().flatten().collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    doors::swept();
    conclusion.exit_code()
}

/// The child of an ordeal, which its role names.
fn child(role: &str) -> ExitCode {
    if let Some(role) = role.strip_prefix("disk:") {
        disk::child(role)
    } else if let Some(dir) = role.strip_prefix(rotate::CHILD) {
        rotate::child(dir)
    } else if role.starts_with(day::CHILD) {
        day::child(role)
    } else {
        kill::child(role).expect("a role of one of the ordeals")
    }
}
