//! A well machine, and each ill with its sentence.

use super::*;
use crate::text::{Language, Texts};
use std::path::PathBuf;

/// A machine on which nothing is wrong.
fn well() -> Seen {
    Seen {
        dir: PathBuf::from("/var/lib/pulang"),
        folder: Some(seen::Folder { is_own: true, mode: 0o700 }),
        is_folder_closed: false,
        is_of_service: false,
        medium: Some(Medium::Plain),
        free: Some(40 << 30),
        key: None,
        key_fault: None,
        is_practice: false,
        is_plan_good: Some(true),
        warn_days: 2,
        backed_up: Some(1),
        is_backup_failed: false,
        door: Door::Open { path: "/run/pulang/desk.sock".into(), mode: 0o660, is_movable: false },
        are_settings_good: true,
        behind_s: Some(-60),
        is_clock_unset: false,
        is_clock_alone: false,
        files: Some(4096),
        has_swap: false,
        is_utf8: true,
        size: Some((80, 24)),
        is_terminal_dumb: false,
    }
}

fn keys_of(seen: &Seen, grade: Grade) -> Vec<&'static str> {
    judge(seen).into_iter().filter(|one| one.grade == grade).map(|one| one.key).collect()
}

#[test]
fn a_well_machine_has_nothing_to_complain_of() {
    assert!(keys_of(&well(), Grade::Bad).is_empty());
    assert!(keys_of(&well(), Grade::Note).is_empty());
    assert!(keys_of(&well(), Grade::Fine).contains(&"doctor-door-ok"));
}

/// What is wrong, and what is said of it.
type Ill = (fn(&mut Seen), Grade, &'static str);

#[test]
fn each_ill_has_its_sentence_in_both_languages() {
    let ills: [Ill; 26] = [
        (|seen| seen.key_fault = Some("fault-key-missing"), Grade::Bad, "fault-key-missing"),
        (|seen| seen.key_fault = Some("fault-key-slots-short"), Grade::Bad, "fault-key-slots-short"),
        (|seen| seen.folder = None, Grade::Note, "doctor-folder-none"),
        (|seen| seen.folder = Some(seen::Folder { is_own: false, mode: 0o700 }), Grade::Bad, "doctor-folder-foreign"),
        (|seen| seen.folder = Some(seen::Folder { is_own: true, mode: 0o750 }), Grade::Bad, "doctor-folder-wide"),
        (|seen| seen.medium = Some(Medium::Memory), Grade::Bad, "doctor-medium-memory"),
        (|seen| seen.medium = Some(Medium::Network), Grade::Bad, "doctor-medium-network"),
        (|seen| seen.medium = Some(Medium::CopyOnWrite), Grade::Note, "doctor-medium-copies"),
        (|seen| seen.free = Some(1 << 20), Grade::Bad, "doctor-room-none"),
        (|seen| seen.free = Some(1 << 30), Grade::Note, "doctor-room-little"),
        (|seen| seen.door = Door::Deaf("/s".into()), Grade::Note, "doctor-door-deaf"),
        (|seen| seen.door = Door::Closed("/s".into()), Grade::Bad, "doctor-door-closed"),
        (|seen| seen.door = Door::NotASocket("/s".into()), Grade::Bad, "doctor-door-file"),
        (
            |seen| seen.door = Door::Open { path: "/s".into(), mode: 0o666, is_movable: false },
            Grade::Bad,
            "doctor-door-wide",
        ),
        (
            |seen| seen.door = Door::Open { path: "/s".into(), mode: 0o600, is_movable: true },
            Grade::Bad,
            "doctor-door-movable",
        ),
        (|seen| seen.are_settings_good = false, Grade::Bad, "doctor-settings"),
        (|seen| seen.behind_s = Some(3_600), Grade::Bad, "doctor-clock-back"),
        (|seen| seen.is_clock_unset = true, Grade::Bad, "doctor-clock-unset"),
        (|seen| seen.is_clock_alone = true, Grade::Note, "doctor-clock-alone"),
        (|seen| seen.files = Some(256), Grade::Note, "doctor-files"),
        (|seen| seen.has_swap = true, Grade::Note, "doctor-swap"),
        (|seen| seen.is_utf8 = false, Grade::Note, "doctor-locale"),
        (|seen| seen.size = Some((60, 16)), Grade::Note, "doctor-terminal-small"),
        (|seen| seen.size = Some((39, 30)), Grade::Bad, "doctor-terminal-tiny"),
        (|seen| seen.size = None, Grade::Fine, "doctor-terminal-none"),
        (|seen| seen.is_terminal_dumb = true, Grade::Bad, "doctor-terminal-dumb"),
    ];
    for (befalls, grade, key) in ills {
        let mut seen = well();
        befalls(&mut seen);
        let found = judge(&seen);
        let finding = found.iter().find(|one| one.key == key).unwrap_or_else(|| panic!("{key} is not found"));
        assert_eq!(finding.grade, grade, "{key}");
        for language in [Language::Id, Language::En] {
            let text = Texts::new(language).with(key, &finding.words);
            assert!(text.len() > 10 && !text.contains("doctor-") && !text.contains('{'), "{key}: {text}");
        }
    }
}

#[test]
fn the_folder_of_a_service_is_no_illness() {
    let mut seen = well();
    (seen.folder, seen.is_folder_closed) = (None, true);
    assert_eq!(judge(&seen)[0].key, "doctor-folder-closed");
    assert!(keys_of(&seen, Grade::Bad).is_empty());
}

#[test]
fn whoever_works_at_a_services_desk_is_not_told_to_begin_one() {
    let mut seen = well();
    (seen.folder, seen.is_of_service) = (None, true);
    let found = judge(&seen);
    assert_eq!((found[0].key, found[0].grade), ("doctor-folder-service", Grade::Fine));
    assert!(found.iter().all(|one| one.key != "doctor-folder-none"));
    assert!(Texts::new(Language::Id).get("doctor-folder-service").contains("layanan"));
}
