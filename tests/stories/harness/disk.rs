//! What becomes of the disk below a story: drafts that cannot be kept, and how many lie there.

use super::Story;
use std::time::{Duration, Instant};

impl Story {
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
