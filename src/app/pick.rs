//! Pick-lists: type to narrow, arrows to choose, Enter to take. Palette, help, views, drafts, orders and operators are
//! the same list over different rows. A row that cannot be taken stays, with the reason.

use super::key::Key;
use super::line::Line;
use crate::domain::subject::Subject;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// One row of a pick-list. `T` is what taking it means.
#[derive(Clone, Debug)]
pub struct Row<T> {
    pub what: T,
    /// The name in the first column.
    pub name: String,
    /// One line that says more.
    pub detail: String,
    /// The key that does the same, if any.
    pub key: String,
    /// Why it cannot be taken now.
    pub why_not: Option<String>,
    /// What it is called besides, and never shown as: it is sought where nothing that is shown fits.
    pub also: String,
}

impl<T> Row<T> {
    pub fn new(what: T, name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { what, name: name.into(), detail: detail.into(), key: String::new(), why_not: None, also: String::new() }
    }
}

/// What a key did to a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked<T> {
    /// Nothing but what is on the screen.
    Nothing,
    Took(T),
    /// The chosen row cannot be taken: its reason.
    Refused(String),
    NotMine,
}

/// A pick-list with its filter line.
#[derive(Clone, Debug)]
pub struct Pick<T> {
    /// The key of the title.
    pub title: &'static str,
    pub filter: Line,
    rows: Vec<Row<T>>,
    shown: Vec<usize>,
    at: usize,
    /// The first row on the screen, as of the last step.
    top: usize,
    /// Whether digits choose directly: only where the rows have a fixed order and no filter is typed.
    pub has_digits: bool,
    /// Whether letters narrow the list; where they do not, text typed ahead of the list is nobody's.
    pub has_filter: bool,
    /// Whether the second column is what matters: it begins behind the longest name, and the chosen row is told in full.
    pub is_of_values: bool,
    /// The cases of which its rows tell: when one is closed to this operator, the list goes with it.
    pub about: Vec<Subject>,
}

impl<T: Clone> Pick<T> {
    /// A list of all rows with the first one chosen.
    pub fn new(title: &'static str, rows: Vec<Row<T>>) -> Self {
        let shown = (0..rows.len()).collect();
        Self {
            title,
            filter: Line::new(60),
            rows,
            shown,
            at: 0,
            top: 0,
            has_digits: false,
            has_filter: true,
            is_of_values: false,
            about: Vec::new(),
        }
    }

    /// Says of which cases its rows tell.
    #[must_use]
    pub fn about(mut self, cases: Vec<Subject>) -> Self {
        self.about = cases;
        self
    }

    /// Lets digits choose from the fixed order.
    #[must_use]
    pub const fn with_digits(mut self) -> Self {
        self.has_digits = true;
        self
    }

    /// Takes no text at all.
    #[must_use]
    pub const fn without_filter(mut self) -> Self {
        self.has_filter = false;
        self
    }

    /// The same list, of names and their values.
    #[must_use]
    pub const fn of_values(mut self) -> Self {
        self.is_of_values = true;
        self
    }

    /// The rows that fit the filter, best first.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Row<T>> {
        self.shown.iter().map(|&row| &self.rows[row])
    }

    /// The place of the chosen row among those shown.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// The chosen row, when any is shown.
    pub fn chosen(&self) -> Option<&Row<T>> {
        self.shown.get(self.at).map(|&row| &self.rows[row])
    }

    /// Moves the choice, staying within the list; a step of a page or more takes the rows on the screen along.
    pub fn step(&mut self, by: isize, height: usize) {
        self.at = self.at.saturating_add_signed(by).min(self.shown.len().saturating_sub(1));
        if by.unsigned_abs() >= height {
            self.top = self.top.saturating_add_signed(by);
        }
        self.top = self.top(height);
    }

    /// The first row on a screen that shows so many: the chosen one is always among them.
    pub fn top(&self, height: usize) -> usize {
        let lowest = self.shown.len().saturating_sub(height);
        self.top.max((self.at + 1).saturating_sub(height)).min(self.at).min(lowest)
    }

    /// Takes a key that the layer did not take.
    pub fn press(&mut self, key: Key) -> Picked<T> {
        match key {
            Key::Enter => self.take(),
            // In a filter with text they belong to its cursor.
            Key::Home if self.filter.is_empty() => {
                self.at = 0;
                Picked::Nothing
            }
            Key::End if self.filter.is_empty() => {
                self.at = self.shown.len().saturating_sub(1);
                Picked::Nothing
            }
            Key::Char(digit @ '1'..='9') if self.has_digits && self.filter.is_empty() => {
                let place = digit as usize - '1' as usize;
                if place >= self.rows.len() {
                    return Picked::Nothing;
                }
                self.at = place;
                self.take()
            }
            _ if self.has_filter && self.filter.press(key) => {
                self.narrow();
                Picked::Nothing
            }
            _ => Picked::NotMine,
        }
    }

    /// Types pasted text into the filter.
    pub fn paste(&mut self, text: &str) {
        self.filter.insert(text);
        self.narrow();
    }

    fn take(&self) -> Picked<T> {
        match self.chosen() {
            Some(Row { why_not: Some(reason), .. }) => Picked::Refused(reason.clone()),
            Some(row) => Picked::Took(row.what.clone()),
            None => Picked::Nothing,
        }
    }

    fn narrow(&mut self) {
        let wanted = self.filter.text();
        (self.at, self.top) = (0, 0);
        if wanted.trim().is_empty() {
            self.shown = (0..self.rows.len()).collect();
            return;
        }
        let texts: Vec<String> =
            self.rows.iter().map(|row| format!("{} {} {}", row.name, row.detail, row.key)).collect();
        self.shown = fuzzy(wanted, texts.iter().map(String::as_str));
        if self.shown.is_empty() {
            self.shown = fuzzy(wanted, self.rows.iter().map(|row| row.also.as_str()));
        }
    }
}

/// The places of the texts that fit what is typed, best first, equal ones in their order.
pub fn fuzzy<'a>(wanted: &str, texts: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let pattern = Pattern::parse(wanted, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut hits: Vec<(u32, usize)> = texts
        .enumerate()
        .filter_map(|(place, text)| Some((pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher)?, place)))
        .collect();
    hits.sort_by_key(|&(score, place)| (std::cmp::Reverse(score), place));
    hits.into_iter().map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Pick<u8> {
        let mut rows = vec![
            Row::new(1, "Pindah status", "gerbang berikut"),
            Row::new(2, "Impor manifes", "dari berkas"),
            Row::new(3, "Bahasa", "ganti bahasa"),
        ];
        rows[1].key = "i".into();
        rows[2].why_not = Some("hanya penyelia".into());
        Pick::new("title", rows).with_digits()
    }

    fn keys(pick: &mut Pick<u8>, text: &str) -> Picked<u8> {
        text.chars().map(|c| pick.press(Key::Char(c))).last().expect("some key")
    }

    #[test]
    fn typing_narrows_by_name_and_detail_and_enter_takes_the_best() {
        let mut pick = list();
        assert_eq!(keys(&mut pick, "berkas"), Picked::Nothing);
        assert_eq!(pick.shown().len(), 1);
        assert_eq!(pick.press(Key::Enter), Picked::Took(2));
    }

    #[test]
    fn a_row_that_cannot_be_taken_says_why() {
        let mut pick = list();
        keys(&mut pick, "baha");
        assert_eq!(pick.press(Key::Enter), Picked::Refused("hanya penyelia".into()));
    }

    #[test]
    fn digits_choose_from_the_fixed_order_only_while_nothing_is_typed() {
        assert_eq!(keys(&mut list(), "2"), Picked::Took(2));
        let mut pick = list();
        assert_eq!(keys(&mut pick, "b2"), Picked::Nothing);
        assert_eq!(keys(&mut list(), "9"), Picked::Nothing);
    }

    #[test]
    fn a_page_takes_the_rows_along_and_an_arrow_moves_the_choice_between_them() {
        let rows = (0..25).map(|place| Row::new(place, format!("Baris {place}"), "")).collect();
        let mut pick = Pick::new("title", rows);
        let mut step = |by| {
            pick.step(by, 10);
            (pick.top(10), pick.at())
        };
        assert_eq!([step(9), step(1), step(-1)], [(0, 9), (1, 10), (1, 9)]);
        assert_eq!([step(10), step(10), step(10)], [(11, 19), (15, 24), (15, 24)]);
        assert_eq!([step(-1), step(-10), step(-20)], [(15, 23), (5, 13), (0, 0)]);
        pick.step(20, 10);
        keys(&mut pick, "1");
        assert_eq!((pick.top(10), pick.at()), (0, 0));
    }

    #[test]
    fn the_choice_never_leaves_the_list() {
        let mut pick = list();
        pick.step(-5, 2);
        assert_eq!(pick.at(), 0);
        pick.step(50, 2);
        assert_eq!(pick.at(), 2);
        _ = pick.press(Key::Home);
        assert_eq!(pick.at(), 0);
        _ = pick.press(Key::End);
        assert_eq!(pick.at(), 2);
        keys(&mut pick, "zzzz");
        assert_eq!((pick.chosen().is_none(), pick.press(Key::Enter)), (true, Picked::Nothing));
    }
}
