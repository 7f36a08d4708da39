#!/usr/bin/env bash
# python-dateutil 4.0.0: its parser reads `UTC+8` as eight hours behind UTC, its own zone `UTC+8` is eight hours ahead.
set -euo pipefail
VERSION=4.0.0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "python-dateutil==$VERSION"
echo "python-dateutil $VERSION"
echo "expected: 9:00 in an export whose times are of UTC+8, as team schedules and reports write it, is 1:00 UTC, whichever function reads it"
seen=$("$folder/venv/bin/python" - <<'PY'
import datetime
from dateutil import parser, tz
nine = datetime.datetime(2026, 1, 12, 9)
by_parser = parser.parse("2026-01-12 09:00 UTC+8")
by_zone = nine.replace(tzinfo=tz.tzstr("UTC+8"))
print(*(stamp.astimezone(datetime.timezone.utc).strftime("%dT%H:%M") for stamp in (by_parser, by_zone)))
PY
)
echo "parser and zone: $seen (day and time of UTC)"
echo "happens: parser.parse says 17:00 UTC, tz.tzstr says 1:00 UTC: a week of calls moves by sixteen hours without a word"
[ "$seen" = "12T17:00 12T01:00" ]
