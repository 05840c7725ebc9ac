//! Counts (*rekap*): how many people stand where, as somebody may read it. One function makes them from a tally; the screen, the
//! command and the daily report show the same figures.
//!
//! Every table divides the same people: the living whom the reader counts, withdrawn cases not among them, whatever their status.
//! Remains and sealed people stand beside the tables as bare numbers. To whoever works on the cases every figure is exact and
//! is what the list finds; to an outsider small figures are hidden ([`hide`]), and the tables by office and by movement are one
//! network, because both add up to the same statuses. What changes from one look to the next is not hidden from whoever
//! writes it down: an outsider who sees a total fall by one where a five becomes *under five* knows of the four.

pub mod day;
pub mod hide;
pub mod tally;

pub use day::{Day, EVENTS, Event};
pub use hide::{Cell, LEAST};
pub use tally::{Counted, Tally};

use super::status::Status;
use hide::{Edge, hide};
use tally::STAGES;

/// How exactly somebody reads counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// As they are.
    Exact,
    /// Without those under [`LEAST`].
    Masked,
}

/// One office, by its place in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeLine {
    pub office: usize,
    /// In the order of [`Status::ALL`].
    pub cells: [Cell; 12],
    pub total: Cell,
}

/// One movement, by its place in the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovementLine {
    pub movement: Whence,
    /// Cases on the desk.
    pub registered: Cell,
    /// Of these, under way or further, and not closed.
    pub boarded: Cell,
    /// Of these, landed or further.
    pub arrived: Cell,
    /// Of these, handed over.
    pub handed: Cell,
    pub closed: Cell,
}

/// Which movement a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whence {
    /// Its place in the register.
    Movement(usize),
    /// All that have no line of their own.
    Others,
    /// On no movement.
    None,
}

/// Everything that is counted, as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    pub sight: Sight,
    /// The living.
    pub total: Cell,
    pub remains: Cell,
    /// Sealed to the reader.
    pub apart: Cell,
    pub statuses: [Cell; 12],
    pub offices: Vec<OfficeLine>,
    pub movements: Vec<MovementLine>,
    /// Place in `List::Position`, zero for *not said*, and how many; without those where nobody is.
    pub positions: Vec<(usize, Cell)>,
    /// Code of the province, zero for *not said*, and how many; without those where nobody is from.
    pub provinces: Vec<(usize, Cell)>,
    /// Red, yellow, green: for those only who see tiers in a list.
    pub tiers: Option<[Cell; 3]>,
    /// Minors, and all others.
    pub minors: [Cell; 2],
}

impl Counts {
    /// The counts of a tally. These movements have lines of their own, in this order; zero is nobody's.
    pub fn of(tally: &Tally, sight: Sight, movements: &[usize]) -> Self {
        let total = tally.total();
        let offices: Vec<usize> = (0..tally.offices.len()).filter(|at| tally.offices[*at] != [0; 12]).collect();
        let lines = lines(tally, movements);
        let mut net = Net::of(tally, &offices, &lines);
        if sight == Sight::Masked {
            hide(net.nodes, &mut net.edges);
        }
        let alone = |value: u32| if sight == Sight::Masked { Cell::alone(value) } else { Cell::Known(value) };
        let parted = |values: &[u32]| parted(values, sight);
        let named = |values: &[u32]| {
            let cells = parted(values).into_iter().enumerate().zip(values);
            cells.filter(|(_, value)| **value > 0).map(|(cell, _)| cell).collect()
        };
        let minors = parted(&tally.minors);
        let all = Self {
            sight,
            total: alone(total),
            remains: alone(tally.remains),
            apart: alone(tally.apart),
            statuses: net.statuses(offices.len()),
            offices: offices.iter().enumerate().map(|(nth, office)| net.office(nth, *office)).collect(),
            movements: lines.iter().enumerate().map(|(nth, (of, _))| net.movement(nth, *of, offices.len())).collect(),
            positions: named(&tally.positions),
            provinces: named(&tally.provinces),
            tiers: (sight == Sight::Exact).then(|| tally.tiers.map(Cell::Known)),
            minors: [minors[0], minors[1]],
        };
        // Of so few people nothing else is told, not even where somebody is.
        if all.total == Cell::Few { all.emptied() } else { all }
    }

    fn emptied(self) -> Self {
        let (statuses, minors) = ([Cell::Beside; 12], [Cell::Beside; 2]);
        let (offices, movements, positions, provinces) = Default::default();
        Self { statuses, minors, offices, movements, positions, provinces, ..self }
    }

    /// A status of everybody.
    pub const fn of_status(&self, status: Status) -> Cell {
        self.statuses[status as usize]
    }
}

/// Parts of a total that is known, as their reader sees them.
fn parted(values: &[u32], sight: Sight) -> Vec<Cell> {
    let mut edges: Vec<Edge> = values.iter().map(|value| Edge::new(0, 1, *value)).collect();
    if sight == Sight::Masked {
        hide(2, &mut edges);
    }
    edges.into_iter().map(|edge| edge.cell).collect()
}

/// The lines by movement: those that were asked for and have somebody, all others together, nobody's.
fn lines(tally: &Tally, movements: &[usize]) -> Vec<(Whence, [u32; STAGES])> {
    let has = |stages: &[u32; STAGES]| *stages != [0; STAGES];
    let own = movements.iter().copied().filter(|at| *at > 0 && tally.movements.get(*at).is_some_and(has));
    let own: Vec<usize> = own.collect();
    let mut others = [0; STAGES];
    let rest = tally.movements.iter().enumerate().skip(1).filter(|(at, _)| !own.contains(at));
    rest.for_each(|(_, stages)| others.iter_mut().zip(stages).for_each(|(sum, more)| *sum += more));
    let mut lines: Vec<_> = own.iter().map(|at| (Whence::Movement(*at), tally.movements[*at])).collect();
    let none = tally.movements.first().copied().unwrap_or_default();
    lines.extend([(Whence::Others, others), (Whence::None, none)].into_iter().filter(|(_, stages)| has(stages)));
    lines
}

/// Offices, statuses and movements as one network: from the whole over the offices to their statuses, from the statuses to
/// what they are on a movement, and over the movements to the whole again.
struct Net {
    nodes: usize,
    edges: Vec<Edge>,
}

/// Edges of an office: its total, and its statuses.
const OF_OFFICE: usize = 13;
/// Edges of a movement: its five stages, then arrived, boarded, registered.
const OF_MOVEMENT: usize = STAGES + 3;

impl Net {
    fn of(tally: &Tally, offices: &[usize], lines: &[(Whence, [u32; STAGES])]) -> Self {
        let (whole, end) = (0, 1);
        let status_node = |status: usize| 2 + status;
        let stage_node = |stage: usize| 2 + 12 + stage;
        let mut nodes = 2 + 12 + STAGES;
        let mut edges = Vec::with_capacity(offices.len() * OF_OFFICE + 12 + lines.len() * OF_MOVEMENT);
        for office in offices {
            let cells = &tally.offices[*office];
            edges.push(Edge::new(whole, nodes, cells.iter().sum()));
            edges.extend(cells.iter().enumerate().map(|(at, value)| Edge::new(nodes, status_node(at), *value)));
            nodes += 1;
        }
        for status in Status::ALL {
            let value = offices.iter().map(|office| tally.offices[*office][status as usize]).sum();
            edges.push(Edge::new(status_node(status as usize), stage_node(tally::stage(status)), value));
        }
        for (_, [waiting, under_way, landed, home, closed]) in lines {
            let (registered, boarded, arrived) = (nodes, nodes + 1, nodes + 2);
            nodes += 3;
            let has_arrived = landed + home;
            let has_boarded = has_arrived + under_way;
            edges.extend([
                Edge::new(stage_node(0), registered, *waiting),
                Edge::new(stage_node(1), boarded, *under_way),
                Edge::new(stage_node(2), arrived, *landed),
                Edge::new(stage_node(3), arrived, *home),
                Edge::new(stage_node(4), registered, *closed),
                Edge::new(arrived, boarded, has_arrived),
                Edge::new(boarded, registered, has_boarded),
                Edge::new(registered, end, has_boarded + waiting + closed),
            ]);
        }
        Self { nodes, edges }
    }

    fn office(&self, nth: usize, office: usize) -> OfficeLine {
        let edges = &self.edges[nth * OF_OFFICE..(nth + 1) * OF_OFFICE];
        OfficeLine { office, cells: std::array::from_fn(|at| edges[at + 1].cell), total: edges[0].cell }
    }

    fn statuses(&self, offices: usize) -> [Cell; 12] {
        std::array::from_fn(|at| self.edges[offices * OF_OFFICE + at].cell)
    }

    fn movement(&self, nth: usize, movement: Whence, offices: usize) -> MovementLine {
        let from = offices * OF_OFFICE + 12 + nth * OF_MOVEMENT;
        let cell = |at: usize| self.edges[from + at].cell;
        MovementLine {
            movement,
            handed: cell(3),
            closed: cell(4),
            arrived: cell(5),
            boarded: cell(6),
            registered: cell(7),
        }
    }
}

#[cfg(test)]
#[path = "laws.rs"]
mod tests;
