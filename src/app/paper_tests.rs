//! Templates against the facts that there are, and what must never stand on some.

use super::*;

#[test]
fn every_name_in_a_template_is_a_fact_that_there_is() {
    let made = [
        "n",
        "office",
        "age",
        "child",
        "initials",
        "sex_code",
        "doc",
        "phone",
        "guardian",
        "family",
        "province",
        "flight",
        "lands",
        "landing_place",
        "destination_or_home",
        "home_short",
        "handed_count",
        "staying",
        "initial_here",
        "guardian_verified",
        "count",
        "apart",
        "erased",
        "sealed",
        "first_in",
        "last_in",
        "family_name",
        "family_relation",
        "family_phone",
        "family_address",
        "status_code",
        "in",
        "out",
        "day",
        "sight",
        "line",
        "none",
    ];
    for paper in Paper::ALL {
        let text = template(*paper);
        assert!(text.starts_with("@title "), "{paper:?}");
        assert!(text.lines().filter(|line| !line.contains('{')).all(|line| line.chars().count() <= 80), "{paper:?}");
        for part in text.split('{').skip(1) {
            let name = part.split(['}', ':']).next().unwrap();
            assert!(made.contains(&name) || Field::from_code(name).is_some(), "{paper:?}: {name}");
        }
        let opened =
            text.lines().filter(|line| ["@if", "@each", "@head"].iter().any(|word| line.starts_with(word))).count();
        assert_eq!(opened, text.lines().filter(|line| *line == "@end").count(), "{paper:?}");
    }
}

#[test]
fn a_queue_card_tells_neither_name_nor_tier_and_a_masked_summary_no_name() {
    let names = |paper| {
        template(paper).split('{').skip(1).map(|part| part.split(['}', ':']).next().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(names(Paper::QueueCard), ["queue", "case_number", "movement"]);
    for hidden in ["name", "nik", "doc", "phone", "birth", "queue", "home"] {
        assert!(!names(Paper::MaskedSummary).contains(&hidden), "{hidden}");
    }
    assert!(!template(Paper::QueueCard).to_lowercase().contains("tingkat"));
}
