#!/usr/bin/env bash
# SheetJS: a roster read from CSV text has its days, shift codes and agent numbers turned into numbers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix "$folder" xlsx@0.18.5 >/dev/null
echo "xlsx 0.18.5"
echo "expected: cells of a CSV text as they stand in it: the day 11-30, the agents 007 and 1E5, the shift code 1-2"
cat > roster.js <<'JS'
const xlsx = require("xlsx");
const book = xlsx.read("agent_id,11-30\n007,E\n1E5,1-2\n", { type: "string" });
const rows = xlsx.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1 });
rows.forEach((row) => console.log(JSON.stringify(row)));
console.log("happens: agent 007 is 7, agent 1E5 is 100000, the header and the shift code are days of 2001 counted from 1900");
const [[, day], [first], [second, code]] = rows;
const changed = first === 7 && second === 100000 && typeof day === "number" && typeof code === "number";
process.exit(changed ? 0 : 1);
JS
node roster.js
