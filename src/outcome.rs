//! What a solver gives: how far it came, and what is shown of it. A search that was stopped proves nothing by itself, so whoever reads an
//! outcome must say what it does with each.

/// How a solver ended, with what it found.
///
/// ```
/// use peakshift::outcome::Outcome;
/// let stopped = Outcome::Feasible { found: "a plan", bound: 90.0 };
/// assert_eq!((stopped.bound(), stopped.found()), (Some(90.0), Some("a plan")));
/// assert_eq!(Outcome::<&str>::Infeasible.bound(), None);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<T> {
    /// Nothing is better by more than the gap that was asked for.
    Optimal {
        /// What was found.
        found: T,
        /// Nothing costs less; within that gap of the cost.
        bound: f64,
    },
    /// Stopped with something found and something proven.
    Feasible {
        /// What was found.
        found: T,
        /// Nothing costs less.
        bound: f64,
    },
    /// Stopped before anything was proven.
    Stopped {
        /// What was found, if anything.
        found: Option<T>,
    },
    /// Nothing fulfils all conditions.
    Infeasible,
    /// The solver could not work on the problem.
    Failed(
        /// Why, in the solver's words.
        String,
    ),
}

impl<T> Outcome<T> {
    /// What was found.
    pub fn found(self) -> Option<T> {
        match self {
            Self::Optimal { found, .. } | Self::Feasible { found, .. } => Some(found),
            Self::Stopped { found } => found,
            Self::Infeasible | Self::Failed(_) => None,
        }
    }

    /// What nothing can undercut, where that is proven.
    pub fn bound(&self) -> Option<f64> {
        match self {
            Self::Optimal { bound, .. } | Self::Feasible { bound, .. } => Some(*bound),
            Self::Stopped { .. } | Self::Infeasible | Self::Failed(_) => None,
        }
    }

    /// The same with something else in place of what was found.
    pub fn map<U>(self, of: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Optimal { found, bound } => Outcome::Optimal { found: of(found), bound },
            Self::Feasible { found, bound } => Outcome::Feasible { found: of(found), bound },
            Self::Stopped { found } => Outcome::Stopped { found: found.map(of) },
            Self::Infeasible => Outcome::Infeasible,
            Self::Failed(why) => Outcome::Failed(why),
        }
    }
}
