//! Tables and laws of the query language.

use super::*;
use crate::domain::status::Status;
use crate::domain::subject::Number;
use crate::domain::summary::{Sex, Summary, Tier};
use crate::domain::value::Precision;

/// One movement.
struct Book;

const KLOTER: Ulid = Ulid(77);
const ME: Ulid = Ulid(5);
const HERE: Ulid = Ulid(6);

impl Names for Book {
    fn subject(&self, what: Link, text: &str) -> Option<Ulid> {
        (what == Link::Movement && text == "KNO-1").then_some(KLOTER)
    }

    fn begun(&self, what: Link, start: &str, _limit: usize) -> Vec<String> {
        let names = if what == Link::Movement { vec!["KNO-1"] } else { Vec::new() };
        names.into_iter().filter(|n| n.to_lowercase().starts_with(&start.to_lowercase())).map(str::to_owned).collect()
    }
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(super) fn scope() -> Scope<'static> {
    Scope {
        now: time("2026-02-21T20:00:00Z"),
        offset: FixedOffset::east_opt(7 * 3600).unwrap(),
        me: Some(ME),
        office: Some(HERE),
        names: &Book,
    }
}

pub(super) fn rizki() -> Summary {
    Summary {
        id: Ulid(1),
        number: Number { year: 26, running: 4217 },
        revision: 1,
        name: "Nur A'ini Rizki".to_owned(),
        other_names: "RIZKI NURAINI; Iki".to_owned(),
        sex: Some(Sex::Female),
        birth: NaiveDate::from_ymd_opt(2008, 2, 22),
        birth_precision: Precision::Certain,
        is_age_doubted: false,
        interest_on: NaiveDate::from_ymd_opt(2026, 2, 21).unwrap(),
        status: Status::Asesm,
        status_at: time("2026-02-21T10:00:00Z"),
        tier: Tier::Red,
        signs: Signs::CHILD.with(Signs::HEARSAY, true),
        nik: 7_171_086_202_089_101,
        documents: vec!["Z4714800".to_owned(), "ZD520025".to_owned()],
        phones: vec!["+6284667426314".to_owned()],
        home: 717_108,
        country: Some(*b"KHM"),
        group: "K3".to_owned(),
        queue: 42,
        movement: Some(KLOTER),
        office: HERE,
        officer: None,
        position: 9,
        safety: 1,
        sector: 1,
        channel: 2,
        procedural: 2,
        problems: 1 << 11,
        due: Some(time("2026-02-21T19:00:00Z")),
        debt_due: Some(time("2026-02-23T00:00:00Z")),
        open_debts: 2,
        reported_at: time("2026-02-10T02:00:00Z"),
        changed_at: time("2026-02-21T18:00:00Z"),
    }
}

fn fits(text: &str) -> bool {
    let query = parse(text, &scope()).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    assert_eq!(parse(&print(&query), &scope()).as_ref(), Ok(&query), "{text} reads {}", print(&query));
    query.matches(&rizki())
}

#[test]
fn fields_find_her() {
    for text in [
        "",
        "  ",
        "status:asesm",
        "STATUS:Asesmen",
        "stat:assessment",
        "status>=tiba",
        "status:tiba..rehab",
        "status!=tiba",
        "tingkat:1",
        "tier<=2",
        "tier:merah,kuning",
        "nama:aini",
        "nama=\"nur aini rizki\"",
        "nama:ainy or nama:rizki",
        "nik:7171",
        "nik=7171086202089101",
        "dok:z4714800",
        "dok:any",
        "hp:0846674",
        "hp:+62846674",
        "hp:26314",
        "no:4217",
        "no:26-4217",
        "no:26-004000..26-005000",
        "#4217",
        "#26-4217",
        "jk:p",
        "sex:female",
        "umur<18",
        "umur:17",
        "age:10..17",
        "lahir:2008",
        "lahir:2000..2008",
        "lahir:22-02-2008",
        "asal:manado",
        "asal:71",
        "asal:\"sulawesi utara\"",
        "asal:sulawesi-utara",
        "negara:kamboja",
        "kelompok:k3",
        "group=K3",
        "antrian:42",
        "kloter:KNO-1",
        "kantor:me",
        "petugas:none",
        "-petugas:any",
        "posisi:debarkasi",
        "keselamatan:amk",
        "sektor:scam",
        "masalah:tppo,gaji",
        "prosedural:non",
        "jalur:mandiri",
        "tanda:anak",
        "sign:child,alone",
        "-tanda:sendiri",
        "tenggat:lewat",
        "due<2d",
        "tenggat:hari-ini",
        "utang:2",
        "utang>=1",
        "debt:any",
        "utang:besok",
        "diubah:hari-ini or diubah<3jam",
        "changed<2d",
        "changed>1jam",
        "lapor>1w",
        "lapor:2026-02",
        "menunggu>2jam",
        "lapor:..2027",
    ] {
        assert!(fits(text), "{text}");
    }
}

#[test]
fn fields_that_say_otherwise_do_not_find_her() {
    for text in [
        "status:tiba",
        "status<tiba",
        "tier:3",
        "tier>1",
        "tier<1",
        "nama=rizki",
        "nama:joko",
        "nik:9999",
        "nik:none",
        "dok:6667",
        "hp:7171",
        "no:4218",
        "#26-4218",
        "jk:l",
        "umur>=18",
        "lahir:2009..",
        "asal:bogor",
        "asal:none",
        "negara:none",
        "group:3",
        "antrian:none",
        "petugas:me",
        "tanda:sendiri",
        "tanda:none",
        "masalah:none",
        "due>2d",
        "tenggat:besok",
        "utang:none",
        "utang:lewat",
        "diubah>1d",
        "lapor<1w",
        "-status:asesm",
        "status:asesm -asal:manado",
        "tier:0",
    ] {
        assert!(!fits(text), "{text}");
    }
}

#[test]
fn bare_words_search_names_keys_and_numbers_and_understand_the_trade() {
    for text in [
        "rizki",
        "aini",
        "a'ini",
        "\"nur aini\"",
        "NUR RIZKI",
        "iki",
        "4714800",
        "zd52",
        "717108",
        "0846674",
        "84667",
        "26-004217",
        "4217",
        "42",
        "rizki or joko",
        "(joko or rizki) aini",
        "tppo",
        "nonprosedural",
        "ilegal",
        "perorangan",
        "kondisi aman",
        "aman rizki",
        "asesmen",
        "dikualifikasi",
        "bermasalah",
        "-kabur",
        "-\"pemulangan jenazah\"",
        "rizki and tppo",
        "rizki dan (tppo atau kabur)",
        "-(joko or -rizki)",
        "rizki -joko",
    ] {
        assert!(fits(text), "{text}");
    }
    for text in [
        "joko",
        "kabur",
        "jenazah",
        "reintegrasi",
        "rehabilitasi",
        "43",
        "meninggal akibat sakit",
        "rizki joko",
        "717199",
    ] {
        assert!(!fits(text), "{text}");
    }
}

#[test]
fn a_keyword_is_one_between_two_terms_only() {
    for (text, printed) in [
        ("dan", "\"dan\""),
        ("rizki or", "rizki \"or\""),
        ("or rizki", "\"or\" rizki"),
        ("(rizki atau) nur", "rizki \"atau\" nur"),
        ("rizki dan nur or aini", "rizki nur or aini"),
        ("nama:dan", "nama:dan"),
    ] {
        assert_eq!(print(&parse(text, &scope()).unwrap()), printed, "{text}");
    }
}

#[test]
fn every_word_of_the_source_documents_is_understood_and_ilegal_is_never_printed() {
    for (typed, _, meant) in words::TRADE {
        let query = parse(typed, &scope()).unwrap();
        let Node::Is(term) = query.root() else { panic!("{typed} is one term") };
        assert!(term.tests.len() > meant.len(), "{typed}");
        assert!(!print(&query).contains("egal"), "{typed}");
        for meaning in *meant {
            assert!(parse(meaning, &scope()).is_ok(), "{meaning}");
        }
    }
    assert_eq!(print(&parse("perekrut ilegal tier:red", &scope()).unwrap()), "perekrut nonprosedural tingkat:1");
}

#[test]
fn what_is_not_understood_has_a_place_and_the_nearest_name() {
    for (text, at, key, nearest) in [
        ("statsu:tiba", 0..6, "query-unknown-field", Some("status")),
        ("rizki colour:red", 6..12, "query-unknown-field", Some("country")),
        ("status:tibaa", 7..12, "query-unknown-value", Some("tiba")),
        ("asal:manadoo", 5..12, "query-unknown-value", Some("Manado")),
        ("status:re", 7..9, "query-unknown-value", Some("reint")),
        ("kloter:KNO-2", 7..12, "query-unknown-value", Some("KNO-1")),
        ("(rizki", 0..1, "query-open-bracket", None),
        ("rizki)", 5..6, "query-close-bracket", None),
        ("nama:", 5..6, "query-missing-value", None),
        ("umur:..", 5..7, "query-missing-value", None),
        ("- rizki", 1..2, "query-missing-term", None),
        ("()", 1..2, "query-missing-term", None),
        ("\"rizki", 0..1, "query-open-quote", None),
        ("...", 0..3, "query-empty-word", None),
        ("umur:tua", 5..8, "query-count", None),
        ("lahir:31-02-2000", 6..16, "query-date", None),
        ("diubah<2h", 7..9, "query-unit", Some("2jam, 2hari")),
        ("#99-999999-X", 0..12, "query-check-letter", Some("99-999999-W")),
        ("nomor:99-999999-X", 6..17, "query-check-letter", Some("99-999999-W")),
        ("siti 99-999999-X", 5..16, "query-check-letter", Some("99-999999-W")),
        ("tingkat:9", 8..9, "query-one-of", Some("0, 1, 2, 3")),
        ("nama>a", 4..5, "query-operator", None),
        ("posisi<kmp", 6..7, "query-operator", None),
    ] {
        let error = parse(text, &scope()).expect_err(text);
        assert_eq!((error.at, error.key, error.nearest.as_deref()), (at, key, nearest), "{text}");
    }
    assert_eq!(parse(&"a".repeat(201), &scope()).unwrap_err().key, "query-too-long");
    assert_eq!(parse(&"jk:l ".repeat(40), &scope()).unwrap_err().key, "query-too-long");
    assert_eq!(parse(&format!("{}a{}", "(".repeat(90), ")".repeat(90)), &scope()).unwrap_err().key, "query-too-deep");
    assert!(parse(&"-(".repeat(99), &scope()).is_err());
}

#[test]
fn withdrawn_cases_are_asked_for_by_their_sign_only() {
    for (text, asks) in
        [("tanda:ditarik", true), ("rizki tanda:withdrawn", true), ("tanda:any", false), ("rizki", false)]
    {
        assert_eq!(parse(text, &scope()).unwrap().asks_withdrawn(), asks, "{text}");
    }
}

#[test]
fn completion_offers_fields_then_values() {
    let offers = |text: &str| {
        let found = complete(text, text.chars().count(), &scope());
        found.into_iter().map(|c| (c.at, c.text)).collect::<Vec<_>>()
    };
    assert_eq!(offers("stat"), [(0..4, "status:".to_owned())]);
    assert_eq!(offers("rizki -kese"), [(7..11, "keselamatan:".to_owned())]);
    assert_eq!(offers("status:re"), ["reported", "ready", "rehab", "reint"].map(|w| (7..9, w.to_owned())));
    assert_eq!(offers("status:tiba,reh"), [(12..15, "rehab".to_owned())]);
    assert!(offers("asal:sul").contains(&(5..8, "\"Sulawesi Utara\"".to_owned())));
    assert_eq!(offers("asal:\"sulawesi u")[0], (5..16, "\"Sulawesi Utara\"".to_owned()));
    assert!(offers("negara:kamb").contains(&(7..11, "Kamboja".to_owned())));
    assert_eq!(offers("kloter:k"), [(7..8, "KNO-1".to_owned())]);
    assert_eq!(offers("petugas:m"), [(8..9, "me".to_owned())]);
    assert!(offers("kab").contains(&(0..3, "kabur".to_owned())));
    assert!(offers("ilega").is_empty() && offers("zzz:").is_empty());
}

#[test]
fn every_field_and_error_has_its_text_in_both_languages() {
    let texts = [include_str!("../../../assets/text/id/query.ftl"), include_str!("../../../assets/text/en/query.ftl")];
    let sources = concat!(include_str!("parse.rs"), include_str!("value.rs"), include_str!("when.rs"));
    let errors = sources.split("\"query-").skip(1).filter_map(|rest| rest.split('"').next());
    let keys = errors.map(|rest| format!("query-{rest}")).chain(Field::all().map(Field::key));
    for key in keys {
        for text in texts {
            assert!(text.lines().any(|line| line.split(" = ").next() == Some(&key)), "{key}");
        }
    }
    assert!(!texts[0].contains("ilegal"));
}
