//! Keys in helix notation: letters stand for themselves, `<Enter>`, `<S-Tab>`, `<C-s>`, `<F6>`, `<lt>` for the rest.

use pulang::app::key::Key;

/// The keys of a script; a name that is no key stops the test.
pub fn read(script: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        if first == '<' {
            let end = rest.find('>').unwrap_or_else(|| panic!("no end of the key in {rest:?}"));
            keys.push(named(&rest[1..end]));
            rest = &rest[end + 1..];
        } else {
            keys.push(Key::Char(first));
            rest = &rest[first.len_utf8()..];
        }
    }
    keys
}

/// Text as a keyboard or a scanner types it: every character is itself, a line's end is Enter.
pub fn typed(text: &str) -> Vec<Key> {
    text.chars().map(|c| if c == '\n' { Key::Enter } else { Key::Char(c) }).collect()
}

fn named(name: &str) -> Key {
    match name {
        "Enter" => Key::Enter,
        "Esc" => Key::Esc,
        "Tab" => Key::Tab,
        "S-Tab" => Key::BackTab,
        "Space" => Key::Char(' '),
        "lt" => Key::Char('<'),
        "BS" => Key::Backspace,
        "Del" => Key::Delete,
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "PgUp" => Key::PageUp,
        "PgDn" => Key::PageDown,
        "Home" => Key::Home,
        "End" => Key::End,
        _ => numbered(name).unwrap_or_else(|| panic!("<{name}> is no key")),
    }
}

fn numbered(name: &str) -> Option<Key> {
    if let Some(letter) = name.strip_prefix("C-") {
        return letter.chars().next().map(Key::Ctrl);
    }
    name.strip_prefix('F')?.parse().ok().map(Key::F)
}

#[test]
fn scripts_are_read_as_they_are_written() {
    assert_eq!(read("n<Tab>3<C-s><F6>"), [Key::Char('n'), Key::Tab, Key::Char('3'), Key::Ctrl('s'), Key::F(6)]);
    assert_eq!(read("<lt><Space>"), [Key::Char('<'), Key::Char(' ')]);
    assert_eq!(typed("P<\n"), [Key::Char('P'), Key::Char('<'), Key::Enter]);
}
