//! Judging what passes between offices: offers, answers, shares, and what families ask.

use super::Judge;
use crate::desk::ask::{Ask, Denied};
use crate::desk::inquiries::{is_answered, is_for_access, meant};
use crate::domain::access::{Access, Act, Holding, Roles, can};
use crate::domain::change::{Change, Verb};
use crate::domain::field::{Field, Section};
use crate::domain::gate::reason;
use crate::domain::offer::{ASKED_BY_NUMBER, Answer, INQUIRY, offers, sections_of};
use crate::domain::record::{Facts, Record};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Number, Subject};
use crate::domain::value::{Timed, Value};
use std::sync::PoisonError;

impl Judge<'_> {
    /// Whether the author may put, answer or share this at all, asked before anything is planned: what stands against it
    /// tells of the case. Nobody gives to others what he may not see himself.
    pub(super) fn may_put(&self, ask: &Ask, record: &Record) -> bool {
        let holding = Holding::at(record, self.inner.now());
        let allows = |act: Act, section| can(&self.author.actor(), act, section, &holding) == Access::Allow;
        let sees = |sections: &[Section]| sections.iter().all(|section| allows(Act::Open, *section));
        record.revision > 0
            && match ask {
                Ask::Offer { offer, .. } => {
                    allows(offer.kind.sending(), Section::Desk) && (!offer.kind.is_given() || sees(&offer.sections))
                }
                Ask::Answer { reply, .. } => {
                    let Some(offer) = offers(record).find(|offer| offer.item == reply.item) else { return false };
                    let is_granting = !offer.kind.is_given() && reply.answer == Answer::Accepted;
                    let act = match reply.answer {
                        Answer::Accepted | Answer::Declined => offer.kind.answering(),
                        Answer::Withdrawn => offer.kind.sending(),
                    };
                    allows(act, Section::Desk) && (!is_granting || sees(&reply.sections))
                }
                Ask::Share { share, .. } => allows(Act::Share, Section::Desk) && sees(&share.sections),
                Ask::Revoke { .. } => allows(Act::Share, Section::Desk),
                _ => false,
            }
    }

    /// An office that is put something or shares something is one that this desk knows; who is given a case to look after
    /// works in the office that owns it.
    pub(super) fn known_place(&self, record: &Record, change: &Change) -> Result<(), Denied> {
        let directory = self.inner.directory.read().unwrap_or_else(PoisonError::into_inner);
        for edit in &change.edits {
            let Some(Value::Link(of)) = &edit.now else { continue };
            let is_office = matches!(edit.at.field, Field::OfferTo | Field::ShareOffice | Field::Owner);
            if is_office && change.verb != Verb::Create && directory.get(*of).is_none() {
                return Err(Refusal::new("refused-no-office").into());
            }
            if edit.at.field == Field::Officer && change.verb == Verb::Claim && of.id != self.author.operator {
                let office = directory.get(*of).and_then(|operator| operator.link(Field::OperatorOffice));
                let is_worker = directory.get(*of).is_some_and(|one| !Roles::of(one).and(Roles::WORKERS).is_empty());
                if !is_worker || office != record.link(Field::Owner) {
                    return Err(Refusal::new("refused-no-colleague").into());
                }
            }
        }
        Ok(())
    }

    /// A family's question, or one for access by a number, is anybody's to take down who works here; its answer is the
    /// office's that has the person.
    pub(super) fn inquiry_change(&self, ask: &Ask, record: &Record) -> Result<Change, Denied> {
        match ask {
            Ask::Create { .. } if record.revision > 0 => Err(Refusal::new("refused-exists").into()),
            Ask::Create { facts, happened, .. } => self.inquired(record.of, facts, *happened),
            Ask::AnswerInquiry { case, answer, happened, .. } => {
                self.inquiry_answered(record, *case, answer, *happened)
            }
            _ => Err(self.barred(record.of)),
        }
    }

    fn inquired(&self, of: Subject, facts: &Facts, happened: Timed) -> Result<Change, Denied> {
        if self.author.roles.and(Roles::WORKERS).is_empty() {
            return Err(self.barred(of));
        }
        let mut facts = facts.clone();
        let has = |field: Field| facts.contains_key(&field.into());
        let is_for_access = has(Field::InquirySections);
        let asked: &[Field] = if is_for_access { &ASKED_BY_NUMBER } else { &INQUIRY };
        if facts.keys().any(|slot| slot.item.is_some() || !asked.contains(&slot.field)) {
            return Err(self.barred(of));
        }
        if is_for_access {
            asked_by_number(&facts)?;
        } else if !has(Field::InquiryCaller) || !(has(Field::InquirySought) || has(Field::InquiryNumber)) {
            return Err(Refusal::new("refused-inquiry-bare").into());
        }
        facts.insert(Field::InquiryOffice.into(), Value::Link(Subject::new(Kind::Office, self.author.office)));
        facts.insert(Field::InquiryBy.into(), Value::Link(Subject::new(Kind::Operator, self.author.operator)));
        facts.insert(Field::InquiryAt.into(), Value::Time(Timed::certain(self.inner.now())));
        Ok(Change::create(of, happened, facts))
    }

    fn inquiry_answered(
        &self,
        record: &Record,
        case: Subject,
        answer: &str,
        happened: Timed,
    ) -> Result<Change, Denied> {
        let found = self.record(case)?;
        let holding = Holding::at(&found, self.inner.now());
        let may = |act: Act| can(&self.author.actor(), act, Section::Desk, &holding) == Access::Allow;
        let is_ours = found.revision > 0
            && holding.owner == Some(self.author.office)
            && (!is_for_access(record) || may(Act::Share))
            && can(&self.author.actor(), Act::Open, Section::Identity, &holding) >= Access::NeedReason;
        let index = self.inner.index.read().unwrap_or_else(PoisonError::into_inner);
        if record.revision == 0 || !is_ours || !meant(record, &index).contains(&case.id) {
            drop(index);
            return Err(self.barred(record.of));
        }
        drop(index);
        if is_answered(record) {
            return Err(Refusal::new("refused-moved-on").into());
        }
        if answer.trim().is_empty() {
            return Err(Refusal::new("refused-inquiry-unsaid").into());
        }
        let mut change = Change::on(record, Verb::Answer, happened);
        let me = Value::Link(Subject::new(Kind::Operator, self.author.operator));
        change.set(record, Field::InquiryCase, Some(Value::Link(case)));
        change.set(record, Field::InquiryAnswer, Some(Value::text(answer.trim())));
        change.set(record, Field::InquiryAnsweredBy, Some(me));
        change.set(record, Field::InquiryAnsweredAt, Some(Value::Time(Timed::certain(self.inner.now()))));
        Ok(change)
    }
}

/// A question for access by a number alone: a whole case number, sections, and why. Nothing here looks the number up.
fn asked_by_number(facts: &Facts) -> Result<(), Denied> {
    let typed = text(facts, Field::InquiryNumber).unwrap_or_default();
    if typed.parse::<Number>().is_err() {
        return Err(Refusal::new("refused-no-number").with("number", typed.to_owned()).into());
    }
    let sections = sections_of(facts.get(&Field::InquirySections.into()));
    if sections.is_empty() || reason(text(facts, Field::InquiryNote)).is_err() {
        return Err(Refusal::new("refused-access-bare").into());
    }
    Ok(())
}

fn text(facts: &Facts, field: Field) -> Option<&str> {
    match facts.get(&field.into()) {
        Some(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    }
}
