//! `pulang handover`: the sheet that a shift hands to the next, as plain lines of 80 columns, to be read or printed.

use super::Args;
use super::answer::{Stop, report, say};
use super::open::{self, Opened};
use crate::app::sheet::handover_sheet;
use crate::text::Texts;
use serde_json::json;
use std::process::ExitCode;

/// Prints the sheet of now.
///
/// # Errors
/// When the desk cannot be opened.
pub fn run(args: &Args, texts: &Texts) -> Result<ExitCode, Stop> {
    let Opened { seat, .. } = open::open(args)?;
    let sheet = handover_sheet(&seat, texts);
    report(args, json!({"lines": sheet.lines}), || {
        for line in &sheet.lines {
            say!("{line}");
        }
    });
    Ok(ExitCode::SUCCESS)
}
