//! Columns: what a header cell means, in the Indonesian and English that senders write. Finds the header line.

use super::table::{Line, MAX_TITLE_LINES};
use crate::domain::field::Field;
use crate::identity::fold::fold;

/// What a column of a manifest holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The sender's own running number.
    Number,
    Name,
    PassportName,
    Aliases,
    Sex,
    Birth,
    BirthPlace,
    /// Place and date of birth in one cell: `Manado, 15-05-1998`.
    BirthPlaceAndDate,
    Nik,
    FamilyCard,
    DocKind,
    DocNo,
    /// A document number of which the header already says that it is a passport's.
    PassportNo,
    /// The same for the emergency travel document.
    SplpNo,
    DocIssued,
    DocUntil,
    Phone,
    District,
    Home,
    Province,
    Address,
    Nationality,
    Group,
    Queue,
    Seat,
    Remarks,
}

impl Column {
    /// Every column, in the order in which a preview shows them.
    pub const ALL: [Self; 26] = [
        Self::Number,
        Self::Name,
        Self::PassportName,
        Self::Aliases,
        Self::Sex,
        Self::Birth,
        Self::BirthPlace,
        Self::BirthPlaceAndDate,
        Self::Nik,
        Self::FamilyCard,
        Self::DocKind,
        Self::DocNo,
        Self::PassportNo,
        Self::SplpNo,
        Self::DocIssued,
        Self::DocUntil,
        Self::Phone,
        Self::District,
        Self::Home,
        Self::Province,
        Self::Address,
        Self::Nationality,
        Self::Group,
        Self::Queue,
        Self::Seat,
        Self::Remarks,
    ];

    /// The field that the column fills, and at which a remark about it stands.
    pub const fn field(self) -> Field {
        match self {
            Self::Number => Field::ImportRow,
            Self::Name => Field::Name,
            Self::PassportName => Field::PassportName,
            Self::Aliases => Field::Aliases,
            Self::Sex => Field::Sex,
            Self::Birth | Self::BirthPlaceAndDate => Field::Birth,
            Self::BirthPlace => Field::BirthPlace,
            Self::Nik => Field::Nik,
            Self::FamilyCard => Field::FamilyCard,
            Self::DocKind => Field::DocKind,
            Self::DocNo | Self::PassportNo | Self::SplpNo => Field::DocNo,
            Self::DocIssued => Field::DocIssued,
            Self::DocUntil => Field::DocUntil,
            Self::Phone => Field::PhoneNo,
            Self::District | Self::Home | Self::Province => Field::Home,
            Self::Address => Field::RegisteredAddress,
            Self::Nationality => Field::Nationality,
            Self::Group => Field::Group,
            Self::Queue => Field::Queue,
            Self::Seat => Field::Seat,
            Self::Remarks => Field::Remarks,
        }
    }

    /// The column that a header cell means: the words in brackets do not count, and of `NIK/KTP` every half must mean the same.
    pub fn of_header(header: &str) -> Option<Self> {
        let plain = without_brackets(header);
        let named = |text: &str| {
            let folded = fold(text);
            Self::ALL.into_iter().find(|column| column.words().contains(&folded.as_str()))
        };
        named(&plain).or_else(|| {
            let mut halves = plain.split(['/', '\n', ',', '|']).filter(|half| !half.trim().is_empty()).map(named);
            let first = halves.next()??;
            halves.all(|half| half == Some(first)).then_some(first)
        })
    }
}

fn without_brackets(header: &str) -> String {
    let mut depth = 0_u32;
    let outside = |c: &char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    header.chars().filter(outside).collect()
}

/// A column of the file: its header as written, and what it was understood as, if it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub text: String,
    pub means: Option<Column>,
}

/// The columns a header line names; a meaning that an earlier column has already is not given twice.
pub(super) fn headers(line: &Line) -> Vec<Header> {
    let mut taken = Vec::new();
    let header = |cell: &super::table::Cell| {
        let text: String = cell.shown().split_whitespace().collect::<Vec<_>>().join(" ");
        let means = Column::of_header(&text).filter(|column| !taken.contains(column));
        taken.extend(means);
        Header { text, means }
    };
    line.cells.iter().map(header).collect()
}

/// How many columns of a line mean something.
pub(super) fn understood(headers: &[Header]) -> usize {
    headers.iter().filter(|header| header.means.is_some()).count()
}

/// The place of the header among the first lines, with its columns: the line of which most is understood, which must
/// name the people and at least one thing more.
pub(super) fn find(lines: &[Line]) -> Option<(usize, Vec<Header>)> {
    let mut best: Option<(usize, Vec<Header>)> = None;
    for (place, line) in lines.iter().take(MAX_TITLE_LINES + 1).enumerate() {
        let found = headers(line);
        let has_name = found.iter().any(|header| header.means == Some(Column::Name));
        let best_count = best.as_ref().map_or(1, |(_, headers)| understood(headers));
        if has_name && understood(&found) > best_count {
            best = Some((place, found));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::table::Cell;
    use super::*;

    #[test]
    fn no_two_columns_share_a_word_and_every_word_is_folded() {
        let mut seen = Vec::new();
        for column in Column::ALL {
            for word in column.words() {
                assert_eq!(fold(word), *word);
                assert!(!seen.contains(word), "{word} means two columns");
                seen.push(*word);
            }
        }
    }

    #[test]
    fn headers_of_senders_are_understood() {
        for (header, column) in [
            ("No.", Column::Number),
            ("NAMA LENGKAP", Column::Name),
            ("L/P", Column::Sex),
            ("Jenis Kelamin (L/P)", Column::Sex),
            ("Tgl. Lahir", Column::Birth),
            ("DOB (dd/mm/yyyy)", Column::Birth),
            ("Tempat/Tgl Lahir", Column::BirthPlaceAndDate),
            ("NIK/KTP", Column::Nik),
            ("No. KTP / NIK", Column::Nik),
            ("Jenis Dok", Column::DocKind),
            ("Passport No", Column::PassportNo),
            ("No. Paspor/SPLP", Column::DocNo),
            ("Berlaku s.d.", Column::DocUntil),
            ("Expiry", Column::DocUntil),
            ("No HP/Telp", Column::Phone),
            ("Kab/Kota Asal", Column::Home),
            ("Daerah Asal", Column::Home),
            ("Hometown", Column::Home),
            ("Ket.", Column::Remarks),
            ("No. Gelang/Antrian", Column::Queue),
            ("Kelompok", Column::Group),
        ] {
            assert_eq!(Column::of_header(header), Some(column), "{header}");
        }
        for header in ["", "Umur", "Nama/NIK", "()", "Rizki", "12"] {
            assert_eq!(Column::of_header(header), None, "{header}");
        }
    }

    #[test]
    fn the_header_is_found_below_titles_and_above_people() {
        let line =
            |number: u32, cells: &[&str]| Line { number, cells: cells.iter().map(|c| Cell::of_text(c)).collect() };
        let lines = [
            line(1, &["DAFTAR NAMA PMI"]),
            line(2, &["Nama", "Kloter 3"]),
            line(4, &["No", "Nama", "L/P", "Nama"]),
            line(5, &["1", "Maya", "P"]),
        ];
        let (place, headers) = find(&lines).unwrap();
        assert_eq!((place, understood(&headers)), (2, 3));
        assert_eq!(headers[3].means, None);
        assert!(find(&lines[..2]).is_none());
    }
}
