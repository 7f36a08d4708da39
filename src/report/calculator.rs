//! Answers of the queueing calculator.

use super::sheet::{Cell, Sheet};
use crate::input::{ErlangRow, Model};
use crate::staffing::{ServiceLevelDefinition, SteadyQueue, chat, erlang_a, erlang_c, least_agents, waiting_room};
use crate::units::Agents;

const FIGURES: [&str; 7] = ["p_wait", "asa_seconds", "mean_wait_seconds", "service_level", "abandonment", "occupancy", "blocking"];

/// The questions' own columns, `agents` filled in where it was empty, and the figures that follow. 17 significant digits; an empty
/// cell is undefined, `inf` infinite. The service level follows the row's definition where its target names one, else it is the
/// share answered within the time over offered.
#[must_use]
pub fn erlang_answers(columns: &[String], rows: &[ErlangRow]) -> Sheet {
    let mut sheet = Sheet::new("erlang", &[]);
    sheet.columns = columns.to_vec();
    let place = columns.iter().position(|column| column == "agents");
    if place.is_none() {
        sheet.columns.push("agents".into());
    }
    sheet.columns.extend(FIGURES.map(String::from));
    for row in rows {
        let agents = row.agents.or_else(|| least_agents(&row.targets, row.load, |agents| answer(row, agents)));
        let mut cells: Vec<Cell> = row.cells.iter().map(Cell::text).collect();
        let shown = agents.map_or(Cell::Empty, |agents| exact(agents.get()));
        match place {
            Some(place) => cells[place] = shown,
            None => cells.push(shown),
        }
        cells.extend(agents.map_or(vec![Cell::Empty; FIGURES.len()], |agents| figures(row, &answer(row, agents))));
        sheet.rows.push(cells);
    }
    sheet
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
