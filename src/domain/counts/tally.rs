//! Counting: every case once, into columns of fixed width. Nothing is hidden here and nothing is named: offices and movements
//! are places in registers.

use crate::domain::status::Status;

/// Positions of their list, and *not said*.
pub const POSITIONS: usize = 15;
/// Two-digit codes of provinces, and zero: *not said*.
pub const PROVINCES: usize = 100;
/// Parts of a movement: see [`stage`].
pub const STAGES: usize = 5;

/// What counting knows of a case.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// Place in the register of offices.
    pub office: usize,
    /// Place in the register of movements; zero is *none*.
    pub movement: usize,
    pub status: Status,
    /// 1 to 3, or zero for remains.
    pub tier: usize,
    pub is_child: bool,
    /// Place in `List::Position`, from 1; zero is *not said*.
    pub position: usize,
    /// As in summaries: `71`, `7171`, `717108`, or zero.
    pub home: u32,
}

/// How many there are of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// By place in the register of offices: the living, in the order of [`Status::ALL`].
    pub offices: Vec<[u32; 12]>,
    /// By place in the register of movements: the living by [`stage`].
    pub movements: Vec<[u32; STAGES]>,
    pub positions: [u32; POSITIONS],
    pub provinces: [u32; PROVINCES],
    /// Red, yellow, green.
    pub tiers: [u32; 3],
    /// Under 18 or in doubt on the day of interest, and all others.
    pub minors: [u32; 2],
    /// Remains: apart from all of the above (domain B6).
    pub remains: u32,
    /// Sealed to the reader: apart from all of the above, a bare number.
    pub apart: u32,
}

/// The [`stage`] of who has landed.
pub const LANDED: usize = 2;
/// The [`stage`] of who is closed.
pub const CLOSED: usize = 4;

/// Where on its movement a case is: not boarded, on the way, landed, handed over, closed.
pub const fn stage(status: Status) -> usize {
    match status {
        Status::Lapor | Status::Verif | Status::Lindung | Status::Dokum | Status::Siap => 0,
        Status::Jalan => 1,
        Status::Tiba | Status::Asesm | Status::Rehab | Status::Pulda => 2,
        Status::Reint => 3,
        Status::Tutup => 4,
    }
}

/// The province of a home.
const fn province(home: u32) -> usize {
    let code = match home {
        0..100 => home,
        100..10_000 => home / 100,
        _ => home / 10_000,
    };
    if (code as usize) < PROVINCES { code as usize } else { 0 }
}

impl Tally {
    /// Nobody yet, of so many places in the registers.
    pub fn new(offices: usize, movements: usize) -> Self {
        Self {
            offices: vec![[0; 12]; offices],
            movements: vec![[0; STAGES]; movements],
            positions: [0; POSITIONS],
            provinces: [0; PROVINCES],
            tiers: [0; 3],
            minors: [0; 2],
            remains: 0,
            apart: 0,
        }
    }

    /// Counts one case. A place beyond the registers' ends is *none*.
    pub fn add(&mut self, one: &Counted) {
        if one.tier == 0 {
            self.remains += 1;
            return;
        }
        let office = if one.office < self.offices.len() { one.office } else { 0 };
        let movement = if one.movement < self.movements.len() { one.movement } else { 0 };
        self.offices[office][one.status as usize] += 1;
        self.movements[movement][stage(one.status)] += 1;
        self.positions[if one.position < POSITIONS { one.position } else { 0 }] += 1;
        self.provinces[province(one.home)] += 1;
        self.tiers[(one.tier - 1).min(2)] += 1;
        self.minors[usize::from(!one.is_child)] += 1;
    }

    /// Whether anybody living is on the movement at a place.
    pub fn has_movement(&self, place: usize) -> bool {
        self.movements.get(place).is_some_and(|stages| *stages != [0; STAGES])
    }

    /// The living who are counted.
    pub fn total(&self) -> u32 {
        self.minors.iter().sum()
    }
}
