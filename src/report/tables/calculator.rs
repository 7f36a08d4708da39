//! Answers of the queueing calculator.

use super::sheet::{Cell, Sheet};
use crate::staffing::{Question, ServiceLevelDefinition, SteadyQueue};
use crate::units::Agents;

/// Output columns of the queueing calculator.
const FIGURES: [&str; 7] = ["p_wait", "asa_seconds", "mean_wait_seconds", "service_level", "abandonment", "occupancy", "blocking"];

/// Answers to the questions of a table: the questions' own columns, with empty `agents` (and `scheduled`, where scheduled people are asked
/// for) filled in, followed by the figures. 17 significant digits; an empty cell is undefined, `inf` infinite. The service level follows
/// the definition named by the row's target, else it is the share answered within the time over offered.
///
/// # Errors
/// Positions of the rows whose targets no number of agents attains.
pub fn erlang_answers(columns: &[String], rows: &[(&[String], &Question)]) -> Result<Sheet, Vec<usize>> {
    let agents: Vec<Option<Agents>> = rows.iter().map(|(_, question)| question.agents()).collect();
    let unmet: Vec<usize> = (0..rows.len()).filter(|&row| agents[row].is_none()).collect();
    if !unmet.is_empty() {
        return Err(unmet);
    }
    let mut sheet = Sheet::new("erlang", &[]);
    sheet.columns = columns.to_vec();
    let place_of = |name: &str| columns.iter().position(|column| column == name);
    let (for_agents, for_scheduled) = (place_of("agents"), place_of("scheduled"));
    let counts_scheduled =
        for_scheduled.is_some() || place_of("shrinkage_share").is_some() || rows.iter().any(|(_, question)| question.shrinkage > 0.0);
    if for_agents.is_none() {
        sheet.columns.push("agents".into());
    }
    sheet.columns.extend(FIGURES.map(String::from));
    if counts_scheduled && for_scheduled.is_none() {
        sheet.columns.push("scheduled".into());
    }
    for ((given, question), agents) in rows.iter().zip(agents.into_iter().flatten()) {
        let mut cells: Vec<Cell> = given.iter().map(Cell::text).collect();
        let scheduled = exact(agents.get() / (1.0 - question.shrinkage));
        match for_agents {
            Some(place) => cells[place] = exact(agents.get()),
            None => cells.push(exact(agents.get())),
        }
        cells.extend(figures(question, &question.queue_with(agents)));
        match for_scheduled {
            // a given number of people stays as given
            Some(place) if given[place].is_empty() => cells[place] = scheduled,
            None if counts_scheduled => cells.push(scheduled),
            _ => {}
        }
        sheet.rows.push(cells);
    }
    Ok(sheet)
}

fn figures(question: &Question, queue: &SteadyQueue) -> Vec<Cell> {
    let level = queue.service_level(question.within, ServiceLevelDefinition::Offered);
    [queue.p_wait(), queue.asa(), queue.mean_wait(), level, queue.abandonment(), queue.occupancy(), queue.blocking()].map(exact).to_vec()
}

/// Shortest decimal that reads back as the same number.
fn exact(value: f64) -> Cell {
    let whole = value.fract() == 0.0 && value.abs() < 1e15;
    match value {
        _ if value.is_nan() => Cell::Empty,
        _ if value.is_infinite() => Cell::text("inf"),
        _ if whole => Cell::number(value, 0),
        _ => Cell::text(format!("{value:?}")),
    }
}
