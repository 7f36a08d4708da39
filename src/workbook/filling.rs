//! What a cell gets.

/// Value of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, never read as a formula.
    Text(String),
    /// A number.
    Number(f64),
}

/// A cell to be filled in; rows and columns count from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Filling {
    /// Its row.
    pub row: u32,
    /// Its column.
    pub column: u32,
    /// What it gets.
    pub value: Value,
}
