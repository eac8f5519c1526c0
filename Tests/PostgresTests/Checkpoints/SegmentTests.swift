import SimTime
import Testing
import WaitEvents

@testable import Postgres

/// Segments: who makes a new one, who waits meanwhile, and what asks for a checkpoint.
@Suite("WAL segments")
struct SegmentTests {
    private static var settings: Settings {
        var settings = Settings()
        settings.walSegmentSize = 1 << 20
        return settings
    }

    @Test("Finishing segment redo + 32 asks for a checkpoint at 1 GB, segment redo + 31 does not")
    func requestBySegment() {
        let script = Script("a", hasCheckpointer: true)
        let process = script.session("a").process!
        let redo: XLogRecPtr = 100 << 24
        #expect(!process.XLogCheckpointNeeded(131, redo: redo))
        #expect(process.XLogCheckpointNeeded(132, redo: redo))
    }

    @Test("A segment that is there, recycled or not, is opened and nothing more")
    func recycledSegment() throws {
        let script = Script("a", settings: Self.settings, recycledSegments: 1)
        script.deviceIsInstant = true
        try script.play {
            script.fill(upTo: script.walStart + (1 << 20) + 40, by: "a")
            script.begin("a", "flush") { $0.XLogFlush(script.walStart + (1 << 20)) }
        }
        #expect(!script.transcript.contains("makes a segment"))
    }

    @Test("With a dry pool the flusher makes the segment under WALWriteLock, and everybody who wants to flush waits")
    func dryPool() throws {
        let script = Script("a", "b", settings: Self.settings, recycledSegments: 0)
        let next = script.walStart + (1 << 20)
        script.deviceIsInstant = true
        try script.play {
            script.fill(upTo: next + 40, by: "a")
            script.begin("a", "flush the first segment") { $0.XLogFlush(next) }
            script.clearTranscript()
            script.deviceIsInstant = false
            script.begin("a", "commit") { $0.commitOne() }
            script.begin("b", "commit") { $0.commitOne() }
            script.finishIO("a")
            script.finishIO("a")
            script.runWoken()
            script.finishIO("b")
        }
        #expect(
            script.transcript == """
                a: commit
                a makes a segment
                a waits in IO:WALInitSync
                b: commit
                b waits in LWLock:WALWrite
                a goes on
                a installs segment 2
                a writes 1 page at 0/200000
                a waits in IO:WALSync
                a goes on
                a wakes b
                a is done
                b goes on
                b writes 1 page at 0/200000
                b waits in IO:WALSync
                b goes on
                b is done
                """)
    }

    @Test("A segment made while somebody else made the same one becomes one to come")
    func madeTwice() throws {
        let script = Script("a", "b", settings: Self.settings, recycledSegments: 0)
        try script.play {
            script.begin("a", "make 2") { $0.XLogFileInit(2) }
            script.begin("b", "make 2") { $0.XLogFileInit(2) }
            script.finishIO("b")
            script.finishIO("a")
        }
        #expect(script.transcript.contains("b installs segment 2"))
        #expect(script.transcript.contains("a installs segment 3"))
        #expect(script.server.newestSegment == 3)
    }

    @Test("Without wal_init_zero a segment is made all the same")
    func withoutZeros() throws {
        var settings = Self.settings
        settings.walInitZero = false
        settings.fsync = false
        let script = Script("a", settings: settings, recycledSegments: 0)
        try script.play { script.begin("a", "make 2") { #expect($0.XLogFileInit(2)) } }
        #expect(script.transcript == "a: make 2\na makes a segment\na installs segment 2\na is done")
    }

    @Test("A checkpoint that ends in the last quarter of a segment makes the next one ahead")
    func preallocation() throws {
        let quarter: UInt64 = 1 << 18
        for (used, newest) in [(3 * quarter, 1), (3 * quarter + 1, 2)] as [(UInt64, UInt64)] {
            let script = Script("a", settings: Self.settings, recycledSegments: 0)
            script.deviceIsInstant = true
            try script.play { script.begin("a", "end") { $0.PreallocXlogFiles(end: script.walStart + used) } }
            #expect(script.server.newestSegment == newest)
        }
    }
}
