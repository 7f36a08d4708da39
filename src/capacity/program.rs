//! The integer program.
//!
//! minimise Σ (once + pay)·x + Σ pay·t + Σ pay·o + Σ v over people who start x (queue, week) and temps t (queue, week), both whole, hours y
//! (pool, queue, week), overtime o and prices of what is missing v (queue, week), all ≥ 0, subject to
//!   `Σ_queue` y ≤ hours of the pool, for each pool and week;
//!   h = `Σ_pool` y + Σ hours given after the start·x + Σ hours·t + o, for each queue and week;
//!   v ≥ V − λ·(h − H) for each tangent of the week's curve;
//!   o ≤ share·(`Σ_pool` y + Σ hours given after the start·x); temps at a time ≤ most.

use super::{CapacityPlan, CapacityProblem, Recruit};
use crate::budget::Budget;
use highs::{Col, RowProblem, Sense};

/// A gap that is as good as none, as a share of the cost; what forecasts of months are wrong by is far more.
const CLOSE_ENOUGH: f64 = 0.005;
/// Nodes of the search for each unit of effort.
const NODES: u64 = 200;

/// Columns of a queue and week.
struct Columns {
    hired: Col,
    temps: Col,
    overtime: Col,
    missing: Col,
    /// For each pool that serves the queue.
    own: Vec<(usize, Col)>,
}

/// The cheapest plan that the budget finds; with `hiring` false nobody is hired and no temp comes.
#[must_use]
pub fn solve(problem: &CapacityProblem, hiring: bool, budget: &Budget) -> Option<CapacityPlan> {
    let mut program = RowProblem::default();
    let columns: Vec<Vec<Columns>> = (0..problem.needs.len()).map(|queue| add_columns(&mut program, problem, queue, hiring)).collect();
    for (queue, weeks) in columns.iter().enumerate() {
        for week in 0..weeks.len() {
            add_rows(&mut program, problem, queue, weeks, week);
        }
    }
    for (place, pool) in problem.pools.iter().enumerate() {
        for (week, &hours) in pool.hours.iter().enumerate() {
            let of_pool = columns.iter().flat_map(|weeks| &weeks[week].own).filter(|(other, _)| *other == place);
            let taken: Vec<(Col, f64)> = of_pool.map(|(_, col)| (*col, 1.0)).collect();
            program.add_row(..=hours, taken);
        }
    }
    let mut program = program.optimise(Sense::Minimise);
    program.make_quiet();
    program.set_option("threads", 1);
    program.set_option("mip_rel_gap", CLOSE_ENOUGH);
    program.set_option("mip_max_nodes", i32::try_from(budget.effort().saturating_mul(NODES)).unwrap_or(i32::MAX));
    // without a clock work alone bounds the search: the same effort gives the same plan on any machine
    if let Some(left) = budget.time_left() {
        program.set_option("time_limit", left.as_secs_f64());
    }
    let solved = program.solve();
    if !solved.objective_value().is_finite() {
        return None;
    }
    let (cost, solution) = (solved.objective_value(), solved.get_solution());
    // without whole numbers the solution is its own bound
    let bound = if hiring { solved.double_info_value(c"mip_dual_bound").unwrap_or(0.0) } else { cost };
    let read = |of: &dyn Fn(usize, usize, &Columns) -> f64| -> Vec<Vec<f64>> {
        let weeks =
            |(queue, weeks): (usize, &Vec<Columns>)| weeks.iter().enumerate().map(|(week, columns)| of(queue, week, columns)).collect();
        columns.iter().enumerate().map(weeks).collect()
    };
    let whole = |of: Vec<Vec<f64>>| of.iter().map(|weeks| weeks.iter().map(|value| value.round().max(0.0) as u32).collect()).collect();
    Some(CapacityPlan {
        hires: whole(read(&|_, _, of| solution[of.hired])),
        temps: whole(read(&|_, _, of| solution[of.temps])),
        own: read(&|_, _, of| of.own.iter().map(|(_, col)| solution[*col]).sum()),
        overtime: read(&|_, _, of| solution[of.overtime]),
        hours: read(&|queue, week, _| {
            given(problem, &columns[queue], queue, week, true).iter().map(|(col, hours)| solution[*col] * hours).sum()
        }),
        cost,
        bound: bound.min(cost),
    })
}

fn add_columns(program: &mut RowProblem, problem: &CapacityProblem, queue: usize, hiring: bool) -> Vec<Columns> {
    let (weeks, recruit) = (problem.needs[queue].len(), &problem.recruits[queue]);
    let serving = |(place, pool): (usize, &super::Pool)| pool.queues.contains(&queue).then_some(place);
    (0..weeks)
        .map(|week| {
            let most = |count: u32, can: bool| f64::from(if hiring && can { count } else { 0 });
            let pay: f64 = recruit.pay.iter().take(weeks - week).sum();
            let temp_pay = problem.temp.pay * problem.temp.weeks.min(weeks - week) as f64;
            Columns {
                hired: program.add_integer_column(recruit.once + pay, 0.0..=most(recruit.most, week >= recruit.first_week)),
                temps: program.add_integer_column(temp_pay, 0.0..=most(problem.temp.most, true)),
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

/// The hours of a queue and week: those of its own people and of those who were hired, and, if `all`, of temps and overtime.
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
