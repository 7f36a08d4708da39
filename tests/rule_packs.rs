//! Whose law a roster keeps: none by default, a country's by its pack, and in no message the article of another.

use chrono::NaiveDate;
use peakshift::input::Folder;
use peakshift::law::Source;
use peakshift::messages::{Lang, Part, keys, say};
use peakshift::plan::Inputs;
use peakshift::report::rule_text;
use peakshift::roster::{Rules, idle_hours, is_night};
use peakshift::time::ClockTime;
use peakshift::units::{Factor, Hours, Money};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use toml::Table;

const PACKS: [&str; 5] = ["none", "cn", "uk", "eu", "us"];
/// Keys of a pack that are no settings of rules.
const OF_THE_PACK: [&str; 5] = ["title", "currency", "zones", "custom", "article"];

fn pack(name: &str) -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/input/plan_file/packs").join(format!("{name}.toml"));
    fs::read_to_string(path).unwrap().parse().unwrap()
}

/// A pack's settings, those included that it leaves to the pack without a law.
fn settings(name: &str) -> Table {
    let mut all = pack("none");
    all.extend(pack(name));
    all.into_iter().filter(|(key, _)| !OF_THE_PACK.contains(&key.as_str())).collect()
}

/// The smallest example with other sections on costs and rules, which names no currency.
fn folder(costs: &str, rules: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny")).unwrap().flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
    }
    let path = copy.path().join("plan.toml");
    let plan = fs::read_to_string(&path).unwrap();
    let (before, _) = plan.split_once("[costs]").unwrap();
    fs::write(path, format!("{before}balance = \"month\"\n[costs]\n{costs}\n[rules]\n{rules}\n[shrinkage]\nin_shift = 0.0\n")).unwrap();
    fs::write(copy.path().join("calendar.csv"), "date,kind,name\n2026-11-30,statutory,a holiday\n").unwrap();
    copy
}

fn read(costs: &str, rules: &str) -> Inputs {
    let folder = folder(costs, rules);
    let reading = Folder::named(folder.path()).read();
    reading.inputs.unwrap_or_else(|| panic!("{rules}: {:?}", reading.problems))
}

fn number(value: f64) -> toml::Value {
    toml::Value::Float(value)
}

/// What inputs hold of a setting, as files write it; days of a year by the month of a contract of 40 hours a week.
fn held(inputs: &Inputs, key: &str) -> toml::Value {
    let (rules, prices, contract) = (&inputs.rules, &inputs.prices, &inputs.employees[0].contract);
    let hours = |hours: Hours| number(hours.get());
    let optional = |hours: Option<Hours>| number(hours.map_or(f64::NAN, Hours::get));
    let factor = |factor: Factor| number(factor.get());
    let clock = |time: ClockTime| toml::Value::String(time.to_string());
    let count = |count: u32| number(f64::from(count));
    match key {
        "rest_hours" => hours(rules.rest),
        "most_days_running" => count(rules.most_days_running),
        "most_late_shifts_week" => count(rules.most_late_shifts_week),
        "late_after" => clock(rules.late_after),
        "rest_days_week" => count(rules.rest_days_week),
        "weekend_day_off_in_two_weeks" => toml::Value::Boolean(rules.weekend_day_off_in_two_weeks),
        "free_weekends_in_four" => count(rules.free_weekends_in_four),
        "two_days_off_running" => toml::Value::Boolean(rules.two_days_off_running),
        "regular_hours_day" => hours(rules.regular_hours_day),
        "most_nights_week" => count(rules.most_nights_week),
        "night_from" => clock(rules.night_from),
        "night_until" => clock(rules.night_until),
        "night_hours" => hours(rules.night),
        "most_overtime_month" => optional(rules.most_overtime_month),
        "overtime_rate" => factor(prices.overtime),
        "rest_day_rate" => factor(prices.rest_day),
        "holiday_rate" => factor(inputs.calendar.pay_rate(NaiveDate::from_ymd_opt(2026, 11, 30).unwrap())),
        "holidays_published_month" => count(inputs.holidays_published_month.unwrap_or(0)),
        "most_hours_day" => hours(contract.most_hours_day),
        "working_days_year" => number((contract.regular_hours_balance.get() * 12.0 / 8.0 * 1e9).round() / 1e9),
        _ => panic!("the pack sets {key}, which no plan reads"),
    }
}

fn as_number(value: &toml::Value) -> toml::Value {
    value.as_integer().map_or_else(|| value.clone(), |whole| number(whole as f64))
}

/// Another value of the same kind, which the setting may have.
fn another(key: &str, value: &toml::Value) -> toml::Value {
    match value {
        toml::Value::Boolean(yes) => toml::Value::Boolean(!yes),
        toml::Value::String(_) => toml::Value::String("21:30".into()),
        _ if key.ends_with("_rate") => number(1.25),
        _ => toml::Value::Integer(if value.as_integer() == Some(3) || value.as_float() == Some(3.0) { 2 } else { 3 }),
    }
}

#[test]
fn a_plan_that_names_a_pack_has_its_settings_and_one_that_says_otherwise_its_own() {
    let mut number = 0;
    for name in PACKS {
        let named = format!("pack = \"{name}\"\n");
        let inputs = read("", &named);
        assert_eq!((inputs.law.pack.as_str(), inputs.law.is_named), (name, true));
        assert_eq!(inputs.currency, pack(name)["currency"].as_str().unwrap());
        for (key, value) in settings(name) {
            number += 1;
            assert_eq!(held(&inputs, &key), as_number(&value), "{name}: {key}");
            if ["most_hours_day", "working_days_year"].contains(&key.as_str()) {
                continue; // a contract's to say otherwise
            }
            assert_ne!(inputs.law.sources.get(&key), Some(&Source::Plan), "{name}: {key}");
            let same = read("", &format!("{named}{key} = {value}\n"));
            assert_eq!(same.law.sources, inputs.law.sources, "{name}: {key} is said as the pack says it");
            let other = another(&key, &value);
            let own = read("", &format!("{named}{key} = {other}\n"));
            assert_eq!(held(&own, &key), as_number(&other), "{name}: {key}");
            assert_eq!(own.law.sources[&key], Source::Plan, "{name}: {key}");
        }
    }
    assert!(number > 90, "{number}");
}

#[test]
fn a_contract_that_says_its_hours_keeps_them() {
    let folder = folder("", "pack = \"cn\"");
    let path = folder.path().join("plan.toml");
    let own = "balance = \"month\"\nmost_hours_day = 5\nregular_hours_balance = 7";
    fs::write(&path, fs::read_to_string(&path).unwrap().replacen("balance = \"month\"", own, 1)).unwrap();
    let inputs = Folder::named(folder.path()).read().inputs.unwrap();
    let contract = &inputs.employees[0].contract;
    assert_eq!((contract.most_hours_day.get(), contract.regular_hours_balance.get()), (5.0, 7.0));
}

/// The statutory numbers, from the texts of the laws themselves.
#[test]
fn packs_say_what_the_laws_say() {
    for (name, key, value, article) in [
        ("cn", "rest_days_week", 1.0, "Labour Law art. 38"),
        ("cn", "regular_hours_day", 8.0, "Labour Law art. 36"),
        ("cn", "most_hours_day", 11.0, "Labour Law art. 41"), // 8 + 3
        ("cn", "most_overtime_month", 36.0, "Labour Law art. 41"),
        ("cn", "overtime_rate", 1.5, "Labour Law art. 44"),
        ("cn", "rest_day_rate", 2.0, "Labour Law art. 44"),
        ("cn", "holiday_rate", 3.0, "Labour Law art. 44"),
        ("cn", "working_days_year", 248.0, "MOHRSS notice [2025] No. 2"), // 365 − 104 − 13
        ("uk", "rest_hours", 11.0, "Working Time Regulations 1998, reg. 10"),
        ("uk", "rest_days_week", 1.0, "Working Time Regulations 1998, reg. 11"),
        ("uk", "night_hours", 3.0, "Working Time Regulations 1998, reg. 2"),
        ("eu", "rest_hours", 11.0, "Directive 2003/88/EC art. 3"),
        ("eu", "rest_days_week", 1.0, "Directive 2003/88/EC art. 5"),
        ("eu", "night_hours", 3.0, "Directive 2003/88/EC art. 2(4)"),
        ("us", "overtime_rate", 1.5, "FLSA § 7(a)(1), 29 U.S.C. § 207(a)(1)"),
        ("us", "rest_day_rate", 1.5, "FLSA § 7(a)(1), 29 U.S.C. § 207(a)(1)"),
    ] {
        assert_eq!(as_number(&pack(name)[key]), number(value), "{name}: {key}");
        assert_eq!(pack(name)["article"][key]["en"].as_str(), Some(article), "{name}: {key}");
    }
    for (name, from) in [("cn", "22:00"), ("uk", "23:00"), ("eu", "23:00")] {
        assert_eq!((pack(name)["night_from"].as_str(), pack(name)["night_until"].as_str()), (Some(from), Some("06:00")), "{name}");
    }
    // whatever limits or makes dearer is law by an article, or no law and said to be none; what limits nothing needs neither
    for name in PACKS {
        let of_pack = pack(name);
        let custom: BTreeSet<String> = of_pack["custom"].as_array().unwrap().iter().map(|key| key.as_str().unwrap().to_owned()).collect();
        let cited: BTreeSet<String> = of_pack.get("article").map(|of| of.as_table().unwrap().keys().cloned().collect()).unwrap_or_default();
        assert_eq!(custom.intersection(&cited).count(), 0, "{name}");
        for (key, value) in of_pack.iter().filter(|(key, _)| !OF_THE_PACK.contains(&key.as_str())) {
            assert!(custom.contains(key) || cited.contains(key) || name == "none" && Some(value) == pack("none").get(key), "{name}: {key}");
        }
        // a contract's limit of a week and what protects people are no settings of [rules]
        let known = |key: &&String| of_pack.contains_key(*key) || *key == "most_hours_week" || key.starts_with("protected_");
        assert_eq!(custom.iter().chain(&cited).find(|key| !known(key)), None, "{name}");
    }
}

/// Every article of a pack, in both languages.
fn articles(name: &str) -> BTreeSet<String> {
    let table = pack(name);
    let of = table.get("article").and_then(toml::Value::as_table).cloned().unwrap_or_default();
    of.values().flat_map(|article| ["en", "zh"].map(|lang| article[lang].as_str().unwrap().to_owned())).collect()
}

#[test]
fn no_message_holds_an_article_of_another_pack() {
    let of_all: BTreeMap<&str, BTreeSet<String>> = PACKS.map(|name| (name, articles(name))).into();
    assert!(of_all["none"].is_empty() && PACKS[1..].iter().all(|name| of_all[name].len() >= 2));
    for part in [Part::Cause, Part::Cure, Part::Finding, Part::Rule, Part::Text] {
        for (key, lang) in keys(part).into_iter().flat_map(|key| [(key, Lang::En), (key, Lang::Zh)]) {
            let text = say(lang, part, key, &[]);
            assert!(!of_all.values().flatten().any(|article| text.contains(article.as_str())), "{text}");
        }
    }
    for name in PACKS {
        let inputs = read("", &format!("pack = \"{name}\"\n"));
        let agent = &inputs.employees[0].id;
        let mut cited = BTreeSet::new();
        for (rule, lang) in keys(Part::Rule).into_iter().flat_map(|rule| [(rule, Lang::En), (rule, Lang::Zh)]) {
            for text in [rule_text(&inputs, rule, Some(agent), lang), rule_text(&inputs, rule, None, lang)] {
                assert!(text.starts_with(&say(lang, Part::Rule, rule, &[])), "{text}");
                for (of, articles) in &of_all {
                    let found = articles.iter().filter(|article| text.contains(article.as_str()));
                    found.for_each(|article| assert!(*of == name || of_all[name].contains(article), "{name}: {text}"));
                }
                cited.extend(of_all[name].iter().filter(|article| text.contains(article.as_str())).cloned());
            }
        }
        assert_eq!(cited.is_empty(), name == "none", "{name}");
    }
}

#[test]
fn a_rule_is_cited_as_what_it_is() {
    let said = |rules: &str, rule: &str, lang| rule_text(&read("", rules), rule, None, lang);
    assert_eq!(said("pack = \"uk\"", "rest", Lang::En), "too little rest between two shifts (Working Time Regulations 1998, reg. 10)");
    assert_eq!(said("pack = \"uk\"", "rest", Lang::Zh), "两班之间休息不足（英国《1998年工作时间条例》第10条）");
    assert_eq!(said("pack = \"uk\"\nrest_hours = 12", "rest", Lang::En), "too little rest between two shifts (the plan's own rule)");
    assert_eq!(said("pack = \"cn\"", "rest", Lang::En), "too little rest between two shifts (company rule)");
    assert_eq!(said("rest_hours = 12", "rest", Lang::Zh), "两班之间休息不足（本计划自定）");
    assert_eq!(said("pack = \"cn\"", "month_overtime", Lang::Zh), "月加班时数超过上限（《劳动法》第41条）");
    assert_eq!(said("pack = \"cn\"", "absent", Lang::En), "the agent is absent");
    assert_eq!(
        said("pack = \"us\"\nforbidden_successions = [\"D>V\"]", "successions", Lang::En),
        "these two shifts must not follow one another (the plan's own rule)"
    );
    // the hours of a day are a contract's: the law's where it allows as many as the law does
    let by_law = read("", "pack = \"cn\"");
    let day = |inputs: &Inputs| rule_text(inputs, "day_hours", Some(&inputs.employees[0].id), Lang::En);
    assert_eq!(day(&by_law), "more hours a day than the contract allows (Labour Law art. 41)");
    let mut shorter = by_law.clone();
    shorter.employees[0].contract.most_hours_day = Hours::from_minutes(240);
    assert_eq!(day(&shorter), "more hours a day than the contract allows");
}

fn peakshift(arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_peakshift")).args(arguments).arg(folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_plan_without_a_pack_keeps_no_law_and_check_says_so_once() {
    let inputs = read("", "");
    assert_eq!((inputs.law.pack.as_str(), inputs.law.is_named), ("none", false));
    let same = read("", "pack = \"none\"");
    assert_eq!((&inputs.rules, inputs.prices.overtime), (&same.rules, same.prices.overtime));
    // the words for training are the input's
    let mut by_default = Rules::default();
    by_default.training_absences.clone_from(&inputs.rules.training_absences);
    assert_eq!(inputs.rules, by_default, "a library user without a law has the same rules");
    let told = peakshift(&["--lang", "en", "check"], folder("", "").path());
    assert_eq!(told.matches("Rule pack: none, as [rules] in plan.toml names none.").count(), 1, "{told}");
    assert!(PACKS.iter().all(|name| told.contains(&format!("\"{name}\""))), "{told}");
    assert!(peakshift(&["--lang", "zh", "check"], folder("", "").path()).contains("规则包：none（plan.toml 的 [rules] 未指定）"));
    let named = peakshift(&["--lang", "en", "check"], folder("", "pack = \"uk\"").path());
    assert!(named.contains("Rule pack: uk (United Kingdom)") && !named.contains("names none"), "{named}");
}

#[test]
fn a_currency_or_a_zone_suggests_a_pack_where_none_is_named() {
    for (line, pack) in [
        ("currency = \"CNY\"", "cn"),
        ("currency = \"GBP\"", "uk"),
        ("currency = \"EUR\"", "eu"),
        ("currency = \"USD\"", "us"),
        ("zone = \"Asia/Shanghai\"", "cn"),
        ("zone = \"Europe/London\"", "uk"),
        ("zone = \"Europe/Madrid\"", "eu"),
        ("zone = \"America/Chicago\"", "us"),
        ("currency = \"USD\"\nzone = \"Asia/Shanghai\"", "cn"),
        ("currency = \"NZD\"", ""),
    ] {
        for (rules, suggested) in [("", Some(pack).filter(|pack| !pack.is_empty())), ("pack = \"none\"", None)] {
            let folder = folder("", rules);
            let path = folder.path().join("plan.toml");
            let plan = fs::read_to_string(&path).unwrap().replacen("days = 1\n", &format!("days = 1\n{line}\n"), 1);
            fs::write(path, plan).unwrap();
            let inputs = Folder::named(folder.path()).read().inputs.unwrap();
            assert_eq!(inputs.law.suggested.as_deref(), suggested, "{line}");
        }
    }
}

#[test]
fn an_unknown_pack_is_told_with_all_that_there_are() {
    let folder = folder("", "pack = \"atlantis\"");
    let problems = Folder::named(folder.path()).read().problems;
    let told = problems.iter().find(|problem| problem.code == "unknown_pack").unwrap();
    assert!(told.describe(Lang::En).contains("none, cn, uk, eu, us") && told.describe(Lang::Zh).contains("none, cn, uk, eu, us"));
}

#[test]
fn a_night_is_the_packs() {
    let night = |rules: &str, from: &str, hours: i64| {
        let start = format!("2026-11-30T{from}:00").parse::<chrono::NaiveDateTime>().unwrap();
        is_night(&read("", rules).rules, start, start + chrono::TimeDelta::minutes(hours * 30))
    };
    // 21:00 to 0:30: two and a half hours after 22:00, one and a half after 23:00
    assert!(night("pack = \"cn\"", "21:00", 7) && night("", "21:00", 7) && !night("pack = \"uk\"", "21:00", 7));
    // 3:00 to 7:00: three hours before 6:00
    assert!(night("pack = \"uk\"", "03:00", 8) && !night("pack = \"uk\"\nnight_hours = 3.5", "03:00", 8));
    // a night within one day
    let early = "night_from = \"00:00\"\nnight_until = \"05:00\"\nnight_hours = 1";
    assert!(night(early, "23:00", 4) && night(early, "04:00", 8) && !night(early, "04:30", 8) && !night(early, "20:00", 8));
    // not a minute of the night is no night shift, however few are asked for
    assert!(!night("night_hours = 0", "06:00", 8) && night("night_hours = 0", "05:30", 8));
}

#[test]
fn training_is_what_the_plan_calls_so() {
    let absence = |kind: &str| peakshift::workforce::Absence {
        agent: peakshift::workforce::AgentId::new("A"),
        start: "2026-11-30T09:00:00".parse().unwrap(),
        end: "2026-11-30T10:00:00".parse().unwrap(),
        kind: kind.into(),
    };
    let usual = read("", "").rules;
    assert!(
        ["Training", "TRAINING", "培训"].iter().all(|kind| usual.is_training(&absence(kind))) && !usual.is_training(&absence("formation"))
    );
    let own = read("", "training_absences = [\"formation\"]").rules;
    assert!(own.is_training(&absence("Formation")) && !own.is_training(&absence("training")));
}

/// Prices that a plan does not state, in minutes of the base pay, as the page on formats has them.
const MINUTES: [f64; 9] = [120.0, 300.0, 720.0, 200.0, 60.0, 20.0, 60.0, 2.0, 10.0];

fn prices(inputs: &Inputs) -> Vec<f64> {
    let prices = &inputs.prices;
    let refused = [prices.refused_day_off, prices.refused_shift].map(Money::get);
    let others = [prices.changed_day, prices.other_shift, prices.unfair_shift].map(Money::get);
    let shortage = prices.shortage.iter().map(|(_, price)| price.get());
    shortage.chain(refused).chain([prices.apart_hour.get()]).chain(others).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn unstated_prices_are_so_many_minutes_of_the_base_pay(pay in 0.5_f64..5000.0) {
        let sections = format!(
            "pay_per_hour = {pay}\n[[activity]]\nid = \"talk\"\nattend = \"alone\"\nminutes = 60\n[[presence]]\nid = \"senior\""
        );
        let inputs = read(&sections, "");
        for (price, minutes) in prices(&inputs).into_iter().zip(MINUTES) {
            prop_assert!((price - pay * minutes / 60.0).abs() < 1e-9 * pay, "{minutes} min: {price}");
        }
        prop_assert!([inputs.activities[0].missed.get(), inputs.minimum_staffing[0].missing_hour.get()].iter().all(|price| (price - 2.0 * pay).abs() < 1e-9 * pay));
        prop_assert!((inputs.terms.cost_per_hire.get() - 60.0 * pay).abs() < 1e-9 * pay);
    }
}

#[test]
fn without_a_pay_money_counts_in_hours_of_it() {
    let inputs = read("", "");
    assert_eq!(inputs.employees[0].pay.get(), 1.0);
    assert_eq!(prices(&inputs), MINUTES.map(|minutes| minutes / 60.0));
    assert_eq!(inputs.currency, "¤");
}

/// The days on which somebody is away are as long as a fifth of her week where no law says how long a day is.
#[test]
fn a_day_of_leave_is_never_a_whole_day_and_night() {
    let paid = |rules: &str| {
        let folder = folder("pay_per_hour = 30", rules);
        fs::write(folder.path().join("absences.csv"), "agent_id,start,end,kind\nA1,2026-11-30,2026-11-30,leave\n").unwrap();
        let plan = folder.path().join("plan.toml");
        let text = fs::read_to_string(&plan).unwrap().replacen("balance = \"month\"", "paid_hours_week = 0", 1);
        fs::write(plan, text).unwrap();
        let inputs = Folder::named(folder.path()).read().inputs.unwrap();
        let problem = peakshift::plan::roster_problem(&inputs, &[]);
        idle_hours(&problem, &problem.people[0], &[]).get()
    };
    assert_eq!((paid("pack = \"cn\""), paid(""), paid("pack = \"us\"")), (8.0, 8.0, 8.0));
}
