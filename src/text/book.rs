//! One language's messages: the fragments of `assets/text`, parsed once, with everything that takes no argument ready made.

use super::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::HashMap;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

macro_rules! fragments {
    ($( $name:literal )*) => {
        /// The source of every fragment, Indonesian and English.
        const FRAGMENTS: &[[&str; 2]] = &[ $( [
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/text/id/", $name, ".ftl")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/text/en/", $name, ".ftl")),
        ], )* ];
    };
}

// A new file in both folders of `assets/text` is one line here.
fragments! {
    "words"
    "fields"
    "input"
    "identity"
    "time"
    "manifest"
    "faults"
    "query"
    "rules"
    "tables"
    "screens"
    "moving"
    "commands"
    "access"
    "between"
    "custody"
    "erasing"
    "compare"
    "cli"
    "backup"
    "trail"
    "staff"
    "outgoing"
    "counts"
    "doctor"
    "serve"
    "hall"
}

/// The messages of one language.
pub(super) struct Book {
    /// Texts without arguments, by `key` and `key.attribute`.
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

impl Book {
    pub(super) fn of(language: Language) -> &'static Self {
        static ID: LazyLock<Book> = LazyLock::new(|| Book::bind(Language::Id));
        static EN: LazyLock<Book> = LazyLock::new(|| Book::bind(Language::En));
        match language {
            Language::Id => &ID,
            Language::En => &EN,
        }
    }

    /// A fragment with an error loses that message only, and of a key given twice the first text stays: `tests/texts.rs`
    /// refuses both before they ship.
    fn bind(language: Language) -> Self {
        let locale: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        let mut book = Self { plain: HashMap::new(), bundle };
        for sources in FRAGMENTS {
            let source = sources[language as usize];
            let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
            let _ = book.bundle.add_resource(resource);
        }
        for key in FRAGMENTS.iter().flat_map(|sources| keys(sources[language as usize])) {
            if let Some(text) = book.constant(&key) {
                book.plain.insert(key, text);
            }
        }
        book
    }

    /// The text of a key that takes no arguments.
    pub(super) fn plain(&self, key: &str) -> Option<&str> {
        self.plain.get(key).map(String::as_str)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.plain.contains_key(key) || self.bundle.get_message(key).is_some_and(|message| message.value().is_some())
    }

    /// The text of a key with arguments; what is missing among them stands in braces.
    pub(super) fn format<V: AsRef<str>>(&self, key: &str, args: &[(&str, V)]) -> Option<String> {
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            filled.set(*name, argument(value.as_ref()));
        }
        self.written(key, Some(&filled)).map(|(text, _)| text)
    }

    fn constant(&self, key: &str) -> Option<String> {
        self.written(key, None).filter(|(_, is_whole)| *is_whole).map(|(text, _)| text)
    }

    /// The text, and whether nothing was missing in it.
    fn written(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<(String, bool)> {
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        Some((text, errors.is_empty()))
    }
}

/// A count becomes a number, so that plural forms can be chosen by it; everything else stays as it was written.
fn argument(value: &str) -> FluentValue<'_> {
    let is_count = matches!(value.len(), 1..=9)
        && value.bytes().all(|b| b.is_ascii_digit())
        && (value.len() == 1 || !value.starts_with('0'));
    match value.parse::<u32>() {
        Ok(count) if is_count => FluentValue::from(count),
        _ => FluentValue::from(value),
    }
}

/// The keys of a fragment: identifiers at the start of a line, and those of attributes below them.
fn keys(source: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut message = "";
    for line in source.lines() {
        let Some((id, _)) = line.split_once('=') else { continue };
        match id.trim_end().split_once('.') {
            Some((indent, attribute)) if indent.trim().is_empty() => keys.push(format!("{message}.{attribute}")),
            None if line.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                message = id.trim_end();
                keys.push(message.to_owned());
            }
            _ => {}
        }
    }
    keys
}
