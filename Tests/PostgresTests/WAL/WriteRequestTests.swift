import Testing
import WaitEvents

@testable import Postgres

/// How far WAL is asked to be written (`LogwrtRqst.Write`).
@Suite("Requests to write WAL")
struct WriteRequestTests {
    @Test("A flush raises the request to what it has written", arguments: PostgresRelease.modern)
    func flush(release: PostgresRelease) throws {
        let script = Script("A", release: release)
        script.deviceIsInstant = true
        var requested: XLogRecPtr = 0
        try script.play {
            script.begin("A", "commit") { $0.commitOne() }
            script.begin("A", "look") { requested = $0.GetInsertRecPtr() }
        }
        #expect(requested == script.server.xlog.flushedUpTo)
        #expect(requested > script.walStart)
    }
}
