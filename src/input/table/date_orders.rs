//! Order of day and month in the dates of a table, where the year does not come first: inferred from all of them, else reported as
//! ambiguous.

use super::form::{Form, Sample};
use super::row::Row;
use crate::input::cell::date_form::DateForm;
use crate::input::problem::collected::Problems;
use crate::time::DateOrder;

/// Our columns with dates.
const COLUMNS: [&str; 7] = ["start", "end", "when", "date", "hire_date", "day_off_request", "balance_from"];

/// Positions of the columns with dates.
pub(super) fn places(columns: &[String]) -> Vec<usize> {
    (0..columns.len()).filter(|place| COLUMNS.contains(&columns[*place].as_str())).collect()
}

/// Orders that are compatible with all dates of a table.
pub(super) struct Orders {
    left: Vec<DateOrder>,
    /// Whether any date is not in the order year, month, day.
    any: bool,
    /// First date that rules out all orders left by those before it.
    torn: Option<Sample>,
}

impl Default for Orders {
    fn default() -> Self {
        Self { left: DateOrder::ALL.to_vec(), any: false, torn: None }
    }
}

/// The dates of a cell whose year does not come first.
pub(super) fn dates(cell: &str) -> impl Iterator<Item = &str> {
    // a year of counts passes through here
    let may_hold = cell.as_bytes().get(1..3).is_some_and(|bytes| bytes.iter().any(|byte| matches!(byte, b'.' | b'/' | b'-')));
    let parts = cell.split([';', '；', '、']).filter(move |_| may_hold);
    parts.filter_map(|part| part.trim().split(['T', ' ']).next()).filter(|date| !DateOrder::readings(date).is_empty())
}

impl Orders {
    pub(super) fn see(&mut self, row: &Row<'_>, places: &[usize]) {
        for (place, cell) in places.iter().filter_map(|place| Some((*place, row.cells.get(*place)?))) {
            for date in dates(cell).filter(|_| self.torn.is_none()).collect::<Vec<_>>() {
                self.any = true;
                let fits = |order: &DateOrder| order.read(date).is_some();
                if !self.left.iter().any(fits) {
                    self.torn = Some(Sample { line: row.line, place, text: date.to_owned() });
                }
                self.left.retain(fits);
            }
        }
    }

    /// The date format of a table; an ambiguity is reported once, on the line of the first date.
    pub(super) fn form<'t>(self, form: &Form, rows: impl Iterator<Item = Row<'t>>, places: &[usize], problems: &mut Problems) -> DateForm {
        let mut ask = |date: &Sample, code, expected| {
            form.ask(date, code, expected, problems);
            DateForm::Doubtful
        };
        match (self.left.as_slice(), self.torn) {
            _ if !self.any => DateForm::Plain,
            (_, Some(date)) => {
                let read: Vec<String> = DateOrder::readings(&date.text).iter().map(|(_, date)| date.to_string()).collect();
                ask(&date, "date_orders_mixed", read.join(", "))
            }
            ([only], None) => DateForm::In(*only),
            (orders, None) => {
                for row in rows {
                    for (place, cell) in places.iter().filter_map(|place| Some((*place, row.cells.get(*place)?))) {
                        for date in dates(cell) {
                            let mut read: Vec<_> = orders.iter().filter_map(|order| order.read(date)).collect();
                            read.dedup();
                            if read.len() > 1 {
                                let read: Vec<String> = read.iter().map(ToString::to_string).collect();
                                let date = Sample { line: row.line, place, text: date.to_owned() };
                                return ask(&date, "date_order_doubtful", read.join(", "));
                            }
                        }
                    }
                }
                // all dates are the same in every order
                orders.first().map_or(DateForm::Plain, |order| DateForm::In(*order))
            }
        }
    }
}
