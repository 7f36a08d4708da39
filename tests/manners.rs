//! Considerate repair, over random teams in random weeks: absent people are asked for nothing else, begun shifts stay, notice is kept, and
//! an edit changes only itself and what rules force.

#[path = "support/published_team.rs"]
mod published_team;

use chrono::TimeDelta;
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::{Asked, Inputs, Limits, Published};
use peakshift::report::{mended_files, roster};
use peakshift::roster::{Assignment, Offer, Reason, Roster, RosterProblem, TimeAccount, check, coverage, missing, pay, with_shift};
use peakshift::time::{ClockTime, read_date};
use peakshift::workforce::{Absence, AgentId, Pin};
use published_team::{Team, WEEK, of, shift_on, start};
use rand::RngExt;
use std::collections::BTreeSet;
use std::fs;

#[test]
fn a_roster_with_nothing_asked_stays_as_it_is_to_the_byte() {
    for seed in 0..8 {
        let mut team = Team::new(seed, "");
        let from = if seed % 2 == 0 { start() } else { team.any_moment() };
        let matrix = team.matrix(&[]);
        for (matrix, asked) in [(None, Asked::Holes), (Some(matrix.as_str()), Asked::Edits)] {
            let (_, mended) = team.mended(None, matrix, asked, from);
            assert_eq!(mended.repaired.changes, []);
            let again = roster(&mended.problem, &mended.repaired.solved.roster).csv();
            assert_eq!(again, fs::read(team.path("out/roster.csv")).unwrap());
            assert!(mended.asks.is_empty() && mended.unkept.is_empty());
        }
    }
}

#[test]
fn whoever_is_ill_is_not_asked_again_and_nobody_is_without_notice() {
    let mut filled = 0;
    for seed in 0..24 {
        let notice = [0, 0, 10, 24][seed as usize % 4];
        let mut team = Team::new(seed, &format!("notice_hours = {notice}"));
        let duty = team.any_duty();
        // sick for the day, from the middle of the shift on, or for days
        let (first, last) = match seed % 3 {
            0 => (duty.date.to_string(), duty.date.to_string()),
            1 => (format!("{}T{}", duty.date, (duty.start + TimeDelta::hours(4)).format("%H:%M")), duty.date.to_string()),
            _ => (duty.date.to_string(), (duty.date + chrono::Days::new(1)).to_string()),
        };
        // now, or some time before
        let at = if team.random.random_bool(0.5) { duty.start + TimeDelta::hours(2) } else { team.any_moment().min(duty.start) };
        let at = at.min(ClockTime::MIDNIGHT.on(duty.date) + TimeDelta::hours(23));
        let sick = format!("agent_id,start,end,kind\n{},{first},{last},sick\n", duty.agent);
        let (inputs, mended) = team.mended(Some(&sick), None, Asked::Holes, at);
        let (before, after) = (&team.made, &mended.repaired.solved.roster);

        let missed: Vec<&Assignment> = of(before, &duty.agent).into_iter().filter(|duty| inputs.is_away(duty)).collect();
        assert!(!missed.is_empty());
        let kept: Vec<&Assignment> = of(before, &duty.agent).into_iter().filter(|duty| !inputs.is_away(duty)).collect();
        assert_eq!(of(after, &duty.agent), kept, "of her shifts those stand that she can work, and no other is given");

        for change in mended.repaired.changes.iter().filter(|change| change.agent != duty.agent) {
            for code in change.before.iter().chain(&change.after) {
                let shift = team.problem.shifts.iter().find(|shift| shift.id == *code).unwrap();
                let begins = shift.start_on(change.date);
                assert!(begins >= at + TimeDelta::hours(notice), "{change:?} at {at} with notice of {notice} h");
            }
            filled += usize::from(change.reason == Reason::Covers);
        }

        // the person's hours count as worked: account, pay and guarantee are as before
        let person = mended.problem.people.iter().find(|person| person.employee.id == duty.agent).unwrap();
        let well = team.problem.people.iter().find(|person| person.employee.id == duty.agent).unwrap();
        let (then, now) =
            (TimeAccount::after(&team.problem, well, &of(before, &duty.agent)), TimeAccount::after(&mended.problem, person, &kept));
        // under a longer averaging period a rest day away counts as leave; a full week leaves no room for it
        let sick_days = (0..if seed % 3 == 2 { 2 } else { 1 }).map(|day| duty.date + chrono::Days::new(day));
        let rest_days =
            sick_days.filter(|date| *date <= read_date(WEEK[6]).unwrap() && !of(before, &duty.agent).iter().any(|duty| duty.date == *date));
        let leave = if now.balance.is_some() { 8.0 * rest_days.count() as f64 } else { 0.0 };
        assert_eq!((then.overtime, then.balance_hours.get() + leave), (now.overtime, now.balance_hours.get()));
        let (paid, still) = (pay(&team.problem, well, &of(before, &duty.agent)).get(), pay(&mended.problem, person, &kept).get());
        assert!((paid + leave * 30.0 - still).abs() < 1e-6, "{paid} {still}");
        let hers: Vec<_> = mended.repaired.changes.iter().filter(|change| change.agent == duty.agent).collect();
        assert!(hers.iter().all(|change| change.reason == Reason::Away && change.after.is_none()));
        assert!(hers[0].pay_change.is_some_and(|change| (change.get() - leave * 30.0).abs() < 1e-6), "{hers:?}");
    }
    assert!(filled > 5, "holes are filled where that is worth it: {filled}");
}

#[test]
fn what_is_moved_for_a_hole_is_needed_for_it() {
    let mut moved = 0;
    for seed in 100..124 {
        let mut team = Team::new(seed, "");
        let duty = team.any_duty();
        let sick = format!("agent_id,start,end,kind\n{},{},{},sick\n", duty.agent, duty.date, duty.date);
        let (_, mended) = team.mended(Some(&sick), None, Asked::Holes, start());
        let short = |roster: &Roster| missing(&coverage(&mended.problem, roster), mended.problem.grid.interval()).1.get();
        let after = &mended.repaired.solved.roster;
        // a preceding night extends into the day too
        let missed = |of: &Assignment| {
            mended
                .repaired
                .changes
                .iter()
                .any(|change| change.reason == Reason::Away && (change.date, &change.agent) == (of.date, &of.agent))
        };
        let hole = Roster { assignments: team.made.assignments.iter().filter(|of| !missed(of)).cloned().collect() };
        assert!(short(after) <= short(&hole) + 1e-6, "seed {seed}: a hole never grows");
        let people: BTreeSet<&AgentId> =
            mended.repaired.changes.iter().map(|change| &change.agent).filter(|agent| **agent != duty.agent).collect();
        for agent in people {
            let others = after.assignments.iter().filter(|other| other.agent != *agent);
            let back = Roster { assignments: others.chain(of(&team.made, agent)).cloned().collect() };
            assert!(short(&back) > short(after) + 1e-6, "seed {seed}: without the changes of {agent} no more would be missing");
            moved += 1;
        }
    }
    assert!(moved > 3, "{moved}");
}

/// Fewest further days of a person that must change for an edit, by enumeration of the days freed.
fn fewest_freed(problem: &RosterProblem, before: &Roster, edit: &Pin) -> usize {
    let person = problem.people.iter().find(|person| person.employee.id == edit.agent).unwrap();
    let others: Vec<&Assignment> = of(before, &edit.agent).into_iter().filter(|duty| duty.date != edit.date).collect();
    let edited = edit.shift.as_ref().map(|code| with_shift(problem, person, problem.shift_of(person, edit.date, code).unwrap(), edit.date));
    let is_legal = |freed: u32| {
        let stays = others.iter().enumerate().filter(|(place, _)| freed >> place & 1 == 0).map(|(_, duty)| (*duty).clone());
        check(problem, &Roster { assignments: stays.chain(edited.clone()).collect() }).is_empty()
    };
    (0..1_u32 << others.len()).filter(|freed| is_legal(*freed)).map(u32::count_ones).min().unwrap() as usize
}

#[test]
fn an_edit_changes_itself_and_as_little_as_rules_force() {
    let (mut free, mut forced, mut asked) = (0, 0, 0);
    for seed in 200..216 {
        let mut team = Team::new(seed, "");
        for _ in 0..6 {
            let agent = team.problem.people[team.random.random_range(0..team.problem.people.len())].employee.id.clone();
            let date = read_date(WEEK[team.random.random_range(0..7)]).unwrap();
            let shift = [None, Some("E"), Some("L"), Some("M"), Some("N")][team.random.random_range(0..5)];
            if shift == shift_on(&team.made, &agent, date) {
                continue;
            }
            let edit = Pin { agent: agent.clone(), date, shift: shift.map(str::to_owned) };
            let matrix = team.matrix(std::slice::from_ref(&edit));
            let (_, mended) = team.mended(None, Some(&matrix), Asked::Edits, start());
            let after = &mended.repaired.solved.roster;
            assert_eq!(shift_on(after, &agent, date), shift);
            let changes = &mended.repaired.changes;
            assert!(changes.iter().all(|change| change.agent == agent), "nobody else moves: {changes:?}");
            let least = fewest_freed(&team.problem, &team.made, &edit);
            assert!(changes.len() - 1 <= least, "seed {seed}: {changes:?} where {least} further are enough");
            assert!(changes.iter().all(|change| change.reason == if change.date == date { Reason::Pinned } else { Reason::Forced }));
            (free, forced) = (free + usize::from(least == 0), forced + usize::from(least > 0));
            let short = |roster: &Roster| missing(&coverage(&mended.problem, roster), mended.problem.grid.interval()).0;
            asked += usize::from(!mended.asks.is_empty());
            assert!(mended.asks.is_empty() || short(after) > short(&team.made), "offers are for what is missing now");
        }
    }
    assert!(free > 10 && forced > 3 && asked > 3, "{free} {forced} {asked}");
}

#[test]
fn an_edit_never_moves_what_has_begun_and_is_named_where_it_would_have_to() {
    let team = Team::new(3, "");
    // somebody on a night that has begun cannot also come in the morning
    let (agent, date) = (AgentId::new("A0"), read_date(WEEK[2]).unwrap());
    let person = team.problem.people.iter().find(|person| person.employee.id == agent).unwrap();
    let shift = |code: &str, date| with_shift(&team.problem, person, team.problem.shift_of(person, date, code).unwrap(), date);
    let others = team.made.assignments.iter().filter(|duty| duty.agent != agent).cloned();
    let published = Published { roster: Roster { assignments: others.chain([shift("N", date)]).collect() }, ..Published::default() };
    let pins = vec![Pin { agent: agent.clone(), date: date.succ_opt().unwrap(), shift: Some("E".into()) }];
    let inputs = Inputs { pins: pins.clone(), ..team.inputs.clone() };
    let at = ClockTime::MIDNIGHT.on(date.succ_opt().unwrap()) + TimeDelta::hours(1);
    let mended = team.mend(&inputs, &published, Asked::Edits, at);
    assert_eq!((mended.unkept, mended.repaired.changes), (pins, vec![]));
    // before it begins, the night gives way
    let mended = team.mend(&inputs, &published, Asked::Edits, at - TimeDelta::hours(4));
    assert_eq!(mended.unkept, []);
    assert_eq!(mended.repaired.changes.iter().map(|change| change.reason).collect::<Vec<_>>(), [Reason::Forced, Reason::Pinned]);
}

#[test]
fn edits_that_contradict_one_another_or_an_absence_are_named_with_the_rule() {
    let team = Team::new(5, "");
    let agent = AgentId::new("A1");
    let pin = |day: usize, shift: &str| Pin { agent: agent.clone(), date: read_date(WEEK[day]).unwrap(), shift: Some(shift.into()) };
    let refused = |edits: &[Pin], absences: Vec<Absence>| {
        let mut inputs = Inputs { absences, ..team.inputs.clone() };
        fs::write(team.path("edited.csv"), team.matrix(edits)).unwrap();
        let (_, problems) = Folder::read_mending(&team.path("out/roster.csv"), None, Some(&team.path("edited.csv")), &mut inputs);
        problems.iter().map(|problem| (problem.code, problem.line, problem.column.clone(), problem.expected.clone())).collect::<Vec<_>>()
    };
    let of_rule = |day: usize, rule: &str| vec![("edit_illegal", Some(3), WEEK[day].to_owned(), rule.to_owned())];
    let free = |day: usize| shift_on(&team.made, &agent, read_date(WEEK[day]).unwrap()).is_none_or(|code| code != "N" && code != "E");
    let day = (0..6).find(|&day| free(day) && free(day + 1)).unwrap();
    assert_eq!(refused(&[pin(day, "N"), pin(day + 1, "E")], Vec::new()), of_rule(day + 1, "rest"));
    let away = Absence {
        agent: agent.clone(),
        start: ClockTime::MIDNIGHT.on(read_date(WEEK[day]).unwrap()),
        end: ClockTime::DAY_END.on(read_date(WEEK[day]).unwrap()),
        kind: "leave".into(),
    };
    assert_eq!(refused(&[pin(day, "E")], vec![away]), of_rule(day, "absent"));
}

#[test]
fn whoever_an_earlier_repair_excused_is_not_put_back_to_work() {
    for seed in 20..26 {
        let mut team = Team::new(seed, "");
        let (first, second) = (team.any_duty(), team.any_duty());
        let sick = |duty: &Assignment| format!("agent_id,start,end,kind\n{},{},{},sick\n", duty.agent, duty.date, duty.date);
        let (inputs, mended) = team.mended(Some(&sick(&first)), None, Asked::Holes, start());
        let out = team.path("again");
        mended_files(&inputs, &team.requirements, &mended, Lang::En).into_output(&out).write().unwrap();
        // another sick call; all may be moved
        fs::write(team.path("second.csv"), sick(&second)).unwrap();
        let mut later = team.inputs.clone();
        let (published, problems) = Folder::read_mending(&out.join("roster.csv"), Some(&team.path("second.csv")), None, &mut later);
        assert!(!problems.has_errors(), "{problems:?}");
        let again = team.mend(&later, &published, Asked::Anything, start());
        assert_eq!(shift_on(&again.repaired.solved.roster, &first.agent, first.date), None, "seed {seed}");
        // and putting the person back by hand breaks a rule
        let person = again.problem.people.iter().find(|person| person.employee.id == first.agent).unwrap();
        let shift = team.problem.shift_of(person, first.date, &first.shift).unwrap();
        let back = Roster { assignments: vec![with_shift(&again.problem, person, shift, first.date)] };
        assert!(check(&again.problem, &back).iter().any(|violation| violation.rule == "absent"));
    }
}

#[test]
fn nobody_is_asked_on_a_day_that_a_planner_has_given_off() {
    for seed in 30..40 {
        let mut team = Team::new(seed, "");
        let duty = team.any_duty();
        let off = Pin { agent: duty.agent.clone(), date: duty.date, shift: None };
        let (_, mended) = team.mended(None, Some(&team.matrix(&[off])), Asked::Edits, start());
        let asked = |offer: &Offer| (&offer.agent, offer.from.date()) == (&duty.agent, duty.date);
        let of_hers: Vec<&Offer> = mended.asks.iter().filter(|offer| asked(offer)).collect();
        assert!(of_hers.is_empty(), "seed {seed}: {of_hers:?}");
    }
}

#[test]
fn a_days_column_is_known_however_a_spreadsheet_writes_it_and_another_is_named() {
    let team = Team::new(3, "");
    let duty = team.made.assignments[0].clone();
    let edit = Pin { agent: duty.agent.clone(), date: duty.date, shift: None };
    let matrix = team.matrix(std::slice::from_ref(&edit));
    let read = |form: &str| {
        let mut inputs = team.inputs.clone();
        fs::write(team.path("days.csv"), matrix.replacen(&duty.date.to_string(), &duty.date.format(form).to_string(), 1)).unwrap();
        let (_, problems) = Folder::read_mending(&team.path("out/roster.csv"), None, Some(&team.path("days.csv")), &mut inputs);
        let codes: Vec<_> = problems.iter().map(|problem| (problem.code, problem.line)).collect();
        (codes, inputs.pins.contains(&edit))
    };
    for form in ["%m-%d %a", "%-d-%b", "%-m月%-d日", "%Y/%-m/%-d", "%m/%d/%Y", "%Y年%-m月%-d日"] {
        assert_eq!(read(form), (vec![], true), "{form}");
    }
    for form in ["%a", "13-45", "2025-%m-%d", "%d.%m."] {
        assert_eq!(read(form), (vec![("matrix_other_day", Some(1))], false), "{form}");
    }
}

#[test]
fn an_absence_the_plan_knows_is_no_news_and_one_on_a_day_off_moves_nobody() {
    let team = Team::new(8, "");
    let free = team.problem.people.iter().find_map(|person| {
        let agent = &person.employee.id;
        let date = team.problem.horizon.dates().find(|date| {
            shift_on(&team.made, agent, *date).is_none() && shift_on(&team.made, agent, date.pred_opt().unwrap()) != Some("N")
        })?;
        Some((agent.clone(), date))
    });
    let (agent, date) = free.unwrap();
    let sick = format!("agent_id,start,end,kind\n{agent},{date},{date},sick\n");
    let (_, mended) = team.mended(Some(&sick), None, Asked::Holes, start());
    assert_eq!(mended.repaired.changes, []);
    let mut inputs = team.inputs.clone();
    let known =
        Absence { agent: agent.clone(), start: ClockTime::MIDNIGHT.on(date), end: ClockTime::DAY_END.on(date), kind: "leave".into() };
    let called_in =
        |inputs: &mut Inputs| Folder::read_mending(&team.path("out/roster.csv"), Some(&team.path("sick.csv")), None, inputs).0.called_in;
    assert_eq!(called_in(&mut inputs.clone()), BTreeSet::from([agent]));
    inputs.absences.push(known);
    assert_eq!(called_in(&mut inputs), BTreeSet::new());
}

#[test]
fn edits_are_kept_whatever_the_limits_and_the_first_day_and_limits_count_what_the_repair_changes() {
    let (mut within, mut moved) = (0, 0);
    for seed in 40..52 {
        let mut team = Team::new(seed, "");
        let duty = team.any_duty();
        let edit = Pin { agent: duty.agent.clone(), date: duty.date, shift: None };
        fs::write(team.path("edited.csv"), team.matrix(std::slice::from_ref(&edit))).unwrap();
        let mut inputs = team.inputs.clone();
        let (published, _) = Folder::read_mending(&team.path("out/roster.csv"), None, Some(&team.path("edited.csv")), &mut inputs);
        let last = ClockTime::MIDNIGHT.on(read_date(WEEK[6]).unwrap());
        for (most_changes, most_people, from) in
            [(Some(0), None, start()), (None, Some(0), start()), (Some(2), None, start()), (Some(3), Some(1), start()), (None, None, last)]
        {
            let limits = Limits { asked: Asked::Anything, from, most_changes, most_people };
            let mended = team.mend_within(&inputs, &published, &limits);
            assert_eq!(shift_on(&mended.repaired.solved.roster, &edit.agent, edit.date), None, "seed {seed}, {limits:?}: the edit is kept");
            let own: Vec<_> = mended.repaired.changes.iter().filter(|of| (&of.agent, of.date) != (&edit.agent, edit.date)).collect();
            let people: BTreeSet<_> = own.iter().map(|change| &change.agent).collect();
            let keeps = own.len() <= most_changes.unwrap_or(usize::MAX) && people.len() <= most_people.unwrap_or(usize::MAX);
            assert!(keeps, "seed {seed}, {limits:?}: {own:?}");
            assert!(own.iter().all(|change| change.date >= from.date()), "seed {seed}: days before the first stay: {own:?}");
            within += usize::from(most_changes.is_some_and(|most| most > 0) && own.len() == most_changes.unwrap_or(0));
            moved += own.len();
        }
    }
    assert!(moved > 8 && within > 1, "limits leave room for as many changes as they say: {moved} {within}");
}
