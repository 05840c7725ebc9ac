//! Laws of the query language, for any text.

use super::tests::{rizki, scope};
use super::*;
use proptest::prelude::*;

fn a_term() -> impl Strategy<Value = String> {
    let field = prop::sample::select(vec![
        "status:tiba",
        "tier<=2",
        "nama:siti",
        "nik:3171",
        "dok=Z12",
        "hp:0849",
        "no:4217",
        "#26-17",
        "jk:p,l",
        "umur:10..17",
        "lahir:1990..",
        "asal:bogor",
        "asal:\"sulawesi utara\"",
        "negara:kamboja",
        "group:\"any\"",
        "antrian:..9",
        "kloter:KNO-1",
        "kantor:me",
        "petugas!=none",
        "posisi:kabur",
        "masalah:ada",
        "tanda:anak,\"jangan hubungi\"",
        "tenggat:lewat",
        "utang>=1",
        "utang:besok",
        "diubah<2d",
        "ilegal",
        "\"kondisi aman\"",
        "meninggal akibat sakit",
        "\"or\"",
        "\"-a (b)\"",
    ]);
    prop_oneof![field.prop_map(str::to_owned), "[a-z0-9.'-]{0,6}[a-z0-9]", "\"[^\"\\p{C}]{0,6}[a-z]\""]
}

fn a_query() -> impl Strategy<Value = String> {
    a_term().prop_recursive(4, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..3).prop_map(|parts| parts.join(" ")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} or {b}")),
            inner.clone().prop_map(|part| format!("-({part})")),
            inner.prop_map(|part| format!("( {part} )")),
        ]
    })
}

proptest! {
    #[test]
    fn a_printed_query_reads_back_the_same(text in a_query()) {
        if let Ok(query) = parse(&text, &scope()) {
            let printed = print(&query);
            prop_assert_eq!(parse(&printed, &scope()), Ok(query), "{} reads {}", text, printed);
        } else {
            // A word may begin with a dash, or be too long with the others; nothing else.
            let key = parse(&text, &scope()).unwrap_err().key;
            prop_assert!(["query-missing-term", "query-too-long", "query-empty-word"].contains(&key), "{text}: {key}");
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,60}|[a-z:=!<>\"(),.# -]{0,60}", cursor in 0usize..80) {
        complete(&text, cursor, &scope());
        match parse(&text, &scope()) {
            Ok(query) => {
                query.matches(&rizki());
                prop_assert_eq!(parse(&print(&query), &scope()), Ok(query));
            }
            Err(error) => prop_assert!(error.at.start <= text.chars().count() && !error.at.is_empty()),
        }
    }
}
