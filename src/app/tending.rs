//! Tending the data from a screen: verifying and backups run beside the work, say in the message line how far they are, and
//! never put themselves between the operator and a key: what was found is a page that opens when it is asked for.

use super::action::Action;
use super::notice::{Notice, bad_key, refusal_text};
use super::pick::{Pick, Row};
use super::picks::Choice;
use super::{App, Room};
use crate::desk::backup::Halt;
use crate::desk::{Bad, Chore, Ended, Findings, Progress, Step, Work};
use crate::domain::refusal::Fault;
use crate::text::Texts;
use std::time::{Duration, Instant};

/// How often the message line says how far it is.
const EVERY: Duration = Duration::from_millis(500);
/// Entries that the page shows.
const MOST_SHOWN: usize = 200;

/// What is being tended, and what was found last.
#[derive(Debug, Default)]
pub struct Tending {
    chore: Option<(Chore, Instant)>,
    /// What the message line said last of it: another message is not written over.
    said: Option<Notice>,
    found: Option<Box<Findings>>,
}

const fn work_of(action: Action) -> Option<Work> {
    match action {
        Action::Verify => Some(Work::Verify),
        Action::Backup => Some(Work::Backup),
        _ => None,
    }
}

impl App {
    /// Why such work cannot begin.
    pub(super) fn why_not_tend(&self, action: Action) -> Option<String> {
        let refusal = self.seat.why_not_begin(work_of(action)?)?;
        Some(refusal_text(&refusal, &self.texts))
    }

    /// Begins it; stops it when it runs; shows what was found when something was.
    pub(super) fn tend(&mut self, work: Work) {
        if let Some((chore, _)) = &self.tending.chore {
            chore.stop();
            self.notice = Some(Notice::info(self.texts.get("tending-stopping")));
            return;
        }
        if work == Work::Verify
            && let Some(found) = self.tending.found.take()
        {
            let page = Pick::new("title-verify", rows(&found, &self.texts)).without_filter();
            self.rooms.push(Room::Pick(Box::new(page)));
            return;
        }
        match self.seat.begin(work) {
            Ok(chore) => {
                self.tending.chore = Some((chore, self.instant));
                self.say_of_chore(Notice::info(self.texts.get("tending-begun")));
            }
            Err(halt) => self.notice = Some(halted(&halt, &self.texts)),
        }
    }

    /// When it is to be looked at again.
    pub(super) fn tending_due(&self) -> Option<Instant> {
        self.tending.chore.as_ref().map(|(_, looked_at)| *looked_at + EVERY)
    }

    /// Says how far it is, or how it ended; says whether the screen has changed.
    pub(super) fn settle_tending(&mut self, now: Instant) -> bool {
        let Some((chore, looked_at)) = &mut self.tending.chore else { return false };
        if now < *looked_at + EVERY {
            return false;
        }
        *looked_at = now;
        let Some(ended) = chore.ended() else {
            let told = chore.progress().map(|progress| Notice::info(progress_text(progress, &self.texts)));
            return told.is_some_and(|told| self.say_of_chore(told));
        };
        self.tending.chore = None;
        self.tending.said = None;
        self.notice = Some(match ended {
            Ended::Verified(found) if found.is_whole() => Notice::done(self.texts.get("verify-whole")),
            Ended::Verified(found) => {
                self.tending.found = Some(found);
                Notice::no(self.texts.get("tending-not-whole"))
            }
            Ended::BackedUp(made) => {
                let line = made.head.seq.0.to_string();
                if made.is_sound() {
                    Notice::done(self.texts.with("tending-backed-up", &[("line", &line)]))
                } else {
                    Notice::no(self.texts.get("tending-backed-up-damaged"))
                }
            }
            Ended::Not(halt) => halted(&halt, &self.texts),
        });
        true
    }

    /// Puts a message of the chore in the line, unless another one stands there.
    fn say_of_chore(&mut self, told: Notice) -> bool {
        if self.notice.is_some() && self.notice != self.tending.said {
            return false;
        }
        self.tending.said = Some(told.clone());
        self.notice.replace(told) != self.tending.said
    }
}

fn halted(halt: &Halt, texts: &Texts) -> Notice {
    match halt {
        Halt::Refused(refusal) => Notice::refusal(refusal, texts),
        Halt::Fault(Fault { key: "fault-stopped", .. }) => Notice::info(texts.get("fault-stopped")),
        Halt::Fault(fault) => Notice::fault(fault, texts),
    }
}

/// How far it is, in percent where the end is known.
fn progress_text(progress: Progress, texts: &Texts) -> String {
    let key = match progress.step {
        Step::Backup => "tending-backup",
        Step::Compare => "tending-compare",
        Step::Rebuild | Step::CatchUp | Step::Load | Step::Verify | Step::Rotate | Step::Restore => "tending-verify",
    };
    let percent = progress.done.saturating_mul(100).checked_div(progress.total).unwrap_or(0).min(100);
    texts.with(key, &[("percent", &percent.to_string())])
}

/// What was found, place by place, and what to do about each sort.
fn rows(found: &Findings, texts: &Texts) -> Vec<Row<Choice>> {
    let place = |chain: &str, bad: &Bad| {
        let name = format!("{chain} {:012}.jsonl:{}", bad.segment.0, bad.line);
        Row::new(Choice::Legend, name, format!("{}  #{}", texts.get(bad_key(bad.what)), bad.seq.0))
    };
    let verdict = &found.verdict;
    let sorts: [(Vec<Row<Choice>>, &str); 5] = [
        (verdict.journal.iter().map(|bad| place("journal", bad)).collect(), "tending-do-journal"),
        (verdict.trail.iter().map(|bad| place("trail", bad)).collect(), "tending-do-trail"),
        (subjects(&verdict.differing, "store"), "tending-do-store"),
        (subjects(&found.index_differs, "index"), "tending-do-store"),
        (subjects(&found.tables, "gates"), "tending-do-tables"),
    ];
    let mut rows = Vec::new();
    if verdict.lost_slots > 0 {
        let text = texts.with("verify-lost-keys", &[("count", &verdict.lost_slots.to_string())]);
        rows.push(Row::new(Choice::Legend, "keys", text));
    }
    let keyless = found.keyless.iter().take(MOST_SHOWN);
    rows.extend(keyless.map(|case| Row::new(Choice::Legend, "keys", texts.with("verify-keyless", &[("case", case)]))));
    for (entries, todo) in sorts {
        if !entries.is_empty() {
            rows.push(Row::new(Choice::Legend, texts.get("tending-do"), texts.get(todo)));
            rows.extend(entries.into_iter().take(MOST_SHOWN));
        }
    }
    rows
}

fn subjects(all: &[crate::domain::subject::Subject], name: &str) -> Vec<Row<Choice>> {
    all.iter().map(|of| Row::new(Choice::Legend, name, of.to_string())).collect()
}
