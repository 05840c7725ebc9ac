//! `pulang ssh`: what sshd runs for whoever logs in (`ForceCommand`, or the forced command of a key). A screen, or the one
//! command that was asked for, inside the desk and nowhere else: no shell, no file of the box, no other desk.

use super::{attach, exec};
use crate::cli::answer::Stop;
use crate::cli::{self, Args, Command, Input, Place, Travel};
use crate::domain::refusal::Refusal;
use crate::settings::SERVICE;
use std::ffi::OsString;
use std::process::ExitCode;

/// What sshd says that the caller asked for.
pub const ASKED: &str = "SSH_ORIGINAL_COMMAND";
/// Bytes of it that are read at most.
const MOST: usize = 60_000;

/// What the caller gets.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// A screen of its own, or a second one.
    Screen { is_second: bool },
    /// A command inside the desk, with the caller's standard input or without.
    Inside(Vec<OsString>, Input),
    /// What only prints: help, the key table, what is wrong with the words.
    Printed(Vec<OsString>),
}

/// Gives whoever logged in a screen, or runs what was asked for.
///
/// # Errors
/// What was asked for is no command of the desk; no daemon can be reached.
pub fn run(args: &Args, asked: Option<OsString>) -> Result<ExitCode, Stop> {
    let place = meant(&args.place, |name| std::env::var_os(name));
    let args = Args { place, practice: false, solo: false, new: false, lang: args.lang.clone(), command: None };
    match wanted(&args, asked)? {
        Wanted::Screen { is_second } => attach::run(&Args { new: is_second, ..args }),
        Wanted::Printed(words) => Ok(cli::run(words)),
        Wanted::Inside(words, input) => {
            let inner = cli::understood(&words).ok_or(Refusal::new("refused-forced"))?;
            exec::ask(&words, &inner, &input)?.ok_or_else(|| Refusal::new("refused-service-down").into())
        }
    }
}

/// The desk that whoever set up the box means: where neither folder nor socket was named it is the service's, even while that
/// is away. Nobody who logs in begins a desk of their own in their home.
fn meant(place: &Place, env: impl Fn(&str) -> Option<OsString>) -> Place {
    let is_named = |name: &str| env(name).is_some_and(|named| !named.is_empty());
    let is_given = place.socket.is_some() || place.data.is_some();
    let is_service = !is_given && !is_named("PULANG_SOCKET") && !is_named("PULANG_DATA");
    Place { socket: place.socket.clone().or_else(|| is_service.then(|| SERVICE.into())), ..place.clone() }
}

/// What these words of the caller come to. Who they are and which desk is meant was said by whoever set up the box.
fn wanted(args: &Args, asked: Option<OsString>) -> Result<Wanted, Stop> {
    let refused = || Stop::from(Refusal::new("refused-forced"));
    let asked = asked.unwrap_or_default();
    let asked = asked.to_str().filter(|asked| asked.len() <= MOST).ok_or_else(refused)?;
    let mut typed = shell_words::split(asked).map_err(|_| refused())?;
    if typed.first().is_some_and(|first| first == "pulang" || first.ends_with("/pulang")) {
        typed.remove(0);
    }
    let program = || vec![OsString::from("pulang")];
    let own: Vec<OsString> = program().into_iter().chain(typed.iter().map(OsString::from)).collect();
    let Some(inner) = cli::understood(&own) else { return Ok(Wanted::Printed(own)) };
    let place = &inner.place;
    let is_elsewhere = place.data.is_some() || place.key.is_some() || place.socket.is_some() || inner.practice;
    if is_elsewhere || inner.solo || place.as_name.is_some() {
        return Err(refused());
    }
    match &inner.command {
        None => return Ok(Wanted::Screen { is_second: inner.new }),
        Some(Command::Keys { .. }) => return Ok(Wanted::Printed(own)),
        Some(_) => {}
    }
    let mut words = program();
    let mut given = |flag: &str, value: Option<OsString>| {
        words.extend(value.map(|value| [OsString::from(flag), value]).into_iter().flatten());
    };
    given("--as", args.place.as_name.as_ref().map(OsString::from));
    given("--socket", args.place.socket.as_ref().map(OsString::from));
    given("--data", args.place.data.as_ref().map(OsString::from));
    words.extend(typed.iter().map(OsString::from));
    match cli::travel(&words, &cli::texts(args)) {
        Travel::ToDesk(Input::File(_)) => Err(Refusal::new("refused-forced-file").into()),
        Travel::ToDesk(input) => Ok(Wanted::Inside(words, input)),
        Travel::Stays => Err(refused()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(command: &str) -> Result<Wanted, Stop> {
        let words = ["pulang", "--as", "rina", "--socket", "/run/x.sock", "ssh"].map(OsString::from);
        wanted(&cli::understood(&words).unwrap(), Some(command.into()))
    }

    fn words(typed: &str) -> Vec<OsString> {
        format!("pulang --as rina --socket /run/x.sock {typed}").split(' ').map(OsString::from).collect()
    }

    #[test]
    fn a_screen_or_one_command_inside_the_desk() {
        assert_eq!(asked("").unwrap(), Wanted::Screen { is_second: false });
        assert_eq!(asked("pulang --new").unwrap(), Wanted::Screen { is_second: true });
        for typed in ["pulang list tingkat:1", "list tingkat:1", "/usr/local/bin/pulang list tingkat:1"] {
            assert_eq!(asked(typed).unwrap(), Wanted::Inside(words("list tingkat:1"), Input::Nothing), "{typed}");
        }
        assert_eq!(asked("pulang import -").unwrap(), Wanted::Inside(words("import -"), Input::Standard));
        let named = Wanted::Inside([&words("list")[..], &["nama:siti ayu".into()]].concat(), Input::Nothing);
        assert_eq!(asked("pulang list 'nama:siti ayu'").unwrap(), named, "a quoted word is one word");
    }

    #[test]
    fn a_login_never_begins_a_desk_of_its_own() {
        let socket = |line: &str, env: &'static [&'static str]| {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let place = cli::understood(&words).unwrap().place;
            meant(&place, |name| env.contains(&name).then(|| "/x".into())).socket
        };
        assert_eq!(socket("pulang ssh", &[]), Some(SERVICE.into()));
        assert_eq!(socket("pulang --socket /s ssh", &[]), Some("/s".into()));
        for (line, env) in
            [("pulang --data /d ssh", &[][..]), ("pulang ssh", &["PULANG_DATA"]), ("pulang ssh", &["PULANG_SOCKET"])]
        {
            assert_eq!(socket(line, env), None, "{line} {env:?}");
        }
    }

    #[test]
    fn nothing_else_of_the_box() {
        for typed in [
            "pulang --as sari list",
            "pulang list --as sari",
            "pulang --data /srv list",
            "pulang --socket /tmp/x list",
            "pulang --key /k list",
            "pulang --practice list",
            "pulang --solo",
            "pulang import /etc/passwd",
            "pulang key",
            "pulang key export /tmp/k --to age1x",
            "pulang restore a b --identity c",
            "pulang backup /tmp/set",
            "pulang serve",
            "pulang ssh",
            "pulang doctor",
            "pulang list 'unclosed",
        ] {
            assert!(asked(typed).is_err(), "{typed}");
        }
        for typed in ["sh -c id", "scp -t /tmp", "internal-sftp", "pulang --help", "pulang keys"] {
            assert!(matches!(asked(typed).unwrap(), Wanted::Printed(_)), "{typed} only prints");
        }
    }
}
