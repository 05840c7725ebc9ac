//! The law of the check, and rows for each shape.

use super::*;
use crate::domain::value::Timed;
use crate::identity::{country, region};
use chrono::Days;
use proptest::prelude::*;
use ulid::Ulid;

fn context() -> CheckContext {
    CheckContext::new("2026-11-22T03:00:00Z".parse().unwrap(), Zone::Wita)
}

/// What is read, shown again; or `!` and the key of the refusal.
fn reshown(field: Field, typed: &str) -> String {
    match read(field, typed, &context()) {
        Ok(Some(value)) => show(field, &value, context().zone),
        Ok(None) => String::new(),
        Err(refusal) => format!("!{}", refusal.key),
    }
}

#[test]
fn each_shape_reads_what_a_desk_types() {
    let rows = [
        (Field::Name, "  SITI  NUR\tAINI ", "SITI NUR AINI"),
        (Field::Name, " \u{200b}\n", ""),
        (Field::Name, "-", "!input-no-letters"),
        (Field::Aliases, "-", "-"),
        (Field::Seat, "12AB", "12AB"),
        (Field::Seat, "1234567", "!input-too-long"),
        (Field::NoteText, "a\r\n\r\n\r\nb", "a\n\nb"),
        (Field::Nik, "7171 0855 0598 9101", "7171085505989101"),
        (Field::Nik, "717108550598910", "!nik-too-short"),
        (Field::Nik, "3,27E+15", "!nik-spreadsheet"),
        (Field::Nik, "7171083105989101", "7171083105989101"),
        (Field::Nik, "7171083102989101", "!nik-date-impossible"),
        (Field::PhoneNo, "0846-6742-6314", "+6284667426314"),
        (Field::PhoneNo, "-", "-"),
        (Field::PhoneNo, "di tetangga", "di tetangga"),
        (Field::PhoneNo, "084667426314 / 084667426315", "084667426314 / 084667426315"),
        (Field::DocNo, "z 471-4800", "Z4714800"),
        (Field::DocNo, "??", "!input-no-letters"),
        (Field::Sex, "p", "P"),
        (Field::Sex, "x", "!input-no-such-choice"),
        (Field::Position, "det", "DET"),
        (Field::Position, "sn", "SNT"),
        (Field::Position, "r", "!input-ambiguous-choice"),
        (Field::Finding, "sk", "SK"),
        (Field::OfficeZone, "wit", "WIT"),
        (Field::Checks, "sh", "HS"),
        (Field::Checks, "S, h", "HS"),
        (Field::Checks, "0", "0"),
        (Field::Checks, "h0", "!input-nothing-found-alone"),
        (Field::Checks, "hx", "!input-no-such-choice"),
        (Field::Checks, "Ω", "!input-no-such-choice"),
        (Field::Problems, "gaj ONS", "ONS, GAJ"),
        (Field::Problems, " , ", ""),
        (Field::Indicators, "10,1", "1, 10"),
        (Field::Birth, "210298", "21-02-1998"),
        (Field::Birth, "~17 (ibu)", "~22-11-2009 (ibu)"),
        (Field::DocUntil, "5/12", "05-12-2026"),
        (Field::ReportedAt, "-3h", "22-11-2026 08:00"),
        (Field::LandedAt, "kmrn 22:15 WIB", "21-11-2026 23:15"),
        (Field::PregnantWeeks, "28", "28"),
        (Field::PregnantWeeks, "46", "!input-number-range"),
        (Field::PregnantWeeks, "28,5", "!input-not-a-number"),
        (Field::PregnantWeeks, "99999999999999999999", "!input-not-a-number"),
        (Field::Interpreter, "Ya", "Y"),
        (Field::Interpreter, "no", "T"),
        (Field::Interpreter, "?", "!input-not-yes-no"),
        (Field::Home, "71.71.08", "71.71.08"),
        (Field::Home, "Kota Manado", "71.71"),
        (Field::Home, "Bandung", "!input-ambiguous-region"),
        (Field::Home, "antah berantah", "!input-no-such-region"),
        (Field::WorkCountry, "khm", "KHM"),
        (Field::WorkCountry, "Kamboja", "KHM"),
        (Field::WorkCountry, "Atlantis", "!input-no-such-country"),
        (Field::DuplicateOf, "26-4217", "!input-not-a-link"),
    ];
    for (field, typed, shown) in rows {
        assert_eq!(reshown(field, typed), shown, "{} {typed:?}", field.code());
    }
}

#[test]
fn a_link_is_of_its_own_kind() {
    let case = Subject::case(Ulid(7));
    assert_eq!(reshown(Field::DuplicateOf, &case.to_string()), case.to_string());
    assert_eq!(reshown(Field::Movement, &case.to_string()), "!input-not-a-link");
}

#[test]
fn a_value_of_another_shape_or_beyond_its_bounds_does_not_fit() {
    let case = Value::Link(Subject::case(Ulid(7)));
    let undated = Dated { precision: Precision::Certain, ..Dated::UNKNOWN };
    let rows = [
        (Field::Name, Value::text("")),
        (Field::Name, Value::text("Siti\u{1b}[2J")),
        (Field::Name, Value::text("x".repeat(101))),
        (Field::Name, Value::code("L")),
        (Field::NoteText, Value::text("a\r\nb")),
        (Field::Nik, Value::text("717108550598910")),
        (Field::DocNo, Value::text("z4714800")),
        (Field::Sex, Value::code("X")),
        (Field::Sex, Value::text("L")),
        (Field::Checks, Value::codes(["0", "H"])),
        (Field::Checks, Value::codes([] as [&str; 0])),
        (Field::Problems, Value::codes(["ONS", "H"])),
        (Field::Birth, Value::Date(undated)),
        (Field::PregnantWeeks, Value::Number(46)),
        (Field::Home, Value::code("717108")),
        (Field::WorkCountry, Value::code("kh")),
        (Field::Movement, case),
    ];
    for (field, value) in rows {
        assert!(!fits(field, &value), "{} {value:?}", field.code());
    }
    assert!(fits(Field::Home, &Value::code("91.01")), "regions keep their old codes");
}

#[test]
fn a_refusal_quotes_no_more_than_a_start_of_the_text() {
    let refusal = read(Field::WorkCountry, &"x".repeat(10_000), &context()).unwrap_err();
    assert!(refusal.args.iter().all(|(_, value)| value.chars().count() <= QUOTED_AT_MOST));
}

fn cleaned(max: usize) -> impl Strategy<Value = String> {
    "[ -~é\u{300}ñ£\\PC]{1,30}"
        .prop_map(move |text| clean::line(&text, max).text)
        .prop_filter("something to keep", |text| text.chars().any(char::is_alphabetic))
}

fn any_date() -> impl Strategy<Value = Dated> {
    let on = (0_u64..46_000).prop_map(|days| "1900-01-01".parse::<NaiveDate>().unwrap() + Days::new(days));
    let source = prop::option::of(cleaned(calendar::SOURCE_AT_MOST));
    (on, 0..3, source).prop_map(|(on, precision, source)| {
        let dated = match precision {
            0 => Dated::certain(on),
            1 => Dated::estimated(on),
            _ => Dated::UNKNOWN,
        };
        Dated { source, ..dated }
    })
}

/// Every value that a shape can hold.
fn value_of(shape: Shape) -> BoxedStrategy<Value> {
    match shape {
        Shape::Text(max) => cleaned(max.into()).prop_map(Value::Text).boxed(),
        Shape::Item(_) => cleaned(26).prop_map(Value::Text).boxed(),
        Shape::Lines(_) => {
            prop::collection::vec(cleaned(60), 1..4).prop_map(|lines| Value::Text(lines.join("\n"))).boxed()
        }
        Shape::Nik => (1_u32..29, 1_u32..13, 60_u32..100, 9001_u32..10_000)
            .prop_map(|(day, month, year, serial)| Value::Text(format!("717108{day:02}{month:02}{year:02}{serial}")))
            .boxed(),
        Shape::Phone => prop_oneof![
            Just("-".to_owned()),
            Just("di tetangga".to_owned()),
            "\\+62840[1-9][0-9]{6,7}",
            "\\+8551[0-9]{7}",
        ]
        .prop_map(Value::Text)
        .boxed(),
        Shape::DocumentNo => {
            "Z[A-Z0-9]{1,19}".prop_filter("an exponent is damage", |no| !no.contains('E')).prop_map(Value::Text).boxed()
        }
        Shape::Choice(list) => prop::sample::select(list.codes()).prop_map(Value::code).boxed(),
        Shape::Choices(List::Check) => prop_oneof![
            Just(Value::codes(["0"])),
            prop::sample::subsequence(vec!["H", "S", "L", "T", "D", "J", "A"], 1..=7).prop_map(Value::codes),
        ]
        .boxed(),
        Shape::Choices(list) => {
            prop::sample::subsequence(list.codes(), 1..=list.codes().len()).prop_map(Value::codes).boxed()
        }
        Shape::Date(_) => any_date().prop_map(Value::Date).boxed(),
        Shape::Time => (0_i64..4_000_000_000, any::<bool>())
            .prop_map(|(seconds, is_estimated)| {
                let precision = if is_estimated { Precision::Estimated } else { Precision::Certain };
                Value::Time(Timed { at: DateTime::from_timestamp(seconds, 0).unwrap(), precision })
            })
            .boxed(),
        Shape::Number { min, max } => (min..=max).prop_map(Value::Number).boxed(),
        Shape::YesNo => any::<bool>().prop_map(Value::YesNo).boxed(),
        Shape::Region => prop::sample::select(region::all().collect::<Vec<_>>())
            .prop_map(|code| Value::code(code.to_string()))
            .boxed(),
        Shape::Country => prop::sample::select(country::all().collect::<Vec<_>>())
            .prop_map(|country| Value::code(country.code()))
            .boxed(),
        Shape::Link(kind) => any::<u128>().prop_map(move |id| Value::Link(Subject::new(kind, Ulid(id)))).boxed(),
    }
}

/// Every value that a field can hold: two of them are more than their shape.
fn value_in(field: Field) -> BoxedStrategy<Value> {
    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKVv8KpVEWDIEMIjzI9ogw6574agfJQSi7cCUHtIIHC/";
    match field {
        Field::OperatorLogin => "[a-z][a-z0-9._-]{1,31}".prop_map(Value::Text).boxed(),
        Field::KeyText => "[a-z@.-]{1,40}".prop_map(|remark| Value::text(format!("{KEY} {remark}"))).boxed(),
        _ => value_of(field.shape()),
    }
}

fn field_and_value() -> impl Strategy<Value = (Field, Value)> {
    prop::sample::select(Field::all().collect::<Vec<_>>())
        .prop_flat_map(|field| value_in(field).prop_map(move |value| (field, value)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn what_is_shown_reads_back_as_the_same_value((field, value) in field_and_value(), zone in 0_usize..4) {
        let context = CheckContext { zone: Zone::ALL[zone], ..context() };
        prop_assert!(fits(field, &value), "{}", field.code());
        let shown = show(field, &value, context.zone);
        let read = read(field, &shown, &context);
        prop_assert!(read.as_ref() == Ok(&Some(value)), "{}: {:?} {:?}", field.code(), shown, read);
    }

    #[test]
    fn garbage_is_read_or_refused_and_what_is_read_holds_still(
        typed in "\\PC{0,40}|[ -~\\n\u{301}]{0,40}|[0-9A-Z,.;/~?+-]{0,24}",
        field in prop::sample::select(Field::all().collect::<Vec<_>>()),
    ) {
        let context = context();
        if let Ok(Some(value)) = read(field, &typed, &context) {
            prop_assert!(fits(field, &value), "{}: {:?}", field.code(), typed);
            let shown = show(field, &value, context.zone);
            prop_assert!(read(field, &shown, &context) == Ok(Some(value)), "{}: {:?} {:?}", field.code(), typed, shown);
        }
    }
}
