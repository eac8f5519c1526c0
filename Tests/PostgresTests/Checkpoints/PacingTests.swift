import SimTime
import Testing
import WaitEvents

@testable import Postgres

/// How a checkpoint spreads its writes.
@Suite("The pace of a checkpoint")
struct PacingTests {
    /// A checkpointer that deals with `buffers` at no cost; how often it sleeps, and how long it takes.
    /// - Parameter wal: how many bytes of WAL are asked to be written after a time.
    private func pace(
        buffers: Int, flags: CheckpointFlags = [], wal: @escaping (Nanoseconds) -> UInt64 = { _ in 0 }
    ) throws -> (sleeps: Int, time: Nanoseconds) {
        let script = Script("a", hasCheckpointer: true)
        var sleeps = 0
        try script.play {
            let session = script.session("checkpointer")
            script.begin("checkpointer", "write") { process in
                process.checkpointer.startPosition = process.GetInsertRecPtr()
                for index in 0..<buffers {
                    process.CheckpointWriteDelay(flags, progress: Double(index + 1) / Double(buffers))
                }
            }
            while session.state == .waitingForLatch {
                sleeps += 1
                script.clearTranscript()
                script.clock += .milliseconds(100)
                let request = script.walStart + wal(script.clock - .zero)
                script.begin("a", "write WAL") { $0.requestWrite(upTo: request) }
                script.finishSleep("checkpointer")
            }
        }
        return (sleeps, script.clock - .zero)
    }

    @Test("10,000 buffers take 0.9 x 300 s: some 2,700 sleeps of 100 ms, 3.7 buffers each")
    func byTime() throws {
        let (sleeps, time) = try pace(buffers: 10_000)
        #expect(abs(time.seconds - 270) < 1)
        #expect(abs(sleeps - 2_700) < 10)
    }

    @Test("WAL that arrives at 33 segments a minute drives the writes: done after 54 s")
    func byVolume() throws {
        let perSecond = 33.0 * 16 * 1_048_576 / 60
        let (_, time) = try pace(buffers: 10_000) { UInt64($0.seconds * perSecond) }
        #expect(abs(time.seconds - 54) < 1)
    }

    @Test("A checkpoint in a hurry never sleeps")
    func immediate() throws {
        #expect(try pace(buffers: 1_000, flags: .immediate).sleeps == 0)
    }

    @Test("Few buffers are written one every 100 ms, whatever the schedule allows")
    func fewBuffers() throws {
        let (sleeps, time) = try pace(buffers: 10)
        #expect(sleeps == 10)
        #expect(time == .seconds(1))
    }

    @Test("A request without pauses ends those of a checkpoint under way")
    func requestMeanwhile() throws {
        let script = Script("a", hasCheckpointer: true)
        try script.play {
            script.begin("checkpointer", "write") { process in
                process.checkpointer.startPosition = process.GetInsertRecPtr()
                for index in 0..<100 { process.CheckpointWriteDelay([], progress: Double(index + 1) / 100) }
            }
            script.begin("a", "ask") { $0.RequestCheckpoint([.immediate, .force]) }
            script.runWoken()
        }
        #expect(
            script.transcript == """
                checkpointer: write
                checkpointer waits at most 100ms in Timeout:CheckpointWriteDelay
                a: ask
                a sets checkpointer's latch
                a is done
                checkpointer goes on
                checkpointer is done
                """)
    }

    @Test("Up to release 13 the sleep shows no event and nobody cuts it short")
    func oldRelease() throws {
        let script = Script("a", release: .v96, hasCheckpointer: true)
        try script.play {
            script.begin("checkpointer", "write") { process in
                process.checkpointer.startPosition = process.GetInsertRecPtr()
                process.CheckpointWriteDelay([], progress: 1)
            }
            script.begin("a", "ask") { $0.RequestCheckpoint([.immediate, .force]) }
            #expect(script.session("checkpointer").state == .asleep)
            script.finishSleep("checkpointer")
        }
        #expect(script.transcript.contains("checkpointer sleeps 100ms\n"))
    }
}
