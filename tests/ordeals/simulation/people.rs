//! What somebody at a desk would write into a field, and what nobody would: invented people only, by the dice.

use crate::dice::Dice;
use chrono::{DateTime, Days, TimeDelta, Utc};
use pulang::domain::field::{Direction, Field, Part, Shape};
use pulang::domain::gate::Fact;
use pulang::domain::record::{Facts, Slot};
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Dated, Precision, Timed, Value};
use ulid::Ulid;

const NAMES: [&str; 16] = [
    "SITI SRI LUBIS",
    "Joko Setiawan",
    "DJOKO SETYAWAN",
    "Mega Harahap",
    "Budi",
    "Yuni Oktaviani",
    "RIAN DEDI SIREGAR",
    "Grace Puspita",
    "Steven Montolalu",
    "Bayu Hidayat",
    "Rizki Saputra",
    "Riski Saputro",
    "Nur Aini",
    "NURAINI",
    "Made Wirata",
    "Yohanes Kapitan Muda Sembiring Pelawi",
];
const HOMES: [(&str, &str); 4] =
    [("Jakarta Selatan", "31.74"), ("Karo", "12.06"), ("Minahasa Utara", "71.06"), ("Cianjur", "32.03")];
const COUNTRIES: [&str; 4] = ["KHM", "MMR", "MYS", "SAU"];
/// What a cat on the keyboard, a broken file or a hostile sender leaves.
pub const GARBAGE: [&str; 12] = [
    "\u{feff}",
    "e\u{301}\u{301}\u{301}",
    "漢字かな",
    "\u{202e}terbalik",
    "👨‍👩‍👧‍👦",
    "'; DROP TABLE--",
    "../../../etc/passwd",
    "\t\t",
    "((((((",
    "99999999999999999999",
    "umur:>tua",
    "P<IDN",
];

/// A NIK of the invented serials, of few people, so that some meet again.
fn nik(dice: &mut Dice) -> String {
    let day = 1 + dice.below(28) + if dice.one_in(2) { 40 } else { 0 };
    let (month, year) = (1 + dice.below(12), 60 + dice.below(40));
    format!("{}{day:02}{month:02}{year:02}{:04}", dice.pick(&["317101", "717108", "320321"]), 9001 + dice.below(40))
}

fn document(dice: &mut Dice) -> String {
    format!("Z{:07}", 1_000_000 + dice.below(300))
}

fn phone(dice: &mut Dice) -> String {
    format!("084{:09}", 100_000_000 + dice.below(500))
}

/// What is typed into a field.
pub fn typed(field: Field, dice: &mut Dice, now: DateTime<Utc>) -> String {
    if dice.one_in(24) {
        return (*dice.pick(&GARBAGE)).to_owned();
    }
    match field.shape() {
        Shape::Text(_) | Shape::Lines(_) if is_name(field) => (*dice.pick(&NAMES)).to_owned(),
        Shape::Text(_) | Shape::Lines(_) => format!("contoh lengkap {}", dice.below(9)),
        Shape::Nik => nik(dice),
        Shape::Phone => phone(dice),
        Shape::DocumentNo => document(dice),
        Shape::Choice(list) => dice.pick(list.codes()).to_lowercase(),
        Shape::Choices(list) => format!("{} {}", dice.pick(list.codes()), dice.pick(list.codes())),
        Shape::Date(Direction::Future) => {
            local(now + TimeDelta::days(dice.below(900) as i64)).format("%d-%m-%Y").to_string()
        }
        Shape::Date(Direction::Past | Direction::Any) => match dice.below(4) {
            0 => format!("~{}", 12 + dice.below(30)),
            1 => format!("{}", 10 + dice.below(40)),
            _ => format!("{:02}-{:02}-{}", 1 + dice.below(28), 1 + dice.below(12), 1975 + dice.below(40)),
        },
        Shape::Time => local(now - TimeDelta::minutes(dice.below(600) as i64)).format("%d-%m-%Y %H:%M").to_string(),
        Shape::Number { min, max } => (min + dice.below((max - min).clamp(1, 400) as usize) as i64).to_string(),
        Shape::YesNo => (*dice.pick(&["y", "t"])).to_owned(),
        Shape::Region => dice.pick(&HOMES).0.to_owned(),
        Shape::Country => (*dice.pick(&COUNTRIES)).to_owned(),
        Shape::Link(_) | Shape::Item(_) => (1 + dice.below(3)).to_string(),
    }
}

fn local(at: DateTime<Utc>) -> DateTime<chrono::FixedOffset> {
    at.with_timezone(&chrono::FixedOffset::east_opt(7 * 3600).unwrap())
}

fn is_name(field: Field) -> bool {
    matches!(field, Field::Name | Field::ContactName | Field::HandedTo | Field::DocName | Field::PassportName)
}

/// A value of a field's shape; none for what is chosen from the record itself.
pub fn value(field: Field, dice: &mut Dice, now: DateTime<Utc>) -> Option<Value> {
    let today = now.date_naive();
    Some(match field.shape() {
        Shape::Text(_) | Shape::Lines(_) if is_name(field) => Value::text(*dice.pick(&NAMES)),
        Shape::Text(most) | Shape::Lines(most) => {
            let text = format!("contoh {}", dice.below(9));
            Value::text(text.chars().take(usize::from(most)).collect::<String>())
        }
        Shape::Nik => Value::text(nik(dice)),
        Shape::Phone => Value::text(format!("+62{}", &phone(dice)[1..])),
        Shape::DocumentNo => Value::text(document(dice)),
        Shape::Choice(list) => Value::code(*dice.pick(list.codes())),
        Shape::Choices(list) => Value::codes([*dice.pick(list.codes())]),
        Shape::Date(Direction::Future) => {
            Value::Date(Dated::certain(today.checked_add_days(Days::new(30 + dice.below(900) as u64)).unwrap()))
        }
        Shape::Date(Direction::Past | Direction::Any) => {
            let on = today.checked_sub_days(Days::new(dice.below(365 * 45) as u64)).unwrap();
            Value::Date(if dice.one_in(3) { Dated::estimated(on) } else { Dated::certain(on) })
        }
        Shape::Time => {
            Value::Time(Timed { at: now - TimeDelta::minutes(dice.below(90) as i64), precision: Precision::Certain })
        }
        Shape::Number { min, max } => Value::Number(min + dice.below((max - min).clamp(1, 400) as usize) as i64),
        Shape::YesNo => Value::YesNo(!dice.one_in(4)),
        Shape::Region => Value::code(dice.pick(&HOMES).1),
        Shape::Country => Value::code(*dice.pick(&COUNTRIES)),
        Shape::Link(_) | Shape::Item(_) => return None,
    })
}

/// Facts that answer what a gate asks for: whole items where the fact is of one.
pub fn answer(fact: Fact, item: Ulid, movement: Option<Subject>, dice: &mut Dice, now: DateTime<Utc>) -> Facts {
    let field = fact.field();
    let fields: Vec<Field> = match field.part() {
        Part::Own => match field {
            Field::HandedTo | Field::HandedRelation => vec![Field::HandedTo, Field::HandedRelation, Field::HandedAt],
            own => vec![own],
        },
        Part::Document => vec![Field::DocKind, Field::DocNo, Field::DocUntil, Field::DocState],
        Part::Contact => vec![
            Field::ContactName,
            Field::ContactRelation,
            Field::ContactIsGuardian,
            Field::ContactVerifiedBy,
            Field::ContactVerifiedHow,
            Field::ContactVerifiedAt,
        ],
        Part::Phone
        | Part::Note
        | Part::Flag
        | Part::Debt
        | Part::Belonging
        | Part::Track
        | Part::Screening
        | Part::Finding
        | Part::Referral
        | Part::Custody
        | Part::Link
        | Part::Share
        | Part::Named
        | Part::Look
        | Part::Key
        | Part::Print
        | Part::Offer => {
            vec![field]
        }
    };
    let slot = |field: Field| if field.part() == Part::Own { Slot::own(field) } else { Slot::of(item, field) };
    let mut facts = Facts::new();
    for field in fields {
        let value = match field.shape() {
            Shape::Link(Kind::Movement) => movement.map(Value::Link),
            _ => value(field, dice, now),
        };
        facts.extend(value.map(|value| (slot(field), value)));
    }
    facts
}

/// A new person, by about as many facts as quick intake takes.
pub fn person(dice: &mut Dice, item: Ulid, now: DateTime<Utc>) -> Facts {
    let mut facts = Facts::new();
    for field in [
        Field::Name,
        Field::Nik,
        Field::Sex,
        Field::Birth,
        Field::Home,
        Field::WorkCountry,
        Field::ReportChannel,
        Field::ReportedAt,
        Field::ReportCountry,
        Field::Checks,
        Field::Group,
        Field::DuplicateAnswer,
    ] {
        let is_said = matches!(field, Field::Name | Field::ReportChannel | Field::ReportedAt | Field::ReportCountry);
        if is_said || !dice.one_in(3) {
            facts.extend(value(field, dice, now).map(|value| (Slot::own(field), value)));
        }
    }
    if dice.one_in(2) {
        facts.extend(value(Field::PhoneNo, dice, now).map(|value| (Slot::of(item, Field::PhoneNo), value)));
    }
    facts
}

/// A few rows of a manifest as text, to be pasted.
pub fn manifest(dice: &mut Dice) -> String {
    let mut text = String::from("No;Nama Lengkap;L/P;Tgl Lahir;NIK;Jenis Dok;No Dokumen;Kab/Kota Asal;Keterangan\n");
    for row in 1..=2 + dice.below(8) {
        let (name, nik, document) = (dice.pick(&NAMES), nik(dice), document(dice));
        let birth = format!("{:02}-{:02}-{}", 1 + dice.below(28), 1 + dice.below(12), 1975 + dice.below(40));
        let remark = dice.pick(&["", "sakit", "hamil 5 bln", "tidak mau difoto"]);
        text += &format!("{row};{name};P;{birth};{nik};PASPOR;{document};{};{remark}\n", dice.pick(&HOMES).0);
    }
    text
}

/// A passport's machine-readable zone as a scanner types it; now and then torn.
pub fn scan(dice: &mut Dice) -> String {
    let lines: Vec<&str> = include_str!("../../data/mrz_samples.txt").lines().collect();
    let at = 2 * dice.below(lines.len() / 2);
    let whole = format!("{}\n{}\n", lines[at], lines[at + 1]);
    if dice.one_in(4) { whole.chars().take(dice.below(80)).collect() } else { whole }
}

/// A query, mostly one that means something.
pub fn query(dice: &mut Dice) -> String {
    match dice.below(12) {
        0 => "tingkat:1 umur<18".into(),
        1 => "-status:tutup petugas:none".into(),
        2 => format!("status:{}", dice.pick(&["lapor", "tiba", "rehab", "pulda", "tutup"])),
        3 => "sisa<2h | tanda:T".into(),
        4 => nik(dice),
        5 => document(dice),
        6 => dice.pick(&NAMES).chars().take(3 + dice.below(6)).collect(),
        7 => (*dice.pick(&GARBAGE)).to_owned(),
        8 => "(status:lapor | status:verif) -jk:L".into(),
        9 => format!("26-{:06}", dice.below(200)),
        10 => String::new(),
        _ => dice.pick(&NAMES).to_lowercase(),
    }
}

/// The manifest that is taken in: a second time it shows its own names, whoever was sealed meanwhile.
const MANIFEST: &str = include_str!("../../data/manifest_110.csv");

/// Whether a name on a screen tells of one person: not where somebody may have typed it there, or a file says it.
pub fn is_telling(name: &str) -> bool {
    let is_name = name.len() >= 8 && name.contains(' ') && name.chars().all(|c| c.is_alphabetic() || c == ' ');
    let is_said = |text: &str, name: &str| text.to_lowercase().contains(name);
    let name = name.to_lowercase();
    is_name && !name.contains("contoh") && !is_said(MANIFEST, &name) && !NAMES.iter().any(|typed| is_said(typed, &name))
}
