//! The door `query`, opened by the fuzzer.
#![no_main]
#![allow(dead_code, reason = "one door of many")]

#[path = "../doors.rs"]
mod doors;

libfuzzer_sys::fuzz_target!(|data: &[u8]| doors::open("query", data));
