//! What an operator presses next, place by place: mostly what makes sense there, and now and then what nobody would.

use super::people;
use crate::dice::Dice;
use pulang::app::action::{Action, Layer};
use pulang::app::key::{Input, Key};
use pulang::app::{App, Room};
use pulang::domain::status::Status;

/// Sizes of terminals, those too small for anything among them.
const SIZES: [(u16, u16); 8] = [(80, 24), (80, 24), (160, 48), (60, 16), (120, 30), (40, 10), (39, 9), (200, 60)];
/// Commands that have no key everywhere, found by their name.
const NAMED: [Action; 23] = [
    Action::Inbox,
    Action::Offer,
    Action::Share,
    Action::Revoke,
    Action::AskAccess,
    Action::Inquire,
    Action::Handover,
    Action::Seal,
    Action::Seal,
    Action::Name,
    Action::Birth,
    Action::Track,
    Action::Die,
    Action::HandToLaw,
    Action::Screening,
    Action::Finding,
    Action::SaveView,
    Action::Language,
    Action::Elsewhere,
    Action::Office,
    Action::Operator,
    Action::Redo,
    Action::More,
];

/// Keys one after the other.
struct Script(Vec<Input>);

impl Script {
    fn key(mut self, key: Key) -> Self {
        self.0.push(Input::Key(key));
        self
    }

    fn text(mut self, text: &str) -> Self {
        let key = |c| if c == '\n' { Key::Enter } else { Key::Char(c) };
        self.0.extend(text.chars().filter(|c| *c == '\n' || !c.is_control()).map(|c| Input::Key(key(c))));
        self
    }

    fn paste(mut self, text: &str) -> Self {
        self.0.push(Input::Paste(text.to_owned()));
        self
    }
}

/// The next few inputs of somebody who sees this screen.
pub fn next(app: &App, dice: &mut Dice) -> Vec<Input> {
    let none = Script(Vec::new());
    let script = match dice.below(200) {
        0 => garbage(none, dice),
        1 => (0..2 + dice.below(9)).fold(none, |script, _| script.key(Key::Esc)),
        2 => none.text(&people::scan(dice)),
        3 => none.paste(dice.pick::<&str>(&people::GARBAGE)),
        4 => {
            let (cols, rows) = *dice.pick(&SIZES);
            Script(vec![Input::Resize { cols, rows }])
        }
        5 => none.key(Key::Ctrl('c')),
        6 => none.key(Key::F(9)).text("abc").key(Key::Enter),
        7 => none.key(Key::Ctrl('g')),
        _ => sensible(app, none, dice),
    };
    script.0
}

fn garbage(script: Script, dice: &mut Dice) -> Script {
    (0..1 + dice.below(20)).fold(script, |script, _| {
        let letter = (b'a' + dice.below(26) as u8) as char;
        script.key(match dice.below(6) {
            0 => Key::Ctrl(letter),
            1 => Key::F(1 + dice.below(12) as u8),
            2 => *dice.pick(&[Key::Left, Key::Right, Key::Insert, Key::Delete, Key::BackTab, Key::Backspace]),
            3 => Key::Char((b'!' + dice.below(90) as u8) as char),
            4 => Key::Char(letter.to_ascii_uppercase()),
            _ => Key::Char(letter),
        })
    })
}

fn sensible(app: &App, script: Script, dice: &mut Dice) -> Script {
    match app.layer() {
        Layer::List => list(app, script, dice),
        Layer::Case => case(app, script, dice),
        Layer::Today => {
            let keys =
                [Key::Down, Key::Up, Key::Enter, Key::End, Key::Char('b'), Key::Char('r'), Key::Char('u'), Key::Esc];
            script.key(*dice.pick(&keys))
        }
        Layer::Trail => {
            let keys = [Key::Down, Key::PageDown, Key::Home, Key::Enter, Key::Char('r'), Key::Esc, Key::Esc];
            script.key(*dice.pick(&keys))
        }
        Layer::Inbox => {
            let keys = [Key::Down, Key::Enter, Key::Char('l'), Key::Delete, Key::Char('r'), Key::Esc, Key::Esc];
            script.key(*dice.pick(&keys))
        }
        Layer::Counts => script.key(*dice.pick(&[Key::Down, Key::PageDown, Key::Char('r'), Key::Esc, Key::Esc])),
        Layer::Sheet => script.key(*dice.pick(&[Key::Down, Key::PageDown, Key::Char('a'), Key::Esc, Key::Esc])),
        Layer::Import => import(script, dice),
        Layer::Compare => {
            let keys = [Key::Char('s'), Key::Char('l'), Key::Down, Key::Enter, Key::Esc, Key::Esc];
            script.key(*dice.pick(&keys))
        }
        Layer::Preview => script.key(*dice.pick(&[Key::Down, Key::PageDown, Key::Up, Key::Home, Key::Esc, Key::Esc])),
        Layer::Move => moving(app, script, dice),
        Layer::Form => form(app, script, dice),
        Layer::Prompt => prompt(app, script, dice),
        Layer::Pick => pick(script, dice),
        Layer::Confirm => script.key(if dice.one_in(5) { Key::Char('x') } else { Key::Enter }),
        Layer::Refused => {
            let script = if dice.one_in(3) { script.text("siti") } else { script };
            script.key(Key::Esc)
        }
        Layer::Blank if app.curtain.is_some() && !dice.one_in(4) => {
            script.key(Key::Enter).text(&app.lock_word()).key(Key::Enter)
        }
        Layer::Blank => script.key(if dice.one_in(4) { Key::Char('q') } else { Key::Enter }),
    }
}

fn list(app: &App, script: Script, dice: &mut Dice) -> Script {
    match dice.below(40) {
        0..=7 => (0..1 + dice.below(6)).fold(script, |script, _| script.key(Key::Down)),
        8 => script.key(*dice.pick(&[Key::Home, Key::End, Key::PageDown, Key::PageUp, Key::Up])),
        9..=11 => script.key(Key::Enter),
        12 | 13 => script.key(Key::Char('n')),
        14 => script.key(Key::Char('e')),
        15..=17 => script.key(Key::Char('t')),
        18 => script.key(Key::Char('g')),
        19 => script.key(*dice.pick(&[Key::Char('m'), Key::Char('f'), Key::Char('+')])),
        20 => script.key(Key::Char('l')),
        21 => script.key(Key::Char('a')),
        22 | 23 => (0..1 + dice.below(4)).fold(script, |script, _| script.key(Key::Char(' '))),
        24 => script.text("-/").text(&people::query(dice)).text("\n*").key(Key::Char('t')),
        25 => script.key(Key::Char('-')),
        26 | 27 => script.key(Key::Char('/')).key(Key::Ctrl('u')).text(&people::query(dice)).key(Key::Enter),
        28 => script.key(Key::Char('\\')),
        29 => script.key(Key::Char('v')),
        30 => script.key(Key::Char('s')).key(Key::Char((b'1' + dice.below(5) as u8) as char)).key(Key::Enter),
        31 => script.key(Key::Char('r')),
        32 => script.key(Key::Char('h')),
        33 => script.key(Key::Char('i')),
        34 => script.key(Key::Char('d')),
        35 | 36 => script.key(Key::Char('u')).key(Key::Enter),
        37 => script.key(Key::Char('?')),
        38 if dice.one_in(20) => script.key(Key::Char('q')),
        38 => script.key(Key::Char('b')),
        _ => named(app, script, dice),
    }
}

/// A command by its name in the palette.
fn named(app: &App, script: Script, dice: &mut Dice) -> Script {
    let action = *dice.pick(&NAMED);
    let name = app.texts.get(&format!("cmd-{}", action.code())).into_owned();
    script.key(Key::F(2)).text(&name).key(Key::Enter)
}

fn case(app: &App, script: Script, dice: &mut Dice) -> Script {
    match dice.below(20) {
        0 | 1 => script.key(Key::Char('t')),
        2 | 3 => script.key(Key::Char('e')),
        4 => script.key(Key::Char(']')),
        5 => script.key(Key::Char('[')),
        6 => script.key(Key::Char('m')),
        7 => script.key(Key::Char('f')),
        8 => script.key(Key::Char('l')),
        9 => script.key(Key::Char('c')),
        10 => script.key(Key::Char('u')).key(Key::Enter),
        11 => script.key(Key::Char('o')),
        12 => script.key(Key::Char('a')),
        13 => script.key(Key::Down).key(Key::PageDown).key(Key::Up),
        14 => script.key(Key::Char('g')),
        15 => script.key(Key::Char('+')),
        16 | 17 => named(app, script, dice),
        _ => script.key(Key::Esc),
    }
}

fn import(script: Script, dice: &mut Dice) -> Script {
    match dice.below(12) {
        0..=3 => script.key(Key::Ctrl('s')),
        4 => script.key(Key::Char('n')),
        5 => script.key(Key::Char(' ')),
        6 => script.key(Key::Char('e')),
        7 => script.key(Key::Char('c')),
        8 => script.key(Key::Char('m')),
        9 => script.key(Key::Down).key(Key::End),
        _ => script.key(Key::Esc),
    }
}

fn moving(app: &App, script: Script, dice: &mut Dice) -> Script {
    let Some(Room::Moving(moving)) = app.rooms.last() else { return script.key(Key::Esc) };
    if moving.is_typing() {
        return script.text("alasan contoh lengkap").key(Key::Enter);
    }
    match dice.below(16) {
        0..=4 => {
            let open = moving.targets.iter().filter(|target| target.obstacles.is_empty()).map(|target| target.status);
            let open: Vec<Status> = open.collect();
            let to = if open.is_empty() || dice.one_in(3) { *dice.pick(&Status::ALL) } else { *dice.pick(&open) };
            script.key(Key::Char(to.letter()))
        }
        5..=9 => script.key(Key::Enter),
        10 | 11 => script.key(Key::F(4)),
        12 => script.key(Key::F(6)).text("keadaan darurat malam").key(Key::Enter),
        13 => script.key(Key::Char(' ')),
        14 => script.key(*dice.pick(&[Key::Down, Key::End, Key::Delete, Key::F(3), Key::PageDown])),
        _ => script.key(Key::Esc),
    }
}

fn form(app: &App, mut script: Script, dice: &mut Dice) -> Script {
    let Some(Room::Form(form)) = app.rooms.last() else { return script.key(Key::Esc) };
    match dice.below(20) {
        // A whole form from here on, as somebody does who knows it.
        0..=7 => {
            for entry in form.entries.iter().skip(form.at).take(1 + dice.below(9)) {
                if !dice.one_in(4) {
                    let text = people::typed(entry.slot.field, dice, app.now());
                    script = script.key(Key::Ctrl('u')).text(&text);
                }
                script = script.key(Key::Tab);
            }
            if dice.one_in(2) { script.key(Key::Ctrl('s')) } else { script }
        }
        8..=10 => {
            let field = form.entries.get(form.at).map(|entry| entry.slot.field);
            let text = field.map(|field| people::typed(field, dice, app.now())).unwrap_or_default();
            script.text(&text)
        }
        11..=13 => script.key(Key::Ctrl('s')),
        14 => script.key(*dice.pick(&[Key::PageDown, Key::PageUp, Key::F(5), Key::BackTab, Key::F(3), Key::Ctrl('k')])),
        15 => script.key(Key::Down).key(Key::Up).key(Key::Backspace).key(Key::Delete),
        16 => script.paste(&people::query(dice)),
        17 => script.key(Key::Tab),
        _ => script.key(Key::Esc),
    }
}

fn prompt(app: &App, script: Script, dice: &mut Dice) -> Script {
    if let Some(Room::Reason(_)) = app.rooms.last() {
        return match dice.below(4) {
            0 => script.key(Key::Esc),
            1 => script.text("singkat").key(Key::Enter),
            _ => script.text("perlu untuk serah terima").key(Key::Enter).key(Key::Enter),
        };
    }
    match dice.below(8) {
        0 => script.key(Key::Esc),
        1 | 2 => script.paste(&people::manifest(dice)),
        3 => script.key(Key::Ctrl('s')),
        4 => script.text("tests/data/manifest_110.csv").key(Key::Enter),
        5 => script.key(Key::Tab).key(Key::Enter),
        _ => script.key(Key::Ctrl('u')).text(&people::query(dice)).key(Key::Enter),
    }
}

fn pick(script: Script, dice: &mut Dice) -> Script {
    match dice.below(8) {
        0 => script.key(Key::Esc),
        1 => script.key(Key::Delete),
        2 => script.text(dice.pick::<&str>(&["s", "ja", "kas", "zz"])).key(Key::Enter),
        3 => script.key(Key::Char((b'1' + dice.below(9) as u8) as char)),
        _ => (0..dice.below(6)).fold(script, |script, _| script.key(Key::Down)).key(Key::Enter),
    }
}
