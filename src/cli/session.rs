//! The full-screen session on the local terminal.

use super::answer::Stop;
use super::{Args, Console, Exit, open};
use crate::app::notice::Notice;
use crate::app::{App, Setting};
use crate::domain::query::Query;
use crate::terminal::desk_screen::DeskScreen;
use crate::terminal::session::{self, Ending, Session};
use crate::terminal::tty::{TerminalEnv, Tty, install_panic_hook};
use crate::text::Texts;
use chrono::Utc;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Runs one session until the operator leaves or the line ends.
pub fn run(args: &Args, texts: Texts, console: &mut Console<'_>) -> Result<Exit, Stop> {
    if !console.is_input_terminal || !console.is_out_terminal {
        return Err(Stop::Said(texts.get("cli-needs-terminal").into_owned()));
    }
    let opened = open::open_or_begin(args, texts, console)?;
    let env = TerminalEnv::from_process();
    let folder = std::env::current_dir().unwrap_or_default();
    let setting = setting(texts, args.practice, &opened.dir, Some(folder));
    // Without the thread nobody is kept from working; the banner of an old backup comes at the next start.
    let backups = opened.desk.keep_backups();
    install_panic_hook();
    let mut tty = Tty::open().map_err(|error| Stop::Said(error.to_string()))?;
    let (cols, rows) = tty.size();
    let frames = env.frame_settings();
    let is_colored = frames.painter.color != crate::terminal::painter::ColorDepth::Mono;
    // What happens beside this screen, such as a disk that fails, is told to it at once. Without it, with the next key.
    if let Ok(nudger) = tty.nudger() {
        opened.seat.on_news(Some(Box::new(move || nudger.nudge())));
    }
    let mut app = App::new(opened.seat, setting, (cols, rows));
    greet(&mut app, opened.invented);
    let mut screen = DeskScreen::new(app, is_colored, env.is_utf8());
    let session = Session { wire: &mut tty, cols, rows, frames, decoder: env.decoder_settings() };
    let ending = session::run(session, &mut screen);
    drop((screen, backups));
    drop(tty);
    let _ = opened.desk.save_snapshot();
    Ok(match ending {
        Ending::Left => Exit::DONE,
        Ending::HungUp | Ending::Terminated => Exit::REFUSED,
    })
}

/// What a screen of the desk in this folder is made with.
pub fn setting(texts: Texts, is_practice: bool, dir: &Path, typed_paths_in: Option<PathBuf>) -> Setting {
    Setting {
        texts,
        clock: Arc::new(Utc::now),
        is_practice,
        data_place: dir.display().to_string(),
        drop_folder: Some(dir.join("masuk")).filter(|folder| folder.is_dir()),
        typed_paths_in,
    }
}

/// Tells how many people were invented for a practice desk that has just been made.
pub fn greet(app: &mut App, invented: Option<u32>) {
    let Some(invented) = invented else { return };
    let (count, seen) = (invented.to_string(), app.seat.count(&Query::default()).to_string());
    let words = [("count", count), ("seen", seen), ("office", app.seat.office_name())];
    app.notice = Some(Notice::info(app.texts.with("notice-practice", &words)));
}
