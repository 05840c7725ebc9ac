//! What twenty actions cost on the line at 80×24: this program's painter beside stock ratatui, which draws the same cells.
//!
//! `cargo bench --bench painter` prints a table of bytes. They are exact: the same desk, the same keys, the same cells go
//! through both; ours carries its synchronized-update brackets and its status request, stock ratatui neither.

#![allow(clippy::unwrap_used, reason = "a measurement")]

mod screen;

use chrono::{TimeZone, Utc};
use pulang::app::key::Key;
use pulang::practice::Practice;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use ratatui_crossterm::CrosstermBackend;
use screen::{Bench, SIZE, busiest, practice_desk};
use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::rc::Rc;

/// Where stock ratatui writes to.
#[derive(Clone, Default)]
struct Line(Rc<RefCell<usize>>);

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        *self.0.borrow_mut() += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Both painters behind one session.
struct Pair {
    bench: Bench,
    stock: Terminal<CrosstermBackend<Line>>,
    line: Line,
}

impl Pair {
    /// Bytes of the frame of now: ours, stock ratatui's.
    fn paint(&mut self) -> (usize, usize) {
        let ours = self.bench.frame();
        let (cells, cursor) = self.bench.drawn();
        let before = *self.line.0.borrow();
        let drawn = self.stock.draw(|frame| {
            *frame.buffer_mut() = cells.clone();
            if let Some(cursor) = cursor {
                frame.set_cursor_position(cursor);
            }
        });
        drawn.unwrap();
        (ours, *self.line.0.borrow() - before)
    }

    fn press(&mut self, key: Key) -> (usize, usize) {
        self.bench.key(key);
        self.paint()
    }

    fn presses(&mut self, keys: &[Key]) {
        keys.iter().for_each(|key| _ = self.press(*key));
    }
}

fn main() {
    let dir = tempfile::tempdir().unwrap();
    let (desk, _) = practice_desk(dir.path().to_owned());
    let moment = Utc.with_ymd_and_hms(2026, 2, 21, 3, 0, 0).unwrap();
    desk.load(Practice::new(1, moment).commits(2_000, 4), &mut |_| {}).unwrap();
    let line = Line::default();
    let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, SIZE.0, SIZE.1)) };
    let stock = Terminal::with_options(CrosstermBackend::new(line.clone()), options).unwrap();
    let mut pair = Pair { bench: Bench::new(busiest(&desk)), stock, line };
    println!("| action at 80×24 | bytes | stock ratatui | ratio |\n| --- | --- | --- | --- |");
    let sums = Cell::new((0, 0));
    let told = |what: &str, (ours, stock): (usize, usize)| {
        sums.set((sums.get().0 + ours, sums.get().1 + stock));
        println!("| {what} | {ours} | {stock} | {:.1} |", stock as f64 / ours.max(1) as f64);
    };
    told("first screen", pair.paint());
    pair.presses(&[Key::Down, Key::Down]);
    told("cursor down", pair.press(Key::Down));
    told("cursor up", pair.press(Key::Up));
    told("mark a row", pair.press(Key::Char(' ')));
    told("take marks away", pair.press(Key::Char('-')));
    pair.presses(&[Key::Down; 20]);
    told("one line scrolled", pair.press(Key::Down));
    told("page down", pair.press(Key::PageDown));
    told("page up", pair.press(Key::PageUp));
    told("last row", pair.press(Key::End));
    told("first row", pair.press(Key::Home));
    told("case opened", pair.press(Key::Enter));
    told("next case", pair.press(Key::Char(']')));
    told("back to the list", pair.press(Key::Esc));
    told("today", pair.press(Key::Char('h')));
    pair.press(Key::Esc);
    told("help", pair.press(Key::Char('?')));
    pair.press(Key::Esc);
    told("search begun", pair.press(Key::Char('/')));
    told("letter of a search", pair.press(Key::Char('s')));
    pair.presses(&[Key::Char('u')]);
    told("its list", pair.press(Key::Enter));
    pair.presses(&[Key::Char('\\')]);
    told("intake form", pair.press(Key::Char('n')));
    pair.presses(&[Key::Tab, Key::Char('S')]);
    told("letter in a form", pair.press(Key::Char('U')));
    told("all of them", sums.get());
}
