//! Tables of what bytes mean; the property tests are in `tests/terminal_input.rs`.

use super::*;
use Key::*;

fn decode(parts: &[&[u8]]) -> Vec<Key> {
    let mut decoder = Decoder::new(DecoderSettings::LOCAL);
    decode_with(&mut decoder, parts)
}

fn decode_with(decoder: &mut Decoder, parts: &[&[u8]]) -> Vec<Key> {
    let mut out = Vec::new();
    for part in parts {
        decoder.feed(part, Instant::now(), &mut out);
    }
    keys(&out)
}

fn keys(inputs: &[Input]) -> Vec<Key> {
    inputs
        .iter()
        .map(|input| match input {
            Input::Key(key) => *key,
            other => panic!("not a key: {other:?}"),
        })
        .collect()
}

#[test]
fn every_encoding_of_a_key_is_that_key() {
    for (bytes, key) in [
        (&b"a"[..], Char('a')),
        (b"\xc3\xa9", Char('é')),
        ("世".as_bytes(), Char('世')),
        ("\u{1f600}".as_bytes(), Char('\u{1f600}')),
        (b"\r", Enter),
        (b"\n", Enter),
        (b"\x1bOM", Enter),
        (b"\t", Tab),
        (b"\x1b[Z", BackTab),
        (b"\x08", Backspace),
        (b"\x7f", Backspace),
        (b"\x01", Ctrl('a')),
        (b"\x13", Ctrl('s')),
        (b"\x1a", Ctrl('z')),
        (b"\x1b[A", Up),
        (b"\x1bOB", Down),
        (b"\x1b[1;5C", Right),
        (b"\x1b[1;2D", Left),
        (b"\x1b[H", Home),
        (b"\x1b[1~", Home),
        (b"\x1b[7~", Home),
        (b"\x1bOH", Home),
        (b"\x1b[F", End),
        (b"\x1b[4~", End),
        (b"\x1b[8~", End),
        (b"\x1b[2~", Insert),
        (b"\x1b[3~", Delete),
        (b"\x1b[3;5~", Delete),
        (b"\x1b[5~", PageUp),
        (b"\x1b[6~", PageDown),
        (b"\x1bOj", Char('*')),
        (b"\x1bOp", Char('0')),
        (b"\x1bOy", Char('9')),
        (b"\x1b[97u", Char('a')),
        (b"\x1b[97;5u", Ctrl('a')),
        (b"\x1b[13;5u", Enter),
    ] {
        assert_eq!(decode(&[bytes]), [key], "{:?}", bytes.escape_ascii().to_string());
    }
}

#[test]
fn function_keys_come_in_four_dialects() {
    let xterm = ["\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~"];
    let putty = ["\x1b[11~", "\x1b[12~", "\x1b[13~", "\x1b[14~", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~"];
    let console = ["\x1b[[A", "\x1b[[B", "\x1b[[C", "\x1b[[D", "\x1b[[E", "\x1b[17~"];
    let vt100_plus = [
        "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1bOT", "\x1bOU", "\x1bOV", "\x1bOW", "\x1bOX", "\x1bOY", "\x1bOZ",
        "\x1bO[",
    ];
    for dialect in [&xterm[..], &putty, &console, &vt100_plus] {
        for (index, bytes) in dialect.iter().enumerate() {
            assert_eq!(decode(&[bytes.as_bytes()]), [F(index as u8 + 1)], "{bytes:?}");
        }
    }
    for (bytes, number) in [("\x1b[21~", 10), ("\x1b[23~", 11), ("\x1b[24~", 12), ("\x1b[1;2P", 1)] {
        assert_eq!(decode(&[bytes.as_bytes()]), [F(number)], "{bytes:?}");
    }
}

#[test]
fn escape_before_something_is_escape_and_the_rest() {
    for (bytes, keys) in [
        (&b"\x1bx"[..], &[Esc, Char('x')][..]),
        (b"\x1b\xc3\xa9", &[Esc, Char('é')]),
        (b"\x1b\r", &[Esc, Enter]),
        (b"\x1b\x1b[A", &[Esc, Up]),
        (b"\x1b\x1bx", &[Esc, Esc, Char('x')]),
        (b"\x1b\x1b[0nx", &[Esc, Char('x')]),
        (b"\x1b[120;3u", &[Esc, Char('x')]),
        (b"\x1bO!", &[Esc, Char('O'), Char('!')]),
        (b"\x1b[\r", &[Esc, Char('['), Enter]),
        (b"\x1b]n", &[Esc, Char(']'), Char('n')]),
        (b"\x1bPa", &[Esc, Char('P'), Char('a')]),
    ] {
        assert_eq!(decode(&[bytes]), keys, "{:?}", bytes.escape_ascii().to_string());
    }
}

#[test]
fn answers_and_noise_are_nothing() {
    for bytes in [
        &b"\x1b[0n"[..],
        b"\x1b[3n",
        b"\x1b[12;40R",
        b"\x1b[?1;2c",
        b"\x1b[>41;354;0c",
        b"\x1b[?2026;2$y",
        b"\x1b[I",
        b"\x1b[O",
        b"\x1b[M !!",
        b"\x1b[<0;10;20M",
        b"\x1b[<0;10;20m",
        b"\x1b[32;10;20M",
        b"\x1b]11;rgb:0000/0000/0000\x07",
        b"\x1b]11;rgb:0000/0000/0000\x1b\\",
        b"\x1bP>|xterm(390)\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b[25~",
        b"\x1b[99;99;99;99q",
        b"\x1b[;5A",
        b"\x1b[27;5;13~",
        b"\x1b[97;5:3u",
        b"\x1b[97;9u",
        b"\x1b[201~",
        b"\x1b[[Z",
        b"\x00\x1c\x1d\x1e\x1f",
        b"\xff\xfe\x80\xc0\xaf",
        b"\xc2\x85",
        b"\xe2\x80\xae",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
    ] {
        assert_eq!(decode(&[bytes, b"x"]), [Char('x')], "{:?}", bytes.escape_ascii().to_string());
    }
    let long: Vec<u8> = [b"\x1b[".to_vec(), vec![b'1'; 10_000], b"~x".to_vec()].concat();
    assert_eq!(decode(&[&long]), [Char('x')]);
    assert_eq!(decode(&[b"a\xe4\xb8b"]), [Char('a'), Char('b')]);
}

#[test]
fn a_lone_escape_waits_and_then_is_the_key() {
    for settings in [DecoderSettings::LOCAL, DecoderSettings::OVER_SSH] {
        let mut decoder = Decoder::new(settings);
        let (start, mut out) = (Instant::now(), Vec::new());
        decoder.feed(b"\x1b", start, &mut out);
        assert_eq!(decoder.deadline(), Some(start + settings.escape_wait));
        decoder.expire(start + settings.escape_wait - Duration::from_millis(1), &mut out);
        assert!(out.is_empty());
        decoder.expire(start + settings.escape_wait, &mut out);
        assert_eq!(keys(&out), [Esc]);
        assert_eq!(decoder.deadline(), None);
    }
}

#[test]
fn what_never_ends_is_settled_by_time() {
    for (bytes, expected) in [
        (&b"\x1b["[..], &[Esc, Char('[')][..]),
        (b"\x1bO", &[Esc, Char('O')]),
        (b"\x1b]", &[Esc, Char(']')]),
        (b"\x1bP", &[Esc, Char('P')]),
        (b"\x1b[1;", &[]),
        (b"\x1b[M!", &[]),
        (b"\x1b]11;rgb", &[]),
        (b"\x1b]11;rgb\x1b", &[Esc]),
    ] {
        let mut decoder = Decoder::new(DecoderSettings::LOCAL);
        let (start, mut out) = (Instant::now(), Vec::new());
        decoder.feed(bytes, start, &mut out);
        let deadline = decoder.deadline().expect("something is pending");
        decoder.expire(deadline, &mut out);
        decoder.feed(b"n", deadline, &mut out);
        assert_eq!(keys(&out), [expected, &[Char('n')]].concat(), "{:?}", bytes.escape_ascii().to_string());
    }
}

/// Feeds each part after the one before has expired, with one answer due.
fn decode_torn(parts: &[&[u8]]) -> (Vec<Key>, usize) {
    let mut decoder = Decoder::new(DecoderSettings::LOCAL);
    decoder.expect_answers(1);
    let (mut now, mut out) = (Instant::now(), Vec::new());
    for part in parts {
        decoder.feed(part, now, &mut out);
        now = decoder.deadline().unwrap_or(now);
        decoder.expire(now, &mut out);
    }
    (keys(&out), decoder.take_answers())
}

#[test]
fn the_late_tail_of_an_answer_is_swallowed() {
    assert_eq!(decode_torn(&[b"\x1b", b"[0nx"]), (vec![Esc, Char('x')], 1));
    assert_eq!(decode_torn(&[b"\x1b[", b"0nx"]), (vec![Esc, Char('x')], 1));
    assert_eq!(decode_torn(&[b"\x1b", b"[", b"x"]), (vec![Esc, Char('['), Char('x')], 0));
    assert_eq!(decode_torn(&[b"\x1b", b"[0x"]), (vec![Esc, Char('['), Char('0'), Char('x')], 0));
    assert_eq!(decode_torn(&[b"\x1b", b"a[0n"]).0, [Esc, Char('a'), Char('['), Char('0'), Char('n')]);
    let mut decoder = Decoder::new(DecoderSettings::LOCAL);
    assert_eq!(decode_with(&mut decoder, &[b"[0n"]), [Char('['), Char('0'), Char('n')]);
}

#[test]
fn a_torn_answer_is_waited_for_while_one_is_due() {
    let mut decoder = Decoder::new(DecoderSettings::LOCAL);
    let (start, mut out) = (Instant::now(), Vec::new());
    decoder.expect_answers(1);
    decoder.feed(b"\x1b[0", start, &mut out);
    decoder.expire(start + Duration::from_secs(2), &mut out);
    decoder.feed(b"n", start + Duration::from_secs(2), &mut out);
    assert_eq!((out.len(), decoder.take_answers(), decoder.take_answers()), (0, 1, 0));
}

#[test]
fn a_paste_is_one_input_however_it_is_cut() {
    let mut decoder = Decoder::new(DecoderSettings::LOCAL);
    let mut out = Vec::new();
    for part in [&b"\x1b[2"[..], b"00", b"~q\x1b", b"[A\r\nn\x1b[20", b"1~", b"z"] {
        decoder.feed(part, Instant::now(), &mut out);
    }
    assert_eq!(out, [Input::Paste("q[A\nn".into()), Input::Key(Char('z'))]);
    assert!(!decoder.take_was_paste_cut());
}

#[test]
fn a_paste_without_an_end_ends_by_time_and_keys_work_again() {
    let mut decoder = Decoder::new(DecoderSettings::LOCAL);
    let (start, mut out) = (Instant::now(), Vec::new());
    decoder.feed(b"\x1b[200~abc", start, &mut out);
    let deadline = decoder.deadline().expect("a paste is pending");
    decoder.expire(deadline, &mut out);
    decoder.feed(b"\x1b[201~x", deadline, &mut out);
    assert_eq!(out, [Input::Paste("abc".into()), Input::Key(Char('x'))]);
}

#[test]
fn a_huge_paste_is_cut_and_says_so() {
    let mut decoder = Decoder::new(DecoderSettings::LOCAL);
    let mut out = Vec::new();
    let bytes = [b"\x1b[200~".to_vec(), vec![b'x'; 2 * paste::MAX_PASTE], b"\x1b[201~y".to_vec()].concat();
    decoder.feed(&bytes, Instant::now(), &mut out);
    assert_eq!(out.len(), 2);
    assert!(matches!(&out[0], Input::Paste(text) if text.len() == paste::MAX_PASTE));
    assert!(decoder.take_was_paste_cut() && !decoder.take_was_paste_cut());
}
