//! Tables that an office writes: every mistake is named with its place, nothing below the floor is taken, nothing panics.

use chrono::TimeDelta;
use proptest::prelude::*;
use pulang::domain::gate::Rules;
use pulang::domain::gate::rules::{Flaw, MOST_BYTES, Wrong};
use pulang::domain::status::Status;

/// The built-in table with one place changed.
fn with(old: &str, new: &str) -> String {
    assert_eq!(Rules::BUILT_IN.matches(old).count(), 1, "{old:?} names one place");
    Rules::BUILT_IN.replacen(old, new, 1)
}

fn flaws(text: &str) -> Vec<Flaw> {
    Rules::parse(text).expect_err("a table with a mistake")
}

/// The line, from 1, on which a text begins.
fn line_of(text: &str, what: &str) -> usize {
    text[..text.find(what).unwrap()].matches('\n').count() + 1
}

/// Key and word of the sentence of each mistake.
fn told(flaws: &[Flaw]) -> Vec<(String, &'static str)> {
    flaws.iter().map(|flaw| (flaw.key.clone(), flaw.refusal().key)).collect()
}

#[test]
fn an_office_may_change_deadlines_roles_and_what_is_owed() {
    let text = with("nationality-evidence = \"72h\"", "nationality-evidence = \"5d\", papers-named = \"7d\"");
    let rules = Rules::parse(&text).unwrap();
    let owed = &rules.gate(Status::Verif).owed;
    assert_eq!(owed.len(), 2);
    assert!(
        owed.iter().any(|(fact, due)| fact.code() == "nationality-evidence" && due.within == Some(TimeDelta::days(5)))
    );
    assert!(Rules::parse(Rules::BUILT_IN).is_ok());
}

#[test]
fn every_floor_is_named_where_it_is_broken() {
    let cases = [
        (", \"child-guardian\"]\nrequired_from", "]\nrequired_from", "gate PULDA.required", "table-floor"),
        (
            "\"no-hold\", \"fit-if-ill\", \"child-guardian\"]",
            "\"fit-if-ill\", \"child-guardian\"]",
            "gate PULDA.required",
            "table-floor",
        ),
        (
            "\"handed-at\", \"no-hold\", \"receiver-safe\"]",
            "\"handed-at\", \"receiver-safe\"]",
            "gate REINT.required",
            "table-floor",
        ),
        (
            "\"no-hold\", \"receiver-safe\"]\nrequired_from",
            "\"no-hold\"]\nrequired_from",
            "gate REINT.required",
            "table-floor",
        ),
        ("required = [\"close-reason\"]", "required = []", "gate TUTUP.required", "table-floor"),
        (
            "[\"no-hold\", \"handed-at\", \"receiver-safe\"",
            "[\"handed-at\", \"receiver-safe\"",
            "closing SEL.required",
            "table-floor",
        ),
        ("\"taken-over-by\", \"receiver-safe\"", "\"taken-over-by\"", "closing LMP.required", "table-floor"),
        ("required = [\"dead\", ", "required = [", "closing MGL.required", "table-floor"),
        ("required = [\"duplicate-of\"]\n", "required = []\n", "closing DUP.required", "table-floor"),
        ("required = [\"last-contact\"]", "required = []", "closing HKD.required", "table-floor"),
        ("[\"duplicate-of\"]\ntwo = true", "[\"duplicate-of\"]", "closing DUP.two", "table-two-people"),
        (
            "required = [\"no-hold\", \"receiver-safe\", \"belongings-returned\"]",
            "required = [\"no-hold\", \"receiver-safe\"]\nforgives_debts = true",
            "closing PMD.forgives_debts",
            "table-forgives",
        ),
        ("clock = { since = \"last-contact\", days = 60 }\n", "", "closing HKD.clock", "table-clock"),
        ("days = 30", "days = 0", "closing BRK.clock", "table-clock"),
        ("ended = [\"KES7\"]", "ended = [\"KES7\", \"KES1\"]", "track KES.ended", "table-no-end"),
        ("\"remains-identified\", \"air-waybill\"", "\"air-waybill\"", "step JNZ5.required", "table-floor"),
        (
            "from = [\"JNZ7\"]\nrequired = [\"remains-identified\", ",
            "from = [\"JNZ7\"]\nrequired = [",
            "step JNZ8.required",
            "table-floor",
        ),
        ("from = [\"JNZ8\"]", "from = []", "step JNZ9.required", "table-unidentified"),
        ("from = [\"JNZ5\"]", "from = [\"JNZ5\", \"JNZ1\"]", "step JNZ6.required", "table-unidentified"),
        ("from = [\"SIAP\"]", "from = [\"SIAP\", \"ASESM\"]", "gate JALAN.from", "table-backward"),
        ("from = [\"TIBA\", \"REHAB\"]", "from = [\"TIBA\", \"TUTUP\"]", "gate ASESM.from", "table-backward"),
        ("required_from = { JALAN = [\"arrival-resolved\"] }\n", "", "gate TUTUP.required_from", "table-floor"),
        ("emergency_due = \"24h\"", "emergency_due = \"8d\"", "emergency_due", "table-bounds"),
        ("hold_review = \"24h\"", "hold_review = \"30d\"", "hold_review", "table-bounds"),
    ];
    for (old, new, key, sentence) in cases {
        let found = told(&flaws(&with(old, new)));
        assert!(found.contains(&(key.to_owned(), sentence)), "{old} → {new}: {found:?}");
    }
}

#[test]
fn a_circle_of_steps_identifies_nobody() {
    let text = with("from = [\"JNZ5\"]", "from = [\"JNZ7\"]");
    let found = told(&flaws(&text));
    assert!(found.contains(&("step JNZ6.required".to_owned(), "table-unidentified")), "{found:?}");
    assert!(found.contains(&("step JNZ7.required".to_owned(), "table-unidentified")), "{found:?}");
}

#[test]
fn all_mistakes_come_at_once_in_the_order_of_their_lines() {
    let text = with("\"boarded\"", "\"bordaed\"")
        .replacen("to = \"VERIF\"", "to = \"VERIFY\"", 1)
        .replacen("leave = \"4h\"", "leave = \"4 jam\"", 1)
        .replacen("= \"before PULDA\"", "= \"before PULDO\"", 1)
        .replacen("roles = [\"KON\", \"PPM\"]", "roles = [\"KON\", \"PMM\"]", 1)
        .replacen("ended = [\"RHB7\"]", "ended = [\"RHB0\"]", 1)
        .replacen("since = \"2026-11-01\"", "since = \"1 November\"", 1)
        .replacen("zone_hours = 7", "zone_hours = 99", 1)
        .replacen("cause = \"trauma\"", "cause = \"truma\"", 1);
    let found = flaws(&text);
    let near = |what: &str| {
        let flaw = found.iter().find(|flaw| matches!(&flaw.wrong, Wrong::Unknown { what: found, .. } if found == what));
        let flaw = flaw.unwrap_or_else(|| panic!("{what}: {found:?}"));
        assert_eq!(flaw.line, line_of(&text, &format!("{what}\"")), "{what}");
        let Wrong::Unknown { nearest, .. } = &flaw.wrong else { unreachable!() };
        *nearest
    };
    assert_eq!(near("bordaed"), Some("boarded"));
    assert_eq!(near("VERIFY"), Some("VERIF"));
    assert!(near("PMM").is_some());
    assert_eq!(near("truma"), Some("trauma"));
    assert!(near("RHB0").is_some_and(|state| state.starts_with("RHB")));
    let keys: Vec<&str> = found.iter().map(|flaw| flaw.key.as_str()).collect();
    for key in ["gate TIBA.leave", "gate TIBA.owed", "since", "zone_hours"] {
        assert!(keys.contains(&key), "{key}: {keys:?}");
    }
    assert!(found.is_sorted_by_key(|flaw| flaw.line));
    let boarded = found.iter().find(|flaw| flaw.key == "gate JALAN.required").unwrap();
    let line = text.lines().nth(boarded.line - 1).unwrap();
    assert_eq!(line.chars().skip(boarded.column - 1).take(9).collect::<String>(), "\"bordaed\"");
}

#[test]
fn rows_stand_once_and_none_is_missing() {
    let found = told(&flaws(&with("to = \"DOKUM\"", "to = \"SIAP\"")));
    assert!(found.contains(&("gate SIAP".to_owned(), "table-twice")), "{found:?}");
    assert!(found.iter().any(|(_, sentence)| *sentence == "table-lacking"), "{found:?}");
    let found = flaws(&with("reason = \"SLH\"", "reason = \"DUP\""));
    assert!(found.iter().any(|flaw| flaw.wrong == Wrong::Lacking("closing SLH".to_owned())), "{found:?}");
}

#[test]
fn what_is_no_table_is_one_mistake_with_line_and_column() {
    for (text, line, column) in [
        ("version = \"x", 1, 13),
        (&*with("zone_hours = 7 ", "zone_hours = = 7 "), 10, 14),
        (&*with("version = ", "verzion = "), 8, 1),
    ] {
        let found = flaws(text);
        assert_eq!(found.len(), 1);
        assert!(matches!(found[0].wrong, Wrong::Toml(_)), "{found:?}");
        assert_eq!((found[0].line, found[0].column), (line, column), "{found:?}");
    }
    let long = flaws(&"#".repeat(MOST_BYTES + 1));
    assert_eq!(long[0].wrong, Wrong::TooLong { most: MOST_BYTES });
    let version = with("version = \"2026-11-1\"", &format!("version = \"{}\"", "v".repeat(41)));
    assert_eq!(told(&flaws(&version)), [("version".to_owned(), "table-bounds")]);
}

#[test]
fn no_time_is_nought_or_endless() {
    for span in ["0h", "0m", "3661d", "4294967295d", "h", "", "-1h", "１h"] {
        let text = with("leave = \"4h\"", &format!("leave = \"{span}\""));
        assert_eq!(told(&flaws(&text)), [("gate TIBA.leave".to_owned(), "table-span")], "{span}");
    }
}

proptest! {
    /// Whatever is done to the bytes of the table: it is read or refused with places inside of it, and what is read keeps
    /// the floor.
    #[test]
    fn a_mutilated_table_never_panics_and_never_loses_its_floor(
        cuts in prop::collection::vec((0usize..16_000, 0usize..40, "[a-zA-Z\"=\\[\\], {}\n0-9é]{0,6}"), 1..6)
    ) {
        let mut text = Rules::BUILT_IN.to_owned();
        for (at, len, new) in cuts {
            let from = text.floor_char_boundary(at % text.len());
            let to = text.ceil_char_boundary((from + len).min(text.len()));
            text.replace_range(from..to, &new);
        }
        match Rules::parse(&text) {
            Ok(rules) => {
                let pulda: Vec<&str> = rules.gate(Status::Pulda).required.iter().map(|fact| fact.code()).collect();
                prop_assert!(pulda.contains(&"no-hold") && pulda.contains(&"child-guardian"));
                for reason in ["TLK", "HKD", "MGL", "DUP", "SLH"] {
                    prop_assert!(rules.closing(reason).unwrap().is_two);
                }
            }
            Err(flaws) => {
                prop_assert!(!flaws.is_empty());
                let lines = text.lines().count().max(1) + 1;
                prop_assert!(flaws.iter().all(|flaw| (1..=lines).contains(&flaw.line) && flaw.column >= 1));
            }
        }
    }
}
