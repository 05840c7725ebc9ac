//! The roles of people at the desk, and sets of them.
//!
//! What a role may do to a case is in [`super::can`]; which roles make which move is in the gate table.

use crate::domain::field::Field;
use crate::domain::record::Record;
use crate::domain::value::Value;
use std::fmt;

macro_rules! roles {
    ($( $name:ident $code:literal )*) => {
        /// What somebody is at the desk (`domain.md` B3); codes as in `List::Role`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Role { $( $name, )* }

        impl Role {
            /// Every role, in the order of `List::Role`.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            pub const fn code(self) -> &'static str {
                match self { $( Self::$name => $code, )* }
            }
        }
    };
}

roles! {
    HelpDesk "HLP"
    Consular "KON"
    CaseOfficer "PPM"
    SocialWorker "PKS"
    Psychologist "PSI"
    Medic "MED"
    Liaison "HKM"
    Regional "DAE"
    Supervisor "PNY"
    Leadership "PIM"
    Auditor "AUD"
    Administrator "ADM"
}

impl Role {
    /// The role with this code, whatever its case.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.code().eq_ignore_ascii_case(code))
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles(u16);

impl Roles {
    /// Everybody who works on cases: officers of every kind and the supervisor.
    pub const WORKERS: Self = Self(0b1_1111_1111);

    /// Who judges whether somebody is ready to go home (`domain.md`, roles and transitions).
    pub const ASSESSORS: Self = Self(0).with(Role::SocialWorker).with(Role::Psychologist).with(Role::Supervisor);

    /// No role at all.
    pub const fn none() -> Self {
        Self(0)
    }

    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | 1 << role as u16)
    }

    pub const fn has(self, role: Role) -> bool {
        self.0 & 1 << role as u16 != 0
    }

    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this role is the only one.
    pub const fn is_only(self, role: Role) -> bool {
        self.0 == 1 << role as u16
    }

    /// The roles of an operator's record.
    pub fn of(operator: &Record) -> Self {
        let Some(Value::Codes(codes)) = operator.get(Field::OperatorRoles) else { return Self::default() };
        codes.iter().filter_map(|code| Role::from_code(code)).collect()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::default(), Self::with)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
