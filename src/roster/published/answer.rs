//! What a benchmark run answers.

/// A solution with its cost and proven bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Every worked day, by person and day.
    pub rows: Vec<AnswerRow>,
    /// The objective of the instance.
    pub cost: f64,
    /// No solution costs less.
    pub bound: f64,
}

/// A worked day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerRow {
    /// The person's number in the instance.
    pub person: usize,
    /// The day, from 0.
    pub day: usize,
    /// The shift's number in the instance.
    pub shift: usize,
    /// Where its breaks lie: slots after the shift's start, in the order of the shift's windows.
    pub breaks: Vec<usize>,
}
