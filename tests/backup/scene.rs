//! What these tests share: the binary, an identity, a desk of records alone, and what a folder holds.

use crate::records_support::*;
use pulang::desk::backup::{Identities, Outcome, Recipients, Restored, Return, Until, restore};
use pulang::records::Records;
use pulang::records::backup::{Choice, Halt, Made, back_up};
use pulang::records::disk::{Disk, RealDisk};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

/// A folder with a desk to be, a set to be, and an identity that can read the set.
pub struct Scene {
    pub dir: tempfile::TempDir,
    pub recipient: String,
}

impl Scene {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let identity = age::x25519::Identity::generate();
        let text = {
            use age::secrecy::ExposeSecret;
            identity.to_string().expose_secret().to_owned()
        };
        std::fs::write(dir.path().join("identity"), format!("# invented\n{text}\n")).unwrap();
        Self { dir, recipient: identity.to_public().to_string() }
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn text(&self, name: &str) -> String {
        self.at(name).to_string_lossy().into_owned()
    }

    pub fn data(&self) -> PathBuf {
        self.at("data")
    }

    pub fn identities(&self) -> Identities {
        Identities::read(&self.at("identity")).unwrap()
    }

    pub fn recipients(&self) -> Recipients {
        Recipients::parse([self.recipient.as_str()].into_iter()).unwrap()
    }

    /// A backup of the data into `set`, by the records alone; nothing expires.
    pub fn back_up(&self) -> Result<Made, Halt> {
        self.back_up_on(Arc::new(RealDisk))
    }

    pub fn back_up_on(&self, disk: Arc<dyn Disk>) -> Result<Made, Halt> {
        let (to, recipients) = (self.at("set"), self.recipients());
        let keep_all = |_: &[_], _: &[_]| (Vec::new(), Vec::new());
        let choice = Choice { disk, to: &to, recipients: &recipients, at: chrono::Utc::now(), expiry: &keep_all };
        back_up(&pulang::records::Onlooker::new(&self.data(), None), &choice, &mut |_| Ok(()))
    }

    pub fn outcome(&self, into: &str, until: Until, is_gap_accepted: bool) -> Result<Outcome, Halt> {
        self.outcome_of(into, until, None, is_gap_accepted)
    }

    /// As [`Scene::outcome`], from the moment of this number.
    pub fn outcome_of(
        &self,
        into: &str,
        until: Until,
        moment: Option<u64>,
        is_gap_accepted: bool,
    ) -> Result<Outcome, Halt> {
        let (from, into, by, key) = (self.at("set"), self.at(into), self.identities(), self.data().join("keys/master"));
        let wanted = Return { from: &from, into: &into, by: &by, key: Some(&key), until, moment, is_gap_accepted };
        restore(&wanted, &mut |_| Ok(()))
    }

    /// Restores and opens with the master key of the desk it came from.
    pub fn restored(&self, into: &str, until: Until) -> (Restored, Records) {
        match self.outcome(into, until, false).unwrap() {
            Outcome::Restored(restored) => {
                std::fs::copy(self.data().join("keys/master"), self.at(into).join("keys/master")).unwrap();
                (*restored, open(&self.at(into)).0)
            }
            Outcome::Damaged { flaws, whole_until } => panic!("damaged: {flaws:?}, whole until {whole_until}"),
        }
    }

    pub fn pulang(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pulang"));
        command.args(["--lang", "en", "--data"]).arg(self.data()).args(args);
        command.env("USER", "ketut").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn json(&self, args: &[&str]) -> (Json, i32) {
        let output = self.pulang(&[&["--json"], args].concat());
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let json = serde_json::from_str(&told);
        let json = json.unwrap_or_else(|_| panic!("{args:?}: {told}{}", String::from_utf8_lossy(&output.stderr)));
        (json, output.status.code().unwrap_or(-1))
    }

    /// `pulang backup` into `set`.
    pub fn backup(&self) -> (Json, i32) {
        self.json(&["backup", &self.text("set"), "--to", &self.recipient])
    }
}

/// Commits so many new cases.
pub fn add(records: &Records, numbers: std::ops::Range<u128>) {
    for n in numbers {
        commit_one(records, creation(n));
    }
}

/// Every file below a folder, by its path there.
pub fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let path = entry.path();
                all.insert(path.strip_prefix(root).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    all
}

/// What a desk is: every record, every history, every line, every look.
pub fn assert_same(one: &Records, other: &Records) {
    assert_eq!(one.signed(), other.signed());
    let (here, there) = (everything(one), everything(other));
    assert!(here == there, "{} and {} records", here.len(), there.len());
    for of in here.keys() {
        assert!(one.history(*of).unwrap() == other.history(*of).unwrap(), "{of}");
    }
    let looks = |records: &Records| {
        let mut looks = Vec::new();
        let mut keep = |_, look| {
            looks.push(look);
            Ok(())
        };
        records.trail().each(pulang::records::Seq(1), &mut keep).unwrap();
        looks
    };
    assert!(looks(one) == looks(other));
    assert_eq!(one.trail().head(), other.trail().head());
}
