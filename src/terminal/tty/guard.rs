//! Setting the terminal up, and giving it back whatever happens.
//!
//! Lives here: the opening and closing sequences, the guard, the panic hook. Never here: anything that could carry a
//! person's data into a panic report.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::super::ready::write_bounded;

/// Opens a session: alternate screen, no automatic wrap, plain cursor and keypad keys, bracketed paste. It asks the
/// terminal nothing.
pub const ENTER: &[u8] = b"\x1b[?1049h\x1b[?7l\x1b[?1l\x1b>\x1b[?2004h";
/// Undoes [`ENTER`] and whatever a frame may have left: an open bracket, a pen, a scroll region, a hidden cursor.
pub const LEAVE: &[u8] = b"\x1b[?2026l\x1b[r\x1b[m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";

/// How long a stuck terminal is waited for on the way out.
const LEAVE_WAIT: Duration = Duration::from_secs(1);

/// Whether the terminal is ours to restore; the guard and the panic hook may both want to.
static IS_ENTERED: AtomicBool = AtomicBool::new(false);

/// Keeps the controlling terminal in raw mode on its alternate screen; dropping it restores the terminal.
#[derive(Debug)]
pub struct TerminalGuard(());

impl TerminalGuard {
    /// Sets the terminal up; fails when there is none, and leaves it as it was then.
    pub fn enter() -> io::Result<Self> {
        crossterm::terminal::enable_raw_mode()?;
        IS_ENTERED.store(true, Ordering::SeqCst);
        let guard = Self(());
        write(ENTER)?;
        Ok(guard)
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        restore();
    }
}

/// Restores the terminal once, however often it is called. Errors have nobody left to tell.
fn restore() {
    if IS_ENTERED.swap(false, Ordering::SeqCst) {
        let _ = write(LEAVE);
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

fn write(bytes: &[u8]) -> io::Result<()> {
    let terminal =
        OpenOptions::new().write(true).custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32).open("/dev/tty")?;
    write_bounded(&terminal, bytes, LEAVE_WAIT)
}

/// Makes every panic restore the terminal first and then say where it happened, and nothing else: a panic's own message
/// may quote a person's data.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(|panic| {
        restore();
        let _ = writeln!(io::stderr(), "{}", report(panic));
    }));
}

fn report(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map_or("unknown place".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
    format!("pulang: internal error at {place}. Saved work is kept; please report this line.")
}
