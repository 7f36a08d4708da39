//! Forecasts, and their decomposition by day.

use super::cells::{date, stamp};
use super::sheet::{Cell, Sheet};
use crate::forecast::{LEVELS, Override};
use crate::intraday::IntradayForecast;
use crate::plan::{Inputs, QueueForecast};
use crate::report::figures::explained::{explained_days, explained_parts};

/// `start,queue,volume,q0.025…q0.975,to_people,handling_seconds,event,before_override,override_author,override_reason`: offered contacts,
/// their quantiles, contacts that reach people, active events, and planners' corrections.
#[must_use]
pub fn forecast(inputs: &Inputs, forecasts: &[QueueForecast]) -> Sheet {
    let mut sheet = Sheet::new("forecast", &["start", "queue", "volume"]);
    sheet.columns.extend(LEVELS.map(|level| format!("q{level}")));
    let columns = ["to_people", "handling_seconds", "event", "before_override", "override_author", "override_reason"];
    sheet.columns.extend(columns.map(String::from));
    for (of, forecast) in inputs.queues.iter().zip(forecasts) {
        let offered = &forecast.offered;
        for index in (0..offered.mean.grid().len()).filter(|&index| offered.expected[index]) {
            let mut row =
                vec![stamp(offered.mean.grid().start(index)), Cell::text(&forecast.queue), Cell::number(offered.mean[index].get(), 4)];
            row.extend(offered.quantiles[index].map(|count| Cell::number(count.get(), 4)));
            let slot = forecast.demand[index];
            row.extend([Cell::number(slot.contacts.get(), 4), Cell::number(of.queue.handling.get() * slot.handling.get(), 1)]);
            let start = offered.mean.grid().start(index);
            let end = offered.mean.grid().end(index);
            let on = inputs.events.iter().filter(|event| event.touches(&forecast.queue) && event.share_of(start, end) > 0.0);
            row.push(joined(on.map(|event| event.name.as_str())));
            let changes: Vec<&Override> = of.overrides.iter().filter(|change| change.covers(start)).collect();
            row.push(if changes.is_empty() { Cell::Empty } else { Cell::number(forecast.modelled.mean[index].get(), 4) });
            row.push(joined(changes.iter().map(|change| change.author.as_str())));
            row.push(joined(changes.iter().map(|change| change.reason.as_str())));
            sheet.rows.push(row);
        }
    }
    sheet
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> Cell {
    let texts: Vec<&str> = texts.collect();
    if texts.is_empty() { Cell::Empty } else { Cell::text(texts.join(";")) }
}

/// `date,queue,level,weekday,calendar,season,events,drivers,other_methods,override,volume,stated_multiplier,learned_multiplier`:
/// decomposition of each day's forecast, in contacts. The level is that of a mean day; each following column is the increment of its
/// component, so that a row adds up to its volume. Where planners state a multiplier of an event's hours and past events provide one too,
/// both are given; the forecast uses their precision-weighted mean.
#[must_use]
pub fn forecast_explained(forecasts: &[QueueForecast]) -> Sheet {
    let columns = explained_parts().map(|(column, _)| column);
    let mut sheet = Sheet::new("forecast_explained", &["date", "queue"]);
    sheet.columns.extend(columns.map(String::from));
    sheet.columns.extend(["stated_multiplier", "learned_multiplier"].map(String::from));
    for forecast in forecasts {
        for day in explained_days(forecast) {
            let mut row = vec![date(day.date), Cell::text(&forecast.queue)];
            row.extend(day.parts.map(|contacts| Cell::number(contacts, 2)));
            let multipliers = day.multipliers.map(|(stated, learned)| [stated, learned].map(|factor| Cell::number(factor, 2)));
            row.extend(multipliers.unwrap_or([Cell::Empty, Cell::Empty]));
            sheet.rows.push(row);
        }
    }
    sheet
}

/// Flat form: `start,queue,volume,q0.025…q0.975`.
#[must_use]
pub fn flat_forecast(forecasts: &[(String, crate::forecast::Forecast)]) -> Sheet {
    let mut sheet = Sheet::new("forecast", &["start", "queue", "volume"]);
    sheet.columns.extend(LEVELS.map(|level| format!("q{level}")));
    for (queue, forecast) in forecasts {
        for index in (0..forecast.mean.grid().len()).filter(|&index| forecast.expected[index]) {
            let mut row = vec![stamp(forecast.mean.grid().start(index)), Cell::text(queue), Cell::number(forecast.mean[index].get(), 4)];
            row.extend(forecast.quantiles[index].map(|count| Cell::number(count.get(), 4)));
            sheet.rows.push(row);
        }
    }
    sheet
}

/// Flat form of the updated forecast of each queue's day.
#[must_use]
pub fn intraday_forecast(intraday: &[IntradayForecast]) -> Sheet {
    let forecasts: Vec<_> = intraday.iter().map(|intraday| (intraday.queue.to_string(), intraday.now.clone())).collect();
    flat_forecast(&forecasts)
}
