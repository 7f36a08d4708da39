//! Roster workbook: colours that follow edited cells, frozen panes, totals by formula. Its figures are those of the CSV tables.

use super::matrix::{matrix, shift_code};
use crate::messages::{Lang, Part, say};
use crate::report::figures::colours::shift_colour;
use crate::report::tables::sheet::{Cell, Sheet};
use crate::report::tables::workbook::{add_table, begun, for_paper, head};
use crate::roster::{QueueCoverage, Roster, RosterProblem, ShiftTemplate};
use chrono::{Datelike, NaiveDate, Weekday};
use plotters::style::RGBColor;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Format, Formula, Worksheet, XlsxError,
    utility::{column_number_to_name, row_col_to_cell},
};

/// Columns of the matrix before the first day: person and team.
const BEFORE_DAYS: u16 = 2;

/// Columns of the sheet of shifts before the first day: code, name, start, end, paid hours.
const BEFORE_COUNTS: u16 = 5;

/// Width of a day's column, in characters.
const NARROW: f64 = 6.0;

/// Height of a heading of two lines, date and weekday: not every program finds it by itself.
const TWO_LINES: f64 = 31.0;

/// Colours of weekends: of their headings, and of their cells without a shift.
const WEEKEND_HEAD: Color = Color::RGB(0x00C9_D5E2);
const WEEKEND: Color = Color::RGB(0x00F1_F4F7);

/// Rows below the matrix: keys of their titles.
const BELOW: [&str; 2] = ["matrix_required", "matrix_understaffed"];

/// A roster: the matrix, in which an edited code changes its colour and the totals, above the hours that its days require and lack; the
/// shifts with their headcount on each day; pay and fairness.
pub(in crate::report) fn roster_workbook(
    problem: &RosterProblem,
    roster: &Roster,
    covered: &[QueueCoverage],
    others: &[Sheet],
    lang: Lang,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = begun(problem.horizon.first)?;
    let names = ["sheet_matrix", "sheet_shifts"].map(|key| say(lang, Part::Text, key, &[]));
    let sheet = matrix(problem, roster, lang);
    let kinds: Vec<&ShiftTemplate> = problem.shift_kinds().collect();
    let (people, days) = (sheet.rows.len() as u32, problem.horizon.days as u16);
    let codes: Vec<String> = kinds.iter().map(|shift| shift_code(problem, &shift.id, lang)).collect();
    let page = book.add_worksheet().set_name(&names[0])?;
    add_matrix(page, &sheet, days, &codes, &names[1], lang)?;
    add_figures(page, people + 1, &figures(problem, covered), lang)?;
    tint_weekends(page, problem, people + BELOW.len() as u32)?;
    page.set_repeat_columns(0, BEFORE_DAYS - 1)?;
    let shifts: Vec<(&str, &ShiftTemplate)> = codes.iter().map(String::as_str).zip(kinds).collect();
    add_shifts(book.add_worksheet().set_name(&names[1])?, &sheet, &shifts, (people, days), &names[0], lang)?;
    for other in others {
        let name = say(lang, Part::Text, &format!("sheet_{}", other.name), &[]);
        add_table(book.add_worksheet().set_name(name)?, other, true, lang)?;
    }
    book.save_to_buffer()
}

/// The matrix over `days` days; `shifts` is the sheet of shifts.
fn add_matrix(page: &mut Worksheet, sheet: &Sheet, days: u16, codes: &[String], shifts: &str, lang: Lang) -> Result<(), XlsxError> {
    let people = sheet.rows.len() as u32;
    let last_day = BEFORE_DAYS + days - 1;
    add_table(page, sheet, false, lang)?;
    page.set_freeze_panes(1, BEFORE_DAYS)?.set_row_height(0, TWO_LINES)?;
    for column in BEFORE_DAYS..=last_day {
        page.set_column_width(column, NARROW)?;
    }
    for (place, code) in codes.iter().enumerate() {
        let format = Format::new().set_background_color(paler(shift_colour(place)));
        let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(code.as_str())).set_format(format);
        page.add_conditional_format(1, BEFORE_DAYS, people.max(1), last_day, &rule)?;
    }
    let away = ["code_off", "code_leave", "code_training"].map(|key| say(lang, Part::Text, key, &[]));
    let allowed: Vec<&str> = codes.iter().chain(&away).map(String::as_str).collect();
    // a list that is too long for Excel leaves the cells unrestricted
    if let Ok(list) = DataValidation::new().allow_list_strings(&allowed) {
        page.add_data_validation(1, BEFORE_DAYS, people.max(1), last_day, &list)?;
    }
    let table = |column: &str| format!("'{shifts}'!${column}$2:${column}${}", codes.len() + 1);
    for (row, cells) in (1..).zip(&sheet.rows) {
        let (from, to) = (row_col_to_cell(row, BEFORE_DAYS), row_col_to_cell(row, last_day));
        let of_days = format!("{from}:{to}");
        let shifts_worked = row_col_to_cell(row, last_day + 1);
        let totals = [
            format!("=SUMPRODUCT(COUNTIF({of_days},{}))", table("A")),
            format!("=SUMPRODUCT(COUNTIF({of_days},{}),{})", table("A"), table("E")),
            format!("=COLUMNS({of_days})-{shifts_worked}"),
        ];
        for (column, total) in (last_day + 1..).zip(totals) {
            let known = cells[usize::from(column)].show();
            page.write_formula(row, column, Formula::new(total).set_result(known))?;
        }
    }
    Ok(())
}

/// Agent-hours of each day: required, and understaffed.
fn figures(problem: &RosterProblem, covered: &[QueueCoverage]) -> [Vec<f64>; 2] {
    let (per_day, hours) = (problem.grid.interval().per_day(), problem.grid.interval().hours().get());
    let of_day = |day: usize, of: &dyn Fn(&QueueCoverage, usize) -> f64| {
        let slots = || day * per_day..((day + 1) * per_day).min(problem.grid.len());
        covered.iter().flat_map(|queue| slots().map(move |slot| of(queue, slot))).sum::<f64>() * hours
    };
    let days = || 0..problem.horizon.days;
    [
        days().map(|day| of_day(day, &|queue, slot| queue.required[slot])).collect(),
        days().map(|day| of_day(day, &|queue, slot| queue.short(slot).get())).collect(),
    ]
}

/// The rows below the matrix, with their sums below the paid hours.
fn add_figures(page: &mut Worksheet, first: u32, figures: &[Vec<f64>; 2], lang: Lang) -> Result<(), XlsxError> {
    let tenth = |hours: f64| (hours * 10.0).round() / 10.0;
    for ((row, title), hours) in (first..).zip(BELOW).zip(figures) {
        page.write_string_with_format(row, 0, say(lang, Part::Text, title, &[]), &Format::new().set_bold())?;
        for (column, hours) in (BEFORE_DAYS..).zip(hours) {
            page.write_number(row, column, tenth(*hours))?;
        }
        page.write_number(row, BEFORE_DAYS + hours.len() as u16 + 1, tenth(hours.iter().sum()))?;
    }
    Ok(())
}

/// Tints the columns of weekends down to a row; a shift's own colour goes before.
fn tint_weekends(page: &mut Worksheet, problem: &RosterProblem, last: u32) -> Result<(), XlsxError> {
    let is_weekend = |date: &NaiveDate| [Weekday::Sat, Weekday::Sun].contains(&date.weekday());
    for (column, _) in (BEFORE_DAYS..).zip(problem.horizon.dates()).filter(|(_, date)| is_weekend(date)) {
        page.set_cell_format(0, column, &head().set_background_color(WEEKEND_HEAD))?;
        for row in 1..=last {
            page.set_cell_format(row, column, &Format::new().set_background_color(WEEKEND))?;
        }
    }
    Ok(())
}

/// Each shift, with its headcount on each day by formula.
fn add_shifts(
    page: &mut Worksheet,
    matrix: &Sheet,
    shifts: &[(&str, &ShiftTemplate)],
    (people, days): (u32, u16),
    name: &str,
    lang: Lang,
) -> Result<(), XlsxError> {
    let word = |key: &str| say(lang, Part::Text, key, &[]);
    let titles = ["shift_code", "shift_name", "shift_start", "shift_end", "paid_hours_total"].map(word);
    for (column, title) in (0..).zip(titles.iter().chain(matrix.columns.iter().skip(usize::from(BEFORE_DAYS)).take(usize::from(days)))) {
        page.write_string_with_format(0, column, title, &head())?;
    }
    for (row, &(code, shift)) in (1..).zip(shifts) {
        let end = (shift.start.minutes() + shift.span_minutes) % crate::time::DAY_MINUTES;
        page.write_string(row, 0, code)?.write_string(row, 1, &shift.name)?;
        page.write_string(row, 2, shift.start.to_string())?;
        page.write_string(row, 3, format!("{:02}:{:02}", end / 60, end % 60))?;
        page.write_number(row, 4, shift.paid.get())?;
        for day in 0..days {
            let column = column_number_to_name(BEFORE_DAYS + day);
            let count = format!("=COUNTIF('{name}'!{column}$2:{column}${},$A{})", people + 1, row + 1);
            let on_day = |cells: &&Vec<Cell>| cells[usize::from(BEFORE_DAYS + day)] == Cell::text(code);
            let known = matrix.rows.iter().filter(on_day).count().to_string();
            page.write_formula(row, BEFORE_COUNTS + day, Formula::new(count).set_result(known))?;
        }
    }
    page.set_freeze_panes(1, 2)?.set_row_height(0, TWO_LINES)?;
    for_paper(page)
}

/// A colour on which black text is legible: half way to white.
fn paler(RGBColor(red, green, blue): RGBColor) -> Color {
    let part = |part: u8| u32::from(u8::midpoint(part, u8::MAX));
    Color::RGB(part(red) << 16 | part(green) << 8 | part(blue))
}
