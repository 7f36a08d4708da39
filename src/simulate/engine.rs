//! One run of the desk, event by event.

use super::{Arrivals, Desk, Work};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, Exp1, Poisson};
use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

/// What became of the contacts that arrived in one interval of one queue.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) offered: f64,
    pub(super) answered: f64,
    /// Answered within the queue's time; for deferred work finished within it.
    pub(super) in_time: f64,
    pub(super) abandoned: f64,
    /// Waits of the answered, in seconds.
    pub(super) waited: f64,
}

/// Tallies by queue and interval of arrival, and what was still waiting at the end.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) tallies: Vec<Vec<Tally>>,
    pub(super) left_over: Vec<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Arrival { queue: usize, contact: usize },
    Completion { agent: usize, version: u32 },
    Abandonment { contact: usize },
    Sits { agent: usize },
    Leaves { agent: usize },
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Event {
    time: f64,
    order: u64,
    kind: Kind,
}

impl Eq for Event {}

impl Ord for Event {
    /// The earliest event is the greatest, as the heap gives the greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.time.total_cmp(&self.time).then(other.order.cmp(&self.order))
    }
}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[derive(Clone, Copy, Debug)]
struct Contact {
    queue: usize,
    slot: usize,
    arrived: f64,
    waiting: bool,
}

#[derive(Clone, Debug, Default)]
struct Agent {
    /// Stretches at the desk that she is in; more than one where a hand-made roster has shifts overlap.
    at_desk: u32,
    /// Contacts in hand.
    hand: Vec<usize>,
    version: u32,
}

struct State<'a, R: Rng> {
    desk: &'a Desk,
    random: &'a mut R,
    events: BinaryHeap<Event>,
    order: u64,
    contacts: Vec<Contact>,
    /// Waiting contacts of each queue, first come first; those who gave up are skipped when met.
    lines: Vec<VecDeque<usize>>,
    agents: Vec<Agent>,
    /// For each queue the agents who serve it, those with the fewest other skills first.
    able: Vec<Vec<usize>>,
    run: Run,
}

/// Plays the desk once from empty.
pub(super) fn run(desk: &Desk, random: &mut impl Rng) -> Run {
    let slots = desk.grid.len();
    let able = (0..desk.queues.len())
        .map(|queue| {
            let mut able: Vec<usize> = (0..desk.agents.len()).filter(|&agent| desk.agents[agent].queues.contains(&queue)).collect();
            able.sort_by_key(|&agent| {
                (desk.agents[agent].queues.len(), desk.agents[agent].queues.iter().position(|&served| served == queue))
            });
            able
        })
        .collect();
    let mut state = State {
        desk,
        random,
        events: BinaryHeap::new(),
        order: 0,
        contacts: Vec::new(),
        lines: vec![VecDeque::new(); desk.queues.len()],
        agents: vec![Agent::default(); desk.agents.len()],
        able,
        run: Run { tallies: vec![vec![Tally::default(); slots]; desk.queues.len()], left_over: vec![0.0; desk.queues.len()] },
    };
    state.schedule_arrivals();
    state.schedule_presence();
    while let Some(event) = state.events.pop() {
        state.happen(event);
    }
    state.count_left_over();
    state.run
}

impl<R: Rng> State<'_, R> {
    fn schedule(&mut self, time: f64, kind: Kind) {
        self.order += 1;
        self.events.push(Event { time, order: self.order, kind });
    }

    fn schedule_arrivals(&mut self) {
        let length = self.desk.grid.interval().seconds();
        for queue in 0..self.desk.queues.len() {
            for slot in 0..self.desk.grid.len() {
                let number = match &self.desk.queues[queue].arrivals {
                    Arrivals::Counts(counts) => counts[slot],
                    Arrivals::Means(means) => Poisson::new(means[slot]).map_or(0, |poisson| poisson.sample(self.random) as u32),
                };
                for _ in 0..number {
                    let arrived = (slot as f64 + self.random.random::<f64>()) * length;
                    self.contacts.push(Contact { queue, slot, arrived, waiting: false });
                    self.schedule(arrived, Kind::Arrival { queue, contact: self.contacts.len() - 1 });
                }
            }
        }
    }

    fn schedule_presence(&mut self) {
        for agent in 0..self.desk.agents.len() {
            for stretch in 0..self.desk.agents[agent].at_desk.len() {
                let (from, to) = self.desk.agents[agent].at_desk[stretch];
                self.schedule(from, Kind::Sits { agent });
                self.schedule(to, Kind::Leaves { agent });
            }
        }
    }

    fn happen(&mut self, event: Event) {
        match event.kind {
            Kind::Arrival { queue, contact } => self.arrive(event.time, queue, contact),
            Kind::Completion { agent, version } if self.agents[agent].version == version => self.complete(event.time, agent),
            Kind::Completion { .. } => {}
            Kind::Abandonment { contact } => self.abandon(contact),
            Kind::Sits { agent } => {
                self.agents[agent].at_desk += 1;
                self.take_more(event.time, agent);
            }
            Kind::Leaves { agent } => self.agents[agent].at_desk -= 1,
        }
    }

    fn arrive(&mut self, now: f64, queue: usize, contact: usize) {
        self.tally(contact).offered += 1.0;
        if !self.desk.queues[queue].open[self.contacts[contact].slot] && !self.is_deferred(queue) {
            self.tally(contact).abandoned += 1.0;
            return;
        }
        if let Some(agent) = self.best_agent(queue) {
            self.answer(now, agent, contact);
            return;
        }
        self.contacts[contact].waiting = true;
        self.lines[queue].push_back(contact);
        if let Some(patience) = self.desk.queues[queue].patience {
            let endures: f64 = Exp1.sample(self.random);
            self.schedule(now + endures * patience.get(), Kind::Abandonment { contact });
        }
    }

    /// The least loaded agent who can take a contact of the queue now; of equals the one with the fewest other skills.
    fn best_agent(&self, queue: usize) -> Option<usize> {
        let free = |agent: &&usize| self.can_take(**agent, queue);
        self.able[queue].iter().filter(free).min_by_key(|&&agent| self.chats(agent)).copied()
    }

    /// Contacts in hand that would not be put aside.
    fn chats(&self, agent: usize) -> usize {
        self.agents[agent].hand.iter().filter(|&&contact| !self.is_deferred(self.contacts[contact].queue)).count()
    }

    fn is_deferred(&self, queue: usize) -> bool {
        matches!(self.desk.queues[queue].work, Work::Deferred(_))
    }

    fn can_take(&self, agent: usize, queue: usize) -> bool {
        if self.agents[agent].at_desk == 0 {
            return false;
        }
        let in_hand = self.chats(agent);
        let only_chats =
            self.agents[agent].hand.iter().all(|&contact| !matches!(self.desk.queues[self.contacts[contact].queue].work, Work::Call(_)));
        match &self.desk.queues[queue].work {
            Work::Call(_) => in_hand == 0,
            Work::Chat(concurrency) => only_chats && in_hand < concurrency.windows(),
            Work::Deferred(_) => self.agents[agent].hand.is_empty(),
        }
    }

    fn answer(&mut self, now: f64, agent: usize, contact: usize) {
        let Contact { queue, arrived, .. } = self.contacts[contact];
        self.contacts[contact].waiting = false;
        if !self.is_deferred(queue) {
            self.put_aside(agent);
            let wait = now - arrived;
            let in_time = wait <= self.desk.queues[queue].within.get();
            let tally = self.tally(contact);
            tally.answered += 1.0;
            tally.waited += wait;
            tally.in_time += f64::from(u8::from(in_time));
        }
        self.agents[agent].hand.push(contact);
        self.draw_completion(now, agent);
    }

    /// Deferred work in hand goes back to the head of its line.
    fn put_aside(&mut self, agent: usize) {
        if let Some(place) = self.agents[agent].hand.iter().position(|&contact| self.is_deferred(self.contacts[contact].queue)) {
            let contact = self.agents[agent].hand.swap_remove(place);
            self.contacts[contact].waiting = true;
            self.lines[self.contacts[contact].queue].push_front(contact);
        }
    }

    /// Contacts finish at the sum of their rates with so many in hand; exponential times have no memory, so the next end may
    /// be drawn anew whenever the number changes.
    fn draw_completion(&mut self, now: f64, agent: usize) {
        self.agents[agent].version += 1;
        let rate: f64 = self.agents[agent].hand.iter().map(|&contact| self.rate(agent, contact)).sum();
        if rate > 0.0 {
            let lasts: f64 = Exp1.sample(self.random);
            self.schedule(now + lasts / rate, Kind::Completion { agent, version: self.agents[agent].version });
        }
    }

    fn rate(&self, agent: usize, contact: usize) -> f64 {
        let Contact { queue, slot, .. } = self.contacts[contact];
        let of_queue = &self.desk.queues[queue];
        let seconds = match &of_queue.work {
            Work::Call(handling) | Work::Deferred(handling) => handling.get(),
            Work::Chat(concurrency) => concurrency.chat_time(self.agents[agent].hand.len()).get(),
        };
        self.desk.agents[agent].strength / (seconds * of_queue.handling_factor[slot]).max(1e-6)
    }

    fn complete(&mut self, now: f64, agent: usize) {
        let rates: Vec<f64> = self.agents[agent].hand.iter().map(|&contact| self.rate(agent, contact)).collect();
        let mut luck = self.random.random::<f64>() * rates.iter().sum::<f64>();
        let place = rates.iter().position(|rate| {
            luck -= rate;
            luck <= 0.0
        });
        let contact = self.agents[agent].hand.swap_remove(place.unwrap_or(0));
        let Contact { queue, arrived, .. } = self.contacts[contact];
        if self.is_deferred(queue) {
            let in_time = now - arrived <= self.desk.queues[queue].within.get();
            let tally = self.tally(contact);
            tally.answered += 1.0;
            tally.waited += now - arrived;
            tally.in_time += f64::from(u8::from(in_time));
        }
        self.draw_completion(now, agent);
        self.take_more(now, agent);
    }

    /// An agent with room takes whoever has waited longest of her queues; deferred work when nobody waits.
    fn take_more(&mut self, now: f64, agent: usize) {
        while let Some(contact) = self.next_for(agent) {
            self.answer(now, agent, contact);
        }
    }

    fn next_for(&mut self, agent: usize) -> Option<usize> {
        let mut best: Option<(bool, f64, usize)> = None;
        for place in 0..self.desk.agents[agent].queues.len() {
            let queue = self.desk.agents[agent].queues[place];
            while self.lines[queue].front().is_some_and(|&contact| !self.contacts[contact].waiting) {
                self.lines[queue].pop_front();
            }
            let Some(&first) = self.lines[queue].front().filter(|_| self.can_take(agent, queue)) else { continue };
            let key = (self.is_deferred(queue), self.contacts[first].arrived, queue);
            if best.is_none_or(|best| key < best) {
                best = Some(key);
            }
        }
        best.and_then(|(_, _, queue)| self.lines[queue].pop_front())
    }

    fn abandon(&mut self, contact: usize) {
        if std::mem::replace(&mut self.contacts[contact].waiting, false) {
            self.tally(contact).abandoned += 1.0;
        }
    }

    fn tally(&mut self, contact: usize) -> &mut Tally {
        let Contact { queue, slot, .. } = self.contacts[contact];
        &mut self.run.tallies[queue][slot]
    }

    fn count_left_over(&mut self) {
        for contact in self.contacts.iter().filter(|contact| contact.waiting) {
            self.run.left_over[contact.queue] += 1.0;
        }
    }
}
