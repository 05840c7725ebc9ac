//! The message line: one sentence, neutral enough for a shared screen, that stays until the next key that says something else.

use crate::desk::{Alarm, BadWhat, Places};
use crate::domain::refusal::{Fault, Refusal};
use crate::text::Texts;

/// How a message is meant; shown by a word or sign as well as by colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something to know.
    Info,
    /// Something was refused or failed.
    No,
}

/// One sentence for the operator.
#[derive(Clone, PartialEq, Eq)]
pub struct Notice {
    pub tone: Tone,
    pub text: String,
}

/// Shows the tone, never the sentence.
impl std::fmt::Debug for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Notice({:?})", self.tone)
    }
}

impl Notice {
    pub fn done(text: impl Into<String>) -> Self {
        Self { tone: Tone::Done, text: text.into() }
    }

    pub fn info(text: impl Into<String>) -> Self {
        Self { tone: Tone::Info, text: text.into() }
    }

    pub fn no(text: impl Into<String>) -> Self {
        Self { tone: Tone::No, text: text.into() }
    }

    /// The sentence of a refusal.
    pub fn refusal(refusal: &Refusal, texts: &Texts) -> Self {
        Self::no(refusal_text(refusal, texts))
    }

    /// The sentence of a fault, with its code in brackets for whoever keeps the machine.
    pub fn fault(fault: &Fault, texts: &Texts) -> Self {
        Self::no(format!("{} [{}]", fault_text(fault, fault.key, texts), fault.code))
    }
}

/// The sentence of a fault, by its own key or one that says the same elsewhere: a place that somebody named, and what failed
/// there, is told.
pub fn fault_text(fault: &Fault, key: &str, texts: &Texts) -> String {
    let detail = if fault.detail.is_empty() { "–" } else { &fault.detail };
    texts.with(key, &[("detail", detail)])
}

/// What is wrong with the data and what to do, in one line of 76 cells.
pub fn alarm_text(alarm: Alarm, texts: &Texts) -> String {
    let counted = |key: &str, count: u64| texts.with(key, &[("count", &count.to_string())]);
    let placed = |places: Places, key: &str, key_at: &str| match places.first {
        Some(bad) => texts.with(key_at, &[("count", &places.count.to_string()), ("seq", &bad.seq.to_string())]),
        None => counted(key, places.count),
    };
    match alarm {
        Alarm::Disk("D01") => texts.get("alarm-disk-full").into_owned(),
        Alarm::Disk("D02" | "D03") => texts.get("alarm-disk-read-only").into_owned(),
        Alarm::Disk(_) => texts.get("alarm-disk-error").into_owned(),
        Alarm::Gone(folder) => texts.with("alarm-gone", &[("folder", folder)]),
        Alarm::Mending(percent) => counted("alarm-mending", u64::from(percent)),
        Alarm::LostLines(count) => counted("alarm-lost-lines", count),
        Alarm::Journal(places) => placed(places, "alarm-journal", "alarm-journal-at"),
        Alarm::KeysGone(count) => counted("alarm-keys-gone", count),
        Alarm::Unopened(count) => counted("alarm-unopened", count),
        Alarm::Trail(places) => placed(places, "alarm-trail", "alarm-trail-at"),
        Alarm::Rebuilt => texts.get("alarm-rebuilt").into_owned(),
        Alarm::KeyUncopied => texts.get("alarm-key-uncopied").into_owned(),
        Alarm::BackupFailed => texts.get("alarm-backup-failed").into_owned(),
        Alarm::BackupPlan => texts.get("alarm-backup-plan").into_owned(),
        Alarm::NoBackup => texts.get("alarm-no-backup").into_owned(),
        Alarm::BackupOld(days) => counted("alarm-backup-old", days),
    }
}

/// A refusal in words. The arguments `fact` and `field` are keys of other texts.
pub fn refusal_text(refusal: &Refusal, texts: &Texts) -> String {
    let args: Vec<(&str, String)> = refusal
        .args
        .iter()
        .map(|(name, value)| match *name {
            "fact" | "field" => (*name, texts.get(value).to_string()),
            _ => (*name, value.to_string()),
        })
        .collect();
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    texts.with(refusal.key, &args)
}

/// The key of what is wrong with an entry of a chain.
pub const fn bad_key(what: BadWhat) -> &'static str {
    match what {
        BadWhat::Unreadable => "bad-unreadable",
        BadWhat::Altered => "bad-altered",
        BadWhat::Missing => "bad-missing",
        BadWhat::OutOfPlace => "bad-out-of-place",
        BadWhat::Unsigned => "bad-unsigned",
        BadWhat::Torn => "bad-torn",
        BadWhat::Sealed => "bad-sealed",
        BadWhat::Newer => "bad-newer",
        BadWhat::Other => "bad-other",
    }
}
