//! The command line as it is typed: every command with its arguments. What they say of themselves is in `cli.ftl`; nothing is
//! done here.

use super::counts::CountsArgs;
use super::export::ExportArgs;
use super::manual::Shell;
use super::print::PrintArgs;
use super::staff_args::{OfficeCommand, OperatorCommand};
use super::trail::TrailArgs;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Pulang: desk software for bringing Indonesian migrant workers home.
///
/// Without a command the full-screen desk opens on this terminal.
#[derive(Parser)]
#[command(name = "pulang", version, max_term_width = 100)]
pub struct Args {
    #[command(flatten)]
    pub place: Place,
    /// Opens the practice desk: invented people, apart from every real one.
    #[arg(long)]
    pub practice: bool,
    /// Runs desk and screen in this one process, without a daemon.
    #[arg(long)]
    pub solo: bool,
    /// Opens a second session beside the one that is there.
    #[arg(long, conflicts_with = "solo")]
    pub new: bool,
    /// Language of the screens: `id` or `en`; the locale decides otherwise.
    #[arg(long, global = true, value_parser = ["id", "en"])]
    pub lang: Option<String>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Where the data lives.
#[derive(clap::Args, Clone)]
pub struct Place {
    /// Folder of the data; else $PULANG_DATA, else the user's data directory.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The master key, where it is not kept with the data.
    #[arg(long, global = true, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Answers as JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// The socket of a service; else $PULANG_SOCKET, else `desk.sock` in the folder.
    #[arg(long, global = true, value_name = "FILE")]
    pub socket: Option<PathBuf>,
    /// Who is there, on a shared account: given by the forced command of a key, believed from the gate alone.
    #[arg(long = "as", id = "as", global = true, value_name = "NAME")]
    pub as_name: Option<String>,
}

#[derive(Subcommand)]
pub enum Command {
    /// Takes in a manifest (CSV with ; , or tab, or XLSX); `-` reads standard input.
    Import {
        file: PathBuf,
        /// The day on which the movement lands, such as 21-02-2026; today otherwise.
        #[arg(long, value_name = "DATE")]
        lands: Option<String>,
        /// Name of the movement; the file's name otherwise.
        #[arg(long)]
        name: Option<String>,
        /// Only says what would be taken in.
        #[arg(long)]
        preview: bool,
    },
    /// Lists the cases that a query finds, most urgent first.
    List {
        /// Such as `status:tiba tingkat:1`; everything otherwise.
        query: Vec<String>,
        /// At most so many.
        #[arg(long, default_value_t = 1000)]
        limit: usize,
    },
    /// Counts how many people stand where, and what today changed.
    Counts(CountsArgs),
    /// Shows one case by its number.
    Show { number: String },
    /// Writes the cases of a query to standard output, for a spreadsheet or a program: a supervisor's, with a reason.
    Export(ExportArgs),
    /// Prints a paper of cases to standard output: number, copy, who, when and hash stand on it.
    Print(PrintArgs),
    /// Destroys the data of one case for good: a supervisor's, with a reason, when nothing asks for them any more.
    Erase {
        number: String,
        /// Why; it stands in the trail for good and names nobody.
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// The number once more, where nobody can be asked.
        #[arg(long, value_name = "NUMBER")]
        yes: Option<String>,
    },
    /// Checks the journal's chain, the trail's, and that the store agrees with the journal; or a backup set.
    Verify {
        /// The folder of a backup set; else the desk.
        set: Option<PathBuf>,
        /// A file of age identities: what is in the backup is checked too.
        #[arg(long, value_name = "FILE", requires = "set")]
        identity: Option<PathBuf>,
        /// A file of anchors that were kept outside: whether the chains still contain each; `-` reads standard input.
        #[arg(long, value_name = "FILE", conflicts_with = "set")]
        anchor: Option<PathBuf>,
    },
    /// Prints where journal and trail stand, signed, to be kept outside: on paper, or as a file elsewhere.
    Anchor,
    /// Lists who looked at what, the newest first: the auditor's.
    Trail(TrailArgs),
    /// Makes a backup of the desk, encrypted to recipients, while it works.
    Backup(BackupArgs),
    /// Restores a desk from a backup into an empty folder.
    Restore(RestoreArgs),
    /// Puts damaged or missing lines back from a restored copy of the desk.
    Mend {
        /// The folder that a backup was restored to.
        #[arg(value_name = "DIR")]
        from: PathBuf,
    },
    /// Makes a practice desk of any size in an empty folder.
    Practice {
        /// How many cases.
        #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
        cases: u32,
        /// The same seed gives the same people.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// About how many entries of the journal each case has.
        #[arg(long, alias = "histories", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=200))]
        entries: u32,
    },
    /// Prints the gate table by which this office works; checks a file, or brings it in.
    Gates(GatesArgs),
    /// Prints the sheet that this shift hands to the next.
    Handover,
    /// Says where the master key is and whether a copy was made; copies, restores, rotates it.
    Key {
        #[command(subcommand)]
        what: Option<KeyCommand>,
    },
    /// What sshd runs for whoever logs in: a screen, or the one command of the desk that was asked for.
    Ssh,
    /// Looks for what keeps a desk from working well on this machine, and says what to do.
    Doctor,
    /// Who works at the desk: lists, adds, suspends, and says by which keys they come in.
    Operator {
        #[command(subcommand)]
        what: OperatorCommand,
    },
    /// Where they work: lists and adds offices.
    Office {
        #[command(subcommand)]
        what: OfficeCommand,
    },
    /// Prints the key table.
    Keys {
        #[arg(long)]
        markdown: bool,
    },
    /// Prints what a shell needs to complete commands and options.
    Completions { shell: Shell },
    /// Prints the manual page, for `man`.
    Manual,
    /// Runs the daemon, which has the desk and everybody's screens.
    Serve {
        /// Whether it leaves with the last session.
        #[arg(long, value_enum, default_value_t = WhenIdle::Stay)]
        when_idle: WhenIdle,
    },
}

/// What a daemon does that nobody needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum WhenIdle {
    Exit,
    Stay,
}

/// What is to be done with the master key.
#[derive(Subcommand)]
pub enum KeyCommand {
    /// Writes a copy of the key to a new file, sealed for its recipients.
    Export {
        file: PathBuf,
        /// Who can open it: a public name of `age`, `age1…`; several may be given.
        #[arg(long, value_name = "RECIPIENT", num_args = 1..)]
        to: Vec<String>,
        /// A file of such names, one a line.
        #[arg(long, value_name = "FILE")]
        recipients_file: Option<PathBuf>,
    },
    /// Puts the key of a copy back where it is missing.
    Restore {
        file: PathBuf,
        /// The file of `AGE-SECRET-KEY-…` that opens the copy.
        #[arg(long, value_name = "FILE")]
        identity: PathBuf,
    },
    /// Proves that a copy opens this desk.
    Check {
        file: PathBuf,
        /// The file of `AGE-SECRET-KEY-…` that opens the copy.
        #[arg(long, value_name = "FILE")]
        identity: PathBuf,
    },
    /// Gives the desk a new key, and wraps every data key anew.
    Rotate {
        /// Where the new key goes, when its own place cannot be written.
        #[arg(long, value_name = "FILE")]
        new_key_file: Option<PathBuf>,
    },
}

/// What `pulang gates` is asked to do; nothing asked, it prints the table in force.
#[derive(clap::Args)]
pub struct GatesArgs {
    /// Says everything that is wrong with a table, with line and key; `-` reads standard input. Opens no desk.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["adopt", "back", "from"])]
    pub check: Option<PathBuf>,
    /// Brings a table in for the own office; a supervisor's or administrator's. Another one, or --back, follows it.
    #[arg(long = "use", value_name = "FILE", group = "change")]
    pub adopt: Option<PathBuf>,
    /// Goes back to the table that comes with the program.
    #[arg(long, group = "change")]
    pub back: bool,
    /// From the beginning of this day, such as 01-12-2026; else of the table's own `since`, at the earliest today.
    #[arg(long, value_name = "DATE", requires = "change")]
    pub from: Option<String>,
}

/// Where a backup goes and who can read it; what is not said is as the plan in the data folder says.
#[derive(clap::Args)]
pub struct BackupArgs {
    /// The folder of the backup set; made when there is none.
    pub set: Option<PathBuf>,
    /// A recipient of age, age1…; may be given more than once.
    #[arg(long = "to", value_name = "RECIPIENT")]
    pub recipients: Vec<String>,
    /// A file of recipients, one a line.
    #[arg(long, value_name = "FILE")]
    pub recipients_file: Option<PathBuf>,
    /// Only says when the last backup was made and when the next is due.
    #[arg(long, conflicts_with_all = ["recipients", "recipients_file"])]
    pub status: bool,
}

/// What is restored, where, up to when.
#[derive(clap::Args)]
pub struct RestoreArgs {
    /// The folder of the backup set.
    pub set: PathBuf,
    /// An empty folder, or one that is not there yet.
    pub into: PathBuf,
    /// A file of age identities.
    #[arg(long, value_name = "FILE")]
    pub identity: PathBuf,
    /// Up to this moment (2026-02-21T03:10) or this line of the journal; everything after is left out.
    #[arg(long, value_name = "WHEN")]
    pub until: Option<String>,
    /// The backup of the set by its number; else the one that leads on, or has what --until asks for.
    #[arg(long, value_name = "NUMBER")]
    pub moment: Option<u64>,
    /// Restores what can be read though lines are missing.
    #[arg(long)]
    pub despite_damage: bool,
}
