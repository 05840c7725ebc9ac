//! Real logins: an sshd of the test's own on loopback, run by whoever runs the tests, with the stanza of `assets/deploy`. Where
//! there is no sshd, or it would let this user in by no key, the test says why and holds nothing.

use crate::scene::{Office, PROGRAM, Terminal, until};
use portable_pty::CommandBuilder;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

const STANZA: &str = include_str!("../../assets/deploy/sshd_pulang.conf");
const GATE: &str = "Match User pulang-gate\n";

/// The part of the stanza for accounts of their own, and that for the shared one.
fn stanza() -> (&'static str, &'static str) {
    STANZA.split_once(GATE).expect("the stanza has two parts")
}

/// What the machine knows of whoever runs this: name and shell.
fn account() -> Option<(String, String)> {
    let uid = rustix::process::getuid().as_raw().to_string();
    let accounts = std::fs::read_to_string("/etc/passwd").ok()?;
    accounts.lines().find_map(|line| {
        let parts: Vec<&str> = line.split(':').collect();
        (parts.get(2) == Some(&uid.as_str())).then(|| (parts[0].to_owned(), parts[6].to_owned()))
    })
}

/// An sshd, and a key that it knows.
struct Box {
    sshd: Child,
    port: u16,
    user: String,
    key: PathBuf,
    log: PathBuf,
}

impl Drop for Box {
    fn drop(&mut self) {
        let _ = self.sshd.kill();
        let _ = self.sshd.wait();
    }
}

fn makes_key(path: &Path) -> Result<(), String> {
    let mut command = Command::new("ssh-keygen");
    command.args(["-q", "-t", "ed25519", "-N", "", "-C", "sari@laptop", "-f"]).arg(path).stdin(Stdio::null());
    let made = command.status().map_err(|error| format!("ssh-keygen: {error}"))?;
    if made.success() { Ok(()) } else { Err("ssh-keygen makes no key".into()) }
}

impl Box {
    /// Starts sshd with one part of the stanza, for the account that runs this.
    ///
    /// # Errors
    /// Why it cannot be tried here.
    fn opens(home: &Path, keys: &str, part: impl Fn(&str) -> String) -> Result<Self, String> {
        let places = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd"];
        let sshd = places.into_iter().find(|place| Path::new(place).exists()).ok_or("there is no sshd")?;
        let (user, shell) = account().ok_or("this user has no account")?;
        if shell.ends_with("nologin") || shell.ends_with("false") {
            return Err(format!("{user} has no shell"));
        }
        if rustix::process::getuid().is_root() && !Path::new("/run/sshd").exists() {
            return Err("root's sshd wants the folder /run/sshd".into());
        }
        let (host, known, log) = (home.join("host"), home.join("known"), home.join("sshd.log"));
        makes_key(&host)?;
        std::fs::write(&known, keys).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (host, known, part) = (host.display(), known.display(), part(&user));
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {host}\nPidFile none\nUsePAM no\nStrictModes no\n\
             AuthorizedKeysFile {known}\nSubsystem sftp internal-sftp\n{part}"
        );
        std::fs::write(home.join("sshd_config"), config).unwrap();
        let mut command = Command::new(sshd);
        command.args(["-D", "-f"]).arg(home.join("sshd_config")).arg("-E").arg(&log);
        let sshd = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().map_err(|error| error.to_string())?;
        let mut opened = Self { sshd, port, user, key: home.join("key"), log };
        until("sshd listens or ends", || {
            TcpStream::connect(("127.0.0.1", port)).is_ok() || opened.has_said("rror") || opened.has_said("atal")
        });
        assert!(opened.sshd.try_wait().unwrap().is_none(), "{}", opened.said());
        let tried = opened.asks(&["pulang", "keys"]);
        if tried.status.code() == Some(255) && opened.has_said("account is locked") {
            return Err("the account is locked for an sshd without PAM".into());
        }
        assert!(tried.status.success(), "{}{}", String::from_utf8_lossy(&tried.stderr), opened.said());
        Ok(opened)
    }

    fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn has_said(&self, text: &str) -> bool {
        self.said().contains(text)
    }

    fn words(&self) -> Vec<String> {
        let (port, key) = (self.port.to_string(), self.key.display().to_string());
        let mut words: Vec<String> =
            ["timeout", "60", "ssh", "-F", "none", "-p", &port, "-i", &key, "-l", &self.user].map(str::to_owned).into();
        for option in ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "BatchMode=yes", "LogLevel=ERROR"] {
            words.extend(["-o".to_owned(), option.to_owned()]);
        }
        words.extend(["IdentitiesOnly=yes", "IdentityAgent=none", "SendEnv=LANG"].map(|option| format!("-o{option}")));
        words
    }

    /// One command over a login of its own.
    fn asks(&self, command: &[&str]) -> Output {
        let words = self.words();
        let mut ssh = Command::new(&words[0]);
        ssh.args(&words[1..]).arg("127.0.0.1").args(command).env("LANG", "C.UTF-8").env_remove("LC_ALL");
        ssh.stdin(Stdio::null()).output().unwrap()
    }

    /// A login with a screen.
    fn shows(&self) -> Terminal {
        let words = self.words();
        let mut ssh = CommandBuilder::new("timeout");
        // In front, so that the terminal is ssh's, and what kills one kills both.
        ssh.args(["--foreground", "-s", "KILL"]);
        ssh.args(&words[1..]);
        ssh.args(["-tt", "127.0.0.1"]);
        Terminal::runs(ssh)
    }

    /// A form is begun, the line is cut, and another login finds it as it was.
    fn keeps_the_screen_of_a_cut_line(&self) {
        let mut first = self.shows();
        first.sees("Pulang");
        first.types("n");
        first.sees("Terima orang baru");
        first.types("\tMelati Contoh\t");
        first.sees("Melati Contoh");
        until("the cursor has left the name", || first.text().contains("> Jenis kelamin"));
        let (text, cursor) = (first.text(), first.cursor());
        first.child.kill().unwrap();
        drop(first);
        let second = self.shows();
        second.sees("Melati Contoh");
        until("the same screen stands there", || second.text() == text && second.cursor() == cursor);
    }

    /// Nothing of the box beside the desk.
    fn opens_nothing_else(&self) {
        for words in [&["id"][..], &["sh", "-c", "id"], &["scp", "-t", "/tmp"], &["pulang", "--as", "rina", "list"]] {
            let output = self.asks(words);
            assert!(matches!(output.status.code(), Some(1 | 2)) && output.stdout.is_empty(), "{words:?}");
            assert!(String::from_utf8_lossy(&output.stderr).contains("pulang: "), "{words:?}");
        }
        let words = self.words();
        let mut ssh = Command::new(&words[0]);
        ssh.args(&words[1..]).args(["-W", &format!("127.0.0.1:{}", self.port), "127.0.0.1"]).stdin(Stdio::null());
        assert_eq!(ssh.output().unwrap().status.code(), Some(255), "no port is forwarded");
    }
}

fn told(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn an_account_of_ones_own_reaches_the_desk_and_nothing_else() {
    let office = Office::landed();
    let key = office.home.path().join("key");
    let opened = makes_key(&key).and_then(|()| {
        let keys = std::fs::read_to_string(key.with_extension("pub")).unwrap();
        let command = format!("{PROGRAM} --lang id --data {}", office.dir.display());
        Box::opens(office.home.path(), &keys, |user| {
            let part = stanza().0.replace("/usr/local/bin/pulang", &command);
            part.replace("Match Group pulang User *,!pulang-gate,!pulang", &format!("Match User {user}"))
        })
    });
    let opened = match opened {
        Ok(opened) => opened,
        Err(why) => return println!("not tried: {why}"),
    };
    opened.keeps_the_screen_of_a_cut_line();
    assert!(told(&opened.asks(&["pulang", "list", "tingkat:1"])).contains("26-000005-A"));
    opened.opens_nothing_else();
}

#[test]
fn behind_the_shared_account_the_key_says_who_it_is() {
    let office = Office::empty();
    let key = office.home.path().join("key");
    if let Err(why) = makes_key(&key) {
        return println!("not tried: {why}");
    }
    let public = key.with_extension("pub");
    office.told(&[
        "operator",
        "add",
        "--first",
        "Sari Contoh",
        "--login",
        "sari",
        "--ssh-key",
        public.to_str().unwrap(),
    ]);
    let uid = rustix::process::getuid().as_raw();
    std::fs::write(office.dir.join("desk.toml"), format!("[gate]\nuid = {uid}\n")).unwrap();
    let keys = office.told(&["operator", "keys", "--program", PROGRAM]);
    let _daemon = office.serves();
    let opened = Box::opens(office.home.path(), &keys, |user| {
        let is_asked = |line: &&str| !line.contains("AuthorizedKeys");
        let part: Vec<&str> = stanza().1.lines().filter(is_asked).collect();
        let socket = office.dir.join("desk.sock");
        format!("SetEnv PULANG_SOCKET={}\nMatch User {user}\n{}\n", socket.display(), part.join("\n"))
    });
    let opened = match opened {
        Ok(opened) => opened,
        Err(why) => return println!("not tried: {why}"),
    };
    opened.keeps_the_screen_of_a_cut_line();
    assert!(told(&opened.asks(&["pulang", "--lang", "id", "operator", "list"])).contains("Sari Contoh"));
    opened.opens_nothing_else();
}
