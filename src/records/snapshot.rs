//! The index's snapshot: a file from which it starts without reading every record again.
//!
//! A plain head (desk, journal position, layout), then sealed chunks of about 1 MiB: the front, with which each operator's list
//! began at that position, the registers, the pages, the orders, an end mark. Each chunk is sealed for its own place in this very file, so that none
//! can be moved, left out, or taken from elsewhere. It is a cache: whatever is wrong with it, it is refused and the index
//! is built from the records. Sealing is the caller's; nothing here knows keys.

use super::front::{FirstPage, Front};
use super::index::packed::{Bytes, SCHEMA, put_ids, put_page, put_rows};
use super::index::{Bits, Gathered, Index, Page, ROWS, Register, Registers, Rows, Sorted, Still};
use crate::domain::refusal::Fault;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::ops::RangeInclusive;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use ulid::Ulid;

/// Which desk and which moment a snapshot is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    pub desk: Ulid,
    /// The last journal line that is in it.
    pub seq: u64,
}

/// Why a snapshot is not used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("no snapshot")]
    Missing,
    /// Not a snapshot, or of another desk.
    #[error("a foreign snapshot")]
    Foreign,
    #[error("a snapshot of layout {0}")]
    OtherSchema(u32),
    /// Of a journal position that cannot be continued from.
    #[error("a snapshot of line {0}")]
    Stale(u64),
    /// Cut off, altered, or sealed with another key.
    #[error("a torn snapshot")]
    Torn,
    #[error("{0}")]
    Unreadable(String),
}

const MAGIC: &[u8; 8] = b"PULANGIX";
const HEAD_BYTES: usize = 8 + 4 + 16 + 8;
const CHUNK_BYTES: usize = 1 << 20;
/// A sealed chunk is never longer: one page of hostile texts fits.
const MAX_SEALED: usize = 8 << 20;
/// Chunks that wait to be taken apart.
const WAITING: usize = 8;
const KIND_FRONT: u8 = 0;
const KIND_MOVEMENTS: u8 = 1;
const KIND_OFFICES: u8 = 2;
const KIND_PAGES: u8 = 3;
const KIND_ORDER: u8 = 4;
const KIND_END: u8 = 5;

/// Seals bytes for a place; the place must be given again to open them.
pub type Seal<'a> = &'a dyn Fn(&[u8], &str) -> Vec<u8>;
/// Opens what [`Seal`] gave; `None` for anything else.
pub type Open<'a> = &'a (dyn Fn(&[u8], &str) -> Option<Vec<u8>> + Sync);

fn place(origin: Origin, nth: u64) -> String {
    format!("index/{SCHEMA}/{}/{}/{nth}", origin.desk, origin.seq)
}

/// Writes a snapshot beside `path` and puts it in its place at once: a crash leaves the old one or the new one.
///
/// # Errors
/// `X01` with the system's reason; the old snapshot stays.
pub fn write(path: &Path, origin: Origin, index: &Still, firsts: &[FirstPage], seal: Seal) -> Result<(), Fault> {
    let fault = |error: io::Error| Fault::new("X01", "fault-snapshot", error.to_string());
    let beside = path.with_extension("new");
    let written = write_to(&beside, origin, index, firsts, seal).and_then(|()| fs::rename(&beside, path));
    if let Err(error) = written {
        // The half-written file is of no use; that it cannot be removed either changes nothing.
        _ = fs::remove_file(&beside);
        return Err(fault(error));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(fault)
}

struct Writer<'a> {
    file: io::BufWriter<File>,
    origin: Origin,
    nth: u64,
    seal: Seal<'a>,
    chunk: Vec<u8>,
}

impl Writer<'_> {
    fn chunk(&mut self, kind: u8, fill: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        self.chunk.clear();
        self.chunk.push(kind);
        fill(&mut self.chunk);
        let sealed = (self.seal)(&self.chunk, &place(self.origin, self.nth));
        self.nth += 1;
        let length = u32::try_from(sealed.len()).ok().filter(|length| *length as usize <= MAX_SEALED);
        let length = length.ok_or_else(|| io::Error::other("a chunk beyond its limit"))?;
        self.file.write_all(&length.to_le_bytes())?;
        self.file.write_all(&sealed)
    }
}

fn write_to(path: &Path, origin: Origin, index: &Still, firsts: &[FirstPage], seal: Seal) -> io::Result<()> {
    let private = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    let mut file = io::BufWriter::new(private);
    file.write_all(MAGIC)?;
    file.write_all(&SCHEMA.to_le_bytes())?;
    file.write_all(&origin.desk.0.to_le_bytes())?;
    file.write_all(&origin.seq.to_le_bytes())?;
    let mut writer = Writer { file, origin, nth: 0, seal, chunk: Vec::with_capacity(CHUNK_BYTES * 2) };
    writer.chunk(KIND_FRONT, |out| Front::of_pages(firsts, &index.rows).put(out))?;
    let registers = index.rows.registers();
    for (kind, register) in [(KIND_MOVEMENTS, &registers.movements), (KIND_OFFICES, &registers.offices)] {
        for ids in register.ids().chunks(CHUNK_BYTES / 16) {
            writer.chunk(kind, |out| put_ids(out, ids))?;
        }
    }
    let mut pages = index.rows.pages().iter().peekable();
    while pages.peek().is_some() {
        writer.chunk(KIND_PAGES, |out| {
            let mut longest = 0;
            while out.len() + longest < CHUNK_BYTES
                && let Some(page) = pages.next()
            {
                let start = out.len();
                put_page(out, page);
                longest = longest.max(out.len() - start);
            }
        })?;
    }
    for (nth, order) in index.orders.iter().enumerate() {
        let rows: Vec<u32> = order.rows().collect();
        for rows in rows.chunks(CHUNK_BYTES / 4) {
            writer.chunk(KIND_ORDER, |out| {
                out.push(nth as u8);
                put_rows(out, rows);
            })?;
        }
    }
    writer.chunk(KIND_END, |out| out.extend((index.rows.len() as u32).to_le_bytes()))?;
    writer.file.flush()?;
    writer.file.get_ref().sync_all()
}

/// A snapshot whose head and front have been read.
pub struct Snapshot<'a> {
    file: BufReader<File>,
    origin: Origin,
    nth: u64,
    open: Open<'a>,
}

impl<'a> Snapshot<'a> {
    /// Opens the snapshot of this desk, if it ends within these journal positions, and reads its front.
    ///
    /// # Errors
    /// Whatever makes it unfit; the index is then to be rebuilt.
    pub fn open(path: &Path, desk: Ulid, seqs: &RangeInclusive<u64>, open: Open<'a>) -> Result<(Front, Self), Unfit> {
        let file = File::open(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Unfit::Missing,
            _ => Unfit::Unreadable(error.to_string()),
        })?;
        let mut file = BufReader::with_capacity(CHUNK_BYTES, file);
        let mut head = [0; HEAD_BYTES];
        file.read_exact(&mut head).map_err(torn)?;
        let mut head = Bytes(&head);
        if head.take(8) != Some(MAGIC) {
            return Err(Unfit::Foreign);
        }
        let schema = head.u32().ok_or(Unfit::Torn)?;
        if schema != SCHEMA {
            return Err(Unfit::OtherSchema(schema));
        }
        let (low, high) = (head.u64().ok_or(Unfit::Torn)?, head.u64().ok_or(Unfit::Torn)?);
        if Ulid(u128::from(high) << 64 | u128::from(low)) != desk {
            return Err(Unfit::Foreign);
        }
        let seq = head.u64().ok_or(Unfit::Torn)?;
        if !seqs.contains(&seq) {
            return Err(Unfit::Stale(seq));
        }
        let origin = Origin { desk, seq };
        let mut nth = 0;
        let (kind, bytes) = chunk(&mut file, origin, &mut nth, open)?;
        let front = (kind == KIND_FRONT).then(|| Front::read(&mut Bytes(&bytes[1..]))).flatten().ok_or(Unfit::Torn)?;
        Ok((front, Self { file, origin, nth, open }))
    }

    /// The last journal line that is in it.
    pub const fn seq(&self) -> u64 {
        self.origin.seq
    }

    /// Reads the whole index: one thread reads and opens chunks while another takes them apart.
    ///
    /// # Errors
    /// As for [`Snapshot::open`].
    pub fn rest(self) -> Result<Index, Unfit> {
        let Self { mut file, origin, mut nth, open } = self;
        let (give, take) = sync_channel(WAITING);
        let parts = std::thread::scope(|scope| {
            let reading = scope.spawn(move || {
                loop {
                    let (kind, bytes) = chunk(&mut file, origin, &mut nth, open)?;
                    // Whoever takes them apart stops taking at the first that does not fit.
                    if give.send((kind, bytes)).is_err() {
                        return Err(Unfit::Torn);
                    }
                    if kind == KIND_END {
                        let is_over = file.read(&mut [0]).map_err(torn)? == 0;
                        return if is_over { Ok(()) } else { Err(Unfit::Torn) };
                    }
                }
            });
            let parts = Parts::of(take);
            let read = reading.join().unwrap_or(Err(Unfit::Torn));
            read.and(parts)
        })?;
        let rows = assembled(parts.movements, parts.offices, parts.pages);
        let rows = rows.filter(|whole| whole.len() == parts.rows as usize).ok_or(Unfit::Torn)?;
        if !parts.orders.iter().all(|order| is_order_of(order, &rows)) {
            return Err(Unfit::Torn);
        }
        let orders = parts.orders.map(|order| Sorted::from_sorted(&order));
        Ok(Index::from_parts(Still { rows, orders }, parts.keys))
    }
}

/// What the chunks hold, before it is known to fit together.
#[derive(Default)]
struct Parts {
    movements: Vec<Ulid>,
    offices: Vec<Ulid>,
    pages: Vec<Page>,
    keys: Gathered,
    orders: [Vec<u32>; 5],
    rows: u32,
}

impl Parts {
    /// Takes chunks apart until the end mark.
    fn of(chunks: Receiver<(u8, Vec<u8>)>) -> Result<Self, Unfit> {
        let mut parts = Self::default();
        for (kind, chunk) in chunks {
            let mut bytes = Bytes(&chunk[1..]);
            match kind {
                KIND_MOVEMENTS => parts.movements.extend(bytes.ids().ok_or(Unfit::Torn)?),
                KIND_OFFICES => parts.offices.extend(bytes.ids().ok_or(Unfit::Torn)?),
                KIND_PAGES => {
                    while !bytes.0.is_empty() {
                        let page = bytes.page().ok_or(Unfit::Torn)?;
                        parts.keys.add(parts.pages.len(), &page);
                        parts.pages.push(page);
                    }
                }
                KIND_ORDER => {
                    let nth = usize::from(bytes.u8().ok_or(Unfit::Torn)?);
                    parts.orders.get_mut(nth).ok_or(Unfit::Torn)?.extend(bytes.rows().ok_or(Unfit::Torn)?);
                }
                KIND_END => {
                    parts.rows = bytes.u32().ok_or(Unfit::Torn)?;
                    return Ok(parts);
                }
                _ => return Err(Unfit::Torn),
            }
        }
        Err(Unfit::Torn)
    }
}

fn torn(error: io::Error) -> Unfit {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Unfit::Torn,
        _ => Unfit::Unreadable(error.to_string()),
    }
}

/// The next chunk with its kind.
fn chunk(file: &mut impl Read, origin: Origin, nth: &mut u64, open: Open) -> Result<(u8, Vec<u8>), Unfit> {
    let mut length = [0; 4];
    file.read_exact(&mut length).map_err(torn)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > MAX_SEALED {
        return Err(Unfit::Torn);
    }
    let mut sealed = vec![0; length];
    file.read_exact(&mut sealed).map_err(torn)?;
    let chunk = open(&sealed, &place(origin, *nth)).ok_or(Unfit::Torn)?;
    *nth += 1;
    let kind = *chunk.first().ok_or(Unfit::Torn)?;
    Ok((kind, chunk))
}

pub(super) fn assembled(movements: Vec<Ulid>, offices: Vec<Ulid>, pages: Vec<Page>) -> Option<Rows> {
    let registers = Registers { movements: Register::from_ids(movements)?, offices: Register::from_ids(offices)? };
    Rows::from_parts(pages, registers)
}

/// Whether every case stands in this order once.
fn is_order_of(order: &[u32], rows: &Rows) -> bool {
    let mut missing = Bits::none(rows.len());
    for (at, page) in rows.pages().iter().enumerate() {
        (0..page.len())
            .filter(|slot| !page.is_vacant(*slot))
            .for_each(|slot| missing.set((at * ROWS + slot) as u32, true));
    }
    let is_each_once = order.iter().all(|row| {
        let is_missing = (*row as usize) < rows.len() && missing.has(*row);
        missing.set(*row % rows.len().max(1) as u32, false);
        is_missing
    });
    is_each_once && missing.count() == 0
}
