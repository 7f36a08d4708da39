//! Words that mark a row as a summary of others, as exports and pivot tables write them.

use crate::time::{DateOrder, read_date};

const WORDS: [&str; 46] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "总和",
    "总数",
    "汇总",
    "汇总值",
    "均值",
    "平均",
    "平均值",
    "店铺汇总值",
    "店铺平均值",
    "全店汇总值",
    "全店平均值",
    "total",
    "totals",
    "grand total",
    "grandtotal",
    "subtotal",
    "sub total",
    "sub-total",
    "overall",
    "summary",
    "sum",
    "average",
    "avg",
    "mean",
    "all queues",
    "合計",
    "総計",
    "總計",
    "小計",
    "summe",
    "gesamt",
    "gesamtsumme",
    "insgesamt",
    "durchschnitt",
    "mittelwert",
    "totales",
    "total general",
    "total général",
    "promedio",
    "totaux",
    "somme",
    "moyenne",
];

/// Whether a cell marks its row as a summary of others: `合计`, `Total:`, `2026-11-02 Total`.
pub(in crate::input) fn sums_up(cell: &str) -> bool {
    let Some(last) = cell.chars().next_back() else { return false };
    if last.is_ascii_digit() {
        return sums_up_a_date(cell);
    }
    if cell.is_ascii() {
        return sums_up_in_ascii(cell.trim_end_matches(':'));
    }
    let text = cell.trim_end_matches([':', '：']).to_lowercase();
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let behind = text.rsplit_once(char::is_whitespace).map(|(_, word)| word);
    WORDS.iter().any(|word| *word == text.trim() || *word == squeezed || behind == Some(word))
}

/// Whether a cell names the sum of a date: `Summe 02.03.2026`, `小计2026-03-02`.
fn sums_up_a_date(cell: &str) -> bool {
    // nearly every cell with a digit at its end begins with one
    if !cell.starts_with(char::is_alphabetic) {
        return false;
    }
    let Some(begin) = cell.find(|sign: char| sign.is_ascii_digit()) else { return false };
    let (word, date) = cell.split_at(begin);
    let word = word.trim().trim_end_matches([':', '：']).to_lowercase();
    WORDS.contains(&word.as_str()) && (read_date(date).is_some() || !DateOrder::readings(date).is_empty())
}

/// The same of a text without accents, as most are: a log of contacts asks it ten million times, so nothing is copied.
fn sums_up_in_ascii(text: &str) -> bool {
    let bare = text.trim();
    let behind = text.rsplit_once(char::is_whitespace).map(|(_, word)| word);
    // no word begins with a digit, as times do
    let may_be_whole = bare.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let is_squeezed = |word: &str| {
        let letters = bare.chars().filter(|letter| !letter.is_whitespace());
        letters.map(|letter| letter.to_ascii_lowercase()).eq(word.chars())
    };
    let is_whole = |word: &str| may_be_whole && (word.eq_ignore_ascii_case(bare) || behind.is_some() && is_squeezed(word));
    WORDS.iter().any(|word| is_whole(word) || behind.is_some_and(|behind| word.eq_ignore_ascii_case(behind)))
}
