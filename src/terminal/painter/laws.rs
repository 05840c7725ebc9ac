//! The law of the painter: after every frame a terminal shows exactly the buffer.
//!
//! Random screens go through the painter into the `vt100` crate's terminal, and every cell is compared.

use proptest::prelude::*;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::cells::{Cell, Pen};
use super::*;

/// What happens to the screen between two frames.
#[derive(Clone, Debug)]
enum Step {
    Write { col: u16, row: u16, text: String, style: usize },
    Blank { col: u16, row: u16, width: u16, style: usize },
    Shift { top: u16, bottom: u16, by: i32 },
    Fill { top: u16, bottom: u16, seed: u32 },
    Resize { cols: u16, rows: u16 },
    Forget,
}

fn styles() -> [Style; 12] {
    let plain = Style::new();
    [
        plain,
        plain.add_modifier(Modifier::BOLD),
        plain.add_modifier(Modifier::REVERSED),
        plain.add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
        plain.add_modifier(Modifier::DIM),
        plain.add_modifier(Modifier::DIM | Modifier::BOLD),
        plain.fg(Color::Red),
        plain.fg(Color::LightYellow).bg(Color::Blue),
        plain.bg(Color::White).add_modifier(Modifier::REVERSED),
        plain.fg(Color::Indexed(5)).add_modifier(Modifier::ITALIC | Modifier::UNDERLINED),
        plain.fg(Color::Red).add_modifier(Modifier::BOLD | Modifier::REVERSED),
        plain.add_modifier(Modifier::DIM | Modifier::REVERSED),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let text = "([a-zA-Z  ]|世|界|ア|é|e\u{301}|ñ|n\u{303}\u{323}|\u{1f600}|\u{1f468}\u{200d}\u{1f469}|❤\u{fe0f}|\u{202e}|\u{7}){1,24}";
    let (cols, rows) = (0u16..60, 0u16..20);
    prop_oneof![
        8 => (cols.clone(), rows.clone(), text, 0usize..12)
            .prop_map(|(col, row, text, style)| Step::Write { col, row, text, style }),
        3 => (cols, rows.clone(), 1u16..60, 0usize..12)
            .prop_map(|(col, row, width, style)| Step::Blank { col, row, width, style }),
        5 => (rows.clone(), rows.clone(), -6i32..=6)
            .prop_map(|(top, bottom, by)| Step::Shift { top, bottom, by }),
        3 => (rows.clone(), rows, any::<u32>()).prop_map(|(top, bottom, seed)| Step::Fill { top, bottom, seed }),
        1 => (2u16..60, 1u16..20).prop_map(|(cols, rows)| Step::Resize { cols, rows }),
        1 => Just(Step::Forget),
    ]
}

fn apply(step: &Step, buffer: &mut Buffer, painter: &mut Painter) {
    let area = buffer.area;
    let last_row = area.height - 1;
    match step {
        Step::Write { col, row, text, style } => {
            buffer.set_string(*col.min(&(area.width - 1)), *row.min(&last_row), text, styles()[*style]);
        }
        Step::Blank { col, row, width, style } => {
            for at in *col..col.saturating_add(*width).min(area.width) {
                buffer[(at, *row.min(&last_row))].set_symbol(" ").set_style(Style::reset()).set_style(styles()[*style]);
            }
        }
        Step::Shift { top, bottom, by } => {
            let old = buffer.clone();
            for row in *top.min(&last_row)..=*bottom.min(&last_row) {
                let from = (i32::from(row) + by).clamp(0, i32::from(last_row)) as u16;
                for col in 0..area.width {
                    buffer[(col, row)] = old[(col, from)].clone();
                }
            }
        }
        Step::Fill { top, bottom, seed } => {
            for row in *top.min(&last_row)..=*bottom.min(&last_row) {
                let text = format!("{:>9} row {}", seed.wrapping_mul(u32::from(row) + 7), row);
                buffer.set_stringn(0, row, text, usize::from(area.width), Style::new());
            }
        }
        Step::Resize { cols, rows } => buffer.resize(Rect::new(0, 0, *cols, *rows)),
        Step::Forget => painter.forget(),
    }
}

fn color(of: vt100::Color) -> u8 {
    match of {
        vt100::Color::Default => 0,
        vt100::Color::Idx(index) => index + 1,
        vt100::Color::Rgb(..) => panic!("the painter writes no such colour"),
    }
}

fn seen(cell: &vt100::Cell) -> Pen {
    let bit = |is: bool, bit: u8| if is { bit } else { 0 };
    let bits = bit(cell.bold(), Pen::BOLD)
        | bit(cell.dim(), Pen::DIM)
        | bit(cell.underline(), Pen::UNDERLINE)
        | bit(cell.inverse(), Pen::REVERSE);
    Pen { fg: color(cell.fgcolor()), bg: color(cell.bgcolor()), bits }
}

fn assert_shows(screen: &vt100::Screen, wanted: &Grid) {
    for row in 0..wanted.size().1 {
        for (col, cell) in wanted.row(row).iter().enumerate() {
            let shown = screen.cell(row, col as u16).expect("the screens have one size");
            let at = format!("row {row}, column {col}");
            if cell.width == 0 {
                assert!(shown.is_wide_continuation(), "{at}: no right half");
                continue;
            }
            assert!(!shown.is_wide_continuation(), "{at}: half a ghost");
            let text = if shown.has_contents() { shown.contents() } else { " " };
            let wanted_text = format!("{}{}", cell.base, cell.marks.as_deref().unwrap_or(""));
            assert_eq!(text, wanted_text, "{at}");
            let is_blank = *cell == (Cell { pen: cell.pen, ..Cell::BLANK });
            assert_eq!(visible(seen(shown), is_blank), visible(cell.pen, is_blank), "{at}");
        }
    }
}

/// What an eye sees of a pen: of a blank its ground, and its ink and weight where they are the ground or a line.
fn visible(pen: Pen, is_blank: bool) -> Pen {
    let is_ink_seen = !is_blank || pen.bits & (Pen::REVERSE | Pen::UNDERLINE) != 0;
    if is_ink_seen { pen } else { Pen { fg: 0, bits: 0, ..pen } }
}

/// What happens before a frame, and its cursor.
type Frame = (Vec<Step>, Option<(u16, u16)>);

fn plays(frames: &[Frame], color: ColorDepth) {
    let (cols, rows) = (40, 12);
    let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
    let mut terminal = vt100::Parser::new(rows, cols, 0);
    terminal.process(b"\x1b[1;31mleft over from before\x1b[3;5r");
    let mut painter = Painter::new(cols, rows, PainterSettings { color });
    for (steps, cursor) in frames {
        for step in steps {
            apply(step, &mut buffer, &mut painter);
        }
        let size = (buffer.area.height, buffer.area.width);
        if terminal.screen().size() != size {
            terminal.screen_mut().set_size(size.0, size.1);
        }
        let mut out = Vec::new();
        painter.paint(&buffer, *cursor, &mut out);
        terminal.process(&out);
        let screen = terminal.screen();
        let mut wanted = Grid::blank(size.1, size.0);
        wanted.read(&buffer, color);
        assert_shows(screen, &wanted);
        let cursor_inside = cursor.filter(|&(col, row)| col < size.1 && row < size.0);
        assert_eq!(screen.hide_cursor(), cursor_inside.is_none());
        if let Some((col, row)) = cursor_inside {
            assert_eq!(screen.cursor_position(), (row, col));
        }
        let mut again = Vec::new();
        painter.paint(&buffer, *cursor, &mut again);
        assert_eq!(again, b"", "nothing changed, so nothing is written");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_terminal_shows_exactly_the_buffer_after_every_frame(
        frames in prop::collection::vec(
            (prop::collection::vec(step(), 0..8), prop::option::of((0u16..60, 0u16..20))), 1..12),
        is_mono in any::<bool>(),
    ) {
        plays(&frames, if is_mono { ColorDepth::Mono } else { ColorDepth::Ansi16 });
    }
}

#[test]
fn a_cursor_inside_a_wide_character_loses_no_cell_that_is_written_after_it() {
    let write = |col: u16, text: &str| Step::Write { col, row: 0, text: text.into(), style: 0 };
    plays(&[(vec![write(0, "世世")], Some((1, 0))), (vec![write(4, "A")], None)], ColorDepth::Mono);
    plays(&[(vec![write(0, "世")], Some((1, 0))), (vec![write(2, "A")], None)], ColorDepth::Mono);
}

#[test]
fn without_colour_the_other_attributes_stay_and_no_colour_is_written() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 3));
    for (row, style) in styles().into_iter().take(9).enumerate() {
        buffer.set_string(0, row as u16 % 3, "x".repeat(20 - row), style);
    }
    let mut out = Vec::new();
    Painter::new(20, 3, PainterSettings { color: ColorDepth::Mono }).paint(&buffer, None, &mut out);
    let text = String::from_utf8(out).unwrap();
    for code in ["3", "4", "9", "10"].iter().flat_map(|tens| (0..8).map(move |unit| format!("{tens}{unit}"))) {
        assert!(!text.contains(&format!("[{code}m")) && !text.contains(&format!(";{code}m")), "{code} in {text:?}");
    }
    assert!(text.contains("[7m") || text.contains(";7m"), "{text:?}");
}

#[test]
fn controls_and_overrides_in_a_buffer_never_reach_the_terminal() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 1));
    for (col, symbol) in ["\x1b", "\u{9b}", "\u{202e}", "a\x07", "\x7f"].iter().enumerate() {
        buffer[(col as u16, 0)].set_symbol(symbol);
    }
    let mut out = Vec::new();
    Painter::new(10, 1, PainterSettings { color: ColorDepth::Mono }).paint(&buffer, None, &mut out);
    let text = String::from_utf8(out).unwrap();
    let text = text.strip_prefix("\x1b[m\x1b[r\x1b[2J").expect("a first frame clears");
    assert_eq!(text, "   a\x1b[?25l");
}

#[test]
fn scrolling_works_in_both_directions_and_at_the_edges() {
    let (cols, rows) = (40, 12);
    for (top, bottom) in [(0, 11), (0, 9), (2, 11), (3, 9)] {
        for by in [-7, -3, -2, -1, 1, 2, 3, 7] {
            let mut terminal = vt100::Parser::new(rows, cols, 0);
            let mut painter = Painter::new(cols, rows, PainterSettings { color: ColorDepth::Ansi16 });
            let mut lengths = Vec::new();
            for by in [0, by] {
                let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
                for row in 0..rows {
                    let is_inside = (top..=bottom).contains(&row);
                    let line = i32::from(row) + if is_inside { by + 50 } else { 0 };
                    let text = format!("{:08x} fixed line of text", (line as u32).wrapping_mul(2_654_435_761));
                    buffer.set_string(0, row, text, styles()[line as usize % 12]);
                }
                let mut out = Vec::new();
                painter.paint(&buffer, None, &mut out);
                terminal.process(&out);
                let mut wanted = Grid::blank(cols, rows);
                wanted.read(&buffer, ColorDepth::Ansi16);
                assert_shows(terminal.screen(), &wanted);
                lengths.push(out.len());
            }
            assert!(by.abs() > 3 || lengths[1] < lengths[0] / 2, "{top}..={bottom} by {by}: {lengths:?}");
        }
    }
}
