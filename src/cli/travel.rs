//! Which commands are of the desk and travel to whoever has it open, and what they take along: the client opens the file that
//! a command reads, and sends its bytes as standard input. Nothing is sent here.

use super::args::{BackupArgs, Command, GatesArgs};
use super::read;
use crate::text::Texts;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Where a command runs best while a desk is open elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Travel {
    /// In the process that was called: it needs no desk, concerns files of the machine, or is not understood.
    Stays,
    /// Inside the desk, with this input.
    ToDesk(Input),
}

/// What a command reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Nothing,
    /// The caller's standard input.
    Standard,
    /// A file that the caller opens; its bytes are the command's standard input.
    File(PathBuf),
}

impl Input {
    fn of(file: &Path) -> Self {
        if file == Path::new("-") { Self::Standard } else { Self::File(file.to_owned()) }
    }
}

/// Where the command that these words name runs while a desk is open. The words travel as they are: inside a desk the name
/// of a file means the input that came along, so that no path of a caller is ever opened there.
pub fn travel(words: &[OsString], texts: &Texts) -> Travel {
    read(words, texts).ok().and_then(|args| args.command.as_ref().and_then(input)).map_or(Travel::Stays, Travel::ToDesk)
}

/// What a command of the desk reads; `None` for one that stays where it was called.
fn input(command: &Command) -> Option<Input> {
    match command {
        Command::Import { file, .. } => Some(Input::of(file)),
        Command::Verify { set: None, anchor: Some(file), .. } => Some(Input::of(file)),
        Command::List { .. } | Command::Export(_) | Command::Show { .. } | Command::Verify { set: None, .. } => {
            Some(Input::Nothing)
        }
        // Without a paper it only says which there are.
        Command::Print(wanted) => wanted.paper.is_some().then_some(Input::Nothing),
        Command::Anchor | Command::Counts(_) | Command::Handover | Command::Trail(_) => Some(Input::Nothing),
        Command::Erase { yes, .. } => Some(if yes.is_some() { Input::Nothing } else { Input::Standard }),
        Command::Backup(wanted) if is_by_plan(wanted) => Some(Input::Nothing),
        Command::Gates(GatesArgs { check: Some(_), .. }) => None,
        Command::Gates(GatesArgs { adopt: Some(file), .. }) => Some(Input::of(file)),
        Command::Gates(_) | Command::Office { .. } => Some(Input::Nothing),
        Command::Operator { what } => Some(what.key_file().map_or(Input::Nothing, Input::of)),
        Command::Verify { set: Some(_), .. }
        | Command::Backup(_)
        | Command::Restore(_)
        | Command::Mend { .. }
        | Command::Practice { .. }
        | Command::Key { .. }
        | Command::Serve { .. }
        | Command::Ssh
        | Command::Doctor
        | Command::Keys { .. }
        | Command::Completions { .. }
        | Command::Manual => None,
    }
}

/// Whether a backup goes where the desk's own plan says, or is only asked about.
pub(super) fn is_by_plan(wanted: &BackupArgs) -> bool {
    wanted.set.is_none() && wanted.recipients.is_empty() && wanted.recipients_file.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn of(line: &str) -> Travel {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        travel(&words, &Texts::new(Language::Id))
    }

    #[test]
    fn what_concerns_the_desk_travels_and_what_concerns_the_machine_stays() {
        for line in [
            "export --reason x",
            "list",
            "anchor",
            "trail --from 21-02-2026",
            "list tingkat:1",
            "show 26-000005-A",
            "verify",
            "backup",
            "backup --status",
            "gates --back",
        ] {
            assert_eq!(of(&format!("pulang {line}")), Travel::ToDesk(Input::Nothing), "{line}");
        }
        for line in [
            "key",
            "key rotate",
            "keys",
            "manual",
            "completions bash",
            "restore a b --identity c",
            "practice",
            "verify set",
            "backup set",
            "lsit",
        ] {
            assert_eq!(of(&format!("pulang {line}")), Travel::Stays, "{line}");
        }
        assert_eq!(of("pulang"), Travel::Stays);
    }

    #[test]
    fn a_file_is_opened_by_whoever_named_it() {
        assert_eq!(of("pulang import m.csv --name a"), Travel::ToDesk(Input::File("m.csv".into())));
        assert_eq!(of("pulang import -"), Travel::ToDesk(Input::Standard));
        assert_eq!(of("pulang gates --use g.toml"), Travel::ToDesk(Input::File("g.toml".into())));
        assert_eq!(of("pulang verify --anchor a.txt"), Travel::ToDesk(Input::File("a.txt".into())));
        assert_eq!(of("pulang gates --check g.toml"), Travel::Stays);
    }
}
