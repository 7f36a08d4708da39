//! Value of paid hours in a week of a queue: the minimum understaffing penalty of its shifts, as a convex curve.
//!
//! For a price λ of an hour, minimise λ·Σ paid·x + Σ price·u over shifts x (shift, day) ≥ 0 and shortages u (interval, step) within each
//! step's width, subject to Σ desk·x + Σ u ≥ required for each interval. Its solution has H hours and a shortage of price V. By duality
//! no shifts of h hours leave a shortage cheaper than V − λ·(h − H): a tangent of the curve for each λ.

use super::Unsolved;
use super::solver::stated;
use highs::{Col, HighsModelStatus, HighsStatus, Model, RowProblem};

/// A shift on a day of a week.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Paid hours.
    pub paid: f64,
    /// Share of each interval of the week that the shift is on the desk, at standard speed; intervals with none are left out.
    pub desk: Vec<(usize, f64)>,
}

/// A week of a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    /// Agents required in each interval.
    pub required: Vec<f64>,
    /// Length of an interval in hours.
    pub interval: f64,
    /// Available shifts.
    pub patterns: Vec<Pattern>,
}

/// A tangent of the curve: the optimum at one price of an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tangent {
    /// Price of an hour, in money.
    pub price: f64,
    /// Optimal hours at that price.
    pub hours: f64,
    /// Understaffed agent-hours at those hours.
    pub short_hours: f64,
    /// Understaffing penalty of these, in money.
    pub short_cost: f64,
}

/// Understaffing penalty of a week as a function of hours worked: the maximum of its tangents, in order of increasing price.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HoursCurve(pub Vec<Tangent>);

impl HoursCurve {
    /// Minimum understaffing penalty with `hours` hours.
    #[must_use]
    pub fn short_cost(&self, hours: f64) -> f64 {
        self.0.iter().map(|of| of.short_cost - of.price * (hours - of.hours)).fold(0.0, f64::max)
    }

    /// Approximate understaffed agent-hours with `hours` hours, interpolated between tangents.
    #[must_use]
    pub fn short_hours(&self, hours: f64) -> f64 {
        let dearer = self.0.iter().rev().take_while(|of| of.hours <= hours).last();
        let cheaper = self.0.iter().rev().find(|of| of.hours > hours);
        match (dearer, cheaper) {
            (Some(less), Some(more)) => {
                less.short_hours + (more.short_hours - less.short_hours) * (hours - less.hours) / (more.hours - less.hours)
            }
            (Some(most), None) => most.short_hours,
            // below all tangents every hour less is an understaffed one
            (None, Some(least)) => least.short_hours + least.hours - hours,
            (None, None) => 0.0,
        }
    }

    /// Hours that are worth a price: more would cost more than they save.
    #[must_use]
    pub fn hours_at(&self, price: f64) -> f64 {
        self.0.iter().rev().take_while(|of| of.price >= price - 1e-9).map(|of| of.hours).fold(0.0, f64::max)
    }
}

/// Curve of a week with a tangent for each of `prices`, cheapest first. `steps` are widths, as shares of the requirement, and prices of
/// an understaffed agent-hour; the last applies to the rest.
///
/// # Errors
/// [`Unsolved`] if the solver cannot work on the numbers.
///
/// ```
/// use peakshift::capacity::{Pattern, Unsolved, Week, hours_curve};
/// let shift = Pattern { paid: 1.0, desk: vec![(0, 1.0)] };
/// let week = Week { required: vec![2.0], interval: 1.0, patterns: vec![shift] }; // two agents for an hour
/// let curve = hours_curve(&week, &[(1.0, 50.0)], &[10.0, 50.0])?; // 50 for an hour missing
/// assert!((curve.short_cost(1.0) - 50.0).abs() < 1e-6 && curve.short_cost(2.0).abs() < 1e-6);
/// assert!((curve.hours_at(10.0) - 2.0).abs() < 1e-6 && curve.short_hours(2.0).abs() < 1e-6); // an hour at 10 saves 50
/// assert!(hours_curve(&week, &[(1.0, 50.0)], &[1e16]).is_err()); // too dear to reckon with
/// # Ok::<(), Unsolved>(())
/// ```
pub fn hours_curve(week: &Week, steps: &[(f64, f64)], prices: &[f64]) -> Result<HoursCurve, Unsolved> {
    let busy: Vec<usize> = (0..week.required.len()).filter(|&slot| week.required[slot] > 0.0).collect();
    if busy.is_empty() {
        return Ok(HoursCurve::default());
    }
    let mut program = RowProblem::default();
    let shifts: Vec<_> = week.patterns.iter().map(|_| program.add_column(0.0, 0.0..)).collect();
    let mut rows: Vec<Vec<_>> = vec![Vec::new(); week.required.len()];
    for (pattern, shift) in week.patterns.iter().zip(&shifts) {
        pattern.desk.iter().for_each(|&(slot, share)| rows[slot].push((*shift, share)));
    }
    for &slot in &busy {
        let required = week.required[slot];
        for (step, &(share, price)) in steps.iter().enumerate() {
            let width = if step + 1 == steps.len() { required } else { required * share };
            rows[slot].push((program.add_column(price * week.interval, 0.0..=width), 1.0));
        }
        program.add_row(required.., &rows[slot]);
    }
    tangents(week, program, &shifts, prices)
}

/// Cost that `HiGHS` treats as infinite or cannot handle numerically.
const TOO_DEAR: f64 = 1e15;

/// A tangent for each price. All are needed: without one of them the curve understates the understaffing.
fn tangents(week: &Week, program: RowProblem, shifts: &[Col], prices: &[f64]) -> Result<HoursCurve, Unsolved> {
    let refused = |status: HighsStatus| Unsolved(format!("HiGHS refuses the worth of hours ({status:?})"));
    let mut program: Model = stated(program).map_err(refused)?;
    let mut curve = Vec::new();
    for &price in prices {
        if !week.patterns.iter().all(|pattern| (price * pattern.paid).abs() < TOO_DEAR) {
            return Err(Unsolved(format!("an hour at {price:e} is too dear to reckon with")));
        }
        for (pattern, shift) in week.patterns.iter().zip(shifts) {
            program.change_column_cost(*shift, price * pattern.paid);
        }
        let solved = program.try_solve().map_err(refused)?;
        if solved.status() != HighsModelStatus::Optimal {
            return Err(Unsolved(format!("HiGHS ended the worth of hours with {:?}", solved.status())));
        }
        let (total, solution) = (solved.objective_value(), solved.get_solution());
        let hours: f64 = week.patterns.iter().zip(solution.columns()).map(|(pattern, taken)| pattern.paid * taken).sum();
        let short_hours = solution.columns()[shifts.len()..].iter().sum::<f64>() * week.interval;
        curve.push(Tangent { price, hours, short_hours, short_cost: total - price * hours });
        program = solved.into();
    }
    Ok(HoursCurve(curve))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One shift of 2 hours over two intervals of an hour; 10 agents, then 4.
    fn week() -> Week {
        Week { required: vec![10.0, 4.0], interval: 1.0, patterns: vec![Pattern { paid: 2.0, desk: vec![(0, 1.0), (1, 1.0)] }] }
    }

    #[test]
    fn hours_are_bought_as_long_as_they_save_more_than_they_cost() {
        // an understaffed hour costs 50; the first 4 shifts save 100 each, the next 6 save 50 each
        let curve = hours_curve(&week(), &[(1.0, 50.0)], &[10.0, 30.0, 60.0]).unwrap();
        let hours: Vec<f64> = curve.0.iter().map(|of| of.hours).collect();
        assert_eq!(hours, [20.0, 8.0, 0.0]);
        assert_eq!(curve.hours_at(30.0), 8.0);
        assert!((curve.short_cost(8.0) - 300.0).abs() < 1e-9 && curve.short_cost(20.0).abs() < 1e-9);
        assert!((curve.short_hours(8.0) - 6.0).abs() < 1e-9);
    }

    #[test]
    fn no_shifts_leave_less_missing_than_the_tangents_say() {
        let curve = hours_curve(&week(), &[(0.5, 20.0), (0.5, 80.0)], &[5.0, 20.0, 45.0]).unwrap();
        for shifts in 0..=12 {
            let shifts = f64::from(shifts);
            let short = |required: f64| {
                let missing = (required - shifts).max(0.0);
                missing.min(required * 0.5) * 20.0 + (missing - required * 0.5).max(0.0) * 80.0
            };
            assert!(curve.short_cost(2.0 * shifts) <= short(10.0) + short(4.0) + 1e-9, "{shifts} shifts");
        }
    }
}
