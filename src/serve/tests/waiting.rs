//! Sessions that wait for somebody to come back: how long, how many, and who goes first. Time is the test's.

use super::*;
use crate::serve::limits;
use crate::serve::sessions::{Asked, Got, Place, Sessions};

/// The other end of a session's line, which the table only ever cuts.
fn attach(sessions: &Sessions, owner: Owner, asked: Asked) -> Got {
    let (near, _far) = UnixStream::pair().unwrap();
    sessions.attach(owner, asked, &Bell::new().unwrap(), Line::new(near).unwrap().scissors().unwrap())
}

fn new(sessions: &Sessions, owner: Owner) -> Place {
    match attach(sessions, owner, Asked::Second) {
        Got::New(place) => place,
        Got::Screen(..) | Got::Full => panic!("a place for a new screen"),
    }
}

fn owner(uid: u32) -> Owner {
    Owner { uid, operator: Ulid(u128::from(uid)) }
}

#[test]
fn a_session_waits_for_thirty_minutes_and_then_only_its_draft_does() {
    let lobby = Lobby::new();
    let mut guest = lobby.comes(OFFICER, false);
    guest.types("n\tBUDI CONTOH");
    guest.sees("BUDI CONTOH");
    let before = Instant::now();
    guest.hangs_up();
    let due = lobby.house.sessions.expire(before).expect("it waits");
    let half_an_hour = Duration::from_secs(30 * 60);
    assert!((before + half_an_hour..=Instant::now() + half_an_hour).contains(&due));
    assert_eq!(lobby.house.sessions.expire(due - Duration::from_millis(1)), Some(due), "not yet");
    // Whoever comes back in time finds the screen as it was, and the half hour begins anew.
    let mut again = lobby.comes(OFFICER, false);
    again.sees("ISIAN");
    assert_eq!(lobby.house.sessions.expire(due + half_an_hour), None, "nobody waits");
    again.hangs_up();
    let due_again = lobby.house.sessions.expire(due).expect("it waits again");
    assert!(due_again > due);
    assert_eq!((lobby.house.sessions.expire(due_again), lobby.house.sessions.count()), (None, 0));
    let mut late = lobby.comes(OFFICER, false);
    late.sees("Lanjutkan draf?");
    late.types("\r");
    late.sees("BUDI CONTOH");
}

#[test]
fn one_operator_has_four_sessions_and_a_fifth_is_refused_whether_they_wait_or_not() {
    let lobby = Lobby::new();
    let sessions = &lobby.house.sessions;
    let places: Vec<Place> = (0..limits::SESSIONS_OF_ONE).map(|_| new(sessions, owner(1))).collect();
    assert!(matches!(attach(sessions, owner(1), Asked::Second), Got::Full));
    sessions.detach(places[2], lobby.screen(lobby.seat(CHIEF)));
    assert!(matches!(attach(sessions, owner(1), Asked::Second), Got::Full), "one that waits counts");
    // The same operator as another user of the machine, and another operator, have their own.
    new(sessions, Owner { uid: 2, ..owner(1) });
    new(sessions, owner(2));
    match attach(sessions, owner(1), Asked::Own) {
        Got::Screen(place, _) => sessions.leave(place),
        Got::New(_) | Got::Full => panic!("the one that was left"),
    }
    new(sessions, owner(1));
    assert_eq!(sessions.count(), limits::SESSIONS_OF_ONE + 2);
}

#[test]
fn of_more_than_a_hundred_and_twenty_eight_that_wait_the_one_that_waits_longest_goes() {
    let lobby = Lobby::new();
    let (sessions, seat) = (&lobby.house.sessions, lobby.seat(CHIEF));
    let screen = || lobby.screen(seat.clone());
    // One at a terminal is never among those that go, however long it is there.
    let attached = new(sessions, owner(9_999));
    for nth in 0..limits::DETACHED as u32 {
        let place = new(sessions, owner(nth / 4));
        sessions.detach(place, screen());
    }
    assert_eq!(sessions.count(), limits::DETACHED + 1, "128 wait");
    // Those of the first operator are taken up and left again: now the second one's have waited longest.
    let taken = |owner: Owner| match attach(sessions, owner, Asked::Own) {
        Got::Screen(place, _) => place,
        Got::New(_) | Got::Full => panic!("one that was left"),
    };
    let again: Vec<Place> = (0..4).map(|_| taken(owner(0))).collect();
    again.into_iter().for_each(|place| sessions.detach(place, screen()));
    assert_eq!(sessions.count(), limits::DETACHED + 1);
    for gone in 1..=4 {
        let place = new(sessions, owner(10_000 + gone));
        sessions.detach(place, screen());
        assert_eq!(sessions.count(), limits::DETACHED + 1, "one comes, one goes");
    }
    assert!(matches!(attach(sessions, owner(1), Asked::Return(None)), Got::New(_)), "nothing waits for the second one");
    assert!(
        matches!(attach(sessions, owner(0), Asked::Return(None)), Got::Screen(..)),
        "who came back in between is kept"
    );
    assert!(matches!(attach(sessions, owner(2), Asked::Return(None)), Got::Screen(..)));
    sessions.detach(attached, screen());
    assert!(matches!(attach(sessions, owner(9_999), Asked::Return(None)), Got::Screen(..)), "the last one to be left");
}
