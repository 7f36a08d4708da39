//! Incomplete calendars: years and holidays with no entry or too few.
//!
//! Lunar holidays move, so holidays of two years are matched by name, never by date.

use super::{Calendar, DayKind};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A gap in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarDoubt {
    /// A planned year has no entry.
    YearMissing(i32),
    /// A year of the history has no entry, though another year has holidays on the days that are learned from.
    PastYearMissing(i32),
    /// A year has far fewer rows than another.
    YearThin {
        /// The year and its number of rows.
        year: (i32, usize),
        /// The year of comparison and its number of rows.
        against: (i32, usize),
    },
    /// Public holidays that another year names and this one does not.
    HolidaysMissing {
        /// The year that lacks them.
        year: i32,
        /// Their names.
        names: Vec<String>,
        /// The year that has them.
        against: i32,
    },
    /// A year has neither bridge days nor make-up days, though another has.
    ArrangementMissing {
        /// The year that lacks them.
        year: i32,
        /// The year that has them.
        against: i32,
    },
    /// A year's official arrangement is due after the end of the data.
    ArrangementPending {
        /// The year.
        year: i32,
        /// Year and month of publication.
        published: (i32, u32),
    },
    /// A year's official arrangement was published before the end of the data, but the calendar lacks it.
    ArrangementOut {
        /// The year.
        year: i32,
        /// Year and month of publication.
        published: (i32, u32),
    },
}

impl CalendarDoubt {
    /// Key of its sentence, the finding, and what the finding is compared with.
    #[must_use]
    pub fn words(&self) -> (&'static str, String, String) {
        let month = |(year, month): &(i32, u32)| format!("{year}-{month:02}");
        match self {
            Self::YearMissing(year) => ("calendar_year_missing", year.to_string(), String::new()),
            Self::PastYearMissing(year) => ("calendar_past_year_missing", year.to_string(), String::new()),
            Self::YearThin { year, against } => {
                ("calendar_year_thin", format!("{}: {}", year.0, year.1), format!("{}: {}", against.0, against.1))
            }
            Self::HolidaysMissing { year, names, against } => {
                ("calendar_holidays_missing", names.join(", "), format!("{year} < {against}"))
            }
            Self::ArrangementMissing { year, against } => ("calendar_arrangement_missing", year.to_string(), against.to_string()),
            Self::ArrangementPending { year, published } => ("calendar_arrangement_pending", year.to_string(), month(published)),
            Self::ArrangementOut { year, published } => ("calendar_arrangement_out", year.to_string(), month(published)),
        }
    }
}

/// A year with fewer rows than this share of another's counts as incomplete.
const THIN_SHARE: f64 = 0.5;
/// Most days by which a lunar holiday moves from one year to the next.
const FEASTS_MOVE_DAYS: u64 = 31;

/// Days for which a calendar is needed.
#[derive(Clone, Debug)]
pub struct CalendarUse {
    /// Days of the history.
    pub history: Range<NaiveDate>,
    /// Planned days.
    pub planned: Range<NaiveDate>,
    /// Month of the preceding year in which a year's official arrangement is published, where the law provides for one.
    pub published_month: Option<u32>,
}

impl Calendar {
    /// Gaps in the calendar for a use of it, year by year.
    ///
    /// ```
    /// use peakshift::{calendar::{Calendar, CalendarDoubt, CalendarUse}, time::read_date};
    /// let [past, first, end] = ["2026-09-01", "2026-11-30", "2026-12-07"].map(|text| read_date(text).unwrap());
    /// let doubts = Calendar::default().doubts(&CalendarUse { history: past..first, planned: first..end, published_month: None });
    /// assert_eq!(doubts, [CalendarDoubt::YearMissing(2026)]);
    /// assert_eq!(doubts[0].words(), ("calendar_year_missing", "2026".to_owned(), String::new()));
    /// ```
    #[must_use]
    pub fn doubts(&self, of: &CalendarUse) -> Vec<CalendarDoubt> {
        let years = Years::of(self);
        let (planned, past) = (years_of(&of.planned), years_of(&of.history));
        let mut doubts = Vec::new();
        for &year in past.difference(&planned) {
            doubts.extend(years.doubts_of_past(year, &of.history));
        }
        for &year in &planned {
            let found = years.doubts_of_planned(year);
            let arrangement = of.published_month.filter(|_| !found.is_empty() && years.were_arranged_before(year)).map(|month| {
                let published = (year - 1, month);
                let is_out = NaiveDate::from_ymd_opt(year - 1, month, 1)
                    .and_then(|first| first.checked_add_months(chrono::Months::new(1)))
                    .is_some_and(|after| of.history.end >= after);
                if is_out {
                    CalendarDoubt::ArrangementOut { year, published }
                } else {
                    CalendarDoubt::ArrangementPending { year, published }
                }
            });
            doubts.extend(found.into_iter().chain(arrangement));
        }
        doubts
    }
}

fn years_of(days: &Range<NaiveDate>) -> BTreeSet<i32> {
    if days.is_empty() { BTreeSet::new() } else { (days.start.year()..=(days.end - Days::new(1)).year()).collect() }
}

/// One row of a calendar.
struct Entry<'a> {
    date: NaiveDate,
    kind: DayKind,
    name: &'a str,
}

/// Rows of a calendar by year.
struct Years<'a> {
    rows: BTreeMap<i32, Vec<Entry<'a>>>,
}

impl<'a> Years<'a> {
    fn of(calendar: &'a Calendar) -> Self {
        let mut rows: BTreeMap<i32, Vec<Entry>> = BTreeMap::new();
        for (date, day) in calendar.iter() {
            rows.entry(date.year()).or_default().push(Entry { date, kind: day.kind, name: &day.name });
        }
        Self { rows }
    }

    fn rows(&self, year: i32) -> &[Entry<'a>] {
        self.rows.get(&year).map_or(&[], Vec::as_slice)
    }

    /// The nearest of the given years that is complete itself.
    fn nearest_whole(&self, years: impl Iterator<Item = i32> + Clone) -> Option<i32> {
        let most = years.clone().map(|year| self.rows(year).len()).max().filter(|most| *most > 0)?;
        years.into_iter().find(|year| !is_thin(self.rows(*year).len(), most))
    }

    /// Whether an earlier year has make-up days: such calendars are arranged anew each year by decree.
    fn were_arranged_before(&self, year: i32) -> bool {
        self.rows.range(..year).any(|(_, rows)| rows.iter().any(|row| row.kind == DayKind::MakeupWork))
    }

    fn before(&self, year: i32) -> Option<i32> {
        self.nearest_whole(self.rows.range(..year).rev().map(|(year, _)| *year))
    }

    fn after(&self, year: i32) -> Option<i32> {
        self.nearest_whole(self.rows.range(year + 1..).map(|(year, _)| *year))
    }

    fn doubts_of_planned(&self, year: i32) -> Vec<CalendarDoubt> {
        let rows = self.rows(year);
        if rows.is_empty() {
            return vec![CalendarDoubt::YearMissing(year)];
        }
        let Some(against) = self.before(year) else { return Vec::new() };
        let (there, usual) = (rows.len(), self.rows(against).len());
        let mut doubts = Vec::new();
        if is_thin(there, usual) {
            doubts.push(CalendarDoubt::YearThin { year: (year, there), against: (against, usual) });
        }
        doubts.extend(self.holidays_missing(year, against, |_| true));
        let is_arranged = |rows: &[Entry]| rows.iter().any(|row| row.kind != DayKind::Statutory);
        if is_arranged(self.rows(against)) && !is_arranged(rows) {
            doubts.push(CalendarDoubt::ArrangementMissing { year, against });
        }
        doubts
    }

    /// Gaps of a year that is only learned from, restricted to the days of the history.
    fn doubts_of_past(&self, year: i32, history: &Range<NaiveDate>) -> Vec<CalendarDoubt> {
        let Some(against) = self.before(year).or_else(|| self.after(year)) else { return Vec::new() };
        let (jan, dec) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31));
        let margin = Days::new(FEASTS_MOVE_DAYS);
        let first = if Some(history.start) > jan { Some(history.start + margin) } else { jan };
        let last = if Some(history.end) <= dec { Some(history.end - margin) } else { dec };
        // 29 February becomes the 28th
        let in_year = |date: NaiveDate| date.with_year(year).or_else(|| (date - Days::new(1)).with_year(year));
        let is_used = |date: NaiveDate| (first..=last).contains(&in_year(date));
        let usual = self.rows(against).iter().filter(|row| is_used(row.date)).count();
        let there = self.rows(year).iter().filter(|row| is_used(row.date)).count();
        if self.rows(year).is_empty() {
            return if usual > 0 { vec![CalendarDoubt::PastYearMissing(year)] } else { Vec::new() };
        }
        let thin = CalendarDoubt::YearThin { year: (year, there), against: (against, usual) };
        let missing = self.holidays_missing(year, against, is_used);
        is_thin(there, usual).then_some(thin).into_iter().chain(missing).collect()
    }

    /// Public holidays of `against` that `year` lacks, among those whose date in `year` passes `counts`.
    fn holidays_missing(&self, year: i32, against: i32, counts: impl Fn(NaiveDate) -> bool) -> Option<CalendarDoubt> {
        let there = self.rows(year).iter().map(|row| plain(row)).collect::<Vec<_>>();
        let mut names: Vec<String> = Vec::new();
        for row in self.rows(against).iter().filter(|row| row.kind == DayKind::Statutory && counts(row.date)) {
            let name = plain(row);
            let is_new = !name.is_empty() && !names.contains(&name);
            if is_new && !there.iter().any(|known| is_same_holiday(known, &name)) && self.is_yearly(&name, year, against) {
                names.push(name);
            }
        }
        (!names.is_empty()).then_some(CalendarDoubt::HolidaysMissing { year, names, against })
    }

    /// Whether a holiday recurs every year: each other year whose calendar has mostly the same names has it too.
    fn is_yearly(&self, name: &str, year: i32, against: i32) -> bool {
        let named = |year: i32| self.rows(year).iter().filter(|row| row.kind == DayKind::Statutory).map(plain).collect::<BTreeSet<_>>();
        let has = |names: &BTreeSet<String>, name: &str| names.iter().any(|known| is_same_holiday(known, name));
        let usual = named(against);
        let mut alike = self.rows.keys().filter(|other| ![year, against].contains(other)).map(|other| named(*other));
        // no year with mostly the same holidays may lack this one
        alike.all(|names| 2 * usual.iter().filter(|known| has(&names, known)).count() < usual.len() || has(&names, name))
    }
}

fn is_thin(rows: usize, usual: usize) -> bool {
    (rows as f64) < THIN_SHARE * usual as f64
}

/// A name in one case, without bracketed text and without its year.
fn plain(row: &Entry) -> String {
    let mut depth = 0_u32;
    let outside = row.name.chars().filter(|letter| {
        match letter {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    let text = outside.collect::<String>().to_lowercase().replace(&row.date.year().to_string(), "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two plain names denote one holiday: equal, or one has an extra syllable sign at its end (清明, 清明节).
fn is_same_holiday(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let rest = long.strip_prefix(short).filter(|_| !short.is_empty()).map(|rest| rest.chars().collect::<Vec<_>>());
    rest.is_some_and(|rest| rest.is_empty() || (rest.len() == 1 && rest[0].is_alphabetic() && !rest[0].is_ascii()))
}
