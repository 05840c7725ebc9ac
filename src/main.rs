//! The binary: `serve` decides who does what the words ask for, this process or a daemon.

fn main() -> std::process::ExitCode {
    pulang::serve::run(std::env::args_os().collect())
}
