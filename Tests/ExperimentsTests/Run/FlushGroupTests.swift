import Testing

@testable import Experiments
@testable import Instrumentation

@Suite("Flush groups")
struct FlushGroupTests {
    private func rows(_ body: (inout FlushGroups) -> Void) -> [String] {
        var groups = FlushGroups()
        defer { groups.deallocate() }
        body(&groups)
        return groups.rows().map { "\($0.least)...\($0.most): \($0.flushes)" }
    }

    @Test("A commit belongs to the first flush that reached it, also when it is told after later flushes")
    func lateCommits() {
        let found = rows { groups in
            groups.flushed(upTo: 100)
            groups.committed(end: 90)
            groups.flushed(upTo: 200)
            groups.committed(end: 100)
            groups.committed(end: 101)
            groups.flushed(upTo: 300)
            groups.committed(end: 50)
        }
        #expect(found == ["0...0: 1", "1...1: 1", "3...3: 1"])
    }

    @Test("An asynchronous commit belongs to the next flush")
    func asynchronous() {
        let found = rows { groups in
            groups.flushed(upTo: 100)
            for end in 101...140 { groups.committed(end: UInt64(end)) }
            groups.flushed(upTo: 200)
        }
        #expect(found == ["0...0: 1", "40...43: 1"])
    }

    @Test("Commits of flushes that are too old are left out")
    func tooOld() {
        let found = rows { groups in
            for flush in 1...40 { groups.flushed(upTo: UInt64(flush) * 100) }
            // The last sixteen are kept.
            groups.committed(end: 2_400)
            groups.committed(end: 2_401)
        }
        #expect(found == ["0...0: 39", "1...1: 1"])
    }

    @Test("A new span starts with nothing, and leaves commits of the flushes before it out")
    func reset() {
        let found = rows { groups in
            for flush in 1...40 { groups.flushed(upTo: UInt64(flush) * 100) }
            groups.committed(end: 4_000)
            groups.reset()
            groups.committed(end: 3_950)
            groups.flushed(upTo: 4_100)
            groups.committed(end: 4_050)
        }
        #expect(found == ["1...1: 1"])
    }

    @Test("Every size falls into exactly one class, a narrow one", arguments: [31, 32, 39, 40, 63, 64, 1_000, 65_535])
    func classes(_ size: Int) {
        var groups = FlushGroups()
        defer { groups.deallocate() }
        for _ in 0..<size { groups.committed(end: 1) }
        groups.flushed(upTo: 1)
        let row = groups.rows()[0]
        #expect(row.least <= size && size <= row.most && row.flushes == 1)
        #expect(Double(row.most - row.least) <= Double(size) / 8)
    }

    @Test("Over a run the groups hold as many flushes as were counted, and nearly all commits")
    func accountsForCommits() throws {
        let scenario = try loadScenario(named: "steady-commit", sets: ["duration=100ms", "warmup=20ms"])
        let span = try Experiment.runOnce(scenario, seed: 3).whole
        #expect(span.flushes > 20)
        #expect(span.flushGroups.reduce(0) { $0 + $1.flushes } == span.flushes)
        let exact = span.flushGroups.filter { $0.least == $0.most }
        #expect(exact.count == span.flushGroups.count)
        let grouped = exact.reduce(0) { $0 + UInt64($1.least) * $1.flushes }
        // Those whose flush was before the span are left out.
        #expect(grouped <= span.commits && grouped + 64 >= span.commits)
    }
}
