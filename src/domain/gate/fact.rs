//! The facts that gates ask for: a closed list of questions about a case, each with a stable code, a text and a field.
//!
//! Which gate asks which question is data (`assets/gates.toml`), never written here. No fact asks whether somebody went the
//! procedural way: the state brings everybody home (UU 18/2017; source document S0).

use super::Circumstances;
use crate::domain::case::Case;
use crate::domain::field::{Field, Part};
use crate::domain::record::Slot;
use crate::domain::value::Value;

/// How a fact is looked up.
#[derive(Clone, Copy)]
enum Test {
    /// Its field holds something.
    Present,
    /// This paper of the remains track has come in.
    Paper(&'static str),
    Asked(fn(Case<'_>, &Circumstances<'_>) -> bool),
}

use Test::{Asked, Paper, Present};

macro_rules! facts {
    ($( $name:ident $code:literal $field:ident $test:expr ; )*) => {
        /// A question about a case that holds or does not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fact { $( $name, )* }

        impl Fact {
            /// Every fact, in the order in which obstacles are listed.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            /// The code in the gate table and in debts; never changes.
            pub const fn code(self) -> &'static str {
                match self { $( Self::$name => $code, )* }
            }

            /// The field to which the form jumps when this fact is missing.
            pub const fn field(self) -> Field {
                match self { $( Self::$name => Field::$field, )* }
            }

            const fn test(self) -> Test {
                match self { $( Self::$name => $test, )* }
            }

            /// The key of the sentence that names this fact: `fact-boarded`.
            pub const fn key(self) -> &'static str {
                match self { $( Self::$name => concat!("fact-", $code), )* }
            }
        }
    };
}

facts! {
    Named "named" Name Asked(|case, _| case.is_named());
    ReportChannel "report-channel" ReportChannel Present;
    ReportedAt "reported-at" ReportedAt Present;
    ReportCountry "report-country" ReportCountry Present;
    DuplicateAnswered "duplicate-answered" DuplicateAnswer Present;
    IdentitySource "identity-source" IdentitySource Present;
    NationalityEvidence "nationality-evidence" NationalityEvidence Present;
    PositionKnown "position-known" Position Asked(|case, _| is_present(case, Field::PositionAt) && !matches!(case.0.code(Field::Position), None | Some("TDK")));
    SafetyKnown "safety-known" Safety Asked(|case, _| are_present(case, &[Field::Safety, Field::SafetyAt, Field::SafetySource]));
    PapersNamed "papers-named" PapersMissing Present;
    TravelDocument "travel-document" DocUntil Asked(|case, circumstances| case.documents().any(|paper| paper.is_valid_on(circumstances.travels_on())));
    Wish "wish" Wish Asked(|case, _| matches!(case.0.code(Field::Wish), Some("YA" | "DEP")));
    FitIfIll "fit-if-ill" FitToTravelUntil Asked(|case, circumstances| !case.is_ill() || is_fit(case, circumstances));
    ExitPermit "exit-permit" ExitPermit Present;
    Fine "fine" Fine Present;
    CostBearer "cost-bearer" CostBearer Present;
    Movement "movement" Movement Present;
    Boarded "boarded" HasBoarded Asked(|case, _| case.0.is_yes(Field::HasBoarded));
    LandedAt "landed-at" LandedAt Present;
    LandedPlace "landed-place" LandedPlace Present;
    SeenBy "seen-by" SeenBy Present;
    IdentityChecked "identity-checked" IdentityCheckedAt Asked(|case, _| are_present(case, &[Field::IdentityCheckedAt, Field::IdentityCheckedBy]));
    TriageFacts "triage-facts" Checks Present;
    RightsAnswered "rights-answered" RightsTold Present;
    RightsExplained "rights-explained" RightsTold Asked(|case, _| matches!(case.0.code(Field::RightsTold), Some("PER" | "KOL")));
    Screened "screened" ScreenedAt Asked(|case, _| case.0.items(Part::Screening).next().is_some());
    HealthChecked "health-checked" HealthCheckedAt Present;
    Facility "facility" Facility Present;
    ReceivedBy "received-by" ReceivedBy Present;
    AdmittedAt "admitted-at" AdmittedAt Present;
    CareConsent "care-consent" CareConsent Present;
    AdmissionRecord "admission-record" AdmissionRecord Present;
    Bed "bed" Bed Present;
    Needs "needs" Needs Present;
    ReadyBySecond "ready-by-second" Readiness Asked(is_ready_by_second);
    RehabNotNeeded "rehab-not-needed" Readiness Asked(|case, _| matches!(case.0.code(Field::Readiness), Some("TPL" | "TMU")));
    Destination "destination" Destination Present;
    NoHold "no-hold" Flag Asked(|case, circumstances| case.live_holds(circumstances.now).next().is_none());
    ReceiverNotified "receiver-notified" ReceiverNotifiedAt Present;
    ChildGuardian "child-guardian" ContactVerifiedBy Asked(|case, circumstances| !circumstances.is_child(case) || case.has_verified_guardian());
    HandedTo "handed-to" HandedTo Present;
    HandedRelation "handed-relation" HandedRelation Present;
    HandedAt "handed-at" HandedAt Present;
    ReceiverSafe "receiver-safe" HandedContact Asked(|case, circumstances| case.is_receiver_safe(circumstances.is_child(case)));
    HandoverNo "handover-no" HandoverNo Present;
    VillageWitness "village-witness" VillageWitness Present;
    CloseReason "close-reason" CloseReason Present;
    CloseNo "close-no" CloseNo Present;
    CloseNote "close-note" CloseNote Present;
    TakenOverBy "taken-over-by" TakenOverBy Present;
    DuplicateOf "duplicate-of" DuplicateOf Present;
    BelongingsReturned "belongings-returned" BelongingReturnedAt Asked(are_belongings_returned);
    ArrivalResolved "arrival-resolved" LandedAt Asked(|case, _| is_present(case, Field::LandedAt) || case.is_dead());
    LastContact "last-contact" LastContact Present;
    Dead "dead" DiedAt Present;
    RemainsHome "remains-home" TrackState Asked(|case, _| case.tracks().any(|track| matches!(track.state, Some("JNZ9" | "JNZM"))));
    DeathDescribed "death-described" DeathCause Asked(|case, _| are_present(case, &[Field::DiedAt, Field::DeathPlace, Field::DeathCause, Field::DeathNature]));
    UnnaturalPapers "unnatural-papers" RemainsPapers Asked(|case, _| case.0.code(Field::DeathNature) != Some("TWJ") || ["LPK", "OTP"].into_iter().all(|paper| has_paper(case, paper)));
    RemainsIdentified "remains-identified" RemainsIdentifiedAt Asked(|case, _| are_present(case, &[Field::RemainsIdentifiedAt, Field::RemainsIdentifiedBy]));
    HeirKnown "heir-known" HeirName Asked(|case, _| are_present(case, &[Field::HeirName, Field::HeirRelation]));
    HeirConsent "heir-consent" HeirConsentAt Present;
    DeadsPassport "deads-passport" RemainsPapers Paper("PAS");
    CauseCertificate "cause-certificate" RemainsPapers Paper("MCC");
    DiseaseFree "disease-free" RemainsPapers Paper("BPM");
    DeathLetter "death-letter" RemainsPapers Paper("SKM");
    Embalming "embalming" RemainsPapers Paper("EMB");
    Sealing "sealing" RemainsPapers Paper("SGL");
    RemainsExport "remains-export" RemainsPapers Paper("IZE");
    AgencyRequest "agency-request" RemainsPapers Paper("PIN");
    FamilyRequest "family-request" RemainsPapers Paper("PKL");
    PowerOfAttorney "power-of-attorney" RemainsPapers Paper("KUA");
    EscortPassport "escort-passport" RemainsPapers Paper("PPD");
    AirWaybill "air-waybill" AirWaybill Present;
    QuarantinePermit "quarantine-permit" RemainsPapers Paper("IAK");
    CustomsNotice "customs-notice" RemainsPapers Paper("PIB");
    DeathRecord "death-record" RemainsPapers Paper("AKM");
    EffectsList "effects-list" RemainsPapers Paper("BRG");
    LocalBurialConsent "local-burial-consent" RemainsPapers Paper("MKM");
    PoliceReportNo "police-report-no" TrackNo Asked(|case, _| case.tracks().any(|track| track.kind == Some("HKM") && track.no.is_some_and(|no| !no.trim().is_empty())));
    PsychosocialOnce "psychosocial-once" PsychosocialOn Present;
    FitnessLetter "fitness-letter" FitToTravelUntil Asked(is_fit);
}

impl Fact {
    /// The fact with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fact| fact.code() == code)
    }

    /// Whether no emergency may pass it, whatever an office's table says: guardians of minors, live holds, the identity of
    /// remains (`desk.md`, "Work never stops"). Closing has no emergency at all.
    pub const fn is_never_emergency(self) -> bool {
        matches!(self, Self::ChildGuardian | Self::ReceiverSafe | Self::NoHold | Self::RemainsIdentified)
    }

    /// Whether a shared screen must not name it: it would tell of health, law, a child or a barred person.
    pub const fn is_confidential(self) -> bool {
        use crate::domain::field::Section::{Care, Health, Law};
        matches!(self, Self::ChildGuardian | Self::ReceiverSafe | Self::NoHold)
            || matches!(self.field().section(), Health | Care | Law)
    }

    /// Whether the fact is present in the case, under these circumstances.
    pub fn holds(self, case: Case<'_>, circumstances: &Circumstances<'_>) -> bool {
        match self.test() {
            Present => is_present(case, self.field()),
            Paper(paper) => has_paper(case, paper),
            Asked(question) => question(case, circumstances),
        }
    }
}

/// Whether a field holds something: an empty line or an empty choice is nothing.
fn is_present(case: Case<'_>, field: Field) -> bool {
    match case.0.get(field) {
        None => false,
        Some(Value::Text(text)) => !text.trim().is_empty(),
        Some(Value::Codes(codes)) => !codes.is_empty(),
        Some(
            Value::Code(_) | Value::Date(_) | Value::Time(_) | Value::Number(_) | Value::YesNo(_) | Value::Link(_),
        ) => true,
    }
}

fn are_present(case: Case<'_>, fields: &[Field]) -> bool {
    fields.iter().all(|&field| is_present(case, field))
}

fn has_paper(case: Case<'_>, paper: &str) -> bool {
    case.0.has_code(Field::RemainsPapers, paper)
}

fn are_belongings_returned(case: Case<'_>, _: &Circumstances<'_>) -> bool {
    case.0.items(Part::Belonging).all(|item| case.0.at(Slot::of(item, Field::BelongingReturnedAt)).is_some())
}

fn is_fit(case: Case<'_>, circumstances: &Circumstances<'_>) -> bool {
    let until = case.0.day(Field::FitToTravelUntil);
    is_present(case, Field::FitToTravelBy) && until.is_some_and(|until| until >= circumstances.travels_on())
}

/// Ready by the judgement of somebody else than the one who asks now; *siap* rests on at least one psychosocial assessment.
fn is_ready_by_second(case: Case<'_>, circumstances: &Circumstances<'_>) -> bool {
    let is_judged = match case.0.code(Field::Readiness) {
        Some("SIA" | "SYR") => is_present(case, Field::PsychosocialOn),
        Some("TMU") => true,
        _ => false,
    };
    let is_second = case.0.link(Field::ReadinessBy).is_some_and(|by| by.id != circumstances.actor);
    is_judged && is_second && is_present(case, Field::ReadinessOn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_fact_has_a_code_of_its_own_that_finds_it_and_fits_a_debt() {
        let codes: BTreeSet<_> = Fact::ALL.iter().map(|fact| fact.code()).collect();
        assert_eq!(codes.len(), Fact::ALL.len());
        for &fact in Fact::ALL {
            assert_eq!(Fact::from_code(fact.code()), Some(fact));
            assert_eq!(fact.key(), format!("fact-{}", fact.code()));
            assert!(fact.code().len() <= 40);
        }
    }

    #[test]
    fn what_hurts_to_be_named_is_confidential() {
        for fact in
            [Fact::NoHold, Fact::ChildGuardian, Fact::ReceiverSafe, Fact::FitIfIll, Fact::Screened, Fact::HealthChecked]
        {
            assert!(fact.is_confidential(), "{fact:?}");
        }
        assert!(!Fact::TravelDocument.is_confidential());
    }
}
