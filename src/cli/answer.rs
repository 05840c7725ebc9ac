//! How a command ends: a sentence on standard error, and the exit code that scripts read.

use crate::app::notice::refusal_text;
use crate::domain::refusal::{Fault, Refusal};
use crate::text::{Language, Texts};
use std::process::ExitCode;

/// Why a command stopped.
#[derive(Debug)]
pub enum Stop {
    Refused(Refusal),
    Fault(Fault),
    /// A sentence of its own, such as of the arguments.
    Said(String),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The texts of the wanted language, else of the locale.
pub fn texts(lang: Option<&str>) -> Texts {
    let locale =
        || ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    let wanted = lang.map(str::to_owned).or_else(locale).unwrap_or_default();
    Texts::new(Language::from_locale(&wanted))
}

impl Stop {
    /// Says why on standard error, and gives the exit code.
    pub fn tell(self, lang: Option<&str>) -> ExitCode {
        let texts = texts(lang);
        match self {
            Self::Refused(refusal) => {
                eprintln!("pulang: {}", refusal_text(&refusal, &texts));
                ExitCode::from(1)
            }
            Self::Fault(fault) => {
                eprintln!("pulang: {} [{}]", texts.get(without_screen(fault.key)), fault.code);
                if !fault.detail.is_empty() {
                    eprintln!("        {}", fault.detail);
                }
                ExitCode::from(if fault.key == super::open::HELD { 3 } else { 4 })
            }
            Self::Said(sentence) => {
                eprintln!("pulang: {sentence}");
                ExitCode::from(2)
            }
        }
    }
}

/// The sentence of a fault where no form stands on a screen: what is not saved, and what can be done from a shell.
fn without_screen(key: &'static str) -> &'static str {
    match key {
        "fault-disk-full" => "cli-disk-full",
        "fault-disk-read-only" | "fault-disk-denied" => "cli-disk-read-only",
        "fault-disk-error" => "cli-disk-error",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_screen_nobody_is_told_of_a_form_on_it() {
        for lang in [Language::Id, Language::En] {
            let texts = Texts::new(lang);
            for key in ["fault-disk-full", "fault-disk-read-only", "fault-disk-denied", "fault-disk-error"] {
                let text = texts.get(without_screen(key)).to_lowercase();
                assert!(!text.contains("layar") && !text.contains("screen") && !text.contains("form "), "{text}");
            }
            assert!(texts.get("cli-disk-read-only").contains("--data"));
        }
    }
}
