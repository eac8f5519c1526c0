import Testing

@testable import Postgres

/// What happens between a lock's first attempt, the queueing and the second attempt.
@Suite struct SecondAttemptTests {
    @Test("A release between the first attempt and the second is not slept through, and shows no wait event")
    func secondAttempt() throws {
        let script = Script("L", "w")
        let lock = script.walWriteLock
        try script.play {
            script.take("L", lock)
            script.begin("w", "take", pausingBefore: .settling) { process in
                script.write("w slept: \(!process.LWLockAcquire(lock, .exclusive))")
            }
            script.release("L", lock)
            script.run("w")
            script.release("w", lock)
        }
        #expect(
            script.transcript == """
                L: take
                L is done
                w: take
                w pauses
                L: release
                L is done
                w goes on
                w slept: false
                w is done
                w: release
                w is done
                """)
        #expect(script.session("w").process.myProc.pointee.lwWaiting.load() == 0)
    }

    @Test("A process that is dequeued before its second attempt succeeds absorbs its wake-up, without a wait event")
    func absorbedWakeup() throws {
        let script = Script("L", "w", "x")
        let lock = script.walWriteLock
        try script.play {
            script.take("L", lock)
            script.begin("w", "take", pausingBefore: .spending(.lwLockAttempt), after: 1) { process in
                process.LWLockAcquire(lock, .exclusive)
            }
            // L takes w off the queue and stops before it posts.
            script.begin("L", "release", pausingBefore: .settling, after: 1) { $0.LWLockRelease(lock) }
            script.run("w", pausingBefore: .settling)
            script.run("L")
            script.take("x", lock)
            script.run("w")
            script.release("w", lock)
            script.runWoken()
            script.release("x", lock)
        }
        #expect(
            script.transcript == """
                L: take
                L is done
                w: take
                w pauses
                L: release
                L pauses
                w goes on
                w pauses
                L goes on
                L wakes w
                L is done
                x: take
                x waits in LWLock:WALWrite
                w goes on
                w is done
                w: release
                w wakes x
                w is done
                x goes on
                x is done
                x: release
                x is done
                """)
        #expect(script.session("w").semaphore == 0)
    }

    @Test("A newcomer takes a free lock past the queue")
    func barging() throws {
        let script = Script("L", "w", "b")
        let lock = script.walWriteLock
        try script.play {
            script.take("L", lock)
            script.take("w", lock)
            script.release("L", lock)
            script.take("b", lock)
            script.run("w")
            script.release("b", lock)
            script.run("w")
            script.release("w", lock)
        }
        #expect(
            script.transcript == """
                L: take
                L is done
                w: take
                w waits in LWLock:WALWrite
                L: release
                L wakes w
                L is done
                b: take
                b is done
                w goes on
                w waits in LWLock:WALWrite
                b: release
                b wakes w
                b is done
                w goes on
                w is done
                w: release
                w is done
                """)
    }

    @Test("A conditional attempt leaves no trace when it fails")
    func conditional() throws {
        let script = Script("L", "c")
        let lock = script.walWriteLock
        try script.play {
            script.take("L", lock)
            let before = lock.state.load()
            script.begin("c", "try") { #expect(!$0.LWLockConditionalAcquire(lock, .exclusive)) }
            #expect(lock.state.load() == before)
            script.release("L", lock)
            script.begin("c", "try") { #expect($0.LWLockConditionalAcquire(lock, .exclusive)) }
            script.release("c", lock)
        }
        #expect(!script.transcript.contains("waits"))
    }
}
