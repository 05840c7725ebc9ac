//! Eight callers come at once to a desk without a daemon, while the daemon is killed at random moments: every caller is let
//! in, by one daemon, never two.

use crate::daemons::Daemons;
use crate::measure::{Chance, Measure, ordeal};
use libtest_mimic::Trial;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_pulang");
const CALLERS: usize = 8;
/// How long a caller may take, at most; a machine that is busy with other tests is slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    vec![ordeal("starts", move || everybody_is_let_in_by_one_daemon(measure.rounds_or(3), measure.seed()))]
}

/// One caller: attaches a second session, waits for the list, and leaves; gives what it saw and its exit code.
fn calls(dir: &Path) -> (bool, u32, String) {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(["--lang", "id", "--data"]);
    command.arg(dir);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut keyboard = pair.master.take_writer().unwrap();
    let (told, seen) = channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            let _ = told.send(bytes[..count].to_vec());
        }
    });
    let (since, mut all) = (Instant::now(), Vec::new());
    let is_drawn = |all: &[u8]| String::from_utf8_lossy(all).contains("masih kosong");
    let mut was_in = false;
    while since.elapsed() < PATIENCE {
        all.extend(seen.try_iter().flatten());
        was_in |= is_drawn(&all);
        // A screen that another caller took over, or a daemon that was killed, ends or comes back by itself.
        if was_in {
            let _ = keyboard.write_all(b"\x1b").and_then(|()| keyboard.write_all(b"q")).and_then(|()| keyboard.flush());
        }
        if let Some(status) = child.try_wait().unwrap() {
            // The rest of what it wrote, until its terminal is closed.
            while let Ok(bytes) = seen.recv_timeout(Duration::from_secs(5)) {
                all.extend(bytes);
            }
            was_in |= is_drawn(&all);
            return (was_in, status.exit_code(), text(&all));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    (was_in, 99, text(&all))
}

fn text(bytes: &[u8]) -> String {
    let mut screen = vt100::Parser::new(24, 80, 0);
    screen.process(bytes);
    screen.screen().contents()
}

fn everybody_is_let_in_by_one_daemon(rounds: u64, seed: u64) {
    println!("starts: --seed {seed}");
    let mut chance = Chance::new(seed);
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("desk");
    let daemons = Daemons::of(&dir);
    let (mut kills, mut taken_over) = (0, 0);
    for round in 0..rounds {
        let (ended, all_ended) = channel::<()>();
        let callers: Vec<_> = (0..CALLERS)
            .map(|_| {
                let (dir, ended) = (dir.clone(), ended.clone());
                std::thread::spawn(move || {
                    let seen = calls(&dir);
                    drop(ended);
                    seen
                })
            })
            .collect();
        drop(ended);
        // One kill in the middle of it: while the first daemon starts, works, or leaves.
        std::thread::sleep(Duration::from_millis(chance.below(900)));
        kills += u64::from(daemons.kill_one());
        // Two processes may want to be the daemon, and only one of them has the socket; a while later there is one.
        let mut most = 0;
        while all_ended.try_recv() != Err(std::sync::mpsc::TryRecvError::Disconnected) {
            most = most.max(daemons.answering());
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(most <= 1, "round {round}: {most} daemons answered at once");
        for caller in callers {
            let (was_in, exit, screen) = caller.join().unwrap();
            let is_taken_over = screen.contains("dilanjutkan di terminal lain");
            taken_over += u64::from(is_taken_over);
            assert!(was_in || is_taken_over, "round {round}: not let in, exit {exit}:\n{screen}");
            assert!(exit == 0 || is_taken_over && exit == 1, "round {round}: exit {exit}:\n{screen}");
        }
    }
    daemons.have_left();
    println!("starts: {rounds} rounds of {CALLERS} callers, {kills} daemons killed, {taken_over} screens taken over");
}
