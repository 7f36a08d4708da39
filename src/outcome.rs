//! Outcomes of a solver: how far it came and what is proven. A stopped search proves nothing by itself, so every reader of an outcome must
//! handle each case.

/// Termination status of a solver, with its result.
///
/// ```
/// use peakshift::outcome::Outcome;
/// let stopped = Outcome::Feasible { found: "a plan", bound: 90.0 };
/// assert_eq!((stopped.bound(), stopped.found()), (Some(90.0), Some("a plan")));
/// assert_eq!(Outcome::<&str>::Infeasible.bound(), None);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<T> {
    /// Optimal within the requested gap.
    Optimal {
        /// The solution.
        found: T,
        /// Proven lower bound, within the gap of the cost.
        bound: f64,
    },
    /// Stopped with a solution and a bound.
    Feasible {
        /// The solution.
        found: T,
        /// Proven lower bound.
        bound: f64,
    },
    /// Stopped before anything was proven.
    Stopped {
        /// The solution, if any.
        found: Option<T>,
    },
    /// No solution satisfies all constraints.
    Infeasible,
    /// The solver could not work on the problem.
    Failed(
        /// The reason, in the solver's words.
        String,
    ),
}

impl<T> Outcome<T> {
    /// The solution, if any.
    pub fn found(self) -> Option<T> {
        match self {
            Self::Optimal { found, .. } | Self::Feasible { found, .. } => Some(found),
            Self::Stopped { found } => found,
            Self::Infeasible | Self::Failed(_) => None,
        }
    }

    /// The proven lower bound, if any.
    pub fn bound(&self) -> Option<f64> {
        match self {
            Self::Optimal { bound, .. } | Self::Feasible { bound, .. } => Some(*bound),
            Self::Stopped { .. } | Self::Infeasible | Self::Failed(_) => None,
        }
    }

    /// This outcome with the solution mapped.
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
