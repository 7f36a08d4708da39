//! What was found in a workbook that is to be filled in.

use crate::workforce::AgentId;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A grid of agents by days in a workbook. Rows and columns count from 0.
#[derive(Clone, Debug, Default)]
pub struct GivenGrid {
    /// The workbook as given.
    pub book: Vec<u8>,
    /// Name of the sheet.
    pub sheet: String,
    /// Row of each agent.
    pub people: BTreeMap<AgentId, u32>,
    /// Column of each day.
    pub days: BTreeMap<NaiveDate, u32>,
    /// What its cells say so far; empty ones are left out.
    pub said: BTreeMap<(u32, u32), DayCell>,
}

/// A filled cell of a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCell {
    /// Its text.
    pub text: String,
    /// What that means.
    pub says: Said,
}

/// Meaning of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The shift of a code.
    Shift(String),
    /// A day off: rest, leave or training.
    Off,
    /// None that the plan knows.
    Unknown,
}

/// A field of a template: our name, its titles in small letters without spaces and signs, and whether there is no record without it.
pub type TemplateField = (&'static str, &'static [&'static str], bool);

/// An empty template in a workbook: titles in one row, records to be written below.
#[derive(Clone, Debug, Default)]
pub struct GivenTemplate {
    /// The workbook as given.
    pub book: Vec<u8>,
    /// Name of the sheet.
    pub sheet: String,
    /// Column of each field.
    pub columns: BTreeMap<&'static str, u32>,
    /// First row for records.
    pub first_row: u32,
}
