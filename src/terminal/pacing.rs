//! Pacing: no more is under way to the terminal than it can show soon.
//!
//! Lives here: the count of frames that the terminal has not answered. Never here: frames, clocks, waiting.
//!
//! Every frame ends in a status request; the answer says that the frame has arrived. On a slow line the keys of an
//! operator outrun the frames: when another frame like the last would make more than 4 KiB of unanswered bytes,
//! nothing is painted until an answer comes, and then only the newest state, so that the last key is seen within half a
//! second and a round trip (8 kB/s, 250 ms).

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Bytes that may be under way: half a second of an 8 kB/s line, and twice what keeps it busy at 250 ms.
const WINDOW: usize = 4096;
/// After so long without an answer, the outstanding ones are forgotten.
const ANSWER_WAIT: Duration = Duration::from_secs(3);
/// A terminal that was forgotten this often without an answer in between is not paced any more.
const FORGIVEN: u32 = 2;
/// Frames that are remembered; a terminal that never answers must not fill the memory.
const MAX_FRAMES: usize = 256;

/// The frames under way to one attached terminal.
#[derive(Debug, Default)]
pub struct Pacer {
    /// The sizes of the unanswered frames in bytes, oldest first.
    frames: VecDeque<usize>,
    unanswered: usize,
    /// Since when an answer is waited for: the oldest frame's sending, or the last answer.
    waiting_since: Option<Instant>,
    /// Whether this terminal has answered: until then it is not paced.
    does_answer: bool,
    forgotten_in_a_row: u32,
}

impl Pacer {
    /// Makes a pacer for a new attachment; it paces nothing before the first answer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether a frame may be painted at `now`.
    pub fn may_paint(&mut self, now: Instant) -> bool {
        self.forget_late(now);
        let last = self.frames.back().copied().unwrap_or(0);
        !self.does_answer || self.frames.is_empty() || self.unanswered + last <= WINDOW
    }

    /// Notes that a frame of `bytes` bytes, its status request included, was sent at `now`.
    pub fn sent(&mut self, bytes: usize, now: Instant) {
        self.forget_late(now);
        if self.frames.len() == MAX_FRAMES {
            self.unanswered -= self.frames.pop_front().unwrap_or(0);
        }
        self.frames.push_back(bytes);
        self.unanswered += bytes;
        self.waiting_since.get_or_insert(now);
    }

    /// Notes that `count` answers came at `now`; more than there are outstanding are not ours and count nothing.
    pub fn answered(&mut self, count: usize, now: Instant) {
        let ours = count.min(self.frames.len());
        if ours == 0 {
            return;
        }
        self.unanswered -= self.frames.drain(..ours).sum::<usize>();
        self.does_answer = true;
        self.forgotten_in_a_row = 0;
        self.waiting_since = (!self.frames.is_empty()).then_some(now);
    }

    /// Answers that the terminal owes.
    pub fn outstanding(&self) -> usize {
        self.frames.len()
    }

    /// When painting is allowed again without an answer; `None` while it is allowed at `now`.
    pub fn deadline(&mut self, now: Instant) -> Option<Instant> {
        if self.may_paint(now) { None } else { self.waiting_since.map(|since| since + ANSWER_WAIT) }
    }

    fn forget_late(&mut self, now: Instant) {
        if self.waiting_since.is_some_and(|since| now >= since + ANSWER_WAIT) {
            self.frames.clear();
            self.unanswered = 0;
            self.waiting_since = None;
            self.forgotten_in_a_row = self.forgotten_in_a_row.saturating_add(1);
            self.does_answer &= self.forgotten_in_a_row < FORGIVEN;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What happens at a millisecond, and whether painting is allowed after it.
    enum Event {
        Sent(usize),
        Answered(usize),
        Nothing,
    }
    use Event::*;

    fn plays(events: &[(u64, Event, bool)]) -> Pacer {
        let start = Instant::now();
        let mut pacer = Pacer::new();
        for (at_ms, event, may_paint) in events {
            let now = start + Duration::from_millis(*at_ms);
            match event {
                Sent(bytes) => pacer.sent(*bytes, now),
                Answered(count) => pacer.answered(*count, now),
                Nothing => {}
            }
            assert_eq!(pacer.may_paint(now), *may_paint, "at {at_ms} ms");
            assert_eq!(pacer.deadline(now).is_none(), *may_paint, "at {at_ms} ms");
        }
        pacer
    }

    #[test]
    fn a_terminal_that_never_answers_is_not_paced() {
        plays(&[(0, Sent(10_000), true), (10, Sent(10_000), true), (9_000, Sent(10_000), true)]);
    }

    #[test]
    fn past_the_window_painting_waits_for_an_answer() {
        let pacer = plays(&[
            (0, Sent(2_400), true),
            (250, Answered(1), true),
            (300, Sent(1_300), true),
            (310, Sent(1_300), true),
            (320, Sent(1_300), false),
            (330, Nothing, false),
            (700, Answered(1), true),
            (710, Sent(200), true),
            (720, Sent(1_300), false),
            (730, Answered(4), true),
        ]);
        assert_eq!(pacer.outstanding(), 0);
    }

    #[test]
    fn answers_count_only_up_to_what_is_outstanding() {
        plays(&[
            (0, Answered(5), true),
            (1, Sent(5_000), true),
            (2, Answered(9), true),
            (3, Sent(5_000), false),
            (4, Sent(50), false),
            (5, Answered(1), true),
        ]);
    }

    #[test]
    fn three_seconds_without_an_answer_forget_what_is_outstanding() {
        let pacer = plays(&[
            (0, Sent(100), true),
            (10, Answered(1), true),
            (20, Sent(5_000), false),
            (3_019, Nothing, false),
            (3_020, Nothing, true),
            (3_030, Answered(1), true),
            (3_040, Sent(5_000), false),
            (3_050, Answered(1), true),
        ]);
        assert_eq!(pacer.outstanding(), 0);
    }

    #[test]
    fn an_answer_starts_the_waiting_anew() {
        plays(&[
            (0, Sent(100), true),
            (10, Answered(1), true),
            (20, Sent(100), true),
            (30, Sent(5_000), false),
            (2_900, Answered(1), false),
            (5_899, Nothing, false),
            (5_900, Nothing, true),
        ]);
    }

    #[test]
    fn a_terminal_that_has_stopped_answering_is_paced_no_more() {
        plays(&[
            (0, Sent(100), true),
            (10, Answered(1), true),
            (20, Sent(5_000), false),
            (3_020, Sent(5_000), false),
            (6_020, Sent(5_000), true),
            (6_030, Answered(1), true),
            (6_040, Sent(5_000), false),
        ]);
    }

    #[test]
    fn memory_stays_bounded_without_answers() {
        let (mut pacer, now) = (Pacer::new(), Instant::now());
        for _ in 0..10_000 {
            pacer.sent(100, now);
        }
        assert_eq!((pacer.outstanding(), pacer.unanswered), (MAX_FRAMES, 100 * MAX_FRAMES));
    }
}
