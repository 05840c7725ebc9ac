//! One session on a whole desk: from key to painted frame, and what starting costs.
//!
//! `PULANG_BENCH_DIR=DIR cargo bench --bench desk` opens the practice desk in DIR (made by `pulang practice --cases N
//! --data DIR`; a small one is made where none is named) and prints, for each kind of key, median, 99th percentile and the
//! longest time from the key to the bytes of its frame at 80×24: update, face and painter, without the terminal.

#![allow(clippy::unwrap_used)]

use chrono::Utc;
use pulang::app::key::{Input, Key};
use pulang::app::{App, Setting};
use pulang::desk::{Desk, DeskOptions, First, Seat};
use pulang::domain::query::Query;
use pulang::practice::Practice;
use pulang::terminal::desk_screen::DeskScreen;
use pulang::terminal::frame::{FrameSettings, Framer};
use pulang::terminal::painter::{ColorDepth, PainterSettings};
use pulang::terminal::session::Screen;
use pulang::text::{Language, Texts};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

const SIZE: (u16, u16) = (80, 24);
const ROUNDS: usize = 60;

fn opened(dir: PathBuf) -> Desk {
    let clock: pulang::desk::Clock = Arc::new(Utc::now);
    let first = First { uid: 0, name: "uji".into(), office: "uji".into(), zone: "WIB" };
    let options = DeskOptions { dir, key: None, clock, is_practice: true, first };
    let begun = Instant::now();
    let (desk, started) = Desk::open(options, &mut |_| {}).unwrap();
    println!(
        "open {:.2?}, from snapshot: {}, resident {} MB",
        begun.elapsed(),
        started.is_from_snapshot,
        resident_mb()
    );
    desk
}

/// What this process holds in memory.
fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

struct Bench {
    screen: DeskScreen,
    framer: Framer,
    buffer: Buffer,
}

impl Bench {
    fn new(seat: Seat) -> Self {
        let setting = Setting {
            texts: Texts::new(Language::Id),
            clock: Arc::new(Utc::now),
            is_practice: true,
            data_place: "/".into(),
            drop_folder: None,
        };
        let painter = PainterSettings { color: ColorDepth::Ansi16 };
        let settings = FrameSettings { painter, is_synchronized: true, is_answer_wanted: true };
        Self {
            screen: DeskScreen::new(App::new(seat, setting, SIZE), true, true),
            framer: Framer::new(SIZE.0, SIZE.1, settings),
            buffer: Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1)),
        }
    }

    fn frame(&mut self) -> usize {
        self.buffer.reset();
        let cursor = self.screen.draw(&mut self.buffer);
        self.framer.compose(&self.buffer, cursor).len()
    }

    fn press(&mut self, key: Key) -> Duration {
        let begun = Instant::now();
        self.screen.input(Input::Key(key), Instant::now());
        self.frame();
        begun.elapsed()
    }
}

fn told(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    println!("  {what:<28} p50 {:>9.1?}  p99 {:>9.1?}  max {:>9.1?}  n {}", at(0.5), at(0.99), at(1.0), times.len());
}

fn measured(seat: Seat) {
    let begun = Instant::now();
    let mut bench = Bench::new(seat);
    let bytes = bench.frame();
    println!("  first frame {:.1?}, {bytes} bytes, {} cases", begun.elapsed(), bench.screen.app.list.total);
    for (what, key) in [
        ("cursor down", Key::Down),
        ("page down", Key::PageDown),
        ("last, first", Key::End),
        ("open, back", Key::Enter),
        ("today, back", Key::Char('h')),
        ("next urgent (commits), back", Key::Char('b')),
    ] {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            times.push(bench.press(key));
            match key {
                Key::End => times.push(bench.press(Key::Home)),
                Key::Enter | Key::Char(_) => {
                    times.push(bench.press(Key::Esc));
                    bench.press(Key::Down);
                }
                _ => {}
            }
        }
        told(what, times);
    }
    for text in ["sitrabo", "3171", "0812345", "status:tiba", "zulkarnaenx", "tingkat:1 siti"] {
        bench.press(Key::Char('/'));
        told(&format!("letters of {text}"), text.chars().map(|letter| bench.press(Key::Char(letter))).collect());
        told(&format!("  list of {text}"), vec![bench.press(Key::Enter)]);
        bench.press(Key::Esc);
        bench.press(Key::Esc);
    }
}

/// The seat that finds the most people.
fn busiest(desk: &Desk) -> Seat {
    let seat = desk.enter_supervisor().unwrap();
    let seats = seat.operators().into_iter().filter_map(|(operator, ..)| seat.switch(operator).ok());
    seats.max_by_key(|seat| seat.count(&Query::default())).unwrap()
}

fn main() {
    let kept = tempfile::tempdir().unwrap();
    let named = std::env::var_os("PULANG_BENCH_DIR").map(PathBuf::from);
    let desk = opened(named.clone().unwrap_or_else(|| kept.path().to_owned()));
    if named.is_none() {
        desk.load(Practice::new(1, Utc::now()).commits(2_000, 1), &mut |_| {}).unwrap();
    }
    let begun = Instant::now();
    measured(busiest(&desk));
    println!("  all of it in {:.2?}", begun.elapsed());
    let begun = Instant::now();
    let whole = std::env::var_os("PULANG_BENCH_VERIFY").is_none()
        || desk.verify(&mut |_| {}).unwrap().is_whole() && desk.index_differs().unwrap().is_empty();
    println!("  verify {:.2?}: {whole}, resident {} MB", begun.elapsed(), resident_mb());
}
