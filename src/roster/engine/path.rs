//! Cheapest path through the graph of legal tours.
//!
//! One pass over the days gives every node the value of the best path to it, for each band of shift starts to which the week may keep; the
//! best tour is then traced back from the last evening. Where only a window of a tour may change, the days around it follow the fixed
//! choices, and only nodes on such a path are visited.

use super::graph::StateGraph;
use super::prices::DutyPrices;
use super::space::{Found, Memory, TourSpace, Window};

impl StateGraph {
    fn search(&self, start: usize, scale: f64, prices: &DutyPrices, window: Option<&Window>, memory: &mut Memory) -> Option<Found> {
        let start = *self.starts.get(start).filter(|&&start| start != u32::MAX)?;
        if let Some((offsets, week)) = &self.bands {
            return PathSearch { graph: self, start, scale, prices, offsets, week: *week, window }.best(memory);
        }
        let none = vec![[0.0]; self.shifts + 2];
        PathSearch { graph: self, start, scale, prices, offsets: &none, week: self.days(), window }.best(memory)
    }
}

impl TourSpace for StateGraph {
    fn cheapest(&self, start: usize, scale: f64, prices: &DutyPrices, memory: &mut Memory) -> Option<Found> {
        self.search(start, scale, prices, None, memory)
    }

    fn within(&self, start: usize, scale: f64, prices: &DutyPrices, window: &Window, memory: &mut Memory) -> Option<Found> {
        self.search(start, scale, prices, Some(window), memory)
    }
}

/// Search for the best tour from an initial state, with `LANES` bands at a time.
pub(super) struct PathSearch<'a, const LANES: usize> {
    pub(super) graph: &'a StateGraph,
    /// Initial node.
    pub(super) start: u32,
    /// Factor of the graph's costs.
    pub(super) scale: f64,
    pub(super) prices: &'a DutyPrices,
    /// Price of each choice in each band; and the days after which the next week may keep to another band.
    pub(super) offsets: &'a [[f64; LANES]],
    pub(super) week: usize,
    /// Days that may change; `None` for all.
    pub(super) window: Option<&'a Window<'a>>,
}

impl<const LANES: usize> PathSearch<'_, LANES> {
    /// Best tour.
    pub(super) fn best(&self, memory: &mut Memory) -> Option<Found> {
        if let Some(window) = self.window {
            return self.best_within(window, memory);
        }
        memory.values.clear();
        memory.values.resize(self.graph.nodes() * LANES, f64::INFINITY);
        let values = memory.values.as_chunks_mut::<LANES>().0;
        values[self.start as usize] = [0.0; LANES];
        (0..=self.graph.days()).for_each(|day| self.arrive(day, values));
        self.trace(values)
    }

    /// Best tour where only a window may change. On the days around it, only the few nodes reached are visited.
    fn best_within(&self, window: &Window, memory: &mut Memory) -> Option<Found> {
        let Memory { infinite, reached, .. } = memory;
        if infinite.len() < self.graph.nodes() * LANES {
            infinite.resize(self.graph.nodes() * LANES, f64::INFINITY);
        }
        let values = infinite.as_chunks_mut::<LANES>().0;
        values[self.start as usize] = [0.0; LANES];
        reached.clear();
        reached.push(self.start);
        let mut first = 0;
        self.hand_on(0, first, reached, values);
        for day in 1..=self.graph.days() {
            let today = reached.len();
            if let Some(choice) = self.stays(day) {
                self.follow(choice, first, reached, values);
                self.hand_on(day, today, reached, values);
            } else {
                self.arrive(day, values);
                if day == window.days.end {
                    reached.extend(self.graph.layer(day).filter(|&node| !is_new(&values[node])).map(|node| node as u32));
                }
            }
            first = today;
        }
        let found = self.trace(values);
        let of_window = self.graph.layer(window.days.start + 1).start..self.graph.layer(window.days.end).end;
        values[of_window].fill([f64::INFINITY; LANES]);
        reached.iter().for_each(|&node| values[node as usize] = [f64::INFINITY; LANES]);
        found
    }

    /// Fixed choice of the day before a morning, if it lies outside the window.
    fn stays(&self, day: usize) -> Option<u16> {
        let window = self.window?;
        let before = day.checked_sub(1).filter(|before| !window.days.contains(before))?;
        Some(window.around[before].unwrap_or(self.graph.day_off()))
    }

    /// Price of a choice of the day before a morning. Handing on is free; a fixed choice has no price, as there is nothing to compare.
    fn price(&self, day: usize, choice: u16) -> f64 {
        let free = self.stays(day).is_some() || choice > self.graph.day_off();
        if free { 0.0 } else { self.prices.day(day - 1)[usize::from(choice)] }
    }

    /// Whether a week is over on a morning, so that the next may keep to another band.
    fn settles(&self, day: usize) -> bool {
        day > 0 && (day.is_multiple_of(self.week) || day == self.graph.days())
    }

    /// Sets the values of a morning's nodes over all choices of the day before.
    fn arrive(&self, day: usize, values: &mut [[f64; LANES]]) {
        // handing on is free on any day
        let prices = self.prices.day(day.saturating_sub(1));
        let settles = self.settles(day);
        for node in self.graph.layer(day) {
            let mut best = values[node];
            for arc in self.graph.arriving(node) {
                let choice = usize::from(arc.choice);
                let step = self.scale * arc.cost + prices[choice];
                relax(&mut best, &values[arc.from as usize], step, &self.offsets[choice]);
            }
            values[node] = if settles { settled(&best) } else { best };
        }
    }

    /// Sets the values of a morning's nodes that a fixed choice reaches from those of the day before, and adds these nodes to `reached`.
    fn follow(&self, choice: u16, first: usize, reached: &mut Vec<u32>, values: &mut [[f64; LANES]]) {
        for place in first..reached.len() {
            let node = reached[place] as usize;
            let from = values[node];
            for arc in self.graph.leaving(node).iter().filter(|arc| arc.choice == choice) {
                let to = &mut values[arc.to as usize];
                if is_new(to) {
                    reached.push(arc.to);
                }
                relax(to, &from, self.scale * arc.cost, &self.offsets[usize::from(choice)]);
            }
        }
    }

    /// Hands the values of a morning's nodes on to those with longer rest, for nodes reached from `first` on; within a layer, nodes come
    /// before those they hand on to.
    fn hand_on(&self, day: usize, first: usize, reached: &mut Vec<u32>, values: &mut [[f64; LANES]]) {
        let (settles, day_off) = (self.settles(day), self.graph.day_off());
        reached[first..].sort_unstable();
        let mut place = first;
        while place < reached.len() {
            let node = reached[place] as usize;
            if settles {
                values[node] = settled(&values[node]);
            }
            let from = values[node];
            for arc in self.graph.leaving(node).iter().filter(|arc| arc.choice > day_off) {
                let to = &mut values[arc.to as usize];
                if is_new(to) {
                    let after = reached[place..].partition_point(|&other| other < arc.to);
                    reached.insert(place + after, arc.to);
                }
                relax(to, &from, 0.0, &[0.0; LANES]);
            }
            place += 1;
        }
    }

    /// Best tour, traced back from the last evening.
    fn trace(&self, values: &[[f64; LANES]]) -> Option<Found> {
        let days = self.graph.days();
        let mut node = self.graph.layer(days).min_by(|&a, &b| values[a][0].total_cmp(&values[b][0]))?;
        let price = values[node][0];
        if !price.is_finite() {
            return None;
        }
        let mut found = Found { shifts: vec![None; days], own_cost: 0.0, price };
        let (mut day, mut lane) = (days, 0);
        while day > 0 || node != self.start as usize {
            let lanes = if self.settles(day) { 0..LANES } else { lane..lane + 1 };
            let (stays, reached) = (self.stays(day), values[node][lane]);
            let may_lead = |choice: u16| choice > self.graph.day_off() || stays.is_none_or(|stays| stays == choice);
            let (arc, kept) = self.graph.arriving(node).iter().filter(|arc| may_lead(arc.choice)).find_map(|arc| {
                let step = self.scale * arc.cost + self.price(day, arc.choice);
                let offset = &self.offsets[usize::from(arc.choice)];
                let leads = |lane: &usize| values[arc.from as usize][*lane] + (step + offset[*lane]) == reached;
                Some((arc, lanes.clone().find(leads)?))
            })?;
            lane = kept;
            node = arc.from as usize;
            found.own_cost += self.scale * arc.cost + self.offsets[usize::from(arc.choice)][lane];
            if arc.choice <= self.graph.day_off() {
                day -= 1;
                found.shifts[day] = (arc.choice < self.graph.day_off()).then_some(arc.choice);
            }
        }
        Some(found)
    }
}

/// Lowers the values of a node to those of a path to it.
fn relax<const LANES: usize>(best: &mut [f64; LANES], from: &[f64; LANES], step: f64, offset: &[f64; LANES]) {
    for lane in 0..LANES {
        let there = from[lane] + (step + offset[lane]);
        best[lane] = if there < best[lane] { there } else { best[lane] };
    }
}

/// Values after a week: that of its best band counts for any band of the next.
fn settled<const LANES: usize>(values: &[f64; LANES]) -> [f64; LANES] {
    [values.iter().copied().fold(f64::INFINITY, f64::min); LANES]
}

/// Whether no path has reached a node yet.
fn is_new<const LANES: usize>(values: &[f64; LANES]) -> bool {
    values.iter().all(|value| value.is_infinite())
}
