//! What a day brought: how many were registered, landed, were handed over and closed, by office. Without a sum of all offices no
//! small figure could be told from it; with one the sums are hidden as any other.

use super::Sight;
use super::hide::{Cell, Edge, hide};

/// What may befall somebody in a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Registered,
    Arrived,
    Handed,
    Closed,
}

/// Every event, in the order of its columns.
pub const EVENTS: [Event; 4] = [Event::Registered, Event::Arrived, Event::Handed, Event::Closed];

/// A day by office and event, as somebody reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Place in the register of offices; those only where something happened.
    pub offices: Vec<(usize, [Cell; 4])>,
    pub totals: [Cell; 4],
}

impl Day {
    /// The day of a tally: how many of each event there were, by place in the register of offices.
    pub fn of(tally: &[[u32; 4]], sight: Sight) -> Self {
        let offices: Vec<usize> = (0..tally.len()).filter(|at| tally[*at] != [0; 4]).collect();
        let mut lines: Vec<(usize, [Cell; 4])> = offices.iter().map(|at| (*at, tally[*at].map(Cell::Known))).collect();
        let mut totals = [Cell::Known(0); 4];
        for event in EVENTS {
            let at = event as usize;
            let values = offices.iter().map(|office| tally[*office][at]);
            let mut edges: Vec<Edge> = values.clone().map(|value| Edge::new(0, 1, value)).collect();
            // Nobody knows the sum beforehand: it is a figure like any other.
            edges.push(Edge::new(1, 0, values.sum()));
            if sight == Sight::Masked {
                hide(2, &mut edges);
            }
            lines.iter_mut().zip(&edges).for_each(|((_, cells), edge)| cells[at] = edge.cell);
            totals[at] = edges.last().map_or(Cell::Known(0), |edge| edge.cell);
        }
        Self { offices: lines, totals }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_one_small_office_the_sum_is_hidden_with_it() {
        let tally = [[0; 4], [3, 0, 0, 9], [0, 0, 0, 6]];
        let day = Day::of(&tally, Sight::Masked);
        assert_eq!(
            day.offices,
            [
                (1, [Cell::Few, Cell::Known(0), Cell::Known(0), Cell::Known(9)]),
                (2, [Cell::Known(0), Cell::Known(0), Cell::Known(0), Cell::Known(6)]),
            ]
        );
        assert_eq!(day.totals, [Cell::Few, Cell::Known(0), Cell::Known(0), Cell::Known(15)]);
        assert_eq!(Day::of(&tally, Sight::Exact).totals[0], Cell::Known(3));
    }
}
