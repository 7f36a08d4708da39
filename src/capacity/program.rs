//! Formulation as an integer program.
//!
//! minimise Σ (once + pay)·x + Σ pay·t + Σ pay·o + Σ v over starting hires x (queue, week) and temps t (queue, week), both whole, hours y
//! (pool, queue, week), overtime o and understaffing penalties v (queue, week), all ≥ 0, subject to
//!   `Σ_queue` y ≤ hours of the pool, for each pool and week;
//!   h = `Σ_pool` y + Σ hours given after the start·x + Σ hours·t + o, for each queue and week;
//!   v ≥ V − λ·(h − H) for each tangent of the week's curve;
//!   o ≤ share·(`Σ_pool` y + Σ hours given after the start·x); temps at a time ≤ most.

use super::{CapacityPlan, CapacityProblem, Newcomers, Pool, Recruit};
use highs::{Col, RowProblem};

/// Domain of hires and temps.
#[derive(Clone, Copy, Debug)]
pub(super) enum Coming<'a> {
    /// Fixed to these.
    These(&'a Newcomers),
    /// Continuous: fractions of people.
    Fractions,
    /// Integer.
    People,
}

/// The program with its columns.
pub(super) struct Program {
    pub(super) rows: RowProblem,
    columns: Vec<Vec<Columns>>,
}

/// Columns of a queue and week.
struct Columns {
    hired: Col,
    temps: Col,
    overtime: Col,
    missing: Col,
    /// Hours of each pool that serves the queue.
    own: Vec<(usize, Col)>,
}

impl Program {
    pub(super) fn new(problem: &CapacityProblem, coming: Coming) -> Self {
        let mut rows = RowProblem::default();
        let columns: Vec<Vec<Columns>> = (0..problem.needs.len()).map(|queue| add_columns(&mut rows, problem, queue, coming)).collect();
        for (queue, weeks) in columns.iter().enumerate() {
            for week in 0..weeks.len() {
                add_rows(&mut rows, problem, queue, weeks, week);
            }
        }
        for (place, pool) in problem.pools.iter().enumerate() {
            for (week, &hours) in pool.hours.iter().enumerate() {
                let of_pool = columns.iter().flat_map(|weeks| &weeks[week].own).filter(|(other, _)| *other == place);
                let taken: Vec<(Col, f64)> = of_pool.map(|(_, col)| (*col, 1.0)).collect();
                rows.add_row(..=hours, taken);
            }
        }
        Self { rows, columns }
    }

    /// Whole hires and temps from a solution. Fractions are carried over to the next week until they add up to one, within the limits on
    /// starts and on temps at a time.
    pub(super) fn newcomers(&self, problem: &CapacityProblem, solution: &[f64]) -> Newcomers {
        let (mut hires, mut temps) = (Vec::new(), Vec::new());
        for (weeks, recruit) in self.columns.iter().zip(&problem.recruits) {
            let values = |of: fn(&Columns) -> Col| weeks.iter().map(|columns| solution[of(columns).index()]).collect::<Vec<f64>>();
            hires.push(whole(&values(|of| of.hired), |week, _| if week < recruit.first_week { 0 } else { recruit.most }));
            let there = |week: usize, before: &[u32]| before[*problem.temp.starts(week).start()..].iter().sum::<u32>();
            temps.push(whole(&values(|of| of.temps), |week, before| problem.temp.most.saturating_sub(there(week, before))));
        }
        Newcomers { hires, temps }
    }

    /// Plan from a solution, with hires and temps rounded and hours at least 0.
    pub(super) fn plan(&self, problem: &CapacityProblem, solution: &[f64]) -> CapacityPlan {
        let read = |of: &dyn Fn(&Columns) -> f64| -> Vec<Vec<f64>> {
            self.columns.iter().map(|weeks| weeks.iter().map(|columns| of(columns).max(0.0)).collect()).collect()
        };
        let of_pool =
            |place: usize| read(&|of| of.own.iter().find(|(pool, _)| *pool == place).map_or(0.0, |(_, col)| solution[col.index()]));
        CapacityPlan {
            newcomers: self.newcomers(problem, solution),
            by_pool: (0..problem.pools.len()).map(of_pool).collect(),
            overtime: read(&|of| solution[of.overtime.index()]),
        }
    }
}

/// Whole numbers week by week with remainders carried over, each at most `most` of the week and the numbers before it.
fn whole(fractions: &[f64], most: impl Fn(usize, &[u32]) -> u32) -> Vec<u32> {
    let mut people: Vec<u32> = Vec::with_capacity(fractions.len());
    let mut carried = 0.0;
    for (week, fraction) in fractions.iter().enumerate() {
        carried += fraction;
        let some = (carried.round().max(0.0) as u32).min(most(week, &people));
        carried -= f64::from(some);
        people.push(some);
    }
    people
}

fn add_columns(program: &mut RowProblem, problem: &CapacityProblem, queue: usize, coming: Coming) -> Vec<Columns> {
    let (weeks, recruit) = (problem.needs[queue].len(), &problem.recruits[queue]);
    let serving = |(place, pool): (usize, &Pool)| pool.queues.contains(&queue).then_some(place);
    let add_people = |program: &mut RowProblem, cost: f64, most: u32, fixed: Option<u32>| {
        let (least, most) = fixed.map_or((0.0, f64::from(most)), |people| (f64::from(people), f64::from(people)));
        match coming {
            Coming::People => program.add_integer_column(cost, least..=most),
            Coming::These(_) | Coming::Fractions => program.add_column(cost, least..=most),
        }
    };
    (0..weeks)
        .map(|week| {
            let fixed = |of: fn(&Newcomers) -> &Vec<Vec<u32>>| match coming {
                Coming::These(people) => Some(of(people)[queue][week]),
                Coming::Fractions | Coming::People => None,
            };
            let hires = if week >= recruit.first_week { recruit.most } else { 0 };
            Columns {
                hired: add_people(program, recruit.price(week, weeks), hires, fixed(|people| &people.hires)),
                temps: add_people(program, problem.temp.price(week, weeks), problem.temp.most, fixed(|people| &people.temps)),
                overtime: program.add_column(problem.overtime.pay, 0.0..),
                missing: program.add_column(1.0, 0.0..),
                own: problem.pools.iter().enumerate().filter_map(serving).map(|pool| (pool, program.add_column(0.0, 0.0..))).collect(),
            }
        })
        .collect()
}

fn add_rows(program: &mut RowProblem, problem: &CapacityProblem, queue: usize, columns: &[Columns], week: usize) {
    let given_hours = given(problem, columns, queue, week, true);
    for tangent in &problem.needs[queue][week].0 {
        let scaled = given_hours.iter().map(|(col, hours)| (*col, hours * tangent.price));
        let row: Vec<(Col, f64)> = scaled.chain([(columns[week].missing, 1.0)]).collect();
        program.add_row(tangent.short_cost + tangent.price * tangent.hours.., row);
    }
    let regular = given(problem, columns, queue, week, false).into_iter().map(|(col, hours)| (col, -hours * problem.overtime.share));
    program.add_row(..=0.0, regular.chain([(columns[week].overtime, 1.0)]).collect::<Vec<_>>());
    let at_a_time: Vec<(Col, f64)> = problem.temp.starts(week).map(|start| (columns[start].temps, 1.0)).collect();
    program.add_row(..=f64::from(problem.temp.most), at_a_time);
}

/// Hours of a queue and week: those of its own agents and hires, and, if `all`, of temps and overtime.
fn given(problem: &CapacityProblem, columns: &[Columns], queue: usize, week: usize, all: bool) -> Vec<(Col, f64)> {
    let recruit: &Recruit = &problem.recruits[queue];
    let own = columns[week].own.iter().map(|(_, col)| (*col, 1.0));
    let hired = (0..=week).map(|start| (columns[start].hired, recruit.hours.get(week - start).copied().unwrap_or(0.0)));
    let mut given: Vec<(Col, f64)> = own.chain(hired.filter(|(_, hours)| *hours > 0.0)).collect();
    if all {
        given.extend(problem.temp.starts(week).map(|start| (columns[start].temps, problem.temp.hours)));
        given.push((columns[week].overtime, 1.0));
    }
    given
}
