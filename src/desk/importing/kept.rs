//! A preview as it is kept in a draft: the file where it is small enough, and everything that was done to it by hand.
//! Nothing of what the desk found is kept: it is looked for again when the preview is taken up.

use super::{Preview, hex};
use crate::desk::seat::Seat;
use crate::domain::record::{Facts, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::exchange::manifest::{self, ReadOptions};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Bytes of a file that go into a draft; of a larger one the file is asked for again. A draft has 64 KiB, a third of which
/// the writing as text takes; the rest is for what was mended.
const MOST_FILE: usize = 36 << 10;

/// What is kept of a preview.
#[derive(Serialize, Deserialize)]
pub struct KeptPreview {
    /// Of the people in the file: what was mended is mended in no other.
    fingerprint: String,
    file: Option<String>,
    mended: Vec<(usize, Slot, String)>,
    by_hand: Vec<(usize, bool)>,
    movement: Vec<(Slot, Value)>,
}

/// Shows sizes, never people.
impl std::fmt::Debug for KeptPreview {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeptPreview({} cells, {} rows)", self.mended.len(), self.by_hand.len())
    }
}

impl KeptPreview {
    /// How many cells were mended and rows left out or taken in by hand.
    pub fn changes(&self) -> usize {
        self.mended.len() + self.by_hand.len()
    }

    /// The movement that it would become, as facts.
    pub fn movement(&self) -> Facts {
        self.movement.iter().cloned().collect()
    }

    /// Also keeps a cell that is being mended just now.
    pub fn mend(&mut self, row: usize, at: Slot, text: &str) {
        self.mended.retain(|(other, slot, _)| (*other, slot.field) != (row, at.field));
        self.mended.push((row, at, text.to_owned()));
    }

    /// Also keeps a fact of the movement that is being typed just now.
    pub fn say(&mut self, at: Slot, value: Option<Value>) {
        self.movement.retain(|(slot, _)| *slot != at);
        self.movement.extend(value.map(|value| (at, value)));
    }

    /// The file, when it was small enough to be kept.
    pub fn file(&self) -> Option<Vec<u8>> {
        BASE64.decode(self.file.as_ref()?).ok()
    }

    /// Whether it was made over this file.
    pub fn is_of(&self, preview: &Preview) -> bool {
        self.fingerprint == preview.fingerprint()
    }
}

impl Preview {
    /// The preview as it is kept.
    pub fn kept(&self) -> KeptPreview {
        let is_small = self.bytes.len() <= MOST_FILE;
        KeptPreview {
            fingerprint: self.fingerprint(),
            file: is_small.then(|| BASE64.encode(&self.bytes)),
            mended: self.mended.iter().map(|(row, field, text)| (*row, Slot::own(*field), text.clone())).collect(),
            by_hand: self.by_hand.iter().map(|(row, is_left_out)| (*row, *is_left_out)).collect(),
            movement: self.movement.facts.iter().map(|(slot, value)| (*slot, value.clone())).collect(),
        }
    }

    fn fingerprint(&self) -> String {
        hex(&self.sheet.fingerprint)
    }
}

impl Seat {
    /// Does to a preview again what had been done to it when it was kept.
    pub fn take_up(&self, preview: &mut Preview, kept: &KeptPreview, now: DateTime<Utc>) {
        preview.mended = kept.mended.iter().map(|(row, at, text)| (*row, at.field, text.clone())).collect();
        preview.by_hand = kept.by_hand.iter().copied().filter(|(row, _)| *row < preview.rows()).collect();
        preview.movement.facts = kept.movement();
        self.preview_again(preview, now);
    }

    /// Whether the people of a file were taken in before.
    ///
    /// # Errors
    /// When it is no manifest.
    pub fn is_file_known(&self, bytes: &[u8], now: DateTime<Utc>) -> Result<bool, Refusal> {
        let today = self.zone().day(now);
        let sheet = manifest::read(bytes, &ReadOptions { lands: today, today })?;
        Ok(self.directory().movement_of_file(&hex(&sheet.fingerprint)).is_some())
    }
}
