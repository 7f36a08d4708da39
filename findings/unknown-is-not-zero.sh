#!/usr/bin/env bash
# OR-Tools CP-SAT: a search stopped before its first step reports objective 0.0 and bound 0.0, also of a maximum that is far above 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ortools==9.15.6755
echo "ortools 9.15.6755, CP-SAT, maximise"
echo "expected: after UNKNOWN no objective, and a bound that no solution can exceed (infinite, or at least the optimum)"
"$folder/venv/bin/python" - <<'PY'
import sys
from ortools.sat.python import cp_model

# who of twelve people takes an early shift; of any three neighbours at most two
worth = [31, 54, 17, 88, 46, 29, 73, 62, 15, 97, 38, 51]
model = cp_model.CpModel()
early = [model.new_bool_var(f"early{person}") for person in range(12)]
for first in range(10):
    model.add(sum(early[first : first + 3]) <= 2)
model.maximize(sum(value * person for value, person in zip(worth, early)))

seen = []
for seconds in (0.0, 30.0):
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    status = solver.status_name(solver.solve(model))
    seen.append((status, solver.objective_value, solver.best_objective_bound))
    print(f"limit {seconds:4.1f} s: {status}, objective {seen[-1][1]}, bound {seen[-1][2]}")
(stopped, objective, bound), (proven, optimum, _) = seen
print(f"happens: read without its status, the stopped search proves that nothing above {bound} exists; {optimum} does")
sys.exit(0 if (stopped, objective, bound, proven) == ("UNKNOWN", 0.0, 0.0, "OPTIMAL") and optimum > 0 else 1)
PY
