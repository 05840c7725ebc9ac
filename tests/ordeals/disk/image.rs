//! What a power cut leaves: everything that was synced, and of the rest whatever the machine happened to have written.
//!
//! In strict order a prefix of what was not synced is there, its last write torn between two sectors. In random order each
//! sector of each write is there or not, whatever came before it, and each folder has its own prefix of new, changed and
//! removed names. Files grow with zeros where nothing arrived, as they do on ext4. A sync that was told is always kept.

use super::recording::{Node, Op, Recording};
use crate::measure::Chance;
use std::collections::HashMap;
use std::path::Path;

const SECTOR: usize = 512;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Strict,
    Random,
}

/// The power fails before an operation of a recording.
pub struct Cut<'a> {
    recording: &'a Recording,
    at: usize,
    order: Order,
    /// In strict order: the first operation that did not arrive.
    lost_from: usize,
    /// In random order: of a hundred sectors so many arrive.
    percent: u64,
    /// The last sync of each node: what came before it stays.
    synced: Vec<usize>,
}

impl<'a> Cut<'a> {
    pub fn new(recording: &'a Recording, at: usize, order: Order, dice: &mut Chance) -> Self {
        let mut synced = vec![0; recording.is_dir.len()];
        for (nth, op) in recording.ops[..at].iter().enumerate() {
            if let Op::Sync { node } = op {
                synced[*node] = nth;
            }
        }
        let lost_from = at - dice.below(at.min(60) as u64 + 1) as usize;
        let percent = [0, 10, 50, 90, 100][dice.below(5) as usize];
        Self { recording, at, order, lost_from, percent, synced }
    }

    /// Puts what is left into an empty folder.
    pub fn write_to(&self, folder: &Path, dice: &mut Chance) {
        let names = self.names(dice);
        let files = self.files(dice);
        self.put(0, folder, &names, &files);
    }

    fn put(&self, dir: Node, folder: &Path, names: &HashMap<(Node, &str), Node>, files: &HashMap<Node, Vec<u8>>) {
        for (&(_, name), &node) in names.iter().filter(|((parent, _), _)| *parent == dir) {
            let path = folder.join(name);
            if self.recording.is_dir[node] {
                std::fs::create_dir(&path).unwrap();
                self.put(node, &path, names, files);
            } else {
                std::fs::write(&path, files.get(&node).map_or(&[][..], Vec::as_slice)).unwrap();
            }
        }
    }

    /// The names that are left, by folder.
    fn names(&self, dice: &mut Chance) -> HashMap<(Node, &str), Node> {
        let mut until: HashMap<Node, usize> = HashMap::new();
        let mut names: HashMap<(Node, &str), Node> = HashMap::new();
        for (nth, op) in self.recording.ops[..self.at].iter().enumerate() {
            let (Op::Link { dir, .. } | Op::Unlink { dir, .. } | Op::Rename { dir, .. }) = op else { continue };
            let until = *until.entry(*dir).or_insert_with(|| match self.order {
                Order::Strict => self.lost_from.max(self.synced[*dir]),
                Order::Random => {
                    let from = self.synced[*dir];
                    // As often as not nothing at all is lost, or everything.
                    let left = (self.at - from) as u64;
                    from + [0, left, dice.below(left + 1)][dice.below(3) as usize] as usize
                }
            });
            if nth >= until {
                continue;
            }
            match op {
                Op::Link { dir, name, node } => _ = names.insert((*dir, name), *node),
                Op::Unlink { dir, name } => _ = names.remove(&(*dir, name.as_str())),
                Op::Rename { dir, name, to_dir, to } => {
                    if let Some(node) = names.remove(&(*dir, name.as_str())) {
                        names.insert((*to_dir, to), node);
                    }
                }
                Op::Write { .. } | Op::Cut { .. } | Op::Sync { .. } | Op::Mark(_) => {}
            }
        }
        names
    }

    /// What is in the files, whatever they are called.
    fn files(&self, dice: &mut Chance) -> HashMap<Node, Vec<u8>> {
        let mut files: HashMap<Node, Vec<u8>> = HashMap::new();
        for (nth, op) in self.recording.ops[..self.at].iter().enumerate() {
            match op {
                Op::Write { node, at, bytes } => {
                    let file = files.entry(*node).or_default();
                    let bytes = &self.recording.raw[bytes.clone()];
                    match self.order {
                        _ if nth < self.synced[*node] => put(file, *at, bytes),
                        Order::Strict if nth < self.lost_from => put(file, *at, bytes),
                        Order::Strict if nth == self.lost_from => {
                            let sectors = dice.below((bytes.len() / SECTOR) as u64 + 1) as usize;
                            put(file, *at, &bytes[..sectors * SECTOR]);
                        }
                        Order::Strict => {}
                        Order::Random => self.scatter(file, *at, bytes, dice),
                    }
                }
                Op::Cut { node, len } => {
                    let is_kept = nth < self.synced[*node]
                        || match self.order {
                            Order::Strict => nth < self.lost_from,
                            Order::Random => dice.below(2) == 0,
                        };
                    if is_kept {
                        files.entry(*node).or_default().resize(*len as usize, 0);
                    }
                }
                Op::Link { .. } | Op::Unlink { .. } | Op::Rename { .. } | Op::Sync { .. } | Op::Mark(_) => {}
            }
        }
        files
    }

    /// Some sectors of a write arrive; the file may have grown all the same.
    fn scatter(&self, file: &mut Vec<u8>, at: u64, bytes: &[u8], dice: &mut Chance) {
        let (mut from, mut place) = (0, at as usize);
        while from < bytes.len() {
            let piece = (SECTOR - place % SECTOR).min(bytes.len() - from);
            if dice.below(100) < self.percent {
                put(file, place as u64, &bytes[from..from + piece]);
            }
            (from, place) = (from + piece, place + piece);
        }
        if dice.below(2) == 0 && file.len() < place {
            file.resize(place, 0);
        }
    }
}

fn put(file: &mut Vec<u8>, at: u64, bytes: &[u8]) {
    let (at, end) = (at as usize, at as usize + bytes.len());
    if bytes.is_empty() {
        return;
    }
    if file.len() < end {
        file.resize(end, 0);
    }
    file[at..end].copy_from_slice(bytes);
}
