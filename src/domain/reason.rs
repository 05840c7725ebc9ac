//! What a reason is: one rule for everything that opens, closes or destroys. Where a word is enough (a flag, a tier, what goes
//! to another office) `gate::reason` asks for that word.

use super::clean;

/// Characters of a reason at least, in two words or more: a name or a key typed ahead is hardly ever that.
pub const REASON_LEAST: usize = 10;
/// Characters of a reason at most.
pub const REASON_MOST: usize = 200;

/// A reason as it is kept, one cleaned line; `None` where it is too short to be one. Too long is cut by whoever asks for it.
pub fn sound_reason(typed: &str) -> Option<String> {
    let why = clean::line(typed, REASON_MOST).text;
    let is_said = why.chars().count() >= REASON_LEAST && why.split_whitespace().count() >= 2;
    is_said.then_some(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_two_words_of_ten_letters_together() {
        for short in ["", "saksi", "saksi kita", "rahasianegara", "  saksi \n  itu "] {
            let is_ten = short == "saksi kita";
            assert_eq!(sound_reason(short).is_some(), is_ten, "{short:?}");
        }
        assert_eq!(sound_reason("  saksi   dalam\tperkara ").as_deref(), Some("saksi dalam perkara"));
    }
}
