//! Effort, deadline and cancellation of a computation, passed in by the caller: no engine reads a clock.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::Duration;

/// Progress of a long computation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// The incumbent roster and the proven bound, both in money.
    Roster {
        /// Cost of the incumbent.
        cost: f64,
        /// Proven lower bound on the cost of every roster.
        bound: f64,
    },
    /// Scenario planning.
    Scenario {
        /// Scenarios done.
        done: usize,
        /// Scenarios requested.
        of: usize,
    },
    /// Simulation.
    Simulation {
        /// Simulated days done.
        done: usize,
        /// Simulated days requested.
        of: usize,
    },
}

/// The clock and the progress listener, which live outside the library.
///
/// ```
/// use peakshift::budget::{Budget, Progress, Watch};
/// use std::{sync::atomic::AtomicBool, time::Duration};
/// struct TenSeconds;
/// impl Watch for TenSeconds {
///     fn time_left(&self) -> Option<Duration> { Some(Duration::from_secs(10)) }
///     fn progress(&self, progress: Progress) { assert_eq!(progress, Progress::Simulation { done: 1, of: 20 }) }
/// }
/// let stop = AtomicBool::new(false);
/// let budget = Budget::watched(1, &stop, &TenSeconds);
/// budget.report(Progress::Simulation { done: 1, of: 20 });
/// budget.silent().report(Progress::Simulation { done: 2, of: 20 }); // not heard
/// assert_eq!(budget.keeping(0.25).time_left(), Some(Duration::from_millis(7500)));
/// ```
pub trait Watch: Sync {
    /// Time left; `None` without a limit.
    fn time_left(&self) -> Option<Duration> {
        None
    }

    /// Receives progress.
    fn progress(&self, _progress: Progress) {}
}

/// Reason for which work ended before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Interruption {
    /// The time limit was reached.
    TimeLimit,
    /// The caller asked to stop.
    Asked,
}

/// Record of whether any work under a budget ended before it was done ([`Budget::noting`]).
///
/// ```
/// use peakshift::budget::{Budget, Cut, Interruption};
/// let cut = Cut::default();
/// Budget::of_effort(1).noting(&cut).note_cut(); // a solver that watches the time itself has had to stop
/// assert_eq!(cut.interruption(), Some(Interruption::TimeLimit));
/// ```
#[derive(Debug, Default)]
pub struct Cut(AtomicU8);

impl Cut {
    /// The reason for the interruption, if there was one; [`Interruption::Asked`] takes precedence over the time limit.
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

/// A watch without a time limit that discards progress.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {}

/// Bounds on a computation. Without a time limit the work alone decides, so that the same inputs give the same result.
///
/// ```
/// use peakshift::budget::{Budget, Cut, Interruption, Unwatched};
/// use std::sync::atomic::{AtomicBool, Ordering};
/// let (stop, cut) = (AtomicBool::new(false), Cut::default());
/// let budget = Budget::watched(Budget::DEFAULT_EFFORT, &stop, &Unwatched);
/// assert!(!budget.noting(&cut).is_spent() && budget.ended("all moves made") == "all moves made");
/// stop.store(true, Ordering::Relaxed); // another thread asks to stop
/// assert!(budget.noting(&cut).is_spent() && budget.ended("all moves made") == "stop requested");
/// assert_eq!(cut.interruption(), Some(Interruption::Asked));
/// ```
#[derive(Clone, Copy)]
pub struct Budget<'a> {
    effort: u64,
    cancel: Option<&'a AtomicBool>,
    watch: &'a dyn Watch,
    /// Time left on the watch that is reserved for other work.
    kept: Duration,
    /// Whether the watch receives progress.
    heard: bool,
    /// Records work that ends before it is done.
    cut: Option<&'a Cut>,
}

impl Budget<'static> {
    /// The effort that suits a weekly plan of a few dozen people.
    pub const DEFAULT_EFFORT: u64 = 100;

    /// A budget limited by effort alone.
    ///
    /// ```
    /// use peakshift::budget::Budget;
    /// let budget = Budget::of_effort(100);
    /// assert_eq!((budget.with_effort(10).effort(), budget.time_left()), (10, None));
    /// assert!(!budget.is_spent() && !budget.is_cancelled()); // the work alone decides
    /// ```
    #[must_use]
    pub fn of_effort(effort: u64) -> Self {
        Self { effort, cancel: None, watch: &Unwatched, kept: Duration::ZERO, heard: true, cut: None }
    }
}

impl<'a> Budget<'a> {
    /// A budget limited by effort, by a watch, and by a flag that another thread may set.
    #[must_use]
    pub fn watched(effort: u64, cancel: &'a AtomicBool, watch: &'a dyn Watch) -> Self {
        Self { effort, cancel: Some(cancel), watch, kept: Duration::ZERO, heard: true, cut: None }
    }

    /// The effort; each engine defines its unit.
    #[must_use]
    pub const fn effort(&self) -> u64 {
        self.effort
    }

    /// This budget with another effort.
    #[must_use]
    pub fn with_effort(&self, effort: u64) -> Self {
        Self { effort, ..*self }
    }

    /// Whether the caller has asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// Whether to stop now, on request or out of time. A caller told to stop has work left, so `true` is recorded as an interruption.
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

    /// Records that work ended before it was done, for solvers that watch the time themselves.
    pub fn note_cut(&self) {
        if let Some(cut) = self.cut {
            cut.note(if self.is_cancelled() { Interruption::Asked } else { Interruption::TimeLimit });
        }
    }

    /// This budget, with interruptions recorded in `cut`.
    #[must_use]
    pub fn noting<'b>(&self, cut: &'b Cut) -> Budget<'b>
    where
        'a: 'b,
    {
        Budget { cut: Some(cut), ..*self }
    }

    /// Time left; `None` without a limit.
    #[must_use]
    pub fn time_left(&self) -> Option<Duration> {
        Some(self.watch.time_left()?.saturating_sub(self.kept))
    }

    /// This budget with less time: `share` of the time left is kept for later work.
    #[must_use]
    pub fn keeping(&self, share: f64) -> Self {
        let kept = self.time_left().map_or(Duration::ZERO, |left| left.mul_f64(share.clamp(0.0, 1.0)));
        Self { kept: self.kept + kept, ..*self }
    }

    /// This budget without progress reports, for minor parts of the work.
    #[must_use]
    pub fn silent(&self) -> Self {
        Self { heard: false, ..*self }
    }

    /// Reports progress to the watch.
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

    /// A fixed number of seconds left, at any time.
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
        // a sub-budget without time ends the work of its part
        assert!(budget.noting(&cut).keeping(1.0).is_spent());
        assert_eq!(cut.interruption(), Some(Interruption::TimeLimit));
        flag.store(true, Ordering::Relaxed);
        assert!(budget.noting(&cut).is_spent());
        assert_eq!((cut.interruption(), later.interruption()), (Some(Interruption::Asked), None));
    }
}
