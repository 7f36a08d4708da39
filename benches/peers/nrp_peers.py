"""CP-SAT and HiGHS on a shift-scheduling instance, each with one 0/1 variable for an employee, a day and a shift.

usage: nrp_peers.py cp-sat|highs INSTANCE.txt SECONDS THREADS    prints cost, bound, seconds; inf where nothing was found
"""
import sys
import time


def read(path):
    sections, name = {}, None
    for line in open(path):
        line = line.strip()
        if line.startswith("SECTION_"):
            name = line[8:]
            sections[name] = []
        elif line and not line.startswith("#"):
            sections[name].append(line.split(","))
    return sections


def state(sections, model):
    """States the program in a model that has `binary`, `number`, `at_most`, `at_least` (of terms) and `minimise`."""
    days = int(sections["HORIZON"][0][0])
    minutes = {row[0]: int(row[1]) for row in sections["SHIFTS"]}
    after = {row[0]: [other for other in row[2].split("|") if other] for row in sections["SHIFTS"]}
    off = {row[0]: {int(day) for day in row[1:]} for row in sections.get("DAYS_OFF", [])}
    x, cost, constant = {}, [], 0
    for name, most, most_minutes, least_minutes, most_run, least_run, least_off, weekends in sections["STAFF"]:
        limits = {part.split("=")[0]: int(part.split("=")[1]) for part in most.split("|")}
        for day in range(days):
            for shift in minutes:
                x[name, day, shift] = model.binary(0 if day in off.get(name, ()) else 1)
            model.at_most([(1, x[name, day, shift]) for shift in minutes], 1)
        works = [[(1, x[name, day, shift]) for shift in minutes] for day in range(days)]
        minus = [[(-1, x[name, day, shift]) for shift in minutes] for day in range(days)]
        for shift, limit in limits.items():
            model.at_most([(1, x[name, day, shift]) for day in range(days)], limit)
        hours = [(minutes[shift], x[name, day, shift]) for day in range(days) for shift in minutes]
        model.at_most(hours, int(most_minutes))
        model.at_least(hours, int(least_minutes))
        for day in range(days - 1):
            for shift in minutes:
                for other in after[shift]:
                    model.at_most([(1, x[name, day, shift]), (1, x[name, day + 1, other])], 1)
        for day in range(days - int(most_run)):
            model.at_most(sum(works[day : day + int(most_run) + 1], []), int(most_run))
        # a run that begins after a day off and ends before one is as long as the least, borders aside
        for length in range(1, int(least_run)):
            for day in range(1, days - length):
                model.at_least(works[day - 1] + sum(minus[day : day + length], []) + works[day + length], 1 - length)
        for length in range(1, int(least_off)):
            for day in range(1, days - length):
                model.at_most(works[day - 1] + sum(minus[day : day + length], []) + works[day + length], 1)
        worked = []
        for saturday in range(5, days, 7):
            weekend = model.binary(1)
            for day in range(saturday, min(saturday + 2, days)):
                model.at_most(works[day] + [(-1, weekend)], 0)
            worked.append((1, weekend))
        model.at_most(worked, int(weekends))
    for name, day, shift, weight in sections.get("SHIFT_ON_REQUESTS", []):
        constant += int(weight)
        cost.append((-int(weight), x[name, int(day), shift]))
    for name, day, shift, weight in sections.get("SHIFT_OFF_REQUESTS", []):
        cost.append((int(weight), x[name, int(day), shift]))
    staff = [row[0] for row in sections["STAFF"]]
    for day, shift, wanted, under, over in sections["COVER"]:
        missing, beyond = model.number(len(staff)), model.number(len(staff))
        there = [(1, x[name, int(day), shift]) for name in staff]
        model.at_least(there + [(1, missing)], int(wanted))
        model.at_most(there + [(-1, beyond)], int(wanted))
        cost += [(int(under), missing), (int(over), beyond)]
    model.minimise(cost, constant)


class CpSat:
    def __init__(self):
        from ortools.sat.python import cp_model

        self.cp, self.model = cp_model, cp_model.CpModel()

    def binary(self, most):
        return self.model.new_int_var(0, most, "")

    def number(self, most):
        return self.model.new_int_var(0, most, "")

    def at_most(self, terms, most):
        self.model.add(sum(factor * variable for factor, variable in terms) <= most)

    def at_least(self, terms, least):
        self.model.add(sum(factor * variable for factor, variable in terms) >= least)

    def minimise(self, terms, constant):
        self.model.minimize(sum(factor * variable for factor, variable in terms) + constant)

    def solve(self, seconds, threads):
        solver = self.cp.CpSolver()
        solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, threads
        found = solver.solve(self.model) in (self.cp.OPTIMAL, self.cp.FEASIBLE)
        return solver.objective_value if found else float("inf"), solver.best_objective_bound


class Highs:
    def __init__(self):
        import highspy

        self.highspy, self.model = highspy, highspy.Highs()
        self.model.setOptionValue("output_flag", False)

    def variable(self, most):
        self.model.addVar(0, most)
        number = self.model.getNumCol() - 1
        self.model.changeColIntegrality(number, self.highspy.HighsVarType.kInteger)
        return number

    binary = number = variable

    def row(self, terms, least, most):
        factors = {}
        for factor, variable in terms:
            factors[variable] = factors.get(variable, 0) + factor
        self.model.addRow(least, most, len(factors), list(factors), list(factors.values()))

    def at_most(self, terms, most):
        self.row(terms, -self.highspy.kHighsInf, most)

    def at_least(self, terms, least):
        self.row(terms, least, self.highspy.kHighsInf)

    def minimise(self, terms, constant):
        factors = {}
        for factor, variable in terms:
            factors[variable] = factors.get(variable, 0) + factor
        for variable, factor in factors.items():
            self.model.changeColCost(variable, factor)
        self.model.changeObjectiveOffset(constant)

    def solve(self, seconds, threads):
        self.model.setOptionValue("time_limit", seconds)
        self.model.setOptionValue("threads", threads)
        self.model.run()
        info = self.model.getInfo()
        found = info.primal_solution_status == 2
        return info.objective_function_value if found else float("inf"), info.mip_dual_bound


method, path, seconds, threads = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
began = time.perf_counter()
model = {"cp-sat": CpSat, "highs": Highs}[method]()
state(read(path), model)
cost, bound = model.solve(seconds, threads)
print(cost, bound, time.perf_counter() - began)
