import Postgres
import SimTime
import Testing

/// Batches, full WAL buffers, and what wal_sync_method changes.
@Suite("The laws of WAL volume")
struct WALVolumeLawTests {
    @Test("Rows a second grow with the rows of a transaction", arguments: [1, 4, 16])
    func batching(rows: Int) throws {
        var machine = LawMachine(clients: 8)
        machine.duration = machine.cycle * 100
        machine.transaction = LawMachine.insert(rows: rows)
        let result = try machine.run()
        let inserted = result.walRecords.first { $0.type == "Heap/INSERT" }?.count ?? 0
        let rowsPerSecond = Double(inserted) / result.span.seconds
        #expect(isWithin(0.01, rowsPerSecond, of: Double(rows) * 4 / machine.cycle.seconds))
    }

    @Test("WAL of a transaction is its records, aligned, and its share of page headers")
    func volume() throws {
        var machine = LawMachine(clients: 8)
        machine.transaction = LawMachine.insert(rows: 10)
        let result = try machine.run()
        // Ten records of 119 bytes and a commit record of 34, each aligned to 8.
        let usable = Double(10 * 120 + 40)
        let perTransaction = Double(result.walBytes) / Double(result.commits)
        #expect(isWithin(0.01, perTransaction, of: usable * 8192 / 8168))
    }

    @Test("WAL buffers that are too small show as waits for insertion locks, not for the mapping lock")
    func smallBuffers() throws {
        var machine = LawMachine(clients: 32, sync: .milliseconds(2), release: .v15)
        machine.settings.walBuffers = 8
        machine.transaction = LawMachine.insert(rows: 1, type: "LogicalMessage/MESSAGE", length: 8_053)
        let result = try machine.run()
        #expect(result.sessions(in: "LWLock:WALInsert") > result.sessions(in: "LWLock:WALWrite"))
        #expect(result.sessions(in: "LWLock:WALBufMapping") < 0.05)
        #expect(result.pgStatWAL.walBuffersFull > 0)

        machine.settings.walBuffers = 2_048
        let ample = try machine.run()
        #expect(ample.sessions(in: "LWLock:WALInsert") < ample.sessions(in: "LWLock:WALWrite"))
        #expect(ample.pgStatWAL.walBuffersFull == 0)
        #expect(ample.tps > result.tps)
    }

    @Test("With open_datasync the write itself is durable: no sync is called, and sessions wait for the write")
    func openDatasync() throws {
        var machine = LawMachine(clients: 8)
        machine.settings.walSyncMethod = .openDatasync
        machine.duration = machine.cycle * 100
        let result = try machine.run()
        #expect(result.pgStatWAL.walSync == 0)
        #expect(result.pgStatWAL.walWrite > 0)
        #expect(result.sessions(in: "IO:WALSync") == 0)
        #expect((0.98...1.0).contains(result.sessions(in: "IO:WALWrite")))
        #expect(isWithin(0.01, result.commitsPerFlush, of: 4))
    }

    @Test("With fsync off nothing waits for the device")
    func fsyncOff() throws {
        var machine = LawMachine(clients: 2)
        machine.settings.fsync = false
        machine.duration = .milliseconds(50)
        let result = try machine.run()
        #expect(result.pgStatWAL.walSync == 0)
        #expect(result.tps > 100 / machine.cycle.seconds)
    }
}
