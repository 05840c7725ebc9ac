//! The auditor at the desk: who looked at what, when, how many and why. Numbers of cases, never names of people in them; and
//! looking into the trail is a line in it.

use super::seat::Seat;
use crate::domain::access::{Access, Act, Holding, Role, can};
use crate::domain::calendar::read_date;
use crate::domain::field::{Direction, Section};
use crate::domain::refusal::{Fault, Refusal};
use crate::domain::subject::{Kind, Number, Subject};
use crate::identity::fold::fold;
use crate::records::backup::Halt;
use crate::records::{Act as Looked, Look, Seq, Wanted};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use ulid::Ulid;

/// Lines that are passed at one go at most: some 20 ms of work.
const PASSED: usize = 5_000;
/// Characters of a word that narrows at most.
const MOST_WORD: usize = 80;

/// What narrows the trail, as it was typed; empty for what does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// Part of an operator's name.
    pub operator: Option<String>,
    /// A case's number.
    pub case: Option<String>,
    pub act: Option<Looked>,
    /// The first and the last day, in the zone of the office.
    pub from: Option<String>,
    pub to: Option<String>,
}

/// One line of the trail in words of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    pub line: u64,
    pub at: DateTime<Utc>,
    /// The operator's name; the id of one whom nobody knows any more.
    pub who: String,
    pub office: String,
    pub act: Looked,
    /// What was looked at.
    pub of: Vec<Named>,
    pub count: u64,
    pub why: String,
    pub fields: Vec<String>,
}

/// What the auditor reads of a subject: a case's number; of others their kind and, where it is nobody's name, their name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub kind: Kind,
    /// Empty where the kind is all that is told.
    pub name: String,
}

/// As programs read it: the number of a case, the code of any other kind before its name.
impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let code = if self.kind == Kind::Case { "" } else { self.kind.code() };
        f.write_str(format!("{code} {}", self.name).trim())
    }
}

/// A look into the trail that goes on where it stopped.
#[derive(Clone, Debug)]
pub struct Audit {
    wanted: Wanted,
    next: Option<Seq>,
    /// How far back the trail was looked through.
    pub reached: Option<DateTime<Utc>>,
    /// Lines that could not be read; verifying names them.
    pub unread: u64,
}

impl Audit {
    /// Whether the beginning of the trail is reached.
    pub const fn is_over(&self) -> bool {
        self.next.is_none()
    }

    /// The same look, begun before a line that it has passed.
    #[must_use]
    pub fn before(&self, line: u64) -> Self {
        Self { next: Some(Seq(line)), ..self.clone() }
    }
}

impl Seat {
    /// Whether this operator may look into the trail.
    pub fn may_audit(&self) -> bool {
        can(&self.actor(), Act::Trail, Section::Desk, &Holding::default()) == Access::Allow
    }

    /// Begins a look into the trail, which is on the disk before anything of it is shown.
    ///
    /// # Errors
    /// This operator may not (and that is noted); a number, name or day that is none; a trail that cannot be written.
    pub fn audit(&self, sought: &Sought) -> Result<Audit, Halt> {
        if !self.may_audit() {
            self.look(Looked::Refused, Vec::new(), 0);
            return Err(Refusal::new("why-not-auditor").into());
        }
        let wanted = self.wanted(sought)?;
        let names = [
            ("operator", sought.operator.is_some()),
            ("case", sought.case.is_some()),
            ("act", sought.act.is_some()),
            ("from", sought.from.is_some()),
            ("to", sought.to.is_some()),
        ];
        let look = Look {
            at: self.inner().now(),
            by: self.author.operator,
            office: self.author.office,
            act: Looked::Trail,
            of: wanted.of.into_iter().collect(),
            count: 0,
            why: String::new(),
            fields: names.iter().filter(|(_, is_said)| *is_said).map(|(name, _)| (*name).to_owned()).collect(),
        };
        let trail = self.inner().records.trail();
        trail.note_first(&look)?;
        Ok(Audit { next: Some(trail.end_of(&wanted)), wanted, reached: None, unread: 0 })
    }

    /// The next lines of a look, at most `most`; fewer, or none, after a stretch of the trail that has no more of them: ask
    /// again until [`Audit::is_over`].
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn audit_on(&self, audit: &mut Audit, most: usize) -> Result<Vec<Trace>, Fault> {
        let Some(before) = audit.next else { return Ok(Vec::new()) };
        let stretch = self.inner().records.trail().looks_before(before, &audit.wanted, most, PASSED)?;
        audit.next = stretch.next;
        audit.reached = stretch.reached.or(audit.reached);
        audit.unread += stretch.unread;
        Ok(stretch.looks.into_iter().map(|(line, look)| self.trace(line, look)).collect())
    }

    fn wanted(&self, sought: &Sought) -> Result<Wanted, Refusal> {
        let words = [&sought.operator, &sought.case, &sought.from, &sought.to];
        if words.into_iter().flatten().any(|word| word.chars().count() > MOST_WORD) {
            return Err(Refusal::new("refused-trail-word"));
        }
        let by = sought.operator.as_ref().map(|name| self.operators_called(name)).transpose()?;
        let of = sought.case.as_ref().map(|number| self.case_called(number)).transpose()?;
        let start = |text: &String, later: u64| {
            let today = self.zone().day(self.inner().now());
            let day = read_date(text, today, Direction::Past)?.on.ok_or(Refusal::new("date-unreadable"))?;
            self.beginning_of(day.checked_add_days(Days::new(later)).unwrap_or(day))
        };
        Ok(Wanted {
            by,
            of,
            act: sought.act,
            from: sought.from.as_ref().map(|text| start(text, 0)).transpose()?,
            to: sought.to.as_ref().map(|text| start(text, 1)).transpose()?,
        })
    }

    fn beginning_of(&self, day: NaiveDate) -> Result<DateTime<Utc>, Refusal> {
        self.zone().moment(day.and_time(NaiveTime::MIN)).ok_or(Refusal::new("date-unreadable"))
    }

    /// Every operator with this in the name, those who were taken back among them.
    fn operators_called(&self, name: &str) -> Result<Vec<Ulid>, Refusal> {
        let wanted = fold(name);
        let found = self.operators().into_iter().filter(|(_, name, _)| fold(name).contains(&wanted));
        let found: Vec<Ulid> = found.map(|(id, ..)| id).collect();
        let refused = || Refusal::new("refused-no-operator").with("name", name.to_owned());
        if found.is_empty() { Err(refused()) } else { Ok(found) }
    }

    fn case_called(&self, typed: &str) -> Result<Subject, Refusal> {
        let refused = || Refusal::new("refused-no-case").with("number", typed.to_owned());
        let number: Number = typed.parse().map_err(|_| refused())?;
        let found = self.row_of_number(number).and_then(|row| self.case_of_row(row));
        found.or_else(|| self.inner().erasures().of_number(number).map(Subject::case)).ok_or_else(refused)
    }

    fn trace(&self, Seq(line): Seq, look: Look) -> Trace {
        let named = |id: Ulid, kind: Kind| {
            let name = self.directory().name_of(Subject::new(kind, id));
            if name.is_empty() && id != Ulid::nil() { id.to_string() } else { name }
        };
        Trace {
            line,
            at: look.at,
            who: named(look.by, Kind::Operator),
            office: named(look.office, Kind::Office),
            act: look.act,
            of: look.of.iter().map(|of| self.called_in_trail(*of)).collect(),
            count: look.count,
            why: look.why,
            fields: look.fields,
        }
    }

    /// What the auditor reads of a subject: a case by its number and by nothing else.
    fn called_in_trail(&self, of: Subject) -> Named {
        let name = match of.kind {
            Kind::Case => {
                let number = self.row_of(of.id).and_then(|row| self.number_of_row(row));
                let number = number.or_else(|| self.inner().erasures().number(of.id));
                number.map_or_else(|| of.id.to_string(), |number| number.to_string())
            }
            Kind::Office | Kind::Operator | Kind::Table => self.directory().name_of(of),
            Kind::Movement | Kind::Incident | Kind::View | Kind::Inquiry => String::new(),
        };
        Named { kind: of.kind, name }
    }

    /// Whether this operator does nothing here but audit.
    pub fn is_auditor_only(&self) -> bool {
        self.role_without_cases() == Some(Role::Auditor)
    }
}
