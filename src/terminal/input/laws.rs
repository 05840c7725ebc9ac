//! The laws of the decoder: how bytes are cut changes nothing, answers are never keys, nothing panics or grows.

use proptest::prelude::*;

use super::*;

/// Bytes with the keys they mean; answers mean none.
const TOKENS: &[(&[u8], &[Key])] = &[
    (b"a", &[Key::Char('a')]),
    (b"Z", &[Key::Char('Z')]),
    (b"0", &[Key::Char('0')]),
    (b"n", &[Key::Char('n')]),
    (b"\r", &[Key::Enter]),
    (b"\n", &[Key::Enter]),
    (b"\x08", &[Key::Backspace]),
    (b"\x13", &[Key::Ctrl('s')]),
    ("世".as_bytes(), &[Key::Char('世')]),
    (b"\xff", &[]),
    (b"\x1b[A", &[Key::Up]),
    (b"\x1b[1;5C", &[Key::Right]),
    (b"\x1bOP", &[Key::F(1)]),
    (b"\x1b[[B", &[Key::F(2)]),
    (b"\x1b[24~", &[Key::F(12)]),
    (b"\x1bx", &[Key::Esc, Key::Char('x')]),
    (b"\x1b", &[Key::Esc]),
    (b"\x1b[0n", &[]),
    (b"\x1b[3n", &[]),
    (b"\x1b[5;17R", &[]),
    (b"\x1b[?62;4c", &[]),
    (b"\x1b[I", &[]),
    (b"\x1b[<35;1;1M", &[]),
    (b"\x1b[M !\"", &[]),
    (b"\x1b]11;rgb:1/2/3\x07", &[]),
    (b"\x1bP>|x\x1b\\", &[]),
];

/// Lists of tokens; none begins with a character that would make a sequence of the lone ESC before it.
fn tokens() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..TOKENS.len(), 1..24)
}

fn decode(bytes: &[u8], cuts: &[usize]) -> (Vec<Input>, usize) {
    let mut decoder = Decoder::new(DecoderSettings::LOCAL);
    decoder.expect_answers(usize::MAX);
    let (now, mut out, mut from) = (Instant::now(), Vec::new(), 0);
    for cut in cuts.iter().copied().chain([bytes.len()]) {
        decoder.feed(&bytes[from..cut], now, &mut out);
        from = cut;
    }
    while let Some(deadline) = decoder.deadline() {
        decoder.expire(deadline, &mut out);
    }
    (out, decoder.take_answers())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keys_and_answers_come_out_the_same_at_every_split(chosen in tokens()) {
        let bytes: Vec<u8> = chosen.iter().flat_map(|at| TOKENS[*at].0.iter().copied()).collect();
        let whole = decode(&bytes, &[]);
        let keys: Vec<Input> = chosen.iter().flat_map(|at| TOKENS[*at].1).map(|key| Input::Key(*key)).collect();
        let answers = chosen.iter().filter(|at| TOKENS[**at].0.ends_with(b"n") && TOKENS[**at].0.len() > 1).count();
        prop_assert_eq!(&whole, &(keys, answers));
        for cut in 0..bytes.len() {
            prop_assert_eq!(&decode(&bytes, &[cut]), &whole);
        }
        let every: Vec<usize> = (1..bytes.len()).collect();
        prop_assert_eq!(&decode(&bytes, &every), &whole);
    }

    #[test]
    fn garbage_never_panics_and_its_cuts_change_nothing(
        bytes in prop::collection::vec(
            prop_oneof![3 => Just(0x1b), 3 => prop::sample::select(b"[]OP_M<?;0123~nuA200\x07\\".to_vec()), 4 => any::<u8>()],
            0..400),
        cuts in prop::collection::vec(0usize..400, 0..12),
    ) {
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
        cuts.sort_unstable();
        prop_assert_eq!(decode(&bytes, &cuts), decode(&bytes, &[]));
    }
}

#[test]
fn memory_stays_bounded_whatever_comes() {
    for endless in [&b"\x1b[1"[..], b"\x1b]1x", b"\x1bP1x", b"\x1b[200~x", b"\x1b[;", b"\xf0\x9f", b"\x1b", b"["] {
        let mut decoder = Decoder::new(DecoderSettings::LOCAL);
        let (now, mut out) = (Instant::now(), Vec::new());
        decoder.feed(endless, now, &mut out);
        for _ in 0..1_000 {
            decoder.feed(&endless[endless.len() - 1..].repeat(1_000), now, &mut out);
            out.clear();
            assert!(decoder.token.capacity() <= 2 * MAX_PARAMETERS);
            assert!(decoder.paste.capacity() <= 2 * paste::MAX_PASTE);
        }
    }
}
