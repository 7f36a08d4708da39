//! Accuracy of published forecasts and corrections.

use super::cells::stamp;
use super::sheet::{Cell, Sheet};
use crate::forecast::OverrideChange;
use crate::review::ForecastReview;
use crate::risk::Mismatch;
use crate::units::Factor;

/// `version,queue,forecast,first_day,last_day,intervals,contacts,forecast_contacts,wape,wape_of_days,bias,within_80,
/// needed_agent_hours,short_agent_hours,idle_agent_hours,short_cost,idle_cost,cost`: an empty queue stands for all together.
#[must_use]
pub fn accuracy_scores(all: &[ForecastReview]) -> Sheet {
    let columns = [
        "version",
        "queue",
        "forecast",
        "first_day",
        "last_day",
        "intervals",
        "contacts",
        "forecast_contacts",
        "wape",
        "wape_of_days",
        "bias",
        "within_80",
        "needed_agent_hours",
        "short_agent_hours",
        "idle_agent_hours",
        "short_cost",
        "idle_cost",
        "cost",
    ];
    let mut sheet = Sheet::new("accuracy", &columns);
    for (of, score) in all.iter().flat_map(|of| of.scores.iter().map(move |score| (of, score))) {
        let mut row = vec![
            Cell::text(&of.name),
            score.queue.as_ref().map_or(Cell::Empty, Cell::text),
            Cell::text(score.said.name()),
            Cell::text(score.first),
            Cell::text(score.last),
            Cell::number(score.accuracy.intervals as f64, 0),
            Cell::number(score.came, 1),
            Cell::number(score.forecast, 1),
        ];
        row.extend([score.accuracy.wape, score.accuracy.wape_of_days, score.accuracy.bias].map(|share| Cell::number(share, 4)));
        row.push(Cell::number(score.within_band.unwrap_or(f64::NAN), 3));
        row.push(Cell::number(score.needed_hours, 1));
        row.extend(mismatch(&score.mismatch));
        sheet.rows.push(row);
    }
    sheet
}

fn mismatch(of: &Mismatch) -> [Cell; 5] {
    [of.short_hours, of.idle_hours, of.short_cost, of.idle_cost, of.cost()].map(|figure| Cell::number(figure, 1))
}

/// `version,queue,start,end,factor,value,author,reason,contacts,model_contacts,published_contacts,helped,short_agent_hours_saved,
/// idle_agent_hours_saved,cost_saved`: corrections against actual contacts; a negative saving is a loss.
#[must_use]
pub fn override_scores(all: &[ForecastReview]) -> Sheet {
    let columns = [
        "version",
        "queue",
        "start",
        "end",
        "factor",
        "value",
        "author",
        "reason",
        "contacts",
        "model_contacts",
        "published_contacts",
        "helped",
        "short_agent_hours_saved",
        "idle_agent_hours_saved",
        "cost_saved",
    ];
    let mut sheet = Sheet::new("override_scores", &columns);
    for (of, score) in all.iter().flat_map(|of| of.overrides.iter().map(move |score| (of, score))) {
        let (factor, value) = match score.correction.change {
            OverrideChange::Factor(factor) => (Cell::number(Factor::get(factor), 4), Cell::Empty),
            OverrideChange::Total(total) => (Cell::Empty, Cell::number(total.get(), 1)),
        };
        let (model, published) = (&score.model_mismatch, &score.published_mismatch);
        let mut row = vec![Cell::text(&of.name), Cell::text(&score.queue), stamp(score.correction.start), stamp(score.correction.end)];
        row.extend([factor, value, Cell::text(&score.correction.author), Cell::text(&score.correction.reason)]);
        row.extend([score.came, score.model, score.published].map(|contacts| Cell::number(contacts, 1)));
        row.push(Cell::text(if score.helped() { "yes" } else { "no" }));
        let saved = [model.short_hours - published.short_hours, model.idle_hours - published.idle_hours, score.saved()];
        row.extend(saved.map(|figure| Cell::number(figure, 1)));
        sheet.rows.push(row);
    }
    sheet
}
