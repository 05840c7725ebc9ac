//! App: the state of one session and its update. Keys in, effects on the desk; no terminal, no cells.
//!
//! The list is always at the bottom; everything else is a room stacked above it. The layer that takes a key is the room
//! on top: derived, never stored. While the desk has not answered, keys wait in the order they were typed.

pub mod action;
pub mod form;
pub mod key;
pub mod keymap;
pub mod line;
pub mod list;
pub mod notice;
pub mod pick;

mod arriving;
mod asking;
pub mod auditing;
mod band;
mod between;
mod claiming;
mod commands;
mod company;
pub mod compare;
mod conflict;
pub mod counts;
pub mod curtain;
pub mod erasing;
mod forms;
mod hearing;
mod hints;
pub mod import;
pub mod inbox;
mod keeping;
mod keys;
mod more;
pub mod moving;
pub mod paper;
pub mod picks;
pub mod preview;
pub mod prompt;
pub mod reason;
pub mod record;
mod referring;
mod remarks;
mod report;
pub mod returning;
mod rooms;
mod saving;
pub mod scan;
pub mod sheet;
mod size;
mod staff;
pub mod telling;
mod tending;
pub mod today;
mod unmerging;
pub mod words;

use crate::desk::{Alarm, RowId, Seat};
use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use crate::text::Texts;
use action::Layer;
use asking::Pending;
use chrono::{DateTime, Utc};
use compare::Compare;
use curtain::Curtain;
use erasing::Erasing;
use form::Form;
use form::intake::Kept;
use import::Import;
use inbox::Inbox;
use key::Input;
use keymap::Keymap;
use list::List;
pub use list::order_key;
use moving::Moving;
use notice::Notice;
use pick::Pick;
use picks::Choice;
use preview::Preview;
use prompt::Prompt;
use reason::{Next, Reason};
use record::CaseRoom;
pub use rooms::{Room, Then};
use scan::Scan;
use sheet::Sheet;
pub use size::{LEAST, PANE_COLUMNS};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;
use today::Today;

/// Where the time comes from: the machine, or a test.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// What differs from terminal to terminal and from desk to desk.
#[derive(Clone)]
pub struct Setting {
    pub texts: Texts,
    pub clock: Clock,
    /// Whether this is the practice desk: said in the title line, always.
    pub is_practice: bool,
    /// What the first start must tell: where the data lives. Shown while the desk is empty.
    pub data_place: String,
    /// A drop folder of manifests, when the desk has one.
    pub drop_folder: Option<std::path::PathBuf>,
    /// The folder in which a typed path is meant; `None` where this process may open no path that an operator types, for
    /// its rights are not theirs.
    pub typed_paths_in: Option<std::path::PathBuf>,
}

/// The state of one session.
pub struct App {
    pub seat: Seat,
    pub texts: Texts,
    pub keymap: Arc<Keymap>,
    pub setting: Setting,
    /// Which session of a daemon this is; `None` without one.
    pub session: Option<ulid::Ulid>,
    pub size: (u16, u16),
    pub list: List,
    pub rooms: Vec<Room>,
    pub notice: Option<Notice>,
    pub kept: Kept,
    pub last_saved: Option<crate::domain::record::Record>,
    /// What covers the whole screen and takes every key: the lock, or the end of the session.
    pub curtain: Option<Curtain>,
    /// The case beside the list on wide screens, following the cursor after a quiet moment.
    pub pane: Option<Box<CaseRoom>>,
    pub scan: Scan,
    /// What is wrong with the data, gravest first: said in a banner as long as it is so.
    pub alarms: Vec<Alarm>,
    /// How many wait in the inbox for this operator's answer: said in the title line.
    pub inbox_waiting: usize,
    tending: tending::Tending,
    company: company::Company,
    /// Whether the desk is still reading its index: only how the list begins is shown.
    pub is_arriving: bool,
    pending: Option<Pending>,
    typed_ahead: VecDeque<Input>,
    draft_due: Option<Instant>,
    /// The first key of what is typed and not kept yet.
    unkept_since: Option<Instant>,
    /// The moment of the last input or wake, by the session's clock.
    instant: Instant,
    /// The moment of the last key or paste.
    last_key: Instant,
    asked_to_quit: bool,
    /// Esc was pressed on something that cannot be kept: a second one throws it away.
    asked_to_drop: bool,
    /// The mended preview of a file that was too large for its draft, until the file is shown again.
    awaited: Option<(ulid::Ulid, Box<crate::desk::importing::KeptPreview>)>,
    /// Why the last draft could not be kept; said until one can.
    pub draft_fault: Option<Fault>,
    has_ended: bool,
    /// Set when the whole screen is to be painted again.
    pub is_redraw_asked: bool,
}

impl App {
    /// A session at the list, most urgent first.
    pub fn new(seat: Seat, setting: Setting, size: (u16, u16)) -> Self {
        // Asked before the list: one that is whole meanwhile is asked once more.
        let is_arriving = seat.is_arriving();
        let list = List::new(&seat);
        let mut app = Self {
            texts: setting.texts,
            seat,
            keymap: Arc::new(Keymap::built_in()),
            setting,
            session: None,
            size,
            list,
            rooms: Vec::new(),
            notice: None,
            kept: Kept::default(),
            last_saved: None,
            curtain: None,
            pane: None,
            scan: Scan::default(),
            alarms: Vec::new(),
            inbox_waiting: 0,
            tending: tending::Tending::default(),
            company: company::Company::default(),
            is_arriving,
            pending: None,
            typed_ahead: VecDeque::new(),
            draft_due: None,
            unkept_since: None,
            instant: Instant::now(),
            last_key: Instant::now(),
            asked_to_quit: false,
            asked_to_drop: false,
            awaited: None,
            draft_fault: None,
            has_ended: false,
            is_redraw_asked: false,
        };
        app.alarms = app.seat.alarms();
        app.resize(size);
        if !is_arriving {
            app.count_inbox();
            app.offer_drafts();
            app.begin_with_counts();
        }
        app
    }

    /// The time by this session's clock.
    pub fn now(&self) -> DateTime<Utc> {
        (self.setting.clock)()
    }

    /// The layer that takes keys.
    pub fn layer(&self) -> Layer {
        match (&self.curtain, self.rooms.last()) {
            (Some(_), _) => Layer::Blank,
            (None, top) => top.map_or(Layer::List, Room::layer),
        }
    }

    /// Whether the operator has left.
    pub const fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Whether the desk still owes an answer.
    pub const fn is_waiting(&self) -> bool {
        self.pending.is_some()
    }

    /// The first five letters of an officer's name.
    pub fn officer_short(&self, officer: Option<ulid::Ulid>) -> String {
        officer.map(|id| self.seat.operator_name(id).chars().take(5).collect()).unwrap_or_default()
    }

    /// Takes one input, now.
    pub fn input(&mut self, input: Input) {
        self.input_at(input, Instant::now());
    }

    /// Takes one input: at once, or after the answer that the desk still owes.
    pub fn input_at(&mut self, input: Input, now: Instant) {
        self.instant = now;
        self.settle_pending(std::time::Duration::ZERO);
        if let Input::Resize { cols, rows } = input {
            return self.resize((cols, rows));
        }
        self.draw_curtain(now);
        self.last_key = now;
        self.settle_arriving();
        let is_interrupt = input == Input::Key(key::Key::Ctrl('c'));
        if self.pending.is_some() && !is_interrupt {
            return self.type_ahead(input);
        }
        if self.waits_for_index(&input) && !is_interrupt {
            return self.keep_for_index(input);
        }
        self.take_typed_ahead();
        if self.pending.is_some() && !is_interrupt {
            return self.type_ahead(input);
        }
        self.take(input);
        self.take_typed_ahead();
        self.hear();
        self.keep_company();
    }

    fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
        self.list.resize(usize::from(size.1.saturating_sub(6 + u16::from(self.has_banner()))));
        self.refit();
        self.scroll_counts(0);
        self.is_redraw_asked = true;
        self.follow_pane();
    }

    /// Whether a banner takes the line below the title.
    pub const fn has_banner(&self) -> bool {
        !self.alarms.is_empty()
    }

    /// Learns that the paste just taken lost its end.
    pub fn paste_was_cut(&mut self) {
        self.notice = Some(Notice::no(self.texts.get("notice-paste-cut")));
    }

    /// The moment at which [`App::wake`] has something to do.
    pub fn next_wake(&self) -> Option<Instant> {
        let answer = self.pending.as_ref().map(Pending::next_look);
        [
            answer,
            self.draft_due,
            self.list.detail_due(),
            self.prompt_due(),
            self.tending_due(),
            self.lock_due(),
            self.trail_due(),
            self.arriving_due(),
            self.counts_due(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Does what has become due; says whether the screen may have changed.
    pub fn wake(&mut self, now: Instant) -> bool {
        self.instant = now;
        let was_waiting = self.is_waiting();
        self.settle_pending(std::time::Duration::ZERO);
        let has_arrived = self.settle_arriving();
        self.take_typed_ahead();
        let was_at_risk = self.draft_fault.is_some();
        if self.draft_due.is_some_and(|due| due <= now) {
            self.save_draft();
        }
        let has_banner_changed = was_at_risk != self.draft_fault.is_some();
        let has_settled = self.list.settle(Some(now));
        if has_settled {
            self.follow_pane();
        }
        let has_counted = self.settle_prompt(now)
            | self.settle_tending(now)
            | self.draw_curtain(now)
            | self.settle_trail()
            | self.settle_counts(now);
        let has_heard = self.hear();
        self.keep_company();
        was_waiting || has_arrived || has_settled || has_counted || has_banner_changed || has_heard
    }

    /// The line is gone or the program must end: what is half typed is kept. The session may go on at another terminal.
    pub fn hang_up(&mut self) {
        self.settle_pending(std::time::Duration::from_secs(2));
        self.save_draft();
        self.leave_company();
    }

    /// Shows a refusal; further text is swallowed when `is_blocking`.
    fn refuse(&mut self, text: impl Into<String>, is_blocking: bool) {
        let text = text.into();
        if is_blocking {
            self.rooms.push(Room::Refused { reason: text.clone() });
        }
        self.notice = Some(Notice::no(text));
    }

    /// Opens the case of a row, after a reason where one is needed; from the list, the case room goes above it.
    fn open_case(&mut self, row: RowId) {
        if self.asks_reason(row, Next::Open) {
            return;
        }
        match CaseRoom::open(row, &self.seat) {
            Ok(room) => {
                self.rooms.push(Room::Case(Box::new(room)));
            }
            Err(refusal) => self.refuse(notice::refusal_text(&refusal, &self.texts), true),
        }
    }

    fn follow_pane(&mut self) {
        self.pane = match self.list.detail.filter(|_| self.has_pane() && !self.is_arriving) {
            Some(row) if self.pane.as_ref().is_some_and(|pane| pane.row == row) => return,
            Some(row) => CaseRoom::open(row, &self.seat).ok().map(Box::new),
            None => None,
        };
    }
}
