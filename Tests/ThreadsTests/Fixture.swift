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

/// An empty directory of its own for one test, removed with all that is in it.
final class TemporaryDirectory {
    let path: String

    init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
        var template = Array("\(base)/threads-test.XXXXXX".utf8CString)
        path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
        for name in entries { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// Names of what the directory contains, sorted.
    var entries: [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

/// Transactions and runs that tests vary.
enum Fixture {
    /// One statement that writes `records` records of `length` bytes, `times` in a row.
    static func insert(length: Int = 144, records: Int = 1, times: Int = 1, every: Int = 1) -> TransactionSpec {
        let record = RecordSpec(type: "Heap/INSERT", length: length, every: every, cpu: .zero, page: nil)
        let statement = StatementSpec(
            name: "insert", times: times, cpu: nil, records: Array(repeating: record, count: records))
        return TransactionSpec(name: "insert", statements: [statement])
    }

    /// A run that ends when each client has run `count` transactions, however long that takes. Segments are small and
    /// the walwriter, which no synchronous commit needs, acts at the start and then keeps out of the way.
    static func spec(
        _ directory: TemporaryDirectory, release: PostgresRelease = .v16, clients: Int = 4, count: Int? = 20,
        transaction: TransactionSpec = insert()
    ) -> ThreadRunSpec {
        var settings = Settings()
        settings.walSegmentSize = 1 << 20
        settings.walWriterDelay = 10_000
        var spec = ThreadRunSpec(
            release: release, settings: settings, transactions: [transaction], clients: clients,
            duration: .seconds(3_600), dataDirectory: directory.path)
        spec.transactionsPerClient = count
        return spec
    }

    /// Makes a run and expects of it what every run must show, however fast the machine is.
    static func soundRun(
        _ spec: ThreadRunSpec, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> ThreadRunOutcome {
        let outcome = try runOnThreadsWithEvidence(spec)
        #expect(outcome.defects == [], sourceLocation: sourceLocation)
        #expect(outcome.wal.end >= outcome.durableUpTo, sourceLocation: sourceLocation)
        #expect(outcome.wal.records <= outcome.audit.recordsInserted, sourceLocation: sourceLocation)
        return outcome
    }
}
