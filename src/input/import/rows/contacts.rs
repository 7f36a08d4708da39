//! Contacts of a log: which are outgoing or lost, and those that stand on several rows, one for each leg.

use crate::input::import::rows::tally::{Start, Tallies, Tally};
use chrono::NaiveDateTime;
use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

pub(in crate::input) const OUTGOING: [&str; 10] =
    ["outbound", "outgoing", "out", "outbound missed", "internal", "transfer", "呼出", "外呼", "去电", "内部"];
pub(in crate::input) const LOST: [&str; 19] = [
    "abandon",
    "abandoned",
    "missed",
    "no answer",
    "noanswer",
    "no-answer",
    "unanswered",
    "not answered",
    "busy",
    "failed",
    "lost",
    "cancelled",
    "canceled",
    "未接",
    "未接听",
    "未接通",
    "放弃",
    "排队放弃",
    "否",
];

/// A contact of which a row has been counted; small, because a log may hold ten million.
#[derive(Clone, Copy, Debug)]
struct Leg {
    /// Minute of its start, of its interval, and the number of its queue.
    minute: i32,
    slot: i32,
    queue: u16,
    is_again: bool,
    is_handled: bool,
    is_timed: bool,
}

/// Contacts by the digests of their keys.
#[derive(Debug, Default)]
pub(in crate::input) struct Legs {
    seen: HashMap<u64, Leg>,
    queues: Vec<String>,
}

/// A text's digest, so that ten million keys fit in memory.
pub(in crate::input) fn digest(text: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(text)
}

fn minute_of(time: NaiveDateTime) -> i32 {
    i32::try_from(time.and_utc().timestamp() / 60).unwrap_or(i32::MAX)
}

impl Legs {
    /// Whether a row is a further leg of a contact; then what it adds is added where the contact was counted: talk with another person, or
    /// an answer after one that was missed.
    pub(in crate::input) fn join(&mut self, key: &str, start: Start, tally: &Tally, tallies: &mut Tallies) -> bool {
        let Some(leg) = self.seen.get_mut(&digest(key)) else { return false };
        let queue = self.queues.get(usize::from(leg.queue)).and_then(|queue| tallies.get_mut(queue));
        let slot = chrono::DateTime::from_timestamp(i64::from(leg.slot) * 60, 0).map(|slot| slot.naive_utc());
        let counted = queue.zip(slot).and_then(|(of, local)| of.get_mut(&Start { local, is_again: leg.is_again }));
        let Some(counted) = counted else { return true };
        if tally.handled > 0.0 && !leg.is_handled {
            counted.handled += 1.0;
            counted.abandoned -= 1.0;
            leg.is_handled = true;
        }
        // the same row again adds nothing
        let is_other = !leg.is_timed || minute_of(start.local) != leg.minute;
        if tally.timed > 0.0 && is_other {
            counted.as_mean += tally.as_mean;
            counted.as_total += tally.as_total;
            counted.timed += f64::from(u8::from(!leg.is_timed));
            leg.is_timed = true;
        }
        true
    }

    /// Remembers the first row of a contact, counted in the interval that begins at `slot`.
    pub(in crate::input) fn remember(&mut self, key: &str, queue: &str, (start, slot): (Start, NaiveDateTime), tally: &Tally) {
        let place = self.queues.iter().position(|known| known == queue).unwrap_or_else(|| {
            self.queues.push(queue.to_owned());
            self.queues.len() - 1
        });
        let leg = Leg {
            minute: minute_of(start.local),
            slot: minute_of(slot),
            queue: u16::try_from(place).unwrap_or(u16::MAX),
            is_again: start.is_again,
            is_handled: tally.handled > 0.0,
            is_timed: tally.timed > 0.0,
        };
        self.seen.insert(digest(key), leg);
    }
}
