//! Graph of legal tours: states of all rules, day by day.
//!
//! Legality depends neither on prices nor on the person. The graph is therefore built once for all people under the same rules, and every
//! later search is one pass over its arcs. Two reductions keep it small. A state that may start work earlier the next day allows all that
//! one with longer rest does; so each state hands its value on to the next later one and has arcs of its own only for shifts that the
//! later one may no longer start. And states of a day from which the same choices lead on at the same cost are merged.

use std::collections::BTreeMap;
use std::ops::Range;

/// Rules as an automaton over days, except rest between shifts, which the graph enforces itself.
pub(in crate::roster) trait TourRules {
    /// All that past days imply for future ones, except rest.
    type State: Copy + Ord;

    /// All legal choices on a day in a state.
    fn transitions(&self, day: usize, state: &Self::State) -> Vec<Transition<Self::State>>;
}

/// A legal choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::roster) struct Transition<S> {
    /// The shift and its start in minutes after midnight of the day; `None` for a day off.
    pub(in crate::roster) shift: Option<(u16, u32)>,
    /// Earliest start on the next day, in minutes after its midnight; for a day off, only what its own rules require.
    pub(in crate::roster) ready: u32,
    pub(in crate::roster) after: S,
    pub(in crate::roster) cost: f64,
}

/// Bands of shift starts; people should keep to one band each week.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct StartBands {
    /// Band of each shift, 0 to 3.
    pub(in crate::roster) of_shift: Vec<u8>,
    /// Price of a shift outside the best band of its week.
    pub(in crate::roster) penalty: f64,
    /// Days per week.
    pub(in crate::roster) week: usize,
}

const BANDS: usize = 4;
const DAY_MINUTES: u32 = 1440;

/// An arc into a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arriving {
    pub(super) cost: f64,
    pub(super) from: u32,
    /// Column of the price table: a shift, a day off, or handing on.
    pub(super) choice: u16,
}

/// An arc out of a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Onward {
    pub(super) choice: u16,
    pub(super) to: u32,
    pub(super) cost: f64,
}

/// Legal tours of all people under the same rules.
#[derive(Clone, Debug)]
pub(in crate::roster) struct StateGraph {
    /// Arcs by the node they enter; the first of each node, and one past the last.
    arcs: Vec<Arriving>,
    first_arc: Vec<u32>,
    /// Arcs by the node they leave, likewise.
    leaving: Vec<Onward>,
    first_leaving: Vec<u32>,
    /// First node of each morning and of the evening of the last day, and one past the last node.
    layers: Vec<u32>,
    /// Node of each initial state.
    pub(super) starts: Vec<u32>,
    pub(super) shifts: usize,
    /// Price of each choice in each band, and the days per week.
    pub(super) bands: Option<(Vec<[f64; BANDS]>, usize)>,
}

impl StateGraph {
    /// Graph of all legal tours over `days` from each initial state, given with its earliest start on the first day.
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

    /// Graph with equivalent nodes of a layer merged.
    fn merged(layers: &[Layer], starts: &[usize], shifts: usize) -> Self {
        // classes of the next layer, then of this one; `None` is a dead end
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

    /// Graph with arcs by the node they enter; within a layer, nodes come before those they hand on to.
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

    /// Nodes of a morning, or of the last evening.
    pub(super) fn layer(&self, day: usize) -> Range<usize> {
        self.layers[day] as usize..self.layers[day + 1] as usize
    }

    pub(super) fn arriving(&self, node: usize) -> &[Arriving] {
        &self.arcs[self.first_arc[node] as usize..self.first_arc[node + 1] as usize]
    }

    pub(super) fn leaving(&self, node: usize) -> &[Onward] {
        &self.leaving[self.first_leaving[node] as usize..self.first_leaving[node + 1] as usize]
    }

    /// Choice of a day off; the next number is handing on.
    pub(super) fn day_off(&self) -> u16 {
        self.shifts as u16
    }
}

/// Concatenated lists, with the first place of each and the end of the last.
fn joined<T>(lists: Vec<Vec<T>>) -> (Vec<T>, Vec<u32>) {
    let (mut first, mut all) = (vec![0], Vec::new());
    for list in lists {
        all.extend(list);
        first.push(all.len() as u32);
    }
    (all, first)
}

/// Nodes of a morning, in order of state and rest, with the arcs of their choices.
struct Layer {
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    arcs: Vec<Onward>,
    /// Whether the next node has the same state and longer rest.
    hands_on: bool,
}

/// Key of equivalent nodes: arcs (choice, class in the next layer, bits of the cost), and the class to which the value is handed on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Class {
    arcs: Vec<(u16, u32, u64)>,
    hands_on: Option<u32>,
}

/// All reachable states, day by day, and the node of each initial state.
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

/// Target of a choice: state and rest on the next morning.
struct Reached<S> {
    node: usize,
    choice: u16,
    to: (S, u32),
    cost: f64,
}

/// Choices of a day from each of its mornings, and the next mornings.
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
                // the longest rest that still allows it; shorter ones hand on to it
                let allowed = group.partition_point(|(_, ready)| *ready <= start);
                allowed.checked_sub(1).into_iter().for_each(|place| reach(place, shift, step.ready));
                continue;
            }
            // a day off takes a day off the remaining rest
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
