//! A disk that lies, fills up and fails, below everything that the desk keeps, the store's own files among it.
//!
//! The children of these ordeals run on a layer below the C library (`layer.c`); this file only says which there are.

mod cuts;
mod desks;
mod faults;
mod image;
mod imports;
mod layer;
mod recording;

use crate::measure::{Measure, ordeal};
use image::Order;
use libtest_mimic::Trial;
use std::process::ExitCode;

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    let (rounds, seed) = (measure.rounds_or(12), measure.seed());
    vec![
        ordeal("disk_cut_strict", move || cuts::power_cuts(Order::Strict, rounds, seed)),
        ordeal("disk_cut_random", move || cuts::power_cuts(Order::Random, rounds, seed)),
        ordeal("disk_faults_of_records", move || faults::run("records", measure.rounds_or(10), seed)),
        ordeal("disk_faults_of_imports", move || imports::on_a_failing_disk(measure.rounds_or(5), seed)),
        ordeal("disk_faults_of_a_desk", move || faults::run("desk", measure.rounds_or(6), seed)),
    ]
}

/// A child of the ordeals above: a role and a folder.
pub fn child(role: &str) -> ExitCode {
    let (role, dir) = role.split_once(':').unwrap();
    match role {
        "cut" => cuts::child(dir.as_ref()),
        "records" => faults::child_with_records(dir.as_ref()),
        "desk" => desks::child(dir.as_ref()),
        other => panic!("no role {other}"),
    }
    ExitCode::SUCCESS
}

/// A folder in memory where there is one: what is tried here is what was written, not how fast.
fn quick_folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// The uid of the one who starts a desk here.
const UID: u32 = 4711;

/// A desk in a folder, opened as by its first supervisor.
fn open_desk(dir: &std::path::Path) -> pulang::desk::Desk {
    use pulang::desk::{Desk, DeskOptions, First};
    let options = DeskOptions {
        dir: dir.to_owned(),
        key: None,
        clock: std::sync::Arc::new(crate::records_support::moment),
        is_practice: false,
        first: First { uid: UID, name: "rina".into(), office: "Meja".into(), zone: "WIB" },
    };
    Desk::open(options, &mut |_| ()).unwrap().0
}
