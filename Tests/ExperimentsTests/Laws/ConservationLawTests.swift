import HostModel
import Instrumentation
import Postgres
import SimTime
import Testing
import WaitEvents

/// Nothing is lost and nothing is counted twice between a run's first instant and its last.
@Suite("The laws of conservation")
struct ConservationLawTests {
    /// A cluster that ran from start to drain, and all that was recorded of it.
    private struct WholeRun {
        let cluster: SimulatedCluster
        let span: SpanResult
        /// Transactions that clients saw complete.
        let completed: Int

        init(_ machine: LawMachine, for duration: Nanoseconds = .milliseconds(300)) throws {
            let cluster = SimulatedCluster(machine.clusterSpec)
            let start = cluster.recorder.beginSpan(.zero)
            var completed = 0
            cluster.onCompletion = { completed += 1 }
            let stop = cluster.simulation.addHandler("stop") { [unowned cluster] in cluster.stop() }
            cluster.simulation.kernel.schedule(stop, at: .zero + duration)
            try cluster.run()
            self.cluster = cluster
            self.completed = completed
            span = cluster.recorder.endSpan(start, named: "all", cluster.simulation.kernel.now)
        }

        func records(_ type: String) -> UInt64 { span.walRecords.first { $0.type == type }?.count ?? 0 }
    }

    private static let releases = PostgresRelease.allCases

    @Test(
        "Every transaction that began commits once, writes one commit record, and its client learns of it",
        arguments: releases)
    func transactions(release: PostgresRelease) throws {
        let run = try WholeRun(LawMachine(clients: 12, sync: .milliseconds(1), release: release))
        #expect(run.completed > 1_000)
        #expect(run.span.commits == UInt64(run.completed))
        #expect(run.span.transactions == UInt64(run.completed))
        #expect(run.records("Transaction/COMMIT") == run.span.commits)
        #expect(run.records("Heap/INSERT") == run.span.commits)
    }

    @Test("No commit is acknowledged before the device has it", arguments: WALSyncMethod.allCases)
    func durability(method: WALSyncMethod) throws {
        var machine = LawMachine(clients: 12, sync: .milliseconds(1), write: .milliseconds(1))
        machine.settings.walSyncMethod = method
        let run = try WholeRun(machine)
        #expect(run.cluster.durabilityViolations == 0)
        #expect(run.span.commits > 1_000)
    }

    @Test("Each flush is one sync, and commits at least one transaction", arguments: releases)
    func flushes(release: PostgresRelease) throws {
        var machine = LawMachine(clients: 12, sync: .milliseconds(1), release: release)
        machine.settings.walWriterDelay = 10_000
        let run = try WholeRun(machine)
        #expect(run.span.flushes == run.span.pgStatWAL.walSync)
        #expect(run.span.commits >= run.span.flushes)
        #expect(run.span.commits <= run.span.flushes * 12)
    }

    @Test("The view counts each record once with its true length")
    func records() throws {
        let run = try WholeRun(LawMachine(clients: 4, sync: .milliseconds(1)))
        #expect(run.span.pgStatWAL.walRecords == run.span.walRecords.reduce(0) { $0 + $1.count })
        #expect(run.span.pgStatWAL.walBytes == run.span.commits * (119 + 34))
    }
}
