//! Demand on people: offered contacts after bots, with handling times and handover.

use super::inputs::{Inputs, QueueInputs};
use crate::event::Event;
use crate::forecast::{self, Facts, HandlingTimes};
use crate::service::{Channel, Queue};
use crate::staffing::{self, Demand};
use crate::time::Series;
use crate::units::{Contacts, Factor, Seconds, Share};

/// Bot containment: as stated for active events, else as stated for the queue, else projected from the history; 0 while bots are down.
pub(super) fn bots_of(inputs: &Inputs, of: &QueueInputs, facts: &Facts) -> Series<Share> {
    let grid = inputs.horizon.grid(inputs.interval);
    let learned = match of.queue.bot_share {
        Some(_) => None,
        None => forecast::bot_shares(&of.counts, facts, inputs.history_until, inputs.horizon),
    };
    Series::from_fn(grid, |index| {
        let start = grid.start(index);
        if of.bots_down.iter().any(|(from, to)| (*from..*to).contains(&start)) {
            return Share::ZERO;
        }
        let ordinary = of.queue.bot_share.or_else(|| learned.as_ref().map(|days| days[grid.day_of(index)])).unwrap_or_default();
        let on = |event: &Event| Some((event.expected.bot_share?, event.share_of(start, grid.end(index)))).filter(|(_, part)| *part > 0.0);
        let deepest = facts.events.iter().filter_map(on).reduce(|a, b| if b > a { b } else { a });
        let blended = |(stated, part): (Share, f64)| (stated.get() * part + ordinary.get() * (1.0 - part)).min(1.0);
        deepest.map_or(ordinary, |event| Share::new(blended(event)).expect("the mean of two shares is a share"))
    })
}

/// Handling time relative to the queue's own: learned from the history by hour, weekday, event and bots, and as stated for events.
pub(super) fn handling_of(inputs: &Inputs, of: &QueueInputs, facts: &Facts, bots: &Series<Share>) -> Series<Factor> {
    let chats = matches!(of.queue.channel, Channel::Chat(_));
    let learned = HandlingTimes::learn(&of.counts, facts, inputs.history_until, chats);
    Series::from_fn(bots.grid(), |index| {
        let (start, end) = (bots.grid().start(index), bots.grid().end(index));
        let stated =
            || Factor::new(forecast::stated_handling(start, end, facts.events)).expect("a product of stated multipliers is a factor");
        learned.as_ref().map_or_else(stated, |times| times.factor((start, end), facts, bots[index]))
    })
}

/// Contacts that reach people, with their handling time.
///
/// ```
/// use peakshift::{input::Folder, plan::{demand_of, forecast}, units::{Contacts, Share}};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let (phone, expected) = (&inputs.queues[0].queue, &forecast(&inputs)?[0]);
/// let bots = expected.bots.map(|_| Share::new(0.25).unwrap());
/// let demand = demand_of(phone, &expected.offered.mean, &bots, &expected.handling);
/// let (offered, to_people) = (expected.offered.mean[9].get(), demand[9].contacts.get());
/// assert!((offered - 6.0).abs() < 0.1 && (to_people - 0.75 * offered).abs() < 1e-9);
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn demand_of(queue: &Queue, offered: &Series<Contacts>, bots: &Series<Share>, handling: &Series<Factor>) -> Series<Demand> {
    let contacts = handed_over(queue, offered, bots);
    let demand = |index: usize| Demand {
        contacts: Contacts::new(contacts[index]).expect("contacts that bots hand over are contacts"),
        handling: handling[index],
    };
    Series::from_fn(offered.grid(), demand)
}

/// Contacts that bots hand over to people, delayed by the time bots hold them.
pub(super) fn handed_over(queue: &Queue, offered: &Series<Contacts>, bots: &Series<Share>) -> Vec<f64> {
    let grid = offered.grid();
    let human: Vec<f64> = offered.values().iter().zip(bots.values()).map(|(contacts, bots)| contacts.get() * bots.rest().get()).collect();
    if queue.handover == Seconds::ZERO {
        return human;
    }
    staffing::delayed(&human, queue.handover / grid.interval().seconds(), |index| queue.hours.is_open(grid.start(index)))
}
