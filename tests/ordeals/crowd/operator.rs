//! Somebody at a terminal: what they do next is thrown by the dice, what the screen says of it they remember. Every word that
//! they save is used once, so that the journal can be asked for it afterwards.

use super::terminal::{PATIENCE, Terminal, USUAL};
use crate::dice::Dice;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const BACK: &str = "Tersambung kembali";
const CHANGED: &str = "Orang lain sudah mengubah";
const TAKEN: &str = "sudah dipakai orang lain";
const SIZES: [(u16, u16); 4] = [(48, 160), (16, 60), (9, 38), (30, 100)];
/// How long a form is left alone before it counts as kept: more than a draft waits for.
const KEPT: Duration = Duration::from_millis(1_500);
/// How long the terminal before may go on showing a form that a new one asks for.
const STAYS: Duration = Duration::from_secs(3);

/// What became of a word, as far as the screen said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The screen said that it is saved.
    Saved,
    /// It stood long enough in a form to be kept, and nothing was said of it since.
    Kept,
    /// Typed, and nothing was said.
    Open,
}

pub struct Operator {
    nth: usize,
    pub login: String,
    dir: PathBuf,
    pub terminal: Terminal,
    dice: Dice,
    is_alone: bool,
    words: usize,
    /// Every word that was typed.
    pub told: Vec<(String, Outcome)>,
    /// How each form that was left came back, for whoever has to find out why a word of it is missing.
    pub seen: BTreeMap<String, String>,
    pub moves_tried: u64,
    pub moves_said: u64,
    pub returns: u64,
    pub taken_over: u64,
    pub slowest: Duration,
    pub answers: Vec<Duration>,
}

impl Operator {
    pub fn sits_down(dir: PathBuf, nth: usize, login: String, (is_second, is_alone): (bool, bool), seed: u64) -> Self {
        let terminal = Terminal::attached(&dir, &login, is_second);
        let dice = Dice::new(seed ^ (nth as u64 + 1).wrapping_mul(0x9E37_79B9));
        let (told, seen, answers) = (Vec::new(), BTreeMap::new(), Vec::new());
        let (words, [moves_tried, moves_said, returns, taken_over]) = (0, [0; 4]);
        let slowest = Duration::ZERO;
        Self {
            nth,
            login,
            dir,
            terminal,
            dice,
            is_alone,
            words,
            told,
            seen,
            moves_tried,
            moves_said,
            returns,
            taken_over,
            slowest,
            answers,
        }
    }

    /// A word of letters that nobody else writes, and nobody twice.
    fn word(&mut self) -> String {
        let letter = |n: usize| (b'A' + (n % 26) as u8) as char;
        self.words += 1;
        let n = self.words;
        ["QX".into(), letter(self.nth).to_string(), letter(n / 676).into(), letter(n / 26).into(), letter(n).into()]
            .concat()
    }

    /// Attaches again, whatever ended the last terminal.
    fn comes_again(&mut self) {
        let said = self.terminal.text();
        let was_taken = said.contains("dilanjutkan di terminal lain");
        self.taken_over += u64::from(was_taken);
        self.returns += 1;
        self.terminal = Terminal::attached(&self.dir, &self.login, was_taken);
    }

    /// Back to the list, from wherever this is.
    pub fn home(&mut self) {
        let since = Instant::now();
        loop {
            if self.terminal.has_ended() {
                self.comes_again();
            }
            let is_home = |terminal: &Terminal| terminal.is_in("DAFTAR") && !terminal.text().contains(BACK);
            if self.terminal.waits(Duration::from_millis(120), is_home) {
                break;
            }
            self.terminal.types(b"\x1b");
            self.terminal.settles(Duration::from_millis(80));
            assert!(since.elapsed() < PATIENCE, "{} does not get home:\n{}", self.login, self.terminal.text());
        }
        self.slowest = self.slowest.max(since.elapsed());
    }

    /// One of the things that people do all night.
    pub fn acts(&mut self) {
        self.home();
        let downs = self.dice.below(12);
        self.terminal.types("j".repeat(downs).as_bytes());
        match self.dice.below(20) {
            0..=3 => self.takes_in(),
            4..=6 => self.saves(b"e", b"\x15", "Tersimpan."),
            7..=9 => self.saves(b"m", b"", "Catatan tersimpan."),
            10 | 11 => self.moves(),
            12 => self.searches(),
            13 => self.resizes(),
            14 => self.terminal.types(b"\x1b[200~q\x1b[0nSITI\nq\x1b[201~"),
            15 => self.leaves_a_form(),
            16 => self.terminal.types(b"\r]]["),
            17 => self.terminal.types(b"  j -\x1b[6~\x1b[5~<"),
            18 => self.terminal.types(b"h\x1b[B\x1b[B"),
            _ => self.terminal.types(b"\x1b[B\x1b[B\x1b[B>kkk?"),
        }
        if !self.terminal.has_ended() {
            let answer = self.terminal.answers();
            self.answers.push(answer);
        }
    }

    fn moves(&mut self) {
        self.terminal.types(b"t");
        if self.terminal.waits(Duration::from_secs(5), |terminal| terminal.is_in("PINDAH")) {
            let letter = *self.dice.pick(b"vvvsgu");
            self.moves_tried += 1;
            self.terminal.types(&[letter, b'\r']);
            self.moves_said += u64::from(
                self.terminal.waits(Duration::from_secs(1), |terminal| terminal.text().contains("orang pindah ke")),
            );
        }
    }

    fn searches(&mut self) {
        let what = *self.dice.pick::<&str>(&["rekaan", "tingkat:1", "umur<18", "orang 7", "(((", "zz"]);
        self.terminal.types(format!("/\x15{what}\r").as_bytes());
        self.terminal.settles(Duration::from_millis(50));
        self.terminal.types(b"jj\\");
    }

    fn resizes(&mut self) {
        for _ in 0..1 + self.dice.below(4) {
            let to = *self.dice.pick(&SIZES);
            self.terminal.resizes(to);
            if self.dice.one_in(2) {
                self.terminal.types(b"jk");
            }
        }
        self.terminal.resizes(USUAL);
    }

    fn takes_in(&mut self) {
        self.saves(b"n", b"\t", "Tersimpan: kasus");
    }

    /// Opens a form, types a word into it and sees it there.
    fn types_a_word(&mut self, opening: &[u8], before: &[u8]) -> Option<usize> {
        self.terminal.types(opening);
        if !self.terminal.waits(Duration::from_secs(10), |terminal| terminal.is_in("ISIAN")) {
            return None;
        }
        let word = self.word();
        self.terminal.types(&[before, b"REKAAN ", word.as_bytes()].concat());
        let is_there = |terminal: &Terminal| terminal.text().contains(&word) && !terminal.text().contains("ersimpan");
        self.told.push((word.clone(), Outcome::Open));
        self.terminal.waits(Duration::from_secs(10), is_there).then(|| self.told.len() - 1)
    }

    fn saves(&mut self, opening: &[u8], before: &[u8], said: &str) {
        if let Some(at) = self.types_a_word(opening, before) {
            self.saves_word(at, said);
        }
    }

    /// Saves the form that a word stands in; over a daemon that goes meanwhile it is saved again.
    fn saves_word(&mut self, at: usize, said: &str) {
        let word = self.told[at].0.clone();
        for _ in 0..4 {
            self.terminal.types(b"\x13");
            let is_over = |terminal: &Terminal| {
                let text = terminal.text();
                [said, BACK, CHANGED, TAKEN, "belum tersimpan"].iter().any(|words| text.contains(words))
            };
            self.terminal.waits(Duration::from_secs(20), is_over);
            let text = self.terminal.text();
            if text.contains(BACK) {
                self.terminal.types(b"\x1b");
                self.terminal.settles(Duration::from_millis(200));
                if !self.terminal.text().contains(&word) || !self.terminal.is_in("ISIAN") {
                    return;
                }
            } else if text.contains(TAKEN) && !text.contains(said) {
                // The number is another's, and the cursor stands on it; who was saved with the next free one reads of both.
                self.terminal.types(format!("\x15{}", (self.nth + 1) * 10_000 + at).as_bytes());
            } else if text.contains(CHANGED) {
                self.terminal.types(b"\r");
                self.terminal.waits(Duration::from_secs(10), |terminal| terminal.text().contains("Diputuskan"));
            } else if text.contains(said) {
                self.told[at].1 = Outcome::Saved;
                return;
            }
        }
    }

    /// Leaves the terminal in the middle of a form; whoever comes back finds it.
    fn leaves_a_form(&mut self) {
        let Some(at) = self.types_a_word(b"n", b"\t") else { return };
        let word = self.told[at].0.clone();
        let since = Instant::now();
        while since.elapsed() < KEPT {
            self.terminal.takes();
            if self.terminal.has_ended() || !self.terminal.text().contains(&word) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        if self.terminal.text().contains("menyambung lagi") {
            return;
        }
        self.told[at].1 = Outcome::Kept;
        let has_hung_up = self.dice.one_in(2);
        if has_hung_up {
            self.terminal.hangs_up();
        }
        let new = Terminal::attached(&self.dir, &self.login, false);
        let mut old = std::mem::replace(&mut self.terminal, new);
        self.returns += 1;
        // Whoever has a second terminal may get the screen of that one, and finds the form among the drafts.
        let most = if self.is_alone { PATIENCE } else { Duration::from_secs(5) };
        let since = Instant::now();
        let (mut is_there, mut stayed) = (false, false);
        while !is_there && !stayed && since.elapsed() < most && !self.terminal.has_ended() {
            is_there = self.terminal.waits(STAYS, |terminal| terminal.text().contains(&word));
            old.takes();
            // A daemon that was killed just now gives the form back to the terminal that had it, which was not given up.
            let is_inside = self.terminal.is_in("DAFTAR") || self.terminal.is_in("PILIH");
            stayed = is_inside && !has_hung_up && !old.has_ended() && old.text().contains(&word);
        }
        let was_taken = self.terminal.text().contains("dilanjutkan di terminal lain");
        assert!(
            is_there || stayed || !self.is_alone || was_taken,
            "{word} did not come back ({has_hung_up}):\n{}\n\nwhere it was\n{}",
            self.terminal.text(),
            old.text()
        );
        let seen = format!("hung up {has_hung_up}, there {is_there}, stayed {stayed}\n{}", self.terminal.text());
        self.seen.insert(word.clone(), seen);
        if self.terminal.is_in("ISIAN") && is_there && !self.terminal.text().contains(BACK) {
            self.saves_word(at, "Tersimpan: kasus");
        }
    }

    /// Leaves for good.
    pub fn goes(&mut self) {
        let since = Instant::now();
        while !self.terminal.has_ended() {
            self.home();
            self.terminal.types(b"q");
            self.terminal.waits(Duration::from_secs(5), |_| false);
            assert!(since.elapsed() < PATIENCE, "{} does not end:\n{}", self.login, self.terminal.text());
        }
    }
}
