//! What becomes of the disk below a story: drafts that cannot be kept, and how many lie there.

use super::Story;

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
}
