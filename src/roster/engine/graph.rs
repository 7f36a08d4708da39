//! Legal tours as paths: states of all rules, day by day.
//!
//! What is legal after what does not depend on prices, nor on who is under the rules. The graph is therefore built once for all
//! people under the same rules, and every search after that is one pass over its arcs. Two things keep it small. A state that may
//! start work earlier the next day can do all that one which must rest longer can; so each state hands its value on to the next
//! later one and has arcs of its own only for the shifts that the later one may not start any more. And states of a day from which
//! the same choices lead on at the same cost are one node.

use std::collections::BTreeMap;
use std::ops::Range;

/// Rules as an automaton over days, rest between shifts aside, which the graph keeps itself.
pub(in crate::roster) trait TourRules {
    /// All that past days mean for the days to come, but for rest.
    type State: Copy + Ord;

    /// Every choice that is legal on a day after a state.
    fn transitions(&self, day: usize, state: &Self::State) -> Vec<Transition<Self::State>>;
}

/// A legal choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::roster) struct Transition<S> {
    /// The shift and when it starts, in minutes after the day's midnight; `None` for a day off.
    pub(in crate::roster) shift: Option<(u16, u32)>,
    /// The earliest start on the next day, in minutes after its midnight; of a day off, that its rules ask for by themselves.
    pub(in crate::roster) ready: u32,
    pub(in crate::roster) after: S,
    pub(in crate::roster) cost: f64,
}

/// Bands of shift starts of which people keep to one each week.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct StartBands {
    /// The band of each shift: 0 to 3.
    pub(in crate::roster) of_shift: Vec<u8>,
    /// The price of a shift outside the week's best band.
    pub(in crate::roster) penalty: f64,
    /// Days in a week.
    pub(in crate::roster) week: usize,
}

const BANDS: usize = 4;
const DAY_MINUTES: u32 = 1440;

/// A choice that leads to a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arriving {
    pub(super) cost: f64,
    pub(super) from: u32,
    /// The column of the prices: a shift, a day off, or handing on.
    pub(super) choice: u16,
}

/// A choice that leads on from a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Onward {
    pub(super) choice: u16,
    pub(super) to: u32,
    pub(super) cost: f64,
}

/// The legal tours of everybody under the same rules.
#[derive(Clone, Debug)]
pub(in crate::roster) struct StateGraph {
    /// Arcs by the node they lead to; the first of each node, and one past the last.
    arcs: Vec<Arriving>,
    first_arc: Vec<u32>,
    /// The same by the node they leave.
    leaving: Vec<Onward>,
    first_leaving: Vec<u32>,
    /// The first node of each day's morning, of the evening of the last day, and one past the last node.
    layers: Vec<u32>,
    /// The node of each beginning.
    pub(super) starts: Vec<u32>,
    pub(super) shifts: usize,
    /// Of each choice, the price in each band.
    pub(super) bands: Option<(Vec<[f64; BANDS]>, usize)>,
}

impl StateGraph {
    /// All legal tours of so many days from each beginning: a state and the earliest start on the first day.
    pub(in crate::roster) fn build<R: TourRules>(
        rules: &R,
        days: usize,
        shifts: usize,
        starts: &[(R::State, u32)],
        bands: Option<&StartBands>,
    ) -> Self {
        let (layers, nodes_of_starts) = explore(rules, days, shifts, starts);
        let mut graph = Self::merged(&layers, &nodes_of_starts, shifts);
        graph.bands = bands.map(|bands| {
            let price = |shift: &u8| std::array::from_fn(|band| if usize::from(*shift) == band { 0.0 } else { bands.penalty });
            let of_shift = bands.of_shift.iter().map(price);
            (of_shift.chain([[0.0; BANDS]; 2]).collect(), bands.week)
        });
        graph
    }

    /// The graph in which nodes of a layer that lead on alike are one.
    fn merged(layers: &[Layer], starts: &[usize], shifts: usize) -> Self {
        // classes of the layer after, then of this one; `None` leads nowhere
        let mut after: Vec<Option<u32>> = Vec::new();
        let mut classes: Vec<Vec<Class>> = Vec::new();
        for (day, layer) in layers.iter().enumerate().rev() {
            let last = day + 1 == layers.len();
            let mut seen: BTreeMap<Class, u32> = BTreeMap::new();
            let mut ordered: Vec<Class> = Vec::new();
            let mut of_node: Vec<Option<u32>> = vec![None; layer.nodes.len()];
            for (place, node) in layer.nodes.iter().enumerate().rev() {
                let hands_on = if node.hands_on && !last { of_node[place + 1] } else { None };
                let mut arcs: Vec<(u16, u32, u64)> =
                    node.arcs.iter().filter_map(|arc| Some((arc.choice, after[arc.to as usize]?, arc.cost.to_bits()))).collect();
                arcs.sort_unstable();
                of_node[place] = match (arcs.is_empty(), hands_on, last) {
                    (true, None, false) => None,
                    (true, Some(same), false) => Some(same),
                    _ => Some(*seen.entry(Class { arcs, hands_on }).or_insert_with_key(|class| {
                        ordered.push(class.clone());
                        ordered.len() as u32 - 1
                    })),
                };
            }
            classes.push(ordered);
            after = of_node;
        }
        classes.reverse();
        Self::in_order_of_arrival(&classes, starts.iter().map(|&start| after[start]), shifts)
    }

    /// Arcs by the node they lead to; within a layer whoever hands on comes first.
    fn in_order_of_arrival(classes: &[Vec<Class>], starts: impl Iterator<Item = Option<u32>>, shifts: usize) -> Self {
        let mut layers = vec![0_u32];
        for layer in classes {
            layers.push(layers[layers.len() - 1] + layer.len() as u32);
        }
        // classes were numbered from the back
        let number = |day: usize, class: u32| layers[day + 1] - 1 - class;
        let nodes = layers[layers.len() - 1] as usize;
        let mut arriving: Vec<Vec<Arriving>> = vec![Vec::new(); nodes];
        let mut leaving: Vec<Vec<Onward>> = vec![Vec::new(); nodes];
        for (day, layer) in classes.iter().enumerate() {
            for (class, from) in layer.iter().zip((0..layer.len() as u32).map(|class| number(day, class))) {
                let onward = class.arcs.iter().map(|&(choice, to, cost)| (choice, number(day + 1, to), f64::from_bits(cost)));
                let hands_on = class.hands_on.map(|to| (shifts as u16 + 1, number(day, to), 0.0));
                for (choice, to, cost) in onward.chain(hands_on) {
                    arriving[to as usize].push(Arriving { cost, from, choice });
                    leaving[from as usize].push(Onward { choice, to, cost });
                }
            }
        }
        let (arcs, first_arc) = joined(arriving);
        let (leaving, first_leaving) = joined(leaving);
        let starts = starts.map(|start| start.map_or(u32::MAX, |class| number(0, class))).collect();
        Self { arcs, first_arc, leaving, first_leaving, layers, starts, shifts, bands: None }
    }

    pub(super) fn days(&self) -> usize {
        self.layers.len() - 2
    }

    pub(super) fn nodes(&self) -> usize {
        self.first_arc.len() - 1
    }

    /// The nodes of a morning, or of the last evening.
    pub(super) fn layer(&self, day: usize) -> Range<usize> {
        self.layers[day] as usize..self.layers[day + 1] as usize
    }

    pub(super) fn arriving(&self, node: usize) -> &[Arriving] {
        &self.arcs[self.first_arc[node] as usize..self.first_arc[node + 1] as usize]
    }

    pub(super) fn leaving(&self, node: usize) -> &[Onward] {
        &self.leaving[self.first_leaving[node] as usize..self.first_leaving[node + 1] as usize]
    }

    /// The choice of no shift; one more is handing on.
    pub(super) fn day_off(&self) -> u16 {
        self.shifts as u16
    }
}

/// Lists one after the other; where each begins, and where the last ends.
fn joined<T>(lists: Vec<Vec<T>>) -> (Vec<T>, Vec<u32>) {
    let (mut first, mut all) = (vec![0], Vec::new());
    for list in lists {
        all.extend(list);
        first.push(all.len() as u32);
    }
    (all, first)
}

/// Nodes of a morning, in order of state and rest, with where their choices lead.
struct Layer {
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    arcs: Vec<Onward>,
    /// Whether the next node has the same state and longer rest.
    hands_on: bool,
}

/// What makes nodes of a layer alike: (choice, class in the layer after, bits of the cost), and the class its value is handed to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Class {
    arcs: Vec<(u16, u32, u64)>,
    hands_on: Option<u32>,
}

/// Every state that can be reached, day by day, and the node of each beginning.
fn explore<R: TourRules>(rules: &R, days: usize, shifts: usize, starts: &[(R::State, u32)]) -> (Vec<Layer>, Vec<usize>) {
    let mut mornings: Vec<(R::State, u32)> = starts.to_vec();
    mornings.sort_unstable();
    mornings.dedup();
    let of_starts = starts.iter().map(|start| mornings.binary_search(start).unwrap_or_default()).collect();
    let mut layers = Vec::with_capacity(days + 1);
    for day in 0..days {
        let (layer, next) = one_day(rules, day, shifts, &mornings);
        layers.push(layer);
        mornings = next;
    }
    let nodes = mornings.iter().map(|_| Node::default()).collect();
    layers.push(Layer { nodes });
    (layers, of_starts)
}

/// Where a choice leads from a node: state and rest of the next morning.
struct Reached<S> {
    node: usize,
    choice: u16,
    to: (S, u32),
    cost: f64,
}

/// The choices of a day from each of its mornings, and the mornings of the next.
fn one_day<R: TourRules>(rules: &R, day: usize, shifts: usize, mornings: &[(R::State, u32)]) -> (Layer, Vec<(R::State, u32)>) {
    let mut onward: Vec<Reached<R::State>> = Vec::new();
    let mut nodes: Vec<Node> = mornings.iter().map(|_| Node::default()).collect();
    let mut first = 0;
    for group in mornings.chunk_by(|a, b| a.0 == b.0) {
        nodes[first..first + group.len() - 1].iter_mut().for_each(|node| node.hands_on = true);
        for step in rules.transitions(day, &group[0].0) {
            let mut reach = |place: usize, choice: u16, ready: u32| {
                onward.push(Reached { node: first + place, choice, to: (step.after, ready), cost: step.cost });
            };
            if let Some((shift, start)) = step.shift {
                // the latest rest that still allows it; earlier ones hand on to it
                let allowed = group.partition_point(|(_, ready)| *ready <= start);
                allowed.checked_sub(1).into_iter().for_each(|place| reach(place, shift, step.ready));
                continue;
            }
            // a day off lets a day of the rest pass
            let rested = |ready: u32| ready.saturating_sub(DAY_MINUTES).max(step.ready);
            for (place, (_, ready)) in group.iter().enumerate() {
                if group.get(place + 1).is_none_or(|(_, later)| rested(*later) != rested(*ready)) {
                    reach(place, shifts as u16, rested(*ready));
                }
            }
        }
        first += group.len();
    }
    let mut next: Vec<(R::State, u32)> = onward.iter().map(|reached| reached.to).collect();
    next.sort_unstable();
    next.dedup();
    for Reached { node, choice, to, cost } in onward {
        let to = next.binary_search(&to).unwrap_or_default() as u32;
        nodes[node].arcs.push(Onward { choice, to, cost });
    }
    (Layer { nodes }, next)
}
