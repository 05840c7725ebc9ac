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
use std::sync::Arc;

/// Runs one session until the operator leaves or the line ends.
pub fn run(args: &Args, texts: Texts, console: &mut Console<'_>) -> Result<Exit, Stop> {
    if !console.is_input_terminal || !console.is_out_terminal {
        return Err(Stop::Said(texts.get("cli-needs-terminal").into_owned()));
    }
    let opened = open::open_or_begin(args, texts, console)?;
    let env = TerminalEnv::from_process();
    let drop_folder = Some(opened.dir.join("masuk")).filter(|folder| folder.is_dir());
    let setting = Setting {
        texts,
        clock: Arc::new(Utc::now),
        is_practice: args.practice,
        data_place: opened.dir.display().to_string(),
        drop_folder,
    };
    // Without the thread nobody is kept from working; the banner of an old backup comes at the next start.
    let backups = opened.desk.keep_backups();
    install_panic_hook();
    let mut tty = Tty::open().map_err(|error| Stop::Said(error.to_string()))?;
    let (cols, rows) = tty.size();
    let frames = env.frame_settings();
    let is_colored = frames.painter.color != crate::terminal::painter::ColorDepth::Mono;
    let mut app = App::new(opened.seat, setting, (cols, rows));
    if let Some(invented) = opened.invented {
        let (count, seen) = (invented.to_string(), app.seat.count(&Query::default()).to_string());
        let words = [("count", count), ("seen", seen), ("office", app.seat.office_name())];
        app.notice = Some(Notice::info(texts.with("notice-practice", &words)));
    }
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
