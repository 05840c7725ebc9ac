//! `pulang handover`: the sheet that a shift hands to the next, as plain lines of 80 columns, to be read or printed.

use super::Exit;
use super::answer::Stop;
use super::console::{Call, say};
use super::open::Opened;
use crate::app::sheet::handover_sheet;
use serde_json::json;

/// Prints the sheet of now.
///
/// # Errors
/// When the desk cannot be opened.
pub fn run(call: &mut Call<'_, '_>) -> Result<Exit, Stop> {
    let Opened { seat, .. } = call.open()?;
    let sheet = handover_sheet(&seat, &call.texts);
    call.report(json!({"lines": sheet.lines}), |call| sheet.lines.iter().try_for_each(|line| say!(call, "{line}")))?;
    Ok(Exit::DONE)
}
