//! One guest of the daemon: from the first frame to the last. Who is it, what is wanted, a session or a refusal.
//!
//! A panic ends the session it happened in, with its drafts kept; nothing that a guest sends ends anything else.

use super::daemon::House;
use super::exec;
use super::frame::{Frame, Hello, PROTOCOL, Unread, Wants, Welcome, Why};
use super::limits;
use super::peer;
use super::sessions::{Asked, Got, Owner, Place};
use super::socket::{Bell, Cue, Line, Lost, SocketWire};
use crate::app::App;
use crate::app::notice::refusal_text;
use crate::app::returning::Left;
use crate::cli::answer;
use crate::desk::Seat;
use crate::domain::refusal::Refusal;
use crate::terminal::desk_screen::DeskScreen;
use crate::terminal::seated::Seated;
use crate::terminal::session::{self, Ending, Screen, Session};
use crate::text::Texts;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// Serves one guest until it goes. Whatever is wrong with the connection ends it.
pub fn serve(house: &House, mut line: Line, uid: u32) {
    let (protocol, hello) = match line.receive(Some(Instant::now() + limits::HELLO)) {
        Ok(Frame::Hello { protocol, hello }) => (protocol, *hello),
        Ok(_) | Err(Lost::Unread(Unread::Garbage | Unread::TooLong)) => return bye(&line, Why::Garbage, ""),
        Err(Lost::Unread(Unread::Protocol(_))) => return bye(&line, Why::Protocol, &PROTOCOL.to_string()),
        Err(Lost::Gone | Lost::Late) => return,
    };
    let texts = answer::texts(Some(&hello.lang));
    let enter = match hello.wants {
        Wants::Screen { .. } => peer::seat,
        Wants::Command { .. } => peer::seat_of_command,
    };
    let seat = match enter(&house.desk, uid, hello.as_name.as_deref()) {
        Ok(seat) => seat,
        Err(refusal) => return bye(&line, Why::Refused, &refusal_text(&refusal, &texts)),
    };
    match hello.wants {
        Wants::Screen { .. } => show(house, line, seat, (protocol, hello), &texts, uid),
        Wants::Command { .. } => exec::serve(line, house.desk.clone(), seat, hello, &house.is_closing),
    }
}

fn bye(line: &Line, why: Why, text: &str) {
    // Whoever is gone already needs no goodbye.
    let _ = line.send(&Frame::Bye { why, text: text.to_owned() });
}

/// Gives a guest a screen until one of both ends.
fn show(house: &House, line: Line, seat: Seat, (protocol, hello): (u16, Hello), texts: &Texts, uid: u32) {
    let Wants::Screen { cols, rows, is_second, is_return } = hello.wants else { return };
    let (Ok(bell), Ok(scissors), Ok(marks)) = (Bell::new(), line.scissors(), line.second()) else { return };
    if is_return && line.has_ended() {
        // Whoever went while a new daemon began leaves nothing behind that somebody else would wait for.
        return;
    }
    let owner = Owner { uid, operator: seat.operator().id };
    let left = hello.mark.as_deref().filter(|_| is_return).and_then(Left::from_bytes);
    let asked = match (is_second, is_return) {
        (true, _) => Asked::Second,
        (false, true) => Asked::Return(left.as_ref().and_then(Left::session)),
        (false, false) => Asked::Own,
    };
    let (place, screen) = match house.sessions.attach(owner, asked, &bell, scissors) {
        Got::Screen(place, screen) => (place, Some(screen)),
        Got::New(place) => (place, None),
        Got::Full => return bye(&line, Why::Full, ""),
    };
    // Whatever happens from here on, the place is not kept for a screen that is not there any more.
    let _kept = Kept { house, place };
    let frames = hello.env.frame_settings();
    let is_colored = frames.painter.color != crate::terminal::painter::ColorDepth::Mono;
    let is_utf8 = hello.env.is_utf8();
    // Whoever has other roles since, or is let in again, does not go on with the seat from before.
    let screen = match screen.filter(|screen| screen.app.seat.standing().is_ok()) {
        Some(mut screen) => {
            screen.looks(is_colored, is_utf8);
            screen.app.take_hold();
            if is_return {
                screen.app.cover_again(left.as_ref());
            }
            screen
        }
        None => {
            // On the practice desk, and nowhere else, a session itself says who sits there.
            let sitter = left.as_ref().and_then(Left::sitter).and_then(|sitter| seat.switch(sitter).ok());
            let mut app = new_app(house, sitter.unwrap_or(seat), *texts, (&hello, left.as_ref()), uid);
            app.session = Some(place.session());
            Box::new(DeskScreen::new(app, is_colored, is_utf8))
        }
    };
    let (rung, falling) = (Arc::clone(&bell), Arc::clone(&bell));
    let mark = move |left: &Left| {
        if protocol > 1 {
            // A line that takes nothing any more is noticed by the session itself.
            let _ = marks.send(&Frame::Mark(left.to_bytes()));
        }
    };
    let fall = move || falling.ask(Cue::Leave);
    let mut seated = Seated::new(screen, Box::new(move || rung.ring()), Box::new(fall), Box::new(mark));
    let mut wire = SocketWire::new(line, Arc::clone(&bell));
    let welcome = Frame::Welcome { protocol, welcome: Welcome { build: house.build() } };
    if wire.line.send(&welcome).is_err() {
        return house.sessions.detach(place, seated.into_screen());
    }
    let decoder = hello.env.decoder_settings();
    let run = || {
        seated.wake(Instant::now());
        session::run(Session { wire: &mut wire, cols, rows, frames, decoder }, &mut seated)
    };
    let ended = catch_unwind(AssertUnwindSafe(run)).ok();
    let (why, text) = part(house, place, seated, ended, bell.cue(), wire.met_garbage);
    let text = text.map(|refusal| refusal_text(&refusal, texts)).unwrap_or_default();
    bye(&wire.line, why, &text);
}

/// A place that is given up when its guest goes, unless a screen was left there.
struct Kept<'h> {
    house: &'h House,
    place: Place,
}

impl Drop for Kept<'_> {
    fn drop(&mut self) {
        self.house.sessions.leave(self.place);
    }
}

/// The end of an attachment: the screen waits for somebody to come back, or is gone. Gives what the other end is told.
fn part(
    house: &House,
    place: Place,
    mut seated: Seated,
    ended: Option<Ending>,
    cue: Cue,
    met_garbage: bool,
) -> (Why, Option<Refusal>) {
    match (ended, cue) {
        (None, _) => {
            // What panicked may do so again: its drafts are kept as far as they can be, and the rest goes.
            let keep = move || {
                seated.hang_up();
                drop(seated);
            };
            let _ = catch_unwind(AssertUnwindSafe(keep));
            house.sessions.leave(place);
            (Why::Fault, None)
        }
        (Some(Ending::Left), _) => {
            drop(seated);
            house.sessions.leave(place);
            (Why::Left, None)
        }
        (Some(Ending::Terminated), _) | (Some(Ending::HungUp), Cue::End) => {
            drop(seated);
            house.sessions.leave(place);
            (Why::Reconnect, None)
        }
        (Some(Ending::HungUp), Cue::Leave) => {
            let refusal = seated.into_screen().app.seat.standing().err();
            house.sessions.leave(place);
            (Why::Ended, refusal)
        }
        (Some(Ending::HungUp), Cue::LetGo) => {
            house.sessions.detach(place, seated.into_screen());
            (Why::TakenOver, None)
        }
        (Some(Ending::HungUp), Cue::None) => {
            house.sessions.detach(place, seated.into_screen());
            (if met_garbage { Why::Garbage } else { Why::Left }, None)
        }
    }
}

/// The state of a new session.
fn new_app(house: &House, seat: Seat, texts: Texts, (hello, left): (&Hello, Option<&Left>), uid: u32) -> App {
    let (size, is_return) = match hello.wants {
        Wants::Screen { cols, rows, is_return, .. } => ((cols, rows), is_return),
        Wants::Command { .. } => ((0, 0), false),
    };
    // A typed path is opened with the daemon's rights: only for whom these are their own.
    let is_own = uid == rustix::process::getuid().as_raw();
    let folder = hello.folder.as_deref().map(PathBuf::from).filter(|folder| is_own && folder.is_absolute());
    let setting = house.setting(texts, folder);
    let mut app = App::new(seat, setting, size);
    if is_return {
        app.come_back(left);
    } else {
        house.greet(&mut app);
    }
    app
}
