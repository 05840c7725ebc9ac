//! The house: who may know whom, which doors are the only ones, and how every file stands. The map is the one in `src/lib.rs`.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "house/source.rs"]
mod source;

use source::{Code, Source, sources};
use std::collections::{BTreeMap, BTreeSet};

/// The longest a file may be without a sentence in its head that says why it is longer.
const MOST_LINES: usize = 400;
/// Names that say nothing of what lives behind them.
const EMPTY_NAMES: [&str; 8] = ["util", "utils", "helper", "helpers", "common", "manager", "misc", "shared"];

/// Rooms and the rooms below them, as the map in `src/lib.rs` draws them; ground rooms stand alone on the last line.
struct Map {
    below: BTreeMap<String, BTreeSet<String>>,
    ground: BTreeSet<String>,
}

impl Map {
    fn read(lib: &str) -> Self {
        let (mut below, mut ground) = (BTreeMap::new(), BTreeSet::new());
        let inside = lib.lines().skip_while(|line| !line.starts_with("//! ```text")).skip(1);
        for line in inside.take_while(|line| !line.starts_with("//! ```")) {
            let line = line.trim_start_matches("//!").trim();
            let words = |text: &str| -> BTreeSet<String> {
                // A remark stands two blanks to the right.
                let list = text.trim().split("  ").next().unwrap_or_default();
                list.split(',').map(|word| word.trim().to_owned()).filter(|word| *word != "nothing").collect()
            };
            match line.split_once('→') {
                Some((room, rooms)) => assert!(below.insert(room.trim().to_owned(), words(rooms)).is_none(), "{line}"),
                None => ground.extend(words(line)),
            }
        }
        Self { below, ground }
    }

    fn allows(&self, from: &str, to: &str) -> bool {
        let is_below = self.below.get(from).is_some_and(|rooms| rooms.contains(to));
        from == to || is_below || (self.ground.contains(to) && !self.ground.contains(from))
    }
}

fn map() -> Map {
    Map::read(include_str!("../src/lib.rs"))
}

/// One complaint per line, none when the house stands.
fn stands(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

fn rooms() -> Vec<(Source, Code)> {
    sources("src").into_iter().map(|file| (file.clone(), Code::of(&file.text))).collect()
}

#[test]
fn the_map_names_every_room_and_no_other() {
    let map = map();
    let named: BTreeSet<String> = map.below.keys().chain(&map.ground).cloned().collect();
    let built: BTreeSet<String> = sources("src").iter().map(Source::room).filter(|room| room != "lib").collect();
    assert_eq!(named, built);
    let below: BTreeSet<&String> = map.below.values().flatten().collect();
    assert!(below.into_iter().all(|room| named.contains(room)), "an arrow to a room that is not there");
}

#[test]
fn arrows_on_the_map_never_lead_back() {
    let map = map();
    let mut left: BTreeMap<&str, BTreeSet<&str>> =
        map.below.iter().map(|(room, below)| (room.as_str(), below.iter().map(String::as_str).collect())).collect();
    while !left.is_empty() {
        let rooms: BTreeSet<&str> = left.keys().copied().collect();
        let free: Vec<&str> = left.iter().filter(|(_, to)| to.is_disjoint(&rooms)).map(|(room, _)| *room).collect();
        assert!(!free.is_empty(), "a circle among {rooms:?}");
        free.iter().for_each(|room| drop(left.remove(room)));
    }
}

#[test]
fn every_import_is_an_arrow_of_the_map() {
    let map = map();
    let mut complaints = Vec::new();
    for (file, code) in rooms() {
        let from = file.room();
        for (line, to) in code.paths_from_root(file.depth()) {
            let is_known = map.below.contains_key(&to) || map.ground.contains(&to);
            if from != "lib" && !(is_known && map.allows(&from, &to)) {
                complaints.push(format!("{}:{line}: {from} → {to} is not on the map in src/lib.rs", file.path));
            }
        }
    }
    stands(complaints);
}

#[test]
fn foreign_crates_come_in_by_their_one_door() {
    let screens = |path: &str| path.starts_with("src/ui/") || path.starts_with("src/terminal/");
    #[expect(clippy::type_complexity, reason = "a table of doors")]
    let doors: [(&str, &dyn Fn(&str) -> bool); 9] = [
        ("sled", &|path| path == "src/records/store.rs"),
        ("bincode", &|path| ["src/records/codec.rs", "src/serve/frame.rs"].contains(&path)),
        ("crossterm", &screens),
        ("ratatui", &screens),
        ("termina", &|path| path.starts_with("src/terminal/")),
        ("clap", &|path| path.starts_with("src/cli/")),
        ("chacha20poly1305", &|path| path.starts_with("src/records/vault/")),
        ("calamine", &|path| path == "src/exchange/manifest/workbook.rs"),
        ("fluent_bundle", &|path| path.starts_with("src/text/")),
    ];
    let mut complaints = Vec::new();
    for (file, code) in rooms() {
        for (crate_name, is_door) in doors {
            if let Some(line) = code.line_of_crate(crate_name).filter(|_| !is_door(&file.path)) {
                complaints.push(format!("{}:{line}: {crate_name} has another door", file.path));
            }
        }
    }
    stands(complaints);
}

#[test]
fn pure_rooms_touch_neither_files_nor_clock() {
    let outside = ["std::fs", "std::net", "std::env", "std::process", "std::thread", "Utc::now", "Local::now"];
    let clocks = ["SystemTime::now", "Instant::now"];
    let mut complaints = Vec::new();
    for (file, code) in rooms() {
        let is_pure = ["domain", "identity", "ui", "practice"].contains(&file.room().as_str());
        for name in outside.iter().chain(&clocks).filter(|_| is_pure) {
            if let Some(line) = code.line_with(name) {
                complaints.push(format!("{}:{line}: {name} in a pure room", file.path));
            }
        }
    }
    stands(complaints);
}

#[test]
fn every_file_opens_with_what_lives_in_it() {
    let mut complaints = Vec::new();
    for file in ["src", "tests", "benches"].into_iter().flat_map(sources) {
        let lines = file.text.lines().count();
        let head: Vec<&str> = file.text.lines().take_while(|line| line.starts_with("//!")).collect();
        if head.first().is_none_or(|first| first.len() < 20) {
            complaints.push(format!("{}: no //! sentence at its head", file.path));
        }
        if lines > MOST_LINES && !head.iter().any(|line| line.contains("Longer than 400 lines:")) {
            complaints.push(format!("{}: {lines} lines, and no \"Longer than 400 lines: …\" in its head", file.path));
        }
        if file.parts().iter().any(|part| EMPTY_NAMES.contains(part)) {
            complaints.push(format!("{}: a name that says nothing", file.path));
        }
    }
    stands(complaints);
}

#[test]
fn nothing_is_left_undone_and_no_test_is_left_out() {
    let mut complaints = Vec::new();
    for file in ["src", "tests", "benches"].into_iter().flat_map(sources) {
        let code = Code::of(&file.text);
        for name in ["todo!", "unimplemented!", "#[ignore"] {
            if let Some(line) = code.line_with(name) {
                complaints.push(format!("{}:{line}: {name}", file.path));
            }
        }
    }
    stands(complaints);
}

#[test]
fn the_reader_of_sources_sees_through_strings_remarks_and_braces() {
    let text = r##"
        use crate::{app::App, desk::{self, Desk}, text::Texts};
        // crate::records
        const A: &str = "crate::cli \" crate::ui"; const Q: char = '"';
        const B: &str = r#"crate::terminal"#; /* crate::cli */
        fn f<'a>(x: &'a crate::domain::Case) { super::super::settings::data_dir() }
        pub(in crate::identity) mod m {}
        mod tests { use super::super::super::exchange; }
    "##;
    let paths = |depth| Code::of(text).paths_from_root(depth).into_iter().map(|(_, to)| to).collect::<Vec<_>>();
    assert_eq!(paths(2), ["app", "desk", "text", "domain", "settings", "identity", "exchange"]);
    assert_eq!(paths(3), ["app", "desk", "text", "domain", "identity"]);
    assert_eq!(Code::of("fn f() { sled::open() }").line_of_crate("sled"), Some(1));
    assert_eq!(Code::of("fn f() { assled::open(); sledge(); \"sled::x\" }").line_of_crate("sled"), None);
}
