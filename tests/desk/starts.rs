//! Starting again: what was there is there, drafts too, with a snapshot or without one.

use crate::hall::*;
use pulang::domain::field::Field;
use pulang::domain::status::Status;
use pulang::domain::subject::Subject;
use pulang::domain::value::Value;

#[test]
fn a_desk_that_starts_again_is_the_same_with_a_snapshot_an_old_one_or_none() {
    for (is_saved, is_worked_after) in [(false, false), (true, false), (true, true)] {
        let hall = Hall::new();
        let chief = hall.chief();
        hall.import(&chief).1.unwrap();
        if is_saved {
            hall.desk.save_snapshot().unwrap();
        }
        let people: Vec<Subject> = everybody(&chief).iter().map(|one| Subject::case(one.id)).collect();
        if is_worked_after {
            hall.pass(7);
            hall.case(&chief, "WAYAN CONTOH");
            done(&chief, vec![hall.edit(&chief.record(people[0]).unwrap(), &[(Field::Marks, Value::text("tato"))])]);
            undo(&chief).unwrap();
        }
        let before = everybody(&chief);
        let (operators, due) = (chief.operators(), chief.today(hall.now().at).len());
        drop(chief);
        let hall = hall.restarted();
        let chief = hall.chief();
        assert_eq!(everybody(&chief), before, "{is_saved} {is_worked_after}");
        assert_eq!((chief.operators(), chief.today(hall.now().at).len()), (operators, due));
        assert!(hall.desk.index_differs().unwrap().is_empty());
        assert!(hall.desk.verify(&mut |_| {}).unwrap().is_whole());
    }
}

#[test]
fn a_snapshot_is_written_while_work_goes_on_and_serves_after_a_sudden_end() {
    let hall = Hall::new();
    let chief = hall.chief();
    let snapshot = hall.dir.path().join("index.snapshot");
    for round in 0..10 {
        let arrivals = (0..150).map(|n| hall.arrival(Subject::case(chief.new_id()), &format!("CONTOH {round} {n}")));
        done(&chief, arrivals.collect());
    }
    drop(chief);
    let hall = hall.restarted();
    assert!(snapshot.is_file(), "nobody asked for it");
    assert_eq!(everybody(&hall.chief()).len(), 1_500);
    assert!(hall.desk.index_differs().unwrap().is_empty());
}

#[test]
fn drafts_live_through_a_restart_and_end_with_their_commit() {
    let hall = Hall::new();
    let chief = hall.chief();
    let (kept, done_later) = (chief.new_id(), chief.new_id());
    chief.save_draft(kept, b"setengah").unwrap();
    chief.save_draft(done_later, b"jadi").unwrap();
    assert!(hall.hire(&["KON"]).drafts().is_empty(), "nobody else's");
    // The commit is there, the end of the form is not: the process ends between the two.
    let asks = vec![hall.arrival(Subject::case(chief.new_id()), "WAYAN CONTOH")];
    answer(&chief, pulang::desk::Proposal { id: done_later, asks, undoes: None }).unwrap();
    drop(chief);
    let hall = hall.restarted();
    let chief = hall.chief();
    let drafts: Vec<_> = chief.drafts().into_iter().map(|(id, _, bytes)| (id, bytes)).collect();
    assert_eq!(drafts, [(kept, b"setengah".to_vec())]);
    assert_eq!(chief.load_draft(done_later), None);
    chief.drop_draft(kept).unwrap();
    assert!(chief.drafts().is_empty());
}

#[test]
fn a_folder_is_free_when_its_last_seat_has_gone() {
    let mut hall = Hall::new();
    let of = hall.case(&hall.chief(), "WAYAN CONTOH");
    for _ in 0..5 {
        hall = hall.restarted();
        done(&hall.chief(), vec![hall.edit(&hall.chief().record(of).unwrap(), &[(Field::Marks, Value::text("x"))])]);
        undo(&hall.chief()).unwrap();
    }
    assert_eq!(hall.chief().record(of).unwrap().revision, 11);
    done(&hall.chief(), vec![hall.step(of, Status::Verif)]);
}
