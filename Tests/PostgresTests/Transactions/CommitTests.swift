import Testing

@testable import Postgres

/// What the end of a transaction waits for.
@Suite("Commits that wait for nothing")
struct CommitTests {
    @Test("A transaction that has an id and wrote no WAL waits neither for its flush nor for a standby")
    func onlyAnID() throws {
        let script = Script("A")
        // A wait for a standby that never comes would not end.
        script.server.walSndCtl.syncStandbysDefined.store(1)
        try script.play {
            script.begin("A", "commit") { process in
                process.assignTransactionIdIfNeeded()
                process.CommitTransaction()
            }
        }
        #expect(script.transcript == "A: commit\nA is done")
        #expect(script.inserted.count == 1)
        #expect(script.server.xlog.flushedUpTo == script.walStart)
    }
}
