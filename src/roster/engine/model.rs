//! Rostering problem as the search sees it.

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

/// People, their tours, and the demand.
#[derive(Clone, Debug)]
pub(in crate::roster) struct Model {
    pub(in crate::roster) days: usize,
    /// Rows of demand per day: its intervals, or its shift types; then any headcount rows.
    pub(in crate::roster) rows_per_day: usize,
    /// Number of rows per day that measure effective agents; the remaining ones measure headcount.
    pub(in crate::roster) work_rows: usize,
    /// Penalty steps of each row, by queue, most costly first.
    pub(in crate::roster) demand: Vec<Vec<PenaltyStep>>,
    pub(in crate::roster) queues: usize,
    /// Queues that each skill set serves, as bits.
    pub(in crate::roster) sets: Vec<u32>,
    /// Presence of each shift on the desk.
    pub(in crate::roster) shifts: Vec<ShiftWork>,
    /// Presence shares above 0, ascending.
    pub(in crate::roster) shares: Vec<f64>,
    pub(in crate::roster) spaces: Vec<Arc<dyn TourSpace>>,
    pub(in crate::roster) people: Vec<Member>,
    /// Tie-break value of each shift: of equal tours the one that works more wins.
    pub(in crate::roster) tie_break: Vec<f64>,
    /// Cost that does not depend on the tours.
    pub(in crate::roster) fixed_cost: f64,
    /// Length of a week in days; windows of the search end with a week.
    pub(in crate::roster) week: usize,
    /// Couplings between tours.
    pub(in crate::roster) couplings: Vec<Coupling>,
    /// Hours that each shift has in common with each on the same day; unused without couplings of shared hours.
    pub(in crate::roster) in_common: Vec<f64>,
}

/// A person to be rostered.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct Member {
    /// Space of legal tours, and the person's initial state in it.
    pub(in crate::roster) space: usize,
    pub(in crate::roster) start: usize,
    /// Factor of the space's costs: the person's pay.
    pub(in crate::roster) scale: f64,
    /// Index of the skill set.
    pub(in crate::roster) set: usize,
    /// Effectiveness relative to a standard agent.
    pub(in crate::roster) effectiveness: f64,
    /// Price of each choice beyond the space's costs; infinite if forbidden.
    pub(in crate::roster) prices: DutyPrices,
    /// Duties whose breaks stay as placed while the person keeps the shift; empty for days beyond.
    pub(in crate::roster) kept: Vec<Option<Duty>>,
    /// Presence of shifts with offline activities, by day and shift. Their breaks are numbered as those of the shift.
    pub(in crate::roster) own_work: BTreeMap<(usize, u16), ShiftWork>,
}

/// Presence of a shift, in rows counted from the first of its day; negative for rows of the day before.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct ShiftWork {
    /// Rows with the index of the presence share in each (0 for none), before breaks.
    pub(in crate::roster) rows: Vec<(i32, u8)>,
    /// Options of each break. Windows of a shift do not overlap.
    pub(in crate::roster) breaks: Vec<Vec<BreakOption>>,
}

/// Placement option of a break: rows with the presence shares without and with it.
pub(in crate::roster) type BreakOption = Vec<(i32, u8, u8)>;

/// Reusable memory of a search.
#[derive(Debug)]
pub(in crate::roster) struct Scratch {
    /// Value of presence: for each presence share, all rows.
    pub(super) worth: Vec<f64>,
    prices: DutyPrices,
    placings: Vec<Placing>,
    memory: Memory,
}

impl Scratch {
    /// Adds to the current prices.
    pub(super) fn add_prices(&mut self, more: &DutyPrices) {
        self.prices.add_each(more);
    }
}

impl Model {
    pub(in crate::roster) fn rows(&self) -> usize {
        self.days * self.rows_per_day
    }

    /// Most costly queue of a skill set in a row.
    pub(super) fn dearest_queue(&self, set: u32, row: usize, prices: &[Vec<f64>]) -> Option<usize> {
        let served = (0..self.queues).filter(|&queue| serves(set, queue));
        served.reduce(|best, next| if prices[next][row] > prices[best][row] { next } else { best })
    }

    /// Price of an agent of each skill set in each row, that of the most costly queue they serve.
    pub(super) fn prices_of_sets(&self, prices: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let dearest = |set: u32, row: usize| self.dearest_queue(set, row, prices).map_or(0.0, |queue| prices[queue][row]);
        self.sets.iter().map(|&set| (0..self.rows()).map(|row| dearest(set, row)).collect()).collect()
    }

    /// Clamps duals to each row's marginal penalties; values outside cannot tighten the bound.
    pub(super) fn within_steps(&self, prices: &mut [Vec<f64>]) {
        for (row, steps) in self.demand.iter().enumerate() {
            for (queue, prices) in prices.iter_mut().enumerate() {
                let of_queue = || steps.iter().filter(move |step| step.queue == queue).map(|step| step.price);
                prices[row] = prices[row].clamp(of_queue().fold(0.0, f64::min), of_queue().fold(0.0, f64::max));
            }
        }
    }

    /// Adds a person's tour to the desk, or removes it with a `sign` of -1.
    pub(in crate::roster) fn put(&self, cover: &mut Cover, person: usize, tour: &[Option<Duty>], sign: f64) {
        let set = self.people[person].set;
        self.presence(person, tour, |row, agents| cover.add(row, set, sign * agents));
    }

    /// Presence of a person's shift on a day.
    fn work<'b>(&'b self, member: &'b Member, day: usize, shift: u16) -> &'b ShiftWork {
        member.own_work.get(&(day, shift)).unwrap_or(&self.shifts[usize::from(shift)])
    }

    /// Agents that a present person counts for in a row.
    fn agents(&self, member: &Member, row: usize) -> f64 {
        if self.work_rows == self.rows_per_day || row % self.rows_per_day < self.work_rows { member.effectiveness } else { 1.0 }
    }

    /// Whether each shift fills exactly one row, so that only the choice of people matters.
    pub(super) fn fills_single_rows(&self) -> bool {
        self.queues == 1 && self.shifts.iter().all(|work| work.rows.len() == 1)
    }

    /// Coverage by nobody.
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

    /// A person's tour with its cost; `None` if it is not legal.
    pub(in crate::roster) fn column(&self, person: usize, tour: &[Option<Duty>]) -> Option<Column> {
        let member = &self.people[person];
        let mut prices = member.prices.clone();
        let shifts = || tour.iter().map(|duty| duty.map(|duty| duty.shift));
        shifts().enumerate().for_each(|(day, shift)| prices.fix(day, shift));
        let found = self.spaces[member.space].cheapest(member.start, member.scale, &prices, &mut Memory::default())?;
        Some(Column { tour: tour.to_vec(), own_cost: found.own_cost + member.prices.of_tour(shifts()) })
    }

    /// Whether a person has a legal tour of finite price.
    pub(in crate::roster) fn has_tour(&self, person: usize, prices: &DutyPrices) -> bool {
        let member = &self.people[person];
        self.spaces[member.space].cheapest(member.start, member.scale, prices, &mut Memory::default()).is_some()
    }

    /// Columns of everybody's tours, `None` for those that are not legal.
    pub(in crate::roster) fn columns(&self, tours: &[Tour]) -> impl Iterator<Item = Option<Column>> {
        tours.iter().enumerate().map(|(person, tour)| self.column(person, tour))
    }

    /// Best tour of a person, given the coverage and tours of the others. Outside the window `days` it stays as in `tour`.
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

    /// Best tour of a person at given prices of an agent per row, with its reduced cost.
    pub(in crate::roster) fn best_at_prices(&self, person: usize, prices: &[f64], scratch: &mut Scratch) -> Option<(Column, f64)> {
        let member = &self.people[person];
        scratch.worth.clear();
        for share in &self.shares {
            scratch.worth.extend(prices.iter().enumerate().map(|(row, price)| price * share * self.agents(member, row)));
        }
        self.price_duties(person, 0..self.days, scratch);
        self.cheapest(person, 0..self.days, &[], scratch)
    }

    /// Best tour of a person where presence in a row has the value `worth(row, agents)`.
    pub(in crate::roster) fn best_at(&self, person: usize, worth: impl Fn(usize, f64) -> f64, scratch: &mut Scratch) -> Option<Column> {
        let member = &self.people[person];
        scratch.worth.clear();
        for share in &self.shares {
            scratch.worth.extend((0..self.rows()).map(|row| worth(row, share * self.agents(member, row))));
        }
        self.price_duties(person, 0..self.days, scratch);
        self.cheapest(person, 0..self.days, &[], scratch).map(|(column, _)| column)
    }

    /// Cheapest tour at the current prices. Outside the window `days` it stays as in `tour`.
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
            // breaks outside the window stay: only the prices of its days are compared
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

    /// Prices of all choices: their own minus their value on the desk, with breaks where they cost least.
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

    /// Value of presence in the rows of a day.
    fn worth_at<'b>(&self, day: usize, worth: &'b [f64]) -> impl Fn(i32, u8) -> f64 + 'b {
        let (rows, first) = (self.rows(), day * self.rows_per_day);
        move |row, share| match first.checked_add_signed(row as isize) {
            Some(row) if share > 0 && row < rows => worth[(usize::from(share) - 1) * rows + row],
            _ => 0.0,
        }
    }

    /// Value of a duty with its breaks as placed.
    fn worth_as_placed(&self, person: usize, day: usize, duty: Duty, worth: &[f64]) -> f64 {
        let at = self.worth_at(day, worth);
        let work = self.work(&self.people[person], day, duty.shift);
        let shift: f64 = work.rows.iter().map(|&(row, share)| at(row, share)).sum();
        shift - work.chosen_breaks(duty).map(|option| lost(option, &at)).sum::<f64>()
    }

    /// Value of a shift on a day with the best placement of its breaks.
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

    /// Visits every row in which a tour makes a person present, with the agents they count for.
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

    /// Option that each break of a duty takes.
    pub(in crate::roster) fn placed(&self, person: usize, day: usize, duty: Duty) -> impl Iterator<Item = usize> {
        self.work(&self.people[person], day, duty.shift).placed(duty)
    }
}

impl ShiftWork {
    /// Options that the breaks of a duty take.
    fn chosen_breaks(&self, duty: Duty) -> impl Iterator<Item = &BreakOption> {
        self.breaks.iter().zip(self.placed(duty)).map(|(options, place)| &options[place])
    }

    fn placed(&self, duty: Duty) -> impl Iterator<Item = usize> {
        duty.placing.options(self.breaks.iter().map(Vec::len))
    }
}

/// Value lost to a break, where `at` is the value of presence.
fn lost(option: &BreakOption, at: impl Fn(i32, u8) -> f64) -> f64 {
    option.iter().map(|&(row, without, with)| at(row, without) - at(row, with)).sum()
}
