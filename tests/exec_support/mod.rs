//! A command inside an open desk, with bytes for its input and both its outputs caught: what it said, and how it ended.

#![allow(dead_code, reason = "every test target uses its own part")]

use pulang::cli::{Console, Exit, Within, exec};
use std::ffi::OsString;
use std::sync::Arc;

/// What a command gave.
pub struct Told {
    pub exit: Exit,
    pub out: String,
    pub err: String,
}

impl Told {
    /// What was said on both ways out.
    pub fn both(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

/// Runs the words behind the program's name, no terminal at either end.
pub fn told(within: &Within, words: &[impl AsRef<str>], mut input: &[u8]) -> Told {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words: Vec<OsString> =
        ["pulang"].into_iter().chain(words.iter().map(AsRef::as_ref)).map(OsString::from).collect();
    let mut console = Console {
        input: &mut input,
        out: &mut out,
        err: &mut err,
        is_input_terminal: false,
        is_out_terminal: false,
        is_err_terminal: false,
        stop: Arc::default(),
    };
    let exit = exec(&words, within, &mut console);
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Told { exit, out: said(&out), err: said(&err) }
}
