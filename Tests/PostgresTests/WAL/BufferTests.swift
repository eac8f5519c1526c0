import Testing

@testable import Postgres

/// Making room in WAL buffers, and what XLogWrite writes and syncs.
@Suite struct BufferTests {
    private func settings(buffers: Int = 4, segment: UInt64 = 16 << 20) -> Settings {
        var settings = Settings()
        settings.walBuffers = buffers
        settings.walSegmentSize = segment
        return settings
    }

    @Test(
        "Inserters who need room wait as exclusive waiters, one is woken a release, and only the one who writes counts")
    func bufferFullChain() throws {
        // L and q share insertion lock 0 and 1 with i1 (8) and i2 (9); o (16) shares i1's.
        let script = Script(
            "L", "q", "p2", "p3", "p4", "p5", "p6", "p7", "i1", "i2", "p10", "p11", "p12", "p13", "p14", "p15", "o",
            settings: settings())
        try script.play {
            script.begin("L", "flush") { $0.XLogFlush($0.insert()) }
            script.fill(upTo: script.walStart + 4 * 8192 - 104, by: "q")
            script.clearTranscript()
            script.begin("i1", "insert") { $0.insert(200) }
            script.begin("i2", "insert") { $0.insert(104) }
            script.begin("o", "insert") { $0.insert(104) }
            script.finishIO("L")
            script.run("i1")
            script.run("i2")
            script.runWoken()
        }
        #expect(
            script.transcript == """
                i1: insert
                i1 waits in LWLock:WALWrite
                i2: insert
                i2 waits in LWLock:WALWrite
                o: insert
                o waits in LWLock:WALInsert
                L goes on
                L wakes i1
                L is done
                i1 goes on
                i1 writes 1 page at 0/1000000
                i1 wakes i2
                i1 wakes o
                i1 is done
                i2 goes on
                i2 is done
                o goes on
                o is done
                """)
        #expect(script.counts.walBuffersFull == 1)
        #expect(script.counts.walWrite == 2)
        #expect(script.counts.walSync == 1)
    }

    @Test("Writing a page out to make room moves the write position and not the flush position")
    func evictionDoesNotSync() throws {
        let script = Script("A", settings: settings())
        try script.play {
            for _ in 0..<6 { script.begin("A", "insert") { $0.insert(8000) } }
        }
        let xlog = script.server.xlog
        #expect(xlog.writtenUpTo > xlog.start)
        #expect(xlog.flushedUpTo == xlog.start)
        #expect(script.counts.walBuffersFull > 0)
        #expect(script.counts.walSync == 0)
    }

    @Test(
        "A segment's end is synced even in a request that only asks for a write",
        arguments: [WALSyncMethod.fdatasync, .openDatasync])
    func segmentEndIsSynced(method: WALSyncMethod) throws {
        var settings = settings(buffers: 256, segment: 1 << 20)
        settings.walSyncMethod = method
        let script = Script("A", settings: settings)
        let boundary = script.walStart + 1 << 20
        try script.play {
            script.deviceIsInstant = true
            script.fill(upTo: boundary + 8192 + 24, by: "A")
            script.begin("A", "write only") { process in
                process.LWLockAcquire(script.walWriteLock, .exclusive)
                process.XLogWrite(write: boundary + 8192, flush: 0, flexible: false)
                process.LWLockRelease(script.walWriteLock)
            }
        }
        #expect(script.server.xlog.writtenUpTo == boundary + 8192)
        #expect(script.server.xlog.flushedUpTo == boundary)
        #expect(script.counts.walSync == (method == .fdatasync ? 1 : 0))
        #expect(script.counts.walWrite == 2)
    }

    @Test("A write is split at the ring's end; a flexible one stops there")
    func ringEnd() throws {
        for flexible in [false, true] {
            let script = Script("A", settings: settings(buffers: 8))
            let start = script.walStart
            try script.play {
                script.deviceIsInstant = true
                script.begin("A", "flush") { $0.XLogFlush($0.insert()) }
                // The ring's last slot holds the page before one whose number is a multiple of 8.
                script.fill(upTo: start + 6 * 8192 + 24, by: "A")
                script.begin("A", "flush") { $0.XLogFlush($0.xactLastRecEnd) }
                script.fill(upTo: start + 10 * 8192 + 24, by: "A")
                script.clearTranscript()
                script.begin("A", "write") { process in
                    process.LWLockAcquire(script.walWriteLock, .exclusive)
                    process.XLogWrite(write: start + 10 * 8192, flush: 0, flexible: flexible)
                    process.LWLockRelease(script.walWriteLock)
                }
            }
            let second = flexible ? [] : ["A writes 2 pages at 0/1010000"]
            #expect(script.lines == ["A: write", "A writes 2 pages at 0/100C000"] + second + ["A is done"])
        }
    }

    @Test("A partial page is written whole, and again by the next flush")
    func partialPages() throws {
        let script = Script("A")
        try script.play {
            script.deviceIsInstant = true
            for _ in 0..<3 { script.begin("A", "flush") { $0.XLogFlush($0.insert()) } }
        }
        #expect(script.lines.filter { $0 == "A writes 1 page at 0/1000000" }.count == 3)
    }

    @Test("Only a record that crosses or fills a page asks for a write")
    func writeRequests() throws {
        let script = Script("A")
        let info = script.server.xlog.info
        try script.play {
            script.begin("A", "insert") { $0.insert() }
            #expect(info.unprotected.requestedWrite == script.walStart)
            script.fill(upTo: script.walStart + 8192 + 24, by: "A")
            #expect(info.unprotected.requestedWrite == script.walStart + 8192)
            script.begin("A", "insert") { $0.insert() }
            #expect(info.unprotected.requestedWrite == script.walStart + 8192)
        }
    }

    @Test("Records form a chain: each names the start of the one before, behind the page header if that was new")
    func chain() throws {
        let script = Script("A", "B", settings: settings(buffers: 16))
        try script.play {
            for round in 0..<12 {
                script.begin(round.isMultiple(of: 2) ? "A" : "B", "insert") { $0.insert(3000) }
            }
        }
        let geometry = script.server.xlog.geometry
        let used = geometry.XLogRecPtrToBytePos(script.server.xlog.insertHead)
        #expect(used - geometry.XLogRecPtrToBytePos(script.walStart) == 12 * 3000)
    }
}
