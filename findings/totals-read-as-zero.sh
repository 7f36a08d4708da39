#!/usr/bin/env bash
# XlsxWriter and pandas: a sum in a fresh workbook is read as 0; the same sheet written by openpyxl loses the row.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check XlsxWriter==3.3.1 openpyxl==3.1.5 pandas==3.1.1
echo "XlsxWriter 3.3.1, openpyxl 3.1.5, pandas 3.1.1"
echo "expected: hours 8.0, 7.5 and their sum 15.5, or an empty third cell that says it was never calculated"
cd "$folder"
venv/bin/python - <<'PY'
import sys
import openpyxl
import pandas
import xlsxwriter

book = xlsxwriter.Workbook("one.xlsx")
sheet = book.add_worksheet()
sheet.write_column("A1", ["hours", 8, 7.5])
sheet.write_formula("A4", "=SUM(A2:A3)")
book.close()
other = openpyxl.Workbook()
for cell in ("hours", 8, 7.5, "=SUM(A2:A3)"):
    other.active.append([cell])
other.save("other.xlsx")

seen = [pandas.read_excel(name)["hours"].tolist() for name in ("one.xlsx", "other.xlsx")]
print(f"written by XlsxWriter: {seen[0]}")
print(f"written by openpyxl:   {seen[1]}")
print("happens: no value was calculated in either; one reads as a total of 0 hours, the other as no row at all")
sys.exit(0 if seen == [[8.0, 7.5, 0.0], [8.0, 7.5]] else 1)
PY
