import Testing
import WaitEvents

@testable import Postgres

/// What release 9.6 does in another way.
@Suite struct OldReleaseTests {
    @Test("Release 9.6 has no group for the commit log: each process takes CLogControlLock itself")
    func commitLog() throws {
        let script = Script("H", "A", "B", release: .v96)
        let lock = script.server.clog.lock(forPage: 0)
        try script.play {
            for name in ["A", "B"] { script.begin(name, "assign") { $0.assignTransactionIdIfNeeded() } }
            script.begin("H", "hold") { $0.LWLockAcquire(lock, .exclusive) }
            script.clearTranscript()
            for name in ["A", "B"] { script.begin(name, "set status") { $0.TransactionIdCommitTree() } }
            script.release("H", lock)
            script.runWoken()
        }
        #expect(
            script.transcript == """
                A: set status
                A waits in LWLockNamed:CLogControlLock
                B: set status
                B waits in LWLockNamed:CLogControlLock
                H: release
                H wakes A
                H is done
                A goes on
                A wakes B
                A is done
                B goes on
                B is done
                """)
    }

    @Test("Every difference that the traits list is monotone: a release has all that an older one brought")
    func traits() {
        let releases = PostgresRelease.allCases.map { ReleaseTraits($0) }
        func isMonotone(_ trait: (ReleaseTraits) -> Bool) -> Bool {
            let values = releases.map(trait)
            return values.drop { !$0 }.allSatisfy { $0 } || values.drop { $0 }.allSatisfy { !$0 }
        }
        #expect(isMonotone(\.resultsAreAtomic))
        #expect(isMonotone(\.insertingAtUnderWaitListLock))
        #expect(isMonotone(\.hasCLogGroupUpdate))
        #expect(isMonotone(\.usesSystemVSemaphores))
        #expect(isMonotone(\.buildsWaitEventSets))
        #expect(isMonotone(\.hasPgStatWAL))
        #expect(isMonotone(\.countsWALInPgStatIO))
        #expect(releases.first?.hasPgStatWAL == false && releases.last?.countsWALInPgStatIO == true)
    }
}
