//! An anchor as text: printed, kept as a file, or typed in again from paper. Every line ends in a check of its own, so that a
//! mistyped one is named before anything is compared. And the same as JSON.
//!
//! ```text
//! PULANG ANCHOR 1
//! at 2026-02-21T03:10:00Z #0b1f
//! journal 12345 2026-02-21T03:09:58Z #9d02
//! 0f3c9a1b 22334455 66778899 aabbccdd #77aa
//! …
//! ```

use super::{Anchor, Point};
use crate::records::journal::{Head, Seq, Sha};
use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use std::fmt::{self, Write};
use std::str::FromStr;

/// The words with which an anchor begins.
const HEAD: &str = "PULANG ANCHOR 1";
/// Anchors in one text at most: one a day for twenty years.
const MOST: usize = 8_000;
/// Letters of a line that are read at most.
const MOST_LINE: usize = 400;
/// Bytes of hexadecimal digits in a group, and groups in a line.
const GROUP: usize = 4;
const GROUPS: usize = 4;

/// What is wrong with a text of anchors: the line, from 1, and the text that says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub line: usize,
    pub key: &'static str,
}

impl Anchor {
    /// What is signed: every word before the signature, with one blank between.
    pub(super) fn words(&self) -> String {
        let lines: Vec<String> = self.lines();
        lines.join(" ").to_lowercase()
    }

    /// The lines before the signature, without their checks.
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![HEAD.to_owned(), format!("at {}", moment(self.at))];
        for (name, point) in [("journal", self.journal), ("trail", self.trail)] {
            lines.push(format!("{name} {} {}", point.head.seq, moment(point.at)));
            lines.extend(groups(&point.head.sha.0));
        }
        lines.push("key".to_owned());
        lines.extend(groups(&self.key.0));
        lines
    }

    /// The same for programs.
    pub fn json(&self) -> Json {
        let point = |point: Point| {
            let Point { head: Head { seq, sha }, at } = point;
            json!({"seq": seq.0, "at": moment(at), "sha": sha.to_string()})
        };
        let (journal, trail) = (point(self.journal), point(self.trail));
        let (key, sign) = (self.key.to_string(), digits(&self.sign));
        json!({"anchor": 1, "at": moment(self.at), "journal": journal, "trail": trail, "key": key, "sign": sign})
    }

    fn from_json(json: &Json) -> Option<Self> {
        let time = |json: &Json| json.as_str().and_then(|text| text.parse::<DateTime<Utc>>().ok());
        let point = |json: &Json| {
            let sha = Sha(bytes(json["sha"].as_str()?)?);
            Some(Point { head: Head { seq: Seq(json["seq"].as_u64()?), sha }, at: time(&json["at"])? })
        };
        let is_ours = json["anchor"].as_u64() == Some(1);
        is_ours.then_some(())?;
        Some(Self {
            at: time(&json["at"])?,
            journal: point(&json["journal"])?,
            trail: point(&json["trail"])?,
            key: Sha(bytes(json["key"].as_str()?)?),
            sign: bytes(json["sign"].as_str()?)?,
        })
    }

    /// Reads every anchor of a text: lines as they are printed, JSON one a line, and whatever else stands between them.
    ///
    /// # Errors
    /// The first line that is not what was printed, or that there is no anchor at all.
    pub fn read_all(text: &str) -> Result<Vec<Self>, Mistake> {
        let mut found = Vec::new();
        let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
        while let Some((at, line)) = lines.next() {
            if found.len() >= MOST {
                return Err(Mistake { line: at, key: "anchor-too-many" });
            }
            if line.starts_with('{') {
                let anchor = serde_json::from_str(line).ok().and_then(|json| Self::from_json(&json));
                found.push(anchor.ok_or(Mistake { line: at, key: "anchor-no-json" })?);
            } else if line.split_whitespace().map(str::to_uppercase).eq(HEAD.split(' ').map(str::to_owned)) {
                found.push(Reader { lines: &mut lines, last: at }.anchor()?);
            }
        }
        if found.is_empty() { Err(Mistake { line: 1, key: "anchor-none" }) } else { Ok(found) }
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = self.lines();
        lines.push("sign".to_owned());
        lines.extend(groups(&self.sign));
        for (at, line) in lines.iter().enumerate() {
            let indent =
                if line.starts_with(|c: char| c.is_ascii_hexdigit()) && !line.starts_with("at ") { "  " } else { "" };
            match at {
                0 => writeln!(f, "{line}")?,
                _ => writeln!(f, "{indent}{line} #{}", check(line))?,
            }
        }
        Ok(())
    }
}

/// What a line is checked by: four digits of the hash of its words.
fn check(line: &str) -> String {
    digits(&Sha::of(line.to_lowercase().as_bytes()).0[..2])
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Digits in lines that can be read out and typed.
fn groups(bytes: &[u8]) -> Vec<String> {
    let line = |line: &[u8]| line.chunks(GROUP).map(digits).collect::<Vec<_>>().join(" ");
    bytes.chunks(GROUP * GROUPS).map(line).collect()
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut all = [0; N];
    if text.len() != N * 2 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in all.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(all)
}

/// Reads the lines of one anchor behind its head.
struct Reader<'a, I> {
    lines: &'a mut I,
    last: usize,
}

impl<'t, I: Iterator<Item = (usize, &'t str)>> Reader<'_, I> {
    fn anchor(mut self) -> Result<Anchor, Mistake> {
        let at = self.named("at")?;
        let at = self.parsed(at.first())?;
        let (journal, trail) = (self.point("journal")?, self.point("trail")?);
        self.named("key")?;
        let key = Sha(self.digits()?);
        self.named("sign")?;
        Ok(Anchor { at, journal, trail, key, sign: self.digits()? })
    }

    fn point(&mut self, name: &str) -> Result<Point, Mistake> {
        let words = self.named(name)?;
        let (seq, at) = (self.parsed(words.first())?, self.parsed(words.get(1))?);
        Ok(Point { head: Head { seq: Seq(seq), sha: Sha(self.digits()?) }, at })
    }

    const fn mistake(&self, key: &'static str) -> Mistake {
        Mistake { line: self.last, key }
    }

    fn parsed<T: FromStr>(&self, word: Option<&String>) -> Result<T, Mistake> {
        word.and_then(|word| word.to_uppercase().parse().ok()).ok_or(self.mistake("anchor-mistyped"))
    }

    /// The words of the next line that is not empty, without its check, in small letters.
    fn words(&mut self) -> Result<Vec<String>, Mistake> {
        let Some((at, line)) = self.lines.find(|(_, line)| !line.is_empty()) else {
            return Err(Mistake { line: self.last + 1, key: "anchor-cut" });
        };
        self.last = at;
        if line.len() > MOST_LINE {
            return Err(self.mistake("anchor-mistyped"));
        }
        let mut words: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
        let told = words.pop().and_then(|word| word.strip_prefix('#').map(str::to_owned));
        if told.is_some_and(|told| told == check(&words.join(" "))) {
            return Ok(words);
        }
        Err(self.mistake("anchor-mistyped"))
    }

    fn named(&mut self, name: &str) -> Result<Vec<String>, Mistake> {
        let mut words = self.words()?;
        if words.first().is_none_or(|word| word != name) {
            return Err(self.mistake("anchor-out-of-order"));
        }
        words.remove(0);
        Ok(words)
    }

    fn digits<const N: usize>(&mut self) -> Result<[u8; N], Mistake> {
        let mut text = String::new();
        while text.len() < N * 2 {
            text.extend(self.words()?);
        }
        bytes(&text).ok_or(self.mistake("anchor-mistyped"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;
    use proptest::prelude::*;

    fn anchor(seq: u64) -> Anchor {
        let at = DateTime::from_timestamp(1_771_650_000, 123_456_789).unwrap();
        let point = |seq, byte| Point { head: Head { seq: Seq(seq), sha: Sha([byte; 32]) }, at };
        Anchor::new(at, point(seq, 0xa7), point(seq * 3, 0x0c), &SigningKey::from_bytes(&[9; 32]))
    }

    /// An anchor as the first release printed it: it must be read for as long as there is paper.
    const PRINTED: &str = include_str!("printed.txt");

    #[test]
    fn an_anchor_is_printed_as_it_always_was() {
        assert_eq!(anchor(12345).to_string(), PRINTED);
        assert!(anchor(12345).is_signed());
    }

    #[test]
    fn what_was_printed_is_read_again_however_it_was_typed() {
        let one = anchor(12345);
        let typed =
            format!("kertas 21 Februari\n\n{}\ntanda tangan: ...\n", PRINTED.to_uppercase().replace(' ', "   "));
        assert_eq!(Anchor::read_all(&typed).unwrap(), [one]);
        let both = format!("{PRINTED}\n{}\n{}", anchor(7), one.json());
        assert_eq!(Anchor::read_all(&both).unwrap(), [one, anchor(7), one]);
        assert!(PRINTED.lines().all(|line| line.len() <= 60), "fits any paper");
    }

    #[test]
    fn a_mistyped_line_is_named_and_so_is_one_that_is_missing() {
        for line in 1..PRINTED.lines().count() {
            let typed: Vec<String> =
                PRINTED
                    .lines()
                    .enumerate()
                    .map(|(at, text)| {
                        if at == line { text.replacen(['1', '2', 'a', 'y', 'n', 'c'], "8", 1) } else { text.to_owned() }
                    })
                    .collect();
            if typed[line] != PRINTED.lines().nth(line).unwrap() {
                let mistake = Anchor::read_all(&typed.join("\n")).unwrap_err();
                assert_eq!((mistake.line, mistake.key), (line + 1, "anchor-mistyped"));
            }
            let without: Vec<&str> =
                PRINTED.lines().enumerate().filter(|(at, _)| *at != line).map(|(_, text)| text).collect();
            assert!(Anchor::read_all(&without.join("\n")).is_err(), "line {line} gone");
        }
        assert_eq!(Anchor::read_all("").unwrap_err().key, "anchor-none");
        assert_eq!(Anchor::read_all("{\"anchor\":2}").unwrap_err().key, "anchor-no-json");
    }

    #[test]
    fn another_word_with_a_right_check_breaks_the_signature() {
        let other = PRINTED.replacen(
            &format!("journal 12345 2026-02-21T05:00:00Z #{}", check("journal 12345 2026-02-21t05:00:00z")),
            &format!("journal 12346 2026-02-21T05:00:00Z #{}", check("journal 12346 2026-02-21t05:00:00z")),
            1,
        );
        assert_ne!(other, PRINTED);
        assert!(!Anchor::read_all(&other).unwrap()[0].is_signed());
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "(PULANG ANCHOR 1\n)?[ a-z0-9#\n{}\":]{0,300}") {
            let _ = Anchor::read_all(&text);
        }
    }
}
