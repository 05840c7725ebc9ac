//! Hiding small figures so that no sum gives them back. Figures are the edges of a network in which what flows into a node
//! flows out of it: a row is a node, a column is one, a total is an edge between them. Nothing is known here of what is counted.
//!
//! The rule: a figure from 1 to 4 is hidden. Then each of them in turn gets a *cycle*: the way through the network, cheapest
//! first, on which it and others could all be one more or one less and every sum that is shown would still be right; what
//! stands on that way is hidden with it. So whoever knows every figure that is shown and how the others are bounded finds at
//! least two values for each. Where there is no such way the whole network is withheld. A zero is shown: it is nobody.
//!
//! Not promised: which figures are hidden beside small ones depends on their values. Whoever hides every answer that is left
//! again by this very rule, and keeps those that come out alike, may be left with one, in tables of a handful of people.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The smallest number of people that an outsider reads (`design.md`, section 5: "cells under 5 hidden").
pub const LEAST: u32 = 5;

/// A figure as its reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    Known(u32),
    /// From 1 to 4.
    Few,
    /// Hidden, so that a small one beside it stays hidden.
    Beside,
}

impl Cell {
    /// A figure that stands in no sum, as an outsider sees it.
    pub const fn alone(value: u32) -> Self {
        if is_few(value) { Self::Few } else { Self::Known(value) }
    }

    /// What was claimed of people of whom so many are counted, as an outsider sees it: closed where the two differ by a small
    /// figure, which is one of people too (who did not come, who died, who is sealed).
    pub const fn claimed(claimed: u32, counted: Self) -> Self {
        match counted {
            Self::Known(counted) if is_few(claimed.abs_diff(counted)) => Self::Beside,
            Self::Known(_) | Self::Few | Self::Beside => Self::Known(claimed),
        }
    }

    /// The number, where it is shown.
    pub const fn known(self) -> Option<u32> {
        match self {
            Self::Known(value) => Some(value),
            Self::Few | Self::Beside => None,
        }
    }
}

const fn is_few(value: u32) -> bool {
    value > 0 && value < LEAST
}

/// One figure between two nodes.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    pub from: usize,
    pub to: usize,
    pub value: u32,
    pub cell: Cell,
}

impl Edge {
    pub const fn new(from: usize, to: usize, value: u32) -> Self {
        Self { from, to, value, cell: Cell::Known(value) }
    }

    /// What it costs to go along it, where its figure could be one more (`is_up`) or one less; none where it could not.
    fn cost(&self, is_up: bool) -> Option<u64> {
        match self.cell {
            Cell::Few => (if is_up { self.value + 1 < LEAST } else { self.value > 1 }).then_some(1),
            Cell::Beside => (is_up || self.value > LEAST).then_some(1),
            // Nobody is made out of a zero: that it is shown is what keeps it one.
            Cell::Known(0) => None,
            Cell::Known(value) => (is_up || value > LEAST).then(|| 1_000 * (u64::from(value) + 1)),
        }
    }
}

/// Hides what has to be hidden of a network whose flow is whole (see the head of this file).
pub fn hide(nodes: usize, edges: &mut [Edge]) {
    for edge in edges.iter_mut().filter(|edge| is_few(edge.value)) {
        edge.cell = Cell::Few;
    }
    let mut ways = Ways::of(nodes, edges);
    for at in 0..edges.len() {
        if edges[at].cell != Cell::Few {
            continue;
        }
        let Edge { from, to, value, .. } = edges[at];
        // One more goes round from its end to its beginning, one less the other way.
        let more = (value + 1 < LEAST).then(|| ways.cheapest(edges, to, from, at)).flatten();
        let less = (value > 1).then(|| ways.cheapest(edges, from, to, at)).flatten();
        let Some((_, way)) = more.into_iter().chain(less).min_by_key(|(cost, _)| *cost) else {
            edges.iter_mut().for_each(|edge| edge.cell = Cell::Beside);
            return;
        };
        for other in way {
            if matches!(edges[other].cell, Cell::Known(_)) {
                edges[other].cell = Cell::Beside;
            }
        }
    }
}

/// Who is next to whom, and room for looking.
struct Ways {
    at: Vec<Vec<usize>>,
    best: Vec<u64>,
    by: Vec<usize>,
}

impl Ways {
    fn of(nodes: usize, edges: &[Edge]) -> Self {
        let mut at = vec![Vec::new(); nodes];
        for (place, edge) in edges.iter().enumerate() {
            at[edge.from].push(place);
            at[edge.to].push(place);
        }
        Self { at, best: vec![u64::MAX; nodes], by: vec![0; nodes] }
    }

    /// The cheapest way from one node to another without one edge, and its cost.
    fn cheapest(&mut self, edges: &[Edge], from: usize, to: usize, without: usize) -> Option<(u64, Vec<usize>)> {
        self.best.fill(u64::MAX);
        self.best[from] = 0;
        let mut heap = BinaryHeap::from([Reverse((0, from))]);
        while let Some(Reverse((cost, node))) = heap.pop() {
            if node == to {
                break;
            }
            if cost > self.best[node] {
                continue;
            }
            for place in self.at[node].iter().copied().filter(|place| *place != without) {
                let edge = &edges[place];
                let is_up = edge.from == node;
                let next = if is_up { edge.to } else { edge.from };
                let Some(cost) = edge.cost(is_up).map(|more| cost + more) else { continue };
                if cost < self.best[next] {
                    (self.best[next], self.by[next]) = (cost, place);
                    heap.push(Reverse((cost, next)));
                }
            }
        }
        let cost = Some(self.best[to]).filter(|cost| *cost < u64::MAX)?;
        let (mut way, mut node) = (Vec::new(), to);
        while node != from {
            let place = self.by[node];
            way.push(place);
            node = if edges[place].to == node { edges[place].from } else { edges[place].to };
        }
        Some((cost, way))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_claim_never_tells_a_small_figure_by_what_it_differs_from_the_cases() {
        for (claimed, counted) in (0..24).flat_map(|claimed| (0..24).map(move |counted| (claimed, counted))) {
            let shown = Cell::claimed(claimed, Cell::Known(counted));
            let is_told = shown == Cell::Known(claimed);
            assert_eq!(is_told, !(1..LEAST).contains(&claimed.abs_diff(counted)), "{claimed} {counted}");
        }
        assert_eq!(Cell::claimed(7, Cell::Few), Cell::Known(7));
    }

    /// Whether the flow of another guess is whole, at the nodes whose edges are all guessed.
    fn is_whole(nodes: usize, edges: &[Edge], guess: &[i64], upto: usize) -> bool {
        (0..nodes).all(|node| {
            let touching = edges.iter().enumerate().filter(|(_, edge)| edge.from == node || edge.to == node);
            let mut sum = 0;
            for (at, edge) in touching {
                let is_open = at >= upto && !matches!(edge.cell, Cell::Known(_));
                if is_open {
                    return true;
                }
                sum += if edge.to == node { guess[at] } else { -guess[at] };
            }
            let own: i64 = edges.iter().map(|edge| flow(edge, node)).sum();
            sum == own
        })
    }

    /// What an edge brings to a node; ends of the network take in and give out what they do, which everybody knows.
    fn flow(edge: &Edge, node: usize) -> i64 {
        i64::from(edge.value) * (i64::from(edge.to == node) - i64::from(edge.from == node))
    }

    /// Every value that the edge at `wanted` may have, to somebody who knows what is shown and the rule.
    fn possible(nodes: usize, edges: &[Edge], wanted: usize) -> Vec<i64> {
        fn go(
            nodes: usize,
            edges: &[Edge],
            guess: &mut Vec<i64>,
            at: usize,
            wanted: usize,
            most: i64,
            found: &mut Vec<i64>,
        ) {
            if found.len() > 1 || !is_whole(nodes, edges, guess, at) {
                return;
            }
            let Some(edge) = edges.get(at) else {
                if !found.contains(&guess[wanted]) {
                    found.push(guess[wanted]);
                }
                return;
            };
            let range = match edge.cell {
                Cell::Known(value) => i64::from(value)..=i64::from(value),
                Cell::Few => 1..=4,
                Cell::Beside => 5..=most,
            };
            for value in range {
                guess[at] = value;
                go(nodes, edges, guess, at + 1, wanted, most, found);
            }
        }
        let most = edges.iter().map(|edge| i64::from(edge.value)).sum::<i64>() + 5;
        let mut guess: Vec<i64> = edges.iter().map(|edge| i64::from(edge.value)).collect();
        let mut found = Vec::new();
        go(nodes, edges, &mut guess, 0, wanted, most.min(24), &mut found);
        found
    }

    /// Rows and columns with their totals: rows come from node 0, columns end in node 1.
    fn table(cells: &[Vec<u32>]) -> (usize, Vec<Edge>) {
        let (rows, columns) = (cells.len(), cells[0].len());
        let mut edges = Vec::new();
        for (at, row) in cells.iter().enumerate() {
            edges.push(Edge::new(0, 2 + at, row.iter().sum()));
            for (column, value) in row.iter().enumerate() {
                edges.push(Edge::new(2 + at, 2 + rows + column, *value));
            }
        }
        for column in 0..columns {
            edges.push(Edge::new(2 + rows + column, 1, cells.iter().map(|row| row[column]).sum()));
        }
        (2 + rows + columns, edges)
    }

    #[test]
    fn one_small_cell_takes_another_with_it() {
        let mut edges = vec![Edge::new(0, 1, 3), Edge::new(0, 1, 20), Edge::new(0, 1, 9), Edge::new(0, 1, 0)];
        hide(2, &mut edges);
        let cells: Vec<Cell> = edges.iter().map(|edge| edge.cell).collect();
        assert_eq!(cells, [Cell::Few, Cell::Known(20), Cell::Beside, Cell::Known(0)], "the smallest beside it");
    }

    #[test]
    fn what_nothing_can_keep_is_withheld_whole() {
        // One and five of six: "from 1 to 4" and "five or more" leave one answer.
        let mut edges = vec![Edge::new(0, 1, 1), Edge::new(0, 1, 5)];
        hide(2, &mut edges);
        assert!(edges.iter().all(|edge| edge.cell == Cell::Beside));
        let mut alone = vec![Edge::new(0, 1, 3), Edge::new(0, 1, 0)];
        hide(2, &mut alone);
        assert!(alone.iter().all(|edge| edge.cell == Cell::Beside));
    }

    #[test]
    fn what_is_large_is_shown() {
        let (nodes, mut edges) = table(&[vec![7, 0, 12], vec![5, 9, 0]]);
        hide(nodes, &mut edges);
        assert!(edges.iter().all(|edge| edge.cell == Cell::Known(edge.value)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

        #[test]
        fn no_hidden_figure_is_found_by_trying_every_answer(
            cells in prop::collection::vec(prop::collection::vec(prop_oneof![3 => 0_u32..4, 2 => 4_u32..8, 1 => Just(0)], 2..4), 2..3),
        ) {
            let width = cells.iter().map(Vec::len).min().unwrap();
            let cells: Vec<Vec<u32>> = cells.iter().map(|row| row[..width].to_vec()).collect();
            let (nodes, mut edges) = table(&cells);
            hide(nodes, &mut edges);
            prop_assert!(edges.iter().all(|edge| edge.cell.known().is_none_or(|it| it == edge.value && !is_few(it))));
            let is_withheld = edges.iter().all(|edge| edge.cell == Cell::Beside);
            for at in (0..edges.len()).filter(|at| edges[*at].cell == Cell::Few && !is_withheld) {
                prop_assert!(possible(nodes, &edges, at).len() > 1, "{edges:?} tells {at}");
            }
        }
    }
}
