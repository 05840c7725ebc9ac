//! Names that are one and names that are two: the pairs of `data/name-pairs.tsv`, ours beside them, and the laws.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use pulang::identity::name::{NameKey, Reason, score, score_names};

const SAME: f32 = 0.75;
const DIFFERENT: f32 = 0.5;

/// One pair a line: what it is, and both names. `like`: one person to the ear, but a rule other than the name decides
/// (endings of men's and women's names): never counted as the same.
const OURS: &str = "
same | Mochamad Fadjar Nugroho | Muhammad Fajar Nugroho
same | M. Iqbal Ramadhan | Muhammad Iqbal Ramadan
same | Moh. Taufik | MOHD TAUFIQ
same | Muh Arief Hidayat | Muhamad Arif Hidayat
same | Ahmad Zulkifli | Achmad Dzulkifly
same | Akhmad Soebagio | Ahmad Subagyo
same | Soekarni Tjahyadi | Sukarni Cahyadi
same | Poerwanto Djati | Purwanto Jati
same | Njoman Soekadana | Nyoman Sukadana
same | I Made Sutarja | Made Sutarja
same | Ni Luh Putu Ariani | Luh Putu Ariani
same | Sjahrir Sjamsoeddin | Syahrir Syamsuddin
same | Jusuf Khalid | Yusuf Kholid
same | Abdul Rahman Saleh | Abdurrahman Saleh
same | Abd. Rohim Fauzan | Abdul Rohim Fauzan
same | Nurul Huda Lubis | Nurulhuda Lubis
same | Sri Rahayu Ningsih | Srirahayu Ningsih
same | Firman Syah Putra | Firmansyah Putra
same | Hj. Siti Aminah | Siti Aminah
same | Dr. H. Bambang Wicaksono, S.Pd., M.Si. | Bambang Wicaksono
same | Rina Oktaviani, SE | RINA OKTAFIANI
same | Ir. Hendra Gunawan | Hendra Gunawan
same | TUMBELAKA STEVEN | Steven Tumbelaka
same | Grace Natalia Wowor | Wowor Grace Natalia
same | Marthin Panjaitan | Martin Panjaitan
same | Kristian Sitompul | Christian Sitompul
same | Stephen Lumentut | Steven Lumentut
same | Siti Khadijah binti Umar | Siti Hadijah
same | Fatimah binti Abdullah | Fatimah Abdullah
same | Zainab binti Hasan | Zaenab bt. Hasan
same | Nur A'ini | NURAINI
same | Nuraini Puspita | Noer Aini Puspita
same | Ricky Fernando | Riki Pernando
same | Yulia Wahjuni | Julia Wahyuni
same | Setyawan Dwi Cahyono | Setiawan Dwi Tjahjono
same | Dewi Kartika Sari | Dewi K. Sari
same | Rizqi Ramadhani | Rizky Romadhani
same | Vina Rahmawati | Fina Rachmawaty
same | Fulan Al Ghifari | Fulan Alghifari
same | JOSÉ DA COSTA | Jose da Costa
same | Andika Muhammad Hutabarat | Andika Hutabarat
same | Djoemadi | Jumadi
different | Siti Aminah | Siti Maryam
different | Agus Salim | Agus Wijaya
different | Rizki Saputra | Rizki Nasution
different | Ahmad Fauzi | Ahmad Hidayat
different | Muhammad | Muhammad Hakim
different | Budi Santoso | Rudi Hartono
different | Made Sutarja | Made Wirawan
different | Joko Setiawan | Eko Prasetyo
different | Samuel Ginting | Rolan Ginting
different | Dedi Firmansyah | Dimas Firmansyah
different | Kevin Rian Pratama | Reza Dwi Pratama
different | Yuni Lestari | Yuli Lestari
different | Rina Puspita | Dina Puspita
different | Nur Ayu Ginting | Nur Intan Harahap
different | Fatimah binti Abdullah | Fatimah binti Hasan
different | Maya | Mega
different | Intan Wulandari | Sari Wulandari
different | Ferdi Sitorus | Ferdi Sitompul
like | Rizki Saputra | Rizki Saputri
like | Dewi Susanti | Dewi Susanto
like | Sri Wahyuni | Sri Wahyudi
like | Adi Kurniawan | Adi Kurniawati
";

fn ours() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    OURS.lines().filter(|line| !line.is_empty()).map(|line| {
        let fields: Vec<_> = line.split(" | ").collect();
        (fields[0], fields[1], fields[2])
    })
}

#[test]
fn the_shared_pairs_fall_on_the_right_side() {
    for line in include_str!("data/name-pairs.tsv").lines().skip(1) {
        let fields: Vec<_> = line.split('\t').collect();
        let score = score_names(fields[1], fields[2]);
        let is_gender_pair = score.reasons.has(Reason::Ending);
        match fields[0] {
            "yes" => assert!(score.value >= SAME, "{line}: {score:?}"),
            _ if is_gender_pair => assert!(score.value < SAME, "{line}: {score:?}"),
            _ => assert!(score.value <= DIFFERENT, "{line}: {score:?}"),
        }
    }
}

#[test]
fn our_pairs_fall_on_the_right_side() {
    assert!(ours().count() >= 40);
    let mut wrong = Vec::new();
    for (kind, a, b) in ours() {
        for score in [score_names(a, b), score(&NameKey::of(a), &NameKey::of(b))] {
            let is_right = match kind {
                "same" => score.value >= SAME,
                "different" => score.value <= DIFFERENT,
                _ => score.reasons.has(Reason::Ending) && score.value > DIFFERENT && score.value < 0.95,
            };
            if !is_right {
                wrong.push(format!("{kind}: {a} / {b}: {}", score.value));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn reasons_say_why() {
    for (a, b, reason) in [
        ("Siti Sri Lubis", "SITI SRI LUBIS", Reason::Identical),
        ("Djoko Setiawan", "Joko Setiawan", Reason::Spelling),
        ("PANGEMANAN REFLY", "Refly Pangemanan", Reason::Order),
        ("Nur Halizah", "Nurhalizah", Reason::Glued),
        ("Hj. Siti Aminah", "Siti Aminah", Reason::Title),
        ("Dewi S. Sinaga", "Dewi Sartika Sinaga", Reason::Initial),
        ("Marthin Situmorang", "Martin Situmorank", Reason::Ending),
        ("Rolan Simanjuntak", "Rolan Simamjuntak", Reason::Near),
        ("Rizki Saputra", "Rizki Saputri", Reason::Ending),
        ("Steven Taufik Setiawan", "Steven Setiawan", Reason::Missing),
        ("Muhammad Rizki", "Muhammad Fajar", Reason::FrequentOnly),
        ("Siti binti Umar", "Siti binti Oemar", Reason::FatherAgrees),
        ("Siti binti Umar", "Siti binti Hasan", Reason::FatherDiffers),
    ] {
        let found: Vec<_> = score_names(a, b).reasons.iter().collect();
        assert!(found.contains(&reason), "{a} / {b}: {found:?}");
    }
}

#[test]
fn an_empty_name_is_like_none() {
    assert_eq!(score_names("", "").value, 0.0);
    assert_eq!(score_names("Siti", " - ").value, 0.0);
}

/// Plain words: no titles, abbreviations or patronym markers, which have a place in a name.
fn plain_name() -> impl Strategy<Value = Vec<String>> {
    let known = prop::sample::select(vec![
        "siti",
        "nur",
        "halizah",
        "nurhalizah",
        "wulandari",
        "djoko",
        "joko",
        "soesilo",
        "saputra",
        "saputri",
        "muhammad",
        "rizki",
        "rizky",
        "abdul",
        "rahman",
        "abdurrahman",
        "sinaga",
        "hidayat",
        "hidayah",
        "tumbelaka",
    ]);
    let word = prop_oneof![3 => known.prop_map(str::to_owned), 1 => "[b-d][aiueo][b-z]{1,6}[aiu]"];
    prop::collection::vec(word, 1..6)
}

proptest! {
    #[test]
    fn a_score_is_symmetric_and_bounded(a in ".{0,40}", b in ".{0,40}") {
        let (one, other) = (score_names(&a, &b), score_names(&b, &a));
        prop_assert_eq!(one.value, other.value);
        prop_assert!((0.0..=1.0).contains(&one.value));
        let (a, b) = (NameKey::of(&a), NameKey::of(&b));
        prop_assert_eq!(score(&a, &b), score(&b, &a));
    }

    #[test]
    fn likely_names_score_alike_both_ways(a in plain_name(), b in plain_name()) {
        let (a, b) = (a.join(" "), b.join(" "));
        prop_assert_eq!(score_names(&a, &b).value, score_names(&b, &a).value);
        let reasons = |a: &str, b: &str| score_names(a, b).reasons;
        prop_assert_eq!(reasons(&a, &b), reasons(&b, &a));
    }

    #[test]
    fn a_name_is_wholly_like_itself(name in plain_name()) {
        let name = name.join(" ");
        prop_assert!(score_names(&name, &name).value > 0.999);
        prop_assert!(score(&NameKey::of(&name), &NameKey::of(&name)).value > 0.999);
    }

    #[test]
    fn any_written_name_is_like_itself(name in "[A-Za-z'. ]{0,40}") {
        let is_empty = NameKey::of(&name).is_empty();
        prop_assert_eq!(score_names(&name, &name).value > 0.999, !is_empty);
    }

    #[test]
    fn the_order_of_words_does_not_matter((a, b, turned) in (plain_name(), plain_name())
        .prop_flat_map(|(a, b)| (Just(a), Just(b.clone()), Just(b).prop_shuffle()))) {
        let (a, b, turned) = (a.join(" "), b.join(" "), turned.join(" "));
        prop_assert_eq!(score_names(&a, &b).value, score_names(&a, &turned).value);
        prop_assert_eq!(score(&NameKey::of(&a), &NameKey::of(&b)).value,
            score(&NameKey::of(&a), &NameKey::of(&turned)).value);
    }
}
