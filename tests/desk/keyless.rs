//! Keys of everybody who works here are gone, or others stand in their place: the desk says so instead of calling them
//! strangers, its store stays, and with the right tables everything is back.

use pulang::desk::{Clock, Desk, DeskOptions, First, Started};
use pulang::domain::refusal::Fault;
use std::fs;
use std::path::Path;
use std::sync::Arc;

const SLOT: usize = 128;
const UID: u32 = 12_345;

fn opened(dir: &Path) -> Result<(Desk, Started), Fault> {
    opened_with(dir, None)
}

fn opened_with(dir: &Path, key: Option<&Path>) -> Result<(Desk, Started), Fault> {
    let clock: Clock = Arc::new(chrono::Utc::now);
    let first = First { uid: UID, name: "rina".into(), office: "Meja Contoh".into(), zone: "WIB" };
    let options = DeskOptions { dir: dir.to_owned(), key: key.map(Path::to_owned), clock, is_practice: false, first };
    Desk::open(options, &mut |_| {})
}

#[test]
fn whoever_works_here_is_no_stranger_because_keys_are_missing() {
    let (dir, foreign) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    drop(opened(dir.path()).unwrap());
    drop(opened(foreign.path()).unwrap());
    let tables = ["slots.a", "slots.b"].map(|name| dir.path().join("keys").join(name));
    let good = fs::read(&tables[0]).unwrap();
    // Slots that were filled anew with the very master key: other keys, and nothing about them is wrong.
    let twin = tempfile::tempdir().unwrap();
    drop(opened_with(twin.path(), Some(&dir.path().join("keys/master"))).unwrap());
    let refilled = fs::read(twin.path().join("keys/slots.a")).unwrap();
    let other = fs::read(foreign.path().join("keys/slots.a")).unwrap();
    let write = |bytes: &[u8]| tables.iter().for_each(|path| fs::write(path, bytes).unwrap());
    for has_store in [true, false] {
        // The office's key and the operator's: zeros, then keys of another desk, then new ones.
        let own = 16 * SLOT..18 * SLOT;
        for there in [vec![0; 2 * SLOT], other[own.clone()].to_vec(), refilled[own].to_vec()] {
            let mut bytes = good.clone();
            bytes[16 * SLOT..18 * SLOT].copy_from_slice(&there);
            write(&bytes);
            if !has_store {
                fs::remove_dir_all(dir.path().join("store")).unwrap();
            }
            for _ in 0..3 {
                let fault = opened(dir.path()).map(|_| ()).unwrap_err();
                assert_eq!((fault.code, fault.key), ("K04", "fault-key-slots"), "{has_store}: {fault}");
                assert_eq!(fs::read(&tables[1]).unwrap(), bytes);
            }
            write(&good);
            let (desk, started) = opened(dir.path()).unwrap();
            assert_eq!(started.records.rebuilt.is_none(), has_store);
            assert!(desk.enter(UID).is_ok());
            assert!(desk.verify(&mut |_| {}).unwrap().is_whole());
        }
    }
}
