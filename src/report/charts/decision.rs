//! Charts for decisions: cost against service of scenarios, and the largest effects.

use super::canvas::{BLUE, DrawError, GREY, ORANGE, PALE_BLUE, Picture, WIDTH, failed};
use crate::messages::{Lang, Part, say};
use crate::scenario::{BASE, Outcome};
use plotters::coord::Shift;
use plotters::prelude::*;

/// Height of a label; the table below holds its possible offsets from its point: right of it, above, below.
const LETTER: i32 = 13;

const BESIDE: [(i32, i32); 5] = [(9, -6), (9, -20), (9, 8), (-40, -22), (-40, 10)];

/// Maximum number of bars: those with the largest changes of cost.
const MOST_BARS: usize = 24;

const BAR: i32 = 26;
const HEAD: i32 = 56;

/// Cost on the x axis, contacts outside the service-level threshold on the y axis; the Pareto-efficient scenarios are joined by a line.
pub(in crate::report) struct DecisionChart<'a> {
    /// Compared outcomes, including the base.
    pub(in crate::report) outcomes: &'a [Outcome],
    /// Currency for display.
    pub(in crate::report) currency: &'a str,
    /// Language of the labels.
    pub(in crate::report) lang: Lang,
}

impl Picture for DecisionChart<'_> {
    fn size(&self) -> (u32, u32) {
        (WIDTH, 640)
    }

    fn draw<B: DrawingBackend>(&self, root: &DrawingArea<B, Shift>) -> Result<(), DrawError> {
        let text = |key, more: &[&str]| say(self.lang, Part::Text, key, more);
        let point = |of: &Outcome| (of.cost.get(), of.late.get() * 100.0);
        let range = |of: fn(&Outcome) -> f64| {
            let values = || self.outcomes.iter().map(of);
            let (least, most) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
            let margin = ((most - least) * 0.08).max(most.abs() * 0.01).max(1e-6);
            (least - margin, most + margin)
        };
        let ((left, right), (bottom, top)) = (range(|of| of.cost.get()), range(|of| of.late.get() * 100.0));
        let right = right + (right - left) * 0.2;
        let mut chart = ChartBuilder::on(root)
            .caption(text("decision_title", &[]), ("sans-serif", 18))
            .margin(12)
            .x_label_area_size(44)
            .y_label_area_size(60)
            .build_cartesian_2d(left..right, bottom.max(0.0)..top.max(0.1))
            .map_err(failed)?;
        chart
            .configure_mesh()
            .x_desc(text("decision_cost", &[self.currency]))
            .y_desc(text("decision_late", &[]))
            .x_label_formatter(&|cost| format!("{cost:.0}"))
            .label_style(("sans-serif", 12))
            .axis_desc_style(("sans-serif", 13))
            .light_line_style(TRANSPARENT)
            .bold_line_style(RGBColor(228, 228, 228))
            .draw()
            .map_err(failed)?;
        let mut efficient: Vec<&Outcome> = self.outcomes.iter().filter(|of| of.is_efficient(self.outcomes)).collect();
        efficient.sort_by(|a, b| a.cost.get().total_cmp(&b.cost.get()));
        chart.draw_series(LineSeries::new(efficient.iter().map(|of| point(of)), ORANGE.stroke_width(1))).map_err(failed)?;
        let is_efficient = |of: &Outcome| efficient.iter().any(|other| other.name == of.name);
        for of in self.outcomes {
            let colour = if is_efficient(of) { ORANGE } else { BLUE };
            let radius = if of.name == BASE { 7 } else { 5 };
            chart.draw_series([Circle::new(point(of), radius, colour.filled())]).map_err(failed)?;
        }
        // efficient scenarios and the base are labelled first; those without space beside them stand in the table alone
        let mut named: Vec<&Outcome> = self.outcomes.iter().collect();
        named.sort_by_key(|of| !(is_efficient(of) || of.name == BASE));
        let mut taken: Vec<Area> = Vec::new();
        for of in named {
            let name = shown_name(of, self.lang);
            let (x, y) = chart.backend_coord(&point(of));
            let areas = BESIDE.map(|(right, down)| Area { left: x + right, top: y + down, width: width_of(&name), height: LETTER });
            let Some(area) = areas.into_iter().find(|area| !taken.iter().any(|other| other.meets(area))) else { continue };
            root.draw(&Text::new(name, (area.left, area.top), ("sans-serif", LETTER))).map_err(failed)?;
            taken.push(area);
        }
        Ok(())
    }
}

/// Name of a scenario for display, in words for the base.
fn shown_name(of: &Outcome, lang: Lang) -> String {
    if of.name == BASE { say(lang, Part::Text, "decision_base", &[]) } else { of.name.clone() }
}

/// Tornado chart of changes against the base, largest change of cost first: cost on the left, contacts outside the service-level threshold
/// on the right.
pub(in crate::report) struct TornadoChart<'a> {
    /// Compared outcomes, including the base.
    pub(in crate::report) outcomes: &'a [Outcome],
    /// Currency for display.
    pub(in crate::report) currency: &'a str,
    /// Language of the labels.
    pub(in crate::report) lang: Lang,
}

/// The two bars of a scenario.
struct Swing<'a> {
    name: &'a str,
    cost: f64,
    late: f64,
}

type Swung = fn(&Swing) -> f64;

impl<'a> TornadoChart<'a> {
    fn swings(&self) -> Vec<Swing<'a>> {
        let Some(base) = self.outcomes.iter().find(|of| of.name == BASE) else { return Vec::new() };
        let others = self.outcomes.iter().filter(|of| of.name != BASE);
        let swing = |of: &'a Outcome| Swing {
            name: &of.name,
            cost: of.cost.get() - base.cost.get(),
            late: (of.late.get() - base.late.get()) * 100.0,
        };
        let mut swings: Vec<Swing> = others.map(swing).collect();
        swings.sort_by(|a, b| b.cost.abs().total_cmp(&a.cost.abs()));
        swings.truncate(MOST_BARS);
        swings
    }
}

impl Picture for TornadoChart<'_> {
    fn size(&self) -> (u32, u32) {
        (WIDTH, (HEAD + BAR * self.swings().len() as i32 + 16) as u32)
    }

    fn draw<B: DrawingBackend>(&self, root: &DrawingArea<B, Shift>) -> Result<(), DrawError> {
        let swings = self.swings();
        let text = |key, more: &[&str]| say(self.lang, Part::Text, key, more);
        let write =
            |words: &str, at: (i32, i32), size: i32| root.draw(&Text::new(words.to_owned(), at, ("sans-serif", size))).map_err(failed);
        write(&text("tornado_title", &[]), (12, 10), 18)?;
        let (cost, late): (Swung, Swung) = (|of| of.cost, |of| of.late);
        let sides = [(text("tornado_cost", &[self.currency]), 570, cost, 0), (text("tornado_late", &[]), 960, late, 2)];
        for (title, middle, of, decimals) in &sides {
            write(title, (middle - 120, 34), 13)?;
            let most = swings.iter().map(|swing| of(swing).abs()).fold(1e-9, f64::max);
            for (row, swing) in swings.iter().enumerate() {
                let (value, top) = (of(swing), HEAD + BAR * row as i32);
                let reach = (value / most * 110.0).round() as i32;
                let colour = if value > 0.0 { ORANGE } else { BLUE };
                let corners = [(*middle, top + 4), (middle + reach, top + BAR - 4)];
                root.draw(&Rectangle::new(corners, colour.filled())).map_err(failed)?;
                let beside = if value < 0.0 { middle + 6 } else { middle + reach + 6 };
                write(&format!("{value:+.decimals$}"), (beside, top + 6), 12)?;
            }
            let foot = HEAD + BAR * swings.len() as i32;
            root.draw(&PathElement::new([(*middle, HEAD), (*middle, foot)], GREY)).map_err(failed)?;
        }
        for (row, swing) in swings.iter().enumerate() {
            let top = HEAD + BAR * row as i32;
            write(&shortened(swing.name), (12, top + 6), 13)?;
            root.draw(&PathElement::new([(12, top + BAR), (WIDTH as i32 - 12, top + BAR)], PALE_BLUE)).map_err(failed)?;
        }
        Ok(())
    }
}

/// Area of a label.
struct Area {
    left: i32,
    top: i32,
    width: i32,
    height: i32,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        let apart = |from: i32, size: i32, other_from: i32, other_size: i32| from + size <= other_from || other_from + other_size <= from;
        !apart(self.left, self.width, other.left, other.width) && !apart(self.top, self.height, other.top, other.height)
    }
}

/// Approximate width of a label in pixels.
fn width_of(name: &str) -> i32 {
    name.chars().map(|letter| if letter.is_ascii() { 7 } else { LETTER }).sum()
}

/// A label shortened to fit beside the bars.
fn shortened(name: &str) -> String {
    let width = |letter: char| if letter.is_ascii() { 1 } else { 2 };
    let mut room = 60;
    let kept: String = name
        .chars()
        .take_while(|letter| {
            room -= width(*letter);
            room >= 0
        })
        .collect();
    if kept.len() < name.len() { format!("{kept}…") } else { kept }
}
