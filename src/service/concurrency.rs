//! Chat concurrency: chats that one agent has at a time.

use crate::units::{Factor, Seconds};

/// Mean chat time while the agent has 1, 2, 3 … chats. Never empty.
///
/// ```
/// use peakshift::{service::Concurrency, staffing::{chat, erlang_c}, units::{Agents, Erlangs, Factor, Seconds}};
/// let chats = Concurrency::with_slowdown(Seconds::new(300.0)?, 3, Factor::new(0.2)?).unwrap(); // 300, 360, 420 s
/// assert_eq!((chats.windows(), chats.chat_time(2).get(), chats.slower(3)), (3, 360.0, 1.4));
/// assert_eq!((chats.up_to(2).windows(), chats.scaled(Factor::new(0.5)?).chat_times()[2]), (2, Seconds::new(210.0)?));
/// let (load, agents) = (Erlangs::new(10.0)?, Agents::whole(13));
/// let (one_at_a_time, calls) = (chat(load, &chats.up_to(1), agents, None), erlang_c(load, Seconds::new(300.0)?, agents));
/// assert!((one_at_a_time.p_wait() - calls.p_wait()).abs() < 1e-12); // chats one at a time are calls
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Concurrency(Vec<Seconds>);

impl Concurrency {
    /// A concurrency from mean chat times; `None` if the list is empty, holds a zero, or an agent would finish fewer chats an hour with one
    /// chat more.
    ///
    /// ```
    /// use peakshift::{service::Concurrency, units::Seconds};
    /// let times = [300.0, 700.0].map(|time| Seconds::new(time).unwrap());
    /// assert!(Concurrency::new(times.to_vec()).is_none()); // 12 chats an hour one by one, fewer two at a time
    /// ```
    #[must_use]
    pub fn new(chat_seconds: Vec<Seconds>) -> Option<Self> {
        let positive = !chat_seconds.is_empty() && chat_seconds.iter().all(|time| time.get() > 0.0);
        let rate = |windows: usize| windows as f64 / chat_seconds[windows - 1].get();
        (positive && (1..chat_seconds.len()).all(|windows| rate(windows + 1) >= rate(windows) * (1.0 - 1e-12)))
            .then_some(Self(chat_seconds))
    }

    /// A concurrency in which each further chat slows every chat by the same share of the single-chat time.
    #[must_use]
    pub fn with_slowdown(single: Seconds, windows: usize, slowdown_per_window: Factor) -> Option<Self> {
        let times = (0..windows).map(|extra| {
            single * Factor::new(1.0 + slowdown_per_window.get() * extra as f64).expect("1 and a multiple of a factor are a factor")
        });
        Self::new(times.collect())
    }

    /// Most chats that an agent has at once.
    #[must_use]
    pub fn windows(&self) -> usize {
        self.0.len()
    }

    /// Mean chat time while the agent has `chats`, from 1; more than the most count as the most.
    #[must_use]
    pub fn chat_time(&self, chats: usize) -> Seconds {
        self.0[chats.clamp(1, self.0.len()) - 1]
    }

    /// Ratio of the chat time at `chats` to that of a single chat.
    #[must_use]
    pub fn slower(&self, chats: usize) -> f64 {
        self.chat_time(chats).get() / self.chat_time(1).get()
    }

    /// Mean chat times.
    #[must_use]
    pub fn chat_times(&self) -> &[Seconds] {
        &self.0
    }

    /// This concurrency limited to `windows` chats, from 1.
    #[must_use]
    pub fn up_to(&self, windows: usize) -> Self {
        Self(self.0[..windows.clamp(1, self.0.len())].to_vec())
    }

    /// This concurrency with every chat time scaled.
    #[must_use]
    pub fn scaled(&self, factor: Factor) -> Self {
        Self(self.0.iter().map(|&time| time * factor).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(value: f64) -> Seconds {
        Seconds::new(value).unwrap()
    }

    #[test]
    fn a_window_that_lowers_the_chats_finished_an_hour_is_refused() {
        assert!(Concurrency::new(vec![seconds(300.0), seconds(700.0)]).is_none());
        assert!(Concurrency::new(vec![seconds(300.0), seconds(336.0)]).is_some());
        assert!(Concurrency::new(vec![]).is_none());
    }
}
