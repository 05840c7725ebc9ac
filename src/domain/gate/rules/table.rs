//! The gate table as TOML writes it, and how its rows are read: every code known, every time bounded, every mistake noted
//! with its place.
//!
//! Nothing here knows what a table must contain; [`super::floor`] checks that.

use super::flaw::{Flaw, Sort, Wrong};
use super::{Closing, Due, Gate, Since, Step};
use crate::domain::access::{Role, Roles};
use crate::domain::gate::Fact;
use crate::domain::query::nearest;
use crate::domain::status::Status;
use crate::domain::triage::{Cause, Thresholds};
use crate::domain::words::List;
use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A text with its place.
pub(super) type Word = Spanned<String>;
/// A list with its place, and that of each of its texts.
pub(super) type Words = Spanned<Vec<Word>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRules {
    pub(super) version: Word,
    pub(super) since: Word,
    pub(super) zone_hours: Spanned<i64>,
    pub(super) emergency_due: Word,
    pub(super) hold_review: Word,
    pub(super) gate: Vec<RawGate>,
    pub(super) closing: Vec<RawClosing>,
    pub(super) triage: RawTriage,
    pub(super) track: Vec<RawTrack>,
    #[serde(default)]
    pub(super) step: Vec<RawStep>,
}

/// `source` says where a rule comes from; people read it, the program does not.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGate {
    pub(super) to: Word,
    pub(super) from: Vec<Word>,
    pub(super) required: Option<Words>,
    #[serde(default)]
    pub(super) required_from: BTreeMap<Word, Vec<Word>>,
    #[serde(default)]
    pub(super) owed: BTreeMap<Word, Word>,
    #[serde(default)]
    pub(super) never: Vec<Word>,
    pub(super) roles: Vec<Word>,
    pub(super) leave: Option<Word>,
    #[serde(default)]
    pub(super) contacts: Vec<Word>,
    pub(super) position: Option<Word>,
    #[serde(rename = "source")]
    pub(super) _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClosing {
    pub(super) reason: Word,
    #[serde(default)]
    pub(super) from: Vec<Word>,
    pub(super) required: Option<Words>,
    pub(super) clock: Option<RawClock>,
    #[serde(default)]
    pub(super) two: bool,
    pub(super) forgives_debts: Option<Spanned<bool>>,
    #[serde(rename = "source")]
    pub(super) _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClock {
    pub(super) since: Since,
    pub(super) days: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTriage {
    pub(super) minutes: Spanned<[u16; 3]>,
    pub(super) pregnant_red_weeks: u8,
    pub(super) elder_years: u8,
    pub(super) violence_days: u8,
    pub(super) travel_paper_days: u8,
    #[serde(default)]
    pub(super) hearsay: Vec<RawHearsay>,
    #[serde(rename = "source")]
    pub(super) _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHearsay {
    pub(super) words: Spanned<Vec<String>>,
    pub(super) cause: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTrack {
    pub(super) code: Word,
    pub(super) ended: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStep {
    pub(super) state: Word,
    #[serde(default)]
    pub(super) from: Vec<Word>,
    pub(super) required: Option<Words>,
    #[serde(rename = "source")]
    pub(super) _source: Option<String>,
}

/// Reads rows, and notes every mistake instead of stopping at the first.
pub(super) struct Reader<'a> {
    text: &'a str,
    pub(super) flaws: Vec<Flaw>,
    /// Where rows and their keys stand, by what flaws call them.
    places: BTreeMap<String, usize>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, flaws: Vec::new(), places: BTreeMap::new() }
    }

    /// Notes a mistake at a byte of the text.
    pub(super) fn wrong(&mut self, at: usize, key: &str, wrong: Wrong) {
        let at = self.text.floor_char_boundary(at);
        let before = &self.text[..at];
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let column = before[start..].chars().count() + 1;
        self.flaws.push(Flaw { line, column, key: key.to_owned(), wrong });
    }

    /// Notes a mistake where a key of a row stands, else where the row stands, else at the beginning.
    pub(super) fn wrong_in(&mut self, row: &str, key: &str, wrong: Wrong) {
        let name = format!("{row}.{key}");
        let at = self.places.get(&name).or_else(|| self.places.get(row)).copied().unwrap_or(0);
        self.wrong(at, &name, wrong);
    }

    /// Remembers where a row stands; a row that stands there already is a mistake.
    fn row(&mut self, row: &str, at: usize) {
        if self.places.insert(row.to_owned(), at).is_some() {
            self.wrong(at, row, Wrong::Twice);
        }
    }

    fn key(&mut self, row: &str, key: &str, at: usize) {
        self.places.insert(format!("{row}.{key}"), at);
    }

    fn unknown<'n>(&mut self, key: &str, word: &Word, sort: Sort, names: impl Iterator<Item = &'n &'static str>) {
        let what = quoted(word.as_ref());
        let names: Vec<&'static str> = names.copied().collect();
        let near = |text: &str| nearest(text, names.iter().copied());
        let nearest = near(word.as_ref()).or_else(|| near(&word.as_ref().to_uppercase()));
        self.wrong(word.span().start, key, Wrong::Unknown { what, sort, nearest });
    }

    fn fact(&mut self, key: &str, word: &Word) -> Option<Fact> {
        let fact = Fact::from_code(word.as_ref());
        if fact.is_none() {
            self.unknown(key, word, Sort::Fact, Fact::ALL.iter().map(|fact| fact.code()).collect::<Vec<_>>().iter());
        }
        fact
    }

    fn facts(&mut self, row: &str, key: &str, words: Option<&Words>) -> Vec<Fact> {
        let Some(words) = words else { return Vec::new() };
        self.key(row, key, words.span().start);
        self.fact_list(&format!("{row}.{key}"), words.as_ref())
    }

    fn fact_list(&mut self, key: &str, words: &[Word]) -> Vec<Fact> {
        words.iter().filter_map(|word| self.fact(key, word)).collect()
    }

    fn status(&mut self, key: &str, word: &Word) -> Option<Status> {
        self.listed(key, List::Status, word, Sort::Status).and_then(Status::from_code)
    }

    fn statuses(&mut self, key: &str, words: &[Word]) -> Vec<Status> {
        words.iter().filter_map(|word| self.status(key, word)).collect()
    }

    fn listed(&mut self, key: &str, list: List, word: &Word, sort: Sort) -> Option<&'static str> {
        let code = list.find(word.as_ref());
        if code.is_none() {
            self.unknown(key, word, sort, list.codes().iter());
        }
        code
    }

    fn listed_all(&mut self, key: &str, list: List, words: &[Word], sort: Sort) -> Vec<&'static str> {
        words.iter().filter_map(|word| self.listed(key, list, word, sort)).collect()
    }

    pub(super) fn day(&mut self, key: &str, word: &Word) -> NaiveDate {
        let day = word.as_ref().parse();
        if day.is_err() {
            self.wrong(word.span().start, key, Wrong::Day(quoted(word.as_ref())));
        }
        day.unwrap_or_default()
    }

    /// A time that is longer than nothing.
    pub(super) fn span(&mut self, key: &str, word: &Word) -> TimeDelta {
        let span = span(word.as_ref());
        if span.is_none() {
            self.wrong(word.span().start, key, Wrong::Span(quoted(word.as_ref())));
        }
        span.unwrap_or_default()
    }

    /// A time of the table itself, which has its own limits in [`super::floor`].
    pub(super) fn bounded(&mut self, key: &str, word: &Word) -> TimeDelta {
        let span = self.span(key, word);
        if span > super::floor::LONGEST {
            self.wrong(word.span().start, key, Wrong::Bounds { least: "1m", most: "7d" });
        }
        span
    }

    /// `24h`, `before PULDA`, `before leaving`, or several with commas.
    fn due(&mut self, key: &str, word: &Word) -> Due {
        let mut due = Due::default();
        for part in word.as_ref().split(',').map(str::trim) {
            let part = Word::new(word.span(), part.to_owned());
            match part.as_ref().strip_prefix("before ").map(str::trim) {
                Some("leaving") => due.is_before_leaving = true,
                Some(code) => due.before = self.status(key, &Word::new(word.span(), code.to_owned())),
                None => due.within = Some(self.span(key, &part)),
            }
        }
        due
    }

    pub(super) fn gate(&mut self, raw: &RawGate) -> Option<Gate> {
        let to = self.status("gate", &raw.to)?;
        let row = format!("gate {}", to.code());
        self.row(&row, raw.to.span().start);
        if let Some(first) = raw.from.first() {
            self.key(&row, "from", first.span().start);
        }
        let key = |key: &str| format!("{row}.{key}");
        let mut required_from = BTreeMap::new();
        for (from, facts) in &raw.required_from {
            let facts = self.fact_list(&key("required_from"), facts);
            required_from.extend(self.status(&key("required_from"), from).map(|from| (from, facts)));
        }
        let mut owed = Vec::new();
        for (code, due) in &raw.owed {
            let due = self.due(&key("owed"), due);
            owed.extend(self.fact(&key("owed"), code).map(|fact| (fact, due)));
        }
        let roles = self.listed_all(&key("roles"), List::Role, &raw.roles, Sort::Role);
        let roles: Roles = roles.into_iter().filter_map(Role::from_code).collect();
        let leave = raw.leave.as_ref().map(|word| self.span(&key("leave"), word));
        Some(Gate {
            to,
            from: self.statuses(&key("from"), &raw.from),
            required: self.facts(&row, "required", raw.required.as_ref()),
            required_from,
            owed,
            never: self.fact_list(&key("never"), &raw.never),
            roles: roles.with(Role::Supervisor),
            leave,
            contacts: raw.contacts.iter().map(|word| self.span(&key("contacts"), word)).collect(),
            position: raw
                .position
                .as_ref()
                .and_then(|word| self.listed(&key("position"), List::Position, word, Sort::Position)),
        })
    }

    pub(super) fn closing(&mut self, raw: &RawClosing) -> Option<Closing> {
        let reason = self.listed("closing", List::CloseReason, &raw.reason, Sort::Reason)?;
        let row = format!("closing {reason}");
        self.row(&row, raw.reason.span().start);
        if let Some(forgives) = &raw.forgives_debts {
            self.key(&row, "forgives_debts", forgives.span().start);
        }
        Some(Closing {
            reason,
            from: self.statuses(&format!("{row}.from"), &raw.from),
            required: self.facts(&row, "required", raw.required.as_ref()),
            clock: raw.clock.as_ref().map(|clock| (clock.since, clock.days)),
            is_two: raw.two,
            forgives_debts: raw.forgives_debts.as_ref().is_some_and(|forgives| *forgives.as_ref()),
        })
    }

    pub(super) fn step(&mut self, raw: &RawStep) -> Option<Step> {
        let state = self.listed("step", List::TrackState, &raw.state, Sort::State)?;
        let row = format!("step {state}");
        self.row(&row, raw.state.span().start);
        let from = self.listed_all(&format!("{row}.from"), List::TrackState, &raw.from, Sort::State);
        Some(Step { state, from, required: self.facts(&row, "required", raw.required.as_ref()) })
    }

    /// The states that end tracks.
    pub(super) fn ended(&mut self, tracks: &[RawTrack]) -> Vec<&'static str> {
        let mut ended = Vec::new();
        for track in tracks {
            let Some(code) = self.listed("track", List::Track, &track.code, Sort::Track) else { continue };
            let row = format!("track {code}");
            self.row(&row, track.code.span().start);
            for word in &track.ended {
                let Some(state) = self.listed(&format!("{row}.ended"), List::TrackState, word, Sort::State) else {
                    continue;
                };
                if super::floor::is_end(state) {
                    ended.push(state);
                } else {
                    self.wrong(word.span().start, &format!("{row}.ended"), Wrong::NoEnd(state.to_owned()));
                }
            }
        }
        ended
    }

    pub(super) fn triage(&mut self, raw: RawTriage) -> Thresholds {
        let mut hearsay = Vec::new();
        for row in raw.hearsay {
            let (words, key) = (row.words, "triage.hearsay");
            let is_bounded = words.as_ref().iter().all(|word| (2..=40).contains(&word.len()));
            if !is_bounded || hearsay.len() + words.as_ref().len() > 200 {
                self.wrong(words.span().start, key, Wrong::Bounds { least: "2", most: "40 × 200" });
                continue;
            }
            match Cause::from_code(row.cause.as_ref()) {
                Some(cause) => hearsay.extend(words.into_inner().into_iter().map(|word| (word.to_lowercase(), cause))),
                None => {
                    let codes: Vec<_> = Cause::ALL.iter().map(|cause| cause.code()).collect();
                    self.unknown(key, &row.cause, Sort::Cause, codes.iter());
                }
            }
        }
        if !raw.minutes.as_ref().is_sorted() || raw.minutes.as_ref()[0] == 0 {
            self.wrong(raw.minutes.span().start, "triage.minutes", Wrong::Bounds { least: "1 ≤ 2 ≤ 3", most: "65535" });
        }
        Thresholds {
            minutes: raw.minutes.into_inner(),
            pregnant_red_weeks: raw.pregnant_red_weeks,
            elder_years: raw.elder_years,
            violence_days: raw.violence_days,
            travel_paper_days: raw.travel_paper_days,
            hearsay,
        }
    }
}

/// What is quoted back of a text that is not understood.
fn quoted(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

/// `15m`, `24h`, `7d`: at least a minute, at most ten years.
fn span(text: &str) -> Option<TimeDelta> {
    let text = text.trim();
    let (count, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let count: u32 = count.parse().ok()?;
    let minutes = match unit {
        "m" => i64::from(count),
        "h" => i64::from(count) * 60,
        "d" => i64::from(count) * 24 * 60,
        _ => return None,
    };
    (1..=3_660 * 24 * 60).contains(&minutes).then(|| TimeDelta::minutes(minutes))
}
