//! Time-varying load: contacts of one interval still keep agents busy in the next.
//!
//! The modified-offered-load approximation (Jennings, Mandelbaum, Massey & Whitt 1996, Management Science 42): the number of busy agents
//! with ample staff follows `m' = λ − m/AHT`, so within an interval of constant rate m(s) = a + (m₀ − a)·e^{−s/AHT} with a = λ·AHT.

/// Maximum modified offered load within each interval, in erlangs, from the stationary loads, the mean time a contact occupies its agent,
/// and the length of the interval, both in seconds. Nobody is busy before the first interval.
///
/// ```
/// use peakshift::staffing::peak_offered_load;
/// let peaks = peak_offered_load(&[0.0, 10.0, 0.0], 300.0, 1800.0);
/// assert!(peaks[1] < 10.0 && peaks[2] > 9.9); // the peak's contacts are still being served when the next interval begins
/// ```
#[must_use]
pub fn peak_offered_load(loads: &[f64], handling_seconds: f64, interval_seconds: f64) -> Vec<f64> {
    let kept = if handling_seconds > 0.0 { (-interval_seconds / handling_seconds).exp() } else { 0.0 };
    loads
        .iter()
        .scan(0.0, |busy, &load| {
            let before = *busy;
            *busy = load + (before - load) * kept;
            Some(before.max(*busy))
        })
        .collect()
}

/// Contacts delayed by a part of an interval (0 to 1), evenly within each interval. Nothing moves into an interval that is not `open`, or
/// beyond the last.
///
/// ```
/// use peakshift::staffing::delayed;
/// assert_eq!(delayed(&[10.0, 20.0, 0.0], 0.1, |slot| slot < 2), [9.0, 21.0, 0.0]);
/// ```
#[must_use]
pub fn delayed(contacts: &[f64], by: f64, open: impl Fn(usize) -> bool) -> Vec<f64> {
    let mut later = contacts.to_vec();
    for slot in (1..contacts.len()).filter(|&slot| open(slot)) {
        let over = contacts[slot - 1] * by.clamp(0.0, 1.0);
        later[slot - 1] -= over;
        later[slot] += over;
    }
    later
}
