//! Exports whose columns have names without meaning, with a map that says what each holds: the plan reader takes them for what happened, to
//! the contact.

#[path = "support/bare_plan.rs"]
mod bare_plan;
#[path = "support/truth.rs"]
mod truth;

use bare_plan::{plan, write_plan};
use chrono::{NaiveDateTime, TimeDelta, Timelike};
use peakshift::history::RawCount;
use peakshift::input::Folder;
use peakshift::zone::Zone;
use rand::RngExt;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use truth::{Count, Truth, new_seeds, pick};

/// Ways in which a start is written, in the signs of strftime; the first needs no map to be read.
const FORMATS: [&str; 8] = [
    "%Y-%m-%d %H:%M",
    "%m/%d/%Y %I:%M %p",
    "%d/%m/%y %H.%M",
    "%H:%M %d.%m.%Y",
    "%Y%m%d%H%M",
    "%d-%b-%Y, %H:%M:%S",
    "week %V, %a %d %B %Y at %I:%M%p",
    "%y/%d/%m %H:%M",
];

/// A date of a workbook until it is written as one.
const OF_WORKBOOK: &str = "%Y-%m-%dT%H:%M:00";

/// Where a row says when.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Start {
    One,
    DateAndTime,
}

/// How handling time is given.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Handling {
    None,
    /// In `unit`, with the decimal sign of the file.
    Number,
    Clock,
    /// Without after-contact work, which stands in a column of its own.
    WithoutWrap,
}

/// What a file is like, beside its truth.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // each is a choice of its own
struct Shape {
    start: Start,
    format: &'static str,
    /// Whether the map names the form of the start.
    names_format: bool,
    zone: &'static str,
    are_ends: bool,
    has_queue: bool,
    /// Whether the file calls queues by codes of its own.
    has_codes: bool,
    counts: Vec<&'static str>,
    handling: Handling,
    unit: (&'static str, f64),
    decimal: char,
    has_filter: bool,
    skipped: usize,
    is_workbook: bool,
    /// Whether its starts are dates of the workbook, shown in the form that the map names.
    has_dates: bool,
    of_twelve_hours: bool,
}

/// Seconds of after-contact work in each contact, where it stands apart.
const WRAP: u32 = 20;

impl Shape {
    fn new(random: &mut ChaCha8Rng, truth: &Truth) -> Self {
        let is_daily = truth.minutes == 1440;
        let hours = truth.counts.iter().map(|count| count.start.hour());
        let (first, last) = (hours.clone().min().unwrap(), hours.max().unwrap());
        let of_twelve_hours = !is_daily && last + 1 - first <= 12 && random.random_bool(0.5);
        let start = if is_daily || of_twelve_hours { Start::One } else { pick(random, &[Start::One, Start::One, Start::DateAndTime]) };
        let format = match start {
            _ if is_daily => pick(random, &["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%y", "%d.%m.%y"]),
            _ if of_twelve_hours => "%Y-%m-%d %I:%M",
            Start::One => pick(random, &FORMATS),
            Start::DateAndTime => pick(random, &["%Y-%m-%d %H:%M", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %H:%M:%S"]),
        };
        let can_move = !is_daily && !of_twelve_hours;
        let columns = [
            vec!["offered"],
            vec!["offered", "handled"],
            vec!["offered", "handled", "abandoned"],
            vec!["offered", "abandoned"],
            vec!["handled", "abandoned"],
        ];
        let counts = columns[random.random_range(0..columns.len())].clone();
        let is_workbook = random.random_bool(0.2);
        Self {
            start,
            format,
            names_format: format != "%Y-%m-%d %H:%M" && format != "%Y-%m-%d" && !of_twelve_hours || can_move && random.random_bool(0.3),
            zone: if can_move { pick(random, &["", "", "UTC", "UTC+8", "Asia/Tokyo"]) } else { "" },
            are_ends: can_move && random.random_bool(0.3),
            has_queue: truth.queues.len() > 1 || random.random_bool(0.5),
            has_codes: random.random_bool(0.5),
            counts,
            handling: pick(random, &[Handling::None, Handling::Number, Handling::Number, Handling::Clock, Handling::WithoutWrap]),
            unit: pick(random, &[("ms", 0.001), ("s", 1.0), ("min", 60.0), ("h", 3600.0)]),
            decimal: pick(random, &['.', ',']),
            has_filter: random.random_bool(0.3),
            skipped: pick(random, &[0, 0, 1, 3]),
            is_workbook,
            has_dates: is_workbook && !of_twelve_hours && start == Start::One && random.random_bool(0.5),
            of_twelve_hours,
        }
    }

    /// The name by which the file calls a queue.
    fn queue(&self, truth: &Truth, queue: usize) -> String {
        if self.has_codes { format!("{}{queue}", 70 + queue) } else { truth.queues[queue].to_owned() }
    }

    /// The start of a row as the file writes it.
    fn start(&self, truth: &Truth, count: &Count) -> Vec<String> {
        let moved = count.start + TimeDelta::minutes(if self.are_ends { truth.minutes.into() } else { 0 });
        let utc = truth.zone.utc_at(count.start) + (moved - count.start);
        let written = match self.zone {
            "" => moved,
            "UTC" => utc,
            "UTC+8" => utc + TimeDelta::hours(8),
            name => name.parse::<Zone>().unwrap().local_at(utc),
        };
        let form = |format: &str| written.format(format).to_string();
        match self.start {
            Start::One => vec![form(if self.has_dates { OF_WORKBOOK } else { self.format })],
            Start::DateAndTime => {
                let (date, time) = self.format.split_once(' ').unwrap();
                vec![form(date), form(time)]
            }
        }
    }

    fn handling(&self, count: &Count) -> Vec<String> {
        let s = count.seconds;
        let number = |seconds: u32| format!("{:.3}", f64::from(seconds) / self.unit.1).replace('.', &self.decimal.to_string());
        match self.handling {
            Handling::None => vec![],
            Handling::Number => vec![number(s)],
            Handling::Clock => vec![format!("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)],
            Handling::WithoutWrap => vec![number(s - WRAP), WRAP.to_string()],
        }
    }

    /// Cells of a row, by what they say.
    fn row(&self, truth: &Truth, count: &Count, random: &mut ChaCha8Rng) -> Vec<String> {
        let mut cells = self.start(truth, count);
        cells.extend(self.has_queue.then(|| self.queue(truth, count.queue)));
        let of = |column: &&str| match *column {
            "offered" => count.offered,
            "handled" => count.handled(),
            _ => count.abandoned,
        };
        cells.extend(self.counts.iter().map(of).map(|number| number.to_string()));
        cells.extend(self.handling(count));
        cells.extend(self.has_filter.then(|| "voice".to_owned()));
        // what nobody asked for
        cells.extend(["x".to_owned(), random.random_range(0..500).to_string(), format!("note {}", random.random_range(0..9))]);
        cells
    }

    /// What each cell of a row says, in the words of a map.
    fn says(&self) -> Vec<&'static str> {
        let mut says = if self.start == Start::One { vec!["start"] } else { vec!["date", "time"] };
        says.extend(self.has_queue.then_some("queue"));
        says.extend(&self.counts);
        match self.handling {
            Handling::None => {}
            Handling::WithoutWrap => says.extend(["handling", "wrap"]),
            _ => says.push("handling"),
        }
        says.extend(self.has_filter.then_some("where"));
        says.extend(["", "", ""]);
        says
    }

    /// Rows with the header, in an order of columns of their own, and the names of the columns by what they say.
    fn table(&self, truth: &Truth, random: &mut ChaCha8Rng) -> (Vec<Vec<String>>, Vec<(&'static str, String)>) {
        let says = self.says();
        let mut order: Vec<usize> = (0..says.len()).collect();
        (1..order.len()).rev().for_each(|place| order.swap(place, random.random_range(0..=place)));
        // after-contact work is found by its name
        let name = |place: usize| if says[order[place]] == "wrap" { "ACW".to_owned() } else { format!("c{}", place + 1) };
        let names: Vec<String> = (0..order.len()).map(name).collect();
        let mut rows = vec![vec!["junk".to_owned(); 2]; self.skipped];
        rows.push(names.clone());
        for count in &truth.counts {
            let mut cells = vec![self.row(truth, count, random)];
            if self.has_filter && random.random_bool(0.3) {
                let mut other = cells[0].clone();
                "fax".clone_into(&mut other[says.iter().position(|word| *word == "where").unwrap()]);
                cells.push(other);
            }
            rows.extend(cells.into_iter().map(|cells| order.iter().map(|place| cells[*place].clone()).collect()));
        }
        let columns = order.iter().zip(names).map(|(place, name)| (says[*place], name)).collect();
        (rows, columns)
    }

    /// The map of a file with these columns.
    fn map(&self, truth: &Truth, file: &str, columns: &[(&'static str, String)]) -> String {
        let column = |says: &str| columns.iter().find(|(word, _)| *word == says).map(|(_, name)| name.as_str());
        let mut map = format!("[[import]]\nfile = \"{file}\"\n");
        match (column("start"), column("date"), column("time")) {
            (Some(start), ..) => writeln!(map, "start = \"{start}\"").unwrap(),
            (_, date, time) => writeln!(map, "start = {{ date = \"{}\", time = \"{}\" }}", date.unwrap(), time.unwrap()).unwrap(),
        }
        if self.names_format {
            writeln!(map, "format = \"{}\"", self.format).unwrap();
        }
        if !self.zone.is_empty() {
            writeln!(map, "zone = \"{}\"", self.zone).unwrap();
        }
        map += if self.are_ends { "stamp = \"end\"\n" } else { "" };
        for says in ["queue", "offered", "handled", "abandoned", "handling"] {
            column(says).iter().for_each(|name| writeln!(map, "{says} = \"{name}\"").unwrap());
        }
        if !self.has_queue {
            map += "queue_id = \"q0\"\n";
        }
        if self.has_queue && self.has_codes {
            let of = |queue| format!("\"{}\" = \"q{queue}\"", self.queue(truth, queue));
            writeln!(map, "queues = {{ {} }}", (0..truth.queues.len()).map(of).collect::<Vec<_>>().join(", ")).unwrap();
        }
        if matches!(self.handling, Handling::Number | Handling::WithoutWrap) {
            writeln!(map, "unit = \"{}\"\ndecimal = \"{}\"", self.unit.0, self.decimal).unwrap();
        }
        map += if self.handling == Handling::WithoutWrap { "includes_wrap = false\n" } else { "" };
        column("where").iter().for_each(|name| writeln!(map, "where = {{ {name} = [\"voice\", \"phone\"] }}").unwrap());
        if self.skipped > 0 {
            writeln!(map, "skip_rows = {}", self.skipped).unwrap();
        }
        map += if self.is_workbook { "sheet = \"Data\"\n" } else { "" };
        map += if self.of_twelve_hours { "clock = \"12h_by_opening_hours\"\n" } else { "" };
        map
    }
}

/// Writes a table as a text, or as the second sheet of a workbook; gives the name of the file.
fn write_table(folder: &Path, shape: &Shape, rows: &[Vec<String>]) -> &'static str {
    if !shape.is_workbook {
        let text: String = rows.iter().map(|row| row.join(";") + "\n").collect();
        fs::write(folder.join("export.csv"), text).unwrap();
        return "export.csv";
    }
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Other").unwrap().write_string(0, 0, "Date").unwrap();
    let sheet = book.add_worksheet().set_name("Data").unwrap();
    let shown = Format::new().set_num_format("dd/mm/yy hh:mm");
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (row as u32, column as u16);
            match ExcelDateTime::parse_from_str(cell) {
                Ok(date) if shape.has_dates && cell.contains('T') => sheet.write_datetime_with_format(row, column, &date, &shown).unwrap(),
                _ => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
    book.save(folder.join("export.xlsx")).unwrap();
    "export.xlsx"
}

/// A count as far as a file tells it: start, contacts, and contacts handled with their mean.
type Told = (NaiveDateTime, u32, Option<(u32, u32)>);

/// What a file of this shape tells of a count.
fn told(shape: &Shape, count: &Count) -> Told {
    let has = |column| shape.counts.contains(&column);
    let handled = if has("handled") || has("abandoned") { count.handled() } else { count.offered };
    let mean = (shape.handling != Handling::None && handled > 0).then_some((handled, count.seconds));
    (count.start, count.offered, mean)
}

fn read(count: &RawCount) -> Told {
    // three decimals of an hour are four seconds
    let handled = count.handled.map(|of| (of.contacts.round() as u32, of.mean.get().round() as u32));
    (count.start, count.contacts.round() as u32, handled)
}

/// Whether both are the same, with the handling time to half a unit of the last decimal.
fn is_same(shape: &Shape, told: &Told, read: &Told) -> bool {
    let near = 1.0 + shape.unit.1 * 0.0005;
    let means = match (told.2, read.2) {
        (Some((contacts, mean)), Some((other, found))) => contacts == other && (f64::from(mean) - f64::from(found)).abs() <= near,
        (None, None) => true,
        _ => false,
    };
    (told.0, told.1) == (read.0, read.1) && means
}

/// What is wrong with the reading of a file of this seed.
fn fault(seed: u64) -> Option<String> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let truth = Truth::new(&mut random);
    let shape = Shape::new(&mut random, &truth);
    let folder = tempfile::tempdir().unwrap();
    let (rows, columns) = shape.table(&truth, &mut random);
    let file = write_table(folder.path(), &shape, &rows);
    let map = shape.map(&truth, file, &columns);
    write_plan(folder.path(), &plan(&truth, file, &map));
    let reading = Folder::named(folder.path()).read();
    let wrong =
        |what: String| Some(format!("seed {seed}: {what}\n{shape:?} {} min\n{map}{:?}\n", truth.minutes, &rows[..rows.len().min(4)]));
    let Some(inputs) = reading.inputs else {
        let told: Vec<String> =
            reading.problems.iter().map(|problem| format!("{} {} {}", problem.code, problem.value, problem.expected)).collect();
        return wrong(told.join("; "));
    };
    for (queue, of) in inputs.queues.iter().enumerate() {
        let mut expected: Vec<Told> = truth.counts.iter().filter(|count| count.queue == queue).map(|count| told(&shape, count)).collect();
        let mut found: Vec<Told> = of.counts.iter().map(read).collect();
        expected.sort_unstable();
        found.sort_unstable();
        if expected.len() != found.len() {
            return wrong(format!("{} rows of {} in queue {queue}", found.len(), expected.len()));
        }
        if let Some((one, other)) = expected.iter().zip(&found).find(|(one, other)| !is_same(&shape, one, other)) {
            return wrong(format!("queue {queue}: {other:?} for {one:?}"));
        }
    }
    None
}

/// A log of contacts whose columns have names without meaning, with its map.
fn log(truth: &Truth, random: &mut ChaCha8Rng) -> (String, String) {
    let format = pick(random, &["%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%d %b %Y %H:%M:%S"]);
    let mut text = "c1;c2;c3;c4\n".to_owned();
    for count in &truth.counts {
        for contact in 0..count.offered {
            let start = count.start + TimeDelta::seconds(random.random_range(0..i64::from(truth.minutes) * 60));
            let talk = if contact < count.abandoned { String::new() } else { count.seconds.to_string() };
            writeln!(text, "{};{};{};{talk}", random.random_range(0..9), truth.queues[count.queue], start.format(format)).unwrap();
        }
    }
    (text, format!("[[import]]\nfile = \"export.csv\"\nstart = \"c3\"\nqueue = \"c2\"\nhandling = \"c4\"\nformat = \"{format}\"\n"))
}

#[test]
fn a_map_gives_columns_of_a_log_of_contacts_their_meaning() {
    for seed in new_seeds(10) {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let truth = Truth::new(&mut random);
        if truth.minutes == 1440 {
            continue;
        }
        let (text, map) = log(&truth, &mut random);
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("export.csv"), text).unwrap();
        write_plan(folder.path(), &plan(&truth, "export.csv", &map));
        let reading = Folder::named(folder.path()).read();
        let inputs = reading.inputs.unwrap_or_else(|| panic!("seed {seed}: {:?}", reading.problems));
        for (queue, of) in inputs.queues.iter().enumerate() {
            let own = || truth.counts.iter().filter(|count| count.queue == queue && count.offered > 0);
            let mean = |count: &Count| (count.handled() > 0).then_some((count.handled(), count.seconds));
            let mut expected: Vec<Told> = own().map(|count| (count.start, count.offered, mean(count))).collect();
            expected.sort_unstable();
            assert_eq!(of.counts.iter().map(read).collect::<Vec<_>>(), expected, "seed {seed}");
        }
    }
}

#[test]
fn a_map_gives_columns_of_any_name_their_meaning() {
    let seeds = std::env::var("EXPORT_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(150);
    let wrong: Vec<String> = new_seeds(seeds).filter_map(fault).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.iter().take(12).cloned().collect::<Vec<_>>().join("\n"));
}
