"""Ciw's events a second on M/M/n+M: agents, handling seconds, patience seconds, contacts an hour."""
import sys
import time

import ciw

agents, handling, patience, hourly = (float(text) for text in sys.argv[1:5])
network = ciw.create_network(
    arrival_distributions=[ciw.dists.Exponential(hourly / 3600)],
    service_distributions=[ciw.dists.Exponential(1 / handling)],
    reneging_time_distributions=[ciw.dists.Exponential(1 / patience)],
    number_of_servers=[int(agents)],
)
ciw.seed(1)
simulation = ciw.Simulation(network)
began = time.perf_counter()
simulation.simulate_until_max_time(24 * 3600)
elapsed = time.perf_counter() - began
records = simulation.get_all_records()
print(2 * len(records) / elapsed)
