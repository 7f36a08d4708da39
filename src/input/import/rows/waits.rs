//! Waits of a queue's contacts, and the patience of the people who wait. Who is answered would have waited longer, so their waits are
//! censored: the mean of those who gave up would be too short.

/// Longest wait that is told apart, in seconds.
const MOST: usize = 7200;

/// Number of contacts by the second at which their wait ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::input) struct Waits {
    /// Ended by the caller, by the second.
    gave_up: Vec<u32>,
    /// Ended by an answer or by the queue, by the second.
    answered: Vec<u32>,
    /// Seconds of all waits together.
    waited: f64,
}

impl Waits {
    pub(in crate::input) fn see(&mut self, seconds: f64, has_given_up: bool) {
        // who is answered at once shows no patience
        if seconds <= 0.0 && !has_given_up {
            return;
        }
        self.waited += seconds.max(0.0);
        let second = (seconds.max(0.0) as usize).min(MOST);
        let of = if has_given_up { &mut self.gave_up } else { &mut self.answered };
        if of.len() <= second {
            of.resize(second + 1, 0);
        }
        of[second] += 1;
    }

    /// Number of contacts who gave up.
    pub(in crate::input) fn given_up(&self) -> u32 {
        self.gave_up.iter().sum()
    }

    /// Mean patience in seconds: the area below the curve of those still willing to wait (E. L. Kaplan and P. Meier, 1958; within a second by
    /// the actuarial estimate), which beyond the longest wait falls at the mean rate of giving up, as patience in Erlang A does. `None` where
    /// nobody gave up.
    pub(in crate::input) fn mean_patience(&self) -> Option<f64> {
        let given_up = f64::from(self.given_up());
        if given_up == 0.0 {
            return None;
        }
        let at = |of: &[u32], second: usize| f64::from(of.get(second).copied().unwrap_or(0));
        let seconds = self.gave_up.len().max(self.answered.len());
        let mut waiting = given_up + f64::from(self.answered.iter().sum::<u32>());
        let (mut willing, mut area) = (1.0, 0.0);
        for second in 0..seconds {
            let (lost, answered) = (at(&self.gave_up, second), at(&self.answered, second));
            let at_risk = waiting - answered / 2.0;
            let left = if at_risk > 0.0 { willing * (1.0 - lost / at_risk) } else { willing };
            area += f64::midpoint(willing, left);
            willing = left;
            waiting -= lost + answered;
        }
        Some(area + willing * self.waited / given_up)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use rand_distr::{Distribution, Exp};

    #[test]
    fn patience_is_found_behind_waits_that_answers_cut_short() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        for (patience, wait) in [(60.0, 30.0), (120.0, 20.0), (240.0, 240.0), (600.0, 60.0)] {
            let (patient, waits) = (Exp::new(1.0 / patience).unwrap(), Exp::new(1.0 / wait).unwrap());
            let mut seen = Waits::default();
            for _ in 0..200_000 {
                // four in ten are answered at once
                let offered = if rng.random_bool(0.4) { 0.0 } else { waits.sample(&mut rng) };
                let willing = patient.sample(&mut rng);
                seen.see(f64::min(offered, willing), willing < offered);
            }
            let found = seen.mean_patience().unwrap();
            assert!((found / patience - 1.0).abs() < 0.03, "{found} for {patience}");
        }
        assert_eq!(Waits::default().mean_patience(), None);
    }
}
