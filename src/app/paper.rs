//! Papers in words: a template of `assets/print` filled with what of a case may stand on it. Papers are Indonesian, whatever the
//! language of the screen; a paper tells no time of its own, so that the same content is a copy and bears the same number.

use super::form::entry::shown;
use super::report::ready_report;
use crate::desk::printing::{Facts, Filled, Printable, Printed, Stamp, fill, hash, paged};
use crate::desk::{Denied, RowId, Seat};
use crate::domain::calendar::show_day;
use crate::domain::case::Case;
use crate::domain::case::items::Contact;
use crate::domain::field::{Field, Part, Shape};
use crate::domain::paper::Paper;
use crate::domain::record::{ItemId, Record, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::status::Status;
use crate::domain::subject::{Number, Subject};
use crate::domain::summary::{Signs, Summary};
use crate::domain::value::Value;
use crate::identity::name::initials;
use crate::identity::region::RegionCode;
use crate::text::{Language, Texts};
use chrono::{DateTime, NaiveDate, Utc};

/// The template of a paper.
pub(super) const fn template(paper: Paper) -> &'static str {
    match paper {
        Paper::QueueCard => include_str!("../../assets/print/kartu-antrean.txt"),
        Paper::Handover => include_str!("../../assets/print/bast.txt"),
        Paper::HandoverOfMany => include_str!("../../assets/print/bast-kolektif.txt"),
        Paper::Manifest => include_str!("../../assets/print/manifes.txt"),
        Paper::Attendance => include_str!("../../assets/print/daftar-hadir.txt"),
        Paper::CoverLetter => include_str!("../../assets/print/surat-pengantar.txt"),
        Paper::Refusal => include_str!("../../assets/print/penolakan.txt"),
        Paper::Summary => include_str!("../../assets/print/ringkasan.txt"),
        Paper::MaskedSummary => include_str!("../../assets/print/ringkasan-tersamar.txt"),
        Paper::ScreeningSheet => include_str!("../../assets/print/lembar-skrining.txt"),
        Paper::RemainsChecklist => include_str!("../../assets/print/periksa-jenazah.txt"),
        Paper::Receipt => include_str!("../../assets/print/tanda-terima.txt"),
        Paper::DailyReport => include_str!("../../assets/print/laporan-harian.txt"),
        Paper::Register => include_str!("../../assets/print/register.txt"),
        Paper::Proxy => include_str!("../../assets/print/surat-kuasa.txt"),
    }
}

/// One paper that is ready and has no number yet.
#[derive(Clone, Debug)]
pub struct Ready {
    pub paper: Paper,
    /// The cases that stand on it; of a report, the office.
    pub cases: Vec<Subject>,
    pub(super) filled: Filled,
}

/// The papers of these cases, a collective one or one for each, and how many cases may not stand on them.
///
/// # Errors
/// As [`Seat::printable`], and as [`ready_report`].
pub fn ready(seat: &Seat, paper: Paper, rows: &[RowId]) -> Result<(Vec<Ready>, usize), Refusal> {
    if paper.is_of_office() {
        return Ok((vec![ready_report(seat)?], 0));
    }
    let Printable { cases, left_out } = seat.printable(paper, rows)?;
    let texts = Texts::new(Language::Id);
    let parts: Vec<&[Record]> = if paper.is_collective() { vec![&cases] } else { cases.chunks(1).collect() };
    let papers = parts.into_iter().map(|cases| {
        let sheet = Sheet { seat, texts, cases };
        // What is about one person has that person's facts; a list has its own.
        let filled = match cases {
            [record] if !paper.is_collective() => fill(template(paper), &sheet.person(1, record)),
            _ => fill(template(paper), &sheet),
        };
        Ready { paper, cases: cases.iter().map(|record| record.of).collect(), filled }
    });
    Ok((papers.collect(), left_out))
}

impl Ready {
    /// How it will look, without a number.
    pub fn draft(&self) -> String {
        paged(&self.filled, None)
    }

    /// Prints it: the text with number, copy, who, when and hash.
    ///
    /// # Errors
    /// As [`Seat::print`].
    pub fn print(&self, seat: &Seat, why: &str) -> Result<String, Denied> {
        let printed = seat.print(self.paper, &self.cases, &hash(&self.filled), why)?;
        Ok(paged(&self.filled, Some(&stamp(seat, &printed))))
    }
}

/// Head and foot of a print, in Indonesian.
fn stamp(seat: &Seat, printed: &Printed) -> Stamp {
    let texts = Texts::new(Language::Id);
    let (zone, copy) = (seat.zone(), printed.copy.to_string());
    let at = format!("{} {}", zone.local(printed.at).format("%d-%m-%Y %H:%M"), zone.code());
    let by = [("at", at.as_str()), ("by", &printed.by), ("office", &printed.office)];
    Stamp {
        number: texts.with("print-number", &[("number", printed.number.as_str()), ("copy", &copy)]),
        by: texts.with("print-by", &by),
        page: texts.get("print-page").into_owned(),
    }
}

/// A paper about several people, or the ground of one about one.
struct Sheet<'s> {
    seat: &'s Seat,
    texts: Texts,
    cases: &'s [Record],
}

impl<'s> Sheet<'s> {
    fn person(&self, n: usize, record: &'s Record) -> Person<'s> {
        let summary = self.seat.row_of(record.of.id).and_then(|row| self.seat.summary(row));
        Person { seat: self.seat, texts: self.texts, record, n, summary }
    }

    /// The days on which they were reported.
    fn reported(&self) -> Vec<NaiveDate> {
        let at = |record: &Record| record.at(Field::ReportedAt).map(|at| self.seat.zone().day(at));
        self.cases.iter().filter_map(at).collect()
    }

    /// How many of them are children whom no paper hands to anybody yet.
    fn staying(&self) -> usize {
        self.cases.iter().filter(|record| self.person(0, record).stays()).count()
    }

    /// The movement on which all of them are; none where they are on several.
    fn movement(&self) -> Option<Subject> {
        let first = self.cases.first()?.link(Field::Movement)?;
        self.cases.iter().all(|record| record.link(Field::Movement) == Some(first)).then_some(first)
    }
}

impl Facts for Sheet<'_> {
    fn fact(&self, name: &str) -> Option<String> {
        let counted = |count: usize| (count > 0).then(|| count.to_string());
        match name {
            "count" => Some(self.cases.len().to_string()),
            "handed_count" => Some((self.cases.len() - self.staying()).to_string()),
            "staying" => counted(self.staying()),
            "sealed" => counted(self.seat.sealed_of_office()),
            "first_in" => self.reported().into_iter().min().map(show_day),
            "last_in" => self.reported().into_iter().max().map(show_day),
            "apart" => counted(self.seat.apart_on(self.movement()?).0),
            "erased" => counted(self.seat.apart_on(self.movement()?).1),
            "office" => Some(self.seat.office_name()),
            "movement" => Some(self.seat.link_name(self.movement()?)),
            "flight" | "lands" | "landing_place" => self.person(1, self.cases.first()?).of_movement(name),
            _ => None,
        }
    }

    fn each(&self, what: &str) -> Vec<Box<dyn Facts + '_>> {
        let person = |(at, record)| -> Box<dyn Facts + '_> { Box::new(self.person(at + 1, record)) };
        if what == "person" { self.cases.iter().enumerate().map(person).collect() } else { Vec::new() }
    }
}

/// One person on a paper.
struct Person<'s> {
    seat: &'s Seat,
    texts: Texts,
    record: &'s Record,
    n: usize,
    summary: Option<Summary>,
}

impl Person<'_> {
    fn of_movement(&self, name: &str) -> Option<String> {
        let movement = self.seat.movement_of(self.record)?;
        match name {
            "flight" => movement.text(Field::MoveFlight).map(str::to_owned),
            "lands" => movement.day(Field::MoveLands).map(show_day),
            _ => movement.text(Field::MovePlace).map(str::to_owned),
        }
    }

    fn own(&self, field: Field) -> Option<String> {
        self.record.get(field).map(|value| in_words(self.seat, field.into(), value, self.texts))
    }

    fn code_of(&self, field: Field) -> Option<RegionCode> {
        self.record.code(field)?.parse().ok()
    }

    /// A region for a narrow column.
    fn region(&self, field: Field) -> Option<String> {
        self.code_of(field)?.short_name()
    }

    fn first(&self, part: Part, field: Field) -> Option<String> {
        let slot =
            self.record.items(part).map(|item| Slot::of(item, field)).find(|slot| self.record.get(*slot).is_some())?;
        self.record.get(slot).map(|value| in_words(self.seat, slot, value, self.texts))
    }

    /// What is known of the family's first contact who is not barred.
    fn of_family(&self, field: Field) -> Option<String> {
        let item = Case(self.record).contacts().find(|one| !one.is_barred())?.item;
        let slot = Slot::of(item, field);
        self.record.get(slot).map(|value| in_words(self.seat, slot, value, self.texts))
    }

    /// A day in eight cells, for a narrow column.
    fn short_day(&self, at: Option<DateTime<Utc>>) -> Option<String> {
        at.map(|at| self.seat.zone().day(at).format("%d-%m-%y").to_string())
    }

    /// When somebody left the office's care: handed over, or closed without that.
    fn left(&self) -> Option<DateTime<Utc>> {
        let is_closed = Case(self.record).status() == Status::Tutup;
        self.record.at(Field::HandedAt).or_else(|| self.record.at(Field::StatusAt).filter(|_| is_closed))
    }

    /// A contact by name, relation and phone: nobody who is barred.
    fn contact(&self, is_guardian: bool) -> Option<String> {
        let found =
            if is_guardian { self.guardian() } else { Case(self.record).contacts().find(|one| !one.is_barred()) };
        self.told_of(found?.item, &[Field::ContactName, Field::ContactRelation, Field::ContactPhone])
    }

    /// Facts of one item, one after the other.
    fn told_of(&self, item: ItemId, fields: &[Field]) -> Option<String> {
        let parts = fields.iter().filter_map(|field| {
            let slot = Slot::of(item, *field);
            self.record.get(slot).map(|value| in_words(self.seat, slot, value, self.texts))
        });
        Some(parts.collect::<Vec<_>>().join(", ")).filter(|told| !told.is_empty())
    }

    /// The verified guardian or institution that a child goes to; first whoever is named as receiver.
    fn guardian(&self) -> Option<Contact<'_>> {
        let case = Case(self.record);
        let receiver = case.receiver().filter(Contact::may_take_a_child);
        receiver.or_else(|| case.contacts().find(Contact::may_take_a_child))
    }

    /// Whether the rules for children hold; whoever the index no longer knows is in doubt, and in doubt a child.
    fn is_child(&self) -> bool {
        self.summary.as_ref().is_none_or(|one| one.signs.has(Signs::CHILD))
    }

    /// Whether this is a child whom nobody may be handed: no guardian stands verified (`desk.md`, "Nobody is hurt", 1).
    fn stays(&self) -> bool {
        self.is_child() && self.guardian().is_none()
    }

    fn made(&self, name: &str) -> Option<String> {
        match name {
            "n" => Some(self.n.to_string()),
            "office" => Some(self.seat.office_name()),
            "age" => self.summary.as_ref().map(Summary::age),
            "child" => self.is_child().then(|| "ya".to_owned()),
            "guardianless" => self.stays().then(|| "ya".to_owned()),
            "initial_here" => Some(if self.stays() { "tidak" } else { "......" }.to_owned()),
            "guardian_verified" => self.told_of(
                self.guardian()?.item,
                &[Field::ContactVerifiedBy, Field::ContactVerifiedHow, Field::ContactVerifiedAt],
            ),
            "initials" => self.record.text(Field::Name).map(initials),
            "sex_code" => self.record.code(Field::Sex).map(str::to_owned),
            "doc" => {
                let kind = self.first(Part::Document, Field::DocKind);
                let told = [kind, self.first(Part::Document, Field::DocNo)].into_iter().flatten();
                Some(told.collect::<Vec<_>>().join(" ")).filter(|told| !told.is_empty())
            }
            "phone" => self.first(Part::Phone, Field::PhoneNo),
            "guardian" => self.contact(true),
            "family" => self.contact(false),
            "family_name" => self.of_family(Field::ContactName),
            "family_relation" => self.of_family(Field::ContactRelation),
            "family_phone" => self.of_family(Field::ContactPhone),
            "family_address" => self.of_family(Field::ContactAddress),
            "status_code" => self.record.code(Field::Status).map(str::to_owned),
            "in" => self.short_day(self.record.at(Field::ReportedAt)),
            "out" => self.short_day(self.left()),
            "province" => self.code_of(Field::Home)?.province().name().map(str::to_owned),
            "destination_or_home" => self.region(Field::Destination).or_else(|| self.region(Field::Home)),
            "home_short" => self.region(Field::Home).or_else(|| self.own(Field::HomeText)),
            "home" => self.own(Field::Home).or_else(|| self.own(Field::HomeText)),
            _ => self.of_movement(name).filter(|_| matches!(name, "flight" | "lands" | "landing_place")),
        }
    }
}

impl Facts for Person<'_> {
    fn fact(&self, name: &str) -> Option<String> {
        let field = || Field::from_code(name);
        self.made(name).or_else(|| {
            let field = field()?;
            if field.part() == Part::Own { self.own(field) } else { self.first(field.part(), field) }
        })
    }

    fn each(&self, what: &str) -> Vec<Box<dyn Facts + '_>> {
        let of = |item| -> Box<dyn Facts + '_> { Box::new(Item { person: self, item }) };
        let is_here = |item: &ItemId| self.record.get(Slot::of(*item, Field::BelongingReturnedAt)).is_none();
        if what == "belonging" {
            self.record.items(Part::Belonging).filter(is_here).map(of).collect()
        } else {
            Vec::new()
        }
    }
}

/// One thing of a person, such as a belonging.
struct Item<'s> {
    person: &'s Person<'s>,
    item: ItemId,
}

impl Facts for Item<'_> {
    fn fact(&self, name: &str) -> Option<String> {
        let slot = Slot::of(self.item, Field::from_code(name)?);
        self.person.record.get(slot).map(|value| in_words(self.person.seat, slot, value, self.person.texts))
    }

    fn each(&self, _: &str) -> Vec<Box<dyn Facts + '_>> {
        Vec::new()
    }
}

/// A value as it stands on a paper: words without their codes.
fn in_words(seat: &Seat, slot: Slot, value: &Value, texts: Texts) -> String {
    match (slot.field.shape(), value) {
        (Shape::Choice(list), Value::Code(code)) => texts.get(&list.label_key(code)).into_owned(),
        (Shape::Choices(list), Value::Codes(codes)) => {
            codes.iter().map(|code| texts.get(&list.label_key(code)).into_owned()).collect::<Vec<_>>().join(", ")
        }
        (_, Value::Link(of)) => seat.link_name(*of),
        (_, Value::Number(packed)) if slot.field == Field::CaseNumber => {
            u32::try_from(*packed).map(|packed| Number::from_packed(packed).to_string()).unwrap_or_default()
        }
        (_, Value::YesNo(is_yes)) => texts.get(if *is_yes { "print-yes" } else { "print-no" }).into_owned(),
        _ => shown(slot, value, &texts, seat.zone()),
    }
}

#[cfg(test)]
#[path = "paper_tests.rs"]
mod tests;
