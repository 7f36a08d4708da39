//! Result of a benchmark run.

/// A solution with its cost and proven bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// All days worked, by person and day.
    pub rows: Vec<AnswerRow>,
    /// Objective of the instance.
    pub cost: f64,
    /// Cost that no solution undercuts.
    pub bound: f64,
}

/// A day worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerRow {
    /// Index of the person in the instance.
    pub person: usize,
    /// Index of the day, from 0.
    pub day: usize,
    /// Index of the shift in the instance.
    pub shift: usize,
    /// Starts of the breaks: slots after the shift's start, in the order of the shift's windows.
    pub breaks: Vec<usize>,
}
