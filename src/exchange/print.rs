//! Papers as plain text: a template of `assets/print` filled with facts, 80 columns wide, cut into pages of A4 with head and
//! foot. Nothing is known here of cases, and nothing is opened.
//!
//! In a template `{name}` is a fact as long as it is, or dots to be filled in by hand; `{name:12}` is exactly twelve cells, blank
//! where nothing is known. A line that grows too long goes on below its last `: `. Lines of their own: `@title TEXT`, `@page` a
//! new page, `@each WHAT` … `@end` once for each, `@if NAME` … `@end` where the fact is there.

use sha2::{Digest, Sha256};
use std::fmt::Write;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Cells of a line.
pub const WIDTH: usize = 80;
/// Lines of a page: A4 at six to the inch.
pub const HEIGHT: usize = 66;
/// Lines of a page between its head and its foot.
const BODY: usize = HEIGHT - 5;
/// Lines of a paper at most; what is longer is cut, and says so.
const MOST_LINES: usize = 20_000;
/// What stands where a fact is not known.
const DOTS: &str = "........................";

/// Where a template's facts come from.
pub trait Facts {
    /// What a name stands for; nothing where it is not known.
    fn fact(&self, name: &str) -> Option<String>;

    /// The parts that `@each WHAT` goes through.
    fn each(&self, what: &str) -> Vec<Box<dyn Facts + '_>>;
}

/// A paper before it has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub title: String,
    /// Its lines; [`None`] begins a new page.
    pub lines: Vec<Option<String>>,
}

/// What head and foot say of a print, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Number and copy.
    pub number: String,
    /// Who printed it, when and where.
    pub by: String,
    /// The word before the number of the page.
    pub page: String,
}

/// Fills a template.
pub fn fill(template: &str, facts: &dyn Facts) -> Filled {
    let mut filled = Filled { title: String::new(), lines: Vec::new() };
    let lines: Vec<&str> = template.lines().collect();
    fill_lines(&lines, facts, &mut filled);
    filled.lines.truncate(MOST_LINES);
    filled
}

fn fill_lines(lines: &[&str], facts: &dyn Facts, filled: &mut Filled) {
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "@title" => filled.title = with_facts(rest, facts),
            "@page" => filled.lines.push(None),
            "@each" | "@if" => {
                let length = block(&lines[at..]);
                let inner = &lines[at..at + length];
                at += length + 1;
                if word == "@if" && facts.fact(rest).is_some() {
                    fill_lines(inner, facts, filled);
                } else if word == "@each" {
                    facts.each(rest).iter().for_each(|one| fill_lines(inner, one.as_ref(), filled));
                }
            }
            _ => filled.lines.extend(wrapped(&with_facts(line, facts)).into_iter().map(Some)),
        }
        if filled.lines.len() > MOST_LINES {
            return;
        }
    }
}

/// How many lines stand before the `@end` of the block that begins here.
fn block(lines: &[&str]) -> usize {
    let mut depth = 0_usize;
    for (at, line) in lines.iter().enumerate() {
        match line.split(' ').next().unwrap_or_default() {
            "@each" | "@if" => depth += 1,
            "@end" if depth == 0 => return at,
            "@end" => depth -= 1,
            _ => {}
        }
    }
    lines.len()
}

/// A line with what its names stand for.
fn with_facts(line: &str, facts: &dyn Facts) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        rest = after;
        match name.split_once(':') {
            Some((name, cells)) => out.push_str(&fitted(&facts.fact(name).unwrap_or_default(), cells)),
            None => out.push_str(&facts.fact(name).filter(|it| !it.is_empty()).unwrap_or_else(|| DOTS.to_owned())),
        }
    }
    out.push_str(rest);
    out.trim_end().to_owned()
}

/// A text in exactly so many cells, to the right where the number begins with `>`.
fn fitted(text: &str, cells: &str) -> String {
    let (is_right, cells) = cells.strip_prefix('>').map_or((false, cells), |cells| (true, cells));
    let cells: usize = cells.parse().unwrap_or(0).min(WIDTH);
    let text = cut(text, cells);
    let blank = " ".repeat(cells - text.width());
    if is_right { blank + &text } else { text + &blank }
}

/// A text of at most so many cells; what was cut ends in `…`.
fn cut(text: &str, cells: usize) -> String {
    if text.width() <= cells {
        return text.to_owned();
    }
    let mut out = String::new();
    for one in text.chars() {
        if out.width() + one.width().unwrap_or(0) + 1 > cells {
            break;
        }
        out.push(one);
    }
    if cells > 0 {
        out.push('…');
    }
    out
}

/// A line in lines of at most [`WIDTH`] cells: words go on below the last `: ` of the first half, else below its beginning.
fn wrapped(line: &str) -> Vec<String> {
    if line.width() <= WIDTH {
        return vec![line.to_owned()];
    }
    let beginning = line.len() - line.trim_start().len();
    let label = line.char_indices().zip(line.chars().skip(1)).take(WIDTH / 2);
    let below = label
        .filter(|((_, one), next)| *one == ':' && *next == ' ')
        .last()
        .map_or(beginning, |((at, _), _)| line[..at].width() + 2);
    let mut lines = vec![" ".repeat(beginning)];
    for word in line.trim_start().split(' ') {
        let last = lines.last_mut().expect("there is always one line");
        let is_first = last.trim().is_empty();
        if !is_first && last.width() + 1 + word.width() > WIDTH {
            lines.push(" ".repeat(below) + &cut(word, WIDTH - below));
        } else {
            if !is_first {
                last.push(' ');
            }
            let room = WIDTH.saturating_sub(last.width());
            last.push_str(&cut(word, room));
        }
    }
    lines
}

/// SHA-256 of what stands on a paper, in hexadecimal digits: its title and lines, each ended by a line feed, without head, foot
/// and the breaks between pages.
pub fn hash(filled: &Filled) -> String {
    let mut sum = Sha256::new();
    for line in std::iter::once(&filled.title).chain(filled.lines.iter().flatten()) {
        sum.update(line.as_bytes());
        sum.update(b"\n");
    }
    sum.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A paper as pages, each of [`HEIGHT`] lines, a form feed between them. Without a stamp it is a draft, and says nothing of a
/// number.
pub fn paged(filled: &Filled, stamp: Option<&Stamp>) -> String {
    let mut pages: Vec<Vec<&str>> = vec![Vec::new()];
    for line in &filled.lines {
        let is_full = pages.last().is_some_and(|page| page.len() == BODY);
        if line.is_none() || is_full {
            pages.push(Vec::new());
        }
        if let (Some(line), Some(page)) = (line, pages.last_mut()) {
            page.push(line);
        }
    }
    let (count, sha) = (pages.len(), hash(filled));
    let mut out = String::new();
    for (at, page) in pages.iter().enumerate() {
        let number = stamp.map(|stamp| stamp.number.as_str()).unwrap_or_default();
        let room = WIDTH.saturating_sub(number.width() + 2);
        let title = cut(&filled.title, room);
        let gap = " ".repeat(WIDTH.saturating_sub(title.width() + number.width()));
        let mut lines = vec![format!("{title}{gap}{number}").trim_end().to_owned(), "=".repeat(WIDTH)];
        lines.extend(page.iter().map(|line| (*line).to_owned()));
        lines.resize(2 + BODY, String::new());
        lines.push("-".repeat(WIDTH));
        if let Some(stamp) = stamp {
            let place = format!("{} {}/{count}", stamp.page, at + 1);
            let by = cut(&stamp.by, WIDTH.saturating_sub(place.width() + 2));
            let gap = " ".repeat(WIDTH.saturating_sub(by.width() + place.width()));
            lines.push(format!("{by}{gap}{place}"));
            lines.push(format!("SHA-256 {sha}"));
        }
        out.push_str(&lines.join("\n"));
        out.push('\n');
        if at + 1 < count {
            out.push('\u{c}');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Siti;

    impl Facts for Siti {
        fn fact(&self, name: &str) -> Option<String> {
            match name {
                "name" => Some("SITI".to_owned()),
                "long" => Some("kata ".repeat(40).trim().to_owned()),
                _ => None,
            }
        }

        fn each(&self, what: &str) -> Vec<Box<dyn Facts + '_>> {
            if what == "person" { vec![Box::new(Self), Box::new(Self)] } else { Vec::new() }
        }
    }

    fn lines(template: &str) -> Vec<String> {
        fill(template, &Siti).lines.into_iter().flatten().collect()
    }

    #[test]
    fn facts_stand_in_their_places_and_dots_where_none_is_known() {
        assert_eq!(lines("Nama : {name}\nNIK  : {nik}"), ["Nama : SITI", &format!("NIK  : {DOTS}")]);
        assert_eq!(lines("[{name:6}][{name:>6}][{name:3}][{nik:2}]"), ["[SITI  ][  SITI][SI…][  ]"]);
        assert_eq!(lines("@each person\n- {name:4}\n@end\n@each nobody\nx\n@end"), ["- SITI", "- SITI"]);
        assert_eq!(lines("@if name\nada\n@if nik\ntidak\n@end\n@end\nakhir"), ["ada", "akhir"]);
        assert_eq!(lines("{ {name"), ["{ {name"]);
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
}
