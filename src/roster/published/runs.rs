//! Legal tours of the shift-scheduling instances: runs of days on and off, successions, and totals over the horizon.
//!
//! The choices of a day depend on the last shift and on the length of the run of days on or off: the *phase*. Totals over the horizon
//! (minutes, weekends, shifts of a limited type) are *accounts*: a box of numbers at each phase. A day's step moves a whole box in one
//! loop over memory, so exactness costs little. Shifts that no rule distinguishes form one class, in which each day's cheapest
//! represents all.

use crate::roster::engine::DutyPrices;
use crate::roster::engine::Found;
use crate::roster::engine::Memory;
use crate::roster::engine::TourSpace;
use crate::roster::engine::Window;
use std::ops::Range;

/// Rules of one employee, in whole units of time.
#[derive(Clone, Debug)]
pub(super) struct RunRules {
    pub(super) days: usize,
    pub(super) classes: Vec<ShiftClass>,
    /// Whether a class may be worked the day after another: `follows[before][after]`.
    pub(super) follows: Vec<Vec<bool>>,
    pub(super) most_running: usize,
    /// Minimum lengths of runs of days on and off; those that touch an end of the horizon may be shorter.
    pub(super) least_running: usize,
    pub(super) least_off: usize,
    pub(super) least_units: usize,
    pub(super) most_units: usize,
    pub(super) most_weekends: usize,
    /// Maximum number of shifts of each limited class.
    pub(super) limits: Vec<usize>,
}

/// Shifts that no rule distinguishes.
#[derive(Clone, Debug)]
pub(super) struct ShiftClass {
    pub(super) shifts: Vec<u16>,
    pub(super) units: usize,
    /// Index of the limit towards which they count.
    pub(super) limit: Option<usize>,
}

/// Legal tours of all employees under the same rules.
#[derive(Clone, Debug)]
pub(super) struct RunSpace {
    rules: RunRules,
    /// Class of each shift.
    class_of: Vec<Option<usize>>,
    /// Maximum units in a number of days, from any phase.
    most_in: Vec<usize>,
}

/// Step between phases: a class, or `None` for a day off.
type Choice = Option<usize>;

impl RunSpace {
    pub(super) fn new(rules: RunRules, shifts: usize) -> Self {
        let class = |shift: usize| rules.classes.iter().position(|class| class.shifts.contains(&(shift as u16)));
        let mut space = Self { class_of: (0..shifts).map(class).collect(), most_in: Vec::new(), rules };
        space.most_in = space.most_units_by_days();
        space
    }

    fn phases(&self) -> usize {
        self.rules.classes.len() * self.rules.most_running + self.offs()
    }

    /// Number of phases of days off; the last represents all runs that are long enough.
    fn offs(&self) -> usize {
        self.rules.least_off.max(1)
    }

    fn on(&self, class: usize, run: usize) -> usize {
        class * self.rules.most_running + run - 1
    }

    fn off(&self, run: usize) -> usize {
        self.rules.classes.len() * self.rules.most_running + run.min(self.offs()) - 1
    }

    /// Class and length of a phase's run; `None` for a run of days off.
    fn run_of(&self, phase: usize) -> (Choice, usize) {
        let on = self.rules.classes.len() * self.rules.most_running;
        if phase < on { (Some(phase / self.rules.most_running), phase % self.rules.most_running + 1) } else { (None, phase - on + 1) }
    }

    /// Phase after a choice on a day; `None` if that is not legal.
    fn step(&self, day: usize, phase: usize, choice: Choice) -> Option<usize> {
        let rules = &self.rules;
        match (self.run_of(phase), choice) {
            // a run that began with the horizon may be short
            ((Some(_), run), None) => (run >= rules.least_running || run == day).then(|| self.off(1)),
            ((None, run), None) => Some(self.off(run + 1)),
            ((Some(class), run), Some(next)) => (run < rules.most_running && rules.follows[class][next]).then(|| self.on(next, run + 1)),
            ((None, run), Some(next)) => (run == self.offs() && rules.most_running > 0).then(|| self.on(next, 1)),
        }
    }

    /// Whether a shift on a day would be the first of its weekend.
    fn begins_weekend(&self, day: usize, phase: usize) -> bool {
        day % 7 == 5 || day % 7 == 6 && self.run_of(phase).0.is_none()
    }

    fn choices(&self) -> impl Iterator<Item = Choice> {
        std::iter::once(None).chain((0..self.rules.classes.len()).map(Some))
    }

    fn most_units_by_days(&self) -> Vec<usize> {
        // days far from the start of the horizon: no run is exempt
        let far = usize::MAX;
        let mut most = vec![0; self.phases()];
        let mut by_days = vec![0];
        for _ in 0..self.rules.days {
            let best = |phase: usize| {
                let onward = self.choices().filter_map(|choice| {
                    let units = choice.map_or(0, |class| self.rules.classes[class].units);
                    Some(units + most[self.step(far, phase, choice)?])
                });
                onward.max().unwrap_or(0)
            };
            most = (0..self.phases()).map(best).collect();
            by_days.push(most.iter().copied().max().unwrap_or(0));
        }
        by_days
    }

    /// Phase after the days before `day`.
    fn phase_before(&self, day: usize, shifts: &[Option<u16>]) -> Option<usize> {
        (0..day).try_fold(self.off(self.offs()), |phase, day| self.step(day, phase, self.choice_of(shifts[day])?))
    }

    fn choice_of(&self, shift: Option<u16>) -> Option<Choice> {
        shift.map_or(Some(None), |shift| self.class_of[usize::from(shift)].map(Some))
    }

    /// Whether the days from `day` on are legal after a phase.
    fn leads_on(&self, mut phase: usize, day: usize, shifts: &[Option<u16>]) -> bool {
        for (day, &shift) in shifts.iter().enumerate().skip(day) {
            let Some(next) = self.choice_of(shift).and_then(|choice| self.step(day, phase, choice)) else { return false };
            phase = next;
        }
        true
    }

    /// Remaining accounts for a window with the days around it fixed: (minimum units, maximum units, weekends, limits).
    fn left_for(&self, window: &Range<usize>, around: &[Option<u16>]) -> Option<(usize, usize, usize, Vec<usize>)> {
        let rules = &self.rules;
        let (mut units, mut weekends, mut limits) = (0, 0, rules.limits.clone());
        for day in (0..rules.days).filter(|day| !window.contains(day)) {
            let Some(class) = self.choice_of(around[day])? else { continue };
            units += rules.classes[class].units;
            weekends += usize::from(day % 7 == 5 || day % 7 == 6 && around[day - 1].is_none());
            if let Some(limit) = rules.classes[class].limit {
                limits[limit] = limits[limit].checked_sub(1)?;
            }
        }
        let most = rules.most_units.checked_sub(units)?;
        Some((rules.least_units.saturating_sub(units), most, rules.most_weekends.checked_sub(weekends)?, limits))
    }

    fn search(&self, window: Range<usize>, around: &[Option<u16>], prices: &DutyPrices, memory: &mut Vec<f64>) -> Option<Vec<Option<u16>>> {
        let (least, most, weekends, limits) = self.left_for(&window, around)?;
        let start = self.phase_before(window.start, around)?;
        let boxes = Boxes::new(self, &window, least, most, weekends, &limits);
        let prices: Vec<DayPrices> = window.clone().map(|day| self.day_prices(day, prices)).collect();
        boxes.pass(self, &window, start, &prices, memory);
        // the cheapest last phase that the days after the window allow
        let (mut best, mut at) = (f64::INFINITY, None);
        for phase in (0..self.phases()).filter(|&phase| window.end == self.rules.days || self.leads_on(phase, window.end, around)) {
            let place = boxes.place(window.len(), phase);
            for (inside, &value) in memory[place..place + boxes.size(window.len())].iter().enumerate() {
                if value < best && boxes.units_at(window.len(), inside) >= least {
                    (best, at) = (value, Some((phase, inside)));
                }
            }
        }
        let (phase, inside) = at?;
        let mut shifts = around.to_vec();
        boxes.trace(self, &window, (phase, inside), &prices, memory, &mut shifts)?;
        Some(shifts)
    }

    /// Cheapest price of each choice of a day.
    fn day_prices(&self, day: usize, prices: &DutyPrices) -> DayPrices {
        let cheapest = |class: &ShiftClass| {
            let of_class = class.shifts.iter().map(|&shift| (prices.of(day, Some(shift)), shift));
            of_class.reduce(|best, next| if next.0 < best.0 { next } else { best }).unwrap_or((f64::INFINITY, 0))
        };
        DayPrices { off: prices.of(day, None), classes: self.rules.classes.iter().map(cheapest).collect() }
    }
}

/// Prices of a day.
struct DayPrices {
    off: f64,
    /// Price and index of the cheapest shift of each class.
    classes: Vec<(f64, u16)>,
}

impl DayPrices {
    fn of(&self, choice: Choice) -> f64 {
        choice.map_or(self.off, |class| self.classes[class].0)
    }
}

impl TourSpace for RunSpace {
    fn cheapest(&self, _: usize, _: f64, prices: &DutyPrices, memory: &mut Memory) -> Option<Found> {
        let around = vec![None; self.rules.days];
        self.within(0, 0.0, prices, &Window { days: 0..self.rules.days, around: &around }, memory)
    }

    fn within(&self, _: usize, _: f64, prices: &DutyPrices, window: &Window, memory: &mut Memory) -> Option<Found> {
        let shifts = self.search(window.days.clone(), window.around, prices, &mut memory.values)?;
        let price: f64 = window.days.clone().map(|day| prices.of(day, shifts[day])).sum();
        price.is_finite().then_some(Found { shifts, own_cost: 0.0, price })
    }
}

/// Memory layout of the accounts of each morning of a window: by phase, then limits, weekends and, innermost, units.
struct Boxes {
    /// Minimum units of each morning from which enough can still be worked, and the number of values from there on.
    units: Vec<(usize, usize)>,
    weekends: usize,
    /// Number of combinations of limited counts, and for each limit its stride and maximum.
    combinations: usize,
    limits: Vec<(usize, usize)>,
    /// First place of each morning.
    mornings: Vec<usize>,
    phases: usize,
}

/// A step between phases on a day of the window, at a price; `weekend` is 1 if it starts a weekend's work, else 0.
#[derive(Clone, Copy)]
struct Move {
    step: usize,
    from: usize,
    to: usize,
    weekend: usize,
    price: f64,
}

impl Boxes {
    fn new(space: &RunSpace, window: &Range<usize>, least: usize, most: usize, weekends: usize, limits: &[usize]) -> Self {
        let days = window.len();
        let widest = (window.len() / 7 + 1).min(weekends);
        let mut apart = 1;
        let limits: Vec<(usize, usize)> = limits
            .iter()
            .map(|&limit| {
                let limit = limit.min(days);
                let stride = (apart, limit);
                apart *= limit + 1;
                stride
            })
            .collect();
        let units = (0..=days).map(|day| {
            let low = least.saturating_sub(space.most_in[days - day]);
            let high = most.min(day * space.rules.classes.iter().map(|class| class.units).max().unwrap_or(0));
            (low, (high + 1).saturating_sub(low))
        });
        let mut boxes =
            Self { units: units.collect(), weekends: widest + 1, combinations: apart, limits, mornings: vec![0], phases: space.phases() };
        for day in 0..=days {
            let end = boxes.mornings[day] + boxes.phases * boxes.size(day);
            boxes.mornings.push(end);
        }
        boxes
    }

    fn size(&self, day: usize) -> usize {
        self.combinations * self.weekends * self.units[day].1
    }

    fn place(&self, day: usize, phase: usize) -> usize {
        self.mornings[day] + phase * self.size(day)
    }

    fn units_at(&self, day: usize, inside: usize) -> usize {
        self.units[day].0 + inside % self.units[day].1
    }

    /// Combination of limited counts after one more shift of a class.
    fn one_more(&self, combination: usize, limit: Option<usize>) -> Option<usize> {
        let Some(limit) = limit else { return Some(combination) };
        let (apart, most) = self.limits[limit];
        (combination / apart % (most + 1) < most).then_some(combination + apart)
    }

    fn pass(&self, space: &RunSpace, window: &Range<usize>, start: usize, prices: &[DayPrices], memory: &mut Vec<f64>) {
        memory.clear();
        memory.resize(self.mornings[self.mornings.len() - 1], f64::INFINITY);
        if self.units[0].0 > 0 || self.units[0].1 == 0 {
            return;
        }
        let first = self.place(0, start);
        memory[first] = 0.0;
        let mut reached = vec![false; self.phases];
        reached[start] = true;
        for (step, day) in window.clone().enumerate() {
            let mut next = vec![false; self.phases];
            for phase in (0..self.phases).filter(|&phase| reached[phase]) {
                let weekend = usize::from(space.begins_weekend(day, phase));
                for choice in space.choices() {
                    let price = prices[step].of(choice);
                    let Some(to) = space.step(day, phase, choice).filter(|_| price.is_finite()) else { continue };
                    next[to] = true;
                    self.move_box(Move { step, from: phase, to, weekend, price }, space, choice, memory);
                }
            }
            reached = next;
        }
    }

    /// Moves the accounts of a phase along a choice.
    fn move_box(&self, Move { step, from, to, weekend, price }: Move, space: &RunSpace, choice: Choice, memory: &mut [f64]) {
        let class = choice.map(|class| &space.rules.classes[class]);
        let (units, limit) = class.map_or((0, None), |class| (class.units, class.limit));
        let weekend = if class.is_some() { weekend } else { 0 };
        let ((low, width), (next_low, next_width)) = (self.units[step], self.units[step + 1]);
        // units that stay within those of the next morning
        let first = low.max(next_low.saturating_sub(units));
        let end = (low + width).min((next_low + next_width).saturating_sub(units));
        if first >= end {
            return;
        }
        let (before, after) = memory.split_at_mut(self.mornings[step + 1]);
        let source = &before[self.place(step, from)..];
        let target = &mut after[self.place(step + 1, to) - self.mornings[step + 1]..];
        for combination in 0..self.combinations {
            let Some(moved) = self.one_more(combination, limit) else { continue };
            for weekends in 0..self.weekends - weekend {
                let from = (combination * self.weekends + weekends) * width + first - low;
                let to = (moved * self.weekends + weekends + weekend) * next_width + first + units - next_low;
                for (there, here) in target[to..to + end - first].iter_mut().zip(&source[from..from + end - first]) {
                    let through = here + price;
                    *there = if through < *there { through } else { *there };
                }
            }
        }
    }

    /// Writes the shifts of the window that lead to an account at its end.
    fn trace(
        &self,
        space: &RunSpace,
        window: &Range<usize>,
        end: (usize, usize),
        prices: &[DayPrices],
        memory: &[f64],
        shifts: &mut [Option<u16>],
    ) -> Option<()> {
        let (mut phase, mut inside) = end;
        for (step, day) in window.clone().enumerate().rev() {
            let reached = memory[self.place(step + 1, phase) + inside];
            let (next_low, next_width) = self.units[step + 1];
            let (low, width) = self.units[step];
            let (units, weekends) = (next_low + inside % next_width, inside / next_width % self.weekends);
            let combination = inside / next_width / self.weekends;
            let came = (0..self.phases).find_map(|from| {
                space.choices().find_map(|choice| {
                    if space.step(day, from, choice) != Some(phase) {
                        return None;
                    }
                    let price = prices[step].of(choice);
                    let class = choice.map(|class| &space.rules.classes[class]);
                    let units = units.checked_sub(class.map_or(0, |class| class.units))?;
                    let weekends = weekends.checked_sub(usize::from(class.is_some() && space.begins_weekend(day, from)))?;
                    let combination = match class.and_then(|class| class.limit) {
                        Some(limit) => (!(combination / self.limits[limit].0).is_multiple_of(self.limits[limit].1 + 1))
                            .then(|| combination - self.limits[limit].0)?,
                        None => combination,
                    };
                    let inside =
                        (low..low + width).contains(&units).then(|| (combination * self.weekends + weekends) * width + units - low)?;
                    (memory[self.place(step, from) + inside] + price == reached).then_some((from, choice, inside))
                })
            });
            let (from, choice, before) = came?;
            shifts[day] = choice.map(|class| prices[step].classes[class].1);
            (phase, inside) = (from, before);
        }
        Some(())
    }
}
