//! What-if scenarios: permitted content of files, effects and non-effects, and differences beyond chance.

use peakshift::budget::Budget;
use peakshift::event::{Event, Expectation, Family};
use peakshift::input::{Folder, Problems};
use peakshift::messages::Lang;
use peakshift::plan::{Base, Inputs, Planned, events_of, forecast, human_contacts, plan};
use peakshift::roster::{Assignment, Break, Person, Roster, Trial, check, pay};
use peakshift::scenario::{BASE, Scenarios, apply, compare, curves};
use peakshift::service::QueueId;
use peakshift::units::{Factor, Money, Share};
use peakshift::workforce::Absence;
use std::fs;
use std::path::{Path, PathBuf};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

/// The plan of a folder and the scenarios of a file for it.
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

/// The smallest example over a whole week.
fn tiny_week() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(data("tiny")).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    let plan = fs::read_to_string(folder.path().join("plan.toml")).unwrap().replace("days = 1", "days = 7");
    fs::write(folder.path().join("plan.toml"), plan).unwrap();
    folder
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
fn a_date_alone_as_an_end_is_all_of_that_day() {
    let folder = tiny_week();
    let of = |from: &str, until: &str| {
        let text = format!("[[scenario]]\nname = \"a\"\n[[scenario.surge]]\nfactor = 2\nfrom = {from}\nuntil = {until}\n");
        let (inputs, scenarios, problems) = read(folder.path(), &text);
        assert!(!problems.has_errors(), "{from}..{until}: {problems:?}");
        let total = |inputs: &Inputs| offered(inputs, 0, 0..7 * 24);
        (total(&apply(&inputs, &scenarios.all()[0])) - total(&inputs)).round()
    };
    let a_day = of("2026-12-01T00:00:00", "2026-12-02T00:00:00");
    assert!(a_day > 0.0);
    for (from, until, days) in [
        ("2026-12-01", "2026-12-01", 1.0),
        ("\"2026/12/1\"", "\"2026/12/1\"", 1.0),
        ("2026-12-01", "2026-12-02", 2.0),
        ("2026-12-01T00:00:00", "2026-12-03", 3.0),
        ("2026-12-01", "2026-12-02T00:00:00", 1.0),
    ] {
        assert_eq!(of(from, until), a_day * days, "{from}..{until}");
    }
}

#[test]
fn a_value_twice_on_an_axis_is_refused() {
    let sweep = |values: &str| {
        let text = format!("[[sweep]]\nname = \"s\"\n[sweep.vary]\nvolume = {values}\n");
        read(tiny_week().path(), &text).2.iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(sweep("[1.0, 1.2]"), Vec::<&str>::new());
    for values in ["[1.0, 1.0]", "[1, 1.0]", "[1.2, 1.0, 1.2]"] {
        assert_eq!(sweep(values), ["listed_twice"], "{values}");
    }
}

#[test]
fn a_surge_is_of_its_hours_and_its_event_alone() {
    let surge = "[[scenario]]\nname = \"a\"\n[[scenario.surge]]\nqueue = \"presale_chat\"\nfactor = 1.5\nevent = \"D11-2026\"\ndaily_from = \"20:00\"\ndaily_until = \"22:00\"\n";
    let (before, after) = changed("qinghe/double11.toml", surge);
    let ratio = |day, hours: std::ops::Range<usize>| offered(&after, day, hours.clone()) / offered(&before, day, hours);
    // 11 November is the tenth day; on 2 November no phase is active
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
    // nothing has changed, and contacts are the same: even chance is equal
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

#[test]
fn what_people_are_owed_is_the_same_beside_a_base_as_in_a_plan() {
    let week = tiny_week();
    let inputs = Folder::named(week.path()).read().inputs.unwrap();
    let budget = Budget::of_effort(2);
    let base = Base::plan(&inputs, &budget).unwrap();
    let is_as_planned = |changed: &Inputs, what: &str| {
        let (beside, alone) = (base.vary(changed, &budget).unwrap(), plan(changed, &budget).unwrap());
        for Planned { problem, solved, .. } in [&beside, &alone] {
            let of_agent = |person: &Person| pay(problem, person, &solved.roster.of_agent(&person.employee.id).collect::<Vec<_>>());
            let owed: f64 = problem.people.iter().map(of_agent).map(Money::get).sum();
            assert!((solved.parts.pay().get() - owed).abs() < 1e-6, "{what}: {owed} is owed, {:?} is counted", solved.parts.pay());
        }
        let (beside, alone) = (beside.solved, alone.solved);
        // one search begins with the base's roster and its simulation cuts, the other from scratch
        let apart = (beside.cost.get() - alone.cost.get()).abs();
        assert!(apart < 0.05 * alone.cost.get(), "{what}: {} against {}", beside.cost.get(), alone.cost.get());
        // the base's simulation cuts are applied again, so that each bound belongs to its own problem
        for solved in [beside, alone] {
            assert!(solved.bound.is_none_or(|bound| solved.parts.pay() <= solved.cost && bound <= solved.cost), "{what}");
        }
    };
    let mut dice = 5_u64;
    let mut roll = |sides: u64| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % sides
    };
    for _ in 0..12 {
        let mut changed = inputs.clone();
        changed.absences.clear();
        for agent in inputs.employees.iter().map(|employee| employee.id.clone()) {
            let (first, days) = (roll(4), [0, 1, 3, 7][roll(4) as usize]);
            let start = (inputs.horizon.first + chrono::Days::new(first)).and_time(chrono::NaiveTime::MIN);
            let (start, end) = if days == 7 {
                (start - chrono::TimeDelta::days(first as i64), inputs.horizon.end().and_time(chrono::NaiveTime::MIN))
            } else {
                (start, start + chrono::TimeDelta::days(days))
            };
            let kind = ["sick", "leave", "unpaid"][roll(3) as usize].to_owned();
            changed.absences.extend((days > 0).then_some(Absence { agent, start, end, kind }));
        }
        let what = format!("{:?}", changed.absences);
        is_as_planned(&changed, &what);
    }
    let texts = [
        "[[scenario.sick]]\nshare = 1.0\n",
        "volume = 0.01\n[[scenario.extra_people]]\nlike = \"A3\"\ncount = 2\n",
        "without_shifts = [\"D\", \"V\"]\n",
    ];
    for text in texts {
        let (_, scenarios, problems) = read(week.path(), &format!("[[scenario]]\nname = \"a\"\n{text}"));
        assert!(!problems.has_errors(), "{problems:?}");
        is_as_planned(&apply(&inputs, &scenarios.all()[0]), text);
    }
}

#[test]
fn bots_answer_any_queue_that_a_scenario_names() {
    let promotion = |queue: Option<&str>| Event {
        name: "sale".into(),
        family: Family::Lift("sale".into()),
        start: "2026-11-30T10:00:00".parse().unwrap(),
        end: "2026-11-30T12:00:00".parse().unwrap(),
        queue: queue.map(QueueId::new),
        size: Factor::ONE,
        expected: Expectation { bot_share: Some(Share::new(0.1).unwrap()), ..Expectation::default() },
    };
    let shares_of_events = |inputs: &Inputs, queue: &str| {
        let events = events_of(inputs, &QueueId::new(queue)).into_iter().filter(|event| event.name == "sale");
        events.map(|event| event.expected.bot_share.unwrap().get()).collect::<Vec<_>>()
    };
    for (plan, written, queue) in [
        ("tiny", "bot_share = 0.3", "phone"),
        ("tiny", "bot_share = \"30%\"", "phone"),
        ("tiny", "bot_share = { phone = 0.3 }", "phone"),
        ("tiny", "set = { \"queue.phone.bot_share\" = 0.3 }", "phone"),
        ("qinghe", "bot_share = { phone = 0.3 }", "phone"),
        ("qinghe", "bot_share = { ticket_email = 0.3 }", "ticket_email"),
        ("qinghe", "bot_share = 0.3", "presale_chat"),
    ] {
        let (inputs, scenarios, problems) = read(&data(plan), &format!("[[scenario]]\nname = \"a\"\n{written}\n"));
        assert_eq!(problems.iter().count(), 0, "{problems:?}");
        let place = inputs.queues.iter().position(|of| of.queue.id.as_str() == queue);
        let place = place.unwrap_or_else(|| panic!("{:?}", inputs.queues.iter().map(|of| &of.queue.id).collect::<Vec<_>>()));
        let changed = apply(&inputs, &scenarios.all()[0]);
        assert_eq!(changed.queues[place].queue.bot_share, Share::new(0.3).ok(), "{plan} {written}");
        if plan == "tiny" {
            let human = |inputs: &Inputs| human_contacts(&forecast(inputs).unwrap()[0]).get();
            assert!((human(&changed) - 0.7 * human(&inputs)).abs() < 1e-9, "{written}");
        }
    }
    // an event of all queues with a stated share keeps it for the others
    for of_event in [None, Some("phone")] {
        let (mut inputs, scenarios, _) = read(&data("qinghe"), "[[scenario]]\nname = \"a\"\nbot_share = { phone = 0.3 }\n");
        inputs.events.push(promotion(of_event));
        let changed = apply(&inputs, &scenarios.all()[0]);
        assert_eq!(shares_of_events(&changed, "phone"), [0.3]);
        assert_eq!(shares_of_events(&changed, "presale_chat"), shares_of_events(&inputs, "presale_chat"));
    }
}

#[test]
fn a_change_that_changes_nothing_is_told() {
    let cases = [
        ("[[scenario.surge]]\nfactor = 2\nfrom = 2027-01-04T09:00:00\n", 5, "change_other_days"),
        ("[[scenario.sick]]\nshare = 0.5\nfrom = 2027-01-04\n", 5, "change_other_days"),
        ("[[scenario.sick]]\nshare = 0.5\nuntil = 2026-11-29\n", 5, "change_other_days"),
        ("[[scenario.extra_people]]\nlike = \"A1\"\nfrom = 2027-01-04\n", 5, "change_other_days"),
        ("[[scenario.surge]]\nfactor = 2\ndaily_from = \"02:00\"\ndaily_until = \"04:00\"\n", 4, "change_closed"),
        ("[[scenario.surge]]\nfactor = 2\nfrom = 2026-11-30T17:00:00\n", 4, "change_closed"),
        ("[[scenario.surge]]\nfactor = 2\nevent = \"sale\"\n", 4, "change_closed"),
        ("[[scenario.bots_down]]\ndaily_from = \"02:00\"\ndaily_until = \"04:00\"\n", 3, "change_closed"),
        ("answer_share = 0.9\n", 3, "change_without_promise"),
        ("answer_within_seconds = { phone = 20 }\n", 3, "change_without_promise"),
    ];
    for (text, line, code) in cases {
        let (_, _, problems) = read(&data("tiny"), &format!("[[scenario]]\nname = \"a\"\n{text}"));
        let found: Vec<_> = problems.iter().map(|problem| (problem.code, problem.line, problem.is_warning)).collect();
        assert_eq!(found, [(code, Some(line), true)], "{text}");
    }
    let (_, _, problems) = read(&data("qinghe"), "[[scenario]]\nname = \"a\"\n[[scenario.bots_down]]\nqueue = \"phone\"\n");
    let found: Vec<_> = problems.iter().map(|problem| (problem.code, problem.line)).collect();
    assert_eq!(found, [("change_without_bots", Some(4))]);
}

#[test]
fn factors_and_shares_are_read_in_percent() {
    let both = |of: &dyn Fn(&str) -> String, percent: &str, number: &str| {
        let changes = [percent, number].map(|value| {
            let (_, scenarios, problems) = read(&data("tiny"), &of(value));
            assert!(!problems.has_errors(), "{}: {problems:?}", of(value));
            scenarios.all().iter().map(|scenario| format!("{:?}", scenario.changes)).collect::<Vec<_>>()
        });
        assert_eq!(changes[0], changes[1], "{}", of(percent));
    };
    let scenario = "[[scenario]]\nname = \"a\"\n";
    for (key, percent, number) in [
        ("volume", "\"120%\"", "1.2"),
        ("handling", "\"85 %\"", "0.85"),
        ("bot_share", "\"30%\"", "0.3"),
        ("absence_share", "\"5%\"", "0.05"),
    ] {
        both(&|value| format!("{scenario}{key} = {value}\n"), percent, number);
        both(&|value| format!("[[sweep]]\nname = \"a\"\nvary = {{ {key} = [{value}] }}\n"), percent, number);
        if key != "absence_share" {
            both(&|value| format!("{scenario}{key} = {{ phone = {value} }}\n"), percent, number);
            both(&|value| format!("[[sweep]]\nname = \"a\"\nvary = {{ \"{key}.phone\" = [{value}] }}\n"), percent, number);
        }
    }
    both(&|value| format!("{scenario}[[scenario.surge]]\nfactor = {value}\n"), "\"200%\"", "2.0");
    both(&|value| format!("{scenario}[[scenario.sick]]\nshare = {value}\n"), "\"50%\"", "0.5");
    both(&|value| format!("{scenario}[[scenario.event]]\nname = \"sale\"\nsize = {value}\n"), "\"150%\"", "1.5");
    both(&|value| format!("{scenario}[[scenario.extra_people]]\nlike = \"A1\"\nspeed = {value}\n"), "\"65%\"", "0.65");
    for refused in ["volume = \"+20%\"", "mean_wait_seconds = \"80%\"", "volume = \"20000%\""] {
        let (_, _, problems) = read(&data("tiny"), &format!("{scenario}{refused}\n"));
        assert!(problems.has_errors(), "{refused}");
    }
}

#[test]
fn an_interval_that_an_event_covers_in_part_gets_that_share_of_its_effect() {
    let inputs = Folder::named(&data("tiny")).read().inputs.unwrap();
    let ordinary = forecast(&inputs).unwrap();
    let cases = [("10:30", "11:00"), ("10:30", "11:30"), ("10:00", "12:00"), ("09:15", "16:20"), ("12:10", "12:20"), ("07:30", "09:30")];
    for (from, until) in cases {
        let at = |time: &str| format!("2026-11-30T{time}:00").parse::<chrono::NaiveDateTime>().unwrap();
        let expected = Expectation {
            volume: Some(Factor::new(9.0).unwrap()),
            handling: Some(Factor::new(3.0).unwrap()),
            bot_share: Some(Share::new(0.4).unwrap()),
            curve: None,
        };
        let (start, end) = (at(from), at(until));
        let event =
            Event { name: "flash".into(), family: Family::Lift("flash".into()), start, end, queue: None, size: Factor::ONE, expected };
        let mut changed = inputs.clone();
        changed.events.push(event.clone());
        let forecasts = forecast(&changed).unwrap();
        let (was, is) = (&ordinary[0], &forecasts[0]);
        let grid = was.offered.mean.grid();
        let covered = |slot: usize| (end.min(grid.end(slot)) - start.max(grid.start(slot))).num_minutes().max(0) as f64 / 60.0;
        let ordinary_part = |slot: usize| is.offered.mean[slot].get() / (1.0 + 8.0 * covered(slot));
        for slot in 9..17 {
            // the model's effect on the day as a whole is the same for all of its hours
            let day = ordinary_part(12) / was.offered.mean[12].get();
            let found = [ordinary_part(slot) / day, is.handling[slot].get(), is.bots[slot].get()];
            let wanted = [
                was.offered.mean[slot].get(),
                was.handling[slot].get() * (1.0 + 2.0 * covered(slot)),
                was.bots[slot].get() * (1.0 - covered(slot)) + 0.4 * covered(slot),
            ];
            let is_near = found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 0.01 * wanted.max(0.1));
            assert!(is_near && (day - 1.0).abs() < 0.1, "{from}–{until}, {slot}: {found:?}, not {wanted:?}; {day}");
        }
    }
}

#[test]
fn a_promotion_of_closed_hours_is_told() {
    for (row, is_told) in [
        ("flash,,flash,2026-11-30T02:00,2026-11-30T04:00,phone,1,9,,,\n", true),
        ("flash,,flash,2026-11-30T02:00,2026-11-30T04:00,,1,,,0.5,\n", true),
        ("flash,,flash,2026-11-30T17:00,2026-12-01T09:00,phone,1,9,,,\n", true),
        ("flash,,flash,2026-11-30T16:30,2026-11-30T18:00,phone,1,9,,,\n", false),
        // past events are learned from by the day
        ("flash,,flash,2026-11-30T02:00,2026-11-30T04:00,phone,1,,,,\n", false),
        ("flash,,flash,2026-12-20T02:00,2026-12-20T04:00,phone,1,9,,,\n", false),
    ] {
        let week = tiny_week();
        let file = week.path().join("promotions.csv");
        let plan = fs::read_to_string(data("tiny").join("plan.toml")).unwrap();
        fs::write(week.path().join("plan.toml"), plan).unwrap();
        fs::write(&file, fs::read_to_string(&file).unwrap() + row).unwrap();
        let problems = Folder::named(week.path()).read().problems;
        let found: Vec<_> = problems.iter().filter(|problem| problem.code == "event_closed").map(|problem| problem.line).collect();
        assert_eq!(found, if is_told { vec![Some(3)] } else { vec![] }, "{row} {problems:?}");
    }
}

#[test]
fn a_next_best_week_is_found_beside_a_week_that_breaks_a_rule() {
    let week = tiny_week();
    let inputs = Folder::named(week.path()).read().inputs.unwrap();
    let planned = plan(&inputs, &Budget::of_effort(1)).unwrap();
    let (problem, roster) = (&planned.problem, &planned.solved.roster);
    let person = &problem.people[0];
    let agent = &person.employee.id;
    let free = inputs.horizon.dates().filter(|date| roster.of_agent(agent).all(|duty| duty.date != *date)).collect::<Vec<_>>();
    let model = roster.of_agent(agent).next().unwrap().clone();
    for (added, date) in free.iter().enumerate().flat_map(|(added, _)| inputs.horizon.dates().map(move |date| (added + 1, date))) {
        let mut broken = roster.clone();
        for extra in &free[..added] {
            let on = |time: chrono::NaiveDateTime| extra.and_time(time.time());
            let meals = model.meals.iter().map(|meal| Break { start: on(meal.start), minutes: meal.minutes }).collect();
            broken.assignments.push(Assignment { date: *extra, start: on(model.start), end: on(model.end), meals, ..model.clone() });
        }
        broken.assignments.sort_by(|a, b| (a.date, &a.agent).cmp(&(b.date, &b.agent)));
        assert_ne!(check(problem, &broken), [], "she works more days than her contract has hours for");
        let other = Trial::of(problem, &broken).next_best(agent, date).unwrap();
        let others = broken.assignments.iter().filter(|its| &its.agent != agent).cloned();
        let mended: Vec<Assignment> = others.chain(other.assignments.clone()).collect();
        assert_eq!(check(problem, &Roster { assignments: mended }).iter().filter(|broken| &broken.agent == agent).count(), 0);
        let does = |duties: &[Assignment]| duties.iter().any(|duty| &duty.agent == agent && duty.date == date);
        assert_ne!(does(&other.assignments), does(&broken.assignments), "one shift: on that day she does what she did not");
        let of = |duties: &[Assignment]| pay(problem, person, &duties.iter().filter(|duty| &duty.agent == agent).collect::<Vec<_>>());
        assert!((other.pay - (of(&other.assignments) - of(&broken.assignments))).get().abs() < 1e-6, "{other:?}");
    }
}
