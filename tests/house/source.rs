//! Reads Rust sources as the house's test needs them: code without remarks and strings, and the paths in it. Not a parser.

use std::path::Path;

/// One file, by its path below the crate's folder.
#[derive(Clone)]
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// Folders and the stem: `["src", "app", "form", "entry"]`.
    pub fn parts(&self) -> Vec<&str> {
        self.path.trim_end_matches(".rs").split('/').collect()
    }

    /// The room a file of `src/` belongs to: its folder, or its own name.
    pub fn room(&self) -> String {
        self.parts()[1].to_owned()
    }

    /// How many modules deep the file is: 0 for the crate's root.
    pub fn depth(&self) -> usize {
        let parts = self.parts();
        match parts[..] {
            [_, "lib" | "main"] => 0,
            [.., "mod"] => parts.len() - 2,
            _ => parts.len() - 1,
        }
    }
}

/// Every Rust file below a folder of the crate, in the order of their paths.
pub fn sources(folder: &str) -> Vec<Source> {
    fn walk(root: &Path, at: &Path, found: &mut Vec<Source>) {
        for entry in std::fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                walk(root, &entry, found);
            } else if entry.extension().is_some_and(|end| end == "rs") {
                let path = entry.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.push(Source { path, text: std::fs::read_to_string(&entry).unwrap() });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(root, &root.join(folder), &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

/// The code of a file: remarks, strings and characters are blanked, lines stay where they are.
pub struct Code(String);

impl Code {
    pub fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while at < chars.len() {
            let end = skipped(&chars, at);
            if end == at {
                out.push(chars[at]);
                at += 1;
            } else {
                out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
                at = end;
            }
        }
        Self(out)
    }

    /// The line of the first place where the name stands, counted from 1.
    pub fn line_with(&self, name: &str) -> Option<usize> {
        self.0.find(name).map(|at| self.line(at))
    }

    /// The line of the first path that begins with this crate's name.
    pub fn line_of_crate(&self, name: &str) -> Option<usize> {
        let ends = |at: usize| !self.0[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        let begins = |at: usize| {
            let rest = &self.0[at + name.len()..];
            rest.starts_with("::") || (rest.starts_with(';') && self.0[..at].ends_with("use "))
        };
        self.0.match_indices(name).map(|(at, _)| at).find(|at| ends(*at) && begins(*at)).map(|at| self.line(at))
    }

    /// Every path to a room: from `crate`, from `pulang` (the binary), and from `super` where it climbs to the root of a
    /// file that is `depth` modules deep. Modules written inside a file count as one deeper.
    pub fn paths_from_root(&self, depth: usize) -> Vec<(usize, String)> {
        let inline = self.0.find("mod tests {").unwrap_or(self.0.len());
        let mut found = Vec::new();
        for root in ["crate", "pulang", "super"] {
            for (at, _) in self.0.match_indices(root) {
                let before = &self.0[..at];
                if before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                    continue;
                }
                let mut rest = &self.0[at + root.len()..];
                let mut climbed = 1;
                while let Some(higher) = rest.strip_prefix("::super").filter(|_| root == "super") {
                    (rest, climbed) = (higher, climbed + 1);
                }
                let is_root = root != "super" || climbed == depth + usize::from(at > inline);
                if let Some(rest) = rest.strip_prefix("::").filter(|_| is_root) {
                    found.extend(firsts(rest).into_iter().map(|to| (at, to)));
                }
            }
        }
        found.sort();
        found.into_iter().map(|(at, to)| (self.line(at), to)).collect()
    }

    fn line(&self, at: usize) -> usize {
        self.0[..at].matches('\n').count() + 1
    }
}

/// The first names of a path, or of every path of a list in braces. Names of items at the root itself are rooms too.
fn firsts(rest: &str) -> Vec<String> {
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(list) = rest.strip_prefix('{') else {
        return vec![name(rest)].into_iter().filter(|n| !n.is_empty()).collect();
    };
    let (mut level, mut start, mut found) = (1, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => level += 1,
            '}' => level -= 1,
            _ => {}
        }
        if (c == ',' && level == 1) || level == 0 {
            found.push(name(&list[start..at]));
            start = at + 1;
        }
        if level == 0 {
            break;
        }
    }
    found.into_iter().filter(|name| !name.is_empty()).collect()
}

/// Where the remark, string or character ends that begins here; the same place where none does.
fn skipped(chars: &[char], at: usize) -> usize {
    let find = |from: usize, sign: &[char]| {
        (from..chars.len()).find(|i| chars[*i..].starts_with(sign)).map_or(chars.len(), |i| i + sign.len())
    };
    match chars[at..] {
        ['/', '/', ..] => find(at, &['\n']) - 1,
        ['/', '*', ..] => find(at + 2, &['*', '/']),
        ['"', ..] => quoted(chars, at),
        ['r', '"' | '#', ..] if at == 0 || !(chars[at - 1].is_alphanumeric() || chars[at - 1] == '_') => {
            let signs = chars[at + 1..].iter().take_while(|c| **c == '#').count();
            if chars.get(at + 1 + signs) != Some(&'"') {
                return at;
            }
            let mut end = vec!['"'];
            end.extend(std::iter::repeat_n('#', signs));
            find(at + 2 + signs, &end)
        }
        ['\'', '\\', ..] => find(at + 3, &['\'']),
        ['\'', _, '\'', ..] => at + 3,
        _ => at,
    }
}

fn quoted(chars: &[char], at: usize) -> usize {
    let mut i = at + 1;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    (i + 1).min(chars.len())
}
