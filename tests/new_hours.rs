//! Hours newly opened by a plan and never counted, with known truth: whatever a history omits is forecast near its truth, reported, and
//! closed where the plan is closed. Also handling times of exports that count abandoned contacts.

use chrono::{Datelike, Days, NaiveDate, Timelike};
use peakshift::forecast::Caveat;
use peakshift::history::usual_handling;
use peakshift::input::{Folder, Problems};
use peakshift::plan::{Inputs, QueueForecast, forecast, require};
use peakshift::time::read_date;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::fmt::Write;
use std::fs;

/// Contacts of an hour of a weekday, 0 Monday: busier at noon, quieter at the weekend.
fn truth(weekday: u32, hour: u32) -> f64 {
    let of_day = [1.0, 0.95, 0.9, 0.95, 1.05, 0.8, 0.75][weekday as usize];
    60.0 * of_day * (1.0 - 0.03 * (f64::from(hour) - 13.0).abs())
}

/// Twelve weeks from 8 to 20 o'clock, of which the test keeps some; the plan's opening hours are `hours`.
fn planned(seed: u64, keeps: impl Fn(NaiveDate, u32) -> bool, hours: &str) -> (Inputs, QueueForecast) {
    planned_from(seed, |date, hour, came| keeps(date, hour).then_some(came), hours)
}

/// As [`planned`], with the test's own version of each count.
fn planned_from(seed: u64, written: impl Fn(NaiveDate, u32, f64) -> Option<f64>, hours: &str) -> (Inputs, QueueForecast) {
    planned_in(8..20, seed, written, hours)
}

/// As [`planned_from`], for a history of other hours; those from 24 on are of the next day.
fn planned_in(
    counted: std::ops::Range<u32>,
    seed: u64,
    written: impl Fn(NaiveDate, u32, f64) -> Option<f64>,
    hours: &str,
) -> (Inputs, QueueForecast) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let folder = tempfile::tempdir().unwrap();
    let first = read_date("2026-09-07").unwrap();
    let mut history = "start,queue,offered\n".to_owned();
    for date in first.iter_days().take(84) {
        for hour in counted.clone() {
            let (date, hour) = (date + Days::new(u64::from(hour / 24)), hour % 24);
            let came = truth(date.weekday().num_days_from_monday(), hour) * random.random_range(0.8..1.2);
            if let Some(contacts) = written(date, hour, came) {
                let _ = writeln!(history, "{date}T{hour:02}:00,phone,{contacts:.0}");
            }
        }
    }
    let plan = format!(
        "[plan]\nname = \"T\"\nfirst_day = 2026-11-30\ndays = 14\ninterval_minutes = 30\n[files]\nhistory = [\"history.csv\"]\nagents = \"agents.csv\"\n\
         shifts = \"shifts.csv\"\n[[queue]]\nid = \"phone\"\nchannel = \"voice\"\nhandling_seconds = 300\n{hours}\n\
         targets = {{ answer_within_seconds = 20, answer_share = 0.8 }}\n[[contract]]\nid = \"full\"\nregular_hours_week = 40\n[rules]\npack = \"cn\"\n"
    );
    let files = [
        ("plan.toml", plan.as_str()),
        ("history.csv", &history),
        ("agents.csv", "agent_id,contract,skills\nA1,full,phone\n"),
        ("shifts.csv", "shift,start,end,paid_hours\nD,09:00,17:00,8\n"),
    ];
    files.into_iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
    let reading = Folder::named(folder.path()).read();
    let inputs = reading.inputs.unwrap_or_else(|| panic!("{:?}", reading.problems));
    let forecast = forecast(&inputs).unwrap().remove(0);
    (inputs, forecast)
}

/// Forecast contacts of selected hours over their truth.
fn over_truth(forecast: &QueueForecast, of: impl Fn(u32, u32) -> bool) -> f64 {
    let (mut said, mut true_of) = (0.0, 0.0);
    for (start, mean) in forecast.offered.mean.iter() {
        let (weekday, hour) = (start.weekday().num_days_from_monday(), start.hour());
        if (8..20).contains(&hour) && of(weekday, hour) {
            said += mean.get();
            true_of += truth(weekday, hour) / 2.0;
        }
    }
    said / true_of
}

fn says_new_hours(forecast: &QueueForecast) -> Option<String> {
    forecast.caveats.iter().find_map(|caveat| matches!(caveat, Caveat::NewHours(_)).then(|| caveat.words().1.remove(0)))
}

const WHOLE: &str = "open = \"08:00\"\nclose = \"20:00\"";

#[test]
fn weekdays_left_out_of_a_history_are_forecast_like_the_others_and_said() {
    for (seed, left_out) in [&[6][..], &[2], &[0, 5], &[5, 6], &[1, 3, 4]].into_iter().enumerate() {
        let keeps = |date: NaiveDate, _: u32| !left_out.contains(&date.weekday().num_days_from_monday());
        let (_, forecast) = planned(seed as u64, keeps, WHOLE);
        for &weekday in left_out {
            // the unknown part is its difference from the others
            let others: f64 = (0..7).filter(|of| !left_out.contains(of)).map(|of| truth(of, 13)).sum::<f64>() / (7 - left_out.len()) as f64;
            let pooled = others / truth(weekday, 13);
            let found = over_truth(&forecast, |of, _| of == weekday) / pooled;
            assert!((found - 1.0).abs() < 0.12, "{left_out:?}: weekday {weekday} at {found} of the others");
        }
        let known = over_truth(&forecast, |of, _| !left_out.contains(&of));
        assert!((known - 1.0).abs() < 0.06, "the others stay: {known}");
        assert!(says_new_hours(&forecast).is_some_and(|text| text.ends_with("08:00–20:00")), "{:?}", forecast.caveats);
        let day =
            forecast.offered.mean.grid().horizon().dates().position(|date| date.weekday().num_days_from_monday() == left_out[0]).unwrap();
        let noon = day * 48 + 26;
        let [low, .., high] = forecast.offered.quantiles[noon];
        assert!(high.get() > 1.3 * forecast.offered.mean[noon].get() && low < high, "what was never counted is uncertain");
    }
}

/// Whether a history omits an hour of a weekday.
type LeavesOut = fn(u32, u32) -> bool;

#[test]
fn hours_left_out_of_a_history_are_forecast_from_their_neighbours_and_said() {
    let cases: [(&str, LeavesOut, f64); 6] = [
        ("the first hour", |_, hour| hour == 8, 0.15),
        ("the last two", |_, hour| hour >= 18, 0.25),
        ("noon", |_, hour| (12..14).contains(&hour), 0.12),
        ("both edges", |_, hour| !(9..19).contains(&hour), 0.2),
        ("Saturday's afternoon", |weekday, hour| weekday == 5 && hour >= 14, 0.12),
        ("a weekday and an hour of the others", |weekday, hour| weekday == 6 || hour == 10, 0.25),
    ];
    for (seed, (name, left_out, near)) in cases.into_iter().enumerate() {
        let (_, forecast) = planned(20 + seed as u64, |date, hour| !left_out(date.weekday().num_days_from_monday(), hour), WHOLE);
        let (new, known) =
            (over_truth(&forecast, left_out), over_truth(&forecast, |weekday, hour| (8..20).contains(&hour) && !left_out(weekday, hour)));
        assert!((new - 1.0).abs() < near, "{name}: {new} of the truth");
        assert!((known - 1.0).abs() < 0.06, "{name}: the hours known stay: {known}");
        assert!(says_new_hours(&forecast).is_some(), "{name}");
        let open = forecast.offered.mean.iter().filter(|(start, _)| (8..20).contains(&start.hour()));
        assert!(open.into_iter().all(|(_, mean)| mean.get() > 0.0), "{name}: nobody is expected in an hour that is open");
    }
}

/// Contacts of an hour vary by at most a fifth, uniformly: coefficient of variation of the mean of `hours` of them.
fn chance(hours: f64) -> f64 {
    0.4 / 12.0_f64.sqrt() / hours.sqrt()
}

#[test]
fn hours_that_came_lately_are_learned_within_days_whether_zeros_or_nothing_stood_before() {
    let cases: [(&str, LeavesOut, f64); 6] = [
        ("the first hour", |_, hour| hour == 8, 1.0),
        ("the last two", |_, hour| hour >= 18, 2.0),
        ("noon", |_, hour| (12..14).contains(&hour), 2.0),
        ("both edges", |_, hour| !(9..19).contains(&hour), 2.0),
        ("half of the day", |_, hour| hour >= 14, 6.0),
        ("workdays' evenings", |weekday, hour| weekday < 5 && hour >= 17, 3.0),
    ];
    for (seed, (name, is_new, hours)) in cases.into_iter().enumerate() {
        // the last day is a Sunday
        for (since, workdays) in [(4, 2), (6, 4), (9, 5), (13, 9), (30, 20)] {
            for zeros in [false, true] {
                let begins = read_date("2026-11-30").unwrap() - chrono::Days::new(since);
                let written = |date: NaiveDate, hour: u32, came: f64| {
                    let is_before = date < begins && is_new(date.weekday().num_days_from_monday(), hour);
                    if is_before { zeros.then_some(0.0) } else { Some(came) }
                };
                let (_, forecast) = planned_from(60 + seed as u64, written, WHOLE);
                let (new, known) = (over_truth(&forecast, is_new), over_truth(&forecast, |weekday, hour| !is_new(weekday, hour)));
                let near = 0.06 + 2.5 * chance(hours * f64::from(workdays));
                assert!((new - 1.0).abs() < near, "{name} for {since} days, zeros {zeros}: {new} of the truth");
                assert!((known - 1.0).abs() < 0.07, "{name} for {since} days, zeros {zeros}: the hours known stay: {known}");
            }
        }
    }
}

#[test]
fn hours_that_were_closed_lately_leave_the_others_as_they_were() {
    let cases: [(&str, LeavesOut, &str); 3] = [
        ("the last three", |_, hour| hour >= 17, "open = \"08:00\"\nclose = \"17:00\""),
        ("the first two", |_, hour| hour < 10, "open = \"10:00\"\nclose = \"20:00\""),
        ("half of the day", |_, hour| hour >= 14, "open = \"08:00\"\nclose = \"14:00\""),
    ];
    for (seed, (name, is_closed, hours)) in cases.into_iter().enumerate() {
        for since in [2, 3, 5, 9, 13, 20, 40] {
            for zeros in [false, true] {
                let closes = read_date("2026-11-30").unwrap() - chrono::Days::new(since);
                let written = |date: NaiveDate, hour: u32, came: f64| {
                    let is_over = date >= closes && is_closed(date.weekday().num_days_from_monday(), hour);
                    if is_over { zeros.then_some(0.0) } else { Some(came) }
                };
                let (_, forecast) = planned_from(80 + seed as u64, written, hours);
                let open = over_truth(&forecast, |weekday, hour| !is_closed(weekday, hour));
                assert!((open - 1.0).abs() < 0.06, "{name} for {since} days, zeros {zeros}: {open} of the truth");
                assert_eq!(over_truth(&forecast, is_closed), 0.0, "{name}");
            }
        }
    }
}

#[test]
fn what_the_plan_closes_stays_closed_and_a_whole_history_says_nothing() {
    let sundays = |date: NaiveDate, _: u32| date.weekday().num_days_from_monday() != 6;
    let closed = format!("{WHOLE}\nweekdays = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\"]");
    let (_, forecast) = planned(40, sundays, &closed);
    assert_eq!((over_truth(&forecast, |weekday, _| weekday == 6), says_new_hours(&forecast)), (0.0, None));
    // one Sunday alone is opened, for the morning
    let special = "special_hours = [{ first = 2026-12-06, last = 2026-12-06, open = \"08:00\", close = \"12:00\" }]";
    let (_, forecast) = planned(41, sundays, &format!("{closed}\n{special}"));
    let on = |day: usize, hours: std::ops::Range<usize>| hours.map(|hour| forecast.offered.mean[day * 48 + 2 * hour].get()).sum::<f64>();
    assert!(on(6, 8..12) > 50.0 && on(6, 12..20) == 0.0 && on(13, 0..24) == 0.0, "{} {} {}", on(6, 8..12), on(6, 12..20), on(13, 0..24));
    assert_eq!(says_new_hours(&forecast).as_deref(), Some("Sun 08:00–12:00"));
    let (_, forecast) = planned(42, |_, _| true, WHOLE);
    assert_eq!(says_new_hours(&forecast), None);
}

#[test]
fn an_evening_that_ends_after_midnight_is_forecast_to_its_end() {
    let (inputs, forecast) = planned_in(18..26, 43, |_, _, came| Some(came), "open = \"18:00\"\nclose = \"02:00\"");
    assert_eq!(says_new_hours(&forecast), None);
    let of = |hour: u32| forecast.offered.mean.iter().filter(|(start, _)| start.hour() == hour).map(|(_, mean)| mean.get()).sum::<f64>();
    let required = |hour: u32| {
        let need = require(&inputs, std::slice::from_ref(&forecast)).remove(0).need;
        need.iter().filter(|(start, _)| start.hour() == hour).map(|(_, need)| need.required.get()).fold(0.0, f64::max)
    };
    for hour in 0..24 {
        let is_open = !(2..18).contains(&hour);
        let due: f64 = (0..14).map(|day| truth(day % 7, hour)).sum();
        let share = of(hour) / due;
        assert!(if is_open { (0.9..1.1).contains(&share) } else { share == 0.0 }, "{hour}: {share}");
        assert_eq!(required(hour) > 0.0, is_open, "{hour}");
    }
}

/// Usual handling time of a phone history's rows, and the problems.
fn learned(rows: &str) -> (Option<f64>, Problems) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("today.csv");
    fs::write(&file, rows).unwrap();
    let (inputs, _) = planned(50, |_, _| true, WHOLE);
    let (actuals, problems) = Folder::read_actuals(&file, &inputs);
    let counts = actuals.counts.into_values().next().unwrap_or_default();
    (usual_handling(&counts, read_date("2026-12-31").unwrap()).map(peakshift::units::Seconds::get), problems)
}

#[test]
fn whoever_gave_up_or_got_a_bots_answer_was_not_handled() {
    let of = |columns: &str, cells: &str| learned(&format!("start,{columns}\n2026-11-23T09:00,{cells}\n")).0;
    assert_eq!(of("offered,abandoned,total_handling_seconds", "100,20,24000"), Some(300.0));
    assert_eq!(of("offered,total_handling_seconds", "100,24000"), Some(240.0));
    assert_eq!(of("offered,abandoned,handled,total_handling_seconds", "100,20,75,24000"), Some(320.0), "what is counted counts");
    assert_eq!(of("offered,abandoned,bot_handled,to_human,total_handling_seconds", "100,10,60,30,12000"), Some(200.0));
    assert_eq!(of("offered,abandoned,handled,total_handling_seconds", "10,10,0,900"), None, "nobody was handled");
    assert_eq!(of("offered,abandoned,total_handling_seconds", "10,10,900"), None);
    assert_eq!(of("offered,abandoned,handling_seconds", "100,20,300"), Some(300.0));
    // the mean over rows is weighted with handled contacts, not with offered ones
    let two = "start,offered,abandoned,handling_seconds\n2026-11-23T09:00,100,90,600\n2026-11-23T10:00,30,0,200\n";
    assert!(learned(two).0.is_some_and(|mean| (mean - 300.0).abs() < 1e-6));
}

#[test]
fn more_who_gave_up_than_were_offered_is_said() {
    let (mean, problems) = learned("start,offered,abandoned,total_handling_seconds\n2026-11-23T09:00,5,7,900\n2026-11-23T10:00,5,2,900\n");
    let found: Vec<_> = problems.iter().map(|problem| (problem.code, problem.line, problem.is_warning)).collect();
    assert_eq!((found, mean), (vec![("abandoned_beyond_offered", Some(2), true)], Some(300.0)));
}
