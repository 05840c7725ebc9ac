//! What the screens say about cases, in words: made here from what the desk gave, so that faces only place them.

use super::App;
use super::form::entry::{country_name, shown};
use super::record::CaseRoom;
use crate::desk::{Candidate, Event, Seat};
use crate::domain::case::Case;
use crate::domain::change::Verb;
use crate::domain::field::{Field, Part};
use crate::domain::gate::{Fact, Obstacle, Way};
use crate::domain::offer;
use crate::domain::record::{Record, Slot};
use crate::domain::screening::{Screening, assess, screenings, was_child};
use crate::domain::status::Status;
use crate::domain::summary::Signs;
use crate::domain::value::Value;
use crate::domain::words::List;
use crate::text::Texts;

/// Items that stand in the case as one line each, with the fields that make the line.
const WHOLE_ITEMS: [(Part, Field, &[Field]); 9] = [
    (Part::Flag, Field::Flag, &[Field::Flag, Field::FlagWhy, Field::FlagBy, Field::FlagTo, Field::FlagClearedAt]),
    (Part::Track, Field::TrackState, &[Field::TrackState, Field::TrackNo, Field::TrackTakenOverBy]),
    (Part::Referral, Field::ReferralTo, &[Field::ReferralTo, Field::ReferralAt, Field::ReferralCompanion]),
    (Part::Custody, Field::CustodyUnit, &[Field::CustodyOfficer, Field::CustodyUnit, Field::CustodyLetter]),
    (Part::Finding, Field::Finding, &[Field::Finding, Field::FindingSource, Field::FindingOn, Field::FindingNo]),
    (Part::Link, Field::LinkCase, &[Field::LinkKind, Field::LinkCase]),
    (Part::Share, Field::ShareOffice, &[Field::ShareOffice, Field::ShareSections, Field::ShareUntil]),
    (Part::Offer, Field::OfferTo, &[Field::OfferKind, Field::OfferTo, Field::OfferAnswer, Field::OfferAnswerWhy]),
    (Part::Note, Field::NoteText, &[Field::NoteText]),
];

/// The neutral letters of a row, weightiest first, and the keys of what they mean inside the case.
pub const SIGN_LETTERS: [(Signs, char, &str); 13] = [
    (Signs::DEAD, 'N', "sign-dead"),
    (Signs::HELD, 'T', "sign-held"),
    (Signs::ALONE, 'W', "sign-alone"),
    (Signs::REFERRED, 'R', "sign-referred"),
    (Signs::EMERGENCY_DEBT, 'U', "sign-emergency-debt"),
    (Signs::KEEP_APART, 'P', "sign-keep-apart"),
    (Signs::BARRED_CONTACT, 'X', "sign-barred-contact"),
    (Signs::CLOSE_ASKED, 'C', "sign-close-asked"),
    (Signs::MISSING, 'H', "sign-missing"),
    (Signs::REFUSES, 'O', "sign-refuses"),
    (Signs::RETURNED_BEFORE, 'B', "sign-returned-before"),
    (Signs::NEEDS_INTERPRETER, 'J', "sign-needs-interpreter"),
    (Signs::HEARSAY, 'M', "sign-hearsay"),
];

/// Who, when and why of a naming or a seal: the line of the history says them anyway.
const fn is_said_by_the_line(field: Field) -> bool {
    matches!(field, Field::NamedBy | Field::NamedWhy | Field::SealedBy | Field::SealedAt | Field::SealedWhy)
}
/// Where and when the person arrived and was handed over, and how they were then.
const HAPPENED: [Field; 9] = [
    Field::LandedAt,
    Field::LandedPlace,
    Field::SeenBy,
    Field::HandedTo,
    Field::HandedRelation,
    Field::HandedAt,
    Field::Checks,
    Field::PregnantWeeks,
    Field::FitToTravelUntil,
];

/// One line of the history.
pub struct EventWords {
    pub when: String,
    pub what: String,
}

/// One likely duplicate.
pub struct CandidateWords {
    pub certainty: String,
    pub number: String,
    pub name: String,
    pub reasons: String,
}

impl App {
    /// Everything that stands against a step in one line: first what is missing, by name and without repeating that it is.
    /// `is_shared` keeps to what a stranger may read.
    pub fn against(&self, obstacles: &[Obstacle], is_shared: bool) -> String {
        let is_told = |obstacle: &Obstacle| !is_shared || !obstacle.is_confidential();
        let (missing, others): (Vec<&Obstacle>, Vec<&Obstacle>) =
            obstacles.iter().partition(|o| matches!(o, Obstacle::Missing(_) | Obstacle::Owed(_)) && is_told(o));
        let facts: Vec<String> = missing
            .iter()
            .filter_map(|obstacle| match obstacle {
                Obstacle::Missing(fact) | Obstacle::Owed(fact) => Some(self.texts.get(fact.key()).to_string()),
                _ => None,
            })
            .collect();
        let mut words: Vec<String> = Vec::new();
        for obstacle in others {
            let word = if is_shared { self.obstacle(obstacle) } else { self.obstacle_full(obstacle) };
            if !words.contains(&word) {
                words.push(word);
            }
        }
        if !facts.is_empty() {
            words.insert(0, self.texts.with("move-lacks", &[("facts", &facts.join(", "))]));
        }
        words.join("; ")
    }

    pub(super) fn fact(&self, code: &str) -> String {
        Fact::from_code(code).map_or_else(|| code.to_owned(), |fact| self.texts.get(fact.key()).to_string())
    }

    /// Why the person is as urgent as the row says.
    pub fn triage_words(&self, case: &CaseRoom) -> Vec<String> {
        let word = |reason: &crate::domain::triage::Reason| {
            let word = self.texts.get(reason.cause.key()).to_string();
            if reason.is_hearsay { format!("{word} ({})", self.texts.get("triage-hearsay")) } else { word }
        };
        case.view.triage.reasons.iter().map(word).collect()
    }

    /// The facts of the screen, in order: field, label, value; what is not known is left out.
    pub fn fact_pairs(&self, case: &CaseRoom) -> Vec<(Field, String, String)> {
        let record = &case.view.record;
        let mut pairs: Vec<(Field, String, String)> = Vec::new();
        let label = |field: Field| match field {
            Field::DocNo => self.texts.get("part-document"),
            Field::PhoneNo => self.texts.get("part-phone"),
            Field::ContactName => self.texts.get("part-contact"),
            Field::Belonging => self.texts.get("part-belonging"),
            Field::NoteText => self.texts.get("part-note"),
            Field::Remarks => self.texts.get("case-remarks"),
            _ => std::borrow::Cow::Owned(self.label_short(field)),
        };
        let mut add = |field: Field, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                pairs.push((field, label(field).into_owned(), value));
            }
        };
        let plain = |field: Field| record.get(field).map(|value| self.brief(field, value));
        add(Field::Nik, plain(Field::Nik).or_else(|| plain(Field::NikRaw).map(|raw| format!("? {raw}"))));
        for document in
            self.items(record, Part::Document, &[Field::DocKind, Field::DocNo, Field::DocUntil, Field::DocState])
        {
            add(Field::DocNo, Some(document));
        }
        for phone in self.items(record, Part::Phone, &[Field::PhoneNo, Field::PhoneWhose, Field::PhoneSafe]) {
            add(Field::PhoneNo, Some(phone));
        }
        for field in [Field::Home, Field::Destination, Field::DestinationPlace] {
            add(field, plain(field));
        }
        for contact in
            self.items(record, Part::Contact, &[Field::ContactName, Field::ContactRelation, Field::ContactPhone])
        {
            add(Field::ContactName, Some(contact));
        }
        add(Field::Group, plain(Field::Group));
        add(Field::Company, plain(Field::Company));
        add(Field::Movement, case.view.movement.as_deref().map(|movement| self.movement_words(movement)));
        for field in HAPPENED {
            add(field, plain(field));
        }
        add(Field::Remarks, self.remarks(record));
        for belonging in self.items(record, Part::Belonging, &[Field::Belonging, Field::BelongingWhere]) {
            add(Field::Belonging, Some(belonging));
        }
        for field in
            [Field::WorkCountry, Field::WorkCity, Field::Compound, Field::Sector, Field::Channel, Field::Problems]
        {
            add(field, plain(field));
        }
        add(Field::Procedural, Some(self.procedural_words(case)));
        for field in [
            Field::DuplicateOf,
            Field::Safety,
            Field::Language,
            Field::Marks,
            Field::Facility,
            Field::Bed,
            Field::Readiness,
        ] {
            add(field, plain(field));
        }
        for (part, field, fields) in WHOLE_ITEMS {
            for item in self.items(record, part, fields) {
                add(field, Some(item));
            }
        }
        for screening in self.screenings(case) {
            add(Field::ScreenedAt, Some(screening));
        }
        pairs
    }

    /// A label for a narrow column, at most 14 cells: the short one of the text book where the label is longer.
    fn label_short(&self, field: Field) -> String {
        let key = field.label_key();
        let short = format!("{key}.short");
        self.texts.get(if self.texts.has(&short) { &short } else { &key }).into_owned()
    }

    /// What the answers of each screening come to, with when and by whom they were given; never a finding.
    fn screenings(&self, case: &CaseRoom) -> Vec<String> {
        let read = Case(&case.view.record);
        let is_child = was_child(read, Some(case.view.summary.interest_on));
        let words = |screening: Screening| {
            let assessment = assess(&screening.answers, is_child);
            let outcome = self.texts.get(assessment.outcome.key()).into_owned();
            let at = screening.at.map(|at| self.moment(at)).unwrap_or_default();
            let by = screening.by.map(|by| self.seat.operator_name(by)).unwrap_or_default();
            format!("{outcome}, {}/11 ({at} {by})", assessment.indicators)
        };
        screenings(read).into_iter().map(words).collect()
    }

    /// A value as briefly as a fact line wants it.
    pub(super) fn brief(&self, field: Field, value: &Value) -> String {
        brief(&self.seat, field, value, &self.texts)
    }

    /// A value in the words of its form.
    pub fn value_words(&self, slot: Slot, value: &Value) -> String {
        match value {
            Value::Link(subject) => self.seat.link_name(*subject),
            _ => shown(slot, value, &self.texts, self.seat.zone()),
        }
    }

    /// Every item of a part as one line of the named fields.
    pub(super) fn items(&self, record: &Record, part: Part, fields: &[Field]) -> Vec<String> {
        let line = |item| {
            let words = fields.iter().filter_map(|&field| Some(self.brief(field, record.get(Slot::of(item, field))?)));
            words.collect::<Vec<String>>().join(" ")
        };
        record.items(part).map(line).filter(|line| !line.is_empty()).collect()
    }

    pub(super) fn movement_words(&self, movement: &Record) -> String {
        let name = movement.text(Field::MoveName).unwrap_or_default();
        let day = match movement.get(Field::MoveLands) {
            Some(Value::Date(date)) => self.dated(date),
            _ => String::new(),
        };
        format!("{name} {day}").trim_end().to_owned()
    }

    /// Remarks are hearsay until somebody has looked.
    fn remarks(&self, record: &Record) -> Option<String> {
        let text = record.text(Field::Remarks)?;
        let is_checked = record.get(Field::RemarksCheckedAt).is_some();
        Some(if is_checked { text.to_owned() } else { format!("{text} ({})", self.texts.get("triage-hearsay")) })
    }

    fn procedural_words(&self, case: &CaseRoom) -> String {
        let procedural = &case.view.procedural;
        let standing = self.texts.get(&List::Procedural.label_key(procedural.standing.code())).to_string();
        let grounds: Vec<String> =
            procedural.grounds.iter().map(|ground| self.texts.get(ground.key()).to_string()).collect();
        if grounds.is_empty() { standing } else { format!("{standing}: {}", grounds.join(", ")) }
    }

    /// KURANG: for each step forward that some gate allows from here, what is missing; open debts first.
    pub fn needs(&self, case: &CaseRoom) -> Vec<(String, String)> {
        let mut lines = Vec::new();
        let record = &case.view.record;
        let debts: Vec<String> = Case(record)
            .open_debts()
            .map(|debt| {
                let fact = self.fact(debt.fact);
                match record.text(Slot::of(debt.item, Field::DebtWhy)).filter(|_| debt.is_emergency) {
                    Some(why) => self.texts.with("case-owed-emergency", &[("fact", fact.as_str()), ("why", why)]),
                    None => fact,
                }
            })
            .collect();
        if !debts.is_empty() {
            lines.push((self.texts.get("case-owed").to_string(), debts.join("; ")));
        }
        // Whoever is back with the family has closing before them, whichever way it goes; elsewhere it is no step on the way.
        let is_last = case.view.summary.status == Status::Reint;
        let is_closing = |way: Way| matches!(way, Way::Close | Way::AskClose | Way::ApproveClose);
        let is_step = |target: &&crate::domain::gate::Target| {
            (target.way == Way::Forward || (is_last && is_closing(target.way)))
                && !target.obstacles.iter().any(|o| matches!(o, Obstacle::NotFrom { .. }))
        };
        // The way on first; a way that only turns round, such as back into rehabilitation, after it.
        let mut steps: Vec<_> = case.view.targets.iter().filter(is_step).collect();
        steps.sort_by_key(|target| target.status <= case.view.summary.status);
        for target in steps {
            let text = if target.obstacles.is_empty() {
                self.texts.get("case-ready").to_string()
            } else {
                self.against(&target.obstacles, false)
            };
            let arrow = self.texts.get("case-next");
            lines.push((format!("{arrow} {:<7}", target.status.code()), text));
        }
        lines
    }

    /// Who the person may be as well, while the question is open.
    pub fn candidates_of(&self, case: &CaseRoom) -> Vec<String> {
        let line = |candidate: &Candidate| {
            let words = self.candidate_words(candidate);
            let head = self.texts.get("case-alike");
            format!("{head} {} {} {} ({})", words.certainty, words.number, words.name, words.reasons)
        };
        let other = |candidate: &&Candidate| candidate.id != case.of.id;
        case.view.alike.iter().filter(other).map(line).collect()
    }

    /// A likely duplicate in words: KUAT and why, never a figure.
    pub fn candidate_words(&self, candidate: &Candidate) -> CandidateWords {
        let reasons: Vec<String> =
            candidate.reasons.iter().map(|reason| self.texts.get(reason.key()).to_string()).collect();
        let summary = self.seat.row_of(candidate.id).and_then(|row| self.seat.summary(row));
        let (number, name) = match summary {
            Some(summary) => (summary.number.to_string(), summary.name),
            None => (String::new(), self.texts.get("sealed-ask-supervisor").to_string()),
        };
        CandidateWords {
            certainty: self.texts.get(candidate.certainty.key()).to_string(),
            number,
            name,
            reasons: reasons.join(", "),
        }
    }

    /// What happened, newest first.
    pub fn events(&self, case: &CaseRoom) -> Vec<EventWords> {
        case.view.events.iter().map(|event| self.event(event)).collect()
    }

    fn event(&self, event: &Event) -> EventWords {
        let mut when = self.moment(event.happened.at);
        if (event.at - event.happened.at).num_minutes().abs() > 5 {
            when = self.texts.with("case-event-recorded", &[("when", &when), ("recorded", &self.moment(event.at))]);
        }
        // Whoever takes back what they sent answers nobody.
        let withdrawn = Some(Value::code(offer::Answer::Withdrawn.code()));
        let is_withdrawn = offer::accepted(&event.change).is_none()
            && event.change.edits.iter().any(|edit| edit.at.field == Field::OfferAnswer && edit.now == withdrawn);
        let key = if is_withdrawn { "verb-taken-back".into() } else { crate::desk::verb_key(event.change.verb) };
        let verb = self.texts.get(&key).to_string();
        let mut what = format!("{}  {verb}", event.by);
        let status = event.change.edits.iter().find(|edit| edit.at.field == Field::Status);
        if let Some(edit) = status {
            let code = |value: &Option<Value>| match value {
                Some(Value::Code(code)) => code.clone(),
                _ => String::new(),
            };
            let (was, now) = (code(&edit.was), code(&edit.now));
            what.push_str(&if was.is_empty() { format!("  {now}") } else { format!("  {was} > {now}") });
        } else if matches!(event.change.verb, Verb::Edit | Verb::Undo | Verb::Redo | Verb::Settle | Verb::Link) {
            let told = event.change.edits.iter().map(|edit| edit.at.field).filter(|field| !is_said_by_the_line(*field));
            let mut labels: Vec<String> = Vec::new();
            for label in told.map(|field| self.texts.get(&field.label_key()).to_string()) {
                // Several items changed in the same fields are said once.
                if !labels.contains(&label) {
                    labels.push(label);
                }
            }
            what.push_str(&format!("  {}", labels.join(", ")));
        }
        what.extend(self.between_words(&event.change).into_iter().map(|word| format!("  {word}")));
        if let Some(reason) = &event.change.reason {
            what.push_str(&format!("  \"{reason}\""));
        }
        EventWords { when, what }
    }
}

/// A value as people read it: codes by their label alone, other subjects by name.
pub fn brief(seat: &Seat, field: Field, value: &Value, texts: &Texts) -> String {
    use crate::domain::field::Shape;
    match (field.shape(), value) {
        (Shape::Choice(list), Value::Code(code)) => texts.get(&list.label_key(code)).to_string(),
        (Shape::Choices(list), Value::Codes(codes)) => {
            let labels: Vec<String> = codes.iter().map(|code| texts.get(&list.label_key(code)).to_string()).collect();
            labels.join(", ")
        }
        (Shape::Country, Value::Code(code)) => country_name(code, texts),
        (_, Value::Link(subject)) => seat.link_name(*subject),
        (Shape::YesNo, Value::YesNo(is_yes)) => texts.get(if *is_yes { "yes" } else { "no" }).to_string(),
        _ => shown(Slot::own(field), value, texts, seat.zone()),
    }
}
