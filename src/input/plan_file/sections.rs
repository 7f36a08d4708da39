//! `plan.toml`: what is planned, for which queues, under which contracts, rules and prices.

use super::activity::activity;
use super::capacity::terms;
use super::presence::presence;
use super::queue::queue;
use super::site::{site, zone};
use super::strays::{Strays, empty_plan};
use crate::capacity::Terms;
use crate::identifier::identifier;
use crate::input::cell::from_utc::FromUtc;
use crate::input::naming::names::Names;
use crate::input::naming::queue_names::QueueNames;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::Problem;
use crate::input::settings::section::{Document, KnownKeys, SHARE, Section};
use crate::roster::{Activity, NO_LIMIT, Presence, Prices, Rules};
use crate::service::Queue;
use crate::staffing::{Cause, Shrinkage};
use crate::time::{ClockTime, Horizon, Interval};
use crate::units::{Factor, Hours, Money, Share};
use crate::workforce::{Balance, Contract, Level, Site};
use crate::zone::Zone;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

/// What `plan.toml` says, checked.
#[derive(Clone, Debug)]
pub(in crate::input) struct PlanFile {
    /// Whether its form is free of mistakes: else what it names, and what it lacks, is as it happened to be torn.
    pub(in crate::input) is_whole: bool,
    pub(in crate::input) name: String,
    pub(in crate::input) horizon: Horizon,
    pub(in crate::input) history_until: NaiveDate,
    pub(in crate::input) interval: Interval,
    pub(in crate::input) currency: String,
    pub(in crate::input) seed: u64,
    pub(in crate::input) replications: usize,
    /// The plan's clocks.
    pub(in crate::input) zone: Option<Zone>,
    /// Hours local time is ahead of UTC, for exports that give UTC.
    utc_offset: Option<f64>,
    /// Whether it says anything of its clocks.
    states_clocks: bool,
    /// What its sections are called.
    pub(in crate::input) names: PlanNames,
    pub(in crate::input) files: Files,
    pub(in crate::input) queues: Vec<Queue>,
    /// Where each queue's section is, and what it leaves to the history.
    pub(in crate::input) queue_sections: Vec<QueueSection>,
    pub(in crate::input) sites: Vec<Site>,
    pub(in crate::input) contracts: Vec<Contract>,
    pub(in crate::input) activities: Vec<Activity>,
    pub(in crate::input) presences: Vec<Presence>,
    pub(in crate::input) pay: Pay,
    pub(in crate::input) prices: Prices,
    pub(in crate::input) rules: Rules,
    /// The month of the year before in which a year's holidays are published.
    pub(in crate::input) holidays_published_month: Option<u32>,
    /// Days on which nobody takes leave.
    pub(in crate::input) leave_freeze: Vec<NaiveDate>,
    pub(in crate::input) shrinkage: Shrinkage,
    pub(in crate::input) terms: Terms,
}

/// What sections of a plan file are called, those that are refused included.
#[derive(Clone, Debug)]
pub(in crate::input) struct PlanNames {
    pub(in crate::input) queues: Names,
    pub(in crate::input) contracts: Names,
    pub(in crate::input) sites: Names,
}

impl PlanFile {
    /// What its queues may be called.
    pub(in crate::input) fn queue_names(&self) -> QueueNames {
        QueueNames::of(self.queues.iter().map(|queue| (&queue.id, queue.name.as_str())))
    }

    /// How its tables' times of UTC become its own.
    pub(in crate::input) fn clocks(&self) -> FromUtc<'_> {
        match FromUtc::of(self.zone.as_ref(), self.utc_offset) {
            FromUtc::Unknown if self.states_clocks => FromUtc::Refused,
            clocks => clocks,
        }
    }
}

/// A queue's section of the file.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct QueueSection {
    pub(in crate::input) line: usize,
    /// Whether it states the handling time.
    pub(in crate::input) states_handling: bool,
}

/// The tables beside it.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Files {
    /// The line of the plan that names each of them.
    pub(in crate::input) lines: BTreeMap<String, usize>,
    pub(in crate::input) history: Vec<String>,
    pub(in crate::input) agents: Option<String>,
    pub(in crate::input) absences: Option<String>,
    pub(in crate::input) shifts: Option<String>,
    pub(in crate::input) promotions: Option<String>,
    pub(in crate::input) day_curves: Option<String>,
    pub(in crate::input) calendar: Vec<String>,
    pub(in crate::input) previous_roster: Option<String>,
    pub(in crate::input) drivers: Option<String>,
    pub(in crate::input) overrides: Option<String>,
    pub(in crate::input) pins: Option<String>,
    pub(in crate::input) accounts: Option<String>,
    pub(in crate::input) requests: Option<String>,
}

/// Base pay an hour by level.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct Pay {
    new: Money,
    regular: Money,
    senior: Money,
}

impl Pay {
    pub(in crate::input) fn of(self, level: Level) -> Money {
        match level {
            Level::New => self.new,
            Level::Regular => self.regular,
            Level::Senior => self.senior,
        }
    }
}

/// The longest horizon this version plans.
const MOST_DAYS: f64 = 56.0;
/// Notice of a changed shift in hours, at most: two weeks.
const MOST_NOTICE: f64 = 336.0;
/// The most demands for people at work at all times.
const MOST_PRESENCES: usize = 8;
/// The most queues this version rosters together.
const MOST_QUEUES: usize = 12;
const ANY: std::ops::RangeInclusive<f64> = 0.0..=1e9;

/// Reads a plan file. Whatever is missing or wrong is noted; `None` if no plan can be made of the rest.
pub(in crate::input) fn read(file: &str, text: &str, problems: &mut Problems) -> Option<PlanFile> {
    let document = Document::parse(file, text, problems);
    let mut found = Problems::default();
    if !document.is_whole {
        // what a mistake of form has torn apart would be told as missing
        return read_sections(&document, &Strays::default(), &mut found);
    }
    let strays = Strays::of(&document, known_keys());
    let plan = read_sections(&document, &strays, &mut found);
    strays.note(&document.root(), &found, problems);
    let is_cause = |problem: &&Problem| !strays.explain(problem) && !is_misspelt(problem, &found);
    found.iter().filter(is_cause).for_each(|problem| problems.push(problem.clone()));
    plan
}

/// Whether a key is missing because it stands there misspelt, which is told.
fn is_misspelt(problem: &Problem, found: &Problems) -> bool {
    let Some((section, key)) = problem.column.rsplit_once('.').filter(|_| problem.code == "key_missing") else { return false };
    let stands_for = |other: &Problem| {
        other.code == "key_unknown" && other.expected == key && other.column.rsplit_once('.').is_some_and(|(of, _)| of == section)
    };
    found.iter().any(|other| stands_for(other) && other.line >= problem.line)
}

/// Every key that a plan file is asked for, by section.
pub(in crate::input) fn known_keys() -> &'static KnownKeys {
    static KNOWN: OnceLock<KnownKeys> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let text = empty_plan();
        let document = Document::parse("plan.toml", &text, &mut Problems::default());
        read_sections(&document, &Strays::default(), &mut Problems::default());
        let mut asked = document.asked();
        SECTIONS.map(|section| (section.to_owned(), asked.remove(section).unwrap_or_default())).into()
    })
}

fn read_sections(document: &Document, strays: &Strays, problems: &mut Problems) -> Option<PlanFile> {
    let root = document.root();
    let plan = root.section("plan", problems);
    for key in ["first_day", "days"] {
        plan.require(key, problems);
    }
    let first = plan.date("first_day", problems);
    let days = plan.whole("days", 1.0..=MOST_DAYS, problems);
    let minutes = plan.whole("interval_minutes", 5.0..=60.0, problems).unwrap_or(30);
    let interval = Interval::from_minutes(minutes as u32);
    if interval.is_err() {
        plan.note(problems, "interval_invalid", "interval_minutes", minutes, "");
    }
    let name = plan.name("name", problems).unwrap_or("").to_owned();
    let currency = plan.name("currency", problems).unwrap_or("CNY").to_owned();
    let seed = plan.whole("seed", ANY, problems).unwrap_or(1);
    let replications = plan.whole("simulated_repetitions", 2.0..=10_000.0, problems).unwrap_or(100) as usize;
    let until = plan.date("history_until", problems);
    let desk = zone(&plan, problems);
    let utc_offset = plan.number("utc_offset_hours", -14.0..=14.0, problems);
    // a torn plan may have stated them
    let states_clocks = !document.is_whole || ["zone", "utc_offset_hours"].iter().any(|key| plan.has(key));
    plan.finish(problems);
    let files = files(&root.section("files", problems), problems);
    let sections = root.sections("queue", problems);
    let (queues, queue_sections) = queues(&root, &sections, problems);
    let (site_sections, contract_sections) = (root.sections("site", problems), root.sections("contract", problems));
    let names = PlanNames {
        queues: names(document, strays, ("queue", &sections)),
        contracts: names(document, strays, ("contract", &contract_sections)),
        sites: names(document, strays, ("site", &site_sections)),
    };
    let desk_or_not = desk.as_ref().ok_or(plan.has("zone"));
    let sites = sites(&site_sections, desk_or_not, problems);
    let contracts = contracts(&contract_sections, problems);
    let activities = activities(&root.sections("activity", problems), &names.contracts, problems);
    let presences = presences(&root.sections("presence", problems), &names, problems);
    let costs = costs(&root.section("costs", problems), problems);
    let rules_section = root.section("rules", problems);
    let holidays_published_month = published_month(&rules_section, problems);
    let (rules, overtime, rest_day, leave_freeze) = rules(&rules_section, problems);
    let shrinkage = shrinkage(&root.section("shrinkage", problems), problems);
    let terms = terms(&root.section("capacity", problems), costs.pay.of(Level::New), &queues, &names.queues, problems);
    root.finish(problems);
    let horizon = Horizon { first: first?, days: days? as usize };
    Some(PlanFile {
        is_whole: document.is_whole,
        name,
        horizon,
        history_until: until.map_or(horizon.first, |until| until.min(horizon.first)),
        interval: interval.ok()?,
        currency,
        seed,
        replications,
        zone: desk,
        utc_offset,
        states_clocks,
        names,
        files,
        queues,
        queue_sections,
        sites,
        contracts,
        activities,
        presences,
        pay: costs.pay,
        prices: Prices {
            overtime,
            rest_day,
            shortage: costs.shortage,
            refused_day_off: costs.refused_day_off,
            refused_shift: costs.refused_shift,
            apart_hour: costs.apart_hour,
            changed_day: costs.changed_day,
            other_shift: costs.other_shift,
            unfair_shift: costs.unfair_shift,
            unpaid_absences: costs.unpaid_absences,
        },
        rules,
        holidays_published_month,
        leave_freeze,
        shrinkage,
        terms,
    })
}

/// The queues, each with where it stands. One that another is called like already is noted and left out.
fn queues(root: &Section, sections: &[Section], problems: &mut Problems) -> (Vec<Queue>, Vec<QueueSection>) {
    if sections.is_empty() && !root.has("queue") {
        root.note(problems, "key_missing", "queue", "", "[[queue]]");
    }
    if sections.len() > MOST_QUEUES {
        root.note(problems, "too_many", "queue", sections.len(), MOST_QUEUES);
    }
    let mut queues: Vec<Queue> = Vec::new();
    let mut queue_sections: Vec<QueueSection> = Vec::new();
    for section in sections {
        if let Some(queue) = queue(section, problems) {
            if let Some(known) = queues.iter().position(|known| known.id == queue.id) {
                section.note(problems, "twice", "id", &queue.id, queue_sections[known].line);
            } else {
                queues.push(queue);
                queue_sections.push(QueueSection {
                    line: section.line,
                    states_handling: ["handling_seconds", "chat_seconds"].iter().any(|key| section.has(key)),
                });
            }
        }
        section.finish(problems);
    }
    (queues, queue_sections)
}

/// Every section that a plan file may have.
const SECTIONS: [&str; 11] =
    ["plan", "files", "queue", "site", "contract", "activity", "presence", "costs", "rules", "shrinkage", "capacity"];

/// What the sections of a list are called. Where one has lost its header or its form, it may be called anything.
fn names(document: &Document, strays: &Strays, (list, sections): (&str, &[Section])) -> Names {
    let is_torn = !document.is_whole || strays.rob(list) || sections.is_empty() && document.root().has(list);
    if is_torn {
        return Names::default();
    }
    let mut names = Names::none();
    for section in sections {
        names.add(section.text("id", &mut Problems::default()).and_then(|id| identifier(id).ok()));
    }
    names
}

/// Every key that names files.
const FILES: [&str; 13] = [
    "history",
    "agents",
    "absences",
    "shifts",
    "promotions",
    "day_curves",
    "calendar",
    "previous_roster",
    "drivers",
    "overrides",
    "pins",
    "accounts",
    "requests",
];

/// Whether two paths below one folder name the same file, as far as they say.
fn is_one_file(one: &str, other: &str) -> bool {
    let parts = |path: &'_ str| Path::new(path).components().filter(|part| *part != Component::CurDir).collect::<PathBuf>();
    parts(one) == parts(other)
}

fn files(section: &Section, problems: &mut Problems) -> Files {
    for key in ["history", "agents", "shifts"] {
        section.require(key, problems);
    }
    let history = section.texts("history", problems);
    if section.has("history") && history.is_empty() {
        section.note(problems, "list_empty", "history", "", "");
    }
    for key in FILES.iter().filter(|key| section.texts(key, &mut Problems::default()).contains(&"")) {
        section.note(problems, "cell_empty", key, "", "");
    }
    for (place, file) in history.iter().enumerate().filter(|(place, file)| history[..*place].iter().any(|other| is_one_file(other, file))) {
        section.note(problems, "listed_twice", "history", place + 1, file);
    }
    let owned = |texts: Vec<&str>| texts.into_iter().filter(|text| !text.is_empty()).map(str::to_owned).collect();
    let file = |key, problems: &mut Problems| section.text(key, problems).filter(|text| !text.is_empty()).map(str::to_owned);
    let named =
        FILES.iter().flat_map(|key| section.texts(key, &mut Problems::default()).into_iter().map(|file| (file, section.line_of(key))));
    let files = Files {
        lines: named.map(|(file, line)| (file.to_owned(), line)).collect(),
        history: owned(history),
        agents: file("agents", problems),
        absences: file("absences", problems),
        shifts: file("shifts", problems),
        promotions: file("promotions", problems),
        day_curves: file("day_curves", problems),
        calendar: owned(section.texts("calendar", problems)),
        previous_roster: file("previous_roster", problems),
        drivers: file("drivers", problems),
        overrides: file("overrides", problems),
        pins: file("pins", problems),
        accounts: file("accounts", problems),
        requests: file("requests", problems),
    };
    section.finish(problems);
    files
}

fn sites(sections: &[Section], desk: Result<&Zone, bool>, problems: &mut Problems) -> Vec<Site> {
    let mut sites: Vec<(usize, Site)> = Vec::new();
    for section in sections {
        let site = site(section, desk, problems);
        section.finish(problems);
        let Some(site) = site else { continue };
        match sites.iter().find(|(_, known)| known.id == site.id) {
            Some((line, _)) => section.note(problems, "twice", "id", &site.id, line),
            None => sites.push((section.line, site)),
        }
    }
    sites.into_iter().map(|(_, site)| site).collect()
}

fn contracts(sections: &[Section], problems: &mut Problems) -> Vec<Contract> {
    let mut contracts: Vec<Contract> = Vec::new();
    for section in sections {
        let before = problems.len();
        section.require("id", problems);
        let id = section.identifier("id", problems).map(str::to_owned);
        let (balance, standard) = balance(section, problems);
        let least_on_shift = section.whole("least_on_shift", 1.0..=1e4, problems).unwrap_or(1) as u32;
        let mut hours = |key, standard: f64, most: f64| {
            let hours = section.number(key, 0.0..=most, problems).unwrap_or(standard);
            Hours::new(hours).unwrap_or_default()
        };
        let regular = hours("regular_hours_week", 40.0, 168.0);
        let contract = Contract {
            paid_hours_week: hours("paid_hours_week", regular.get(), 168.0),
            most_hours_week: hours("most_hours_week", regular.get(), 168.0),
            most_hours_day: hours("most_hours_day", 11.0, 24.0),
            regular_hours_balance: hours("regular_hours_balance", standard * regular.get() / 40.0, 2300.0),
            balance,
            least_on_shift,
            regular_hours_week: regular,
            part_time: section.yes("part_time", problems).unwrap_or(false),
            id: id.clone().unwrap_or_default(),
        };
        let is_sound = problems.len() == before;
        if is_sound && contract.paid_hours_week > contract.most_hours_week {
            let (paid, most) = (contract.paid_hours_week, contract.most_hours_week);
            section.note(problems, "contract_impossible", "paid_hours_week", paid, most);
        }
        section.finish(problems);
        if id.is_none() {
            continue;
        }
        if contracts.iter().any(|known| known.id == contract.id) {
            section.note(problems, "twice", "id", &contract.id, section.line);
        } else {
            contracts.push(contract);
        }
    }
    contracts
}

/// Over what hours balance, and the hours of it that a contract of 40 hours a week has by the law's count: 250 working days a year.
fn balance(section: &Section, problems: &mut Problems) -> (Balance, f64) {
    match section.text("balance", problems).unwrap_or("week") {
        "week" => (Balance::Week, 40.0),
        "month" => (Balance::Month, 250.0 * 8.0 / 12.0),
        "quarter" => (Balance::Quarter, 250.0 * 8.0 / 4.0),
        word => {
            section.note(problems, "unknown_word", "balance", word, "week, month, quarter");
            (Balance::Week, 40.0)
        }
    }
}

fn activities(sections: &[Section], contracts: &Names, problems: &mut Problems) -> Vec<Activity> {
    let mut activities: Vec<(usize, Activity)> = Vec::new();
    for section in sections {
        let activity = activity(section, contracts, problems);
        section.finish(problems);
        let Some(activity) = activity else { continue };
        match activities.iter().find(|(_, known)| known.id == activity.id) {
            Some((line, _)) => section.note(problems, "twice", "id", &activity.id, line),
            None => activities.push((section.line, activity)),
        }
    }
    activities.into_iter().map(|(_, activity)| activity).collect()
}

fn presences(sections: &[Section], names: &PlanNames, problems: &mut Problems) -> Vec<Presence> {
    if let Some(section) = sections.get(MOST_PRESENCES) {
        section.note(problems, "too_many", "presence", sections.len(), MOST_PRESENCES);
    }
    let mut presences: Vec<(usize, Presence)> = Vec::new();
    for section in sections {
        let presence = presence(section, problems);
        section.finish(problems);
        let Some(presence) = presence else { continue };
        for skill in presence.skills.iter().filter(|skill| names.queues.lack(skill.as_str())) {
            section.note(problems, "unknown_queue", "skills", skill, names.queues.listed());
        }
        for name in presence.contracts.iter().filter(|name| names.contracts.lack(name)) {
            section.note(problems, "unknown_contract", "contracts", name, names.contracts.listed());
        }
        match presences.iter().find(|(_, known)| known.id == presence.id) {
            Some((line, _)) => section.note(problems, "twice", "id", &presence.id, line),
            None => presences.push((section.line, presence)),
        }
    }
    presences.into_iter().map(|(_, presence)| presence).collect()
}

/// What decides between equals and no more: the price of a shift that is not the one somebody likes best.
const OTHER_SHIFT: f64 = 1.0;
/// The price of an hour that somebody is not at work with whom she should be.
const APART_HOUR: f64 = 10.0;
/// The price of one more burden for somebody who has had one more of its kind than others.
const UNFAIR_SHIFT: f64 = 5.0;

/// The section on costs.
struct Costs {
    pay: Pay,
    shortage: Vec<(Share, Money)>,
    refused_day_off: Money,
    refused_shift: Money,
    apart_hour: Money,
    changed_day: Money,
    other_shift: Money,
    unfair_shift: Money,
    unpaid_absences: Vec<String>,
}

fn costs(section: &Section, problems: &mut Problems) -> Costs {
    let money = |amount: f64| Money::new(amount).unwrap_or_default();
    let regular = section.number("pay_per_hour", ANY, problems).unwrap_or(30.0);
    let senior = section.number("senior_pay_per_hour", ANY, problems).unwrap_or(regular);
    let new = section.number("new_pay_per_hour", ANY, problems).unwrap_or(regular);
    let before = problems.len();
    let prices = section.numbers("shortage_per_hour", ANY, problems).unwrap_or_else(|| vec![60.0, 150.0, 360.0]);
    let steps = section.numbers("shortage_steps", SHARE, problems).unwrap_or_else(|| vec![0.10, 0.15]);
    if problems.len() == before && prices.len() != steps.len() + 1 {
        section.note(problems, "target_count", "shortage_per_hour", steps.len() + 1, prices.len());
    }
    if prices.windows(2).any(|pair| pair[1] < pair[0]) {
        section.note(problems, "out_of_range", "shortage_per_hour", format!("{prices:?}"), "rising prices");
    }
    let refused = section.number("refused_day_off", ANY, problems).unwrap_or(100.0);
    let refused_shift = section.number("refused_shift", ANY, problems).unwrap_or(regular);
    let apart = section.number("apart_per_hour", ANY, problems).unwrap_or(APART_HOUR);
    let changed = section.number("changed_day", ANY, problems).unwrap_or(regular);
    let other = section.number("other_shift", ANY, problems).unwrap_or(OTHER_SHIFT);
    let unfair = section.number("unfair_shift", ANY, problems).unwrap_or(UNFAIR_SHIFT);
    let states_unpaid = section.keys().contains(&"unpaid_absences");
    let unpaid: Vec<String> = section.texts("unpaid_absences", problems).into_iter().map(str::to_owned).collect();
    section.finish(problems);
    let rest = (1.0 - steps.iter().sum::<f64>()).max(0.0);
    let shares = steps.into_iter().chain([rest]).map(|share| Share::new(share).unwrap_or_default());
    let pay = Pay { new: money(new), regular: money(regular), senior: money(senior) };
    let shortage = shares.zip(prices.into_iter().map(money)).collect();
    Costs {
        pay,
        shortage,
        refused_day_off: money(refused),
        refused_shift: money(refused_shift),
        apart_hour: money(apart),
        changed_day: money(changed),
        other_shift: money(other),
        unfair_shift: money(unfair),
        unpaid_absences: if states_unpaid { unpaid } else { UNPAID.map(str::to_owned).to_vec() },
    }
}

/// Kinds of absence that are not paid unless the plan says which are.
const UNPAID: [&str; 5] = ["unpaid", "unpaid leave", "unpaid_leave", "事假", "无薪假"];

/// Rule packs: data, one file a law.
const PACKS: [(&str, &str); 1] = [("cn", include_str!("packs/cn.toml"))];

/// The month in which a year's holidays are published, by the plan's own rules or their pack.
fn published_month(section: &Section, problems: &mut Problems) -> Option<u32> {
    const KEY: &str = "holidays_published_month";
    const MONTHS: std::ops::RangeInclusive<f64> = 1.0..=12.0;
    let pack_name = section.text("pack", &mut Problems::default()).unwrap_or(PACKS[0].0);
    let pack = PACKS.iter().find(|(name, _)| *name == pack_name).map_or("", |(_, text)| *text);
    let of_pack = || Document::parse("rule pack", pack, &mut Problems::default()).root().number(KEY, MONTHS, &mut Problems::default());
    section.number(KEY, MONTHS, problems).or_else(of_pack).map(|month| month as u32)
}

fn rules(section: &Section, problems: &mut Problems) -> (Rules, Factor, Factor, Vec<NaiveDate>) {
    let pack_name = section.text("pack", problems).unwrap_or("cn");
    let pack_text = PACKS.iter().find(|(name, _)| *name == pack_name).map(|(_, text)| *text);
    if pack_text.is_none() {
        section.note(problems, "unknown_pack", "pack", pack_name, PACKS.map(|(name, _)| name).join(", "));
    }
    let pack_document = Document::parse("rule pack", pack_text.unwrap_or(PACKS[0].1), problems);
    let pack = pack_document.root();
    let mut number =
        |key, most| section.number(key, 0.0..=most, problems).or_else(|| pack.number(key, ANY, &mut Problems::default())).unwrap_or(most);
    let (rest, regular_day) = (number("rest_hours", 24.0), number("regular_hours_day", 24.0));
    let (overtime, rest_day) = (number("overtime_rate", 10.0), number("rest_day_rate", 10.0));
    let mut whole = |key, range: std::ops::RangeInclusive<f64>| {
        let most = *range.end();
        section.whole(key, range, problems).or_else(|| pack.whole(key, ANY, &mut Problems::default())).map_or(most, |number| number as f64)
    };
    // with seven rest days a week, or none running, nobody would ever work
    let (running, lates, rest_days) =
        (whole("most_days_running", 1.0..=31.0), whole("most_late_shifts_week", 0.0..=7.0), whole("rest_days_week", 0.0..=6.0));
    let late_after = section.clock("late_after", problems).or_else(|| pack.clock("late_after", problems)).unwrap_or(ClockTime::DAY_END);
    let weekend = section.yes("weekend_day_off_in_two_weeks", problems).or_else(|| pack.yes("weekend_day_off_in_two_weeks", problems));
    let nights = section.whole("most_nights_week", 0.0..=7.0, problems).unwrap_or(u64::from(NO_LIMIT));
    let free_weekends = section.whole("free_weekends_in_four", 0.0..=3.0, problems).unwrap_or(0);
    let overtime_month = section.number("most_overtime_month", 0.0..=744.0, problems);
    let overtime_month = overtime_month.or_else(|| pack.number("most_overtime_month", ANY, &mut Problems::default()));
    let start_change = section.number("most_start_change_hours", 0.0..=24.0, problems);
    let forbidden_successions = successions(section, problems);
    let two_days_off = section.yes("two_days_off_running", problems);
    let mut share = |key| section.number(key, SHARE, problems).map(|share| Share::new(share).unwrap_or_default());
    let (mentor_share, leader_share) = (share("mentor_share"), share("leader_share"));
    let promotion_days = section.dates("promotion_days", problems);
    let notice = section.number("notice_hours", 0.0..=MOST_NOTICE, problems);
    let leave_freeze = section.dates("leave_freeze", problems);
    section.finish(problems);
    let factor = |value: f64| Factor::new(value).unwrap_or(Factor::ONE);
    let hours = |value: f64| Hours::new(value).unwrap_or_default();
    let rules = Rules {
        rest: hours(rest),
        most_days_running: running as u32,
        most_late_shifts_week: lates as u32,
        late_after,
        rest_days_week: rest_days as u32,
        weekend_day_off_in_two_weeks: weekend.unwrap_or(false),
        free_weekends_in_four: free_weekends as u32,
        regular_hours_day: hours(regular_day),
        most_nights_week: nights as u32,
        most_overtime_month: overtime_month.map(hours),
        most_start_change: start_change.map(hours),
        forbidden_successions,
        two_days_off_running: two_days_off.unwrap_or(false),
        mentor_share,
        leader_share,
        promotion_days,
        notice: notice.map(hours).unwrap_or_default(),
    };
    (rules, factor(overtime), factor(rest_day), leave_freeze)
}

/// Pairs such as `L>E`.
fn successions(section: &Section, problems: &mut Problems) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for text in section.texts("forbidden_successions", problems) {
        match text.split_once('>').map(|(first, second)| (first.trim(), second.trim())) {
            Some((first, second)) if !first.is_empty() && !second.is_empty() => pairs.push((first.to_owned(), second.to_owned())),
            _ => section.note(problems, "not_a_succession", "forbidden_successions", text, "L>E"),
        }
    }
    pairs
}

fn shrinkage(section: &Section, problems: &mut Problems) -> Shrinkage {
    let causes = section.keys().into_iter().filter_map(|name| {
        let share = section.number(name, 0.0..=0.95, problems)?;
        Some(Cause { name: name.to_owned(), share: Share::new(share).unwrap_or_default() })
    });
    Shrinkage(causes.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `queue.open`, `queue.close` of the page on formats, each row's later keys without their section.
    #[test]
    fn every_key_that_the_page_on_formats_names_is_known_to_its_section() {
        let page = include_str!("../../docs/file_formats.md");
        let rows = page.lines().skip_while(|line| !line.starts_with("## plan.toml")).take_while(|line| !line.starts_with("## Tables in"));
        let mut number = 0;
        for row in rows.filter(|row| row.starts_with("| `")) {
            let keys = row.split('|').nth(1).unwrap_or_default();
            let mut section = "";
            for key in keys.split('`').skip(1).step_by(2) {
                let (of, key) = key.split_once('.').unwrap_or((section, key));
                section = of;
                let key = key.split('.').next().unwrap_or_default();
                number += 1;
                let knows = known_keys()[of].contains(key);
                // the rest of a nested key's row are its neighbours
                let is_nested = row.contains(".targets.");
                assert!(knows || is_nested || of == "shrinkage", "{of}.{key}");
            }
        }
        assert!(number > 100, "{number}");
    }
}
