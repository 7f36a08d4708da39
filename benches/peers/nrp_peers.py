"""CP-SAT and HiGHS on a shift-scheduling instance, each with one 0/1 variable for an employee, a day and a shift.

usage: nrp_peers.py cp-sat|highs INSTANCE.txt SECONDS THREADS    prints cost, bound, seconds; inf where nothing was found
"""
from programs import run


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


def state(path, model):
    """States the program; returns what a unit of its objective is worth."""
    sections = read(path)
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
    return 1


run(state)
