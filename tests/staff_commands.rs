//! `pulang operator` and `pulang office` inside an open desk: what they say, to whom, and with which exit code.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod exec_support;

use exec_support::told;
use pulang::cli::{Exit, Within};
use pulang::desk::{Clock, Desk, DeskOptions, First, Seat};
use std::sync::Arc;

const KEY: &[u8] = b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKVv8KpVEWDIEMIjzI9ogw6574agfJQSi7cCUHtIIHC/ made@laptop\n";

struct Box {
    _dir: tempfile::TempDir,
    desk: Desk,
}

impl Box {
    /// A desk as a service begins it: nobody is at it.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let first = First { uid: 1, name: "nobody".into(), office: "none".into(), zone: "WIB" };
        let clock: Clock = Arc::new(chrono::Utc::now);
        let options = DeskOptions { dir: dir.path().join("desk"), key: None, clock, is_practice: false, first };
        let (desk, _) = Desk::open_unmanned(options, &mut |_| ()).unwrap();
        assert_eq!(desk.enter(1).unwrap_err().key, "refused-stranger");
        Self { _dir: dir, desk }
    }

    /// Exit code and what was said, on both ways out.
    fn told(&self, seat: &Seat, line: &str, input: &[u8]) -> (Exit, String) {
        let words: Vec<String> = line.split(' ').map(|word| word.replace('_', " ")).collect();
        let within = Within { desk: self.desk.clone(), seat: seat.clone(), lang: Some("id".into()) };
        let told = told(&within, &words, input);
        (told.exit, told.both())
    }
}

#[test]
fn the_machine_lets_the_first_supervisor_in_once_and_does_nothing_else() {
    let open = Box::new();
    let machine = open.desk.enter_machine();
    let told = |line: &str| open.told(&machine, line, KEY);
    assert_eq!(told("operator add --first Rina").0, Exit::REFUSED, "without a door");
    let (exit, said) = told("operator add --first Rina_Contoh --uid 501 --office Meja_Uji --zone WITA");
    assert_eq!((exit, said.trim()), (Exit::DONE, "Rina Contoh ditambahkan."));
    let rina = open.desk.enter(501).unwrap();
    assert_eq!((rina.who(), rina.office_name()), ("Rina Contoh PNY".into(), "Meja Uji".into()));
    let (exit, said) = told("operator add --first Budi --uid 502");
    assert!(exit == Exit::REFUSED && said.contains("sudah punya petugas"), "{said}");
    for line in ["operator list", "list", "operator suspend 501 --reason x", "operator add Budi --roles PNY --uid 7"] {
        let (exit, said) = told(line);
        assert!(exit == Exit::REFUSED || said.starts_with('0'), "{line}: {said}");
    }
    // A supervisor is not the machine.
    assert_eq!(open.told(&rina, "operator add --first Budi --uid 502", b"").0, Exit::REFUSED);
}

#[test]
fn a_supervisor_administers_by_command() {
    let open = Box::new();
    let machine = open.desk.enter_machine();
    open.told(&machine, "operator add --first Rina_Contoh --uid 501", b"");
    let rina = open.desk.enter(501).unwrap();
    let done = |line: &str, input: &[u8]| {
        let (exit, said) = open.told(&rina, line, input);
        assert_eq!(exit, Exit::DONE, "{line}: {said}");
        said
    };
    let refused = |line: &str, input: &[u8], why: &str| {
        let (exit, said) = open.told(&rina, line, input);
        assert!(exit == Exit::REFUSED && said.contains(why), "{line}: {said}");
    };
    done("office add Pos_Natuna --zone WIB --code NTN --kind KAB --country IDN --lock 5 --parent Meja_pertama", b"");
    assert!(done("office list", b"").contains("NTN"));
    done("operator add Made_Contoh --login made --ssh-key any.pub --roles HLP,MED --office NTN", KEY);
    assert!(
        done("operator keys --program /usr/bin/pulang", b"")
            .starts_with("restrict,pty,command=\"/usr/bin/pulang --as made ssh\" ssh-ed25519 ")
    );
    refused("operator keys --program sh;id", b"", "Jalur program");
    refused("operator key add made any.pub", KEY, "sudah terdaftar");
    refused("operator key add made any.pub", b"-----BEGIN OPENSSH PRIVATE KEY-----", "kunci rahasia");
    done("operator suspend made --reason cuti_panjang", b"");
    assert_eq!(done("operator keys", b""), "");
    let (listed, shown) = (done("operator list", b""), done("operator show made", b""));
    assert!(listed.contains("ditangguhkan") && !listed.contains("cuti"), "no reason in a list: {listed}");
    assert!(shown.contains("cuti panjang") && shown.contains("SHA256:"), "{shown}");
    done("operator reinstate made", b"");
    done("operator roles made KON", b"");
    done("operator transfer made Meja_pertama", b"");
    done("operator expire made 31-12-2099", b"");
    let json: serde_json::Value = serde_json::from_str(&done("operator show made --json", b"")).unwrap();
    assert_eq!((json["roles"][0].as_str(), json["until"].as_str()), (Some("KON"), Some("2099-12-31")));
    assert_eq!(json["history"].as_array().unwrap().len(), 6);
    done("operator expire made never", b"");
    done("operator key remove made made@laptop", b"");
    refused("operator key remove made made@laptop", b"", "Tidak ada tepat satu");
    refused("operator roles 501 PNY MED", b"", "diputuskan orang lain");
    refused("operator show siapa", b"", "Tidak ada petugas siapa");
    // An officer learns nothing of who works here.
    let made = open.desk.enter_as(rina.staff_named("made").unwrap().of.id).unwrap();
    for line in ["operator list", "operator show 501", "operator keys", "operator suspend 501 --reason iseng_saja"] {
        let (exit, said) = open.told(&made, line, b"");
        assert!(exit == Exit::REFUSED && !said.contains("Rina"), "{line}: {said}");
    }
}
