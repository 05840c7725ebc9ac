//! Where things are: the data folder, the socket of its daemon, and what the environment says. Ground: imports nothing of
//! this crate.

pub mod desk;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The folder of the desk's data: as given, else `$PULANG_DATA`, else the user's data directory (XDG). The practice desk
/// lives in a folder of its own beside it, so that invented people never stand among real ones.
pub fn data_dir(given: Option<PathBuf>, is_practice: bool, env: impl Fn(&str) -> Option<OsString>) -> PathBuf {
    if let Some(given) = given {
        return given;
    }
    let leaf = if is_practice { "latihan" } else { "desk" };
    if let Some(dir) = env("PULANG_DATA").filter(|dir| !dir.is_empty()) {
        let dir = PathBuf::from(dir);
        return if is_practice { dir.join(leaf) } else { dir };
    }
    let absolute = |name: &str| env(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = absolute("XDG_DATA_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
        .unwrap_or_else(|| PathBuf::from("."));
    base.join("pulang").join(leaf)
}

/// The socket of the daemon in the folder of its data.
pub const SOCKET: &str = "desk.sock";
/// The socket of the service of this machine (`assets/deploy/pulang.socket`).
pub const SERVICE: &str = "/run/pulang/desk.sock";

/// The socket of a service: as given, else `$PULANG_SOCKET`, else the machine's own where it is there and no folder was
/// asked for; `None` when the daemon of the data folder is meant.
pub fn service_socket(
    given: Option<PathBuf>,
    is_folder_given: bool,
    env: impl Fn(&str) -> Option<OsString>,
    is_there: impl Fn(&Path) -> bool,
) -> Option<PathBuf> {
    let named = || env("PULANG_SOCKET").filter(|path| !path.is_empty()).map(PathBuf::from);
    let is_folder_named = is_folder_given || env("PULANG_DATA").is_some_and(|dir| !dir.is_empty());
    let service = || Some(PathBuf::from(SERVICE)).filter(|service| !is_folder_named && is_there(service));
    given.or_else(named).or_else(service)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<OsString> {
        move |name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
    }

    #[test]
    fn the_folder_is_the_given_one_then_the_environments_then_the_users() {
        let home = env(&[("HOME", "/home/rina")]);
        assert_eq!(data_dir(Some("/srv/x".into()), false, &home), PathBuf::from("/srv/x"));
        assert_eq!(data_dir(None, false, &home), PathBuf::from("/home/rina/.local/share/pulang/desk"));
        assert_eq!(data_dir(None, true, &home), PathBuf::from("/home/rina/.local/share/pulang/latihan"));
        let set = env(&[("PULANG_DATA", "/var/lib/pulang"), ("HOME", "/home/rina")]);
        assert_eq!(data_dir(None, false, &set), PathBuf::from("/var/lib/pulang"));
        assert_eq!(data_dir(None, true, &set), PathBuf::from("/var/lib/pulang/latihan"));
        let relative = env(&[("XDG_DATA_HOME", "relative"), ("HOME", "/home/rina")]);
        assert_eq!(data_dir(None, false, &relative), PathBuf::from("/home/rina/.local/share/pulang/desk"));
    }

    #[test]
    fn the_service_is_asked_where_no_folder_was_named() {
        let (none, named) = (env(&[]), env(&[("PULANG_SOCKET", "/run/x.sock")]));
        assert_eq!(service_socket(Some("/s".into()), true, &named, |_| true), Some("/s".into()));
        assert_eq!(service_socket(None, true, &named, |_| true), Some("/run/x.sock".into()));
        assert_eq!(service_socket(None, false, &none, |_| true), Some(SERVICE.into()));
        assert_eq!(service_socket(None, false, &none, |_| false), None);
        assert_eq!(service_socket(None, true, &none, |_| true), None);
        assert_eq!(service_socket(None, false, env(&[("PULANG_DATA", "/d")]), |_| true), None);
    }
}
