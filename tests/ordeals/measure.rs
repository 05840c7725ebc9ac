//! How long an ordeal lasts and from which seed it starts, taken from the command line before the harness reads it.

use libtest_mimic::Trial;

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

    /// The seed asked for, else one for this run; whoever fails prints it.
    pub fn seed(self) -> u64 {
        self.seed.unwrap_or_else(|| {
            let mut bytes = [0; 8];
            getrandom::fill(&mut bytes).unwrap();
            u64::from_le_bytes(bytes)
        })
    }
}

/// One ordeal by name; what it panics with is its failure.
pub fn ordeal(name: &str, run: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        run();
        Ok(())
    })
}
