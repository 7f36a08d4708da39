#!/usr/bin/env bash
# PuLP: a CBC search told to stop at its first solution has the status "Optimal"; only `sol_status` knows better.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pulp==3.3.2
echo "PuLP 3.3.2 with the CBC it ships"
echo "expected: LpStatus tells a proven optimum from a search that was stopped"
"$folder/venv/bin/python" - <<'PY'
import random
import sys
import pulp

# sixty shifts of different cost, sixty hours that each need so much of them
chance = random.Random(3)
problem = pulp.LpProblem("cover", pulp.LpMinimize)
shifts = [pulp.LpVariable(f"shift{number}", 0, 1, "Integer") for number in range(60)]
problem += pulp.lpSum(chance.randint(10, 99) * shift for shift in shifts)
for _ in range(60):
    problem += pulp.lpSum(chance.randint(5, 60) * shift for shift in shifts) >= 700

seen = []
for name, options in (("first solution", ["maxSolutions 1"]), ("to the end", [])):
    problem.solve(pulp.PULP_CBC_CMD(msg=False, options=options))
    seen.append((pulp.LpStatus[problem.status], pulp.LpSolution[problem.sol_status], pulp.value(problem.objective)))
    print(f"{name}: status {seen[-1][0]!r}, solution status {seen[-1][1]!r}, cost {seen[-1][2]}")
stopped, proven = seen
print(f"happens: both are 'Optimal', at {stopped[2]} and {proven[2]}")
sys.exit(0 if stopped[0] == proven[0] == "Optimal" and stopped[1] != proven[1] and stopped[2] > proven[2] else 1)
PY
