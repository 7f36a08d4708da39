//! One table in the many formats of planners' programs: each is read identically, or reported as ambiguous.

#[path = "support/valid_folder.rs"]
mod valid_folder;

use csv::{ReaderBuilder, WriterBuilder};
use peakshift::input::{Folder, Problem};
use peakshift::plan::Inputs;
use std::fs;
use std::path::Path;
use valid_folder::{TABLES, valid_folder};

type Rows = Vec<Vec<String>>;
/// Conversion of a text to another format.
type Form<'a> = &'a dyn Fn(&str) -> String;
/// A column and its possible names.
type Called = (&'static str, &'static [&'static str]);
/// Size of a unit, and its names.
type Unit = (f64, &'static [&'static str]);

fn rows_of(folder: &Path, file: &str) -> Rows {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_path(folder.join(file)).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn text_of(rows: &Rows, separator: u8) -> String {
    let mut writer = WriterBuilder::new().flexible(true).delimiter(separator).from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Result of reading, and the new problems of one file.
fn reading(folder: &Path, file: &str, text: &str, before: &[Problem]) -> (Option<Inputs>, Vec<Problem>) {
    let path = folder.join(file);
    let kept = fs::read(&path).unwrap();
    fs::write(&path, text).unwrap();
    let reading = Folder::named(folder).read();
    fs::write(&path, kept).unwrap();
    let is_new = |problem: &&Problem| !before.iter().any(|old| old.code == problem.code && old.file == problem.file);
    (reading.inputs, reading.problems.iter().filter(is_new).cloned().collect())
}

/// A folder of valid files, its inputs and its problems.
fn sound() -> (tempfile::TempDir, String, Vec<Problem>) {
    let folder = valid_folder();
    let reading = Folder::named(folder.path()).read();
    let inputs = format!("{:?}", reading.inputs.unwrap());
    (folder, inputs, reading.problems.iter().cloned().collect())
}

/// Asserts that a table in another format is read identically and without problems.
fn assert_same(folder: &Path, file: &str, text: &str, expected: &str, before: &[Problem]) {
    let (inputs, told) = reading(folder, file, text, before);
    assert_eq!(told, [], "{file}:\n{text:.600}");
    assert!(inputs.is_some_and(|inputs| format!("{inputs:?}") == expected), "{file}:\n{text:.600}");
}

#[test]
fn a_first_line_that_names_the_separator_is_no_header_and_counts_as_a_line() {
    let (folder, expected, before) = sound();
    for file in TABLES {
        let rows = rows_of(folder.path(), file);
        for separator in *b",;\t|" {
            let (text, mark) = (text_of(&rows, separator), char::from(separator));
            for first in [format!("sep={mark}\n"), format!("\"sep={mark}\"\r\n"), format!("SEP={mark}\n\n")] {
                assert_same(folder.path(), file, &format!("{first}{text}"), &expected, &before);
            }
            assert_same(folder.path(), file, &text, &expected, &before);
        }
        let wrong = format!("sep=;\n{}\u{7}x;\n", text_of(&rows, b';'));
        let (_, told) = reading(folder.path(), file, &wrong, &before);
        let line = wrong.lines().count();
        assert!(told.iter().any(|problem| problem.file == file && problem.line == Some(line)), "{file}: {told:#?}");
    }
}

/// Position of a column by name.
fn place(rows: &Rows, column: &str) -> Option<usize> {
    rows[0].iter().position(|name| name == column)
}

/// Date and clock time of a stamp.
fn halves(stamp: &str) -> (String, String) {
    let (date, clock) = stamp.split_once('T').unwrap_or((stamp, ""));
    (date.to_owned(), clock.to_owned())
}

#[test]
fn a_start_in_two_columns_is_read_as_one() {
    let (folder, expected, before) = sound();
    let minutes = |clock: &str| clock[..2].parse::<u32>().unwrap() * 60 + clock[3..].parse::<u32>().unwrap();
    let written = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let forms: [(&str, Form); 8] = [
        ("clock", &|clock| clock.to_owned()),
        ("seconds", &|clock| format!("{clock}:00")),
        ("range", &|clock| format!("{clock}-{}", written((minutes(clock) + 60) % 1440))),
        ("range in words", &|clock| format!("{clock} 至 {}", written(minutes(clock) + 60))),
        ("wave", &|clock| format!("{clock}～{}", written(minutes(clock) + 60))),
        ("half of the day", &|clock| {
            let (hour, minute) = (minutes(clock) / 60, minutes(clock) % 60);
            format!("{}:{minute:02} {}", if hour % 12 == 0 { 12 } else { hour % 12 }, if hour < 12 { "AM" } else { "PM" })
        }),
        ("wide colon", &|clock| clock.replace(':', "：")),
        ("hours", &|clock| format!("{}时{}分", minutes(clock) / 60, minutes(clock) % 60)),
    ];
    let headers = [
        ("date", "time"),
        ("日期", "时间"),
        ("日期", "时段"),
        ("日期", "开始时间"),
        ("统计日期", "时间段"),
        ("Start Date", "Start Time"),
        ("Date", "Interval"),
    ];
    for (file, column) in [("history.csv", "start"), ("promotions.csv", "start"), ("absences.csv", "start"), ("overrides.csv", "when")] {
        let rows = rows_of(folder.path(), file);
        let at = place(&rows, column).unwrap();
        for (date_header, time_header) in headers {
            for (name, form) in forms {
                for time_first in [false, true] {
                    let mut split: Rows = rows.clone();
                    for (line, row) in split.iter_mut().enumerate() {
                        let (date, clock) = halves(&row[at]);
                        let time = if clock.is_empty() { String::new() } else { form(&clock) };
                        let both = if line == 0 { (date_header.to_owned(), time_header.to_owned()) } else { (date, time) };
                        let (first, second) = if time_first { (both.1, both.0) } else { both };
                        row[at] = first;
                        row.push(second);
                    }
                    let text = text_of(&split, b',');
                    let (inputs, told) = reading(folder.path(), file, &text, &before);
                    assert_eq!(told, [], "{file}: {date_header} and {time_header}, {name}\n{text:.400}");
                    assert!(inputs.is_some_and(|inputs| format!("{inputs:?}") == expected), "{file}: {date_header}, {time_header}, {name}");
                }
            }
        }
    }
}

#[test]
fn an_end_in_two_columns_or_with_its_clock_time_alone_is_read_too() {
    let (folder, _, before) = sound();
    let absences = |text: &str| {
        let (inputs, told) = reading(folder.path(), "absences.csv", text, &before);
        let shown = inputs.map(|inputs| inputs.absences.iter().map(|away| format!("{} {}", away.start, away.end)).collect::<Vec<_>>());
        shown.ok_or_else(|| told.iter().map(|problem| (problem.code, problem.line)).collect::<Vec<_>>())
    };
    let expected = Ok(vec!["2026-12-05 09:00:00 2026-12-06 12:30:00".to_owned()]);
    for text in [
        "工号,开始日期,开始时间,结束日期,结束时间\nA1,2026-12-05,9:00,2026-12-06,12:30\n",
        "agent_id,End Date,End Time,Start Date,Start Time\nA1,2026/12/6,12:30 PM,2026/12/5,9:00 AM\n",
        "工号,开始日期,开始时间,结束日期,结束时间\nA1,2026/12/5 0:00,9:00,2026/12/6 0:00:00,12:30\n",
    ] {
        assert_eq!(absences(text), expected, "{text}");
    }
    let day = Ok(vec!["2026-12-05 09:00:00 2026-12-05 12:30:00".to_owned()]);
    assert_eq!(absences("工号,日期,开始时间,结束时间\nA1,2026-12-05,9:00,12:30\n"), day);
    let whole = Ok(vec!["2026-12-05 00:00:00 2026-12-07 00:00:00".to_owned()]);
    assert_eq!(absences("工号,开始日期,开始时间,结束日期,结束时间\nA1,2026-12-05,-,2026-12-06,\n"), whole);
    assert_eq!(absences("工号,日期,开始时间,结束时间\nA1,2026-12-05,13:00,12:30\n"), Err(vec![("end_before_start", Some(2))]));
}

#[test]
fn half_a_start_is_told_on_its_line() {
    let (folder, _, before) = sound();
    for (time, code) in [
        ("", "cell_empty"),
        ("-", "cell_empty"),
        ("9", "not_a_date"),
        ("25:00", "not_a_date"),
        ("1:00-1:30 PM", "not_a_date"),
        ("10:00-09:00", "not_a_date"),
    ] {
        let text = format!("日期,时段,技能组,咨询人数\n2026-11-02,09:00,phone,4\n2026-11-02,{time},phone,4\n");
        let (_, told) = reading(folder.path(), "history.csv", &text, &before);
        let found: Vec<_> = told.iter().filter(|problem| !problem.is_warning).map(|problem| (problem.code, problem.line)).collect();
        assert_eq!(found, [(code, Some(3))], "{time}");
    }
    let hours = "日期,小时,技能组,咨询人数\n2026-11-02,9,phone,4\n2026-11-02,10,phone,4\n";
    let (inputs, _) = reading(folder.path(), "history.csv", hours, &before);
    let starts: Vec<String> = inputs.unwrap().queues[0].counts.iter().map(|count| count.start.to_string()).collect();
    assert_eq!(starts, ["2026-11-02 09:00:00", "2026-11-02 10:00:00"]);
}

/// A text with all its dates in another format.
fn with_dates(text: &str, form: &str) -> (String, Vec<chrono::NaiveDate>) {
    let (mut written, mut found, mut place) = (String::new(), Vec::new(), 0);
    while place < text.len() {
        let date = text
            .get(place..place + 10)
            .filter(|part| part.starts_with('2'))
            .and_then(|part| chrono::NaiveDate::parse_from_str(part, "%Y-%m-%d").ok());
        if let Some(date) = date {
            written += &date.format(form).to_string();
            found.push(date);
            place += 10;
        } else if let Some(letter) = text[place..].chars().next() {
            written.push(letter);
            place += letter.len_utf8();
        }
    }
    (written, found)
}

#[test]
fn dates_are_read_in_every_order_that_the_table_makes_clear_and_asked_about_in_others() {
    use chrono::Datelike;
    let (folder, expected, before) = sound();
    let (mut read, mut asked) = (0, 0);
    for file in TABLES.into_iter().filter(|file| !["accounts.csv", "day_curves.csv", "shifts.csv"].contains(file)) {
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        for form in ["%Y.%m.%d", "%Y.%-m.%-d", "%Y年%-m月%-d日", "%Y/%-m/%-d"] {
            let (written, dates) = with_dates(&text.replace('T', " "), form);
            if !dates.is_empty() {
                assert_same(folder.path(), file, &written, &expected, &before);
            }
        }
        for form in ["%d.%m.%Y", "%-d.%-m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%-m/%-d/%Y", "%-m/%-d/%y"] {
            let (written, dates) = with_dates(&text.replace('T', " "), form);
            if dates.is_empty() {
                continue;
            }
            // days up to 12 may be months
            if dates.iter().any(|date| date.day() > 12) {
                assert_same(folder.path(), file, &written, &expected, &before);
                read += 1;
            } else {
                let (inputs, told) = reading(folder.path(), file, &written, &before);
                let errors: Vec<_> = told.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect();
                assert!(inputs.is_none() && errors == ["date_order_doubtful"], "{file} {form}: {told:#?}");
                asked += 1;
            }
        }
    }
    assert!(read >= 12 && asked >= 6, "{read} {asked}");
}

#[test]
fn a_table_whose_dates_have_two_orders_is_asked_about_once() {
    let (folder, _, before) = sound();
    let rows = "start,queue,offered\n13.11.2026 9:00,phone,4\n11.14.2026 9:00,phone,4\n11.15.2026 9:00,phone,4\n01.02.2026 9:00,phone,4\n";
    let (_, told) = reading(folder.path(), "history.csv", rows, &before);
    let found: Vec<_> = told.iter().filter(|problem| !problem.is_warning).map(|problem| (problem.code, problem.line)).collect();
    assert_eq!(found, [("date_orders_mixed", Some(3))]);
    let doubtful = "start,queue,offered\n11.11.2026 9:00,phone,4\n01.02.2026 9:00,phone,4\n03.02.2026 9:00,phone,4\n";
    let (_, told) = reading(folder.path(), "history.csv", doubtful, &before);
    let found: Vec<_> = told
        .iter()
        .filter(|problem| !problem.is_warning)
        .map(|problem| (problem.line, problem.value.as_str(), problem.expected.as_str()))
        .collect();
    assert_eq!(found, [(Some(3), "01.02.2026", "2026-02-01, 2026-01-02")]);
}

#[test]
fn a_dash_is_nothing_where_nothing_is_counted_and_asked_about_where_something_is() {
    let (folder, expected, before) = sound();
    let open = ["history.csv", "previous_roster.csv", "day_curves.csv", "drivers.csv"];
    let mut number = 0;
    for file in TABLES.into_iter().filter(|file| !open.contains(file)) {
        let rows = rows_of(folder.path(), file);
        for line in 1..rows.len() {
            for cell in (0..rows[line].len()).filter(|cell| rows[line][*cell].is_empty()) {
                for dash in ["-", "--", "—", "–", "/", "N/A", "n/a"] {
                    let mut written = rows.clone();
                    dash.clone_into(&mut written[line][cell]);
                    let text = text_of(&written, b',');
                    if rows[0][cell] == "value" {
                        let (inputs, told) = reading(folder.path(), file, &text, &before);
                        assert!(inputs.is_none() && told[0].code == "not_a_number" && told[0].line == Some(line + 1), "{dash}: {told:#?}");
                    } else {
                        assert_same(folder.path(), file, &text, &expected, &before);
                        number += 1;
                    }
                }
            }
        }
    }
    assert!(number > 100, "{number}");
    let history = rows_of(folder.path(), "history.csv");
    for place in (0..history[0].len()).filter(|place| !["start", "queue"].contains(&history[0][*place].as_str())) {
        let mut written = history.clone();
        "-".clone_into(&mut written[1][place]);
        let (inputs, told) = reading(folder.path(), "history.csv", &text_of(&written, b','), &before);
        assert!(inputs.is_none() && told[0].code == "not_a_number", "{}: {told:#?}", history[0][place]);
    }
}

#[test]
fn a_row_that_sums_up_others_is_left_out_and_named_wherever_it_stands() {
    let (folder, expected, before) = sound();
    let words = ["合计", "总计", "小计", "合 计", "合计：", "Total", "TOTAL:", "Grand Total", "Sum", "汇总值", "全店平均值", "Subtotal"];
    for file in TABLES {
        let rows = rows_of(folder.path(), file);
        let text = text_of(&rows, b',');
        for word in words {
            for (at_end, is_short, with_numbers) in [(true, false, true), (true, false, false), (false, false, true), (true, true, false)] {
                let width = if is_short { 2.min(rows[0].len()) } else { rows[0].len() };
                let mut sum: Vec<String> =
                    (0..width).map(|place| if with_numbers && place >= 2 { "7".to_owned() } else { String::new() }).collect();
                word.clone_into(&mut sum[0]);
                // sums stand under numbers
                let texts = [
                    "start", "end", "date", "contract", "skills", "shift", "kind", "reason", "author", "wish", "agent_id", "when", "event",
                ];
                let is_text = |place: &usize| *place > 0 && texts.contains(&rows[0][*place].as_str());
                (0..width).filter(is_text).for_each(|place| sum[place].clear());
                let mut written = rows.clone();
                let line = if at_end { rows.len() } else { 1 };
                written.insert(line, sum);
                let (inputs, told) = reading(folder.path(), file, &text_of(&written, b','), &before);
                let found: Vec<_> =
                    told.iter().map(|problem| (problem.code, problem.is_warning, problem.line, problem.file.as_str())).collect();
                assert_eq!(found, [("summary_row", true, Some(line + 1), file)], "{word} {file}\n{text:.300}");
                assert!(inputs.is_some_and(|inputs| format!("{inputs:?}") == expected), "{word} {file}");
            }
        }
    }
}

#[test]
fn what_is_summed_up_by_queue_and_by_day_is_not_counted() {
    let (folder, expected, before) = sound();
    let text = fs::read_to_string(folder.path().join("history.csv")).unwrap();
    for sum in
        ["2026-11-02T09:00,合计,400,1", "2026-11-02,Total,400,1", "2026-11-02 Total,,400,1", "2026/11/2 汇总,phone,400,1", ",Total,400,1"]
    {
        let cells = text.lines().next().unwrap().split(',').count();
        let row: Vec<&str> = sum.split(',').chain(std::iter::repeat("")).take(cells).collect();
        let (inputs, told) = reading(folder.path(), "history.csv", &format!("{text}\n{}\n", row.join(",")), &before);
        assert_eq!(told.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["summary_row"], "{sum}");
        assert!(inputs.is_some_and(|inputs| format!("{inputs:?}") == expected), "{sum}");
    }
}

#[test]
fn a_history_may_name_its_queues_as_people_see_them() {
    let (folder, _, _) = sound();
    let plan = fs::read_to_string(folder.path().join("plan.toml")).unwrap();
    let plan = plan.replace("name = \"Phone\"", "name = \"电话 Hotline\"");
    assert!(plan.contains("电话"));
    fs::write(folder.path().join("plan.toml"), &plan).unwrap();
    let reading_before = Folder::named(folder.path()).read();
    let expected = format!("{:?}", reading_before.inputs.unwrap());
    let before: Vec<Problem> = reading_before.problems.iter().cloned().collect();
    let history = fs::read_to_string(folder.path().join("history.csv")).unwrap();
    for name in ["电话 Hotline", "电话hotline", "电话　HOTLINE", "PHONE", " phone", "ｐｈｏｎｅ"] {
        assert_same(folder.path(), "history.csv", &history.replace(",phone,", &format!(",{name},")), &expected, &before);
    }
    let (_, told) = reading(folder.path(), "history.csv", &history.replacen(",phone,", ",fax,", 1), &before);
    assert_eq!(told.iter().map(|problem| (problem.code, problem.line)).collect::<Vec<_>>(), [("unknown_queue", Some(2))]);
}

#[test]
fn a_day_may_hold_what_its_intervals_may() {
    let (folder, _, before) = sound();
    for (step, most) in [(5, 1e6), (15, 3e6), (30, 6e6), (60, 12e6), (1440, 288e6)] {
        for (count, is_read) in [(most, true), (most + 1.0, false)] {
            let rows: String = (0..40_u32)
                .map(|place| {
                    let (day, minute) = (place * step / 1440, place * step % 1440);
                    let start = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap() + chrono::Days::new(u64::from(day));
                    format!("{start} {:02}:{:02},phone,{}\n", minute / 60, minute % 60, if place == 20 { count } else { 3.0 })
                })
                .collect();
            let (_, told) = reading(folder.path(), "history.csv", &format!("统计时间,技能组,咨询量\n{rows}"), &before);
            let found: Vec<_> = told
                .iter()
                .filter(|problem| problem.code == "out_of_range")
                .map(|problem| (problem.line, problem.column.as_str()))
                .collect();
            assert_eq!(found, if is_read { vec![] } else { vec![(Some(22), "咨询量")] }, "{step} {count}");
        }
    }
}

/// Names of each column of each table in use by planners in China.
const CHINESE: [(&str, &[Called]); 12] = [
    (
        "history.csv",
        &[
            ("start", &["统计时间", "时段", "开始时间", "日期"]),
            ("queue", &["技能组", "店铺", "队列"]),
            ("offered", &["咨询人数", "咨询量", "进线量", "来电量"]),
            ("handled", &["接待人数", "接通量"]),
            ("abandoned", &["放弃量"]),
            ("handling_seconds", &["平均处理时长", "平均会话时长"]),
        ],
    ),
    (
        "agents.csv",
        &[
            ("agent_id", &["工号", "坐席工号", "员工工号"]),
            ("team", &["组别", "班组"]),
            ("contract", &["合同", "用工类型"]),
            ("skills", &["技能", "技能组", "可服务队列"]),
            ("level", &["级别", "职级"]),
            ("speed", &["效率系数", "效率"]),
            ("leader", &["组长", "是否组长"]),
            ("mentor_id", &["导师", "师傅工号", "师傅"]),
            ("hire_date", &["入职日期", "入职时间"]),
            ("preferred_shift", &["偏好班次"]),
            ("day_off_request", &["休息申请"]),
            ("protected", &["特殊保护"]),
            ("volunteers", &["自愿"]),
            ("site", &["职场", "站点"]),
        ],
    ),
    (
        "absences.csv",
        &[
            ("agent_id", &["工号"]),
            ("start", &["开始", "开始日期", "开始时间"]),
            ("end", &["结束", "结束日期", "结束时间"]),
            ("kind", &["类型", "请假类型", "假别"]),
            ("status", &["状态", "审批状态"]),
        ],
    ),
    (
        "shifts.csv",
        &[
            ("shift", &["班次", "班次代码", "班次编码"]),
            ("name", &["名称", "班次名称"]),
            ("start", &["开始", "上班时间", "开始时间"]),
            ("end", &["结束", "下班时间", "结束时间"]),
            ("paid_hours", &["计薪时数", "计薪小时"]),
            ("meal_windows", &["用餐时段", "用餐时间"]),
            ("meal_minutes", &["用餐分钟", "用餐时长"]),
            ("rests", &["小休次数"]),
            ("contracts", &["适用合同"]),
            ("queues", &["适用队列"]),
            ("promotion_only", &["仅大促"]),
            ("volunteers_only", &["仅自愿"]),
            ("reserve", &["备班"]),
        ],
    ),
    (
        "promotions.csv",
        &[
            ("event", &["活动", "活动名称", "大促名称"]),
            ("phase", &["阶段", "活动阶段"]),
            ("family", &["活动类别"]),
            ("start", &["开始", "开始日期", "开始时间"]),
            ("end", &["结束", "结束日期", "结束时间"]),
            ("queue", &["队列", "技能组"]),
            ("size", &["规模"]),
            ("volume_multiplier", &["预计倍数", "咨询倍数", "倍数"]),
            ("handle_time_multiplier", &["处理时长倍数"]),
            ("bot_deflection", &["机器人分流率", "机器人拦截率"]),
            ("day_curve", &["日内曲线"]),
        ],
    ),
    ("day_curves.csv", &[("hour", &["小时", "时点"])]),
    (
        "calendar.csv",
        &[
            ("date", &["日期"]),
            ("kind", &["类型", "日期类型"]),
            ("name", &["名称", "节日名称"]),
            ("overtime_rate", &["加班倍率", "加班倍数"]),
        ],
    ),
    ("drivers.csv", &[("start", &["日期", "时间", "开始"])]),
    (
        "pins.csv",
        &[
            ("date", &["日期", "排班日期"]),
            ("agent_id", &["工号"]),
            ("shift", &["班次"]),
            ("reason", &["原因", "说明"]),
            ("author", &["修改人", "操作人"]),
        ],
    ),
    ("requests.csv", &[("agent_id", &["工号"]), ("date", &["日期", "申请日期"]), ("wish", &["申请", "希望班次"]), ("weight", &["权重"])]),
    (
        "overrides.csv",
        &[
            ("when", &["日期", "时间", "开始时间"]),
            ("end", &["结束", "结束时间"]),
            ("queue", &["队列"]),
            ("factor", &["系数", "倍数"]),
            ("value", &["数值", "咨询量"]),
            ("author", &["修改人", "填写人"]),
            ("reason", &["原因", "理由"]),
        ],
    ),
    (
        "accounts.csv",
        &[
            ("agent_id", &["工号"]),
            ("month", &["月份"]),
            ("overtime_hours", &["加班小时", "加班时数"]),
            ("late_shifts", &["晚班数", "晚班"]),
            ("balance_from", &["结算期起"]),
            ("balance_hours", &["结算期工时"]),
        ],
    ),
];

#[test]
fn every_column_has_its_chinese_names_in_any_order_case_and_width() {
    let (folder, expected, before) = sound();
    let wide = |name: &str| -> String {
        name.chars().map(|c| if ('!'..='~').contains(&c) { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c }).collect()
    };
    for (file, names) in CHINESE {
        let rows = rows_of(folder.path(), file);
        let with_header = |named: &dyn Fn(usize, &str) -> String| {
            let mut written = rows.clone();
            written[0] = rows[0].iter().enumerate().map(|(place, name)| named(place, name)).collect();
            written
        };
        let is_known = |name: &str| file != "day_curves.csv" && file != "drivers.csv" || ["hour", "start"].contains(&name);
        for (place, column) in rows[0].iter().enumerate().filter(|(_, column)| is_known(column)) {
            let (_, chinese) = names.iter().find(|(own, _)| own == column).unwrap_or_else(|| panic!("{column} of {file}"));
            for name in *chinese {
                for written in [(*name).to_owned(), format!(" {name} "), format!("{name}（必填）")] {
                    let one = with_header(&|other, own: &str| if other == place { written.clone() } else { own.to_owned() });
                    assert_same(folder.path(), file, &text_of(&one, b','), &expected, &before);
                }
            }
        }
        let forms: [Form; 5] = [&str::to_uppercase, &|name| name.replace('_', " "), &|name| name.replace('_', "-"), &wide, &|name| {
            names.iter().find(|(own, _)| *own == name).map_or(name, |(_, chinese)| chinese[0]).to_owned()
        }];
        for form in forms {
            let mut written = with_header(&|_, own| if is_known(own) { form(own) } else { own.to_owned() });
            assert_same(folder.path(), file, &text_of(&written, b','), &expected, &before);
            if !["day_curves.csv", "drivers.csv"].contains(&file) {
                written.iter_mut().for_each(|row| row.reverse());
                assert_same(folder.path(), file, &text_of(&written, b','), &expected, &before);
            }
        }
    }
}

#[test]
fn a_unit_in_a_header_is_what_its_cells_are_counted_in() {
    let (folder, _, before) = sound();
    let mut history = rows_of(folder.path(), "history.csv");
    for (line, row) in history.iter_mut().enumerate() {
        row.push(if line == 0 { "handling_seconds".to_owned() } else { (570 + line % 60).to_string() });
    }
    let history = text_of(&history, b',');
    fs::write(folder.path().join("history.csv"), &history).unwrap();
    let expected = format!("{:?}", Folder::named(folder.path()).read().inputs.unwrap());
    let times: [Unit; 4] = [
        (0.001, &["ms", "毫秒"]),
        (1.0, &["s", "秒", "sec", "seconds"]),
        (60.0, &["min", "分钟", "分", "Minutes"]),
        (3600.0, &["h", "小时", "hours"]),
    ];
    let counts: [Unit; 3] = [(1.0, &["次", "人"]), (1000.0, &["k", "千"]), (10_000.0, &["万"])];
    let columns: [(&str, Called, f64, &[Unit]); 6] = [
        ("history.csv", ("handling_seconds", &["平均处理时长", "AHT"]), 1.0, &times),
        ("history.csv", ("offered", &["咨询量", "Calls offered"]), 1.0, &counts),
        ("shifts.csv", ("paid_hours", &["计薪工时"]), 3600.0, &times),
        ("shifts.csv", ("meal_minutes", &["用餐时长"]), 60.0, &times),
        ("promotions.csv", ("volume_multiplier", &["预计倍数"]), 1.0, &[(0.01, &["%", "％"])]),
        ("accounts.csv", ("overtime_hours", &["加班工时"]), 3600.0, &times),
    ];
    let mut number = 0;
    for (file, (column, names), own, units) in columns {
        let rows = rows_of(folder.path(), file);
        let at = place(&rows, column).unwrap_or_else(|| panic!("{file} {column}"));
        for (name, (size, words)) in names.iter().flat_map(|name| units.iter().map(move |unit| (name, unit))) {
            for word in *words {
                for header in [format!("{name}({word})"), format!("{name} （{word}）"), format!("{name} [单位：{word}]")] {
                    let mut written = rows.clone();
                    for row in &mut written[1..] {
                        if let Ok(value) = row[at].parse::<f64>() {
                            row[at] = (value * own / size).to_string();
                        }
                    }
                    header.clone_into(&mut written[0][at]);
                    assert_same(folder.path(), file, &text_of(&written, b','), &expected, &before);
                    number += 1;
                }
            }
        }
    }
    assert!(number > 100, "{number}");
    let twice = history.replacen("handling_seconds", "handling_seconds (min)", 1);
    let (_, told) = reading(folder.path(), "history.csv", &twice, &before);
    assert_eq!(told.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["units_differ"]);
}

#[test]
fn a_percentage_of_contacts_or_of_time_is_asked_about() {
    let (folder, _, before) = sound();
    let row = |column: &str, value: &str| {
        format!("start,queue,offered,{column}\n2026-11-02T09:00,phone,19,1\n2026-11-02T10:00,phone,19,{value}\n")
    };
    let codes = |text: &str, file: &str| {
        let (_, told) = reading(folder.path(), file, text, &before);
        told.iter().filter(|problem| !problem.is_warning).map(|problem| (problem.code, problem.line)).collect::<Vec<_>>()
    };
    for column in ["to_human", "bot_handled", "handled", "abandoned", "handling_seconds", "AHT"] {
        for value in ["70%", "70 %", "450％"] {
            assert_eq!(codes(&row(column, value), "history.csv"), [("percent_of_what", Some(3))], "{column} {value}");
        }
        assert_eq!(codes(&row(&format!("{column} (%)"), "70"), "history.csv"), [("unit_unfit", Some(1))], "{column}");
    }
    let offered = "start,queue,offered\n2026-11-02T09:00,phone,19%\n2026-11-02T10:00,phone,19%\n";
    assert_eq!(codes(offered, "history.csv"), [("percent_of_what", Some(2)), ("percent_of_what", Some(3))]);
    let over = "when,queue,value,author,reason\n2026-11-30T10:00,phone,80%,me,x\n";
    assert_eq!(codes(over, "overrides.csv"), [("percent_of_what", Some(2))]);
}

#[test]
fn what_bots_reached_cannot_be_more_than_came_and_a_sum_of_a_day_is_no_midnight() {
    let (folder, _, before) = sound();
    let codes = |text: &str| {
        let (_, told) = reading(folder.path(), "history.csv", text, &before);
        told.iter().map(|problem| (problem.code, problem.line)).filter(|(code, _)| *code != "history_finding").collect::<Vec<_>>()
    };
    let bots = "start,queue,offered,bot_handled\n2026-11-02T09:00,phone,19,30\n2026-11-02T10:00,phone,19,19\n";
    assert!(codes(bots).contains(&("part_beyond_whole", Some(2))), "{:?}", codes(bots));
    for sum in ["2026-11-02", "2026/11/2", "2026年11月2日", "20261102"] {
        let text = format!("start,queue,offered\n2026-11-02T09:00,phone,6\n2026-11-02T10:00,phone,6\n{sum},phone,144\n");
        assert!(codes(&text).contains(&("date_without_time", Some(4))), "{sum}: {:?}", codes(&text));
    }
    let days = "start,queue,offered\n2026-11-02,phone,60\n2026-11-03,phone,61\n";
    assert!(!codes(days).iter().any(|(code, _)| *code == "date_without_time"));
}

#[test]
fn a_header_that_says_how_far_its_times_are_from_utc_is_believed() {
    let (folder, _, _) = sound();
    let plan = folder.path().join("plan.toml");
    let text = fs::read_to_string(&plan).unwrap();
    fs::write(&plan, text.replacen("first_day", "zone = \"Asia/Shanghai\"\nfirst_day", 1)).unwrap();
    let before: Vec<Problem> = Folder::named(folder.path()).read().problems.iter().cloned().collect();
    let first = |header: &str, start: &str| {
        let text = format!(
            "{header},queue,offered\n{start},phone,4\n2026-11-03T09:00,phone,5\n2026-11-03T10:00,phone,5\n2026-11-03T11:00,phone,5\n"
        );
        let (inputs, told) = reading(folder.path(), "history.csv", &text, &before);
        let inputs = inputs.unwrap_or_else(|| panic!("{header}: {told:#?}"));
        inputs.queues[0].counts[0].start.to_string()
    };
    for (header, start) in [
        ("start", "2026-11-02 09:00:00"),
        ("start (UTC)", "2026-11-02 17:00:00"),
        ("统计时间(GMT+8)", "2026-11-02 09:00:00"),
        ("统计时间（UTC+09:00）", "2026-11-02 08:00:00"),
        ("start [UTC-1]", "2026-11-02 18:00:00"),
    ] {
        assert_eq!(first(header, "2026-11-02T09:00"), start, "{header}");
    }
    // periods as well as counts
    for (file, header, row) in [
        ("promotions.csv", "event,family,start (UTC),end (UTC),volume_multiplier", "sale,sale,2026-11-30T02:00,2026-11-30T04:00,2"),
        ("absences.csv", "agent_id,start (GMT+9),end (GMT+9),kind", "A1,2026-11-30T11:00,2026-11-30T13:00,leave"),
    ] {
        let (inputs, told) = reading(folder.path(), file, &format!("{header}\n{row}\n"), &before);
        let inputs = inputs.unwrap_or_else(|| panic!("{header}: {told:#?}"));
        let times = if file == "absences.csv" {
            (inputs.absences[0].start, inputs.absences[0].end)
        } else {
            (inputs.events[0].start, inputs.events[0].end)
        };
        assert_eq!((times.0.to_string(), times.1.to_string()), ("2026-11-30 10:00:00".into(), "2026-11-30 12:00:00".into()), "{header}");
    }
    // a cell's own offset takes precedence over the header's
    assert_eq!(first("start (UTC)", "2026-11-02T09:00+08:00"), "2026-11-02 09:00:00");
}

#[test]
fn a_correction_of_an_interval_is_of_all_of_it() {
    let (folder, _, before) = sound();
    for text in [
        "date,time,queue,factor,author,reason\n2026-11-30,10:00-12:00,phone,2,me,x\n",
        "日期,时段,队列,系数,修改人,原因\n2026-11-30,10:00~12:00,phone,2,me,x\n",
        "when,queue,factor,author,reason\n2026-11-30 10:00～12:00,phone,2,me,x\n",
        "when,queue,factor,author,reason\n2026-11-30 10:00:00 - 2026-11-30 11:59:59,phone,2,me,x\n",
        "when,queue,factor,author,reason\n2026/11/30 10:00~2026/11/30 12:00,phone,2,me,x\n",
        "when,end,queue,factor,author,reason\n2026-11-30 10:00,2026-11-30 12:00,phone,2,me,x\n",
    ] {
        let (inputs, told) = reading(folder.path(), "overrides.csv", text, &before);
        let inputs = inputs.unwrap_or_else(|| panic!("{text}: {told:#?}"));
        let change = &inputs.queues[0].overrides[0];
        assert_eq!(
            (change.start.to_string(), change.end.to_string()),
            ("2026-11-30 10:00:00".into(), "2026-11-30 12:00:00".into()),
            "{text}"
        );
    }
    let within = "date,time,queue,factor,author,reason\n2026-11-30,10:00-10:10,phone,2,me,x\n";
    let (_, told) = reading(folder.path(), "overrides.csv", within, &before);
    assert_eq!(told.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["not_interval_start"]);
}

#[test]
fn whoever_has_left_is_no_obstacle_to_the_next_plan() {
    let (folder, _, before) = sound();
    let mut rows = rows_of(folder.path(), "previous_roster.csv");
    let agent = place(&rows, "agent_id").unwrap();
    let old: Rows = rows[1..].to_vec();
    for mut row in old.into_iter().take(2) {
        "GONE7".clone_into(&mut row[agent]);
        rows.push(row);
    }
    let (inputs, told) = reading(folder.path(), "previous_roster.csv", &text_of(&rows, b','), &before);
    assert!(inputs.is_some());
    assert_eq!(told.iter().map(|problem| (problem.code, problem.is_warning)).collect::<Vec<_>>(), [("left_since", true)]);
}

#[test]
fn a_roster_with_chinese_headers_has_its_date_and_its_times() {
    let (folder, expected, before) = sound();
    let rows = rows_of(folder.path(), "previous_roster.csv");
    let names = [
        ("date", ["日期", "排班日期"]),
        ("agent_id", ["工号", "坐席工号"]),
        ("shift", ["班次", "班次代码"]),
        ("start", ["开始时间", "上班时间"]),
        ("end", ["结束时间", "下班时间"]),
        ("paid_hours", ["计薪工时", "计薪时数"]),
    ];
    for choice in 0..1 << names.len() {
        let mut written = rows.clone();
        for (bit, (column, called)) in names.iter().enumerate() {
            written[0][place(&rows, column).unwrap()] = called[choice >> bit & 1].to_owned();
        }
        assert_same(folder.path(), "previous_roster.csv", &text_of(&written, b','), &expected, &before);
    }
}

/// Lines that programs write above a table.
const TITLES: [&str; 5] = [
    "Contacts by interval\n",
    "Report, 2026-11-01 to 2026-11-30, all queues\n\n",
    "客服报表\n统计周期：2026年11月\n导出时间;09:00\n",
    "\"Team, all\"\nFilter: none\n\nPage 1\n",
    "x;y;z\n1;2;3\n",
];

#[test]
fn what_stands_above_a_header_is_told_and_not_read() {
    let (folder, expected, before) = sound();
    for file in TABLES {
        let rows = rows_of(folder.path(), file);
        for (title, separator) in TITLES.into_iter().flat_map(|title| [(title, b','), (title, b'\t')]) {
            let text = format!("{title}{}", text_of(&rows, separator));
            let (inputs, told) = reading(folder.path(), file, &text, &before);
            // a title with the separators of another table is excluded
            let is_misleading = title.contains([',', ';']) && !title.contains(char::from(separator));
            if is_misleading {
                assert!(!told.is_empty(), "{file}:\n{text:.300}");
                continue;
            }
            let codes: Vec<_> = told.iter().map(|problem| (problem.code, problem.line, problem.is_warning)).collect();
            assert_eq!(codes, [("lines_above_header", Some(1), true)], "{file}:\n{text:.300}");
            assert_eq!(told[0].expected, (title.lines().count() + 1).to_string());
            assert!(inputs.is_some_and(|inputs| format!("{inputs:?}") == expected), "{file}:\n{text:.300}");
            // a problem is reported on its own line
            let wrong = format!("{text}\u{7}x{}\n", char::from(separator));
            let (_, told) = reading(folder.path(), file, &wrong, &before);
            assert!(told.iter().any(|problem| problem.line == Some(wrong.lines().count())), "{file}: {told:#?}");
        }
    }
}

#[test]
fn durations_as_clocks_show_them_are_read_and_pairs_asked_about() {
    let (folder, _, before) = sound();
    let history = |clock: &dyn Fn(u32) -> String| {
        let rows = (9..17).map(|hour| format!("2026-11-02T{hour:02}:00,phone,6,5,{}\n", clock(7 * 60 + 30 + hour)));
        format!("start,queue,offered,handled,AHT\n{}", rows.collect::<String>())
    };
    let plain = history(&|seconds| seconds.to_string());
    let (expected, usual) = reading(folder.path(), "history.csv", &plain, &before);
    assert!(usual.iter().all(|problem| problem.is_warning), "{usual:?}");
    let clocks: [&dyn Fn(u32) -> String; 3] = [
        &|seconds| format!("00:{:02}:{:02}", seconds / 60, seconds % 60),
        &|seconds| format!("0:{:02}:{:02}.0", seconds / 60, seconds % 60),
        &|seconds| format!("\"00：{:02}：{:02}\"", seconds / 60, seconds % 60),
    ];
    for clock in clocks {
        for header in ["AHT", "AHT (min)", "aht_ms", "平均处理时长(秒)"] {
            let text = history(clock).replacen("AHT", header, 1);
            let (inputs, told) = reading(folder.path(), "history.csv", &text, &before);
            assert_eq!(told, usual, "{text:.200}");
            assert_eq!(format!("{inputs:?}"), format!("{expected:?}"), "{text:.200}");
        }
    }
    // ten minutes for a contact are usual, and ten hours are none
    let pairs = history(&|seconds| format!("{:02}:{:02}", seconds / 60, seconds % 60));
    let (inputs, told) = reading(folder.path(), "history.csv", &pairs, &before);
    assert!(told.iter().any(|problem| problem.code == "two_parts_guessed" && problem.is_warning), "{told:#?}");
    assert_eq!(format!("{inputs:?}"), format!("{expected:?}"));
    let (_, told) = reading(folder.path(), "history.csv", &history(&|_| "0:50".to_owned()), &before);
    assert!(!told.is_empty() && told.iter().all(|problem| ["duration_doubtful", "more_like_this"].contains(&problem.code)), "{told:#?}");
}

#[test]
fn dates_with_the_name_of_their_month_are_read_in_every_table() {
    let (folder, expected, before) = sound();
    let named = |cell: &str, form: &str| {
        let (date, clock) = cell.split_at(cell.find('T').unwrap_or(cell.len()));
        let date = chrono::NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
        Some(format!("{}{}", date.format(form), clock.replace('T', " ")))
    };
    for file in TABLES {
        let rows = rows_of(folder.path(), file);
        for form in ["%d-%b-%y", "%-d-%B-%Y", "%b %-d, %Y", "%d/%b/%Y"] {
            for upper in [false, true] {
                let written = |cell: &String| {
                    let text = named(cell, form).unwrap_or_else(|| cell.clone());
                    if upper && text != *cell { text.to_uppercase() } else { text }
                };
                let rows: Rows = rows.iter().map(|row| row.iter().map(written).collect()).collect();
                assert_same(folder.path(), file, &text_of(&rows, b','), &expected, &before);
            }
        }
    }
}

#[test]
fn a_file_listed_twice_is_found_however_its_path_is_written_and_a_workbook_is_named() {
    let (folder, _, before) = sound();
    let plan = fs::read_to_string(folder.path().join("plan.toml")).unwrap();
    for twice in ["history.csv", "./history.csv", "././history.csv", ".//history.csv"] {
        let text = plan.replace("[\"history.csv\"]", &format!("[\"history.csv\", \"{twice}\"]"));
        let (_, told) = reading(folder.path(), "plan.toml", &text, &before);
        assert_eq!(told.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["listed_twice"], "{twice}");
    }
    for file in TABLES {
        let (_, told) = reading(folder.path(), file, "PK\u{3}\u{4} and more", &before);
        // a history may be a workbook, and this is a broken one
        let code = if file == "history.csv" { "file_unreadable" } else { "workbook_for_text" };
        assert_eq!(told.iter().map(|problem| problem.code).collect::<Vec<_>>(), [code], "{file}");
    }
}

/// The row of a day and an hour.
type OfHour<'a> = &'a dyn Fn(u32, u32) -> String;

/// A plan of an always-open queue with this history.
fn with_history(text: &str) -> (Option<Inputs>, Vec<Problem>) {
    let (folder, _, before) = sound();
    let plan = fs::read_to_string(folder.path().join("plan.toml")).unwrap();
    fs::write(folder.path().join("plan.toml"), plan.replace("open = \"09:00\"\nclose = \"17:00\"", "open = \"00:00\"\nclose = \"24:00\""))
        .unwrap();
    reading(folder.path(), "history.csv", text, &before)
}

#[test]
fn times_that_reach_24_oclock_are_ends_and_asked_about() {
    let hours = |first: u32, last: u32, row: OfHour| -> String {
        (2..30).flat_map(|day| (first..=last).map(move |hour| (day, hour))).map(|(day, hour)| row(day, hour)).collect()
    };
    let forms: [(&str, OfHour); 4] = [
        ("start,queue,offered\n", &|day, hour| format!("2026-11-{day:02}T{hour:02}:00,phone,{hour}\n")),
        ("date,hour,queue,offered\n", &|day, hour| format!("2026-11-{day:02},{hour},phone,{hour}\n")),
        ("date,time,queue,offered\n", &|day, hour| format!("2026-11-{day:02},{hour:02}:00,phone,{hour}\n")),
        ("start,queue,offered\n", &|day, hour| format!("{day:02}-Nov-26 {hour}:00,phone,{hour}\n")),
    ];
    for (header, row) in forms {
        let (inputs, told) = with_history(&format!("{header}{}", hours(1, 24, row)));
        assert!(inputs.is_none() && told.iter().any(|problem| problem.code == "ends_for_starts" && problem.line == Some(25)), "{told:#?}");
        let (_, told) = with_history(&format!("{header}{}", hours(0, 23, row)));
        assert!(told.iter().all(|problem| problem.code != "ends_for_starts"), "{told:#?}");
    }
    let intervals = |day: u32, hour: u32| format!("2026-11-{day:02} {hour:02}:00-{:02}:00,phone,{hour}\n", hour + 1);
    let (_, told) = with_history(&format!("start,queue,offered\n{}", hours(0, 23, &intervals)));
    assert!(told.iter().all(|problem| problem.is_warning), "the last interval of a day ends at 24:00: {told:#?}");
}

#[test]
fn whole_days_beside_hours_are_left_out_in_whatever_file_they_stand() {
    let (folder, expected, before) = sound();
    let plan = fs::read_to_string(folder.path().join("plan.toml")).unwrap();
    fs::write(folder.path().join("plan.toml"), plan.replace("[\"history.csv\"]", "[\"days.csv\", \"history.csv\"]")).unwrap();
    let first = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
    for days in [1, 3, 6, 7, 8, 30] {
        let rows: String = first.iter_days().take(days).map(|date| format!("{date},phone,76\n")).collect();
        let (inputs, told) =
            reading(folder.path(), "history.csv", &fs::read_to_string(folder.path().join("history.csv")).unwrap(), &before);
        assert!(days > 1 || inputs.is_none() && told.iter().any(|problem| problem.code == "file_missing"));
        fs::write(folder.path().join("days.csv"), format!("start,queue,offered\n{rows}")).unwrap();
        let read = Folder::named(folder.path()).read();
        let told: Vec<_> = read.problems.iter().filter(|problem| problem.file == "days.csv").collect();
        assert_eq!(
            told.iter().map(|problem| (problem.code, problem.value.clone())).collect::<Vec<_>>(),
            [("days_beside_times", days.to_string())]
        );
        assert!(format!("{:?}", read.inputs.unwrap()) == expected, "{days} days");
    }
}

#[test]
fn a_queue_goes_by_its_name_wherever_planners_write_it() {
    let (folder, expected, before) = sound();
    for (file, from) in [("overrides.csv", ",phone,"), ("promotions.csv", ",phone,"), ("agents.csv", "phone"), ("history.csv", ",phone,")] {
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        let named = text.replace(from, &from.replace("phone", "Phone"));
        assert!(file == "promotions.csv" || named != text, "{file}");
        assert_same(folder.path(), file, &named, &expected, &before);
    }
}
