//! What a screen costs on the line: bytes per frame at 80×24, brackets and status request included, and how far a slow
//! line stays behind. Bytes are exact; the budgets are those of the design.

#![allow(clippy::unwrap_used)]

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use pulang::terminal::frame::{FrameSettings, Framer};
use pulang::terminal::pacing::Pacer;
use pulang::terminal::painter::{ColorDepth, PainterSettings};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

const COLS: u16 = 80;
const ROWS: u16 = 24;
const FIRST_LIST_ROW: u16 = 3;
const LIST_ROWS: usize = 18;

/// A list of invented people, as the list screen shows them.
#[derive(Clone, Default)]
struct List {
    top: usize,
    cursor: usize,
    query: String,
    message: String,
}

fn person(index: usize) -> [String; 12] {
    const FIRST: [&str; 11] = [
        "Sumarni", "Wahyu", "Kartini", "Yohanes", "Nurlaila", "Bambang", "Dewi", "Markus", "Sulastri", "Rokhim", "Ida",
    ];
    const LAST: [&str; 9] =
        ["Contohwati", "Misalnya", "Umpama", "Teladani", "Rekaan", "Andaikata", "Ibaratno", "Uji Coba", "Karangan"];
    const STATUS: [&str; 7] = ["TIBA", "ASESM", "VERIF", "REHAB", "SIAP", "PULDA", "LAPOR"];
    const FROM: [&str; 6] = ["Kamboja", "Malaysia", "Arab Saudi", "Myanmar", "Taiwan", "Filipina"];
    const OFFICER: [&str; 5] = ["rina", "budi", "sari", "anton", ""];
    let mixed = index.wrapping_mul(2_654_435_761) >> 7;
    let age = 15 + mixed % 47;
    [
        if mixed.is_multiple_of(9) { "*".into() } else { String::new() },
        format!("{:>4}", 100 + index),
        ["M", "K", "H"][mixed % 3].into(),
        // Many people have one name.
        if mixed.is_multiple_of(3) {
            FIRST[mixed % 11].into()
        } else {
            format!("{} {}", FIRST[mixed % 11], LAST[mixed / 11 % 9])
        },
        ["P", "L"][mixed % 2].into(),
        if age < 18 { format!("{age}a") } else { age.to_string() },
        STATUS[mixed / 3 % 7].into(),
        FROM[mixed / 5 % 6].into(),
        if mixed.is_multiple_of(3) { format!("A{}", mixed % 20) } else { String::new() },
        if mixed.is_multiple_of(4) { String::new() } else { format!("{}j", mixed % 72) },
        ["", "S", "AH", "T", "", "J"][mixed / 13 % 6].into(),
        OFFICER[mixed / 17 % 5].into(),
    ]
}

const COLUMNS: [u16; 12] = [3, 4, 2, 21, 1, 3, 7, 11, 3, 5, 4, 5];

impl List {
    /// Draws the list; the cursor row has its marker and one reversed cell, as a cheap and clear sign.
    fn draw(&self, buffer: &mut Buffer) -> Option<(u16, u16)> {
        let (plain, bold) = (Style::new(), Style::new().add_modifier(Modifier::BOLD));
        let dim = Style::new().add_modifier(Modifier::DIM);
        buffer.set_string(0, 0, "Pulang  DAFTAR  Pos Bandara Rekaan", bold);
        buffer.set_string(58, 0, "rina  12 hari ini", plain);
        buffer.set_string(0, 1, format!("/ {}", self.query), plain);
        buffer.set_string(66, 1, "1.204 kasus", dim);
        let mut col = 0;
        for (title, width) in
            ["", "No", "Tk", "Nama", "J", "Um", "Status", "Asal", "Klp", "Sisa", "Tnd", "Ptgs"].iter().zip(COLUMNS)
        {
            buffer.set_string(col, 2, title, Style::new().add_modifier(Modifier::UNDERLINED));
            col += width + 1;
        }
        for line in 0..LIST_ROWS {
            self.draw_row(buffer, line);
        }
        buffer.set_string(0, 21, &self.message, plain);
        buffer.set_string(0, 22, "Enter buka  n baru  t pindah  Spasi tandai  / cari  v tampilan  b berikutnya", dim);
        buffer.set_string(0, 23, "? bantuan  : perintah  u batal  r segarkan  F9 gelap  q keluar", dim);
        if self.query.is_empty() { None } else { Some((2 + self.query.len() as u16, 1)) }
    }

    fn draw_row(&self, buffer: &mut Buffer, line: usize) {
        let (index, row) = (self.top + line, FIRST_LIST_ROW + line as u16);
        let is_chosen = index == self.cursor;
        let mut col = 0;
        for (at, (text, width)) in person(index).iter().zip(COLUMNS).enumerate() {
            let style = match at {
                2 if text == "M" => Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
                9 if index.is_multiple_of(4) => Style::new().fg(Color::Yellow),
                _ => Style::new(),
            };
            buffer.set_stringn(col, row, text, usize::from(width), style);
            col += width + 1;
        }
        if is_chosen {
            buffer.set_string(2, row, ">", Style::new().add_modifier(Modifier::REVERSED));
        }
    }

    fn down(&mut self) {
        self.cursor += 1;
        self.top = self.top.max((self.cursor + 1).saturating_sub(LIST_ROWS));
    }

    fn buffer(&self) -> (Buffer, Option<(u16, u16)>) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, COLS, ROWS));
        let cursor = self.draw(&mut buffer);
        (buffer, cursor)
    }
}

fn framer(color: ColorDepth) -> Framer {
    let painter = PainterSettings { color };
    Framer::new(COLS, ROWS, FrameSettings { painter, is_synchronized: true, is_answer_wanted: true })
}

/// The bytes of the step from one list to another, and the proof that a terminal then shows the second.
fn cost(from: &List, to: &List, color: ColorDepth) -> usize {
    let mut framer = framer(color);
    let mut terminal = vt100::Parser::new(ROWS, COLS, 0);
    let (before, cursor) = from.buffer();
    terminal.process(framer.compose(&before, cursor));
    let (after, cursor) = to.buffer();
    let frame = framer.compose(&after, cursor).to_vec();
    terminal.process(&frame);
    assert_eq!(text(&terminal), shown_anew(to));
    frame.len()
}

fn shown_anew(list: &List) -> String {
    let mut terminal = vt100::Parser::new(ROWS, COLS, 0);
    let (buffer, cursor) = list.buffer();
    terminal.process(framer(ColorDepth::Mono).compose(&buffer, cursor));
    text(&terminal)
}

/// What the terminal shows; blanks at the ends of lines are not seen.
fn text(terminal: &vt100::Parser) -> String {
    terminal.screen().contents().lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The dearest of many steps in both depths, compared with its budget.
fn within(budget: usize, what: &str, steps: impl IntoIterator<Item = (List, List)>) {
    let mut most = 0;
    for (from, to) in steps {
        for color in [ColorDepth::Mono, ColorDepth::Ansi16] {
            most = most.max(cost(&from, &to, color));
        }
    }
    println!("{what}: {most} of {budget} bytes");
    assert!(most > 0 && most <= budget, "{what}: {most} bytes, {budget} allowed");
}

fn at(top: usize, cursor: usize) -> List {
    List { top, cursor, ..List::default() }
}

#[test]
fn moving_the_cursor_costs_at_most_64_bytes() {
    within(64, "cursor down", (0..17).map(|line| (at(40, 40 + line), at(40, 41 + line))));
    within(64, "cursor up", (1..18).map(|line| (at(40, 40 + line), at(40, 39 + line))));
}

#[test]
fn scrolling_by_a_line_costs_at_most_190_bytes() {
    within(190, "one line down", (0..200).map(|top| (at(top, top + 17), at(top + 1, top + 18))));
    within(190, "one line up", (0..200).map(|top| (at(top + 1, top + 1), at(top, top))));
}

#[test]
fn a_letter_typed_costs_at_most_44_bytes() {
    let typed = |query: &str| List { query: query.into(), ..at(0, 0) };
    within(44, "letter", ["s", "su", "sum", "suma", "sumarn"].windows(2).map(|pair| (typed(pair[0]), typed(pair[1]))));
    within(44, "letter deleted", [(typed("suma"), typed("sum"))]);
}

#[test]
fn a_page_costs_at_most_1400_bytes() {
    within(1_400, "page", (0..40).map(|page| (at(page * 18, page * 18), at(page * 18 + 18, page * 18 + 18))));
    within(1_400, "half a page", (0..40).map(|page| (at(page * 9, page * 9), at(page * 9 + 9, page * 9 + 9))));
}

#[test]
fn the_first_screen_costs_at_most_2400_bytes() {
    for color in [ColorDepth::Mono, ColorDepth::Ansi16] {
        let (buffer, cursor) = List { message: "Selamat datang".into(), ..at(0, 0) }.buffer();
        let bytes = framer(color).compose(&buffer, cursor).len();
        println!("first screen, {color:?}: {bytes} of 2400 bytes");
        assert!((1_000..=2_400).contains(&bytes), "{bytes}");
    }
}

#[test]
fn a_screen_that_has_not_changed_costs_nothing() {
    let mut framer = framer(ColorDepth::Ansi16);
    let (buffer, cursor) = at(0, 0).buffer();
    assert!(!framer.compose(&buffer, cursor).is_empty());
    assert!(framer.compose(&buffer, cursor).is_empty());
    framer.forget();
    assert!(framer.compose(&buffer, cursor).starts_with(b"\x1b[?2026h\x1b[m\x1b[r\x1b[2J"));
}

/// A line of 8 kB/s with 250 ms there and back; the terminal at its end answers what it is asked.
struct SlowLine {
    terminal: vt100::Parser,
    /// Bytes on their way with the time at which the last one has arrived, and answers with theirs.
    forward: VecDeque<(Duration, Vec<u8>)>,
    back: VecDeque<Duration>,
    is_free_at: Duration,
}

const ONE_WAY: Duration = Duration::from_millis(125);
const BYTES_PER_SECOND: f64 = 8_000.0;

impl SlowLine {
    fn send(&mut self, bytes: &[u8], now: Duration) {
        let start = self.is_free_at.max(now);
        self.is_free_at = start + Duration::from_secs_f64(bytes.len() as f64 / BYTES_PER_SECOND);
        self.forward.push_back((self.is_free_at + ONE_WAY, bytes.to_vec()));
    }

    fn deliver(&mut self, now: Duration) {
        while let Some((at, bytes)) = self.forward.pop_front_if(|(at, _)| *at <= now) {
            self.terminal.process(&bytes);
            self.back.extend(bytes.ends_with(b"\x1b[5n").then_some(at + ONE_WAY));
        }
    }

    fn answers(&mut self, now: Duration) -> usize {
        std::iter::from_fn(|| self.back.pop_front_if(|at| *at <= now)).count()
    }
}

/// Sixty keys at thirty a second; returns how long after the last one the terminal shows the last state.
fn seconds_behind(key: impl Fn(&mut List), does_answer: bool) -> f64 {
    let (start, step) = (Instant::now(), Duration::from_millis(1));
    let (mut list, mut framer, mut pacer) = (at(0, LIST_ROWS - 1), framer(ColorDepth::Ansi16), Pacer::new());
    let terminal = vt100::Parser::new(ROWS, COLS, 0);
    let mut line = SlowLine { terminal, forward: VecDeque::new(), back: VecDeque::new(), is_free_at: Duration::ZERO };
    let (first_key, mut typed, mut is_dirty, mut last_key) = (Duration::from_secs(1), 0, true, Duration::ZERO);
    let mut now = Duration::ZERO;
    while now < Duration::from_secs(60) {
        line.deliver(now);
        let answers = line.answers(now);
        pacer.answered(if does_answer { answers } else { 0 }, start + now);
        // A key takes its way to the program, too.
        if typed < 60 && now >= first_key + Duration::from_secs(1) * typed / 30 + ONE_WAY {
            key(&mut list);
            typed += 1;
            is_dirty = true;
            last_key = now - ONE_WAY;
        }
        if is_dirty && pacer.may_paint(start + now) {
            let (buffer, cursor) = list.buffer();
            let frame = framer.compose(&buffer, cursor);
            line.send(frame, now);
            pacer.sent(frame.len(), start + now);
            is_dirty = false;
        }
        if typed == 60 && !is_dirty && line.forward.is_empty() {
            assert_eq!(text(&line.terminal), shown_anew(&list));
            return (now - last_key).as_secs_f64();
        }
        now += step;
    }
    panic!("the last state never arrived");
}

#[test]
fn a_slow_line_shows_the_last_state_half_a_second_and_a_round_trip_after_the_last_key() {
    for (what, seconds) in [
        ("line scrolls", seconds_behind(List::down, true)),
        ("pages", seconds_behind(|list| *list = at(list.top + 18, list.top + 18), true)),
    ] {
        println!("60 {what} at 30/s on 8 kB/s, 250 ms: {seconds:.3} s behind");
        assert!(seconds <= 0.75, "{what}: {seconds:.3} s behind");
    }
    let unpaced = seconds_behind(|list| *list = at(list.top + 18, list.top + 18), false);
    assert!(unpaced > 3.0, "without pacing the line must be behind, else this test shows nothing: {unpaced:.3} s");
}
