//! Every door through which bytes come that somebody else made: what was typed, pasted, scanned, sent, or read back from a
//! disk. One function each, for the fuzzer and for the bounded run in the tests alike. None may panic, hang or grow
//! without bound; what a door gives back is held against what it promises. What the daemon's socket reads stands beside
//! this file.
//!
//! Longer than 400 lines: one table of doors.

mod socket;

use chrono::{DateTime, NaiveDate, Utc};
use pulang::cli;
use pulang::desk::{Desk, DeskOptions, First};
use pulang::domain::calendar::{self, Zone};
use pulang::domain::check::{self, CheckContext};
use pulang::domain::field::{Direction, Field};
use pulang::domain::gate::Rules;
use pulang::domain::query::{self, Link, Names, Scope};
use pulang::domain::record::Record;
use pulang::domain::subject::{Kind, Number, Subject};
use pulang::exchange::manifest;
use pulang::identity::{mrz, name, nik, passport, phone};
use pulang::records::front::FirstPage;
use pulang::records::{Options, Records, codec, snapshot};
use pulang::terminal::frame::{FrameSettings, Framer};
use pulang::terminal::input::{Decoder, DecoderSettings};
use pulang::terminal::painter::{ColorDepth, PainterSettings};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use socket::frames_of_socket;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use ulid::Ulid;

/// A door and its name.
pub type Door = (&'static str, fn(&[u8]));

/// Every door.
pub const DOORS: [Door; 17] = [
    ("input", input),
    ("mrz", scanned),
    ("nik", numbers),
    ("dates", dates),
    ("query", queries),
    ("manifest", sheets),
    ("journal", chains),
    ("values", values),
    ("drafts", drafts),
    ("snapshot", snapshots),
    ("gates", gates),
    ("names", names),
    ("keys", keys),
    ("frame", frames),
    ("exec", commands),
    ("frames_of_socket", frames_of_socket),
    ("messages", messages),
];

/// Opens a door by its name: how a target of the fuzzer finds it.
pub fn open(name: &str, data: &[u8]) {
    let door = DOORS.iter().find(|door| door.0 == name).unwrap_or_else(|| panic!("no door is called {name}"));
    (door.1)(data);
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_771_618_800, 0).unwrap_or_default()
}

fn today() -> NaiveDate {
    Zone::Wib.day(now())
}

/// Bytes of a terminal, torn after any of them, with answers expected or not, then silence.
pub fn input(data: &[u8]) {
    let Some((&torn, bytes)) = data.split_first() else { return };
    let at = Instant::now();
    let mut whole = Vec::new();
    let mut decoder = Decoder::new(DecoderSettings::LOCAL);
    decoder.expect_answers(usize::from(torn & 3));
    decoder.feed(bytes, at, &mut whole);
    decoder.expire(at + Duration::from_secs(9), &mut whole);
    let mut parts = Vec::new();
    let mut decoder = Decoder::new(DecoderSettings::LOCAL);
    decoder.expect_answers(usize::from(torn & 3));
    for part in bytes.chunks(usize::from(torn >> 2).max(1)) {
        decoder.feed(part, at, &mut parts);
    }
    decoder.expire(at + Duration::from_secs(9), &mut parts);
    assert_eq!(whole, parts, "the same bytes are the same keys, wherever they are torn");
    assert!(whole.len() <= bytes.len() + 1, "more inputs than bytes");
}

fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// The machine-readable zone of a passport.
pub fn scanned(data: &[u8]) {
    let typed = text(data);
    let _ = (mrz::looks_like_scan(&typed), mrz::could_become_scan(&typed));
    if let Ok(mrz::Reading::Sound { mrz: read, .. } | mrz::Reading::Doubtful { shown: read, .. }) =
        mrz::read(&typed, today())
    {
        assert!(read.display_name().len() <= 200, "a name that no passport holds");
    }
}

/// NIKs, document numbers, case numbers, phones.
pub fn numbers(data: &[u8]) {
    let typed = text(data);
    let read = nik::read(&typed, today());
    let _ = (nik::compare(&read, Some(today()), None), read.is_blank(), read.has_error());
    let _ = passport::DocumentRules::built_in().read(&typed);
    let _ = passport::DocumentNumber::new(&typed).map(|no| no.masked());
    let _ = phone::read(&typed);
    if let Ok(number) = typed.parse::<Number>() {
        assert_eq!(number.to_string().parse(), Ok(number), "a number reads as it is written");
    }
}

/// Dates and times as they are typed, and every other field of a form.
pub fn dates(data: &[u8]) {
    let Some((&which, rest)) = data.split_first() else { return };
    let typed = text(rest);
    for direction in [Direction::Past, Direction::Future, Direction::Any] {
        if let Ok(read) = calendar::read_date(&typed, today(), direction) {
            let shown = calendar::show_date(&read);
            let again = calendar::read_date(&shown, today(), direction).map(|dated| (dated.on, dated.precision));
            assert_eq!(again, Ok((read.on, read.precision)), "a date reads as it is shown");
        }
    }
    let _ = calendar::read_birth(&typed, today());
    let _ = calendar::read_time(&typed, now(), Zone::Wib);
    let context = CheckContext::new(now(), Zone::Wib);
    let field = Field::all().nth(usize::from(which)).unwrap_or(Field::Name);
    if let Ok(Some(value)) = check::read(field, &typed, &context) {
        assert!(check::is_of_shape(field, &value), "{field:?} reads what it may not hold");
        let _ = check::show(field, &value, Zone::Wib);
    }
}

/// Names for queries: one movement.
struct Book;

impl Names for Book {
    fn subject(&self, what: Link, text: &str) -> Option<Ulid> {
        (what == Link::Movement && text == "KNO-1").then_some(Ulid(77))
    }

    fn begun(&self, what: Link, start: &str, _limit: usize) -> Vec<String> {
        let is_it = what == Link::Movement && "kno-1".starts_with(&start.to_lowercase());
        if is_it { vec!["KNO-1".to_owned()] } else { Vec::new() }
    }
}

/// The query language: what is read prints in one spelling, and that reads as the same.
pub fn queries(data: &[u8]) {
    let typed = text(data);
    let scope =
        Scope { now: now(), offset: Zone::Wib.offset(), me: Some(Ulid(5)), office: Some(Ulid(6)), names: &Book };
    let _ = query::complete(&typed, typed.chars().count() / 2, &scope);
    if let Ok(read) = query::parse(&typed, &scope) {
        let printed = query::print(&read);
        assert!(printed.len() <= 64 * (typed.len() + 1), "a query that grows");
        assert_eq!(query::parse(&printed, &scope), Ok(read), "{typed:?} prints as {printed:?}");
    }
}

/// Manifests: CSV of any encoding, workbooks, and what only looks like one.
pub fn sheets(data: &[u8]) {
    let options = manifest::ReadOptions { lands: today(), today: today() };
    if let Ok(sheet) = manifest::read(data, &options) {
        let counts = sheet.counts();
        assert_eq!(counts.people + counts.left_out, counts.rows, "every row comes in or stays out");
        assert!(counts.rows <= manifest::MAX_ROWS);
    }
}

/// The folder of [`begun`], once it is there.
static BEGUN: OnceLock<PathBuf> = OnceLock::new();

/// Leaves nothing of these doors in the machine's folder: the last call of a process.
#[allow(dead_code, reason = "a fuzzer ends where it likes")]
pub fn swept() {
    if let Some(dir) = BEGUN.get() {
        let _ = std::fs::remove_dir_all(dir);
    }
}

/// A folder with a journal, a trail and keys, made once in this process.
fn begun() -> &'static Path {
    BEGUN.get_or_init(|| {
        let dir = place("journal");
        let (records, _) = Records::open(&dir, Options::default(), &mut |_| ()).expect("a folder can be begun");
        records.mark_practice().expect("a line can be written");
        let practice = pulang::practice::Practice::new(3, now());
        records.bulk_load(&mut practice.commits(3, 2), &mut |_| ()).map_err(|_| ()).expect("people can be loaded");
        let look = pulang::records::Look {
            at: now(),
            by: Ulid(1),
            office: Ulid(2),
            act: pulang::records::Act::List,
            of: Vec::new(),
            count: 3,
            why: String::new(),
            fields: Vec::new(),
        };
        records.trail().note_first(&look).expect("a look can be noted");
        drop(records);
        dir
    })
}

/// A place of this process in the machine's folder for such things.
fn place(what: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("pulang-doors-{}-{what}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    dir
}

/// Journal and trail: bytes of their lines altered, cut off or added; opening says what is wrong and reads the rest.
pub fn chains(data: &[u8]) {
    let Some((&what, data)) = data.split_first() else { return };
    let (from, to) = (begun(), place("opened"));
    copied(from, &to);
    let _ = std::fs::remove_dir_all(to.join("store"));
    let part = if what & 1 == 0 { "journal" } else { "trail" };
    if what & 2 == 0 {
        let _ = std::fs::remove_file(to.join(part).join("checkpoint"));
    }
    let files = std::fs::read_dir(to.join(part)).into_iter().flatten().flatten().map(|entry| entry.path());
    for path in files.filter(|path| path.extension().is_some_and(|end| end == "jsonl")).take(1) {
        let mut bytes = std::fs::read(&path).unwrap_or_default();
        let (edits, tail) = data.split_at(data.len().min(usize::from(what >> 2)) / 3 * 3);
        altered(&mut bytes, edits);
        bytes.extend_from_slice(tail);
        let _ = std::fs::write(&path, bytes);
    }
    if let Ok((records, _)) = Records::open(&to, Options::default(), &mut |_| ()) {
        for seq in 1..=records.head().0.min(64) {
            let _ = records.read_commit(pulang::records::Seq(seq));
        }
        let _ = records.verify(&mut |_| ());
    }
    let _ = std::fs::remove_dir_all(&to);
}

fn copied(from: &Path, to: &Path) {
    let _ = std::fs::create_dir_all(to);
    for entry in std::fs::read_dir(from).into_iter().flatten().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copied(&entry.path(), &target);
        } else {
            let _ = std::fs::copy(entry.path(), target);
        }
    }
}

/// Alters some bytes, three of the data for each: two for the place, one for what stands there then.
fn altered(bytes: &mut [u8], data: &[u8]) {
    for edit in data.chunks_exact(3).take(32) {
        let at = usize::from(u16::from_le_bytes([edit[0], edit[1]])) % bytes.len().max(1);
        bytes[at] = edit[2];
    }
}

/// One invented person as the store knows them.
fn somebody() -> Record {
    let practice = pulang::practice::Practice::new(3, now());
    let mut record = Record::empty(Subject::case(Ulid(7)));
    let changes = practice.commits(1, 1).flat_map(|commit| commit.changes);
    for change in changes.filter(|change| change.of.kind == Kind::Case) {
        record.facts.extend(change.edits.into_iter().filter_map(|edit| Some((edit.at, edit.now?))));
    }
    record
}

/// Values of the store, those among them whose sum is right: what decodes encodes to what decodes as the same.
pub fn values(data: &[u8]) {
    let Some((&what, data)) = data.split_first() else { return };
    let record = somebody();
    let of = record.of;
    let kept = codec::Kept { record, lines: vec![pulang::records::Seq(1)], changed_at: now() };
    let whole = codec::encode_record(&kept).expect("a person can be written").to_vec();
    let mut body = whole[7..].to_vec();
    if what & 1 == 0 {
        altered(&mut body, data)
    } else {
        data.clone_into(&mut body)
    }
    let mut bytes = whole[..3].to_vec();
    bytes.extend(crc32fast::hash(&body).to_le_bytes());
    bytes.extend(&body);
    if let Ok(read) = codec::decode_record(of, &bytes) {
        let again = codec::encode_record(&read).expect("what was read can be written");
        assert!(codec::decode_record(of, &again).is_ok_and(|again| again == read), "a value reads as it is written");
    }
    let _ = codec::decode::<Vec<String>>(&bytes);
    let _ = codec::decode_record(of, data);
}

/// Drafts of forms, as they come back from their sealed files.
pub fn drafts(data: &[u8]) {
    if let Some(draft) = pulang::app::form::draft::Draft::from_bytes(data) {
        let _ = (draft.typed_name(), draft.typed(), draft.purpose(), draft.subject());
        let again = pulang::app::form::draft::Draft::from_bytes(&draft.to_bytes());
        assert!(again.is_some(), "a draft reads as it is written");
    }
}

/// The snapshot of the index, its bytes altered and cut off as if every seal held all the same.
pub fn snapshots(data: &[u8]) {
    let Some((&cut, data)) = data.split_first() else { return };
    let (path, desk) = (place("snapshot"), Ulid(7));
    let summary = pulang::domain::case::summary(&somebody(), None, &Rules::built_in());
    let index = pulang::records::index::Index::bulk([summary]).still();
    let seal = |bytes: &[u8], _: &str| bytes.to_vec();
    let origin = snapshot::Origin { desk, seq: 3 };
    let firsts = [FirstPage { operator: Ulid(4), rows: vec![0], total: 1, apart: 0 }];
    snapshot::write(&path, origin, &index, &firsts, &seal).expect("an index can be kept");
    let mut bytes = std::fs::read(&path).unwrap_or_default();
    altered(&mut bytes, data);
    bytes.truncate(bytes.len().saturating_sub(usize::from(cut) / 16));
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    let open = |bytes: &[u8], _: &str| Some(bytes.to_vec());
    if let Ok((front, read)) = snapshot::Snapshot::open(&path, desk, &(0..=u64::MAX), &open) {
        let _ = (read.seq(), front.most(), front.summary(0));
        if let Ok(index) = read.rest() {
            assert!(index.len() <= 1_000, "more cases than bytes");
        }
    }
    let _ = std::fs::remove_file(&path);
}

/// Gate tables of an office.
pub fn gates(data: &[u8]) {
    if let Err(flaws) = Rules::parse(&text(data)) {
        assert!(!flaws.is_empty(), "refused without a reason");
    }
}

/// Names: folded, sounded, scored, masked, cleaned.
pub fn names(data: &[u8]) {
    let typed = text(data);
    let (one, other) = typed.split_once('\n').unwrap_or((&typed, ""));
    let (forward, back) = (name::score_names(one, other), name::score_names(other, one));
    assert!((0.0..=1.0).contains(&forward.value), "{} is no likeness", forward.value);
    assert!((forward.value - back.value).abs() < 1e-4, "likeness is the same from either side");
    let forms = name::search_forms(one);
    assert!(forms.len() <= 64 * (one.len() + 1), "forms that grow");
    let _ = (name::sound_of_query(one), name::initials(one));
    let line = pulang::domain::clean::line(one, 100);
    assert!(line.text.chars().count() <= 100, "cleaned text has its bound");
    assert_eq!(pulang::domain::clean::line(&line.text, 100).text, line.text, "what is clean stays as it is");
}

/// An open desk of invented people, with its supervisor, made once in this process.
fn open_desk() -> &'static cli::Within {
    static OPEN: OnceLock<cli::Within> = OnceLock::new();
    OPEN.get_or_init(|| {
        let first = First { uid: 1, name: "rina".into(), office: "Meja".into(), zone: "WIB" };
        let options = DeskOptions { dir: place("exec"), key: None, clock: Arc::new(now), is_practice: true, first };
        let (desk, _) = Desk::open(options, &mut |_| ()).expect("a desk can be begun");
        let people = pulang::practice::Practice::new(3, now());
        desk.load(people.commits(12, 2), &mut |_| ()).expect("people can be loaded");
        let seat = desk.enter_supervisor().expect("there is a supervisor");
        cli::Within { desk, seat, lang: None }
    })
}

/// Commands inside an open desk: words of any bytes, one a line, and behind an empty line any input.
pub fn commands(data: &[u8]) {
    use std::os::unix::ffi::OsStringExt;
    let end = data.windows(2).position(|two| two == b"\n\n").unwrap_or(data.len());
    let (line, mut input) = (&data[..end], data.get(end + 2..).unwrap_or_default());
    let own = std::iter::once(b"pulang".as_slice());
    let words = own.chain(line.split(|byte| *byte == b'\n')).map(|word| OsString::from_vec(word.to_vec()));
    run(&words.collect::<Vec<_>>(), &mut input);
}

/// Messages of callers and of the daemon; the commands among them are run.
pub fn messages(data: &[u8]) {
    socket::messages(data, |words| {
        let own = std::iter::once("pulang".to_owned());
        run(&own.chain(words).map(OsString::from).collect::<Vec<_>>(), &mut &[][..]);
    });
}

fn run(words: &[OsString], input: &mut &[u8]) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = cli::Console {
        input,
        out: &mut out,
        err: &mut err,
        is_input_terminal: false,
        is_out_terminal: false,
        is_err_terminal: false,
        stop: Arc::default(),
    };
    let exit = cli::exec(words, open_desk(), &mut console);
    assert!(exit.0 <= 4, "an exit code that nobody knows");
    assert!(exit.0 == 0 || !out.is_empty() || !err.is_empty(), "refused without a word");
    assert!(out.len() + err.len() < 4 << 20, "an answer that grows");
}

/// Key tables.
pub fn keys(data: &[u8]) {
    let _ = pulang::app::keymap::Keymap::parse(&text(data));
}

/// Screens of any cells, painted one after the other: bounded by their cells.
pub fn frames(data: &[u8]) {
    let settings = FrameSettings {
        painter: PainterSettings { color: ColorDepth::Ansi16 },
        is_synchronized: true,
        is_answer_wanted: true,
    };
    let (cols, rows) = (20, 6);
    let mut framer = Framer::new(cols, rows, settings);
    for screen in data.chunks(90).take(8) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
        let shown = text(screen);
        for (y, line) in (0..rows).zip(shown.split('\n')) {
            buffer.set_string(0, y, line, ratatui::style::Style::default());
        }
        let cursor = screen.first().map(|at| (u16::from(at % 24), u16::from(at % 7)));
        let frame = framer.compose(&buffer, cursor);
        assert!(frame.len() <= 64 * (shown.len() + usize::from(cols * rows)), "a frame that grows");
    }
}
