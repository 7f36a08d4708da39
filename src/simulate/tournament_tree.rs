//! Next completion among agents: a tournament tree of everybody's next time (Knuth 1998, *The Art of Computer Programming* 3, 5.4.1).
//! Times change far more often than the full order is needed, and old ones need not be kept.

/// Next time of each agent; infinite for agents without one.
#[derive(Clone, Debug)]
pub(super) struct TournamentTree {
    /// A full binary tree: the winner of a match stands above both players, and the agents' own times are the second half.
    tree: Vec<(f64, u32)>,
    leaves: usize,
}

impl TournamentTree {
    pub(super) fn of(people: usize) -> Self {
        let leaves = people.next_power_of_two();
        Self { tree: vec![(f64::INFINITY, 0); 2 * leaves], leaves }
    }

    /// Earliest time, with its agent.
    pub(super) fn first(&self) -> (f64, usize) {
        let (time, person) = self.tree[1];
        (time, person as usize)
    }

    pub(super) fn set(&mut self, person: usize, time: f64) {
        let mut place = self.leaves + person;
        self.tree[place] = (time, person as u32);
        while place > 1 {
            let (left, right) = (self.tree[place & !1], self.tree[place | 1]);
            place /= 2;
            let winner = if right.0 < left.0 { right } else { left };
            if self.tree[place] == winner {
                return;
            }
            self.tree[place] = winner;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soonest_is_first_whatever_changes() {
        let mut tree = TournamentTree::of(5);
        assert_eq!(tree.first().0, f64::INFINITY);
        for (person, time) in [(3, 7.0), (0, 9.0), (4, 8.0)] {
            tree.set(person, time);
        }
        assert_eq!(tree.first(), (7.0, 3));
        tree.set(3, f64::INFINITY);
        assert_eq!(tree.first(), (8.0, 4));
        tree.set(0, 8.0);
        assert_eq!(tree.first(), (8.0, 0), "of equals the first of them");
    }
}
