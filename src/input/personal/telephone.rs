//! Telephone and identity numbers: distinction of personal numbers from hotlines, dates and counts.

/// Whether a run is a telephone or identity number and not a date, a decimal number, a code or a list.
pub(super) fn is_personal_number(run: &str, before: Option<char>) -> bool {
    // A13800138000 is a code
    if before.is_some_and(|c| c.is_ascii_alphabetic()) {
        return false;
    }
    let run = run.trim_matches([' ', '-', '.', '/', '·', '~']);
    is_number_of(without_remark(run), &groups_of(without_remark(run))) || holds_number(run)
}

fn groups_of(run: &str) -> Vec<&str> {
    run.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect()
}

/// A number without the digits of a trailing remark: `400-820-8820 (24h)`.
fn without_remark(run: &str) -> &str {
    let remark = run.rsplit_once('(').filter(|(number, remark)| !number.is_empty() && remark.len() <= 6 && !remark.contains(')'));
    remark.map_or(run, |(number, _)| number.trim_end_matches([' ', '-']))
}

/// Digit groupings of mobile numbers.
const GROUPINGS: [&[usize]; 6] = [&[11], &[3, 4, 4], &[3, 8], &[7, 4], &[4, 4, 3], &[3, 3, 5]];

fn lengths(groups: &[&str]) -> Vec<usize> {
    groups.iter().map(|group| group.len()).collect()
}

/// Whether a run holds a number among other things: after a date, before an extension.
fn holds_number(run: &str) -> bool {
    // a country code may share a group with the number; a group of its digits alone may be the end of one
    let without_code = run.replace("+86", " ");
    let national = |group| str::strip_prefix(group, "0086").filter(|rest| !rest.is_empty()).unwrap_or(group);
    let groups: Vec<&str> = groups_of(&without_code).into_iter().map(national).collect();
    let lengths = lengths(&groups);
    let is_there =
        |from: usize, grouping: &[usize]| lengths[from..].starts_with(grouping) && is_mobile(&groups[from..from + grouping.len()].concat());
    groups.len() > 1
        && (0..groups.len()).any(|from| {
            // a single point in two groups makes a decimal number
            let here = |grouping: &&[usize]| (groups.len() > 2 || grouping.len() == 1) && is_there(from, grouping);
            GROUPINGS.iter().any(here) || lengths[from] == 18 && is_identity(groups[from])
        })
}

fn is_number_of(run: &str, groups: &[&str]) -> bool {
    if groups.is_empty() {
        return false;
    }
    let digits: String = groups.concat();
    let is_decimal = groups.len() == 2 && run.contains('.') && !run.contains([' ', '-', '(', '+', '/', '·']);
    let is_year = groups[0].len() == 4 && (groups[0].starts_with("19") || groups[0].starts_with("20"));
    let begins_with_date = groups.len() >= 3 && is_year && groups[1].len() <= 2 && groups[2].len() <= 2;
    if is_decimal || begins_with_date {
        return false;
    }
    // the American grouping distinguishes 1-800-555-0199 from a mobile number
    if groups.len() == 4 && groups[0] == "1" && lengths(groups) == [1, 3, 3, 4] && FREE_AMERICAN.contains(&groups[1]) {
        return false;
    }
    let national = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() >= 10)).unwrap_or(&digits);
    if is_mobile(national) || is_identity(&digits) {
        return true;
    }
    if is_service(&digits, run.starts_with(['+', '0'])) {
        return false;
    }
    let abroad = run.starts_with('+') || run.starts_with("(+") || run.starts_with("00");
    let is_grouped = groups.len() > 1;
    abroad && (10..=15).contains(&digits.len()) && (is_grouped || run.contains('+'))
        || is_grouped && (is_landline(groups) || is_american(run, groups))
}

/// Country codes whose toll-free numbers begin with 800.
pub(super) const FREE_800: [&str; 14] = ["7", "27", "31", "33", "34", "39", "41", "43", "44", "48", "49", "65", "852", "886"];
/// Toll-free prefixes of North America.
pub(super) const FREE_AMERICAN: [&str; 8] = ["800", "822", "833", "844", "855", "866", "877", "888"];

/// Whether a number is a hotline and nobody's own: 400 and 800 numbers of China, toll-free numbers elsewhere. Shorter ones (95xxx, 10xxx)
/// are no personal telephone numbers in the first place.
fn is_service(digits: &str, may_be_abroad: bool) -> bool {
    let begins = |text: &str, with: &[&str]| with.iter().any(|with| text.starts_with(with));
    let at_home = digits.len() == 10 && (digits.starts_with("400") || begins(digits, &FREE_AMERICAN));
    let free = |country: &&str| digits.trim_start_matches('0').strip_prefix(*country).is_some_and(|rest| rest.starts_with("800"));
    let chinese = |rest: &str| rest.len() == 10 && begins(rest, &["400", "800"]);
    let abroad = digits.trim_start_matches('0');
    at_home || may_be_abroad && (abroad.starts_with("800") || FREE_800.iter().any(free) || abroad.strip_prefix("86").is_some_and(chinese))
}

/// A Chinese mobile number: 11 digits from 13 to 19.
fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9')
}

/// The first 17 or all 18 digits of a Chinese identity number (GB 11643): region, date of birth, serial number.
fn is_identity(digits: &str) -> bool {
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    matches!(digits.len(), 17 | 18)
        && (11..=91).contains(&number(0, 2))
        && (1900..=2099).contains(&number(6, 10))
        && (1..=12).contains(&number(10, 12))
        && (1..=31).contains(&number(12, 14))
}

/// A Chinese landline number with separate area code: `010-12345678`, `(0571) 8888 8888`.
fn is_landline(groups: &[&str]) -> bool {
    let groups = match groups {
        ["0086" | "86", rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    let area = groups[0].strip_prefix('0').unwrap_or(groups[0]);
    let with_zero = groups[0].starts_with('0') || groups.len() > 2;
    let is_area = area == "10" || area.len() == 2 && area.starts_with('2') || area.len() == 3 && matches!(area.as_bytes()[0], b'3'..=b'9');
    let rest: usize = groups[1..].iter().map(|group| group.len()).sum();
    groups[0].starts_with('0') && with_zero && is_area && matches!(rest, 7 | 8) && groups[1..].iter().all(|group| group.len() >= 3)
}

/// A North American number: `(415) 555-0123`, `415-555-0123`.
fn is_american(run: &str, groups: &[&str]) -> bool {
    lengths(groups) == [3, 3, 4] && run.contains(['-', '(']) && groups[0].as_bytes()[0] >= b'2'
}
