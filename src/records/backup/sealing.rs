//! Sealing for recipients: what leaves the data folder is encrypted with `age` (X25519), so that only those who hold one of
//! the identities can read it. This machine needs none of them. No format of our own may live here.

use super::Halt;
use crate::domain::refusal::{Fault, Refusal};
use crate::records::faults;
use age::x25519::{Identity, Recipient};
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// Recipients of one backup.
const MOST_RECIPIENTS: usize = 32;
/// Bytes of a file of recipients or identities.
const MOST_FILE: u64 = 64 << 10;
/// What `age` adds to a part of the most bytes: its head, and 16 bytes for every 64 KiB.
const OVERHEAD: u64 = 1 << 20;

/// Whom a backup is encrypted to.
#[derive(Clone)]
pub struct Recipients(Vec<Recipient>);

impl Recipients {
    /// Reads recipients (`age1…`), one each.
    ///
    /// # Errors
    /// Refused: none, more than 32, or one that is no recipient, by its place.
    pub fn parse<'a>(names: impl Iterator<Item = &'a str>) -> Result<Self, Refusal> {
        let mut all = Vec::new();
        for (place, name) in names.enumerate() {
            let wrong = |_| Refusal::new("backup-recipient-wrong").with("place", (place + 1).to_string());
            all.push(name.trim().parse::<Recipient>().map_err(wrong)?);
        }
        if all.is_empty() || all.len() > MOST_RECIPIENTS {
            return Err(Refusal::new("backup-no-recipient"));
        }
        all.sort_by_key(ToString::to_string);
        all.dedup_by_key(|recipient| recipient.to_string());
        Ok(Self(all))
    }

    /// The names in a file, one a line; blank lines and those beginning with `#` are passed over.
    ///
    /// # Errors
    /// Refused: the file cannot be read, or is no text.
    pub fn names_in(path: &Path) -> Result<Vec<String>, Refusal> {
        let text = read_text(path)?;
        Ok(lines(&text).map(str::to_owned).collect())
    }

    /// The recipients as text, in order.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }

    /// Encrypts to all of them.
    pub(super) fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let recipients = self.0.iter().map(|recipient| recipient as &dyn age::Recipient);
        let sealed = || {
            let encryptor = age::Encryptor::with_recipients(recipients).map_err(|e| e.to_string())?;
            let mut bytes = Vec::with_capacity(plain.len() + plain.len() / 4096 + 1024);
            let mut writer = encryptor.wrap_output(&mut bytes).map_err(|e| e.to_string())?;
            writer.write_all(plain).and_then(|()| writer.finish().map(drop)).map_err(|e| e.to_string())?;
            Ok(bytes)
        };
        sealed().map_err(|detail: String| faults::backup(format!("age does not encrypt: {detail}")))
    }
}

/// Who can read a backup.
pub struct Identities(Vec<Identity>);

impl Identities {
    /// Reads a file of identities (`AGE-SECRET-KEY-1…`), one a line, as `age-keygen` writes it.
    ///
    /// # Errors
    /// Refused: there is none in it, or the file cannot be read.
    pub fn read(path: &Path) -> Result<Self, Halt> {
        let text = read_text(path)?;
        let wrong = || Refusal::new("backup-identity-wrong").with("path", path.display().to_string());
        let all: Result<Vec<Identity>, _> = lines(&text).map(str::parse).collect();
        match all {
            Ok(all) if !all.is_empty() => Ok(Self(all)),
            Ok(_) | Err(_) => Err(wrong().into()),
        }
    }

    /// Decrypts; `None` when it is for somebody else, or its bytes are not what they were.
    pub(super) fn open(&self, sealed: &[u8], most: u64) -> Option<Zeroizing<Vec<u8>>> {
        let decryptor = age::Decryptor::new(sealed).ok()?;
        let mut reader = decryptor.decrypt(self.0.iter().map(|identity| identity as &dyn age::Identity)).ok()?;
        let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
        let read = reader.by_ref().take(most + 1).read_to_end(&mut plain).ok()?;
        (read as u64 <= most).then_some(plain)
    }

    /// Whether one of them can read this.
    pub(super) fn can_open(&self, sealed: &[u8]) -> bool {
        let identities = self.0.iter().map(|identity| identity as &dyn age::Identity);
        age::Decryptor::new(sealed).is_ok_and(|decryptor| decryptor.decrypt(identities).is_ok())
    }
}

/// The most bytes that a part of `most` bytes has when it is encrypted.
pub(super) const fn most_sealed(most: u64) -> u64 {
    most + OVERHEAD
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn read_text(path: &Path) -> Result<Zeroizing<String>, Refusal> {
    let told = |e: std::io::Error| {
        let refusal = Refusal::new("backup-file-unreadable").with("path", path.display().to_string());
        refusal.with("why", e.to_string())
    };
    let mut text = Zeroizing::new(String::with_capacity(4096));
    let file = fs::File::open(path).map_err(told)?;
    file.take(MOST_FILE).read_to_string(&mut text).map_err(told)?;
    Ok(text)
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// A fresh identity and its recipient.
    pub(crate) fn pair() -> (Identities, Recipients) {
        let identity = Identity::generate();
        let recipient = identity.to_public();
        (Identities(vec![identity]), Recipients(vec![recipient]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recipient_can_open_it_and_nobody_else() {
        let ((one, to_one), (two, to_two), (other, _)) = (testing::pair(), testing::pair(), testing::pair());
        let names = [to_one.names(), to_two.names()].concat();
        let both = Recipients::parse(names.iter().map(String::as_str)).unwrap();
        let sealed = both.seal(b"kept").unwrap();
        assert_eq!(one.open(&sealed, 4).unwrap().as_slice(), b"kept");
        assert_eq!(two.open(&sealed, 9).unwrap().as_slice(), b"kept");
        assert!(other.open(&sealed, 9).is_none() && !other.can_open(&sealed) && one.can_open(&sealed));
        assert!(one.open(&sealed, 3).is_none(), "more than was expected is refused");
        for at in 0..sealed.len() {
            let mut flipped = sealed.clone();
            flipped[at] ^= 1;
            assert!(one.open(&flipped, 9).is_none_or(|plain| plain.as_slice() == b"kept"), "byte {at}");
        }
    }

    #[test]
    fn what_is_no_recipient_is_refused_by_its_place() {
        let (_, recipients) = testing::pair();
        let name = recipients.names().remove(0);
        let told = |names: &[&str]| Recipients::parse(names.iter().copied()).err();
        assert_eq!(told(&[]).unwrap().key, "backup-no-recipient");
        let wrong = told(&[&name, "age1nobody"]).unwrap();
        assert_eq!((wrong.key, wrong.args[0].1.as_ref()), ("backup-recipient-wrong", "2"));
        assert!(told(&[&format!(" {name} "), &name]).is_none(), "given twice is once");
    }
}
