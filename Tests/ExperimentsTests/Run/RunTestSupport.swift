import Instrumentation
import Report
import SimTime
import Synchronization

@testable import Experiments

/// A small scenario with everything random in it: devices, network, think time, and jitter by default.
let variedScenario = """
    {
      "name": "varied", "seed": 10, "duration": "120ms", "warmup": "30ms", "repeats": 3,
      "host": {
        "cores": 2,
        "storage": {"wal": {
          "sync": {"lognormal": {"mean": "500us", "sigma": 0.5}},
          "stalls": [{"every": {"exponential": {"mean": "40ms"}}, "for": {"constant": "3ms"}}]
        }},
        "network": {"round_trip": {"gamma": {"shape": 4, "mean": "80us"}}},
        "background": [{"name": "sampler", "every": "10ms", "cpu": "200us"}]
      },
      "clients": [
        {"name": "near", "count": 4, "on": "server", "threads": 2},
        {"name": "far", "count": 6, "think": {"exponential": {"mean": "1ms"}}, "transaction": "insert10"},
        {"name": "open", "count": 5, "load": {"open": {"rate": 2000}}}
      ],
      "observe": {"sample_interval": "1ms", "timeline_interval": "5ms"},
      "phases": [{"name": "first", "until": "50ms"}, {"name": "second"}]
    }
    """

extension ExperimentResult {
    /// Every byte that the CSV files of this result hold, and the digest of its trajectory.
    var allBytes: String { ResultTable.allCases.map { $0.csv(of: self) }.joined() + String(digest) }
}

extension SpanResult {
    /// Whether every process of every type was in one event, and in one state, at every instant.
    func accountsForAll(_ run: RunResult) -> Bool {
        run.processes.allSatisfy { type, count in
            let events = waitEvents.filter { $0.backendType == type }.reduce(TotalTime.zero) { $0 + $1.total }
            let states = activity.filter { $0.backendType == type }.reduce(TotalTime.zero) { $0 + $1.total }
            let expected = TotalTime(span) * Int64(count)
            return events == expected && states == expected
        }
    }
}

/// Says yes from its `count`-th question on.
final class StopAfter: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    var options: RunOptions {
        RunOptions(shouldStop: { [self] in
            left.withLock { left in
                left -= 1
                return left <= 0
            }
        })
    }
}

/// A list that a run on any thread appends to.
final class Collected<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    func append(_ element: Element) { elements.withLock { $0.append(element) } }
    var all: [Element] { elements.withLock { $0 } }
}
