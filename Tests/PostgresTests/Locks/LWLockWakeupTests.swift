import Testing

@testable import Postgres

/// Whom a release wakes, and whom it leaves asleep.
@Suite("Waking the waiters of a lightweight lock")
struct LWLockWakeupTests {
    @Test("If an exclusive waiter comes first, it is woken alone: those behind it would find the lock taken")
    func exclusiveFirst() throws {
        let script = Script("L", "x", "s")
        let lock = script.server.procArray.lock
        try script.play {
            script.take("L", lock)
            script.take("x", lock)
            script.begin("s", "share") { $0.LWLockAcquire(lock, .shared) }
            script.clearTranscript()
            script.release("L", lock)
            script.runWoken()
            script.release("x", lock)
            script.runWoken()
            script.begin("s", "release") { $0.LWLockRelease(lock, .shared) }
        }
        #expect(
            script.transcript == """
                L: release
                L wakes x
                L is done
                x goes on
                x is done
                x: release
                x wakes s
                x is done
                s goes on
                s is done
                s: release
                s is done
                """)
    }

    @Test("Who waits for a variable is woken by the next release, although a woken process has not run yet")
    func variableWaiter() throws {
        let script = Script("L", "w", "b", "F")
        let insertion = script.server.xlog.insertionLocks[0]
        let lock = insertion.lock
        try script.play {
            script.take("L", lock)
            script.take("w", lock)
            // From here until w has run, releases wake nobody, unless somebody asks for it again.
            script.release("L", lock)
            script.take("b", lock)
            script.clearTranscript()
            script.begin("F", "wait") { _ = $0.LWLockWaitForVar(lock, insertion.insertingAt, 0) }
            script.release("b", lock)
            script.run("F")
            script.runWoken()
            script.release("w", lock)
        }
        #expect(
            script.transcript == """
                F: wait
                F waits in LWLock:WALInsert
                b: release
                b wakes F
                b is done
                F goes on
                F is done
                w goes on
                w is done
                w: release
                w is done
                """)
    }
}
