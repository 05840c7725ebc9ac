//! The doors of the daemon's socket: frames out of a stream of bytes, and the messages in them that have an inside. What a
//! message asks for goes through the door of commands.

use pulang::serve::frame::{Frame, MOST, OLDEST, PROTOCOL, Unframer, Unread, Wants, framed};

/// Bytes of an environment's value at most.
const VALUE: usize = 64;

/// What a stream is read as, fed in pieces of so many bytes: its frames, and why it ends where it is no frame.
fn read(bytes: &[u8], piece: usize) -> (Vec<Frame>, Option<Unread>) {
    let (mut unframer, mut frames) = (Unframer::default(), Vec::new());
    for part in bytes.chunks(piece) {
        unframer.feed(part);
        loop {
            match unframer.take() {
                Ok(Some(frame)) => frames.push(frame),
                Ok(None) => break,
                Err(unread) => return (frames, Some(unread)),
            }
        }
    }
    (frames, None)
}

/// A stream of the socket, torn anywhere: the same bytes are the same frames, and what was read reads as it is written.
pub fn frames_of_socket(data: &[u8]) {
    let Some((&torn, bytes)) = data.split_first() else { return };
    let (frames, unread) = read(bytes, bytes.len().max(1));
    assert_eq!(read(bytes, usize::from(torn).max(1)), (frames.clone(), unread), "torn elsewhere");
    assert!(frames.len() <= bytes.len() / 5, "more frames than heads");
    frames.iter().for_each(keeps);
}

/// A frame comes back as it is sent, unless it has grown too long on the way.
fn keeps(frame: &Frame) {
    let bytes = frame.to_bytes();
    let again = read(&bytes, bytes.len());
    // Bytes that are no text take three times the room once they are one.
    let has_grown = again == (Vec::new(), Some(Unread::TooLong)) && bytes.len() > MOST;
    assert!(has_grown || again == (vec![frame.clone()], None), "a frame reads as it is written");
}

/// One message of a caller or of the daemon: its first byte says which, the rest stands behind the protocol's number. A
/// command that somebody asks for is run as the daemon would run it.
pub fn messages(data: &[u8], run: impl Fn(Vec<String>)) {
    let Some((&which, body)) = data.split_first() else { return };
    let protocol = if which / 3 % 2 == 0 { OLDEST } else { PROTOCOL };
    let payload = [&protocol.to_le_bytes(), body].concat();
    let (frames, unread) = match which % 3 {
        0 => read(&framed(1, &payload), usize::MAX),
        1 => read(&framed(2, &payload), usize::MAX),
        _ => read(&framed(9, body), usize::MAX),
    };
    assert!(frames.len() + usize::from(unread.is_some()) == 1, "one message, or none that is one");
    for frame in frames {
        keeps(&frame);
        let Frame::Hello { hello, .. } = frame else { continue };
        let longest = [&hello.env.term, &hello.env.color_term, &hello.env.locale].map(String::len);
        assert!(longest.into_iter().all(|length| length <= VALUE), "a value of the environment has its bound");
        let _ = (hello.env.frame_settings(), hello.env.decoder_settings(), hello.env.is_utf8());
        if let Wants::Command { words, .. } = hello.wants {
            run(words);
        }
    }
}
