//! Commands inside an open desk, in this process: the caller's rights, bytes in and out, nothing of the process's own. All
//! people are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use pulang::cli::{Console, Exit, Within, exec};
use pulang::desk::{Clock, Desk, DeskOptions, First};
use std::ffi::OsString;
use std::io::Write;
use std::sync::Arc;

const MANIFEST: &[u8] = include_bytes!("data/manifest_110.csv");

/// An open desk in a folder of its own, with its first supervisor.
struct Open {
    _dir: tempfile::TempDir,
    within: Within,
}

/// What a command gave.
struct Told {
    exit: Exit,
    out: String,
    err: String,
}

impl Open {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let first = First { uid: 1, name: "rina".into(), office: "Meja".into(), zone: "WIB" };
        let clock: Clock = Arc::new(chrono::Utc::now);
        let options = DeskOptions { dir: dir.path().join("desk"), key: None, clock, is_practice: false, first };
        let (desk, _) = Desk::open(options, &mut |_| ()).unwrap();
        let seat = desk.enter(1).unwrap();
        Self { _dir: dir, within: Within { desk, seat, lang: Some("id_ID.UTF-8".into()) } }
    }

    fn landed() -> Self {
        let open = Self::new();
        let told = open.given(&["import", "m.csv", "--lands", "21-02-2026"], MANIFEST);
        assert_eq!((told.exit, told.err.as_str()), (Exit::DONE, ""), "{}", told.out);
        open
    }

    fn given(&self, words: &[&str], mut input: &[u8]) -> Told {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let words: Vec<OsString> = ["pulang"].iter().chain(words).map(OsString::from).collect();
        let mut console = Console {
            input: &mut input,
            out: &mut out,
            err: &mut err,
            is_input_terminal: false,
            is_out_terminal: false,
            is_err_terminal: false,
            stop: Arc::default(),
        };
        let exit = exec(&words, &self.within, &mut console);
        Told { exit, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
    }

    fn run(&self, words: &[&str]) -> Told {
        self.given(words, b"")
    }
}

#[test]
fn a_command_inside_a_desk_reads_and_writes_bytes_and_never_a_file_of_the_caller() {
    let open = Open::landed();
    let listed = open.run(&["list", "--limit", "3"]);
    assert_eq!((listed.exit, listed.out.lines().count()), (Exit::DONE, 4), "{}", listed.out);
    let told = open.run(&["--json", "show", "26-000005-A"]);
    assert!(told.out.contains("SITI SRI LUBIS"), "{}", told.out);
    let told = open.run(&["show", "26-000005-B"]);
    assert!(told.exit == Exit::REFUSED && told.out.is_empty() && told.err.contains("Huruf pemeriksa"), "{}", told.err);
    // A path that is there is not opened: what comes over the line is the file.
    let told = open.given(&["import", "Cargo.toml", "--preview"], MANIFEST);
    assert_eq!(told.exit, Exit::DONE, "{}", told.err);
    let told = open.given(&["gates", "--use", "Cargo.toml"], b"this is = no table");
    assert!(told.exit == Exit::REFUSED && !told.err.is_empty(), "{}", told.out);
    let told = open.run(&["--lang", "en", "list", "umur<abc"]);
    assert!(told.err.contains("character 6"), "{}", told.err);
}

#[test]
fn what_concerns_the_machine_is_refused_with_the_way_to_do_it() {
    let open = Open::new();
    let commands: [&[&str]; 7] = [
        &["key"],
        &["key", "rotate"],
        &["restore", "a", "b", "--identity", "c"],
        &["practice"],
        &["verify", "/etc"],
        &["backup", "/tmp/set", "--to", "age1"],
        &["backup", "--recipients-file", "/etc/passwd"],
    ];
    for words in commands {
        let told = open.run(words);
        assert_eq!(told.exit, Exit::REFUSED, "{words:?}");
        assert!(told.err.contains(&format!("sudo -u pulang pulang {}", words[0])), "{words:?}: {}", told.err);
    }
    let told = open.run(&[]);
    assert!(told.exit == Exit::MISTAKEN && told.err.contains("pulang tanpa perintah"), "{}", told.err);
    assert_eq!(open.run(&["--help"]).exit, Exit::DONE);
    assert!(open.run(&["backup"]).err.contains("backup.toml"));
    assert_eq!(open.run(&["verify"]).exit, Exit::DONE);
}

/// An output that nobody reads any more.
struct Gone;
impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn unheard(err: &mut Vec<u8>) -> Console<'_> {
    Console {
        input: Box::leak(Box::new(std::io::empty())),
        out: Box::leak(Box::new(Gone)),
        err,
        is_input_terminal: false,
        is_out_terminal: false,
        is_err_terminal: false,
        stop: Arc::default(),
    }
}

#[test]
fn a_caller_who_goes_ends_a_command_quietly_and_one_who_asks_stops_it() {
    let open = Open::landed();
    let mut err = Vec::new();
    let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
    assert_eq!(exec(&words(&["pulang", "list"]), &open.within, &mut unheard(&mut err)), Exit::DONE);
    let mut stopped = unheard(&mut err);
    stopped.stop.store(true, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(exec(&words(&["pulang", "verify"]), &open.within, &mut stopped), Exit::FAULT);
    drop(stopped);
    assert!(String::from_utf8(err).unwrap().contains("B02"));
}

#[test]
fn far_too_many_words_are_refused_and_not_read() {
    let open = Open::new();
    let many: Vec<&str> = std::iter::repeat_n("list", 2_000).collect();
    assert_eq!(open.run(&many).exit, Exit::MISTAKEN);
    assert_eq!(open.run(&["list", &"a".repeat(100_000)]).exit, Exit::MISTAKEN);
}
