//! The command that destroys the data of one case: it says what will be gone, and waits for the number.

use super::Exit;
use super::answer::{Stop, settle};
use super::console::{Call, say};
use super::open::Opened;
use super::showing::number_of;
use crate::desk::Doomed;
use crate::domain::refusal::Refusal;
use crate::domain::subject::Number;
use serde_json::json;
use std::time::Duration;

/// Runs `pulang erase`.
pub fn run(call: &mut Call<'_, '_>, typed: &str, why: &str, yes: Option<&str>) -> Result<Exit, Stop> {
    let number = number_of(typed)?;
    let Opened { seat, .. } = call.open()?;
    let row = seat.row_numbered(number)?;
    if seat.behind(row).is_some() {
        seat.give_reason(row, why)?;
    }
    let doomed = seat.doomed(row)?;
    let proposal = seat.erasure(doomed.of, why)?;
    confirm(call, &doomed, yes)?;
    settle(seat.propose(proposal).wait(Duration::from_secs(600)), &call.texts)?;
    call.report(json!({"erased": number.to_string(), "entries": doomed.entries, "copies_left": true}), |call| {
        say!(call, "{}", call.texts.with("notice-erased", &[("number", &number.to_string())]))?;
        say!(call, "! {}", call.texts.get("erase-copies"))
    })?;
    Ok(Exit::DONE)
}

/// The number once more, as an argument or typed at a terminal.
fn confirm(call: &mut Call<'_, '_>, doomed: &Doomed, yes: Option<&str>) -> Result<(), Stop> {
    let is_it = |typed: &str| typed.trim().parse::<Number>() == Ok(doomed.number);
    let refused = || Refusal::new("refused-erase-number").with("number", doomed.number.to_string());
    if let Some(typed) = yes {
        return if is_it(typed) { Ok(()) } else { Err(refused().into()) };
    }
    if call.args.place.json || !call.console.is_input_terminal {
        return Err(Refusal::new("refused-erase-unconfirmed").with("number", doomed.number.to_string()).into());
    }
    let words = [("entries", doomed.entries.to_string()), ("links", doomed.links.to_string())];
    say!(call, "{}  {}", doomed.number, doomed.name)?;
    for sentence in ["erase-gone", "erase-stays", "erase-for-good", "erase-copies"] {
        say!(call, "{}", call.texts.with(sentence, &words))?;
    }
    let question = call.texts.with("erase-number", &[("number", &doomed.number.to_string())]);
    if is_it(&call.console.ask(&question)) { Ok(()) } else { Err(refused().into()) }
}
