//! Master program: the linear program that selects tours for each group at the least cost of tours and shortages.
//!
//! minimise Σ own cost·x + Σ price·u, over x (group, tour) ≥ 0, flows f (skill set, queue, row) ≥ 0 and shortages u (row, step) within
//! each step's width, subject to
//!   Σ x = people of the group (*members*);
//!   `Σ_queue` f ≤ Σ effectiveness·presence·x for each skill set and row (*supply*);
//!   `Σ_set` f + Σ u ≥ requirement for each queue and row (*demand*).
//! With one queue supply and demand are one row, and where agents beyond the requirement have a price it is an equation with a surplus.
//! Its duals price an agent on the desk. `HiGHS` keeps its basis while tours are added.

use crate::budget::Budget;
use crate::outcome::Outcome;
use crate::roster::engine::column::{Column, Tour};
use crate::roster::engine::model::Model;
use crate::roster::engine::split::serves;
use highs::{Col, ColProblem, HighsModelStatus, HighsStatus, Row, Sense};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Identical people.
#[derive(Clone, Debug)]
pub(in crate::roster) struct Group {
    pub(in crate::roster) members: Vec<usize>,
}

/// Groups of identical people, in order of their first member.
pub(in crate::roster) fn groups(model: &Model) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_kind: BTreeMap<(usize, usize, usize), Vec<usize>> = BTreeMap::new();
    for (person, member) in model.people.iter().enumerate() {
        let alike = by_kind.entry((member.space, member.start, member.set)).or_default();
        let known = alike.iter().find(|&&group| model.people[groups[group].members[0]] == *member);
        if let Some(&group) = known {
            groups[group].members.push(person);
        } else {
            alike.push(groups.len());
            groups.push(Group { members: vec![person] });
        }
    }
    groups
}

/// Linear program over the tours known so far.
pub(in crate::roster) struct Master<'a> {
    model: &'a Model,
    pub(in crate::roster) groups: Vec<Group>,
    /// Tours of each group with their column in the program.
    pub(in crate::roster) tours: Vec<Vec<(Column, Col)>>,
    known: Vec<BTreeSet<Tour>>,
    program: Option<highs::Model>,
    rows: Rows,
    /// Time `HiGHS` has used so far; its time limit covers all solves of a program together.
    solving: Duration,
}

/// Rows of the program.
struct Rows {
    /// Row of each queue and row of demand.
    demand: Vec<Vec<Option<Numbered>>>,
    /// Row of each skill set and row of demand; with one queue the demand row itself.
    supply: Vec<Vec<Option<Row>>>,
    members: Vec<Row>,
}

/// Solution of the program.
#[derive(Clone, Debug)]
pub(in crate::roster) struct Relaxed {
    pub(in crate::roster) cost: f64,
    /// Duals: value of one more agent, for each queue and row.
    pub(in crate::roster) prices: Vec<Vec<f64>>,
    /// Number of people of each group who take each of its tours.
    pub(in crate::roster) taken: Vec<Vec<f64>>,
}

impl<'a> Master<'a> {
    /// Program without tours.
    pub(in crate::roster) fn new(model: &'a Model, groups: Vec<Group>) -> Self {
        let (program, rows) = state(model, &groups);
        let none = || groups.iter().map(|_| Vec::new()).collect();
        Self {
            model,
            tours: none(),
            known: groups.iter().map(|_| BTreeSet::new()).collect(),
            program: optimised(program).ok(),
            rows,
            groups,
            solving: Duration::ZERO,
        }
    }

    /// Program in which each person is a group, with a tour for each.
    pub(in crate::roster) fn of_everybody(model: &'a Model, columns: impl IntoIterator<Item = Column>) -> Self {
        let mut master = Self::new(model, (0..model.people.len()).map(|person| Group { members: vec![person] }).collect());
        master.add_each(columns.into_iter().map(Some));
        master
    }

    /// Adds a tour for each group that has one and returns the number of new ones.
    pub(in crate::roster) fn add_each(&mut self, columns: impl IntoIterator<Item = Option<Column>>) -> usize {
        let columns = columns.into_iter().enumerate();
        columns.filter_map(|(group, column)| Some((group, column?))).map(|(group, column)| usize::from(self.add(group, column))).sum()
    }

    /// Adds a tour for a group and returns whether it is new.
    pub(in crate::roster) fn add(&mut self, group: usize, column: Column) -> bool {
        if !self.known[group].insert(column.tour.clone()) {
            return false;
        }
        let Some(program) = &mut self.program else { return false };
        let factors = factors(self.model, &self.rows, &self.groups, group, &column);
        let Ok(col) = program.try_add_column(column.own_cost, 0.0.., factors) else { return false };
        self.tours[group].push((column, col));
        true
    }

    /// Excludes exactly the tours that have an infinite price in a model.
    pub(in crate::roster) fn rule_out(&mut self, model: &Model) {
        let Some(program) = &mut self.program else { return };
        for (group, tours) in self.groups.iter().zip(&self.tours) {
            let prices = &model.people[group.members[0]].prices;
            for (column, col) in tours {
                let legal = prices.of_tour(column.tour.iter().map(|duty| duty.map(|duty| duty.shift))).is_finite();
                if legal {
                    program.change_column_bounds(*col, 0.0..);
                } else {
                    program.change_column_bounds(*col, 0.0..=0.0);
                }
            }
        }
    }

    /// Solves the program over the known tours. Its cost bounds only rosters of these tours; its prices yield a proven bound whatever they
    /// are, through the search for tours.
    pub(in crate::roster) fn relax(&mut self, budget: &Budget) -> Outcome<Relaxed> {
        let Some(mut program) = self.program.take() else { return Outcome::Failed("HiGHS refuses the tours".to_owned()) };
        let begun = budget.time_left();
        if let Some(left) = begun
            && program.try_set_option("time_limit", (self.solving + left).as_secs_f64()).is_err()
        {
            return Outcome::Failed("HiGHS refuses the time".to_owned());
        }
        let solved = match program.try_solve() {
            Ok(solved) => solved,
            Err(status) => return Outcome::Failed(format!("HiGHS fails over the tours ({status:?})")),
        };
        self.solving += begun.zip(budget.time_left()).map_or(Duration::ZERO, |(before, after)| before.saturating_sub(after));
        let (status, cost, solution) = (solved.status(), solved.objective_value() + self.model.fixed_cost, solved.get_solution());
        self.program = Some(solved.into());
        match status {
            HighsModelStatus::Optimal => Outcome::Optimal { found: self.read(cost, &solution), bound: cost },
            // an optimum outside the tolerances after unscaling: good enough for prices and for what to try next, which is all that its
            // readers use, but no proof
            HighsModelStatus::Unknown => Outcome::Stopped { found: Some(self.read(cost, &solution)) },
            HighsModelStatus::Infeasible => Outcome::Infeasible,
            HighsModelStatus::ReachedTimeLimit => {
                budget.note_cut();
                Outcome::Stopped { found: None }
            }
            status => Outcome::Failed(format!("HiGHS ends over the tours with {status:?}")),
        }
    }

    fn read(&self, cost: f64, solution: &highs::Solution) -> Relaxed {
        let dual = |row: &Option<Numbered>| row.map_or(0.0, |row| solution.dual_rows()[row.number]);
        let prices = self.rows.demand.iter().map(|rows| rows.iter().map(dual).collect()).collect();
        let taken = self.tours.iter().map(|tours| tours.iter().map(|(_, col)| solution[*col]).collect()).collect();
        Relaxed { cost, prices, taken }
    }

    /// Pool of tours for each person: the current one, and those that a roster cheaper by less than `gap` could contain, as their reduced
    /// cost at the prices of a bound is below it. At most the `most` most promising ones.
    pub(in crate::roster) fn promising(&self, prices: &[Vec<f64>], now: &[Column], gap: f64, most: usize) -> Vec<Vec<Column>> {
        let model = self.model;
        let of_sets = model.prices_of_sets(prices);
        let of_group = |group: &Group, tours: &[(Column, Col)], now: &Column| {
            let first = group.members[0];
            let of_set = &of_sets[model.people[first].set];
            let reduced = |column: &Column| {
                let mut worth = 0.0;
                model.presence(first, &column.tour, |row, agents| worth += agents * of_set[row]);
                column.own_cost - worth
            };
            let mut by_cost: Vec<(f64, &Column)> = tours.iter().map(|(column, _)| (reduced(column), column)).collect();
            by_cost.sort_by(|a, b| a.0.total_cmp(&b.0));
            let least = by_cost.first().map_or(0.0, |(reduced, _)| *reduced);
            let others = by_cost.into_iter().filter(|(reduced, column)| *reduced < least + gap && column.tour != now.tour);
            std::iter::once(now).chain(others.take(most).map(|(_, column)| column)).cloned().collect()
        };
        self.groups.iter().zip(&self.tours).zip(now).map(|((group, tours), now)| of_group(group, tours, now)).collect()
    }
}

/// Program in `HiGHS`, with one thread, so that equal work gives equal tours on any machine.
fn optimised(program: ColProblem) -> Result<highs::Model, HighsStatus> {
    let mut program = program.try_optimise(Sense::Minimise)?;
    let mut set = |option, value| program.try_set_option(option, value).map_err(|_| HighsStatus::Error);
    set("threads", 1)?;
    // added tours leave the basis primal feasible, so the primal simplex method can continue from it
    set("simplex_strategy", 4)?;
    program.try_set_option("output_flag", false).map_err(|_| HighsStatus::Error)?;
    Ok(program)
}

/// Coefficients of a tour.
fn factors(model: &Model, rows: &Rows, groups: &[Group], group: usize, column: &Column) -> Vec<(Row, f64)> {
    let first = groups[group].members[0];
    let supply = &rows.supply[model.people[first].set];
    let mut factors = vec![(rows.members[group], 1.0)];
    model.presence(first, &column.tour, |row, agents| factors.extend(supply[row].map(|supply| (supply, agents))));
    factors
}

/// A row with its index.
#[derive(Clone, Copy, Debug)]
struct Numbered {
    row: Row,
    number: usize,
}

/// Program with shortages, flows and rows.
fn state(model: &Model, groups: &[Group]) -> (ColProblem, Rows) {
    let mut program = ColProblem::new();
    let of_queue = |row: usize, queue: usize| model.demand[row].iter().filter(move |step| step.queue == queue);
    let mut rows = 0;
    let mut add_row = |program: &mut ColProblem, least: f64, most: f64| {
        rows += 1;
        Numbered { row: program.add_row(least..=most), number: rows - 1 }
    };
    let demand: Vec<Vec<Option<Numbered>>> = (0..model.queues)
        .map(|queue| {
            (0..model.rows())
                .map(|row| {
                    let wanted: f64 = of_queue(row, queue).filter(|step| step.price > 0.0).map(|step| step.width).sum();
                    let surplus_costs = of_queue(row, queue).any(|step| step.price < 0.0);
                    let most = if surplus_costs { wanted } else { f64::INFINITY };
                    (wanted > 0.0 || surplus_costs).then(|| add_row(&mut program, wanted, most))
                })
                .collect()
        })
        .collect();
    for (row, steps) in model.demand.iter().enumerate() {
        for step in steps {
            let Some(Numbered { row: covered, .. }) = demand[step.queue][row] else { continue };
            if step.price > 0.0 {
                program.add_column(step.price, 0.0..=step.width, [(covered, 1.0)]);
            } else if step.price < 0.0 {
                program.add_column(-step.price, 0.0.., [(covered, -1.0)]);
            }
        }
    }
    let supply = model.sets.iter().map(|&set| {
        let of_row = |row: usize| {
            let queues: Vec<Row> = (0..model.queues)
                .filter(|&queue| serves(set, queue))
                .filter_map(|queue| demand[queue][row])
                .map(|covered| covered.row)
                .collect();
            if model.queues == 1 {
                return queues.first().copied();
            }
            (!queues.is_empty()).then(|| {
                let supply = add_row(&mut program, 0.0, f64::INFINITY).row;
                queues.into_iter().for_each(|covered| program.add_column(0.0, 0.0.., [(covered, 1.0), (supply, -1.0)]));
                supply
            })
        };
        (0..model.rows()).map(of_row).collect()
    });
    let supply = supply.collect();
    let members = groups.iter().map(|group| add_row(&mut program, group.members.len() as f64, group.members.len() as f64).row).collect();
    (program, Rows { demand, supply, members })
}
