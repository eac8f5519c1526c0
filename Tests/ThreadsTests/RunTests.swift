import Instrumentation
import Postgres
import SimTime
import Testing
import WaitEvents

@testable import Threads

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite("A run on real threads", .serialized)
struct RunTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("Every process's time is accounted once: events and states both sum to the window")
    func accounting() throws {
        let result = try runOnThreads(Fixture.spec(directory, clients: 3))
        let whole = result.whole
        for (type, count) in [(BackendType.clientBackend, Int64(3)), (.walWriter, 1)] {
            let events = whole.waitEvents.filter { $0.backendType == type }.reduce(TotalTime.zero) { $0 + $1.total }
            let states = whole.activity.filter { $0.backendType == type }.reduce(TotalTime.zero) { $0 + $1.total }
            #expect(events == TotalTime(whole.span) * count)
            #expect(states == TotalTime(whole.span) * count)
        }
    }

    @Test("The result has the form of a simulated one")
    func form() throws {
        let result = try runOnThreads(Fixture.spec(directory, release: .v17))
        let whole = result.whole
        #expect(result.digest == 0 && !result.interrupted && result.wakeups > 0)
        #expect(result.processes == [.clientBackend: 4, .walWriter: 1, .checkpointer: 1])
        #expect(whole.transactions == 80 && whole.commits == 80 && whole.latency.count == 80)
        #expect(whole.waitEvents.contains { $0.event?.description == "IO:WalSync" && $0.waits.count > 0 })
        #expect(whole.walRecords.map(\.type) == ["Transaction/COMMIT", "Heap/INSERT"])
        #expect(whole.walRecords.map(\.count) == [80, 80])
        #expect(whole.pgStatWAL.walRecords == 160 && whole.pgStatWAL.walBytes == 80 * (144 + 34))
        // Aligned records, and the headers of the first page and the next.
        #expect(whole.walBytes == 80 * (144 + 40) + 40 + 24)
        #expect(whole.pgStatWAL.walSync > 0 && whole.pgStatWAL.walWrite >= whole.pgStatWAL.walSync)
    }

    @Test("An added sync latency is in every sync")
    func syncLatency() throws {
        var spec = Fixture.spec(directory)
        spec.syncLatency = .milliseconds(5)
        let statistics = try runOnThreads(spec).whole.pgStatWAL
        #expect(statistics.walSync > 0)
        #expect(statistics.walSyncTime >= .milliseconds(5) * Int64(statistics.walSync))
    }

    @Test("A warm-up is run and not measured")
    func warmUp() throws {
        var spec = Fixture.spec(directory, count: nil)
        spec.warmup = .milliseconds(50)
        spec.duration = .milliseconds(50)
        let outcome = try Fixture.soundRun(spec)
        #expect(outcome.result.whole.span >= spec.duration)
        #expect(outcome.result.whole.commits <= UInt64(outcome.audit.acknowledged.count))
        #expect(!outcome.result.interrupted)
    }

    @Test("CPU that a transaction spells out is burned on request")
    func explicitCPU() throws {
        var transaction = Fixture.insert()
        transaction.statements[0].cpu = .milliseconds(3)
        var spec = Fixture.spec(directory, clients: 1, count: 5, transaction: transaction)
        spec.burnsExplicitCPU = true
        let latency = try runOnThreads(spec).whole.latency
        #expect(latency.count == 5)
        #expect(try #require(latency.min) >= .milliseconds(3))
    }

    @Test("A segment that cannot be made ends the run with the file and the reason")
    func failedWrite() throws {
        let spec = Fixture.spec(directory, count: nil, transaction: Fixture.insert(length: 60_000))
        let moved = "\(directory.path)-moved"
        var isMoved = false
        let error = #expect(throws: ThreadRunError.self) {
            try runOnThreads(spec) {
                // No segment but those two can be made from now on.
                if !isMoved { isMoved = rename(directory.path, moved) == 0 }
                return false
            }
        }
        #expect(isMoved)
        #expect(rename(moved, directory.path) == 0)
        #expect(error?.description.hasPrefix("\(directory.path)/0000000100000000") == true)
        #expect(error?.description.hasSuffix("open: No such file or directory") == true)
    }

    @Test("A run can be interrupted, and its result covers what ran")
    func interruption() throws {
        var spec = Fixture.spec(directory)
        spec.think = .seconds(3_600)
        var polls = 0
        let result = try runOnThreads(spec) {
            polls += 1
            return polls > 3
        }
        #expect(result.interrupted)
        #expect(result.whole.span < spec.duration)
    }

    @Test("The segment files go when the run is over, unless they are to be kept")
    func leftovers() throws {
        var spec = Fixture.spec(directory)
        _ = try runOnThreads(spec)
        #expect(directory.entries == [])
        spec.keepsSegments = true
        _ = try runOnThreads(spec)
        #expect(directory.entries.first == "000000010000000000000001")
        let check = try verifyWAL(
            directory: directory.path, release: spec.release, segmentSize: spec.settings.walSegmentSize)
        #expect(check.records > 0)
        // A directory in use by one run is refused to the next, and left as it was.
        let before = directory.entries
        #expect(throws: ThreadRunError.self) { try runOnThreads(spec) }
        #expect(directory.entries == before)
    }

    @Test("A data directory that cannot be used is named with the reason")
    func unusableDirectories() throws {
        var spec = Fixture.spec(directory)
        let file = "\(directory.path)/file"
        close(open(file, O_CREAT | O_WRONLY, 0o600))
        for (path, reason) in [
            (file, "Not a directory"), ("\(directory.path)/none", "No such file or directory"),
            (directory.path, "not empty, it contains file"),
        ] {
            spec.dataDirectory = path
            let error = #expect(throws: ThreadRunError.self) { try runOnThreads(spec) }
            #expect(error?.description.hasPrefix("data directory \(path): ") == true)
            #expect(error?.description.contains(reason) == true)
        }
        #expect(directory.entries == ["file"])
    }

    @Test(
        "Values that no run can have are refused by name",
        arguments: [
            "clients", "transactionsPerClient", "duration", "warmup", "think", "syncLatency", "transaction",
            "wal_segment_size",
            "transactions.insert.insert.times", "transactions.insert.insert.Heap/INSERT.every",
            "transactions.insert.insert.Heap/INSERT.length",
        ])
    func invalidValues(place: String) throws {
        var spec = Fixture.spec(directory)
        switch place {
        case "clients": spec.clients = 0
        case "transactionsPerClient": spec.transactionsPerClient = 0
        case "duration": spec.duration = .zero
        case "warmup": spec.warmup = Nanoseconds(-1)
        case "think": spec.think = Nanoseconds(-1)
        case "syncLatency": spec.syncLatency = Nanoseconds(-1)
        case "transaction": spec.transaction = 1
        case "wal_segment_size": spec.settings.walSegmentSize = 3 << 20
        case "transactions.insert.insert.times": spec.transactions = [Fixture.insert(times: 0)]
        case "transactions.insert.insert.Heap/INSERT.every": spec.transactions = [Fixture.insert(every: 0)]
        default: spec.transactions = [Fixture.insert(length: RecordSize.header - 1)]
        }
        let error = #expect(throws: ThreadRunError.self) { try runOnThreads(spec) }
        #expect(error?.description.hasPrefix("\(place): ") == true)
        #expect(directory.entries == [])
    }
}
