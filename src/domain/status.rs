//! Where a case stands on the main track. The rules of moving are in [`super::gate`].

/// The twelve journalled statuses; drafts are not cases yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Status {
    Lapor,
    Verif,
    Lindung,
    Dokum,
    Siap,
    Jalan,
    Tiba,
    Asesm,
    Rehab,
    Pulda,
    Reint,
    Tutup,
}

impl Status {
    /// Every status, in the order of the way home.
    pub const ALL: [Self; 12] = [
        Self::Lapor,
        Self::Verif,
        Self::Lindung,
        Self::Dokum,
        Self::Siap,
        Self::Jalan,
        Self::Tiba,
        Self::Asesm,
        Self::Rehab,
        Self::Pulda,
        Self::Reint,
        Self::Tutup,
    ];

    /// The code that is stored and shown.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Lapor => "LAPOR",
            Self::Verif => "VERIF",
            Self::Lindung => "LINDUNG",
            Self::Dokum => "DOKUM",
            Self::Siap => "SIAP",
            Self::Jalan => "JALAN",
            Self::Tiba => "TIBA",
            Self::Asesm => "ASESM",
            Self::Rehab => "REHAB",
            Self::Pulda => "PULDA",
            Self::Reint => "REINT",
            Self::Tutup => "TUTUP",
        }
    }

    /// The letter that chooses this status in every dialog, whether it is available or not.
    pub const fn letter(self) -> char {
        match self {
            Self::Lapor => 'l',
            Self::Verif => 'v',
            Self::Lindung => 'g',
            Self::Dokum => 'd',
            Self::Siap => 's',
            Self::Jalan => 'j',
            Self::Tiba => 't',
            Self::Asesm => 'a',
            Self::Rehab => 'r',
            Self::Pulda => 'p',
            Self::Reint => 'i',
            Self::Tutup => 'u',
        }
    }

    /// The status with this code, whatever its case.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code().eq_ignore_ascii_case(code))
    }

    /// The status chosen by this letter, whatever its case.
    pub fn from_letter(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.letter() == letter.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::List;
    use super::*;

    #[test]
    fn codes_and_letters_find_their_status_and_no_other() {
        for (row, status) in Status::ALL.into_iter().enumerate() {
            assert_eq!(status as usize, row);
            assert_eq!(Status::from_code(status.code()), Some(status));
            assert_eq!(Status::from_letter(status.letter()), Some(status));
            assert_eq!(List::Status.codes()[row], status.code());
        }
    }
}
