//! Names of cells: `B3`.

use rust_xlsxwriter::utility::row_col_to_cell;

/// Row and column, from 0, of a cell's name.
pub(super) fn place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, number) = name.split_at(digits);
    let row: u32 = number.parse().ok()?;
    let value = |letter: u8| letter.is_ascii_alphabetic().then(|| u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let column = letters.bytes().try_fold(0_u32, |column, letter| column.checked_mul(26)?.checked_add(value(letter)?))?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// Name of a cell.
pub(super) fn name((row, column): (u32, u32)) -> String {
    row_col_to_cell(row, u16::try_from(column).unwrap_or(u16::MAX))
}

/// The range `A1:C7` extended to hold a cell.
pub(super) fn extended(range: &str, (row, column): (u32, u32)) -> Option<String> {
    let (from, to) = range.split_once(':').unwrap_or((range, range));
    let (from, to) = (place(from)?, place(to)?);
    let (first, last) = ((from.0.min(row), from.1.min(column)), (to.0.max(row), to.1.max(column)));
    Some(if first == last { name(first) } else { format!("{}:{}", name(first), name(last)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_places_are_inverse() {
        for of in [(0, 0), (6, 25), (6, 26), (1_048_575, 16_383), (99, 701), (99, 702)] {
            assert_eq!(place(&name(of)), Some(of));
        }
        assert_eq!((place(""), place("A"), place("7"), place("A0"), place("中1")), (None, None, None, None, None));
        assert_eq!(extended("B2:C3", (0, 5)).as_deref(), Some("B1:F3"));
        assert_eq!(extended("A1", (0, 0)).as_deref(), Some("A1"));
    }
}
