//! One simulation run, event by event.
//!
//! There are three kinds of events, each in order of time: contacts arrive, agents begin and end periods on the desk, and work is
//! finished. Abandonment is detected when a contact's turn comes, since it changes nothing before.

use super::contacts::{Contact, Contacts};
use super::pool::{Load, Pool};
use super::tally::{Replied, Run, Tally, add_seconds, tallies};
use super::tournament_tree::TournamentTree;
use super::turns::{Turn, turns};
use super::{SimModel, Work};
use crate::service::later_in_time;
use crate::units::Seconds;
use std::collections::VecDeque;

#[derive(Clone, Debug, Default)]
struct Agent {
    /// Number of current periods on the desk; more than one where a hand-made roster has overlapping shifts.
    at_desk: u32,
    hand: Vec<Contact>,
    /// Time up to which the work in hand is accounted for.
    since: f64,
    /// Start of the current busy time on the desk, with a call or a chat in hand.
    busy_since: Option<f64>,
}

struct State<'a> {
    model: &'a SimModel,
    /// Waiting contacts of each queue, VIPs and others, in order of arrival; abandoned ones are skipped when reached.
    lines: Vec<[VecDeque<Contact>; 2]>,
    agents: Vec<Agent>,
    /// Maximum concurrency over each group's queues.
    most_chats: Vec<usize>,
    /// Work rate on one contact in means per second, by queue, for a standard agent with 1, 2, 3 … of its kind.
    speeds: Vec<Vec<f64>>,
    pool: Pool,
    /// Next completion of each agent.
    completions: TournamentTree,
    run: Run,
}

/// One simulation run: run number `number` from a seed.
pub(super) fn run(model: &SimModel, seed: u64, number: usize) -> Run {
    let mut state = State::at_start(model);
    let interval = model.grid.interval().seconds().get();
    let of_queues = model.queues.iter().enumerate();
    let mut contacts: Vec<Contacts> = of_queues.map(|(queue, of)| Contacts::new(queue, of, interval, seed, number)).collect();
    for of_queue in &contacts {
        of_queue.backlog().into_iter().for_each(|contact| state.line(&contact).push_back(contact));
    }
    let mut next: Vec<Option<Contact>> = contacts.iter_mut().map(Iterator::next).collect();
    let mut turns = turns(model, &state.pool).into_iter().peekable();
    let mut arrival = earliest(&next);
    loop {
        let turn = turns.peek().map_or(f64::INFINITY, |turn| turn.time);
        let (completion, agent) = state.completions.first();
        if turn <= completion && turn <= arrival.0 {
            let Some(turn) = turns.next() else { break };
            state.turn(turn);
        } else if completion <= arrival.0 {
            state.complete(completion, agent);
        } else {
            let queue = arrival.1;
            let Some(contact) = std::mem::replace(&mut next[queue], contacts[queue].next()) else { break };
            arrival = earliest(&next);
            state.arrive(contact);
        }
    }
    state.finish()
}

/// Time and queue of the next arrival; infinite after the last.
fn earliest(next: &[Option<Contact>]) -> (f64, usize) {
    let times = next.iter().enumerate().map(|(queue, contact)| (contact.map_or(f64::INFINITY, |contact| contact.came), queue));
    times.reduce(|first, other| if other.0 < first.0 { other } else { first }).unwrap_or((f64::INFINITY, 0))
}

/// Work rate on one contact in means per second, with 1, 2, 3 … in hand.
fn speeds(work: &Work) -> Vec<f64> {
    let speed = |seconds: Seconds| 1.0 / seconds.get().max(1e-6);
    match work {
        Work::Call(handling) | Work::Deferred(handling) => vec![speed(*handling)],
        Work::Chat(concurrency) => concurrency.chat_times().iter().map(|seconds| speed(*seconds)).collect(),
    }
}

impl<'a> State<'a> {
    fn at_start(model: &'a SimModel) -> Self {
        let windows = |queue: &usize| if let Work::Chat(concurrency) = &model.queues[*queue].work { concurrency.windows() } else { 0 };
        let most_windows = (0..model.queues.len()).map(|queue| windows(&queue)).max().unwrap_or(0);
        let pool = Pool::new(model, most_windows);
        let most_chats = pool.groups().iter().map(|queues| queues.iter().map(windows).max().unwrap_or(0)).collect();
        let queues = model.queues.len();
        Self {
            model,
            lines: vec![[VecDeque::new(), VecDeque::new()]; queues],
            agents: vec![Agent::default(); model.agents.len()],
            pool,
            most_chats,
            speeds: model.queues.iter().map(|queue| speeds(&queue.work)).collect(),
            completions: TournamentTree::of(model.agents.len()),
            run: Run {
                replied: model.queues.iter().map(|queue| vec![Replied::default(); queue.replies.len()]).collect(),
                tallies: tallies(model),
                vips: vec![Tally::default(); queues],
                left_over: vec![0.0; queues],
            },
        }
    }

    fn arrive(&mut self, contact: Contact) {
        let of_queue = &self.model.queues[contact.queue];
        let is_open = contact.slot.is_none_or(|slot| of_queue.open[slot]);
        let is_deferred = self.is_deferred(contact.queue);
        self.tally(&contact, |tally| tally.offered += 1.0);
        if !is_open && !is_deferred {
            self.give_up(&contact);
            return;
        }
        match self.best_agent(contact.queue) {
            Some(agent) => {
                self.answer(contact.came, agent, contact);
                self.place(contact.came, agent);
            }
            None => self.line(&contact).push_back(contact),
        }
    }

    /// Line in which a contact waits.
    fn line(&mut self, contact: &Contact) -> &mut VecDeque<Contact> {
        &mut self.lines[contact.queue][usize::from(!contact.is_vip)]
    }

    fn turn(&mut self, turn: Turn) {
        let Turn { time, agent, sits, group } = turn;
        if sits {
            self.serve_as(time, agent, group);
            self.agents[agent].at_desk += 1;
            self.take_more(time, agent);
            return;
        }
        self.agents[agent].at_desk -= 1;
        if self.agents[agent].at_desk == 0 {
            // calls and chats are finished; deferred work goes to others
            if self.agents[agent].hand.first().is_some_and(|contact| self.is_deferred(contact.queue)) {
                self.account(time, agent);
                self.completions.set(agent, f64::INFINITY);
                if let Some(contact) = self.agents[agent].hand.pop() {
                    self.pool.place(agent, None);
                    match self.best_agent(contact.queue) {
                        Some(other) => {
                            self.answer(time, other, contact);
                            self.place(time, other);
                        }
                        None => self.line(&contact).push_front(contact),
                    }
                }
            }
            self.place(time, agent);
        }
    }

    /// Has an agent serve the queues of a group; busy time so far was that of the queues before.
    fn serve_as(&mut self, now: f64, agent: usize, group: usize) {
        if self.pool.group(agent) != group {
            self.end_busy(now, agent);
            self.pool.regroup(agent, group);
        }
    }

    /// Agent to whom a contact now arriving in the queue goes.
    fn best_agent(&self, queue: usize) -> Option<usize> {
        let most = match &self.model.queues[queue].work {
            Work::Deferred(_) => Load::Free,
            Work::Call(_) => Load::Deferred,
            Work::Chat(concurrency) => Load::Chats(concurrency.windows() - 1),
        };
        self.pool.least_loaded(queue, most)
    }

    fn is_deferred(&self, queue: usize) -> bool {
        matches!(self.model.queues[queue].work, Work::Deferred(_))
    }

    /// Load of an agent on the desk who can take more; `None` for others.
    fn load(&self, agent: usize) -> Option<Load> {
        let Agent { at_desk, hand, .. } = &self.agents[agent];
        match hand.first().map(|contact| &self.model.queues[contact.queue].work) {
            _ if *at_desk == 0 => None,
            None => Some(Load::Free),
            Some(Work::Deferred(_)) => Some(Load::Deferred),
            Some(Work::Chat(_)) => Some(Load::Chats(hand.len())),
            Some(Work::Call(_)) => None,
        }
    }

    /// Updates an agent's place in the pool.
    fn place(&mut self, now: f64, agent: usize) {
        self.note_busy(now, agent);
        let load = self.load(agent).filter(|load| !matches!(load, Load::Chats(chats) if *chats >= self.most_chats[self.pool.group(agent)]));
        self.pool.place(agent, load);
    }

    fn note_busy(&mut self, now: f64, agent: usize) {
        let Agent { at_desk, hand, .. } = &self.agents[agent];
        let is_busy = *at_desk > 0 && hand.first().is_some_and(|contact| !self.is_deferred(contact.queue));
        if is_busy {
            self.agents[agent].busy_since.get_or_insert(now);
        } else {
            self.end_busy(now, agent);
        }
    }

    /// Ends an agent's busy time, if they have one.
    fn end_busy(&mut self, now: f64, agent: usize) {
        if let Some(since) = self.agents[agent].busy_since.take() {
            let queues = self.pool.queues(agent);
            add_seconds(self.model, queues, since, now, &mut self.run.tallies, |tally| &mut tally.busy);
        }
    }

    /// Assigns a contact to an agent; their deferred work in hand returns to the head of its line.
    fn answer(&mut self, now: f64, agent: usize, contact: Contact) {
        self.account(now, agent);
        if !self.is_deferred(contact.queue) {
            if self.agents[agent].hand.first().is_some_and(|first| self.is_deferred(first.queue))
                && let Some(aside) = self.agents[agent].hand.pop()
            {
                self.line(&aside).push_front(aside);
            }
            self.count_answered(&contact, now - contact.came);
        }
        self.agents[agent].hand.push(contact);
        self.count_replies(&contact, now - contact.came, self.agents[agent].hand.len());
        self.schedule(now, agent);
    }

    /// Counts replies to a contact answered after `wait` seconds by an agent who now has `chats` chats.
    fn count_replies(&mut self, contact: &Contact, wait: f64, chats: usize) {
        let of_queue = &self.model.queues[contact.queue];
        let Some(slot) = contact.slot.filter(|_| !of_queue.replies.is_empty()) else { return };
        let slower = match &of_queue.work {
            Work::Chat(concurrency) => concurrency.slower(chats),
            Work::Call(_) | Work::Deferred(_) => 1.0,
        };
        for (of, replied) in of_queue.replies.iter().zip(&mut self.run.replied[contact.queue]).filter(|(of, _)| of.counts[slot]) {
            let later = later_in_time(of.within, of.reply, slower);
            replied.awaited += of.rounds;
            replied.in_time += f64::from(u8::from(wait <= of.within.get())) + (of.rounds - 1.0) * later;
        }
    }

    /// Counts an abandoned contact, with a missed reply.
    fn give_up(&mut self, contact: &Contact) {
        self.tally(contact, |tally| tally.abandoned += 1.0);
        self.await_in_vain(contact);
    }

    fn await_in_vain(&mut self, contact: &Contact) {
        let Some(slot) = contact.slot else { return };
        let counted = self.model.queues[contact.queue].replies.iter().zip(&mut self.run.replied[contact.queue]);
        counted.filter(|(of, _)| of.counts[slot]).for_each(|(_, replied)| replied.awaited += 1.0);
    }

    /// Work rate on a contact in hand, in means per second.
    fn rate(&self, agent: usize, contact: &Contact) -> f64 {
        let speeds = &self.speeds[contact.queue];
        let chats = self.agents[agent].hand.len().clamp(1, speeds.len());
        self.model.agents[agent].effectiveness * contact.ease * speeds[chats - 1]
    }

    /// Deducts the work done since the last update.
    fn account(&mut self, now: f64, agent: usize) {
        let elapsed = now - self.agents[agent].since;
        for place in 0..self.agents[agent].hand.len() {
            let contact = self.agents[agent].hand[place];
            self.agents[agent].hand[place].work = (contact.work - elapsed * self.rate(agent, &contact)).max(0.0);
        }
        self.agents[agent].since = now;
    }

    /// Schedules an agent's next completion.
    fn schedule(&mut self, now: f64, agent: usize) {
        let (_, lasts) = self.finished_first(agent);
        self.completions.set(agent, now + lasts);
    }

    /// Index of the contact in hand that is finished first, and the seconds until then.
    fn finished_first(&self, agent: usize) -> (usize, f64) {
        let hand = self.agents[agent].hand.iter().enumerate();
        let lasts = hand.map(|(place, contact)| (place, contact.work / self.rate(agent, contact)));
        lasts.reduce(|first, other| if other.1 < first.1 { other } else { first }).unwrap_or((0, f64::INFINITY))
    }

    fn complete(&mut self, now: f64, agent: usize) {
        let contact = if self.agents[agent].hand.len() > 1 {
            let (place, _) = self.finished_first(agent);
            self.account(now, agent);
            self.agents[agent].hand.swap_remove(place)
        } else {
            self.completions.set(agent, f64::INFINITY);
            let Some(only) = self.agents[agent].hand.pop() else { return };
            only
        };
        if self.is_deferred(contact.queue) {
            self.count_answered(&contact, now - contact.came);
        }
        if !self.agents[agent].hand.is_empty() {
            self.schedule(now, agent);
        }
        self.take_more(now, agent);
    }

    /// Lets an agent with capacity take the longest-waiting contact of their highest-ranked queue; deferred work if nothing else waits.
    fn take_more(&mut self, now: f64, agent: usize) {
        while let Some(contact) = self.next_for(now, agent) {
            self.answer(now, agent, contact);
        }
        self.place(now, agent);
    }

    fn next_for(&mut self, now: f64, agent: usize) -> Option<Contact> {
        let model = self.model;
        let load = self.load(agent)?;
        let mut best: Option<(bool, u8, f64, usize, usize)> = None;
        for place in 0..self.pool.queues(agent).len() {
            let queue = self.pool.queues(agent)[place];
            let fits = match &model.queues[queue].work {
                Work::Deferred(_) => load == Load::Free,
                Work::Call(_) => matches!(load, Load::Free | Load::Deferred),
                Work::Chat(concurrency) => !matches!(load, Load::Chats(chats) if chats >= concurrency.windows()),
            };
            if !fits {
                continue;
            }
            for class in 0..2 {
                while let Some(contact) = self.lines[queue][class].front().copied().filter(|contact| contact.gives_up <= now) {
                    self.lines[queue][class].pop_front();
                    self.give_up(&contact);
                }
                let Some(first) = self.lines[queue][class].front() else { continue };
                let key = (self.is_deferred(queue), model.queues[queue].rank, first.came, queue, class);
                if best.is_none_or(|best| key < best) {
                    best = Some(key);
                }
                break;
            }
        }
        best.and_then(|(.., queue, class)| self.lines[queue][class].pop_front())
    }

    /// Counts a contact answered, or deferred work finished, after `waited` seconds.
    fn count_answered(&mut self, contact: &Contact, waited: f64) {
        let Some(slot) = contact.slot else { return };
        let of_queue = &self.model.queues[contact.queue];
        self.run.tallies[contact.queue][slot].answer(waited, of_queue.within);
        if let Some(vips) = of_queue.vips.filter(|_| contact.is_vip) {
            self.run.vips[contact.queue].answer(waited, vips.within);
        }
    }

    fn tally(&mut self, contact: &Contact, count: impl Fn(&mut Tally)) {
        if let Some(slot) = contact.slot {
            count(&mut self.run.tallies[contact.queue][slot]);
            if contact.is_vip {
                count(&mut self.run.vips[contact.queue]);
            }
        }
    }

    /// Ends the run: contacts still waiting abandon eventually, or are left over if their patience is infinite.
    fn finish(mut self) -> Run {
        for queue in 0..self.lines.len() {
            for contact in std::mem::take(&mut self.lines[queue]).into_iter().flatten() {
                if contact.gives_up.is_finite() {
                    self.give_up(&contact);
                } else {
                    self.run.left_over[queue] += 1.0;
                    self.await_in_vain(&contact);
                }
            }
        }
        self.run
    }
}
