//! The daemon and its clients, for real: the program in pseudo terminals, commands, and peers that misbehave, on desks in
//! temporary folders. All people are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod attach;
mod commands;
mod daemon;
mod logins;
mod peers;
mod scene;
mod solo;
#[path = "../terminal_support/mod.rs"]
mod terminal_support;
mod users;
