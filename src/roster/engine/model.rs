//! A rostering problem as the search sees it.

use super::column::{Column, Duty, Placing, Tour};
use super::coupling::{Coupling, Others};
use super::cover::Cover;
use super::prices::DutyPrices;
use super::row::PenaltyStep;
use super::space::{Memory, TourSpace, Window};
use super::split::serves;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Who could do what when, and what is wanted.
#[derive(Clone, Debug)]
pub(in crate::roster) struct Model {
    pub(in crate::roster) days: usize,
    /// Rows of demand of each day: its intervals, or its shift types; and any in which heads count.
    pub(in crate::roster) rows_per_day: usize,
    /// The first so many rows of each day count the work people do, the others heads.
    pub(in crate::roster) work_rows: usize,
    /// What each row wants, by queue, dearest first.
    pub(in crate::roster) demand: Vec<Vec<PenaltyStep>>,
    pub(in crate::roster) queues: usize,
    /// The queues each skill set serves, as bits.
    pub(in crate::roster) sets: Vec<u32>,
    /// What each shift puts on the desk.
    pub(in crate::roster) shifts: Vec<ShiftWork>,
    /// Shares of a row that somebody can be present, smallest first, after 0.
    pub(in crate::roster) shares: Vec<f64>,
    pub(in crate::roster) spaces: Vec<Arc<dyn TourSpace>>,
    pub(in crate::roster) people: Vec<Member>,
    /// Worth a paid hour beyond all else, by shift: between equal tours the one that works more wins.
    pub(in crate::roster) tie_break: Vec<f64>,
    /// What is paid whatever anybody works.
    pub(in crate::roster) fixed_cost: f64,
    /// Days after which a window may end.
    pub(in crate::roster) week: usize,
    /// Who should be at work with whom.
    pub(in crate::roster) couplings: Vec<Coupling>,
    /// The hours that each shift has in common with each on the same day; none where nobody is bound.
    pub(in crate::roster) in_common: Vec<f64>,
}

/// A person.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct Member {
    /// The legal tours and where in them she begins.
    pub(in crate::roster) space: usize,
    pub(in crate::roster) start: usize,
    /// What the space's costs are multiplied by: her pay.
    pub(in crate::roster) scale: f64,
    /// Her skill set's number.
    pub(in crate::roster) set: usize,
    /// The work she does at the desk against a standard agent.
    pub(in crate::roster) effectiveness: f64,
    /// What each choice costs her or whoever employs her beyond the space's costs; infinite where she may not.
    pub(in crate::roster) prices: DutyPrices,
    /// Duties whose breaks stay where they are as long as she has the shift; none for days beyond.
    pub(in crate::roster) kept: Vec<Option<Duty>>,
    /// Shifts in which she has something else to do on a day, by day and shift: what they put on the desk then. The numbers of breaks
    /// are those of the shift.
    pub(in crate::roster) own_work: BTreeMap<(usize, u16), ShiftWork>,
}

/// A shift at the desk, in rows after its day's first; below 0 for rows of the day before.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct ShiftWork {
    /// Rows and the share (as a number into the shares, 0 for none) present in each, breaks aside.
    pub(in crate::roster) rows: Vec<(i32, u8)>,
    /// Each break's options. Windows of a shift do not overlap.
    pub(in crate::roster) breaks: Vec<Vec<BreakOption>>,
}

/// Where a break may lie: rows and the shares present there without and with it.
pub(in crate::roster) type BreakOption = Vec<(i32, u8, u8)>;

/// Memory that searches use again and again.
#[derive(Debug)]
pub(in crate::roster) struct Scratch {
    /// What presence is worth: for each share all rows.
    pub(super) worth: Vec<f64>,
    prices: DutyPrices,
    placings: Vec<Placing>,
    memory: Memory,
}

impl Scratch {
    /// Adds to the prices at hand.
    pub(super) fn add_prices(&mut self, more: &DutyPrices) {
        self.prices.add_each(more);
    }
}

impl Model {
    pub(in crate::roster) fn rows(&self) -> usize {
        self.days * self.rows_per_day
    }

    /// The dearest queue of a skill set in a row.
    pub(super) fn dearest_queue(&self, set: u32, row: usize, prices: &[Vec<f64>]) -> Option<usize> {
        let served = (0..self.queues).filter(|&queue| serves(set, queue));
        served.reduce(|best, next| if prices[next][row] > prices[best][row] { next } else { best })
    }

    /// What an agent of each skill set is worth in each row: she serves the dearest of her queues.
    pub(super) fn prices_of_sets(&self, prices: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let dearest = |set: u32, row: usize| self.dearest_queue(set, row, prices).map_or(0.0, |queue| prices[queue][row]);
        self.sets.iter().map(|&set| (0..self.rows()).map(|row| dearest(set, row)).collect()).collect()
    }

    /// Brings prices of each queue and row between that of one agent too many and that of the first one missing: others prove nothing.
    pub(super) fn within_steps(&self, prices: &mut [Vec<f64>]) {
        for (row, steps) in self.demand.iter().enumerate() {
            for (queue, prices) in prices.iter_mut().enumerate() {
                let of_queue = || steps.iter().filter(move |step| step.queue == queue).map(|step| step.price);
                prices[row] = prices[row].clamp(of_queue().fold(0.0, f64::min), of_queue().fold(0.0, f64::max));
            }
        }
    }

    /// Puts somebody's tour on the desk, or with a sign of -1 takes it away.
    pub(in crate::roster) fn put(&self, cover: &mut Cover, person: usize, tour: &[Option<Duty>], sign: f64) {
        let set = self.people[person].set;
        self.presence(person, tour, |row, agents| cover.add(row, set, sign * agents));
    }

    /// What a shift of hers puts on the desk.
    fn work<'b>(&'b self, member: &'b Member, day: usize, shift: u16) -> &'b ShiftWork {
        member.own_work.get(&(day, shift)).unwrap_or(&self.shifts[usize::from(shift)])
    }

    /// The agents that somebody who is present in a row is.
    fn agents(&self, member: &Member, row: usize) -> f64 {
        if self.work_rows == self.rows_per_day || row % self.rows_per_day < self.work_rows { member.effectiveness } else { 1.0 }
    }

    /// Whether each shift fills one row and no more: nothing but who works it can differ.
    pub(super) fn fills_single_rows(&self) -> bool {
        self.queues == 1 && self.shifts.iter().all(|work| work.rows.len() == 1)
    }

    /// Nobody at the desk.
    pub(in crate::roster) fn nobody(&self) -> Cover<'_> {
        Cover::empty(&self.demand, &self.sets, self.queues)
    }

    pub(in crate::roster) fn scratch(&self) -> Scratch {
        Scratch {
            worth: Vec::new(),
            prices: DutyPrices::free(self.days, self.shifts.len()),
            placings: vec![Placing::default(); self.days * self.shifts.len()],
            memory: Memory::default(),
        }
    }

    /// A tour of hers with its cost; `None` if it is not legal.
    pub(in crate::roster) fn column(&self, person: usize, tour: &[Option<Duty>]) -> Option<Column> {
        let member = &self.people[person];
        let mut prices = member.prices.clone();
        let shifts = || tour.iter().map(|duty| duty.map(|duty| duty.shift));
        shifts().enumerate().for_each(|(day, shift)| prices.fix(day, shift));
        let found = self.spaces[member.space].cheapest(member.start, member.scale, &prices, &mut Memory::default())?;
        Some(Column { tour: tour.to_vec(), own_cost: found.own_cost + member.prices.of_tour(shifts()) })
    }

    /// Whether any legal tour of hers has finite prices.
    pub(in crate::roster) fn has_tour(&self, person: usize, prices: &DutyPrices) -> bool {
        let member = &self.people[person];
        self.spaces[member.space].cheapest(member.start, member.scale, prices, &mut Memory::default()).is_some()
    }

    /// Everybody's tours with their cost, as far as they are legal.
    pub(in crate::roster) fn columns(&self, tours: &[Tour]) -> impl Iterator<Item = Option<Column>> {
        tours.iter().enumerate().map(|(person, tour)| self.column(person, tour))
    }

    /// Her best tour beside what is covered already and what others do; where the window is not the whole horizon, the days around it stay as in `tour`.
    pub(in crate::roster) fn best_response(
        &self,
        person: usize,
        days: Range<usize>,
        tour: &[Option<Duty>],
        cover: &Cover,
        others: Others,
        scratch: &mut Scratch,
    ) -> Option<Column> {
        let member = &self.people[person];
        cover.savings(member.set, &self.shares, |row| self.agents(member, row), &mut scratch.worth);
        self.price_duties(person, days.clone(), scratch);
        if self.couplings_of(person).next().is_some() {
            return self.best_coupled(person, days, tour, others, scratch);
        }
        self.cheapest(person, days, tour, scratch).map(|(column, _)| column)
    }

    /// Her best tour where an agent in a row is worth these prices, and what it costs less what it is worth.
    pub(in crate::roster) fn best_at_prices(&self, person: usize, prices: &[f64], scratch: &mut Scratch) -> Option<(Column, f64)> {
        let member = &self.people[person];
        scratch.worth.clear();
        for share in &self.shares {
            scratch.worth.extend(prices.iter().enumerate().map(|(row, price)| price * share * self.agents(member, row)));
        }
        self.price_duties(person, 0..self.days, scratch);
        self.cheapest(person, 0..self.days, &[], scratch)
    }

    /// Her best tour where presence in a row is worth `worth` (row, agents).
    pub(in crate::roster) fn best_at(&self, person: usize, worth: impl Fn(usize, f64) -> f64, scratch: &mut Scratch) -> Option<Column> {
        let member = &self.people[person];
        scratch.worth.clear();
        for share in &self.shares {
            scratch.worth.extend((0..self.rows()).map(|row| worth(row, share * self.agents(member, row))));
        }
        self.price_duties(person, 0..self.days, scratch);
        self.cheapest(person, 0..self.days, &[], scratch).map(|(column, _)| column)
    }

    /// The best tour at the prices at hand; where the window is not the whole horizon, the days around it stay as in `tour`.
    pub(super) fn cheapest(
        &self,
        person: usize,
        days: Range<usize>,
        tour: &[Option<Duty>],
        scratch: &mut Scratch,
    ) -> Option<(Column, f64)> {
        let member = &self.people[person];
        let space = &self.spaces[member.space];
        let found = if days.len() == self.days {
            space.cheapest(member.start, member.scale, &scratch.prices, &mut scratch.memory)?
        } else {
            // breaks outside the window stay where they are: its days' prices are all that is compared
            let around: Vec<Option<u16>> = tour.iter().map(|duty| duty.map(|duty| duty.shift)).collect();
            let window = Window { days: days.clone(), around: &around };
            space.within(member.start, member.scale, &scratch.prices, &window, &mut scratch.memory)?
        };
        let own_cost = found.own_cost + member.prices.of_tour(found.shifts.iter().copied());
        let duty = |(day, shift): (usize, Option<u16>)| {
            let kept = if days.contains(&day) { None } else { tour[day] };
            kept.or_else(|| shift.map(|shift| Duty { shift, placing: scratch.placings[day * self.shifts.len() + usize::from(shift)] }))
        };
        Some((Column { tour: found.shifts.into_iter().enumerate().map(duty).collect(), own_cost }, found.price))
    }

    /// The price of each choice: its own less what it is worth at the desk, with its breaks where they hurt least.
    fn price_duties(&self, person: usize, days: Range<usize>, scratch: &mut Scratch) {
        let member = &self.people[person];
        let Member { prices: own, kept, .. } = member;
        let Scratch { worth, prices, placings, .. } = scratch;
        for day in days {
            prices.set(day, None, own.of(day, None));
            for shift in 0..self.shifts.len() {
                let alone = own.of(day, Some(shift as u16));
                let price = if alone.is_finite() {
                    let kept = kept.get(day).copied().flatten().filter(|kept| usize::from(kept.shift) == shift);
                    let (worth, placing) = match kept {
                        Some(duty) => (self.worth_as_placed(person, day, duty, worth), duty.placing),
                        None => self.duty_worth(day, self.work(member, day, shift as u16), worth),
                    };
                    placings[day * self.shifts.len() + shift] = placing;
                    alone - worth - self.tie_break.get(shift).copied().unwrap_or(0.0)
                } else {
                    alone
                };
                prices.set(day, Some(shift as u16), price);
            }
        }
    }

    /// What presence in a row of a day is worth.
    fn worth_at<'b>(&self, day: usize, worth: &'b [f64]) -> impl Fn(i32, u8) -> f64 + 'b {
        let (rows, first) = (self.rows(), day * self.rows_per_day);
        move |row, share| match first.checked_add_signed(row as isize) {
            Some(row) if share > 0 && row < rows => worth[(usize::from(share) - 1) * rows + row],
            _ => 0.0,
        }
    }

    /// What a duty is worth with its breaks where they are.
    fn worth_as_placed(&self, person: usize, day: usize, duty: Duty, worth: &[f64]) -> f64 {
        let at = self.worth_at(day, worth);
        let work = self.work(&self.people[person], day, duty.shift);
        let shift: f64 = work.rows.iter().map(|&(row, share)| at(row, share)).sum();
        shift - work.chosen_breaks(duty).map(|option| lost(option, &at)).sum::<f64>()
    }

    /// What a shift on a day is worth and where its breaks lie best.
    fn duty_worth(&self, day: usize, work: &ShiftWork, worth: &[f64]) -> (f64, Placing) {
        let at = self.worth_at(day, worth);
        let mut total: f64 = work.rows.iter().map(|&(row, share)| at(row, share)).sum();
        let placing = Placing::of(work.breaks.iter().map(|options| {
            let (mut best, mut least) = (0, f64::INFINITY);
            for (place, option) in options.iter().enumerate() {
                let lost = lost(option, &at);
                if lost < least - 1e-12 {
                    (best, least) = (place, lost);
                }
            }
            total -= least;
            (best, options.len())
        }));
        (total, placing)
    }

    /// Every row in which a tour of hers puts somebody, with the agents she is there.
    pub(in crate::roster) fn presence(&self, person: usize, tour: &[Option<Duty>], mut visit: impl FnMut(usize, f64)) {
        let (member, rows) = (&self.people[person], self.rows());
        let share = |share: u8| if share == 0 { 0.0 } else { self.shares[usize::from(share) - 1] };
        for (day, duty) in tour.iter().enumerate() {
            let Some(duty) = duty else { continue };
            let work = self.work(member, day, duty.shift);
            let first = day * self.rows_per_day;
            let mut pauses: Vec<(i32, f64)> = Vec::with_capacity(8);
            for option in work.chosen_breaks(*duty) {
                pauses.extend(option.iter().map(|&(row, without, with)| (row, share(without) - share(with))));
            }
            for &(row, present) in &work.rows {
                let away: f64 = pauses.iter().filter(|(paused, _)| *paused == row).map(|(_, away)| away).sum();
                let present = share(present) - away;
                if let Some(row) = first.checked_add_signed(row as isize).filter(|row| present > 1e-9 && *row < rows) {
                    visit(row, present * self.agents(member, row));
                }
            }
        }
    }

    /// Which option each break of a duty of hers takes.
    pub(in crate::roster) fn placed(&self, person: usize, day: usize, duty: Duty) -> impl Iterator<Item = usize> {
        self.work(&self.people[person], day, duty.shift).placed(duty)
    }
}

impl ShiftWork {
    /// The options that a duty's breaks take.
    fn chosen_breaks(&self, duty: Duty) -> impl Iterator<Item = &BreakOption> {
        self.breaks.iter().zip(self.placed(duty)).map(|(options, place)| &options[place])
    }

    fn placed(&self, duty: Duty) -> impl Iterator<Item = usize> {
        duty.placing.options(self.breaks.iter().map(Vec::len))
    }
}

/// What a break costs where presence is worth `at`.
fn lost(option: &BreakOption, at: impl Fn(i32, u8) -> f64) -> f64 {
    option.iter().map(|&(row, without, with)| at(row, without) - at(row, with)).sum()
}
