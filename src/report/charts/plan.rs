//! Charts of a plan.

use super::canvas::{BLUE, DrawError, GREY, ORANGE, PALE_BLUE, Picture, WIDTH, day_label, failed, panel, steps};
use crate::messages::{Lang, Part, say};
use crate::plan::{Inputs, Planned};
use crate::report::figures::colours::{SHIFT_COLOURS, shift_colour};
use crate::report::figures::explained::{explained_days, explained_parts};
use crate::roster::RosterProblem;
use crate::units::Agents;
use chrono::{NaiveDateTime, TimeDelta};
use plotters::coord::Shift;
use plotters::prelude::*;

/// Charts available for a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chart {
    /// Contacts with their prediction interval.
    Forecast,
    /// Components of each day's forecast.
    Explained,
    /// Required against rostered agents.
    Coverage,
    /// Service level.
    Service,
    /// Gantt chart, one bar a shift.
    Roster,
}

impl Chart {
    /// All charts.
    pub const ALL: [Self; 5] = [Self::Forecast, Self::Explained, Self::Coverage, Self::Service, Self::Roster];

    /// File name without extension.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Forecast => "chart_forecast",
            Self::Explained => "chart_forecast_explained",
            Self::Coverage => "chart_coverage",
            Self::Service => "chart_service",
            Self::Roster => "chart_roster",
        }
    }

    /// The chart as SVG.
    ///
    /// # Errors
    /// [`DrawError`] if drawing fails.
    pub fn svg(self, inputs: &Inputs, planned: &Planned, lang: Lang) -> Result<String, DrawError> {
        PlanPicture { chart: self, inputs, planned, lang }.svg()
    }

    /// The chart as PNG.
    ///
    /// # Errors
    /// [`DrawError`] if drawing fails.
    pub fn png(self, inputs: &Inputs, planned: &Planned, lang: Lang) -> Result<Vec<u8>, DrawError> {
        PlanPicture { chart: self, inputs, planned, lang }.png()
    }
}

/// A chart of a plan to be drawn.
struct PlanPicture<'a> {
    chart: Chart,
    inputs: &'a Inputs,
    planned: &'a Planned,
    lang: Lang,
}

impl Picture for PlanPicture<'_> {
    fn size(&self) -> (u32, u32) {
        match self.chart {
            Chart::Roster => (WIDTH, 60 + ROW_HEIGHT * self.inputs.employees.len().clamp(1, 400) as u32),
            _ => (WIDTH, 40 + 200 * self.inputs.queues.len() as u32),
        }
    }

    fn draw<B: DrawingBackend>(&self, root: &DrawingArea<B, Shift>) -> Result<(), DrawError> {
        let minutes = self.inputs.interval.minutes().to_string();
        let title = match self.chart {
            Chart::Forecast => say(self.lang, Part::Text, "forecast_title", &[&minutes]),
            Chart::Explained => say(self.lang, Part::Text, "explained_title", &[]),
            Chart::Coverage => say(self.lang, Part::Text, "coverage_title", &[]),
            Chart::Service => say(self.lang, Part::Text, "service_title", &[]),
            Chart::Roster => say(self.lang, Part::Text, "bars_title", &[]),
        };
        let area = root.titled(&title, ("sans-serif", 18)).map_err(failed)?;
        if self.chart == Chart::Roster {
            return self.roster_bars(&area);
        }
        let panels = area.split_evenly((self.inputs.queues.len().max(1), 1));
        for (queue, panel) in panels.iter().enumerate().take(self.inputs.queues.len()) {
            match self.chart {
                Chart::Forecast => self.forecast_panel(panel, queue)?,
                Chart::Explained => self.explained_panel(panel, queue)?,
                Chart::Coverage => self.coverage_panel(panel, queue)?,
                Chart::Service | Chart::Roster => self.service_panel(panel, queue)?,
            }
        }
        Ok(())
    }
}

const ROW_HEIGHT: u32 = 12;

impl PlanPicture<'_> {
    fn forecast_panel<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>, queue: usize) -> Result<(), DrawError> {
        let (inputs, planned, lang) = (self.inputs, self.planned, self.lang);
        let offered = &planned.forecasts[queue].offered;
        let per_day = inputs.interval.per_day() as f64;
        let at = |slot: usize, value: f64| ((slot as f64 + 0.5) / per_day, value);
        let slots = 0..offered.mean.grid().len();
        let high = |slot: usize| offered.quantiles[slot][5].get();
        let low = |slot: usize| offered.quantiles[slot][1].get();
        let most = slots.clone().map(high).fold(0.0, f64::max) * 1.05;
        let mut chart = panel(area, planned.problem.horizon, &inputs.queues[queue].queue.name, most, lang)?;
        let band: Vec<(f64, f64)> =
            slots.clone().map(|slot| at(slot, high(slot))).chain(slots.clone().rev().map(|slot| at(slot, low(slot)))).collect();
        chart.draw_series([Polygon::new(band, PALE_BLUE.mix(0.7))]).map_err(failed)?;
        chart.draw_series(LineSeries::new(slots.map(|slot| at(slot, offered.mean[slot].get())), BLUE.stroke_width(2))).map_err(failed)?;
        Ok(())
    }

    /// A daily waterfall: from the level, component by component, to the forecast.
    fn explained_panel<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>, queue: usize) -> Result<(), DrawError> {
        let (inputs, planned, lang) = (self.inputs, self.planned, self.lang);
        let of = &inputs.queues[queue];
        let days = explained_days(&planned.forecasts[queue]);
        let shown: Vec<usize> = (0..explained_parts().len()).filter(|&part| days.iter().any(|day| day.parts[part].abs() > 1e-6)).collect();
        let stairs: Vec<Vec<(f64, f64)>> = days.iter().map(|day| stairs(&day.parts)).collect();
        let most = stairs.iter().flatten().map(|step| step.1).fold(0.0, f64::max) * 1.2;
        let mut chart = panel(area, planned.problem.horizon, &of.queue.name, most, lang)?;
        let width = 0.9 / shown.len().max(1) as f64;
        for (day, stairs) in days.iter().zip(&stairs) {
            let Some(number) = planned.problem.horizon.day_of(day.date) else { continue };
            let bars = shown.iter().enumerate().map(|(place, &part)| {
                let left = number as f64 + 0.05 + place as f64 * width;
                Rectangle::new([(left, stairs[part].0), (left + width * 0.9, stairs[part].1)], part_colour(part).filled())
            });
            chart.draw_series(bars).map_err(failed)?;
        }
        for (place, &part) in shown.iter().enumerate() {
            let (name, left) = (say(lang, Part::Text, explained_parts()[part].1, &[]), 60 + 118 * place as i32);
            area.draw(&Rectangle::new([(left, 24), (left + 9, 33)], part_colour(part).filled())).map_err(failed)?;
            area.draw_text(&name, &TextStyle::from(("sans-serif", 12)), (left + 13, 22)).map_err(failed)?;
        }
        Ok(())
    }

    fn coverage_panel<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>, queue: usize) -> Result<(), DrawError> {
        let (inputs, planned, lang) = (self.inputs, self.planned, self.lang);
        let cover = &planned.coverage[queue];
        let most = cover.required.iter().chain(&cover.rostered).copied().fold(0.0, f64::max) * 1.05;
        let mut chart = panel(area, planned.problem.horizon, &inputs.queues[queue].queue.name, most, lang)?;
        let per_day = inputs.interval.per_day() as f64;
        let bar = |(slot, agents): (usize, &f64)| {
            let from = slot as f64 / per_day;
            Rectangle::new([(from, 0.0), (from + 1.0 / per_day, *agents)], PALE_BLUE.filled())
        };
        chart.draw_series(cover.rostered.iter().enumerate().filter(|(_, agents)| **agents > 0.0).map(bar)).map_err(failed)?;
        chart.draw_series(LineSeries::new(steps(&cover.required, per_day), BLUE.stroke_width(2))).map_err(failed)?;
        let short = (0..cover.required.len()).filter(|&slot| cover.short(slot) > Agents::ZERO).map(|slot| {
            let from = slot as f64 / per_day;
            Rectangle::new([(from, cover.served[slot]), (from + 1.0 / per_day, cover.required[slot])], ORANGE.mix(0.8).filled())
        });
        chart.draw_series(short).map_err(failed)?;
        Ok(())
    }

    fn service_panel<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>, queue: usize) -> Result<(), DrawError> {
        let (inputs, planned, lang) = (self.inputs, self.planned, self.lang);
        let of = &inputs.queues[queue].queue;
        let mut chart = panel(area, planned.problem.horizon, &of.name, 1.02, lang)?;
        let per_day = inputs.interval.per_day() as f64;
        let need = &planned.requirements[queue].need;
        let at = |slot: usize, value: f64| ((slot as f64 + 0.5) / per_day, value);
        let busy: Vec<usize> = (0..need.grid().len()).filter(|&slot| need[slot].contacts.get() > 0.0).collect();
        if let Some((_, share)) = of.answer_within() {
            let days = planned.problem.horizon.days as f64;
            chart.draw_series(DashedLineSeries::new([(0.0, share.get()), (days, share.get())], 6, 4, GREY.into())).map_err(failed)?;
        }
        for day in busy.chunk_by(|a, b| b - a == 1) {
            let simulated = day
                .iter()
                .map(|&slot| at(slot, planned.attained[queue].service_level(slot..slot + 1).value))
                .filter(|point| point.1.is_finite());
            chart.draw_series(LineSeries::new(simulated, BLUE.stroke_width(2))).map_err(failed)?;
        }
        let promised = &planned.promised[queue];
        let points = busy.iter().map(|&slot| at(slot, promised[slot].service_level)).filter(|point| point.1.is_finite());
        chart.draw_series(points.map(|point| Circle::new(point, 2, ORANGE.filled()))).map_err(failed)?;
        Ok(())
    }

    fn roster_bars<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>) -> Result<(), DrawError> {
        let (problem, assignments, lang) = (&self.planned.problem, &self.planned.solved.roster.assignments, self.lang);
        let people = problem.people.len().max(1) as f64;
        let days = problem.horizon.days as f64;
        let mut chart = ChartBuilder::on(area)
            .margin(6)
            .x_label_area_size(20)
            .y_label_area_size(64)
            .build_cartesian_2d(0.0..days, people..0.0)
            .map_err(failed)?;
        let day = |x: &f64| if x.fract().abs() < 1e-6 && *x < days { day_label(problem.horizon, *x as usize, lang) } else { String::new() };
        chart
            .configure_mesh()
            .disable_y_mesh()
            .y_labels(0)
            .x_labels(problem.horizon.days + 1)
            .x_label_formatter(&day)
            .label_style(("sans-serif", 12))
            .light_line_style(TRANSPARENT)
            .bold_line_style(RGBColor(200, 200, 200))
            .axis_style(GREY)
            .draw()
            .map_err(failed)?;
        let label = TextStyle::from(("sans-serif", 10)).color(&GREY);
        for (row, person) in problem.people.iter().enumerate() {
            let (x, y) = chart.backend_coord(&(0.0, row as f64 + 0.05));
            area.draw_text(person.employee.id.as_str(), &label, relative(area, x - 58, y)).map_err(failed)?;
        }
        for assignment in assignments {
            let Some(row) = problem.people.iter().position(|person| person.employee.id == assignment.agent) else { continue };
            let shift = problem.shifts.iter().position(|shift| shift.id == assignment.shift).unwrap_or(0);
            let colour = shift_colour(shift);
            let bars = problem.people[row].desk_stretches(assignment).map(|(from, to)| {
                let (top, bottom) = (row as f64 + 0.12, row as f64 + 0.88);
                Rectangle::new([(day_position(problem, from), top), (day_position(problem, to).min(days), bottom)], colour.filled())
            });
            chart.draw_series(bars).map_err(failed)?;
        }
        Ok(())
    }
}

/// Lower and upper end of each component's bar; the first and the last start at zero.
fn stairs(parts: &[f64]) -> Vec<(f64, f64)> {
    let mut so_far = 0.0;
    let step = |(place, part): (usize, &f64)| {
        let from = if place + 1 == parts.len() { 0.0 } else { so_far };
        so_far = from + part;
        (f64::min(from, so_far), f64::max(from, so_far))
    };
    parts.iter().enumerate().map(step).collect()
}

/// Grey for the level, blue for the forecast, a colour for each component between them.
fn part_colour(part: usize) -> RGBColor {
    match part {
        0 => RGBColor(190, 190, 190),
        8 => BLUE,
        part => {
            [SHIFT_COLOURS[0], SHIFT_COLOURS[1], SHIFT_COLOURS[2], SHIFT_COLOURS[5], SHIFT_COLOURS[4], SHIFT_COLOURS[6], SHIFT_COLOURS[7]]
                [part - 1]
        }
    }
}

/// A point of the whole picture in coordinates of an area.
fn relative<B: DrawingBackend>(area: &DrawingArea<B, Shift>, x: i32, y: i32) -> (i32, i32) {
    let (left, top) = area.get_base_pixel();
    (x - left, y - top)
}

fn day_position(problem: &RosterProblem, time: NaiveDateTime) -> f64 {
    let since: TimeDelta = time - problem.grid.start(0);
    since.num_minutes() as f64 / f64::from(crate::time::DAY_MINUTES)
}
