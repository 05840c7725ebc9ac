//! What others do meanwhile: a screen learns nothing of a case that is not its operator's from news, counts, marks or who is
//! there; and what was open of a case falls shut when it goes, with everything that stood on it.

use crate::between;
use crate::scene::{Scene, done, edited, happened, sealed_by};
use crate::screens::Screen;
use pulang::desk::{Ask, Seat};
use pulang::domain::access::SHARED_SECTIONS;
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::offer::OfferKind;
use pulang::domain::subject::Subject;
use pulang::domain::value::Value;

/// Writes a fact of a case.
fn touched(seat: &Seat, of: Subject) {
    let seen = seat.record(of).unwrap();
    let mut change = Change::on(&seen, Verb::Edit, happened());
    change.set(&seen, Field::Marks, Some(Value::text("tato di lengan")));
    done(seat, vec![Ask::Edit(change)]);
}

#[test]
fn what_happens_to_cases_that_are_not_theirs_changes_nothing_on_anybodys_screen() {
    let scene = Scene::new();
    let named = scene.seat("named in A's sealed case");
    let chief_b = scene.seat("PNY of B");
    let sealed = scene.canary("sealed at A, named").of;
    let foreign = scene.canary("open at B").of;
    let places = ["", "h", "w", "\n", "*", "/ratna\n", ":serah jaga\n", "n", "u"];
    for who in ["HLP of A", "PNY of A", "HKM of A", "PIM of A", "AUD of A", "ADM of A"] {
        let seat = scene.seat(who);
        seat.drafts().into_iter().for_each(|(id, ..)| seat.drop_draft(id).unwrap());
        let mut screens: Vec<(&str, Screen)> = Vec::new();
        for place in places {
            let mut screen = Screen::of(&scene.seat(who));
            screen.types(place);
            screens.push((place, screen));
        }
        let before: Vec<String> = screens.iter().map(|(_, screen)| screen.shown()).collect();
        // Somebody sits down at the sealed case, and works on it; another office works on its own.
        named.give_reason(named.row_of(sealed.id).unwrap(), "pemeriksaan berkas harian").unwrap();
        named.stands_at(Some(sealed));
        edited(&named, sealed, &[(Field::Marks.into(), Value::text(who))]);
        chief_b.stands_at(Some(foreign));
        edited(&chief_b, foreign, &[(Field::Marks.into(), Value::text(who))]);
        assert!(seat.company(sealed).is_empty() && seat.company(foreign).is_empty(), "{who}");
        for ((place, screen), before) in screens.iter_mut().zip(before) {
            screen.hears();
            assert_eq!(screen.shown(), before, "{who} at {place:?}");
        }
        named.stands_at(None);
        chief_b.stands_at(None);
    }
}

/// The canaries of a case that stand on a screen.
fn standing(scene: &Scene, what: &str, shown: &str) -> Vec<String> {
    let canary = scene.canary(what);
    let words = SHARED_SECTIONS.into_iter().map(|section| canary.word(section));
    words.filter(|word| shown.contains(word.as_str())).collect()
}

/// Opens the case that a filter finds in several ways, lets it be taken away, and looks at what is left.
fn falls_shut(what: &str, who: &str, takes_away: impl Fn(&Scene, Subject)) {
    for then in ["", "\n", "\n\x03", "e", "t", "tt", "m", "+", "f", "\x10\n", "l7", "hj", "c"] {
        let scene = Scene::new();
        let canary = scene.canary(what);
        let seat = scene.seat(who);
        let mut screen = Screen::of(&seat);
        screen.types(&format!("/{}\n", canary.number));
        assert!(!standing(&scene, what, &screen.shown()).is_empty(), "{who} finds {what}");
        screen.types(then);
        if matches!(then, "e" | "m") {
            screen.types("zzz");
        }
        screen.hears();
        takes_away(&scene, canary.of);
        screen.hears();
        for keys in ["", "\x1b", "\x1b", "d", "\n", "\x1b", "u", "\x1b", "h"] {
            screen.types(keys);
            screen.hears();
            let shown = screen.shown();
            assert_eq!(standing(&scene, what, &shown), Vec::<String>::new(), "{then:?}, then {keys:?}:\n{shown}");
        }
    }
}

#[test]
fn what_is_open_of_a_case_falls_shut_when_it_is_sealed() {
    falls_shut("open at A", "HLP of A", |scene, of| sealed_by(&scene.seat("PNY of A"), of));
}

#[test]
fn what_is_open_of_a_case_falls_shut_when_another_office_takes_it_over() {
    falls_shut("open at A", "HLP of A", |scene, of| {
        let (a, b) = (scene.seat("PNY of A"), scene.seat("PNY of B"));
        between::offer(&a, of, OfferKind::Transfer, a.office(), b.office());
        between::accept(&b, of);
    });
}

#[test]
fn what_is_open_of_a_case_falls_shut_when_its_share_is_revoked() {
    falls_shut("shared by B with A", "HLP of A", |scene, of| {
        between::revoke(&scene.seat("PNY of B"), of, scene.seat("HLP of A").office());
    });
}

#[test]
fn who_else_is_there_is_told_only_to_whoever_may_open_the_case_and_of_whoever_may() {
    let scene = Scene::new();
    let (officer, chief_b, offered) =
        (scene.seat("HLP of A"), scene.seat("PNY of B"), scene.canary("offered by B to A").of);
    let shared = scene.canary("shared by B with A").of;
    chief_b.stands_at(Some(shared));
    officer.stands_at(Some(shared));
    assert_eq!((officer.company(shared).len(), chief_b.company(shared).len()), (1, 1));
    between::revoke(&chief_b, shared, officer.office());
    assert_eq!((officer.company(shared).len(), chief_b.company(shared).len()), (0, 0));
    chief_b.stands_at(Some(offered));
    officer.stands_at(Some(offered));
    assert_eq!((officer.company(offered).len(), chief_b.company(offered).len()), (0, 0), "the sheet is not the case");
    touched(&chief_b, offered);
    assert!(officer.sheet(offered).is_ok() && officer.record(offered).is_err());
    let sheet = officer.sheet(offered).unwrap();
    assert!(sheet.record.get(Field::Recruiter).is_none() && !sheet.reads_health);
    let health = scene.canary("shared by B with A for health alone");
    let read = scene.seat("MED of A").sheet(health.of).unwrap();
    assert!(read.reads_health && read.record.get(Field::Chronic).is_some());
    assert!(read.record.get(Field::PositionPlace).is_none(), "a share shows its sections, on the sheet as well");
}
