//! Capacity plan: weekly hours of each queue.

use super::canvas::{BLUE, DrawError, GREY, ORANGE, PALE_BLUE, Picture, WIDTH, failed, mesh};
use crate::messages::{Lang, Part, say};
use crate::plan::{Hiring, Inputs};
use crate::report::tables::capacity::weeks_of;
use plotters::coord::Shift;
use plotters::prelude::*;

/// Weekly hours of each queue.
pub(in crate::report) struct CapacityChart<'a> {
    /// The team.
    pub(in crate::report) inputs: &'a Inputs,
    /// Its capacity plan.
    pub(in crate::report) hiring: &'a Hiring,
    /// Language of the labels.
    pub(in crate::report) lang: Lang,
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
