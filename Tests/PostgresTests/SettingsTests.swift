import Testing
import WaitEvents

@testable import Postgres

/// Settings that the server derives from others.
@Suite struct SettingsTests {
    private func walBuffers(_ value: Int, sharedBuffers: Int = 16_384, segmentSize: UInt64 = 16 << 20) -> Int {
        var settings = Settings()
        settings.walBuffers = value
        settings.sharedBuffers = sharedBuffers
        settings.walSegmentSize = segmentSize
        return settings.effectiveWALBuffers
    }

    @Test("Automatic wal_buffers is a 32nd of shared_buffers: 4 MB of 128 MB")
    func automatic() {
        #expect(walBuffers(-1) == 512)
    }

    @Test("Automatic wal_buffers is at least 8 pages and at most one segment")
    func automaticBounds() {
        #expect(walBuffers(-1, sharedBuffers: 16) == 8)
        #expect(walBuffers(-1, sharedBuffers: 65_536) == 2048)
        #expect(walBuffers(-1, sharedBuffers: 1 << 20) == 2048)
        #expect(walBuffers(-1, sharedBuffers: 1 << 20, segmentSize: 1 << 20) == 128)
    }

    @Test(
        "An explicit wal_buffers holds, but is at least 4 pages",
        arguments: [(0, 4), (3, 4), (4, 4), (5, 5), (5000, 5000)])
    func explicit(value: Int, effective: Int) {
        #expect(walBuffers(value) == effective)
    }

    @Test("CLOG buffers come in banks of 16 pages, a 512th of shared_buffers in all")
    func clogBanks() {
        #expect(CLOG<ScriptedMachine>.banks(sharedBuffers: 16_384) == 2)
        #expect(CLOG<ScriptedMachine>.banks(sharedBuffers: 16) == 1)
        #expect(CLOG<ScriptedMachine>.banks(sharedBuffers: 1 << 20) == 64)
    }
}

/// What pg_stat_activity calls the events.
@Suite struct WaitEventNameTests {
    private func name(_ event: WaitEvent, _ release: PostgresRelease) -> String? {
        event.name(in: release)?.description
    }

    @Test("Release 17 writes Wal in input and output events, and leaves the locks' names alone")
    func walNames() {
        #expect(name(.ioWALSync, .v15) == "IO:WALSync")
        #expect(name(.ioWALSync, .v16) == "IO:WALSync")
        #expect(name(.ioWALSync, .v17) == "IO:WalSync")
        #expect(name(.ioWALWrite, .v16) == "IO:WALWrite")
        #expect(name(.ioWALWrite, .v17) == "IO:WalWrite")
        for release in PostgresRelease.allCases where release > .v96 {
            #expect(name(.lwLockWALWrite, release) == "LWLock:WALWrite")
            #expect(name(.lwLockWALInsert, release) == "LWLock:WALInsert")
            #expect(name(.lwLockWALBufMapping, release) == "LWLock:WALBufMapping")
            #expect(name(.lwLockXactSLRU, release) == "LWLock:XactSLRU")
            #expect(name(.lwLockProcArray, release) == "LWLock:ProcArray")
        }
    }

    @Test("A group's followers wait for ProcArrayGroupUpdate, from 17 on ProcarrayGroupUpdate, or for XactGroupUpdate")
    func groupNames() {
        #expect(name(.ipcProcArrayGroupUpdate, .v16) == "IPC:ProcArrayGroupUpdate")
        #expect(name(.ipcProcArrayGroupUpdate, .v17) == "IPC:ProcarrayGroupUpdate")
        #expect(name(.ipcXactGroupUpdate, .v15) == "IPC:XactGroupUpdate")
        #expect(name(.ipcXactGroupUpdate, .v17) == "IPC:XactGroupUpdate")
    }

    @Test("A spinlock's sleep shows from release 16 on")
    func spinDelay() {
        #expect(name(.timeoutSpinDelay, .v15) == nil)
        #expect(name(.timeoutSpinDelay, .v16) == "Timeout:SpinDelay")
    }

    @Test("Release 9.6 shows lightweight locks by their old names and tranches, and no input or output")
    func oldNames() {
        #expect(name(.lwLockWALWrite, .v96) == "LWLockNamed:WALWriteLock")
        #expect(name(.lwLockWALInsert, .v96) == "LWLockTranche:wal_insert")
        #expect(name(.lockTransactionid, .v96) == "Lock:transactionid")
        #expect(name(.ioWALSync, .v96) == nil)
        #expect(name(.ipcSyncRep, .v96) == nil)
    }

    @Test("The tables that are indexed by event and by backend type have a place for each")
    func counts() {
        #expect(WaitEvent.allCases.count == WaitEvent.count)
        #expect(BackendType.allCases.count == BackendType.count)
    }

    @Test("Every event but none has a name of its own in the newest release")
    func unique() {
        let names = WaitEvent.allCases.compactMap { name($0, .v17) }
        #expect(names.count == WaitEvent.allCases.count - 1)
        #expect(Set(names).count == names.count)
    }
}
