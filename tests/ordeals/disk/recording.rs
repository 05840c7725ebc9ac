//! A recording of the layer, read back: what was done to which file or folder, in order. Names are resolved here, once, so
//! that a later choice of what a power cut left cannot mistake one file for another.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

/// A file or folder; the first is the folder of the layer.
pub type Node = usize;

pub enum Op {
    /// A name for a new file or folder.
    Link {
        dir: Node,
        name: String,
        node: Node,
    },
    Unlink {
        dir: Node,
        name: String,
    },
    Rename {
        dir: Node,
        name: String,
        to_dir: Node,
        to: String,
    },
    /// Bytes of the recording that were written at a place.
    Write {
        node: Node,
        at: u64,
        bytes: Range<usize>,
    },
    Cut {
        node: Node,
        len: u64,
    },
    /// Everything done to a file, or to the names in a folder, is on the disk.
    Sync {
        node: Node,
    },
    Mark(String),
}

pub struct Recording {
    pub raw: Vec<u8>,
    pub ops: Vec<Op>,
    /// Whether a node is a folder.
    pub is_dir: Vec<bool>,
}

const HEAD: usize = 21;

struct Reading<'a> {
    root: &'a str,
    is_dir: Vec<bool>,
    names: HashMap<(Node, String), Node>,
    files: HashMap<u64, Node>,
}

impl Recording {
    /// Reads a recording of an empty folder's life.
    pub fn read(log: &Path, root: &Path) -> Self {
        let raw = std::fs::read(log).unwrap();
        let root = root.to_str().unwrap();
        let mut reading = Reading { root, is_dir: vec![true], names: HashMap::new(), files: HashMap::new() };
        let mut ops = Vec::new();
        let mut at = 0;
        while at + HEAD <= raw.len() {
            let number = |from: usize| u64::from_le_bytes(raw[at + from..at + from + 8].try_into().unwrap());
            let len = u32::from_le_bytes(raw[at + 17..at + 21].try_into().unwrap()) as usize;
            let bytes = at + HEAD..at + HEAD + len;
            // A child that was killed may leave half an entry.
            let Some(found) = raw.get(bytes.clone()) else { break };
            let text = String::from_utf8_lossy(if raw[at] == b'W' { b"" } else { found }).into_owned();
            ops.extend(reading.op(raw[at], number(1), number(9), bytes.clone(), &text));
            at = bytes.end;
        }
        Self { raw, ops, is_dir: reading.is_dir }
    }

    /// Where a marker stands first.
    pub fn marks_at(&self, words: &str) -> Option<usize> {
        self.ops.iter().position(|op| matches!(op, Op::Mark(mark) if mark == words))
    }

    /// The place after the next marker from here on, or the end.
    pub fn next_mark(&self, from: usize) -> usize {
        let found = self.ops[from..].iter().position(|op| matches!(op, Op::Mark(_)));
        found.map_or(self.ops.len(), |after| from + after + 1)
    }

    /// The markers before an operation.
    pub fn marks(&self, before: usize) -> impl Iterator<Item = Vec<&str>> {
        self.ops[..before].iter().filter_map(|op| match op {
            Op::Mark(words) => Some(words.split(' ').collect()),
            _ => None,
        })
    }
}

impl Reading<'_> {
    fn op(&mut self, kind: u8, ino: u64, at: u64, bytes: Range<usize>, text: &str) -> Option<Op> {
        let file = |files: &HashMap<u64, Node>| *files.get(&ino).unwrap_or_else(|| panic!("a file made unseen: {ino}"));
        Some(match kind {
            b'M' => Op::Mark(text.to_owned()),
            b'W' => Op::Write { node: file(&self.files), at, bytes },
            b'T' => Op::Cut { node: file(&self.files), len: at },
            b'S' => Op::Sync { node: file(&self.files) },
            b'Y' => Op::Sync { node: self.find(text) },
            b'C' | b'D' => {
                let (dir, name) = self.place(text);
                let node = self.is_dir.len();
                self.is_dir.push(kind == b'D');
                self.names.insert((dir, name.clone()), node);
                if kind == b'C' {
                    self.files.insert(ino, node);
                }
                Op::Link { dir, name, node }
            }
            b'U' | b'X' => {
                let (dir, name) = self.place(text);
                self.names.remove(&(dir, name.clone()));
                Op::Unlink { dir, name }
            }
            b'R' => {
                let (from, to) = text.split_once('\0').unwrap();
                let ((dir, name), (to_dir, to)) = (self.place(from), self.place(to));
                let node = self.names.remove(&(dir, name.clone())).unwrap();
                self.names.insert((to_dir, to.clone()), node);
                Op::Rename { dir, name, to_dir, to }
            }
            // Opened again: known already.
            b'E' => return None,
            other => panic!("an entry of kind {other}"),
        })
    }

    fn place(&self, path: &str) -> (Node, String) {
        let (dir, name) = path.rsplit_once('/').unwrap();
        (self.find(dir), name.to_owned())
    }

    fn find(&self, path: &str) -> Node {
        let inside = path.strip_prefix(self.root).unwrap();
        inside.split('/').filter(|name| !name.is_empty()).fold(0, |dir, name| {
            *self.names.get(&(dir, name.to_owned())).unwrap_or_else(|| panic!("{path}: a name made unseen"))
        })
    }
}
