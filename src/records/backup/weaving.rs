//! What each moment of a set is worth: whether its journal is whole, leads on from the moments before it, and what another
//! moment's copy mends of it.
//!
//! A desk whose journal is damaged goes on, and is backed up as it stands. What an earlier moment has of the damaged lines is
//! whole, and where the later ones are chained to it by their hashes nothing is lost: both are woven into one journal. What
//! is not chained to it stands aside, and is taken only by whoever asks for that moment.

use super::moment::{Departure, Moment, Segment};
use super::sealing::Identities;
use super::set::{PARTS, Set};
use crate::records::journal::{Head, Seq, follow};

/// A segment's lines after one of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'m> {
    pub segment: &'m Segment,
    /// Lines up to this one are taken from the run before.
    pub after: Seq,
}

/// One moment, with what was found out about it.
#[derive(Clone, Debug)]
pub(super) struct Woven<'m> {
    pub moment: &'m Moment,
    pub runs: Vec<Run<'m>>,
    /// Lines of the journal that are not what they should be.
    pub bad: u64,
    /// The last line up to which nothing is wrong.
    pub whole_until: Seq,
    /// Whether it does not lead on from the moments before it, and was not meant to.
    pub is_aside: bool,
    /// The moment whose copy stands for damaged lines.
    pub mended_by: Option<u64>,
}

impl<'m> Woven<'m> {
    /// The moment as it stands.
    fn plain(set: &Set, moment: &'m Moment, by: Option<&Identities>) -> Self {
        let segments = &moment.journal.segments;
        let bad = segments.iter().map(|segment| segment.bad).sum();
        let runs = segments.iter().map(|segment| Run { segment, after: Seq(0) }).collect();
        let whole_until = if bad == 0 { moment.journal.head.seq } else { whole_until(set, segments, by) };
        Self { moment, runs, bad, whole_until, is_aside: false, mended_by: None }
    }

    /// The last line of its journal.
    pub fn head(&self) -> Head {
        self.moment.journal.head
    }

    /// Whether it is as good as a moment can be.
    pub const fn is_whole(&self) -> bool {
        self.bad == 0 && !self.is_aside
    }
}

/// Every moment of a set, newest first as it is given. Without an identity nothing is opened: what only the lines themselves
/// can tell is believed then, and nothing is mended.
pub(super) fn woven<'m>(set: &Set, moments: &'m [Moment], by: Option<&Identities>) -> Vec<Woven<'m>> {
    let mut all: Vec<Woven<'m>> = Vec::with_capacity(moments.len());
    let mut best: Option<usize> = None;
    for moment in moments.iter().rev() {
        let plain = Woven::plain(set, moment, by);
        let next = match best.map(|best| &all[best]) {
            // What it departs from has expired: that it does is known all the same.
            None => Woven { is_aside: plain.moment.departs.is_some_and(|departs| !departs.is_meant), ..plain },
            Some(before) => led_on(set, before, plain, by),
        };
        if !next.is_aside {
            best = Some(all.len());
        }
        all.push(next);
    }
    all.reverse();
    all
}

/// The moment that leads on, of those newest first: what is restored when nothing else is asked for.
pub(super) fn best<'w, 'm>(all: &'w [Woven<'m>]) -> Option<&'w Woven<'m>> {
    all.iter().find(|woven| !woven.is_aside).or(all.first())
}

/// The newest moment in which nothing is damaged: it never expires.
pub(super) fn last_whole(set: &Set, moments: &[Moment]) -> Option<u64> {
    woven(set, moments, None).iter().find(|woven| woven.is_whole()).map(|woven| woven.moment.number)
}

/// What a moment is after the best one before it.
fn led_on<'m>(set: &Set, before: &Woven<'m>, plain: Woven<'m>, by: Option<&Identities>) -> Woven<'m> {
    let is_meant = plain.moment.departs.is_some_and(|departs| departs.is_meant);
    let leads = is_meant || leads(set, before.moment, plain.moment, by);
    // What was damaged from the first and is whole now was mended by somebody.
    let is_better = before.bad > 0 && plain.bad == 0 && plain.head().seq >= before.head().seq;
    if is_meant || (plain.bad == 0 && (leads || is_better)) || (by.is_none() && leads) {
        return plain;
    }
    let is_no_worse = leads && before.bad > 0;
    let spliced = by.and_then(|by| spliced(set, before, plain.moment, by));
    spliced.unwrap_or(Woven { is_aside: !is_no_worse, ..plain })
}

/// Whether a moment's journal has the last line of an earlier one.
fn leads(set: &Set, older: &Moment, newer: &Moment, by: Option<&Identities>) -> bool {
    let (last, segments) = (older.journal.head, &newer.journal.segments);
    if let Some(Departure { is_meant, .. }) = newer.departs {
        return is_meant;
    }
    if last.seq == Seq(0) || segments.iter().any(|segment| segment.head == last) {
        return true;
    }
    let after = segments.partition_point(|segment| segment.first <= last.seq);
    let Some(place) = after.checked_sub(1) else { return false };
    let segment = &segments[place];
    if segment.head.seq <= last.seq {
        return false;
    }
    let same = older.journal.segments.last().filter(|old| old.first == segment.first);
    if same.is_some_and(|old| segment.pieces.starts_with(&old.pieces)) {
        return true;
    }
    // Pieces that were put together again, or written anew for others: only the lines can tell.
    // What cannot be read says nothing against it; whoever restores it names the gap.
    let Some(bytes) = by.and_then(|by| opened(set, segment, by)) else { return true };
    let mut is_there = false;
    follow(&bytes, Head::default(), &mut |passed| {
        is_there |= passed.seq == last.seq && passed.sha == last.sha;
        passed.seq < last.seq
    });
    is_there
}

/// The journal of the moment before, and of a damaged one what is chained to its end.
fn spliced<'m>(set: &Set, before: &Woven<'m>, moment: &'m Moment, by: &Identities) -> Option<Woven<'m>> {
    let (head, segments) = (before.head(), &moment.journal.segments);
    if moment.journal.head.seq <= head.seq {
        return None;
    }
    let place = segments.partition_point(|segment| segment.first <= head.seq.next()).checked_sub(1)?;
    let segment = &segments[place];
    let bytes = opened(set, segment, by)?;
    let from = start_of(&bytes, segment.first, head.seq.next())?;
    let is_same_file = before.runs.last().is_some_and(|run| run.segment.first == segment.first);
    if from > 0 && !is_same_file {
        return None;
    }
    let (mut first, mut good) = (None, Goodness::after(head));
    let (end, here) = follow(&bytes[from..], head, &mut |passed| {
        first.get_or_insert(passed.is_next);
        good.note(passed.seq, passed.is_next);
        true
    });
    if first != Some(true) || end != segment.head {
        return None;
    }
    let rest = &segments[place + 1..];
    let bad = before.bad + here + rest.iter().map(|segment| segment.bad).sum::<u64>();
    let whole_until = match (before.bad, here) {
        (1.., _) => before.whole_until,
        (0, 1..) => good.until,
        (0, 0) => rest.iter().take_while(|segment| segment.bad == 0).last().map_or(end.seq, |last| last.head.seq),
    };
    let after = if from > 0 { head.seq } else { Seq(0) };
    let rest = rest.iter().map(|segment| Run { segment, after: Seq(0) });
    let runs = before.runs.iter().copied().chain([Run { segment, after }]).chain(rest).collect();
    Some(Woven { moment, runs, bad, whole_until, is_aside: false, mended_by: Some(before.moment.number) })
}

/// Where the line of this number begins in a segment.
pub(super) fn start_of(bytes: &[u8], first: Seq, line: Seq) -> Option<usize> {
    let mut from = None;
    let head = Head { seq: Seq(first.0.saturating_sub(1)), ..Head::default() };
    follow(bytes, head, &mut |passed| {
        from = from.or((passed.seq == line).then_some(passed.from));
        from.is_none()
    });
    from
}

fn opened(set: &Set, segment: &Segment, by: &Identities) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for piece in &segment.pieces {
        bytes.extend_from_slice(&set.open(PARTS, piece, by).ok()?);
    }
    Some(bytes)
}

/// Up to which line nothing is wrong, while lines are passed.
struct Goodness {
    until: Seq,
    is_over: bool,
}

impl Goodness {
    const fn after(head: Head) -> Self {
        Self { until: head.seq, is_over: false }
    }

    fn note(&mut self, seq: Seq, is_next: bool) {
        if self.is_over || (is_next && seq == self.until.next()) {
            self.until = if self.is_over { self.until } else { seq };
            return;
        }
        self.is_over = true;
        // A line that is remembered otherwise by the next one: which of the two was altered is not looked into here.
        if seq == self.until.next() {
            self.until = Seq(self.until.0.saturating_sub(1));
        }
    }
}

/// The last line before the first that is bad; without an identity the last of the segment before.
fn whole_until(set: &Set, segments: &[Segment], by: Option<&Identities>) -> Seq {
    let mut head = Head::default();
    for segment in segments {
        if segment.bad > 0 || segment.first != head.seq.next() {
            let bytes = by.filter(|_| segment.first == head.seq.next()).and_then(|by| opened(set, segment, by));
            let mut good = Goodness::after(head);
            follow(&bytes.unwrap_or_default(), head, &mut |passed| {
                good.note(passed.seq, passed.is_next);
                !good.is_over
            });
            return good.until;
        }
        head = segment.head;
    }
    head.seq
}

#[cfg(test)]
mod tests {
    use super::super::moment::{Copied, Part};
    use super::*;
    use crate::records::disk::RealDisk;
    use crate::records::journal::Sha;
    use chrono::DateTime;
    use std::sync::Arc;

    fn head(seq: u64, tag: u8) -> Head {
        Head { seq: Seq(seq), sha: Sha([tag; 32]) }
    }

    fn piece(tag: u8) -> Part {
        let sha = Sha([tag; 32]);
        Part { name: format!("piece-{tag}.age"), bytes: 10, sha, sealed_bytes: 20, sealed_sha: sha }
    }

    /// A moment as a release wrote it that knew of no departures.
    fn moment(number: u64, segments: Vec<(u64, Head, u64, Vec<u8>)>) -> Moment {
        let segments = segments.into_iter().map(|(first, head, bad, pieces)| Segment {
            first: Seq(first),
            head,
            bad,
            pieces: pieces.into_iter().map(piece).collect(),
        });
        let segments: Vec<Segment> = segments.collect();
        let head = segments.last().map_or(Head::default(), |last| last.head);
        Moment {
            v: 1,
            number,
            desk: Sha([1; 32]),
            at: DateTime::from_timestamp(1_771_650_000 + number as i64, 0).unwrap(),
            is_practice: false,
            recipients: Vec::new(),
            journal: Copied { head, segments },
            trail: Copied::default(),
            drafts: Vec::new(),
            departs: None,
        }
    }

    #[test]
    fn moments_of_earlier_releases_are_judged_by_what_stands_in_clear() {
        let set = Set::of(Arc::new(RealDisk), std::path::Path::new("/nowhere"));
        let first = || moment(1, vec![(1, head(10, 10), 0, vec![1])]);
        let best_of = |second: Moment| {
            let mut moments = vec![first(), second];
            moments.reverse();
            let all = woven(&set, &moments, None);
            (best(&all).unwrap().moment.number, last_whole(&set, &moments))
        };
        // It goes on in the same segment, or in the next one.
        assert_eq!(best_of(moment(2, vec![(1, head(15, 15), 0, vec![1, 2])])), (2, Some(2)));
        assert_eq!(
            best_of(moment(2, vec![(1, head(10, 10), 0, vec![1]), (11, head(12, 12), 0, vec![2])])),
            (2, Some(2))
        );
        // Cut, and gone on with behind the number that was known; cut; gone.
        assert_eq!(best_of(moment(2, vec![(1, head(2, 2), 0, vec![3]), (11, head(11, 11), 1, vec![4])])), (1, Some(1)));
        assert_eq!(best_of(moment(2, vec![(1, head(2, 2), 0, vec![3])])), (1, Some(1)));
        assert_eq!(best_of(moment(2, Vec::new())), (1, Some(1)));
        // Another tenth line.
        assert_eq!(best_of(moment(2, vec![(1, head(10, 99), 0, vec![3])])), (1, Some(1)));
        // Damaged, but it goes on: it is not the last whole one.
        assert_eq!(best_of(moment(2, vec![(1, head(15, 15), 1, vec![1, 2])])), (2, Some(1)));
    }

    #[test]
    fn what_is_damaged_ends_what_is_whole_one_line_before_where_the_next_line_remembers_another() {
        let passed = |lines: &[(u64, bool)]| {
            let mut good = Goodness::after(Head::default());
            lines.iter().for_each(|(seq, is_next)| good.note(Seq(*seq), *is_next));
            good.until
        };
        assert_eq!(passed(&[(1, true), (2, true), (3, true)]), Seq(3));
        assert_eq!(passed(&[(1, true), (2, true), (3, false), (4, true)]), Seq(1));
        assert_eq!(passed(&[(1, true), (2, true), (4, false), (5, true)]), Seq(2), "the third is no line");
        assert_eq!(passed(&[(1, true), (11, false), (12, true)]), Seq(1));
    }
}
