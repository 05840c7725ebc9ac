//! Pulang ("to go home"): desk software for bringing Indonesian migrant workers home.
//!
//! The map of the house. Arrows go only downward; `tests/house.rs` reads the imports and fails on any other:
//!
//! ```text
//! main      → serve
//! serve     → cli, terminal, app, desk, domain   the daemon with everybody's screens, and the client that attaches to it
//! cli       → terminal, app, desk, practice, domain   arguments in, exit codes out
//! terminal  → ui, app                  bytes in, bytes out; the session loop
//! ui        → app, desk, domain, identity   pure: App → Buffer; of the desk its plain types only
//! app       → desk, domain, identity   state and update: keys in, effects on the desk
//! desk      → records, exchange, domain, identity   one service: who asks, may they, do it, tell the others
//! exchange  → domain, identity         files from and to elsewhere
//! practice  → domain, identity         invented people and histories, to learn on and to measure with
//! records   → domain, identity         journal (truth), store, trail, drafts, index
//! domain    → identity                 pure: the words and the rules of the work; no I/O, no clock
//! identity  → nothing                  NIK, documents, phones, names, regions, countries
//! settings, text                       ground: everyone may stand on them
//! ```

pub mod app;
pub mod cli;
pub mod desk;
pub mod domain;
pub mod exchange;
pub mod identity;
pub mod practice;
pub mod records;
pub mod serve;
pub mod settings;
pub mod terminal;
pub mod text;
pub mod ui;
