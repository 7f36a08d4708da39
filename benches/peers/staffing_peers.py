"""pyworkforce's least agents by Erlang C and service level by Erlang A, with the seconds of a call: load in erlangs, agents."""
import sys
import time

from pyworkforce.queuing import ErlangA, ErlangC


def timed(question, least_seconds=2.0):
    calls, began = 0, time.perf_counter()
    while time.perf_counter() - began < least_seconds:
        answer = question()
        calls += 1
    return answer, (time.perf_counter() - began) / calls


load, agents = float(sys.argv[1]), int(sys.argv[2])
# load contacts in three minutes with a handling time of three minutes each
contacts = dict(transactions=load * 10, aht=3.0, asa=20 / 60, interval=30)
calls = ErlangC(**contacts)
least, least_seconds = timed(lambda: calls.required_positions(service_level=0.8)["positions"])
impatient = ErlangA(patience=2.0, **contacts)
level, level_seconds = timed(lambda: impatient.service_level(agents))
print(least, least_seconds, level, level_seconds)
