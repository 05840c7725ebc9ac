//! Knowing a scan by its content, while it is still being typed; its speed says nothing over a bad line.

/// Characters after which a text that begins right is taken for a scan: `P<IDN`.
const ENOUGH: usize = 5;
const LINE: usize = super::LINE_LENGTH;
const BOTH_LINES: usize = 2 * LINE;

/// Says whether what has been typed so far is a scan: `P`, a letter or `<`, an issuer, and fillers nobody types by hand.
///
/// True from `P<IDN` on, or from the first `<<` when the second character is a letter; stays true as the buffer grows
/// into two lines, with or without Enter or Tab between.
pub fn looks_like_scan(text: &str) -> bool {
    let first: Vec<u8> = text.trim_start().bytes().take(LINE).collect();
    if first.len() < ENOUGH || !could_become_scan(text.trim_start()) {
        return false;
    }
    first[1] == b'<' || first.windows(2).any(|pair| pair == b"<<")
}

/// Says whether typing on could still make a scan of `prefix`; false as soon as it cannot, so that held-back keys can
/// go where they were meant. Upper and lower case are alike; an empty buffer could become anything.
pub fn could_become_scan(prefix: &str) -> bool {
    let mut position = 0;
    for byte in prefix.bytes().map(|byte| byte.to_ascii_uppercase()) {
        let is_break = matches!(byte, b'\r' | b'\n' | b'\t');
        if is_break && (position == 0 || position >= LINE) {
            continue;
        }
        let fits = match position {
            0 => byte == b'P',
            // Digits are let through in the name: a misread letter must not spill a scan into a form.
            1..LINE => byte.is_ascii_uppercase() || byte == b'<' || (position >= ENOUGH && byte.is_ascii_digit()),
            LINE..BOTH_LINES => byte.is_ascii_uppercase() || byte == b'<' || byte.is_ascii_digit(),
            _ => false,
        };
        if !fits {
            return false;
        }
        position += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCAN: &str = "P<IDNHARAHAP<<MEGA<<<<<<<<<<<<<<<<<<<<<<<<<<\nZ4714800<1IDN0610191F2701149<<<<<<<<<<<<<<<8\n";

    #[test]
    fn a_scan_is_known_from_its_first_characters_to_its_last() {
        for end in 0..=SCAN.len() {
            assert!(could_become_scan(&SCAN[..end]), "{end}");
            assert_eq!(looks_like_scan(&SCAN[..end]), end >= ENOUGH, "{end}");
        }
        assert!(looks_like_scan(&SCAN.to_lowercase()));
        assert!(looks_like_scan(&SCAN.replace('\n', "\t")));
        assert!(looks_like_scan(&SCAN.replace('\n', "")));
        assert!(looks_like_scan("PPIDNHARAHAP<<"));
        assert!(!looks_like_scan("PPIDNHARAHAP"));
    }

    #[test]
    fn what_people_type_is_no_scan() {
        for typed in ["PANGEMANAN REFLY", "Putri", "P. Wijaya", "p", "", "Siti<", "P1234567", "<<<", "7171085505989101"]
        {
            assert!(!looks_like_scan(typed), "{typed}");
        }
        for typed in ["PANGEMANAN ", "S", "P.", "P1", "PAN\n", "P-"] {
            assert!(!could_become_scan(typed), "{typed}");
        }
        assert!(!could_become_scan(&format!("{SCAN}x")));
    }
}
