//! The leak test: a desk with canaries in every kind of case and every section, every kind of actor before it, every screen
//! and command tried; no canary stands where the table of access denies it. What is allowed is asked of the table itself
//! (`tests/rules_work/access_table.rs` holds that against the design).
//!
//! All people are invented; a canary is a word that stands nowhere else.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod between;
mod commands;
mod counts;
#[path = "../exec_support/mod.rs"]
mod exec_support;
mod meanwhile;
mod refusals;
mod scene;
mod screens;

use pulang::domain::access::{Access, Act, Actor, Holding, SHARED_SECTIONS, can};
use pulang::domain::field::{Field, Section};
use pulang::domain::record::Facts;
use pulang::domain::sheet;
use pulang::domain::value::Value;
use scene::{Canary, Scene};

/// Whether the table lets an actor read the name, or the canary of a section.
fn may_read(actor: &Actor<'_>, case: &Holding, section: Section) -> bool {
    let opens = can(actor, Act::Open, section, case) == Access::Allow;
    // A list shows who somebody is to whoever finds them.
    let is_found = section == Section::Identity && can(actor, Act::Find, section, case) == Access::Allow;
    opens || is_found || is_on_sheet(actor, case, section)
}

/// Whether a canary stands on the emergency sheet that whoever is to receive somebody reads: who it is, where, and to some
/// roles what threatens. (The canary of contacts is no guardian's name.)
fn is_on_sheet(actor: &Actor<'_>, case: &Holding, section: Section) -> bool {
    let is_receiver = case.offered.contains(&actor.office);
    let is_on_it = match section {
        Section::Identity | Section::Journey => true,
        Section::Health => sheet::reads_health(actor.roles),
        Section::Contact | Section::Work | Section::Care | Section::Law | Section::Desk | Section::Office => false,
    };
    is_receiver && is_on_it && can(actor, Act::Sheet, Section::Identity, case) == Access::Allow
}

/// Everything of a case that this actor may not read and that stands in what they were shown.
fn leaked(actor: &Actor<'_>, canary: &Canary, shown: &str) -> Vec<String> {
    let mut found: Vec<String> = SHARED_SECTIONS
        .into_iter()
        .filter(|section| !may_read(actor, &canary.holding, *section))
        .map(|section| canary.word(section))
        .filter(|word| shown.contains(word.as_str()))
        .collect();
    // The number of a case is said of no sealed one to whoever is not named: that it is there at all is the secret.
    let is_secret = canary.holding.is_sealed
        && can(actor, Act::Find, Section::Identity, &canary.holding) == Access::Deny
        && can(actor, Act::Trail, Section::Identity, &canary.holding) == Access::Deny;
    found.extend((is_secret && shown.contains(&canary.number)).then(|| canary.number.clone()));
    found
}

#[test]
fn no_actor_reads_what_the_table_denies_on_any_screen_or_by_any_command() {
    let scene = Scene::new();
    let mut leaks = Vec::new();
    let mut looked = 0;
    for actor in &scene.actors {
        let seat = scene.desk.enter_as(actor.id).unwrap();
        let screens = screens::all(&scene, &seat);
        let commands = commands::all(&scene, &seat);
        for (place, shown) in screens.iter().chain(&commands) {
            looked += 1;
            for canary in &scene.canaries {
                for word in leaked(&actor.as_actor(), canary, shown) {
                    leaks.push(format!("{} ({:?}): {word} of {} on {place}", actor.what, actor.roles, canary.what));
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
    assert!(looked > 500, "{looked} places looked at");
}

#[test]
fn an_exact_number_answers_whom_the_table_lets_it() {
    let scene = Scene::new();
    for actor in &scene.actors {
        let seat = scene.desk.enter_as(actor.id).unwrap();
        for canary in &scene.canaries {
            let facts = Facts::from([(Field::Nik.into(), Value::text(canary.nik.clone()))]);
            let found = seat.candidates(&facts, 5).iter().any(|one| one.id == canary.of.id);
            let access = can(&actor.as_actor(), Act::FindExact, Section::Identity, &canary.holding);
            assert_eq!(found, access >= Access::Masked, "{} and {}", actor.what, canary.what);
            let is_hidden = seat.hidden_hit(&canary.nik).is_some();
            let finds = seat.row_of(canary.of.id).and_then(|row| seat.summary(row)).is_some();
            assert_eq!(is_hidden, found && !finds, "{} and {}", actor.what, canary.what);
        }
    }
}

#[test]
fn whoever_may_read_does_read_so_the_canaries_sing() {
    let scene = Scene::new();
    let shown = |what: &str| {
        let actor = scene.actors.iter().find(|actor| actor.what == what).unwrap();
        let seat = scene.desk.enter_as(actor.id).unwrap();
        let all: Vec<(String, String)> =
            screens::all(&scene, &seat).into_iter().chain(commands::all(&scene, &seat)).collect();
        all.into_iter().map(|(_, shown)| shown).collect::<Vec<_>>().join("\n")
    };
    let canary = |what: &str| scene.canaries.iter().find(|canary| canary.what == what).unwrap();
    let (officer, liaison, named, foreign) =
        (shown("HLP of A"), shown("HKM of A"), shown("named in A's sealed case"), shown("HLP of B"));
    let medic = shown("MED of A");
    let own = canary("open at A");
    for section in SHARED_SECTIONS {
        assert_eq!(officer.contains(&own.word(section)), section != Section::Law, "{section:?}");
    }
    assert!(liaison.contains(&own.word(Section::Law)));
    assert!(named.contains(&canary("sealed at A, named").word(Section::Identity)));
    assert!(foreign.contains(&canary("open at B").word(Section::Health)));
    assert!(officer.to_lowercase().contains("hubungi penyelia jaga"), "the one sentence of an exact hit");
    let offered = canary("offered by B to A");
    assert!(officer.contains(&offered.word(Section::Identity)) && officer.contains(&offered.word(Section::Journey)));
    assert!(medic.contains(&offered.word(Section::Health)) && !officer.contains(&offered.word(Section::Health)));
    let shared = canary("shared by B with A for health alone");
    assert!(officer.contains(&shared.word(Section::Health)) && !officer.contains(&shared.word(Section::Journey)));
    assert!(foreign.contains(&canary("transferred by A to B").word(Section::Desk)), "whoever took it over reads it");
}
