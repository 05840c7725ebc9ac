//! Backups by the plan while the desk is open, and the banner when the last one is old. One thread, asleep until something
//! is due; it ends with the session that began it.

use super::super::{Desk, Inner, News};
use super::plan::{Plan, WARN_DAYS};
use super::{Last, Tried, Wanted, make_of, stopped};
use crate::desk::Alarm;
use crate::domain::refusal::Fault;
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long a fresh desk is let alone.
const AFTER: Duration = Duration::from_secs(5);
/// How often it is looked whether the last backup has grown old, and how long a failed one waits.
const AGAIN: Duration = Duration::from_secs(600);

/// The backups of an open desk: dropping it ends them, and leaves a backup that is being made unfinished.
pub struct Backups {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Backups {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Desk {
    /// Makes backups by the plan from now on, and raises the banner when the last one is old.
    ///
    /// # Errors
    /// When no thread can be begun.
    pub fn keep_backups(&self) -> Result<Backups, Fault> {
        let inner = Arc::clone(&self.inner);
        inner.judge_backups(None);
        let (stop, stopped) = channel();
        let work = move || keep(&inner, &stopped);
        let thread = std::thread::Builder::new().name("backups".into()).spawn(work);
        let thread = thread.map_err(|error| Fault::new("D02", "fault-thread", error.to_string()))?;
        Ok(Backups { stop: Some(stop), thread: Some(thread) })
    }
}

fn keep(inner: &Inner, stop: &Receiver<()>) {
    let mut wait = AFTER;
    while stop.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        wait = AGAIN;
        let failed = match Plan::of(inner.records.dir()) {
            Ok(Some(plan)) if is_due(inner, &plan) => by_plan(inner, &plan, stop).err().map(|()| Alarm::BackupFailed),
            Ok(_) | Err(_) => None,
        };
        inner.judge_backups(failed);
        if let Ok(Some(plan)) = Plan::of(inner.records.dir())
            && failed.is_none()
            && let Some(due) = plan.due(last_at(inner), inner.now())
        {
            wait = (due - inner.now()).to_std().unwrap_or(Duration::ZERO).clamp(Duration::from_secs(1), AGAIN);
        }
    }
}

fn last_at(inner: &Inner) -> Option<DateTime<Utc>> {
    Last::of(inner.records.dir()).map(|last| last.at)
}

fn is_due(inner: &Inner, plan: &Plan) -> bool {
    plan.due(last_at(inner), inner.now()).is_some_and(|due| due <= inner.now())
}

/// One backup by the plan, until `stop` ends.
fn by_plan(inner: &Inner, plan: &Plan, stop: &Receiver<()>) -> Result<(), ()> {
    let dir = inner.records.dir();
    let recipients = plan.to_whom().map_err(drop)?;
    let wanted = Wanted { dir, key: None, to: &plan.to, recipients: &recipients, keep: plan.keep, now: inner.now() };
    let mut is_stopped = false;
    let made = make_of(&inner.records.onlooker(), &wanted, &mut |_| {
        is_stopped = stop.try_recv() == Err(std::sync::mpsc::TryRecvError::Disconnected);
        if is_stopped { Err(stopped()) } else { Ok(()) }
    });
    // One of a damaged journal is made, and is not what a backup is for.
    if made.is_ok_and(|made| made.is_sound()) || is_stopped { Ok(()) } else { Err(()) }
}

/// What is to be said of the backups of a desk at this moment.
fn judged(
    plan: &Result<Option<Plan>, crate::domain::refusal::Refusal>,
    last: Option<DateTime<Utc>>,
    begun: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<Alarm> {
    let warn_days = match plan {
        Err(_) => return Some(Alarm::BackupPlan),
        Ok(plan) => plan.as_ref().map_or(WARN_DAYS, |plan| plan.warn_days),
    };
    let is_old = |at: DateTime<Utc>| now - at > TimeDelta::days(i64::from(warn_days));
    match last {
        Some(at) if is_old(at) => Some(Alarm::BackupOld((now - at).num_days().unsigned_abs())),
        Some(_) => None,
        None => begun.filter(|at| is_old(*at)).map(|_| Alarm::NoBackup),
    }
}

impl Inner {
    /// Looks whether the last backup is old, or the plan cannot be read, and tells every session when that has changed.
    pub(crate) fn judge_backups(&self, failed: Option<Alarm>) {
        let dir = self.records.dir();
        let plan = Plan::of(dir);
        // Nobody loses anything with a practice desk; one with a plan is there to practise backups.
        let is_watched = !self.is_practice || !matches!(plan, Ok(None));
        let old = if is_watched { judged(&plan, last_at(self), self.records.begun_at(), self.now()) } else { None };
        // What failed stays said until a backup into the same place is made, whoever tries.
        let to = plan.as_ref().ok().and_then(Option::as_ref).map(|plan| &plan.to);
        let is_failed = failed.is_some() || Tried::of(dir).is_some_and(|tried| Some(&tried.to) == to);
        let said: Vec<Alarm> = is_failed.then_some(Alarm::BackupFailed).into_iter().chain(old).collect();
        let mut alarms = self.alarms.lock().unwrap_or_else(PoisonError::into_inner);
        let before: Vec<Alarm> = alarms.iter().copied().filter(|alarm| alarm.is_of_backups()).collect();
        if before == said {
            return;
        }
        alarms.retain(|alarm| !alarm.is_of_backups());
        alarms.extend(said);
        alarms.sort_unstable();
        drop(alarms);
        self.tell(&News::Alarms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_without_a_backup_is_warned_of_after_two_days_and_one_with_an_old_one_says_its_age() {
        let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        let ago = |hours| Some(now - TimeDelta::hours(hours));
        let told = |last, begun| judged(&Ok(None), last, begun, now);
        assert_eq!(told(None, ago(47)), None);
        assert_eq!(told(None, ago(49)), Some(Alarm::NoBackup));
        assert_eq!(told(None, None), None, "an empty desk has nothing to lose");
        assert_eq!(told(ago(47), ago(9999)), None);
        assert_eq!(told(ago(24 * 9 + 1), ago(9999)), Some(Alarm::BackupOld(9)));
        let wrong = Err(crate::domain::refusal::Refusal::new("backup-plan-wrong"));
        assert_eq!(judged(&wrong, ago(1), ago(9999), now), Some(Alarm::BackupPlan));
    }
}
