//! A roster edited in one place and left in another: every reader reports it, on its line.

#[path = "support/valid_folder.rs"]
mod valid_folder;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use peakshift::input::{Folder, Problem};
use peakshift::plan::Inputs;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use valid_folder::valid_folder;

static FOLDER: LazyLock<(tempfile::TempDir, Inputs)> = LazyLock::new(|| {
    let folder = valid_folder();
    let plan = folder.path().join("plan.toml");
    let of_a_week = fs::read_to_string(&plan).unwrap().replace("days = 1\n", "days = 7\n");
    fs::write(plan, of_a_week).unwrap();
    let inputs = Folder::named(folder.path()).read().inputs.unwrap();
    (folder, inputs)
});

/// A row of a roster.
#[derive(Clone, Debug)]
struct Duty {
    date: NaiveDate,
    agent: String,
    shift: String,
    start: NaiveDateTime,
    end: NaiveDateTime,
    queue: String,
    activity: String,
}

impl Duty {
    /// As in the plan.
    fn planned(day: Index, agent: Index, shift: Index) -> Self {
        let inputs = &FOLDER.1;
        let (date, shift) = (inputs.horizon.date(day.index(inputs.horizon.days)), &inputs.shifts[shift.index(inputs.shifts.len())]);
        let agent = inputs.employees[agent.index(inputs.employees.len())].id.to_string();
        let start = shift.start.on(date);
        let end = start + TimeDelta::minutes(i64::from(shift.span_minutes));
        Self { date, agent, shift: shift.id.clone(), start, end, queue: "phone".into(), activity: "work".into() }
    }

    /// Whether its times are its shift's on its date.
    fn is_sound(&self) -> bool {
        let shift = FOLDER.1.shifts.iter().find(|shift| shift.id == self.shift).unwrap();
        let start = shift.start.on(self.date);
        (self.start, self.end) == (start, start + TimeDelta::minutes(i64::from(shift.span_minutes)))
    }

    /// Its rows, cut at some times into periods.
    fn rows(&self, cuts: &[i64]) -> Vec<String> {
        let span = (self.end - self.start).num_minutes();
        let mut times: Vec<i64> = cuts.iter().map(|cut| cut * 30).filter(|cut| (1..span).contains(cut)).chain([0, span]).collect();
        times.sort_unstable();
        times.dedup();
        let at = |minutes: i64| (self.start + TimeDelta::minutes(minutes)).format("%Y-%m-%dT%H:%M");
        let row =
            |from, to| format!("{},{},{},{},{},1,{},{}", self.date, self.agent, self.shift, at(from), at(to), self.queue, self.activity);
        times.windows(2).map(|pair| row(pair[0], pair[1])).collect()
    }
}

/// Problems of a roster.
fn told(rows: &[String]) -> Vec<Problem> {
    let (folder, inputs) = &*FOLDER;
    let file = tempfile::NamedTempFile::new_in(folder.path()).unwrap();
    fs::write(file.path(), format!("date,agent_id,shift,start,end,paid_hours,queue,activity\n{}\n", rows.join("\n"))).unwrap();
    let problems = read(file.path(), inputs);
    assert!(problems.iter().all(|problem| problem.line.is_some()), "{problems:?}");
    problems
}

fn read(file: &Path, inputs: &Inputs) -> Vec<Problem> {
    Folder::read_roster(file, inputs).1.iter().cloned().collect()
}

fn errors(problems: &[Problem]) -> Vec<&'static str> {
    problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect()
}

fn duties() -> impl Strategy<Value = Duty> {
    (any::<Index>(), any::<Index>(), any::<Index>()).prop_map(|(day, agent, shift)| Duty::planned(day, agent, shift))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_date_a_shift_or_times_changed_alone_are_told(
        duty in duties(),
        edit in (select(vec!["date", "shift", "start", "end", "both", "nothing"]), any::<Index>(), -6_i64..=6),
        cuts in prop::collection::vec(1_i64..20, 0..4),
    ) {
        let inputs = &FOLDER.1;
        let (what, which, by) = edit;
        let mut edited = duty.clone();
        let moved = TimeDelta::minutes(30 * by);
        match what {
            "date" => edited.date = inputs.horizon.date(which.index(inputs.horizon.days)),
            "shift" => edited.shift = inputs.shifts[which.index(inputs.shifts.len())].id.clone(),
            "start" => edited.start += moved,
            "end" => edited.end += moved,
            "both" => (edited.start, edited.end) = (edited.start + moved, edited.end + moved),
            _ => {}
        }
        prop_assume!(edited.start < edited.end);
        let found = told(&edited.rows(&cuts));
        let codes = errors(&found);
        if edited.is_sound() {
            prop_assert!(codes.is_empty(), "{edited:?}: {found:?}");
        } else {
            prop_assert!(codes == ["not_its_hours"] || codes == ["hours_of_other_shift"], "{edited:?}: {found:?}");
        }
        if what == "shift" && !edited.is_sound() {
            let asked = found.iter().find(|problem| problem.code == "hours_of_other_shift");
            prop_assert!(asked.is_some_and(|problem| problem.expected.split(", ").any(|other| other == duty.shift)), "{found:?}");
        }
    }

    #[test]
    fn a_shift_of_somebody_away_is_told(duty in duties()) {
        let absences = &FOLDER.1.absences;
        let is_away = absences.iter().any(|absence| absence.agent.as_str() == duty.agent && absence.overlaps(duty.start, duty.end));
        let found = told(&duty.rows(&[]));
        prop_assert!(found.iter().any(|problem| problem.code == "works_while_away") == is_away, "{found:?}");
        prop_assert!(errors(&found).is_empty(), "{found:?}");
    }

    #[test]
    fn queues_and_activities_that_the_plan_lacks_are_told(duty in duties(), name in "[a-z]{3,8}", is_queue: bool) {
        let inputs = &FOLDER.1;
        let known: Vec<String> = inputs.queues.iter().map(|queue| queue.queue.id.to_string()).chain(inputs.activities.iter().map(|of| of.id.clone())).collect();
        prop_assume!(!known.contains(&name) && !["work", "reserve"].contains(&name.as_str()));
        let other = if is_queue { Duty { queue: format!("phone;{name}"), ..duty } } else { Duty { activity: name.clone(), ..duty } };
        let found = told(&other.rows(&[]));
        let code = if is_queue { "unknown_queue" } else { "unknown_activity" };
        prop_assert!(errors(&found) == [code], "{found:?}");
        prop_assert!(found.iter().any(|problem| problem.code == code && problem.value == name), "{found:?}");
    }
}

#[test]
fn somebody_is_away_in_the_week() {
    let inputs = &FOLDER.1;
    let (first, end) = (inputs.horizon.first.and_time(chrono::NaiveTime::MIN), inputs.horizon.end().and_time(chrono::NaiveTime::MIN));
    assert!(inputs.horizon.days == 7 && inputs.absences.iter().any(|absence| absence.overlaps(first, end)));
}

proptest! {
    /// Clock times alone, and rows for days off, leave the meaning of a roster unchanged.
    #[test]
    fn clock_times_of_a_row_are_of_its_date_and_days_off_are_no_shifts(duties in duties_of_different_days(), off in select(vec!["off", "休", "OFF", "rest"])) {
        let (folder, inputs) = &*FOLDER;
        let file = folder.path().join("clocks_alone.csv");
        let header = "date,agent_id,shift,start,end,paid_hours,queue\n";
        let text = |short: bool| {
            let time = |time: NaiveDateTime| time.format(if short { "%H:%M" } else { "%Y-%m-%dT%H:%M" }).to_string();
            let row = |duty: &Duty| {
                let paid = inputs.shifts.iter().find(|shift| shift.id == duty.shift).unwrap().paid.get();
                format!("{},{},{},{},{},{paid},{}\n", duty.date, duty.agent, duty.shift, time(duty.start), time(duty.end), duty.queue)
            };
            let rows: String = duties.iter().map(row).collect();
            let days_off = if short { format!("{},{},{off},,,,\n", inputs.horizon.first, inputs.employees[0].id) } else { String::new() };
            format!("{header}{rows}{days_off}")
        };
        let read = |short: bool| {
            fs::write(&file, text(short)).unwrap();
            let (_, roster, problems) = Folder::read_roster_file(&file, &mut inputs.clone());
            (roster, problems.iter().cloned().collect::<Vec<_>>())
        };
        let (whole, told) = read(false);
        prop_assert_eq!(told.len(), 0, "{:?}", told);
        prop_assert_eq!(read(true), (whole, vec![]));
    }
}

/// A duty or none for each of three days of one person.
fn duties_of_different_days() -> impl Strategy<Value = Vec<Duty>> {
    (any::<Index>(), any::<Index>(), prop::collection::vec(any::<Index>(), 1..4)).prop_map(|(day_of_first, agent, shifts)| {
        shifts
            .into_iter()
            .enumerate()
            .map(|(day, shift)| {
                let mut duty = Duty::planned(day_of_first, agent, shift);
                let days = TimeDelta::days(day as i64 * 2);
                let first = FOLDER.1.horizon.first;
                let moved = first - duty.date + days;
                (duty.date, duty.start, duty.end) = (duty.date + moved, duty.start + moved, duty.end + moved);
                duty
            })
            .collect()
    })
}
