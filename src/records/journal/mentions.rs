//! Finding the lines that name a subject, without anything that remembers where they are: every segment is looked through.
//!
//! The store knows the lines of each subject. This is for when it cannot be read, and a case is to open all the same.
//! Nothing is checked here: what is sealed in a line says by itself whether it is whole.

use super::chain::Chain;
use super::line::Line;
use super::scan::MOST_SEGMENT;
use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use crate::records::disk::read_all;
use crate::records::faults;
use std::sync::PoisonError;

/// Segments that are looked through while somebody waits: 1 GiB, half a second where the machine has read them before.
const MOST_SEGMENTS: usize = 128;

impl Chain {
    /// Shows every line that names a subject, oldest first; false, and none, where the chain is too long to wait for.
    ///
    /// # Errors
    /// The visitor's, or any error of the disk.
    pub(crate) fn mentions(
        &self,
        of: Subject,
        visit: &mut dyn FnMut(Line) -> Result<(), Fault>,
    ) -> Result<bool, Fault> {
        let (segments, len) = {
            let shared = self.shared.read().unwrap_or_else(PoisonError::into_inner);
            (shared.segments.clone(), shared.len)
        };
        if segments.len() > MOST_SEGMENTS {
            return Ok(false);
        }
        let name = format!("\"{of}\"");
        let finder = memchr::memmem::Finder::new(&name);
        for (place, segment) in segments.iter().enumerate() {
            let path = segment.path(&self.dir);
            let mut bytes = read_all(&*self.disk, &path, MOST_SEGMENT).map_err(|e| faults::io("read", &path, &e))?;
            if place + 1 == segments.len() {
                bytes.truncate(len as usize);
            }
            let mut from = 0;
            while let Some(hit) = bytes.get(from..).and_then(|rest| finder.find(rest)) {
                let start = memchr::memrchr(b'\n', &bytes[..from + hit]).map_or(0, |end| end + 1);
                let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |end| start + end + 1);
                if let Ok(line) = Line::parse(&bytes[start..end]) {
                    visit(line)?;
                }
                from = end;
            }
        }
        Ok(true)
    }
}
