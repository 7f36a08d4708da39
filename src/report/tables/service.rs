//! Predicted and simulated service.

use super::cells::{date, promise_cells, stamp};
use super::sheet::{Cell, Sheet};
use crate::plan::{Inputs, QueueRequirement};
use crate::roster::QueueCoverage;
use crate::simulate::{Attained, Estimate};
use crate::staffing::Performance;

/// Transient queue model (`formula_…`) and simulation side by side, by interval of arrival, by day (`start` a date) and in total (`start`
/// empty). Service level: answered within the queue's time over offered; for deferred work finished within its window. ± is half the 95 %
/// confidence interval.
#[must_use]
pub fn service(
    inputs: &Inputs,
    requirements: &[QueueRequirement],
    coverage: &[QueueCoverage],
    promised: &[Vec<Performance>],
    attained: &[Attained],
) -> Sheet {
    let columns = [
        "start",
        "queue",
        "contacts",
        "required",
        "rostered",
        "short_agents",
        "formula_service_level",
        "formula_asa_seconds",
        "formula_abandonment",
        "formula_occupancy",
        "service_level",
        "service_level_pm",
        "asa_seconds",
        "asa_pm",
        "abandonment",
        "abandonment_pm",
        "occupancy",
        "occupancy_pm",
    ];
    let mut sheet = Sheet::new("service", &columns);
    for (queue, requirement) in requirements.iter().enumerate().take(inputs.queues.len()) {
        let (cover, attained) = (&coverage[queue], &attained[queue]);
        let grid = requirement.need.grid();
        for (slot, need) in requirement.need.values().iter().enumerate().filter(|(_, need)| need.contacts.get() > 0.0) {
            let mut row = vec![stamp(grid.start(slot)), Cell::text(&requirement.queue), Cell::number(need.contacts.get(), 4)];
            row.extend([cover.required[slot], cover.rostered[slot], cover.short(slot).get()].map(|agents| Cell::number(agents, 4)));
            row.extend(promise_cells(promised[queue][slot]));
            row.extend(simulated_cells(attained, slot..slot + 1));
            sheet.rows.push(row);
        }
        let per_day = grid.interval().per_day();
        let days = (0..grid.horizon().days).map(|day| (date(grid.horizon().date(day)), day * per_day..(day + 1) * per_day));
        for (label, slots) in days.chain([(Cell::Empty, 0..grid.len())]) {
            let contacts: f64 = slots.clone().map(|slot| requirement.need[slot].contacts.get()).sum();
            if contacts > 0.0 {
                let hours = |of: &dyn Fn(usize) -> f64| slots.clone().map(of).sum::<f64>() * grid.interval().hours().get();
                let sums =
                    [hours(&|slot| cover.required[slot]), hours(&|slot| cover.rostered[slot]), hours(&|slot| cover.short(slot).get())];
                let mut row = vec![label, Cell::text(&requirement.queue), Cell::number(contacts, 4)];
                row.extend(sums.map(|hours| Cell::number(hours, 4)));
                row.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
                row.extend(simulated_cells(attained, slots));
                sheet.rows.push(row);
            }
        }
    }
    sheet
}

fn simulated_cells(attained: &Attained, slots: std::ops::Range<usize>) -> [Cell; 8] {
    let pair = |estimate: Estimate, decimals| [Cell::number(estimate.value, decimals), Cell::number(estimate.half_width, decimals)];
    let [level, level_pm] = pair(attained.service_level(slots.clone()), 4);
    let [asa, asa_pm] = pair(attained.asa(slots.clone()), 2);
    let [gone, gone_pm] = pair(attained.abandonment(slots.clone()), 4);
    let [busy, busy_pm] = pair(attained.occupancy(slots), 4);
    [level, level_pm, asa, asa_pm, gone, gone_pm, busy, busy_pm]
}
