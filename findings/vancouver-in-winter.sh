#!/usr/bin/env bash
# chrono-tz 0.10.4 holds the zone database 2025b: Vancouver, which no longer turns its clocks back, is an hour off all winter of 2026.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tzdata==2026.6
cd "$folder"
cargo init --quiet --vcs none --name winter .
cargo add --quiet chrono@0.4 --no-default-features
cargo add --quiet chrono-tz@=0.10.4
cat > src/main.rs <<'RS'
use chrono::{Offset, TimeZone};
fn main() {
    let noon = chrono_tz::America::Vancouver.with_ymd_and_hms(2026, 12, 1, 12, 0, 0).unwrap();
    println!("{}", noon.offset().fix().local_minus_utc() / 3600);
}
RS
echo "chrono-tz 0.10.4 and tzdata 2026.6"
echo "expected: both give the same hours from UTC for noon in Vancouver on 1 December 2026"
one=$(cargo run --quiet)
other=$(venv/bin/python - <<'PY'
import datetime
import importlib.resources
import zoneinfo
with importlib.resources.files("tzdata.zoneinfo").joinpath("America/Vancouver").open("rb") as file:
    zone = zoneinfo.ZoneInfo.from_file(file)
print(int(datetime.datetime(2026, 12, 1, 12, tzinfo=zone).utcoffset().total_seconds() // 3600))
PY
)
echo "chrono-tz: $one h, tzdata: $other h"
echo "happens: an hour apart all winter: a shift planned with one and read with the other begins an hour off"
[ "$one" = -8 ] && [ "$other" = -7 ]
