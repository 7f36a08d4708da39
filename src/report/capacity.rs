//! Months ahead: a table by week, a picture, and the decisions to take.

use super::canvas::{BLUE, DrawError, GREY, ORANGE, PALE_BLUE, Picture, WIDTH, failed, mesh};
use super::cost::interrupted_key;
use super::sheet::{Cell, Sheet};
use super::tables::date;
use crate::plan::{Hiring, Inputs, QueueWeek};
use crate::words::{Lang, Part, say};
use plotters::coord::Shift;
use plotters::prelude::*;
use std::fmt::Write;

/// `week,queue,contacts,required_hours,need_hours,people,hired_people,hires,hire_by,in_training,temps,hours,own_hours,temp_hours,
/// overtime_hours,short_hours,short_cost,staff_cost,events`: `required_hours` and `short_hours` are agent-hours at the desk, the other hours
/// paid ones at standard speed.
pub(super) fn capacity(hiring: &Hiring) -> Sheet {
    let columns = [
        "week",
        "queue",
        "contacts",
        "required_hours",
        "need_hours",
        "people",
        "hired_people",
        "hires",
        "hire_by",
        "in_training",
        "temps",
        "hours",
        "own_hours",
        "temp_hours",
        "overtime_hours",
        "short_hours",
        "short_cost",
        "staff_cost",
        "events",
    ];
    let mut sheet = Sheet::new("capacity", &columns);
    sheet.rows = hiring.weeks.iter().map(row).collect();
    sheet
}

fn row(of: &QueueWeek) -> Vec<Cell> {
    let whole = |count: u32| Cell::number(f64::from(count), 0);
    let mut row = vec![date(of.first), Cell::text(&of.queue), Cell::number(of.contacts, 1), Cell::number(of.required_hours, 2)];
    row.extend([of.need_hours, of.people, of.hired_people].map(|figure| Cell::number(figure, 2)));
    row.extend([whole(of.hires), of.hire_by.map_or(Cell::Empty, date), whole(of.in_training), whole(of.temps)]);
    let hours = [of.hours, of.own_hours, of.temp_hours, of.overtime, of.short_hours, of.short_cost, of.staff_cost];
    row.extend(hours.map(|figure| Cell::number(figure, 2)));
    row.push(Cell::text(of.events.join(";")));
    row
}

/// The weeks of a queue.
fn weeks_of<'a>(hiring: &'a Hiring, inputs: &Inputs, queue: usize) -> Vec<&'a QueueWeek> {
    let id = &inputs.queues[queue].queue.id;
    hiring.weeks.iter().filter(|week| week.queue == *id).collect()
}

/// A gap, as a share of the cost, that is as good as none beside what forecasts of months are wrong by.
const AS_GOOD_AS_NONE: f64 = 0.01;

/// Whom to hire, by when, and what it costs.
#[must_use]
pub fn capacity_text(inputs: &Inputs, hiring: &Hiring, lang: Lang) -> String {
    let mut text = String::new();
    let mut tell = |key: &str, fill: &[&str]| {
        let _ = writeln!(text, "{}", say(lang, Part::Text, key, fill));
    };
    let hires = hiring.weeks.iter().filter(|week| week.hires > 0).count();
    for (queue, of) in inputs.queues.iter().enumerate() {
        let (name, weeks) = (of.queue.name.as_str(), weeks_of(hiring, inputs, queue));
        for week in weeks.iter().filter(|week| week.hires > 0) {
            let by = week.hire_by.unwrap_or(week.first);
            let key = if by > inputs.horizon.first { "capacity_hire" } else { "capacity_late" };
            tell(key, &[name, &week.hires.to_string(), &week.first.to_string(), &by.to_string()]);
        }
        for stretch in weeks.chunk_by(|a, b| (a.temps > 0) == (b.temps > 0)).filter(|stretch| stretch[0].temps > 0) {
            let most = stretch.iter().map(|week| week.temps).max().unwrap_or(0);
            let end = stretch[stretch.len() - 1].first + chrono::Days::new(6);
            tell("capacity_temps", &[name, &most.to_string(), &stretch[0].first.to_string(), &end.to_string()]);
        }
        let missing: f64 = weeks.iter().map(|week| week.short_hours).sum();
        if let Some(worst) = weeks.iter().max_by(|a, b| a.short_hours.total_cmp(&b.short_hours)).filter(|_| missing >= 0.5) {
            tell("capacity_short", &[name, &format!("{missing:.0}"), &worst.first.to_string(), &format!("{:.0}", worst.short_hours)]);
        }
    }
    if hires == 0 {
        // that hiring is not worth it is said only where it is shown
        let is_shown = hiring.gap().is_some_and(|gap| gap <= AS_GOOD_AS_NONE);
        tell(if is_shown { "capacity_none" } else { "capacity_none_found" }, &[]);
    }
    if let Some(interruption) = hiring.interrupted {
        tell(interrupted_key(interruption), &[]);
    }
    let [cost, without, own_pay] = [hiring.cost, hiring.cost_without, hiring.own_pay].map(|amount| format!("{amount:.0}"));
    match hiring.bound.zip(hiring.gap()) {
        Some((bound, gap)) => {
            // at most is rounded up
            let (gap, bound) = (format!("{:.2}", (gap * 1e4 - 1e-9).ceil() / 1e2), format!("{bound:.0}"));
            tell("capacity_cost", &[&cost, &inputs.currency, &gap, &without, &own_pay, &bound]);
        }
        None => tell("capacity_cost_unproven", &[&cost, &inputs.currency, &without, &own_pay]),
    }
    if !hiring.repeated.is_empty() {
        let names: Vec<String> = hiring.repeated.iter().map(|event| format!("{} ({})", event.name, event.start.date())).collect();
        tell("capacity_repeated", &[&names.join(", ")]);
    }
    tell("capacity_defined", &[]);
    text
}

/// Each queue's hours by week.
pub(super) struct CapacityChart<'a> {
    /// The team.
    pub(super) inputs: &'a Inputs,
    /// Its months.
    pub(super) hiring: &'a Hiring,
    /// The language of its words.
    pub(super) lang: Lang,
}

impl CapacityChart<'_> {
    fn panel<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>, queue: usize) -> Result<(), DrawError> {
        let weeks = weeks_of(self.hiring, self.inputs, queue);
        let most = weeks.iter().map(|week| week.hours.max(week.need_hours)).fold(1.0, f64::max) * 1.05;
        let mut chart = ChartBuilder::on(area)
            .caption(&self.inputs.queues[queue].queue.name, ("sans-serif", 14))
            .margin(6)
            .x_label_area_size(22)
            .y_label_area_size(52)
            .build_cartesian_2d(0.0..weeks.len() as f64, 0.0..most)
            .map_err(failed)?;
        let label = |x: &f64| weeks.get(x.round() as usize).map_or_else(String::new, |week| week.first.format("%y-%m-%d").to_string());
        mesh(&mut chart).x_labels(12).x_label_formatter(&label).draw().map_err(failed)?;
        for (place, week) in weeks.iter().enumerate() {
            let hired = week.hours - week.own_hours - week.temp_hours - week.overtime;
            let mut below = 0.0;
            for (hours, colour) in [(week.own_hours, PALE_BLUE), (hired, BLUE), (week.temp_hours, ORANGE), (week.overtime, GREY)] {
                let (left, right) = (place as f64 + 0.08, place as f64 + 0.92);
                chart.draw_series([Rectangle::new([(left, below), (right, below + hours)], colour.filled())]).map_err(failed)?;
                below += hours;
            }
        }
        let need = weeks.iter().enumerate().flat_map(|(place, week)| [place, place + 1].map(|x| (x as f64, week.need_hours)));
        chart.draw_series(LineSeries::new(need, BLACK.stroke_width(2))).map_err(failed)?;
        Ok(())
    }
}

impl Picture for CapacityChart<'_> {
    fn size(&self) -> (u32, u32) {
        (WIDTH, 40 + 220 * self.inputs.queues.len() as u32)
    }

    fn draw<B: DrawingBackend>(&self, root: &DrawingArea<B, Shift>) -> Result<(), DrawError> {
        let area = root.titled(&say(self.lang, Part::Text, "capacity_title", &[]), ("sans-serif", 16)).map_err(failed)?;
        let panels = area.split_evenly((self.inputs.queues.len().max(1), 1));
        (0..self.inputs.queues.len()).zip(&panels).try_for_each(|(queue, panel)| self.panel(panel, queue))
    }
}
