//! The first minute: an empty desk says what to do.

use crate::harness::{landed, practice, story};

#[test]
fn an_empty_desk_says_what_to_do() {
    story(80, 24).shows().sees("i impor manifes").sees("n terima satu orang");
}

#[test]
fn explore() {
    landed(80, 24).shows().keys("<Enter>").shows();
    practice(80, 24, 0).shows().keys(":petugas").shows();
    practice(80, 24, 420).shows();
}
