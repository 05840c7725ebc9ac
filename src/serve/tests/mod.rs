//! The daemon's house without its socket: guests at pairs of connected sockets, over a real desk in a temporary folder whose
//! clock the test moves, and can make panic in one session's thread. All people are invented.

mod guests;
mod waiting;

use super::daemon::House;
use super::frame::{Frame, Hello, OLDEST, PROTOCOL, Wants, Why};
use super::guest;
use super::sessions::Owner;
use super::socket::{Bell, Line};
use crate::app::App;
use crate::desk::{Ask, Desk, DeskOptions, First, Proposal, Seat};
use crate::domain::field::Field;
use crate::domain::record::Facts;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Timed, Value};
use crate::terminal::desk_screen::DeskScreen;
use crate::terminal::tty::TerminalEnv;
use crate::text::{Language, Texts};
use chrono::Utc;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, ThreadId};
use std::time::{Duration, Instant};
use ulid::Ulid;

const PATIENCE: Duration = Duration::from_secs(20);
/// Users of the machine: the first supervisor, and an officer.
const CHIEF: u32 = 1000;
const OFFICER: u32 = 1001;

/// Where the desk's clock panics, once.
type Trap = Arc<Mutex<Option<ThreadId>>>;

struct Lobby {
    house: Arc<House>,
    trap: Trap,
    _dir: tempfile::TempDir,
}

impl Lobby {
    /// A house with a supervisor and an officer of one office.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let trap = Trap::default();
        let sprung = Arc::clone(&trap);
        let clock = move || {
            let is_caught = sprung.lock().unwrap().take_if(|id| *id == std::thread::current().id()).is_some();
            assert!(!is_caught, "BUDI CONTOH, NIK 3171051505989001");
            Utc::now()
        };
        let first = First { uid: CHIEF, name: "Ketut Contoh".into(), office: "Meja Uji".into(), zone: "WIB" };
        let place = dir.path().join("desk");
        let options = DeskOptions { dir: place.clone(), key: None, clock: Arc::new(clock), is_practice: false, first };
        let (desk, _) = Desk::open(options, &mut |_| {}).unwrap();
        let chief = desk.enter(CHIEF).unwrap();
        let of = Subject::new(Kind::Operator, Ulid::new());
        let facts = Facts::from([
            (Field::OperatorName.into(), Value::text("Sitra Contoh")),
            (Field::OperatorRoles.into(), Value::codes(["KON"])),
            (Field::OperatorOffice.into(), Value::Link(chief.office())),
            (Field::OperatorUid.into(), Value::Number(i64::from(OFFICER))),
        ]);
        let hired = Ask::Create { of, facts, happened: Timed::certain(Utc::now()) };
        let proposal = Proposal { id: chief.new_id(), asks: vec![hired], undoes: None };
        chief.propose(proposal).wait(PATIENCE).unwrap().unwrap();
        let house = Arc::new(House::new(desk, place, None, Bell::new().unwrap()));
        Self { house, trap, _dir: dir }
    }

    fn seat(&self, uid: u32) -> Seat {
        self.house.desk.enter(uid).unwrap()
    }

    /// A screen that belongs to a seat, as a session leaves it.
    fn screen(&self, seat: Seat) -> Box<DeskScreen> {
        let setting = self.house.setting(Texts::new(Language::Id), None);
        Box::new(DeskScreen::new(App::new(seat, setting, (80, 24)), false, true))
    }

    /// Somebody at a terminal of their own, who has seen the first frame.
    fn comes(&self, uid: u32, is_second: bool) -> Guest {
        let mut guest = self.attaches(uid, (is_second, false), (PROTOCOL, None));
        guest.sees("Pulang");
        guest
    }

    /// A terminal that had a screen until a moment ago: with the mark it was given, or of the release before.
    fn returns(&self, uid: u32, mark: Option<Vec<u8>>) -> Guest {
        let protocol = if mark.is_some() { PROTOCOL } else { OLDEST };
        self.attaches(uid, (false, true), (protocol, mark))
    }

    fn attaches(
        &self,
        uid: u32,
        (is_second, is_return): (bool, bool),
        (protocol, mark): (u16, Option<Vec<u8>>),
    ) -> Guest {
        let (near, far) = UnixStream::pair().unwrap();
        let (house, far) = (Arc::clone(&self.house), Line::new(far).unwrap());
        let thread = std::thread::spawn(move || guest::serve(&house, far, uid));
        let screen = vt100::Parser::new(24, 80, 0);
        let guest = Guest { line: Line::new(near).unwrap(), screen, thread, mark: None };
        let env = TerminalEnv { term: "xterm".into(), locale: "C.UTF-8".into(), ..TerminalEnv::default() };
        let wants = Wants::Screen { cols: 80, rows: 24, is_second, is_return };
        let hello = Hello { build: "test".into(), env, lang: "id".into(), as_name: None, folder: None, wants, mark };
        guest.line.send(&Frame::Hello { protocol, hello: hello.into() }).unwrap();
        guest
    }

    /// Waits until so many sessions are there, at a terminal or waiting.
    fn has_sessions(&self, count: usize) {
        until("the sessions are counted", || self.house.sessions.count() == count);
    }
}

/// One who attached, and what their terminal shows.
struct Guest {
    line: Line,
    screen: vt100::Parser,
    /// The last mark that came.
    mark: Option<Vec<u8>>,
    thread: JoinHandle<()>,
}

impl Guest {
    fn types(&self, keys: &str) {
        self.line.send(&Frame::Input(keys.as_bytes().to_vec())).unwrap();
    }

    /// The next frame, drawn if it is to be drawn.
    fn next(&mut self) -> Frame {
        let next = self.line.receive(Some(Instant::now() + PATIENCE));
        let frame = next.unwrap_or_else(|lost| panic!("{lost:?}:\n{}", self.screen.screen().contents()));
        if let Frame::Output(bytes) = &frame {
            self.screen.process(bytes);
        }
        if let Frame::Mark(mark) = &frame {
            self.mark = Some(mark.clone());
        }
        frame
    }

    fn sees(&mut self, text: &str) {
        while !self.screen.screen().contents().contains(text) {
            let frame = self.next();
            assert!(matches!(frame, Frame::Output(_) | Frame::Mark(_) | Frame::Welcome { .. }), "{text}: {frame:?}");
        }
    }

    /// Why the session ended, and what was said of it; its thread has ended in order.
    fn goodbye(mut self) -> (Why, String) {
        loop {
            if let Frame::Bye { why, text } = self.next() {
                self.thread.join().expect("what panics is caught in the thread");
                return (why, text);
            }
        }
    }

    /// The line is cut.
    fn hangs_up(self) {
        self.line.cut();
        self.thread.join().unwrap();
    }
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let since = Instant::now();
    while !is_so() {
        assert!(since.elapsed() < PATIENCE, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
