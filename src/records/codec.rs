//! Records as bytes: `magic ‖ schema u8 ‖ crc32 u32 LE ‖ bincode`. The only door of this room to bincode.
//!
//! The store is rebuilt when the schema or the table of fields is another one: nothing here is for keeps. Decoding is
//! bounded, checks the sum, and checks that every byte was consumed: no stored byte can make the program abort.

use super::faults;
use super::journal::{Seq, Sha};
use crate::domain::field::Field;
use crate::domain::record::{Facts, Record, Slot};
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::Value;
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ulid::Ulid;
use zeroize::Zeroizing;

const MAGIC: [u8; 2] = *b"Pr";
/// Counts up whenever the form below changes.
const SCHEMA: u8 = 2;
const HEADER: usize = 7;
/// A record of more bytes is refused; 60,000 characters of a table's text fit.
pub const MOST: usize = 4 << 20;

/// A record, when it was changed last, and the journal lines that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub record: Record,
    /// When the last of its lines was recorded.
    pub changed_at: DateTime<Utc>,
    pub lines: Vec<Seq>,
}

impl Kept {
    /// A subject about which no line says anything yet.
    pub fn new(of: Subject) -> Self {
        Self { record: Record::empty(of), changed_at: DateTime::UNIX_EPOCH, lines: Vec::new() }
    }
}

#[derive(Serialize)]
struct Out<'a> {
    revision: u32,
    changed_at: (i64, u32),
    lines: &'a [Seq],
    facts: Vec<(Option<u128>, &'static str, &'a Value)>,
}

#[derive(Deserialize)]
struct In<'a> {
    revision: u32,
    changed_at: (i64, u32),
    lines: Vec<Seq>,
    #[serde(borrow)]
    facts: Vec<(Option<u128>, &'a str, Value)>,
}

/// What the stored form of records depends on: the schema, the kinds and the names of the first `fields` rows of the table of
/// fields. Rows are only ever added at its end, so a store that knew fewer of them reads as it stands. `None` for more rows
/// than there are.
pub fn form(fields: usize) -> Option<Sha> {
    let mut hash = Sha256::new();
    hash.update([SCHEMA]);
    let kinds = Kind::ALL.iter().map(|kind| kind.code());
    let known: Vec<_> = Field::all().take(fields).map(Field::code).collect();
    for name in kinds.chain(known.iter().copied()) {
        hash.update(name);
        hash.update(b"\n");
    }
    (known.len() == fields).then(|| Sha(hash.finalize().into()))
}

/// How many fields this release knows.
pub fn fields() -> usize {
    Field::all().count()
}

fn config() -> impl bincode::config::Config {
    bincode::config::standard().with_limit::<MOST>()
}

/// Writes any value of this room.
///
/// # Errors
/// `J04` larger than [`MOST`].
pub fn encode(value: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let body = bincode::serde::encode_to_vec(value, config()).map_err(|e| faults::codec(format!("encode: {e}")))?;
    let body = Zeroizing::new(body);
    if body.len() > MOST {
        return Err(faults::too_large("a record", MOST));
    }
    let mut out = Zeroizing::new(Vec::with_capacity(HEADER + body.len()));
    out.extend_from_slice(&MAGIC);
    out.push(SCHEMA);
    out.extend_from_slice(&crc32fast::hash(&body).to_le_bytes());
    out.extend_from_slice(&body);
    Ok(out)
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// `S02`: another magic, schema or sum, a length beyond the bound, or bytes left over.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    let body = body(bytes)?;
    let (value, used) = bincode::serde::decode_from_slice(body, config()).map_err(undecoded)?;
    if used == body.len() { Ok(value) } else { Err(faults::codec("bytes left over")) }
}

/// The body behind a right header.
fn body(bytes: &[u8]) -> Result<&[u8], Fault> {
    let (header, body) = bytes.split_at_checked(HEADER).ok_or_else(|| faults::codec("too short"))?;
    if header[..2] != MAGIC || header[2] != SCHEMA {
        return Err(faults::codec("another magic or schema"));
    }
    if header[3..] != crc32fast::hash(body).to_le_bytes() || body.len() > MOST {
        return Err(faults::codec("wrong sum"));
    }
    Ok(body)
}

/// The error without its text, which may quote what was read.
fn undecoded(error: bincode::error::DecodeError) -> Fault {
    match error {
        bincode::error::DecodeError::LimitExceeded => faults::codec("a length beyond the bound"),
        _ => faults::codec("the bytes do not decode"),
    }
}

/// Writes a record with its lines.
///
/// # Errors
/// As [`encode`].
pub fn encode_record(kept: &Kept) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let facts =
        kept.record.facts.iter().map(|(slot, value)| (slot.item.map(|id| id.0), slot.field.code(), value)).collect();
    let changed_at = (kept.changed_at.timestamp(), kept.changed_at.timestamp_subsec_nanos());
    encode(&Out { revision: kept.record.revision, changed_at, lines: &kept.lines, facts })
}

/// Reads a record with its lines.
///
/// # Errors
/// As [`decode`], and `S02` for a field that this release does not know.
pub fn decode_record(of: Subject, bytes: &[u8]) -> Result<Kept, Fault> {
    let body = body(bytes)?;
    let (read, used): (In<'_>, _) = bincode::serde::borrow_decode_from_slice(body, config()).map_err(undecoded)?;
    if used != body.len() {
        return Err(faults::codec("bytes left over"));
    }
    let mut facts = Facts::new();
    for (item, code, value) in read.facts {
        let field = Field::from_code(code).ok_or_else(|| faults::codec("an unknown field"))?;
        facts.insert(Slot { item: item.map(Ulid), field }, value);
    }
    let (seconds, nanos) = read.changed_at;
    let changed_at =
        DateTime::from_timestamp(seconds, nanos).ok_or_else(|| faults::codec("a time beyond all times"))?;
    Ok(Kept { record: Record { of, revision: read.revision, facts }, changed_at, lines: read.lines })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::value::{Dated, Timed};
    use proptest::prelude::*;

    fn kept() -> impl Strategy<Value = Kept> {
        let value = prop_oneof![
            "[a-zA-Z ]{0,30}".prop_map(Value::text),
            any::<i64>().prop_map(Value::Number),
            any::<bool>().prop_map(Value::YesNo),
            proptest::collection::btree_set("[A-Z]{1,3}", 0..4).prop_map(Value::Codes),
            (0_i64..2_000_000_000)
                .prop_map(|secs| Value::Time(Timed::certain(DateTime::from_timestamp(secs, 5).unwrap()))),
            Just(Value::Date(Dated::UNKNOWN)),
            any::<u128>().prop_map(|id| Value::Link(Subject::case(Ulid(id)))),
        ];
        let fields = Field::all().count();
        let facts = proptest::collection::vec((proptest::option::of(any::<u128>()), 0..fields, value), 0..20);
        let lines = proptest::collection::vec(any::<u64>(), 0..9);
        (facts, any::<u32>(), 0_i64..4_000_000_000, lines).prop_map(|(facts, revision, secs, lines)| {
            let changed_at = DateTime::from_timestamp(secs, 999_999_999).unwrap();
            let mut record = Record { revision, ..Record::empty(Subject::case(Ulid(9001))) };
            for (item, field, value) in facts {
                let field = Field::all().nth(field).unwrap();
                record.facts.insert(Slot { item: item.map(Ulid), field }, value);
            }
            Kept { record, changed_at, lines: lines.into_iter().map(Seq).collect() }
        })
    }

    proptest! {
        #[test]
        fn a_record_reads_back_as_it_was_written(kept in kept()) {
            let bytes = encode_record(&kept).unwrap();
            prop_assert!(decode_record(kept.record.of, &bytes).unwrap() == kept);
        }

        #[test]
        fn a_flipped_bit_a_lost_or_an_added_byte_is_found(kept in kept(), at in any::<prop::sample::Index>(), bit in 0..8_u8) {
            let bytes = encode_record(&kept).unwrap();
            let mut flipped = bytes.to_vec();
            flipped[at.index(bytes.len())] ^= 1_u8 << bit;
            prop_assert!(decode_record(kept.record.of, &flipped).is_err());
            prop_assert!(decode_record(kept.record.of, &bytes[..at.index(bytes.len())]).is_err());
            let mut longer = bytes.to_vec();
            longer.push(0);
            prop_assert!(decode_record(kept.record.of, &longer).is_err());
        }

        #[test]
        fn no_bytes_make_it_panic_or_ask_for_endless_memory(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut bytes = MAGIC.to_vec();
            bytes.push(SCHEMA);
            bytes.extend_from_slice(&crc32fast::hash(&body).to_le_bytes());
            bytes.extend_from_slice(&body);
            let _ = decode_record(Subject::case(Ulid(1)), &bytes);
            let _ = decode::<Vec<String>>(&bytes);
        }
    }

    #[test]
    fn a_hostile_length_is_refused_before_memory_is_asked_for() {
        let body = [253, 255, 255, 255, 255, 255, 255, 255, 127];
        let mut bytes = MAGIC.to_vec();
        bytes.push(SCHEMA);
        bytes.extend_from_slice(&crc32fast::hash(&body).to_le_bytes());
        bytes.extend_from_slice(&body);
        assert_eq!(decode::<Vec<u64>>(&bytes).unwrap_err().code, "S02");
    }

    #[test]
    fn bytes_left_over_behind_a_whole_value_are_an_error() {
        let body = [7, 7];
        let mut bytes = MAGIC.to_vec();
        bytes.push(SCHEMA);
        bytes.extend_from_slice(&crc32fast::hash(&body).to_le_bytes());
        bytes.extend_from_slice(&body);
        assert!(decode::<u8>(&bytes).is_err());
    }
}
