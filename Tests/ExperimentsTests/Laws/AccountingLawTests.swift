import Instrumentation
import SimTime
import Testing
import WaitEvents

@testable import Experiments

/// What must hold in the results of any run, whatever it simulates.
@Suite("The laws of accounting")
struct AccountingLawTests {
    /// Bundled scenarios, shortened, that between them show every wait event.
    struct Example: Sendable, CustomTestStringConvertible {
        var name: String
        var sets: [String] = []
        var testDescription: String { name }

        func run() throws -> RunResult {
            let short = ["duration=400ms", "warmup=100ms", "repeats=1", "phases=[]"]
            return try Experiment.runOnce(try loadScenario(named: name, sets: short + sets), seed: 1)
        }
    }

    private static let examples = [
        Example(name: "steady-commit"),
        Example(name: "commit-delay"),
        Example(name: "async-commit", sets: ["clients.count=4", "clients.think={\"constant\":\"1ms\"}"]),
        Example(name: "small-wal-buffers"),
        Example(name: "pgbench-insert", sets: ["duration=200ms"]),
        Example(name: "burst-insert", sets: ["clients.load={\"open\":{\"rate\":5000}}"]),
    ]

    @Test("Tables have a place for each event, backend type and state, and no more")
    func tableSizes() {
        #expect(WaitEvent.count == WaitEvent.allCases.count)
        #expect(BackendType.count == BackendType.allCases.count)
        #expect(ActivityState.count == ActivityState.allCases.count)
    }

    @Test("Each process is in one event, or in none, at every instant", arguments: examples)
    func eventsCoverTime(_ example: Example) throws {
        let run = try example.run()
        for (type, count) in run.processes {
            let total = run.whole.waitEvents.filter { $0.backendType == type }.reduce(TotalTime.zero) {
                $0 + $1.total
            }
            #expect(total == TotalTime(run.whole.span) * Int64(count), "\(type.name)")
        }
    }

    @Test("Each process is in one true state at every instant", arguments: examples)
    func statesCoverTime(_ example: Example) throws {
        let run = try example.run()
        for (type, count) in run.processes {
            let total = run.whole.activity.filter { $0.backendType == type }.reduce(TotalTime.zero) { $0 + $1.total }
            #expect(total == TotalTime(run.whole.span) * Int64(count), "\(type.name)")
        }
    }

    @Test("The holder's doings add up to the time that sessions wait for its lock", arguments: examples)
    func attributionIsComplete(_ example: Example) throws {
        let whole = try example.run().whole
        let locks = Set(whole.waitEvents.compactMap(\.event).filter { $0.type == .lwLock })
        #expect(!locks.isEmpty)
        for lock in locks {
            let waited = whole.waitEvents.filter { $0.event == lock }.reduce(TotalTime.zero) { $0 + $1.total }
            let attributed = whole.attribution.filter { $0.event == lock }.reduce(TotalTime.zero) { $0 + $1.total }
            #expect(waited == attributed, "\(lock.description)")
        }
    }

    /// The two sides are counted apart: the left by ledgers, clipped to the window, the right by waits that end in it.
    @Test("Little's law: sessions in an event are its rate times its mean duration", arguments: examples)
    func littlesLaw(_ example: Example) throws {
        let run = try example.run()
        for row in run.whole.waitEvents {
            guard row.event != nil, let mean = row.waits.mean, let longest = row.waits.max else { continue }
            let rate = Double(row.waits.count) / run.whole.span.seconds
            let sessions = Double(row.total.count) / Double(run.whole.span.count)
            // The window's ends cut waits in two, at most one a process and end.
            let processes = run.processes[row.backendType] ?? 0
            let cut = 2 * Double(processes) * longest.seconds / run.whole.span.seconds
            let isFrequent = row.waits.count >= 4 * UInt64(processes)
            let tolerance = isFrequent ? min(cut, 0.02 * sessions + 0.02) : cut
            #expect(abs(sessions - rate * mean / 1e9) <= tolerance, "\(row.event?.description ?? "")")
        }
    }

    @Test("Counters of the view and waits are the same calls", arguments: examples)
    func callsAreWaits(_ example: Example) throws {
        let whole = try example.run().whole
        func waits(_ event: WaitEvent) -> UInt64 {
            let name = event.name(in: .v16)
            return whole.waitEvents.filter { $0.event == name }.reduce(0) { $0 + $1.waits.count }
        }
        #expect(whole.pgStatWAL.walWrite == waits(.ioWALWrite))
        #expect(whole.pgStatWAL.walSync == waits(.ioWALSync))
        #expect(whole.pgStatWAL.walWrite > 0)
    }
}
