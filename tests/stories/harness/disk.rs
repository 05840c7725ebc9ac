//! What becomes of the disk below a story: it fills up, fails and heals; drafts that cannot be kept, and how many lie there.

use super::Story;
use crate::records_support::{Plan, faulty};
use pulang::records::Options;
use pulang::records::disk::Disk;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// A disk that does what the story says, for everything but the store's own files.
#[derive(Clone)]
pub struct Moody {
    plan: Arc<Plan>,
    disk: Arc<dyn Disk>,
}

impl Story {
    pub(super) fn disk(&self) -> Arc<dyn Disk> {
        self.moody.as_ref().map_or_else(|| Options::default().disk, |moody| Arc::clone(&moody.disk))
    }

    fn plan(&self) -> &Plan {
        &self.moody.as_ref().expect("the story is on a moody disk").plan
    }

    /// The program is started again on a disk that can be made to fail.
    pub fn restart_on_a_moody_disk(mut self) -> Self {
        let (plan, Options { disk, .. }) = faulty();
        self.moody = Some(Moody { plan, disk });
        self.restart()
    }

    /// The disk takes nothing more.
    pub fn disk_is_full(self) -> Self {
        self.plan().writes_left.store(0, Ordering::SeqCst);
        self
    }

    /// The disk can only be read.
    pub fn disk_is_read_only(self) -> Self {
        self.plan().is_read_only.store(true, Ordering::SeqCst);
        self
    }

    /// The next sync fails with an error of the device.
    pub fn disk_fails_at_the_next_sync(self) -> Self {
        // Drafts and looks are synced on their own: what is meant is what is to be saved.
        *self.plan().fails_below.lock().unwrap() = Some("/journal/");
        self.plan().syncs_left.store(0, Ordering::SeqCst);
        self
    }

    /// The disk is well again.
    pub fn disk_is_well(self) -> Self {
        self.plan().heal();
        self
    }

    /// Waits until a text has left the screen, woken now and then as the session is.
    pub fn comes_never_to_see_again(mut self, text: &str) -> Self {
        let until = Instant::now() + Duration::from_secs(30);
        while self.screen().contains(text) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
            self.app_mut().wake(Instant::now());
        }
        self.never_sees(text)
    }

    /// The disk takes no drafts: a file lies where their folder was.
    pub fn drafts_cannot_be_kept(self) -> Self {
        let folder = self.dir.path().join("desk/drafts");
        std::fs::rename(&folder, self.dir.path().join("desk/drafts-away")).unwrap();
        std::fs::write(&folder, "").unwrap();
        self
    }

    /// The disk takes drafts again.
    pub fn drafts_can_be_kept(self) -> Self {
        let folder = self.dir.path().join("desk/drafts");
        std::fs::remove_file(&folder).unwrap();
        std::fs::rename(self.dir.path().join("desk/drafts-away"), &folder).unwrap();
        self
    }

    /// Every draft that is kept loses a byte.
    pub fn drafts_are_damaged(self) -> Self {
        let folders =
            std::fs::read_dir(self.dir.path().join("desk/drafts")).unwrap().map(|entry| entry.unwrap().path());
        for file in folders.flat_map(|folder| std::fs::read_dir(folder).unwrap()) {
            let path = file.unwrap().path();
            let mut bytes = std::fs::read(&path).unwrap();
            bytes.pop();
            std::fs::write(&path, bytes).unwrap();
        }
        self
    }

    /// How many drafts lie in the folder of the desk.
    pub fn drafts(&self) -> usize {
        let folders = std::fs::read_dir(self.dir.path().join("desk/drafts")).unwrap();
        folders.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
    }

    /// Nobody knows of a copy of the master key any more; the program is started again.
    pub fn forgets_the_copy(self) -> Self {
        std::fs::remove_file(self.dir.path().join("desk/keys/copies.json")).unwrap();
        self.restart()
    }

    /// Another copy of the master key is made, beside the running desk.
    pub fn copies_the_key_again(self) -> Self {
        std::fs::remove_file(self.dir.path().join("copy.age")).unwrap();
        self.copies_the_key();
        self
    }

    /// Waits until a text has gone from the screen, woken now and then as the session is.
    pub fn sees_the_last_of(mut self, text: &str) -> Self {
        let until = Instant::now() + Duration::from_secs(30);
        while self.screen().contains(text) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
            self.app_mut().wake(Instant::now());
        }
        self.never_sees(text)
    }
}
