//! How a command answers and ends: lines or JSON on standard output; a sentence on standard error, or an error as JSON, and
//! the exit code that scripts read.

use super::{Console, Exit};
use crate::app::notice::{fault_text, refusal_text};
use crate::desk::backup::Halt;
use crate::desk::{Answer, Denied, Done};
use crate::domain::query::QueryError;
use crate::domain::refusal::{Fault, Refusal};
use crate::text::{Language, Texts};
use serde_json::{Value as Json, json};
use std::io::ErrorKind;

/// Why a command stopped.
#[derive(Debug)]
pub enum Stop {
    Refused(Refusal),
    /// A query that is not understood, with its place.
    Query(QueryError),
    Fault(Fault),
    /// A sentence of its own, of the arguments.
    Said(String),
    /// What a daemon that did not start said, with its exit code.
    Told {
        text: String,
        exit: Exit,
    },
    /// The answer could not be written: nobody reads it any more, or a file on a full disk takes no more.
    Unheard(ErrorKind),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<QueryError> for Stop {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Halt> for Stop {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Refused(refusal) => Self::Refused(refusal),
            Halt::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// The locale of this process.
pub fn locale() -> Option<String> {
    ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()))
}

/// The texts of a language or locale.
pub fn texts(lang: Option<&str>) -> Texts {
    Texts::new(Language::from_locale(lang.unwrap_or_default()))
}

impl Stop {
    /// The same for whoever calls from elsewhere: what the machine said about a fault, which may name its files, is for its
    /// keeper alone.
    #[must_use]
    pub fn for_callers(self) -> Self {
        match self {
            Self::Fault(fault) => Self::Fault(Fault { detail: String::new(), ..fault }),
            Self::Refused(_) | Self::Query(_) | Self::Said(_) | Self::Told { .. } | Self::Unheard(_) => self,
        }
    }

    /// Says why on the console's error output, or as JSON in the answer where JSON was asked for; gives the exit code. A
    /// reader that has read enough, such as `head`, ends a command quietly.
    pub fn tell(self, texts: Texts, is_json: bool, console: &mut Console<'_>) -> Exit {
        let exit = self.exit();
        let Some(mut error) = self.json(&texts) else { return exit };
        // Whoever cannot be told has the exit code.
        if is_json {
            error["exit"] = json!(exit.0);
            let _ = console.line(format_args!("{}", json!({"error": error}))).and_then(|()| console.flush());
        } else {
            let _ = writeln!(console.err, "pulang: {}", sentence(&error, &texts)).and_then(|()| console.err.flush());
        }
        exit
    }

    /// Why, in one sentence.
    pub fn sentence(self, texts: &Texts) -> String {
        self.json(texts).map(|error| sentence(&error, texts)).unwrap_or_default()
    }

    /// Why, as JSON; nothing when nobody listens.
    fn json(self, texts: &Texts) -> Option<Json> {
        Some(match self {
            Self::Refused(refusal) => {
                json!({"kind": "refused", "key": refusal.key, "text": refusal_text(&refusal, texts)})
            }
            Self::Query(error) => {
                let text = refusal_text(&error.refusal(), texts);
                let at = json!({"from": error.at.start, "to": error.at.end});
                json!({"kind": "query", "key": error.key, "text": text, "at": at, "nearest": error.nearest})
            }
            // What the machine said about it is for whoever keeps it, and only where it is asked for.
            Self::Fault(fault) => json!({
                "kind": "fault", "key": fault.key, "code": fault.code, "detail": fault.detail,
                "text": format!("{} [{}]", fault_text(&fault, without_screen(fault.key), texts), fault.code),
            }),
            Self::Said(sentence) => json!({"kind": "arguments", "text": sentence}),
            Self::Told { text, .. } => json!({"kind": "daemon", "text": text}),
            Self::Unheard(_) => return None,
        })
    }

    /// The exit code.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Told { exit, .. } => *exit,
            Self::Refused(_) | Self::Query(_) => Exit::REFUSED,
            Self::Said(_) => Exit::MISTAKEN,
            Self::Fault(fault) if fault.key == super::open::HELD => Exit::HELD,
            Self::Unheard(ErrorKind::BrokenPipe) => Exit::DONE,
            Self::Fault(_) | Self::Unheard(_) => Exit::FAULT,
        }
    }
}

/// The sentence of an error; of a query with the number of the character where it is not understood.
fn sentence(error: &Json, texts: &Texts) -> String {
    let text = error["text"].as_str().unwrap_or_default();
    match error["at"]["from"].as_u64() {
        Some(from) => texts.with("cli-at-character", &[("at", (from + 1).to_string().as_str()), ("text", text)]),
        None => text.to_owned(),
    }
}

/// The sentence of a fault where no form stands on a screen: what is not saved, and what can be done from a shell.
pub fn without_screen(key: &str) -> &str {
    match key {
        "fault-disk-full" => "cli-disk-full",
        "fault-disk-read-only" | "fault-disk-denied" => "cli-disk-read-only",
        "fault-disk-error" => "cli-disk-error",
        other => other,
    }
}

/// What became of a proposal: what was done, or why the command stops.
pub fn settle(answer: Option<Answer>, texts: &Texts) -> Result<Done, Stop> {
    match answer {
        Some(Ok(done)) => Ok(done),
        Some(Err(Denied::Refused(refusal))) => Err(refusal.into()),
        Some(Err(Denied::Fault(fault) | Denied::Unknown(fault))) => Err(fault.into()),
        Some(Err(Denied::Obstacles(all))) => {
            let words = all.iter().flat_map(|(_, obstacles)| obstacles).map(|o| refusal_text(&o.neutral(), texts));
            Err(Stop::Said(words.take(5).collect::<Vec<_>>().join("; ")))
        }
        Some(Err(Denied::Conflict { .. })) => Err(Refusal::new("refused-moved-on").into()),
        None => Err(Refusal::new("refused-no-answer").into()),
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

    #[test]
    fn what_the_machine_said_stays_with_its_keeper() {
        let fault = || Stop::Fault(Fault::new("J03", "fault-disk-error", "/srv/pulang/journal: os error 5"));
        let told = |stop: Stop| stop.json(&Texts::new(Language::Id)).unwrap_or_default().to_string();
        assert!(told(fault()).contains("/srv/pulang"));
        assert!(!told(fault().for_callers()).contains("/srv/pulang") && told(fault().for_callers()).contains("J03"));
    }
}
