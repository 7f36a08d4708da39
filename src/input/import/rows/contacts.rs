//! Contacts of a log: which are outgoing or lost, and those that stand on several rows, one for each leg.

use crate::input::import::rows::tally::{Start, Tallies, Tally};
use chrono::NaiveDateTime;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash, Hasher};

pub(in crate::input) const OUTGOING: [&str; 14] = [
    "outbound",
    "outgoing",
    "out",
    "outbound missed",
    "internal",
    "transfer",
    "呼出",
    "外呼",
    "去电",
    "内部",
    "ausgehend",
    "saliente",
    "sortant",
    "発信",
];
pub(in crate::input) const LOST: [&str; 29] = [
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
    "verpasst",
    "verloren",
    "abgebrochen",
    "nicht angenommen",
    "perdida",
    "abandonada",
    "no contestada",
    "manqué",
    "abandonné",
    "放棄",
];

/// Contacts that the queue sent away: not handled, and no sign of how long they would have waited.
pub(in crate::input) const SENT_AWAY: [&str; 19] = [
    "timeout",
    "timed out",
    "queue timeout",
    "exitwithtimeout",
    "exitwithkey",
    "exitempty",
    "overflow",
    "overflowed",
    "overflow out",
    "flow out",
    "flowed out",
    "voicemail",
    "voice mail",
    "to voicemail",
    "sent to voicemail",
    "排队超时",
    "溢出",
    "留言",
    "转留言",
];

/// Whether a cell is one of these words, in any case.
pub(in crate::input) fn is_of(cell: &str, words: &[&str]) -> bool {
    cell.len() < 40 && words.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// A contact of which a row has been counted: eight bytes, because a log may hold ten million.
#[derive(Clone, Copy, Debug)]
struct Leg {
    /// Minute at which its interval begins.
    slot: i32,
    /// Number of its queue.
    queue: u16,
    /// Minutes from there to its own start.
    within: u8,
    flags: u8,
}

const IS_AGAIN: u8 = 1;
const IS_HANDLED: u8 = 2;
const IS_TIMED: u8 = 4;

impl Leg {
    /// The first row of a contact of the queue with this number, counted in the interval that begins at `slot`.
    fn of(queue: u16, (start, slot): (Start, NaiveDateTime), tally: &Tally) -> Self {
        let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
        let within = minute_of(start.local).saturating_sub(minute_of(slot)).clamp(0, i32::from(u8::MAX));
        Self {
            slot: minute_of(slot),
            queue,
            within: within as u8,
            flags: flag(start.is_again, IS_AGAIN) | flag(tally.handled > 0.0, IS_HANDLED) | flag(tally.timed > 0.0, IS_TIMED),
        }
    }

    fn is(self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// A hash that is the key itself: digests need no other.
#[derive(Default)]
struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// Contacts by the digests of their keys.
#[derive(Debug, Default)]
pub(in crate::input) struct Legs {
    seen: HashMap<u64, Leg, BuildHasherDefault<Itself>>,
    queues: Vec<String>,
}

/// A digest, so that ten million keys fit in memory.
pub(in crate::input) fn digest(of: &(impl Hash + ?Sized)) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(of)
}

fn minute_of(time: NaiveDateTime) -> i32 {
    i32::try_from(time.and_utc().timestamp() / 60).unwrap_or(i32::MAX)
}

impl Legs {
    /// Space for so many contacts, which growing step by step would take half as much again.
    pub(in crate::input) fn reserve(&mut self, contacts: usize) {
        self.seen.reserve(contacts);
    }

    /// Remembers the first row of a contact, counted in the interval that begins at `slot`. Whether it is a further leg of a contact; then
    /// what it adds is added where the contact was counted: talk with another person, or an answer after one that was missed.
    pub(in crate::input) fn join(
        &mut self,
        key: &str,
        queue: &str,
        (start, slot): (Start, NaiveDateTime),
        tally: &Tally,
        tallies: &mut Tallies,
    ) -> bool {
        let mut leg = match self.seen.entry(digest(key)) {
            Entry::Occupied(leg) => leg,
            Entry::Vacant(place) => {
                place.insert(Leg::of(number_of(queue, &mut self.queues), (start, slot), tally));
                return false;
            }
        };
        let leg = leg.get_mut();
        let queue = self.queues.get(usize::from(leg.queue)).and_then(|queue| tallies.get_mut(queue));
        let slot = chrono::DateTime::from_timestamp(i64::from(leg.slot) * 60, 0).map(|slot| slot.naive_utc());
        let counted = queue.zip(slot).and_then(|(of, local)| of.get_mut(&Start { local, is_again: leg.is(IS_AGAIN) }));
        let Some(counted) = counted else { return true };
        if tally.handled > 0.0 && !leg.is(IS_HANDLED) {
            counted.handled += 1.0;
            counted.abandoned -= 1.0;
            leg.flags |= IS_HANDLED;
        }
        // the same row again adds nothing
        let is_other = !leg.is(IS_TIMED) || minute_of(start.local) != leg.slot + i32::from(leg.within);
        if tally.timed > 0.0 && is_other {
            counted.as_mean += tally.as_mean;
            counted.as_total += tally.as_total;
            counted.timed += f64::from(u8::from(!leg.is(IS_TIMED)));
            leg.flags |= IS_TIMED;
        }
        true
    }
}

/// Number of a queue, which is added where it is new.
fn number_of(queue: &str, queues: &mut Vec<String>) -> u16 {
    let place = queues.iter().position(|known| known == queue).unwrap_or_else(|| {
        queues.push(queue.to_owned());
        queues.len() - 1
    });
    u16::try_from(place).unwrap_or(u16::MAX)
}
