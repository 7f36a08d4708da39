//! A valid file of every kind, to be damaged.

use std::fs;
use std::path::Path;

/// Tables of a plan.
#[allow(dead_code)] // not used by every test
pub(crate) const TABLES: [&str; 13] = [
    "history.csv",
    "agents.csv",
    "absences.csv",
    "shifts.csv",
    "promotions.csv",
    "day_curves.csv",
    "calendar.csv",
    "drivers.csv",
    "pins.csv",
    "requests.csv",
    "overrides.csv",
    "accounts.csv",
    "previous_roster.csv",
];

/// A folder with a valid file of every kind, small enough to be read many times a second.
pub(crate) fn valid_folder() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny");
    for entry in fs::read_dir(tiny).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    let write = |file: &str, text: &str| fs::write(copy.path().join(file), text).unwrap();
    let history = fs::read_to_string(copy.path().join("history.csv")).unwrap();
    let rows: Vec<&str> = history.lines().enumerate().filter(|(line, _)| *line == 0 || line % 8 == 1).map(|(_, row)| row).collect();
    write("history.csv", &rows.join("\n"));
    let plan = fs::read_to_string(copy.path().join("plan.toml")).unwrap();
    let more = "[[site]]\nid = \"hub\"\nopen = \"08:00\"\nclose = \"20:00\"\n[[activity]]\nid = \"talk\"\nattend = \"alone\"\nminutes = 60\n\
        [[presence]]\nid = \"seniors\"\nlevels = [\"senior\"]\n[capacity]\nnew_hire_speed = [0.6]\nnew_hire_weeks = [4]\n";
    write("plan.toml", &plan.replace("[costs]", &format!("{more}[costs]")).replace("[files]", "[files]\ndrivers = \"drivers.csv\""));
    write(
        "calls.csv",
        "Calls of 12 Oct 2026\nCall ID,Start Time,Skill,Talk Time,Wait Time,Disposition\n1,10/12/2026 9:00:12 AM,phone,0:05:10,:12,Answered\n\
         2,10/12/2026 1:31:40 PM,phone,0:04:50,0:40,Answered\n3,10/13/2026 10:02:03 AM,sales,,1:10,Abandoned\nTotal,,,0:10:00,,\n",
    );
    write(
        "queue_log",
        "1791766800|1.1|phone|NONE|ENTERQUEUE||x|1\n1791766810|1.1|phone|SIP/2|CONNECT|10|1.2|3\n\
         1791767100|1.1|phone|SIP/2|COMPLETECALLER|10|290|1\n1791767200|1.3|phone|NONE|ENTERQUEUE||x|1\n1791767260|1.3|phone|NONE|ABANDON|1|1|60\n",
    );
    write("drivers.csv", "start,visits\n2026-11-02,100\n2026-11-03,120\n");
    write("pins.csv", "date,agent_id,shift,reason,author\n2026-11-30,A1,D,so,ann\n2026-11-30,A3,off,,\n");
    write("requests.csv", "agent_id,date,wish,weight\nA1,2026-11-30,D,2\nA2,2026-12-05,休,3\n");
    write(
        "overrides.csv",
        "when,end,queue,factor,value,author,reason\n2026-11-30T10:00,,phone,1.5,,ann,\"letter, sent\"\n2026-11-30T12:00,,,,9,ann,x\n",
    );
    write("accounts.csv", "agent_id,month,overtime_hours,late_shifts,balance_from,balance_hours\nA1,2026-11,12.5,3,2026-10-01,100\n");
    let roster = "date,agent_id,shift,start,end,meal_start,breaks,activity,queue,paid_hours,pinned\n2026-11-30,A1,D,2026-11-30T09:00,2026-11-30T17:00,11:00/60,10:00/15,work,phone,7,no\n";
    write("roster.csv", roster);
    write("requirement.csv", "start,queue,added_by_simulation\n2026-11-30T10:00,phone,1\n");
    write("matrix.csv", "agent_id,team,11-30 Mon\nA1,one,D\nA2,one,off\nA3,one,evening\n");
    write("ids.csv", "agent_id,outside_id,group\nA1,ann,front\nA2,\"ben, b\",\n");
    write(
        "batch.csv",
        "model,load_erlangs,handling_seconds,agents,target,target_value\nerlang_c,10,180,,service_level;asa,0.8;20\nchat,5,180;200,4,,\n",
    );
    write("events.csv", "event,family,start,end,size\nsale,sale,2026-12-10,2026-12-11,1\n");
    write("kept_2026-11-30_7_days_known_before_2026-11-30.csv", "start,queue,volume,q0.1,q0.9\n2026-11-30T09:00,phone,6,4,8\n");
    write(
        "instance.txt",
        "SECTION_HORIZON\n7\n\nSECTION_SHIFTS\nE,480,\nL,480,E\n\nSECTION_STAFF\nA,E=7|L=7,2400,1440,5,1,1,1\n\nSECTION_DAYS_OFF\nA,0\n\nSECTION_SHIFT_ON_REQUESTS\nA,1,L,3\n\nSECTION_COVER\n0,E,1,100,1\n",
    );
    let required = vec!["1"; 7 * 48].join(",");
    write(
        "tour.json",
        &format!(
            "{{\"step_min\":30,\"days\":7,\n\"required\":[[{required}]],\n\"shifts\":[{{\"start\":8,\"span\":8,\"paid\":7,\"meal\":1,\"meal_win\":[6,10],\"rests\":[[2,4]],\"night\":0,\"rdy\":0,\"band\":1}}],\n\"agents\":[{{\"id\":\"a\",\"hmin\":20,\"hreg\":40,\"hmax\":48,\"spans\":[8],\"skills\":[0],\"max_nights_week\":2,\"days_off\":[1],\"consec_before\":0}}],\n\"rules\":{{\"max_consecutive\":6,\"out_of_band_penalty\":1,\"no_two_off_penalty\":2,\"overtime_factor\":1.5,\"shortage_weights_per_agent_hour\":[1,2,3],\"shortage_segments\":[0.1,0.2]}}}}"
        ),
    );
    copy
}
