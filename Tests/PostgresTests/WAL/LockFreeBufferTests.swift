import Testing

@testable import Postgres

/// WAL pages that are initialised without WALBufMappingLock.
@Suite struct LockFreeBufferTests {
    private func script(_ names: String...) -> Script {
        var settings = Settings()
        settings.walBuffers = 4
        var variants = Variants()
        variants.hasWALBufMappingLock = false
        return Script(
            sessions: names + ["walwriter"], of: ServerProcesses(backends: names.count), release: .v17,
            settings: settings, variants: variants)
    }

    @Test("Who needs a page that another is making ready waits for it; both go on when it is")
    func waitForPage() throws {
        let script = script("A", "B")
        try script.play {
            // A record that ends on the next page, and stops before that page is cleared.
            script.fill(upTo: script.walStart + 8192 - 104, by: "A")
            script.clearTranscript()
            script.begin("A", "insert", pausingBefore: .spending(.pageInit)) { $0.insert(200) }
            script.begin("B", "insert") { $0.insert(104) }
            script.run("A")
            script.runWoken()
        }
        #expect(
            script.transcript == """
                A: insert
                A pauses
                B: insert
                B waits in IPC:WalBufferInit
                A goes on
                A sets B's latch
                A is done
                B goes on
                B is done
                """)
    }

    @Test("A page whose buffer holds an unwritten one is written out first, whoever holds WALBufMappingLock")
    func eviction() throws {
        let script = script("A", "H")
        let lock = script.server.xlog.walBufMappingLock
        try script.play {
            script.take("H", lock)
            for _ in 0..<6 { script.begin("A", "insert") { $0.insert(8000) } }
            script.release("H", lock)
        }
        let xlog = script.server.xlog
        #expect(xlog.writtenUpTo > xlog.start)
        #expect(xlog.flushedUpTo == xlog.start)
        #expect(script.counts.walBuffersFull > 0)
        #expect(xlog.initializedUpTo.load() == xlog.initializeReserved.load())
        #expect(!script.transcript.contains("LWLock:WALBufMapping"))
    }
}
