//! The facts of a case that have a fixed size, and the columns of a page in which they stand.
//!
//! A filter asks one fact of every case, so each fact has a column of its own: a pass over a million statuses reads one
//! megabyte, not seventy. Nothing here knows what a fact means.

use super::packed::Bytes;
use super::page::ROWS;

macro_rules! facts {
    ($( $(#[$note:meta])* $field:ident: $width:ident, )*) => {
        /// The facts of one case that have a fixed size. Times are Unix seconds, zero for none; days count from the common
        /// era, zero for none; links are places in a register, zero for none; places of lists count from 1, zero is *not
        /// said*.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Facts {
            $( $(#[$note])* pub $field: $width, )*
            pub country: [u8; 3],
        }

        /// A column for each fact, of a page's length; what lies behind the last case is zero.
        #[derive(Clone, PartialEq, Eq)]
        pub struct Columns {
            $( pub $field: [$width; ROWS], )*
            pub country: [[u8; 3]; ROWS],
        }

        impl Default for Columns {
            fn default() -> Self {
                Self { $( $field: [0; ROWS], )* country: [[0; 3]; ROWS] }
            }
        }

        impl Columns {
            /// The facts in a slot.
            pub const fn get(&self, slot: usize) -> Facts {
                Facts { $( $field: self.$field[slot], )* country: self.country[slot] }
            }

            /// Replaces the facts in a slot.
            pub const fn set(&mut self, slot: usize, facts: &Facts) {
                $( self.$field[slot] = facts.$field; )*
                self.country[slot] = facts.country;
            }

            /// Writes the columns of so many cases, one behind the other, little-endian.
            pub fn write(&self, rows: usize, out: &mut Vec<u8>) {
                $( self.$field[..rows].iter().for_each(|fact| out.extend(fact.to_le_bytes())); )*
                self.country[..rows].iter().for_each(|code| out.extend(code));
            }

            /// Reads what [`Columns::write`] wrote for so many cases, at most [`ROWS`]; `None` when there is less.
            pub fn read(bytes: &mut Bytes<'_>, rows: usize) -> Option<Box<Self>> {
                let mut columns = Box::<Self>::default();
                $(
                    let (parts, _) = bytes.take(rows * size_of::<$width>())?.as_chunks::<{ size_of::<$width>() }>();
                    columns.$field.iter_mut().zip(parts).for_each(|(fact, part)| *fact = $width::from_le_bytes(*part));
                )*
                let (codes, _) = bytes.take(rows * 3)?.as_chunks::<3>();
                columns.country[..rows].copy_from_slice(codes);
                Some(columns)
            }
        }
    };
}

facts! {
    number: u32,
    revision: u32,
    status_at: u32,
    due: u32,
    debt_due: u32,
    reported_at: u32,
    changed_at: u32,
    birth: u32,
    interest_on: u32,
    home: u32,
    signs: u32,
    problems: u32,
    movement: u32,
    office: u32,
    officer: u32,
    queue: u16,
    status: u8,
    tier: u8,
    sex: u8,
    /// Precision of the birth date in the low bits; 4 when the age is doubted.
    birth_is: u8,
    position: u8,
    safety: u8,
    sector: u8,
    channel: u8,
    procedural: u8,
    open_debts: u8,
}
