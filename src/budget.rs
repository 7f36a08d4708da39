//! How long and how hard to work, passed in by the caller: no engine reads a clock.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::Duration;

/// What a long computation tells whoever waits for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// The cheapest roster so far and the proven bound, both in money.
    Roster {
        /// Cost of the best roster so far.
        cost: f64,
        /// No roster can cost less.
        bound: f64,
    },
    /// Scenarios planned, of so many.
    Scenario {
        /// Scenarios done.
        done: usize,
        /// Scenarios asked for.
        of: usize,
    },
    /// Simulated days done, of so many.
    Simulation {
        /// Days done.
        done: usize,
        /// Days asked for.
        of: usize,
    },
}

/// A clock and an ear outside the library.
pub trait Watch: Sync {
    /// Time left, or `None` when no limit was set.
    fn time_left(&self) -> Option<Duration> {
        None
    }

    /// Hears of progress.
    fn progress(&self, _progress: Progress) {}
}

/// Why work was ended before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Interruption {
    /// The time was over.
    TimeLimit,
    /// Somebody asked to stop.
    Asked,
}

/// Remembers whether any work under a budget was ended before it was done ([`Budget::noting`]).
#[derive(Debug, Default)]
pub struct Cut(AtomicU8);

impl Cut {
    /// Why work was ended, if it was; that somebody asked to, where the time was over as well.
    #[must_use]
    pub fn interruption(&self) -> Option<Interruption> {
        match self.0.load(Ordering::Relaxed) {
            0 => None,
            1 => Some(Interruption::TimeLimit),
            _ => Some(Interruption::Asked),
        }
    }

    fn note(&self, why: Interruption) {
        self.0.fetch_max(if why == Interruption::Asked { 2 } else { 1 }, Ordering::Relaxed);
    }
}

/// No limit of time, and nobody listens.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {}

/// Bounds on a computation. Without a time limit the work alone decides, so that the same inputs give the same result.
#[derive(Clone, Copy)]
pub struct Budget<'a> {
    effort: u64,
    cancel: Option<&'a AtomicBool>,
    watch: &'a dyn Watch,
    /// Time of the watch that is somebody else's.
    kept: Duration,
    /// Whether the watch hears of progress.
    heard: bool,
    /// Hears when work is ended before it is done.
    cut: Option<&'a Cut>,
}

impl Budget<'static> {
    /// The effort that suits a weekly plan of some tens of people.
    pub const DEFAULT_EFFORT: u64 = 100;

    /// Bounded by work alone.
    #[must_use]
    pub fn of_effort(effort: u64) -> Self {
        Self { effort, cancel: None, watch: &Unwatched, kept: Duration::ZERO, heard: true, cut: None }
    }
}

impl<'a> Budget<'a> {
    /// Bounded by work, by a watch, and by a flag that another thread may set.
    #[must_use]
    pub fn watched(effort: u64, cancel: &'a AtomicBool, watch: &'a dyn Watch) -> Self {
        Self { effort, cancel: Some(cancel), watch, kept: Duration::ZERO, heard: true, cut: None }
    }

    /// How hard to work; each engine says what one unit is.
    #[must_use]
    pub const fn effort(&self) -> u64 {
        self.effort
    }

    /// The same with so much work.
    #[must_use]
    pub fn with_effort(&self, effort: u64) -> Self {
        Self { effort, ..*self }
    }

    /// Whether the caller asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// Whether to stop now: asked to, or out of time. Whoever is told so has work left: it is noted that it was ended.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        let is_spent = self.is_cancelled() || self.time_left().is_some_and(|left| left.is_zero());
        if is_spent {
            self.note_cut();
        }
        is_spent
    }

    /// Why a loop under this budget has ended, for a log: `done` unless a stop was asked for or the time is over.
    #[must_use]
    pub fn ended(&self, done: &'static str) -> &'static str {
        if self.is_cancelled() {
            "stop requested"
        } else if self.time_left().is_some_and(|left| left.is_zero()) {
            "time limit"
        } else {
            done
        }
    }

    /// Notes that work was ended before it was done, by a solver that looks at the time itself.
    pub fn note_cut(&self) {
        if let Some(cut) = self.cut {
            cut.note(if self.is_cancelled() { Interruption::Asked } else { Interruption::TimeLimit });
        }
    }

    /// The same, whose work tells `cut` when it is ended before it is done.
    #[must_use]
    pub fn noting<'b>(&self, cut: &'b Cut) -> Budget<'b>
    where
        'a: 'b,
    {
        Budget { cut: Some(cut), ..*self }
    }

    /// Time left, if a limit was set.
    #[must_use]
    pub fn time_left(&self) -> Option<Duration> {
        Some(self.watch.time_left()?.saturating_sub(self.kept))
    }

    /// The same with less time: `share` of what is left is kept for later work.
    #[must_use]
    pub fn keeping(&self, share: f64) -> Self {
        let kept = self.time_left().map_or(Duration::ZERO, |left| left.mul_f64(share.clamp(0.0, 1.0)));
        Self { kept: self.kept + kept, ..*self }
    }

    /// The same for a part of the work that is not worth hearing of.
    #[must_use]
    pub fn silent(&self) -> Self {
        Self { heard: false, ..*self }
    }

    /// Tells the watch.
    pub fn report(&self, progress: Progress) {
        if self.heard {
            self.watch.progress(progress);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancelled_budget_is_spent() {
        let flag = AtomicBool::new(false);
        let budget = Budget::watched(1, &flag, &Unwatched);
        assert!(!budget.is_spent());
        flag.store(true, Ordering::Relaxed);
        assert!(budget.is_spent());
    }

    /// So much time is left, always.
    struct Left(f64);

    impl Watch for Left {
        fn time_left(&self) -> Option<Duration> {
            Some(Duration::from_secs_f64(self.0))
        }
    }

    #[test]
    fn what_ends_work_before_it_is_done_is_remembered() {
        let (flag, cut, later) = (AtomicBool::new(false), Cut::default(), Cut::default());
        let budget = Budget::watched(1, &flag, &Left(5.0));
        assert!(!budget.noting(&cut).is_spent() && cut.interruption().is_none());
        // a part of the time that is over ends the work of that part
        assert!(budget.noting(&cut).keeping(1.0).is_spent());
        assert_eq!(cut.interruption(), Some(Interruption::TimeLimit));
        flag.store(true, Ordering::Relaxed);
        assert!(budget.noting(&cut).is_spent());
        assert_eq!((cut.interruption(), later.interruption()), (Some(Interruption::Asked), None));
    }
}
