#!/usr/bin/env bash
# holidays and pandas: a country's calendar holds no day until one is looked up, so `isin` finds none, and the same line later finds all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109 pandas==3.1.1
echo "holidays 0.109, pandas 3.1.1"
echo "expected: 2026-07-04 is a holiday in the United States, whichever way one asks and however often"
"$folder/venv/bin/python" - <<'PY'
import datetime
import sys
import holidays
import pandas

calendar = holidays.US()
days = pandas.Series([datetime.date(2026, 7, 3), datetime.date(2026, 7, 4), datetime.date(2026, 7, 6)])
first = days.isin(calendar).tolist()
asked = datetime.date(2026, 7, 4) in calendar
second = days.isin(calendar).tolist()
print(f"days.isin(calendar):     {first}")
print(f"date in calendar:        {asked}")
print(f"days.isin(calendar):     {second}")
print("happens: the first call finds no holiday; a look-up in between fills the year, and the same call finds two")
sys.exit(0 if not any(first) and asked and second == [True, True, False] else 1)
PY
