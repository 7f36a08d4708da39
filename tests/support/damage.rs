//! Random damage to valid texts.

/// One piece of damage: operation, place, and word or number.
pub(crate) type Damage = (u8, u16, u8);

/// Cell contents from spreadsheets, planners and attackers.
const WORDS: [&str; 60] = [
    "",
    " ",
    "0",
    "-1",
    "1e308",
    "-1e-320",
    "NaN",
    "inf",
    "99999999999999999999",
    "0.5",
    "1,234",
    "50%",
    "１２",
    "\"",
    "\"\"",
    "\"a\nb\"",
    "'=1+1",
    "=1+1",
    "#N/A",
    "#REF!",
    "Err:502",
    "2026-11-30",
    "2026-11-30T09:00",
    "1989-12-31",
    "2199-12-31T24:00",
    "2026-02-30",
    "24:00",
    "25:61",
    "00:00",
    "9",
    ";",
    ";;",
    "phone",
    "fax",
    "A1",
    "A2",
    "D",
    "V",
    "off",
    "休",
    "full",
    "名",
    "\u{feff}",
    "\u{0}",
    "\u{1b}[2J",
    "a@b.cn",
    "13800138000",
    "e\u{301}🙂",
    "sep=;\n",
    "30.11.2026",
    "11/30/26",
    "1.2.26 9:00 PM",
    "下午12:59",
    "9点半",
    "09:00-09:30",
    "合计",
    "2026-11-02 Total",
    "-",
    "日期,时段",
    "——",
];

/// Signs of which cells consist.
const SIGNS: &[u8] = b"0123456789012345,,;|\t\"\n\r:-/. +=#'APMTZeh";

/// Up to 255 bytes without meaning: any, or those of cells.
fn noise(place: usize, number: u8) -> Vec<u8> {
    let mut state = place as u64 * 256 + u64::from(number) + 1;
    let mut next = || {
        // xorshift (G. Marsaglia, 2003)
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    let length = next();
    (0..length).map(|_| if number.is_multiple_of(2) { next() } else { SIGNS[usize::from(next()) % SIGNS.len()] }).collect()
}

/// A damaged text.
pub(crate) fn damaged(text: &str, damage: &[Damage]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for &(what, place, number) in damage {
        let place = usize::from(place) * (bytes.len() + 1) / 65_536;
        let word = WORDS[usize::from(number) % WORDS.len()].as_bytes();
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let is_cell_end =
            |byte: &u8| matches!(byte, b'\n' | b'\r' | b',' | b';' | b'\t' | b'"' | b'=' | b' ' | b'[' | b']' | b'<' | b'>' | b':');
        let line_start = bytes[..place].iter().rposition(is_end).map_or(0, |end| end + 1);
        let line_end = bytes[place..].iter().position(is_end).map_or(bytes.len(), |end| place + end);
        let cell_start = bytes[..place].iter().rposition(is_cell_end).map_or(0, |end| end + 1);
        let cell_end = bytes[place..].iter().position(is_cell_end).map_or(bytes.len(), |end| place + end);
        match what % 15 {
            0..=3 => drop(bytes.splice(cell_start..cell_end, word.iter().copied())),
            4 => drop(bytes.splice(place..place, word.iter().copied())),
            5 => drop(bytes.drain(line_start..line_end)),
            6 => {
                let line: Vec<u8> = bytes[line_start..line_end].iter().copied().chain([b'\n']).collect();
                drop(bytes.splice(line_start..line_start, line.repeat(usize::from(number % 4) + 1)));
            }
            7 => bytes.truncate(place),
            8 => drop(bytes.drain(place..(place + usize::from(number)).min(bytes.len()))),
            9 => bytes.insert(place, number),
            10 => {
                let ends: [&[u8]; 3] = [b"\r\n", b"\r", b"\n\n"];
                let end = ends[usize::from(number) % 3];
                bytes = bytes.iter().flat_map(|byte| if *byte == b'\n' { end.to_vec() } else { vec![*byte] }).collect();
            }
            11 => {
                let (from, to) = (b",;\t"[usize::from(number) % 3], b";\t,"[usize::from(number / 3) % 3]);
                bytes.iter_mut().filter(|byte| **byte == from).for_each(|byte| *byte = to);
            }
            // at times nothing but noise is left
            12 => drop(bytes.splice(if number.is_multiple_of(8) { 0..bytes.len() } else { place..place }, noise(place, number))),
            13 => {
                if let Some(byte) = bytes.get_mut(place) {
                    *byte ^= 1 << (number % 8);
                }
            }
            _ => {
                let cell: Vec<u8> = bytes[cell_start..cell_end].to_vec();
                drop(bytes.splice(cell_end..cell_end, cell));
            }
        }
    }
    bytes.truncate(1 << 16);
    bytes
}
