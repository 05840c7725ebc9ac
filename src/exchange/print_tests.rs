//! Papers as text: what is filled in, what goes on below, where pages end.

use super::*;

struct Siti;

struct Nth(usize);

impl Facts for Nth {
    fn fact(&self, name: &str) -> Option<String> {
        (name == "n").then(|| self.0.to_string())
    }

    fn each(&self, _: &str) -> Vec<Box<dyn Facts + '_>> {
        Vec::new()
    }
}

impl Facts for Siti {
    fn fact(&self, name: &str) -> Option<String> {
        match name {
            "name" => Some("SITI".to_owned()),
            "whole" => Some("SITI SRI CONTOH".to_owned()),
            "long" => Some("kata ".repeat(40).trim().to_owned()),
            _ => None,
        }
    }

    fn each(&self, what: &str) -> Vec<Box<dyn Facts + '_>> {
        match what {
            "person" => vec![Box::new(Self), Box::new(Self)],
            "many" => (1..=89).map(|n| -> Box<dyn Facts> { Box::new(Nth(n)) }).collect(),
            _ => Vec::new(),
        }
    }
}

fn lines(template: &str) -> Vec<String> {
    fill(template, &Siti).lines().cloned().collect()
}

#[test]
fn facts_stand_in_their_places_and_dots_where_none_is_known() {
    assert_eq!(lines("Nama : {name}\nNIK  : {nik}"), ["Nama : SITI", &format!("NIK  : {DOTS}")]);
    assert_eq!(lines("[{name:6}][{name:>6}][{nik:2}]"), ["[SITI  ][  SITI][  ]"]);
    assert_eq!(lines("@each person\n- {name:4}\n@end\n@each nobody\nx\n@end"), ["- SITI", "- SITI"]);
    assert_eq!(lines("@if name\nada\n@if nik\ntidak\n@end\n@end\nakhir"), ["ada", "akhir"]);
    assert_eq!(lines("{ {name"), ["{ {name"]);
}

#[test]
fn what_has_too_few_cells_goes_on_below_itself_and_nothing_of_it_is_lost() {
    assert_eq!(lines("1 {name:3}|{whole:8}| ... {name:>3}"), ["1 SIT|SITI SRI| ... SIT", "  I  |CONTOH  |       I",]);
    assert_eq!(lines("{name:1}"), ["S", "I", "T", "I"]);
}

#[test]
fn a_table_that_goes_on_has_its_head_again_and_no_row_is_torn() {
    let rows = |count: usize| {
        format!("{}@each many\n@head\nNo Nama\n@end\n{{n}}\nbawah {{n}}\n@end\nakhir", "x\n".repeat(count))
    };
    let pages = |before: usize| {
        let filled = fill(&rows(before), &Siti);
        let owned = |page: Vec<&str>| page.into_iter().map(str::to_owned).collect();
        pages(&filled).into_iter().map(owned).collect::<Vec<Vec<String>>>()
    };
    let all = pages(0);
    assert_eq!(all.len(), 3, "rows of two lines and a head on each page");
    for page in &all {
        assert!(page.len() <= BODY && page[0] == "No Nama", "{page:?}");
        assert_eq!(page.iter().filter(|line| *line == "No Nama").count(), 1);
        let torn = page.iter().filter(|line| line.starts_with("bawah")).count();
        assert_eq!(torn, page.iter().filter(|line| line.parse::<u32>().is_ok()).count());
    }
    assert!(all[2].last().unwrap() == "akhir" && all.iter().flatten().any(|line| line == "bawah 89"));
    // Where head and first row have no room together, both go on.
    for before in [BODY - 1, BODY - 2] {
        let all = pages(before);
        assert!(!all[0].contains(&"No Nama".to_owned()) && all[1][0] == "No Nama", "{before}");
    }
    let all = pages(BODY - 3);
    assert_eq!(all[0][BODY - 3..], ["No Nama", "1", "bawah 1"]);
}

#[test]
fn a_long_line_goes_on_below_its_label() {
    let all = lines("Alamat : {long}");
    assert!(all.len() > 2 && all.iter().all(|line| line.width() <= WIDTH), "{all:?}");
    assert!(all[1].starts_with("         kata"), "{all:?}");
    assert!(lines(&"x".repeat(500)).iter().all(|line| line.width() <= WIDTH));
}

#[test]
fn pages_are_full_of_lines_and_say_the_same_hash() {
    let filled = fill(&format!("@title Daftar\n{}@page\nakhir", "{name}\n".repeat(BODY + 1)), &Siti);
    let stamp = Stamp { number: "P26-000001".into(), by: "rina".into(), page: "halaman".into() };
    let text = paged(&filled, Some(&stamp));
    let pages: Vec<&str> = text.split('\u{c}').collect();
    assert_eq!(pages.len(), 3);
    for page in &pages {
        assert_eq!(page.lines().count(), HEIGHT, "{page}");
        assert!(page.lines().all(|line| line.width() <= WIDTH));
        assert!(page.contains(&hash(&filled)) && page.contains("P26-000001"));
    }
    assert!(!paged(&filled, None).contains("SHA-256"), "a draft has no stamp");
    let other = Filled { title: "Lain".into(), ..filled.clone() };
    assert_ne!(hash(&filled), hash(&other));
}
