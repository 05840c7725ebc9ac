//! A query made ready for the pages: what is sought is prepared once, the most telling part is asked first, and a page is
//! done with as soon as nobody on it is left.
//!
//! What a test means is the query's ([`Test::fits`]); here is only how to ask it of 256 cases at once. Never holds a lock.

use super::page::{Page, Texts};
use super::seen::{choices, links, marks, measures};
use super::{Bits, Index, ROWS, Registers, Seen};
use crate::domain::query::{Find, Measure, Node, Place, Test};
use memchr::memmem::Finder;
use std::ops::Range;

/// A bit for each slot of a page.
pub(super) type Slots = [u64; ROWS / 64];

/// Pages looked at to find out which part of a query is the most telling.
const SAMPLE: usize = 32;
/// From so many pages on two threads look at them: a quarter of a million cases.
const MANY: usize = 1_000;
/// Up to so many cases of a page are looked at one by one: a pass over its texts costs more.
const FEW: u32 = 12;

/// A query, prepared.
pub(super) enum Plan<'a> {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Fact(&'a Test),
    Text(Text<'a>),
    Rows(Bits),
}

/// A text that is sought, prepared.
pub(super) struct Text<'a> {
    test: &'a Test,
    find: &'a Find,
    in_names: Vec<Needle>,
    in_keys: Vec<Needle>,
    /// A part that may stand anywhere is found where it stands; everything else is looked at again.
    is_sure: bool,
}

struct Needle {
    finder: Finder<'static>,
    has_digit: bool,
    letters: u32,
}

impl Index {
    /// The rows among these that fit and stand on some of the pages.
    pub(super) fn sieve(&self, node: &Node, within: &Bits, pages: Range<usize>) -> Bits {
        let plan = self.plan(node);
        if pages.len() < MANY {
            return self.sieved(&plan, within, pages);
        }
        // What is read is the memory of all texts: two processors read it in half the time.
        let middle = pages.start + pages.len() / 2;
        std::thread::scope(|scope| {
            let behind = scope.spawn(|| self.sieved(&plan, within, middle..pages.end));
            let mut found = self.sieved(&plan, within, pages.start..middle);
            found.add(&behind.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            found
        })
    }

    /// The rows on these pages.
    fn sieved(&self, plan: &Plan<'_>, within: &Bits, pages: Range<usize>) -> Bits {
        let mut found = Bits::none(self.rows.len());
        for at in pages {
            let asked = within.page(at);
            if asked != Slots::default() {
                found.set_page(at, plan.of_page(&self.rows.pages[at], at, &self.rows.registers, asked));
            }
        }
        found
    }

    fn plan<'a>(&self, node: &'a Node) -> Plan<'a> {
        let of = |parts: &'a [Node]| parts.iter().map(|part| self.plan(part)).collect::<Vec<_>>();
        match node {
            Node::All(parts) => {
                let mut parts = of(parts);
                if parts.len() > 1 {
                    parts.sort_by_cached_key(|part| self.sampled(part));
                }
                Plan::All(parts)
            }
            Node::Any(parts) => Plan::Any(of(parts)),
            Node::Not(part) => Plan::Not(Box::new(self.plan(part))),
            Node::Is(term) => {
                let plan = match &*term.tests {
                    [test] => self.test(test),
                    tests => Plan::Any(tests.iter().map(|test| self.test(test)).collect()),
                };
                if term.is_negated { Plan::Not(Box::new(plan)) } else { plan }
            }
        }
    }

    fn test<'a>(&self, test: &'a Test) -> Plan<'a> {
        match test {
            Test::Find(find) if find.place != Place::Group => Plan::Text(Text::new(test, find)),
            // The running number alone is one row a year, and there is an order of numbers.
            Test::Span(Measure::Running, from, before) if *before == *from + 1 && (0..1_000_000).contains(from) => {
                let mut rows = Bits::none(self.rows.len());
                self.by_running(*from as u32).for_each(|row| rows.set(row, true));
                Plan::Rows(rows)
            }
            _ => Plan::Fact(test),
        }
    }

    /// How many cases of a few pages fit.
    fn sampled(&self, plan: &Plan) -> u32 {
        let pages = &self.rows.pages;
        let sample = pages.iter().enumerate().step_by((pages.len() / SAMPLE).max(1));
        let whole = |page: &Page| each([u64::MAX; 4], |slot| slot < page.len());
        sample.map(|(at, page)| count(plan.of_page(page, at, &self.rows.registers, whole(page)))).sum()
    }
}

impl Plan<'_> {
    /// Those of these slots of a page that fit.
    fn of_page(&self, page: &Page, at: usize, registers: &Registers, within: Slots) -> Slots {
        let none = Slots::default();
        match self {
            Self::All(parts) => parts
                .iter()
                .fold(within, |left, part| if left == none { none } else { part.of_page(page, at, registers, left) }),
            Self::Any(parts) => parts
                .iter()
                .fold(none, |found, part| both(found, part.of_page(page, at, registers, within), |a, b| a | b)),
            Self::Not(part) => both(within, part.of_page(page, at, registers, within), |a, b| a & !b),
            Self::Rows(rows) => both(within, rows.page(at), |a, b| a & b),
            Self::Text(text) => text.of_page(page, registers, within),
            Self::Fact(test) => of_facts(test, page, registers, within),
        }
    }
}

fn both(a: Slots, b: Slots, join: impl Fn(u64, u64) -> u64) -> Slots {
    std::array::from_fn(|word| join(a[word], b[word]))
}

fn count(slots: Slots) -> u32 {
    slots.iter().map(|word| word.count_ones()).sum()
}

/// Those of these slots that pass a look, asked one by one.
fn each(within: Slots, fits: impl Fn(usize) -> bool) -> Slots {
    std::array::from_fn(|nth| {
        let (mut left, mut found) = (within[nth], 0);
        while left != 0 {
            let bit = left.trailing_zeros();
            left &= left - 1;
            found |= u64::from(fits(nth * 64 + bit as usize)) << bit;
        }
        found
    })
}

/// Those of these slots whose fact passes: the whole column at once, which a processor does many at a time.
fn column<T: Copy>(column: &[T; ROWS], within: Slots, fits: impl Fn(T) -> bool) -> Slots {
    let (words, _) = column.as_chunks::<64>();
    std::array::from_fn(|nth| {
        let found = words[nth].iter().enumerate().fold(0, |word, (bit, fact)| word | u64::from(fits(*fact)) << bit);
        found & within[nth]
    })
}

fn of_facts(test: &Test, page: &Page, registers: &Registers, within: Slots) -> Slots {
    let facts = &page.facts;
    match test {
        Test::Choice(what, places) => column(choices(facts, *what), within, |place| Test::is_choice(*places, place)),
        Test::Marks(what, bits) => column(marks(facts, *what), within, |marks| Test::is_marked(*bits, marks)),
        Test::Span(what, from, before) if let Some(measure) = measures(facts, *what) => {
            column(measure, within, |n| n != 0 && (*from..*before).contains(&i64::from(n)))
        }
        Test::Home(area) => column(&facts.home, within, |home| Test::is_home(*area, home)),
        Test::Link(what, id) => {
            let (register, places) = links(facts, registers, *what);
            match id.map(|id| register.find(id)) {
                None => column(places, within, |place| place == 0),
                Some(None) => Slots::default(),
                Some(Some(wanted)) => column(places, within, |place| place == wanted),
            }
        }
        // Days say how many years at least and at most; only where that leaves a doubt are the dates worked out.
        Test::Span(Measure::Age, from, before) => each(within, |slot| {
            let days = i64::from(facts.interest_on[slot]) - i64::from(facts.birth[slot]);
            let (least, most) = (days / 366, days / 365);
            match (facts.birth[slot], (*from..*before).contains(&least), (*from..*before).contains(&most)) {
                (0, ..) => false,
                (_, true, true) if days >= 0 => true,
                (_, false, false) if least == most && days >= 0 => false,
                _ => test.fits(&Seen { page, slot, registers }),
            }
        }),
        _ => each(within, |slot| test.fits(&Seen { page, slot, registers })),
    }
}

impl<'a> Text<'a> {
    fn new(test: &'a Test, find: &'a Find) -> Self {
        let needles = |texts: &[&String]| {
            let some = texts.iter().filter(|text| !text.is_empty());
            some.map(|text| Needle {
                finder: Finder::new(text.as_bytes()).into_owned(),
                has_digit: super::page::has_digit(text),
                letters: super::page::letters(text),
            })
            .collect()
        };
        let is_named = matches!(find.place, Place::Anywhere | Place::Name);
        Self {
            test,
            find,
            in_names: if is_named { needles(&[&find.letters, &find.sound]) } else { Vec::new() },
            in_keys: needles(&find.pieces.iter().collect::<Vec<_>>()),
            is_sure: find.place == Place::Anywhere && !find.is_whole,
        }
    }

    fn of_page(&self, page: &Page, registers: &Registers, within: Slots) -> Slots {
        let in_names = self.in_names.iter().filter(|needle| page.has_digits || !needle.has_digit);
        let in_keys = self.in_keys.iter().filter(|needle| needle.letters & !page.key_letters == 0);
        if count(within) <= FEW {
            let is_in =
                |texts: &Texts, slot: usize, needle: &Needle| needle.finder.find(texts.of(slot).as_bytes()).is_some();
            return each(within, |slot| {
                if !self.is_sure {
                    return self.test.fits(&Seen { page, slot, registers });
                }
                in_names.clone().any(|needle| is_in(&page.names, slot, needle))
                    || in_keys.clone().any(|needle| is_in(&page.keys, slot, needle))
            });
        }
        let mut found = Slots::default();
        let mut hit = |slot: usize, fits: &dyn Fn() -> bool| {
            let (word, bit) = (slot / 64, 1 << (slot % 64));
            if within[word] & bit != 0 && (self.is_sure || fits()) {
                found[word] |= bit;
            }
        };
        for needle in in_names {
            hits(&page.names, &needle.finder, |slot| hit(slot, &|| self.find.is_in_names(page.names.of(slot))));
        }
        for needle in in_keys {
            hits(&page.keys, &needle.finder, |slot| hit(slot, &|| self.find.is_in_keys(page.keys.of(slot))));
        }
        found
    }
}

/// Every slot in whose text the needle is, once each.
fn hits(texts: &Texts, needle: &Finder, mut hit: impl FnMut(usize)) {
    let (text, ends) = (texts.text.as_bytes(), &texts.ends);
    let length = needle.needle().len();
    let (mut from, mut slot) = (0, 0);
    while let Some(at) = needle.find(&text[from..]) {
        let start = from + at;
        slot += ends[slot..].partition_point(|end| *end as usize <= start);
        let Some(end) = ends.get(slot).map(|end| *end as usize) else { return };
        if start + length <= end {
            hit(slot);
            from = end;
        } else {
            from = start + 1;
        }
    }
}
