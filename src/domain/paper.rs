//! The papers that go out: their codes, whose they are to print, and the mark that one leaves on a case. What stands on them is
//! in `assets/print`.

use super::access::Act;
use super::record::ItemId;
use super::value::Value;

macro_rules! papers {
    ($( $(#[$doc:meta])* $name:ident $code:literal $slug:literal $act:ident $is_many:literal )*) => {
        /// A paper that is printed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Paper { $( $(#[$doc])* $name, )* }

        impl Paper {
            /// Every paper, in the order of its list.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            /// Its code in `List::Paper`.
            pub const fn code(self) -> &'static str {
                match self { $( Self::$name => $code, )* }
            }

            /// The word by which a command asks for it.
            pub const fn slug(self) -> &'static str {
                match self { $( Self::$name => $slug, )* }
            }

            /// What printing it is: a paper of the step that an officer makes, or a list or extract, which is the
            /// supervisor's with a reason (`desk.md`, "Work never stops", 5).
            pub const fn act(self) -> Act {
                match self { $( Self::$name => Act::$act, )* }
            }

            /// Whether one paper tells of many people; of any other one is printed for each.
            pub const fn is_collective(self) -> bool {
                match self { $( Self::$name => $is_many, )* }
            }
        }
    };
}

papers! {
    /// Queue number and case number: no name, no tier.
    QueueCard "KAR" "kartu-antrean" PrintStep false
    /// Record of handing one person over (Permen P2MI 32/2025 art. 13).
    Handover "BAI" "bast" PrintStep false
    /// Record of handing several over, with their list.
    HandoverOfMany "BAK" "bast-kolektif" PrintStep true
    /// Who is on a movement.
    Manifest "MAN" "manifes" Export true
    /// The list on which everybody signs at registration.
    Attendance "DHR" "daftar-hadir" Export true
    /// To the office of the home region.
    CoverLetter "PTR" "surat-pengantar" PrintStep false
    /// Refusal of rehabilitation, signed (Permen P2MI 32/2025 art. 39).
    Refusal "TLK" "penolakan" PrintStep false
    /// A case on one page, with names.
    Summary "RKS" "ringkasan" Export false
    /// As [`Paper::Summary`], with initials and without numbers of papers or phones.
    MaskedSummary "RKM" "ringkasan-tersamar" Export false
    /// The questions of screening, to be filled in by hand.
    ScreeningSheet "SKR" "lembar-skrining" PrintStep false
    /// What must be there before remains go home (domain B6).
    RemainsChecklist "JNZ" "periksa-jenazah" PrintStep false
    /// Belongings given back.
    Receipt "TTB" "tanda-terima" PrintStep false
    /// The counts of a day: for supervisors and leadership, without a reason, for it names nobody.
    DailyReport "LHR" "laporan-harian" Count true
    /// The office's cases, a line each (*buku induk*).
    Register "BIN" "register" Export true
    /// A family's proxy for somebody else to receive one person.
    Proxy "KSA" "surat-kuasa" PrintStep false
}

impl Paper {
    /// The paper of a code or a command's word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|paper| paper.slug() == word || paper.code().eq_ignore_ascii_case(word))
    }

    /// Whether it tells of an office's counts and of no case: then the mark of it stands on the office.
    pub fn is_of_office(self) -> bool {
        self.act() == Act::Count
    }

    /// Whether a reason is asked for first.
    pub fn needs_reason(self) -> bool {
        self.act() == Act::Export
    }
}

/// A paper that is about to be printed of a case.
#[derive(Clone, Debug)]
pub struct NewPrint {
    pub item: ItemId,
    pub paper: Paper,
    /// SHA-256 of what stands on it, in hexadecimal digits.
    pub sha: String,
    /// The number that the same content bore before: this is another copy of it.
    pub again: Option<String>,
}

/// The number of an office's paper as it is read: `P26-000123`, the 123rd of 2026. `packed` is the year (two digits) times a
/// million and the running number.
pub fn print_number(packed: i64) -> String {
    format!("P{:02}-{:06}", packed / 1_000_000, packed % 1_000_000)
}

/// The number after this one, in a year of two digits; numbers begin anew with the year.
pub fn next_print_number(last: Option<i64>, year: i64) -> Value {
    let first = year * 1_000_000 + 1;
    Value::Number(last.filter(|last| last / 1_000_000 >= year).map_or(first, |last| last + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::List;

    #[test]
    fn papers_are_the_codes_of_their_list() {
        let codes: Vec<&str> = Paper::ALL.iter().map(|paper| paper.code()).collect();
        assert_eq!(codes, List::Paper.codes());
        for paper in Paper::ALL {
            assert_eq!(Paper::from_word(paper.slug()), Some(*paper));
        }
        assert_eq!(Paper::from_word("bai"), Some(Paper::Handover));
    }

    #[test]
    fn numbers_run_on_and_begin_anew_with_the_year() {
        assert_eq!(next_print_number(None, 26), Value::Number(26_000_001));
        assert_eq!(next_print_number(Some(26_000_009), 26), Value::Number(26_000_010));
        assert_eq!(next_print_number(Some(26_000_009), 27), Value::Number(27_000_001));
        // A clock that was set back never gives a number twice.
        assert_eq!(next_print_number(Some(27_000_001), 26), Value::Number(27_000_002));
        assert_eq!(print_number(26_000_123), "P26-000123");
    }
}
