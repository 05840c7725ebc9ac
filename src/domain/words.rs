//! The closed lists of the field: codes that are stored and typed. Their labels are texts: `sex-l`, `position-kbr`, …
//!
//! Codes never change and are never reused; a list may grow at its end.

macro_rules! lists {
    ($( $(#[$doc:meta])* $name:ident $prefix:literal [ $( $code:literal )* ] )*) => {
        /// One closed list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum List { $( $(#[$doc])* $name, )* }

        impl List {
            /// Every list.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            /// The codes in the fixed order in which digits choose them.
            pub const fn codes(self) -> &'static [&'static str] {
                match self { $( Self::$name => &[ $( $code, )* ], )* }
            }

            /// What stands before the code in a label's key.
            pub const fn prefix(self) -> &'static str {
                match self { $( Self::$name => $prefix, )* }
            }
        }
    };
}

lists! {
    Sex "sex" ["L" "P"]
    NameKind "name-kind" ["LKP" "INI" "TDK"]
    Marital "marital" ["BLM" "KWN" "CRH" "CRM"]
    NationalityEvidence "nationality-evidence" ["PSP" "KTP" "AKT" "KK" "DUK" "PGK"]
    IdentitySource "identity-source" ["KTP" "PSP" "SPL" "KK" "AKT" "IJZ" "KLG" "PGK"]
    DocKind "doc-kind" ["PSP" "SPL" "KTP" "KK" "AKT" "IJZ" "LAI"]
    DocState "doc-state" ["PGG" "SKT" "MAJ" "POL" "HLG" "MGK" "KDL" "GTI"]
    Safe "safe" ["Y" "T" "TDK"]
    Relation "relation" ["AYH" "IBU" "SMI" "IST" "ANK" "KAK" "ADK" "WAL" "KLG" "KSA" "PMD" "LBG" "DRI" "LAI"]
    VerifiedHow "verified-how" ["KK" "KTP" "AKT" "PMD" "VID" "LBG"]
    GroupRelation "group-relation" ["KLG" "PSG" "TMN" "PSH"]
    Company "company" ["BRS" "TRP" "SND"]
    Consent "consent" ["YA" "TDK" "BLM"]
    Sector "sector" ["SCM" "JDL" "SCJ" "RMT" "BGN" "PBR" "RST" "LAI" "TDK"]
    Channel "channel" ["P3M" "MDR" "REK" "MED" "KEL" "TDK"]
    Licence "licence" ["SIP" "TDF" "BLM"]
    Visa "visa" ["KRJ" "WIS" "BIS" "TNP" "TDK"]
    Problem "problem" ["ONS" "JDL" "KKR" "SKP" "GAJ" "DOK" "OVS" "DEP" "SAK" "MGL" "HIL" "TPO" "HKM" "RTN" "ANK" "LAI"]
    Siskop "siskop" ["TDF" "TTD" "BLM" "SIS"]
    Procedural "procedural" ["PRO" "NON" "BLM"]
    ReportChannel "report-channel" ["DTG" "TLP" "WA" "KLG" "POL" "DRG" "MNF" "SRT" "LAI"]
    Position "position" ["KMP" "KBR" "POL" "DET" "RSK" "SHL" "PGN" "PRJ" "DBK" "SNT" "RRM" "RMH" "APH" "TDK"]
    Safety "safety" ["AMK" "AML" "RSK" "BHY" "TDK"]
    DuplicateAnswer "duplicate-answer" ["BRU" "SMA"]
    Wish "wish" ["YA" "TDK" "DEP" "BLM"]
    Papers "papers" ["PSP" "EXP" "DND" "TDK"]
    ExitPermit "exit-permit" ["ADA" "URS" "TPL"]
    Fine "fine" ["LNS" "RNG" "TDK" "BLM"]
    CostBearer "cost-bearer" ["NEG" "DAE" "MDR" "KEL" "PBK" "MIT"]
    /// The letters of quick intake; `0` means looked, and nothing found.
    Check "check" ["H" "S" "L" "T" "D" "J" "A" "0"]
    RightsTold "rights-told" ["PER" "KOL" "BLM"]
    Tier "tier" ["1" "2" "3"]
    CareConsent "care-consent" ["STJ" "TLK"]
    Readiness "readiness" ["BLM" "SIA" "SYR" "TPL" "TMU"]
    CloseReason "close-reason" ["SEL" "PMD" "PMX" "TLK" "HKD" "BRK" "LMP" "DUP" "MGL" "SLH"]
    Status "status" ["LAPOR" "VERIF" "LINDUNG" "DOKUM" "SIAP" "JALAN" "TIBA" "ASESM" "REHAB" "PULDA" "REINT" "TUTUP"]
    Flag "flag" ["HKM" "MED" "HIL" "TLK" "MDA" "LID" "BRL" "PSH"]
    Track "track" ["HKM" "KES" "RHB" "HAK" "KLG" "JNZ"]
    TrackState "track-state" [
        "HKM1" "HKM2" "HKM3" "HKM4" "HKM5" "HKM6" "HKM7" "HKM8" "HKM9"
        "KES1" "KES2" "KES3" "KES4" "KES5" "KES6" "KES7"
        "RHB1" "RHB2" "RHB3" "RHB4" "RHB5" "RHB6" "RHB7"
        "HAK1" "HAK2" "HAK3" "HAK4"
        "KLG1" "KLG2" "KLG3" "KLG4" "KLG5"
        "JNZ1" "JNZ2" "JNZ3" "JNZ4" "JNZ5" "JNZ6" "JNZ7" "JNZ8" "JNZ9" "JNZM"
    ]
    Act "act" ["RKT" "AKT" "TMP" "KRM" "PDH" "TRM"]
    Means "means" ["ANC" "KKR" "CLK" "SKP" "PLS" "TPU" "KUA" "UTG" "BYR"]
    Purpose "purpose" ["KPK" "BDK" "TDS" "PRS" "SEK" "ORG" "JHT" "EKS"]
    Indicator "indicator" ["1" "2" "3" "4" "5" "6" "7" "8" "9" "10" "11"]
    Finding "finding" ["BD" "KB" "SK" "SKB" "TP" "TSK" "TT"]
    LinkKind "link-kind" ["SMA" "BKN" "IBU" "ANK"]
    Role "role" ["HLP" "KON" "PPM" "PKS" "PSI" "MED" "HKM" "DAE" "PNY" "PIM" "AUD" "ADM"]
    OfficeLevel "office-level" ["PST" "PRW" "DBK" "SNT" "PRV" "KAB"]
    Zone "zone" ["WIB" "WITA" "WIT" "ICT" "AST" "GST" "MYT"]
    /// Natural or not: *wajar* or *tidak wajar*.
    DeathNature "death-nature" ["WJR" "TWJ"]
    /// Papers of the remains track, as they come in.
    RemainsPaper "remains-paper" [
        "PAS" "MCC" "BPM" "SKM" "EMB" "SGL" "IZE" "PIN" "PKL" "KUA" "SKT" "PPD" "LPK" "OTP" "IAK" "PIB" "AKM" "BRG" "LPR" "MKM"
    ]
    /// Sections that can be shared with another office, as in `field::Section`.
    Section "section" ["IDN" "KTK" "KRJ" "JLN" "KES" "RWT" "HKM" "MJA"]
    /// Looks that the owner is told of: opened by another office with a reason, met by an exact number.
    Look "look" ["LUA" "TPT"]
    /// Papers that are printed, by [`super::paper::Paper`].
    Paper "paper" ["KAR" "BAI" "BAK" "MAN" "DHR" "PTR" "TLK" "RKS" "RKM" "SKR" "JNZ" "TTB" "LHR" "BIN" "KSA"]
    /// What one office puts to another: a referral, a transfer of the case, a question for access.
    Offer "offer" ["RJK" "ALH" "MTA"]
    /// What became of it: accepted, declined, withdrawn by whoever sent it.
    Answer "answer" ["TRM" "TLK" "TRK"]
    /// Whether the person agrees that another office sees the case: yes, no but it must be, not asked because of danger.
    ShareConsent "share-consent" ["YA" "TDK" "BHY"]
}

impl List {
    /// Whether this code is on the list.
    pub fn has(self, code: &str) -> bool {
        self.codes().contains(&code)
    }

    /// The code on the list that this text means, whatever its case.
    pub fn find(self, text: &str) -> Option<&'static str> {
        self.codes().iter().copied().find(|code| code.eq_ignore_ascii_case(text))
    }

    /// The key of a code's label: `position-kbr`.
    pub fn label_key(self, code: &str) -> String {
        format!("{}-{}", self.prefix(), code.to_ascii_lowercase())
    }
}
