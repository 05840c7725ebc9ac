//! Which part the case of an index plays: a place in the small world that practice always has, or one of the many before.

use super::random::Dice;
use chrono::{DateTime, TimeDelta, Utc};

/// Cases of the small world: a flight of 110, a centre's 101, people at every other status.
pub(super) const SMALL_WORLD: u64 = 400;

/// A status of the main track, in its order.
pub(super) const TRACK: [&str; 12] =
    ["LAPOR", "VERIF", "LINDUNG", "DOKUM", "SIAP", "JALAN", "TIBA", "ASESM", "REHAB", "PULDA", "REINT", "TUTUP"];

/// What the story of a case has to come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The last status; for *TUTUP* the story decides how.
    pub status: &'static str,
    pub began: DateTime<Utc>,
    pub crowd: Crowd,
    /// The place of the case among all of them.
    pub index: u64,
    /// Whether one office goes with the person all the way, from the first report to the end.
    pub is_accompanied: bool,
}

/// Whether the office where practice begins goes with the person of an index: every third one, and more of them where
/// there are few, so that whoever begins meets somebody at every status from twenty cases on.
pub(super) const fn is_accompanied(index: u64, cases: u64) -> bool {
    const ONE_IN: u64 = 3;
    let one_in = if cases < SMALL_WORLD { cases * ONE_IN / SMALL_WORLD } else { ONE_IN };
    one_in <= 1 || index.is_multiple_of(one_in)
}

/// With whom somebody came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Crowd {
    /// On the flight of 110 that has just landed: reported by its manifest.
    Landed,
    /// Aboard the flight in the air.
    Aloft,
    /// Among the 101 of the centre; the flag says whether a woman (38 of them are).
    Centre { is_woman: bool },
    /// Nobody in particular.
    None,
}

/// Places of the small world: up to this slot, this status.
const PLACES: [(u64, &str); 14] = [
    (14, "LAPOR"),  // on the flight, not yet seen
    (76, "TIBA"),   // on the flight
    (110, "ASESM"), // on the flight
    (211, "REHAB"), // the centre
    (233, "LAPOR"),
    (251, "VERIF"),
    (271, "LINDUNG"),
    (291, "DOKUM"),
    (309, "SIAP"),
    (333, "JALAN"),
    (338, "ASESM"),
    (352, "PULDA"),
    (374, "REINT"),
    (SMALL_WORLD, "TUTUP"),
];

/// The part of the small world's case at `slot`, below [`SMALL_WORLD`].
pub(super) fn small_world(index: u64, slot: u64, dice: &mut Dice, epoch: DateTime<Utc>) -> Part {
    let status = PLACES.iter().find(|(end, _)| slot < *end).map_or("TUTUP", |(_, status)| status);
    let crowd = match slot {
        0..110 => Crowd::Landed,
        // Every 101 slots hold 38 women, spread evenly.
        110..211 => Crowd::Centre { is_woman: (slot - 110) * 38 % 101 < 38 },
        309..333 => Crowd::Aloft,
        _ => Crowd::None,
    };
    let (least_h, most_h) = match (crowd, status) {
        (Crowd::Landed, _) => (20, 21),
        (Crowd::Centre { .. }, _) => (20 * 24, 40 * 24),
        (_, "LAPOR") => (1, 40),
        (_, "VERIF") => (20, 110),
        (_, "LINDUNG") => (60, 400),
        (_, "DOKUM") => (90, 420),
        (_, "SIAP" | "JALAN") => (200, 600),
        (_, "ASESM") => (260, 700),
        (_, "PULDA") => (400, 1_000),
        (_, "REINT") => (700, 1_900),
        _ => (2_500, 2_800),
    };
    let ago = TimeDelta::minutes(dice.between(least_h * 60, most_h * 60));
    Part { status, began: epoch - ago, crowd, index, is_accompanied: false }
}

/// The part of a case outside of the small world, by how long ago it began: old ones are mostly closed.
pub(super) fn by_age(index: u64, began: DateTime<Utc>, dice: &mut Dice, epoch: DateTime<Utc>) -> Part {
    let days = (epoch - began).num_days();
    let chances: &[(&'static str, u64)] = match days {
        ..2 => &[("LAPOR", 70), ("VERIF", 20), ("TIBA", 10)],
        2..8 => &[("VERIF", 35), ("LINDUNG", 25), ("DOKUM", 25), ("LAPOR", 6), ("ASESM", 9)],
        8..20 => {
            &[("DOKUM", 25), ("SIAP", 25), ("LINDUNG", 20), ("ASESM", 8), ("REHAB", 12), ("TUTUP", 6), ("PULDA", 4)]
        }
        20..60 => {
            &[("REHAB", 22), ("REINT", 40), ("LINDUNG", 10), ("PULDA", 5), ("SIAP", 4), ("TUTUP", 17), ("DOKUM", 2)]
        }
        60..150 => &[("REINT", 45), ("TUTUP", 50), ("REHAB", 3), ("LINDUNG", 2)],
        _ => &[("TUTUP", 96), ("REINT", 3), ("LINDUNG", 1)],
    };
    Part { status: dice.weighted(chances), began, crowd: Crowd::None, index, is_accompanied: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_world_has_every_status_the_flight_and_the_centre() {
        let epoch = DateTime::from_timestamp(1_771_650_000, 0).unwrap();
        let parts: Vec<Part> =
            (0..SMALL_WORLD).map(|slot| small_world(slot, slot, &mut Dice::of(1, 1, slot), epoch)).collect();
        for status in TRACK {
            assert!(parts.iter().any(|part| part.status == status), "{status}");
        }
        let count = |is: fn(&Crowd) -> bool| parts.iter().filter(|part| is(&part.crowd)).count();
        assert_eq!(count(|crowd| *crowd == Crowd::Landed), 110);
        assert_eq!(count(|crowd| *crowd == Crowd::Centre { is_woman: true }), 38);
        assert_eq!(count(|crowd| *crowd == Crowd::Centre { is_woman: false }), 63);
    }
}
