//! Every field there is: its stored name, the part it belongs to, what it may hold, who may see it, where it stands.
//!
//! One table. Forms, history, merging, import, export and access all read it; the stored names never change and are
//! never reused. Labels are texts: `field-` and the name with `-` for `_`. Longer than 400 lines: a table of one row a
//! field, which is read and checked as a whole.

use super::subject::Kind;
use super::words::List;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What an item is; [`Part::Own`] are the fields of the record itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Own,
    Document,
    Phone,
    Contact,
    Note,
    Flag,
    Debt,
    Belonging,
    Track,
    Screening,
    Finding,
    Referral,
    Custody,
    Link,
    /// An office that may see named sections of the case.
    Share,
    /// An operator who is named in a sealed case, or in its compartment.
    Named,
    /// A look from outside, of which the owner is told.
    Look,
    /// An SSH public key by which an operator comes in through the shared account.
    Key,
    /// A paper that was printed of the case.
    Print,
    /// What one office puts to another about the case: a referral, a transfer, a question for access; with its answer.
    Offer,
}

/// Groups of fields for access and sharing. [`Section::Law`] is the compartment of qualification, screening and law track.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    Identity,
    Contact,
    Work,
    Journey,
    Health,
    Care,
    Law,
    Desk,
    /// Movements, offices, operators, views, tables: not part of a case.
    Office,
}

/// Which days a date field can mean; decides what a bare day number reads as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Past,
    Future,
    Any,
}

/// What a field may hold, with its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One line of cleaned text, at most so many characters.
    Text(u16),
    /// Several lines, at most so many characters.
    Lines(u16),
    /// Sixteen digits as text; what was typed or sent is kept beside it in [`Field::NikRaw`].
    Nik,
    /// E.164 where it parses, else as typed.
    Phone,
    /// A document number, upper case without spaces.
    DocumentNo,
    /// One code of a list.
    Choice(List),
    /// Several codes of a list.
    Choices(List),
    Date(Direction),
    Time,
    Number {
        min: i64,
        max: i64,
    },
    YesNo,
    /// A Kemendagri code with dots.
    Region,
    /// ISO 3166 alpha-3.
    Country,
    Link(Kind),
    /// One item of this part of the same record, kept as its id in a text of 26 characters.
    Item(Part),
}

/// The page of the full form on which a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    Person,
    Contact,
    Work,
    Report,
    Journey,
    Health,
    Care,
    Law,
    Close,
    /// Never typed into a form: set by moves, imports and the desk itself.
    None,
}

impl Page {
    /// The pages of the full form, in order.
    pub const FORM: [Self; 9] = [
        Self::Person,
        Self::Contact,
        Self::Work,
        Self::Report,
        Self::Journey,
        Self::Health,
        Self::Care,
        Self::Law,
        Self::Close,
    ];

    /// The key of the page's title.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Person => "page-person",
            Self::Contact => "page-contact",
            Self::Work => "page-work",
            Self::Report => "page-report",
            Self::Journey => "page-journey",
            Self::Health => "page-health",
            Self::Care => "page-care",
            Self::Law => "page-law",
            Self::Close => "page-close",
            Self::None => "page-none",
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    pub code: &'static str,
    pub part: Part,
    pub section: Section,
    pub page: Page,
    pub shape: Shape,
}

macro_rules! fields {
    ($( $part:ident $section:ident $page:ident { $( $name:ident $code:literal $shape:expr ; )* } )*) => {
        /// One field. Order is the order of display and never the stored form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum Field { $( $( $name, )* )* }

        const SPECS: &[(Field, Spec)] = &[ $( $( (Field::$name, Spec {
            code: $code, part: Part::$part, section: Section::$section, page: Page::$page, shape: $shape,
        }), )* )* ];
    };
}

use Direction::{Any, Future, Past};
use Shape::{
    Choice, Choices, Country, Date, DocumentNo, Item, Lines, Link, Nik, Number, Phone, Region, Text, Time, YesNo,
};

fields! {
    Own Identity Person {
        Name "name" Text(100);
        NameKind "name_kind" Choice(List::NameKind);
        PassportName "passport_name" Text(60);
        Aliases "aliases" Text(200);
        Nik "nik" Nik;
        Sex "sex" Choice(List::Sex);
        Birth "birth" Date(Past);
        IsAgeDoubted "is_age_doubted" YesNo;
        BirthPlace "birth_place" Text(60);
        FamilyCard "family_card" Text(24);
        Nationality "nationality" Country;
        NationalityEvidence "nationality_evidence" Choice(List::NationalityEvidence);
        Marital "marital" Choice(List::Marital);
        Home "home" Region;
        HomeText "home_text" Text(80);
        RegisteredAddress "registered_address" Text(200);
        ActualAddress "actual_address" Text(200);
        Language "language" Text(40);
        Interpreter "interpreter" YesNo;
        Marks "marks" Text(200);
        IdentitySource "identity_source" Choice(List::IdentitySource);
        IdentityCheckedAt "identity_checked_at" Time;
        IdentityCheckedBy "identity_checked_by" Text(60);
    }
    Own Identity None {
        NikRaw "nik_raw" Text(40);
        BirthRaw "birth_raw" Text(40);
    }
    Document Identity Person {
        DocKind "doc_kind" Choice(List::DocKind);
        DocNo "doc_no" DocumentNo;
        DocName "doc_name" Text(60);
        DocIssuer "doc_issuer" Country;
        DocIssued "doc_issued" Date(Past);
        DocUntil "doc_until" Date(Future);
        DocState "doc_state" Choice(List::DocState);
        DocHolder "doc_holder" Text(60);
    }
    Phone Contact Contact {
        PhoneNo "phone_no" Phone;
        PhoneWhose "phone_whose" Text(40);
        PhoneSafe "phone_safe" Choice(List::Safe);
    }
    Contact Contact Contact {
        ContactName "contact_name" Text(100);
        ContactRelation "contact_relation" Choice(List::Relation);
        ContactPhone "contact_phone" Phone;
        ContactAddress "contact_address" Text(200);
        ContactIsGuardian "contact_is_guardian" YesNo;
        ContactVerifiedBy "contact_verified_by" Text(60);
        ContactVerifiedHow "contact_verified_how" Choice(List::VerifiedHow);
        ContactVerifiedAt "contact_verified_at" Time;
        ContactIsBarred "contact_is_barred" YesNo;
        ContactBarredWhy "contact_barred_why" Text(200);
        ContactBarredBy "contact_barred_by" Text(60);
        ContactIsRecruiter "contact_is_recruiter" YesNo;
    }
    Own Contact Contact {
        Group "travel_group" Text(8);
        GroupRelation "group_relation" Choice(List::GroupRelation);
        Company "company" Choice(List::Company);
        ConsentData "consent_data" Choice(List::Consent);
        ConsentAt "consent_at" Time;
    }
    Own Work Work {
        WorkCountry "work_country" Country;
        WorkCity "work_city" Text(60);
        Compound "compound" Text(80);
        Sector "sector" Choice(List::Sector);
        WorkFrom "work_from" Date(Past);
        LeftCompound "left_compound" Date(Past);
        Channel "channel" Choice(List::Channel);
        Recruiter "recruiter" Text(100);
        RecruiterLicence "recruiter_licence" Choice(List::Licence);
        RecruiterPhone "recruiter_phone" Phone;
        RecruitedOn "recruited_on" Date(Past);
        DepartedOn "departed_on" Date(Past);
        Visa "visa" Choice(List::Visa);
        JobPromised "job_promised" Text(80);
        PayPromised "pay_promised" Text(40);
        Problems "problems" Choices(List::Problem);
        Siskop "siskop" Choice(List::Siskop);
        SiskopAt "siskop_at" Time;
        SiskopBy "siskop_by" Text(60);
        PmiNo "pmi_no" Text(24);
        Procedural "procedural" Choice(List::Procedural);
        ProceduralNote "procedural_note" Text(200);
        Skills "skills" Text(200);
    }
    Own Journey Report {
        ReportChannel "report_channel" Choice(List::ReportChannel);
        ReportedAt "reported_at" Time;
        ReportCountry "report_country" Country;
        ComplaintNo "complaint_no" Text(24);
        Position "position" Choice(List::Position);
        PositionPlace "position_place" Text(80);
        PositionAt "position_at" Time;
        PositionSource "position_source" Text(60);
        Safety "safety" Choice(List::Safety);
        SafetyAt "safety_at" Time;
        SafetySource "safety_source" Text(60);
        DuplicateAnswer "duplicate_answer" Choice(List::DuplicateAnswer);
        Wish "wish" Choice(List::Wish);
        PapersMissing "papers_missing" Choices(List::Papers);
        IsMediaClosed "is_media_closed" YesNo;
        Remarks "remarks" Text(200);
        RemarksCheckedAt "remarks_checked_at" Time;
        LastContact "last_contact" Date(Past);
    }
    Own Journey Journey {
        Movement "movement" Link(Kind::Movement);
        Seat "seat" Text(6);
        Queue "queue" Number { min: 1, max: 9999 };
        HasBoarded "has_boarded" YesNo;
        LandedAt "landed_at" Time;
        LandedPlace "landed_place" Text(60);
        SeenBy "seen_by" Text(60);
        ExitPermit "exit_permit" Choice(List::ExitPermit);
        Fine "fine" Choice(List::Fine);
        CostBearer "cost_bearer" Choice(List::CostBearer);
        Destination "destination" Region;
        DestinationPlace "destination_place" Text(80);
        Route "route" Text(80);
        ReceiverNotifiedAt "receiver_notified_at" Time;
        HandedTo "handed_to" Text(100);
        HandedRelation "handed_relation" Choice(List::Relation);
        HandedContact "handed_contact" Item(Part::Contact);
        HandedAt "handed_at" Time;
        HandoverNo "handover_no" Text(40);
        VillageWitness "village_witness" Text(60);
    }
    Own Health Health {
        Checks "checks" Choices(List::Check);
        ChecksAt "checks_at" Time;
        NeedsHospital "needs_hospital" YesNo;
        PregnantWeeks "pregnant_weeks" Number { min: 1, max: 45 };
        PregnancyComplaint "pregnancy_complaint" YesNo;
        Chronic "chronic" Text(80);
        Infectious "infectious" YesNo;
        SuicidalTalk "suicidal_talk" YesNo;
        SexualViolenceAt "sexual_violence_at" Date(Past);
        DirectThreat "direct_threat" YesNo;
        StrongTrauma "strong_trauma" YesNo;
        WasInCustody "was_in_custody" YesNo;
        HasNoFamilyContact "has_no_family_contact" YesNo;
        TravelsWithChild "travels_with_child" YesNo;
        FitToTravelUntil "fit_to_travel_until" Date(Future);
        FitToTravelBy "fit_to_travel_by" Text(80);
        HealthCheckedAt "health_checked_at" Time;
        RightsTold "rights_told" Choice(List::RightsTold);
        RaisedTier "raised_tier" Choice(List::Tier);
        RaisedTierBy "raised_tier_by" Text(60);
        RaisedTierWhy "raised_tier_why" Text(120);
    }
    Own Care Care {
        Facility "facility" Text(60);
        Bed "bed" Text(10);
        ReceivedBy "received_by" Text(60);
        AdmittedAt "admitted_at" Time;
        CareConsent "care_consent" Choice(List::CareConsent);
        CareConsentNo "care_consent_no" Text(40);
        AdmissionRecord "admission_record" Text(40);
        Needs "needs" Text(200);
        ReviewOn "review_on" Date(Future);
        Readiness "readiness" Choice(List::Readiness);
        ReadinessBy "readiness_by" Link(Kind::Operator);
        ReadinessOn "readiness_on" Date(Past);
        PsychosocialOn "psychosocial_on" Date(Past);
    }
    Own Desk Close {
        CloseReason "close_reason" Choice(List::CloseReason);
        CloseNo "close_no" Text(40);
        CloseNote "close_note" Text(200);
        DuplicateOf "duplicate_of" Link(Kind::Case);
        TakenOverBy "taken_over_by" Text(80);
    }
    Own Desk None {
        Status "status" Choice(List::Status);
        StatusAt "status_at" Time;
        Owner "owner" Link(Kind::Office);
        Officer "officer" Link(Kind::Operator);
        IsSealed "is_sealed" YesNo;
        IsWithdrawn "is_withdrawn" YesNo;
        CloseAskedBy "close_asked_by" Link(Kind::Operator);
        CloseAskedAt "close_asked_at" Time;
        DiedAt "died_at" Time;
        ImportRow "import_row" Number { min: 1, max: 100_000 };
        CaseNumber "case_number" Number { min: 1, max: 99_999_999 };
    }
    Note Desk None {
        NoteText "note_text" Lines(2000);
        NoteBy "note_by" Link(Kind::Operator);
        NoteAt "note_at" Time;
    }
    Flag Desk None {
        Flag "flag" Choice(List::Flag);
        FlagFrom "flag_from" Time;
        FlagTo "flag_to" Time;
        FlagBy "flag_by" Text(60);
        FlagWhy "flag_why" Text(200);
        FlagOther "flag_other" Link(Kind::Case);
    }
    Debt Desk None {
        DebtFact "debt_fact" Text(40);
        DebtFor "debt_for" Choice(List::Status);
        DebtDue "debt_due" Time;
        DebtIsEmergency "debt_is_emergency" YesNo;
        DebtWhy "debt_why" Text(200);
        DebtBy "debt_by" Link(Kind::Operator);
        DebtSettledAt "debt_settled_at" Time;
    }
    Belonging Journey Journey {
        Belonging "belonging" Text(100);
        BelongingWhere "belonging_where" Text(80);
        BelongingReturnedAt "belonging_returned_at" Time;
    }
    Track Desk None {
        Track "track" Choice(List::Track);
        TrackState "track_state" Choice(List::TrackState);
        TrackAt "track_at" Time;
        TrackNo "track_no" Text(40);
        TrackTakenOverBy "track_taken_over_by" Text(80);
    }
    Screening Law Law {
        ScreenedAt "screened_at" Time;
        ScreenedBy "screened_by" Link(Kind::Operator);
        ActsYes "acts_yes" Choices(List::Act);
        ActsUnknown "acts_unknown" Choices(List::Act);
        MeansYes "means_yes" Choices(List::Means);
        MeansUnknown "means_unknown" Choices(List::Means);
        PurposesYes "purposes_yes" Choices(List::Purpose);
        PurposesUnknown "purposes_unknown" Choices(List::Purpose);
        Indicators "indicators" Choices(List::Indicator);
        IndicatorsUnknown "indicators_unknown" Choices(List::Indicator);
    }
    Finding Law Law {
        Finding "finding" Choice(List::Finding);
        FindingSource "finding_source" Text(60);
        FindingOn "finding_on" Date(Past);
        FindingNo "finding_no" Text(40);
    }
    Referral Health None {
        ReferralTo "referral_to" Text(80);
        ReferralAmbulance "referral_ambulance" Text(40);
        ReferralAt "referral_at" Time;
        ReferralCompanion "referral_companion" Text(60);
        ReferralReceivedBy "referral_received_by" Text(60);
    }
    Custody Law None {
        CustodyOfficer "custody_officer" Text(60);
        CustodyOfficerNo "custody_officer_no" Text(30);
        CustodyUnit "custody_unit" Text(60);
        CustodyLetter "custody_letter" Text(40);
        CustodyTo "custody_to" Text(80);
        CustodyCompanion "custody_companion" Text(60);
        CustodyAt "custody_at" Time;
    }
    Link Desk None {
        LinkCase "link_case" Link(Kind::Case);
        LinkKind "link_kind" Choice(List::LinkKind);
        LinkBy "link_by" Link(Kind::Operator);
    }
    Own Office None {
        MoveName "move_name" Text(40);
        MoveFlight "move_flight" Text(12);
        MoveFrom "move_from" Country;
        MoveDeparts "move_departs" Time;
        MoveLands "move_lands" Date(Any);
        MovePlace "move_place" Text(60);
        MoveClaimed "move_claimed" Number { min: 0, max: 100_000 };
        MoveFile "move_file" Text(64);
        MoveFileRows "move_file_rows" Number { min: 0, max: 100_000 };
        OperatorName "operator_name" Text(60);
        OperatorUid "operator_uid" Number { min: 0, max: 4_294_967_295 };
        OperatorRoles "operator_roles" Choices(List::Role);
        OperatorOffice "operator_office" Link(Kind::Office);
        OfficeName "office_name" Text(80);
        OfficeCode "office_code" Text(12);
        OfficeLevel "office_level" Choice(List::OfficeLevel);
        OfficeZone "office_zone" Choice(List::Zone);
        OfficeRegion "office_region" Region;
        ViewName "view_name" Text(40);
        ViewQuery "view_query" Text(200);
        ViewSlot "view_slot" Number { min: 1, max: 9 };
        ViewOwner "view_owner" Link(Kind::Operator);
        TableName "table_name" Text(40);
        TableText "table_text" Lines(60_000);
    }
    Own Journey Journey {
        DeathPlace "death_place" Text(80);
        DeathCause "death_cause" Text(120);
        DeathNature "death_nature" Choice(List::DeathNature);
        RemainsIdentifiedAt "remains_identified_at" Time;
        RemainsIdentifiedBy "remains_identified_by" Text(60);
        HeirName "heir_name" Text(100);
        HeirRelation "heir_relation" Choice(List::Relation);
        HeirConsentAt "heir_consent_at" Time;
        RemainsPapers "remains_papers" Choices(List::RemainsPaper);
        AirWaybill "air_waybill" Text(60);
    }
    Flag Desk None {
        FlagReviewedAt "flag_reviewed_at" Time;
        FlagClearedAt "flag_cleared_at" Time;
    }
    Share Desk None {
        ShareOffice "share_office" Link(Kind::Office);
        ShareSections "share_sections" Choices(List::Section);
        ShareBy "share_by" Link(Kind::Operator);
    }
    Named Desk None {
        NamedOperator "named_operator" Link(Kind::Operator);
        NamedBy "named_by" Link(Kind::Operator);
    }
    Own Desk None {
        SealedBy "sealed_by" Link(Kind::Operator);
        SealedAt "sealed_at" Time;
        SealedWhy "sealed_why" Text(200);
    }
    Named Desk None {
        NamedWhy "named_why" Text(200);
    }
    Look Desk None {
        LookKind "look_kind" Choice(List::Look);
        LookBy "look_by" Link(Kind::Operator);
        LookAt "look_at" Time;
        LookWhy "look_why" Text(200);
    }
    Own Office None {
        OfficeCountry "office_country" Country;
    }
    Own Office None {
        TableOffice "table_office" Link(Kind::Office);
        TableFrom "table_from" Time;
        TableBy "table_by" Link(Kind::Operator);
        TableNo "table_no" Number { min: 1, max: 1_000_000 };
    }
    Own Office None {
        OperatorLogin "operator_login" Text(32);
        OperatorUntil "operator_until" Date(Future);
        OperatorIsSuspended "operator_is_suspended" YesNo;
        OperatorSuspendedWhy "operator_suspended_why" Text(200);
        OfficeParent "office_parent" Link(Kind::Office);
        OfficeLockMinutes "office_lock_minutes" Number { min: 1, max: 240 };
    }
    Key Office None {
        KeyText "key_text" Text(1200);
    }
    Print Desk None {
        PrintPaper "print_paper" Choice(List::Paper);
        PrintNo "print_no" Text(20);
        PrintCopy "print_copy" Number { min: 1, max: 10_000 };
        PrintBy "print_by" Link(Kind::Operator);
        PrintAt "print_at" Time;
        PrintSha "print_sha" Text(64);
    }
    Own Office None {
        OfficePrint "office_print" Number { min: 1, max: 99_999_999 };
    }
    Share Desk None {
        ShareFrom "share_from" Time;
        ShareUntil "share_until" Date(Future);
        ShareConsent "share_consent" Choice(List::ShareConsent);
        ShareConsentWhy "share_consent_why" Text(200);
        ShareWhy "share_why" Text(200);
    }
    Offer Desk None {
        OfferKind "offer_kind" Choice(List::Offer);
        OfferFrom "offer_from" Link(Kind::Office);
        OfferTo "offer_to" Link(Kind::Office);
        OfferSections "offer_sections" Choices(List::Section);
        OfferWhy "offer_why" Text(200);
        OfferConsent "offer_consent" Choice(List::ShareConsent);
        OfferConsentWhy "offer_consent_why" Text(200);
        OfferBy "offer_by" Link(Kind::Operator);
        OfferAt "offer_at" Time;
        OfferAnswer "offer_answer" Choice(List::Answer);
        OfferAnsweredBy "offer_answered_by" Link(Kind::Operator);
        OfferAnsweredAt "offer_answered_at" Time;
        OfferAnswerWhy "offer_answer_why" Text(200);
    }
    Own Office None {
        OfficePhone "office_phone" Phone;
        InquiryCaller "inquiry_caller" Text(100);
        InquiryRelation "inquiry_relation" Choice(List::Relation);
        InquiryPhone "inquiry_phone" Phone;
        InquirySought "inquiry_sought" Text(100);
        InquiryBirth "inquiry_birth" Date(Past);
        InquiryNumber "inquiry_number" Text(40);
        InquiryNote "inquiry_note" Text(200);
        InquiryOffice "inquiry_office" Link(Kind::Office);
        InquiryBy "inquiry_by" Link(Kind::Operator);
        InquiryAt "inquiry_at" Time;
        InquiryCase "inquiry_case" Link(Kind::Case);
        InquiryAnswer "inquiry_answer" Text(200);
        InquiryAnsweredBy "inquiry_answered_by" Link(Kind::Operator);
        InquiryAnsweredAt "inquiry_answered_at" Time;
        InquirySections "inquiry_sections" Choices(List::Section);
    }
    Share Desk None {
        ShareZone "share_zone" Choice(List::Zone);
    }
}

impl Field {
    /// Every field with its row, in the order of display.
    pub fn all() -> impl Iterator<Item = Self> {
        SPECS.iter().map(|(field, _)| *field)
    }

    /// This field's row of the table.
    pub const fn spec(self) -> &'static Spec {
        &SPECS[self as usize].1
    }

    /// The stored name.
    pub const fn code(self) -> &'static str {
        self.spec().code
    }

    pub const fn part(self) -> Part {
        self.spec().part
    }

    pub const fn section(self) -> Section {
        self.spec().section
    }

    pub const fn shape(self) -> Shape {
        self.spec().shape
    }

    /// The field with this stored name.
    pub fn from_code(code: &str) -> Option<Self> {
        static BY_CODE: LazyLock<HashMap<&str, Field>> =
            LazyLock::new(|| Field::all().map(|field| (field.code(), field)).collect());
        BY_CODE.get(code).copied()
    }

    /// The key of the field's label in the texts: `field-birth-place`.
    pub fn label_key(self) -> String {
        format!("field-{}", self.code().replace('_', "-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_field_stands_at_its_own_row_under_a_name_of_its_own() {
        let mut codes = BTreeSet::new();
        for (row, (field, spec)) in SPECS.iter().enumerate() {
            assert_eq!(*field as usize, row);
            assert!(codes.insert(spec.code), "{} stands twice", spec.code);
            assert_eq!(Field::from_code(spec.code), Some(*field));
            assert!(spec.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{}", spec.code);
        }
    }
}
