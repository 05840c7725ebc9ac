//! The scene: two offices and their people, and a case of every kind, with a canary in every section.

use crate::between;
use chrono::{DateTime, Utc};
use pulang::desk::{Ask, Desk, DeskOptions, First, Proposal, Seat};
use pulang::domain::access::{Actor, Holding, Role, Roles};
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::{Field, Section};
use pulang::domain::offer::OfferKind;
use pulang::domain::record::{Facts, Slot};
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Timed, Value};
use std::sync::Arc;
use std::time::Duration;
use ulid::Ulid;

/// One case, and the words that only it has.
pub struct Canary {
    pub what: &'static str,
    pub of: Subject,
    pub number: String,
    pub nik: String,
    pub passport: String,
    /// The end of its words.
    tail: &'static str,
    pub holding: Holding,
}

impl Canary {
    /// The word that stands in a section of this case and nowhere else.
    pub fn word(&self, section: Section) -> String {
        format!("{}{}", stem(section), self.tail)
    }
}

const fn stem(section: Section) -> &'static str {
    match section {
        Section::Identity => "KENARI",
        Section::Contact => "WALIKU",
        Section::Work => "CALOKU",
        Section::Journey => "TEMPATKU",
        Section::Health => "SAKITKU",
        Section::Care => "RAWATKU",
        Section::Law => "PERKARAKU",
        Section::Desk => "CATATANKU",
        Section::Office => "KANTORKU",
    }
}

/// Somebody who looks.
pub struct Looker {
    pub what: String,
    pub id: Ulid,
    pub office: Ulid,
    pub roles: Vec<Role>,
}

impl Looker {
    pub fn as_actor(&self) -> Actor<'static> {
        Actor { id: self.id, office: self.office, roles: self.roles.iter().copied().collect::<Roles>(), posts: &[] }
    }
}

pub struct Scene {
    pub desk: Desk,
    pub actors: Vec<Looker>,
    pub canaries: Vec<Canary>,
    _dir: tempfile::TempDir,
}

impl Scene {
    /// The seat of somebody who looks.
    pub fn seat(&self, what: &str) -> Seat {
        self.desk.enter_as(self.actors.iter().find(|one| one.what == what).unwrap().id).unwrap()
    }

    pub fn canary(&self, what: &str) -> &Canary {
        self.canaries.iter().find(|canary| canary.what == what).unwrap()
    }
}

/// 21 February 2026, 03:00 in Jakarta.
pub fn now() -> DateTime<Utc> {
    "2026-02-20T20:00:00Z".parse().unwrap()
}

pub fn happened() -> Timed {
    Timed::certain(now())
}

pub fn done(seat: &Seat, asks: Vec<Ask>) {
    let proposal = Proposal { id: seat.new_id(), asks, undoes: None };
    seat.propose(proposal).wait(Duration::from_secs(60)).unwrap().unwrap_or_else(|denied| panic!("{denied:?}"));
}

/// Somebody new, hired by the first supervisor while the desk has no administrator.
fn hired(chief: &Seat, office: Subject, what: &str, roles: &[Role]) -> Looker {
    let of = Subject::new(Kind::Operator, Ulid::new());
    let facts = Facts::from([
        (Field::OperatorName.into(), Value::text(format!("Petugas {what}"))),
        (Field::OperatorRoles.into(), Value::codes(roles.iter().map(|role| role.code()))),
        (Field::OperatorOffice.into(), Value::Link(office)),
    ]);
    done(chief, vec![Ask::Create { of, facts, happened: happened() }]);
    Looker { what: what.to_owned(), id: of.id, office: office.id, roles: roles.to_vec() }
}

/// The facts of a canary, but for the compartment and the note.
fn facts(tail: &str, nik: &str, passport: &str) -> Facts {
    let item = Ulid::new();
    let text = |section: Section| Value::text(format!("{}{tail}", stem(section)));
    Facts::from([
        (Field::Name.into(), Value::text(format!("RATNA KENARI{tail}"))),
        (Field::Nik.into(), Value::text(nik)),
        (Field::Sex.into(), Value::code("P")),
        (Slot::of(item, Field::DocKind), Value::code("PSP")),
        (Slot::of(item, Field::DocNo), Value::text(passport)),
        (Slot::of(Ulid::new(), Field::ContactName), text(Section::Contact)),
        (Field::Recruiter.into(), text(Section::Work)),
        (Field::PositionPlace.into(), text(Section::Journey)),
        (Field::Position.into(), Value::code("DBK")),
        (Field::Chronic.into(), text(Section::Health)),
        (Field::Needs.into(), text(Section::Care)),
        (Field::ReportChannel.into(), Value::code("DTG")),
        (Field::ReportedAt.into(), Value::Time(happened())),
        (Field::ReportCountry.into(), Value::code("KHM")),
    ])
}

/// Takes a canary in: by its office's supervisor, its compartment by the liaison.
fn taken_in(what: &'static str, tail: &'static str, place: usize, chief: &Seat, liaison: &Seat) -> Canary {
    let of = Subject::case(Ulid::new());
    let (nik, passport) = (format!("317105150598{:04}", 9100 + place), format!("Z{:07}", 1_000_100 + place));
    done(chief, vec![Ask::Create { of, facts: facts(tail, &nik, &passport), happened: happened() }]);
    let mut note = Change::on(&chief.record(of).unwrap(), Verb::Note, happened());
    let seen = chief.record(of).unwrap();
    note.set(&seen, Slot::of(Ulid::new(), Field::NoteText), Some(Value::text(format!("CATATANKU{tail}"))));
    done(chief, vec![Ask::Edit(note)]);
    let seen = liaison.record(of).unwrap();
    let item = Ulid::new();
    let mut law = Change::on(&seen, Verb::Edit, happened());
    law.set(&seen, Slot::of(item, Field::Finding), Some(Value::code("BD")));
    law.set(&seen, Slot::of(item, Field::FindingSource), Some(Value::text(format!("PERKARAKU{tail}"))));
    law.set(&seen, Slot::of(item, Field::FindingNo), Some(Value::text("1/2026")));
    let day = pulang::domain::value::Dated::certain("2026-02-20".parse().unwrap());
    law.set(&seen, Slot::of(item, Field::FindingOn), Some(Value::Date(day)));
    done(liaison, vec![Ask::Edit(law)]);
    let number = chief.number_of_row(chief.row_of(of.id).unwrap()).unwrap().to_string();
    Canary { what, of, number, nik, passport, tail, holding: Holding::default() }
}

pub fn edited(seat: &Seat, of: Subject, facts: &[(Slot, Value)]) {
    let seen = seat.record(of).unwrap();
    let mut change = Change::on(&seen, Verb::Edit, happened());
    facts.iter().for_each(|(at, value)| change.set(&seen, *at, Some(value.clone())));
    change.reason = Some("saksi dalam perkara".into());
    done(seat, vec![Ask::Edit(change)]);
}

pub fn sealed_by(seat: &Seat, of: Subject) {
    edited(
        seat,
        of,
        &[
            (Field::IsSealed.into(), Value::YesNo(true)),
            (Field::SealedBy.into(), Value::Link(seat.operator())),
            (Field::SealedAt.into(), Value::Time(happened())),
            (Field::SealedWhy.into(), Value::text("saksi dalam perkara")),
        ],
    );
}

impl Scene {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let first = First { uid: 1, name: "Ketut Contoh".into(), office: "Meja A".into(), zone: "WIB" };
        let options =
            DeskOptions { dir: dir.path().join("desk"), key: None, clock: Arc::new(now), is_practice: false, first };
        let (desk, _) = Desk::open(options, &mut |_| ()).unwrap();
        let chief = desk.enter(1).unwrap();
        let (a, b) = (chief.office(), Subject::new(Kind::Office, Ulid::new()));
        let named = Facts::from([(Field::OfficeName.into(), Value::text("Meja B"))]);
        done(&chief, vec![Ask::Create { of: b, facts: named, happened: happened() }]);
        let mut actors = Vec::new();
        for (office, letter) in [(b, "B"), (a, "A")] {
            // Outside of the compartment officers are alike: of the second office some stand for all.
            let stands_for_others = |role: &Role| {
                matches!(role, Role::HelpDesk | Role::Liaison | Role::Supervisor | Role::Leadership | Role::Auditor)
            };
            let roles = Role::ALL
                .iter()
                .filter(|role| !matches!(role, Role::Administrator) && (letter == "A" || stands_for_others(role)));
            actors.extend(roles.map(|role| hired(&chief, office, &format!("{role} of {letter}"), &[*role])));
        }
        let mine = hired(&chief, a, "named in A's sealed case", &[Role::CaseOfficer]);
        let sealer = hired(&chief, a, "who seals at A", &[Role::Supervisor]);
        // From the first administrator on it is they who hire the next.
        let keeper = hired(&chief, a, "ADM of A", &[Role::Administrator]);
        let other = hired(&desk.enter_as(keeper.id).unwrap(), b, "ADM of B", &[Role::Administrator]);
        let seat = |what: &str| desk.enter_as(actors.iter().find(|one| one.what == what).unwrap().id).unwrap();
        let (chief_b, law_a, law_b) = (seat("PNY of B"), seat("HKM of A"), seat("HKM of B"));
        let sealing = desk.enter_as(sealer.id).unwrap();
        let mut canaries = vec![
            taken_in("open at A", "SATU", 1, &chief, &law_a),
            taken_in("open at B", "DUWA", 2, &chief_b, &law_b),
            taken_in("shared by B with A", "TIGA", 3, &chief_b, &law_b),
            taken_in("sealed at A, named", "EMPAT", 4, &sealing, &law_a),
            taken_in("sealed at A, nobody named", "LIMO", 5, &sealing, &law_a),
            taken_in("sealed at B, nobody named", "ENEM", 6, &chief_b, &law_b),
            taken_in("offered by B to A", "PITU", 7, &chief_b, &law_b),
            taken_in("offered by B to A, sealed since", "WOLU", 8, &chief_b, &law_b),
            taken_in("shared by B with A until yesterday", "SANGA", 9, &chief_b, &law_b),
            taken_in("shared by B with A and revoked", "SADASA", 10, &chief_b, &law_b),
            taken_in("transferred by A to B", "BELAS", 11, &chief, &law_a),
            taken_in("asked for by A", "ROLAS", 12, &chief_b, &law_b),
            taken_in("shared by B with A, sealed since", "TELULAS", 13, &chief_b, &law_b),
            taken_in("shared by B with A for health alone", "PATBELAS", 14, &chief_b, &law_b),
        ];
        let journey = [Section::Identity, Section::Journey];
        for (place, sections) in [(2, &journey[..]), (9, &journey), (12, &journey), (13, &[Section::Health])] {
            between::share(&chief_b, canaries[place].of, a, sections, None);
        }
        between::share(&chief_b, canaries[8].of, a, &journey, Some("2026-02-19"));
        between::revoke(&chief_b, canaries[9].of, a);
        for place in [6, 7] {
            between::offer(&chief_b, canaries[place].of, OfferKind::Refer, b, a);
        }
        between::offer(&chief, canaries[10].of, OfferKind::Transfer, a, b);
        between::accept(&chief_b, canaries[10].of);
        between::offer(&seat("HLP of A"), canaries[11].of, OfferKind::Access, a, b);
        let item = Ulid::new();
        edited(
            &sealing,
            canaries[3].of,
            &[(Slot::of(item, Field::NamedOperator), Value::Link(Subject::new(Kind::Operator, mine.id)))],
        );
        for canary in &mut canaries {
            let owner = if canary.what.contains("at A") { &chief } else { &chief_b };
            canary.holding = Holding::at(&owner.record(canary.of).unwrap(), now());
        }
        for (place, by) in [(3, &sealing), (4, &sealing), (5, &chief_b), (7, &chief_b), (12, &chief_b)] {
            sealed_by(by, canaries[place].of);
            (canaries[place].holding.is_sealed, canaries[place].holding.sealer) = (true, Some(by.operator().id));
        }
        actors.extend([mine, sealer, keeper, other]);
        drop((chief, chief_b, law_a, law_b, sealing));
        Self { desk, actors, canaries, _dir: dir }
    }
}
