//! The data keys in a backup: the slots as they are, wrapped with the master key, in runs. A run whose slots are what they
//! were is not copied again; one with an erased slot is, and the run before goes when the last list that names it does.

use super::moment::{Keys, Part, VERSION};
use super::sealing::{Identities, Recipients};
use super::set::{KEYS, Set, name_of};
use super::{Flaw, Halt};
use crate::domain::refusal::Fault;
use crate::records::journal::Sha;
use crate::records::vault::{SLOT_BYTES, SlotNo, Vault};
use chrono::{DateTime, Utc};

/// Slots of one run: a mebibyte.
const RUN: u64 = 8192;

/// What was copied of the keys.
pub(super) struct KeysMade {
    pub lost: u64,
    pub bytes: u64,
    pub written_bytes: u64,
    pub written_parts: u64,
}

/// Copies every slot that is filled now, and names them.
pub(super) fn copy(
    set: &Set,
    vault: &Vault,
    (number, at): (u64, DateTime<Utc>),
    to: &Recipients,
    before: Option<&Keys>,
    mut tell: impl FnMut(u64) -> Result<(), Fault>,
) -> Result<KeysMade, Halt> {
    let filled = vault.filled().0;
    let mut made = KeysMade { lost: 0, bytes: 0, written_bytes: 0, written_parts: 0 };
    let mut runs: Vec<Part> = Vec::new();
    for (place, first) in (0..filled).step_by(RUN as usize).enumerate() {
        let (bytes, lost) = vault.copied(first..filled.min(first + RUN))?;
        made.lost += lost;
        made.bytes += bytes.len() as u64;
        let sha = Sha::of(&bytes);
        let old = before.and_then(|keys| keys.runs.get(place)).filter(|run| run.sha == sha && set.has(KEYS, run));
        let run = match old {
            Some(run) => run.clone(),
            None => {
                let run = set.put(KEYS, &format!("slots-{first:012}"), &bytes, to)?;
                made.written_bytes += run.sealed_bytes;
                made.written_parts += 1;
                run
            }
        };
        runs.push(run);
        tell(bytes.len() as u64)?;
    }
    let signer = vault.signing_key();
    let desk = Sha(signer.verifying_key().to_bytes());
    let keys = Keys { v: VERSION, number, desk, at, recipients: to.names(), lost: made.lost, runs };
    set.put_clear(KEYS, &name_of(number), &keys, signer)?;
    Ok(made)
}

/// A list of keys and the bytes of all its slots.
pub(super) type Slots = (Keys, Vec<u8>);

/// The slots of the newest list that is whole, and older than `before` where one is given, with what is wrong with others.
pub(super) fn newest(
    set: &Set,
    desk: Sha,
    before: Option<u64>,
    by: &Identities,
) -> Result<(Option<Slots>, Vec<Flaw>), Fault> {
    let listed = set.keys()?;
    let mut flaws = listed.flaws;
    let is_wanted = |keys: &Keys| keys.desk == desk && before.is_none_or(|before| keys.number < before);
    'lists: for keys in listed.whole.into_iter().filter(is_wanted) {
        let mut bytes = Vec::new();
        for run in &keys.runs {
            match set.open(KEYS, run, by) {
                Ok(plain) => bytes.extend_from_slice(&plain),
                Err(flaw) => {
                    if !flaws.contains(&flaw) {
                        flaws.push(flaw);
                    }
                    continue 'lists;
                }
            }
        }
        return Ok((Some((keys, bytes)), flaws));
    }
    Ok((None, flaws))
}

/// Erases slots in copied bytes; gives how many were not erased yet.
pub(super) fn erase(bytes: &mut [u8], slots: impl Iterator<Item = SlotNo>) -> u64 {
    slots.map(|slot| u64::from(crate::records::vault::erase_in(bytes, slot))).sum()
}

/// Bytes of the slots before this one.
pub(super) fn len_of(until: SlotNo) -> usize {
    usize::try_from(until.0).unwrap_or(usize::MAX).saturating_mul(SLOT_BYTES)
}
