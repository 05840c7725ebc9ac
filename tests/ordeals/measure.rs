//! How long an ordeal lasts and from which seed it starts, taken from the command line before the harness reads it.

use libtest_mimic::Trial;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The variable that makes this program the child of an ordeal: its value says which.
pub const ROLE: &str = "PULANG_ORDEAL";

/// What was asked for; an ordeal has a short form of its own where nothing was.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measure {
    rounds: Option<u64>,
    steps: Option<u64>,
    seed: Option<u64>,
}

impl Measure {
    /// Takes `--rounds N`, `--steps N` and `--seed N` out of the arguments and gives back the rest.
    pub fn taken_from(arguments: impl Iterator<Item = String>) -> (Self, Vec<String>) {
        let (mut measure, mut rest) = (Self::default(), Vec::new());
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let place = match argument.as_str() {
                "--rounds" => &mut measure.rounds,
                "--steps" => &mut measure.steps,
                "--seed" => &mut measure.seed,
                _ => {
                    rest.push(argument);
                    continue;
                }
            };
            let number = arguments.next().and_then(|number| number.replace('_', "").parse().ok());
            *place = Some(number.unwrap_or_else(|| panic!("{argument} wants a number")));
        }
        (measure, rest)
    }

    /// The rounds asked for, else those of the short form.
    pub fn rounds_or(self, short: u64) -> u64 {
        self.rounds.unwrap_or(short)
    }

    /// The steps asked for, else those of the short form.
    pub fn steps_or(self, short: u64) -> u64 {
        self.steps.unwrap_or(short)
    }

    /// The seed asked for, else one for this run, which whoever fails prints; the short form is always the same.
    pub fn seed(self) -> u64 {
        const SHORT: u64 = 20_261_123;
        self.seed.unwrap_or_else(|| {
            if self.rounds.is_none() && self.steps.is_none() {
                return SHORT;
            }
            let mut bytes = [0; 8];
            getrandom::fill(&mut bytes).unwrap();
            u64::from_le_bytes(bytes)
        })
    }
}

/// A row of numbers that a seed decides (xorshift64).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    pub const fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub const fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `most`; zero when that is zero.
    pub const fn below(&mut self, most: u64) -> u64 {
        if most == 0 { 0 } else { self.next() % most }
    }
}

/// Runs something for each of many cases, four at a time (most of it waits for a disk), and tells afterwards of all that
/// failed, twenty at most.
pub fn each_of<T: std::fmt::Debug + Sync>(cases: &[T], run: impl Fn(&T) + Sync) {
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| run(case))) {
                let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
                failures.lock().unwrap().push(format!("{case:?}: {}", said.unwrap_or("panicked")));
            }
        }
    };
    std::thread::scope(|scope| (0..4).for_each(|_| _ = scope.spawn(work)));
    let mut failures = failures.into_inner().unwrap();
    let count = failures.len();
    failures.truncate(20);
    assert!(failures.is_empty(), "{count} of {} failed:\n{}", cases.len(), failures.join("\n"));
}

/// One ordeal by name; what it panics with is its failure.
pub fn ordeal(name: &str, run: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        run();
        Ok(())
    })
}
