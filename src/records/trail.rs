//! The trail: who looked at what, when and why. A chain of its own, in the journal's line format, its head named in every
//! signed head of the journal. Field names may stand in it, values never; it never touches a record.

use super::disk::Disk;
use super::faults;
use super::journal::{AppendError, Bad, Chain, Head, Line, LineKind, Opened, Place, Repairs, Seq, Sha, Step, What};
use super::vault::{DataKey, Vault};
use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;
use ulid::Ulid;

/// Room that is kept allocated after the end of the trail: a full disk does not stop it for some thousand looks.
const RESERVE: u64 = 1 << 20;
/// Subjects named in one line; the count says how many there were.
pub const MOST_SUBJECTS: usize = 1000;
/// Characters of a reason that are kept.
pub const MOST_WHY: usize = 400;

/// What was done. Codes never change; one that a release does not know it reads as [`Act::Other`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Open,
    List,
    Search,
    Count,
    Export,
    Print,
    /// Something was asked for and refused.
    Refused,
    /// A case of another office opened with a reason.
    BreakGlass,
    /// A sealed case, or a compartment of one.
    Sealed,
    Admin,
    /// A case was erased: which and why, for good.
    Erase,
    /// The trail itself was looked into; the fields are the names of what narrowed it.
    Trail,
    #[serde(other)]
    Other,
}

impl Act {
    /// Every act that this release writes.
    pub const ALL: [Self; 12] = [
        Self::Open,
        Self::List,
        Self::Search,
        Self::Count,
        Self::Export,
        Self::Print,
        Self::Refused,
        Self::BreakGlass,
        Self::Sealed,
        Self::Admin,
        Self::Erase,
        Self::Trail,
    ];

    /// The code in its line, and behind `look-` the key of its word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::List => "list",
            Self::Search => "search",
            Self::Count => "count",
            Self::Export => "export",
            Self::Print => "print",
            Self::Refused => "refused",
            Self::BreakGlass => "break-glass",
            Self::Sealed => "sealed",
            Self::Admin => "admin",
            Self::Erase => "erase",
            Self::Trail => "trail",
            Self::Other => "other",
        }
    }
}

/// One look: a line of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    #[serde(skip, default)]
    pub at: DateTime<Utc>,
    /// The operator.
    #[serde(skip, default)]
    pub by: Ulid,
    #[serde(skip, default)]
    pub office: Ulid,
    pub act: Act,
    /// What was looked at; the first [`MOST_SUBJECTS`] are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<Subject>,
    /// How many there were.
    pub count: u64,
    /// The reason that was given; the first [`MOST_WHY`] characters are kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Names of fields or sections, never values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// The trail of one data directory.
pub struct Trail {
    pub(super) chain: Chain,
    key: DataKey,
}

/// What is done with each line and its place, or each bad place.
type Walk<'a> = dyn FnMut(Result<(&Line, Place), Bad>) -> Result<(), Fault> + 'a;

fn place(line: &Line) -> String {
    let (secs, nanos) = (line.at.timestamp(), line.at.timestamp_subsec_nanos());
    format!("trail|{}|{secs}.{nanos:09}|{}|{}", line.id, line.by, line.office)
}

impl Trail {
    pub(super) fn open(disk: Arc<dyn Disk>, dir: &Path, vault: &Vault) -> Result<(Self, Repairs), Fault> {
        let Opened { chain, repairs, .. } = Chain::open(disk, dir, vault.signing_key().clone(), RESERVE)?;
        Ok((Self { chain, key: vault.trail_key().clone() }, repairs))
    }

    /// Notes a look; it is on the disk within a second, with the next [`Trail::sync`].
    ///
    /// # Errors
    /// The disk is full and the reserve used up, or cannot be written.
    pub fn note(&self, look: &Look) -> Result<Seq, Fault> {
        self.append(look, false)
    }

    /// Notes a look that must be on the disk before anything is shown: sealed cases, compartments, break-glass.
    ///
    /// # Errors
    /// As [`Trail::note`]: then nothing may be shown.
    pub fn note_first(&self, look: &Look) -> Result<Seq, Fault> {
        self.append(look, true)
    }

    fn append(&self, look: &Look, is_durable: bool) -> Result<Seq, Fault> {
        let mut bounded = look.clone();
        bounded.of.truncate(MOST_SUBJECTS);
        bounded.fields.truncate(MOST_SUBJECTS);
        if let Some((end, _)) = bounded.why.char_indices().nth(MOST_WHY) {
            bounded.why.truncate(end);
        }
        let mut line = Line::loose(LineKind::Look, Ulid::new(), look.at, look.by, look.office);
        let plain = serde_json::to_vec(&bounded).map_err(|e| faults::codec(format!("look as JSON: {e}")))?;
        line.seal = BASE64.encode(self.key.seal(&place(&line), &plain)?);
        match self.chain.append(vec![line], None, is_durable) {
            Ok(seqs) => Ok(seqs.first().copied().unwrap_or_default()),
            Err(AppendError::Refused(fault) | AppendError::Unknown(fault)) => Err(fault),
        }
    }

    /// Brings every look to the disk; nothing to do is no work.
    ///
    /// # Errors
    /// Any error of the disk; the looks are written anew at the next try.
    pub fn sync(&self) -> Result<(), Fault> {
        self.chain.sync()
    }

    /// Whether looks wait for a sync.
    pub fn is_dirty(&self) -> bool {
        self.chain.is_dirty()
    }

    /// The last line.
    pub fn head(&self) -> Head {
        self.chain.head()
    }

    /// The last line that is on the disk for certain.
    pub fn durable_head(&self) -> Head {
        self.chain.durable_head()
    }

    /// Reads one look; `None` for the trail's own lines (signed heads).
    ///
    /// # Errors
    /// `J05` no such line, `K05` it does not open.
    pub fn read(&self, seq: Seq) -> Result<Option<Look>, Fault> {
        self.opened(&self.chain.read(seq)?)
    }

    /// Shows every look from `from` to the head of now, in order; lines that cannot be read are passed over
    /// ([`super::Records::verify`] names them).
    ///
    /// # Errors
    /// Any error of the disk, or the visitor's.
    pub fn each(&self, from: Seq, visit: &mut dyn FnMut(Seq, Look) -> Result<(), Fault>) -> Result<(), Fault> {
        self.chain.scan(from, &mut |step| match step {
            Step::Line { line, .. } => match self.opened(&line) {
                Ok(Some(look)) => visit(line.seq, look),
                Ok(None) | Err(_) => Ok(()),
            },
            Step::Bad(_) => Ok(()),
        })?;
        Ok(())
    }

    /// Every bad place of the chain, looks that do not open among them; each is told once.
    pub(super) fn check(&self, anchors: &[Head]) -> Result<(u64, Vec<Bad>), Fault> {
        let (mut lines, mut bad) = (0, Vec::<Bad>::new());
        let mut note = |found: Bad| {
            if bad.last().is_none_or(|last| last.seq != found.seq) {
                bad.push(found);
            }
        };
        self.walk(anchors, &mut |found| {
            match found {
                Err(found) => note(found),
                Ok((line, at)) => {
                    lines += 1;
                    match line.kind {
                        LineKind::Look if self.opened(line).is_err() => note(at.bad(line.seq, What::Sealed)),
                        // A line that calls itself unknown, and yet opens as a look does, was one.
                        LineKind::Other if self.unsealed(line).is_ok() => note(at.bad(line.seq, What::Altered)),
                        _ => {}
                    }
                }
            }
            Ok(())
        })?;
        Ok((lines, bad))
    }

    /// Shows every line and every bad place of the chain, and holds it against what the journal's signed heads remember of
    /// it, oldest first, and this process of its last line.
    pub(super) fn walk(&self, anchors: &[Head], visit: &mut Walk<'_>) -> Result<(), Fault> {
        let head = self.chain.head();
        let mut anchors = anchors.iter().chain([&head]).filter(|anchor| anchor.seq > Seq(0)).peekable();
        let (mut last, mut end) = (Seq(0), Place { segment: Seq(1), line: 0, offset: 0 });
        self.chain.scan(Seq(1), &mut |step| {
            let (line, raw, at) = match step {
                Step::Bad(bad) => return visit(Err(bad)),
                Step::Line { line, raw, at } => (line, raw, at),
            };
            (last, end) = (line.seq, at);
            while let Some(anchor) = anchors.next_if(|anchor| anchor.seq <= line.seq) {
                if anchor.seq == line.seq && anchor.sha != Sha::of(raw) {
                    visit(Err(at.bad(line.seq, What::Altered)))?;
                }
            }
            visit(Ok((&line, at)))
        })?;
        if anchors.next().is_some() {
            visit(Err(Bad { segment: end.segment, line: end.line + 1, seq: last.next(), what: What::Missing }))?;
        }
        Ok(())
    }

    pub(super) fn opened(&self, line: &Line) -> Result<Option<Look>, Fault> {
        if line.kind == LineKind::Look { self.unsealed(line).map(Some) } else { Ok(None) }
    }

    fn unsealed(&self, line: &Line) -> Result<Look, Fault> {
        unsealed(line, &self.key)
    }
}

/// Whether a line of the trail opens with the trail's key; what is no look has nothing to open.
pub(super) fn opens(line: &Line, key: &DataKey) -> bool {
    line.kind != LineKind::Look || unsealed(line, key).is_ok()
}

fn unsealed(line: &Line, key: &DataKey) -> Result<Look, Fault> {
    let place = place(line);
    let sealed = BASE64.decode(&line.seal).map_err(|_| faults::seal(&place))?;
    let plain = key.open(&place, &sealed)?;
    let look: Look =
        serde_json::from_slice(&plain).map_err(|e| faults::codec(format!("look at column {}", e.column())))?;
    Ok(Look { at: line.at, by: line.by, office: line.office, ..look })
}
