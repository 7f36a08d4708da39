//! Intraday re-planning at 13:00, with half as many calls again as forecast so far: projection of the rest of the day, and overtime offers.

use peakshift::budget::Budget;
use peakshift::history::RawCount;
use peakshift::input::Folder;
use peakshift::intraday::{Actuals, reforecast, rest_of};
use peakshift::messages::Lang;
use peakshift::plan::{Published, plan};
use peakshift::report::{asks_text, intraday_line};
use peakshift::time::read_stamp;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let inputs = Folder::named(Path::new("data/tiny")).read().inputs.ok_or("the folder has problems")?;
    let planned = plan(&inputs, &Budget::of_effort(10))?;
    let now = read_stamp("2026-11-30T13:00")?;
    let eve = &planned.forecasts[0].offered.mean;
    let so_far = eve.iter().filter(|(start, contacts)| *start < now && contacts.get() > 0.0);
    let counts = so_far.map(|(start, contacts)| RawCount::of(start, (contacts.get() * 1.5).round())).collect();
    let actuals = Actuals { counts: [(inputs.queues[0].queue.id.clone(), counts)].into(), ..Actuals::default() };
    let intraday = reforecast(&inputs, &actuals.counts, now)?;
    let published = Published { roster: planned.solved.roster, ..Published::default() };
    let rest = rest_of(&inputs, &intraday, &actuals, &published, now)?.ok_or("no day of the plan")?;
    println!("{}", intraday_line(&inputs, now, &intraday, &rest.alarms, Lang::En));
    print!("{}", asks_text(&rest, &inputs.currency, Lang::En));
    Ok(())
}
