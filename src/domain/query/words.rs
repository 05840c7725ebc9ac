//! The words that stand after an operator or alone: values of the closed lists in both languages, and the words of the
//! trade that mean a value.
//!
//! Understood is more than is ever printed: *ilegal* finds, and *nonprosedural* is what the query then reads.

use super::look::{Choice, Mark};
use crate::domain::summary::Signs;

/// One value: its code, then the words for it, Indonesian first; all in folded form.
pub(super) type Words = (&'static str, &'static [&'static str]);

/// The values of a choice, in the order of their places from 1.
pub(super) const fn choice_words(what: Choice) -> &'static [Words] {
    match what {
        Choice::Status => STATUS,
        Choice::Tier => TIER,
        Choice::Sex => SEX,
        Choice::Position => POSITION,
        Choice::Safety => SAFETY,
        Choice::Sector => SECTOR,
        Choice::Procedural => PROCEDURAL,
        Choice::Channel => CHANNEL,
    }
}

/// The values of a set of marks with their bits.
pub(super) fn mark_words(what: Mark) -> impl Iterator<Item = (u32, Words)> {
    let (signs, problems): (&[(Signs, Words)], &[Words]) = match what {
        Mark::Sign => (SIGN, &[]),
        Mark::Problem => (&[], PROBLEM),
    };
    let signs = signs.iter().map(|(sign, words)| (sign.0, *words));
    signs.chain(problems.iter().enumerate().map(|(bit, words)| (1 << bit, *words)))
}

const STATUS: &[Words] = &[
    ("lapor", &["laporan", "reported"]),
    ("verif", &["verifikasi", "verification"]),
    ("lindung", &["pelindungan", "perlindungan", "protection"]),
    ("dokum", &["dokumen", "documents"]),
    ("siap", &["siap dipulangkan", "cleared", "ready"]),
    ("jalan", &["dalam perjalanan", "transit", "travelling"]),
    ("tiba", &["arrived"]),
    ("asesm", &["asesmen", "assessment"]),
    ("rehab", &["rehabilitasi", "rehabilitation"]),
    ("pulda", &["pulang daerah", "onward"]),
    ("reint", &["reintegrasi", "reintegration"]),
    ("tutup", &["ditutup", "closed"]),
];

const TIER: &[Words] = &[
    ("0", &["jenazah", "remains"]),
    ("1", &["merah", "red"]),
    ("2", &["kuning", "yellow"]),
    ("3", &["hijau", "green"]),
];

const SEX: &[Words] =
    &[("l", &["laki laki", "male", "pria", "man"]), ("p", &["perempuan", "female", "wanita", "woman"])];

const POSITION: &[Words] = &[
    ("kmp", &["kompleks", "compound"]),
    ("kbr", &["kabur", "escaped", "at large"]),
    ("pol", &["polisi", "police"]),
    ("det", &["detensi", "detention"]),
    ("rsk", &["rumah sakit", "hospital"]),
    ("shl", &["shelter", "penampungan"]),
    ("pgn", &["penginapan", "lodging"]),
    ("prj", &["perjalanan", "travelling"]),
    ("dbk", &["debarkasi", "debarkation"]),
    ("snt", &["sentra", "rptc", "centre", "center"]),
    ("rrm", &["rumah ramah"]),
    ("rmh", &["rumah", "home"]),
    ("aph", &["penegak hukum", "law enforcement"]),
    ("tdk", &["tidak diketahui", "unknown"]),
];

const SAFETY: &[Words] = &[
    ("amk", &["aman terkonfirmasi", "confirmed safe"]),
    ("aml", &["aman menurut laporan", "reported safe"]),
    ("rsk", &["berisiko", "at risk"]),
    ("bhy", &["bahaya", "danger"]),
    ("tdk", &["tidak diketahui", "unknown"]),
];

const SECTOR: &[Words] = &[
    ("scm", &["online scam", "scam", "penipuan"]),
    ("jdl", &["judi daring", "judi", "gambling"]),
    ("scj", &["scam dan judi", "scam and gambling"]),
    ("rmt", &["rumah tangga", "domestic"]),
    ("bgn", &["bangunan", "construction"]),
    ("pbr", &["pabrik", "factory"]),
    ("rst", &["restoran", "restaurant", "hospitality"]),
    ("lai", &["lainnya", "other"]),
    ("tdk", &["tidak diketahui", "unknown"]),
];

const PROCEDURAL: &[Words] = &[
    ("pro", &["prosedural", "procedural"]),
    ("non", &["nonprosedural", "non prosedural", "nonprocedural", "unprosedural", "ilegal", "illegal"]),
    ("blm", &["belum ditetapkan", "undetermined"]),
];

const CHANNEL: &[Words] = &[
    ("p3m", &["p3mi", "perusahaan", "company"]),
    ("mdr", &["mandiri", "own"]),
    ("rek", &["perekrut", "recruiter"]),
    ("med", &["media sosial", "social media"]),
    ("kel", &["keluarga", "family", "teman", "friend"]),
    ("tdk", &["tidak diketahui", "unknown"]),
];

const PROBLEM: &[Words] = &[
    ("ons", &["online scam", "scam"]),
    ("jdl", &["judi daring", "judi", "gambling"]),
    ("kkr", &["kekerasan", "violence"]),
    ("skp", &["disekap", "confinement", "confined"]),
    ("gaj", &["gaji", "wages", "unpaid"]),
    ("dok", &["dokumen ditahan", "documents withheld"]),
    ("ovs", &["overstay"]),
    ("dep", &["deportasi", "deportation"]),
    ("sak", &["sakit", "ill"]),
    ("mgl", &["meninggal", "deceased"]),
    ("hil", &["hilang kontak", "lost contact"]),
    ("tpo", &["tppo", "trafficking"]),
    ("hkm", &["masalah hukum", "in conflict with law"]),
    ("rtn", &["rentan", "vulnerable"]),
    ("ank", &["anak", "child"]),
    ("lai", &["lainnya", "other"]),
];

const SIGN: &[(Signs, Words)] = &[
    (Signs::CHILD, ("anak", &["child", "minor"])),
    (Signs::ALONE, ("sendiri", &["sendirian", "terpisah", "alone"])),
    (Signs::HELD, ("tertahan", &["ditahan", "held", "hold"])),
    (Signs::HEARSAY, ("manifes", &["belum diperiksa", "hearsay"])),
    (Signs::RETURNED_BEFORE, ("berulang", &["pernah pulang", "returned", "repeat"])),
    (Signs::KEEP_APART, ("pisahkan", &["apart", "keep apart"])),
    (Signs::BARRED_CONTACT, ("jangan hubungi", &["barred", "do not contact"])),
    (Signs::MISSING, ("hilang", &["missing"])),
    (Signs::REFUSES, ("menolak", &["tolak", "refuses"])),
    (Signs::NEEDS_INTERPRETER, ("juru bahasa", &["interpreter"])),
    (Signs::MEDIA_CLOSED, ("tertutup media", &["media", "media closed"])),
    (Signs::SEALED, ("disegel", &["tersegel", "sealed"])),
    (Signs::WITHDRAWN, ("ditarik", &["withdrawn", "batal"])),
    (Signs::DEAD, ("meninggal", &["dead", "deceased"])),
    (Signs::CLOSE_ASKED, ("minta tutup", &["close asked", "closing"])),
    (Signs::EMERGENCY_DEBT, ("darurat", &["emergency"])),
    (Signs::REFERRED, ("dirujuk", &["rujuk", "referred"])),
];

/// The word by which a query asks for a sign, after `tanda:`.
pub fn sign_word(sign: Signs) -> Option<&'static str> {
    SIGN.iter().find(|(own, _)| *own == sign).map(|(_, (word, _))| *word)
}

/// Words of the trade that stand alone: what is typed, what the query then reads (never *ilegal*), and the terms that
/// it means besides a text. From the vocabulary of the source documents (domain.md A).
pub(super) const TRADE: &[(&str, &str, &[&str])] = &[
    ("ilegal", "nonprosedural", &["prosedural:non"]),
    ("illegal", "nonprosedural", &["prosedural:non"]),
    ("unprosedural", "nonprosedural", &["prosedural:non"]),
    ("non prosedural", "nonprosedural", &["prosedural:non"]),
    ("nonprosedural", "nonprosedural", &["prosedural:non"]),
    ("nonprocedural", "nonprosedural", &["prosedural:non"]),
    ("prosedural", "prosedural", &["prosedural:pro"]),
    ("terdaftar siskop2mi", "terdaftar siskop2mi", &["prosedural:pro"]),
    ("perorangan", "perorangan", &["jalur:mdr,rek"]),
    ("perseorangan", "perorangan", &["jalur:mdr,rek"]),
    ("penempatan", "penempatan", &["jalur:p3m"]),
    ("kabur", "kabur", &["posisi:kbr"]),
    ("aman", "aman", &["keselamatan:amk,aml"]),
    ("kondisi aman", "kondisi aman", &["keselamatan:amk,aml"]),
    ("dipulangkan", "dipulangkan", &["status:jalan,pulda"]),
    ("pemulangan", "pemulangan", &["status:jalan,pulda"]),
    ("rehabilitasi", "rehabilitasi", &["status:rehab"]),
    ("pendampingan", "pendampingan", &["status:rehab"]),
    ("penyesuaian", "penyesuaian", &["status:rehab"]),
    ("konseling", "konseling", &["status:rehab"]),
    ("dinilai siap", "dinilai siap", &["status:pulda"]),
    ("kembali ke daerah asal", "kembali ke daerah asal", &["status:pulda,reint"]),
    ("reintegrasi", "reintegrasi", &["status:reint"]),
    ("pemberdayaan", "pemberdayaan", &["status:reint"]),
    ("asesmen", "asesmen", &["status:asesm"]),
    ("dikualifikasi", "dikualifikasi", &["status:asesm"]),
    ("penyelidikan", "penyelidikan", &["masalah:hkm"]),
    ("bermasalah", "bermasalah", &["masalah:any"]),
    ("terkendala", "bermasalah", &["masalah:any"]),
    ("tppo", "tppo", &["masalah:tpo"]),
    ("pencegahan", "pencegahan", &["masalah:tpo"]),
    ("meninggal", "meninggal", &["tanda:meninggal", "masalah:mgl"]),
    ("meninggal akibat sakit", "meninggal akibat sakit", &["tanda:meninggal", "masalah:mgl"]),
    ("jenazah", "jenazah", &["tingkat:0"]),
    ("pemulangan jenazah", "pemulangan jenazah", &["tingkat:0"]),
];

/// The most words that a term of the trade has.
pub(super) const TRADE_WORDS: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::List;
    use crate::identity::fold::fold;

    #[test]
    fn the_words_stand_in_the_order_of_their_lists() {
        let lists = [
            (Choice::Status, List::Status),
            (Choice::Sex, List::Sex),
            (Choice::Position, List::Position),
            (Choice::Safety, List::Safety),
            (Choice::Sector, List::Sector),
            (Choice::Procedural, List::Procedural),
            (Choice::Channel, List::Channel),
        ];
        for (choice, list) in lists {
            let codes: Vec<_> = choice_words(choice).iter().map(|(code, _)| code.to_uppercase()).collect();
            assert_eq!(codes, list.codes(), "{choice:?}");
        }
        let problems: Vec<_> = mark_words(Mark::Problem).map(|(_, (code, _))| code.to_uppercase()).collect();
        assert_eq!(problems, List::Problem.codes());
        assert_eq!(mark_words(Mark::Sign).fold(0, |bits, (bit, _)| bits | bit), (1 << 17) - 1);
    }

    #[test]
    fn every_word_is_folded_and_stands_for_one_value() {
        let choices = [Choice::Status, Choice::Tier, Choice::Sex, Choice::Position, Choice::Safety, Choice::Sector];
        let mut lists: Vec<Vec<Words>> = choices.map(|choice| choice_words(choice).to_vec()).to_vec();
        lists.push(mark_words(Mark::Sign).map(|(_, words)| words).collect());
        lists.push(mark_words(Mark::Problem).map(|(_, words)| words).collect());
        for list in lists {
            let all: Vec<_> = list.iter().flat_map(|(code, words)| words.iter().chain([code])).collect();
            for word in &all {
                assert_eq!(&fold(word), *word);
                assert_eq!(all.iter().filter(|other| other == &word).count(), 1, "{word}");
            }
        }
        for (typed, shown, _) in TRADE {
            assert_eq!(&fold(typed), typed);
            assert!(!shown.contains("ilegal") && typed.split(' ').count() <= TRADE_WORDS);
        }
    }
}
