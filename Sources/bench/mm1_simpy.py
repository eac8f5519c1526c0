"""M/M/1 in SimPy: the model of MM1.swift, process for process.

Prints one line: the seconds that the run took, and the mean time of a customer in the system.
"""

import random
import sys
import time

import simpy


def arrivals(env, queue, customers, mean):
    for _ in range(customers):
        yield env.timeout(random.expovariate(1 / mean))
        yield queue.put(env.now)


def server(env, queue, customers, mean, result):
    total = 0.0
    for _ in range(customers):
        arrival = yield queue.get()
        yield env.timeout(random.expovariate(1 / mean))
        total += env.now - arrival
    result.append(total / customers)


def main(customers, interarrival, service):
    random.seed(1)
    env = simpy.Environment()
    queue = simpy.Store(env)
    result = []
    env.process(arrivals(env, queue, customers, interarrival))
    env.process(server(env, queue, customers, service, result))
    start = time.perf_counter()
    env.run()
    print(time.perf_counter() - start, result[0])


main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))
