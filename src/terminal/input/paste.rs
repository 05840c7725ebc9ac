//! A bracketed paste on its way in: bounded, and cleaned when it is complete.
//!
//! Lives here: the bytes between `CSI 200~` and `CSI 201~`. Never here: what a paste means.

use super::keys::is_printable;

/// What a paste may hold, in bytes; a manifest of 1,000 people is about 150 KiB.
pub const MAX_PASTE: usize = 256 * 1024;

const END: &[u8] = b"\x1b[201~";

/// The text of the paste under way.
#[derive(Default)]
pub(super) struct Paste {
    bytes: Vec<u8>,
    /// How many bytes of the end marker have come.
    matched: usize,
    is_cut: bool,
}

impl Paste {
    /// Takes one byte; says whether it completed the end marker.
    pub fn push(&mut self, byte: u8) -> bool {
        if byte == END[self.matched] {
            self.matched += 1;
            return self.matched == END.len();
        }
        let matched = std::mem::take(&mut self.matched);
        self.keep(&END[..matched]);
        if byte == END[0] {
            self.matched = 1;
        } else {
            self.keep(&[byte]);
        }
        false
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = MAX_PASTE - self.bytes.len();
        self.is_cut |= bytes.len() > room;
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    #[cfg(test)]
    pub fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    /// Ends the paste: its cleaned text, and whether its end was cut off.
    pub fn take(&mut self) -> (String, bool) {
        self.matched = 0;
        (cleaned(&std::mem::take(&mut self.bytes)), std::mem::take(&mut self.is_cut))
    }
}

/// Text without what is not text: bad UTF-8, controls and direction overrides go; CRLF and CR become LF; tabs stay,
/// because spreadsheets paste columns with them.
fn cleaned(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut was_cr = false;
    for c in bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars()) {
        match c {
            '\n' if was_cr => {}
            '\n' | '\r' => text.push('\n'),
            '\t' => text.push('\t'),
            c if is_printable(c) => text.push(c),
            _ => {}
        }
        was_cr = c == '\r';
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_is_cleaned() {
        for (bytes, text) in [
            (&b"Siti\r\nAni\rBudi\n"[..], "Siti\nAni\nBudi\n"),
            (b"a\tb\x00\x07\x1b[31mc\x7f", "a\tb[31mc"),
            ("\u{202e}abc\u{2066}\u{85}".as_bytes(), "abc"),
            (b"x\xff\xc3y", "xy"),
            ("N\u{303}ame \u{4e16}".as_bytes(), "N\u{303}ame \u{4e16}"),
        ] {
            assert_eq!(cleaned(bytes), text);
        }
    }

    #[test]
    fn the_end_is_found_after_a_false_start() {
        let mut paste = Paste::default();
        let ended: Vec<bool> = b"a\x1b[201\x1b\x1b[201~".iter().map(|byte| paste.push(*byte)).collect();
        assert_eq!(ended.iter().filter(|ended| **ended).count(), 1);
        assert_eq!(ended.last(), Some(&true));
        assert_eq!(paste.take(), ("a[201".to_owned(), false));
    }

    #[test]
    fn a_paste_that_is_too_long_is_cut_and_says_so() {
        let mut paste = Paste::default();
        for _ in 0..MAX_PASTE + 1 {
            paste.push(b'x');
        }
        let (text, is_cut) = paste.take();
        assert_eq!((text.len(), is_cut), (MAX_PASTE, true));
        assert_eq!(paste.take(), (String::new(), false));
    }
}
