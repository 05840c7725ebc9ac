//! The layer below a child: `layer.c`, compiled for this run, and how to speak with it from inside the child.

use crate::measure::ROLE;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The compiled layer.
pub struct Layer {
    _dir: TempDir,
    library: PathBuf,
}

impl Layer {
    /// Compiles it with the C compiler that the program itself needs.
    pub fn build() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let library = dir.path().join("layer.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ordeals/disk/layer.c");
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let done = Command::new(compiler)
            .args(["-O1", "-shared", "-fPIC", "-o"])
            .arg(&library)
            .arg(source)
            .args(["-ldl", "-lpthread"])
            .status()
            .unwrap();
        assert!(done.success(), "the layer does not compile");
        Self { _dir: dir, library }
    }

    /// This program as a child in a role, with the layer below `root`.
    pub fn child(&self, role: &str, root: &Path) -> Command {
        let mut child = Command::new(std::env::current_exe().unwrap());
        self.below(child.env(ROLE, format!("disk:{role}")), root);
        child
    }

    /// Puts the layer below a folder of any program.
    pub fn below(&self, program: &mut Command, root: &Path) {
        program.env("LD_PRELOAD", &self.library).env("PULANG_DISK_ROOT", root);
    }
}

/// Tells the layer something, from inside a child; see `layer.c`.
pub fn tell(words: &str) {
    assert!(std::fs::File::open(format!("/pulang-disk/{words}")).is_err(), "no such path exists");
}

/// Puts a marker into the recording.
pub fn mark(words: &str) {
    tell(&format!("mark/{words}"));
}
