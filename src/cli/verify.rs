//! `pulang verify`: the desk, alone or beside a session that holds it; or a backup set without restoring it.

use super::answer::Stop;
use super::console::{Call, Site, say};
use super::open::{Interrupt, Opened, ProgressLine};
use super::{Exit, Place, anchor, working};
use crate::app::notice::bad_key;
use crate::desk::backup::{self, Checked, Flaw, Identities, is_held, verify_beside};
use crate::desk::{Anchor, Bad, BadWhat, Desk, Ended, Holding, Verdict, Work, hold_beside};
use crate::domain::calendar::Zone;
use crate::domain::refusal::{Fault, Refusal};
use crate::text::Texts;
use serde_json::{Value as Json, json};
use std::path::Path;

/// A bad entry by where it stands, the same in every language: the segment's file, the line in it, the number of the line,
/// and what is wrong.
pub fn bad_line(chain: &str, bad: &Bad) -> String {
    format!("{chain}/{:012}.jsonl line {}, seq {}: {:?}", bad.segment.0, bad.line, bad.seq.0, bad.what)
}

/// What is wrong with a file of a backup set, in words.
pub fn flaw_line(flaw: &Flaw, texts: &Texts) -> String {
    format!("{}: {}", flaw.file, texts.get(flaw.what.key()))
}

/// What verifying found, for both ways of saying it.
pub struct Found {
    pub verdict: Verdict,
    pub index_differs: usize,
    pub tables: Vec<String>,
    /// Whose keys are gone, by the numbers of their cases where these are known.
    pub keyless: Vec<String>,
    /// What differs, by name: subjects, or numbers of cases.
    pub differing: Vec<String>,
    /// What became of each anchor that it was held against.
    pub holdings: Vec<Holding>,
    /// The zone of the office that asks, where the desk is open.
    pub zone: Option<Zone>,
    /// Whether the caller may know how much there is in all: who administers the desk, who audits it, whoever has its files.
    pub tells_totals: bool,
}

impl Found {
    /// Verifies an open desk.
    pub fn of(desk: &Desk, line: &mut ProgressLine<'_>, interrupt: &Interrupt) -> Result<Self, Fault> {
        let verdict = desk.verify_until(&mut |progress| {
            line.show(progress);
            interrupt.check()
        })?;
        let tables = desk.unreadable_tables().iter().map(ToString::to_string).collect();
        let (keyless, differing) = (desk.named(&verdict.keyless), desk.named(&verdict.differing));
        Ok(Self {
            keyless,
            differing,
            verdict,
            index_differs: desk.index_differs()?.len(),
            tables,
            holdings: Vec::new(),
            zone: None,
            tells_totals: true,
        })
    }

    pub fn is_whole(&self) -> bool {
        let is_anchored = self.holdings.iter().all(Holding::is_whole);
        self.verdict.is_whole() && self.index_differs == 0 && self.tables.is_empty() && is_anchored
    }

    /// The same, held against anchors; nothing to hold it against is no work.
    fn held<E>(self, anchors: &[Anchor], hold: impl FnOnce(&Verdict) -> Result<Vec<Holding>, E>) -> Result<Self, E> {
        let holdings = if anchors.is_empty() { Vec::new() } else { hold(&self.verdict)? };
        Ok(Self { holdings, ..self })
    }

    /// What is wrong with a place of the journal, in words: of lines that are gone, which.
    fn told(&self, bad: &Bad, texts: &Texts) -> String {
        let gone = self.verdict.gone.iter().find(|(from, _)| bad.what == BadWhat::Missing && *from == bad.seq);
        gone.map_or_else(
            || texts.get(bad_key(bad.what)).into_owned(),
            |(from, to)| texts.with("bad-gone", &[("from", &from.0.to_string()), ("to", &to.0.to_string())]),
        )
    }

    /// Every bad entry and what is wrong with it.
    fn bad(&self) -> impl Iterator<Item = (String, &Bad)> {
        let of = |chain: &'static str, bad: &Bad| bad_line(chain, bad);
        let journal = self.verdict.journal.iter().map(move |bad| (of("journal", bad), bad));
        journal.chain(self.verdict.trail.iter().map(move |bad| (of("trail", bad), bad)))
    }

    pub fn json(&self) -> Json {
        let verdict = &self.verdict;
        let differing: Vec<String> = verdict.differing.iter().map(ToString::to_string).collect();
        let total = |count: u64| self.tells_totals.then_some(count);
        json!({
            "whole": self.is_whole(), "lines": total(verdict.lines), "trail_lines": total(verdict.trail_lines),
            "records": total(verdict.records), "bad": self.bad().map(|(entry, _)| entry).collect::<Vec<_>>(), "store_differs": differing,
            "gone": verdict.gone.iter().map(|(from, to)| [from.0, to.0]).collect::<Vec<_>>(), "index_differs": self.index_differs,
            "unreadable_tables": self.tables, "lost_keys": verdict.lost_slots, "keyless": self.keyless,
            "store_left_out": verdict.is_store_left_out, "anchors": anchor::json(&self.holdings),
        })
    }

    /// Says it in words.
    pub fn say(&self, call: &mut Call<'_, '_>) -> Result<(), Stop> {
        let verdict = &self.verdict;
        let counts = [
            ("lines", verdict.lines.to_string()),
            ("trail", verdict.trail_lines.to_string()),
            ("records", verdict.records.to_string()),
        ];
        if self.tells_totals {
            say!(call, "{}", call.texts.with("verify-counts", &counts))?;
        }
        for (entry, bad) in self.bad() {
            say!(call, "!! {entry} ({})", self.told(bad, &call.texts))?;
        }
        for of in &self.differing {
            say!(call, "!! {}", call.texts.with("verify-differs", &[("of", of)]))?;
        }
        for table in &self.tables {
            say!(call, "!! {}", call.texts.with("verify-table-unreadable", &[("table", table)]))?;
        }
        if verdict.lost_slots > 0 {
            say!(call, "!! {}", call.texts.with("verify-lost-keys", &[("count", &verdict.lost_slots.to_string())]))?;
        }
        for case in &self.keyless {
            say!(call, "!! {}", call.texts.with("verify-keyless", &[("case", case)]))?;
        }
        anchor::say_holdings(call, &self.holdings, self.zone)?;
        let ending = match (self.is_whole(), verdict.is_store_left_out) {
            (true, false) => "verify-whole",
            (true, true) => "verify-whole-beside",
            (false, _) => "verify-not-whole",
        };
        say!(call, "{}", call.texts.get(ending))
    }
}

/// Verifies the desk; while a session holds it, what can be verified beside it.
pub fn desk(call: &mut Call<'_, '_>, anchors: Option<&Path>) -> Result<Exit, Stop> {
    // What cannot be read is said before anything takes long.
    let anchors = anchors.map(|file| anchor::read(call, file)).transpose()?.unwrap_or_default();
    let dir = call.dir();
    let interrupt = call.interrupt();
    let found = if let Site::Desk(_) = call.site {
        inside(call, &anchors)?
    } else if is_held(&dir) {
        let place = &call.args.place;
        beside((&dir, place), &anchors, &mut call.progress(), &interrupt)?
    } else {
        let Opened { desk, seat, .. } = call.open()?;
        let mut line = call.progress();
        let found = Found { zone: Some(seat.zone()), ..Found::of(&desk, &mut line, &interrupt)? };
        found.held(&anchors, |verdict| desk.hold_against(&anchors, verdict, &mut || interrupt.check()))?
    };
    call.report(found.json(), |call| found.say(call))?;
    Ok(if found.is_whole() { Exit::DONE } else { Exit::REFUSED })
}

/// Verifies the desk that the command runs inside, for whoever keeps it.
fn inside(call: &mut Call<'_, '_>, anchors: &[Anchor]) -> Result<Found, Stop> {
    let Opened { seat, .. } = call.open()?;
    match working::until_ended(call, &seat, Work::Verify)? {
        Ended::Verified(found) => {
            let found = Found {
                index_differs: found.index_differs.len(),
                tables: found.tables.iter().map(ToString::to_string).collect(),
                keyless: found.keyless,
                differing: found.differing,
                verdict: found.verdict,
                holdings: Vec::new(),
                zone: Some(seat.zone()),
                tells_totals: seat.may_know_totals(),
            };
            let interrupt = call.interrupt();
            found.held(anchors, |verdict| Ok(seat.hold_against(anchors, verdict, &mut || interrupt.check())?))
        }
        Ended::Not(halt) => Err(halt.into()),
        Ended::BackedUp(_) => Err(Refusal::new("refused-no-answer").into()),
    }
}

fn beside(
    (dir, place): (&Path, &Place),
    anchors: &[Anchor],
    line: &mut ProgressLine<'_>,
    interrupt: &Interrupt,
) -> Result<Found, Fault> {
    let key = place.key.as_deref();
    let verdict = verify_beside(dir, key, &mut |progress| {
        line.show(progress);
        interrupt.check()
    })?;
    let found = Found {
        keyless: verdict.keyless.iter().map(ToString::to_string).collect(),
        differing: Vec::new(),
        verdict,
        index_differs: 0,
        tables: Vec::new(),
        holdings: Vec::new(),
        zone: None,
        tells_totals: true,
    };
    found.held(anchors, |verdict| hold_beside((dir, key), anchors, verdict, &mut || interrupt.check()))
}

/// Checks a backup set.
pub fn backup(call: &mut Call<'_, '_>, set: &Path, identity: Option<&Path>) -> Result<Exit, Stop> {
    call.needs_machine("verify")?;
    if !set.is_dir() {
        return Err(Refusal::new("restore-no-backup").with("path", set.display().to_string()).into());
    }
    let identities = identity.map(Identities::read).transpose()?;
    let interrupt = call.interrupt();
    let mut line = call.progress();
    let checked = backup::check(set, identities.as_ref(), &mut |progress| {
        line.show(progress);
        interrupt.check()
    })?;
    line.clear();
    let is_whole = checked.is_whole();
    call.report(checked_json(&checked), |call| say_checked(call, &checked))?;
    Ok(Exit::whole(is_whole))
}

fn checked_json(checked: &Checked) -> Json {
    let flaws: Vec<Json> = checked.flaws.iter().map(flaw_json).collect();
    let newest = checked.newest.map(|newest| {
        json!({
            "at": newest.at, "line": newest.head.seq.0, "sha": newest.head.sha.to_string(),
            "desk": newest.desk.to_string(), "bad_lines": newest.bad_lines,
            "moment": newest.number, "aside": newest.is_aside,
        })
    });
    json!({
        "whole": checked.is_whole(), "opened": checked.is_opened, "moments": checked.moments,
        "key_lists": checked.key_lists, "files": checked.files, "bytes": checked.bytes, "damaged": flaws,
        "newest": newest, "last_whole": checked.last_whole.map(|(moment, head)| json!({"moment": moment, "line": head.seq.0})),
    })
}

/// A damaged file for programs.
pub fn flaw_json(flaw: &Flaw) -> Json {
    json!({"file": flaw.file, "what": format!("{:?}", flaw.what).to_lowercase()})
}

fn say_checked(call: &mut Call<'_, '_>, checked: &Checked) -> Result<(), Stop> {
    let counts = [
        ("moments", checked.moments.to_string()),
        ("files", checked.files.to_string()),
        ("bytes", crate::cli::backup::size(checked.bytes)),
    ];
    say!(call, "{}", call.texts.with("backup-checked", &counts))?;
    if let Some(newest) = checked.newest {
        let head = [
            ("at", crate::cli::backup::local(newest.at)),
            ("line", newest.head.seq.0.to_string()),
            ("sha", newest.head.sha.to_string()),
        ];
        say!(call, "{}", call.texts.with("backup-checked-newest", &head))?;
        if newest.bad_lines > 0 {
            say!(call, "!! {}", call.texts.with("backup-bad-lines", &[("count", &newest.bad_lines.to_string())]))?;
        }
    }
    let is_damaged_within = checked.newest.is_some_and(|newest| newest.bad_lines > 0 || newest.is_aside);
    if let (true, Some((moment, head))) = (is_damaged_within, checked.last_whole) {
        let words = [("moment", moment.to_string()), ("line", head.seq.0.to_string())];
        say!(call, "!! {}", call.texts.with("backup-last-whole", &words))?;
    }
    for flaw in &checked.flaws {
        say!(call, "!! {}", flaw_line(flaw, &call.texts))?;
    }
    let ending = match (checked.flaws.is_empty(), checked.is_opened) {
        (true, true) => "backup-set-whole",
        (true, false) => "backup-set-whole-outside",
        (false, _) => "backup-set-damaged",
    };
    let ending = if checked.flaws.is_empty() && is_damaged_within { "backup-set-damaged-within" } else { ending };
    say!(call, "{}", call.texts.get(ending))
}
