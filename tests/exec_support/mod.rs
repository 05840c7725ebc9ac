//! A command inside an open desk, with bytes for its input and both its outputs caught: what it said, and how it ended.

#![allow(dead_code, reason = "every test target uses its own part")]

use pulang::cli::{Console, Exit, Within, exec};
use pulang::desk::{Clock, Desk, DeskOptions, First};
use std::ffi::OsString;
use std::sync::Arc;

pub const MANIFEST: &[u8] = include_bytes!("../data/manifest_110.csv");

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

/// An open desk in a folder of its own, with its first supervisor.
pub struct Open {
    pub dir: tempfile::TempDir,
    pub within: Within,
}

impl Open {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let first = First { uid: 1, name: "rina".into(), office: "Meja".into(), zone: "WIB" };
        let clock: Clock = Arc::new(chrono::Utc::now);
        let options = DeskOptions { dir: dir.path().join("desk"), key: None, clock, is_practice: false, first };
        let (desk, _) = Desk::open(options, &mut |_| ()).unwrap();
        let seat = desk.enter(1).unwrap();
        Self { dir, within: Within { desk, seat, lang: Some("id_ID.UTF-8".into()) } }
    }

    pub fn landed() -> Self {
        let open = Self::new();
        let told = open.given(&["import", "m.csv", "--lands", "21-02-2026"], MANIFEST);
        assert_eq!((told.exit, told.err.as_str()), (Exit::DONE, ""), "{}", told.out);
        open
    }

    pub fn given(&self, words: &[&str], input: &[u8]) -> Told {
        told(&self.within, words, input)
    }

    pub fn run(&self, words: &[&str]) -> Told {
        self.given(words, b"")
    }
}
