//! Tests of frames: every one comes back as it was sent, at any cut; what is no frame is refused without memory; protocols 1
//! and 2 keep their bytes.

use super::*;

fn hello() -> Hello {
    Hello {
        build: "0.1.0".into(),
        env: TerminalEnv { term: "xterm".into(), locale: "id_ID.UTF-8".into(), ..TerminalEnv::default() },
        lang: "id".into(),
        as_name: Some("rina".into()),
        folder: Some("/srv".into()),
        wants: Wants::Screen { cols: 80, rows: 24, is_second: false, is_return: true },
        mark: Some(b"kept".to_vec()),
    }
}

/// Every frame of a protocol; what protocol 1 does not have is not there.
fn all(protocol: u16) -> Vec<Frame> {
    let hello = || Hello { mark: hello().mark.filter(|_| protocol > 1), ..hello() };
    let command = Wants::Command { words: vec!["list".into(), "tingkat:1".into()], is_input_terminal: true };
    let mut frames = vec![
        Frame::Hello { protocol, hello: hello().into() },
        Frame::Hello { protocol, hello: Hello { wants: command, mark: None, ..hello() }.into() },
        Frame::Welcome { protocol, welcome: Welcome { build: "0.1.0".into() } },
        Frame::Input(b"n\x1b[A".to_vec()),
        Frame::InputEnd,
        Frame::Resize { cols: 160, rows: 48 },
        Frame::Output(vec![0x1b; 3]),
        Frame::Complaint(b"pulang: tidak".to_vec()),
        Frame::Exit(3),
        Frame::Bye { why: Why::Ended, text: "selesai".into() },
    ];
    if protocol > 1 {
        frames.push(Frame::Mark(b"kept".to_vec()));
    }
    frames
}

/// The bytes of protocol 1, in the order of [`all`]. They stay, whatever comes after them.
const PROTOCOL_1: [&str; 10] = [
    "0131000000010005302e312e300005787465726d000b69645f49442e5554462d3800026964010472696e6101042f7372760050180001",
    "013e000000010005302e312e300005787465726d000b69645f49442e5554462d3800026964010472696e6101042f7372760102046c6973740974696e676b61743a3101",
    "0208000000010005302e312e30",
    "03040000006e1b5b41",
    "0400000000",
    "0504000000a0003000",
    "06030000001b1b1b",
    "070d00000070756c616e673a20746964616b",
    "080100000003",
    "09080000000473656c65736169",
];

/// The bytes of protocol 2 where they are others: a first frame ends in the mark, and there are marks.
const PROTOCOL_2: [(usize, &str); 4] = [
    (
        0,
        "0137000000020005302e312e300005787465726d000b69645f49442e5554462d3800026964010472696e6101042f737276005018000101046b657074",
    ),
    (
        1,
        "013f000000020005302e312e300005787465726d000b69645f49442e5554462d3800026964010472696e6101042f7372760102046c6973740974696e676b61743a310100",
    ),
    (2, "0208000000020005302e312e30"),
    (10, "0a040000006b657074"),
];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(bytes: &[u8]) -> Result<Option<Frame>, Unread> {
    let mut unframer = Unframer::default();
    unframer.feed(bytes);
    unframer.take()
}

#[test]
fn each_protocol_keeps_its_bytes() {
    let ours = |protocol| all(protocol).iter().map(|frame| hex(&frame.to_bytes())).collect::<Vec<String>>();
    assert_eq!(ours(1), PROTOCOL_1);
    let mut second = PROTOCOL_1.map(str::to_owned).to_vec();
    second.push(String::new());
    PROTOCOL_2.iter().for_each(|(at, bytes)| second[*at] = (*bytes).to_owned());
    assert_eq!(ours(2), second);
}

#[test]
fn a_terminal_of_the_release_before_is_understood_and_brings_no_mark() {
    let spoken = Frame::Hello { protocol: 1, hello: hello().into() }.to_bytes();
    let heard = Frame::Hello { protocol: 1, hello: Hello { mark: None, ..hello() }.into() };
    assert_eq!(read(&spoken), Ok(Some(heard)));
    let long = Hello { mark: Some(vec![b'x'; MARK + 1]), ..hello() };
    let heard = read(&Frame::Hello { protocol: 2, hello: long.into() }.to_bytes());
    assert_eq!(
        heard,
        Ok(Some(Frame::Hello { protocol: 2, hello: Hello { mark: None, ..hello() }.into() })),
        "a mark has a bound"
    );
}

#[test]
fn frames_come_back_wherever_the_stream_is_cut() {
    let all = || (OLDEST..=PROTOCOL).flat_map(all).collect::<Vec<Frame>>();
    let stream: Vec<u8> = all().iter().flat_map(Frame::to_bytes).collect();
    for step in [1, 2, 3, 5, 7, 64, stream.len()] {
        let mut unframer = Unframer::default();
        let mut found = Vec::new();
        for part in stream.chunks(step) {
            unframer.feed(part);
            while let Some(frame) = unframer.take().unwrap() {
                found.push(frame);
            }
        }
        assert_eq!(found, all(), "in steps of {step}");
    }
}

#[test]
fn what_is_no_frame_is_refused_before_any_of_it_is_kept() {
    let too_long = [&[3][..], &(MOST as u32 + 1).to_le_bytes()].concat();
    assert_eq!(read(&too_long), Err(Unread::TooLong));
    assert_eq!(read(&[3, 0xff, 0xff, 0xff, 0xff]), Err(Unread::TooLong));
    for (kind, payload) in
        [(0, &b""[..]), (11, b""), (255, b"x"), (4, b"x"), (5, b"abc"), (8, b""), (9, b""), (1, b"\x01")]
    {
        assert_eq!(read(&framed(kind, payload)), Err(Unread::Garbage), "{kind} {payload:?}");
    }
    // A length inside a payload that no payload can have, and bytes after the end.
    let hostile = [&1_u16.to_le_bytes()[..], &[0xfd], &u64::MAX.to_le_bytes()].concat();
    assert_eq!(read(&framed(1, &hostile)), Err(Unread::Garbage));
    for frame in [&all(1)[0], &all(2)[0], &all(2)[2]] {
        let bytes = frame.to_bytes();
        let longer = framed(bytes[0], &[&bytes[HEAD..], b"\0"].concat());
        assert_eq!(read(&longer), Err(Unread::Garbage), "{frame:?}");
    }
    assert_eq!(read(&framed(10, &[b'x'; MARK + 1])), Err(Unread::Garbage));
    assert_eq!(read(&framed(3, &vec![b'x'; MOST])), Ok(Some(Frame::Input(vec![b'x'; MOST]))));
}

#[test]
fn another_protocol_is_known_by_its_number_whatever_follows() {
    let later = [&(PROTOCOL + 1).to_le_bytes()[..], b"whatever it will be"].concat();
    assert_eq!(read(&framed(1, &later)), Err(Unread::Protocol(PROTOCOL + 1)));
    assert_eq!(read(&framed(2, &later)), Err(Unread::Protocol(PROTOCOL + 1)));
    assert!([PROTOCOL, PROTOCOL - 1].contains(&OLDEST));
}

#[test]
fn why_a_connection_ends_has_a_number_of_its_own_and_a_sentence() {
    use crate::text::{Language, Texts};
    for (number, why) in Why::ALL.into_iter().enumerate() {
        assert_eq!(why as usize, number);
        for language in Language::ALL {
            assert!(Texts::new(language).has(why.key()), "{why:?}");
        }
    }
    let unknown = read(&framed(9, &[200])).unwrap().unwrap();
    assert_eq!(unknown, Frame::Bye { why: Why::Ended, text: String::new() });
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300), kind in 0_u8..12) {
        let _ = read(&bytes);
        let _ = read(&framed(kind, &bytes));
        let _ = read(&framed(kind, &[&1_u16.to_le_bytes()[..], &bytes].concat()));
    }
}
