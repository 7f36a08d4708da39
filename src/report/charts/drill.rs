//! Service level during a drill.

use super::canvas::{BLUE, DrawError, GREY, ORANGE, PALE_BLUE, Picture, WIDTH, failed, mesh};
use crate::messages::{Lang, Part, say};
use crate::scenario::{Drill, Recovery};
use chrono::{NaiveDateTime, TimeDelta};
use plotters::coord::Shift;
use plotters::prelude::*;

/// Service level of every affected queue, with the surprise and without it.
pub(in crate::report) struct DrillChart<'a> {
    /// The drills.
    pub(in crate::report) drills: &'a [Drill],
    /// Language of the labels.
    pub(in crate::report) lang: Lang,
}

const PANEL: u32 = 240;

impl DrillChart<'_> {
    fn panels(&self) -> Vec<(&Drill, &Recovery)> {
        self.drills.iter().flat_map(|drill| drill.recoveries.iter().map(move |of| (drill, of))).collect()
    }
}

/// One queue over the affected days.
fn draw_panel<B: DrawingBackend>(area: &DrawingArea<B, Shift>, drill: &Drill, of: &Recovery) -> Result<(), DrawError> {
    let Some(queue) = drill.inputs.queues.iter().position(|known| known.queue.id == of.queue) else { return Ok(()) };
    let known = &drill.inputs.queues[queue].queue;
    let grid = drill.requirements[queue].need.grid();
    let first = of.struck.date().and_hms_opt(0, 0, 0).unwrap_or(of.struck);
    let last = of.recovered.unwrap_or(of.over).max(of.over) - TimeDelta::minutes(1);
    let hours = ((last.date() - first.date()).num_days() + 1) as f64 * 24.0;
    let hour = |time: NaiveDateTime| (time - first).num_minutes() as f64 / 60.0;
    let mut chart = ChartBuilder::on(area)
        .caption(format!("{} · {} · {}", drill.name, known.name, first.format("%m-%d")), ("sans-serif", 14))
        .margin(6)
        .x_label_area_size(22)
        .y_label_area_size(48)
        .build_cartesian_2d(0.0..hours, 0.0..1.02)
        .map_err(failed)?;
    let clock = |x: &f64| {
        (first + TimeDelta::minutes((x * 60.0).round() as i64)).format(if hours > 24.0 { "%m-%d %H:%M" } else { "%H:%M" }).to_string()
    };
    let percent = |share: &f64| format!("{:.0} %", share * 100.0);
    mesh(&mut chart).x_labels(13).x_label_formatter(&clock).y_label_formatter(&percent).draw().map_err(failed)?;
    let during = Rectangle::new([(hour(of.struck), 0.0), (hour(of.over).min(hours), 1.02)], ORANGE.mix(0.12).filled());
    chart.draw_series([during]).map_err(failed)?;
    if let Some((_, share)) = known.answer_within() {
        chart.draw_series(DashedLineSeries::new([(0.0, share.get()), (hours, share.get())], 6, 4, GREY.into())).map_err(failed)?;
    }
    let need = &drill.requirements[queue].need;
    let shown = (0..grid.len()).filter(|&slot| need[slot].contacts.get() > 0.0 && (0.0..hours).contains(&hour(grid.start(slot))));
    let shown: Vec<usize> = shown.collect();
    let half = grid.interval().hours().get() / 2.0;
    for (attained, colour) in [(&drill.undisturbed[queue], PALE_BLUE), (&drill.attained[queue], BLUE)] {
        for stretch in shown.chunk_by(|a, b| b - a == 1) {
            let point = |&slot: &usize| (hour(grid.start(slot)) + half, attained.service_level(slot..slot + 1).value);
            let points = stretch.iter().map(point).filter(|point| point.1.is_finite());
            chart.draw_series(LineSeries::new(points, colour.stroke_width(2))).map_err(failed)?;
        }
    }
    if let Some(back) = of.recovered {
        chart.draw_series([PathElement::new([(hour(back), 0.0), (hour(back), 1.02)], ORANGE.stroke_width(2))]).map_err(failed)?;
    }
    Ok(())
}

impl Picture for DrillChart<'_> {
    fn size(&self) -> (u32, u32) {
        (WIDTH, 40 + PANEL * self.panels().len().max(1) as u32)
    }

    fn draw<B: DrawingBackend>(&self, root: &DrawingArea<B, Shift>) -> Result<(), DrawError> {
        let title = if self.panels().is_empty() { "drill_unhurt" } else { "drill_title" };
        let area = root.titled(&say(self.lang, Part::Text, title, &[]), ("sans-serif", 16)).map_err(failed)?;
        let panels = area.split_evenly((self.panels().len().max(1), 1));
        self.panels().into_iter().zip(&panels).try_for_each(|((drill, of), panel)| draw_panel(panel, drill, of))
    }
}
