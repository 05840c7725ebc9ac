//! What a query may see of a case, and the tests it makes there.
//!
//! [`Look`] is the window: the index looks through it at packed rows, tests at [`Summary`]. Texts are compared in the
//! form that [`names_text`] and [`keys_text`] give, so that scanning many at once and looking at one agree.

use crate::domain::status::Status;
use crate::domain::summary::{Sex, Summary, Tier};
use crate::identity::fold::{compact, fold};
use crate::identity::name::{search_forms, sound_of_query};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use std::borrow::Cow;
use ulid::Ulid;

/// Facts that are one place of a closed list: places count from 1, zero is *not said*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    Status,
    /// Remains are place 1, red 2, yellow 3, green 4.
    Tier,
    Sex,
    Position,
    Safety,
    Sector,
    Procedural,
    Channel,
}

/// Facts that are a set of bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    Sign,
    Problem,
}

/// Facts that are one number. Moments are Unix seconds, days count from the common era.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Whole years on the day of interest.
    Age,
    Born,
    Queue,
    /// Year and running number, packed.
    Number,
    /// The running number alone.
    Running,
    Debts,
    Due,
    DebtDue,
    /// Since when the case stands in its status.
    Waiting,
    Changed,
    Reported,
}

/// Facts that are another subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Link {
    Movement,
    Office,
    Officer,
}

/// Where a text is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Names, aliases, NIK, documents and phones.
    Anywhere,
    Name,
    Nik,
    Document,
    Phone,
    Group,
}

/// What a query sees of one case.
pub trait Look {
    /// A place of its list, from 1; zero when not said.
    fn choice(&self, what: Choice) -> u8;
    fn marks(&self, what: Mark) -> u32;
    fn measure(&self, what: Measure) -> Option<i64>;
    fn link(&self, what: Link) -> Option<Ulid>;
    /// A Kemendagri code without dots, or zero.
    fn home(&self) -> u32;
    fn country(&self) -> Option<[u8; 3]>;
    /// The group code as typed.
    fn group(&self) -> Cow<'_, str>;
    /// What [`names_text`] gives.
    fn names(&self) -> Cow<'_, str>;
    /// What [`keys_text`] gives.
    fn keys(&self) -> Cow<'_, str>;
}

/// A text that is sought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    pub place: Place,
    /// The whole text must be equal; otherwise a part is enough.
    pub is_whole: bool,
    /// Folded: sought in names, aliases and groups.
    pub letters: String,
    /// How it sounds, where that differs: sought like the letters. Empty when it is too short to say anything.
    pub sound: String,
    /// Lower case without spaces and signs: sought in NIK, documents and phones, each way it may have been written.
    pub pieces: Vec<String>,
}

/// Sounds shorter than this fit half of all names.
const MIN_SOUND: usize = 3;

impl Find {
    /// Prepares what was typed; `None` when no letter or digit is in it.
    pub fn new(text: &str, place: Place, is_whole: bool) -> Option<Self> {
        let letters = fold(text);
        if letters.is_empty() {
            return None;
        }
        let is_word = matches!(place, Place::Anywhere | Place::Name) && !is_whole && !letters.contains(' ');
        let sound = if is_word { sound_of_query(text) } else { String::new() };
        // What holds the sound holds the letters too, when they are in it.
        let says_more = sound.len() >= MIN_SOUND && !sound.contains(&letters);
        let sound = if says_more { sound } else { String::new() };
        let has_digit = letters.bytes().any(|b| b.is_ascii_digit());
        let pieces = match place {
            Place::Name | Place::Group => Vec::new(),
            Place::Anywhere if !has_digit => Vec::new(),
            Place::Anywhere | Place::Phone | Place::Nik | Place::Document => pieces_of(text, place),
        };
        Some(Self { place, is_whole, letters, sound, pieces })
    }

    /// Whether the names alone, as [`names_text`] gives them, hold it.
    pub fn is_in_names(&self, names: &str) -> bool {
        let is_sought = matches!(self.place, Place::Anywhere | Place::Name);
        if self.is_whole {
            let mut lines = names.split('\n');
            return is_sought
                && lines.next().into_iter().chain(lines.next().unwrap_or("").split('|')).any(|n| n == self.letters);
        }
        let has = |piece: &str| !piece.is_empty() && memchr::memmem::find(names.as_bytes(), piece.as_bytes()).is_some();
        is_sought && (has(&self.letters) || has(&self.sound))
    }

    /// Whether NIK, documents or phones, as [`keys_text`] gives them, hold it.
    pub fn is_in_keys(&self, keys: &str) -> bool {
        let fits = |line: &str| {
            self.pieces.iter().any(|piece| {
                if self.is_whole { line.split(' ').any(|key| key == piece) } else { line.contains(piece.as_str()) }
            })
        };
        match self.place {
            Place::Anywhere => fits(keys),
            Place::Nik => keys.split('\n').next().is_some_and(fits),
            Place::Document => keys.split('\n').nth(1).is_some_and(fits),
            Place::Phone => keys.split('\n').nth(2).is_some_and(fits),
            Place::Name | Place::Group => false,
        }
    }

    fn is_in(&self, case: &impl Look) -> bool {
        match self.place {
            Place::Group if self.is_whole => fold(&case.group()) == self.letters,
            Place::Group => fold(&case.group()).starts_with(&self.letters),
            Place::Name => self.is_in_names(&case.names()),
            Place::Anywhere => {
                self.is_in_names(&case.names()) || (!self.pieces.is_empty() && self.is_in_keys(&case.keys()))
            }
            Place::Nik | Place::Document | Place::Phone => self.is_in_keys(&case.keys()),
        }
    }
}

/// The ways in which digits may stand in the keys: a domestic `08…` is kept as `628…`.
fn pieces_of(text: &str, place: Place) -> Vec<String> {
    let typed = compact(text);
    let mut pieces = Vec::with_capacity(2);
    let is_phone = matches!(place, Place::Phone | Place::Anywhere) && typed.bytes().all(|b| b.is_ascii_digit());
    if is_phone && let Some(rest) = typed.strip_prefix("00").filter(|rest| rest.len() >= 3) {
        pieces.push(rest.to_owned());
    } else if is_phone && let Some(rest) = typed.strip_prefix('0').filter(|rest| rest.len() >= 2) {
        pieces.push(format!("62{rest}"));
    }
    pieces.push(typed);
    pieces
}

/// The searched form of a case's names: the folded name, its folded aliases parted by `|`, and the sounds of their
/// words that are not in them already; a line each.
pub fn names_text(name: &str, other_names: &str) -> String {
    let names = || std::iter::once(name).chain(other_names.split(';'));
    let folded: Vec<String> = names().map(fold).collect();
    let mut text = folded[0].clone();
    text.push('\n');
    text.push_str(&folded[1..].iter().filter(|n| !n.is_empty()).map(String::as_str).collect::<Vec<_>>().join("|"));
    text.push('\n');
    for (name, folded) in names().zip(&folded) {
        text.push_str(search_forms(name).strip_prefix(folded.as_str()).unwrap_or_default());
    }
    text
}

/// The searched form of a case's NIK, documents and phones: a line each, digits and small letters, parted by spaces.
pub fn keys_text(nik: u64, documents: &[String], phones: &[String]) -> String {
    let compacted = |keys: &[String]| keys.iter().map(|key| compact(key)).collect::<Vec<_>>().join(" ");
    let nik = if nik == 0 { String::new() } else { format!("{nik:016}") };
    format!("{nik}\n{}\n{}", compacted(documents), compacted(phones))
}

/// One test of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Bit 0 is *not said*, bit n the n-th place.
    Choice(Choice, u32),
    /// Any of these bits; zero asks for none at all.
    Marks(Mark, u32),
    /// From, and before.
    Span(Measure, i64, i64),
    /// Whether the measure is there at all.
    Has(Measure, bool),
    Link(Link, Option<Ulid>),
    HasLink(Link),
    /// In this area or any part of it; zero asks for *not said*.
    Home(u32),
    HasHome,
    Country(Option<[u8; 3]>),
    HasCountry,
    Find(Find),
    /// Whether the text is there at all.
    HasText(Place, bool),
}

impl Test {
    /// Whether a place of a list is among these.
    pub fn is_choice(places: u32, place: u8) -> bool {
        places.checked_shr(place.into()).unwrap_or(0) & 1 != 0
    }

    /// Whether any of these bits is marked; zero asks for none at all.
    pub const fn is_marked(bits: u32, marks: u32) -> bool {
        if bits == 0 { marks == 0 } else { marks & bits != 0 }
    }

    /// Whether a home lies in an area; codes are Kemendagri's without dots, two digits a level.
    pub const fn is_home(area: u32, home: u32) -> bool {
        let mut code = home;
        while code > area && code > 99 {
            code /= 100;
        }
        code == area
    }

    /// Whether this case passes.
    pub fn fits(&self, case: &impl Look) -> bool {
        match self {
            Self::Choice(what, places) => Self::is_choice(*places, case.choice(*what)),
            Self::Marks(what, bits) => Self::is_marked(*bits, case.marks(*what)),
            Self::Span(what, from, before) => case.measure(*what).is_some_and(|n| (*from..*before).contains(&n)),
            Self::Has(what, is_there) => case.measure(*what).is_some() == *is_there,
            Self::Link(what, id) => case.link(*what) == *id,
            Self::HasLink(what) => case.link(*what).is_some(),
            Self::Home(area) => Self::is_home(*area, case.home()),
            Self::HasHome => case.home() != 0,
            Self::Country(code) => case.country() == *code,
            Self::HasCountry => case.country().is_some(),
            Self::Find(find) => find.is_in(case),
            Self::HasText(place, is_there) => has_text(case, *place) == *is_there,
        }
    }
}

fn has_text(case: &impl Look, place: Place) -> bool {
    let line = |nth: usize| case.keys().split('\n').nth(nth).is_some_and(|line| !line.is_empty());
    match place {
        Place::Group => !case.group().is_empty(),
        Place::Name | Place::Anywhere => case.names().split('\n').next().is_some_and(|name| !name.is_empty()),
        Place::Nik => line(0),
        Place::Document => line(1),
        Place::Phone => line(2),
    }
}

/// Whole years from birth to a day; nobody born later has an age.
pub fn age_on(birth: NaiveDate, day: NaiveDate) -> Option<u32> {
    let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
    u32::try_from(day.year() - birth.year() - i32::from(!had_birthday)).ok()
}

/// The place of a tier in its list, remains first.
pub const fn tier_place(tier: Tier) -> u8 {
    tier as u8 + 1
}

impl Look for Summary {
    fn choice(&self, what: Choice) -> u8 {
        match what {
            Choice::Status => status_place(self.status),
            Choice::Tier => tier_place(self.tier),
            Choice::Sex => sex_place(self.sex),
            Choice::Position => self.position,
            Choice::Safety => self.safety,
            Choice::Sector => self.sector,
            Choice::Procedural => self.procedural,
            Choice::Channel => self.channel,
        }
    }

    fn marks(&self, what: Mark) -> u32 {
        match what {
            Mark::Sign => self.signs.0,
            Mark::Problem => self.problems,
        }
    }

    fn measure(&self, what: Measure) -> Option<i64> {
        let seconds = |at: DateTime<Utc>| at.timestamp();
        match what {
            Measure::Age => self.birth.and_then(|birth| age_on(birth, self.interest_on)).map(i64::from),
            Measure::Born => self.birth.map(|day| day.num_days_from_ce().into()),
            Measure::Queue => (self.queue > 0).then_some(self.queue.into()),
            Measure::Number => Some(self.number.packed().into()),
            Measure::Running => Some(self.number.running.into()),
            Measure::Debts => Some(self.open_debts.into()),
            Measure::Due => self.due.map(seconds),
            Measure::DebtDue => self.debt_due.map(seconds),
            Measure::Waiting => Some(seconds(self.status_at)),
            Measure::Changed => Some(seconds(self.changed_at)),
            Measure::Reported => Some(seconds(self.reported_at)),
        }
    }

    fn link(&self, what: Link) -> Option<Ulid> {
        match what {
            Link::Movement => self.movement,
            Link::Office => Some(self.office),
            Link::Officer => self.officer,
        }
    }

    fn home(&self) -> u32 {
        self.home
    }

    fn country(&self) -> Option<[u8; 3]> {
        self.country
    }

    fn group(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.group)
    }

    fn names(&self) -> Cow<'_, str> {
        Cow::Owned(names_text(&self.name, &self.other_names))
    }

    fn keys(&self) -> Cow<'_, str> {
        Cow::Owned(keys_text(self.nik, &self.documents, &self.phones))
    }
}

/// The place of a status in its list.
pub const fn status_place(status: Status) -> u8 {
    status as u8 + 1
}

/// The place of a sex in its list; zero when not said.
pub const fn sex_place(sex: Option<Sex>) -> u8 {
    match sex {
        None => 0,
        Some(Sex::Male) => 1,
        Some(Sex::Female) => 2,
    }
}
