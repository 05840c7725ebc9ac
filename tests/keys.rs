//! The master key and erasure, with the real program: where the key is, copies out and back, rotation, and that of somebody
//! who was erased no file of the desk holds anything. All people are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use age::secrecy::ExposeSecret;
use serde_json::{Value as Json, json};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/manifest_110.csv");

struct Place {
    dir: tempfile::TempDir,
    data: PathBuf,
    is_practice: bool,
}

impl Place {
    fn new(is_practice: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("desk");
        Self { dir, data, is_practice }
    }

    /// A desk that has taken in the flight.
    fn landed() -> Self {
        let place = Self::new(false);
        place.done(&["import", MANIFEST, "--lands", "21-02-2026"]);
        place
    }

    fn file(&self, name: &str) -> String {
        self.dir.path().join(name).display().to_string()
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pulang"));
        if self.is_practice {
            command.arg("--practice");
        }
        command.args(["--lang", "en", "--data"]).arg(&self.data).args(args).stdin(Stdio::null()).output().unwrap()
    }

    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn refused(&self, args: &[&str], exit: i32) -> String {
        let output = self.run(args);
        let told = String::from_utf8(output.stderr).unwrap() + &String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(exit), "{args:?}: {told}");
        told
    }

    fn json(&self, args: &[&str]) -> Json {
        let output = self.run(&[&["--json"], args].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// An identity in a file, and its public name.
    fn identity(&self, name: &str) -> (String, String) {
        let identity = age::x25519::Identity::generate();
        let file = self.file(name);
        std::fs::write(&file, format!("# invented\n{}\n", identity.to_string().expose_secret())).unwrap();
        (file, identity.to_public().to_string())
    }
}

fn mode(path: impl AsRef<Path>) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn a_desk_says_where_its_key_is_and_that_no_copy_was_made_until_one_is() {
    let place = Place::landed();
    let told = place.done(&["key"]);
    assert!(told.contains("desk/keys/master, mode 0400") && told.contains("has no copy yet"), "{told}");
    assert!(told.contains("on the same disk"), "{told}");
    let before = place.json(&["key"]);
    assert_eq!(before["warnings"], json!(["alarm-key-uncopied", "key-warn-same-disk"]));
    assert_eq!((&before["mode"], &before["opens_desk"], &before["copy"]), (&json!("0400"), &json!(true), &Json::Null));
    let (_, recipient) = place.identity("id");
    let copy = place.file("copy.age");
    let told = place.done(&["key", "export", &copy, "--to", &recipient]);
    assert!(told.contains(&recipient) && told.contains("pulang key check"), "{told}");
    assert_eq!(mode(&copy), 0o400);
    let sealed = std::fs::read(&copy).unwrap();
    let master = std::fs::read(place.data.join("keys/master")).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1") && !sealed.windows(32).any(|some| some == master));
    let after = place.json(&["key"]);
    assert_eq!(after["warnings"], json!(["key-warn-same-disk"]));
    assert_eq!(after["copy"]["recipients"], json!([recipient]));
    assert_eq!(after["fingerprint"], after["copy"]["fingerprint"]);
    std::fs::set_permissions(place.data.join("keys/master"), std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(place.done(&["key"]).contains("chmod 0400"));
}

#[test]
fn what_is_no_recipient_and_a_file_that_is_there_are_refused() {
    let place = Place::landed();
    let (identity, recipient) = place.identity("id");
    let copy = place.file("copy.age");
    assert!(place.refused(&["key", "export", &copy], 1).contains("no recipient"));
    let told = place.refused(&["key", "export", &copy, "--to", "age1nonsense"], 1);
    assert!(told.contains("age1nonsense"), "{told}");
    assert!(!Path::new(&copy).exists());
    // Where it cannot go is said of that place, not of the disk with the data.
    for (nowhere, why) in [(place.file("nowhere/copy.age"), "/nowhere"), ("/proc/copy.age".into(), "/proc")] {
        let told = place.refused(&["key", "export", &nowhere, "--to", &recipient], 1);
        assert!(told.contains(why) && !told.contains("[D"), "{told}");
    }
    let list = place.file("recipients");
    std::fs::write(&list, format!("# the safe\n{recipient}\n\n")).unwrap();
    place.done(&["key", "export", &copy, "--recipients-file", &list]);
    let first = std::fs::read(&copy).unwrap();
    assert!(place.refused(&["key", "export", &copy, "--to", &recipient], 1).contains("nothing is overwritten"));
    assert_eq!(std::fs::read(&copy).unwrap(), first);
    assert!(place.refused(&["key", "check", MANIFEST, "--identity", &identity], 1).contains("no copy"));
    let (stranger, _) = place.identity("stranger");
    assert!(place.refused(&["key", "check", &copy, "--identity", &stranger], 1).contains("does not open"));
    assert!(place.refused(&["key", "check", &copy, "--identity", MANIFEST], 1).contains("AGE-SECRET-KEY"));
    let error = place.json(&["key", "export", &copy, "--to", &recipient]);
    assert_eq!(error["error"]["key"], json!("refused-key-file-there"));
    let none = Place::new(false);
    assert!(none.refused(&["key"], 1).contains("no desk"));
    assert!(!none.data.exists());
}

#[test]
fn a_key_that_is_lost_comes_back_from_its_copy_and_no_other() {
    let (place, other) = (Place::landed(), Place::landed());
    let (identity, recipient) = place.identity("id");
    let (copy, foreign) = (place.file("copy.age"), place.file("foreign.age"));
    place.done(&["key", "export", &copy, "--to", &recipient]);
    other.done(&["key", "export", &foreign, "--to", &recipient]);
    assert!(place.done(&["key", "check", &copy, "--identity", &identity]).contains("opens this desk"));
    assert!(place.refused(&["key", "check", &foreign, "--identity", &identity], 1).contains("does NOT open"));
    assert!(place.refused(&["key", "restore", &copy, "--identity", &identity], 1).contains("already"));
    let master = place.data.join("keys/master");
    let key = std::fs::read(&master).unwrap();
    std::fs::remove_file(&master).unwrap();
    std::fs::remove_file(place.data.join("keys/copies.json")).unwrap();
    assert!(place.refused(&["list"], 4).contains("pulang key restore"));
    assert!(place.refused(&["key", "restore", &foreign, "--identity", &identity], 1).contains("nothing was written"));
    assert!(!master.exists());
    place.done(&["key", "restore", &copy, "--identity", &identity]);
    assert_eq!((std::fs::read(&master).unwrap(), mode(&master)), (key, 0o400));
    assert!(place.done(&["list"]).contains("110 cases"));
    assert_eq!(place.json(&["key"])["copy"]["recipients"], json!([recipient]), "that there is a copy is known again");
}

#[test]
fn a_key_that_is_damaged_or_sealed_and_tables_that_are_missing_say_what_to_do() {
    let place = Place::landed();
    let (identity, recipient) = place.identity("id");
    let copy = place.file("copy.age");
    place.done(&["key", "export", &copy, "--to", &recipient]);
    let master = place.data.join("keys/master");
    let key = std::fs::read(&master).unwrap();
    let with = |bytes: &[u8]| {
        _ = std::fs::remove_file(&master);
        std::fs::write(&master, bytes).unwrap();
    };
    let mut flipped = key.clone();
    flipped[7] ^= 4;
    for (bytes, code) in [(flipped.as_slice(), "[K03]"), (&key[..31], "[K02]")] {
        with(bytes);
        let told = place.refused(&["list"], 4);
        let way = "mv keys/master keys/master.bad, then pulang key restore FILE --identity FILE";
        assert!(told.contains(code) && told.contains(way), "{told}");
        let told = place.refused(&["key", "restore", &copy, "--identity", &identity], 1);
        assert!(told.contains("nothing is overwritten") && told.contains("master.bad"), "{told}");
        std::fs::rename(&master, place.data.join("keys/master.bad")).unwrap();
        place.done(&["key", "restore", &copy, "--identity", &identity]);
        assert!(place.done(&["list"]).contains("110 cases"));
    }
    let told = place.refused(&["--key", &copy, "list"], 4);
    assert!(told.contains("sealed copy") && told.contains("key restore"), "{told}");
    let tables = ["slots.a", "slots.b"].map(|name| (place.data.join("keys").join(name), name));
    for (path, name) in &tables {
        std::fs::copy(path, place.file(name)).unwrap();
    }
    std::fs::remove_dir_all(place.data.join("keys")).unwrap();
    for what in ["restore", "check"] {
        let told = place.refused(&["key", what, &copy, "--identity", &identity], 1);
        assert!(told.contains("are missing") && told.contains("pulang restore SET NEW"), "{told}");
        assert!(!told.contains("rotated"), "{told}");
    }
    std::fs::create_dir(place.data.join("keys")).unwrap();
    for (path, name) in &tables {
        std::fs::copy(place.file(name), path).unwrap();
    }
    place.done(&["key", "restore", &copy, "--identity", &identity]);
    assert!(place.done(&["list"]).contains("110 cases"));
}

#[test]
fn the_doctor_finds_keys_that_are_missing_cut_damaged_or_anothers() {
    let place = Place::landed();
    let keys = place.data.join("keys");
    let kept = place.dir.path().join("kept");
    std::fs::create_dir(&kept).unwrap();
    let names = ["master", "slots.a", "slots.b", "copies.json"];
    let copied = |from: &Path, to: &Path| {
        for name in names.iter().filter(|name| from.join(name).exists()) {
            _ = std::fs::remove_file(to.join(name));
            std::fs::copy(from.join(name), to.join(name)).unwrap();
        }
    };
    copied(&keys, &kept);
    let found = |key: &str| {
        let told = place.json(&["doctor"]);
        let all = told["findings"].as_array().unwrap();
        all.iter().any(|one| one["key"] == key && one["grade"] == "bad")
    };
    let is_well = || !place.json(&["doctor"])["findings"].to_string().contains("\"fault-key");
    let both = |harm: &dyn Fn(&mut Vec<u8>)| {
        for name in ["slots.a", "slots.b"] {
            let mut bytes = std::fs::read(keys.join(name)).unwrap();
            harm(&mut bytes);
            std::fs::write(keys.join(name), bytes).unwrap();
        }
    };
    assert!(is_well());
    std::fs::remove_file(keys.join("master")).unwrap();
    assert!(found("fault-key-missing"));
    std::fs::write(keys.join("master"), [7; 32]).unwrap();
    assert!(found("doctor-key-foreign"));
    copied(&kept, &keys);
    both(&|bytes| bytes.truncate(2000));
    assert!(found("fault-key-slots-short"));
    copied(&kept, &keys);
    both(&|bytes| bytes[4096..8192].fill(0));
    assert!(found("fault-key-slots"));
    copied(&kept, &keys);
    both(&|bytes| bytes[40 * 128 + 30] ^= 1);
    assert!(found("fault-key-slots"));
    std::fs::remove_dir_all(&keys).unwrap();
    assert!(found("fault-key-slots"));
    std::fs::create_dir(&keys).unwrap();
    copied(&kept, &keys);
    assert!(is_well());
}

#[test]
fn whose_keys_are_gone_verifying_says_by_the_numbers_of_their_cases() {
    let place = Place::landed();
    let tables = ["slots.a", "slots.b"].map(|name| place.data.join("keys").join(name));
    let good = std::fs::read(&tables[0]).unwrap();
    let harmed = |harm: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = good.clone();
        harm(&mut bytes);
        tables.iter().for_each(|path| std::fs::write(path, &bytes).unwrap());
    };
    // A page of both tables, then one byte of one slot.
    harmed(&|bytes| bytes[4096..8192].fill(0));
    let told = place.refused(&["verify"], 1);
    assert_eq!(told.matches("The key of 26-0000").count(), 32, "{told}");
    assert!(told.contains("32 keys cannot be read"), "{told}");
    harmed(&|bytes| bytes[40 * 128 + 30] ^= 1);
    let told = place.refused(&["verify"], 1);
    assert_eq!(told.matches("The key of 26-0000").count(), 1, "{told}");
    // Whoever works there is not called a stranger.
    harmed(&|bytes| bytes[16 * 128..18 * 128].fill(0));
    let told = place.refused(&["list"], 4);
    assert!(told.contains("[K04]") && told.contains("pulang restore SET NEW"), "{told}");
    harmed(&|bytes| bytes.truncate(2000));
    let told = place.refused(&["list"], 4);
    assert!(told.contains("[K04]") && told.contains("shorter than the keys in use"), "{told}");
    harmed(&|_| {});
    assert!(place.done(&["list"]).contains("110 cases"));
    assert!(place.done(&["verify"]).contains("Whole"));
}

#[test]
fn a_rotated_desk_asks_for_a_new_copy_and_the_old_one_opens_it_no_more() {
    let place = Place::landed();
    let (identity, recipient) = place.identity("id");
    let copy = place.file("copy.age");
    place.done(&["key", "export", &copy, "--to", &recipient]);
    let was = place.json(&["key"])["fingerprint"].clone();
    let rotated = place.json(&["key", "rotate"]);
    assert_eq!(rotated["was"], was);
    assert!(rotated["rewrapped"].as_u64().unwrap() > 1000);
    let now = place.json(&["key"]);
    assert_eq!(now["fingerprint"], rotated["fingerprint"]);
    assert_eq!((&now["copy"], &now["warnings"][0]), (&Json::Null, &json!("alarm-key-uncopied")));
    assert_eq!(mode(place.data.join("keys/master")), 0o400);
    assert!(place.refused(&["key", "check", &copy, "--identity", &identity], 1).contains("rotated since"));
    assert!(place.done(&["verify"]).contains("Whole"));
    let elsewhere = place.file("elsewhere");
    let told = place.done(&["key", "rotate", "--new-key-file", &elsewhere]);
    assert!(told.contains(&format!("--key {elsewhere}")) && told.contains("Make a new copy"), "{told}");
    place.refused(&["list"], 4);
    assert!(place.done(&["--key", &elsewhere, "list"]).contains("110 cases"));
    assert!(
        place.refused(&["--key", &elsewhere, "key", "rotate", "--new-key-file", &elsewhere], 1).contains("already")
    );
}

#[test]
fn a_desk_that_is_open_is_not_rotated_but_its_key_is_copied() {
    let place = Place::landed();
    let (_, recipient) = place.identity("id");
    let held = std::fs::File::options().read(true).write(true).open(place.data.join("lock")).unwrap();
    rustix::fs::flock(&held, rustix::fs::FlockOperation::NonBlockingLockExclusive).unwrap();
    let before = std::fs::read(place.data.join("keys/slots.a")).unwrap();
    place.refused(&["key", "rotate"], 3);
    assert_eq!(std::fs::read(place.data.join("keys/slots.a")).unwrap(), before);
    place.done(&["key", "export", &place.file("copy.age"), "--to", &recipient]);
    drop(held);
    place.done(&["key", "rotate"]);
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let below = |entry: std::fs::DirEntry| match entry.file_type().unwrap().is_dir() {
        true => files(&entry.path()),
        false => vec![(entry.path(), std::fs::read(entry.path()).unwrap())],
    };
    entries.flat_map(below).collect()
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    memchr::memmem::find(bytes, what).is_some()
}

#[test]
fn of_somebody_erased_no_file_holds_a_name_or_the_key_and_the_number_is_never_given_again() {
    let place = Place::new(true);
    place.done(&["practice", "--cases", "60", "--entries", "8"]);
    let closed = place.json(&["list", "status:tutup"]);
    let why = "the owner of the data asked for it";
    let erasable = |case: &&Json| {
        let told = place.run(&["erase", case["number"].as_str().unwrap(), "--reason", why]);
        String::from_utf8_lossy(&told.stderr).contains("Nothing was erased. Say the number again")
    };
    let one =
        closed["cases"].as_array().unwrap().iter().find(erasable).expect("somebody is closed and tied to nothing");
    let (number, name) = (one["number"].as_str().unwrap(), one["name"].as_str().unwrap());
    let subject = place.json(&["show", number]);
    let nik = subject["facts"]["nik"]["value"].as_str().unwrap_or("none").to_owned();
    assert!(
        place.refused(&["erase", number, "--reason", why, "--yes", "26-999999-X"], 1).contains("nothing was erased")
    );
    let naming = format!("{name} asked for it");
    assert!(
        place
            .refused(&["erase", number, "--reason", &naming, "--yes", number], 1)
            .contains("holds the name or number of a person")
    );
    let slots = || std::fs::read(place.data.join("keys/slots.a")).unwrap();
    let before = slots();
    let told = place.done(&["erase", number, "--reason", why, "--yes", number]);
    assert!(told.contains("erased for good") && told.contains("until they are destroyed"), "{told}");
    let after = slots();
    let changed: Vec<_> = before.chunks(128).zip(after.chunks(128)).filter(|(one, other)| one != other).collect();
    let [(wrapped, _)] = changed.as_slice() else { panic!("{} slots changed", changed.len()) };
    let nothing_of_them = || {
        for (path, bytes) in files(&place.data) {
            assert!(!has(&bytes, &wrapped[40..88]), "the key is in {}", path.display());
            for text in [name.as_bytes(), name.to_lowercase().as_bytes(), nik.as_bytes()] {
                assert!(!has(&bytes, text), "something of the person is in {}", path.display());
            }
        }
    };
    nothing_of_them();
    assert!(place.refused(&["show", number], 1).contains("was erased for good on"));
    assert!(place.refused(&["erase", number, "--reason", why, "--yes", number], 1).contains("was erased"));
    let all = place.json(&["list"]);
    assert!(all["cases"].as_array().unwrap().iter().all(|case| case["number"] != one["number"]));
    if nik != "none" {
        assert_eq!(place.json(&["list", &format!("nik:{nik}")])["found"], 0);
    }
    assert!(place.done(&["verify"]).contains("Whole"));
    place.done(&["key", "rotate"]);
    nothing_of_them();
    std::fs::remove_dir_all(place.data.join("store")).unwrap();
    std::fs::remove_file(place.data.join("index.snapshot")).ok();
    assert!(place.refused(&["show", number], 1).contains("was erased"), "a rebuilt store knows it as well");
    assert!(place.done(&["verify"]).contains("Whole"));
    nothing_of_them();
}

#[test]
fn a_case_under_way_is_not_erased() {
    let place = Place::landed();
    let list = place.json(&["list"]);
    let number = list["cases"][0]["number"].as_str().unwrap();
    let told = place.refused(&["erase", number, "--reason", "masa simpan berakhir", "--yes", number], 1);
    assert!(told.contains("still under way"), "{told}");
    assert!(place.done(&["list"]).contains("110 cases"));
    let error = place.json(&["erase", number, "--reason", "masa simpan berakhir"]);
    assert_eq!(error["error"]["key"], json!("refused-erase-open"));
}
