//! Operators: who somebody at the desk is, through which doors they come in, and whether they may now.
//!
//! Read from the record and from what is typed; who may change it is in [`super::access::may_administer`]. Nothing here
//! knows a case, and no private key is ever kept: of a pair only the public half is taken.

use super::access::Roles;
use super::field::{Field, Part};
use super::record::{ItemId, Record, Slot};
use super::refusal::Refusal;
use super::subject::Subject;
use chrono::NaiveDate;
use ssh_key::PublicKey;

/// An operator's record, read.
#[derive(Clone, Copy)]
pub struct Operator<'a>(pub &'a Record);

/// Whether somebody may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Active,
    /// Somebody took their access until it is given back.
    Suspended,
    /// Their last day, which has passed.
    Expired(NaiveDate),
}

impl<'a> Operator<'a> {
    /// The name that others see.
    pub fn name(self) -> &'a str {
        self.0.text(Field::OperatorName).unwrap_or_default()
    }

    /// The name that the forced command of the shared account says: `pulang --as NAME ssh`.
    pub fn login(self) -> Option<&'a str> {
        self.0.text(Field::OperatorLogin)
    }

    /// The number by which the kernel knows them.
    pub fn uid(self) -> Option<i64> {
        self.0.number(Field::OperatorUid)
    }

    pub fn roles(self) -> Roles {
        Roles::of(self.0)
    }

    pub fn office(self) -> Option<Subject> {
        self.0.link(Field::OperatorOffice)
    }

    /// The last day on which they may come in; `None` without end.
    pub fn until(self) -> Option<NaiveDate> {
        self.0.day(Field::OperatorUntil)
    }

    pub fn is_suspended(self) -> bool {
        self.0.is_yes(Field::OperatorIsSuspended)
    }

    /// Their public keys for the shared account, oldest first.
    pub fn keys(self) -> impl Iterator<Item = (ItemId, &'a str)> {
        let record = self.0;
        record.items(Part::Key).filter_map(move |item| Some((item, record.text(Slot::of(item, Field::KeyText))?)))
    }

    /// Whether they may come in on this day of their office.
    pub fn standing(self, today: NaiveDate) -> Standing {
        match self.until() {
            _ if self.is_suspended() => Standing::Suspended,
            Some(until) if until < today => Standing::Expired(until),
            Some(_) | None => Standing::Active,
        }
    }
}

/// Characters of a login name at most: what system accounts take.
const LOGIN_MOST: usize = 32;

/// Reads a login name: small letters, digits, `.`, `-` and `_`, a letter first, 2 to 32 of them. It stands unquoted in a
/// forced command, so nothing else is let in; capitals become small.
///
/// # Errors
/// `input-login` where it is anything else.
pub fn read_login(typed: &str) -> Result<String, Refusal> {
    let login = typed.trim().to_ascii_lowercase();
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    let is_sound = (2..=LOGIN_MOST).contains(&login.len())
        && login.starts_with(|c: char| c.is_ascii_lowercase())
        && login.chars().all(is_plain);
    if is_sound { Ok(login) } else { Err(Refusal::new("input-login")) }
}

/// Characters of a key's remark that are kept.
const REMARK_MOST: usize = 40;
/// Bits that an RSA key has at least.
const RSA_LEAST: usize = 2048;

/// Reads one SSH public key as `ssh-keygen` prints it, and gives it back clean: kind, key, and a remark of plain characters.
/// Options before the key, a second line, a certificate, DSA and short RSA are not taken.
///
/// # Errors
/// `input-key-private` where the private half was given; `input-key-kind` for a kind that is not taken; else `input-key`.
pub fn read_key(typed: &str) -> Result<String, Refusal> {
    if typed.contains("PRIVATE KEY") {
        return Err(Refusal::new("input-key-private"));
    }
    let typed = typed.trim();
    let is_line = !typed.is_empty() && !typed.chars().any(|c| c.is_control());
    let key = PublicKey::from_openssh(typed).ok().filter(|_| is_line).ok_or(Refusal::new("input-key"))?;
    // Lines that were pasted together: the second key would be lost in the remark of the first.
    if key.comment().split_whitespace().any(|word| word.len() > 64 || word.starts_with("ssh-")) {
        return Err(Refusal::new("input-key"));
    }
    if !is_taken(&key) {
        return Err(Refusal::new("input-key-kind"));
    }
    let remark: String = key.comment().chars().filter(|c| is_plain(*c)).take(REMARK_MOST).collect();
    let bare = bare(&key).ok_or(Refusal::new("input-key"))?;
    Ok(if remark.is_empty() { bare } else { format!("{bare} {remark}") })
}

const fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@')
}

/// The kinds that today's OpenSSH takes by itself.
fn is_taken(key: &PublicKey) -> bool {
    use ssh_key::public::KeyData;
    match key.key_data() {
        KeyData::Ed25519(_) | KeyData::SkEd25519(_) | KeyData::Ecdsa(_) | KeyData::SkEcdsaSha2NistP256(_) => true,
        KeyData::Rsa(rsa) => rsa.n.as_positive_bytes().is_some_and(|bytes| bytes.len() * 8 >= RSA_LEAST),
        _ => false,
    }
}

/// Kind and key without a remark: what makes two keys the same.
fn bare(key: &PublicKey) -> Option<String> {
    let written = PublicKey::new(key.key_data().clone(), "").to_openssh().ok()?;
    Some(written.trim().to_owned())
}

/// Kind and key of a kept key, without its remark.
pub fn bare_key(kept: &str) -> String {
    kept.split(' ').take(2).collect::<Vec<_>>().join(" ")
}

/// The key as people compare it: kind and SHA-256, `ED25519 SHA256:…`; empty for what is no key.
pub fn fingerprint(kept: &str) -> String {
    let Ok(key) = PublicKey::from_openssh(kept) else { return String::new() };
    let kind = key.algorithm().as_str().trim_start_matches("ssh-").to_uppercase();
    format!("{kind} {}", key.fingerprint(ssh_key::HashAlg::Sha256))
}

#[cfg(test)]
#[path = "operator/tests.rs"]
mod tests;
