//! A passport scanner is a keyboard that types two lines with an Enter behind each. It is known by what it types, not by
//! its speed; it is taken out of the keys before any field or command sees it, and its Enters submit nothing.

use super::key::Key;
use crate::identity::mrz;

/// Characters in the two lines of a passport.
const WHOLE: usize = 88;
/// Keys after which a scan that does not end is given up.
const MOST: usize = 120;

/// What became of a key.
#[derive(Clone, PartialEq, Eq)]
pub enum Caught {
    NotMine,
    /// A scan began: so many characters before the cursor belong to it.
    Begun {
        to_remove: usize,
    },
    /// The key belongs to the scan.
    More,
    /// The scan is whole.
    Whole(String),
    /// What began as a scan was none.
    Broken,
}

/// Watches the keys for a scan.
#[derive(Default)]
pub struct Scan {
    /// What has been caught so far; empty while none is going on.
    caught: String,
    /// The last characters typed where letters are commands.
    recent: String,
    has_just_ended: bool,
}

impl Scan {
    /// Takes a key, with the text of the field under the cursor (empty where letters are commands).
    pub fn press(&mut self, key: Key, typed: &str, is_open_to_scans: bool) -> Caught {
        if std::mem::take(&mut self.has_just_ended) && key == Key::Enter {
            return Caught::More;
        }
        if !self.caught.is_empty() {
            return self.more(key);
        }
        if !is_open_to_scans {
            return Caught::NotMine;
        }
        match key {
            Key::Char('<') => self.begin(typed),
            Key::Char(c) if typed.is_empty() => {
                self.recent = c.to_ascii_uppercase().to_string();
                Caught::NotMine
            }
            _ => {
                self.recent.clear();
                Caught::NotMine
            }
        }
    }

    fn begin(&mut self, typed: &str) -> Caught {
        let from_field = typed
            .char_indices()
            .filter(|(_, c)| c.eq_ignore_ascii_case(&'P'))
            .map(|(start, _)| format!("{}<", &typed[start..]))
            .find(|text| mrz::could_become_scan(text));
        let recent = format!("{}<", std::mem::take(&mut self.recent));
        let (text, to_remove) = match from_field {
            Some(text) => {
                let to_remove = text.chars().count() - 1;
                (text, to_remove)
            }
            None if typed.is_empty() && recent == "P<" => (recent, 0),
            None => return Caught::NotMine,
        };
        self.caught = text;
        Caught::Begun { to_remove }
    }

    fn more(&mut self, key: Key) -> Caught {
        match key {
            Key::Char(c) => self.caught.push(c),
            Key::Enter | Key::Tab => self.caught.push('\n'),
            _ => return self.give_up(),
        }
        let letters = self.caught.chars().filter(|c| !c.is_whitespace()).count();
        if letters == WHOLE {
            self.has_just_ended = true;
            return Caught::Whole(std::mem::take(&mut self.caught));
        }
        let lines = self.caught.matches('\n').count();
        if lines >= 2 || self.caught.len() > MOST || !mrz::could_become_scan(self.caught.lines().next().unwrap_or("")) {
            return self.give_up();
        }
        Caught::More
    }

    fn give_up(&mut self) -> Caught {
        self.caught.clear();
        Caught::Broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "P<IDNHARAHAP<<MEGA<<<<<<<<<<<<<<<<<<<<<<<<<<\nZ4714800<1IDN0610191F2701149<<<<<<<<<<<<<<<8\n";

    fn type_all(scan: &mut Scan, text: &str) -> Vec<Caught> {
        let key = |c| if c == '\n' { Key::Enter } else { Key::Char(c) };
        let mut field = String::new();
        text.chars()
            .map(|c| {
                let caught = scan.press(key(c), &field, true);
                if caught == Caught::NotMine {
                    field.push(c);
                }
                caught
            })
            .collect()
    }

    #[test]
    fn a_scan_is_taken_out_whole_and_its_last_enter_too() {
        for text in [LINES.to_owned(), LINES.to_lowercase(), LINES.replacen('\n', "", 1)] {
            let caught = type_all(&mut Scan::default(), &text);
            assert!(caught[1] == Caught::Begun { to_remove: 1 });
            let whole: Vec<_> = caught.iter().filter(|c| matches!(c, Caught::Whole(_))).collect();
            assert_eq!(whole.len(), 1);
            assert!(caught.last() == Some(&Caught::More));
        }
    }

    #[test]
    fn where_letters_are_commands_the_second_sign_begins_it() {
        let mut scan = Scan::default();
        assert!(scan.press(Key::Char('P'), "", true) == Caught::NotMine);
        assert!(scan.press(Key::Char('<'), "", true) == Caught::Begun { to_remove: 0 });
    }

    #[test]
    fn what_is_no_scan_is_given_back_to_the_keys() {
        let mut scan = Scan::default();
        assert!(scan.press(Key::Char('<'), "", true) == Caught::NotMine);
        let broken = type_all(&mut scan, "P<IDNX\n\n");
        assert!(broken.last() == Some(&Caught::Broken));
        assert!(scan.press(Key::Char('q'), "", true) == Caught::NotMine);
        assert!(scan.press(Key::Char('<'), "a < b", true) == Caught::NotMine);
    }
}
