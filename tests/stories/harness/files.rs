//! Files that a story finds: in the drop folder, or somewhere by its path.

use super::Story;

impl Story {
    /// The manifest of the tests lies in the folder where this desk looks for manifests.
    pub fn with_the_manifest_dropped(self) -> Self {
        let bytes = std::fs::read(Self::manifest_path()).unwrap();
        self.with_dropped("kloter_malam.csv", &bytes)
    }

    /// A file lies in the folder where this desk looks for manifests.
    pub fn with_dropped(mut self, name: &str, bytes: &[u8]) -> Self {
        let folder = self.dir.path().join("masuk");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
        self.app_mut().setting.drop_folder = Some(folder);
        self
    }

    /// A file lies somewhere else; gives its path.
    pub fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }
}
