//! Cells without a value: explicit blanks, and cells that a spreadsheet could not compute.

/// Error values of spreadsheets.
const ERROR_WORDS: [&str; 20] = [
    "#N/A",
    "#NV",
    "#N/D",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#BUSY!",
    "#GETTING_DATA",
    "#EXTERNAL!",
    "#PYTHON!",
    "#TIMEOUT!",
];

/// Value of a workbook's formula that was never computed.
pub(in crate::input) const UNCOMPUTED: &str = "#FORMULA!";

/// Key of the problem with a cell that a spreadsheet could not compute, or could not show for lack of width.
pub(in crate::input) fn error_code(cell: &str) -> Option<&'static str> {
    if !cell.starts_with(['#', 'E']) {
        return None;
    }
    if cell == UNCOMPUTED {
        return Some("formula_without_value");
    }
    let is_hashes = cell.len() > 2 && cell.bytes().all(|byte| byte == b'#');
    let libre = cell.strip_prefix("Err:").is_some_and(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()));
    let in_other_languages = cell.starts_with('#') && cell.len() > 3 && cell.ends_with(['!', '?']) && !cell.contains(' ');
    let is_error = is_hashes || libre || in_other_languages || ERROR_WORDS.iter().any(|word| word.eq_ignore_ascii_case(cell));
    is_error.then_some("error_cell")
}

/// Whether a cell is a dash, which stands for none where something is counted.
pub(in crate::input) fn is_dash(cell: &str) -> bool {
    ["-", "--", "–", "—", "——", "－"].contains(&cell)
}

/// Whether a cell is an explicit blank.
pub(in crate::input) fn is_nothing(cell: &str) -> bool {
    // nearly every cell is longer, or begins with another sign
    match cell.as_bytes().first() {
        None => true,
        Some(b'-' | b'/' | b'N' | b'n' | 0x80..) if cell.len() <= "——".len() => {
            ["-", "--", "–", "—", "——", "－", "/", "N/A", "n/a"].contains(&cell)
        }
        Some(_) => false,
    }
}
