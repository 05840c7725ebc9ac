//! Papers as plain text: a template of `assets/print` filled with facts, 80 columns wide, cut into pages of A4 with head and
//! foot. Nothing is known here of cases, and nothing is opened.
//!
//! In a template `{name}` is a fact as long as it is, or dots to be filled in by hand; `{name:12}` is exactly twelve cells, blank
//! where nothing is known, and goes on below itself where they are not enough: nobody's name is cut. A line that grows too long
//! goes on below its last `: `. Lines of their own: `@title TEXT`, `@page` a new page, `@each WHAT` … `@end` once for each, `@if
//! NAME` … `@end` where the fact is there. An `@each` that begins with `@head` … `@end` is a table: its head stands above the
//! first row, with it, and again on every page on which it goes on; no row is torn apart between two.

use sha2::{Digest, Sha256};
use std::fmt::Write;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Cells of a line.
pub const WIDTH: usize = 80;
/// Lines of a page: A4 at six to the inch.
pub const HEIGHT: usize = 66;
/// Lines of a page between its head and its foot.
const BODY: usize = HEIGHT - 5;
/// Pieces of a paper after which nothing more is filled in; no paper that the desk prints has so many.
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    pub title: String,
    blocks: Vec<Block>,
    /// The heads of its tables.
    heads: Vec<Vec<String>>,
}

/// Lines that stay together on a page; none begin a new one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Block {
    lines: Vec<String>,
    /// The head that stands above it again where it begins a page.
    head: Option<usize>,
}

impl Block {
    const fn of(lines: Vec<String>) -> Self {
        Self { lines, head: None }
    }
}

impl Filled {
    /// Every line, each once, whatever is repeated on pages.
    pub fn lines(&self) -> impl Iterator<Item = &String> {
        self.blocks.iter().flat_map(|block| &block.lines)
    }
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
    let mut filled = Filled::default();
    let lines: Vec<&str> = template.lines().collect();
    fill_lines(&lines, facts, &mut filled);
    filled
}

fn fill_lines(lines: &[&str], facts: &dyn Facts, filled: &mut Filled) {
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "@title" => filled.title = with_facts(rest, facts).join(" "),
            "@page" => filled.blocks.push(Block::default()),
            "@each" | "@if" => {
                let length = block(&lines[at..]);
                let inner = &lines[at..at + length];
                at += length + 1;
                if word == "@if" && facts.fact(rest).is_some() {
                    fill_lines(inner, facts, filled);
                } else if word == "@each" {
                    fill_each(inner, facts, rest, filled);
                }
            }
            _ => filled.blocks.extend(with_facts(line, facts).into_iter().map(|line| Block::of(vec![line]))),
        }
        if filled.blocks.len() > MOST_LINES {
            return;
        }
    }
}

/// Fills a block once for each; where it begins with a head, each is kept together below it.
fn fill_each(inner: &[&str], facts: &dyn Facts, what: &str, filled: &mut Filled) {
    let each = facts.each(what);
    let Some(("@head", below)) = inner.split_first().map(|(first, below)| (*first, below)) else {
        each.iter().for_each(|one| fill_lines(inner, one.as_ref(), filled));
        return;
    };
    let length = block(below);
    let row = below.get(length + 1..).unwrap_or_default();
    let (head, no) = (lines_of(&below[..length], facts), filled.heads.len());
    filled.heads.push(head.clone());
    if each.is_empty() {
        filled.blocks.push(Block::of(head));
        return;
    }
    // The first has the head with it, so that no head stands alone at the foot of a page.
    let mut above = Some(head);
    for one in &each {
        let (mut lines, head) = above.take().map_or_else(|| (Vec::new(), Some(no)), |head| (head, None));
        lines.extend(lines_of(row, one.as_ref()));
        filled.blocks.push(Block { lines, head });
    }
}

fn lines_of(template: &[&str], facts: &dyn Facts) -> Vec<String> {
    let mut filled = Filled::default();
    fill_lines(template, facts, &mut filled);
    filled.blocks.into_iter().flat_map(|block| block.lines).collect()
}

/// How many lines stand before the `@end` of the block that begins here.
fn block(lines: &[&str]) -> usize {
    let mut depth = 0_usize;
    for (at, line) in lines.iter().enumerate() {
        match line.split(' ').next().unwrap_or_default() {
            "@each" | "@if" | "@head" => depth += 1,
            "@end" if depth == 0 => return at,
            "@end" => depth -= 1,
            _ => {}
        }
    }
    lines.len()
}

/// A line with what its names stand for, in as many lines as that takes: what has so many cells goes on below itself, and of
/// what stands between only `|` is repeated there.
fn with_facts(line: &str, facts: &dyn Facts) -> Vec<String> {
    let (mut pieces, mut rest) = (Vec::<Vec<String>>::new(), line);
    let plain = |text: &str| vec![text.to_owned()];
    while let Some((before, after)) = rest.split_once('{') {
        pieces.push(plain(before));
        let Some((name, after)) = after.split_once('}') else {
            pieces.push(plain("{"));
            rest = after;
            continue;
        };
        rest = after;
        pieces.push(match name.split_once(':') {
            Some((name, cells)) => fitted(&facts.fact(name).unwrap_or_default(), cells),
            None => plain(&facts.fact(name).filter(|it| !it.is_empty()).unwrap_or_else(|| DOTS.to_owned())),
        });
    }
    pieces.push(plain(rest));
    let height = pieces.iter().map(Vec::len).max().unwrap_or(1);
    let of_row = |at: usize| {
        let below = |piece: &Vec<String>| {
            let blank =
                piece[0].chars().map(|c| if c == '|' { "|".to_owned() } else { " ".repeat(c.width().unwrap_or(0)) });
            if piece.len() > 1 { " ".repeat(piece[0].width()) } else { blank.collect() }
        };
        let row: String = pieces.iter().map(|piece| piece.get(at).cloned().unwrap_or_else(|| below(piece))).collect();
        row.trim_end().to_owned()
    };
    (0..height).flat_map(|at| wrapped(&of_row(at))).collect()
}

/// A text in lines of exactly so many cells, to the right where the number begins with `>`.
fn fitted(text: &str, cells: &str) -> Vec<String> {
    let (is_right, cells) = cells.strip_prefix('>').map_or((false, cells), |cells| (true, cells));
    let cells: usize = cells.parse().unwrap_or(0).clamp(1, WIDTH);
    let fit = |line: String| {
        let blank = " ".repeat(cells.saturating_sub(line.width()));
        if is_right { blank + &line } else { line + &blank }
    };
    in_lines(text, cells, cells).into_iter().map(fit).collect()
}

/// A text in lines, the first of so many cells at most and the others of so many: broken between words, and within one that has
/// no room in a line of its own.
fn in_lines(text: &str, first: usize, others: usize) -> Vec<String> {
    let (mut lines, mut room) = (vec![String::new()], first);
    let mut is_begun = false;
    for word in text.split(' ') {
        let last = lines.last_mut().expect("there is always one line");
        if is_begun && last.width() + 1 + word.width() > room {
            lines.push(String::new());
            room = others;
        } else if is_begun {
            last.push(' ');
        }
        is_begun = true;
        for one in word.chars() {
            let last = lines.last_mut().expect("there is always one line");
            if !last.is_empty() && last.width() + one.width().unwrap_or(0) > room {
                lines.push(one.to_string());
                room = others;
            } else {
                last.push(one);
            }
        }
    }
    lines
}

/// A title or foot of at most so many cells; what was cut ends in `…`.
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
    // A line that begins past the middle leaves no room below its beginning.
    let (beginning, below) = (beginning.min(WIDTH / 2), below.min(WIDTH / 2));
    let lines = in_lines(line.trim_start(), WIDTH - beginning, WIDTH - below).into_iter().enumerate();
    lines.map(|(at, text)| " ".repeat(if at == 0 { beginning } else { below }) + &text).collect()
}

/// SHA-256 of what stands on a paper, in hexadecimal digits: its title and lines, each ended by a line feed, without head, foot
/// and the breaks between pages.
pub fn hash(filled: &Filled) -> String {
    let mut sum = Sha256::new();
    for line in std::iter::once(&filled.title).chain(filled.lines()) {
        sum.update(line.as_bytes());
        sum.update(b"\n");
    }
    sum.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The lines of each page: what stays together does, and a table that goes on has its head again.
fn pages(filled: &Filled) -> Vec<Vec<&str>> {
    let mut pages: Vec<Vec<&str>> = vec![Vec::new()];
    for block in &filled.blocks {
        let used = pages.last().map_or(0, Vec::len);
        let is_over = used > 0 && used + block.lines.len() > BODY;
        if is_over && block.lines.iter().all(String::is_empty) {
            // A gap between two things is none at the end of a page.
            continue;
        }
        if block.lines.is_empty() || is_over {
            pages.push(Vec::new());
        }
        let again = block.head.filter(|_| is_over).and_then(|no| filled.heads.get(no));
        for line in again.into_iter().flatten().chain(&block.lines) {
            if pages.last().is_none_or(|page| page.len() == BODY) {
                pages.push(Vec::new());
            }
            pages.last_mut().expect("there is always a page").push(line);
        }
    }
    pages
}

/// A paper as pages, each of [`HEIGHT`] lines, a form feed between them. Without a stamp it is a draft, and says nothing of a
/// number.
pub fn paged(filled: &Filled, stamp: Option<&Stamp>) -> String {
    let pages = pages(filled);
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
#[path = "print_tests.rs"]
mod tests;
