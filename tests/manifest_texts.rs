//! Every key that a manifest can say has its sentence in both languages, with the arguments that the code gives.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use pulang::text::{Language, Texts};
use std::fs;
use std::path::Path;

/// Keys in the source of the import: string literals that begin with `manifest-`.
fn keys() -> Vec<String> {
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/exchange/manifest");
    let mut keys = Vec::new();
    for entry in fs::read_dir(room).unwrap() {
        let source = fs::read_to_string(entry.unwrap().path()).unwrap();
        keys.extend(source.split('"').filter(|piece| piece.starts_with("manifest-")).map(str::to_owned));
    }
    keys.sort();
    keys.dedup();
    keys
}

#[test]
fn every_key_has_its_sentence_in_both_languages() {
    let keys = keys();
    assert!(keys.len() > 40, "{}", keys.len());
    for language in [Language::Id, Language::En] {
        let texts = Texts::new(language);
        for key in &keys {
            assert!(texts.has(key), "{key}");
        }
    }
}

#[test]
fn no_sentence_waits_for_an_argument_that_nobody_gives() {
    let args = [
        ("most", "60"),
        ("line", "7"),
        ("column", "3"),
        ("typed", "x"),
        ("read", "02-06-1996"),
        ("other", "06-02-1996"),
        ("candidates", "Kota Bandung"),
    ];
    for language in [Language::Id, Language::En] {
        let texts = Texts::new(language);
        for key in keys() {
            let text = texts.with(&key, &args);
            assert!(!text.contains('{') && !text.contains('$') && text != key, "{key}: {text}");
        }
    }
}
