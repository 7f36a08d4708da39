"""CP-SAT and HiGHS on a call-centre tour instance: one 0/1 variable for a person, a day and a shift; breaks are counted by shift and beginning,
not by person, which is the same and smaller.

usage: tour_peers.py cp-sat|highs INSTANCE.json SECONDS THREADS    prints cost, bound, seconds; inf where nothing was found
"""
import json

from programs import run

# strength in twentieths of an agent, so that steps of a shortage are whole; money in eightieths
AGENT, MONEY = 20, 80


def state(path, model):
    """States the program; returns what a unit of its objective is worth."""
    instance = json.load(open(path))
    rules, shifts, required = instance["rules"], instance["shifts"], instance["required"]
    per_hour, days = 60 // instance["step_min"], instance["days"]
    slots = days * 24 * per_hour
    sets = sorted({tuple(agent["skills"]) for agent in instance["agents"]})
    there = {of: [[] for _ in range(slots)] for of in sets}
    cost, constant = [], 0
    on_shift = {}
    for agent in instance["agents"]:
        x = person(model, agent, rules, shifts, days)
        for key, variable in x.items():
            on_shift.setdefault((tuple(agent["skills"]), *key), []).append((1, variable))
        terms, fixed = own_cost(model, agent, rules, shifts, days, x)
        cost += terms
        constant += fixed
    for (of, day, number), people in on_shift.items():
        at_desk(model, instance, there[of], day, shifts[number], people)
    weights = [round(weight / per_hour * MONEY / AGENT) for weight in rules["shortage_weights_per_agent_hour"]]
    shares = rules["shortage_segments"] + [1 - sum(rules["shortage_segments"])]
    for slot in range(slots):
        serving = [[] for _ in required]
        for of in sets:
            flows = [(-1, model.number(AGENT * len(instance["agents"]))) for _ in of]
            model.at_least(there[of][slot] + flows, 0)
            for queue, (_, flow) in zip(of, flows):
                serving[queue].append((1, flow))
        for queue, needed in enumerate(required):
            widths = [round(needed[slot] * AGENT * share) for share in shares]
            steps = [(1, model.number(width)) for width in widths]
            model.at_least(serving[queue] + steps, sum(widths))
            cost += [(weight, step) for weight, (_, step) in zip(weights, steps)]
    model.minimise(cost, constant)
    return 1 / MONEY


def person(model, agent, rules, shifts, days):
    """A person's variables and hard rules."""
    may = [number for number, shift in enumerate(shifts) if shift["span"] in agent["spans"]]
    x = {(day, number): model.binary(1) for day in range(days) if day not in agent["days_off"] for number in may}
    on = lambda day, which=lambda _: True: [(1, x[day, number]) for number in may if (day, number) in x and which(shifts[number])]
    for day in range(days):
        model.at_most(on(day), 1)
    for day in range(days - 1):
        for hour in sorted({shifts[number]["rdy"] for number in may} - {0}):
            late = on(day, lambda shift: shift["rdy"] >= hour)
            model.at_most(late + on(day + 1, lambda shift: shift["start"] < hour), 1)
    most = rules["max_consecutive"]
    for last in range(days):
        first = last - most
        if first >= -agent["consec_before"]:
            before = max(0, -first)
            model.at_most(sum((on(day) for day in range(max(0, first), last + 1)), []), most - before)
    for week in range(days // 7):
        of_week = range(7 * week, 7 * week + 7)
        model.at_most([(shifts[n]["paid"], x[d, n]) for d, n in x if d in of_week], agent["hmax"])
        model.at_most([(shifts[n]["night"], x[d, n]) for d, n in x if d in of_week], agent["max_nights_week"])
    return x


def own_cost(model, agent, rules, shifts, days, x):
    """Pay, overtime, shifts outside the week's band and weeks without two days off running."""
    cost, constant = [], 0
    bands = sorted({shift["band"] for shift in shifts})
    for week in range(days // 7):
        of_week = range(7 * week, 7 * week + 7)
        minus_hours = [(-shifts[n]["paid"], x[d, n]) for d, n in x if d in of_week]
        beyond, overtime = model.number(agent["hmax"]), model.number(agent["hmax"])
        model.at_least([(1, beyond)] + minus_hours, -agent["hmin"])
        model.at_least([(1, overtime)] + minus_hours, -agent["hreg"])
        cost += [(MONEY, beyond), (round(MONEY * (rules["overtime_factor"] - 1)), overtime)]
        constant += MONEY * agent["hmin"]
        chosen = {band: model.binary(1) for band in bands}
        model.at_most([(1, variable) for variable in chosen.values()], 1)
        for day in of_week:
            outside = model.binary(1)
            for band in bands:
                elsewhere = [(-1, x[d, n]) for d, n in x if d == day and shifts[n]["band"] != band]
                model.at_least([(1, outside), (-1, chosen[band])] + elsewhere, -1)
            cost.append((round(MONEY * rules["out_of_band_penalty"]), outside))
        two_off = model.binary(1)
        pairs = []
        for day in of_week[1:]:
            pair = model.binary(1)
            for of in (day - 1, day):
                model.at_most([(1, pair)] + [(1, x[d, n]) for d, n in x if d == of], 1)
            pairs.append((1, pair))
        model.at_least(pairs + [(-1, two_off)], 0)
        penalty = round(MONEY * rules["no_two_off_penalty"])
        cost.append((-penalty, two_off))
        constant += penalty
    return cost, constant


def at_desk(model, instance, there, day, shift, people):
    """Adds those who are at the desk in a shift to each slot, less those on a break."""
    per_hour = 60 // instance["step_min"]
    start, slots = (day * 24 + shift["start"]) * per_hour, len(there)
    for slot in range(start, min(slots, start + shift["span"] * per_hour)):
        there[slot] += [(AGENT, variable) for _, variable in people]
    rest = (AGENT // 2 if instance["step_min"] == 30 else AGENT, 1)
    breaks = [(shift["meal_win"], (AGENT, shift["meal"] * per_hour))] if shift["meal"] else []
    for window, (strength, length) in breaks + [(window, rest) for window in shift["rests"]]:
        places = [(offset, model.number(len(people))) for offset in range(window[0], window[1] + 1)]
        model.at_least([(1, count) for _, count in places] + [(-1, variable) for _, variable in people], 0)
        for offset, count in places:
            for slot in range(start + offset, min(slots, start + offset + length)):
                there[slot].append((-strength, count))


run(state)
