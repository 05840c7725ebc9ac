//! What must never be told wrongly: days and moments as sure as they are, and what nobody may overlook of a person.

use super::App;
use super::record::CaseRoom;
use super::words::SIGN_LETTERS;
use crate::domain::calendar::show_date;
use crate::domain::case::Case;
use crate::domain::field::{Field, Section};
use crate::domain::summary::Signs;
use crate::domain::value::{Dated, Precision};
use crate::identity::Sex;
use crate::text::Texts;
use chrono::{DateTime, Datelike, Utc};
use std::borrow::Cow;

/// Of the sign W, which of its two facts is so: the child travels without the guardian, or nobody at home is verified.
/// Where the contacts are closed to this role, only that it is one of them.
fn child_signs(case: &CaseRoom) -> Vec<&'static str> {
    let (record, hidden) = (&case.view.record, &case.view.hidden);
    if hidden.contains(&Section::Contact) || hidden.contains(&Field::Company.section()) {
        return vec!["sign-alone"];
    }
    let company = match record.code(Field::Company) {
        Some("SND") => Some("sign-child-alone"),
        Some("TRP") => Some("sign-child-parted"),
        _ => None,
    };
    let unverified = (!Case(record).has_verified_guardian()).then_some("sign-child-unverified");
    company.into_iter().chain(unverified).collect()
}

/// The sex in one letter of this language, `?` where it is not known.
pub fn sex_letter(sex: Option<Sex>, texts: Texts) -> Cow<'static, str> {
    match sex {
        Some(Sex::Male) => texts.get("sex-letter-l"),
        Some(Sex::Female) => texts.get("sex-letter-p"),
        None => Cow::Borrowed("?"),
    }
}

impl App {
    /// A moment in the office's zone: `21-02 03:12`, with its year where that is not this one.
    pub fn moment(&self, at: DateTime<Utc>) -> String {
        let zone = self.seat.zone();
        let (local, now) = (zone.local(at), zone.local(self.now()));
        let form = if local.year() == now.year() { "%d-%m %H:%M" } else { "%d-%m-%Y %H:%M" };
        local.format(form).to_string()
    }

    /// A day as sure as it is: `21-02-2026 Sab`, `~21-02-2026`, or that it is not known. Every face shows days so.
    pub fn dated(&self, date: &Dated) -> String {
        match (date.on, date.precision) {
            (Some(on), Precision::Certain) => self.texts.day(on),
            (Some(_), Precision::Estimated | Precision::Unknown) => show_date(date),
            (None, _) => self.texts.get("date-not-known").into_owned(),
        }
    }

    /// PERHATIAN: what nobody may overlook before doing anything with this person.
    pub fn attention(&self, case: &CaseRoom) -> Vec<String> {
        let signs = case.view.summary.signs;
        let is_told = |sign: Signs| signs.has(sign) && sign != Signs::HEARSAY && sign != Signs::EMERGENCY_DEBT;
        let told = SIGN_LETTERS.iter().filter(|(sign, ..)| is_told(*sign));
        let keys = told.flat_map(|(sign, _, key)| if *sign == Signs::ALONE { child_signs(case) } else { vec![*key] });
        let keys = case.view.is_sealed.then_some("sign-sealed").into_iter().chain(keys);
        keys.map(|key| self.texts.get(key).to_string()).collect()
    }
}
