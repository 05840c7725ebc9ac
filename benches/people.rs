//! Invented people for benches and tests: the same number is always the same person.
//!
//! NIK serials 9001 to 9999, phones on the unallocated prefix 084, documents beginning with Z; names are made of common
//! given and family names, with about the repetition that real lists have.

#![allow(clippy::unwrap_used)]

use chrono::{DateTime, Duration, NaiveDate};
use pulang::domain::status::Status;
use pulang::domain::subject::Number;
use pulang::domain::summary::{Sex, Signs, Summary, Tier};
use pulang::domain::value::Precision;
use ulid::Ulid;

/// A small stream of numbers (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    /// Small numbers are commoner, as with names and regions.
    fn skewed(&mut self, sides: u64) -> usize {
        (self.roll(sides) * self.roll(sides) / sides) as usize
    }
}

const FIRST: &[&str] = &[
    "MUHAMMAD", "SITI", "SRI", "NUR", "DEWI", "AGUS", "AHMAD", "DWI", "RIZKI", "ANDI", "BUDI", "RINA", "JOKO",
    "TAUFIK", "FERDI", "YUNI", "MEGA", "HENDRA", "REZA", "MAYA", "STEVEN", "REFLY", "ARIF", "DIMAS", "LINA", "WAHYU",
    "EKO", "FITRI", "INDAH", "YOHANES", "MARIA", "KETUT", "MADE", "WAYAN", "BAYU", "TRI", "RATNA", "SARI", "PUTRI",
    "GILANG",
];
const SYLLABLES: &[&str] = &[
    "WU", "LAN", "DA", "RI", "SA", "PU", "TRA", "SI", "TO", "RUS", "HAR", "JA", "KU", "SU", "MO", "NO", "PRA", "TA",
    "MA", "NU", "RUNG", "LU", "BIS", "GAN", "HI", "DA", "YAT", "FIR", "MAN", "SYAH", "NAS", "TI", "ON", "BA", "TU",
    "RA",
];

/// A name of one to three words; the last is made of syllables, so that there are some forty thousand of them.
pub fn name(dice: &mut Dice) -> String {
    let syllable = |dice: &mut Dice| SYLLABLES[dice.skewed(SYLLABLES.len() as u64)];
    let last = [syllable(dice), syllable(dice), syllable(dice)].concat();
    let first = FIRST[dice.skewed(FIRST.len() as u64)];
    match dice.roll(10) {
        0 => last,
        1..=6 => format!("{first} {last}"),
        _ => format!("{first} {} {last}", FIRST[dice.skewed(FIRST.len() as u64)]),
    }
}

/// The person of this number, of `1..=999_999_999`.
pub fn person(nth: u32) -> Summary {
    let mut dice = Dice::new(u64::from(nth));
    let name = name(&mut dice);
    let sex = if dice.roll(3) == 0 { Sex::Female } else { Sex::Male };
    let birth = NaiveDate::from_ymd_opt(1966, 1, 1).unwrap() + Duration::days(dice.roll(43 * 365) as i64);
    let regency = 11 + dice.skewed(38) as u32;
    let home = (regency * 100 + 1 + dice.skewed(15) as u32) * 100 + 1 + dice.roll(20) as u32;
    let day = birth.format("%d%m%y").to_string().parse::<u64>().unwrap();
    let day = if sex == Sex::Female { day + 400_000 } else { day };
    let nik = u64::from(home) * 10_000_000_000 + day * 10_000 + 9_001 + dice.roll(999);
    let now = DateTime::from_timestamp(1_771_632_000, 0).unwrap();
    let reported_at = now - Duration::seconds(dice.roll(700 * 86_400) as i64);
    let status = Status::ALL[if dice.roll(4) == 0 { dice.roll(12) as usize } else { 11 }];
    let is_open = status != Status::Tutup;
    Summary {
        id: Ulid(u128::from(dice.roll(u64::MAX)) << 64 | u128::from(nth)),
        number: Number { year: (20 + nth / 1_000_000) as u8, running: nth % 1_000_000 },
        revision: dice.roll(40) as u32,
        name,
        other_names: if dice.roll(8) == 0 { self::name(&mut dice) } else { String::new() },
        sex: Some(sex),
        birth: (dice.roll(50) > 0).then_some(birth),
        birth_precision: Precision::Certain,
        is_age_doubted: dice.roll(90) == 0,
        interest_on: reported_at.date_naive(),
        status,
        status_at: reported_at + Duration::seconds(dice.roll(86_400) as i64),
        tier: [Tier::Red, Tier::Yellow, Tier::Green, Tier::Green][dice.roll(4) as usize],
        signs: if dice.roll(20) == 0 { Signs::HEARSAY } else { Signs::default() },
        nik: if dice.roll(7) == 0 { 0 } else { nik },
        documents: vec![format!("Z{:07}", dice.roll(10_000_000))],
        phones: if dice.roll(5) == 0 { Vec::new() } else { vec![format!("+6284{:09}", dice.roll(1_000_000_000))] },
        home,
        country: Some(if dice.roll(9) == 0 { *b"MMR" } else { *b"KHM" }),
        group: if dice.roll(4) == 0 { format!("K{}", dice.roll(30)) } else { String::new() },
        queue: dice.roll(200) as u16,
        movement: (dice.roll(3) > 0).then(|| Ulid(1_000 + u128::from(nth / 110))),
        office: Ulid(500 + u128::from(dice.roll(40))),
        officer: (dice.roll(2) > 0).then(|| Ulid(100 + u128::from(dice.roll(300)))),
        position: dice.roll(15) as u8,
        safety: dice.roll(6) as u8,
        sector: dice.roll(10) as u8,
        channel: dice.roll(7) as u8,
        procedural: dice.roll(4) as u8,
        problems: 1 << dice.roll(16),
        due: is_open.then(|| now + Duration::seconds(dice.roll(20 * 86_400) as i64 - 5 * 86_400)),
        debt_due: None,
        open_debts: dice.roll(3) as u8,
        reported_at,
        changed_at: reported_at + Duration::seconds(dice.roll(40 * 86_400) as i64),
    }
}
