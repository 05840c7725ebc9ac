//! Laws of the counts: they add up for whoever sees all, and small ones are nowhere for whoever does not.

use super::*;
use proptest::prelude::*;

/// Some people, from random numbers.
fn people() -> impl Strategy<Value = Vec<Counted>> {
    let one = (1_usize..4, 0_usize..4, 0_usize..12, 0_usize..8, any::<bool>(), 0_usize..15, 0_u32..40).prop_map(
        |(office, movement, status, tier, is_child, position, home)| Counted {
            office,
            movement,
            status: Status::ALL[status],
            tier: tier.min(3),
            is_child,
            position,
            home: home * 10_000,
        },
    );
    prop::collection::vec(one, 0..120)
}

fn tallied(people: &[Counted]) -> Tally {
    let mut tally = Tally::new(4, 4);
    people.iter().for_each(|one| tally.add(one));
    tally
}

fn sum<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> u32 {
    cells.into_iter().map(|cell| cell.known().unwrap()).sum()
}

/// Every figure, whatever it counts.
fn all(counts: &Counts) -> Vec<Cell> {
    let mut cells = vec![counts.total, counts.remains, counts.apart];
    cells.extend(counts.statuses.iter().chain(&counts.minors));
    cells.extend(counts.offices.iter().flat_map(|line| line.cells.iter().chain([&line.total])));
    cells.extend(counts.movements.iter().flat_map(|it| [it.registered, it.boarded, it.arrived, it.handed, it.closed]));
    cells.extend(counts.positions.iter().chain(&counts.provinces).map(|(_, cell)| *cell));
    cells
}

proptest! {
    #[test]
    fn every_table_adds_up_to_the_same_people(people in people()) {
        let counts = Counts::of(&tallied(&people), Sight::Exact, &[3, 1]);
        let total = counts.total.known().unwrap();
        prop_assert_eq!(total + counts.remains.known().unwrap(), people.len() as u32);
        prop_assert_eq!(sum(&counts.statuses), total);
        prop_assert_eq!(sum(counts.offices.iter().map(|line| &line.total)), total);
        prop_assert_eq!(sum(counts.offices.iter().flat_map(|line| &line.cells)), total);
        prop_assert_eq!(sum(counts.positions.iter().map(|(_, cell)| cell)), total);
        prop_assert_eq!(sum(counts.provinces.iter().map(|(_, cell)| cell)), total);
        prop_assert_eq!(sum(&counts.tiers.unwrap()), total);
        prop_assert_eq!(sum(&counts.minors), total);
        prop_assert_eq!(sum(counts.movements.iter().map(|line| &line.registered)), total);
    }

    #[test]
    fn an_outsider_never_reads_a_figure_under_five_and_no_sum_gives_one(people in people()) {
        let tally = tallied(&people);
        let (exact, masked) = (Counts::of(&tally, Sight::Exact, &[1, 2]), Counts::of(&tally, Sight::Masked, &[1, 2]));
        prop_assert!(masked.tiers.is_none());
        let exact = Counts { tiers: None, ..exact };
        if masked.total == Cell::Few {
            prop_assert!(masked.offices.is_empty() && masked.positions.is_empty() && masked.provinces.is_empty());
            return Ok(());
        }
        for (true_one, shown) in all(&exact).into_iter().zip(all(&masked)) {
            match shown {
                Cell::Known(value) => prop_assert!(Some(value) == true_one.known() && (value == 0 || value >= LEAST)),
                Cell::Few => prop_assert!((1..LEAST).contains(&true_one.known().unwrap())),
                Cell::Beside => {}
            }
        }
        // No row, column or chain of a movement that is shown leaves out one figure alone.
        let hidden = |cells: &mut dyn Iterator<Item = Cell>| cells.filter(|cell| cell.known().is_none()).count();
        for line in &masked.offices {
            prop_assert_ne!(hidden(&mut line.cells.iter().copied().chain([line.total])), 1);
        }
        for status in Status::ALL {
            let column = masked.offices.iter().map(|line| line.cells[status as usize]);
            prop_assert_ne!(hidden(&mut column.chain([masked.of_status(status)])), 1);
        }
        for part in [&masked.positions, &masked.provinces] {
            prop_assert_ne!(hidden(&mut part.iter().map(|(_, cell)| *cell)), 1);
        }
        prop_assert_ne!(hidden(&mut masked.minors.iter().copied()), 1);
        prop_assert_ne!(hidden(&mut masked.movements.iter().map(|line| line.registered)), 1);
    }
}

#[test]
fn a_flight_shows_its_differences() {
    let at = |status, movement| Counted { office: 1, movement, status, tier: 3, is_child: false, position: 1, home: 0 };
    let mut people = vec![at(Status::Siap, 1); 6];
    people.extend(vec![at(Status::Jalan, 1); 7]);
    people.extend(vec![at(Status::Asesm, 1); 8]);
    people.extend(vec![at(Status::Reint, 1); 9]);
    people.extend(vec![at(Status::Tutup, 1); 10]);
    people.extend(vec![at(Status::Tiba, 0); 5]);
    for sight in [Sight::Exact, Sight::Masked] {
        let counts = Counts::of(&tallied(&people), sight, &[1]);
        let line = counts.movements[0];
        let cells =
            [line.registered, line.boarded, line.arrived, line.handed, line.closed].map(|it| it.known().unwrap());
        assert_eq!((line.movement, cells), (Whence::Movement(1), [40, 24, 17, 9, 10]), "{sight:?}");
        assert_eq!(counts.movements[1].movement, Whence::None);
    }
}

#[test]
fn of_four_people_an_outsider_learns_that_there_are_few() {
    let one = Counted { office: 1, movement: 1, status: Status::Tiba, tier: 1, is_child: true, position: 2, home: 71 };
    let counts = Counts::of(&tallied(&[one; 4]), Sight::Masked, &[1]);
    assert_eq!(counts.total, Cell::Few);
    assert!(all(&counts).into_iter().skip(3).all(|cell| cell == Cell::Beside));
    assert!(counts.offices.is_empty() && counts.movements.is_empty() && counts.positions.is_empty());
    assert!(counts.provinces.is_empty());
}
