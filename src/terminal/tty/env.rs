//! What the environment says about the terminal, as a plain value: the thin client sends it, the session reads it.
//!
//! Lives here: `NO_COLOR`, `TERM`, `COLORTERM`, the locale, whether the line comes over SSH. Never here: the reading of
//! any other variable, and decisions of the screen.

use serde::{Deserialize, Serialize};

use crate::terminal::frame::FrameSettings;
use crate::terminal::input::DecoderSettings;
use crate::terminal::painter::{ColorDepth, PainterSettings};

/// Longer values are cut: no real one comes near, and they cross a socket.
const MAX_VALUE: usize = 64;

/// The operator's terminal by its environment variables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalEnv {
    /// `NO_COLOR` is set and not empty (no-color.org).
    pub is_color_refused: bool,
    /// `TERM`, at most 64 bytes.
    pub term: String,
    /// `COLORTERM`, at most 64 bytes.
    pub color_term: String,
    /// The locale of characters and language: the first set one of `LC_ALL`, `LC_CTYPE`, `LANG`; at most 64 bytes.
    pub locale: String,
    /// `SSH_CONNECTION` or `SSH_TTY` is set.
    pub is_over_ssh: bool,
}

impl TerminalEnv {
    /// Reads this process's environment.
    pub fn from_process() -> Self {
        Self::read(|name| std::env::var(name).ok())
    }

    /// Reads the variables that `of` knows.
    pub fn read(of: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| of(name).filter(|value| !value.is_empty());
        let value = |name: &str| set(name).unwrap_or_default();
        Self {
            is_color_refused: set("NO_COLOR").is_some(),
            term: value("TERM"),
            color_term: value("COLORTERM"),
            locale: ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).unwrap_or_default(),
            is_over_ssh: ["SSH_CONNECTION", "SSH_TTY"].into_iter().any(|name| set(name).is_some()),
        }
        .bounded()
    }

    /// Cuts values that are too long; for one that came from a peer.
    pub fn bounded(mut self) -> Self {
        for value in [&mut self.term, &mut self.color_term, &mut self.locale] {
            value.truncate(value.floor_char_boundary(MAX_VALUE));
        }
        self
    }

    /// Whether the terminal is set to UTF-8; without it faces keep to ASCII.
    pub fn is_utf8(&self) -> bool {
        let locale = self.locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    }

    /// The colours that the terminal may be given.
    pub fn color_depth(&self) -> ColorDepth {
        let has_none = matches!(self.term.as_str(), "" | "dumb" | "vt52" | "vt100" | "vt102" | "vt220" | "vt320");
        let has_none = has_none || self.term.ends_with("-mono") || self.term.ends_with("-m");
        if self.is_color_refused || has_none && self.color_term.is_empty() {
            ColorDepth::Mono
        } else {
            ColorDepth::Ansi16
        }
    }

    /// How frames are made for this terminal.
    pub fn frame_settings(&self) -> FrameSettings {
        FrameSettings {
            painter: PainterSettings { color: self.color_depth() },
            is_synchronized: true,
            is_answer_wanted: true,
        }
    }

    /// How this terminal's bytes are read.
    pub fn decoder_settings(&self) -> DecoderSettings {
        if self.is_over_ssh { DecoderSettings::OVER_SSH } else { DecoderSettings::LOCAL }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(variables: &[(&str, &str)]) -> TerminalEnv {
        TerminalEnv::read(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn colour_is_refused_by_no_color_and_by_terminals_without_any() {
        use ColorDepth::*;
        for (variables, depth) in [
            (&[("TERM", "xterm-256color")][..], Ansi16),
            (&[("TERM", "linux")], Ansi16),
            (&[("TERM", "xterm"), ("NO_COLOR", "1")], Mono),
            (&[("TERM", "xterm"), ("NO_COLOR", "")], Ansi16),
            (&[("TERM", "vt220")], Mono),
            (&[("TERM", "xterm-mono")], Mono),
            (&[("TERM", "dumb"), ("COLORTERM", "truecolor")], Ansi16),
            (&[], Mono),
        ] {
            assert_eq!(env(variables).color_depth(), depth, "{variables:?}");
        }
    }

    #[test]
    fn the_locale_follows_the_order_of_posix() {
        for (variables, locale, is_utf8) in [
            (&[("LC_ALL", "C"), ("LANG", "id_ID.UTF-8")][..], "C", false),
            (&[("LC_ALL", ""), ("LC_CTYPE", "id_ID.utf8"), ("LANG", "C")], "id_ID.utf8", true),
            (&[("LANG", "en_GB.UTF-8")], "en_GB.UTF-8", true),
            (&[], "", false),
        ] {
            let env = env(variables);
            assert_eq!((env.locale.as_str(), env.is_utf8()), (locale, is_utf8), "{variables:?}");
        }
    }

    #[test]
    fn an_escape_waits_longer_over_ssh() {
        assert_eq!(env(&[]).decoder_settings(), DecoderSettings::LOCAL);
        assert_eq!(env(&[("SSH_CONNECTION", "a 1 b 2")]).decoder_settings(), DecoderSettings::OVER_SSH);
    }

    #[test]
    fn values_are_bounded_at_a_character() {
        let long = "é".repeat(100);
        assert_eq!(env(&[("TERM", &long)]).term.len(), 64);
    }
}
