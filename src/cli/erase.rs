//! The command that destroys the data of one case: it says what will be gone, and waits for the number.

use super::Args;
use super::answer::{Stop, report, say, settle};
use super::open::{self, Opened};
use super::showing::{number_of, row_of};
use crate::desk::Doomed;
use crate::domain::refusal::Refusal;
use crate::domain::subject::Number;
use crate::text::Texts;
use serde_json::json;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

/// Runs `pulang erase`.
pub fn run(args: &Args, texts: &Texts, typed: &str, why: &str, yes: Option<&str>) -> Result<ExitCode, Stop> {
    let number = number_of(typed)?;
    let Opened { seat, .. } = open::open(args)?;
    let row = row_of(&seat, number)?;
    if seat.behind(row).is_some() {
        seat.give_reason(row, why)?;
    }
    let doomed = seat.doomed(row)?;
    let proposal = seat.erasure(doomed.of, why)?;
    confirm(args, texts, &doomed, yes)?;
    settle(seat.propose(proposal).wait(Duration::from_secs(600)), texts)?;
    report(args, json!({"erased": number.to_string(), "entries": doomed.entries, "copies_left": true}), || {
        say!("{}", texts.with("notice-erased", &[("number", &number.to_string())]));
        say!("! {}", texts.get("erase-copies"));
    });
    Ok(ExitCode::SUCCESS)
}

/// The number once more, as an argument or typed at a terminal.
fn confirm(args: &Args, texts: &Texts, doomed: &Doomed, yes: Option<&str>) -> Result<(), Stop> {
    let is_it = |typed: &str| typed.trim().parse::<Number>() == Ok(doomed.number);
    let refused = || Refusal::new("refused-erase-number").with("number", doomed.number.to_string());
    if let Some(typed) = yes {
        return if is_it(typed) { Ok(()) } else { Err(refused().into()) };
    }
    if args.place.json || !std::io::stdin().is_terminal() {
        return Err(Refusal::new("refused-erase-unconfirmed").with("number", doomed.number.to_string()).into());
    }
    let words = [("entries", doomed.entries.to_string()), ("links", doomed.links.to_string())];
    say!("{}  {}", doomed.number, doomed.name);
    for sentence in ["erase-gone", "erase-stays", "erase-for-good", "erase-copies"] {
        say!("{}", texts.with(sentence, &words));
    }
    eprint!("{} ", texts.with("erase-number", &[("number", &doomed.number.to_string())]));
    let _ = std::io::stderr().flush();
    let mut typed = String::new();
    let _ = std::io::stdin().read_line(&mut typed);
    if is_it(&typed) { Ok(()) } else { Err(refused().into()) }
}
