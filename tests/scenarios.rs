//! What-ifs: what a file may say, what changes and what does not, and differences that are not chance's.

use peakshift::budget::Budget;
use peakshift::input::{Folder, Problems};
use peakshift::plan::{Base, Inputs, forecast};
use peakshift::scenario::{BASE, Scenarios, apply, compare, curves};
use peakshift::words::Lang;
use std::fs;
use std::path::{Path, PathBuf};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

/// The plan of a folder and what a file of scenarios for it says.
fn read(plan: &Path, text: &str) -> (Inputs, Scenarios, Problems) {
    let folder = Folder::named(plan);
    let inputs = folder.read().inputs.unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), text).unwrap();
    let (scenarios, problems) = folder.read_scenarios(file.path(), &inputs);
    (inputs, scenarios, problems)
}

/// The plan of the worked example with the only scenario of a file.
fn changed(plan: &str, text: &str) -> (Inputs, Inputs) {
    let (inputs, scenarios, problems) = read(&data(plan), text);
    assert!(!problems.has_errors(), "{problems:?}");
    let changed = apply(&inputs, &scenarios.all()[0]);
    (inputs, changed)
}

/// Offered contacts of the first queue between two hours of a day.
fn offered(inputs: &Inputs, day: usize, hours: std::ops::Range<usize>) -> f64 {
    let forecasts = forecast(inputs).unwrap();
    let per_hour = inputs.interval.per_day() / 24;
    (day * 24 * per_hour + hours.start * per_hour..day * 24 * per_hour + hours.end * per_hour)
        .map(|slot| forecasts[0].offered.mean[slot].get())
        .sum()
}

#[test]
fn a_surge_is_of_its_hours_and_its_event_alone() {
    let surge = "[[scenario]]\nname = \"a\"\n[[scenario.surge]]\nqueue = \"presale_chat\"\nfactor = 1.5\nevent = \"D11-2026\"\ndaily_from = \"20:00\"\ndaily_until = \"22:00\"\n";
    let (before, after) = changed("qinghe/double11.toml", surge);
    let ratio = |day, hours: std::ops::Range<usize>| offered(&after, day, hours.clone()) / offered(&before, day, hours);
    // 11 November is the tenth day; on 2 November no phase is on
    assert!((ratio(9, 20..22) - 1.5).abs() < 1e-9);
    assert!((ratio(9, 12..20) - 1.0).abs() < 1e-9);
    assert!((ratio(0, 20..22) - 1.0).abs() < 1e-9);
}

#[test]
fn an_event_can_be_larger_later_or_not_at_all() {
    let of = |change: &str| changed("qinghe/double11.toml", &format!("[[scenario]]\nname = \"a\"\n{change}\n"));
    let (before, larger) = of("[[scenario.event]]\nname = \"D11-2026\"\nsize = 1.2");
    let (main, planned) = (offered(&larger, 9, 8..24), offered(&before, 9, 8..24));
    assert!(
        main > 1.1 * planned && main < 1.2 * planned,
        "what the event adds grows by a fifth, the ordinary does not: {}",
        main / planned
    );
    let (_, later) = of("[[scenario.event]]\nname = \"D11-2026\"\nlater_days = 1");
    assert!(offered(&later, 10, 8..24) > 2.0 * offered(&before, 10, 8..24), "the main day comes on the 12th");
    let (_, without) = of("without_events = [\"D11-2026\"]");
    assert!(offered(&without, 9, 8..24) < 0.5 * planned);
}

#[test]
fn bots_that_are_down_leave_everything_to_people() {
    let (before, down) =
        changed("qinghe", "[[scenario]]\nname = \"a\"\n[[scenario.bots_down]]\nfrom = 2026-12-01T10:00:00\nuntil = 2026-12-01T11:00:00\n");
    let share = |inputs: &Inputs, slot: usize| forecast(inputs).unwrap()[0].bots[slot].get();
    assert_eq!((share(&before, 48 + 20), share(&down, 48 + 20), share(&down, 48 + 22)), (0.3, 0.0, 0.3));
}

#[test]
fn people_come_go_and_learn() {
    let text = "[[scenario]]\nname = \"a\"\nwithout_people = [\"CS001\"]\nwithout_shifts = [\"P\"]\n\
        [[scenario.extra_people]]\nlike = \"CS002\"\ncount = 2\nskills = [\"phone\"]\nspeed = 0.65\nfrom = 2026-12-03\n\
        [[scenario.cross_train]]\nagents = [\"CS050\"]\nqueue = \"presale_chat\"\n\
        [[scenario.extra_shift]]\nlike = \"E\"\nid = \"E7\"\nstart = \"07:00\"\n";
    let (before, after) = changed("qinghe", text);
    assert_eq!(after.employees.len(), before.employees.len() + 1);
    let lent = &after.employees[after.employees.len() - 1];
    assert_eq!((lent.skills.len(), lent.skills[0].as_str(), lent.speed.get()), (1, "phone", 0.65));
    assert_eq!(after.absences.iter().filter(|absence| absence.agent == lent.id).count(), 1, "she is not there before Thursday");
    let trained = after.employees.iter().find(|employee| employee.id.as_str() == "CS050").unwrap();
    assert_eq!(trained.skills.last().unwrap().as_str(), "presale_chat");
    assert_eq!(after.shifts.len(), before.shifts.len(), "one shift more and one less");
}

#[test]
fn any_setting_of_the_plan_file_can_be_another() {
    let text = "[[scenario]]\nname = \"a\"\nset = { \"rules.rest_hours\" = 10, \"queue.phone.targets.mean_wait_seconds\" = 40, \"contract.standard_40h.most_hours_week\" = 44 }\nvolume = 1.1\n";
    let (before, after) = changed("qinghe", text);
    assert_eq!((before.rules.rest.get(), after.rules.rest.get()), (11.0, 10.0));
    assert_ne!(before.queues[2].queue.targets, after.queues[2].queue.targets);
    assert_eq!(after.employees[0].contract.most_hours_week.get(), 44.0);
    assert_eq!(after.queues[0].overrides.len(), before.queues[0].overrides.len() + 1, "other changes are applied to it");
}

#[test]
fn scenarios_are_combined_and_swept() {
    let text = "[[scenario]]\nname = \"busy\"\nvolume = 1.1\n[[scenario]]\nname = \"slow\"\nhandling = 1.2\n\
        [[scenario]]\nname = \"both\"\ncombine = [\"busy\", \"slow\"]\n\
        [[sweep]]\nname = \"grid\"\n[sweep.vary]\nvolume = [0.9, 1.0, 1.1]\n\"rules.rest_hours\" = [10, 11]\n";
    let (_, scenarios, problems) = read(&data("tiny"), text);
    assert!(!problems.has_errors(), "{problems:?}");
    assert_eq!(scenarios.count(), 9);
    let all = scenarios.all();
    assert_eq!(all[2].changes.len(), 2);
    let mut names: Vec<&str> = all.iter().map(|scenario| scenario.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 9);
    assert!(names.contains(&"grid: rules.rest_hours 10, volume 0.9"), "{names:?}");
}

#[test]
fn what_is_wrong_with_scenarios_is_named_with_its_line() {
    let cases = [
        ("[[scenario]]\nname = \"a\"\nvolum = 1.1\n", 3, "key_unknown"),
        ("[[scenario]]\nname = \"base\"\n", 2, "twice"),
        ("[[scenario]]\nname = \"a\"\ncombine = [\"b\"]\n", 3, "nothing_to_combine"),
        ("[[scenario]]\nname = \"b\"\n[[scenario]]\nname = \"a\"\ncombine = [\"c\"]\n", 5, "unknown_word"),
        (
            "[[scenario]]\nname = \"a\"\nbot_share = 0.2\n[[scenario]]\nname = \"b\"\nbot_share = 0.3\ncombine = [\"a\"]\n",
            6,
            "contradiction",
        ),
        ("[[scenario]]\nname = \"a\"\nset = { \"rules.rest_hour\" = 10 }\n", 3, "key_unknown"),
        ("[[scenario]]\nname = \"a\"\nset = { \"queue.fax.windows\" = 10 }\n", 3, "key_unknown"),
        ("[[scenario]]\nname = \"a\"\nwithout_people = [\"A1\"]\n[[scenario.extra_people]]\nlike = \"A1\"\n", 3, "contradiction"),
        (
            "[[scenario]]\nname = \"a\"\n[[scenario.surge]]\nfactor = 2\ndaily_from = \"20:00\"\ndaily_until = \"19:00\"\n",
            6,
            "end_before_start",
        ),
        ("[[scenario]]\nname = \"a\"\n[[scenario.surge]]\nfactor = 2\nfrom = \"tomorrow\"\n", 5, "not_a_date"),
        ("[[scenario]]\nname = \"a\"\n[[scenario.event]]\nname = \"D11\"\nsize = 2\n", 4, "unknown_word"),
        ("[[sweep]]\nname = \"a\"\n", 1, "empty_grid"),
        ("[[sweep]]\nname = \"a\"\nvary = { \"extra_people.A9\" = [1] }\n", 3, "unknown_agent"),
        ("[[sweep]]\nname = \"a\"\nvary = { \"extra_people.A1\" = [0.5] }\n", 3, "out_of_range"),
        ("[[sweep]]\nname = \"a\"\nvary = { volume = [] }\n", 3, "empty_grid"),
        ("[[sweep]]\nname = \"a\"\nvary = { \"rules.rest_hours\" = [10, 11], \"costs.pay_per_hour\" = [30, 33] }\n", 3, "sweep_settings"),
        ("[[sweep]]\nname = \"a\"\nvary = { \"rules.rest_hours\" = [99] }\n", 3, "out_of_range"),
    ];
    for (text, line, code) in cases {
        let (_, _, problems) = read(&data("tiny"), text);
        let found: Vec<String> = problems.iter().map(|problem| problem.describe(Lang::En)).collect();
        assert!(problems.iter().any(|problem| problem.code == code && problem.line == Some(line)), "{text}\n{found:#?}");
    }
}

#[test]
fn a_scenario_is_of_the_same_days() {
    for set in ["plan.days = 5", "plan.interval_minutes = 30", "plan.first_day = 2026-12-01"] {
        let (_, _, problems) = read(&data("tiny"), &format!("[[scenario]]\nname = \"a\"\nset = {{ {set} }}\n"));
        assert!(problems.iter().any(|problem| problem.code == "another_plan" && problem.line == Some(3)), "{set}");
    }
}

#[test]
fn nobody_and_no_shifts_are_a_plan_that_is_short_of_everybody() {
    let text = "[[scenario]]\nname = \"nobody\"\nwithout_people = [\"A1\", \"A2\", \"A3\"]\n\
        [[scenario]]\nname = \"no shifts\"\nwithout_shifts = [\"D\"]\n";
    let (inputs, scenarios, problems) = read(&data("tiny"), text);
    assert!(!problems.has_errors(), "{problems:?}");
    let outcomes = compare(&inputs, &scenarios.all(), &Budget::of_effort(1)).unwrap();
    let short = |place: usize| outcomes[place].queues[0].all.short.get();
    assert!(short(1) > short(0) && short(2) > short(0));
}

#[test]
fn what_a_change_does_not_touch_is_as_in_the_base() {
    let (inputs, scenarios, _) = read(&data("tiny"), "[[scenario]]\nname = \"a\"\nset = { \"costs.pay_per_hour\" = 31 }\n");
    let budget = Budget::of_effort(1);
    let base = Base::plan(&inputs, &budget).unwrap();
    let dearer = base.vary(&apply(&inputs, &scenarios.all()[0]), &budget).unwrap();
    let required = |planned: &peakshift::plan::Planned| planned.requirements[0].need.values().to_vec();
    assert_eq!(required(&dearer), required(base.planned()));
    assert!(dearer.solved.cost > base.planned().solved.cost);
}

#[test]
fn twice_the_calls_cost_more_and_the_table_says_how_much_is_chance() {
    let text = "[[scenario]]\nname = \"twice\"\nvolume = 2.0\n[[scenario]]\nname = \"the same\"\nvolume = 1.0\n";
    let (inputs, scenarios, _) = read(&data("tiny"), text);
    let outcomes = compare(&inputs, &scenarios.all(), &Budget::of_effort(2)).unwrap();
    let names: Vec<&str> = outcomes.iter().map(|outcome| outcome.name.as_str()).collect();
    assert_eq!(names, [BASE, "twice", "the same"]);
    let [base, twice, same] = &outcomes[..] else { panic!("three outcomes") };
    assert!(twice.cost > base.cost && base.queues[0].all.difference.is_none());
    assert!(twice.queues[0].all.difference.unwrap().mean_wait.is_significant());
    // nothing has changed, and the same contacts come: not even chance differs
    let unchanged = same.queues[0].all.difference.unwrap();
    assert_eq!((same.cost, unchanged.mean_wait.value, unchanged.mean_wait.half_width), (base.cost, 0.0, 0.0));
}

#[test]
fn a_sweep_over_one_number_is_a_curve_with_the_price_of_one_unit() {
    let text = "[[sweep]]\nname = \"wait\"\nvary = { \"mean_wait_seconds.phone\" = [300, 20, 60] }\n\
        [[sweep]]\nname = \"people\"\nvary = { \"extra_people.A1\" = [0, 1] }\n\
        [[sweep]]\nname = \"grid\"\nvary = { volume = [0.9, 1.1], handling = [0.9, 1.1] }\n";
    let (inputs, scenarios, problems) = read(&data("tiny"), text);
    assert!(!problems.has_errors(), "{problems:?}");
    let outcomes = compare(&inputs, &scenarios.all(), &Budget::of_effort(1)).unwrap();
    let curves = curves(&scenarios, &outcomes);
    assert_eq!(curves.iter().map(|curve| curve.sweep).collect::<Vec<_>>(), ["wait", "people"], "a grid of two numbers is no curve");
    let wait = &curves[0];
    assert_eq!(wait.steps.iter().map(|step| step.value).collect::<Vec<_>>(), [20.0, 60.0, 300.0]);
    let cost = |place: usize| wait.steps[place].outcome.cost.get();
    assert!(cost(0) >= cost(1) && cost(1) >= cost(2), "a looser target costs no more");
    assert_eq!(wait.steps[0].cost_per_unit, None);
    assert_eq!(wait.steps[1].cost_per_unit, Some((cost(1) - cost(0)) / 40.0));
    assert!(wait.steps.iter().all(|step| wait.cheapest(step) <= step.outcome.cost.get()));
    let best = wait.steps.iter().map(|step| wait.best(step).mean_wait.unwrap()).collect::<Vec<_>>();
    assert!(best[0] <= best[2], "more money buys no longer waits");
    let people = &curves[1];
    assert_eq!(people.steps[0].outcome.people + 1, people.steps[1].outcome.people);
    assert_eq!(people.steps[0].service.mean_wait, None, "over all queues the share in time is told");
}
