//! A surprise and what came of it: tables, a picture, and what a planner reads first.

use super::canvas::{BLUE, DrawError, GREY, ORANGE, PALE_BLUE, Picture, WIDTH, failed, mesh};
use super::offers::{offers_sheet, offers_text};
use super::sheet::{Cell, Sheet};
use super::tables::{service, stamp};
use crate::plan::promised_through;
use crate::scenario::{Drill, Recovery};
use crate::simulate::Attained;
use crate::words::{Lang, Part, say};
use chrono::{NaiveDateTime, TimeDelta};
use plotters::coord::Shift;
use plotters::prelude::*;
use std::fmt::Write;

/// The columns of `service.csv` (see [`service`]) for each surprise, with its name and the same figures without it.
pub(super) fn service_beside(drills: &[Drill]) -> Sheet {
    let mut all = Sheet::new("service", &[]);
    for drill in drills {
        let promised = promised_through(&drill.inputs, &drill.requirements, &drill.coverage);
        let table = |attained: &[Attained]| service(&drill.inputs, &drill.requirements, &drill.coverage, &promised, attained);
        let undisturbed = table(&drill.undisturbed).only(&["service_level", "asa_seconds"]);
        let mut disturbed = table(&drill.attained);
        for (row, before) in disturbed.rows.iter_mut().zip(undisturbed.rows) {
            row.push(Cell::text(&drill.name));
            row.extend(before);
        }
        all.columns = disturbed.columns;
        all.columns.extend(["surprise", "undisturbed_service_level", "undisturbed_asa_seconds"].map(String::from));
        all.rows.extend(disturbed.rows);
    }
    all
}

/// `surprise,queue,struck,over,recovered,minutes_to_recover,worst,worst_service_level,worst_asa_seconds`: the queues that are hurt.
/// `recovered` is when no interval misses a target any more that it would not have missed anyway, empty if that is not before the queue
/// closes; the minutes count from `struck`.
pub(super) fn recovery(drills: &[Drill]) -> Sheet {
    let columns =
        ["surprise", "queue", "struck", "over", "recovered", "minutes_to_recover", "worst", "worst_service_level", "worst_asa_seconds"];
    let mut sheet = Sheet::new("recovery", &columns);
    for (drill, of) in drills.iter().flat_map(|drill| drill.recoveries.iter().map(move |of| (drill, of))) {
        let minutes = of.recovered.map(|back| (back - of.struck).num_minutes() as f64);
        sheet.rows.push(vec![
            Cell::text(&drill.name),
            Cell::text(&of.queue),
            stamp(of.struck),
            stamp(of.over),
            of.recovered.map_or(Cell::Empty, stamp),
            minutes.map_or(Cell::Empty, |minutes| Cell::number(minutes, 0)),
            stamp(of.worst),
            Cell::number(of.worst_level, 4),
            Cell::number(of.worst_wait, 2),
        ]);
    }
    sheet
}

/// `turn,agent_id,ask,shift,from,until,hours,pay,relieved_hours,saved,surprise`: who could be asked, those whom it is worth to ask first
/// in front and numbered, the others by their pay for an hour. `relieved_hours` are agent-hours that are then missing less, `saved` is their price.
pub(super) fn reserve(drills: &[Drill]) -> Sheet {
    let mut sheet = offers_sheet("reserve", drills.iter().flat_map(|drill| &drill.reserve));
    sheet.columns.push("surprise".into());
    let names = drills.iter().flat_map(|drill| drill.reserve.iter().map(|_| &drill.name));
    sheet.rows.iter_mut().zip(names).for_each(|(row, name)| row.push(Cell::text(name)));
    sheet
}

/// What a planner reads first: for each surprise how each queue fares, when it is back and whom to ask.
#[must_use]
pub fn drill_text(drills: &[Drill], lang: Lang) -> String {
    let mut text = String::new();
    for drill in drills {
        let away = drill.away.to_string();
        let _ = writeln!(text, "{}", say(lang, Part::Text, "drill_surprise", &[&drill.name, &away]));
        if drill.recoveries.is_empty() {
            let _ = writeln!(text, "  {}", say(lang, Part::Text, "drill_unhurt", &[]));
        }
        for of in &drill.recoveries {
            let _ = writeln!(text, "  {}", recovery_line(drill, of, lang));
        }
        let of_those = drill.reserve.iter().filter(|offer| offer.turn.is_some()).count();
        if of_those > 0 {
            let _ = writeln!(text, "  {}", say(lang, Part::Text, "drill_reserve", &[]));
        }
        text += &offers_text(&drill.reserve, &drill.inputs.currency, lang);
    }
    let _ = writeln!(text, "{}", say(lang, Part::Text, "drill_definitions", &[]));
    text
}

fn recovery_line(drill: &Drill, of: &Recovery, lang: Lang) -> String {
    let at = |time: NaiveDateTime| time.format("%m-%d %H:%M").to_string();
    let name = drill.inputs.queue_name(&of.queue);
    // where nobody is answered there is no wait of the answered
    let figure = |value: f64| if value.is_finite() { format!("{value:.0}") } else { "–".to_owned() };
    let (level, wait) = (figure(of.worst_level * 100.0), figure(of.worst_wait));
    let back = match of.recovered {
        Some(back) => {
            let (total, after) = ((back - of.struck).num_minutes().to_string(), (back - of.over).num_minutes());
            let key = match after {
                0 => "drill_back_with",
                1.. => "drill_back_after",
                _ => "drill_back_before",
            };
            say(lang, Part::Text, key, &[&at(back), &total, &after.abs().to_string()])
        }
        None => say(lang, Part::Text, "drill_not_back", &[]),
    };
    say(lang, Part::Text, "drill_line", &[name, &at(of.struck), &at(of.over), &at(of.worst), &level, &wait, &back])
}

/// Of every queue that is hurt, the share answered in time with the surprise and without it.
pub(super) struct DrillChart<'a> {
    /// What was played.
    pub(super) drills: &'a [Drill],
    /// The language of its words.
    pub(super) lang: Lang,
}

const PANEL: u32 = 240;

impl DrillChart<'_> {
    fn panels(&self) -> Vec<(&Drill, &Recovery)> {
        self.drills.iter().flat_map(|drill| drill.recoveries.iter().map(move |of| (drill, of))).collect()
    }
}

/// One queue through the days that are hurt.
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
    let half = grid.interval().hours() / 2.0;
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
