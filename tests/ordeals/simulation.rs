//! Simulation: one process, one seed, a real desk with several sessions, random keys and proposals, a disk that fails and
//! clears up, restarts and kills, a clock that jumps. After every step the invariants hold; whoever fails prints the seed
//! and the step, and the same seed takes the same course again.
//!
//! Nothing real decides anything: the desk's writer is waited for after every step, time is the simulation's own, the
//! disk fails by what is written and not by when. Ids and keys differ from run to run, the course does not.

mod asks;
mod holds;
mod keys;
mod people;
mod sealed;
mod session;
mod truth;
mod weather;
mod world;

use crate::dice::Dice;
use crate::measure::{Measure, ordeal};
use libtest_mimic::Trial;
use std::time::Instant;
pub use world::World;

/// Steps from one look at the counts to the next.
const COUNTS: u64 = 199;
/// Steps from one restart to the next, about.
const LIFE: usize = 1_500;
/// Invented people that a world begins with.
const PEOPLE: u32 = 70;

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    vec![
        ordeal("simulation", move || {
            course(measure.steps_or(1_500), measure.seed());
        }),
        ordeal("replay: the same seed takes the same course", move || {
            let (steps, seed) = (measure.steps_or(400).min(20_000), measure.seed());
            assert_eq!(course(steps, seed), course(steps, seed), "seed {seed} took two courses in {steps} steps");
        }),
    ]
}

/// Says where it happened when a step fails.
struct Place {
    seed: u64,
    step: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("simulation: failed at step {} of --seed {}", self.step, self.seed);
        }
    }
}

/// Takes so many steps and gives the digest of everything that was on the screens.
fn course(steps: u64, seed: u64) -> u64 {
    println!("simulation: --steps {steps} --seed {seed}");
    let (since, mut dice, mut place) = (Instant::now(), Dice::new(seed), Place { seed, step: 0 });
    let mut digest = 0_u64;
    let mut world = World::new(&mut dice, PEOPLE);
    while place.step < steps {
        place.step += 1;
        world.step(&mut dice);
        if place.step.is_multiple_of(COUNTS) {
            world.counts(&mut dice);
        }
        if dice.one_in(LIFE) {
            let is_killed = dice.one_in(2);
            world.restarts(&mut dice, is_killed);
        }
        if place.step.is_multiple_of(10_000) {
            println!("step {} after {:.0?}: {}", place.step, since.elapsed(), world.tale());
        }
        if world.is_full() {
            world.restarts(&mut dice, false);
            digest = digest.rotate_left(1) ^ world.digest();
            world = World::new(&mut dice, PEOPLE);
        }
    }
    world.restarts(&mut dice, false);
    digest = digest.rotate_left(1) ^ world.digest();
    println!("simulation: {steps} steps, seed {seed}, course {digest:016x}, {:.1?}; {}", since.elapsed(), world.tale());
    digest
}
