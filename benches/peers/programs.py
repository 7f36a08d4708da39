"""CP-SAT and HiGHS behind one face: a program has `binary`, `number`, `at_most`, `at_least` (of terms) and `minimise`; factors are whole."""
import sys
import time


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


def run(state):
    """States and solves what the command line names: method, instance, seconds, threads; prints cost, bound, seconds."""
    method, path, seconds, threads = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
    began = time.perf_counter()
    model = {"cp-sat": CpSat, "highs": Highs}[method]()
    unit = state(path, model)
    cost, bound = model.solve(seconds, threads)
    print(cost * unit, bound * unit, time.perf_counter() - began)
