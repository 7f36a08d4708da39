//! Published benchmark instances, solved from the command line.

use assert_cmd::Command;
use std::fs;

const TWO_PEOPLE: &str = "SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,480,E

SECTION_STAFF
A,E=7|L=7,2400,1440,5,1,1,1
B,E=7|L=0,2400,1440,5,1,1,1

SECTION_DAYS_OFF
A,0

SECTION_SHIFT_ON_REQUESTS
A,1,L,3

SECTION_COVER
0,E,1,100,1
1,E,1,100,1
1,L,1,100,1
2,L,1,100,1
3,E,2,100,1
";

fn solve(instance: &str) -> (tempfile::TempDir, std::process::Output) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("instance.txt"), instance).unwrap();
    let output = Command::cargo_bin("peakshift")
        .unwrap()
        .current_dir(&folder)
        .args(["benchmark", "nrp", "instance.txt", "--time-limit", "5", "--output", "solution.csv"])
        .output()
        .unwrap();
    (folder, output)
}

#[test]
fn late_then_early_is_barred_and_one_early_shift_stays_open() {
    // A is off on Monday; a late shift on Tuesday (requested) and Wednesday forbids A's early shift on Thursday: B alone, one person short.
    // A needs a third shift and B their third where nobody is required, which costs 0: days without a cover line.
    let (folder, output) = solve(TWO_PEOPLE);
    let answer = String::from_utf8(output.stdout).unwrap();
    assert!(answer.trim_end().ends_with('}') && answer.contains("\"cost\":100.0000"), "{answer}");
    let solution = fs::read_to_string(folder.path().join("solution.csv")).unwrap();
    assert!(solution.starts_with("employee,day,shift\n") && solution.contains("A,1,L"), "{solution}");
}

#[test]
fn every_bad_line_of_an_instance_is_named_and_nothing_is_written() {
    let (folder, output) = solve(&TWO_PEOPLE.replace("A,0", "C,0").replace("2,L,1", "9,L,1"));
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("instance.txt:13") && told.contains("instance.txt:22"), "{told}");
    assert!(!folder.path().join("solution.csv").exists());
}

#[test]
fn every_defect_of_an_instance_is_told_at_its_line() {
    let lines: Vec<&str> = TWO_PEOPLE.lines().collect();
    let line_of = |text: &str| lines.iter().position(|line| *line == text).unwrap() + 1;
    // replaced text, its replacement, and the reported line
    let cases = [
        ("E,480,", "E,480,X".to_owned(), line_of("E,480,")),
        ("L,480,E", "E,480,".to_owned(), line_of("L,480,E")),
        ("L,480,E", ",480,E".to_owned(), line_of("L,480,E")),
        ("L,480,E", "L,-1,E".to_owned(), line_of("L,480,E")),
        ("L,480,E", "L,480,E,extra".to_owned(), line_of("L,480,E")),
        ("7", "0".to_owned(), 2),
        ("7", "7\n7".to_owned(), 3),
        ("7", "99999999999999999999".to_owned(), 2),
        ("B,E=7|L=0,2400,1440,5,1,1,1", "B,E=7|E=0,2400,1440,5,1,1,1".to_owned(), 10),
        ("B,E=7|L=0,2400,1440,5,1,1,1", "A,E=7,2400,1440,5,1,1,1".to_owned(), 10),
        ("B,E=7|L=0,2400,1440,5,1,1,1", "B,N=7,2400,1440,5,1,1,1".to_owned(), 10),
        ("B,E=7|L=0,2400,1440,5,1,1,1", "B,E=7,2400,1440,5,1,1".to_owned(), 10),
        ("A,0", "A,0,0".to_owned(), line_of("A,0")),
        ("A,0", "A,7".to_owned(), line_of("A,0")),
        ("A,1,L,3", "A,1,L,3\nA,1,L,4".to_owned(), line_of("A,1,L,3") + 1),
        ("3,E,2,100,1", "3,E,2,100,1\n3,E,1,100,1".to_owned(), line_of("3,E,2,100,1") + 1),
        ("3,E,2,100,1", "3,E,2,100,1\nSECTION_SHIFTS\nX,480,".to_owned(), line_of("3,E,2,100,1") + 1),
        ("3,E,2,100,1", "3,E,2,100,1\nSECTION_STAFF\nC,,2400,0,5,1,1,1".to_owned(), line_of("3,E,2,100,1") + 1),
        ("3,E,2,100,1", "3,E,2,100,1\nSECTION_OTHER\n1".to_owned(), line_of("3,E,2,100,1") + 1),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("instance.txt");
    for (find, put, line) in cases {
        fs::write(&path, TWO_PEOPLE.replacen(&format!("{find}\n"), &format!("{put}\n"), 1)).unwrap();
        let problems = peakshift::input::read_nrp_instance(&path).expect_err(&put);
        assert!(problems.iter().any(|problem| problem.line == Some(line)), "{put}: {problems:?}");
    }
    // sections may stand in any order
    let (horizon, rest) = TWO_PEOPLE.split_once("SECTION_SHIFTS").unwrap();
    fs::write(&path, format!("SECTION_SHIFTS{rest}{horizon}")).unwrap();
    let reordered = peakshift::input::read_nrp_instance(&path).unwrap();
    fs::write(&path, TWO_PEOPLE).unwrap();
    assert_eq!(reordered, peakshift::input::read_nrp_instance(&path).unwrap());
}
