//! The arguments of `pulang operator` and `pulang office`. What they say of themselves is in `staff.ftl`.

use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// What is to be done about operators. `WHO` is a login, a uid or a whole name.
#[derive(Subcommand)]
pub enum OperatorCommand {
    /// Lists everybody whom the caller administers.
    List,
    /// Shows one of them, with everything that happened.
    Show { who: String },
    /// Adds somebody.
    Add(NewOperator),
    /// Takes somebody's access, at once, until it is given back.
    Suspend {
        who: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Gives it back.
    Reinstate { who: String },
    /// Sets the roles, by their codes.
    Roles {
        who: String,
        #[arg(required = true)]
        roles: Vec<String>,
    },
    /// Moves somebody to another office.
    Transfer { who: String, office: String },
    /// Sets the last day, or `never`.
    Expire { who: String, day: String },
    /// Adds and removes public keys for the shared account.
    Key {
        #[command(subcommand)]
        what: OperatorKey,
    },
    /// Prints what `AuthorizedKeysCommand` of the shared account wants.
    Keys {
        /// The path of this program in the forced command.
        #[arg(long, value_name = "PATH", default_value = "/usr/local/bin/pulang")]
        program: String,
    },
}

/// What is to be done with keys of the shared account.
#[derive(Subcommand)]
pub enum OperatorKey {
    /// Adds the public key of a file (`id_ed25519.pub`); `-` reads standard input.
    Add { who: String, file: PathBuf },
    /// Removes a key, named by its fingerprint or the beginning of one, or its remark.
    Remove { who: String, which: String },
}

/// Somebody new.
#[derive(Args)]
pub struct NewOperator {
    pub name: String,
    /// The number by which the kernel knows them.
    #[arg(long)]
    pub uid: Option<u32>,
    /// The name in the forced command of the shared account.
    #[arg(long, value_name = "NAME")]
    pub login: Option<String>,
    /// Their public key for it; `-` reads standard input.
    #[arg(long, value_name = "FILE", requires = "login")]
    pub ssh_key: Option<PathBuf>,
    /// By code or name; else the caller's own.
    #[arg(long)]
    pub office: Option<String>,
    /// By code, more than one with a comma.
    #[arg(long, value_name = "ROLES", required_unless_present = "first")]
    pub roles: Option<String>,
    /// The last day.
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
    /// The first supervisor of a desk that has nobody; as root or the service's own user.
    #[arg(long, conflicts_with_all = ["roles", "until"])]
    pub first: bool,
    /// The zone of the first office.
    #[arg(long, requires = "first")]
    pub zone: Option<String>,
}

/// What is to be done about offices.
#[derive(Subcommand)]
pub enum OfficeCommand {
    List,
    Add(NewOffice),
    /// Changes what is given, for an office by code or name.
    Set {
        which: String,
        #[command(flatten)]
        facts: OfficeFacts,
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        zone: Option<String>,
    },
}

/// A new office.
#[derive(Args)]
pub struct NewOffice {
    pub name: String,
    /// WIB, WITA, WIT, ICT, AST, GST or MYT.
    #[arg(long)]
    pub zone: String,
    #[command(flatten)]
    pub facts: OfficeFacts,
}

/// What is known of an office beside its name and zone.
#[derive(Args)]
pub struct OfficeFacts {
    #[arg(long)]
    pub code: Option<String>,
    #[arg(long)]
    pub kind: Option<String>,
    #[arg(long)]
    pub country: Option<String>,
    #[arg(long)]
    pub region: Option<String>,
    /// The office whose second person it borrows.
    #[arg(long)]
    pub parent: Option<String>,
    /// Minutes without a key after which its screens lock.
    #[arg(long, value_name = "MINUTES")]
    pub lock: Option<String>,
}

impl OperatorCommand {
    /// The file of a public key that the command reads.
    pub fn key_file(&self) -> Option<&Path> {
        match self {
            Self::Add(new) => new.ssh_key.as_deref(),
            Self::Key { what: OperatorKey::Add { file, .. } } => Some(file),
            Self::List
            | Self::Show { .. }
            | Self::Suspend { .. }
            | Self::Reinstate { .. }
            | Self::Roles { .. }
            | Self::Transfer { .. }
            | Self::Expire { .. }
            | Self::Key { .. }
            | Self::Keys { .. } => None,
        }
    }
}
