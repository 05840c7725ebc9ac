//! The binary: the command line reads the arguments, `serve` decides who does what they ask for.

fn main() -> std::process::ExitCode {
    pulang::cli::read(std::env::args_os()).map_or_else(|code| code, |args| pulang::serve::run(&args))
}
