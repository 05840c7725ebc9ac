//! One guest of the daemon: from the first frame to the last. Who is it, what is wanted, a session or a refusal.
//!
//! A panic ends the session it happened in, with its drafts kept; nothing that a guest sends ends anything else.

use super::daemon::House;
use super::exec;
use super::frame::{Frame, Hello, PROTOCOL, Unread, Wants, Welcome, Why};
use super::limits;
use super::peer;
use super::sessions::{Got, Owner, Place};
use super::socket::{Bell, Cue, Line, Lost, SocketWire};
use crate::app::App;
use crate::app::notice::refusal_text;
use crate::cli::answer;
use crate::desk::Seat;
use crate::domain::refusal::Refusal;
use crate::terminal::desk_screen::DeskScreen;
use crate::terminal::session::{self, Ending, Screen, Session};
use crate::text::Texts;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// Serves one guest until it goes. Whatever is wrong with the connection ends it.
pub fn serve(house: &House, mut line: Line, uid: u32) {
    let hello = match line.receive(Some(Instant::now() + limits::HELLO)) {
        Ok(Frame::Hello { hello, .. }) => hello,
        Ok(_) | Err(Lost::Unread(Unread::Garbage | Unread::TooLong)) => return bye(&line, Why::Garbage, ""),
        Err(Lost::Unread(Unread::Protocol(_))) => return bye(&line, Why::Protocol, &PROTOCOL.to_string()),
        Err(Lost::Gone | Lost::Late) => return,
    };
    let texts = answer::texts(Some(&hello.lang));
    let seat = match peer::seat(&house.desk, house.is_practice, uid, hello.as_name.as_deref()) {
        Ok(seat) => seat,
        Err(refusal) => return bye(&line, Why::Refused, &refusal_text(&refusal, &texts)),
    };
    match hello.wants {
        Wants::Screen { .. } => show(house, line, seat, hello, &texts, uid),
        Wants::Command { .. } => exec::serve(line, house.desk.clone(), seat, hello, &house.is_closing),
    }
}

fn bye(line: &Line, why: Why, text: &str) {
    // Whoever is gone already needs no goodbye.
    let _ = line.send(&Frame::Bye { why, text: text.to_owned() });
}

/// Gives a guest a screen until one of both ends.
fn show(house: &House, line: Line, seat: Seat, hello: Hello, texts: &Texts, uid: u32) {
    let Wants::Screen { cols, rows, is_second, is_return } = hello.wants else { return };
    let (Ok(bell), Ok(scissors)) = (Bell::new(), line.scissors()) else { return };
    let owner = Owner { uid, operator: seat.operator().id };
    let (place, screen) = match house.sessions.attach(owner, is_second, &bell, scissors) {
        Got::Screen(place, screen) => (place, Some(screen)),
        Got::New(place) => (place, None),
        Got::Full => return bye(&line, Why::Full, ""),
    };
    let frames = hello.env.frame_settings();
    let is_colored = frames.painter.color != crate::terminal::painter::ColorDepth::Mono;
    let mut screen = match screen {
        Some(mut screen) => {
            screen.looks(is_colored, hello.env.is_utf8());
            screen
        }
        None => {
            let app = new_app(house, seat, texts.clone(), &hello, uid, (cols, rows), is_return);
            Box::new(DeskScreen::new(app, is_colored, hello.env.is_utf8()))
        }
    };
    let mut wire = SocketWire::new(line, Arc::clone(&bell));
    let welcome = Frame::Welcome { protocol: PROTOCOL, welcome: Welcome { build: house.build() } };
    if wire.line.send(&welcome).is_err() {
        return house.sessions.detach(place, screen);
    }
    let decoder = hello.env.decoder_settings();
    let run = || {
        screen.wake(Instant::now());
        session::run(Session { wire: &mut wire, cols, rows, frames, decoder }, &mut *screen)
    };
    let ended = catch_unwind(AssertUnwindSafe(run)).ok();
    part(house, &wire, place, screen, ended, bell.cue(), texts);
}

/// The end of an attachment: the screen waits for somebody to come back, or is gone; the other end is told why.
fn part(
    house: &House,
    wire: &SocketWire,
    place: Place,
    mut screen: Box<DeskScreen>,
    ended: Option<Ending>,
    cue: Cue,
    texts: &Texts,
) {
    let line = &wire.line;
    match (ended, cue) {
        (None, _) => {
            // What panicked may do so again: its drafts are kept as far as they can be, and the rest goes.
            let keep = move || {
                screen.hang_up();
                drop(screen);
            };
            let _ = catch_unwind(AssertUnwindSafe(keep));
            house.sessions.leave(place);
            bye(line, Why::Fault, "");
        }
        (Some(Ending::Left), _) => {
            drop(screen);
            house.sessions.leave(place);
            bye(line, Why::Left, "");
        }
        (Some(Ending::Terminated), _) | (Some(Ending::HungUp), Cue::End) => {
            drop(screen);
            bye(line, Why::Reconnect, "");
            house.sessions.leave(place);
        }
        (Some(Ending::HungUp), Cue::Leave) => {
            drop(screen);
            house.sessions.leave(place);
            bye(line, Why::Ended, &refusal_text(&Refusal::new("refused-ended"), texts));
        }
        (Some(Ending::HungUp), Cue::LetGo) => {
            house.sessions.detach(place, screen);
            bye(line, Why::TakenOver, "");
        }
        (Some(Ending::HungUp), Cue::None) => {
            house.sessions.detach(place, screen);
            if wire.met_garbage {
                bye(line, Why::Garbage, "");
            }
        }
    }
}

fn new_app(house: &House, seat: Seat, texts: Texts, hello: &Hello, uid: u32, size: (u16, u16), is_return: bool) -> App {
    // A typed path is opened with the daemon's rights: only for whom these are their own.
    let is_own = uid == rustix::process::getuid().as_raw();
    let folder = hello.folder.as_deref().map(PathBuf::from).filter(|folder| is_own && folder.is_absolute());
    let setting = house.setting(texts, folder);
    let mut app = App::new(seat, setting, size);
    if is_return {
        app.come_back();
    } else {
        house.greet(&mut app);
    }
    app
}
