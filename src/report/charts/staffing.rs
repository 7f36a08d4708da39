//! Required agents, and the effect of one more or fewer.

use super::canvas::{BLUE, DrawError, GREY, ORANGE, PALE_BLUE, Picture, WIDTH, failed, panel, steps};
use crate::messages::{Lang, Part, say};
use crate::plan::{Inputs, QueueRequirement, promised};
use crate::service::Channel;
use plotters::coord::Shift;
use plotters::prelude::*;

/// Required agents by hour, and the service level with one fewer, exactly as many, and one more.
pub struct StaffingChart<'a> {
    inputs: &'a Inputs,
    requirements: &'a [QueueRequirement],
    lang: Lang,
}

impl<'a> StaffingChart<'a> {
    /// A chart of these requirements, labelled in a language.
    #[must_use]
    pub fn new(inputs: &'a Inputs, requirements: &'a [QueueRequirement], lang: Lang) -> Self {
        Self { inputs, requirements, lang }
    }

    /// The chart as SVG.
    ///
    /// # Errors
    /// [`DrawError`] if drawing fails.
    pub fn svg(&self) -> Result<String, DrawError> {
        Picture::svg(self)
    }

    /// The chart as PNG.
    ///
    /// # Errors
    /// [`DrawError`] if drawing fails.
    pub fn png(&self) -> Result<Vec<u8>, DrawError> {
        Picture::png(self)
    }

    fn required_panel<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>, queue: usize) -> Result<(), DrawError> {
        let need = &self.requirements[queue].need;
        let required: Vec<f64> = need.values().iter().map(|need| need.required.get()).collect();
        let stationary: Vec<f64> = need.values().iter().map(|need| need.required_stationary.get()).collect();
        let most = required.iter().chain(&stationary).copied().fold(1.0, f64::max) * 1.05;
        let per_day = self.inputs.interval.per_day() as f64;
        let caption = format!("{}: {}", self.inputs.queues[queue].queue.name, say(self.lang, Part::Text, "staffing_required", &[]));
        let mut chart = panel(area, need.grid().horizon(), &caption, most, self.lang)?;
        chart.draw_series(LineSeries::new(steps(&stationary, per_day), GREY.stroke_width(1))).map_err(failed)?;
        chart.draw_series(LineSeries::new(steps(&required, per_day), BLUE.stroke_width(2))).map_err(failed)?;
        Ok(())
    }

    fn level_panel<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>, queue: usize) -> Result<(), DrawError> {
        let (of, need) = (&self.inputs.queues[queue].queue, &self.requirements[queue].need);
        let per_day = self.inputs.interval.per_day() as f64;
        let caption = say(self.lang, Part::Text, "staffing_levels", &[]);
        let mut chart = panel(area, need.grid().horizon(), &caption, 1.02, self.lang)?;
        if let Some((_, share)) = of.answer_within() {
            let days = need.grid().horizon().days as f64;
            chart.draw_series(DashedLineSeries::new([(0.0, share.get()), (days, share.get())], 6, 4, GREY.into())).map_err(failed)?;
        }
        let open: Vec<usize> = (0..need.grid().len()).filter(|&slot| of.hours.is_open(need.grid().start(slot))).collect();
        for (step, colour) in [(1.0, PALE_BLUE), (-1.0, ORANGE), (0.0, BLUE)] {
            let level = |slot: usize| promised(of, &need[slot], need[slot].required.get() + step).service_level;
            for day in open.chunk_by(|a, b| b - a == 1) {
                let line = day.iter().map(|&slot| ((slot as f64 + 0.5) / per_day, level(slot)));
                chart.draw_series(LineSeries::new(line, colour.stroke_width(2))).map_err(failed)?;
            }
        }
        Ok(())
    }
}

impl Picture for StaffingChart<'_> {
    fn size(&self) -> (u32, u32) {
        (WIDTH, 40 + 320 * self.inputs.queues.len() as u32)
    }

    fn draw<B: DrawingBackend>(&self, root: &DrawingArea<B, Shift>) -> Result<(), DrawError> {
        let title = say(self.lang, Part::Text, "staffing_title", &[]);
        let area = root.titled(&title, ("sans-serif", 18)).map_err(failed)?;
        for (queue, panels) in area.split_evenly((self.inputs.queues.len().max(1), 1)).iter().enumerate().take(self.inputs.queues.len()) {
            if self.inputs.queues[queue].queue.channel == Channel::Deferred {
                self.required_panel(panels, queue)?;
                continue;
            }
            let (required, level) = panels.split_vertically(170);
            self.required_panel(&required, queue)?;
            self.level_panel(&level, queue)?;
        }
        Ok(())
    }
}
