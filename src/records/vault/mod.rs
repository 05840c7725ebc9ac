//! Keys and sealing: the master key, the data key of every subject, the keys of drafts and trail, the signing key.
//!
//! Everything sealed is `nonce (24) ‖ ciphertext ‖ tag (16)`, XChaCha20-Poly1305, with the place where it lives as associated
//! data: a value moved elsewhere does not open. Keys leave memory when dropped. No plaintext may be logged or kept here.

mod copies;
mod custody;
mod erased;
mod master;
mod rotate;
mod slots;

pub use copies::Copied;
pub use custody::{Custody, KeyError, KeyStanding};
pub use rotate::Rotated;
pub use slots::{SIZE as SLOT_BYTES, SlotNo, erase_in};

use super::disk::Disk;
use super::faults;
use crate::domain::refusal::Fault;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use ed25519_dalek::SigningKey;
use sha2::{Digest, Sha256};
use slots::{Slot, Slots};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use ulid::Ulid;
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// One 32-byte key; leaves memory when dropped.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(…)")
    }
}

impl DataKey {
    fn random() -> Result<Self, Fault> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *key).map_err(faults::entropy)?;
        Ok(Self(key))
    }

    fn from_slice(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// Seals `plain` for `place`: 40 bytes longer than it was.
    ///
    /// # Errors
    /// No random bytes from the system.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(faults::entropy)?;
        let payload = Payload { msg: plain, aad: place.as_bytes() };
        let sealed = self.cipher().encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| faults::seal(place))?;
        let mut out = Vec::with_capacity(NONCE + sealed.len());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens what [`DataKey::seal`] made for the same place.
    ///
    /// # Errors
    /// Another key, another place, or changed bytes: `K05`.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Fault> {
        let (nonce, msg) = sealed.split_at_checked(NONCE).ok_or_else(|| faults::seal(place))?;
        let payload = Payload { msg, aad: place.as_bytes() };
        let plain = self.cipher().decrypt(XNonce::from_slice(nonce), payload).map_err(|_| faults::seal(place))?;
        Ok(Zeroizing::new(plain))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }
}

/// The vault of one data directory.
pub struct Vault {
    slots: Slots,
    signing: SigningKey,
    drafts: DataKey,
    trail: DataKey,
}

impl Vault {
    /// Opens `keys/` below the data directory, or makes it when `is_first_start`: the master key at `key` (else
    /// `keys/master`), then the slots. The first slots are the vault's own: signing, drafts, trail. Tables that are there
    /// stay as they are until [`Vault::level`].
    ///
    /// # Errors
    /// `K01` no master key, `K02` not 32 bytes, `K03` the wrong one, `K04` slots missing or unreadable in both copies.
    pub fn open(disk: Arc<dyn Disk>, dir: &Path, key: Option<&Path>, is_first_start: bool) -> Result<Self, Fault> {
        disk.make_dir(dir).map_err(|e| faults::io("make", dir, &e))?;
        let own = dir.join("master");
        let path = key.unwrap_or(&own);
        let has_slots = Slots::exist(&*disk, dir)?;
        if !has_slots && !is_first_start {
            return Err(faults::slots("both copies of the key slots are gone"));
        }
        let master = match master::load(&*disk, path)? {
            Some(master) => master,
            None if has_slots => return Err(faults::key_missing(path)),
            None => master::make(&*disk, path)?,
        };
        rotate::settle(&*disk, dir, path, &master)?;
        let slots = if has_slots { Slots::open(disk, dir, master)? } else { Slots::make(disk, dir, master)? };
        Self::with(slots)
    }

    fn with(slots: Slots) -> Result<Self, Fault> {
        let own = |slot| match slots.read(slot)? {
            Slot::Live(key) => Ok(key),
            Slot::Erased => Err(faults::slots("a key of the vault itself is erased")),
        };
        let signing = SigningKey::from_bytes(&own(SlotNo::SIGNING)?.0);
        let (drafts, trail) = (own(SlotNo::DRAFTS)?, own(SlotNo::TRAIL)?);
        Ok(Self { slots, signing, drafts, trail })
    }

    /// Looks into `keys/` of a desk that another process may hold: nothing is made or mended.
    ///
    /// # Errors
    /// As [`Vault::open`], and any error of the disk when a file of slots is gone.
    pub fn look(disk: &dyn Disk, dir: &Path, key: Option<&Path>) -> Result<Self, Fault> {
        let own = dir.join("master");
        let path = key.unwrap_or(&own);
        let master = master::load(disk, path)?.ok_or_else(|| faults::key_missing(path))?;
        Self::with(Slots::look(disk, dir, master)?)
    }

    /// The bytes of these slots for a backup, still wrapped with the master key, and how many neither copy has.
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn copied(&self, numbers: Range<u64>) -> Result<(Vec<u8>, u64), Fault> {
        self.slots.copied(numbers)
    }

    /// The data key in a slot; `None` when it was erased.
    ///
    /// # Errors
    /// `K04` when neither copy of the slot can be read.
    pub fn key(&self, slot: SlotNo) -> Result<Option<DataKey>, Fault> {
        Ok(match self.slots.read(slot)? {
            Slot::Live(key) => Some(key),
            Slot::Erased => None,
        })
    }

    /// The key of the trail.
    pub fn trail_key(&self) -> &DataKey {
        &self.trail
    }

    /// The key of the index's snapshot.
    pub fn index_key(&self) -> DataKey {
        self.derived(b"pulang index key 1", Ulid::nil())
    }

    /// The key of what is kept of erased cases: their numbers, never a fact of a person.
    pub fn erased_key(&self) -> DataKey {
        self.derived(b"pulang erased key 1", Ulid::nil())
    }

    /// The key of one operator's drafts.
    pub fn draft_key(&self, operator: Ulid) -> DataKey {
        self.derived(b"pulang draft key 1", operator)
    }

    fn derived(&self, purpose: &[u8], operator: Ulid) -> DataKey {
        let mut hash = Sha256::new();
        hash.update(purpose);
        hash.update(self.drafts.0.as_slice());
        hash.update(operator.to_bytes());
        DataKey(Zeroizing::new(hash.finalize().into()))
    }

    /// The key that signs heads.
    pub fn signing_key(&self) -> &SigningKey {
        &self.signing
    }

    /// Slots filled in both copies: the first that is not.
    pub fn filled(&self) -> SlotNo {
        self.slots.filled()
    }

    /// Says no when a table was taken away under the open desk; two looks at open files.
    ///
    /// # Errors
    /// `D05`.
    pub fn refuse_gone(&self) -> Result<(), Fault> {
        self.slots.refuse_gone()
    }

    /// Makes both copies of the tables equally long. Before it nothing was written to them.
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn level(&self) -> Result<(), Fault> {
        self.slots.level()
    }

    /// Fills and syncs slots until `ahead` of them are ready from `next` on; does nothing when they are.
    ///
    /// # Errors
    /// Any error of the disk: what was filled before stays usable.
    pub fn fill(&self, next: SlotNo, ahead: u64) -> Result<(), Fault> {
        self.slots.fill(next, ahead)
    }

    /// Refills the slots from `next` on that cannot be read: a crash while filling. They belong to nobody yet.
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn mend_unused(&self, next: SlotNo) -> Result<(), Fault> {
        self.slots.mend_unused(next)
    }

    /// Overwrites a slot in both copies and syncs them; done before, nothing changes.
    ///
    /// # Errors
    /// Any error of the disk; the caller tries again until it succeeds.
    pub fn erase(&self, slot: SlotNo) -> Result<(), Fault> {
        self.slots.erase(slot)
    }

    /// Brings erasures to the disk: before anything says that they have happened.
    ///
    /// # Errors
    /// Any error of the disk: then the keys are to be erased again.
    pub fn sync_erased(&self) -> Result<(), Fault> {
        self.slots.sync_erased()
    }

    /// Counts the slots that neither copy can read, and mends those that one can.
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn check(&self) -> Result<u64, Fault> {
        self.slots.check()
    }
}

/// Keys for the tests of this room.
#[cfg(test)]
pub(super) mod testing {
    use super::{DataKey, Zeroizing};

    pub(crate) fn key(byte: u8) -> DataKey {
        DataKey(Zeroizing::new([byte; 32]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_sealed_opens_at_its_place_only(plain: Vec<u8>, at in any::<prop::sample::Index>(), bit in 0..8_u8) {
            let key = testing::key(1);
            let sealed = key.seal("store|case:1", &plain).unwrap();
            prop_assert_eq!(sealed.len(), plain.len() + 40);
            prop_assert_eq!(&*key.open("store|case:1", &sealed).unwrap(), &plain);
            prop_assert!(key.open("store|case:2", &sealed).is_err());
            prop_assert!(testing::key(2).open("store|case:1", &sealed).is_err());
            let mut flipped = sealed.clone();
            flipped[at.index(sealed.len())] ^= 1_u8 << bit;
            prop_assert!(key.open("store|case:1", &flipped).is_err());
            prop_assert!(key.open("store|case:1", &sealed[..at.index(sealed.len())]).is_err());
        }
    }

    #[test]
    fn keys_say_nothing_of_themselves() {
        assert_eq!(format!("{:?}", testing::key(7)), "DataKey(…)");
    }
}
