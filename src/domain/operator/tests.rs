//! What is let in as a login name and as a public key. The keys were made for these tests; their private halves are gone.

use super::*;

const ED25519: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKVv8KpVEWDIEMIjzI9ogw6574agfJQSi7cCUHtIIHC/";
const ECDSA: &str = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBNxZVB/sQqW1vMNTYzGoZPjTpSQe2zkg4LIj2+jeAj0GDRp/ZD6EECnb0H1+0WtNBt2G0ON0ImQcmygYOsBK9IM=";
const RSA_1024: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDcOUelPlhDg7dd/JQlyVyclAWK6lWqgYgpfS3YrlLvtj+HRhALnORFwzbuYBeOAoNwoot/wGgao+YXEOXh6cs0eTsFqC1SRR9SdTbJ/r93hnGAAVFeP3y3q4W5IuOa+qZOM9h3hScqH42XJHq/keoKB+1czJl5GBbWlVWYhir+8Q==";
const RSA_2048: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDJME6co/QfAKfP80m2g9R3JPvcRnZ4XSraD+dtPldSHkv4W4TLBIjKGVCLxxVMHsgxJLd5p7DnwRAsEQN4v7uYvFAAQ7KoBBORh5nPDfHMRedVfW7gmDZQwpaOYf3Gl5RQdWoCwdp9Ii8U41tJjs2EeUOPRnFL1Bvi3ybmauANJYWi9IMo53HN8rbmKe+wi/7hfVDDmYVYDOFmALdcjrxFmtzmkHpkDA9Xa49laT48KThBT0ssCCsRi8jJNJoTBuBRgsaQaUy6n01eAx4its6z+YKSPWInGQyPWPyoP0h466mQ619TTXmB3RoypdOYQ+EC6Nvwzy+MpDt8AqfsqQDt";

fn refused(typed: &str) -> &'static str {
    read_key(typed).unwrap_err().key
}

#[test]
fn a_key_is_kept_clean_and_reads_back_as_it_is_kept() {
    for key in [ED25519, ECDSA, RSA_2048] {
        assert_eq!(read_key(key).as_deref(), Ok(key));
        let kept = read_key(&format!("  {key} rina@laptop\n")).unwrap();
        assert_eq!(kept, format!("{key} rina@laptop"));
        assert_eq!(read_key(&kept), Ok(kept.clone()));
        assert_eq!(bare_key(&kept), key);
    }
    // A remark says nothing to a shell or to sshd.
    assert_eq!(read_key(&format!("{ED25519} x y\"z;$(id)`")), Ok(format!("{ED25519} xyzid")));
    assert!(fingerprint(ED25519).starts_with("ED25519 SHA256:"), "{}", fingerprint(ED25519));
    assert_eq!(fingerprint("nonsense"), "");
}

#[test]
fn no_option_no_second_line_no_private_half_and_no_weak_key_is_let_in() {
    for bad in [
        "",
        "rina",
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        &format!("command=\"sh\" {ED25519}"),
        &format!("no-pty {ED25519}"),
        &format!("{ED25519}\n{ECDSA}"),
        &format!("{ED25519} {ECDSA}"),
        &format!("{ED25519} x\nno-pty {ECDSA}"),
        &ED25519.replace("ssh-ed25519", "ssh-rsa"),
        &ED25519[..ED25519.len() - 6],
    ] {
        assert_eq!(refused(bad), "input-key", "{bad}");
    }
    assert_eq!(refused(RSA_1024), "input-key-kind");
    assert_eq!(refused("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk"), "input-key-private");
}

#[test]
fn a_login_stands_unquoted_in_a_command() {
    for (typed, login) in [("rina", "rina"), (" RINA ", "rina"), ("r.puspita-2_x", "r.puspita-2_x")] {
        assert_eq!(read_login(typed).as_deref(), Ok(login));
    }
    for bad in ["", "r", "2rina", "-rina", "rina puspita", "rina\"", "rina;id", "rína", "--as", &"r".repeat(33)] {
        assert_eq!(read_login(bad).unwrap_err().key, "input-login", "{bad}");
    }
}

#[test]
fn a_last_day_counts_whole_and_a_suspension_before_it() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let mut record = Record::empty(Subject::new(crate::domain::subject::Kind::Operator, ulid::Ulid(1)));
    let standing = |record: &Record, on: &str| Operator(record).standing(day(on));
    assert_eq!(standing(&record, "2026-02-21"), Standing::Active);
    let until = crate::domain::value::Value::Date(crate::domain::value::Dated::certain(day("2026-02-21")));
    record.facts.insert(Field::OperatorUntil.into(), until);
    assert_eq!(standing(&record, "2026-02-21"), Standing::Active);
    assert_eq!(standing(&record, "2026-02-22"), Standing::Expired(day("2026-02-21")));
    record.facts.insert(Field::OperatorIsSuspended.into(), crate::domain::value::Value::YesNo(true));
    assert_eq!(standing(&record, "2026-02-22"), Standing::Suspended);
}
