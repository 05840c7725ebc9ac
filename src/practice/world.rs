//! The invented surroundings of the cases: offices, operators, flights and saved views. Everybody here is made up.

use super::random::Dice;
use crate::domain::change::{Change, Commit};
use crate::domain::field::Field;
use crate::domain::record::Facts;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Dated, Timed, Value};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ulid::Ulid;

/// An invented office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Office {
    pub id: Ulid,
    pub name: &'static str,
    pub code: &'static str,
    /// A code of `List::OfficeLevel`.
    pub level: &'static str,
    /// A code of `List::Zone`.
    pub zone: &'static str,
    /// The region it works for; none abroad.
    pub region: Option<&'static str>,
}

/// An invented operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    pub id: Ulid,
    pub name: &'static str,
    /// A code of `List::Role`.
    pub role: &'static str,
    /// The id of the office.
    pub office: Ulid,
}

/// Places in [`OFFICES`].
pub(super) const EMBASSY: usize = 0;
pub(super) const AIRPORT: usize = 1;
pub(super) const CENTRE: usize = 2;
pub(super) const NORTH: usize = 3;
pub(super) const CAPITAL: usize = 4;
/// Goes with its people all the way: somebody of every status stands here, and who begins on a practice desk sits here.
pub(super) const POST: usize = 5;

type OfficeRow = (&'static str, &'static str, &'static str, &'static str, Option<&'static str>);

const OFFICES: [OfficeRow; 6] = [
    ("KBRI Phnom Penh (latihan)", "KBRI-PNH", "PRW", "ICT", None),
    ("Help Desk Soekarno-Hatta (latihan)", "HD-SOETTA", "DBK", "WIB", Some("36.71")),
    ("Sentra Handayani (latihan)", "SENTRA-HDY", "SNT", "WIB", Some("31.75")),
    ("BP3MI Sulawesi Utara (latihan)", "BP3MI-SULUT", "PRV", "WITA", Some("71")),
    ("Pemprov DKI Jakarta (latihan)", "PEMPROV-DKI", "PRV", "WIB", Some("31")),
    ("Posko Pemulangan Terpadu (latihan)", "POSKO", "PST", "WIB", Some("31.71")),
];

/// Name, role, office. Every office has a supervisor and somebody to be the second person; who stands first begins.
const OPERATORS: [(&str, &str, usize); 34] = [
    ("Asih Purnamawarti", "PNY", POST),
    ("Gita Embunsari", "HLP", POST),
    ("Panji Lazuardika", "HLP", POST),
    ("Seruni Mekarwangi", "KON", POST),
    ("Bimo Satriagung", "PPM", POST),
    ("Wening Tirtamaya", "PKS", POST),
    ("Arum Padmaningsih", "PSI", POST),
    ("Lintang Waluyajati", "MED", POST),
    ("Satya Dharmawira", "HKM", POST),
    ("Ratri Kampungjaya", "DAE", POST),
    ("Rani Melatika", "KON", EMBASSY),
    ("Bagas Samudrawan", "PPM", EMBASSY),
    ("Tirta Wulandasari", "PNY", EMBASSY),
    ("Ayunda Lintang", "HLP", AIRPORT),
    ("Damar Pelangi", "HLP", AIRPORT),
    ("Sekar Banyubiru", "HLP", AIRPORT),
    ("Galang Nusawan", "MED", AIRPORT),
    ("Laras Kencanawati", "PNY", AIRPORT),
    ("Wira Tanggapraja", "HKM", AIRPORT),
    ("Puspa Harapani", "PKS", CENTRE),
    ("Jagad Mulyaraga", "PKS", CENTRE),
    ("Kirana Tenteramsih", "PSI", CENTRE),
    ("Banyu Sentosaraya", "MED", CENTRE),
    ("Nirmala Jayengsari", "PNY", CENTRE),
    ("Tora Walantakan", "DAE", NORTH),
    ("Meity Lokonwangko", "DAE", NORTH),
    ("Ventje Sariouran", "PNY", NORTH),
    ("Cempaka Betawiraya", "DAE", CAPITAL),
    ("Rojali Kramatwijaya", "DAE", CAPITAL),
    ("Mentari Jayakartika", "PNY", CAPITAL),
    ("Bestari Nusantika", "PIM", AIRPORT),
    ("Cakra Amanahwan", "AUD", AIRPORT),
    ("Teja Prakarsawan", "ADM", AIRPORT),
    ("Intan Saktiwardani", "PPM", AIRPORT),
];

/// Name, query, and whose it is.
const VIEWS: [(&str, &str, &str); 6] = [
    ("Antrean bandara", "status:tiba", "Ayunda Lintang"),
    ("Menunggu asesmen", "status:asesm", "Ayunda Lintang"),
    ("Di sentra", "status:rehab", "Puspa Harapani"),
    ("Siap terbang", "status:siap", "Rani Melatika"),
    ("Pulang ke Sulut", "status:pulda province:71", "Tora Walantakan"),
    ("Perlu tindak lanjut DKI", "status:reint province:31", "Cempaka Betawiraya"),
];

/// What a practice desk has besides cases.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub offices: Vec<Office>,
    pub operators: Vec<Operator>,
    seed: u64,
    epoch: DateTime<Utc>,
}

/// Which flight, of those that practice knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flight {
    /// The 110 that landed three hours ago.
    Landed,
    /// In the air now.
    Aloft,
    /// The one that brought the cohort of the centre, twelve days ago.
    Cohort,
    /// The scheduled flight of a day.
    Daily(NaiveDate),
}

impl World {
    pub fn new(seed: u64, epoch: DateTime<Utc>) -> Self {
        let first = ms(epoch - TimeDelta::days(3650));
        // In the order of the table: whoever asks for the first supervisor gets the one who stands first.
        let id = |purpose, index: usize| seeded_id(seed, purpose, index as u64, first + index as u64);
        let offices: Vec<Office> = OFFICES
            .iter()
            .enumerate()
            .map(|(at, &(name, code, level, zone, region))| Office { id: id(21, at), name, code, level, zone, region })
            .collect();
        let operator = |(at, &(name, role, office)): (usize, &(_, _, usize))| Operator {
            id: id(22, at),
            name,
            role,
            office: offices[office].id,
        };
        let operators = OPERATORS.iter().enumerate().map(operator).collect();
        Self { offices, operators, seed, epoch }
    }

    /// The operators of this role in this office, or whoever is there.
    pub fn somebody(&self, dice: &mut Dice, office: usize, role: &str) -> &Operator {
        let at_office = |operator: &&Operator| operator.office == self.offices[office].id;
        let fitting = self.operators.iter().filter(at_office).filter(|operator| operator.role == role);
        let count = fitting.clone().count() as u64;
        let place = if count == 0 { 0 } else { dice.below(count) as usize };
        let anybody = self.operators.iter().find(at_office).unwrap_or(&self.operators[0]);
        fitting.clone().nth(place).unwrap_or(anybody)
    }

    /// Anybody of the office of this id who works on cases.
    pub fn colleague(&self, dice: &mut Dice, office: Ulid) -> Operator {
        let works = |operator: &&Operator| operator.office == office && !matches!(operator.role, "PIM" | "AUD" | "ADM");
        let fitting = self.operators.iter().filter(works);
        let place = dice.below(fitting.clone().count().max(1) as u64) as usize;
        *fitting.clone().nth(place).unwrap_or(&self.operators[0])
    }

    /// The movement of a flight.
    pub fn movement(&self, flight: Flight) -> Subject {
        let index = match flight {
            Flight::Landed => 1,
            Flight::Aloft => 2,
            Flight::Cohort => 3,
            Flight::Daily(day) => 100 + u64::from(day.to_epoch_days().unsigned_abs()),
        };
        Subject::new(Kind::Movement, seeded_id(self.seed, 23, index, ms(self.departs(flight) - TimeDelta::days(3))))
    }

    /// When a flight leaves.
    pub fn departs(&self, flight: Flight) -> DateTime<Utc> {
        match flight {
            Flight::Landed => self.epoch - TimeDelta::hours(8),
            Flight::Aloft => self.epoch - TimeDelta::hours(2),
            Flight::Cohort => self.epoch - TimeDelta::days(12) - TimeDelta::hours(5),
            Flight::Daily(day) => day.and_hms_opt(2, 10, 0).expect("an hour of the day").and_utc(),
        }
    }

    /// When a flight lands: five hours after it left.
    pub fn lands(&self, flight: Flight) -> DateTime<Utc> {
        self.departs(flight) + TimeDelta::hours(5)
    }

    /// The commits that make offices, operators, views and flights, oldest first; daily flights from the day `since`.
    pub fn commits(&self, since: DateTime<Utc>) -> Vec<Commit> {
        let founded = since - TimeDelta::hours(2);
        let mut changes: Vec<(DateTime<Utc>, Subject, Facts)> = Vec::new();
        for office in &self.offices {
            changes.push((founded, Subject::new(Kind::Office, office.id), office_facts(office)));
        }
        for operator in &self.operators {
            changes.push((founded, Subject::new(Kind::Operator, operator.id), operator_facts(operator)));
        }
        for (at, &(name, query, owner)) in VIEWS.iter().enumerate() {
            let id = seeded_id(self.seed, 24, at as u64, ms(founded));
            let mut facts = Facts::new();
            facts.insert(Field::ViewName.into(), Value::text(name));
            facts.insert(Field::ViewQuery.into(), Value::text(query));
            facts.insert(Field::ViewSlot.into(), Value::Number(at as i64 + 1));
            if let Some(owner) = self.operators.iter().find(|operator| operator.name == owner) {
                facts.insert(Field::ViewOwner.into(), Value::Link(Subject::new(Kind::Operator, owner.id)));
            }
            changes.push((founded, Subject::new(Kind::View, id), facts));
        }
        let last = self.epoch.date_naive();
        let days = since.date_naive().iter_days().take_while(|day| *day <= last);
        let named = [Flight::Cohort, Flight::Landed, Flight::Aloft];
        for flight in days.map(Flight::Daily).chain(named) {
            let known = (self.departs(flight) - TimeDelta::days(3)).max(founded);
            changes.push((known, self.movement(flight), self.movement_facts(flight)));
        }
        changes.sort_by_key(|(at, ..)| *at);
        let commit = |(place, (at, of, facts))| self.commit(place as u64, at, of, facts);
        changes.into_iter().enumerate().map(commit).collect()
    }

    fn commit(&self, place: u64, at: DateTime<Utc>, of: Subject, facts: Facts) -> Commit {
        let admin = self.operators.iter().find(|operator| operator.role == "ADM").unwrap_or(&self.operators[0]);
        let changes = vec![Change::create(of, Timed::certain(at), facts)];
        Commit {
            id: seeded_id(self.seed, 25, place, ms(at)),
            at,
            by: admin.id,
            office: admin.office,
            undoes: None,
            changes,
        }
    }

    fn movement_facts(&self, flight: Flight) -> Facts {
        let day = self.lands(flight).date_naive();
        let (name, number, claimed) = match flight {
            Flight::Landed => ("Kloter latihan 110".to_owned(), "ZZ 110", 110),
            Flight::Aloft => ("Kloter latihan berikutnya".to_owned(), "ZZ 112", 24),
            Flight::Cohort => ("Kloter latihan sentra".to_owned(), "ZZ 101", 101),
            Flight::Daily(day) => (format!("Kloter {}", day.format("%d-%m-%Y")), "ZZ 100", 0),
        };
        let mut facts = Facts::new();
        facts.insert(Field::MoveName.into(), Value::Text(name));
        facts.insert(Field::MoveFlight.into(), Value::text(number));
        facts.insert(Field::MoveFrom.into(), Value::code("KHM"));
        facts.insert(Field::MoveDeparts.into(), Value::Time(Timed::certain(self.departs(flight))));
        facts.insert(Field::MoveLands.into(), Value::Date(Dated::certain(day)));
        facts.insert(Field::MovePlace.into(), Value::text("Soekarno-Hatta T3"));
        if claimed > 0 {
            facts.insert(Field::MoveClaimed.into(), Value::Number(claimed));
        }
        facts
    }
}

fn office_facts(office: &Office) -> Facts {
    let mut facts = Facts::new();
    facts.insert(Field::OfficeName.into(), Value::text(office.name));
    facts.insert(Field::OfficeCode.into(), Value::text(office.code));
    facts.insert(Field::OfficeLevel.into(), Value::code(office.level));
    facts.insert(Field::OfficeZone.into(), Value::code(office.zone));
    if let Some(region) = office.region {
        facts.insert(Field::OfficeRegion.into(), Value::code(region));
    }
    facts
}

fn operator_facts(operator: &Operator) -> Facts {
    let mut facts = Facts::new();
    facts.insert(Field::OperatorName.into(), Value::text(operator.name));
    facts.insert(Field::OperatorRoles.into(), Value::codes([operator.role]));
    facts.insert(Field::OperatorOffice.into(), Value::Link(Subject::new(Kind::Office, operator.office)));
    facts
}

/// An id that the seed decides, with its time.
pub(super) fn seeded_id(seed: u64, purpose: u64, index: u64, at_ms: u64) -> Ulid {
    let mut dice = Dice::of(seed, purpose, index);
    Ulid::from_parts(at_ms, u128::from(dice.roll()) << 16 | u128::from(dice.roll() >> 48))
}

/// Milliseconds since 1970; 0 for what lies before.
pub(super) fn ms(at: DateTime<Utc>) -> u64 {
    u64::try_from(at.timestamp_millis()).unwrap_or(0)
}
