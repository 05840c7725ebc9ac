//! What the remarks of a manifest say, as far as words go: "Hamil 5 bln", "Sakit, perlu rujukan", "Pernah ditahan polisi".
//!
//! Hearsay only: it moves somebody up in the queue until somebody has looked, and never becomes a fact by itself.

use super::{Cause, Thresholds};

/// The causes that remarks name; a word after *tidak*, *tdk*, *bukan* or *tanpa* names none. Reads at most 200 characters.
pub(super) fn causes(remarks: &str, thresholds: &Thresholds) -> Vec<Cause> {
    let words: Vec<String> = remarks
        .chars()
        .take(200)
        .collect::<String>()
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut causes = Vec::new();
    for (phrase, cause) in &thresholds.hearsay {
        let Some(place) = find(&words, phrase) else { continue };
        let cause = if *cause == Cause::Pregnant && is_late(&words[place..], thresholds) {
            Cause::PregnantLate
        } else {
            *cause
        };
        causes.push(cause);
    }
    causes.sort_unstable();
    causes.dedup();
    causes
}

/// Where a phrase stands in the words, not denied.
fn find(words: &[String], phrase: &str) -> Option<usize> {
    let phrase: Vec<&str> = phrase.split_whitespace().collect();
    let is_denied = |place: usize| {
        place > 0
            && matches!(words[place - 1].as_str(), "tidak" | "tdk" | "tak" | "bukan" | "tanpa" | "belum" | "no" | "not")
    };
    let is_here =
        |place: usize| words[place..].iter().map(String::as_str).take(phrase.len()).eq(phrase.iter().copied());
    (0..words.len()).find(|&place| is_here(place) && !is_denied(place))
}

/// Whether the months or weeks after *hamil* reach the week from which a pregnancy is red.
fn is_late(words: &[String], thresholds: &Thresholds) -> bool {
    let number_and_unit = |word: &str| {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = word.split_at(digits);
        number.parse::<u16>().ok().map(|number| (number, unit.to_owned()))
    };
    let stated = words.iter().take(4).enumerate().find_map(|(place, word)| {
        let (number, unit) = number_and_unit(word)?;
        let unit = if unit.is_empty() { words.get(place + 1).cloned().unwrap_or_default() } else { unit };
        Some((number, unit))
    });
    let weeks = match stated {
        // A month of pregnancy is a little over four weeks: seven months are thirty weeks.
        Some((months, unit)) if unit.starts_with("bl") || unit.starts_with("bu") => u32::from(months) * 30 / 7,
        Some((weeks, unit)) if unit.starts_with("mg") || unit.starts_with("mi") => u32::from(weeks),
        Some(_) | None => 0,
    };
    weeks >= u32::from(thresholds.pregnant_red_weeks)
}

#[cfg(test)]
mod tests {
    use super::super::super::gate::Rules;
    use super::*;

    #[test]
    fn words_of_the_manifest_name_their_causes_and_denied_words_name_none() {
        let thresholds = Rules::built_in().triage;
        let table: &[(&str, &[Cause])] = &[
            ("", &[]),
            ("Hamil 5 bln", &[Cause::Pregnant]),
            ("hamil 7bln", &[Cause::PregnantLate]),
            ("Hamil 28 minggu", &[Cause::PregnantLate]),
            ("HAMIL", &[Cause::Pregnant]),
            ("tidak hamil", &[]),
            ("Sakit, perlu rujukan", &[Cause::NeedsHospital, Cause::Ill]),
            ("Tdk sakit", &[]),
            ("Luka tangan", &[Cause::Injured]),
            ("Pernah ditahan polisi", &[Cause::WasInCustody]),
            ("terluka hati", &[]),
            ("minta pulang cepat", &[]),
        ];
        for (remarks, expected) in table {
            assert_eq!(&causes(remarks, &thresholds), expected, "{remarks}");
        }
    }

    #[test]
    fn endless_or_broken_remarks_are_read_without_a_panic() {
        let thresholds = Rules::built_in().triage;
        causes(&"hamil 99999999999999999999 bln ".repeat(1000), &thresholds);
        causes("hamil 65535 bln 🤰 é", &thresholds);
    }
}
