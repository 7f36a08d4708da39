//! Answers of the queueing calculator.

use super::names::ERLANG as FIGURES;
use super::sheet::{Cell, Sheet};
use crate::input::{ErlangRow, Model};
use crate::staffing::{Requirement, ServiceLevelDefinition, SteadyQueue, chat, erlang_a, erlang_c, least_agents, waiting_room};
use crate::units::{Agents, Erlangs};

/// The questions' own columns, `agents` (and `scheduled`, where somebody asks for people scheduled) filled in where they were empty, and the
/// figures that follow. 17 significant digits; an empty cell is undefined, `inf` infinite. The service level follows the row's definition
/// where its target names one, else it is the share answered within the time over offered.
///
/// # Errors
/// The places of the rows whose targets no number of agents attains.
pub fn erlang_answers(columns: &[String], rows: &[ErlangRow]) -> Result<Sheet, Vec<usize>> {
    let agents: Vec<Option<Agents>> = rows.iter().map(agents_of).collect();
    let unmet: Vec<usize> = (0..rows.len()).filter(|&row| agents[row].is_none()).collect();
    if !unmet.is_empty() {
        return Err(unmet);
    }
    let mut sheet = Sheet::new("erlang", &[]);
    sheet.columns = columns.to_vec();
    let place_of = |name: &str| columns.iter().position(|column| column == name);
    let (for_agents, for_scheduled) = (place_of("agents"), place_of("scheduled"));
    let counts_scheduled = for_scheduled.is_some() || place_of("shrinkage_share").is_some() || rows.iter().any(|row| row.shrinkage > 0.0);
    if for_agents.is_none() {
        sheet.columns.push("agents".into());
    }
    sheet.columns.extend(FIGURES.map(String::from));
    if counts_scheduled && for_scheduled.is_none() {
        sheet.columns.push("scheduled".into());
    }
    for (row, agents) in rows.iter().zip(agents.into_iter().flatten()) {
        let mut cells: Vec<Cell> = row.cells.iter().map(Cell::text).collect();
        let scheduled = exact(agents.get() / (1.0 - row.shrinkage));
        match for_agents {
            Some(place) => cells[place] = exact(agents.get()),
            None => cells.push(exact(agents.get())),
        }
        cells.extend(figures(row, &answer(row, agents)));
        match for_scheduled {
            // people named in whole stay as they were named
            Some(place) if row.cells[place].is_empty() => cells[place] = scheduled,
            None if counts_scheduled => cells.push(scheduled),
            _ => {}
        }
        sheet.rows.push(cells);
    }
    Ok(sheet)
}

/// The agents given, or the least that attain every target; where contacts come somebody answers them, even if nobody would do for the target.
fn agents_of(row: &ErlangRow) -> Option<Agents> {
    let least = || least_agents(&row.targets, row.load, |agents| answer(row, agents));
    let is_met = |agents| row.targets.iter().all(|target| target.is_met_by(&answer(row, agents)));
    let somebody = |least: Agents| if row.load > Erlangs::ZERO && least == Agents::ZERO { Agents::whole(1) } else { least };
    row.agents.or_else(|| least().map(somebody).filter(|agents| is_met(*agents)))
}

/// More lost than this is no service that anybody can have meant.
const MOST_LOST: f64 = 0.5;

/// The least agents for a question's targets and the share of contacts that is lost with them, where that is most of them and no target
/// says how many may be: waits of those few who are answered are always short.
#[must_use]
pub fn met_by_loss(row: &ErlangRow) -> Option<(Agents, f64)> {
    let agents = agents_of(row).filter(|_| row.agents.is_none())?;
    let queue = answer(row, agents);
    let bounds = |target: &Requirement| matches!(target, Requirement::ServiceLevel { definition: ServiceLevelDefinition::Offered, .. });
    let bounds_both = row.targets.iter().any(bounds);
    let unbounded = |is_bounded: fn(&Requirement) -> bool, lost: f64| if row.targets.iter().any(is_bounded) { 0.0 } else { lost };
    let blocked = unbounded(|target| matches!(target, Requirement::Blocking(_)), queue.blocking());
    let gone = unbounded(|target| matches!(target, Requirement::Abandonment(_)), queue.abandonment());
    (!bounds_both && blocked + gone > MOST_LOST).then_some((agents, blocked + gone))
}

fn answer(row: &ErlangRow, agents: Agents) -> SteadyQueue {
    match &row.model {
        Model::ErlangB => waiting_room(row.load, row.handling, agents, None, 0),
        Model::ErlangC => erlang_c(row.load, row.handling, agents),
        Model::ErlangA => match row.patience {
            Some(patience) => erlang_a(row.load, row.handling, agents, patience),
            None => erlang_c(row.load, row.handling, agents),
        },
        Model::WaitingRoom(places) => waiting_room(row.load, row.handling, agents, row.patience, *places),
        Model::Chat(concurrency) => chat(row.load, concurrency, agents, row.patience),
    }
}

fn figures(row: &ErlangRow, queue: &SteadyQueue) -> Vec<Cell> {
    let level = queue.service_level(row.within, ServiceLevelDefinition::Offered);
    [queue.p_wait(), queue.asa(), queue.mean_wait(), level, queue.abandonment(), queue.occupancy(), queue.blocking()].map(exact).to_vec()
}

/// As many digits as it takes to read the same number back.
fn exact(value: f64) -> Cell {
    let whole = value.fract() == 0.0 && value.abs() < 1e15;
    match value {
        _ if value.is_nan() => Cell::Empty,
        _ if value.is_infinite() => Cell::text("inf"),
        _ if whole => Cell::number(value, 0),
        _ => Cell::text(format!("{value:?}")),
    }
}
