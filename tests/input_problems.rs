//! Bad input: each case changes one place of `data/tiny` and must be reported with its exact code and line.

use peakshift::input::Folder;
use peakshift::messages::{Lang, Part, keys, say};
use peakshift::workforce::AgentId;
use std::fs;
use std::path::Path;

/// File, text to find, replacement, code of the problem, line.
type Case = (&'static str, &'static str, &'static str, &'static str, Option<usize>);

const CASES: [Case; 123] = [
    // plan.toml: syntax, sections, keys
    ("plan.toml", "days = 1", "days = ", "toml_syntax", Some(6)),
    ("plan.toml", "first_day = 2026-11-30 # a Monday\n", "", "key_missing", Some(3)),
    ("plan.toml", "days = 1\n", "", "key_missing", Some(3)),
    ("plan.toml", "days = 1", "days = 0", "out_of_range", Some(6)),
    ("plan.toml", "days = 1", "days = 99", "out_of_range", Some(6)),
    ("plan.toml", "days = 1", "days = \"one\"", "key_type", Some(6)),
    ("plan.toml", "days = 1", "dayz = 1\ndays = 1", "key_unknown", Some(6)),
    ("plan.toml", "first_day = 2026-11-30", "first_day = \"soon\"", "key_type", Some(5)),
    ("plan.toml", "interval_minutes = 60", "interval_minutes = 7", "interval_invalid", Some(7)),
    ("plan.toml", "interval_minutes = 60", "interval_minutes = 600", "out_of_range", Some(7)),
    ("plan.toml", "simulated_repetitions = 200", "simulated_repetitions = 1", "out_of_range", Some(8)),
    ("plan.toml", "[files]", "[filez]", "header_unknown", Some(10)),
    ("plan.toml", "agents = \"agents.csv\"\n", "", "key_missing", Some(10)),
    ("plan.toml", "history = [\"history.csv\"]", "history = [1]", "key_type", Some(11)),
    ("plan.toml", "agents = \"agents.csv\"", "agents = \"nobody.csv\"", "file_missing", None),
    ("plan.toml", "[[queue]]", "[[kueue]]", "header_unknown", Some(20)),
    // capacity planning
    ("plan.toml", "[shrinkage]", "[capacity]\nattrition_per_month = 3\n[shrinkage]", "out_of_range", Some(48)),
    ("plan.toml", "[shrinkage]", "[capacity]\nattrition = 0.03\n[shrinkage]", "key_unknown", Some(48)),
    ("plan.toml", "[shrinkage]", "[capacity]\nnew_hire_speed = [0.6, 0.8]\nnew_hire_weeks = [4]\n[shrinkage]", "target_count", Some(49)),
    ("plan.toml", "[shrinkage]", "[capacity]\nrequired_share = { fax = 0.9 }\n[shrinkage]", "unknown_queue", Some(48)),
    // queues
    ("plan.toml", "id = \"phone\"", "id = \"\"", "cell_empty", Some(21)),
    ("plan.toml", "channel = \"voice\"", "channel = \"fax\"", "unknown_word", Some(23)),
    ("plan.toml", "open = \"09:00\"", "open = \"9 o'clock\"", "not_a_time", Some(24)),
    ("plan.toml", "close = \"17:00\"", "close = \"09:00\"", "opening_hours_empty", Some(25)),
    ("plan.toml", "close = \"17:00\"\n", "", "key_missing", Some(20)),
    ("plan.toml", "handling_seconds = 600\n", "", "handling_unknown", Some(20)),
    ("plan.toml", "handling_seconds = 600", "handling_seconds = -5", "out_of_range", Some(26)),
    ("plan.toml", "handling_seconds = 600", "handling_seconds = 600\npatience_seconds = -1", "out_of_range", Some(27)),
    ("plan.toml", "handling_seconds = 600", "handling_seconds = 600\nbot_share = 30", "out_of_range", Some(27)),
    ("plan.toml", "handling_seconds = 600", "handling_seconds = 600\nweekdays = [\"someday\"]", "unknown_word", Some(27)),
    ("plan.toml", "channel = \"voice\"", "channel = \"chat\"\nwindows = 5\nslowdown_per_window = 3.0", "concurrency_falls", Some(24)),
    ("plan.toml", "channel = \"voice\"", "channel = \"chat\"\nchat_seconds = [300, 900]", "concurrency_falls", Some(24)),
    ("plan.toml", "targets = { mean_wait_seconds = 60 }", "targets = { }", "target_missing", Some(27)),
    ("plan.toml", "mean_wait_seconds = 60", "mean_wait = 60", "key_unknown", Some(27)),
    ("plan.toml", "handling_seconds = 600", "handling_seconds = 600\nrank = 0", "out_of_range", Some(27)),
    ("plan.toml", "handling_seconds = 600", "handling_seconds = 600\nbacklog = 1.5", "not_whole", Some(27)),
    ("plan.toml", "handling_seconds = 600", "handling_seconds = 600\nreplies = [{ share = 0.9 }]", "key_unfit", Some(27)),
    ("plan.toml", "channel = \"voice\"", "channel = \"chat\"\nreplies = [{ rounds = 6 }]", "key_missing", Some(24)),
    ("plan.toml", "channel = \"voice\"", "channel = \"chat\"\nreplies = [{ share = 0.9, within = 9 }]", "key_unknown", Some(24)),
    ("plan.toml", "handling_seconds = 600", "handling_seconds = 600\nmost_windows = 6", "key_unfit", Some(27)),
    ("plan.toml", "channel = \"voice\"", "channel = \"chat\"\nwindows = 4\nmost_windows = 3", "out_of_range", Some(25)),
    ("plan.toml", "channel = \"voice\"", "channel = \"chat\"\nchat_seconds = [300, 330]\nmost_windows = 3", "out_of_range", Some(25)),
    ("plan.toml", "handling_seconds = 600", "handling_seconds = 600\nchoose_windows = true", "key_unfit", Some(27)),
    ("plan.toml", "handling_seconds = 600", "handling_seconds = 600\nhandling_variation = -1", "out_of_range", Some(27)),
    ("plan.toml", "handling_seconds = 600", "handling_seconds = 600\nhandover_seconds = 5000", "out_of_range", Some(27)),
    ("plan.toml", "handling_seconds = 600", "handling_seconds = 600\nvip = { mean_wait_seconds = 5 }", "key_missing", Some(27)),
    (
        "plan.toml",
        "handling_seconds = 600",
        "handling_seconds = 600\nvip = { share = 0.1, occupancy_share = 0.5 }",
        "target_unfit",
        Some(27),
    ),
    ("plan.toml", "mean_wait_seconds = 60", "mean_wait_seconds = 60, over = \"month\"", "unknown_word", Some(27)),
    ("plan.toml", "mean_wait_seconds = 60", "mean_wait_seconds = 60, floor_share = 0.5", "key_unfit", Some(27)),
    ("plan.toml", "mean_wait_seconds = 60", "mean_wait_seconds = 60, over = \"day\", floor_share = 5", "out_of_range", Some(27)),
    ("plan.toml", "mean_wait_seconds = 60", "answer_within_seconds = 20", "key_missing", Some(27)),
    ("plan.toml", "mean_wait_seconds = 60", "answer_within_seconds = 20, answer_share = 90", "out_of_range", Some(27)),
    ("plan.toml", "channel = \"voice\"", "channel = \"deferred\"", "target_unfit", Some(27)),
    (
        "plan.toml",
        "[[contract]]",
        "[[queue]]\nid = \"phone\"\nchannel = \"voice\"\nopen = \"09:00\"\nclose = \"17:00\"\nhandling_seconds = 60\ntargets = { mean_wait_seconds = 9 }\n\n[[contract]]",
        "twice",
        Some(30),
    ),
    (
        "plan.toml",
        "[[contract]]",
        "[[queue]]\nid = \"mail\"\nchannel = \"deferred\"\nopen = \"09:00\"\nclose = \"17:00\"\nhandling_seconds = 60\ntargets = { done_within_hours = 9, done_share = 0.9 }\n\n[[contract]]",
        "queue_without_history",
        Some(29),
    ),
    // contracts, costs, rules, shrinkage
    ("plan.toml", "regular_hours_week = 40", "regular_hours_week = 400", "out_of_range", Some(31)),
    ("plan.toml", "id = \"full\"", "id = \"half\"", "unknown_contract", Some(2)),
    ("plan.toml", "shortage_per_hour = [60, 150, 360]", "shortage_per_hour = [60, 150]", "target_count", Some(35)),
    ("plan.toml", "shortage_per_hour = [60, 150, 360]", "shortage_per_hour = [360, 150, 60]", "out_of_range", Some(35)),
    ("plan.toml", "pay_per_hour = 30", "pay_per_hour = -30", "out_of_range", Some(34)),
    ("plan.toml", "pack = \"cn\"", "pack = \"atlantis\"", "unknown_pack", Some(45)),
    ("plan.toml", "pack = \"cn\"", "night_from = \"06:00\"", "night_without_length", Some(45)),
    ("plan.toml", "pack = \"cn\"", "forbidden_successions = [\"D V\"]", "not_a_succession", Some(45)),
    ("plan.toml", "regular_hours_week = 40", "regular_hours_week = 40\npaid_hours_week = 50", "contract_impossible", Some(32)),
    ("plan.toml", "pack = \"cn\"", "pack = \"cn\"\nlate_after = \"late\"", "not_a_time", Some(46)),
    ("plan.toml", "pack = \"cn\"", "pack = \"cn\"\npromotion_days = \"singles day\"", "key_type", Some(46)),
    ("plan.toml", "in_shift = 0.0", "in_shift = 7", "out_of_range", Some(48)),
    // history
    ("history.csv", "start,queue,offered", "start,queue", "column_missing", Some(1)),
    ("history.csv", "start,queue,offered", "start,queue,offered,volume", "column_twice", Some(1)),
    ("history.csv", "2026-11-02T10:00,phone,6", "2026-11-02T10:00,phone", "row_length", Some(3)),
    ("history.csv", "2026-11-02T10:00,phone,6", "2026-11-02T10:00,fax,6", "unknown_queue", Some(3)),
    ("history.csv", "2026-11-02T10:00,phone,6", "2026-11-02T10:00,phone,many", "not_a_number", Some(3)),
    ("history.csv", "2026-11-02T10:00,phone,6", "2026-11-02T10:00,phone,-6", "out_of_range", Some(3)),
    ("history.csv", "2026-11-02T10:00,phone,6", "2026-11-02T10:00,phone,", "cell_empty", Some(3)),
    ("history.csv", "2026-11-02T10:00,phone,6", "2 Nov 2026 10h,phone,6", "not_a_date", Some(3)),
    ("history.csv", "2026-11-02T10:00,phone,6", "2026-11-02T25:00,phone,6", "not_a_date", Some(3)),
    // activities
    ("plan.toml", "[costs]", "[[activity]]\nid = \"talk\"\nattend = \"alone\"\n[costs]", "key_missing", Some(33)),
    ("plan.toml", "[costs]", "[[activity]]\nid = \"talk\"\nattend = \"all\"\nminutes = 60\n[costs]", "unknown_word", Some(35)),
    (
        "plan.toml",
        "[costs]",
        "[[activity]]\nid = \"talk\"\nattend = \"alone\"\nminutes = 60\nweekdays = \"freitag\"\n[costs]",
        "unknown_word",
        Some(37),
    ),
    (
        "plan.toml",
        "[costs]",
        "[[activity]]\nid = \"talk\"\nattend = \"alone\"\nminutes = 60\nfrom = \"09:00\"\nto = \"09:30\"\n[costs]",
        "no_room",
        Some(38),
    ),
    (
        "plan.toml",
        "[costs]",
        "[[activity]]\nid = \"talk\"\nattend = \"alone\"\nminutes = 60\ncontracts = [\"none\"]\n[costs]",
        "unknown_contract",
        Some(37),
    ),
    (
        "plan.toml",
        "[costs]",
        "[[activity]]\nid = \"talk\"\nattend = \"alone\"\nminutes = 60\ntimes_a_week = 9\n[costs]",
        "out_of_range",
        Some(37),
    ),
    ("plan.toml", "[costs]", "[[activity]]\nid = \"work\"\nattend = \"alone\"\nminutes = 60\n[costs]", "twice", Some(34)),
    // minimum staffing
    ("plan.toml", "[costs]", "[[presence]]\nleast = 1\n[costs]", "key_missing", Some(33)),
    ("plan.toml", "[costs]", "[[presence]]\nid = \"seniors\"\nlevels = [\"boss\"]\n[costs]", "unknown_word", Some(35)),
    ("plan.toml", "[costs]", "[[presence]]\nid = \"seniors\"\nleast = 0\n[costs]", "out_of_range", Some(35)),
    ("plan.toml", "[costs]", "[[presence]]\nid = \"seniors\"\nfrom = \"8h\"\n[costs]", "not_a_time", Some(35)),
    // sites
    ("plan.toml", "[costs]", "[[site]]\nname = \"Hub\"\n[costs]", "key_missing", Some(33)),
    ("plan.toml", "[costs]", "[[site]]\nid = \"hub\"\nzone = \"Warsaw\"\n[costs]", "unknown_zone", Some(35)),
    ("plan.toml", "[costs]", "[[site]]\nid = \"hub\"\nzone = \"Europe/Warsaw\"\n[costs]", "plan_without_zone", Some(35)),
    ("plan.toml", "[costs]", "[[site]]\nid = \"hub\"\nopen = \"08:00\"\n[costs]", "key_missing", Some(33)),
    ("plan.toml", "[costs]", "[[site]]\nid = \"hub\"\n[[site]]\nid = \"hub\"\n[costs]", "twice", Some(36)),
    ("agents.csv", "volunteers\n", "site\n", "unknown_site", Some(4)),
    // contracts and rules
    ("plan.toml", "regular_hours_week = 40", "regular_hours_week = 40\nbalance = \"year\"", "unknown_word", Some(32)),
    ("plan.toml", "regular_hours_week = 40", "regular_hours_week = 40\nleast_on_shift = 0", "out_of_range", Some(32)),
    ("plan.toml", "pack = \"cn\"", "pack = \"cn\"\nfree_weekends_in_four = 4", "out_of_range", Some(46)),
    ("plan.toml", "pack = \"cn\"", "pack = \"cn\"\nmentor_share = 2.0", "out_of_range", Some(46)),
    ("shifts.csv", "phone,,\nV", "phone,,\nR,ready,09:00,17:00,9,,,,,,,\nV", "paid_hours_unfit", Some(3)),
    // agents
    ("agents.csv", "agent_id,team", "agent_id,姓名", "personal_column", Some(1)),
    ("agents.csv", "agent_id,team", "agent_id,手机号", "personal_column", Some(1)),
    ("agents.csv", "A2,one", "A2,13800138000", "personal_value", Some(3)),
    ("agents.csv", "A2,one", "A2,11010519491231002X", "personal_value", Some(3)),
    ("agents.csv", "A3,one", "A2,one", "twice", Some(4)),
    ("agents.csv", "A3,one,full,phone", "A3,one,full,fax", "unknown_queue", Some(4)),
    ("agents.csv", "A3,one,full,phone", "A3,one,full,", "cell_empty", Some(4)),
    ("agents.csv", "A3,one,full", "A3,one,none", "unknown_contract", Some(4)),
    ("agents.csv", "senior", "master", "unknown_word", Some(2)),
    ("agents.csv", "regular,1.0,A1,2025-03-01", "regular,fast,A1,2025-03-01", "not_a_number", Some(3)),
    ("agents.csv", "regular,1.0,A1,2025-03-01", "regular,9,A1,2025-03-01", "out_of_range", Some(3)),
    ("agents.csv", "regular,1.0,A1,2025-03-01", "regular,1.0,A9,2025-03-01", "unknown_agent", Some(3)),
    ("agents.csv", "regular,1.0,A1,2025-03-01", "regular,1.0,A2,2025-03-01", "own_mentor", Some(3)),
    ("agents.csv", "no_late", "no_work", "unknown_word", Some(3)),
    ("agents.csv", "2024-03-01,D", "2024-03-01,Z", "unknown_shift", Some(2)),
    // absences, shifts, calendar, promotions, curves
    ("absences.csv", "A2,2026-12-02", "A9,2026-12-02", "unknown_agent", Some(2)),
    ("absences.csv", "2026-12-02,2026-12-03", "2026-12-02,2026-12-01", "end_before_start", Some(2)),
    ("absences.csv", "A3,2026-12-05T09:00,2026-12-05T12:00", "A2,2026-12-03T09:00,2026-12-05T12:00", "overlapping_absence", Some(3)),
    ("shifts.csv", "17:00,7,11:00", "17:00,9,11:00", "paid_hours_unfit", Some(2)),
    ("shifts.csv", "11:00|12:00|13:00", "11:00|18:00", "meal_outside_shift", Some(2)),
    ("shifts.csv", "V,evening", "D,evening", "twice", Some(3)),
    ("shifts.csv", "phone,,\nV", "phone,maybe,\nV", "not_yes_no", Some(2)),
    ("calendar.csv", "2026-10-10", "2026-10-01", "twice", Some(3)),
    ("promotions.csv", "0.1,evening", "0.1,morning", "unknown_curve", Some(2)),
    ("day_curves.csv", "9,0.125", "9,0.9", "curve_weights", Some(1)),
];

fn copy_of_tiny() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny");
    for entry in fs::read_dir(tiny).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}

#[test]
fn the_example_itself_has_no_problem() {
    let reading = Folder::named(copy_of_tiny().path()).read();
    let errors: Vec<_> = reading.problems.iter().filter(|problem| !problem.is_warning).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(reading.inputs.is_some());
}

#[test]
fn every_changed_cell_is_found_with_its_code_and_line() {
    for (file, find, put, code, line) in CASES {
        let copy = copy_of_tiny();
        let path = copy.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(find), "{file} does not hold {find}");
        fs::write(&path, text.replacen(find, put, 1)).unwrap();
        let reading = Folder::named(copy.path()).read();
        let found: Vec<_> = reading.problems.iter().map(|problem| (problem.code, problem.line)).collect();
        assert!(found.contains(&(code, line)), "{file}: {find} -> {put}: expected {code} at {line:?}, found {found:?}");
        assert!(reading.inputs.is_none(), "{file}: {find} -> {put}: planning went on");
    }
}

#[test]
fn accounts_are_read_and_their_slips_named() {
    let copy = copy_of_tiny();
    let path = copy.path().join("accounts.csv");
    let of = |rows: &str| {
        fs::write(&path, format!("agent_id,month,overtime_hours,late_shifts\n{rows}")).unwrap();
        Folder::named(copy.path()).read()
    };
    let read = of("A1,2026-11,12.5,3\nA9,2026-11,1,1\n");
    let inputs = read.inputs.expect("whoever has left is a warning");
    let account = inputs.accounts[&AgentId::new("A1")];
    assert_eq!((account.overtime.get(), account.burdens.0[0]), (12.5, 3.0));
    let codes: Vec<_> = of("A1,November,500,x\nA1,2026-11,1,1\n").problems.iter().map(|problem| (problem.code, problem.line)).collect();
    for code in [("not_a_month", Some(2)), ("out_of_range", Some(2)), ("not_a_number", Some(2)), ("twice", Some(3))] {
        assert!(codes.contains(&code), "{codes:?}");
    }
}

#[test]
fn pins_that_cannot_be_kept_are_named_and_left_out() {
    let copy = copy_of_tiny();
    let rows = "date,agent_id,shift\n2026-11-30,A1,D\n2026-11-30,A1,off\n2026-12-30,A1,D\n2026-11-30,A2,V\n";
    fs::write(copy.path().join("pins.csv"), rows).unwrap();
    let reading = Folder::named(copy.path()).read();
    let found: Vec<_> =
        reading.problems.iter().filter(|problem| problem.file == "pins.csv").map(|problem| (problem.code, problem.line)).collect();
    assert_eq!(found, [("pin_contradicts", Some(3)), ("pin_other_days", Some(4)), ("pin_illegal", Some(5))]);
    let inputs = reading.inputs.expect("the rest is planned");
    assert_eq!(inputs.pins.len(), 1);
}

#[test]
fn all_problems_come_at_once() {
    let copy = copy_of_tiny();
    for (file, find, put) in [
        ("agents.csv", "senior", "master"),
        ("shifts.csv", "V,evening", "D,evening"),
        ("history.csv", "phone,6\n", "phone,x\n"),
        ("plan.toml", "days = 1", "days = 0"),
    ] {
        let path = copy.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replacen(find, put, 1)).unwrap();
    }
    // reading stops without a horizon; the other three are found once it is fixed
    let plan = copy.path().join("plan.toml");
    let codes = |folder: &Path| Folder::named(folder).read().problems.iter().map(|problem| problem.code).collect::<Vec<_>>();
    assert_eq!(codes(copy.path()), ["out_of_range"]);
    fs::write(&plan, fs::read_to_string(&plan).unwrap().replace("days = 0", "days = 1")).unwrap();
    assert_eq!(codes(copy.path()), ["unknown_word", "not_a_number", "twice"]);
}

#[test]
fn what_the_fairness_table_says_is_carried_over_where_there_are_no_accounts() {
    let copy = copy_of_tiny();
    let header = "agent_id,team,month,overtime_hours,shifts,hours,late_shifts,late_shifts_so_far,requests";
    fs::write(copy.path().join("fairness.csv"), format!("{header}\nA1,one,2026-11,4,5,35,2,7,0\n")).unwrap();
    let account = |folder: &Path| Folder::named(folder).read().inputs.unwrap().accounts[&AgentId::new("A1")];
    assert_eq!((account(copy.path()).overtime.get(), account(copy.path()).burdens.0[0]), (4.0, 7.0));
    fs::write(copy.path().join("accounts.csv"), "agent_id,late_shifts\nA1,1\n").unwrap();
    assert_eq!(account(copy.path()).burdens.0[0], 1.0);
}

#[test]
fn leave_and_days_off_in_a_freeze_are_named_and_only_leave_stands() {
    let copy = copy_of_tiny();
    let plan = fs::read_to_string(copy.path().join("plan.toml")).unwrap();
    let frozen = "pack = \"cn\"\nleave_freeze = [2026-11-30, 2026-12-02, 2026-12-05]";
    fs::write(copy.path().join("plan.toml"), plan.replacen("pack = \"cn\"", frozen, 1)).unwrap();
    let absences = "agent_id,start,end,kind,status\nA2,2026-12-01,2026-12-03,leave,granted\nA3,2026-12-05,2026-12-05,sick,\nA1,2026-12-04,2026-12-04,leave,\n";
    fs::write(copy.path().join("absences.csv"), absences).unwrap();
    let requests = "agent_id,date,wish\nA1,2026-11-30,off\nA2,2026-11-30,D\n";
    fs::write(copy.path().join("requests.csv"), requests).unwrap();
    let reading = Folder::named(copy.path()).read();
    let frozen = reading.problems.iter().filter(|problem| problem.code.ends_with("_in_freeze"));
    let found: Vec<_> = frozen.map(|problem| (problem.code, problem.line, problem.expected.as_str(), problem.is_warning)).collect();
    assert_eq!(
        found,
        [
            ("leave_in_freeze", Some(2), "2026-12-02", true),
            // in the agents file, then in the requests
            ("request_in_freeze", Some(3), "2026-12-05", true),
            ("request_in_freeze", Some(2), "2026-11-30", true),
        ],
        "neither sickness, nor leave beside the freeze, nor a shift asked for"
    );
    let inputs = reading.inputs.expect("these are warnings");
    let requests = |id: &str| inputs.employees.iter().find(|of| of.id == AgentId::new(id)).unwrap().requests.len();
    assert_eq!((inputs.absences.len(), requests("A1"), requests("A2")), (3, 0, 1), "granted leave stands");
}

#[test]
fn requests_are_read_and_their_slips_named() {
    let copy = copy_of_tiny();
    let of = |rows: &str| {
        fs::write(copy.path().join("requests.csv"), format!("工号,日期,申请,权重\n{rows}")).unwrap();
        Folder::named(copy.path()).read()
    };
    let inputs = of("A1,2026-11-30,D,2\nA2,2026-12-05,休,3\n").inputs.unwrap();
    let requests = |place: usize| &inputs.employees[place].requests;
    assert_eq!((requests(0)[0].shift.as_deref(), requests(0)[0].weight.get()), (Some("D"), 2.0));
    assert_eq!((requests(1).len(), requests(1)[0].shift.as_deref(), requests(1)[0].weight.get()), (1, None, 3.0), "the later word counts");
    let read = of("A9,2026-11-30,D,1\nA1,soon,D,1\nA1,2026-11-30,Z,1\nA1,2026-11-30,D,1000\n");
    let codes: Vec<_> = read.problems.iter().map(|problem| (problem.code, problem.line)).collect();
    for code in [("unknown_agent", Some(2)), ("not_a_date", Some(3)), ("unknown_shift", Some(4)), ("out_of_range", Some(5))] {
        assert!(codes.contains(&code), "{codes:?}");
    }
}

#[test]
fn every_problem_has_words_in_both_languages() {
    let (causes, cures) = (keys(Part::Cause), keys(Part::Cure));
    for (.., code, _) in CASES {
        assert!(causes.contains(&code) && cures.contains(&code), "{code} has no words");
    }
    assert_eq!(causes, cures);
    for part in [Part::Cause, Part::Cure, Part::Finding, Part::Rule, Part::Text] {
        for key in keys(part) {
            assert_ne!(say(Lang::Zh, part, key, &[]), "", "{key}");
        }
    }
}

#[test]
fn gbk_tabs_semicolons_and_chinese_headers_read_like_the_original() {
    let original = Folder::named(copy_of_tiny().path()).read().inputs.unwrap();
    let copy = copy_of_tiny();
    let agents = fs::read_to_string(copy.path().join("agents.csv")).unwrap();
    let chinese = agents.replace("agent_id,team,contract,skills,level", "工号,组别,合同,技能,级别").replace(',', "\t");
    let (gbk, _, _) = encoding_rs::GBK.encode(&chinese);
    fs::write(copy.path().join("agents.csv"), &gbk).unwrap();
    let history = fs::read_to_string(copy.path().join("history.csv")).unwrap();
    fs::write(
        copy.path().join("history.csv"),
        format!("\u{feff}{}", history.replace("start,queue,offered", "时段,技能组,呼入量").replace(',', ";")),
    )
    .unwrap();
    let reading = Folder::named(copy.path()).read();
    let inputs = reading.inputs.unwrap_or_else(|| panic!("{:?}", reading.problems));
    assert_eq!(inputs.employees, original.employees);
    assert_eq!(inputs.queues[0].counts, original.queues[0].counts);
}

#[test]
fn every_unclear_override_is_found_with_its_line_and_a_clear_one_is_applied() {
    let copy = copy_of_tiny();
    let rows = "when,end,queue,factor,value,author,reason\n\
        2026-11-30,,phone,1.5,,ann,recall letter\n\
        2026-11-30,,phone,1.5,90,ann,both\n\
        2026-11-30,,phone,,,ann,neither\n\
        2026-11-30,,fax,1.1,,ann,no such queue\n\
        2026-11-30T12:00,2026-11-30T10:00,phone,1.1,,ann,backwards\n\
        2026-11-30,,phone,1.1,,,nobody says so\n\
        soon,,phone,1.1,,ann,no time\n";
    let path = copy.path().join("overrides.csv");
    fs::write(&path, rows).unwrap();
    let reading = Folder::named(copy.path()).read();
    let found: Vec<_> = reading.problems.iter().map(|problem| (problem.code, problem.line)).collect();
    let expected = [
        ("override_unclear", Some(3)),
        ("override_unclear", Some(4)),
        ("unknown_queue", Some(5)),
        ("end_before_start", Some(6)),
        ("cell_empty", Some(7)),
        ("not_a_date", Some(8)),
    ];
    assert_eq!(found, expected);
    fs::write(&path, rows.lines().take(2).collect::<Vec<_>>().join("\n")).unwrap();
    let inputs = Folder::named(copy.path()).read().inputs.unwrap();
    let forecast = &peakshift::plan::forecast(&inputs).unwrap()[0];
    // 6 calls an hour as in every hour of the history, half as many again
    assert_eq!((forecast.modelled.mean[9].get(), forecast.offered.mean[9].get()), (6.0, 9.0));
}
