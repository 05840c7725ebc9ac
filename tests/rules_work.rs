//! The rules of the work, tried from outside: every gate with and without its facts, random walks, queues, access.
//!
//! Only invented people. What the domain promises to the desk stands here; how it keeps it stands beside the code.

#![allow(clippy::unwrap_used)]

#[path = "rules_work/access.rs"]
mod access;
#[path = "rules_work/access_table.rs"]
mod access_table;
#[path = "rules_work/administering.rs"]
mod administering;
#[path = "rules_work/between.rs"]
mod between;
#[path = "rules_work/closing.rs"]
mod closing;
#[path = "rules_work/desk.rs"]
mod desk;
#[path = "rules_work/gates.rs"]
mod gates;
#[path = "rules_work/happened.rs"]
mod happened;
#[path = "rules_work/minors.rs"]
mod minors;
#[path = "rules_work/queue.rs"]
mod queue;
#[path = "rules_work/remains.rs"]
mod remains;
#[path = "rules_work/tables.rs"]
mod tables;
#[path = "rules_work/texts.rs"]
mod texts;
#[path = "rules_work/walks.rs"]
mod walks;
