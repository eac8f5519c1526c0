import HostModel
import Instrumentation
import Postgres
import SimTime
import Statistics
import Testing
import WaitEvents

@testable import Experiments

/// A pool of recycled segments that runs dry: what waits, under which event, until when.
@Suite("The laws of the segment pool")
struct SegmentLawTests {
    /// Four clients that fill a segment of 1 MB every few commits; syncs take 2 ms.
    private func machine(recycled: Int, checkpointAt: Nanoseconds? = nil) -> LawMachine {
        var machine = LawMachine(clients: 4, sync: .milliseconds(2))
        machine.transaction = LawMachine.insert(rows: 1, length: 100_000)
        machine.settings.walSegmentSize = 1 << 20
        machine.settings.maxWALSize = 1 << 20
        machine.recycledSegments = recycled
        machine.events = checkpointAt.map { [EventSpec(at: $0, action: .checkpoint)] } ?? []
        machine.warmup = .zero
        machine.duration = .milliseconds(400)
        return machine
    }

    private func waits(_ span: SpanResult, _ event: String) -> LatencyHistogram? {
        span.waitEvents.first { $0.backendType == .clientBackend && $0.event?.description == event }?.waits
    }

    @Test("While there are recycled segments nobody makes one")
    func recycled() throws {
        let span = try machine(recycled: 1_000).run()
        #expect(span.pgStatCheckpointer.segmentsCreated == 0)
        #expect(waits(span, "IO:WALInitSync") == nil)
        #expect(span.walBytes > 20 << 20)
    }

    @Test("Once they are used up, each segment is made by one flusher while the others wait in LWLock:WALWrite")
    func dry() throws {
        let span = try machine(recycled: 5).run()
        let created = span.pgStatCheckpointer.segmentsCreated
        // Segment 1 and five more were there.
        let used = (span.walBytes + (1 << 20) - 1) / (1 << 20)
        #expect(created + 6 >= used - 1 && created + 6 <= used + 1)
        let syncs = try #require(waits(span, "IO:WALInitSync"))
        #expect(UInt64(syncs.count) == created)
        #expect(try #require(syncs.meanMicroseconds) >= 2_000)
        #expect(UInt64(try #require(waits(span, "IO:WALInitWrite")).count) == created)
        let blocked = span.attribution.first {
            $0.event.description == "LWLock:WALWrite" && $0.holderActivity.name == "IO:WALInitSync"
        }
        // Up to three others stand behind each of them for its whole sync.
        #expect(try #require(blocked).total > TotalTime(.milliseconds(2)) * Int64(created))
        // The sync, the directory's, the segment's end and the next flush, one after the other.
        #expect(span.longestCommitGap >= .milliseconds(6))
    }

    @Test("A checkpoint refills the pool: from then on no segment is made until as many are used up")
    func refilled() throws {
        var before = machine(recycled: 0)
        before.duration = .milliseconds(200)
        let dry = try before.run().pgStatCheckpointer
        let both = try machine(recycled: 0, checkpointAt: .milliseconds(200)).run().pgStatCheckpointer
        #expect(dry.segmentsCreated > 10)
        #expect(both.segmentsRecycled > 10)
        #expect(both.numDone == 1)
        // Renaming takes a sync each; until the first is done another may have to be made.
        #expect(both.segmentsCreated <= dry.segmentsCreated + 3)
    }
}
