//! Deferred work: tickets and e-mail, handled in order of arrival whenever the desk is open; no Erlang formula applies.
//!
//! A first-in-first-out fluid: work is finished within D if and only if for all s ≤ u, C(u + D) − C(s) ≥ A(u) − A(s), with C the
//! cumulative capacity and A the cumulative arrivals.

/// Flow of deferred work by interval.
#[derive(Clone, Debug, PartialEq)]
pub struct DeferredFlow {
    /// Work finished in the interval.
    pub done: Vec<f64>,
    /// Work left at its end.
    pub backlog: Vec<f64>,
    /// Share of the interval's arrivals finished within the window; `None` without arrivals, or if the window reaches past the last
    /// interval and not all was done by then.
    pub in_window: Vec<Option<f64>>,
}

/// Flow over equal intervals. `window` counts intervals; arrivals and capacity are spread evenly over each.
///
/// ```
/// use peakshift::staffing::deferred_flow;
/// let flow = deferred_flow(&[10.0, 0.0, 0.0], &[0.0, 5.0, 5.0], 0.0, 2);
/// assert_eq!(flow.backlog, [10.0, 5.0, 0.0]);
/// ```
#[must_use]
pub fn deferred_flow(arrivals: &[f64], capacity: &[f64], backlog_before: f64, window: usize) -> DeferredFlow {
    let mut backlog = Vec::with_capacity(arrivals.len());
    let mut done = Vec::with_capacity(arrivals.len());
    let mut left = backlog_before;
    for (&came, &possible) in arrivals.iter().zip(capacity) {
        let finished = possible.min(left + came);
        left = (left + came - finished).max(0.0);
        done.push(finished);
        backlog.push(left);
    }
    let finished_by: Vec<f64> = running_total(&done);
    let came_by: Vec<f64> = running_total(arrivals).iter().map(|came| came + backlog_before).collect();
    let finished_before = |index: usize| if index == 0 { 0.0 } else { finished_by[index - 1] };
    let in_window = (0..arrivals.len())
        .map(|index| {
            let (before, last) = (came_by[index] - arrivals[index], index + window);
            let share = if last < arrivals.len() {
                // arrivals at a share f of the interval must be finished at a share f of the last interval of their window
                Some(share_above(finished_before(last) - before, capacity[last] - arrivals[index]))
            } else {
                finished_by.last().filter(|finished| **finished >= came_by[index]).map(|_| 1.0)
            };
            share.filter(|_| arrivals[index] > 0.0)
        })
        .collect();
    DeferredFlow { done, backlog, in_window }
}

/// Share of 0 ≤ f ≤ 1 for which start + slope·f is not negative.
fn share_above(start: f64, slope: f64) -> f64 {
    let negative = |value: f64| value < -1e-9;
    match (negative(start), negative(start + slope)) {
        (false, false) => 1.0,
        (true, true) => 0.0,
        (true, false) => (1.0 + start / slope).clamp(0.0, 1.0),
        (false, true) => (-start / slope).clamp(0.0, 1.0),
    }
}

fn running_total(amounts: &[f64]) -> Vec<f64> {
    amounts
        .iter()
        .scan(0.0, |total, amount| {
            *total += amount;
            Some(*total)
        })
        .collect()
}

/// Agents required in each open interval to finish all work within `window` intervals of its arrival, with each interval's work spread
/// evenly over the open intervals of its window. The horizon is cyclic: work arriving at its end is done at its beginning. `None` in an
/// interval whose work finds no open interval in its window.
///
/// ```
/// use peakshift::staffing::even_requirement;
/// assert_eq!(even_requirement(&[6.0, 0.0, 0.0], &[true, false, true], 3), [Some(3.0), Some(0.0), Some(3.0)]);
/// assert_eq!(even_requirement(&[6.0, 0.0], &[false, true], 1), [None, Some(0.0)]); // closed for all of its window
/// ```
#[must_use]
pub fn even_requirement(work_agents: &[f64], open: &[bool], window: usize) -> Vec<Option<f64>> {
    let intervals = work_agents.len();
    let mut level = vec![Some(0.0); intervals];
    for (index, &work) in work_agents.iter().enumerate().filter(|(_, work)| **work > 0.0) {
        let reached = (index..index + window.clamp(1, intervals)).map(|place| place % intervals);
        let places: Vec<usize> = reached.filter(|&place| open[place]).collect();
        if places.is_empty() {
            level[index] = None;
        }
        for &place in &places {
            if let Some(level) = level[place].as_mut() {
                *level += work / places.len() as f64;
            }
        }
    }
    level
}

/// Minimum constant capacity per open interval to finish all work within `window` intervals of its arrival: the maximum of (A(u) − A(s))
/// / (open intervals in (s, u + window]). `open` covers at least `window` intervals beyond the last arrivals. `None` if some work finds
/// no open interval in its window.
///
/// ```
/// use peakshift::staffing::least_capacity;
/// let open = [false, true, true, true];
/// assert_eq!(least_capacity(&[10.0, 10.0], &open, 2), Some(20.0 / 3.0));
/// assert_eq!(least_capacity(&[10.0, 10.0], &open, 1), Some(10.0));
/// assert_eq!(least_capacity(&[10.0, 0.0], &[false, false, true], 1), None);
/// ```
#[must_use]
pub fn least_capacity(arrivals: &[f64], open: &[bool], window: usize) -> Option<f64> {
    let came = running_total(arrivals);
    let opened = running_total(&open.iter().map(|open| f64::from(u8::from(*open))).collect::<Vec<f64>>());
    let before = |totals: &[f64], at: usize| if at == 0 { 0.0 } else { totals[(at - 1).min(totals.len() - 1)] };
    let mut least: f64 = 0.0;
    for from in (0..arrivals.len()).filter(|&from| arrivals[from] > 0.0) {
        for to in from + 1..=arrivals.len() {
            let work = before(&came, to) - before(&came, from);
            let room = before(&opened, to + window) - before(&opened, from);
            if room == 0.0 {
                return None;
            }
            least = least.max(work / room);
        }
    }
    Some(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_for_a_desk_that_never_opens_in_its_window_is_named() {
        let level = even_requirement(&[1.0, 0.0, 0.0], &[false, false, true], 2);
        assert_eq!(level[0], None);
    }

    #[test]
    fn even_requirement_does_all_the_work() {
        let work = [2.0, 1.0, 0.0, 0.0];
        let open = [true, true, true, true];
        let level: f64 = even_requirement(&work, &open, 2).into_iter().flatten().sum();
        assert!((level - 3.0).abs() < 1e-12);
    }
}
