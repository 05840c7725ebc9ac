//! Keys to commands, layer by layer, read from `assets/keys.toml`; the same table gives hints and help their key names.

use super::action::{Action, Layer};
use super::key::Key;
use std::collections::HashMap;

const BUILT_IN: &str = include_str!("../../assets/keys.toml");

/// Which command a key starts in a layer, and which keys start a command.
#[derive(Clone, Debug)]
pub struct Keymap {
    actions: HashMap<(Layer, Key), Action>,
    keys: HashMap<(Layer, Action), Vec<String>>,
}

/// Why a key table is refused: the place in it and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("keys: {0}")]
pub struct KeysError(pub String);

impl Keymap {
    /// The keys that ship with the program.
    ///
    /// # Panics
    /// Never: a test reads the same table.
    pub fn built_in() -> Self {
        Self::parse(BUILT_IN).expect("the shipped key table is tested")
    }

    /// Reads a key table.
    ///
    /// # Errors
    /// Unknown layers, commands or keys, a command outside its layers, two commands on one key, unsafe keys, and text
    /// layers that bind printable keys.
    pub fn parse(text: &str) -> Result<Self, KeysError> {
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| KeysError(e.message().to_owned()))?;
        let mut map = Self { actions: HashMap::new(), keys: HashMap::new() };
        for (section, bindings) in table.iter().filter(|(name, _)| *name != "version") {
            let bindings = bindings.as_table().ok_or_else(|| KeysError(format!("{section} is no section")))?;
            for (command, keys) in bindings {
                let action = Action::ALL.iter().copied().find(|a| a.code() == command);
                let action = action.ok_or_else(|| KeysError(format!("{section}.{command}: no such command")))?;
                let keys = keys.as_array().ok_or_else(|| KeysError(format!("{section}.{command} is no list")))?;
                let keys: Vec<&str> = keys.iter().filter_map(toml::Value::as_str).collect();
                for layer in Self::layers_of(section, action)? {
                    map.bind(layer, action, &keys)?;
                }
            }
        }
        Ok(map)
    }

    fn layers_of(section: &str, action: Action) -> Result<Vec<Layer>, KeysError> {
        if section == "every" {
            return Ok(action.layers().to_vec());
        }
        let layer = Layer::ALL.into_iter().find(|layer| layer.code() == section);
        let layer = layer.ok_or_else(|| KeysError(format!("{section}: no such layer")))?;
        if !action.layers().contains(&layer) {
            return Err(KeysError(format!("{section}.{}: the command does not live there", action.code())));
        }
        Ok(vec![layer])
    }

    fn bind(&mut self, layer: Layer, action: Action, names: &[&str]) -> Result<(), KeysError> {
        for name in names {
            let place = || format!("{}.{}: {name}", layer.code(), action.code());
            let key = read_key(name).ok_or_else(|| KeysError(format!("{} is no key that is safe", place())))?;
            if layer.is_text() && matches!(key, Key::Char(_)) {
                return Err(KeysError(format!("{} is text there", place())));
            }
            if let Some(other) = self.actions.insert((layer, key), action) {
                return Err(KeysError(format!("{} is taken by {}", place(), other.code())));
            }
        }
        self.keys.entry((layer, action)).or_default().extend(names.iter().map(ToString::to_string));
        Ok(())
    }

    /// The command that a key starts in a layer; capitals mean the small letter.
    pub fn action(&self, layer: Layer, key: Key) -> Option<Action> {
        let key = match key {
            Key::Char(c) => Key::Char(c.to_lowercase().next().unwrap_or(c)),
            other => other,
        };
        self.actions.get(&(layer, key)).copied()
    }

    /// The names of the keys that start a command in a layer, the one to show first.
    pub fn keys(&self, layer: Layer, action: Action) -> &[String] {
        self.keys.get(&(layer, action)).map_or(&[], Vec::as_slice)
    }
}

/// Reads `Enter`, `PgDn`, `F5`, `Ctrl+s`, `Space`, `Shift+Tab` or one character; `None` for what a terminal cannot send
/// safely: Ctrl keys that are other keys, belong to screen, tmux, flow control or job control, and everything with Alt.
fn read_key(name: &str) -> Option<Key> {
    const UNSAFE_CTRL: &str = "abhijmqvz";
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (c != '~' && !c.is_control() && !c.is_uppercase()).then_some(Key::Char(c));
    }
    if let Some(letter) = name.strip_prefix("Ctrl+") {
        let mut letters = letter.chars();
        let letter = letters.next().filter(char::is_ascii_lowercase)?;
        let is_single = letters.next().is_none();
        return (is_single && !UNSAFE_CTRL.contains(letter)).then_some(Key::Ctrl(letter));
    }
    if let Some(number) = name.strip_prefix('F') {
        return number.parse().ok().filter(|n| (1..=12).contains(n)).map(Key::F);
    }
    Some(match name {
        "Enter" => Key::Enter,
        "Esc" => Key::Esc,
        "Tab" => Key::Tab,
        "Shift+Tab" => Key::BackTab,
        "Space" => Key::Char(' '),
        "Ins" => Key::Insert,
        "Del" => Key::Delete,
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "PgUp" => Key::PageUp,
        "PgDn" => Key::PageDown,
        "Home" => Key::Home,
        "End" => Key::End,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_keys_are_safe_and_never_clash() {
        Keymap::parse(BUILT_IN).expect("a table without clashes");
    }

    #[test]
    fn every_unsafe_or_clashing_key_is_refused_by_name() {
        for (table, part) in [
            ("[list]\nopen = [\"Alt+x\"]", "Alt+x"),
            ("[list]\nopen = [\"Ctrl+m\"]", "Ctrl+m"),
            ("[list]\nopen = [\"Ctrl+A\"]", "Ctrl+A"),
            ("[list]\nopen = [\"Ctrl+1\"]", "Ctrl+1"),
            ("[list]\nopen = [\"J\"]", "J"),
            ("[list]\nopen = [\"~\"]", "~"),
            ("[list]\nopen = [\"F13\"]", "F13"),
            ("[list]\nopen = [\"j\"]\ndown = [\"j\"]", "taken"),
            ("[form]\nsave = [\"x\"]", "text"),
            ("[list]\nsave = [\"x\"]", "live"),
            ("[nowhere]\nsave = [\"x\"]", "layer"),
            ("[list]\ndance = [\"x\"]", "command"),
        ] {
            let error = Keymap::parse(table).expect_err(table).to_string();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn capitals_mean_the_small_letter_in_command_layers() {
        let map = Keymap::built_in();
        for letter in 'a'..='z' {
            let upper = Key::Char(letter.to_ascii_uppercase());
            assert_eq!(map.action(Layer::List, Key::Char(letter)), map.action(Layer::List, upper));
        }
        assert_eq!(map.action(Layer::List, Key::Char('T')), Some(Action::Move));
    }

    #[test]
    fn p_starts_nothing_where_a_scanner_may_type_a_passport() {
        let map = Keymap::built_in();
        for layer in [Layer::List, Layer::Case, Layer::Today, Layer::Inbox, Layer::Sheet, Layer::Counts, Layer::Preview]
        {
            assert_eq!(map.action(layer, Key::Char('P')), None);
        }
    }
}
