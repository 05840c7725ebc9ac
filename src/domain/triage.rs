//! Urgency: computed from facts, explained, never typed. Who is seen first, and until when.
//!
//! Officers enter facts; the tier follows (`domain.md` B4). Remarks of a manifest are hearsay until somebody has looked, and
//! count until then. Nothing here reads a clock: age is judged on the landing.

pub mod hearsay;

use super::case::{Age, Case};
use super::field::{Field, Section};
use super::gate::Rules;
use super::summary::{Summary, Tier};
use super::value::Precision;
use chrono::{NaiveDate, TimeDelta};
use std::cmp::Ordering;

/// Numbers and words of the triage table (`[triage]` in `assets/gates.toml`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Minutes until somebody red, yellow, green is seen.
    pub minutes: [u16; 3],
    pub pregnant_red_weeks: u8,
    pub elder_years: u8,
    pub violence_days: u8,
    pub travel_paper_days: u8,
    /// Words of remarks, in lower case, and what they say.
    pub hearsay: Vec<(String, Cause)>,
}

impl Thresholds {
    /// How long somebody of this tier may wait; the dead wait in a queue of their own.
    pub fn wait(&self, tier: Tier) -> Option<TimeDelta> {
        let minutes = match tier {
            Tier::Remains => return None,
            Tier::Red => self.minutes[0],
            Tier::Yellow => self.minutes[1],
            Tier::Green => self.minutes[2],
        };
        Some(TimeDelta::minutes(i64::from(minutes)))
    }
}

macro_rules! causes {
    ($( $name:ident $code:literal $tier:ident $section:ident )*) => {
        /// Why somebody is urgent.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Cause { $( $name, )* }

        impl Cause {
            /// Every cause, gravest first.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            pub const fn code(self) -> &'static str {
                match self { $( Self::$name => $code, )* }
            }

            /// The key of its sentence: `triage-pregnant`.
            pub const fn key(self) -> &'static str {
                match self { $( Self::$name => concat!("triage-", $code), )* }
            }

            /// The tier that it means by itself.
            pub const fn tier(self) -> Tier {
                match self { $( Self::$name => Tier::$tier, )* }
            }

            /// Whoever may not see this section may not read this cause.
            pub const fn section(self) -> Section {
                match self { $( Self::$name => Section::$section, )* }
            }
        }
    };
}

causes! {
    Dead "dead" Remains Desk
    NeedsHospital "needs-hospital" Red Health
    PregnantLate "pregnant-late" Red Health
    PregnancyComplaint "pregnancy-complaint" Red Health
    Child "child" Red Identity
    ChildDoubted "child-doubted" Red Identity
    ChildAlone "child-alone" Red Contact
    Suicidal "suicidal" Red Health
    SexualViolence "sexual-violence" Red Health
    Threatened "threatened" Red Health
    Confined "confined" Red Journey
    Infectious "infectious" Red Health
    RaisedRed "raised-red" Red Health
    Pregnant "pregnant" Yellow Health
    Chronic "chronic" Yellow Health
    Ill "ill" Yellow Health
    Injured "injured" Yellow Health
    Afraid "afraid" Yellow Health
    Elder "elder" Yellow Identity
    Disabled "disabled" Yellow Health
    Trauma "trauma" Yellow Health
    Trafficked "trafficked" Yellow Law
    NoFamily "no-family" Yellow Health
    WasInCustody "was-in-custody" Yellow Law
    WithChild "with-child" Yellow Health
    PaperExpires "paper-expires" Yellow Identity
    LawHold "law-hold" Yellow Law
    RaisedYellow "raised-yellow" Yellow Health
}

impl Cause {
    /// The cause with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cause| cause.code() == code)
    }
}

/// One cause, and whether it is only what the sender's remarks say: *dari manifes, belum diperiksa* (`triage-hearsay`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reason {
    pub cause: Cause,
    pub is_hearsay: bool,
}

/// A tier with everything that leads to it, gravest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Triage {
    pub tier: Tier,
    pub reasons: Vec<Reason>,
}

/// Judges a case's urgency from its facts; `lands` is the movement's landing, on which age and papers are judged.
pub fn triage(case: Case<'_>, lands: Option<NaiveDate>, rules: &Rules) -> Triage {
    if case.is_dead() {
        return Triage { tier: Tier::Remains, reasons: vec![Reason { cause: Cause::Dead, is_hearsay: false }] };
    }
    let on = case.interest_on(lands, rules.zone);
    let mut reasons: Vec<_> = Cause::ALL
        .iter()
        .filter(|cause| is_fact(**cause, case, on, rules))
        .map(|&cause| Reason { cause, is_hearsay: false })
        .collect();
    if !case.is_remark_checked() {
        let said = hearsay::causes(case.0.text(Field::Remarks).unwrap_or_default(), &rules.triage);
        for cause in said {
            if !reasons.iter().any(|reason| reason.cause == cause) {
                reasons.push(Reason { cause, is_hearsay: true });
            }
        }
    }
    reasons.sort_unstable();
    let tier = reasons.iter().map(|reason| reason.cause.tier()).min().unwrap_or(Tier::Green);
    Triage { tier, reasons }
}

/// Whether the facts of the case say this.
fn is_fact(cause: Cause, case: Case<'_>, on: Option<NaiveDate>, rules: &Rules) -> bool {
    let record = case.0;
    let age = on
        .map_or(if case.is_age_doubted() || case.has_check("A") { Age::Doubted(None) } else { Age::Unknown }, |on| {
            case.age_on(on)
        });
    let weeks = record.number(Field::PregnantWeeks);
    let late = i64::from(rules.triage.pregnant_red_weeks);
    match cause {
        Cause::Dead => false,
        Cause::NeedsHospital => record.is_yes(Field::NeedsHospital) || case.is_referred(),
        Cause::PregnantLate => weeks.is_some_and(|weeks| weeks >= late),
        Cause::PregnancyComplaint => record.is_yes(Field::PregnancyComplaint),
        Cause::Child => matches!(age, Age::Child(_)),
        Cause::ChildDoubted => matches!(age, Age::Doubted(_)),
        Cause::ChildAlone => age.is_child() && matches!(record.code(Field::Company), Some("SND" | "TRP")),
        Cause::Suicidal => record.is_yes(Field::SuicidalTalk),
        Cause::SexualViolence => is_recent_violence(case, on, rules),
        Cause::Threatened => record.is_yes(Field::DirectThreat) || record.code(Field::Safety) == Some("BHY"),
        Cause::Confined => case.is_position("KMP"),
        Cause::Infectious => record.is_yes(Field::Infectious),
        Cause::RaisedRed => record.code(Field::RaisedTier) == Some("1"),
        Cause::Pregnant => case.has_check("H") || weeks.is_some(),
        Cause::Chronic => record.text(Field::Chronic).is_some_and(|text| !text.trim().is_empty()),
        Cause::Ill => case.has_check("S"),
        Cause::Injured => case.has_check("L"),
        Cause::Afraid => case.has_check("T"),
        Cause::Elder => age.years().is_some_and(|years| years >= i32::from(rules.triage.elder_years)),
        Cause::Disabled => case.has_check("D"),
        Cause::Trauma => record.is_yes(Field::StrongTrauma),
        Cause::Trafficked => case.has_problem("TPO") || super::screening::is_indicated(case, on),
        Cause::NoFamily => record.is_yes(Field::HasNoFamilyContact),
        Cause::WasInCustody => record.is_yes(Field::WasInCustody),
        Cause::WithChild => record.is_yes(Field::TravelsWithChild),
        Cause::PaperExpires => is_paper_expiring(case, on, rules),
        Cause::LawHold => case.flags().any(|flag| flag.kind == "HKM" && !flag.is_cleared),
        Cause::RaisedYellow => record.code(Field::RaisedTier) == Some("2"),
    }
}

/// Whether sexual violence happened so shortly before the landing or the first look that hours count. An estimated or
/// unknown day counts: in doubt a doctor sees the person at once.
fn is_recent_violence(case: Case<'_>, on: Option<NaiveDate>, rules: &Rules) -> bool {
    let Some(dated) = case.0.date(Field::SexualViolenceAt) else { return false };
    let looked = case.0.at(Field::ChecksAt).map(|at| at.with_timezone(&rules.zone).date_naive());
    let first = [on, looked].into_iter().flatten().min();
    match (dated.on, first) {
        (Some(day), Some(first)) => {
            let slack = if dated.precision == Precision::Certain { 0 } else { 1 };
            (first - day).num_days() <= i64::from(rules.triage.violence_days) + slack
        }
        (None, _) | (_, None) => true,
    }
}

/// Whether an emergency travel document ends within days of the landing.
fn is_paper_expiring(case: Case<'_>, on: Option<NaiveDate>, rules: &Rules) -> bool {
    let days = i64::from(rules.triage.travel_paper_days);
    let ends = |until: NaiveDate, on: NaiveDate| (until - on).num_days() <= days;
    case.documents().any(|paper| {
        paper.kind == Some("SPL") && matches!((paper.until, on), (Some(until), Some(on)) if ends(until, on))
    })
}

/// The order of the queue: tier, then due, then waiting, then number. The dead are apart, after the living. Total: no two
/// cases are equal unless they are the same.
pub fn order(a: &Summary, b: &Summary) -> Ordering {
    let rank = |summary: &Summary| match summary.tier {
        Tier::Red => 1,
        Tier::Yellow => 2,
        Tier::Green => 3,
        Tier::Remains => 4,
    };
    let key = |summary: &Summary| {
        (rank(summary), summary.due.is_none(), summary.due, summary.status_at, summary.number, summary.id)
    };
    key(a).cmp(&key(b))
}
