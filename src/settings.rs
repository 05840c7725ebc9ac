//! Where things are: the data folder and what the environment says. Ground: imports nothing of this crate.

use std::ffi::OsString;
use std::path::PathBuf;

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
}
