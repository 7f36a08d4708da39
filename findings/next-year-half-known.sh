#!/usr/bin/env bash
# holidays and chinesecalendar: of a year whose arrangement of days off is not out yet, one answers without it and without a word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109 chinesecalendar==1.11.0
echo "holidays 0.109, chinesecalendar 1.11.0, China"
echo "expected: both tell a year whose bridge days and make-up Saturdays are known from one of which only the statutory days are"
"$folder/venv/bin/python" - <<'PY'
import datetime
import sys
import chinese_calendar
import holidays

seen = {}
for year in (2026, 2027):
    calendar = holidays.China(years=year)
    days = [datetime.date(year, 1, 1) + datetime.timedelta(day) for day in range(365)]
    bridges = sum("substituted" in name for name in calendar.values())
    makeup = sum(day.weekday() >= 5 and calendar.is_working_day(day) for day in days)
    try:
        known = sum(chinese_calendar.is_workday(day) for day in days)
        other = f"{known} working days"
    except NotImplementedError:
        other = "an error: the year is not known"
    seen[year] = (bridges, makeup, other)
    print(f"{year}: holidays: {len(calendar)} days, {bridges} bridge days, {makeup} make-up days; chinesecalendar: {other}")
print("happens: holidays gives 2027 as if nobody would bridge a day or make one up; the other refuses")
sys.exit(0 if min(seen[2026][:2]) > 0 and seen[2027] == (0, 0, "an error: the year is not known") else 1)
PY
