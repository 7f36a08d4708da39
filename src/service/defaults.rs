//! Queues with the usual values, for programs that state only what differs.

use super::{Channel, Concurrency, OpeningHours, Over, Queue, QueueId, ServiceTarget, Windows};
use crate::units::Seconds;

impl Queue {
    /// A queue of calls with a mean handling time. It is open round the clock, nobody abandons, and it has no target.
    ///
    /// ```
    /// use peakshift::service::{Queue, ServiceTarget};
    /// use peakshift::units::{Seconds, Share};
    /// let seconds = |value| Seconds::new(value);
    /// let phone = Queue::voice("phone", seconds(240.0)?)
    ///     .with_patience(seconds(120.0)?)
    ///     .with_target(ServiceTarget::AnsweredWithin { within: seconds(20.0)?, share: Share::new(0.8)? });
    /// assert_eq!(phone.answer_within(), Some((seconds(20.0)?, Share::new(0.8)?)));
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn voice(id: &str, handling: Seconds) -> Self {
        Self::of(id, Channel::Voice, handling)
    }

    /// A queue of chats; an agent has as many at a time as `concurrency` lists mean chat times.
    ///
    /// ```
    /// use peakshift::{service::{Channel, Concurrency, Queue}, units::{Factor, Seconds}};
    /// let times = Concurrency::with_slowdown(Seconds::new(300.0)?, 3, Factor::new(0.2)?).unwrap();
    /// let chats = Queue::chat("chat", times.clone());
    /// assert_eq!((chats.handling, chats.with_windows(2).channel), (Seconds::new(300.0)?, Channel::Chat(times.up_to(2))));
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn chat(id: &str, concurrency: Concurrency) -> Self {
        let single = concurrency.chat_time(1);
        Self::of(id, Channel::Chat(concurrency), single)
    }

    /// A queue of tickets or e-mail with a mean handling time.
    ///
    /// ```
    /// use peakshift::{service::{OpeningHours, Queue, ServiceTarget}, units::{Hours, Seconds, Share}};
    /// let (within, share) = (Hours::new(24.0)?.seconds(), Share::new(0.95)?);
    /// let mail = Queue::deferred("mail", Seconds::new(600.0)?)
    ///     .with_hours(OpeningHours::daily("09:00".parse()?, "18:00".parse()?))
    ///     .with_target(ServiceTarget::DoneWithin { within, share });
    /// assert_eq!(mail.answer_within(), Some((within, share)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn deferred(id: &str, handling: Seconds) -> Self {
        Self::of(id, Channel::Deferred, handling)
    }

    /// The queue with one target more.
    #[must_use]
    pub fn with_target(mut self, target: ServiceTarget) -> Self {
        self.targets.push(target);
        self
    }

    /// The queue with a mean patience, after which waiting contacts abandon.
    #[must_use]
    pub fn with_patience(self, patience: Seconds) -> Self {
        Self { patience: Some(patience), ..self }
    }

    /// The queue with other opening hours.
    #[must_use]
    pub fn with_hours(self, hours: OpeningHours) -> Self {
        Self { hours, ..self }
    }

    fn of(id: &str, channel: Channel, handling: Seconds) -> Self {
        Self {
            id: QueueId::new(id),
            name: id.to_owned(),
            channel,
            hours: OpeningHours::always(),
            handling,
            patience: None,
            bot_share: None,
            targets: Vec::new(),
            rank: 1,
            backlog: 0,
            replies: Vec::new(),
            handling_variation: 1.0,
            handover: Seconds::ZERO,
            vip: None,
            wider: None,
            windows: Windows::Given,
            over: Over::Interval,
            floor: None,
        }
    }
}
