#![allow(clippy::unwrap_used)]
use pulang::desk::*;
use pulang::domain::field::Field;
use pulang::domain::record::Facts;
use pulang::domain::subject::Subject;
use pulang::domain::value::{Timed, Value};
use std::sync::Arc;
use std::time::Instant;
fn opened(dir: &std::path::Path) -> Desk {
    let first = First { uid: 1000, name: "Ketut Contoh".into(), office: "Meja Uji".into(), zone: "WIB" };
    let o = DeskOptions { dir: dir.to_owned(), key: None, clock: Arc::new(chrono::Utc::now), is_practice: false, first };
    let t = Instant::now();
    let d = Desk::open(o, &mut |_| {}).unwrap().0;
    println!("open {:?}", t.elapsed());
    d
}
#[test]
fn busy() {
    let dir = std::path::PathBuf::from(std::env::var("BUSY").unwrap());
    let count: usize = std::env::var("BUSY_N").unwrap().parse().unwrap();
    let desk = opened(&dir);
    let seat = desk.enter(1000).unwrap();
    let now = Timed::certain(chrono::Utc::now());
    let mut tickets = Vec::new();
    for n in 0..count {
        let facts = Facts::from([
            (Field::Name.into(), Value::text(format!("CONTOH {n}"))),
            (Field::ReportChannel.into(), Value::code("DTG")),
            (Field::ReportedAt.into(), Value::Time(now)),
            (Field::ReportCountry.into(), Value::code("KHM")),
        ]);
        let of = Subject::case(seat.new_id());
        tickets.push(seat.propose(Proposal { id: seat.new_id(), asks: vec![Ask::Create { of, facts, happened: now }], undoes: None }));
    }
    for mut t in tickets { t.wait(std::time::Duration::from_secs(60)).unwrap().unwrap(); }
    desk.save_snapshot().unwrap();
    drop(seat); drop(desk);
    for _ in 0..5 { std::thread::sleep(std::time::Duration::from_millis(300)); drop(opened(&dir)); }
}
