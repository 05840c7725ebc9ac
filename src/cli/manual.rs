//! Completions of shells and the manual page, made from the same definition as the arguments, in the language asked for.

use super::answer::Stop;
use super::console::Call;
use super::{Exit, help};
use crate::text::Texts;
use clap::{Command, ValueEnum};
use std::io::Write;

/// The heads that the library writes in English, and the texts that stand there instead.
const HEADS: [(&str, &str); 5] = [
    ("NAME", "manual-name"),
    ("SYNOPSIS", "manual-synopsis"),
    ("DESCRIPTION", "manual-description"),
    ("OPTIONS", "cli-head-options"),
    ("EXTRA", "manual-extra"),
];

/// A shell whose completions can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
}

/// Runs `pulang completions`.
pub fn completions(call: &mut Call<'_, '_>, shell: Shell) -> Result<Exit, Stop> {
    let shell = match shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
    };
    // Made in memory, some tens of kilobytes: the library panics where a reader goes.
    let mut made = Vec::new();
    clap_complete::generate(shell, &mut help::command(&call.texts), "pulang", &mut made);
    written(call, &made)
}

/// Runs `pulang manual`: one page, every command a part of it.
pub fn page(call: &mut Call<'_, '_>) -> Result<Exit, Stop> {
    let mut command = help::command(&call.texts);
    command.build();
    let made = made(&command, &call.texts).map_err(|error| Stop::Unheard(error.kind()))?;
    written(call, made.as_bytes())
}

fn made(command: &Command, texts: &Texts) -> std::io::Result<String> {
    let (man, mut page) = (clap_mangen::Man::new(command.clone()), Vec::new());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for sub in below(command) {
        let name = sub.get_bin_name().unwrap_or(sub.get_name()).to_owned();
        writeln!(page, ".SH \"{name}\"")?;
        let own = sub.mut_args(|arg| if arg.is_global_set() { arg.hide(true) } else { arg });
        let man = clap_mangen::Man::new(own);
        let mut part = Vec::new();
        man.render_synopsis_section(&mut part)?;
        man.render_description_section(&mut part)?;
        man.render_options_section(&mut part)?;
        // Its heads are below the command's own.
        page.extend(String::from_utf8_lossy(&part).replace(".SH ", ".SS ").bytes());
    }
    man.render_extra_section(&mut page)?;
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for (library, key) in HEADS {
        for level in [".SH", ".SS"] {
            page = page.replace(&format!("\n{level} {library}\n"), &format!("\n{level} {}\n", texts.get(key)));
        }
    }
    Ok(page)
}

/// Every command below this one, the nearest first.
fn below(command: &Command) -> Vec<Command> {
    command.get_subcommands().flat_map(|sub| std::iter::once(sub.clone()).chain(below(sub))).collect()
}

fn written(call: &mut Call<'_, '_>, made: &[u8]) -> Result<Exit, Stop> {
    call.console.out.write_all(made).map_err(|error| Stop::Unheard(error.kind()))?;
    Ok(Exit::DONE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn the_page_tells_of_every_command_in_the_language() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let mut command = help::command(&texts);
            command.build();
            let page = made(&command, &texts).unwrap();
            for sub in below(&command) {
                let name = sub.get_bin_name().unwrap();
                assert!(page.contains(&format!(".SH \"{name}\"")), "{name}");
            }
            let english = page.contains(".SH NAME") && page.contains(".SS SYNOPSIS");
            assert_eq!(english, language == Language::En);
            assert!(!page.contains("EXTRA"), "{page}");
        }
    }
}
