//! Many sessions at one daemon: what each costs in memory, what a key costs in CPU, how long it takes to the screen, how long
//! attaching takes. The short form holds bounds that no machine should miss; the long one (`--rounds 200`: so many sessions)
//! prints figures.

use crate::measure::{Measure, ordeal};
use crate::office;
use base64::Engine;
use chrono::Utc;
use libtest_mimic::Trial;
use pulang::desk::{Ask, Desk, DeskOptions, First, Proposal};
use pulang::domain::field::Field;
use pulang::domain::record::{Facts, Slot};
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Timed, Value};
use pulang::serve::frame::{Frame, Hello, PROTOCOL, Wants};
use pulang::serve::socket::Line;
use pulang::terminal::tty::TerminalEnv;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use ulid::Ulid;

const PROGRAM: &str = env!("CARGO_BIN_EXE_pulang");
const KEYS: usize = 20;
const PATIENCE: Duration = Duration::from_secs(60);

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    vec![ordeal("sessions", move || many_sessions_cost_little(measure.rounds_or(4)))]
}

/// An open desk with so many officers behind one gate, the test's own user.
pub fn office_of(dir: &Path, officers: usize) {
    let me = rustix::process::getuid().as_raw();
    let first = First { uid: me + 1, name: "Ketut Contoh".into(), office: "Meja Uji".into(), zone: "WIB" };
    let options =
        DeskOptions { dir: dir.to_owned(), key: None, clock: office::machine_clock(), is_practice: false, first };
    let (desk, _) = Desk::open(options, &mut |_| {}).unwrap();
    let chief = desk.enter(me + 1).unwrap();
    let now = Utc::now();
    let mut asks: Vec<Ask> =
        (0..200).map(|nth| office::arrival(Subject::case(Ulid::new()), &format!("Orang Rekaan {nth}"), now)).collect();
    asks.extend((0..officers).map(|nth| {
        let key = ed25519_dalek::SigningKey::from_bytes(&[nth as u8 + 1; 32]).verifying_key();
        let blob = [&11_u32.to_be_bytes()[..], b"ssh-ed25519", &32_u32.to_be_bytes(), key.as_bytes()].concat();
        let line = format!("ssh-ed25519 {}", base64::engine::general_purpose::STANDARD.encode(blob));
        let facts = Facts::from([
            (Field::OperatorName.into(), Value::text(format!("Petugas Rekaan {nth}"))),
            (Field::OperatorRoles.into(), Value::codes(["KON"])),
            (Field::OperatorOffice.into(), Value::Link(chief.office())),
            (Field::OperatorLogin.into(), Value::text(format!("petugas{nth}"))),
            (Slot::of(Ulid::new(), Field::KeyText), Value::text(line)),
        ]);
        let of = Subject::new(Kind::Operator, Ulid::new());
        Ask::Create { of, facts, happened: Timed::certain(now) }
    }));
    for asks in asks.chunks(50) {
        let proposal = Proposal { id: chief.new_id(), asks: asks.to_vec(), undoes: None };
        chief.propose(proposal).wait(PATIENCE).expect("an answer").unwrap();
    }
    std::fs::write(dir.join("desk.toml"), format!("[gate]\nuid = {me}\n")).unwrap();
}

/// A daemon that a test started.
struct Daemon(Child);

impl Daemon {
    fn at(dir: &Path) -> Self {
        let mut command = Command::new(PROGRAM);
        command.arg("--data").arg(dir).arg("serve").stdin(Stdio::null()).stdout(Stdio::null());
        let daemon = Self(command.spawn().unwrap());
        let since = Instant::now();
        while UnixStream::connect(dir.join("desk.sock")).is_err() {
            assert!(since.elapsed() < PATIENCE, "the daemon does not answer");
            std::thread::sleep(Duration::from_millis(5));
        }
        daemon
    }

    fn resident_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Time of the processor that it has used, in the kernel's ticks of 10 ms.
    fn cpu(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id())).unwrap();
        let after = stat.rsplit_once(')').unwrap().1;
        let words: Vec<u64> = after.split_whitespace().map(|word| word.parse().unwrap_or(0)).collect();
        Duration::from_millis((words[11] + words[12]) * 10)
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Attaches as one of the officers; gives the line once the first screen is there.
fn attached(dir: &Path, nth: usize) -> Line {
    let mut line = Line::new(UnixStream::connect(dir.join("desk.sock")).unwrap()).unwrap();
    let hello = Hello {
        build: "test".into(),
        env: TerminalEnv { term: "xterm".into(), locale: "C.UTF-8".into(), ..TerminalEnv::default() },
        lang: "id".into(),
        as_name: Some(format!("petugas{nth}")),
        folder: None,
        wants: Wants::Screen { cols: 80, rows: 24, is_second: false, is_return: false },
        mark: None,
    };
    line.send(&Frame::Hello { protocol: PROTOCOL, hello: hello.into() }).unwrap();
    let until = Some(Instant::now() + PATIENCE);
    let welcome = line.receive(until).unwrap();
    assert!(matches!(welcome, Frame::Welcome { .. }), "{welcome:?}");
    is_drawn(&mut line, until);
    line
}

/// Waits for a frame of the screen; what a terminal only keeps may come before it.
fn is_drawn(line: &mut Line, until: Option<Instant>) {
    loop {
        match line.receive(until) {
            Ok(Frame::Mark(_)) => {}
            other => return assert!(matches!(other, Ok(Frame::Output(_))), "{other:?}"),
        }
    }
}

/// One key, and the time until what it drew has come; the answer to the frame goes with the next key.
fn key(line: &mut Line, nth: usize) -> Duration {
    let arrow: &[u8] = if nth.is_multiple_of(2) { b"\x1b[0n\x1b[B" } else { b"\x1b[0n\x1b[A" };
    let since = Instant::now();
    line.send(&Frame::Input(arrow.to_vec())).unwrap();
    is_drawn(line, Some(since + PATIENCE));
    since.elapsed()
}

fn middle(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort_unstable();
    (times[times.len() / 2], times[times.len() * 99 / 100])
}

fn many_sessions_cost_little(sessions: u64) {
    let sessions = usize::try_from(sessions).unwrap().clamp(2, 250);
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("desk");
    office_of(&dir, sessions);
    let daemon = Daemon::at(&dir);
    let mut lines = vec![attached(&dir, 0)];
    let alone = daemon.resident_kib();
    let mut attaching = Vec::new();
    for nth in 1..sessions {
        let since = Instant::now();
        lines.push(attached(&dir, nth));
        attaching.push(since.elapsed());
    }
    let each_kib = (daemon.resident_kib() - alone) / (sessions as u64 - 1);
    let before = daemon.cpu();
    let mut times = Vec::new();
    for nth in 0..KEYS {
        times.extend(lines.iter_mut().map(|line| key(line, nth)));
    }
    let cpu = (daemon.cpu() - before) / u32::try_from(KEYS * sessions).unwrap();
    let ((attach, attach_99), (to_screen, to_screen_99)) = (middle(attaching), middle(times));
    println!(
        "sessions: {sessions} sessions, {each_kib} KiB each ({alone} KiB with one), attach {attach:?} (99 %: {attach_99:?}), \
         key to screen {to_screen:?} (99 %: {to_screen_99:?}), {cpu:?} of CPU per key"
    );
    assert!(each_kib < 2 * 1024, "{each_kib} KiB each");
    assert!(to_screen < Duration::from_secs(1) && attach < Duration::from_secs(2));
}
