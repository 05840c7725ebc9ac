//! The texts are whole: both languages say the same things, every word that the code asks for is there, and none is one
//! that must not be.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use chrono::{Days, NaiveDate};
use fluent_bundle::{FluentBundle, FluentResource};
use pulang::domain::calendar::read_date;
use pulang::domain::field::{Direction, Field, Page};
use pulang::domain::status::Status;
use pulang::domain::subject::Kind;
use pulang::domain::words::List;
use pulang::text::{Language, Texts};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use unicode_width::UnicodeWidthStr;

fn house(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The fragments of a language: file name and source.
fn fragments(language: Language) -> BTreeMap<String, String> {
    let folder = house("assets/text").join(language.code());
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    files
        .map(|file| (file.file_name().into_string().unwrap(), fs::read_to_string(file.path()).unwrap()))
        .inspect(|(name, _)| assert!(name.ends_with(".ftl"), "{name}"))
        .collect()
}

/// Every key of a source, attributes as `key.attribute`, with the arguments that its text takes.
fn messages(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut messages: Vec<(String, BTreeSet<String>)> = Vec::new();
    let mut own = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let id = line.split_once('=').map(|(id, _)| id.trim_end());
        match id {
            Some(id) if id.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                own = id.to_owned();
                messages.push((own.clone(), BTreeSet::new()));
            }
            Some(id) if id.trim_start().starts_with('.') => {
                messages.push((format!("{own}{}", id.trim_start()), BTreeSet::new()));
            }
            _ => {}
        }
        for after in line.split('$').skip(1) {
            let name = after.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next().unwrap();
            messages.last_mut().unwrap().1.insert(name.to_owned());
        }
    }
    messages
}

fn all_messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    fragments(language).values().flat_map(|source| messages(source)).collect()
}

#[test]
fn every_fragment_is_well_formed_compiled_in_and_gives_no_key_twice() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        let mut bundle = FluentBundle::default();
        for (name, source) in fragments(language) {
            let keys = messages(&source);
            let resource = FluentResource::try_new(source).unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"));
            bundle.add_resource(resource).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
            for (key, _) in keys.iter().filter(|(key, _)| !key.contains('.')) {
                assert!(texts.has(key), "{key} of {name} is not compiled in: see the list in src/text/book.rs");
            }
        }
    }
}

#[test]
fn both_languages_have_the_same_fragments_keys_and_arguments() {
    let names = |language| fragments(language).into_keys().collect::<Vec<_>>();
    assert_eq!(names(Language::Id), names(Language::En));
    let (id, en) = (all_messages(Language::Id), all_messages(Language::En));
    for (key, args) in &id {
        assert_eq!(Some(args), en.get(key), "{key}");
    }
    for key in en.keys() {
        assert!(id.contains_key(key), "{key} has no Indonesian text");
    }
}

/// The variants of an enum without a list of its own, as the words of their keys.
fn kebab(name: impl std::fmt::Debug) -> String {
    let mut kebab = String::new();
    for c in format!("{name:?}").chars() {
        if c.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(c.to_ascii_lowercase());
    }
    kebab
}

#[test]
fn every_field_code_page_and_part_has_its_word() {
    let mut keys: Vec<String> = Field::all().map(Field::label_key).collect();
    keys.extend(List::ALL.iter().flat_map(|list| list.codes().iter().map(|code| list.label_key(code))));
    keys.extend(Page::FORM.iter().chain([&Page::None]).map(|page| page.key().to_owned()));
    keys.extend(Status::ALL.iter().map(|status| format!("{}-short", List::Status.label_key(status.code()))));
    keys.extend(Field::all().map(|field| format!("part-{}", kebab(field.part()))));
    keys.extend(Field::all().map(|field| format!("section-{}", kebab(field.section()))));
    keys.extend(Kind::ALL.iter().map(|kind| format!("kind-{}", kind.code())));
    keys.push("tier-0".to_owned());
    assert_present(keys);
}

#[test]
fn every_verb_of_the_history_has_its_word() {
    let source = fs::read_to_string(house("src/domain/change.rs")).unwrap();
    let (_, body) = source.split_once("pub enum Verb {").unwrap();
    let (body, _) = body.split_once('}').unwrap();
    let verbs = body.lines().map(str::trim).filter_map(|line| line.strip_suffix(','));
    let keys: Vec<_> = verbs.map(|verb| format!("verb-{}", kebab(format_args!("{verb}")))).collect();
    assert!(keys.len() >= 19, "{keys:?}");
    assert_present(keys);
}

/// The sources of a folder and of those below it, without their tests.
fn sources(folder: &str) -> Vec<String> {
    let mut sources = Vec::new();
    let mut folders = vec![house(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|end| end == "rs") {
                let source = fs::read_to_string(&entry).unwrap();
                sources.push(source.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned());
            }
        }
    }
    sources
}

#[test]
fn every_refusal_in_the_code_has_its_sentence() {
    let mut keys = Vec::new();
    for source in sources("src") {
        let after = source.split("Refusal::new(\"").skip(1);
        keys.extend(after.map(|rest| rest.split('"').next().unwrap().to_owned()));
    }
    assert!(keys.iter().any(|key| key == "date-in-future"), "the scan finds what it looks for");
    assert_present(keys);
}

#[test]
fn every_key_that_the_identity_room_names_has_its_text() {
    let is_key = |word: &&str| {
        let known = ["nik-", "phone-", "document-", "mrz-", "name-"].iter().any(|start| word.starts_with(start));
        known && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    };
    let sources = sources("src/identity");
    let keys: Vec<_> = sources.iter().flat_map(|source| source.split('"')).filter(is_key).map(str::to_owned).collect();
    for key in ["nik-spreadsheet", "mrz-length", "name-glued"] {
        assert!(keys.iter().any(|found| found == key), "the scan finds {key}");
    }
    assert_present(keys);
}

fn assert_present(keys: Vec<String>) {
    for language in Language::ALL {
        let texts = Texts::new(language);
        let missing: Vec<_> = keys.iter().filter(|key| !texts.has(key)).collect();
        assert!(missing.is_empty(), "no {} text: {missing:?}", language.code());
    }
}

#[test]
fn labels_fit_their_place_and_differ_within_a_list() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        let mut labels = BTreeMap::new();
        for field in Field::all() {
            let label = texts.get(&field.label_key()).into_owned();
            assert!(label.width() <= 19, "{label}: {} cells, and a form has 20 with the star", label.width());
            let short = format!("{}.short", field.label_key());
            assert!(!texts.has(&short) || texts.get(&short).width() <= 14, "{short} is for the case page");
            let hint = texts.hint(&field.label_key()).unwrap_or_default();
            assert!(hint.width() <= 48, "{hint}");
            if let Some(other) = labels.insert(label.clone(), field) {
                panic!("{label} is both {other:?} and {field:?}");
            }
        }
        for list in List::ALL {
            let labels: BTreeSet<_> =
                list.codes().iter().map(|code| texts.get(&list.label_key(code)).into_owned()).collect();
            assert_eq!(labels.len(), list.codes().len(), "{list:?}: {labels:?}");
            assert!(labels.iter().all(|label| label.width() <= 40), "{labels:?}");
        }
        for status in Status::ALL {
            let key = format!("{}-short", List::Status.label_key(status.code()));
            assert!(texts.get(&key).width() <= 7, "{key}");
        }
    }
}

#[test]
fn no_text_uses_a_word_that_the_law_or_dignity_forbids() {
    const FORBIDDEN: [&str; 6] = ["ilegal", "mayat", "perlindungan", "illegal", "corpse", "unprosedural"];
    for language in Language::ALL {
        for (name, source) in fragments(language) {
            let source = source.to_lowercase();
            for word in FORBIDDEN {
                assert!(!source.contains(word), "{word} in {}/{name}", language.code());
            }
        }
    }
}

#[test]
fn a_day_that_is_echoed_can_be_typed() {
    let start = NaiveDate::from_ymd_opt(2024, 2, 27).unwrap();
    for language in Language::ALL {
        let texts = Texts::new(language);
        for on in (0..400).map(|days| start + Days::new(days)) {
            assert_eq!(read_date(&texts.day(on), start, Direction::Any).unwrap().on, Some(on), "{}", texts.day(on));
        }
        for month in 1..=12 {
            let typed = format!("5 {} 2025", texts.month(month));
            assert_eq!(read_date(&typed, start, Direction::Any).unwrap().on, NaiveDate::from_ymd_opt(2025, month, 5));
            assert_eq!(texts.month(month).width(), 3);
        }
    }
}
