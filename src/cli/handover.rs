//! `pulang handover`: the sheet that a shift hands to the next, as plain lines of 80 columns, to be read or printed.

use super::Args;
use super::answer::{Stop, report, say};
use super::open::{self, Opened};
use crate::app::paper::handover_paper;
use crate::text::Texts;
use serde_json::json;
use std::process::ExitCode;

/// Prints the sheet of now.
///
/// # Errors
/// When the desk cannot be opened.
pub fn run(args: &Args, texts: &Texts) -> Result<ExitCode, Stop> {
    let Opened { seat, .. } = open::open(args)?;
    let paper = handover_paper(&seat, texts);
    report(args, json!({"lines": paper.lines}), || {
        for line in &paper.lines {
            say!("{line}");
        }
    });
    Ok(ExitCode::SUCCESS)
}
