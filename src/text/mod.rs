//! Texts: everything that an operator reads, in Indonesian and English, from `assets/text` by key.
//!
//! Compiled in; ground that every room may stand on. No text with words for an operator lives anywhere else, and nothing
//! here knows what a case is.

mod book;
mod clock;

use book::Book;
use std::borrow::Cow;

/// A language of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    Id,
    En,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    /// `id` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// The one that is not this one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Id => Self::En,
            Self::En => Self::Id,
        }
    }

    /// The language of a locale such as `en_GB.UTF-8`; Indonesian for every other, and for none.
    pub fn from_locale(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("en") { Self::En } else { Self::Id }
    }
}

/// The texts of one language. A session holds one by value and replaces it to switch.
#[derive(Clone, Copy)]
pub struct Texts {
    language: Language,
    book: &'static Book,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Texts({})", self.language.code())
    }
}

impl Texts {
    /// The texts of a language; parsed once in the life of the process.
    pub fn new(language: Language) -> Self {
        Self { language, book: Book::of(language) }
    }

    /// Whether these are the Indonesian texts.
    pub const fn is_indonesian(self) -> bool {
        matches!(self.language, Language::Id)
    }

    pub const fn language(self) -> Language {
        self.language
    }

    /// The text of a key, borrowed when it takes no arguments; the key itself when there is none. `key.hint` names an
    /// attribute.
    pub fn get(self, key: &str) -> Cow<'_, str> {
        match self.book.plain(key) {
            Some(text) => Cow::Borrowed(text),
            None => self.book.format(key, &[] as &[(&str, &str)]).map_or(Cow::Borrowed(key), Cow::Owned),
        }
    }

    /// The text of a key with its arguments filled in; the key itself when there is none.
    ///
    /// A value of up to nine digits without leading zeros counts as a number where the text chooses by it.
    pub fn with<V: AsRef<str>>(self, key: &str, args: &[(&str, V)]) -> String {
        self.book.format(key, args).unwrap_or_else(|| key.to_owned())
    }

    /// Whether there is a text of this key.
    pub fn has(self, key: &str) -> bool {
        self.book.has(key)
    }

    /// The hint of a key: an example of what may be typed.
    pub fn hint(self, key: &str) -> Option<&'static str> {
        self.book.plain(&format!("{key}.hint"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_chooses_english_only_when_it_says_so() {
        for (locale, language) in [
            ("en_GB.UTF-8", Language::En),
            ("EN", Language::En),
            ("id_ID.UTF-8", Language::Id),
            ("C", Language::Id),
            ("", Language::Id),
            ("eno", Language::Id),
            ("en@euro", Language::En),
        ] {
            assert_eq!(Language::from_locale(locale), language, "{locale}");
        }
    }

    #[test]
    fn a_missing_key_is_its_own_text_and_a_missing_argument_never_panics() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            assert_eq!(texts.get("no-such-key"), "no-such-key");
            assert_eq!(texts.with("no-such-key", &[("a", "b")]), "no-such-key");
            assert_eq!(texts.with("no such key\u{0}{", &[("", "")]), "no such key\u{0}{");
            assert!(!texts.has("no-such-key") && texts.hint("no-such-key").is_none());
            assert!(!texts.get("date-in-future").is_empty());
        }
    }

    #[test]
    fn arguments_stand_in_the_text_as_they_were_given() {
        let texts = Texts::new(Language::Id);
        let text = texts.with("date-in-future", &[("date", "00123 {x}")]);
        assert!(text.contains("00123 {x}"), "{text}");
        assert!(!text.contains('\u{2068}'), "isolation marks take cells in some terminals: {text:?}");
    }

    #[test]
    fn a_plain_text_is_borrowed_and_a_hint_is_an_attribute() {
        let texts = Texts::new(Language::En);
        assert!(matches!(texts.get("sex-l"), Cow::Borrowed("Male")));
        assert_eq!(texts.hint("field-birth").map(Cow::Borrowed), Some(texts.get("field-birth.hint")));
    }
}
