//! Cost and service along sweeps over one number.

use super::sheet::{Cell, Sheet};
use crate::scenario::Curve;

/// `sweep,axis,queue,value,cost,cost_per_unit,late_share,service_level,asa_seconds,cheapest_cost,best_service_level,best_asa_seconds`: a
/// row for each value of a sweep over one number. `cheapest_cost` is the least cost among values with service at least as good, `best_…`
/// the best service among values that cost no more.
pub(in crate::report) fn curve_table(curves: &[Curve]) -> Sheet {
    let columns = [
        "sweep",
        "axis",
        "queue",
        "value",
        "cost",
        "cost_per_unit",
        "late_share",
        "service_level",
        "asa_seconds",
        "cheapest_cost",
        "best_service_level",
        "best_asa_seconds",
    ];
    let mut sheet = Sheet::new("scenario_curve", &columns);
    for (curve, step) in curves.iter().flat_map(|curve| curve.steps.iter().map(move |step| (curve, step))) {
        let known = |figure: Option<f64>, decimals| figure.map_or(Cell::Empty, |figure| Cell::number(figure, decimals));
        let best = curve.best(step);
        sheet.rows.push(vec![
            Cell::text(curve.sweep),
            Cell::text(curve.axis),
            curve.queue.as_ref().map_or(Cell::Empty, Cell::text),
            Cell::number(step.value, 4),
            Cell::number(step.outcome.cost.get(), 2),
            known(step.cost_per_unit, 2),
            Cell::number(step.outcome.late.get(), 4),
            Cell::number(step.service.service_level, 4),
            known(step.service.mean_wait, 2),
            Cell::number(curve.cheapest(step), 2),
            Cell::number(best.service_level, 4),
            known(best.mean_wait, 2),
        ]);
    }
    sheet
}
