//! The queueing formulas against tables computed independently at 40 to 50 digits (see `data/reference/README.md`).
//!
//! Tolerance everywhere: relative 1e-12 with a floor of 1e-12; the mean wait of answered contacts relative 1e-9.

use peakshift::service::Concurrency;
use peakshift::staffing::{
    ChangingLine, Class, Leavers, Requirement, ServiceLevelDefinition, SteadyQueue, Stretch, TwoClasses, chat, deferred_flow, erlang_a,
    erlang_b, erlang_c, least_agents, least_agents_erlang_c, least_capacity, least_real_agents, peak_offered_load, waiting_room,
};
use peakshift::units::{Agents, Erlangs, Seconds};

type Row = csv::StringRecord;

fn table(name: &str) -> Vec<Row> {
    let path = format!("{}/data/reference/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let rows: Vec<Row> = csv::Reader::from_path(path).unwrap().records().map(Result::unwrap).collect();
    assert!(!rows.is_empty());
    rows
}

/// A number, `inf`, or nothing.
fn number(text: &str) -> Option<f64> {
    match text {
        "" => None,
        "inf" => Some(f64::INFINITY),
        text => Some(text.parse().unwrap()),
    }
}

fn load(row: &Row) -> Erlangs {
    erlangs(&row[0])
}

fn erlangs(text: &str) -> Erlangs {
    Erlangs::new(number(text).unwrap()).unwrap()
}

fn seconds(text: &str) -> Seconds {
    Seconds::new(number(text).unwrap()).unwrap()
}

fn agents(text: &str) -> Agents {
    Agents::new(number(text).unwrap()).unwrap()
}

/// Fails with the row unless a figure equals the table's; an empty cell is undefined and accepts anything.
fn same(row: &Row, column: usize, figure: f64, relative: f64) {
    let Some(expected) = number(&row[column]) else { return };
    let close = figure == expected || (figure - expected).abs() <= (relative * expected.abs()).max(1e-12);
    assert!(close, "column {column} of {row:?}: {figure:e}");
}

fn offered(queue: &SteadyQueue, within: f64) -> f64 {
    queue.service_level(Seconds::new(within).unwrap(), ServiceLevelDefinition::Offered)
}

#[test]
fn erlang_b_meets_the_table() {
    for row in table("erlang_b") {
        same(&row, 2, erlang_b(load(&row), agents(&row[1])), 1e-12);
    }
}

#[test]
fn real_numbers_of_agents_meet_the_table() {
    for row in table("erlang_bc_real_servers") {
        same(&row, 2, erlang_b(load(&row), agents(&row[1])), 1e-12);
        same(&row, 3, erlang_c(load(&row), Seconds::new(180.0).unwrap(), agents(&row[1])).p_wait(), 1e-12);
    }
}

#[test]
fn erlang_c_meets_the_table() {
    for row in table("erlang_c") {
        let queue = erlang_c(load(&row), seconds(&row[1]), agents(&row[2]));
        same(&row, 3, queue.p_wait(), 1e-12);
        same(&row, 4, queue.asa(), 1e-9);
        same(&row, 5, queue.mean_wait_of_waiters(), 1e-12);
        same(&row, 6, queue.occupancy(), 1e-12);
        same(&row, 7, queue.mean_queue(), 1e-12);
        for (column, share) in [0.5, 0.8, 0.9, 0.95, 0.99].into_iter().enumerate() {
            same(&row, 14 + column, queue.wait_quantile(share), 1e-12);
        }
        for (column, within) in [0.0, 10.0, 20.0, 30.0, 60.0, 120.0].into_iter().enumerate() {
            same(&row, 8 + column, offered(&queue, within), 1e-12);
        }
    }
}

#[test]
fn erlang_a_meets_the_table_in_all_five_definitions_of_the_service_level() {
    use ServiceLevelDefinition::{Answered, AnsweredOrAbandoned, Offered, OfferedLessShortAbandons, Virtual};
    for row in table("erlang_a") {
        let queue = erlang_a(load(&row), seconds(&row[1]), agents(&row[3]), seconds(&row[2]));
        same(&row, 5, queue.p_wait(), 1e-12);
        same(&row, 6, queue.abandonment(), 1e-12);
        same(&row, 7, queue.mean_wait(), 1e-12);
        same(&row, 8, queue.asa(), 1e-9);
        same(&row, 9, queue.mean_wait_of_given_up(), 1e-9);
        same(&row, 10, queue.mean_wait_of_waiters(), 1e-9);
        same(&row, 11, queue.mean_queue(), 1e-12);
        same(&row, 18, queue.given_up_within(seconds(&row[4])), 1e-12);
        same(&row, 12, queue.occupancy(), 1e-12);
        for (column, definition) in [Offered, AnsweredOrAbandoned, OfferedLessShortAbandons, Answered, Virtual].into_iter().enumerate() {
            same(&row, 13 + column, queue.service_level(seconds(&row[4]), definition), 1e-12);
        }
    }
}

#[test]
fn waiting_rooms_meet_the_table() {
    for row in table("mmnk_waiting_room") {
        let patience = number(&row[4]).filter(|patience| patience.is_finite()).map(|patience| Seconds::new(patience).unwrap());
        let queue = waiting_room(load(&row), seconds(&row[1]), agents(&row[2]), patience, row[3].parse().unwrap());
        same(&row, 6, queue.blocking(), 1e-12);
        same(&row, 7, queue.p_wait(), 1e-12);
        same(&row, 8, queue.abandonment(), 1e-12);
        same(&row, 9, queue.mean_queue(), 1e-12);
        same(&row, 10, queue.mean_wait(), 1e-12);
        same(&row, 11, queue.asa(), 1e-9);
        same(&row, 12, queue.occupancy(), 1e-12);
        same(&row, 13, offered(&queue, number(&row[5]).unwrap()), 1e-12);
    }
}

#[test]
fn chats_meet_the_table() {
    for row in table("chat_concurrency") {
        let concurrency = Concurrency::new(row[2].split(';').map(seconds).collect()).unwrap();
        let patience = number(&row[4]).filter(|patience| patience.is_finite()).map(|patience| Seconds::new(patience).unwrap());
        let load = Erlangs::new(number(&row[3]).unwrap() / 3600.0 * concurrency.chat_time(1).get()).unwrap();
        let queue = chat(load, &concurrency, agents(&row[0]), patience);
        same(&row, 6, queue.p_wait(), 1e-12);
        same(&row, 7, queue.abandonment(), 1e-12);
        same(&row, 8, queue.mean_wait(), 1e-12);
        same(&row, 9, queue.asa(), 1e-9);
        for (column, within) in [20.0, 30.0, 60.0].into_iter().enumerate() {
            same(&row, 11 + column, offered(&queue, within), 1e-12);
        }
        same(&row, 16, queue.occupancy(), 1e-12);
    }
}

#[test]
fn the_least_agents_of_erlang_c_are_the_tables() {
    for row in table("erlang_c_least_agents") {
        let (load, handling) = (load(&row), seconds(&row[1]));
        let level = number(&row[2]).map(|share| Requirement::ServiceLevel {
            within: seconds(&row[3]),
            share,
            definition: ServiceLevelDefinition::Offered,
        });
        let others =
            [number(&row[4]).map(Requirement::Asa), number(&row[5]).map(Requirement::Occupancy), number(&row[6]).map(Requirement::PWait)];
        let targets: Vec<Requirement> = others.into_iter().chain([level]).flatten().collect();
        let found = least_agents(&targets, load, |agents| erlang_c(load, handling, agents)).unwrap();
        assert_eq!(found, agents(&row[7]), "{row:?}");
        assert_eq!(least_agents_erlang_c(&targets, load, handling), Some(found), "{row:?}");
    }
}

#[test]
fn the_least_real_agents_of_erlang_c_are_the_tables() {
    for row in table("erlang_c_least_real_agents") {
        let (load, handling, value) = (load(&row), seconds(&row[1]), number(&row[3]).unwrap());
        let target = match &row[2] {
            "sl" => Requirement::ServiceLevel { within: seconds(&row[4]), share: value, definition: ServiceLevelDefinition::Offered },
            _ => Requirement::Asa(value),
        };
        same(&row, 5, least_real_agents(target, load, |agents| erlang_c(load, handling, agents)).unwrap(), 1e-12);
    }
}

#[test]
fn the_least_agents_of_erlang_a_are_the_tables() {
    use ServiceLevelDefinition::{Answered, AnsweredOrAbandoned, Offered, OfferedLessShortAbandons, Virtual};
    for row in table("erlang_a_least_agents") {
        let (load, handling, patience, value) = (load(&row), seconds(&row[1]), seconds(&row[2]), number(&row[4]).unwrap());
        let level = |definition| Requirement::ServiceLevel { within: seconds(&row[5]), share: value, definition };
        let target = match &row[3] {
            "sl_offered" => level(Offered),
            "sl_ab_ok" => level(AnsweredOrAbandoned),
            "sl_excl_short" => level(OfferedLessShortAbandons),
            "sl_answered" => level(Answered),
            "sl_virtual" => level(Virtual),
            "asa_served" => Requirement::Asa(value),
            "asa_all" => Requirement::MeanWait(value),
            "p_ab" => Requirement::Abandonment(value),
            measure => panic!("{measure}"),
        };
        let found = least_agents(&[target], load, |agents| erlang_a(load, handling, agents, patience)).unwrap();
        assert_eq!(found, agents(&row[6]), "{row:?}");
    }
}

#[test]
fn the_least_servers_of_a_loss_system_are_the_tables() {
    let handling = Seconds::new(180.0).unwrap();
    for row in table("erlang_b_least_servers") {
        let target = Requirement::Blocking(number(&row[1]).unwrap());
        let found = least_agents(&[target], load(&row), |agents| waiting_room(load(&row), handling, agents, None, 0));
        assert_eq!(found, Some(agents(&row[2])), "{row:?}");
    }
}

#[test]
fn the_least_agents_of_chats_are_the_tables() {
    for row in table("chat_least_agents_80_30") {
        let concurrency = Concurrency::new(row[1].split(';').map(seconds).collect()).unwrap();
        let load = Erlangs::new(number(&row[2]).unwrap() / 3600.0 * concurrency.chat_time(1).get()).unwrap();
        let within = Seconds::new(30.0).unwrap();
        let target = Requirement::ServiceLevel { within, share: 0.8, definition: ServiceLevelDefinition::Offered };
        let found = least_agents(&[target], load, |agents| chat(load, &concurrency, agents, None));
        assert_eq!(found, Some(agents(&row[3])), "{row:?}");
    }
}

#[test]
fn two_classes_meet_the_table() {
    for row in table("priority_two_class") {
        let line = TwoClasses::new(erlangs(&row[1]), erlangs(&row[2]), seconds(&row[3]), agents(&row[0]));
        same(&row, 5, line.p_wait(), 1e-12);
        same(&row, 6, line.mean_wait(Class::High), 1e-12);
        same(&row, 7, line.mean_wait(Class::Low), 1e-12);
        same(&row, 9, line.service_level(Class::High, seconds(&row[4])), 1e-12);
        same(&row, 10, line.service_level(Class::Low, seconds(&row[4])), 1e-12);
    }
}

#[test]
fn the_least_capacity_of_deferred_work_is_the_tables_over_five_days() {
    for row in table("deferred_least_capacity") {
        let hours = |cells: &str| -> Vec<f64> { cells.split(';').map(|cell| cell.parse().unwrap()).collect() };
        let open: Vec<bool> = hours(&row[2]).iter().map(|open| *open > 0.0).collect();
        let found = least_capacity(&hours(&row[1]).repeat(5), &open.repeat(6), row[3].parse().unwrap());
        match &row[4] {
            "infeasible" => assert_eq!(found, None, "{row:?}"),
            _ => same(&row, 4, found.unwrap(), 1e-12),
        }
    }
}

#[test]
fn requirements_of_a_day_that_repeats_are_the_tables_by_modified_offered_load() {
    let rows = table("nonstationary_staffing");
    for day in rows.chunk_by(|a, b| a[0] == b[0]) {
        let handling = seconds(&day[0][3]);
        let loads: Vec<f64> = day.iter().map(|row| number(&row[4]).unwrap()).collect();
        let peaks = &peak_offered_load(&loads.repeat(3), handling.get(), 1800.0)[96..];
        for (row, &peak) in day.iter().zip(peaks) {
            same(row, 8, peak, 1e-12);
            let within = Seconds::new(20.0).unwrap();
            let target = Requirement::ServiceLevel { within, share: 0.8, definition: ServiceLevelDefinition::Offered };
            let least =
                least_agents(&[target], Erlangs::new(peak).unwrap(), |agents| erlang_c(Erlangs::new(peak).unwrap(), handling, agents));
            assert_eq!(least, Some(agents(&row[13])), "{row:?}");
        }
    }
}

#[test]
fn deferred_work_flows_as_in_the_table() {
    let rows = table("deferred_fluid");
    let mut scenarios: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    scenarios.dedup();
    for scenario in scenarios {
        let of: Vec<&Row> = rows.iter().filter(|row| &row[0] == scenario).collect();
        let column = |place: usize| -> Vec<f64> { of.iter().map(|row| number(&row[place]).unwrap()).collect() };
        let flow = deferred_flow(&column(2), &column(3), 0.0, 8);
        for (hour, row) in of.iter().enumerate() {
            same(row, 4, flow.done[hour], 1e-12);
            same(row, 5, flow.backlog[hour], 1e-12);
            if let (Some(share), Some(_)) = (flow.in_window[hour], number(&row[9])) {
                same(row, 9, share, 1e-12);
            }
        }
    }
}

/// Half-hours of one day of `transient_day`, and its queue.
fn day_of_the_table(rows: &[Row], leavers: Leavers) -> (ChangingLine, Vec<Stretch>) {
    let value = |row: &Row, column: usize| number(&row[column]).unwrap();
    let line = ChangingLine {
        contact_seconds: vec![value(&rows[0], 4)],
        patience_seconds: value(&rows[0], 5),
        within_seconds: 20.0,
        interval_seconds: 1800.0,
        leavers,
        backlog: 0,
    };
    let stretch = |row: &Row| Stretch { contacts: value(row, 2), handling: 1.0, agents: value(row, 3), leaving: 0.0 };
    (line, rows.iter().map(stretch).collect())
}

#[test]
fn on_promotion_days_the_chain_is_within_three_points_of_the_simulated_service_level_even_when_staff_drops() {
    let rows = table("transient_day");
    for day in rows.chunk_by(|a, b| a[0] == b[0]) {
        let (line, stretches) = day_of_the_table(day, Leavers::FirstToFinish);
        for (row, passing) in day.iter().zip(line.follow(&stretches)) {
            let simulated = number(&row[9]).unwrap();
            assert!((passing.service_level - simulated).abs() < 0.03, "{row:?}: {}", passing.service_level);
        }
    }
}

#[test]
fn a_line_whose_load_never_changes_comes_to_its_long_run_state() {
    let (agents, handling, patience) = (20, 300.0, 120.0);
    let line = ChangingLine {
        contact_seconds: vec![handling],
        patience_seconds: patience,
        within_seconds: 20.0,
        interval_seconds: 1800.0,
        leavers: Leavers::Named,
        backlog: 0,
    };
    let stretch = Stretch { contacts: 120.0, handling: 1.0, agents: f64::from(agents), leaving: 0.0 };
    let last = line.follow(&[stretch; 20])[18];
    let (handling, patience) = (Seconds::new(handling).unwrap(), Seconds::new(patience).unwrap());
    let steady = erlang_a(Erlangs::new(20.0).unwrap(), handling, Agents::whole(agents), patience);
    assert!((last.service_level - offered(&steady, 20.0)).abs() < 1e-9);
    assert!((last.abandonment - steady.abandonment()).abs() < 1e-9);
    assert!((last.asa - steady.asa()).abs() < 1e-6);
    assert!((last.occupancy - steady.occupancy()).abs() < 1e-9);
}

#[test]
fn ten_thousand_erlangs_and_no_agents_give_values_not_errors() {
    let (none, huge, handling) = (Erlangs::ZERO, Erlangs::new(10_000.0).unwrap(), Seconds::new(180.0).unwrap());
    assert_eq!(erlang_c(none, handling, Agents::ZERO).asa(), 0.0);
    assert_eq!(erlang_c(huge, handling, Agents::ZERO).asa(), f64::INFINITY);
    assert_eq!(erlang_c(huge, handling, Agents::whole(10_000)).p_wait(), 1.0);
    assert_eq!(offered(&erlang_c(huge, handling, Agents::whole(9_000)), 20.0), 0.0);
    let impatient = erlang_a(huge, handling, Agents::whole(9_000), Seconds::ZERO);
    assert!((impatient.abandonment() - 0.1).abs() < 0.02);
    let everybody = [Requirement::ServiceLevel { within: Seconds::ZERO, share: 2.0, definition: ServiceLevelDefinition::Offered }];
    assert_eq!(least_agents(&everybody, huge, |agents| erlang_c(huge, handling, agents)), None);
}
