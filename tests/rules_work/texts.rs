//! Every sentence that the rules can say is there in both languages, with the same arguments, and says no wrong word.

use pulang::domain::gate::{Fact, Obstacle};
use pulang::domain::procedural::Ground;
use pulang::domain::screening::{Because, Holds, Outcome};
use pulang::domain::status::Status;
use pulang::domain::triage::Cause;
use std::collections::{BTreeMap, BTreeSet};

fn texts(file: &'static str) -> BTreeMap<&'static str, &'static str> {
    file.lines().filter_map(|line| line.split_once(" = ")).collect()
}

fn arguments(text: &str) -> BTreeSet<&str> {
    text.split("{ $").skip(1).filter_map(|rest| rest.split_once(" }")).map(|(name, _)| name).collect()
}

fn obstacles() -> Vec<Obstacle> {
    use pulang::domain::field::Field::Bed;
    let mut all = vec![
        Obstacle::Already(Status::Tiba),
        Obstacle::NotFrom { from: Status::Tiba, to: Status::Siap },
        Obstacle::Held,
        Obstacle::Dead,
        Obstacle::Alive,
        Obstacle::Withdrawn,
        Obstacle::NotYourRole,
        Obstacle::NeedsSupervisor,
        Obstacle::NeedsMedic,
        Obstacle::NeedsLiaison,
        Obstacle::NotYourRegion,
        Obstacle::NeedsReason,
        Obstacle::NeedsNote,
        Obstacle::SecondPerson,
        Obstacle::NotAsked,
        Obstacle::AlreadyAsked,
        Obstacle::TooEarly { days: 3 },
        Obstacle::OpenDebts(1),
        Obstacle::OpenTracks(1),
        Obstacle::NoEmergency,
        Obstacle::InFuture,
        Obstacle::Protected(Bed),
        Obstacle::Empty(Bed),
        Obstacle::TextTooLong(Bed),
        Obstacle::Unknown(Bed),
        Obstacle::StateOutOfOrder,
    ];
    all.extend(Fact::ALL.iter().flat_map(|fact| [Obstacle::Missing(*fact), Obstacle::Owed(*fact)]));
    all
}

#[test]
fn both_languages_are_complete_and_take_the_same_arguments() {
    let id = texts(include_str!("../../assets/text/id/rules.ftl"));
    let en = texts(include_str!("../../assets/text/en/rules.ftl"));
    assert_eq!(id.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, text) in &id {
        assert_eq!(arguments(text), arguments(en[key]), "{key}");
        let lower = text.to_lowercase();
        assert!(!["ilegal", "mayat", "perlindungan"].iter().any(|wrong| lower.contains(wrong)), "{key}");
    }
    let rows = [Holds::No, Holds::Unknown, Holds::Yes];
    let because = rows.iter().flat_map(|h| [Because::Act(*h), Because::Means(*h), Because::Purpose(*h)]);
    let outcomes = [Outcome::NotIndicated, Outcome::NeedsDepth, Outcome::Indicated].map(Outcome::key);
    let grounds = [
        Ground::Overridden,
        Ground::Country,
        Ground::NotInSiskop,
        Ground::Visa,
        Ground::RecruiterUnlicensed,
        Ground::AllInOrder,
        Ground::NotKnownYet,
    ];
    let mut used: BTreeSet<&str> = Fact::ALL.iter().map(|fact| fact.key()).collect();
    used.extend(Cause::ALL.iter().map(|cause| cause.key()));
    used.extend(because.map(Because::key).chain(outcomes).chain(grounds.map(Ground::key)));
    used.extend([Because::MeansNotNeeded.key(), "triage-hearsay", "screening-by", "screening-indicators"]);
    used.extend(obstacles().iter().flat_map(|obstacle| [obstacle.key(), obstacle.neutral_key()]));
    assert_eq!(used, id.keys().copied().collect());
}

#[test]
fn a_sentence_gets_exactly_the_arguments_it_takes() {
    let id = texts(include_str!("../../assets/text/id/rules.ftl"));
    for obstacle in obstacles() {
        for refusal in [obstacle.refusal(), obstacle.neutral()] {
            let given: BTreeSet<&str> = refusal.args.iter().map(|(name, _)| *name).collect();
            assert_eq!(given, arguments(id[refusal.key]), "{}", refusal.key);
        }
    }
}
