//! News: what others did, on its way to each seat. A seat takes it when it is awake; whoever carries its screen is nudged
//! once when something lies there, so that nobody polls and nobody is woken twice for the same pile.
//!
//! INVARIANT: telling never waits for a session. What lies in a box is bounded; a session that slept too long finds one word
//! instead, that everything is to be looked at anew.

use super::Desk;
use super::seat::Seat;
use crate::domain::subject::Subject;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use ulid::Ulid;

/// News that lie in a box at most.
const MOST: usize = 1024;

/// What others did.
#[derive(Clone, Debug)]
pub enum News {
    /// A commit changed these subjects; without an id it was the desk's own doing, such as an erasure that was finished.
    Changed { by: Ulid, commit: Option<Ulid>, subjects: Arc<[Subject]> },
    /// What is wrong with the data is another thing than before: [`Seat::alarms`].
    Alarms,
    /// Somebody opened, or left, the case that this seat has open: [`Seat::company`].
    Company(Subject),
    /// More happened than is kept for somebody who sleeps: everything is to be looked at anew.
    Missed,
}

impl News {
    /// The subjects that changed.
    pub fn subjects(&self) -> &[Subject] {
        match self {
            Self::Changed { subjects, .. } => subjects,
            Self::Alarms | Self::Company(_) | Self::Missed => &[],
        }
    }
}

/// Called when news come to an empty box: it must neither wait nor ask the desk.
pub type Waker = Box<dyn Fn() + Send + Sync>;

/// Where the news for one seat lie.
#[derive(Default)]
pub struct Letters {
    lying: Mutex<VecDeque<News>>,
    waker: Mutex<Option<Waker>>,
}

impl Letters {
    /// Takes everything that lies there, oldest first.
    pub fn take(&self) -> Vec<News> {
        self.lying().drain(..).collect()
    }

    /// Puts news in; wakes whoever waits, if the box was empty.
    pub(super) fn put(&self, news: News) {
        let was_empty = {
            let mut lying = self.lying();
            let was_empty = lying.is_empty();
            match lying.back() {
                Some(News::Missed) => {}
                _ if lying.len() >= MOST => {
                    lying.clear();
                    lying.push_back(News::Missed);
                }
                _ => lying.push_back(news),
            }
            was_empty
        };
        if was_empty {
            self.wake();
        }
    }

    fn wakes(&self, waker: Option<Waker>) {
        *self.waker.lock().unwrap_or_else(PoisonError::into_inner) = waker;
        if !self.lying().is_empty() {
            self.wake();
        }
    }

    fn wake(&self) {
        if let Some(waker) = &*self.waker.lock().unwrap_or_else(PoisonError::into_inner) {
            waker();
        }
    }

    fn lying(&self) -> MutexGuard<'_, VecDeque<News>> {
        self.lying.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The boxes of all seats. A box whose seat is gone is passed over, and forgotten when the next one comes.
#[derive(Default)]
pub(super) struct Boxes(Mutex<Vec<Weak<Letters>>>);

impl Boxes {
    fn add(&self) -> Arc<Letters> {
        let letters = Arc::new(Letters::default());
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|one| one.strong_count() > 0);
        all.push(Arc::downgrade(&letters));
        letters
    }

    /// Puts the same news into every box.
    pub(super) fn tell(&self, news: &News) {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        all.iter().filter_map(Weak::upgrade).for_each(|letters| letters.put(news.clone()));
    }
}

impl Desk {
    /// A box into which all news come from now on, as long as it is kept.
    pub fn subscribe(&self) -> Arc<Letters> {
        self.inner.boxes.add()
    }
}

impl Seat {
    /// What others did since this was asked last; another screen of the same operator is another.
    pub fn news(&self) -> Vec<News> {
        let is_own =
            |news: &News| matches!(news, News::Changed { commit: Some(commit), .. } if self.author.has_asked(*commit));
        self.letters.take().into_iter().filter(|news| !is_own(news)).collect()
    }

    /// From now on `waker` is called whenever news lie ready that were not taken; at once if some do. It must neither wait
    /// nor ask the desk: it runs on the thread of whoever did something. Without one, nobody is woken.
    pub fn on_news(&self, waker: Option<Waker>) {
        self.letters.wakes(waker);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_pile_wakes_once_and_a_waker_that_comes_late_hears_of_it_too() {
        let (letters, woken) = (Letters::default(), Arc::new(AtomicUsize::new(0)));
        letters.put(News::Alarms);
        let count = Arc::clone(&woken);
        letters.wakes(Some(Box::new(move || _ = count.fetch_add(1, Ordering::Relaxed))));
        letters.put(News::Alarms);
        assert_eq!((woken.load(Ordering::Relaxed), letters.take().len()), (1, 2));
        letters.put(News::Alarms);
        assert_eq!(woken.load(Ordering::Relaxed), 2);
        letters.wakes(None);
    }

    #[test]
    fn who_sleeps_too_long_finds_one_word_and_then_hears_again() {
        let letters = Letters::default();
        (0..MOST + 7).for_each(|_| letters.put(News::Alarms));
        assert!(matches!(letters.take().as_slice(), [News::Missed]));
        letters.put(News::Alarms);
        assert!(matches!(letters.take().as_slice(), [News::Alarms]));
    }

    #[test]
    fn a_box_that_nobody_keeps_is_forgotten() {
        let boxes = Boxes::default();
        let kept = boxes.add();
        drop(boxes.add());
        boxes.tell(&News::Alarms);
        let _third = boxes.add();
        assert_eq!((kept.take().len(), boxes.0.lock().unwrap().len()), (1, 2));
    }
}
