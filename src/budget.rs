//! How long and how hard to work, passed in by the caller: no engine reads a clock.

use std::sync::atomic::{AtomicBool, Ordering};
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
}

impl Budget<'static> {
    /// The effort that suits a weekly plan of some tens of people.
    pub const DEFAULT_EFFORT: u64 = 100;

    /// Bounded by work alone.
    #[must_use]
    pub fn of_effort(effort: u64) -> Self {
        Self { effort, cancel: None, watch: &Unwatched, kept: Duration::ZERO, heard: true }
    }
}

impl<'a> Budget<'a> {
    /// Bounded by work, by a watch, and by a flag that another thread may set.
    #[must_use]
    pub fn watched(effort: u64, cancel: &'a AtomicBool, watch: &'a dyn Watch) -> Self {
        Self { effort, cancel: Some(cancel), watch, kept: Duration::ZERO, heard: true }
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

    /// Whether to stop now: asked to, or out of time.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.is_cancelled() || self.time_left().is_some_and(|left| left.is_zero())
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
}
