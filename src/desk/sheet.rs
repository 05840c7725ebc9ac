//! The emergency sheet of a case as a seat reads it, from the moment of dispatch on, with its line in the trail first.

use super::seat::Seat;
use crate::domain::access::{Holding, section_at};
use crate::domain::case::Case;
use crate::domain::field::{Field, Section};
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::sheet;
use crate::domain::subject::Subject;
use crate::domain::summary::Summary;
use crate::records::trail::Act as Looked;

/// What a receiver has to know of somebody, cut to the reader's roles.
#[derive(Clone, Debug)]
pub struct EmergencySheet {
    pub of: Subject,
    pub summary: Summary,
    /// The facts of the sheet and no others.
    pub record: Record,
    /// Whether health says anything at all, whoever reads.
    pub has_alert: bool,
    /// Whether this reader sees what it says.
    pub reads_health: bool,
    /// The office that sent the person.
    pub office: String,
    /// Its phone, where it has said one.
    pub phone: Option<String>,
}

impl Seat {
    /// The emergency sheet of a case: to its owner, to whoever shares it, and to an office that was offered it, before it has
    /// answered. The look is in the trail, on the disk, when this returns.
    ///
    /// # Errors
    /// Not this operator's to read; a trail that cannot be written, and then nothing is shown.
    pub fn sheet(&self, of: Subject) -> Result<EmergencySheet, Refusal> {
        let record = self.kept(of)?;
        // Where a seal asks for a reason, it is the one that opened the case.
        if !self.may_read_sheet(of) {
            return Err(self.refused(of));
        }
        let mut on_it = sheet::sheet(&record, self.author.roles);
        let is_offered = Holding::at(&record, self.inner().now()).offered.contains(&self.author.office);
        if !is_offered {
            // Whoever is to receive somebody needs all of it; whoever shares the case has the sections that were given.
            let hidden = self.hidden(&record);
            on_it.facts.retain(|slot, _| !hidden.contains(&section_at(&record, None, *slot)));
        }
        let reads_health =
            sheet::reads_health(self.author.roles) && (is_offered || self.may_see(&record, Section::Health));
        let sections = [Section::Identity, Section::Journey, Section::Health];
        self.look_first(Looked::Open, of, "", &sections[..if reads_health { 3 } else { 2 }])?;
        let summary = self.row_of(of.id).and_then(|row| self.index().summary(row));
        let directory = self.directory();
        let owner = Case(&record).owner();
        let office = owner.and_then(|owner| directory.get(owner).cloned());
        Ok(EmergencySheet {
            of,
            summary: summary.ok_or(Refusal::new("why-not-access"))?,
            has_alert: sheet::has_alert(&record),
            reads_health,
            office: owner.map(|owner| directory.name_of(owner)).unwrap_or_default(),
            phone: office.and_then(|office| office.text(Field::OfficePhone).map(str::to_owned)),
            record: on_it,
        })
    }
}
