//! One session on a whole desk: from key to painted frame, and what starting costs.
//!
//! `PULANG_BENCH_DIR=DIR cargo bench --bench desk` opens the practice desk in DIR (made by `pulang practice --cases N
//! --data DIR`; a small one is made where none is named) and prints, for each kind of key, median, 99th percentile and the
//! longest time from the key to the bytes of its frame at 80×24: update, face and painter, without the terminal.
//! `PULANG_BENCH_VERIFY=1` looks over the whole desk at the end.

#![allow(clippy::unwrap_used)]

mod screen;

use chrono::Utc;
use pulang::app::key::Key;
use pulang::desk::{Desk, Seat};
use pulang::practice::Practice;
use screen::{Bench, busiest, practice_desk};
use std::path::PathBuf;
use std::time::{Duration, Instant};

const ROUNDS: usize = 60;

fn opened(dir: PathBuf) -> Desk {
    let begun = Instant::now();
    let (desk, started) = practice_desk(dir);
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
    if std::env::var_os("PULANG_BENCH_VERIFY").is_some() {
        let begun = Instant::now();
        let is_whole = desk.verify(&mut |_| {}).unwrap().is_whole() && desk.index_differs().unwrap().is_empty();
        println!("  verify {:.2?}: {is_whole}", begun.elapsed());
    }
    println!("  resident {} MB", resident_mb());
}
