//! Waiting for files and writing to them, within bounds. What terminals and sockets share; nothing of either.

use rustix::event::{PollFd, PollFlags, Timespec};
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::time::{Duration, Instant};

/// Writes all bytes to a non-blocking file; fails when no byte was taken for `patience`.
///
/// # Errors
/// `TimedOut` then, `WriteZero`, and whatever the file says.
pub fn write_bounded<F: AsFd>(file: &F, bytes: &[u8], patience: Duration) -> io::Result<()>
where
    for<'a> &'a F: Write,
{
    let mut rest = bytes;
    let mut deadline = Instant::now() + patience;
    while !rest.is_empty() {
        match (&mut &*file).write(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => {
                rest = &rest[count..];
                deadline = Instant::now() + patience;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                if Instant::now() >= deadline {
                    return Err(io::ErrorKind::TimedOut.into());
                }
                poll([file.as_fd()], PollFlags::OUT, Some(deadline))?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Waits until a file can be read (or is broken, which reading will tell) or the deadline has come; says which.
///
/// # Errors
/// What the machine says; a caught signal only ends the wait early.
pub fn readable<const N: usize>(fds: [BorrowedFd<'_>; N], deadline: Option<Instant>) -> io::Result<[bool; N]> {
    poll(fds, PollFlags::IN, deadline)
}

/// Waits until the other end of a socket is gone, or `other` can be read, or the deadline has come; says whether it is gone.
///
/// # Errors
/// What the machine says.
pub fn is_gone(socket: BorrowedFd<'_>, other: BorrowedFd<'_>, deadline: Instant) -> io::Result<bool> {
    let mut polled =
        [PollFd::from_borrowed_fd(socket, PollFlags::RDHUP), PollFd::from_borrowed_fd(other, PollFlags::IN)];
    wait(&mut polled, Some(deadline))?;
    Ok(!polled[0].revents().is_empty())
}

fn poll<const N: usize>(
    fds: [BorrowedFd<'_>; N],
    flags: PollFlags,
    deadline: Option<Instant>,
) -> io::Result<[bool; N]> {
    let mut polled = fds.map(|fd| PollFd::from_borrowed_fd(fd, flags));
    wait(&mut polled, deadline)?;
    Ok(polled.map(|fd| !fd.revents().is_empty()))
}

fn wait(polled: &mut [PollFd<'_>], deadline: Option<Instant>) -> io::Result<()> {
    let timeout = deadline.map(|deadline| {
        let left = deadline.saturating_duration_since(Instant::now());
        Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() }
    });
    match rustix::event::poll(polled, timeout.as_ref()) {
        Ok(_) => Ok(()),
        Err(rustix::io::Errno::INTR) => {
            polled.iter_mut().for_each(PollFd::clear_revents);
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixStream;

    #[test]
    fn a_reader_that_takes_nothing_holds_nobody_for_ever() {
        let (near, far) = UnixStream::pair().unwrap();
        near.set_nonblocking(true).unwrap();
        let patience = Duration::from_millis(50);
        write_bounded(&near, &[b'x'; 1_000], patience).unwrap();
        let stuck = write_bounded(&near, &vec![b'x'; 16 * 1024 * 1024], patience).unwrap_err();
        assert_eq!(stuck.kind(), io::ErrorKind::TimedOut);
        drop(far);
        assert_ne!(write_bounded(&near, b"x", patience).unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}
