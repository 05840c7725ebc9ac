//! Who administers operators and offices, entry by entry.

use super::desk::*;
use pulang::domain::access::{Actor, Role, may_administer};
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::record::Record;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::Value;
use ulid::Ulid;

const ELSEWHERE: Ulid = Ulid(2002);
const SOMEBODY: Ulid = Ulid(3001);

fn operator(id: Ulid, office: Ulid, role: &str) -> Record {
    let mut record = Record::empty(Subject::new(Kind::Operator, id));
    record.revision = 1;
    record.facts.insert(Field::OperatorRoles.into(), Value::codes([role]));
    record.facts.insert(Field::OperatorOffice.into(), Value::Link(Subject::new(Kind::Office, office)));
    record
}

fn changed(record: &Record, field: Field, value: Value) -> Change {
    let mut change = Change::on(record, Verb::Edit, moment());
    change.set(record, field, Some(value));
    change
}

/// `+` may, `-` not theirs, `o` one's own access, `a` the administrators', `r` roles that stand apart.
fn letter(actor: Role, is_administered: bool, record: &Record, change: &Change) -> char {
    let actor = Actor { id: ME, office: OFFICE, roles: [actor].into_iter().collect(), posts: &[] };
    match may_administer(&actor, record, change, is_administered).map_err(|refusal| refusal.key) {
        Ok(()) => '+',
        Err("why-not-access") => '-',
        Err("refused-own-access") => 'o',
        Err("refused-administrators-only") => 'a',
        Err("refused-roles-apart") => 'r',
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn the_table_entry_by_entry() {
    let suspended = |record: &Record| changed(record, Field::OperatorIsSuspended, Value::YesNo(true));
    let renamed = |record: &Record| changed(record, Field::OperatorName, Value::text("Lain"));
    let roles = |record: &Record, role: &str| changed(record, Field::OperatorRoles, Value::codes([role]));
    let moved =
        |record: &Record| changed(record, Field::OperatorOffice, Value::Link(Subject::new(Kind::Office, ELSEWHERE)));
    let own = operator(SOMEBODY, OFFICE, "KON");
    let foreign = operator(SOMEBODY, ELSEWHERE, "KON");
    let (keeper, auditor) = (operator(SOMEBODY, OFFICE, "ADM"), operator(SOMEBODY, OFFICE, "AUD"));
    let me = operator(ME, OFFICE, "PNY");
    let mut office = Record::empty(Subject::new(Kind::Office, OFFICE));
    let new_office = Record::empty(Subject::new(Kind::Office, Ulid(2009)));
    office.revision = 1;
    let parent = Value::Link(Subject::new(Kind::Office, ELSEWHERE));
    let both = changed(&own, Field::OperatorRoles, Value::codes(["KON", "ADM"]));
    let named = |record: &Record| changed(record, Field::OfficeName, Value::text("Pos"));
    // administrator · supervisor beside one · supervisor of a desk without · any officer, leadership, auditor
    let table = [
        ("suspend a colleague", &own, suspended(&own), "+++-"),
        ("roles of a colleague", &own, roles(&own, "MED"), "+++-"),
        ("make one an administrator", &own, roles(&own, "ADM"), "+a+-"),
        ("make one an auditor", &own, roles(&own, "AUD"), "+a+-"),
        ("case work and administration", &own, both, "rar-"),
        ("send a colleague away", &own, moved(&own), "+-+-"),
        ("suspend another office's", &foreign, suspended(&foreign), "+-+-"),
        ("rename another office's", &foreign, renamed(&foreign), "+-+-"),
        ("suspend an administrator", &keeper, suspended(&keeper), "+a+-"),
        ("rename an auditor", &auditor, renamed(&auditor), "+a+-"),
        ("one's own roles", &me, roles(&me, "MED"), "ooo-"),
        ("one's own suspension", &me, suspended(&me), "ooo-"),
        ("one's own office", &me, moved(&me), "ooo-"),
        ("one's own name", &me, renamed(&me), "+++-"),
        ("found an office", &new_office, named(&new_office), "+-+-"),
        ("name the own office", &office, named(&office), "+++-"),
        ("put the own office below another", &office, changed(&office, Field::OfficeParent, parent), "+-+-"),
    ];
    for (what, record, change, expected) in table {
        let chiefs = [(Role::Administrator, true), (Role::Supervisor, true), (Role::Supervisor, false)];
        let found: String = chiefs.iter().map(|(role, is)| letter(*role, *is, record, &change)).collect();
        assert_eq!(found, expected[..3], "{what}");
        for role in Role::ALL.iter().filter(|role| !matches!(role, Role::Administrator | Role::Supervisor)) {
            for is_administered in [true, false] {
                assert_eq!(letter(*role, is_administered, record, &change), '-', "{role:?}: {what}");
            }
        }
    }
}
