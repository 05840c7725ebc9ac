//! Help and mistakes in the arguments, in the language of the operator: the texts are in `cli.ftl`, by command and argument.

use super::Args;
use crate::text::Texts;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, Error};
use std::borrow::Cow;
use std::ffi::{OsStr, OsString};

/// The language that the arguments ask for, before anything else of them is understood.
pub fn lang_of(args: &[OsString]) -> Option<String> {
    let words: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let after = words.iter().position(|word| *word == "--lang").and_then(|at| words.get(at + 1)).copied();
    words.iter().find_map(|word| word.strip_prefix("--lang=")).or(after).map(str::to_owned)
}

/// Whether the arguments ask for JSON.
pub fn is_json(args: &[OsString]) -> bool {
    args.iter().any(|arg| arg == OsStr::new("--json"))
}

/// The commands and arguments with what they say of themselves in this language.
pub fn command(texts: &Texts) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let root = Args::command().disable_help_flag(true).disable_version_flag(true).disable_help_subcommand(true);
    told(root.arg(help).arg(version), "cli", texts)
}

/// One command in this language: what it does, its arguments, its own commands, and the heads of its help.
fn told(command: Command, key: &str, texts: &Texts) -> Command {
    let head = |key: &str| texts.get(key).into_owned();
    let template =
        format!("{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}", texts.get("cli-head-usage"));
    let after = if key == "cli" { head("cli-signs") } else { String::new() };
    command
        .about(head(key))
        .long_about(None::<&str>)
        .help_template(template)
        .subcommand_help_heading(heading("cli-head-commands", texts))
        .subcommand_value_name(heading("cli-usage-command", texts))
        .after_help(after)
        .mut_args(|arg| {
            let part = if arg.is_positional() { "cli-head-arguments" } else { "cli-head-options" };
            let help = head(&arg_key(key, arg.get_id().as_str()));
            let arg = valued(arg.help(help).long_help(None::<&str>).help_heading(heading(part, texts)), texts);
            match arg.get_action().takes_values() {
                true => arg.hide_possible_values(true).hide_default_value(true),
                false => arg,
            }
        })
        .mut_subcommands(|sub| {
            let key = format!("{key}-{}", sub.get_name());
            told(sub.disable_help_flag(true).disable_help_subcommand(true), &key, texts)
        })
}

/// What stands for the value of an argument, in capitals, and the key of its word.
const VALUES: [(&str, &str); 37] = [
    ("ACT", "cli-value-act"),
    ("CASES", "cli-value-cases"),
    ("CODE", "cli-value-code"),
    ("CODES", "cli-value-codes"),
    ("COLUMNS", "cli-value-columns"),
    ("COUNTRY", "cli-value-country"),
    ("DATE", "cli-value-date"),
    ("DAY", "cli-value-day"),
    ("DIR", "cli-value-dir"),
    ("ENTRIES", "cli-value-entries"),
    ("FILE", "cli-value-file"),
    ("FORMAT", "cli-value-format"),
    ("INTO", "cli-value-into"),
    ("KIND", "cli-value-kind"),
    ("LANG", "cli-value-lang"),
    ("LIMIT", "cli-value-limit"),
    ("MINUTES", "cli-value-minutes"),
    ("NAME", "cli-value-name"),
    ("NUMBER", "cli-value-number"),
    ("NUMBERS", "cli-value-numbers"),
    ("OFFICE", "cli-value-office"),
    ("PAPER", "cli-value-paper"),
    ("PARENT", "cli-value-parent"),
    ("PATH", "cli-value-path"),
    ("QUERY", "cli-value-query"),
    ("RECIPIENT", "cli-value-recipient"),
    ("REGION", "cli-value-region"),
    ("ROLES", "cli-value-roles"),
    ("SEED", "cli-value-seed"),
    ("SET", "cli-value-set"),
    ("SHELL", "cli-value-shell"),
    ("TEXT", "cli-value-text"),
    ("WHEN", "cli-value-when"),
    ("WHEN_IDLE", "cli-value-when-idle"),
    ("WHICH", "cli-value-which"),
    ("WHO", "cli-value-who"),
    ("ZONE", "cli-value-zone"),
];

/// An argument whose value is called in this language; what has no word of its own (`UID`) keeps its name.
fn valued(arg: Arg, texts: &Texts) -> Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    let named = arg.get_value_names().and_then(|names| names.first()).map(|name| name.to_uppercase());
    let named = named.unwrap_or_else(|| arg.get_id().as_str().to_uppercase());
    match VALUES.iter().find(|(name, _)| *name == named) {
        Some((_, key)) => arg.value_name(heading(key, texts)),
        None => arg,
    }
}

/// The key of what an argument says; those of the program itself stand apart from the commands.
fn arg_key(command: &str, arg: &str) -> String {
    let of = if command == "cli" { "cli-arg" } else { command };
    format!("{of}-{arg}")
}

/// A head of the help; the texts live as long as the program.
fn heading(key: &'static str, texts: &Texts) -> &'static str {
    match texts.get(key) {
        Cow::Borrowed(text) => text,
        Cow::Owned(_) => key,
    }
}

/// Help and version as clap tells them, with the word of the usage that it has in English only in this language.
pub fn told_in(error: &Error, texts: &Texts) -> String {
    error.render().to_string().replace("[OPTIONS]", &texts.get("cli-usage-options"))
}

/// What is wrong with the arguments, in one sentence, and where help is.
pub fn mistake(error: &Error, texts: &Texts) -> String {
    let told = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let key = match error.kind() {
        ErrorKind::InvalidSubcommand => "cli-mistake-command",
        ErrorKind::UnknownArgument => "cli-mistake-option",
        ErrorKind::InvalidValue if told(ContextKind::InvalidValue).is_empty() => "cli-mistake-no-value",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "cli-mistake-value",
        ErrorKind::MissingRequiredArgument => "cli-mistake-missing",
        ErrorKind::ArgumentConflict => "cli-mistake-conflict",
        _ => "cli-mistake-other",
    };
    let arg = match error.kind() {
        ErrorKind::InvalidSubcommand => told(ContextKind::InvalidSubcommand),
        _ => told(ContextKind::InvalidArg),
    };
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg].map(told).concat();
    let near = if near.is_empty() { "none".to_owned() } else { near };
    let words = [
        ("arg", arg),
        ("value", told(ContextKind::InvalidValue)),
        ("other", told(ContextKind::PriorArg)),
        ("nearest", near),
    ];
    format!("{} {}", texts.with(key, &words), texts.get("cli-mistake-help"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    /// Every command and argument with its key.
    fn keys(command: &Command, key: &str) -> Vec<String> {
        let own = command.get_arguments().map(|arg| arg_key(key, arg.get_id().as_str()));
        let below = command.get_subcommands().flat_map(|sub| keys(sub, &format!("{key}-{}", sub.get_name())));
        std::iter::once(key.to_owned()).chain(own).chain(below).collect()
    }

    #[test]
    fn every_command_and_argument_says_what_it_is_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let keys = keys(&command(&texts), "cli");
            assert!(keys.len() > 25, "{keys:?}");
            let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
            assert_eq!(distinct.len(), keys.len(), "two of them would say the same: {keys:?}");
            let silent: Vec<_> = keys.iter().filter(|key| !texts.has(key)).collect();
            assert!(silent.is_empty(), "{silent:?}");
        }
    }

    #[test]
    fn a_mistake_is_told_in_the_language_with_what_was_meant() {
        let told = |language, args: &[&str]| {
            let texts = Texts::new(language);
            let error = command(&texts).try_get_matches_from(args).expect_err("refused");
            mistake(&error, &texts)
        };
        assert!(told(Language::Id, &["pulang", "lsit"]).contains("Maksudnya list?"));
        assert!(told(Language::En, &["pulang", "lsit"]).contains("Did you mean list?"));
        assert!(told(Language::Id, &["pulang", "--no-such"]).contains("--no-such"));
        assert!(told(Language::Id, &["pulang", "practice", "--cases", "0"]).contains("\"0\""));
        assert!(told(Language::Id, &["pulang", "show"]).contains("NOMOR"));
        assert!(told(Language::En, &["pulang", "show"]).contains("NUMBER"));
        assert!(told(Language::Id, &["pulang", "gates", "--use", "a", "--back"]).contains("--back"));
        assert!(told(Language::Id, &["pulang", "--lang", "fr"]).contains("fr"));
        assert!(told(Language::Id, &["pulang", "list", "--limit"]).contains("--limit"));
    }

    #[test]
    fn what_stands_for_a_value_is_called_in_the_language() {
        fn values(command: &Command) -> Vec<String> {
            let taking = command.get_arguments().filter(|arg| arg.get_action().takes_values());
            let own = taking.map(|arg| match arg.get_value_names().and_then(|names| names.first()) {
                Some(name) => name.to_string(),
                None => arg.get_id().as_str().to_uppercase(),
            });
            own.chain(command.get_subcommands().flat_map(values)).collect()
        }
        let (id, en) = (Texts::new(Language::Id), Texts::new(Language::En));
        let english: std::collections::BTreeSet<String> = values(&command(&en)).into_iter().collect();
        // The same word in both languages, or an abbreviation of the machine.
        let shared = ["FORMAT", "SHELL", "UID", "LOGIN", "FLIGHT"];
        let same = values(&command(&id)).into_iter().filter(|name| english.contains(name));
        let same: Vec<String> = same.filter(|name| !shared.contains(&name.as_str())).collect();
        assert!(same.is_empty(), "{same:?}");
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are() {
        let args = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(lang_of(&args(&["pulang", "--lang", "en", "--help"])).as_deref(), Some("en"));
        assert_eq!(lang_of(&args(&["pulang", "--help", "--lang=id"])).as_deref(), Some("id"));
        assert_eq!(lang_of(&args(&["pulang", "--lang"])), None);
    }
}
