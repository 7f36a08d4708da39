//! Sensitivity curves of sweeps over one number.

use super::canvas::{BLUE, DrawError, ORANGE, Picture, WIDTH, failed, mesh};
use crate::messages::{Lang, Part, say};
use crate::scenario::{Curve, CurvePoint};
use plotters::coord::Shift;
use plotters::prelude::*;

/// Each curve in two panels: cost on the left, service on the right.
pub(in crate::report) struct CurveChart<'a> {
    /// The curves.
    pub(in crate::report) curves: &'a [Curve<'a>],
    /// Currency for display.
    pub(in crate::report) currency: &'a str,
    /// Language of the labels.
    pub(in crate::report) lang: Lang,
}

const ROW: u32 = 280;

impl Picture for CurveChart<'_> {
    fn size(&self) -> (u32, u32) {
        (WIDTH, 40 + ROW * self.curves.len().max(1) as u32)
    }

    fn draw<B: DrawingBackend>(&self, root: &DrawingArea<B, Shift>) -> Result<(), DrawError> {
        let area = root.titled(&say(self.lang, Part::Text, "curve_title", &[]), ("sans-serif", 16)).map_err(failed)?;
        let panels = area.split_evenly((self.curves.len().max(1), 2));
        for (curve, pair) in self.curves.iter().zip(panels.chunks(2)) {
            let waits = curve.steps.iter().all(|step| step.service.mean_wait.is_some_and(f64::is_finite));
            let service = |step: &CurvePoint| step.service.mean_wait.filter(|_| waits).unwrap_or(100.0 * step.service.service_level);
            let cost = say(self.lang, Part::Text, "decision_cost", &[self.currency]);
            let bought = say(self.lang, Part::Text, if waits { "curve_wait" } else { "curve_level" }, &[]);
            draw_curve(&pair[0], curve, &cost, BLUE, |step| step.outcome.cost.get())?;
            draw_curve(&pair[1], curve, &bought, ORANGE, service)?;
        }
        Ok(())
    }
}

fn draw_curve<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    curve: &Curve,
    title: &str,
    colour: RGBColor,
    height: impl Fn(&CurvePoint) -> f64,
) -> Result<(), DrawError> {
    let points: Vec<(f64, f64)> = curve.steps.iter().map(|step| (step.value, height(step))).filter(|point| point.1.is_finite()).collect();
    let range = |of: fn(&(f64, f64)) -> f64| {
        let (least, most) =
            points.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), of| (least.min(of), most.max(of)));
        let margin = ((most - least) * 0.1).max(most.abs() * 0.005).max(1e-6);
        if least.is_finite() { least - margin..most + margin } else { 0.0..1.0 }
    };
    let mut chart = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 14))
        .margin(8)
        .x_label_area_size(40)
        .y_label_area_size(64)
        .build_cartesian_2d(range(|point| point.0), range(|point| point.1))
        .map_err(failed)?;
    let varied = format!("{} · {}", curve.sweep, curve.axis);
    mesh(&mut chart)
        .x_desc(varied)
        .axis_desc_style(("sans-serif", 13))
        .x_labels(8)
        .y_labels(6)
        .bold_line_style(RGBColor(228, 228, 228))
        .draw()
        .map_err(failed)?;
    chart.draw_series(LineSeries::new(points.iter().copied(), colour.stroke_width(2))).map_err(failed)?;
    chart.draw_series(points.into_iter().map(|point| Circle::new(point, 4, colour.filled()))).map_err(failed)?;
    Ok(())
}
