import Testing
import WaitEvents

@testable import Postgres

/// Records whose lengths changed between releases, as the server assembles them.
@Suite struct RecordsByReleaseTests {
    /// The lengths of the records of one type that a step leaves.
    private func lengths(
        of type: RecordType, in release: PostgresRelease, _ step: @escaping (ScriptedProcess) -> Void
    ) throws -> [Int] {
        var settings = Settings()
        settings.fullPageWrites = false
        let table = TableSpec(name: "t", rows: 366, tupleLength: 121, indexes: [IndexSpec(name: "pkey")])
        let script = Script(
            sessions: ["a", "walwriter"], of: ServerProcesses(backends: 1), release: release, settings: settings,
            tables: [table])
        script.deviceIsInstant = true
        try script.play { script.begin("a", "step", step) }
        return script.inserted.filter { $0.type == script.server.typeNumber(type) }.map(\.length)
    }

    @Test("Deleting entries from a leaf takes a byte more from 16 on", arguments: PostgresRelease.modern)
    func btreeDelete(release: PostgresRelease) throws {
        let lengths = try lengths(of: .btreeDelete, in: release) { process in
            let index = process.server.relations.indexes[0]
            let leaf = index.leaf(0)
            leaf.pointee.entries = UInt16(index.layout.maxEntries)
            leaf.pointee.deadOld = 10
            leaf.pointee.deadOldXid = 1
            process.btinsert(index, 5, replacing: false)
        }
        #expect(lengths == [24 + 20 + 2 + (release >= .v16 ? 9 : 8) + 10 * 2])
    }

    @Test(
        "A new page of the commit log is 30 bytes of WAL up to 16, and 34 from 17 on",
        arguments: PostgresRelease.allCases)
    func clogZeroPage(release: PostgresRelease) throws {
        let lengths = try lengths(of: .clogZeroPage, in: release) { $0.ExtendCLOG(32_768) }
        #expect(lengths == [release >= .v17 ? 34 : 30])
    }
}
