//! Available agents: those with the same queues share lists, one for each load, longest there first.

use super::SimModel;

const NOBODY: usize = usize::MAX;

/// Load of an agent on the desk, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Load {
    /// No contact in hand.
    Free,
    /// Deferred work, which any other contact interrupts.
    Deferred,
    /// Number of chats in hand.
    Chats(usize),
}

impl Load {
    const fn level(self) -> usize {
        match self {
            Self::Free => 0,
            Self::Deferred => 1,
            Self::Chats(chats) => chats + 1,
        }
    }
}

/// Lists of agents by group and load.
pub(super) struct Pool {
    /// Queues of each group: agents who serve the same ones in the same order.
    groups: Vec<Vec<usize>>,
    /// Present group of each agent.
    group: Vec<usize>,
    /// Groups that serve each queue, those with the fewest other queues first.
    able: Vec<Vec<usize>>,
    levels: usize,
    /// First and last agent of each list.
    ends: Vec<(usize, usize)>,
    /// Neighbours in the agent's list, and the number of that list.
    before: Vec<usize>,
    after: Vec<usize>,
    list: Vec<usize>,
}

impl Pool {
    /// The pool with all agents away.
    pub(super) fn new(model: &SimModel, most_chats: usize) -> Self {
        let mut groups: Vec<Vec<usize>> =
            model.agents.iter().flat_map(|agent| &agent.periods).map(|period| period.queues.clone()).collect();
        groups.sort_unstable();
        groups.dedup();
        let able = (0..model.queues.len())
            .map(|queue| {
                let place = |group: usize| groups[group].iter().position(|&served| served == queue);
                let mut able: Vec<usize> = (0..groups.len()).filter(|&group| place(group).is_some()).collect();
                able.sort_by_key(|&group| (groups[group].len(), place(group)));
                able
            })
            .collect();
        let levels = most_chats + 2;
        let agents = model.agents.len();
        Self {
            group: vec![0; agents],
            able,
            levels,
            ends: vec![(NOBODY, NOBODY); groups.len() * levels],
            groups,
            before: vec![NOBODY; agents],
            after: vec![NOBODY; agents],
            list: vec![NOBODY; agents],
        }
    }

    /// Queues of each group.
    pub(super) fn groups(&self) -> &[Vec<usize>] {
        &self.groups
    }

    /// Number of the group that serves these queues.
    pub(super) fn group_of(&self, queues: &[usize]) -> usize {
        self.groups.partition_point(|group| group.as_slice() < queues)
    }

    /// Queues that an agent serves now, preferred first.
    pub(super) fn queues(&self, agent: usize) -> &[usize] {
        self.groups.get(self.group[agent]).map_or(&[], Vec::as_slice)
    }

    /// Present group of an agent.
    pub(super) fn group(&self, agent: usize) -> usize {
        self.group[agent]
    }

    /// Takes an agent out and has them serve the queues of another group.
    pub(super) fn regroup(&mut self, agent: usize, group: usize) {
        self.place(agent, None);
        self.group[agent] = group;
    }

    /// Moves an agent to the list of their load, or takes them out.
    pub(super) fn place(&mut self, agent: usize, load: Option<Load>) {
        if self.list[agent] != NOBODY {
            self.take_out(agent);
        }
        let Some(load) = load else { return };
        let list = self.group[agent] * self.levels + load.level();
        let end = self.ends[list].1;
        (self.list[agent], self.before[agent], self.after[agent]) = (list, end, NOBODY);
        if end == NOBODY {
            self.ends[list].0 = agent;
        } else {
            self.after[end] = agent;
        }
        self.ends[list].1 = agent;
    }

    fn take_out(&mut self, agent: usize) {
        let (list, before, after) = (self.list[agent], self.before[agent], self.after[agent]);
        let forwards = if before == NOBODY { &mut self.ends[list].0 } else { &mut self.after[before] };
        *forwards = after;
        let backwards = if after == NOBODY { &mut self.ends[list].1 } else { &mut self.before[after] };
        *backwards = before;
        self.list[agent] = NOBODY;
    }

    /// Least loaded agent for a queue with a load of at most `most`. Ties go to the group with the fewest other queues, then to the agent
    /// longest there.
    pub(super) fn least_loaded(&self, queue: usize, most: Load) -> Option<usize> {
        (0..=most.level()).find_map(|level| {
            let first = |&group: &usize| Some(self.ends[group * self.levels + level].0).filter(|&agent| agent != NOBODY);
            self.able[queue].iter().find_map(first)
        })
    }
}
