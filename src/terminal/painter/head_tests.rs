//! Tables of the cheapest moves and pen changes.

use super::*;

fn moved(from: Option<(u16, u16)>, to: (u16, u16)) -> String {
    let mut head = Head::unknown();
    if let Some((col, row)) = from {
        head.place = Place::At { col, row };
    }
    let mut out = Vec::new();
    head.go(to.0, to.1, &mut out);
    assert_eq!(head.place, Place::At { col: to.0, row: to.1 });
    String::from_utf8(out).unwrap().replace('\x1b', "^")
}

#[test]
fn a_move_takes_the_shortest_way() {
    for (from, to, way) in [
        (None, (0, 0), "^[H"),
        (None, (0, 4), "^[5H"),
        (None, (9, 4), "^[5;10H"),
        (Some((3, 3)), (3, 3), ""),
        (Some((3, 3)), (0, 3), "\r"),
        (Some((3, 3)), (0, 4), "\r\n"),
        (Some((3, 3)), (3, 5), "\n\n"),
        (Some((3, 9)), (3, 2), "^[7A"),
        (Some((3, 2)), (3, 9), "^[7B"),
        (Some((3, 3)), (4, 3), "^[C"),
        (Some((3, 3)), (40, 3), "^[37C"),
        (Some((40, 3)), (38, 3), "\u{8}\u{8}"),
        (Some((79, 3)), (8, 3), "^[9G"),
        (Some((70, 20)), (5, 2), "^[3;6H"),
        (Some((1, 0)), (0, 1), "\u{8}\n"),
    ] {
        assert_eq!(moved(from, to), way, "{from:?} to {to:?}");
    }
}

#[test]
fn past_the_last_column_only_absolute_columns_are_trusted() {
    for (to, way) in [((0, 3), "\r"), ((0, 4), "\r\n"), ((79, 3), "^[80G"), ((79, 4), "^[80G\n")] {
        let mut head = Head { place: Place::PastEnd { row: 3 }, pen: Pen::PLAIN };
        let mut out = Vec::new();
        head.go(to.0, to.1, &mut out);
        assert_eq!(String::from_utf8(out).unwrap().replace('\x1b', "^"), way);
    }
}

#[test]
fn a_pen_change_writes_only_what_differs_or_starts_anew() {
    let pen = |fg, bg, bits| Pen { fg, bg, bits };
    for (from, to, codes) in [
        (Pen::PLAIN, Pen::PLAIN, ""),
        (Pen::PLAIN, pen(0, 0, Pen::BOLD), "^[1m"),
        (pen(0, 0, Pen::REVERSE), Pen::PLAIN, "^[m"),
        (pen(2, 0, 0), pen(3, 0, 0), "^[32m"),
        (pen(2, 0, 0), pen(10, 0, 0), "^[91m"),
        (Pen::PLAIN, pen(0, 16, 0), "^[107m"),
        (pen(2, 0, Pen::REVERSE), pen(2, 0, 0), "^[27m"),
        (pen(0, 0, Pen::BOLD), pen(0, 0, Pen::DIM), "^[0;2m"),
        (pen(2, 5, Pen::BOLD), pen(2, 5, Pen::DIM), "^[22;2m"),
        (pen(2, 5, Pen::BOLD), pen(2, 5, Pen::UNDERLINE), "^[22;4m"),
        (pen(2, 5, Pen::BOLD | Pen::UNDERLINE), pen(0, 0, Pen::UNDERLINE), "^[0;4m"),
    ] {
        let mut head = Head { pen: from, ..Head::unknown() };
        let mut out = Vec::new();
        head.take(to, &mut out);
        assert_eq!(String::from_utf8(out).unwrap().replace('\x1b', "^"), codes, "{from:?} to {to:?}");
    }
}
